//! Where the 100 points went.

use serde::Serialize;

use super::{Area, Input};
use crate::model::Points;

/// Where the 100 points went: the headline and everything that is missing, 100.00 in all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ledger {
    /// The headline.
    pub headline: Points,
    /// The points lost in each area.
    pub areas: Vec<LedgerRow>,
    /// The sum of the areas.
    pub questions: Points,
    /// What the cap takes.
    pub cap: Points,
    /// The gate that caps, by its id.
    pub cap_gate: Option<String>,
    /// The incident that caps, by its id.
    pub cap_incident: Option<String>,
    /// The title of what caps.
    pub cap_title: Option<String>,
    /// What the lack of proof takes.
    pub assurance: Points,
}

/// The points lost in one area.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LedgerRow {
    /// The area's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How much it counts.
    pub weight: u8,
    /// The points lost.
    pub loss: Points,
}

impl Ledger {
    pub(super) fn new(input: &Input, areas: &[Area]) -> Option<Self> {
        let ledger = input.evaluation.ledger.as_ref()?;
        let areas = areas.iter().filter(|area| area.counted > 0);
        let gate = ledger.cap_gate.and_then(|place| input.questionnaire.gates().get(place));
        let incident = ledger.cap_incident.and_then(|place| input.incidents.get(place));
        Some(Self {
            headline: input.evaluation.scores.headline?,
            areas: areas
                .map(|area| LedgerRow {
                    id: area.id.clone(),
                    title: area.title.clone(),
                    weight: area.weight,
                    loss: area.loss,
                })
                .collect(),
            questions: ledger.questions,
            cap: ledger.cap,
            cap_gate: gate.map(|gate| gate.id.to_string()),
            cap_incident: incident.map(|incident| incident.id.to_string()),
            cap_title: gate.map(|gate| &gate.title).or(incident.map(|incident| &incident.title)).cloned(),
            assurance: ledger.assurance,
        })
    }
}
