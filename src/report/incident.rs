//! Recorded incidents replayed against the answers.

mod words;

use serde::Serialize;

use words::Told;

pub(super) use words::attribution;

use super::{Input, Numbers, QuestionRef, label};
use crate::model::{self, Worlds};
use crate::scoring::{IncidentResult, Replay, StepResult, Word};
use crate::text::{Words, phrase};

/// How many incidents are told in full, with what happened and what was learnt.
const TOLD_IN_FULL: usize = 6;

/// The incidents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct Incidents {
    /// Those that were replayed: open first, then hindered, interrupted, layered.
    pub replayed: Vec<Incident>,
    /// Those that do not apply, because something they need is not there.
    pub do_not_apply: Vec<IncidentNote>,
    /// Those that this questionnaire does not assess, because it does not ask about everything that could stop them.
    pub not_assessed: Vec<IncidentNote>,
    /// How many end in which word, taking answers at their word.
    pub counts: WordCounts,
}

/// How many incidents end in which word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Default)]
#[expect(missing_docs, reason = "the names say it")]
pub struct WordCounts {
    pub open: usize,
    pub hindered: usize,
    pub interrupted: usize,
    pub layered: usize,
}

/// An incident by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IncidentNote {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Whether the questionnaire measures every control that could stop it.
    pub assessed: bool,
}

impl IncidentNote {
    pub(super) fn at(input: &Input, place: usize) -> Option<Self> {
        input.incidents.get(place).map(|incident| Self::new(input, incident))
    }

    fn new(input: &Input, incident: &model::Incident) -> Self {
        Self {
            id: incident.id.to_string(),
            title: incident.title.clone(),
            assessed: input.questionnaire.assesses(incident),
        }
    }
}

/// An incident and how it ends against these answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Incident {
    /// Its id.
    pub id: String,
    /// A short name.
    pub title: String,
    /// When it happened.
    pub when: String,
    /// Who did it, as far as known.
    pub actor: String,
    /// Who attributes it, when and how firmly, in words.
    pub attribution: Option<String>,
    /// What happened.
    pub summary: String,
    /// What harm was done.
    pub harm: String,
    /// What was learnt.
    pub lessons: Vec<String>,
    /// What should not be concluded from it.
    pub caveat: Option<String>,
    /// Whether the score is capped while it is not interrupted.
    pub priority: bool,
    /// How it ends in each world.
    pub word: Worlds<&'static str>,
    /// The sum of strengths in each world; 100 is one full layer.
    pub layers: Worlds<u32>,
    /// The id of the step at which it breaks, in each world.
    pub broken_at: Worlds<Option<String>>,
    /// The id of the step at which it would have been noticed, in each world.
    pub detected_at: Worlds<Option<String>>,
    /// How it ends, in one or two sentences.
    pub sentence: String,
    /// Its steps.
    pub steps: Vec<Step>,
    /// The cheapest single change that would interrupt it, when it is open or hindered and there is one.
    pub cheapest: Option<QuestionRef>,
    /// Whether each step is shown with its measures; otherwise a strip is enough.
    pub in_full: bool,
    /// Whether it is also told what happened and what was learnt.
    pub told: bool,
    /// Web addresses of the sources.
    pub sources: Vec<String>,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// Its id.
    pub id: String,
    /// Its place, from 1.
    pub number: usize,
    /// What happened.
    pub title: String,
    /// How it stands, taking answers at their word.
    pub state: StepState,
    /// Whether the path is already broken before this step.
    pub after_break: bool,
    /// Its strength in each world, 0 to 100.
    pub strength: Worlds<u8>,
    /// reported, alleged or inferred.
    pub confidence: &'static str,
    /// The measures that give it its strength.
    pub by: Vec<StepMeasure>,
    /// The best measure that is missing or incomplete.
    pub missing: Option<StepMeasure>,
    /// Techniques by id and name.
    pub techniques: Vec<Technique>,
}

/// How a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepState {
    /// The path ends here.
    Stopped,
    /// Harder, not impossible.
    Hindered,
    /// Nothing in the way.
    Open,
    /// Something that it needs is not there.
    Impossible,
}

impl StepState {
    /// What people read, as a phrase.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Stopped => phrase("Stopped"),
            Self::Hindered => phrase("Hindered"),
            Self::Open => phrase("Open"),
            Self::Impossible => phrase("Impossible here"),
        }
    }
}

/// A measure in the way of a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StepMeasure {
    /// The control's title.
    pub title: String,
    /// The strength it gives, 0 to 100.
    pub strength: u8,
    /// stops, hinders or slight.
    pub effect: &'static str,
    /// The questions that decide its credit.
    pub questions: Vec<QuestionRef>,
}

/// An ATT&CK technique.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Technique {
    /// `T1110.003`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Where the incident gives an identifier that it had before: `formerly T1656`.
    pub formerly: Option<String>,
}

impl Technique {
    /// A technique by its identifier, also by one that it had before.
    pub(super) fn new(frameworks: &[model::Framework], id: &model::ItemId, words: &Words) -> Self {
        let attack = frameworks.iter().find(|framework| framework.lists_techniques());
        let Some((item, alias)) = attack.and_then(|attack| attack.find(id)) else {
            return Self { id: id.to_string(), name: String::new(), formerly: None };
        };
        let formerly = alias.map(|alias| {
            let how = if alias.certain { phrase("formerly {id}") } else { phrase("probably formerly {id}") };
            words.fill(how, &[("id", &alias.old)])
        });
        Self { id: item.id.to_string(), name: item.title.clone(), formerly }
    }

    /// Identifier, name and former identifier: `T1684.001 Impersonation (formerly T1656)`.
    pub fn in_words(&self) -> String {
        let formerly = self.formerly.as_ref().map(|formerly| format!("({formerly})"));
        [Some(&self.id), Some(&self.name).filter(|name| !name.is_empty()), formerly.as_ref()]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(" ")
    }
}

impl Incidents {
    pub(super) fn new(input: &Input, numbers: &Numbers) -> Self {
        let results = input.incidents.iter().zip(&input.evaluation.scores.incidents);
        let notes = |wanted: &IncidentResult| {
            let chosen = results.clone().filter(|(_, result)| *result == wanted);
            chosen.map(|(incident, _)| IncidentNote::new(input, incident)).collect()
        };
        let mut replays: Vec<(&model::Incident, &Replay)> = results
            .clone()
            .filter_map(|(incident, result)| result.replay().map(|replay| (incident, replay)))
            .collect();
        replays.sort_by_key(|(incident, replay)| {
            let outcome = replay.outcome.stated;
            (outcome.word, !incident.priority, outcome.layers, incident.id.clone())
        });
        let count = |word| replays.iter().filter(|(_, replay)| replay.outcome.stated.word == word).count();
        Self {
            counts: WordCounts {
                open: count(Word::Open),
                hindered: count(Word::Hindered),
                interrupted: count(Word::Interrupted),
                layered: count(Word::Layered),
            },
            do_not_apply: notes(&IncidentResult::DoesNotApply),
            not_assessed: notes(&IncidentResult::NotAssessed),
            replayed: replays
                .iter()
                .enumerate()
                .map(|(place, (incident, replay))| {
                    Incident::new(input, numbers, incident, replay, place < TOLD_IN_FULL)
                })
                .collect(),
        }
    }

    /// All of them, replayed or not.
    pub fn total(&self) -> usize {
        self.replayed.len() + self.do_not_apply.len() + self.not_assessed.len()
    }
}

impl Incident {
    fn new(
        input: &Input,
        numbers: &Numbers,
        incident: &model::Incident,
        replay: &Replay,
        early: bool,
    ) -> Self {
        let step_id = |place: usize| incident.steps.get(place).map(|step| step.id.to_string());
        let outcome = replay.outcome;
        let broken = outcome.stated.broken_at;
        let results = incident.steps.iter().zip(&replay.steps).enumerate();
        Self {
            id: incident.id.to_string(),
            title: incident.title.clone(),
            when: incident.when.clone(),
            actor: incident.actor.clone(),
            attribution: attribution(&incident.attribution, input.words),
            summary: incident.summary.clone(),
            harm: incident.harm.clone(),
            lessons: incident.lessons.clone(),
            caveat: incident.caveat.clone(),
            priority: incident.priority,
            word: outcome.map(|outcome| label::word(outcome.word)),
            layers: outcome.map(|outcome| outcome.layers),
            broken_at: outcome.map(|outcome| outcome.broken_at.and_then(step_id)),
            detected_at: outcome.map(|outcome| outcome.detected_at.and_then(step_id)),
            sentence: Told { steps: &incident.steps, replay, words: input.words }.sentence(),
            steps: results
                .map(|(place, (step, result))| {
                    Step::new(
                        input,
                        numbers,
                        place,
                        step,
                        result,
                        broken.is_some_and(|broken| broken < place),
                    )
                })
                .collect(),
            cheapest: replay.cheapest.map(|place| numbers.at(place)),
            in_full: early || !outcome.stated.word.is_interrupted(),
            told: early,
            sources: incident.sources.clone(),
        }
    }
}

impl Step {
    fn new(
        input: &Input,
        numbers: &Numbers,
        place: usize,
        step: &model::Step,
        result: &StepResult,
        after_break: bool,
    ) -> Self {
        let measure = |measured: &crate::scoring::Measured| -> Option<StepMeasure> {
            let prevention = step.prevent.get(measured.prevention)?;
            let control = input.controls.iter().find(|control| control.id == prevention.control);
            Some(StepMeasure {
                title: control
                    .map_or_else(|| prevention.control.to_string(), |control| control.title.clone()),
                strength: measured.strength,
                effect: prevention.effect.as_str(),
                questions: measured.questions.iter().map(|place| numbers.at(*place)).collect(),
            })
        };
        Self {
            id: step.id.to_string(),
            number: place + 1,
            title: step.title.clone(),
            state: state(result),
            after_break,
            strength: result.strength,
            confidence: step.confidence.as_str(),
            by: result.by.iter().filter_map(measure).collect(),
            missing: result.missing.as_ref().and_then(measure),
            techniques: step
                .techniques
                .iter()
                .map(|id| Technique::new(input.frameworks, id, input.words))
                .collect(),
        }
    }
}

fn state(result: &StepResult) -> StepState {
    match result.strength.stated {
        _ if result.impossible => StepState::Impossible,
        100.. => StepState::Stopped,
        1..100 => StepState::Hindered,
        0 => StepState::Open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ItemId;

    #[test]
    fn a_technique_that_was_renumbered_is_shown_with_both_identifiers() {
        let id = |text: &str| ItemId::parse(text).unwrap();
        let technique = |formerly: Option<&str>| Technique {
            id: "T1684.001".to_owned(),
            name: "Impersonation".to_owned(),
            formerly: formerly.map(str::to_owned),
        };
        assert_eq!(technique(None).in_words(), "T1684.001 Impersonation");
        assert_eq!(technique(Some("formerly T1656")).in_words(), "T1684.001 Impersonation (formerly T1656)");
        assert_eq!(Technique::new(&[], &id("T9"), Words::ENGLISH).in_words(), "T9");
    }
}
