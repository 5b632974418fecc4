use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::StoreError;

/// The files below a folder, as paths from it, in order. Hidden ones are left out.
///
/// # Errors
/// When there is no such folder, more than so many things are in it, one of them is a symbolic link or no ordinary file,
/// or the system refuses.
pub fn files_below(folder: &Path, most: usize) -> Result<Vec<PathBuf>, StoreError> {
    let mut files = Vec::new();
    let mut open = vec![PathBuf::new()];
    let mut seen = 0;
    while let Some(below) = open.pop() {
        let here = if below.as_os_str().is_empty() { folder.to_owned() } else { folder.join(&below) };
        let entries = std::fs::read_dir(&here).map_err(|error| match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => StoreError::NoFolder(here.clone()),
            _ => StoreError::refused("read", &here, error),
        })?;
        for entry in entries {
            let entry = entry.map_err(|error| StoreError::refused("read", &here, error))?;
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            seen += 1;
            if seen > most {
                return Err(StoreError::TooMany(folder.to_owned(), most));
            }
            // Of the entry itself, not of what a link leads to.
            let kind =
                entry.file_type().map_err(|error| StoreError::refused("read", &entry.path(), error))?;
            let path = below.join(entry.file_name());
            match kind {
                kind if kind.is_dir() => open.push(path),
                kind if kind.is_file() => files.push(path),
                kind if kind.is_symlink() => return Err(StoreError::LinkInside(entry.path())),
                _ => return Err(StoreError::NotAFile(entry.path())),
            }
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_read_to_its_depth_and_follows_no_link() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir_all(at("a/b")).unwrap();
        for name in ["a/b/c.html", "z.css", "a/.hidden"] {
            std::fs::write(at(name), "").unwrap();
        }
        assert_eq!(files_below(folder.path(), 4).unwrap(), [PathBuf::from("a/b/c.html"), "z.css".into()]);
        assert!(matches!(files_below(folder.path(), 3), Err(StoreError::TooMany(_, 3))));
        std::os::unix::fs::symlink(at("z.css"), at("a/link.html")).unwrap();
        assert!(matches!(files_below(folder.path(), 9), Err(StoreError::LinkInside(_))));
        assert!(matches!(files_below(&at("none"), 9), Err(StoreError::NoFolder(_))));
    }

    #[test]
    fn what_is_no_file_is_not_called_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(folder.path().join("socket")).unwrap();
        assert!(matches!(files_below(folder.path(), 9), Err(StoreError::NotAFile(_))));
    }
}
