//! What is not known, by what is at stake.

use super::evaluation::{FindOut, QuestionResult};
use super::tally::Tally;
use crate::model::Points;

/// The questions in scope without a definite answer, each with how much B of the possible world would fall if the
/// answer turned out to be worth nothing; highest first, ties in order.
pub(super) fn find_out(possible: &Tally, questions: &[QuestionResult]) -> Vec<FindOut> {
    let mut possible = possible.clone();
    let base = possible.base().unwrap_or_default();
    let mut list = Vec::new();
    for (question, result) in questions.iter().enumerate() {
        if result.standing.is_open() {
            let before = possible.replace(question, Points::ZERO);
            let worthless = possible.base().unwrap_or_default();
            possible.replace(question, before);
            list.push(FindOut { question, at_stake: base.less(worthless) });
        }
    }
    list.sort_by_key(|entry| std::cmp::Reverse(entry.at_stake));
    list
}
