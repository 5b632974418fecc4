//! The three worlds written down as scores.

use super::coverage::{coverage, scope_reduced};
use super::evaluation::{AreaResult, GateResult, GateState, QuestionResult, Scores};
use super::gates::GateRule;
use super::replay::replays;
use super::scheme::Scheme;
use super::tally::{Tally, headline};
use crate::model::{Standing, Worlds};

/// The scores of the three worlds and what they are made of.
pub(super) fn scores(worlds: &Worlds<Tally>, questions: Vec<QuestionResult>) -> Scores {
    let scheme = worlds.stated.scheme;
    let score = worlds.each_ref().map(Tally::score);
    Scores {
        areas: areas(worlds, &questions),
        gates: scheme.gates.iter().map(|gate| gate_result(gate, worlds)).collect(),
        incidents: replays(worlds),
        base: worlds.each_ref().map(Tally::base),
        score,
        headline: score.proven.zip(score.stated).map(|(proven, stated)| headline(proven, stated)),
        coverage: coverage(scheme, &questions),
        scope_reduced: scope_reduced(scheme, &questions),
        questions,
    }
}

fn areas(worlds: &Worlds<Tally>, questions: &[QuestionResult]) -> Vec<AreaResult> {
    let scheme: &Scheme = worlds.stated.scheme;
    let empty = |place: usize| AreaResult {
        score: worlds.each_ref().map(|tally| tally.areas()[place].score()),
        questions: 0,
        counted: 0,
        unknown: 0,
        not_applicable: 0,
    };
    let mut areas: Vec<AreaResult> = (0..scheme.areas.len()).map(empty).collect();
    for (rule, question) in scheme.questions.iter().zip(questions) {
        let area = &mut areas[rule.area];
        area.questions += 1;
        area.counted += usize::from(question.credit.stated.is_some());
        area.unknown += usize::from(question.standing.is_open());
        area.not_applicable += usize::from(question.standing == Standing::NotApplicable);
    }
    areas
}

fn gate_result(gate: &GateRule, worlds: &Worlds<Tally>) -> GateResult {
    let state = |tally: &Tally| if gate.fails(tally.credits()) { GateState::Failed } else { GateState::Held };
    let needs = gate.require.iter().enumerate();
    let failing = needs.filter(|(_, need)| need.fails(worlds.stated.credits()));
    GateResult { state: worlds.each_ref().map(state), failing: failing.map(|(place, _)| place).collect() }
}
