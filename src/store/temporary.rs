use std::io::Write as _;

use tempfile::TempPath;

use super::StoreError;

/// A page in the folder for temporary files: readable by its owner alone, and gone when what is returned is dropped.
///
/// # Errors
/// When the system refuses.
pub fn temporary_page(bytes: &[u8]) -> Result<TempPath, StoreError> {
    let refused = |error| StoreError::refused("write", &std::env::temp_dir(), error);
    let mut file =
        tempfile::Builder::new().prefix("safeseat-").suffix(".html").tempfile().map_err(refused)?;
    file.write_all(bytes).map_err(refused)?;
    Ok(file.into_temp_path())
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn it_is_private_and_does_not_stay() {
        let page = temporary_page(b"x").unwrap();
        let path = page.to_path_buf();
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        drop(page);
        assert!(!path.exists());
    }
}
