//! `plan`: what to do first, and what would have stopped the most incidents for the least effort.

use crate::cli::args;
use crate::cli::evaluated::Evaluated;
use crate::cli::failure::Failure;
use crate::cli::format::{self, Format};
use crate::cli::terminal::Terminal;
use crate::render;
use crate::report::Plan;

/// The formats that a plan can be written in.
const OFFERED: [Format; 3] = [Format::Markdown, Format::Csv, Format::Text];

pub(crate) fn run(args: &args::Plan, terminal: Terminal) -> Result<(), Failure> {
    let outputs = format::outputs(&args.output, &OFFERED)?;
    let evaluated = Evaluated::load(&args.file, &args.content, terminal)?;
    let plan = Plan::new(&evaluated.input(evaluated.today(args.today), &[]));
    if outputs.is_empty() {
        return Ok(terminal.result(&render::terminal::plan(&plan, terminal.look()))?);
    }
    for (path, format) in outputs {
        format::write(path, format, &format.plan(&plan)?, &args.file, args.output.force, terminal)?;
    }
    Ok(())
}
