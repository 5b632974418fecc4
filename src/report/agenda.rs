//! A plan for a calendar: what is to be done on which day, and nothing of why.

use std::collections::BTreeSet;

use sha2::{Digest as _, Sha256};

use super::{Plan, Task};
use crate::model::Date;

/// The dated tasks of a plan, for a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agenda {
    /// Whose plan it is: the same for every agenda of one organisation and questionnaire, and no other.
    pub plan: String,
    /// The day on which it is made, `20261124`.
    pub made: String,
    /// The same day as a number that grows by one each day.
    pub day_number: u32,
    /// One for each task that has a date and is still to be done.
    pub events: Vec<AgendaEvent>,
    /// The ids of events about which nothing is to be done any more.
    pub over: BTreeSet<String>,
    /// Whether there may be other events, because only a part of the plan was asked for.
    pub is_part: bool,
}

/// A task on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgendaEvent {
    /// The same for every agenda with this task, and for no other task.
    pub uid: String,
    /// The day, `20270131`.
    pub day: String,
    /// Its title.
    pub title: String,
    /// More about it.
    pub more: Option<String>,
}

impl Agenda {
    /// The agenda of a plan. Calendars are copied to many places, so an event says only its number, unless `titles`.
    pub fn new(plan: &Plan, today: Date, titles: bool) -> Self {
        let whose = [plan.head.organisation.name.trim(), plan.head.questionnaire.id.as_str()];
        let uid = |question: &str| {
            let [organisation, questionnaire] = whose;
            digest(&[organisation, questionnaire, question, plan.secret.as_deref().unwrap_or_default()])
        };
        let event = |task: &Task| {
            let number = task.number.map(|number| format!(" {number}")).unwrap_or_default();
            Some(AgendaEvent {
                uid: uid(&task.question.id),
                day: task.due.as_ref()?.day.iso.replace('-', ""),
                title: if titles {
                    format!("Security action{number}: {}", task.first_step)
                } else {
                    format!("Security action{number}")
                },
                more: titles.then(|| more(task)),
            })
        };
        Self {
            plan: digest(&whose),
            made: today.to_string().replace('-', ""),
            day_number: today.day_number(),
            events: plan.open_tasks().filter_map(event).collect(),
            over: plan.over.iter().map(|question| uid(question)).collect(),
            is_part: plan.is_part,
        }
    }
}

fn more(task: &Task) -> String {
    let owner = task.owner.as_ref().map(|owner| format!(" Owner: {owner}.")).unwrap_or_default();
    format!("Question {} {}. Effort: {}.{owner}", task.question.number, task.question.title, task.effort)
}

/// 128 bits of SHA-256 over texts, in hex.
fn digest(texts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for text in texts {
        // A length before each text: two lists never run together into the same bytes.
        hash.update(u64::try_from(text.len()).unwrap_or(u64::MAX).to_be_bytes());
        hash.update(text.as_bytes());
    }
    hash.finalize().iter().take(16).fold(String::with_capacity(32), |hex, byte| hex + &format!("{byte:02x}"))
}
