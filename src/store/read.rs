use std::fs::File;
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use super::StoreError;

/// One byte more than the largest file that any format allows (1 MiB): enough to see that a file is too large without
/// reading all of it.
const MOST: u64 = 1024 * 1024 + 1;

/// The bytes of a file, at most 1 MiB and one byte.
///
/// # Errors
/// When there is no such file, it is not an ordinary one, or the system refuses.
pub fn read(path: &Path) -> Result<Vec<u8>, StoreError> {
    read_at_most(path, MOST)
}

/// The bytes of a file, so many at most.
///
/// # Errors
/// When there is no such file, it is not an ordinary one, or the system refuses.
pub fn read_at_most(path: &Path, most: u64) -> Result<Vec<u8>, StoreError> {
    let about = std::fs::metadata(path).map_err(|error| match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => StoreError::NotFound(path.to_owned()),
        _ => StoreError::refused("read", path, error),
    })?;
    if about.is_dir() {
        return Err(StoreError::IsFolder(path.to_owned()));
    }
    // Opening a pipe could wait for ever.
    if !about.is_file() {
        return Err(StoreError::NotAFile(path.to_owned()));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(about.len().min(most)).unwrap_or_default());
    File::open(path)
        .and_then(|file| file.take(most).read_to_end(&mut bytes))
        .map_err(|error| StoreError::refused("read", path, error))?;
    Ok(bytes)
}

/// The bytes of the file of that name beside another one, at most 1 MiB and one byte. A link to a file in another folder
/// is not followed: whoever names a file here may be somebody else than whoever keeps the other one.
///
/// # Errors
/// When there is no such file, it is not an ordinary one, it stands elsewhere, or the system refuses.
pub fn read_beside(path: &Path, name: &str) -> Result<Vec<u8>, StoreError> {
    let beside = path.with_file_name(name);
    let bytes = read(&beside)?;
    let folder = beside.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let real = |path: &Path| path.canonicalize().map_err(|error| StoreError::refused("read", path, error));
    if real(&beside)?.starts_with(real(folder)?) { Ok(bytes) } else { Err(StoreError::LeadsOut(beside)) }
}

/// The TOML files of a folder, by name; nothing when there is no such folder.
///
/// # Errors
/// When the system refuses to list it.
pub fn toml_files(folder: &Path) -> Result<Option<Vec<PathBuf>>, StoreError> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        Err(error) => return Err(StoreError::refused("read", folder, error)),
    };
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| StoreError::refused("read", folder, error))?.path();
        if path.extension().is_some_and(|ending| ending == "toml") && path.is_file() {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(Some(paths))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_no_more_than_is_needed_to_see_that_it_is_too_much() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("large.toml");
        std::fs::write(&path, vec![b'#'; 3 * 1024 * 1024]).unwrap();
        assert_eq!(read(&path).unwrap().len(), 1024 * 1024 + 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_beside_a_file_leads_no_further_than_its_folder() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir(at("inside")).unwrap();
        std::fs::write(at("secret"), "s").unwrap();
        std::fs::write(at("inside/real"), "r").unwrap();
        std::os::unix::fs::symlink("../secret", at("inside/out")).unwrap();
        std::os::unix::fs::symlink("real", at("inside/same")).unwrap();
        assert!(matches!(read_beside(&at("inside/a.toml"), "out"), Err(StoreError::LeadsOut(_))));
        assert_eq!(read_beside(&at("inside/a.toml"), "same").unwrap(), b"r");
        assert!(matches!(read_beside(&at("inside/a.toml"), "none"), Err(StoreError::NotFound(_))));
    }

    #[test]
    fn folders_and_missing_files_are_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(read(folder.path()), Err(StoreError::IsFolder(_))));
        assert!(matches!(read(&folder.path().join("none.toml")), Err(StoreError::NotFound(_))));
    }

    #[test]
    fn only_files_that_end_in_toml_are_listed() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir(at("folder.toml")).unwrap();
        for name in ["b.toml", "a.toml", "c.txt"] {
            std::fs::write(at(name), "").unwrap();
        }
        assert_eq!(toml_files(folder.path()).unwrap(), Some(vec![at("a.toml"), at("b.toml")]));
        assert_eq!(toml_files(&at("none")).unwrap(), None);
        assert_eq!(toml_files(&at("c.txt")).unwrap(), None);
        // No system takes so long a name.
        assert!(matches!(toml_files(&at(&"x".repeat(9999))), Err(StoreError::Refused { .. })));
    }
}
