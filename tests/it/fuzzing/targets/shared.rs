//! What the targets share: content to try things with, and what must hold of problems, scores and reports.

use std::sync::LazyLock;

use safeseat::catalog::{Catalog, Companions};
use safeseat::format::{self, Document, assessment, skeleton};
use safeseat::interview::Interview;
use safeseat::model::{
    Assessment, CarriedOver, Control, Date, Framework, Incident, Points, Questionnaire, QuestionnaireId,
    Services,
};
use safeseat::problem::{Place, Problems, Source};
use safeseat::render::own::Templates;
use safeseat::render::screen::Look;
use safeseat::render::{json, problems as drawn, terminal};
use safeseat::report::{Input, Report};
use safeseat::scoring::{Scheme, Scores};
use safeseat::text::Words;

macro_rules! fixture {
    ($name:literal) => {
        Source::new($name, include_str!(concat!("../../../fixtures/whole/", $name)))
    };
}

/// A questionnaire with everything that belongs to it.
pub struct Content {
    pub questionnaire: Questionnaire,
    pub incidents: Vec<Incident>,
    pub scheme: Scheme,
    controls: Vec<Control>,
    frameworks: Vec<Framework>,
    services: Services,
}

/// The questionnaire of `tests/fixtures/whole/`, which has every key that there is.
pub static WHOLE: LazyLock<Content> = LazyLock::new(|| {
    let catalog = whole_catalog();
    let questionnaire = shipped(&catalog, "whole");
    Content::new(questionnaire, catalog.incidents().0, &catalog)
});

/// The large questionnaire of the examples.
static LARGE: LazyLock<Content> = LazyLock::new(|| {
    let catalog = Catalog::shipped();
    Content::new(shipped(&catalog, "political-organisation"), catalog.incidents().0, &catalog)
});

/// The answers of `tests/fixtures/whole/`.
pub static ANSWERS: LazyLock<Assessment> = LazyLock::new(|| {
    let source = fixture!("answers.toml");
    assessment::read(&Document::parse(&source), &WHOLE.questionnaire).0.expect("a sound fixture")
});

/// The content of `tests/fixtures/whole/` in front of what is shipped.
pub fn whole_catalog() -> Catalog {
    Catalog::shipped().with_questionnaires([fixture!("whole.toml")]).with(Companions {
        controls: Some(fixture!("controls.toml")),
        sources: Some(fixture!("sources.toml")),
        frameworks: Some(vec![fixture!("frameworks/own.toml"), fixture!("frameworks/attack.toml")]),
        incidents: Some(vec![fixture!("incidents/burglary.toml"), fixture!("incidents/piracy.toml")]),
    })
}

fn shipped(catalog: &Catalog, id: &str) -> Questionnaire {
    let id = QuestionnaireId::parse(id).expect("an id");
    catalog.questionnaire(&id).and_then(|outcome| outcome.0).expect("a sound questionnaire")
}

impl Content {
    /// With the companions of a catalogue.
    pub fn new(questionnaire: Questionnaire, incidents: Vec<Incident>, catalog: &Catalog) -> Self {
        let scheme = Scheme::new(&questionnaire, &incidents);
        let (controls, frameworks) = (catalog.controls().0.unwrap_or_default(), catalog.frameworks().0);
        let services = catalog.services().0.expect("sound services");
        Self { questionnaire, incidents, scheme, controls, frameworks, services }
    }

    /// The content that answers name: the large questionnaire, or else the small one that has everything.
    pub fn of(answers: &Document<'_>) -> &'static Self {
        let head = assessment::head(answers);
        let large = head.is_some_and(|head| head.questionnaire.as_str() == "political-organisation");
        if large { &LARGE } else { &WHOLE }
    }

    /// A report on answers.
    pub fn report(&self, assessment: &Assessment) -> Report {
        let evaluation = self.scheme.evaluate(assessment);
        Report::new(&Input {
            questionnaire: &self.questionnaire,
            questionnaire_sha256: "",
            assessment,
            answers_sha256: "",
            today: assessment.date,
            scheme: &self.scheme,
            evaluation: &evaluation,
            incidents: &self.incidents,
            controls: &self.controls,
            frameworks: &self.frameworks,
            services: &self.services,
            tool_version: "0",
            words: Words::ENGLISH,
        })
    }

    /// Whether reports on it are made in an instant.
    pub fn is_small(&self) -> bool {
        self.questionnaire.questions().len() < 30
    }
}

/// A day to be today.
pub fn today() -> Date {
    Date::new(2026, 11, 23).expect("a date")
}

/// A new answers file of the questionnaire that has everything, and the interview about it.
pub fn beginning(on: Date) -> (String, Interview) {
    let questionnaire = &WHOLE.questionnaire;
    let facts = questionnaire.asked_facts(&WHOLE.incidents);
    let text = skeleton::answers(questionnaire, &facts, "Northmoor", today());
    let mut blank = Interview::blank(questionnaire, today());
    "Northmoor".clone_into(&mut blank.organisation.name);
    let carried = CarriedOver::default();
    (text, Interview::new(questionnaire.clone(), &WHOLE.incidents, blank, carried, on))
}

/// Bytes as a text, when the program would take them for one.
pub fn text(data: &[u8]) -> Option<Source> {
    match format::decode("input.toml", data.to_vec()) {
        Ok(source) => Some(source),
        Err(problems) => {
            sound(&problems);
            None
        }
    }
}

/// Every place lies in its file between two characters, and the problems can be drawn without steering a terminal.
pub fn sound(problems: &Problems) {
    for problem in problems.iter() {
        assert!(!problem.message.is_empty());
        inside(problems, &problem.place);
        problem.labels.iter().for_each(|label| inside(problems, &label.place));
        problem.suggestion.iter().for_each(|suggestion| inside(problems, &suggestion.place));
    }
    for (columns, unicode) in [(80, true), (40, false)] {
        harmless(&drawn::draw(problems, Look::new(columns, unicode)));
    }
}

fn inside(problems: &Problems, place: &Place) {
    let text = problems.source(place).expect("the source of a place").text();
    assert!(text.get(place.start..place.end).is_some(), "{}..{} of {}", place.start, place.end, text.len());
}

/// Nothing in a text moves the cursor, rings or reorders; colours are ours.
pub fn harmless(text: &str) {
    let steers = |c: char| {
        (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let mut rest = text;
    while let Some(at) = rest.find(steers) {
        let colour = rest[at..].strip_prefix("\u{1b}[").and_then(|rest| rest.split_once('m'));
        let codes_alone = |codes: &str| codes.chars().all(|c| c.is_ascii_digit() || c == ';');
        match colour {
            Some((codes, after)) if codes_alone(codes) => rest = after,
            _ => panic!("{:?} steers a terminal", &rest[at..].chars().next()),
        }
    }
}

/// Answers can be scored: what is proven is at most what is shown, stated and possible.
pub fn scored(content: &Content, assessment: &Assessment) {
    let evaluation = content.scheme.evaluate(assessment);
    in_order(&evaluation.scores);
    for action in &evaluation.roadmap {
        assert!(action.question < content.questionnaire.questions().len());
    }
}

fn in_order(scores: &Scores) {
    let Scores { score, headline, .. } = scores;
    match (score.proven, *headline, score.stated, score.possible) {
        (Some(proven), Some(headline), Some(stated), Some(possible)) => {
            assert!(
                proven <= headline && headline <= stated && stated <= possible && possible <= Points::FULL
            );
        }
        // Only the proven world can have a score alone: of what is declared not applicable without support.
        (_, headline, stated, possible) => assert_eq!([headline, stated, possible], [None; 3]),
    }
}

/// A report says something harmless on a page and in a terminal.
pub fn reported(report: &Report) {
    if let Err(problems) = Templates::new([], Words::ENGLISH).expect("no templates").page(report) {
        panic!("{}", drawn::draw(&problems, Look::new(100, true)));
    }
    harmless(&terminal::report(report, Look::new(80, true)));
    let text = json::report(report).expect("a report is JSON");
    assert!(!text.is_empty());
}
