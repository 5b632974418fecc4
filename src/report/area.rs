//! The areas, with every answer.

use serde::Serialize;

use super::{Finding, Input, Numbers};
use crate::model::{Points, Prose, Worlds};

/// An area with its questions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Area {
    /// Its id.
    pub id: String,
    /// Its place, from 1.
    pub number: usize,
    /// Its title.
    pub title: String,
    /// One sentence.
    pub summary: String,
    /// How much it counts, 1 to 10.
    pub weight: u8,
    /// D in each world.
    pub score: Worlds<Option<Points>>,
    /// Whether it is the weakest: a quarter of the score comes from it alone.
    pub weakest: bool,
    /// All its questions.
    pub questions: usize,
    /// Those that count.
    pub counted: usize,
    /// Those in scope that are unknown or unanswered.
    pub unknown: usize,
    /// Those declared not applicable.
    pub not_applicable: usize,
    /// The points its questions lose together.
    pub loss: Points,
    /// What somebody wrote about it.
    pub narrative: Option<Prose>,
    /// Its questions, in order of asking.
    pub findings: Vec<Finding>,
}

pub(super) fn areas(input: &Input, numbers: &Numbers) -> Vec<Area> {
    let results = &input.evaluation.scores.areas;
    let weakest = weakest(input);
    let pairs = input.questionnaire.areas().iter().zip(results).enumerate();
    pairs
        .map(|(place, (area, result))| {
            let findings = findings(input, numbers, area.id.as_str());
            let loss = findings.iter().map(|finding| finding.loss.get()).sum();
            Area {
                id: area.id.to_string(),
                number: place + 1,
                title: area.title.clone(),
                summary: area.summary.clone(),
                weight: area.weight.get(),
                score: result.score,
                weakest: weakest == Some(place),
                questions: result.questions,
                counted: result.counted,
                unknown: result.unknown,
                not_applicable: result.not_applicable,
                loss: Points::new(loss).unwrap_or_default(),
                narrative: input.assessment.narrative.areas.get(&area.id).cloned(),
                findings,
            }
        })
        .collect()
}

fn findings(input: &Input, numbers: &Numbers, area: &str) -> Vec<Finding> {
    let questions = input.questionnaire.questions().iter().enumerate();
    questions
        .filter(|(_, question)| question.id.area() == area)
        .filter_map(|(place, question)| Finding::new(input, numbers, place, question))
        .collect()
}

/// The first area with the smallest stated score, when not all are equal.
fn weakest(input: &Input) -> Option<usize> {
    let scores = input.evaluation.scores.areas.iter().enumerate();
    let stated: Vec<(usize, Points)> =
        scores.filter_map(|(i, area)| area.score.stated.map(|score| (i, score))).collect();
    let smallest = stated.iter().map(|(_, score)| *score).min()?;
    let differ = stated.iter().any(|(_, score)| *score != smallest);
    stated.iter().find(|(_, score)| differ && *score == smallest).map(|(place, _)| *place)
}
