//! Gates and incidents that opened or closed.

use std::collections::BTreeMap;

use super::{Assessed, Cause, GateChange, IncidentChange};
use crate::scoring::{GateState, Scores};

pub(super) fn gates(old: Assessed, new: Assessed, between: &Scores) -> Vec<GateChange> {
    let mut before: BTreeMap<&str, (usize, GateState)> = BTreeMap::new();
    let old_gates = old.questionnaire.gates().iter().zip(&old.evaluation.scores.gates).enumerate();
    before.extend(old_gates.map(|(place, (gate, result))| (gate.id.as_str(), (place, result.state.stated))));
    let mut changes = Vec::new();
    for (place, gate) in new.questionnaire.gates().iter().enumerate() {
        let earlier = before.remove(gate.id.as_str());
        let was = earlier.map_or(GateState::Held, |(_, state)| state);
        let now = new.evaluation.scores.gates[place].state.stated;
        let cause = cause(&between.gates[place].state.stated, &now);
        let old = earlier.map(|(place, _)| place);
        changes.extend((was != now).then_some(GateChange { old, new: Some(place), now, cause }));
    }
    let mut gone: Vec<usize> = before
        .into_values()
        .filter(|(_, state)| *state == GateState::Failed)
        .map(|(place, _)| place)
        .collect();
    gone.sort_unstable();
    changes.extend(gone.into_iter().map(|place| GateChange {
        old: Some(place),
        new: None,
        now: GateState::Held,
        cause: Cause::Yardstick,
    }));
    changes
}

pub(super) fn incidents(old: &Scores, between: &Scores, new: &Scores) -> Vec<IncidentChange> {
    let word = |scores: &Scores, incident: usize| {
        scores.incidents[incident].replay().map(|replay| replay.outcome.stated.word)
    };
    let change = |incident| {
        let (before, now) = (word(old, incident), word(new, incident));
        let cause = cause(&word(between, incident), &now);
        (before != now).then_some(IncidentChange { incident, before, now, cause })
    };
    (0..new.incidents.len()).filter_map(change).collect()
}

/// What made a difference, when the last step to what is now is one of the answers.
fn cause<T: PartialEq>(between: &T, now: &T) -> Cause {
    if between == now { Cause::Yardstick } else { Cause::Answers }
}
