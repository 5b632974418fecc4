//! `templates`: designing the report with templates of one's own.

use std::path::Path;

use crate::cli::args::{Content, TemplatesCommand};
use crate::cli::content;
use crate::cli::evaluated::Evaluated;
use crate::cli::failure::Failure;
use crate::cli::own_templates::{self, MOST};
use crate::cli::terminal::Terminal;
use crate::format::skeleton;
use crate::problem::Source;
use crate::render::html;
use crate::render::own;
use crate::render::screen::Screen;
use crate::report::{Audience, Movement, Report};
use crate::store::{self, Overwrite};
use crate::text::{Words, plural, visible};

/// The schema of what templates are given, as it is shipped.
const SCHEMA: &str = include_str!("../../../schemas/templates-v1.schema.json");
/// The answers of the example, and those before them.
const EXAMPLE: [&str; 2] = [
    include_str!("../../../examples/party-hq-november.toml"),
    include_str!("../../../examples/party-hq-may.toml"),
];
/// What the example answers.
const QUESTIONNAIRE: &str = "political-organisation";

pub(crate) fn run(command: &TemplatesCommand, terminal: Terminal) -> Result<(), Failure> {
    match command {
        TemplatesCommand::List => list(terminal),
        TemplatesCommand::Export { folder } => export(folder, terminal),
        TemplatesCommand::Check { folder } => check(folder, terminal),
        TemplatesCommand::Context { schema: true, .. } => Ok(terminal.result(SCHEMA)?),
        TemplatesCommand::Context { file, audience, content, .. } => {
            let report = match file {
                Some(file) => own_report(file, content, terminal)?,
                None => example(terminal)?,
            };
            let context = html::context(&report.for_audience(*audience))
                .and_then(|context| serde_json::to_string_pretty(&context));
            let context = context.map_err(|error| Failure::Render(error.to_string()))?;
            Ok(terminal.result(&(context + "\n"))?)
        }
    }
}

fn list(terminal: Terminal) -> Result<(), Failure> {
    let mut screen = Screen::new(terminal.look());
    let rows: Vec<Vec<String>> =
        own::embedded().map(|one| vec![one.name.to_owned(), one.about.to_owned()]).collect();
    screen.table(&["Template", "What it is for"], &rows, &[]);
    Ok(terminal.result(&screen.into_text())?)
}

/// Writes every embedded template, or none when a file of somebody's stands in the way.
fn export(folder: &Path, terminal: Terminal) -> Result<(), Failure> {
    store::make_folder(folder)?;
    // Nothing in it leads out of it.
    store::files_below(folder, MOST)?;
    let mut missing = Vec::new();
    for template in own::embedded() {
        let path = folder.join(template.name);
        if !path.exists() {
            missing.push((path, template.text));
        } else if store::read(&path)? != template.text.as_bytes() {
            return Err(Failure::usage(
                format!("`{}` is not the embedded template any more", visible(&path.to_string_lossy())),
                "choose another folder; nothing was written",
            ));
        }
    }
    for (path, text) in &missing {
        path.parent().map_or(Ok(()), store::make_folder)?;
        store::write(path, text.as_bytes(), Overwrite::Never)?;
    }
    let folder = visible(&folder.to_string_lossy()).into_owned();
    terminal.remark(&format!(
        "wrote {} to {folder}\nnext: change what you want to look different, and remove the others; then run\n  \
         safeseat templates check {folder}\n  safeseat report FILE -o report.html --templates {folder}\n",
        plural(missing.len(), "template", "templates")
    ));
    Ok(())
}

/// Makes pages of the example, and of an organisation that has answered nothing, for every audience.
fn check(folder: &Path, terminal: Terminal) -> Result<(), Failure> {
    for report in [example(terminal)?, unanswered(terminal)?] {
        for audience in Audience::ALL {
            own_templates::page(
                own_templates::load(folder, Words::ENGLISH)?,
                report.clone().for_audience(audience),
            )?;
        }
    }
    let templates = own_templates::load(folder, Words::ENGLISH)?;
    let folder = visible(&folder.to_string_lossy()).into_owned();
    let count = plural(templates.names().count(), "template of your own", "templates of your own");
    Ok(terminal.result(&format!("{folder}: {count}, no problems\n"))?)
}

/// The report of the example, with what moved since the assessment before.
fn example(terminal: Terminal) -> Result<Report, Failure> {
    let [now, before] = EXAMPLE.map(|text| {
        let answers = content::shipped_answers(&Source::new("the example", text), QUESTIONNAIRE, terminal)?;
        Evaluated::of(answers, None, terminal)
    });
    let (now, before) = (now?, before?);
    let frameworks = now.answers.questionnaire.frameworks(terminal)?;
    let day = now.answers.assessment.date;
    let mut report = Report::new(&now.input(day, &frameworks));
    let earlier = before.input(before.answers.assessment.date, &[]);
    report.since = Some(Movement::new(&earlier, &now.input(day, &[]), None));
    Ok(report)
}

/// The report of an organisation that has answered nothing.
fn unanswered(terminal: Terminal) -> Result<Report, Failure> {
    let example = content::shipped_answers(&Source::new("the example", EXAMPLE[0]), QUESTIONNAIRE, terminal)?;
    let blank = skeleton::answers(
        &example.questionnaire.questionnaire,
        &[],
        &example.assessment.organisation.name,
        example.assessment.date,
    );
    let answers = content::shipped_answers(&Source::new("the example", blank), QUESTIONNAIRE, terminal)?;
    let evaluated = Evaluated::of(answers, None, terminal)?;
    let frameworks = evaluated.answers.questionnaire.frameworks(terminal)?;
    Ok(Report::new(&evaluated.input(evaluated.answers.assessment.date, &frameworks)))
}

fn own_report(file: &Path, content: &Content, terminal: Terminal) -> Result<Report, Failure> {
    let evaluated = Evaluated::load(file, content, terminal)?;
    let frameworks = evaluated.answers.questionnaire.frameworks(terminal)?;
    Ok(Report::new(&evaluated.input(evaluated.today(None, terminal), &frameworks)))
}
