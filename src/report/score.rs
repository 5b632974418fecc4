//! The numbers of an assessment on a day.

use serde::Serialize;

use crate::model::{Points, Worlds};
use crate::scoring::Scores;

/// The numbers of an assessment on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Score {
    /// H.
    pub headline: Points,
    /// F in each world; nothing in a world in which no question counts.
    pub worlds: Worlds<Option<Points>>,
    /// B in each world: F without caps.
    pub base: Worlds<Option<Points>>,
}

impl Score {
    /// The numbers of an assessment on a day; nothing when no question counts.
    pub(super) fn new(scores: &Scores) -> Option<Self> {
        scores.headline.map(|headline| Self { headline, worlds: scores.score, base: scores.base })
    }

    /// The headline and what of it is proven, as printed.
    pub(super) fn printed(&self) -> (u16, u16) {
        (self.headline.printed(), self.worlds.proven.map_or(0, Points::printed))
    }
}
