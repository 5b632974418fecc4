//! Asking: one state machine for a terminal and for a page, which knows neither.
//!
//! Facts about the organisation come first, then the questions that they leave in scope. What a person typed or chose
//! becomes [`Change`]s or [`Mistake`]s; a front end saves the changes and only then [`accept`](Interview::accept)s
//! them, so that nothing counts as answered that is not on disk.
#![deny(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "pure module"
)]

mod check;
mod details;
mod mistake;
mod parse;
mod preset;
mod progress;
mod reply;
mod route;
mod step;
#[cfg(test)]
mod tests;
#[cfg(feature = "office")]
mod written;

pub use check::{Checked, CheckedArea, Summary};
pub use details::Details;
pub use mistake::{Field, Mistake, Wrong};
pub use parse::{parse_date, parse_last_done, parse_percentage};
pub use preset::proposal;
pub use progress::{Progress, Stage, Task};
pub use reply::Reply;
pub use route::Place;
pub use step::{FactStep, QuestionStep, Step};
#[cfg(feature = "office")]
pub use written::{Refusal, Written};

use crate::model::{
    Assessment, CarriedOver, Change, Date, Fact, FactId, Incident, Organisation, OrganisationKind, Question,
    QuestionId, Questionnaire, Ternary,
};

/// An interview under way.
#[derive(Debug, Clone)]
pub struct Interview {
    questionnaire: Questionnaire,
    facts: Vec<Fact>,
    assessment: Assessment,
    carried: CarriedOver,
    today: Date,
    /// The order of asking, as positions of the questionnaire.
    order: Vec<usize>,
    current: Place,
    /// Where the person came from, the latest last.
    trail: Vec<Place>,
}

impl Interview {
    /// Goes on where the answers so far end. When some are carried over, those that are not known or too old, and count
    /// most, are asked first; otherwise the order is that of the questionnaire.
    pub fn new(
        questionnaire: Questionnaire,
        incidents: &[Incident],
        assessment: Assessment,
        carried: CarriedOver,
        today: Date,
    ) -> Self {
        let facts = questionnaire.asked_facts(incidents).into_iter().cloned().collect();
        let order = route::order(&questionnaire, &assessment, &carried);
        let mut interview = Self {
            questionnaire,
            facts,
            assessment,
            carried,
            today,
            order,
            current: Place::Check,
            trail: Vec::new(),
        };
        interview.resume();
        interview
    }

    /// An assessment in which nothing has been said yet: the start of an answers file that does not exist.
    pub fn blank(questionnaire: &Questionnaire, date: Date) -> Assessment {
        Assessment {
            questionnaire: questionnaire.header().id.clone(),
            version: questionnaire.header().version.clone(),
            organisation: Organisation {
                name: String::new(),
                kind: OrganisationKind::Other,
                country: "GB".to_owned(),
            },
            date,
            assessor: None,
            self_assessed: Some(true),
            marking: None,
            facts: std::collections::BTreeMap::new(),
            answers: std::collections::BTreeMap::new(),
            narrative: crate::model::Narrative::default(),
        }
    }

    /// The questionnaire that is asked.
    pub fn questionnaire(&self) -> &Questionnaire {
        &self.questionnaire
    }

    /// The facts that are asked, in order.
    pub fn facts(&self) -> &[Fact] {
        &self.facts
    }

    /// Everything said so far.
    pub fn assessment(&self) -> &Assessment {
        &self.assessment
    }

    /// What was carried over and has not been confirmed.
    pub fn carried(&self) -> &CarriedOver {
        &self.carried
    }

    /// The answer to a fact as text from a person: `yes`, `no` or `unknown`.
    ///
    /// # Errors
    /// When it is none of these, or the fact is not asked.
    pub fn answer_fact(&self, id: &FactId, answer: &str) -> Result<Vec<Change>, Vec<Mistake>> {
        if !self.facts.iter().any(|fact| fact.id == *id) {
            return Err(vec![Mistake::new(Field::Answer, Wrong::NotAsked)]);
        }
        let all = [Ternary::Yes, Ternary::No, Ternary::Unknown];
        match all.into_iter().find(|word| word.as_str() == answer.trim()) {
            Some(word) => Ok(vec![Change::Fact(id.clone(), Some(word))]),
            None => Err(vec![Mistake::new(Field::Answer, Wrong::NothingChosen)]),
        }
    }

    /// The answer to a question as a person gave it.
    ///
    /// # Errors
    /// Everything that is wrong with it, each with its field.
    pub fn answer(&self, id: &QuestionId, reply: &Reply) -> Result<Vec<Change>, Vec<Mistake>> {
        let question = self.questionnaire.question(id.as_str()).filter(|question| self.asks(question));
        let Some(question) = question else {
            return Err(vec![Mistake::new(Field::Answer, Wrong::NotAsked)]);
        };
        let answer = reply.read(question, &self.assessment, self.today)?;
        Ok(vec![Change::Answer(id.clone(), Some(Box::new(answer)))])
    }

    /// The answer that is there, confirmed as it is: the person says it again today, and its evidence keeps its age.
    ///
    /// # Errors
    /// When there is none, or it cannot be given any more.
    pub fn confirm(&self, id: &QuestionId) -> Result<Vec<Change>, Vec<Mistake>> {
        let question = self.questionnaire.question(id.as_str());
        let reply = question.map(|question| Reply::of(question, &self.assessment, self.today));
        self.answer(id, &reply.unwrap_or_default())
    }

    /// Takes an answer away again, so that the question stands open.
    pub fn clear(&self, id: &QuestionId) -> Vec<Change> {
        vec![Change::Answer(id.clone(), None)]
    }

    /// Today, when it is later than the day of the assessment: what is done or proven today can only be said after a
    /// [move](Self::move_to).
    pub fn later_day(&self) -> Option<Date> {
        (self.today > self.assessment.date).then_some(self.today)
    }

    /// The day of the assessment moved to a later one. Answers keep their age: those that had no date of their own get
    /// the day that was theirs by default.
    pub fn move_to(&self, date: Date) -> Vec<Change> {
        self.assessment.moved_to(date)
    }

    /// Takes changes over once they are saved. What is answered is no longer merely carried over.
    pub fn accept(&mut self, changes: &[Change]) {
        for change in changes {
            self.assessment.apply(change);
            match change {
                Change::Fact(id, _) => _ = self.carried.facts.remove(id),
                Change::Answer(id, _) => _ = self.carried.answers.remove(id),
                _ => {}
            }
        }
        self.stay_in_scope();
    }

    /// Takes over what another program has written into the file meanwhile.
    pub fn refresh(&mut self, assessment: Assessment, carried: CarriedOver) {
        self.assessment = assessment;
        self.carried = carried;
        self.stay_in_scope();
    }

    /// Whether the facts leave a question in scope.
    fn asks(&self, question: &Question) -> bool {
        !question.applies_if.iter().any(|fact| self.assessment.denies(fact))
    }
}
