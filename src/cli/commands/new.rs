//! `new`: a commented answers file with every question, or one that continues an earlier one.

use std::path::Path;

use crate::cli::args::{Content, New};
use crate::cli::content;
use crate::cli::failure::Failure;
use crate::cli::format::same_file;
use crate::cli::shelves::Shelves;
use crate::cli::terminal::{self, Terminal};
use crate::format::{Document, assessment, rewrite, skeleton};
use crate::interview::{Interview, Place};
use crate::model::{Date, Questionnaire};
use crate::problem::{Problems, Source};
use crate::store::{self, Overwrite};
use crate::text::{plural, visible};

/// The schema of answers, as it is shipped.
const SCHEMA_OF_ANSWERS: &str = include_str!("../../../schemas/answers.schema.json");
/// The questionnaire of a new file, unless another one is wanted.
const USUAL: &str = "political-organisation";
/// How many old answers are named.
const LISTED: usize = 5;

pub(crate) fn run(args: &New, terminal: Terminal) -> Result<(), Failure> {
    let date = args.today.unwrap_or_else(terminal::today);
    let (text, remarks) = match &args.from {
        Some(previous) => continued(args, previous, date, terminal)?,
        None => (blank(args, date, terminal)?, String::new()),
    };
    let overwrite = if args.force { Overwrite::Always } else { Overwrite::Never };
    store::write(&args.file, text.as_bytes(), overwrite)?;
    let file = visible(&args.file.to_string_lossy()).into_owned();
    terminal.remark(&format!("wrote {file}\n{remarks}"));
    if write_answers_schema(&args.file)? {
        terminal.remark(&format!(
            "wrote {}, with which an editor can complete and check your answers\n",
            skeleton::SCHEMA_NAME
        ));
    }
    let what = if args.from.is_some() { "confirm or change the answers" } else { "answer the questions" };
    terminal.remark(&format!(
        "next: {what} in the terminal, or in a text editor\n  safeseat answer {file}\nthen run\n  \
         safeseat check {file}\n  safeseat report {file} -o report.html\n"
    ));
    Ok(())
}

/// A file without answers.
fn blank(args: &New, date: Date, terminal: Terminal) -> Result<String, Failure> {
    let shelves = Shelves::new(args.questionnaires.as_deref(), Some(&args.file))?;
    let name = args.questionnaire.as_deref().unwrap_or(USUAL);
    if same_file(Path::new(name), &args.file) {
        return Err(Failure::usage(
            "the new file would take the place of its questionnaire",
            "choose another name",
        ));
    }
    let loaded = content::questionnaire(name, shelves, terminal)?;
    let incidents = loaded.incidents(None, terminal)?;
    let facts = loaded.questionnaire.asked_facts(&incidents);
    let organisation = args.name.as_deref().unwrap_or("Our organisation");
    Ok(skeleton::answers(&loaded.questionnaire, &facts, organisation, date))
}

/// A file that continues an earlier one, and what there is to say about it.
fn continued(
    args: &New,
    previous: &Path,
    date: Date,
    terminal: Terminal,
) -> Result<(String, String), Failure> {
    if same_file(previous, &args.file) {
        return Err(Failure::usage(
            "the new file would take the place of the earlier one",
            "choose another name: a comparison needs both",
        ));
    }
    let content = Content {
        questionnaire: args.questionnaire.clone(),
        questionnaires: args.questionnaires.clone(),
        ..Content::default()
    };
    let (source, loaded) = content::earlier(previous, &content, terminal)?;
    let (earlier, _) = assessment::read(&Document::parse(&source), &loaded.questionnaire);
    if let Some(earlier) = earlier.filter(|earlier| date < earlier.date) {
        return Err(Failure::usage(
            format!("the earlier assessment is of {}, which is not yet past", earlier.date.in_words()),
            "give the new one a later date with --today",
        ));
    }
    let continued = rewrite::continued(&source, &loaded.questionnaire, date)?;
    let incidents = loaded.incidents(None, terminal)?;
    let source = Source::new(source.name().to_owned(), continued.text.clone());
    let interview = begun(&source, loaded.questionnaire, &incidents, date)?;
    let mut remarks = carried(&interview, source.name());
    if !continued.left_out.is_empty() {
        let ids: Vec<String> = continued.left_out.iter().map(ToString::to_string).collect();
        remarks = format!("{remarks}left out, because the questions have changed: {}\n", ids.join(", "));
    }
    Ok((continued.text, remarks))
}

/// The interview as it begins with a file.
fn begun(
    source: &Source,
    questionnaire: Questionnaire,
    incidents: &[crate::model::Incident],
    date: Date,
) -> Result<Interview, Problems> {
    let (found, problems) = assessment::read(&Document::parse(source), &questionnaire);
    let Some(found) = found else { return Err(problems) };
    Ok(Interview::new(questionnaire, incidents, found, rewrite::carried_over(source.text()), date))
}

/// What was carried over, what of it is old, and what is still open.
fn carried(interview: &Interview, previous: &str) -> String {
    let carried: Vec<_> = interview.route().filter(|place| interview.is_carried(place)).collect();
    let facts = carried.iter().filter(|place| matches!(place, Place::Fact(_))).count();
    let mut lines = vec![format!(
        "carried over from {previous}: {} about your organisation, {}",
        plural(facts, "answer", "answers"),
        plural(carried.len() - facts, "answer to a question", "answers to questions"),
    )];
    let stale: Vec<_> = interview.stale().collect();
    if !stale.is_empty() {
        lines.push(format!("too old or not known, asked first: {}", stale.len()));
        lines.extend(
            stale.iter().take(LISTED).map(|question| format!("  {} {}", question.id, question.title)),
        );
        if stale.len() > LISTED {
            lines.push(format!("  and {} more", stale.len() - LISTED));
        }
    }
    let open = interview.route().filter(|place| match place {
        Place::Question(id) => !interview.assessment().answers.contains_key(id),
        _ => false,
    });
    lines.push(format!("not answered yet: {}", plural(open.count(), "question", "questions")));
    lines.iter().fold(String::new(), |shown, line| shown + &visible(line) + "\n")
}

/// Writes the schema that the first line of a new file points to, unless one is there already, and says whether it did.
pub(super) fn write_schema(beside: &Path, name: &str, schema: &str) -> Result<bool, Failure> {
    let path = beside.with_file_name(name);
    if path.exists() {
        return Ok(false);
    }
    store::write(&path, schema.as_bytes(), Overwrite::Never)?;
    Ok(true)
}

/// The same for answers.
pub(super) fn write_answers_schema(beside: &Path) -> Result<bool, Failure> {
    write_schema(beside, skeleton::SCHEMA_NAME, SCHEMA_OF_ANSWERS)
}
