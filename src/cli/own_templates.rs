//! Templates of one's own: read from a folder, and filled in within limits of time and stack.

use std::path::Path;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use super::failure::Failure;
use super::shelves;
use crate::problem::{Code, Problems, Source};
use crate::render::own::Templates;
use crate::report::Report;
use crate::store;
use crate::text::{Words, visible};

/// How many files and folders a folder of templates may hold.
pub const MOST: usize = 64;
/// How long filling in may take. The embedded templates take some hundredths of a second.
const PATIENCE: Duration = Duration::from_secs(5);
/// Room for templates that include each other, and components that use each other, as deep as they may.
const STACK: usize = 128 * 1024 * 1024;

/// The templates of a folder, for reports in a language.
///
/// # Errors
/// When the folder cannot be read, or something is wrong with a template.
pub fn load(folder: &Path, words: &'static Words) -> Result<Templates, Failure> {
    let mut files = Vec::new();
    let mut problems = Problems::default();
    for path in store::files_below(folder, MOST)? {
        let parts: Vec<_> = path.iter().map(std::ffi::OsStr::to_string_lossy).collect();
        match shelves::decode(&folder.join(&path)) {
            Ok(source) => files.push((parts.join("/"), source)),
            // To leave a part out, one empties its file.
            Err(Failure::Problems(found)) if found.iter().all(|problem| problem.code == Code::EmptyFile) => {
                files.push((parts.join("/"), Source::new(visible(&path.to_string_lossy()), String::new())));
            }
            Err(Failure::Problems(found)) => problems.extend(found),
            Err(failure) => return Err(failure),
        }
    }
    if problems.has_errors() {
        return Err(problems.into());
    }
    Ok(Templates::new(files, words)?)
}

/// A report as a page from templates of one's own.
///
/// # Errors
/// When they do not fit the report, make a page that is not harmless, or do not come to an end. What does not come to
/// an end goes on until the program ends, which is soon.
pub fn page(templates: Templates, report: Report) -> Result<String, Failure> {
    let too_slow = templates.too_slow();
    let (sender, receiver) = mpsc::channel();
    let fill = move || drop(sender.send(templates.page(&report)));
    thread::Builder::new().stack_size(STACK).spawn(fill).map_err(|error| Failure::System {
        message: format!("cannot start to fill in the templates: {error}"),
        help: "close other programs and try again".to_owned(),
    })?;
    match receiver.recv_timeout(PATIENCE) {
        Ok(page) => Ok(page?),
        Err(RecvTimeoutError::Timeout) => Err(too_slow.into()),
        Err(RecvTimeoutError::Disconnected) => Err(Failure::Shown(101)),
    }
}
