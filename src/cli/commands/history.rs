//! `history`: the trend over all assessments of one organisation that lie in a folder.

use crate::cli::args;
use crate::cli::dossier::{Dossier, Wanted};
use crate::cli::failure::Failure;
use crate::cli::format::{self, Format};
use crate::cli::left_out;
use crate::cli::parallel;
use crate::cli::shelves::Shelves;
use crate::cli::terminal::Terminal;
use crate::cli::timeline::Timeline;
use crate::render;
use crate::report::History;
use crate::text::visible;

/// The formats that a history can be written in.
pub(crate) const OFFERED: &[Format] =
    &[Format::Html, Format::Json, Format::Markdown, Format::Csv, Format::Text];

pub(crate) fn run(args: &args::History, terminal: Terminal) -> Result<(), Failure> {
    let outputs = format::outputs(&args.output, OFFERED)?;
    let history = history(args, terminal)?;
    for (path, format) in &outputs {
        format::write(
            path,
            *format,
            &format.history(&history)?,
            &[&args.folder],
            args.output.force,
            terminal,
        )?;
    }
    if args.json {
        return Ok(terminal.result(&String::from_utf8_lossy(&Format::Json.history(&history)?))?);
    }
    if outputs.is_empty() {
        return Ok(terminal.result(&render::terminal::history(&history, terminal.look()))?);
    }
    Ok(())
}

fn history(args: &args::History, terminal: Terminal) -> Result<History, Failure> {
    let threads = parallel::threads(args.threads);
    let mut shelves = Shelves::new(args.questionnaires.as_deref(), None)?;
    shelves.put_last(args.folder.clone());
    let wanted = Wanted {
        folder: &args.folder,
        organisation: args.organisation.as_deref(),
        questionnaire: args.questionnaire.as_ref(),
    };
    let mut dossier = Dossier::open(&wanted, &shelves, threads)?;
    let mut files = std::mem::take(&mut dossier.left_out);
    let timeline = Timeline::new(dossier, &shelves, args.incidents.as_deref(), terminal)?;
    let (history, unused) = timeline.history(threads, env!("CARGO_PKG_VERSION"));
    files.extend(unused);
    left_out::tell(files, "--organisation NAME and --questionnaire ID choose others", terminal);
    let Some(history) = history else {
        let folder = visible(&args.folder.to_string_lossy()).into_owned();
        let message = format!("no assessment in `{folder}` can be used");
        terminal.note(&render::screen::error(&message, "`safeseat check FILE` shows the mistakes of a file"));
        return Err(Failure::Shown(3));
    };
    for note in &history.notes {
        terminal.remark(&format!("{note}\n"));
    }
    Ok(history)
}
