//! The only file access: reading with limits, and writing that is atomic, private and never surprises anybody.

mod answers_file;
mod below;
mod listing;
mod lock;
mod read;
#[cfg(feature = "web")]
mod temporary;
mod write;

use std::io;
use std::path::PathBuf;

pub use answers_file::{AnswersError, AnswersFile, Saved};
pub use below::files_below;
pub use listing::{Listed, listing};
pub use read::{read, read_at_most, read_beside, toml_files};
#[cfg(feature = "web")]
pub use temporary::temporary_page;
pub use write::{Overwrite, make_folder, write};

/// The world did not do what was asked of it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no such file.
    #[error("cannot find `{}`", shown(.0))]
    NotFound(PathBuf),
    /// A folder stands where a file was expected.
    #[error("`{}` is a folder, not a file", shown(.0))]
    IsFolder(PathBuf),
    /// A pipe, a device or a socket stands where a file was expected.
    #[error("`{}` is not an ordinary file", shown(.0))]
    NotAFile(PathBuf),
    /// A symbolic link stands where a file should be written.
    #[error("`{}` is a symbolic link, and nothing is written through one", shown(.0))]
    IsLink(PathBuf),
    /// A symbolic link stands in a folder of which only what is in it may be read.
    #[error("`{}` is a symbolic link, and none is followed here", shown(.0))]
    LinkInside(PathBuf),
    /// A symbolic link leads out of the folder in which a file has to stand.
    #[error("`{}` is a symbolic link that leads out of its folder", shown(.0))]
    LeadsOut(PathBuf),
    /// A folder holds more than is read.
    #[error("`{}` holds more than {} files and folders", shown(.0), .1)]
    TooMany(PathBuf, usize),
    /// A file that may not be replaced stands where one should be written.
    #[error("`{}` exists already", shown(.0))]
    Exists(PathBuf),
    /// There is no such folder.
    #[error("there is no folder `{}`", shown(.0))]
    NoFolder(PathBuf),
    /// Another window holds the lock of a file.
    #[error("`{}` is open in another window", shown(.0))]
    InUse(PathBuf),
    /// The system refused.
    #[error("cannot {verb} `{}`: {}", shown(path), reason(error))]
    Refused {
        /// What was tried: `read`, `write` or `lock`.
        verb: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
}

impl StoreError {
    /// What to do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::NotFound(_) => "check the path; `safeseat new FILE` writes a new answers file",
            Self::IsFolder(_) => "name a file inside it",
            Self::NotAFile(_) => "name an ordinary file",
            Self::IsLink(_) => "name the file that the link points to, or another place",
            Self::LinkInside(_) | Self::LeadsOut(_) => "put the file itself there",
            Self::TooMany(..) => "name a folder of its own for these files",
            Self::Exists(_) => "choose another name, or add --force to replace it and lose what it holds",
            Self::NoFolder(_) => "check the path, or make the folder first",
            Self::InUse(_) => "go on in the other window, or end it there; nothing was changed here",
            Self::Refused { verb: "lock", .. } => "check that you may write into its folder",
            Self::Refused { verb: "write", .. } => {
                "nothing was changed; free some space or choose another place"
            }
            Self::Refused { .. } => "check that you may read the file",
        }
    }

    fn refused(verb: &'static str, path: &std::path::Path, error: io::Error) -> Self {
        Self::Refused { verb, path: path.to_owned(), error }
    }
}

/// A path as it can be shown on a terminal.
fn shown(path: &std::path::Path) -> String {
    crate::text::visible(&path.to_string_lossy()).into_owned()
}

/// The system's words in lower case and without its error number.
fn reason(error: &io::Error) -> String {
    let words = error.to_string();
    let words = words.split(" (os error").next().unwrap_or_default();
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
