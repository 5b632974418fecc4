//! `show`: a questionnaire for reading before answering.

use std::path::Path;

use crate::cli::args::Show;
use crate::cli::content;
use crate::cli::failure::Failure;
use crate::cli::format::{self, Format};
use crate::cli::shelves::Shelves;
use crate::cli::terminal::Terminal;
use crate::render;
use crate::report::Booklet;

/// The formats that a questionnaire can be shown in.
pub(crate) const OFFERED: &[Format] = &[
    Format::Html,
    Format::Markdown,
    Format::Text,
    #[cfg(feature = "office")]
    Format::Xlsx,
];

pub(crate) fn run(args: &Show, terminal: Terminal) -> Result<(), Failure> {
    let outputs = format::outputs(&args.output, OFFERED)?;
    let words = args.language.unwrap_or_default();
    let shelves = Shelves::new(args.questionnaires.as_deref(), None)?.in_language(words);
    let loaded = content::questionnaire(&args.questionnaire, shelves, terminal)?;
    let incidents = loaded.incidents(None, terminal)?;
    let booklet = Booklet::new(&loaded.questionnaire, &incidents, env!("CARGO_PKG_VERSION"), words);
    if outputs.is_empty() {
        return Ok(terminal.result(&render::terminal::booklet(&booklet, terminal.look()))?);
    }
    for (path, format) in outputs {
        format::write(
            path,
            format,
            &format.booklet(&booklet)?,
            &[Path::new(&args.questionnaire)],
            args.output.force,
            terminal,
        )?;
    }
    Ok(())
}
