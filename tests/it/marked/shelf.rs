//! The shipped files and the samples with every text changed, and the reports and booklets that they make.

use std::fs;

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
use toml_edit::{DocumentMut, Item, Table, Value};

use super::Change;
use crate::runner::{names, questionnaires, repository, samples};

/// What people read of a file; the rest are ids, dates, numbers and addresses.
const TEXTS: [&str; 35] = [
    "actor",
    "approved_by",
    "ask",
    "assessor",
    "audience",
    "by",
    "caveat",
    "comment",
    "evidence_where",
    "find_out",
    "fix",
    "fix_more",
    "grounds",
    "harm",
    "help",
    "label",
    "lessons",
    "licence",
    "marking",
    "name",
    "note",
    "owner",
    "partly",
    "phone",
    "proof",
    "provided_by",
    "publisher",
    "reason",
    "summary",
    "title",
    "version",
    "victim",
    "weight_reason",
    "when",
    "why",
];

/// What samples are judged by.
pub struct Shelf {
    catalog: Catalog,
    incidents: Vec<Incident>,
    controls: Vec<Control>,
    frameworks: Vec<Framework>,
    services: Services,
    words: &'static Words,
    change: Change,
}

/// A sample, scored.
struct Scored<'a> {
    shelf: &'a Shelf,
    questionnaire: Questionnaire,
    assessment: Assessment,
    scheme: Scheme,
    evaluation: Evaluation,
}

/// A file of this repository with its texts changed.
fn file(path: &str, change: Change) -> Source {
    let mut document: DocumentMut = fs::read_to_string(repository(path)).unwrap().parse().unwrap();
    changed("", document.as_item_mut(), change);
    Source::new(path, document.to_string())
}

fn changed(key: &str, item: &mut Item, change: Change) {
    match item {
        Item::Value(value) => value_changed(key, value, change),
        Item::Table(table) => table.iter_mut().for_each(|(key, item)| changed(&key, item, change)),
        Item::ArrayOfTables(tables) => {
            let items = tables.iter_mut().flat_map(Table::iter_mut);
            items.for_each(|(key, item)| changed(&key, item, change));
        }
        Item::None => {}
    }
}

fn value_changed(key: &str, value: &mut Value, change: Change) {
    match value {
        Value::String(text) if TEXTS.contains(&key) => *value = Value::from(change(text.value())),
        Value::Array(values) => values.iter_mut().for_each(|value| value_changed(key, value, change)),
        Value::InlineTable(table) => {
            table.iter_mut().for_each(|(key, value)| value_changed(&key, value, change));
        }
        _ => {}
    }
}

fn files(folder: &str, change: Change) -> Vec<Source> {
    let names = names(&repository("questionnaires").join(folder));
    names.iter().map(|name| file(&format!("questionnaires/{folder}/{name}"), change)).collect()
}

impl Shelf {
    /// The shipped files with their texts changed, for reports in a language.
    pub fn new(words: &'static Words, change: Change) -> Self {
        let questionnaires = questionnaires().into_iter();
        let catalog = Catalog::shipped()
            .with_questionnaires(questionnaires.map(|id| file(&format!("questionnaires/{id}.toml"), change)))
            .with_controls(file("questionnaires/controls.toml", change))
            .with_frameworks(files("frameworks", change))
            .with_incidents(files("incidents", change));
        let mut services = catalog.services().0.unwrap();
        for service in &mut services.services {
            let phone = service.phone.iter_mut();
            phone.chain([&mut service.title, &mut service.what]).for_each(|text| *text = change(text));
        }
        Self {
            incidents: catalog.incidents().0,
            controls: catalog.controls().0.unwrap(),
            frameworks: catalog.frameworks().0,
            services,
            catalog,
            words,
            change,
        }
    }

    fn questionnaire(&self, id: &QuestionnaireId) -> Questionnaire {
        let (questionnaire, problems) = self.catalog.questionnaire(id).unwrap();
        questionnaire.unwrap_or_else(|| panic!("{problems:?}"))
    }

    fn sample(&self, name: &str) -> Scored<'_> {
        let source = file(&format!("examples/{name}.toml"), self.change);
        let document = Document::parse(&source);
        let questionnaire = self.questionnaire(&assessment::head(&document).unwrap().questionnaire);
        let assessment = assessment::read(&document, &questionnaire).0.unwrap();
        self.scored(questionnaire, assessment)
    }

    fn scored(&self, questionnaire: Questionnaire, assessment: Assessment) -> Scored<'_> {
        let scheme = Scheme::new(&questionnaire, &self.incidents);
        let evaluation = scheme.evaluate(&assessment);
        Scored { shelf: self, questionnaire, assessment, scheme, evaluation }
    }

    /// The reports of every sample for every audience: by itself years later, and with what moved since an earlier
    /// assessment, which is an empty one, another sample, or one that was better than this.
    pub fn reports(&self) -> Vec<Report> {
        let may = self.sample("party-hq-may");
        let reports = samples().into_iter().zip((0..3).cycle()).flat_map(|(name, turn)| {
            let scored = self.sample(&name);
            let (blank, plan) = (scored.unanswered(), scored.plan());
            let [now, later] = ["2026-01-01", "2029-01-01"].map(|day| scored.input(day));
            let [blank, may] = [&blank, &may].map(|other| other.input("2026-01-01"));
            let (old, new) = [(&blank, &now), (&may, &now), (&now, &blank)][turn];
            let since = Some(Movement::new(old, new, Some(&plan)));
            [Report::new(&later), Report { since, ..Report::new(new) }]
        });
        let for_all = |report: Report| Audience::ALL.map(|audience| report.clone().for_audience(audience));
        reports.flat_map(for_all).collect()
    }

    /// Every questionnaire for reading.
    pub fn booklets(&self) -> Vec<Booklet> {
        let ids = questionnaires().into_iter().map(|id| QuestionnaireId::parse(&id).unwrap());
        ids.map(|id| Booklet::new(&self.questionnaire(&id), &self.incidents, "1.0.0", self.words)).collect()
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
            tool_version: "1.0.0",
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
