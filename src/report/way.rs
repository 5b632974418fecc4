//! What would interrupt one recorded incident.

use super::schedule::hours;
use super::{Input, Numbers};
use crate::model::{ControlId, Effect, Points};
use crate::scoring::IncidentResult;
use crate::text::and_list;

/// What would interrupt one recorded incident, and how to say so.
pub(super) struct Way {
    /// In sentences.
    pub(super) words: Vec<String>,
    /// The questions to raise, by their places.
    pub(super) questions: Vec<usize>,
    /// Whether it takes all of them; otherwise one is enough.
    pub(super) takes_all: bool,
}

/// All that is missing for one step to be stopped.
struct Stop {
    /// The step, by its place.
    step: usize,
    /// The questions to raise, by their places; at least one.
    questions: Vec<usize>,
}

impl Way {
    fn none(words: String) -> Self {
        Self { words: vec![words], questions: Vec::new(), takes_all: false }
    }

    /// What would interrupt an incident, by its place.
    pub(super) fn new(input: &Input, numbers: &Numbers, incident: usize) -> Self {
        let title = input.incidents.get(incident).map(|incident| incident.title.as_str()).unwrap_or_default();
        let replay = match input.evaluation.scores.incidents.get(incident) {
            Some(IncidentResult::Replayed(replay)) => replay,
            Some(IncidentResult::NotAssessed) => {
                let words = "is not replayed: the questions do not cover all that could stop it.";
                return Self::none(format!("“{title}” {words}"));
            }
            Some(IncidentResult::DoesNotApply) | None => {
                return Self::none(format!(
                    "“{title}” does not apply: it needs something that you do not have."
                ));
            }
        };
        if replay.outcome.stated.word.is_interrupted() {
            return Self::none(format!("With these answers “{title}” is interrupted already."));
        }
        let stops = stops(input, incident);
        let single: Vec<&Stop> = stops.iter().filter(|stop| stop.questions.len() == 1).collect();
        let chosen = if single.is_empty() {
            stops.iter().min_by_key(|stop| (work(input, stop), stop.questions.len())).into_iter().collect()
        } else {
            single
        };
        let takes_all = chosen.iter().any(|stop| stop.questions.len() > 1);
        let enough = match chosen.len() {
            0 => {
                return Self::none(format!(
                    "No action that this questionnaire knows would interrupt “{title}”."
                ));
            }
            1 if takes_all => "no single action is enough. The least work is to do all of these.",
            1 => "this action alone is enough.",
            _ => "one of these actions is enough.",
        };
        let mut words = vec![format!("To interrupt “{title}”: {enough}")];
        words.extend(chosen.iter().map(|stop| stop.in_words(input, numbers, incident)));
        let mut questions: Vec<usize> = chosen.iter().flat_map(|stop| stop.questions.clone()).collect();
        questions.sort_unstable();
        questions.dedup();
        Self { words, questions, takes_all }
    }
}

impl Stop {
    fn in_words(&self, input: &Input, numbers: &Numbers, incident: usize) -> String {
        let which: Vec<String> = self.questions.iter().map(|place| numbers.at(*place).number).collect();
        let step = input.incidents.get(incident).and_then(|incident| incident.steps.get(self.step));
        let title = step.map(|step| step.title.as_str()).unwrap_or_default();
        let (noun, verb) = if which.len() == 1 { ("Question", "ends") } else { ("Questions", "end") };
        format!("{noun} {} {verb} it at step {}, “{title}”.", and_list(&which), self.step + 1)
    }
}

/// For each control that would stop a step: what it lacks. Each set of questions once, at the first step it stops.
fn stops(input: &Input, incident: usize) -> Vec<Stop> {
    let Some(incident) = input.incidents.get(incident) else { return Vec::new() };
    let mut stops: Vec<Stop> = Vec::new();
    for (step, told) in incident.steps.iter().enumerate() {
        let stopping = told.prevent.iter().filter(|prevention| prevention.effect == Effect::Stops);
        for questions in stopping.map(|prevention| missing(input, &prevention.control)) {
            if !questions.is_empty() && stops.iter().all(|stop| stop.questions != questions) {
                stops.push(Stop { step, questions });
            }
        }
    }
    stops
}

/// The counted questions that measure a control and do not have full credit: it stops a step when there are none.
fn missing(input: &Input, control: &ControlId) -> Vec<usize> {
    let results = input.evaluation.scores.questions.iter();
    let questions = input.questionnaire.questions().iter().zip(results).enumerate();
    let measuring = questions.filter(|(_, (question, _))| question.controls.contains(control));
    measuring
        .filter(|(_, (_, result))| result.credit.stated.is_some_and(|credit| credit < Points::FULL))
        .map(|(place, _)| place)
        .collect()
}

/// The hours that it takes.
fn work(input: &Input, stop: &Stop) -> u32 {
    let questions = stop.questions.iter().filter_map(|place| input.questionnaire.questions().get(*place));
    questions.map(|question| hours(question.effort)).sum()
}
