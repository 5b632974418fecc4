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
    /// The ids of all events about which something is still to be done, whether they are in this agenda or not.
    pub open: BTreeSet<String>,
    /// Whether events may say what is to be done.
    pub titles: bool,
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

/// What every title begins with. Its number may follow, and after a colon what is to be done.
const TITLE: &str = "Security action";

/// As much of a title as an event may say that tells nothing of what is to be done.
pub fn untold(title: &str) -> &str {
    let Some(rest) = title.strip_prefix(TITLE) else { return TITLE };
    let is_number = |number: &&str| number.bytes().all(|byte| byte.is_ascii_digit());
    let number = rest.split(':').next().and_then(|rest| rest.strip_prefix(' ')).filter(is_number);
    title.get(..TITLE.len() + number.map_or(0, |number| 1 + number.len())).unwrap_or(TITLE)
}

impl Agenda {
    /// The agenda of a plan. Calendars are copied to many places, so an event says only its number, unless `titles`; and
    /// its id is made from a secret of the plan.
    pub fn new(plan: &Plan, secret: &str, today: Date, titles: bool) -> Self {
        let whose = [plan.head.organisation.name.trim(), plan.head.questionnaire.id.as_str()];
        let uid = |question: &str| {
            let [organisation, questionnaire] = whose;
            digest(&[organisation, questionnaire, question, secret])
        };
        let event = |task: &Task| {
            let number = task.number.map(|number| format!(" {number}")).unwrap_or_default();
            Some(AgendaEvent {
                uid: uid(&task.question.id),
                day: task.due.as_ref()?.day.iso.replace('-', ""),
                title: if titles {
                    format!("{TITLE}{number}: {}", task.first_step)
                } else {
                    format!("{TITLE}{number}")
                },
                more: titles.then(|| more(task)),
            })
        };
        Self {
            plan: digest(&whose),
            made: today.to_string().replace('-', ""),
            day_number: today.day_number(),
            events: plan.open_tasks().filter_map(event).collect(),
            open: plan.open.iter().map(|question| uid(question)).collect(),
            titles,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_without_what_is_to_be_done() {
        for (title, left) in [
            ("Security action 12: Do 3: things", "Security action 12"),
            ("Security action 12", "Security action 12"),
            ("Security action: Do it", "Security action"),
            ("Security action", "Security action"),
            ("Security action to do it: now", "Security action"),
            ("Do it", "Security action"),
        ] {
            assert_eq!(untold(title), left, "{title}");
        }
    }
}
