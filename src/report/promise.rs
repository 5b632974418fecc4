//! What a plan has promised and new answers do not show.

use serde::Serialize;

use super::{Day, Numbers, QuestionRef};
use crate::model::{Date, Points, QuestionId, Questionnaire, WorkPlan, WorkStatus};

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
    ) -> Vec<Self> {
        let numbers = Numbers::new(questionnaire);
        let questions = questionnaire.questions().iter().enumerate();
        questions
            .filter_map(|(place, question)| {
                let action = plan.actions.get(&question.id)?;
                let due = action.due.filter(|due| *due < before);
                let promised = match (action.status, due) {
                    (WorkStatus::Done, _) => "It is marked done".to_owned(),
                    (WorkStatus::ToDo | WorkStatus::Doing, Some(due)) => {
                        format!("It was due on {}", due.in_words())
                    }
                    _ => return None,
                };
                let (old, new) = (old(&question.id).unwrap_or_default(), new(&question.id)?);
                let seen = match new.cmp(&old) {
                    _ if new == Points::FULL => return None,
                    std::cmp::Ordering::Greater => return None,
                    std::cmp::Ordering::Equal => "the answer is the same as before",
                    std::cmp::Ordering::Less => "the answer is worse than before",
                };
                Some(Self {
                    question: numbers.at(place),
                    owner: action.owner.clone(),
                    due: action.due.map(Day::from),
                    status: action.status.as_str(),
                    words: format!("{promised}; {seen}."),
                })
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;
    use crate::model::{PlannedAction, QuestionnaireId};

    #[test]
    fn only_what_was_promised_and_is_no_better_is_called_out() {
        use WorkStatus::{Doing, Done, Dropped, ToDo};
        let id = QuestionnaireId::parse("ten-minute-check").unwrap();
        let questionnaire = Catalog::shipped().questionnaire(&id).unwrap().0.unwrap();
        let day = |text| Date::parse(text).unwrap();
        let (early, late) = (Some(day("2027-01-31")), Some(day("2027-03-01")));
        let half = Points::new(5000);
        let low = Points::new(2000);
        // What the plan says, the credit before and after, and whether that is called out.
        let rows = [
            (Done, None, low, low, true),
            (Done, None, low, half, false),
            (Done, None, Some(Points::FULL), Some(Points::FULL), false),
            (Done, None, low, None, false),
            (ToDo, early, half, low, true),
            (Doing, early, None, Some(Points::ZERO), true),
            (ToDo, late, low, low, false),
            (ToDo, None, low, low, false),
            (Dropped, early, low, low, false),
        ];
        let questions = questionnaire.questions();
        let actions = questions.iter().zip(&rows).map(|(question, (status, due, ..))| {
            (question.id.clone(), PlannedAction { status: *status, due: *due, ..PlannedAction::default() })
        });
        let plan = WorkPlan { questionnaire: id, organisation: "A".to_owned(), actions: actions.collect() };
        let place = |id: &QuestionId| questionnaire.position(id.as_str()).unwrap();
        let found = Promise::not_kept(
            &plan,
            &questionnaire,
            day("2027-02-01"),
            |id| rows[place(id)].2,
            |id| rows[place(id)].3,
        );
        let found: Vec<(&str, &str)> =
            found.iter().map(|promise| (promise.question.id.as_str(), promise.words.as_str())).collect();
        let words = [
            (0, "It is marked done; the answer is the same as before."),
            (4, "It was due on 31 January 2027; the answer is worse than before."),
            (5, "It was due on 31 January 2027; the answer is the same as before."),
        ];
        assert_eq!(found, words.map(|(place, words)| (questions[place].id.as_str(), words)));
    }
}
