//! `report`: scores an answers file and says what follows.

use std::io::ErrorKind;
use std::iter;
use std::path::{Path, PathBuf};

use crate::cli::args::{self, FailOn};
use crate::cli::brand_file::{self, BrandFile};
use crate::cli::compared::{self, Told};
use crate::cli::conditions;
use crate::cli::dossier::{Dossier, Wanted};
use crate::cli::evaluated::Evaluated;
use crate::cli::failure::Failure;
use crate::cli::format::{self, Format};
use crate::cli::left_out;
use crate::cli::own_templates;
use crate::cli::parallel;
use crate::cli::shelves::Shelves;
use crate::cli::terminal::Terminal;
use crate::model::QuestionnaireId;
use crate::render;
use crate::report::{Audience, Report};
use crate::text::visible;

/// The formats that a report can be written in.
pub(crate) const OFFERED: &[Format] = &[
    Format::Html,
    #[cfg(feature = "pdf")]
    Format::Pdf,
    Format::Json,
    Format::Markdown,
    Format::Csv,
    Format::Text,
    #[cfg(feature = "office")]
    Format::Docx,
    #[cfg(feature = "office")]
    Format::Xlsx,
];

/// The formats of a short report; the others list every answer.
const SHORT: [Format; 3] = [Format::Html, Format::Markdown, Format::Text];

pub(crate) fn run(args: &args::Report, terminal: Terminal) -> Result<(), Failure> {
    let outputs = format::outputs(&args.output, OFFERED)?;
    fits(args, &outputs)?;
    let is_page = |(_, format): &(&Path, Format)| *format == Format::Html;
    if args.templates.is_some() && !outputs.iter().any(is_page) {
        return Err(Failure::usage(
            "templates make HTML reports, and none was asked for",
            "add one: -o report.html",
        ));
    }
    let (file, previous) = files(args, terminal)?;
    let shows_logo = outputs.iter().any(|(_, format)| format.shows_logo());
    let brand = brand_file::find(args.brand.as_deref(), &file, shows_logo, terminal)?;
    let words = args.language.or(brand.as_ref().and_then(|brand| brand.words)).unwrap_or_default();
    let content = &args::Content { language: Some(words), ..args.content.clone() };
    let templates = args.templates.as_deref().map(|folder| own_templates::load(folder, words)).transpose()?;
    let evaluated = Evaluated::load(&file, content, terminal)?;
    let names_frameworks = !args.audience.is_short()
        && (args.json || outputs.iter().any(|(_, format)| format.names_frameworks()));
    let frameworks =
        if names_frameworks { evaluated.answers.questionnaire.frameworks(terminal)? } else { Vec::new() };
    let mut report = Report::new(&evaluated.input(evaluated.today(args.today, terminal), &frameworks));
    if let Some(previous) = &previous {
        let (new, told) = ((file.as_path(), &evaluated), Told::default());
        report.since = Some(compared::movement(previous, new, &told, content, terminal)?);
    }
    if report.since.is_none() && args.fail_on.contains(&FailOn::Regression) {
        return Err(Failure::usage(
            "`--fail-on regression` has no earlier assessment to compare with",
            "name one with --previous",
        ));
    }
    let brand_path = brand.as_ref().map(|brand| &brand.path);
    let inputs: Vec<&Path> =
        iter::once(&file).chain(&previous).chain(brand_path).map(PathBuf::as_path).collect();
    // A condition is held to the whole report, whoever is shown what of it.
    let failed = conditions::failed(args, &report);
    let shown = handed_over(report, brand.as_ref(), args.audience);
    warn_of_marking(&shown, terminal);
    let page = templates.map(|templates| own_templates::page(templates, shown.clone())).transpose()?;
    for (path, format) in &outputs {
        let bytes = match &page {
            Some(page) if *format == Format::Html => page.clone().into_bytes(),
            _ => format.report(&shown)?,
        };
        format::write(path, *format, &bytes, &inputs, args.output.force, terminal)?;
    }
    print(args, outputs.is_empty(), &shown, terminal)?;
    conditions::hold(&failed, terminal)
}

/// What is to be published should carry no marking.
fn warn_of_marking(shown: &Report, terminal: Terminal) {
    if let Some(marking) = shown.head.marking.as_ref().filter(|_| shown.head.audience == Audience::Public) {
        terminal.remark(&format!(
            "a report for the public, marked “{}” on every page: take the marking out before you publish it\n",
            visible(marking)
        ));
    }
}

/// Prints the report, unless it went into files only.
fn print(args: &args::Report, alone: bool, shown: &Report, terminal: Terminal) -> Result<(), Failure> {
    let printed = if args.json {
        terminal.result(&String::from_utf8_lossy(&Format::Json.report(shown)?))
    } else if alone {
        terminal.result(&render::terminal::report(shown, terminal.look()))
    } else {
        Ok(())
    };
    match printed {
        // Whoever reads only the beginning still wants to know.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        printed => Ok(printed?),
    }
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

/// The report as its audience sees it.
fn handed_over(mut report: Report, brand: Option<&BrandFile>, audience: Audience) -> Report {
    if let Some(BrandFile { brand, .. }) = brand {
        report.head.wear(brand.clone());
    }
    report.for_audience(audience)
}

/// Whether what is asked for can be given to the audience.
fn fits(args: &args::Report, outputs: &[(&Path, Format)]) -> Result<(), Failure> {
    if !args.audience.is_short() {
        return Ok(());
    }
    let listing = outputs.iter().find(|(_, format)| !SHORT.contains(format));
    let what = match listing {
        Some((path, _)) => format!("`{}`", visible(&path.to_string_lossy())),
        None if args.json => "`--json`".to_owned(),
        None => return Ok(()),
    };
    Err(Failure::usage(
        format!(
            "{what} would list every answer, and a report with `--audience {}` has none",
            args.audience.as_str()
        ),
        "for board and public end the name with .html, .md or .txt; internal and client can have every format",
    ))
}
