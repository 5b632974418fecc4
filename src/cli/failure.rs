//! How a command fails, and the exit status that says so.

use std::io;

use super::terminal::Terminal;
use crate::problem::Problems;
use crate::render;
use crate::store::{AnswersError, StoreError};

/// Why a command did not do what it was asked.
#[derive(Debug)]
pub enum Failure {
    /// What was asked for does not exist or does not go together: exit status 2.
    Usage {
        /// What is wrong.
        message: String,
        /// What to do.
        help: String,
    },
    /// An input file is wrong: exit status 3. The problems are still to be shown.
    Problems(Problems),
    /// What is wrong is already shown; only the exit status is left to tell.
    Shown(u8),
    /// The environment failed: exit status 4.
    Store(StoreError),
    /// The system refused something else: exit status 4.
    System {
        /// What was refused.
        message: String,
        /// What to do.
        help: String,
    },
    /// Standard output failed: a closed pipe is success, anything else exit status 4.
    Output(io::Error),
    /// A report could not be made although everything that it is made from is fine: a fault of this program.
    Render(String),
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<AnswersError> for Failure {
    fn from(error: AnswersError) -> Self {
        match error {
            AnswersError::Store(error) => error.into(),
            AnswersError::Unreadable(problems) => problems.into(),
            other => Self::System { message: other.to_string(), help: other.help().to_owned() },
        }
    }
}

impl From<Problems> for Failure {
    fn from(problems: Problems) -> Self {
        Self::Problems(problems)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl Failure {
    /// A wrong usage.
    pub fn usage(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Usage { message: message.into(), help: help.into() }
    }

    /// Shows what is wrong and what to do about it.
    pub fn show(&self, terminal: Terminal) {
        let error = |message: &str, help: &str| terminal.note(&render::screen::error(message, help));
        match self {
            Self::Usage { message, help } | Self::System { message, help } => error(message, help),
            Self::Problems(problems) => {
                terminal.note(&render::problems::draw(problems, terminal.error_look()));
            }
            Self::Store(failed) => error(&failed.to_string(), failed.help()),
            Self::Output(failed) if failed.kind() == io::ErrorKind::BrokenPipe => {}
            Self::Output(failed) => {
                error(
                    &format!("cannot write to standard output: {failed}"),
                    "write to a file with -o instead",
                );
            }
            Self::Render(message) => {
                error(message, "this is a fault of safeseat, not of your files; please report it");
            }
            Self::Shown(_) => {}
        }
    }

    /// The exit status: 2 wrong usage, 3 an input file is wrong, 4 the environment failed, 101 a fault of this program.
    pub fn status(&self) -> u8 {
        match self {
            Self::Usage { .. } => 2,
            Self::Problems(_) => 3,
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => 0,
            Self::Store(_) | Self::System { .. } | Self::Output(_) => 4,
            Self::Render(_) => 101,
            Self::Shown(status) => *status,
        }
    }
}
