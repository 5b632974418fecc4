//! Credits become areas, areas become a base score.

use crate::model::Points;

/// The counted questions of an area.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sum {
    /// The sum of their weights.
    pub(super) weight: u64,
    /// The sum of their weights times what they earn, in basis points.
    pub(super) earned: u64,
}

impl Sum {
    /// With one more question.
    pub(super) fn with(self, weight: u64, credit: Points) -> Self {
        Self { weight: self.weight + weight, earned: self.earned + weight * u64::from(credit.get()) }
    }

    /// Without a question that is part of it.
    pub(super) fn without(self, weight: u64, credit: Points) -> Self {
        Self { weight: self.weight - weight, earned: self.earned - weight * u64::from(credit.get()) }
    }

    /// With every weight multiplied.
    pub(super) fn times(self, factor: u64) -> Self {
        Self { weight: self.weight * factor, earned: self.earned * factor }
    }

    /// D: the average of what the questions earn; nothing when there is none.
    pub(super) fn score(self) -> Option<Points> {
        self.earned.checked_div(self.weight).map(points)
    }
}

/// The share of the weakest area in the base score: so many parts of so many.
#[derive(Debug, Clone, Copy)]
pub(super) struct WeakestShare {
    pub(super) parts: u64,
    pub(super) of: u64,
}

impl WeakestShare {
    /// None at all.
    pub(super) const NONE: Self = Self { parts: 0, of: 1 };
    /// One quarter: the one that scores are made with.
    pub(super) const QUARTER: Self = Self { parts: 1, of: 4 };
    /// One half.
    pub(super) const HALF: Self = Self { parts: 1, of: 2 };
}

/// B: the average of the areas mixed with the weakest of them, in one division. Each area comes with its weight; those
/// without a score are left out; nothing when none has one.
pub(super) fn base(
    areas: impl Iterator<Item = (u64, Option<Points>)>,
    weakest: WeakestShare,
) -> Option<Points> {
    let mut weight = 0;
    let mut earned = 0;
    let mut lowest = Points::FULL;
    for (area_weight, score) in areas {
        let Some(score) = score else { continue };
        weight += area_weight;
        earned += area_weight * u64::from(score.get());
        lowest = lowest.min(score);
    }
    let average = (weakest.of - weakest.parts) * earned;
    (average + weakest.parts * weight * u64::from(lowest.get())).checked_div(weakest.of * weight).map(points)
}

/// A share of the whole in basis points.
pub(super) fn points(basis_points: u64) -> Points {
    let points = u16::try_from(basis_points).ok().and_then(Points::new);
    points.expect("invariant: a share is at most the whole")
}
