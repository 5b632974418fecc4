//! Changes of an assessment: an interview makes them, a file takes them.

use std::collections::BTreeSet;

use super::{Answer, Assessment, Date, FactId, OrganisationKind, QuestionId, QuestionnaireId, Ternary};

/// One change of an assessment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Another questionnaire, or another version of it.
    Questionnaire(QuestionnaireId, String),
    /// The organisation's name.
    Name(String),
    /// What sort of organisation it is.
    Kind(OrganisationKind),
    /// Its country.
    Country(String),
    /// The day on which everything is judged.
    Date(Date),
    /// Who assessed.
    Assessor(Option<String>),
    /// Whether the organisation assessed itself.
    SelfAssessed(Option<bool>),
    /// The marking for every page.
    Marking(Option<String>),
    /// The answer to a scoping fact; nothing takes it away.
    Fact(FactId, Option<Ternary>),
    /// The answer to a question; nothing takes it away. An accepted risk that is there stays unless the answer brings
    /// another.
    Answer(QuestionId, Option<Box<Answer>>),
}

/// Answers that were carried over from an earlier assessment and have not been confirmed since.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CarriedOver {
    /// Facts about the organisation.
    pub facts: BTreeSet<FactId>,
    /// Answers to questions.
    pub answers: BTreeSet<QuestionId>,
}

impl CarriedOver {
    /// Whether everything has been confirmed, or nothing was carried over.
    pub fn is_empty(&self) -> bool {
        self.facts.is_empty() && self.answers.is_empty()
    }
}

impl Assessment {
    /// The same assessment after a change.
    pub fn apply(&mut self, change: &Change) {
        match change {
            Change::Questionnaire(id, version) => {
                self.questionnaire = id.clone();
                self.version.clone_from(version);
            }
            Change::Name(name) => self.organisation.name.clone_from(name),
            Change::Kind(kind) => self.organisation.kind = *kind,
            Change::Country(country) => self.organisation.country.clone_from(country),
            Change::Date(date) => self.date = *date,
            Change::Assessor(assessor) => self.assessor.clone_from(assessor),
            Change::SelfAssessed(self_assessed) => self.self_assessed = *self_assessed,
            Change::Marking(marking) => self.marking.clone_from(marking),
            Change::Fact(id, Some(answer)) => {
                self.facts.insert(id.clone(), *answer);
            }
            Change::Fact(id, None) => {
                self.facts.remove(id);
            }
            Change::Answer(id, Some(answer)) => {
                let mut answer = Answer::clone(answer);
                if answer.waiver.is_none() {
                    answer.waiver = self.answers.remove(id).and_then(|earlier| earlier.waiver);
                }
                self.answers.insert(id.clone(), answer);
            }
            Change::Answer(id, None) => {
                self.answers.remove(id);
            }
        }
    }

    /// The changes that move it to a later day. Answers keep their age: those that have no day of their own get the one
    /// that was theirs by default.
    pub fn moved_to(&self, date: Date) -> Vec<Change> {
        let undated = self.answers.iter().filter(|(_, answer)| answer.answered.is_none());
        let dated = undated.map(|(id, answer)| {
            let answer = Answer { answered: Some(self.date), ..answer.clone() };
            Change::Answer(id.clone(), Some(Box::new(answer)))
        });
        dated.chain([Change::Date(date)]).collect()
    }
}
