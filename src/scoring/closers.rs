//! Which single change would interrupt the most recorded incidents for the least effort.

use super::evaluation::Closer;
use super::tally::Tally;
use crate::model::Points;

/// The counted questions that, raised alone to full credit, would interrupt at least one incident that is open or
/// hindered in the stated world. The most incidents per cost come first, compared as exact fractions; ties keep the
/// order of the questionnaire.
///
/// Each question is tried on its own and taken back, so the numbers do not add up: two questions can interrupt the same
/// incident, and an incident that no single question interrupts is in none of the lists.
pub(super) fn closers(stated: &Tally) -> Vec<Closer> {
    let scheme = stated.scheme;
    let open: Vec<usize> =
        (0..scheme.incidents.len()).filter(|place| stated.interrupted(*place) == Some(false)).collect();
    let mut stated = stated.clone();
    let mut closers = Vec::new();
    for (question, rule) in scheme.questions.iter().enumerate() {
        if stated.credits()[question].is_none_or(|credit| credit == Points::FULL) {
            continue;
        }
        let before = stated.replace(question, Points::FULL);
        let interrupted: Vec<usize> =
            open.iter().copied().filter(|place| stated.interrupted(*place) == Some(true)).collect();
        stated.replace(question, before);
        if !interrupted.is_empty() {
            closers.push(Closer { question, cost: rule.cost, closes: interrupted });
        }
    }
    // More incidents per cost, without dividing.
    let per_cost = |closer: &Closer, cost: u8| closer.closes.len() * usize::from(cost);
    closers.sort_by(|a, b| per_cost(b, a.cost).cmp(&per_cost(a, b.cost)));
    closers
}
