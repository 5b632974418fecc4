//! `compare`: what moved between two assessments, and why.

use std::path::Path;

use crate::cli::args;
use crate::cli::brand_file;
use crate::cli::compared::{self, Told};
use crate::cli::evaluated::Evaluated;
use crate::cli::failure::Failure;
use crate::cli::format::{self, Format};
use crate::cli::terminal::Terminal;
use crate::render;

/// The formats that a comparison can be written in.
pub(crate) const OFFERED: &[Format] = &[Format::Html, Format::Json, Format::Markdown, Format::Text];

pub(crate) fn run(args: &args::Compare, terminal: Terminal) -> Result<(), Failure> {
    let outputs = format::outputs(&args.output, OFFERED)?;
    let new = Evaluated::load(&args.new, &args.content, terminal)?;
    let told = Told { old_questionnaire: args.old_questionnaire.as_deref(), plan: args.plan.as_deref() };
    let mut movement = compared::movement(&args.old, (&args.new, &new), &told, &args.content, terminal)?;
    let shows_logo = outputs.iter().any(|(_, format)| format.shows_logo());
    let brand = brand_file::find(args.brand.as_deref(), &args.new, shows_logo, terminal)?;
    let mut inputs: Vec<&Path> = vec![&args.old, &args.new];
    if let Some(brand) = &brand {
        movement.head.wear(brand.brand.clone());
        inputs.push(&brand.path);
    }
    for (path, format) in &outputs {
        format::write(path, *format, &format.movement(&movement)?, &inputs, args.output.force, terminal)?;
    }
    if args.json {
        return Ok(terminal.result(&String::from_utf8_lossy(&Format::Json.movement(&movement)?))?);
    }
    if outputs.is_empty() {
        return Ok(terminal.result(&render::terminal::movement(&movement, terminal.look()))?);
    }
    Ok(())
}
