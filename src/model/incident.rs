//! Recorded incidents, step by step.

use super::{ControlId, Date, FactId, Flaw, FlawKind, IncidentId, ItemId, Path, StepId};
use crate::text::phrase;

/// A recorded attack on, or failure at, a political organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incident {
    /// Its id.
    pub id: IncidentId,
    /// A short name.
    pub title: String,
    /// When it happened, in words.
    pub when: String,
    /// Who was hit, in words.
    pub victim: String,
    /// Who did it, as far as known, in words.
    pub actor: String,
    /// Who attributes it, and how firmly.
    pub attribution: Attribution,
    /// What happened.
    pub summary: String,
    /// What harm was done.
    pub harm: String,
    /// What was learnt.
    pub lessons: Vec<String>,
    /// What should not be concluded from it.
    pub caveat: Option<String>,
    /// The version of ATT&CK that the techniques are taken from.
    pub attack_version: String,
    /// Facts that it needs: it does not apply when one of them is answered "no".
    pub applies_if: Vec<FactId>,
    /// Whether the score is capped at 89 while it is not interrupted.
    pub priority: bool,
    /// Web addresses of the sources.
    pub sources: Vec<String>,
    /// Its steps, in order; at least one.
    pub steps: Vec<Step>,
}

/// Who attributes an incident, and how firmly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribution {
    /// Who says so.
    pub by: Option<String>,
    /// When they said it.
    pub date: Option<Date>,
    /// How firmly.
    pub level: Certainty,
}

/// How firmly an incident is attributed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Certainty {
    Official,
    Likely,
    Alleged,
    Unknown,
}

impl Certainty {
    /// The word in files and output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Official => "official",
            Self::Likely => "likely",
            Self::Alleged => "alleged",
            Self::Unknown => "unknown",
        }
    }
}

/// One step of an incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its id within the incident.
    pub id: StepId,
    /// What happened, in a few words.
    pub title: String,
    /// ATT&CK techniques.
    pub techniques: Vec<ItemId>,
    /// How well the step is known.
    pub confidence: Confidence,
    /// What would have been in the way.
    pub prevent: Vec<Prevention>,
    /// What would have shown it.
    pub detect: Vec<ControlId>,
    /// Facts that the step needs: it cannot happen when one of them is answered "no".
    pub impossible_if_not: Vec<FactId>,
}

/// How well a step is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Confidence {
    Reported,
    Alleged,
    Inferred,
}

impl Confidence {
    /// The word in files and output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reported => phrase("reported"),
            Self::Alleged => phrase("alleged"),
            Self::Inferred => phrase("inferred"),
        }
    }
}

/// A control in the way of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prevention {
    /// The control.
    pub control: ControlId,
    /// How much it can do at best.
    pub effect: Effect,
}

/// How much a control can do against a step at best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// At most 25 of 100.
    Slight,
    /// At most 50 of 100.
    Hinders,
    /// Up to 100 of 100: it ends the path.
    Stops,
}

impl Effect {
    /// The word in files and output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Slight => phrase("slight"),
            Self::Hinders => phrase("hinders"),
            Self::Stops => phrase("stops"),
        }
    }

    /// The highest strength a control can give a step by this effect, 25, 50 or 100.
    pub fn ceiling(self) -> u8 {
        match self {
            Self::Slight => 25,
            Self::Hinders => 50,
            Self::Stops => 100,
        }
    }
}

impl Incident {
    /// Checks what concerns the incident alone: it has steps, their ids differ, and a priority incident can be
    /// interrupted at all.
    ///
    /// # Errors
    /// Every flaw, with its place in the document.
    pub fn checked(self) -> Result<Self, Vec<Flaw>> {
        let root = Path::root();
        let mut flaws = Vec::new();
        if self.steps.is_empty() {
            let kind = FlawKind::BadCount { found: 0, expected: "at least one [[step]]" };
            flaws.push(Flaw { at: root.key("step"), kind });
        }
        for (i, step) in self.steps.iter().enumerate() {
            if let Some(first) = self.steps.iter().take(i).position(|earlier| earlier.id == step.id) {
                let first = root.key("step").item(first).key("id");
                let kind = FlawKind::Duplicate { id: step.id.to_string(), first };
                flaws.push(Flaw { at: root.key("step").item(i).key("id"), kind });
            }
        }
        let stoppable = self.steps.iter().flat_map(|step| &step.prevent).any(|p| p.effect == Effect::Stops);
        if self.priority && !stoppable {
            flaws.push(Flaw { at: root.key("priority"), kind: FlawKind::NeverInterrupted });
        }
        if flaws.is_empty() { Ok(self) } else { Err(flaws) }
    }

    /// Every control that a `prevent` list names.
    pub fn preventing_controls(&self) -> impl Iterator<Item = &ControlId> {
        self.steps.iter().flat_map(|step| &step.prevent).map(|prevention| &prevention.control)
    }

    /// Every fact that the incident or one of its steps refers to.
    pub fn facts(&self) -> impl Iterator<Item = &FactId> {
        self.applies_if.iter().chain(self.steps.iter().flat_map(|step| &step.impossible_if_not))
    }
}
