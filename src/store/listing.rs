use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};

use super::StoreError;

/// An entry of a folder whose name ends in `.toml`.
#[derive(Debug)]
pub struct Listed {
    /// Its path.
    pub path: PathBuf,
    /// Whether it is an ordinary file of this folder: no link, no folder, no pipe.
    pub is_ordinary: bool,
}

/// The entries of a folder whose names end in `.toml`, by name. Hidden ones, which editors and systems leave behind, are
/// passed over; no link is followed.
///
/// # Errors
/// When there is no such folder, or the system refuses to list it.
pub fn listing(folder: &Path) -> Result<Vec<Listed>, StoreError> {
    let refused = |error: Error| match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => StoreError::NoFolder(folder.to_owned()),
        _ => StoreError::refused("read", folder, error),
    };
    let mut listed = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(refused)? {
        let entry = entry.map_err(refused)?;
        let path = entry.path();
        let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
        if !is_hidden && path.extension().is_some_and(|ending| ending == "toml") {
            listed.push(Listed { path, is_ordinary: entry.file_type().map_err(refused)?.is_file() });
        }
    }
    listed.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(listed)
}
