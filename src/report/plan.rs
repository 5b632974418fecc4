//! What to do first, on its own: the roadmap, and what would have stopped the most incidents for the least effort.

use serde::Serialize;

use super::incident::IncidentNote;
use super::{Action, Ageing, Head, Input, Numbers, QuestionRef, Score, Verdict, action, first_sentence};
use crate::model::Standing;

/// A plan of work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// Who was assessed, when, with what.
    pub head: Head,
    /// The score as it is; nothing when no question counts.
    pub score: Option<Score>,
    /// What to do, in order.
    pub actions: Vec<Action>,
    /// What has run out today, and what runs out next.
    pub ageing: Ageing,
    /// The replayed incidents that are open or hindered, by ascending id.
    pub uninterrupted: Vec<IncidentNote>,
    /// The single changes that would interrupt them, the most incidents for the least effort first.
    pub closers: Vec<Closer>,
}

/// A single change that would interrupt recorded incidents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Closer {
    /// Its place, from 1.
    pub number: usize,
    /// The question that it raises to full credit.
    pub question: QuestionRef,
    /// What to do first, in one line.
    pub first_step: String,
    /// The work of one ordinary person.
    pub effort: &'static str,
    /// What it costs in money.
    pub cost: &'static str,
    /// Its cost in the roadmap's unit.
    pub cost_units: u8,
    /// The incidents that it would interrupt, were nothing else done; at least one.
    pub closes: Vec<IncidentNote>,
}

impl Plan {
    /// What to say when no action is left: an answer cannot get better, but its proof may.
    pub fn nothing_left(&self) -> &'static str {
        let held = self.score.as_ref().is_some_and(|score| score.worlds.stated > Some(score.headline));
        if held {
            "No answer can get better. What is left is proof: collect the documents that show what you already do."
        } else {
            "Nothing is left to do."
        }
    }

    /// Decides what to say about the work ahead.
    pub fn new(input: &Input) -> Self {
        let numbers = Numbers::new(input.questionnaire);
        let results = input.evaluation.scores.incidents.iter().enumerate();
        let uninterrupted = results.filter(|(_, result)| {
            result.replay().is_some_and(|replay| !replay.outcome.stated.word.is_interrupted())
        });
        Self {
            head: Head::new(input),
            score: Verdict::new(input, &numbers).score,
            actions: action::actions(input, &numbers),
            ageing: Ageing::new(input, &numbers),
            uninterrupted: uninterrupted.filter_map(|(place, _)| IncidentNote::at(input, place)).collect(),
            closers: closers(input, &numbers),
        }
    }
}

fn closers(input: &Input, numbers: &Numbers) -> Vec<Closer> {
    let numbered = input.evaluation.closers.iter().enumerate();
    numbered
        .filter_map(|(place, closer)| {
            let question = input.questionnaire.questions().get(closer.question)?;
            let standing = input.evaluation.scores.questions.get(closer.question)?.standing;
            let not_known = matches!(standing, Standing::Unknown | Standing::Unanswered);
            Some(Closer {
                number: place + 1,
                question: numbers.at(closer.question),
                first_step: action::first_step(not_known, &first_sentence(&question.fix).0),
                effort: question.effort.as_str(),
                cost: question.cost.as_str(),
                cost_units: closer.cost,
                closes: closer.closes.iter().filter_map(|place| IncidentNote::at(input, *place)).collect(),
            })
        })
        .collect()
}
