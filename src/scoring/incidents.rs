//! Recorded incidents replayed: layers, not probabilities.

use std::cmp::Reverse;

use super::credit::Credits;
use super::evaluation::{IncidentResult, Measured, Outcome, Replay, StepResult, Word};
use super::scheme::{Controls, Scheme};
use super::tally::Tally;
use crate::model::{Assessment, FactId, Incident, Points, Questionnaire, Step, Worlds};

/// The strength that breaks a step: one full layer.
const FULL: u8 = 100;
/// From this credit on, a control shows what it should show.
const DETECTS: u16 = 5_000;

/// An incident with places instead of ids.
#[derive(Debug, Clone)]
pub(super) struct IncidentRule {
    priority: bool,
    applies_if: Vec<FactId>,
    /// Nothing when a control that could prevent a step is not measured: then the incident is not assessed.
    steps: Option<Vec<StepRule>>,
}

#[derive(Debug, Clone)]
struct StepRule {
    prevent: Vec<Prevention>,
    /// The controls that would show it, as far as they are measured.
    detect: Vec<usize>,
    impossible_if_not: Vec<FactId>,
}

#[derive(Debug, Clone, Copy)]
struct Prevention {
    /// The control, by its place.
    control: usize,
    /// The highest strength that it can give.
    ceiling: u8,
}

/// What the facts decide about each incident, before any credit is looked at.
pub(super) type Circumstances = Vec<Circumstance>;

/// What the facts decide about an incident.
#[derive(Debug, Clone)]
pub(super) enum Circumstance {
    DoesNotApply,
    NotAssessed,
    /// Which of its steps cannot happen here.
    Replayed {
        impossible: Vec<bool>,
    },
}

impl IncidentRule {
    /// Facts that the questionnaire does not declare count as yes, so they are dropped here.
    pub(super) fn new(incident: &Incident, controls: &Controls, questionnaire: &Questionnaire) -> Self {
        let declared = |facts: &[FactId]| -> Vec<FactId> {
            let known = |id: &&FactId| questionnaire.facts().iter().any(|fact| fact.id == **id);
            facts.iter().filter(known).cloned().collect()
        };
        let step = |step: &Step| {
            let prevent = step.prevent.iter().map(|prevention| {
                let control = controls.place(prevention.control.as_str())?;
                Some(Prevention { control, ceiling: prevention.effect.ceiling() })
            });
            Some(StepRule {
                prevent: prevent.collect::<Option<_>>()?,
                detect: step.detect.iter().filter_map(|control| controls.place(control.as_str())).collect(),
                impossible_if_not: declared(&step.impossible_if_not),
            })
        };
        Self {
            priority: incident.priority,
            applies_if: declared(&incident.applies_if),
            steps: incident.steps.iter().map(step).collect(),
        }
    }

    fn circumstance(&self, assessment: &Assessment) -> Circumstance {
        let denied = |facts: &[FactId]| facts.iter().any(|fact| assessment.denies(fact));
        match &self.steps {
            _ if denied(&self.applies_if) => Circumstance::DoesNotApply,
            None => Circumstance::NotAssessed,
            Some(steps) => Circumstance::Replayed {
                impossible: steps.iter().map(|step| denied(&step.impossible_if_not)).collect(),
            },
        }
    }
}

impl Scheme {
    /// What the facts decide about each incident.
    pub(super) fn circumstances(&self, assessment: &Assessment) -> Circumstances {
        self.incidents.iter().map(|incident| incident.circumstance(assessment)).collect()
    }

    /// The smallest credit among the counted questions that measure a control; nothing without one.
    fn control_credit(&self, control: usize, credits: &Credits) -> Option<Points> {
        self.controls[control].iter().filter_map(|question| credits[*question]).min()
    }

    /// The strength that a control gives a step; nothing when no question that measures it counts.
    fn strength(&self, prevention: &Prevention, credits: &Credits) -> Option<u8> {
        let credit = self.control_credit(prevention.control, credits)?.printed();
        Some(u8::try_from(credit).map_or(prevention.ceiling, |credit| credit.min(prevention.ceiling)))
    }

    /// A control in the way of a step with what decides its credit; nothing when no question that measures it counts.
    fn measured(&self, step: &StepRule, place: usize, credits: &Credits) -> Option<Measured> {
        let prevention = &step.prevent[place];
        let strength = self.strength(prevention, credits)?;
        let decisive = self.control_credit(prevention.control, credits);
        let of_control = self.controls[prevention.control].iter().copied();
        let questions = of_control.filter(|question| credits[*question] == decisive).collect();
        Some(Measured { prevention: place, strength, questions })
    }
}

/// The steps of an incident that is replayed, each with whether it is impossible.
fn replayed<'a>(
    rule: &'a IncidentRule,
    circumstance: &'a Circumstance,
) -> Option<impl Iterator<Item = (&'a StepRule, bool)> + Clone> {
    match (&rule.steps, circumstance) {
        (Some(steps), Circumstance::Replayed { impossible }) => {
            Some(steps.iter().zip(impossible.iter().copied()))
        }
        _ => None,
    }
}

impl Tally<'_> {
    /// The first priority incident, by its place, that is replayed and not interrupted.
    pub(super) fn first_uninterrupted_priority(&self) -> Option<usize> {
        let incidents = self.scheme.incidents.iter().enumerate();
        let mut priority = incidents.filter(|(_, incident)| incident.priority);
        priority.find(|(place, _)| self.interrupted(*place) == Some(false)).map(|(place, _)| place)
    }

    /// Whether a step of an incident is broken; nothing when it is not replayed.
    pub(super) fn interrupted(&self, incident: usize) -> Option<bool> {
        let mut steps = replayed(&self.scheme.incidents[incident], &self.circumstances[incident])?;
        Some(steps.any(|(step, impossible)| self.step_strength(step, impossible) == FULL))
    }

    fn step_strength(&self, step: &StepRule, impossible: bool) -> u8 {
        if impossible {
            return FULL;
        }
        let strengths =
            step.prevent.iter().filter_map(|prevention| self.scheme.strength(prevention, self.credits()));
        strengths.max().unwrap_or(0)
    }

    fn detects(&self, step: &StepRule) -> bool {
        let credits = step.detect.iter().map(|control| self.scheme.control_credit(*control, self.credits()));
        credits.flatten().any(|credit| credit.get() >= DETECTS)
    }

    fn outcome<'s>(&self, steps: impl Iterator<Item = (&'s StepRule, bool)>) -> Outcome {
        let mut outcome = Outcome { layers: 0, word: Word::Open, broken_at: None, detected_at: None };
        for (place, (step, impossible)) in steps.enumerate() {
            let strength = self.step_strength(step, impossible);
            outcome.layers += u32::from(strength);
            if strength == FULL {
                outcome.broken_at = outcome.broken_at.or(Some(place));
            }
            if outcome.detected_at.is_none() && self.detects(step) {
                outcome.detected_at = Some(place);
            }
        }
        outcome.word = word(outcome.broken_at.is_some(), outcome.layers);
        outcome
    }

    /// The question that alone would break a step if it were raised to full credit: the last one missing for a control
    /// that stops. Of several the one with the lowest cost, then the first.
    fn cheapest<'s>(&self, steps: impl Iterator<Item = (&'s StepRule, bool)>) -> Option<usize> {
        let stopping =
            steps.flat_map(|(step, _)| &step.prevent).filter(|prevention| prevention.ceiling == FULL);
        let last_missing = stopping.filter_map(|prevention| {
            let below =
                |question: &&usize| self.credits()[**question].is_some_and(|credit| credit < Points::FULL);
            let mut below_full = self.scheme.controls[prevention.control].iter().filter(below);
            below_full.next().filter(|_| below_full.next().is_none())
        });
        last_missing.copied().min_by_key(|question| (self.scheme.questions[*question].cost, *question))
    }
}

fn word(broken: bool, layers: u32) -> Word {
    match (broken, layers) {
        (false, ..100) => Word::Open,
        (false, _) => Word::Hindered,
        (true, ..200) => Word::Interrupted,
        (true, _) => Word::Layered,
    }
}

/// Every incident replayed in the three worlds.
pub(super) fn replays(worlds: &Worlds<Tally>) -> Vec<IncidentResult> {
    let stated = &worlds.stated;
    let incidents = stated.scheme.incidents.iter().zip(stated.circumstances);
    incidents
        .map(|(rule, circumstance)| match (replayed(rule, circumstance), circumstance) {
            (Some(steps), _) => IncidentResult::Replayed(replay(worlds, steps)),
            (None, Circumstance::DoesNotApply) => IncidentResult::DoesNotApply,
            (None, _) => IncidentResult::NotAssessed,
        })
        .collect()
}

fn replay<'s>(worlds: &Worlds<Tally>, steps: impl Iterator<Item = (&'s StepRule, bool)> + Clone) -> Replay {
    let outcome = Worlds::each(|world| worlds.get(world).outcome(steps.clone()));
    let open = !outcome.stated.word.is_interrupted();
    Replay {
        outcome,
        cheapest: if open { worlds.stated.cheapest(steps.clone()) } else { None },
        steps: steps.map(|(step, impossible)| step_result(worlds, step, impossible)).collect(),
    }
}

fn step_result(worlds: &Worlds<Tally>, step: &StepRule, impossible: bool) -> StepResult {
    let strength = Worlds::each(|world| worlds.get(world).step_strength(step, impossible));
    if impossible {
        return StepResult { strength, impossible, by: Vec::new(), missing: None };
    }
    let scheme = worlds.stated.scheme;
    let credits = worlds.stated.credits();
    let in_the_way = step.prevent.iter().enumerate().filter_map(|(place, prevention)| {
        scheme.strength(prevention, credits).map(|strength| (place, prevention.ceiling, strength))
    });
    let by = in_the_way.clone().filter(|(.., given)| *given > 0 && *given == strength.stated);
    let below = in_the_way.filter(|(_, ceiling, given)| given < ceiling);
    let missing = below.max_by_key(|(place, ceiling, given)| (*ceiling, ceiling - given, Reverse(*place)));
    StepResult {
        strength,
        impossible,
        by: by.filter_map(|(place, ..)| scheme.measured(step, place, credits)).collect(),
        missing: missing.and_then(|(place, ..)| scheme.measured(step, place, credits)),
    }
}
