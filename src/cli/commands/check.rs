//! `check`: every problem of any of our files, with its place.

use crate::cli::args::Check;
use crate::cli::content;
use crate::cli::failure::Failure;
use crate::cli::terminal::Terminal;
use crate::render;
use crate::text::{plural, visible};

pub(crate) fn run(args: &Check, terminal: Terminal) -> Result<(), Failure> {
    let mut wrong = 0;
    let mut unreadable = 0;
    for path in &args.files {
        let name = visible(&path.to_string_lossy()).into_owned();
        match content::check(path, &args.content, terminal) {
            Ok((kind, problems)) if problems.is_empty() => {
                terminal.result(&format!("{name}: {kind}, no problems\n"))?;
            }
            Ok((_, problems)) | Err(Failure::Problems(problems)) => {
                terminal.result(&render::problems::draw(&problems, terminal.look()))?;
                wrong += usize::from(problems.has_errors());
            }
            // The other files are still worth checking.
            Err(failure) => {
                failure.show(terminal);
                unreadable = failure.status();
            }
        }
    }
    if unreadable > 0 {
        return Err(Failure::Shown(unreadable));
    }
    if wrong > 0 {
        terminal.remark(&format!(
            "{} with errors; `safeseat explain CODE` says more about a code\n",
            plural(wrong, "file", "files")
        ));
        return Err(Failure::Shown(3));
    }
    Ok(())
}
