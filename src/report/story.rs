//! Recorded incidents told for themselves, without anybody's answers.

use serde::Serialize;

use super::Technique;
use super::incident::attribution;
use crate::model::{Confidence, Control, ControlId, Effect, Fact, FactId, Framework, Incident, Step};
use crate::text::Words;

/// The recorded incidents that there are, the earliest year first, then by id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stories {
    /// One entry each.
    pub entries: Vec<StoryEntry>,
}

/// One recorded incident, for choosing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StoryEntry {
    /// Its id.
    pub id: String,
    /// When it happened, in words.
    pub when: String,
    /// A short name.
    pub title: String,
    /// Who was hit.
    pub victim: String,
    /// Whether a score is capped while it is not interrupted.
    pub priority: bool,
}

impl Stories {
    /// Lists incidents.
    pub fn new(incidents: &[Incident]) -> Self {
        let mut incidents: Vec<&Incident> = incidents.iter().collect();
        incidents.sort_by_key(|incident| (first_year(&incident.when), &incident.id));
        let entry = |incident: &Incident| StoryEntry {
            id: incident.id.to_string(),
            when: incident.when.clone(),
            title: incident.title.clone(),
            victim: incident.victim.clone(),
            priority: incident.priority,
        };
        Self { entries: incidents.into_iter().map(entry).collect() }
    }
}

/// The first year that a text names; without one the incident comes last.
fn first_year(when: &str) -> u16 {
    let numbers = when.split(|c: char| !c.is_ascii_digit());
    numbers.filter(|digits| digits.len() == 4).find_map(|digits| digits.parse().ok()).unwrap_or(u16::MAX)
}

/// What a story is told from.
#[derive(Debug, Clone, Copy)]
pub struct StoryInput<'a> {
    /// The incident.
    pub incident: &'a Incident,
    /// The controls that its steps name.
    pub controls: &'a [Control],
    /// The frameworks, of which one lists the techniques.
    pub frameworks: &'a [Framework],
    /// The scoping facts that it may refer to.
    pub facts: &'a [Fact],
}

/// One recorded incident, told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Story {
    /// Its id.
    pub id: String,
    /// A short name.
    pub title: String,
    /// When it happened, in words.
    pub when: String,
    /// Who was hit.
    pub victim: String,
    /// Who did it, as far as known.
    pub actor: String,
    /// Who attributes it, when and how firmly.
    pub attribution: String,
    /// What it means for a score, when it is a priority incident.
    pub priority: Option<&'static str>,
    /// The scoping questions that must not be answered "no" for it to apply.
    pub applies_if: Vec<String>,
    /// What happened.
    pub summary: String,
    /// Said once: what is known of the steps that carry no remark of their own.
    pub confidence_note: String,
    /// Its steps, in order.
    pub steps: Vec<StoryStep>,
    /// What harm was done.
    pub harm: String,
    /// What was learnt.
    pub lessons: Vec<String>,
    /// What should not be concluded from it.
    pub caveat: Option<String>,
    /// Web addresses of the sources.
    pub sources: Vec<String>,
    /// The notice that the list of techniques requires; nothing when no step names a technique.
    pub notice: Option<String>,
}

/// One step of a story.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StoryStep {
    /// Its place, from 1.
    pub number: usize,
    /// What happened.
    pub title: String,
    /// `alleged` or `inferred`; nothing when it is reported.
    pub doubt: Option<&'static str>,
    /// Techniques by identifier and name.
    pub techniques: Vec<Technique>,
    /// What would have been in the way and what would have shown it, each under its label.
    pub measures: Vec<StoryMeasures>,
}

/// Measures that would have had the same effect on a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StoryMeasures {
    /// What they would have done: `Would stop it`.
    pub label: &'static str,
    /// Their names; never empty.
    pub names: Vec<String>,
}

impl Story {
    /// Tells an incident.
    pub fn new(input: &StoryInput) -> Self {
        let incident = input.incident;
        let numbered = incident.steps.iter().enumerate();
        let steps: Vec<StoryStep> = numbered.map(|(place, step)| input.step(place + 1, step)).collect();
        let attack = input.frameworks.iter().find(|framework| framework.lists_techniques());
        let names_techniques = steps.iter().any(|step| !step.techniques.is_empty());
        Self {
            id: incident.id.to_string(),
            title: incident.title.clone(),
            when: incident.when.clone(),
            victim: incident.victim.clone(),
            actor: incident.actor.clone(),
            attribution: attribution(&incident.attribution, Words::ENGLISH)
                .unwrap_or_else(|| "nobody has attributed it publicly".to_owned()),
            priority: incident
                .priority
                .then_some("While answers do not interrupt it, their score stays at 89 or lower."),
            applies_if: input.facts(&incident.applies_if),
            summary: incident.summary.clone(),
            confidence_note: confidence_note(&incident.steps),
            steps,
            harm: incident.harm.clone(),
            lessons: incident.lessons.clone(),
            caveat: incident.caveat.clone(),
            sources: incident.sources.clone(),
            notice: attack
                .filter(|_| names_techniques)
                .map(|attack| format!("{} {}: {}", attack.title, attack.version, attack.licence)),
        }
    }
}

fn confidence_note(steps: &[Step]) -> String {
    let doubtful = steps.iter().filter(|step| step.confidence != Confidence::Reported).count();
    match doubtful {
        0 => "Every step is reported.",
        all if all == steps.len() => "No step is reported as a fact: each says how it is known.",
        _ => "Steps are reported unless they are marked alleged or inferred.",
    }
    .to_owned()
}

impl StoryInput<'_> {
    fn step(&self, number: usize, step: &Step) -> StoryStep {
        let by = |effect| {
            let chosen = step.prevent.iter().filter(|prevention| prevention.effect == effect);
            chosen.map(|prevention| self.control(&prevention.control)).collect()
        };
        let shown = step.detect.iter().map(|control| self.control(control)).collect();
        let measures = [
            ("Would stop it", by(Effect::Stops)),
            ("Would hinder it", by(Effect::Hinders)),
            ("Would help a little", by(Effect::Slight)),
            ("Would show it", shown),
            ("Cannot happen where the answer is no", self.facts(&step.impossible_if_not)),
        ];
        let measures = measures.into_iter().filter(|(_, names): &(_, Vec<String>)| !names.is_empty());
        StoryStep {
            number,
            title: step.title.clone(),
            doubt: (step.confidence != Confidence::Reported).then(|| step.confidence.as_str()),
            techniques: step
                .techniques
                .iter()
                .map(|id| Technique::new(self.frameworks, id, Words::ENGLISH))
                .collect(),
            measures: measures.map(|(label, names)| StoryMeasures { label, names }).collect(),
        }
    }

    /// The name of a control; its id where it has none.
    fn control(&self, id: &ControlId) -> String {
        let named = self.controls.iter().find(|control| control.id == *id);
        named.map_or_else(|| id.to_string(), |control| control.title.clone())
    }

    /// Facts as questions; by id where no questionnaire asks them.
    fn facts(&self, ids: &[FactId]) -> Vec<String> {
        let asked = |id: &FactId| self.facts.iter().find(|fact| fact.id == *id).map(|fact| fact.ask.clone());
        ids.iter().map(|id| asked(id).unwrap_or_else(|| id.to_string())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_year_of_a_text_gives_the_order() {
        assert_eq!(first_year("29 October 2021 (public on 3 November)"), 2021);
        assert_eq!(first_year("2015 to 2023"), 2015);
        assert_eq!(first_year("from spring 2022; party affected in January 2023"), 2022);
        assert_eq!(first_year("long ago"), u16::MAX);
    }
}
