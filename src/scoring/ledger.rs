//! The ledger: every lost point has an owner.

use super::aggregation::points;
use super::evaluation::Ledger;
use super::gates::lowest_failing;
use super::tally::{Tally, headline};
use crate::model::{Points, Worlds};

/// Where the missing points of the stated world went; nothing without a score.
pub(super) fn ledger(worlds: &Worlds<Tally>) -> Option<Ledger> {
    let stated = &worlds.stated;
    let base = stated.base()?;
    let score = stated.capped(base);
    let questions = Points::FULL.less(base);
    let cap = base.less(score);
    let capped = cap > Points::ZERO;
    let gate = lowest_failing(&stated.scheme.gates, stated.credits()).filter(|_| capped);
    let incident = if capped && gate.is_none() { stated.first_uninterrupted_priority() } else { None };
    Some(Ledger {
        losses: losses(stated, questions),
        questions,
        cap,
        cap_gate: gate,
        cap_incident: incident,
        assurance: score.less(headline(worlds.proven.score()?, score)),
    })
}

/// The loss of each question in whole basis points that add up to `total`: each rounded down, then one more for those
/// that were cut off the most.
fn losses(stated: &Tally, total: Points) -> Vec<Points> {
    let mut exact = exact_losses(stated);
    let mut losses = vec![0; stated.credits().len()];
    for loss in &exact {
        losses[loss.question] = loss.whole;
    }
    let missing = u64::from(total.get()) - losses.iter().sum::<u64>();
    // A stable sort: ties stay in the order of the questionnaire.
    exact.sort_by(|a, b| b.rest_over(a).cmp(&a.rest_over(b)));
    for (loss, _) in exact.iter().cycle().zip(0..missing) {
        losses[loss.question] += 1;
    }
    losses.into_iter().map(points).collect()
}

/// What a question loses, exactly: `whole + rest / below` basis points.
struct Loss {
    question: usize,
    whole: u64,
    rest: u64,
    below: u64,
}

impl Loss {
    /// The rest over the common denominator with another.
    fn rest_over(&self, other: &Self) -> u128 {
        u128::from(self.rest) * u128::from(other.below)
    }
}

/// The questions that lose something, in order: three quarters of the loss through the average of the areas, one quarter
/// through the weakest area.
fn exact_losses(stated: &Tally) -> Vec<Loss> {
    let scheme = stated.scheme;
    let scores =
        || stated.areas().iter().enumerate().filter_map(|(place, area)| Some((place, area.score()?)));
    let weakest = scores().min_by_key(|(_, score)| *score).map(|(place, _)| place);
    let weight_of_areas: u64 = scores().map(|(place, _)| scheme.areas[place]).sum();
    let loss = |(question, credit): (usize, &Option<Points>)| {
        let missing = Points::FULL.less((*credit)?);
        let rule = &scheme.questions[question];
        let area = rule.area;
        let share_of_area = 3 * scheme.areas[area] + if weakest == Some(area) { weight_of_areas } else { 0 };
        let above = share_of_area * rule.weight * u64::from(missing.get());
        let below = 4 * weight_of_areas * stated.areas()[area].weight;
        (above > 0).then(|| Loss { question, whole: above / below, rest: above % below, below })
    };
    stated.credits().iter().enumerate().filter_map(loss).collect()
}
