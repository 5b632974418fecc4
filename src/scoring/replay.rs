//! How each recorded incident ends against the answers, step by step.

use std::cmp::Reverse;

use super::evaluation::{IncidentResult, Measured, Outcome, Replay, StepResult, Word};
use super::incidents::{Circumstance, FULL_STRENGTH, PossibleStep, StepRule};
use super::tally::Tally;
use crate::model::{Points, World, Worlds};

/// From this credit on, a control shows what it should show.
const DETECTS: u16 = 5_000;

/// Every incident in the three worlds.
pub(super) fn replays(worlds: &Worlds<Tally>) -> Vec<IncidentResult> {
    let result = |circumstance: &Circumstance| match circumstance {
        Circumstance::DoesNotApply => IncidentResult::DoesNotApply,
        Circumstance::NotAssessed => IncidentResult::NotAssessed,
        Circumstance::Replayed(steps) => IncidentResult::Replayed(replay(worlds, steps)),
    };
    worlds.stated.circumstances.iter().map(result).collect()
}

fn replay(worlds: &Worlds<Tally>, steps: &[PossibleStep]) -> Replay {
    let results: Vec<StepResult> = steps.iter().map(|step| step_result(worlds, *step)).collect();
    let outcome = Worlds::each(|world| outcome(&results, world, worlds.get(world).detected_at(steps)));
    let open = !outcome.stated.word.is_interrupted();
    let cheapest = if open { worlds.stated.cheapest_interruption(steps) } else { None };
    Replay { outcome, steps: results, cheapest }
}

fn outcome(steps: &[StepResult], world: World, detected_at: Option<usize>) -> Outcome {
    let strengths = || steps.iter().map(|step| *step.strength.get(world));
    let layers = strengths().map(u32::from).sum();
    let broken_at = strengths().position(|strength| strength == FULL_STRENGTH);
    Outcome { layers, word: word(broken_at.is_some(), layers), broken_at, detected_at }
}

fn word(broken: bool, layers: u32) -> Word {
    match (broken, layers) {
        (false, ..100) => Word::Open,
        (false, _) => Word::Hindered,
        (true, ..200) => Word::Interrupted,
        (true, _) => Word::Layered,
    }
}

fn step_result(worlds: &Worlds<Tally>, step: PossibleStep) -> StepResult {
    let strength = worlds.each_ref().map(|tally| tally.step_strength(step));
    let (by, missing) = if step.impossible {
        (Vec::new(), None)
    } else {
        (worlds.stated.decisive(step.rule, strength.stated), worlds.stated.missing(step.rule))
    };
    StepResult { strength, impossible: step.impossible, by, missing }
}

impl Tally<'_> {
    /// The controls that give a step its strength.
    fn decisive(&self, step: &StepRule, strength: u8) -> Vec<Measured> {
        let in_the_way = step.prevent.iter().enumerate();
        let decisive = in_the_way.filter(|(_, prevention)| {
            strength > 0 && self.scheme.strength(**prevention, self.credits()) == Some(strength)
        });
        decisive.filter_map(|(place, _)| self.measured(step, place)).collect()
    }

    /// The control that could give a step the most and does not yet; of several the one with the most to gain, then the
    /// first. One that no counted question measures could give nothing.
    fn missing(&self, step: &StepRule) -> Option<Measured> {
        let below_ceiling = step.prevent.iter().enumerate().filter_map(|(place, prevention)| {
            let gain = prevention.ceiling - self.scheme.strength(*prevention, self.credits())?;
            (gain > 0).then_some((prevention.ceiling, gain, Reverse(place)))
        });
        let (.., Reverse(place)) = below_ceiling.max()?;
        self.measured(step, place)
    }

    /// A control in the way of a step with what decides its credit; nothing when no question that measures it counts.
    fn measured(&self, step: &StepRule, place: usize) -> Option<Measured> {
        let prevention = step.prevent[place];
        let strength = self.scheme.strength(prevention, self.credits())?;
        let smallest = self.scheme.control_credit(prevention.control, self.credits());
        let measuring = self.scheme.controls[prevention.control].iter().copied();
        let questions = measuring.filter(|question| self.credits()[*question] == smallest).collect();
        Some(Measured { prevention: place, strength, questions })
    }

    /// The first step that a control of enough credit would have shown.
    fn detected_at(&self, steps: &[PossibleStep]) -> Option<usize> {
        let credit = |control: &usize| self.scheme.control_credit(*control, self.credits());
        let shows = |control| credit(control).is_some_and(|credit| credit.get() >= DETECTS);
        steps.iter().position(|step| step.rule.detect.iter().any(shows))
    }

    /// The question that alone would break a step if it were raised to full credit. Of several the one with the lowest
    /// cost, then the first.
    fn cheapest_interruption(&self, steps: &[PossibleStep]) -> Option<usize> {
        self.last_missing(steps).min_by_key(|question| (self.scheme.questions[*question].cost, *question))
    }

    /// The questions that alone would break a step: the last one missing for a control that stops.
    pub(super) fn last_missing(&self, steps: &[PossibleStep]) -> impl Iterator<Item = usize> {
        let preventions = steps.iter().flat_map(|step| &step.rule.prevent);
        let stopping = preventions.filter(|prevention| prevention.ceiling == FULL_STRENGTH);
        stopping.filter_map(|prevention| {
            let below_full =
                |question: &usize| self.credits()[*question].is_some_and(|credit| credit < Points::FULL);
            let measuring = self.scheme.controls[prevention.control].iter().copied();
            let mut missing = measuring.filter(below_full);
            missing.next().filter(|_| missing.next().is_none())
        })
    }
}
