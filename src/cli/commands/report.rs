//! `report`: scores an answers file and says what follows.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::cli::args::{self, FailOn};
use crate::cli::compared::{self, Told};
use crate::cli::conditions;
use crate::cli::evaluated::Evaluated;
use crate::cli::failure::Failure;
use crate::cli::format::{self, Format};
use crate::cli::own_templates;
use crate::cli::terminal::Terminal;
use crate::render;
use crate::report::Report;

/// The formats that a report can be written in.
const OFFERED: [Format; 5] = [Format::Html, Format::Json, Format::Markdown, Format::Csv, Format::Text];

pub(crate) fn run(args: &args::Report, terminal: Terminal) -> Result<(), Failure> {
    let outputs = format::outputs(&args.output, &OFFERED)?;
    let is_page = |(_, format): &(&Path, Format)| *format == Format::Html;
    if args.templates.is_some() && !outputs.iter().any(is_page) {
        return Err(Failure::usage(
            "templates make HTML reports, and none was asked for",
            "add one: -o report.html",
        ));
    }
    let templates = args.templates.as_deref().map(own_templates::load).transpose()?;
    let evaluated = Evaluated::load(&args.file, &args.content, terminal)?;
    let names_frameworks = args.json
        || outputs.iter().any(|(_, format)| matches!(format, Format::Html | Format::Json | Format::Markdown));
    let frameworks =
        if names_frameworks { evaluated.answers.questionnaire.frameworks(terminal)? } else { Vec::new() };
    let mut report = Report::new(&evaluated.input(evaluated.today(args.today), &frameworks));
    if let Some(previous) = &args.previous {
        report.since = Some(compared::movement(
            previous,
            (&args.file, &evaluated),
            &Told::default(),
            &args.content,
            terminal,
        )?);
    }
    if report.since.is_none() && args.fail_on.contains(&FailOn::Regression) {
        return Err(Failure::usage(
            "`--fail-on regression` has no earlier assessment to compare with",
            "name one with --previous",
        ));
    }
    let page = templates.map(|templates| own_templates::page(templates, report.clone())).transpose()?;
    let inputs: Vec<&Path> =
        [Some(&args.file), args.previous.as_ref()].into_iter().flatten().map(PathBuf::as_path).collect();
    for (path, format) in &outputs {
        let bytes = match &page {
            Some(page) if *format == Format::Html => page.clone().into_bytes(),
            _ => format.report(&report)?,
        };
        format::write(path, *format, &bytes, &inputs, args.output.force, terminal)?;
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
