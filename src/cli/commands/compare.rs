//! `compare`: what moved between two assessments, and why.

use crate::cli::args;
use crate::cli::compared::{self, Told};
use crate::cli::evaluated::Evaluated;
use crate::cli::failure::Failure;
use crate::cli::format::{self, Format};
use crate::cli::terminal::Terminal;
use crate::render;

/// The formats that a comparison can be written in.
const OFFERED: [Format; 4] = [Format::Html, Format::Json, Format::Markdown, Format::Text];

pub(crate) fn run(args: &args::Compare, terminal: Terminal) -> Result<(), Failure> {
    let outputs = format::outputs(&args.output, &OFFERED)?;
    let new = Evaluated::load(&args.new, &args.content, terminal)?;
    let told = Told { old_questionnaire: args.old_questionnaire.as_deref(), plan: args.plan.as_deref() };
    let movement = compared::movement(&args.old, (&args.new, &new), &told, &args.content, terminal)?;
    for (path, format) in &outputs {
        format::write(
            path,
            *format,
            &format.movement(&movement)?,
            &[&args.old, &args.new],
            args.output.force,
            terminal,
        )?;
    }
    if args.json {
        return Ok(terminal.result(&String::from_utf8_lossy(&Format::Json.movement(&movement)?))?);
    }
    if outputs.is_empty() {
        return Ok(terminal.result(&render::terminal::movement(&movement, terminal.look()))?);
    }
    Ok(())
}
