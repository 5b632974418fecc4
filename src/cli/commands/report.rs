//! `report`: scores an answers file and says what follows.

use std::io::ErrorKind;
use std::iter;
use std::path::{Path, PathBuf};

use crate::cli::args::{self, FailOn};
use crate::cli::compared::{self, Told};
use crate::cli::conditions;
use crate::cli::dossier::{Dossier, Wanted};
use crate::cli::evaluated::Evaluated;
use crate::cli::failure::Failure;
use crate::cli::format::{self, Format};
use crate::cli::left_out;
use crate::cli::parallel;
use crate::cli::shelves::Shelves;
use crate::cli::terminal::Terminal;
use crate::model::QuestionnaireId;
use crate::render;
use crate::report::Report;
use crate::text::visible;

/// The formats that a report can be written in.
const OFFERED: [Format; 5] = [Format::Html, Format::Json, Format::Markdown, Format::Csv, Format::Text];

pub(crate) fn run(args: &args::Report, terminal: Terminal) -> Result<(), Failure> {
    let outputs = format::outputs(&args.output, &OFFERED)?;
    let (file, previous) = files(args, terminal)?;
    let evaluated = Evaluated::load(&file, &args.content, terminal)?;
    let names_frameworks = args.json
        || outputs.iter().any(|(_, format)| matches!(format, Format::Html | Format::Json | Format::Markdown));
    let frameworks =
        if names_frameworks { evaluated.answers.questionnaire.frameworks(terminal)? } else { Vec::new() };
    let mut report = Report::new(&evaluated.input(evaluated.today(args.today), &frameworks));
    if let Some(previous) = &previous {
        let (new, told) = ((file.as_path(), &evaluated), Told::default());
        report.since = Some(compared::movement(previous, new, &told, &args.content, terminal)?);
    }
    if report.since.is_none() && args.fail_on.contains(&FailOn::Regression) {
        return Err(Failure::usage(
            "`--fail-on regression` has no earlier assessment to compare with",
            "name one with --previous",
        ));
    }
    let inputs: Vec<&Path> = iter::once(&file).chain(&previous).map(PathBuf::as_path).collect();
    for (path, format) in &outputs {
        format::write(path, *format, &format.report(&report)?, &inputs, args.output.force, terminal)?;
    }
    let printed = if args.json {
        terminal.result(&String::from_utf8_lossy(&Format::Json.report(&report)?))
    } else if outputs.is_empty() {
        terminal.result(&render::terminal::report(&report, terminal.look()))
    } else {
        Ok(())
    };
    match printed {
        // Whoever reads only the beginning still wants to know.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => {}
        printed => printed?,
    }
    conditions::hold(args, &report, terminal)
}

/// The answers to report on and those to compare them with: of a folder the newest assessment and the one before.
fn files(args: &args::Report, terminal: Terminal) -> Result<(PathBuf, Option<PathBuf>), Failure> {
    if !args.file.is_dir() {
        return Ok((args.file.clone(), args.previous.clone()));
    }
    let mut shelves = Shelves::new(args.content.questionnaires.as_deref(), None)?;
    shelves.put_last(args.file.clone());
    let questionnaire =
        args.content.questionnaire.as_deref().and_then(|name| QuestionnaireId::parse(name).ok());
    let wanted = Wanted { folder: &args.file, organisation: None, questionnaire: questionnaire.as_ref() };
    let mut dossier = Dossier::open(&wanted, &shelves, parallel::threads(None))?;
    let mut left_out = std::mem::take(&mut dossier.left_out);
    left_out.extend(dossier.same_day_as_newest());
    left_out::tell(left_out, "name the file to report on another organisation", terminal);
    let (newest, before) = dossier.newest();
    let shown = |path: &Path| visible(&path.to_string_lossy()).into_owned();
    let previous = args.previous.clone().or_else(|| before.map(Path::to_owned));
    let compared =
        previous.as_ref().map(|path| format!(", compared with {}", shown(path))).unwrap_or_default();
    terminal.remark(&format!("the newest assessment is {}{compared}\n", shown(newest)));
    Ok((newest.to_owned(), previous))
}
