use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use sha2::Digest as _;
use tempfile::NamedTempFile;

use super::StoreError;

/// What may be replaced.
#[derive(Clone, Copy)]
pub enum Overwrite<'a> {
    /// Nothing: the file must be new.
    Never,
    /// A file that this tool made, as the given test of its bytes finds.
    IfOurs(&'a dyn Fn(&[u8]) -> bool),
    /// Any ordinary file.
    Always,
}

/// Writes a file: readable by its owner alone, whole or not at all, and never through a symbolic link.
///
/// # Errors
/// When something stands there that may not be replaced, or the system refuses; then what was there is unchanged.
pub fn write(path: &Path, bytes: &[u8], overwrite: Overwrite) -> Result<(), StoreError> {
    check_folder(path)?;
    may_replace(path, overwrite)?;
    put(&folder_of(path), path, bytes, overwrite).map_err(|error| failed(path, error))
}

/// What is said when a file could not be put in its place: at the last moment another can have come to stand there.
fn failed(path: &Path, error: std::io::Error) -> StoreError {
    match error.kind() {
        ErrorKind::AlreadyExists => StoreError::Exists(path.to_owned()),
        _ => StoreError::refused("write", path, error),
    }
}

/// Makes a folder, and those that it stands in, for their owner alone. One that is there stays as it is.
///
/// # Errors
/// When the system refuses.
pub fn make_folder(path: &Path) -> Result<(), StoreError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(|error| StoreError::refused("write", path, error))
}

/// Whether the folder of a file exists.
pub(super) fn check_folder(path: &Path) -> Result<(), StoreError> {
    let folder = folder_of(path);
    match fs::metadata(&folder) {
        Ok(about) if about.is_dir() => Ok(()),
        Ok(_) => Err(StoreError::NoFolder(folder)),
        Err(error) if error.kind() == ErrorKind::NotFound => Err(StoreError::NoFolder(folder)),
        Err(error) => Err(StoreError::refused("write", path, error)),
    }
}

fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// Whether what stands there, if anything, may be replaced.
pub(super) fn may_replace(path: &Path, overwrite: Overwrite) -> Result<(), StoreError> {
    let about = match fs::symlink_metadata(path) {
        Ok(about) => about,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(StoreError::refused("write", path, error)),
    };
    if about.is_symlink() {
        return Err(StoreError::IsLink(path.to_owned()));
    }
    if about.is_dir() {
        return Err(StoreError::IsFolder(path.to_owned()));
    }
    if !about.is_file() {
        return Err(StoreError::NotAFile(path.to_owned()));
    }
    let allowed = match overwrite {
        Overwrite::Never => false,
        Overwrite::Always => true,
        Overwrite::IfOurs(ours) => {
            let bytes = fs::read(path).map_err(|error| StoreError::refused("read", path, error))?;
            ours(&bytes)
        }
    };
    if allowed { Ok(()) } else { Err(StoreError::Exists(path.to_owned())) }
}

/// Writes beside the target and renames: a reader sees the old file or the new one. The temporary file is private from
/// its first byte, and gone when anything fails.
fn put(folder: &Path, path: &Path, bytes: &[u8], overwrite: Overwrite) -> std::io::Result<()> {
    remove_leftovers(path);
    let mut file = locked(folder, path)?;
    keep_private(file.as_file())?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    if matches!(overwrite, Overwrite::Never) {
        file.persist_noclobber(path).map_err(|error| error.error)?;
    } else {
        file.persist(path).map_err(|error| error.error)?;
    }
    // The file itself is safe by now; a folder that cannot be opened for syncing is no reason to report failure.
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
    Ok(())
}

/// The ending of temporary files.
const ENDING: &str = ".tmp";

/// What the temporary files of a file begin with. They tell whose they are, in a name of fixed length.
fn temporary(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let digest = sha2::Sha256::digest(name.as_bytes());
    let short = digest.iter().take(6).fold(0_u64, |short, byte| short << 8 | u64::from(*byte));
    format!(".safeseat-{short:012x}-")
}

/// A new temporary file, locked so that it can be told from what a killed program has left.
fn locked(folder: &Path, path: &Path) -> std::io::Result<NamedTempFile> {
    loop {
        let file = tempfile::Builder::new().prefix(&temporary(path)).suffix(ENDING).tempfile_in(folder)?;
        let taken = matches!(file.as_file().try_lock(), Err(TryLockError::WouldBlock));
        // Before it was locked, another program may have taken it for a leftover.
        if !taken && file.path().exists() {
            return Ok(file);
        }
    }
}

/// Removes what killed programs have left of their attempts to write a file. What cannot be locked is being written, and
/// stays; so does what cannot be removed.
pub(super) fn remove_leftovers(path: &Path) {
    let Ok(entries) = fs::read_dir(folder_of(path)) else { return };
    let start = temporary(path);
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let is_file = || entry.file_type().is_ok_and(|kind| kind.is_file());
        if name.starts_with(&start) && name.ends_with(ENDING) && is_file() {
            let Ok(file) = OpenOptions::new().write(true).open(entry.path()) else { continue };
            // It stays locked until it is gone, so that nobody takes it over meanwhile.
            if file.try_lock().is_ok() {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

/// For its owner alone, whatever the umask: one that is too strict would keep the owner out as well.
#[cfg(unix)]
fn keep_private(file: &File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    file.set_permissions(fs::Permissions::from_mode(0o600))
}

#[cfg(not(unix))]
fn keep_private(_: &File) -> std::io::Result<()> {
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;

    #[test]
    fn files_are_private_and_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.html");
        write(&path, b"one", Overwrite::Never).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        write(&path, b"two", Overwrite::IfOurs(&|bytes| bytes == b"one")).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no temporary file is left");
    }

    #[test]
    fn a_stranger_s_file_stays_unless_forced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.html");
        fs::write(&path, b"theirs").unwrap();
        for overwrite in [Overwrite::Never, Overwrite::IfOurs(&|_| false)] {
            assert!(matches!(write(&path, b"ours", overwrite), Err(StoreError::Exists(_))));
            assert_eq!(fs::read(&path).unwrap(), b"theirs");
        }
        write(&path, b"ours", Overwrite::Always).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"ours");
    }

    #[test]
    fn nothing_is_written_through_a_link_or_over_a_folder() {
        let folder = tempfile::tempdir().unwrap();
        let (target, link) = (folder.path().join("target"), folder.path().join("link"));
        fs::write(&target, b"theirs").unwrap();
        symlink(&target, &link).unwrap();
        assert!(matches!(write(&link, b"x", Overwrite::Always), Err(StoreError::IsLink(_))));
        assert!(matches!(write(folder.path(), b"x", Overwrite::Always), Err(StoreError::IsFolder(_))));
        assert!(matches!(
            write(&folder.path().join("no/x"), b"x", Overwrite::Always),
            Err(StoreError::NoFolder(_))
        ));
        assert_eq!(fs::read(&target).unwrap(), b"theirs");
    }

    #[test]
    fn what_the_system_refuses_is_said_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, b"theirs").unwrap();
        assert!(matches!(write(&file.join("x"), b"x", Overwrite::Always), Err(StoreError::NoFolder(_))));
        // No system takes so long a name.
        let long = folder.path().join("x".repeat(9999));
        assert!(matches!(check_folder(&long.join("x")), Err(StoreError::Refused { .. })));
        assert!(matches!(may_replace(&long, Overwrite::Always), Err(StoreError::Refused { .. })));
    }

    #[test]
    fn a_bare_name_is_a_file_of_the_folder_where_one_is() {
        assert_eq!(folder_of(Path::new("report.html")), Path::new("."));
        assert_eq!(folder_of(Path::new("a/report.html")), Path::new("a"));
    }

    #[test]
    fn folders_are_made_for_their_owner_and_others_are_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        make_folder(&folder.path().join("a/b")).unwrap();
        assert_eq!(mode(&folder.path().join("a")), 0o700);
        assert_eq!(mode(&folder.path().join("a/b")), 0o700);
        make_folder(folder.path()).unwrap();
        assert_eq!(mode(folder.path()), 0o755);
    }

    #[test]
    fn a_strict_umask_does_not_keep_the_owner_out() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("closed");
        let file = std::os::unix::fs::OpenOptionsExt::mode(&mut OpenOptions::new(), 0)
            .write(true)
            .create_new(true)
            .open(&path)
            .unwrap();
        keep_private(&file).unwrap();
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_file_that_comes_at_the_last_moment_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.html");
        fs::write(&path, b"theirs").unwrap();
        let error = put(folder.path(), &path, b"ours", Overwrite::Never).unwrap_err();
        assert!(matches!(failed(&path, error), StoreError::Exists(_)));
        assert_eq!(fs::read(&path).unwrap(), b"theirs");
    }

    #[test]
    fn what_a_killed_program_left_goes_and_everything_else_stays() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: String| folder.path().join(name);
        let (path, other) = (at("a.html".into()), at("b.html".into()));
        let left = at(format!("{}left{ENDING}", temporary(&path)));
        let locked = at(format!("{}locked{ENDING}", temporary(&path)));
        let of_another = at(format!("{}left{ENDING}", temporary(&other)));
        let (unlike, link) =
            (at(format!("{}note", temporary(&path))), at(format!("{}link{ENDING}", temporary(&path))));
        for file in [&left, &locked, &of_another, &unlike] {
            fs::write(file, b"x").unwrap();
        }
        symlink(&other, &link).unwrap();
        let being_written = File::open(&locked).unwrap();
        being_written.lock().unwrap();
        write(&path, b"ours", Overwrite::Never).unwrap();
        assert!(!left.exists());
        for stays in [&locked, &of_another, &unlike, &link] {
            assert!(fs::symlink_metadata(stays).is_ok(), "{}", stays.display());
        }
    }

    #[test]
    fn temporary_files_tell_whose_they_are() {
        let names = (0..300).map(|n| temporary(Path::new(&format!("{n}.html"))));
        assert_eq!(names.collect::<std::collections::BTreeSet<_>>().len(), 300);
    }

    #[test]
    fn a_file_being_written_is_never_taken_for_what_a_killed_program_left() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.html");
        let ended = AtomicBool::new(false);
        std::thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    while !ended.load(Ordering::Relaxed) {
                        remove_leftovers(&path);
                    }
                });
            }
            let stays = (0..1000).all(|_| {
                let file = locked(folder.path(), &path).unwrap();
                remove_leftovers(&path);
                file.path().exists()
            });
            ended.store(true, Ordering::Relaxed);
            assert!(stays);
        });
    }
}
