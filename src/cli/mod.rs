//! Arguments, commands, exit codes: the outermost ring, and the only one that prints.
//!
//! Exit status: 0 done, 1 a condition that was asked for failed, 2 wrong usage, 3 an input file is wrong, 4 the
//! environment failed. A closed pipe is success. 101 is a fault of this program.

mod args;
mod brand_file;
mod commands;
mod companions;
mod compared;
mod conditions;
mod console;
mod content;
mod dossier;
mod evaluated;
mod failure;
#[cfg(feature = "office")]
pub mod filled;
mod format;
mod left_out;
mod own_templates;
mod parallel;
mod plan_file;
#[cfg(feature = "office")]
mod replaced;
mod shelves;
mod terminal;
mod timeline;

use std::panic::PanicHookInfo;
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser as _};

use args::{Cli, Command};
use terminal::Terminal;

/// Runs the program with the arguments of this process.
pub fn run() -> ExitCode {
    std::panic::set_hook(Box::new(|panic| {
        if !is_caught() {
            Terminal::new(args::Color::Never, false).note(&fault(panic));
        }
    }));
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let code = if error.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS };
            // Help that cannot be written to a closed pipe has still been asked for and given.
            let _ = error.print();
            return code;
        }
    };
    let terminal = Terminal::new(cli.color, cli.quiet);
    let done = match &cli.command {
        Command::Questionnaires => commands::questionnaires::run(terminal),
        Command::Show(args) => commands::show::run(args, terminal),
        Command::New(args) => commands::new::run(args, terminal),
        Command::Answer(args) => commands::answer::run(args, terminal),
        Command::Check(args) => commands::check::run(args, terminal),
        #[cfg(feature = "web")]
        Command::Serve(args) => commands::serve::run(args, terminal),
        #[cfg(feature = "office")]
        Command::Import(args) => commands::import::run(args, terminal),
        Command::Report(args) => commands::report::run(args, terminal),
        Command::Compare(args) => commands::compare::run(args, terminal),
        Command::Why(args) => commands::why::run(args, terminal),
        Command::Plan(args) => commands::plan::run(args, terminal),
        Command::Templates(args) => commands::templates::run(&args.command, terminal),
        Command::Questionnaire(args) => commands::questionnaire::run(&args.command, terminal),
        Command::History(args) => commands::history::run(args, terminal),
        Command::Incidents(args) => commands::incidents::run(args, terminal),
        Command::Explain(args) => commands::explain::run(args, terminal),
        Command::Completions(args) => commands::completions::run(args, terminal),
        Command::Man => commands::man::run(terminal),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            failure.show(terminal);
            ExitCode::from(failure.status())
        }
    }
}

/// Whether a panic is the end of reading something and not of the program.
fn is_caught() -> bool {
    #[cfg(feature = "office")]
    return crate::format::workbook::is_reading();
    #[cfg(not(feature = "office"))]
    false
}

/// The command line as clap knows it: for help, completions and the manual.
pub fn command() -> clap::Command {
    Cli::command()
}

/// What is said when the program itself fails: where it happened, and nothing of what it was working on. The message of
/// a panic may hold a person's data.
fn fault(panic: &PanicHookInfo<'_>) -> String {
    let place = panic.location().map(|at| format!(" ({}:{})", at.file(), at.line())).unwrap_or_default();
    format!(
        "error: safeseat has a fault and stops{place}\nhelp: no file is half-written; please report this line\n"
    )
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    #[test]
    fn a_fault_tells_nothing_of_what_the_program_was_working_on() {
        let (sender, receiver) = mpsc::channel();
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            let _ = sender.send(super::fault(panic));
        }));
        let name = String::from("Northmoor");
        let stopped = std::panic::catch_unwind(|| panic!("no such answer of {name}"));
        std::panic::set_hook(usual);
        let said = receiver.recv().unwrap();
        assert!(stopped.is_err() && said.contains("mod.rs:") && !said.contains(&name), "{said}");
    }
}
