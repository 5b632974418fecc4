//! Recorded incidents: which of their steps hold, and whether that breaks the path. Layers, not probabilities.

use super::credit::Credits;
use super::scheme::{Controls, Scheme};
use super::tally::Tally;
use crate::model::{Assessment, FactId, Incident, Points, Questionnaire, Step};

/// The strength that breaks a step: one full layer.
pub(super) const FULL_STRENGTH: u8 = 100;

/// An incident with places instead of ids.
#[derive(Debug, Clone)]
pub(super) struct IncidentRule {
    priority: bool,
    applies_if: Vec<FactId>,
    /// Nothing when a control that could prevent a step is not measured: then the incident is not assessed.
    steps: Option<Vec<StepRule>>,
}

/// A step with places instead of ids.
#[derive(Debug, Clone)]
pub(super) struct StepRule {
    pub(super) prevent: Vec<Prevention>,
    /// The controls that would show it, as far as they are measured.
    pub(super) detect: Vec<usize>,
    impossible_if_not: Vec<FactId>,
}

/// A control in the way of a step.
#[derive(Debug, Clone, Copy)]
pub(super) struct Prevention {
    /// The control, by its place.
    pub(super) control: usize,
    /// The highest strength that it can give, 25, 50 or 100.
    pub(super) ceiling: u8,
}

/// What the facts decide about each incident, before any credit is looked at.
pub(super) type Circumstances<'a> = Vec<Circumstance<'a>>;

/// What the facts decide about an incident.
#[derive(Debug, Clone)]
pub(super) enum Circumstance<'a> {
    DoesNotApply,
    NotAssessed,
    Replayed(Vec<PossibleStep<'a>>),
}

/// A step, and whether the facts rule it out.
#[derive(Debug, Clone, Copy)]
pub(super) struct PossibleStep<'a> {
    pub(super) rule: &'a StepRule,
    pub(super) impossible: bool,
}

impl IncidentRule {
    /// Facts that the questionnaire does not declare count as yes, so they decide nothing and are dropped here.
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

    fn circumstance(&self, assessment: &Assessment) -> Circumstance<'_> {
        let denied = |facts: &[FactId]| facts.iter().any(|fact| assessment.denies(fact));
        if denied(&self.applies_if) {
            return Circumstance::DoesNotApply;
        }
        let Some(steps) = &self.steps else { return Circumstance::NotAssessed };
        let possible = |rule| PossibleStep { rule, impossible: denied(&rule.impossible_if_not) };
        Circumstance::Replayed(steps.iter().map(possible).collect())
    }
}

impl Scheme {
    /// What the facts decide about each incident.
    pub(super) fn circumstances(&self, assessment: &Assessment) -> Circumstances<'_> {
        self.incidents.iter().map(|incident| incident.circumstance(assessment)).collect()
    }

    /// The smallest credit among the counted questions that measure a control; nothing without one.
    pub(super) fn control_credit(&self, control: usize, credits: &Credits) -> Option<Points> {
        self.controls[control].iter().filter_map(|question| credits[*question]).min()
    }

    /// The strength that a control gives a step; nothing when no question that measures it counts.
    pub(super) fn strength(&self, prevention: Prevention, credits: &Credits) -> Option<u8> {
        let credit = self.control_credit(prevention.control, credits)?.printed();
        Some(u8::try_from(credit).map_or(prevention.ceiling, |credit| credit.min(prevention.ceiling)))
    }
}

impl Tally<'_> {
    /// The strength of a step: 0 open, 1 to 99 hindered, 100 broken.
    pub(super) fn step_strength(&self, step: PossibleStep) -> u8 {
        if step.impossible {
            return FULL_STRENGTH;
        }
        let in_the_way = step.rule.prevent.iter();
        in_the_way
            .filter_map(|prevention| self.scheme.strength(*prevention, self.credits()))
            .max()
            .unwrap_or(0)
    }

    /// Whether a step of an incident is broken; nothing when it is not replayed.
    pub(super) fn interrupted(&self, incident: usize) -> Option<bool> {
        match &self.circumstances[incident] {
            Circumstance::DoesNotApply | Circumstance::NotAssessed => None,
            Circumstance::Replayed(steps) => {
                Some(steps.iter().any(|step| self.step_strength(*step) == FULL_STRENGTH))
            }
        }
    }

    /// The first priority incident, by its place, that is replayed and not interrupted.
    pub(super) fn first_uninterrupted_priority(&self) -> Option<usize> {
        let places = 0..self.scheme.incidents.len();
        let mut priority = places.filter(|place| self.scheme.incidents[*place].priority);
        priority.find(|place| self.interrupted(*place) == Some(false))
    }
}
