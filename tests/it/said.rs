//! What reports and questionnaires say is said in the language of the report, or comes from a file.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use safeseat::catalog::Catalog;
use safeseat::format::{Document, assessment};
use safeseat::model::{
    Assessment, Control, Date, Framework, Incident, PlannedAction, Questionnaire, QuestionnaireId, Services,
    WorkPlan, WorkStatus,
};
use safeseat::problem::Source;
use safeseat::report::{Audience, Booklet, Input, Movement, Report};
use safeseat::scoring::{Evaluation, Scheme};
use safeseat::text::Words;
use serde_json::Value;

use crate::runner::{questionnaires, repository, samples};

/// Words for machines: never shown as they are.
const FOR_MACHINES: [&str; 23] = [
    "anchor",
    "answer",
    "audience",
    "broken_at",
    "cap_gate",
    "cap_incident",
    "changes",
    "detected_at",
    "id",
    "iso",
    "kind",
    "language",
    "prefix",
    "references",
    "role",
    "seen",
    "sources",
    "stability",
    "standing",
    "state",
    "status",
    "tool",
    "turn",
];

/// Words for machines that are phrases too, so that they are said where they are shown.
const PHRASES: [&str; 10] =
    ["confidence", "cost", "effect", "effort", "evidence", "level", "new", "old", "severity", "written"];

/// A language in which every phrase stands between « and », and the values in it outside of them.
fn pretend() -> &'static Words {
    let english = fs::read_to_string(repository("templates/strings/en-GB.toml")).unwrap();
    let english: toml::Table = toml::from_str(&english).unwrap();
    let phrases = english["phrases"].as_table().unwrap().keys();
    let phrases = phrases.map(|phrase| (phrase.clone(), marked(phrase)));
    let forms = |noun: &str| BTreeMap::from([("other".to_owned(), marked(&format!("{{n}} {noun}")))]);
    let counts = english["counts"].as_table().unwrap().keys();
    let counts = counts.map(|noun| (noun.clone(), forms(noun)));
    Box::leak(Box::new(Words::new("xx".to_owned(), phrases.collect(), counts.collect())))
}

fn marked(phrase: &str) -> String {
    let mut pieces = phrase.split('{');
    let mut marked = format!("«{}»", pieces.next().unwrap_or_default());
    for piece in pieces {
        let (name, own) = piece.split_once('}').unwrap();
        marked.extend(["{", name, "}«", own, "»"]);
    }
    marked
}

/// Every text of the shipped files and the samples.
struct Files(BTreeSet<String>);

impl Files {
    fn read() -> Self {
        let mut files = Self(BTreeSet::new());
        for folder in ["questionnaires", "examples"] {
            files.folder(&repository(folder));
        }
        files
    }

    fn folder(&mut self, folder: &Path) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                self.folder(&path);
            } else if path.extension().is_some_and(|ending| ending == "toml") {
                let text = fs::read_to_string(path).unwrap();
                self.take(&toml::from_str(&text).unwrap());
            }
        }
    }

    fn take(&mut self, value: &toml::Value) {
        match value {
            toml::Value::String(text) => {
                self.0.insert(text.to_lowercase());
            }
            toml::Value::Array(values) => values.iter().for_each(|value| self.take(value)),
            toml::Value::Table(table) => {
                table.iter().for_each(|(_, value)| self.take(value));
                let [title, version] =
                    ["title", "version"].map(|key| table.get(key).and_then(|v| v.as_str()));
                self.0.extend(title.zip(version).map(|(a, b)| format!("{a} {b}").to_lowercase()));
            }
            _ => {}
        }
    }

    /// Whether a text is one of a file, or long enough to be no accident as a part of one, or several of them.
    fn say(&self, text: &str) -> bool {
        let text = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let is_number = !text.contains(|c: char| c.is_alphabetic());
        let ends = ["", ".", "?", ")"];
        let is_whole = || ends.iter().any(|end| self.0.contains(&format!("{text}{end}")));
        let is_part = || text.len() > 11 && self.0.iter().any(|known| known.contains(&text));
        is_number
            || is_whole()
            || is_part()
            || [" → ", "; ", ": ", ", "].iter().any(|between| {
                let mut parts = text.match_indices(between).map(|(at, _)| text.split_at(at));
                parts.any(|(one, other)| self.say(one) && self.say(other))
            })
    }
}

/// The texts that are neither said in the language nor from a file.
struct Missed<'a> {
    files: &'a Files,
    words: &'a Words,
    /// What has been looked at.
    seen: BTreeSet<String>,
    found: BTreeSet<String>,
}

impl<'a> Missed<'a> {
    fn new(files: &'a Files, words: &'a Words) -> Self {
        Self { files, words, seen: BTreeSet::new(), found: BTreeSet::new() }
    }

    fn look(&mut self, key: &str, value: &Value) {
        match value {
            Value::Object(_) if FOR_MACHINES.contains(&key) => {}
            Value::Object(fields) if key == "word" => fields.values().for_each(|word| self.phrase(key, word)),
            Value::Object(fields) => fields.iter().for_each(|(key, value)| self.look(key, value)),
            Value::Array(values) => values.iter().for_each(|value| self.look(key, value)),
            Value::String(_) if PHRASES.contains(&key) => self.phrase(key, value),
            Value::String(text) if !FOR_MACHINES.contains(&key) => self.text(key, text),
            _ => {}
        }
    }

    fn report(&mut self, report: &Report) {
        self.look("report", &serde_json::to_value(report).unwrap());
        let steps = report.incidents.replayed.iter().flat_map(|incident| &incident.steps);
        let states = steps.map(|step| step.state.in_words());
        let items = report.frameworks.iter().flat_map(|framework| &framework.items);
        for phrase in states.chain(items.map(|item| item.status.in_words())) {
            self.phrase("in words", &phrase.into());
        }
        report.actions.iter().for_each(|action| self.text("first step", &action.first_step()));
    }

    fn phrase(&mut self, key: &str, value: &Value) {
        let phrase = value.as_str().unwrap();
        if self.words.say(phrase) == phrase {
            self.found.insert(format!("{key}: {phrase}"));
        }
    }

    fn text(&mut self, key: &str, text: &str) {
        let outside = text.split('«').map(|piece| piece.split_once('»').map_or(piece, |(_, after)| after));
        for piece in outside {
            if self.seen.insert(piece.to_owned()) && !self.files.say(piece) {
                self.found.insert(format!("{key}: {text}"));
            }
        }
    }
}

/// What samples are judged by.
struct Shelf {
    incidents: Vec<Incident>,
    controls: Vec<Control>,
    frameworks: Vec<Framework>,
    services: Services,
    words: &'static Words,
}

/// A sample, scored.
struct Scored<'a> {
    shelf: &'a Shelf,
    questionnaire: Questionnaire,
    assessment: Assessment,
    scheme: Scheme,
    evaluation: Evaluation,
}

impl Shelf {
    fn new(words: &'static Words) -> Self {
        let catalog = Catalog::shipped();
        Self {
            incidents: catalog.incidents().0,
            controls: catalog.controls().0.unwrap(),
            frameworks: catalog.frameworks().0,
            services: catalog.services().0.unwrap(),
            words,
        }
    }

    fn sample(&self, name: &str) -> Scored<'_> {
        let text = fs::read_to_string(repository("examples").join(format!("{name}.toml"))).unwrap();
        let source = Source::new("sample", text);
        let document = Document::parse(&source);
        let id = assessment::head(&document).unwrap().questionnaire;
        let questionnaire = Catalog::shipped().questionnaire(&id).unwrap().0.unwrap();
        let assessment = assessment::read(&document, &questionnaire).0.unwrap();
        self.scored(questionnaire, assessment)
    }

    fn scored(&self, questionnaire: Questionnaire, assessment: Assessment) -> Scored<'_> {
        let scheme = Scheme::new(&questionnaire, &self.incidents);
        let evaluation = scheme.evaluate(&assessment);
        Scored { shelf: self, questionnaire, assessment, scheme, evaluation }
    }
}

impl Scored<'_> {
    /// The same organisation before it had answered anything.
    fn unanswered(&self) -> Self {
        let mut assessment = self.assessment.clone();
        assessment.answers.clear();
        self.shelf.scored(self.questionnaire.clone(), assessment)
    }

    fn input(&self, today: &str) -> Input<'_> {
        Input {
            questionnaire: &self.questionnaire,
            questionnaire_sha256: "",
            assessment: &self.assessment,
            answers_sha256: "",
            today: Date::parse(today).unwrap().max(self.assessment.date),
            scheme: &self.scheme,
            evaluation: &self.evaluation,
            incidents: &self.shelf.incidents,
            controls: &self.shelf.controls,
            frameworks: &self.shelf.frameworks,
            services: &self.shelf.services,
            tool_version: "",
            words: self.shelf.words,
        }
    }

    /// A plan that promised everything, every other action already done.
    fn plan(&self) -> WorkPlan {
        let due = Date::parse("2026-01-31").ok();
        let statuses = [WorkStatus::Done, WorkStatus::ToDo].into_iter().cycle();
        let actions = self.questionnaire.questions().iter().zip(statuses);
        let action = |status| PlannedAction { status, due, ..PlannedAction::default() };
        WorkPlan {
            questionnaire: self.questionnaire.header().id.clone(),
            organisation: String::new(),
            secret: None,
            actions: actions.map(|(question, status)| (question.id.clone(), action(status))).collect(),
        }
    }
}

#[test]
fn reports_say_nothing_past_their_language() {
    let (files, words) = (Files::read(), pretend());
    let mut missed = Missed::new(&files, words);
    let shelf = Shelf::new(words);
    let earlier = shelf.sample("party-hq-may");
    for name in samples() {
        let scored = shelf.sample(&name);
        let (blank, plan) = (scored.unanswered(), scored.plan());
        for (today, place) in ["2026-01-01", "2027-01-01", "2030-01-01"].into_iter().zip(0..) {
            let (now, then, before) = (scored.input(today), blank.input(today), earlier.input(today));
            let (old, new) = [(&then, &now), (&before, &now), (&now, &then)][place];
            let since = Some(Movement::new(old, new, Some(&plan)));
            let report = Report { since, ..Report::new(new) };
            for audience in Audience::ALL {
                missed.report(&report.clone().for_audience(audience));
            }
        }
    }
    assert!(missed.found.is_empty(), "{:#?}", missed.found);
}

#[test]
fn questionnaires_say_nothing_past_the_language_in_which_they_are_shown() {
    let (files, words) = (Files::read(), pretend());
    let mut missed = Missed::new(&files, words);
    for id in questionnaires() {
        let id = QuestionnaireId::parse(&id).unwrap();
        let questionnaire = Catalog::shipped().questionnaire(&id).unwrap().0.unwrap();
        let booklet = Booklet::new(&questionnaire, &Catalog::shipped().incidents().0, "", words);
        missed.look("booklet", &serde_json::to_value(&booklet).unwrap());
    }
    assert!(missed.found.is_empty(), "{:#?}", missed.found);
}
