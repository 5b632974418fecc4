//! The plan file of an organisation: reading the one beside the answers, and adding to it.

use std::path::{Path, PathBuf};

use super::content::{self, Answers};
use super::failure::Failure;
use super::shelves;
use super::terminal::Terminal;
use crate::format::rewrite::{self, PlanChange};
use crate::format::{self, Document, FileKind, LARGEST};
use crate::model::{Date, QuestionId, Questionnaire, WorkPlan};
use crate::problem::Source;
use crate::report::Task;
use crate::store::{self, Overwrite, StoreError};
use crate::text::visible;

/// What it is called when nobody says otherwise.
const USUAL: &str = "plan.toml";

/// The plan file that belongs to an answers file, unless another one is named.
pub fn beside(answers: &Path) -> PathBuf {
    answers.with_file_name(USUAL)
}

/// A plan and the text of its file.
pub struct PlanFile {
    source: Source,
    /// What it says.
    pub plan: WorkPlan,
}

/// Reads the plan file of these answers.
///
/// # Errors
/// When it cannot be read, is wrong, or is the plan of another organisation or questionnaire.
pub fn read(path: &Path, answers: &Answers, terminal: Terminal) -> Result<PlanFile, Failure> {
    let source = shelves::decode(path)?;
    let document = Document::parse(&source);
    let kind = document.kind()?;
    if kind != FileKind::Plan {
        return Err(Failure::usage(
            format!("`{}` is not a plan (it holds: {kind})", source.name()),
            "name another file; `--update` makes a new one where there is none",
        ));
    }
    let questionnaire = &answers.questionnaire.questionnaire;
    let organisation = &answers.assessment.organisation.name;
    if let Some(problems) = format::plan::foreign(&document, &questionnaire.header().id, organisation) {
        return Err(problems.into());
    }
    let plan = content::usable(format::plan::read(&document, questionnaire), terminal)?;
    Ok(PlanFile { source, plan })
}

/// Reads the plan file beside the answers, when there is one. One of another organisation or questionnaire, and anything
/// else of that name, is passed over with a remark.
///
/// # Errors
/// When it is theirs, and cannot be read or is wrong.
pub fn found_beside(path: &Path, answers: &Answers, terminal: Terminal) -> Result<Option<PlanFile>, Failure> {
    let source = match shelves::decode(path) {
        Ok(source) => source,
        Err(Failure::Store(StoreError::NotFound(_))) => return Ok(None),
        Err(failure) => return Err(failure),
    };
    let document = Document::parse(&source);
    let id = &answers.questionnaire.questionnaire.header().id;
    let passed_over = |why: &str| {
        terminal.remark(&format!("{why}, so it is not read: {}\n", source.name()));
        Ok(None)
    };
    match document.kind() {
        Ok(FileKind::Plan) => {}
        Ok(_) => return passed_over("the file beside the answers is not a plan"),
        // Whether it is theirs cannot be told.
        Err(problems) => return Err(problems.into()),
    }
    if format::plan::foreign(&document, id, &answers.assessment.organisation.name).is_some() {
        return passed_over("the plan beside the answers is of another organisation or questionnaire");
    }
    read(path, answers, terminal).map(Some)
}

/// What an update has done.
pub struct Updated {
    /// The questions whose actions are new in the file.
    pub actions: Vec<QuestionId>,
    /// The questions whose actions were there and have a date now.
    pub dates: Vec<QuestionId>,
}

/// Adds tasks to a plan file, or makes one. What people wrote stays.
///
/// # Errors
/// When the file cannot be changed or written.
pub fn update(
    path: &Path,
    before: Option<&PlanFile>,
    tasks: &[Task],
    answers: &Answers,
) -> Result<Updated, Failure> {
    let questionnaire = &answers.questionnaire.questionnaire;
    let mut changes = changes(tasks, before, questionnaire);
    if before.is_some_and(|before| before.plan.secret.is_none()) {
        changes.push(PlanChange::Secret(secret()?));
    }
    let text = if let Some(before) = before {
        before.source.text().to_owned()
    } else {
        let organisation = &answers.assessment.organisation.name;
        rewrite::new_plan(&questionnaire.header().id, organisation, &secret()?)
    };
    let after = rewrite::planned(&text, &changes, questionnaire).map_err(|error| Failure::System {
        message: format!("the plan cannot be changed: {error}"),
        help: "put the file right in a text editor; nothing was changed".to_owned(),
    })?;
    if after.len() > LARGEST {
        return Err(Failure::System {
            message: format!("`{}` would be larger than 1 MiB", visible(&path.to_string_lossy())),
            help: "shorten its remarks; nothing was changed".to_owned(),
        });
    }
    put(path, before.map(|_| text.as_str()), &after)?;
    let (mut actions, mut dates) = (Vec::new(), Vec::new());
    for change in changes {
        match change {
            PlanChange::Action { id, .. } => actions.push(id),
            PlanChange::Due(id, _) => dates.push(id),
            PlanChange::Secret(_) => {}
        }
    }
    Ok(Updated { actions, dates })
}

/// Writes a text over the one that was just seen, and over no other.
fn put(path: &Path, seen: Option<&str>, text: &str) -> Result<(), Failure> {
    let unchanged = |bytes: &[u8]| seen.is_some_and(|seen| bytes == seen.as_bytes());
    match seen {
        Some(seen) if seen == text => Ok(()),
        _ => store::write(path, text.as_bytes(), Overwrite::IfOurs(&unchanged)),
    }
    .map_err(|error| match error {
        StoreError::Exists(_) => Failure::System {
            message: format!("another program has written `{}` meanwhile", visible(&path.to_string_lossy())),
            help: "run the command again; nothing was changed here".to_owned(),
        },
        error => error.into(),
    })
}

/// 128 random bits, in hex.
fn secret() -> Result<String, Failure> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).map_err(|error| Failure::System {
        message: format!("the system gives no random numbers: {error}"),
        help: "try again; nothing was written".to_owned(),
    })?;
    Ok(bytes.iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}")))
}

fn changes(tasks: &[Task], before: Option<&PlanFile>, questionnaire: &Questionnaire) -> Vec<PlanChange> {
    let id = |task: &Task| -> Option<QuestionId> {
        questionnaire.question(&task.question.id).map(|question| question.id.clone())
    };
    let change = |task: &Task| {
        let id = id(task)?;
        let due = task.due.as_ref().filter(|due| due.proposed).and_then(|due| Date::parse(&due.day.iso).ok());
        if before.is_some_and(|before| before.plan.actions.contains_key(&id)) {
            return due.map(|due| PlanChange::Due(id, due));
        }
        let about = format!("{} {} ({}, {})", task.question.number, task.first_step, task.effort, task.cost);
        Some(PlanChange::Action { id, about, due })
    };
    tasks.iter().filter_map(change).collect()
}
