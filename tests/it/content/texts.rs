//! Every text that people read, with its place.

use std::fmt::Display;

use safeseat::model::{Incident, Kind, Question, Questionnaire, Service};

use super::Content;

/// A text of the content.
pub struct Text {
    /// The file or entry, and the key: `political-organisation acc.mfa-email fix`.
    pub place: String,
    /// The key alone.
    pub key: &'static str,
    /// What it says.
    pub words: String,
}

/// Collects the texts of one entry.
struct Entry {
    place: String,
    texts: Vec<Text>,
}

impl Entry {
    fn new(place: impl Display) -> Self {
        Self { place: place.to_string(), texts: Vec::new() }
    }

    fn add(&mut self, key: &'static str, words: &str) {
        if !words.is_empty() {
            self.texts.push(Text { place: format!("{} {key}", self.place), key, words: words.to_owned() });
        }
    }
}

/// The texts of everything that is shipped. Questions that a questionnaire takes over from its base come only once.
pub fn all(content: &Content) -> Vec<Text> {
    let mut texts: Vec<Text> = content.questionnaires.iter().flat_map(of_frame).collect();
    let mut seen: Vec<&Question> = Vec::new();
    for questionnaire in &content.questionnaires {
        for question in questionnaire.questions() {
            if !seen.contains(&question) {
                seen.push(question);
                texts.extend(of_question(question));
            }
        }
    }
    texts.extend(content.incidents.iter().flat_map(of_incident));
    texts.extend(content.services.iter().flat_map(of_service));
    for control in &content.controls {
        let mut entry = Entry::new(format!("control {}", control.id));
        entry.add("title", &control.title);
        entry.add("summary", &control.summary);
        texts.extend(entry.texts);
    }
    texts
}

/// The texts of a questionnaire around its questions.
fn of_frame(questionnaire: &Questionnaire) -> Vec<Text> {
    let header = questionnaire.header();
    let mut entry = Entry::new(&header.id);
    entry.add("title", &header.title);
    entry.add("summary", &header.summary);
    entry.add("audience", &header.audience);
    for fact in questionnaire.facts() {
        entry.add("fact ask", &fact.ask);
        entry.add("fact help", fact.help.as_deref().unwrap_or_default());
    }
    for area in questionnaire.areas() {
        entry.add("area title", &area.title);
        entry.add("area summary", &area.summary);
    }
    for gate in questionnaire.gates() {
        entry.add("gate title", &gate.title);
        entry.add("gate grounds", &gate.grounds);
    }
    entry.texts
}

/// The texts of a question.
pub fn of_question(question: &Question) -> Vec<Text> {
    let mut entry = Entry::new(&question.id);
    entry.add("title", &question.title);
    entry.add("weight_reason", &question.weight_reason);
    entry.add("ask", &question.ask);
    entry.add("help", question.help.as_deref().unwrap_or_default());
    entry.add("why", &question.why);
    entry.add("fix", &question.fix);
    entry.add("fix_more", question.fix_more.as_deref().unwrap_or_default());
    entry.add("find_out", question.find_out.as_deref().unwrap_or_default());
    entry.add("proof", &question.proof);
    match &question.kind {
        Kind::Levels(levels) => levels.iter().for_each(|level| entry.add("label", &level.label)),
        Kind::TickAll(choices) => choices.iter().for_each(|choice| entry.add("label", &choice.label)),
        Kind::YesNo { partly, .. } => entry.add("label", partly),
        Kind::Percentage(_) | Kind::LastDone(_) => {}
    }
    entry.texts
}

fn of_incident(incident: &Incident) -> Vec<Text> {
    let mut entry = Entry::new(format!("incident {}", incident.id));
    entry.add("title", &incident.title);
    entry.add("when", &incident.when);
    entry.add("victim", &incident.victim);
    entry.add("actor", &incident.actor);
    entry.add("by", incident.attribution.by.as_deref().unwrap_or_default());
    entry.add("summary", &incident.summary);
    entry.add("harm", &incident.harm);
    incident.lessons.iter().for_each(|lesson| entry.add("lesson", lesson));
    entry.add("caveat", incident.caveat.as_deref().unwrap_or_default());
    incident.steps.iter().for_each(|step| entry.add("step", &step.title));
    entry.texts
}

fn of_service(service: &Service) -> Vec<Text> {
    let mut entry = Entry::new(format!("service {}", service.id));
    entry.add("title", &service.title);
    entry.add("what", &service.what);
    entry.texts
}
