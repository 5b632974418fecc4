//! Gates: while one fails, the score is held at its cap.

use super::aggregation::points;
use super::credit::{Credits, supported};
use crate::model::{Gate, Points, Questionnaire};

/// A gate with places instead of ids.
#[derive(Debug, Clone)]
pub(super) struct GateRule {
    /// The highest score while it fails.
    pub(super) cap: Points,
    /// What must hold.
    pub(super) require: Vec<Need>,
}

/// One thing that a gate asks for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Need {
    /// The question, by its place.
    pub(super) question: usize,
    /// What it has to earn.
    at_least: Points,
}

impl GateRule {
    pub(super) fn new(gate: &Gate, questionnaire: &Questionnaire) -> Self {
        let needs = gate.require.iter().map(|requirement| Need {
            question: questionnaire
                .position(requirement.question.as_str())
                .expect("invariant: a gate requires questions of its questionnaire"),
            at_least: supported(requirement.at_least, 100),
        });
        Self { cap: points(u64::from(gate.cap.get()) * 100 + 99), require: needs.collect() }
    }

    /// Whether a counted question earns too little.
    pub(super) fn fails(&self, credits: &Credits) -> bool {
        self.require.iter().any(|need| need.fails(credits))
    }
}

impl Need {
    /// Whether the question counts and earns too little.
    pub(super) fn fails(&self, credits: &Credits) -> bool {
        credits[self.question].is_some_and(|credit| credit < self.at_least)
    }
}

/// The failing gate with the lowest cap, by its place; of several the first.
pub(super) fn lowest_failing(gates: &[GateRule], credits: &Credits) -> Option<usize> {
    let failing = gates.iter().enumerate().filter(|(_, gate)| gate.fails(credits));
    failing.min_by_key(|(_, gate)| gate.cap).map(|(place, _)| place)
}
