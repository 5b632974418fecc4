//! "Check your answers": everything in one list.

use super::{Interview, Place};
use crate::model::{Answer, Area, Evidence, Given, Question, Ternary};
use crate::text::sentence_case;

/// Everything that was said, and what is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary<'a> {
    /// The facts about the organisation.
    pub facts: Vec<Checked<'a>>,
    /// The areas that have questions in scope.
    pub areas: Vec<CheckedArea<'a>>,
}

/// The answers of an area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedArea<'a> {
    /// Its number in the questionnaire, from 1.
    pub number: usize,
    /// The area.
    pub area: &'a Area,
    /// Its questions in scope, in order of the questionnaire.
    pub answers: Vec<Checked<'a>>,
}

/// One line: what was asked and what was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked<'a> {
    /// Where it is changed.
    pub place: Place,
    /// Its number: `1.6`, or `3` for a fact.
    pub number: String,
    /// What was asked.
    pub ask: &'a str,
    /// What was said, in words; nothing when it is not answered.
    pub answer: Option<String>,
    /// How it is supported, in words.
    pub support: Option<String>,
    /// Whether the answer is "I don't know".
    pub unknown: bool,
    /// Whether the answer is carried over and waits to be confirmed.
    pub carried: bool,
}

impl Summary<'_> {
    /// Every line.
    pub fn lines(&self) -> impl Iterator<Item = &Checked<'_>> {
        self.facts.iter().chain(self.areas.iter().flat_map(|area| &area.answers))
    }
}

impl Interview {
    /// Everything that was said, and what is open.
    pub fn summary(&self) -> Summary<'_> {
        let facts = self.facts.iter().enumerate().map(|(place, fact)| {
            let given = self.assessment.facts.get(&fact.id).copied();
            Checked {
                place: Place::Fact(fact.id.clone()),
                number: (place + 1).to_string(),
                ask: &fact.ask,
                answer: given.map(fact_words),
                support: None,
                unknown: given == Some(Ternary::Unknown),
                carried: self.carried.facts.contains(&fact.id),
            }
        });
        let areas = self.questionnaire.areas().iter().enumerate().map(|(place, area)| CheckedArea {
            number: place + 1,
            area,
            answers: self.checked(place + 1, area),
        });
        Summary { facts: facts.collect(), areas: areas.filter(|area| !area.answers.is_empty()).collect() }
    }

    fn checked<'a>(&'a self, number: usize, area: &'a Area) -> Vec<Checked<'a>> {
        // Questions keep their number whether those before them are in scope or not, as in every report.
        let numbered = self.questionnaire.questions_of(&area.id).enumerate();
        numbered
            .filter(|(_, question)| self.asks(question))
            .map(|(nth, question)| {
                let answer = self.assessment.answers.get(&question.id);
                Checked {
                    place: Place::Question(question.id.clone()),
                    number: format!("{number}.{}", nth + 1),
                    ask: &question.ask,
                    answer: answer.map(|answer| words(question, answer)),
                    support: answer.and_then(|answer| self.support(answer)),
                    unknown: answer.is_some_and(|answer| answer.given == Given::Unknown),
                    carried: self.carried.answers.contains(&question.id),
                }
            })
            .collect()
    }

    /// `Documented, 1 November 2026`.
    fn support(&self, answer: &Answer) -> Option<String> {
        let level = sentence_case(answer.evidence.as_str());
        match (&answer.given, answer.evidence) {
            (Given::Unknown, _) => None,
            (_, Evidence::Claimed | Evidence::Lapsed) => Some(level),
            _ => Some(format!("{level}, {}", answer.since(self.assessment.date).in_words())),
        }
    }
}

fn fact_words(given: Ternary) -> String {
    match given {
        Ternary::Unknown => "I don’t know".to_owned(),
        Ternary::Yes | Ternary::No => sentence_case(given.as_str()),
    }
}

fn words(question: &Question, answer: &Answer) -> String {
    match &answer.given {
        Given::Unknown => "I don’t know".to_owned(),
        Given::NotApplicable(reason) => format!("Does not apply: {reason}"),
        Given::Definite(value) => question.kind.in_words(value),
    }
}
