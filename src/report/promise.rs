//! What a plan has promised and new answers do not show.

use serde::Serialize;

use super::{Day, Numbers, QuestionRef};
use crate::model::{Date, Points, QuestionId, Questionnaire, WorkPlan, WorkStatus};
use crate::text::{Words, phrase};

/// An action that should show in the answers by now, and does not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Promise {
    /// The question that it should have raised.
    pub question: QuestionRef,
    /// Who has taken it on.
    pub owner: Option<String>,
    /// Until when.
    pub due: Option<Day>,
    /// How far it is, as the plan says.
    pub status: &'static str,
    /// What was promised, and what the answers show.
    pub words: String,
}

impl Promise {
    /// The actions that are marked done, or were due before a day, and whose answer has not become better. In order of
    /// the questionnaire. `old` and `new` give the stated credit of a question; a question that does not count any more
    /// promises nothing.
    pub fn not_kept(
        plan: &WorkPlan,
        questionnaire: &Questionnaire,
        before: Date,
        old: impl Fn(&QuestionId) -> Option<Points>,
        new: impl Fn(&QuestionId) -> Option<Points>,
        words: &Words,
    ) -> Vec<Self> {
        let numbers = Numbers::new(questionnaire);
        let questions = questionnaire.questions().iter().enumerate();
        questions
            .filter_map(|(place, question)| {
                let action = plan.actions.get(&question.id)?;
                let due = action.due.filter(|due| *due < before);
                let (old, new) = (old(&question.id).unwrap_or_default(), new(&question.id)?);
                if new == Points::FULL || new > old {
                    return None;
                }
                let said = match (action.status, due, new < old) {
                    (WorkStatus::Done, _, false) => {
                        words.say("It is marked done; the answer is the same as before.").to_owned()
                    }
                    (WorkStatus::Done, _, true) => {
                        words.say("It is marked done; the answer is worse than before.").to_owned()
                    }
                    (WorkStatus::ToDo | WorkStatus::Doing, Some(due), worse) => {
                        let how = if worse {
                            phrase("It was due on {day}; the answer is worse than before.")
                        } else {
                            phrase("It was due on {day}; the answer is the same as before.")
                        };
                        words.fill(how, &[("day", &due.said(words))])
                    }
                    _ => return None,
                };
                Some(Self {
                    question: numbers.at(place),
                    owner: action.owner.clone(),
                    due: action.due.map(|due| Day::new(due, words)),
                    status: action.status.as_str(),
                    words: said,
                })
            })
            .collect()
    }
}
