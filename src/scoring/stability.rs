//! Whether a single weight, or another share of the weakest area, could change the band.

use super::aggregation::{Sum, WeakestShare, base};
use super::evaluation::{Band, Stability};
use super::tally::{Tally, headline};
use crate::model::{Points, Worlds};

/// Every weight is doubled first, so that halving is exact.
const AS_IT_IS: u64 = 2;
const HALVED: u64 = 1;
const DOUBLED: u64 = 4;

/// One thing that is changed.
#[derive(Debug, Clone, Copy)]
enum Change {
    Question { place: usize, factor: u64 },
    Area { place: usize, factor: u64 },
    Weakest(WeakestShare),
}

/// Whether the band of the headline survives every change. Where changes lead both ways, the lower neighbour is named.
pub(super) fn stability(worlds: &Worlds<Tally>) -> Stability {
    let scheme = worlds.stated.scheme;
    let (Some(proven), Some(stated)) = (worlds.proven.score(), worlds.stated.score()) else {
        return Stability::Steady;
    };
    let band = Band::of(headline(proven, stated));
    let factors = [HALVED, DOUBLED];
    let questions = (0..scheme.questions.len())
        .flat_map(|place| factors.map(|factor| Change::Question { place, factor }));
    let areas =
        (0..scheme.areas.len()).flat_map(|place| factors.map(|factor| Change::Area { place, factor }));
    let shares = [WeakestShare::NONE, WeakestShare::HALF].map(Change::Weakest);
    let reached: Vec<Band> =
        questions.chain(areas).chain(shares).filter_map(|change| band_after(worlds, change)).collect();
    let lower = Band::ALL.into_iter().rev().find(|other| *other < band);
    let lower = lower.filter(|_| reached.iter().any(|other| *other < band));
    let higher = Band::ALL.into_iter().find(|other| *other > band);
    let higher = higher.filter(|_| reached.iter().any(|other| *other > band));
    lower.or(higher).map_or(Stability::Steady, |neighbour| Stability::Edge { neighbour })
}

fn band_after(worlds: &Worlds<Tally>, change: Change) -> Option<Band> {
    let score = |tally: &Tally| base_after(tally, change).map(|base| tally.capped(base));
    Some(Band::of(headline(score(&worlds.proven)?, score(&worlds.stated)?)))
}

/// B with one thing changed. Neither gates nor incidents know of weights.
fn base_after(tally: &Tally, change: Change) -> Option<Points> {
    let weakest = if let Change::Weakest(share) = change { share } else { WeakestShare::QUARTER };
    let areas = tally.areas().iter().zip(&tally.scheme.areas).enumerate().map(|(area, (sum, weight))| {
        let factor = match change {
            Change::Area { place, factor } if place == area => factor,
            _ => AS_IT_IS,
        };
        let score = match change {
            Change::Question { place, factor } if tally.scheme.questions[place].area == area => {
                reweighted(tally, *sum, place, factor).score()
            }
            _ => sum.score(),
        };
        (weight * factor, score)
    });
    base(areas, weakest)
}

/// The sum of an area, every weight doubled, that of one question multiplied by another factor instead.
fn reweighted(tally: &Tally, area: Sum, question: usize, factor: u64) -> Sum {
    let weight = tally.scheme.questions[question].weight;
    let doubled = area.times(AS_IT_IS);
    tally.credits()[question]
        .map_or(doubled, |credit| doubled.without(weight * AS_IT_IS, credit).with(weight * factor, credit))
}
