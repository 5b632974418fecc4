//! What will count for less on later days, if nothing is renewed.

use super::credit::result;
use super::evaluation::QuestionResult;
use super::scheme::{QuestionRule, Scheme};
use crate::model::{Answer, Assessment, Date, Given, Kind, Standing, Value};

/// A day on which an answer begins to count for less.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lapse {
    /// The question, by its place.
    pub question: usize,
    /// The first day on which it counts for less.
    pub on: Date,
    /// What it earned the day before.
    pub before: QuestionResult,
    /// What it earns from that day on.
    pub after: QuestionResult,
}

impl Scheme {
    /// Every day, also before the assessment, on which an answer begins to count for less: by date, then in the order of
    /// the questionnaire.
    pub fn lapses(&self, assessment: &Assessment) -> Vec<Lapse> {
        let places = 0..self.questions.len();
        let mut lapses: Vec<Lapse> = places.flat_map(|place| self.lapses_of(assessment, place)).collect();
        lapses.sort_by_key(|lapse| lapse.on);
        lapses
    }

    /// The same of one question, by its place.
    pub fn lapses_of(&self, assessment: &Assessment, place: usize) -> Vec<Lapse> {
        let Some(question) = self.questions.get(place) else { return Vec::new() };
        let days = days(question, assessment).into_iter();
        days.filter_map(|on| lapse(place, question, assessment, on)).collect()
    }
}

/// The days on which an answer may count for less, in order: its evidence outlives its time, or its date a limit.
fn days(question: &QuestionRule, assessment: &Assessment) -> Vec<Date> {
    let (_, answer) = Standing::by_id(&question.id, &question.applies_if, assessment);
    let Some(answer) = answer else { return Vec::new() };
    let mut days: Vec<Date> = limits(question, answer)
        .chain(answer.since(assessment.date).outlived(question.valid_months))
        .collect();
    days.sort_unstable();
    days.dedup();
    days
}

fn limits(question: &QuestionRule, answer: &Answer) -> impl Iterator<Item = Date> {
    let (limits, done) = match (&question.kind, &answer.given) {
        (Kind::LastDone(limits), Given::Definite(Value::LastDone(done))) => (limits.as_slice(), *done),
        _ => (&[][..], None),
    };
    limits.iter().filter_map(move |limit| done?.outlived(limit.months))
}

fn lapse(place: usize, question: &QuestionRule, assessment: &Assessment, on: Date) -> Option<Lapse> {
    let before = result(question, assessment, on.yesterday()?);
    let after = result(question, assessment, on);
    (before.credit != after.credit).then_some(Lapse { question: place, on, before, after })
}
