use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::StoreError;

/// How long to wait between two attempts.
const PAUSE: Duration = Duration::from_millis(5);

/// A lock on a file, for as long as it lives. The system lets it go even when the program is killed.
///
/// It is on a hidden file beside the file, because the file itself is replaced with every save. Other programs, such as
/// editors, are not kept out by it.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    file: File,
}

impl Lock {
    /// Locks a file, waiting for another holder for so long.
    pub(super) fn acquire(path: &Path, patience: Duration) -> Result<Self, StoreError> {
        let hidden = lock_path(path);
        let start = Instant::now();
        loop {
            match Self::attempt(&hidden) {
                Ok(Some(lock)) => return Ok(lock),
                Ok(None) if start.elapsed() >= patience => return Err(StoreError::InUse(path.to_owned())),
                Ok(None) => std::thread::sleep(PAUSE),
                Err(error) => return Err(StoreError::refused("lock", path, error)),
            }
        }
    }

    /// Nothing when another window holds it.
    fn attempt(path: &Path) -> io::Result<Option<Self>> {
        loop {
            let Some(file) = open_or_create(path)? else { continue };
            if is_held(file.try_lock())? {
                return Ok(None);
            }
            let lock = Self { path: path.to_owned(), file };
            if lock.is_current() {
                return Ok(Some(lock));
            }
        }
    }

    /// Whether the locked file is still the one that others find: its last holder may have removed it.
    #[cfg(unix)]
    fn is_current(&self) -> bool {
        use std::os::unix::fs::MetadataExt as _;
        let id = |about: fs::Metadata| (about.dev(), about.ino());
        let found = fs::symlink_metadata(&self.path).map(id).ok();
        found.is_some() && self.file.metadata().map(id).ok() == found
    }

    #[cfg(not(unix))]
    fn is_current(&self) -> bool {
        self.file.metadata().is_ok()
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Only a holder may remove it, and only where others can tell that it was removed.
        if cfg!(unix) && self.is_current() {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Whether another window holds a lock, by what came of trying.
fn is_held(tried: Result<(), TryLockError>) -> io::Result<bool> {
    match tried {
        Ok(()) => Ok(false),
        Err(TryLockError::WouldBlock) => Ok(true),
        // A file system that knows no locks: saving still notices and joins other changes.
        Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => Ok(false),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// Never makes the file readable by others. Nothing when its last holder has just removed it.
fn open_or_create(path: &Path) -> io::Result<Option<File>> {
    let mut new = OpenOptions::new();
    new.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut new, 0o600);
    match new.open(path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => open(path),
        made => made.map(Some),
    }
}

/// Never follows a link. Nothing when there is no file any more.
fn open(path: &Path) -> io::Result<Option<File>> {
    let found = fs::symlink_metadata(path).and_then(|about| {
        if !about.is_file() {
            return Err(ErrorKind::AlreadyExists.into());
        }
        OpenOptions::new().write(true).open(path)
    });
    match found {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        found => found.map(Some),
    }
}

fn lock_path(path: &Path) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(".lock");
    path.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Duration = Duration::ZERO;

    #[test]
    fn one_holder_at_a_time_and_nothing_is_left_behind() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.toml");
        let lock = Lock::acquire(&path, NOW).unwrap();
        assert!(matches!(Lock::acquire(&path, NOW), Err(StoreError::InUse(_))));
        assert!(Lock::acquire(&folder.path().join("b.toml"), NOW).is_ok(), "another file is free");
        drop(lock);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), usize::from(!cfg!(unix)));
        assert!(Lock::acquire(&path, NOW).is_ok());
    }

    #[test]
    fn a_lock_file_of_a_killed_program_is_no_lock() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.toml");
        fs::write(lock_path(&path), "").unwrap();
        assert!(Lock::acquire(&path, NOW).is_ok());
    }

    #[test]
    fn waiting_ends_when_the_other_lets_go() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.toml");
        let lock = Lock::acquire(&path, NOW).unwrap();
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| Lock::acquire(&path, Duration::from_secs(20)).map(drop));
            std::thread::sleep(Duration::from_millis(20));
            drop(lock);
            assert!(waiting.join().unwrap().is_ok());
        });
    }

    #[test]
    fn only_where_there_are_no_locks_is_it_done_without() {
        let failed = |kind: ErrorKind| is_held(Err(TryLockError::Error(kind.into())));
        assert!(matches!(failed(ErrorKind::Unsupported), Ok(false)));
        assert!(failed(ErrorKind::PermissionDenied).is_err());
    }

    #[test]
    fn a_lock_file_that_goes_while_it_is_opened_is_made_anew() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(open(&folder.path().join("gone")), Ok(None)));
    }

    #[cfg(unix)]
    #[test]
    fn a_lock_that_somebody_removed_holds_nothing_and_takes_no_other_with_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.toml");
        let removed = Lock::acquire(&path, NOW).unwrap();
        fs::remove_file(lock_path(&path)).unwrap();
        assert!(!removed.is_current());
        let _held = Lock::acquire(&path, NOW).unwrap();
        assert!(!removed.is_current());
        drop(removed);
        assert!(matches!(Lock::acquire(&path, NOW), Err(StoreError::InUse(_))));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_folder_that_takes_no_file_is_refused_and_not_waited_for() {
        for path in ["/proc/a.toml", "/sys/a.toml"] {
            let refused = Lock::acquire(Path::new(path), Duration::from_secs(20));
            assert!(matches!(refused, Err(StoreError::Refused { verb: "lock", .. })), "{path}: {refused:?}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_the_place_of_the_lock_is_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.toml");
        std::os::unix::fs::symlink(folder.path().join("target"), lock_path(&path)).unwrap();
        assert!(matches!(Lock::acquire(&path, NOW), Err(StoreError::Refused { verb: "lock", .. })));
        assert!(!folder.path().join("target").exists());
    }
}
