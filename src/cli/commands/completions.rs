//! `completions`: the completion script for a shell.

use crate::cli::args::Completions;
use crate::cli::command;
use crate::cli::failure::Failure;
use crate::cli::terminal::Terminal;

pub(crate) fn run(args: &Completions, terminal: Terminal) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command(), "safeseat", &mut script);
    Ok(terminal.result(&String::from_utf8_lossy(&script))?)
}
