//! Which single change would interrupt the most recorded incidents for the least effort.

use std::collections::{BTreeMap, BTreeSet};

use super::evaluation::Closer;
use super::incidents::Circumstance;
use super::tally::Tally;

/// The counted questions that, raised alone to full credit, would interrupt at least one incident that is open or
/// hindered in the stated world. The most incidents per cost come first, compared as exact fractions; ties keep the
/// order of the questionnaire.
///
/// Each question counts on its own, so the numbers do not add up: two questions can interrupt the same incident, and an
/// incident that no single question interrupts is in none of the lists.
pub(super) fn closers(stated: &Tally) -> Vec<Closer> {
    let mut interrupted: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (incident, circumstance) in stated.circumstances.iter().enumerate() {
        if let Circumstance::Replayed(steps) = circumstance
            && stated.interrupted(incident) == Some(false)
        {
            for question in stated.last_missing(steps).collect::<BTreeSet<usize>>() {
                interrupted.entry(question).or_default().push(incident);
            }
        }
    }
    let cost = |question: usize| stated.scheme.questions[question].cost;
    let closer = |(question, closes)| Closer { question, cost: cost(question), closes };
    let mut closers: Vec<Closer> = interrupted.into_iter().map(closer).collect();
    // More incidents per cost, without dividing.
    let per_cost = |closer: &Closer, cost: u8| closer.closes.len() * usize::from(cost);
    closers.sort_by(|a, b| per_cost(b, a.cost).cmp(&per_cost(a, b.cost)));
    closers
}
