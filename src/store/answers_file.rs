use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::lock::Lock;
use super::write::{check_folder, may_replace, remove_leftovers};
use super::{Overwrite, StoreError, read, write};
use crate::format::rewrite::{self, RewriteError};
use crate::format::{LARGEST, decode};
use crate::model::{Change, Questionnaire};
use crate::problem::Problems;

/// How often a save begins anew because another program was faster.
const ATTEMPTS: usize = 5;

/// An answers file that is being answered: locked, and saved after every answer.
pub struct AnswersFile {
    path: PathBuf,
    /// The text as it was last seen on disk; for a new file the text to begin with.
    text: String,
    is_new: bool,
    _lock: Lock,
}

/// Shows nothing of what is in it: there are private notes among it.
impl fmt::Debug for AnswersFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AnswersFile").field("path", &self.path).finish_non_exhaustive()
    }
}

/// What a save has found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    /// The file as it was left.
    Alone,
    /// More than was known: what another program had written meanwhile, or a note that a person had put beside a question
    /// without answering it. It is in the file and in [`AnswersFile::text`] too, and has to be read.
    Joined,
}

/// Why an answers file could not be opened or saved. Nothing was changed then.
#[derive(Debug, thiserror::Error)]
pub enum AnswersError {
    /// The world did not do what was asked of it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file is not text, or too large.
    #[error("the answers file cannot be read")]
    Unreadable(Problems),
    /// The file cannot be changed as it is written.
    #[error("the answers file cannot be changed: {0}")]
    Rewrite(#[from] RewriteError),
    /// Another program has changed the same things, and differently. [`AnswersFile::text`] shows its version; saving
    /// once more puts these in its place.
    #[error("another program has changed the same answer in the file")]
    Conflict(Vec<Change>),
    /// The file would become too large to be read again.
    #[error("the answers file would be larger than 1 MiB")]
    TooLarge,
    /// Another program keeps writing.
    #[error("another program keeps changing the answers file")]
    Restless,
}

impl AnswersError {
    /// What to do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Store(error) => error.help(),
            Self::Unreadable(_) | Self::Rewrite(_) => {
                "put the file right in a text editor, save it there, then save here once more"
            }
            Self::Conflict(_) => "choose which of the two answers to keep",
            Self::TooLarge => "shorten comments and notes",
            Self::Restless => "close the file in the other program, then save here once more",
        }
    }
}

impl AnswersFile {
    /// Opens a file and locks it, waiting so long for another window to let it go. A file that does not exist begins
    /// with the draft, and is made with the first save.
    ///
    /// # Errors
    /// When it cannot be read or locked, or may not be replaced later.
    pub fn open(
        path: &Path,
        patience: Duration,
        draft: impl FnOnce() -> String,
    ) -> Result<Self, AnswersError> {
        check_folder(path)?;
        may_replace(path, Overwrite::Always)?;
        let lock = Lock::acquire(path, patience)?;
        remove_leftovers(path);
        let found = on_disk(path)?;
        let is_new = found.is_none();
        Ok(Self { path: path.to_owned(), text: found.unwrap_or_else(draft), is_new, _lock: lock })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its text as it was last seen.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Begins a file that has never been saved with another draft.
    pub fn begin_with(&mut self, draft: String) {
        if self.is_new {
            self.text = draft;
        }
    }

    /// Whether it has never been saved, so that there is no file yet.
    pub fn is_new(&self) -> bool {
        self.is_new
    }

    /// Saves changes: all of them or none, and on disk when this returns. What another program has changed meanwhile
    /// stays, when it is about other things.
    ///
    /// # Errors
    /// When it has changed the same things, or the file cannot be changed or written.
    pub fn save(&mut self, changes: &[Change], questionnaire: &Questionnaire) -> Result<Saved, AnswersError> {
        for _ in 0..ATTEMPTS {
            let disk = on_disk(&self.path)?;
            let joined = disk.as_ref().filter(|disk| **disk != self.text);
            if let Some(disk) = joined {
                let conflicts = self.conflicts(disk, changes, questionnaire)?;
                if !conflicts.is_empty() {
                    self.text.clone_from(disk);
                    return Err(AnswersError::Conflict(conflicts));
                }
            }
            let mut saved = if joined.is_some() { Saved::Joined } else { Saved::Alone };
            let base = disk.as_ref().unwrap_or(&self.text);
            let text = rewrite::rewritten(base, changes, questionnaire)?;
            if text.len() > LARGEST {
                return Err(AnswersError::TooLarge);
            }
            // A second time would take away what the first time has found beside the answer.
            if rewrite::rewritten(&text, changes, questionnaire)? != text {
                saved = Saved::Joined;
            }
            match self.put(disk.as_deref(), &text) {
                Err(StoreError::Exists(_)) => continue,
                result => result?,
            }
            self.text = text;
            self.is_new = false;
            return Ok(saved);
        }
        Err(AnswersError::Restless)
    }

    /// The changes whose subject the disk shows otherwise than it was last seen, and otherwise than they would make it.
    fn conflicts(
        &self,
        disk: &str,
        changes: &[Change],
        questionnaire: &Questionnaire,
    ) -> Result<Vec<Change>, AnswersError> {
        let mut conflicts = Vec::new();
        for change in changes.iter().filter(|change| rewrite::differs(&self.text, disk, change)) {
            let mine = rewrite::rewritten(disk, std::slice::from_ref(change), questionnaire)?;
            if rewrite::differs(disk, &mine, change) {
                conflicts.push(change.clone());
            }
        }
        Ok(conflicts)
    }

    /// Writes a text over the one that was just seen, and over no other.
    fn put(&self, seen: Option<&str>, text: &str) -> Result<(), StoreError> {
        match seen {
            None => write(&self.path, text.as_bytes(), Overwrite::Never),
            Some(seen) if seen == text => Ok(()),
            Some(seen) => {
                let unchanged = |bytes: &[u8]| bytes == seen.as_bytes();
                write(&self.path, text.as_bytes(), Overwrite::IfOurs(&unchanged))
            }
        }
    }
}

/// The text of a file; nothing when there is none.
fn on_disk(path: &Path) -> Result<Option<String>, AnswersError> {
    let bytes = match read(path) {
        Ok(bytes) => bytes,
        Err(StoreError::NotFound(_)) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let source = decode(&path.to_string_lossy(), bytes).map_err(AnswersError::Unreadable)?;
    Ok(Some(source.text().to_owned()))
}
