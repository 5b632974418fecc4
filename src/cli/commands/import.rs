//! `import`: reads answers from a spreadsheet that somebody filled in.

use std::path::PathBuf;
use std::time::Duration;

use super::answer::existing;
use crate::catalog;
use crate::cli::args::{Content, Import};
use crate::cli::content::{self, Loaded};
use crate::cli::failure::Failure;
use crate::cli::filled::{Accepted, Filled, NAMELESS};
use crate::cli::replaced;
use crate::cli::shelves::Shelves;
use crate::cli::terminal::{self, Terminal};
use crate::format::skeleton;
use crate::format::workbook::{self, LARGEST};
use crate::interview::Interview;
use crate::model::{Assessment, CarriedOver, Date, QuestionnaireId};
use crate::render::screen::error;
use crate::report::form;
use crate::store::{self, AnswersFile};
use crate::text::{plural, visible};

pub(crate) fn run(args: &Import, terminal: Terminal) -> Result<(), Failure> {
    let today = args.today.unwrap_or_else(terminal::today);
    let filled = read(args, terminal)?;
    let (mut file, mut interview) = begin(args, &filled, today, terminal)?;
    let before = interview.assessment().clone();
    let is_new = file.is_new();
    let accepted = filled.accept(&mut interview);
    for cell in &accepted.refused {
        terminal.note(&error(&cell.message, &cell.help));
    }
    if !accepted.refused.is_empty() && !args.partial {
        let refused = plural(accepted.refused.len(), "cell", "cells");
        terminal.remark(&format!(
            "nothing was changed, because of {refused}; put them right, or take the rest with --partial\n"
        ));
        return Err(Failure::Shown(3));
    }
    let into = visible(&args.into.to_string_lossy()).into_owned();
    if accepted.changes.is_empty() {
        terminal.remark(&format!("{into} stays as it is: {}\n", counted(&accepted)));
        return Ok(());
    }
    file.save(&accepted.changes, interview.questionnaire())?;
    terminal.remark(&format!("wrote {into}: {}\n", counted(&accepted)));
    if let Some(replaced) =
        replaced::remark(&before, &accepted.changes, interview.questionnaire()).filter(|_| !is_new)
    {
        terminal.remark(&replaced);
    }
    let options = options(&args.content);
    terminal.remark(&format!(
        "next:\n  safeseat check {into}{options}\n  safeseat report {into}{options} -o report.html\n"
    ));
    Ok(())
}

/// The options about content that were given, as the next commands need them too.
fn options(content: &Content) -> String {
    let folder = |path: &Option<PathBuf>| path.as_ref().map(|path| path.to_string_lossy().into_owned());
    let given = [
        ("questionnaire", content.questionnaire.clone()),
        ("questionnaires", folder(&content.questionnaires)),
        ("incidents", folder(&content.incidents)),
    ];
    let options = given.into_iter().filter_map(|(name, value)| Some((name, value?)));
    options.map(|(name, value)| format!(" --{name} {}", visible(&value))).collect::<Vec<_>>().concat()
}

/// What was done, in numbers.
fn counted(accepted: &Accepted) -> String {
    let mut parts = vec![
        plural(accepted.answers, "answer", "answers"),
        format!("{} unchanged", accepted.unchanged),
        format!("{} refused", plural(accepted.refused.len(), "cell", "cells")),
    ];
    if accepted.left_out > 0 {
        parts.push(format!(
            "{} left out, because the organisation has no use for the question",
            accepted.left_out
        ));
    }
    parts.join(", ")
}

/// The spreadsheet, when it is one of ours and safe to open.
fn read(args: &Import, terminal: Terminal) -> Result<Filled, Failure> {
    let name = visible(&args.file.to_string_lossy()).into_owned();
    let wrong = |message: &str, help: &str| {
        terminal.note(&error(&format!("`{name}`: {message}"), help));
        Failure::Shown(3)
    };
    let bytes = store::read_at_most(&args.file, LARGEST as u64 + 1)?;
    let sheets = workbook::read(&bytes, &[form::START, form::QUESTIONS])
        .map_err(|failed| wrong(&failed.to_string(), failed.help()))?;
    Filled::new(sheets).map_err(|message| {
        wrong(&message, "fill in a sheet that `safeseat show QUESTIONNAIRE -o questions.xlsx` made")
    })
}

/// Answers of one organisation never go into the file of another.
fn another_organisation(filled: &Filled, assessment: &Assessment) -> Result<(), Failure> {
    let (theirs, ours) = (filled.organisation(), &assessment.organisation.name);
    if theirs.is_none_or(|name| name == ours || ours == NAMELESS) {
        return Ok(());
    }
    Err(Failure::usage(
        format!(
            "the sheet is about `{}`, and the answers file about `{}`",
            visible(theirs.unwrap_or_default()),
            visible(ours)
        ),
        "name another answers file with --into, or write the same name into both",
    ))
}

/// The answers file, locked, and the interview as it stands in it.
fn begin(
    args: &Import,
    filled: &Filled,
    today: Date,
    terminal: Terminal,
) -> Result<(AnswersFile, Interview), Failure> {
    let named = filled.questionnaire().unwrap_or_default();
    let words = filled.language().and_then(catalog::words);
    let content = &Content { language: words, ..args.content.clone() };
    if args.into.exists() {
        let file = AnswersFile::open(&args.into, Duration::ZERO, String::new)?;
        let (loaded, assessment, carried) = existing(&file, content, terminal)?;
        let answers = loaded.questionnaire.header().id.as_str();
        if answers != named {
            return Err(Failure::usage(
                format!(
                    "the sheet asks the questions of `{named}`, and the answers file answers `{answers}`"
                ),
                "name another answers file with --into",
            ));
        }
        another_organisation(filled, &assessment)?;
        let incidents = loaded.incidents(content.incidents.as_deref(), terminal)?;
        return Ok((file, Interview::new(loaded.questionnaire, &incidents, assessment, carried, today)));
    }
    let shelves = Shelves::new(content.questionnaires.as_deref(), Some(&args.into))?;
    let shelves = shelves.in_language(words.unwrap_or_default());
    // What a sheet says may be an id, and never a file of this computer.
    let id = QuestionnaireId::parse(named).map(|id| id.to_string());
    let wanted = content.questionnaire.clone().or(id.ok()).ok_or_else(|| {
        Failure::usage("the sheet does not say which questionnaire it asks", "name it with --questionnaire")
    })?;
    let loaded: Loaded = content::questionnaire(&wanted, shelves, terminal)?;
    let incidents = loaded.incidents(content.incidents.as_deref(), terminal)?;
    let questionnaire = loaded.questionnaire;
    let facts = questionnaire.asked_facts(&incidents);
    let draft = skeleton::answers(&questionnaire, &facts, NAMELESS, today);
    let file = AnswersFile::open(&args.into, Duration::ZERO, || draft)?;
    let blank = Interview::blank(&questionnaire, today);
    Ok((file, Interview::new(questionnaire, &incidents, blank, CarriedOver::default(), today)))
}
