//! One world of one assessment, changeable.

use super::aggregation::{Sum, WeakestShare, base, points};
use super::credit::Credits;
use super::gates::lowest_failing;
use super::incidents::Circumstances;
use super::scheme::Scheme;
use crate::model::Points;

/// The highest score while a priority incident is not interrupted.
const INCIDENT_CAP: u16 = 8_999;
/// With less than this proven, the headline is at most "fair".
const PROVEN_FOR_GOOD: u16 = 4_000;
/// With less than this proven, the headline is at most "good".
const PROVEN_FOR_STRONG: u16 = 6_000;
const HIGHEST_FAIR: u16 = 7_999;
const HIGHEST_GOOD: u16 = 8_999;

/// What the questions earn in one world, and all that follows from it. A pure function of the credits and of what the
/// facts decide about the incidents; one credit can be changed at a time, cheaply.
#[derive(Debug, Clone)]
pub(super) struct Tally<'a> {
    pub(super) scheme: &'a Scheme,
    pub(super) circumstances: &'a Circumstances<'a>,
    credits: Credits,
    areas: Vec<Sum>,
}

impl<'a> Tally<'a> {
    /// The tally of a credit for each question.
    pub(super) fn new(scheme: &'a Scheme, circumstances: &'a Circumstances<'a>, credits: Credits) -> Self {
        let mut areas = vec![Sum::default(); scheme.areas.len()];
        for (question, credit) in scheme.questions.iter().zip(&credits) {
            if let Some(credit) = *credit {
                areas[question.area] = areas[question.area].with(question.weight, credit);
            }
        }
        Self { scheme, circumstances, credits, areas }
    }

    /// What each question earns; nothing where it is left out.
    pub(super) fn credits(&self) -> &Credits {
        &self.credits
    }

    /// Lets a counted question earn something else. Returns what it earned before.
    pub(super) fn replace(&mut self, question: usize, credit: Points) -> Points {
        let rule = &self.scheme.questions[question];
        let before = self.credits[question].replace(credit).expect("invariant: the question is counted");
        let area = &mut self.areas[rule.area];
        *area = area.without(rule.weight, before).with(rule.weight, credit);
        before
    }

    /// The counted questions of each area.
    pub(super) fn areas(&self) -> &[Sum] {
        &self.areas
    }

    /// B.
    pub(super) fn base(&self) -> Option<Points> {
        let scores = self.areas.iter().map(|area| area.score());
        base(self.scheme.areas.iter().copied().zip(scores), WeakestShare::QUARTER)
    }

    /// F.
    pub(super) fn score(&self) -> Option<Points> {
        self.base().map(|base| self.capped(base))
    }

    /// What is left of a base score under the caps.
    pub(super) fn capped(&self, base: Points) -> Points {
        let gate = lowest_failing(&self.scheme.gates, &self.credits);
        let score = gate.map_or(base, |gate| base.min(self.scheme.gates[gate].cap));
        // Replaying incidents is the dear part: only where it can matter.
        let held = score.get() > INCIDENT_CAP && self.first_uninterrupted_priority().is_some();
        if held { at_most(score, INCIDENT_CAP) } else { score }
    }
}

/// H: the stated score, held below "good" or "strong" until enough of it is proven.
pub(super) fn headline(proven: Points, stated: Points) -> Points {
    if proven.get() < PROVEN_FOR_GOOD {
        at_most(stated, HIGHEST_FAIR)
    } else if proven.get() < PROVEN_FOR_STRONG {
        at_most(stated, HIGHEST_GOOD)
    } else {
        stated
    }
}

fn at_most(score: Points, limit: u16) -> Points {
    score.min(points(limit.into()))
}
