//! Accepted risks: shown beside what they are about, and never part of the arithmetic.

use std::fmt::Display;

use serde::Serialize;

use super::{Day, Input, Numbers, QuestionRef};
use crate::model::{Points, Standing, Waiver};
use crate::text::{Words, phrase};

/// An accepted risk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WaiverView {
    /// Why.
    pub reason: String,
    /// Who accepted it, by role.
    pub approved_by: String,
    /// The last day on which it holds.
    pub expires: Day,
    /// How it stands today.
    pub state: WaiverState,
    /// How it stands in a sentence, with the last day on which it holds.
    pub sentence: String,
}

/// How an accepted risk stands today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum WaiverState {
    /// Its last day is past, and the risk is still there.
    Expired,
    /// It holds.
    Running,
    /// There is no risk left to accept.
    NotNeeded,
}

/// An accepted risk with the question that it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AcceptedRisk {
    /// The question.
    pub question: QuestionRef,
    /// The acceptance.
    #[serde(flatten)]
    pub waiver: WaiverView,
}

impl WaiverState {
    /// The word in machine output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Expired => "expired",
            Self::Running => "running",
            Self::NotNeeded => "not-needed",
        }
    }
}

impl WaiverView {
    /// The acceptance that goes with an answer, also of a question that is out of scope.
    pub(super) fn of(input: &Input, place: usize) -> Option<Self> {
        let waiver = waiver(input, place)?;
        let moot = not_needed_because(input, place);
        let state = match moot {
            Some(_) => WaiverState::NotNeeded,
            None if waiver.expires < input.today => WaiverState::Expired,
            None => WaiverState::Running,
        };
        let words = input.words;
        let expires = Day::new(waiver.expires, words);
        let day: (&str, &dyn Display) = ("day", &expires.words);
        let sentence = match moot {
            Some(why) => words
                .fill("Accepted until {day}, but no longer needed: {why}.", &[day, ("why", &words.say(why))]),
            None if state == WaiverState::Expired => {
                words.fill("The acceptance ran out on {day}; decide again or put it right.", &[day])
            }
            None => words.fill("Accepted until {day}. This changes no number.", &[day]),
        };
        Some(Self {
            reason: waiver.reason.clone(),
            approved_by: waiver.approved_by.clone(),
            expires,
            state,
            sentence,
        })
    }

    /// How it stands in a few words, beside something to do: `accepted until 31 March 2027`.
    pub fn in_short(&self, words: &Words) -> String {
        let how = match self.state {
            WaiverState::Expired => phrase("the acceptance ran out on {day}"),
            WaiverState::Running | WaiverState::NotNeeded => phrase("accepted until {day}"),
        };
        words.fill(how, &[("day", &self.expires.words)])
    }
}

/// Every accepted risk: those that ran out first, those that are no longer needed last, otherwise by their last day.
pub(super) fn accepted_risks(input: &Input, numbers: &Numbers) -> Vec<AcceptedRisk> {
    let places = 0..input.questionnaire.questions().len();
    let with_waiver = places.filter_map(|place| {
        WaiverView::of(input, place).map(|waiver| AcceptedRisk { question: numbers.at(place), waiver })
    });
    let mut risks: Vec<AcceptedRisk> = with_waiver.collect();
    risks.sort_by(|a, b| {
        let order = |risk: &AcceptedRisk| (risk.waiver.state, risk.waiver.expires.iso.clone());
        order(a).cmp(&order(b))
    });
    risks
}

/// The acceptance beside a question, while there is a risk to accept.
pub(super) fn needed<'a>(input: &Input<'a>, place: usize) -> Option<&'a Waiver> {
    waiver(input, place).filter(|_| not_needed_because(input, place).is_none())
}

fn waiver<'a>(input: &Input<'a>, place: usize) -> Option<&'a Waiver> {
    let question = input.questionnaire.questions().get(place)?;
    input.assessment.answers.get(&question.id)?.waiver.as_ref()
}

/// Why there is no risk left to accept: nothing is lost in the stated world.
fn not_needed_because(input: &Input, place: usize) -> Option<&'static str> {
    let result = input.evaluation.scores.questions.get(place)?;
    match (result.standing, result.credit.stated) {
        (Standing::OutOfScope, _) => Some(phrase("the question does not concern you")),
        (Standing::NotApplicable, _) => Some(phrase("the question does not apply")),
        (_, Some(Points::FULL)) => Some(phrase("the answer has full credit")),
        _ => None,
    }
}
