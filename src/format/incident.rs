//! `incidents/<id>.toml`: a recorded incident, step by step.

use super::document::{Document, Outcome};
use super::flaw::checked;
use super::leaf::{Format, List, Url};
use super::read::table;
use crate::model::{
    Attribution, Certainty, Confidence, ControlId, Date, Effect, FactId, Incident, IncidentId, ItemId,
    Prevention, Step, StepId,
};

table! {
    /// A recorded incident.
    RawIncident = "incident" {
        /// The format of this file: 1.
        required format: Format,
        /// Its id.
        required id: IncidentId,
        /// A short name.
        required title: String,
        /// When it happened, in words.
        required when: String,
        /// Who was hit, in words.
        required victim: String,
        /// Who did it, as far as known.
        required actor: String,
        /// Who attributes it, and how firmly.
        required attribution: RawAttribution,
        /// What happened.
        required summary: String,
        /// What harm was done.
        required harm: String,
        /// What was learnt.
        optional lessons: List<String>,
        /// What should not be concluded from it.
        optional caveat: String,
        /// The version of ATT&CK that the techniques are taken from.
        required attack_version: String,
        /// Facts that it needs: it does not apply when one of them is answered "no".
        optional applies_if: List<FactId>,
        /// Whether the score is capped at 89 while it is not interrupted.
        required priority: bool,
        /// Web addresses of the sources.
        optional sources: List<Url>,
        /// Its steps, in order.
        required step: List<RawStep>,
    }
}

table! {
    /// Who attributes an incident, and how firmly.
    RawAttribution = "attribution" {
        /// Who says so.
        optional by: String,
        /// When they said it.
        optional date: Date,
        /// How firmly.
        required level: Certainty,
    }
}

table! {
    /// One step of an incident.
    RawStep = "step" {
        /// Its id within the incident.
        required id: StepId,
        /// What happened, in a few words.
        required title: String,
        /// ATT&CK techniques.
        optional techniques: List<ItemId>,
        /// How well the step is known.
        required confidence: Confidence,
        /// What would have been in the way.
        optional prevent: List<RawPrevention>,
        /// What would have shown it.
        optional detect: List<ControlId>,
        /// Facts that the step needs: it cannot happen when one of them is answered "no".
        optional impossible_if_not: List<FactId>,
    }
}

table! {
    /// A control in the way of a step.
    RawPrevention = "prevention" {
        /// The control.
        required control: ControlId,
        /// How much it can do at best.
        required effect: Effect,
    }
}

/// Reads an incident.
pub fn read(document: &Document<'_>) -> Outcome<Incident> {
    document.read(|raw: RawIncident, reader, root| {
        let incident = incident(raw)?;
        checked(incident.checked(), reader, root)
    })
}

fn incident(raw: RawIncident) -> Option<Incident> {
    let attribution = raw.attribution.take();
    let steps = raw.step.take()?.all()?.into_iter().map(step).collect::<Option<Vec<_>>>()?;
    Some(Incident {
        id: raw.id.take()?,
        title: raw.title.or_default(),
        when: raw.when.or_default(),
        victim: raw.victim.or_default(),
        actor: raw.actor.or_default(),
        attribution: attribution.map_or(
            Attribution { by: None, date: None, level: Certainty::Unknown },
            |raw| Attribution {
                by: raw.by.take(),
                date: raw.date.take(),
                level: raw.level.or(Certainty::Unknown),
            },
        ),
        summary: raw.summary.or_default(),
        harm: raw.harm.or_default(),
        lessons: raw.lessons.or_default().values(),
        caveat: raw.caveat.take(),
        attack_version: raw.attack_version.or_default(),
        applies_if: raw.applies_if.or_default().values(),
        priority: raw.priority.or(false),
        sources: raw.sources.or_default().values().into_iter().map(|url| url.0).collect(),
        steps,
    })
}

fn step(raw: RawStep) -> Option<Step> {
    let prevention =
        |raw: RawPrevention| Some(Prevention { control: raw.control.take()?, effect: raw.effect.take()? });
    Some(Step {
        id: raw.id.take()?,
        title: raw.title.or_default(),
        techniques: raw.techniques.or_default().values(),
        confidence: raw.confidence.or(Confidence::Reported),
        prevent: raw.prevent.or_default().all()?.into_iter().map(prevention).collect::<Option<_>>()?,
        detect: raw.detect.or_default().values(),
        impossible_if_not: raw.impossible_if_not.or_default().values(),
    })
}
