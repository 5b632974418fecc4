//! `report`: scores an answers file and says what follows.

use std::path::{Path, PathBuf};

use crate::cli::args;
use crate::cli::compared;
use crate::cli::evaluated::Evaluated;
use crate::cli::failure::Failure;
use crate::cli::format::{self, Format};
use crate::cli::terminal::Terminal;
use crate::render;
use crate::report::Report;

/// The formats that a report can be written in.
const OFFERED: &[Format] = &[
    Format::Html,
    #[cfg(feature = "pdf")]
    Format::Pdf,
    Format::Json,
    Format::Markdown,
    Format::Csv,
    Format::Text,
];

pub(crate) fn run(args: &args::Report, terminal: Terminal) -> Result<(), Failure> {
    let outputs = format::outputs(&args.output, OFFERED)?;
    let evaluated = Evaluated::load(&args.file, &args.content, terminal)?;
    let names_frameworks =
        args.json || outputs.iter().any(|(_, format)| !matches!(format, Format::Csv | Format::Text));
    let frameworks =
        if names_frameworks { evaluated.answers.questionnaire.frameworks(terminal)? } else { Vec::new() };
    let mut report = Report::new(&evaluated.input(&frameworks));
    if let Some(previous) = &args.previous {
        report.since = Some(compared::movement(previous, None, &evaluated, &args.content, terminal)?);
    }
    let inputs: Vec<&Path> =
        [Some(&args.file), args.previous.as_ref()].into_iter().flatten().map(PathBuf::as_path).collect();
    for (path, format) in &outputs {
        format::write(path, *format, &format.report(&report)?, &inputs, args.output.force, terminal)?;
    }
    if args.json {
        return Ok(terminal.result(&String::from_utf8_lossy(&Format::Json.report(&report)?))?);
    }
    if outputs.is_empty() {
        return Ok(terminal.result(&render::terminal::report(&report, terminal.look()))?);
    }
    Ok(())
}
