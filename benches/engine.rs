//! What the pure parts cost: reading, scoring, deciding what to say, rendering. `cargo bench` runs it; docs/performance.md
//! has the figures.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use safeseat::catalog::Catalog;
use safeseat::format::{Document, assessment};
use safeseat::model::{
    Answer, Assessment, Given, Kind, Path, Placed, QuestionId, Questionnaire, QuestionnaireId,
    QuestionnaireParts, Value,
};
use safeseat::problem::Source;
use safeseat::render;
use safeseat::report::{Input, Report};
use safeseat::scoring::Scheme;
use toml::de::DeTable;

fn main() {
    divan::main();
}

const ANSWERS: &str = include_str!("../examples/party-hq-november.toml");
const FLAGSHIP: &str = include_str!("../questionnaires/political-organisation.toml");

fn flagship() -> Questionnaire {
    let id = QuestionnaireId::parse("political-organisation").expect("an id");
    Catalog::shipped().questionnaire(&id).and_then(|(questionnaire, _)| questionnaire).expect("shipped")
}

fn answers(questionnaire: &Questionnaire) -> Assessment {
    let source = Source::new("answers", ANSWERS);
    assessment::read(&Document::parse(&source), questionnaire).0.expect("a sample")
}

/// The flagship with its questions repeated under other names until there are so many, all answered as in the sample.
fn grown(questions: usize) -> (Questionnaire, Assessment) {
    let flagship = flagship();
    let mut assessment = answers(&flagship);
    let mut parts = QuestionnaireParts {
        header: flagship.header().clone(),
        facts: placed(flagship.facts()),
        areas: placed(flagship.areas()),
        gates: placed(flagship.gates()),
        questions: Vec::new(),
        unreadable: std::collections::BTreeSet::new(),
    };
    for place in 0..questions {
        let mut question = flagship.questions()[place % flagship.questions().len()].clone();
        let round = place / flagship.questions().len();
        if round > 0 {
            let original = question.id.clone();
            question.id = QuestionId::parse(&format!("{original}-{round}")).expect("an id");
            question.controls.clear();
            if let Some(answer) = assessment.answers.get(original.as_str()).cloned() {
                assessment.answers.insert(question.id.clone(), answer);
            }
        }
        parts.questions.push(Placed { at: Path::root(), value: question });
    }
    if questions < flagship.questions().len() {
        parts.gates.clear();
    }
    (Questionnaire::build(parts, None).expect("fits together"), assessment)
}

fn placed<T: Clone>(values: &[T]) -> Vec<Placed<T>> {
    values.iter().map(|value| Placed { at: Path::root(), value: value.clone() }).collect()
}

/// Every question answered at nothing: the longest roadmap.
fn at_nothing(questionnaire: &Questionnaire, assessment: &Assessment) -> Assessment {
    let mut worst = assessment.clone();
    worst.facts.clear();
    for question in questionnaire.questions() {
        let value = match &question.kind {
            Kind::Levels(levels) => Value::Level(levels[0].id.clone()),
            Kind::YesNo { .. } => Value::YesPartlyNo(safeseat::model::YesPartlyNo::No),
            Kind::Percentage(_) => Value::Percentage { percent: 0, counted: None },
            Kind::LastDone(_) => Value::LastDone(None),
            Kind::TickAll(_) => Value::Ticked(std::collections::BTreeSet::new()),
        };
        worst.answers.insert(question.id.clone(), Answer::new(Given::Definite(value)));
    }
    worst
}

/// Parsing alone: nothing that reads the file can be faster.
#[divan::bench(args = ["answers", "flagship"])]
fn parse_toml(bencher: Bencher, file: &str) {
    let text = if file == "answers" { ANSWERS } else { FLAGSHIP };
    bencher.counter(BytesCount::of_str(text)).bench(|| black_box(DeTable::parse_recoverable(text)));
}

#[divan::bench]
fn read_flagship(bencher: Bencher) {
    bencher.counter(BytesCount::of_str(FLAGSHIP)).bench(|| black_box(flagship()));
}

#[divan::bench]
fn read_answers(bencher: Bencher) {
    let questionnaire = flagship();
    bencher.counter(BytesCount::of_str(ANSWERS)).bench(|| black_box(answers(&questionnaire)));
}

#[divan::bench]
fn read_incidents(bencher: Bencher) {
    bencher.bench(|| black_box(Catalog::shipped().incidents()));
}

#[divan::bench]
fn scores_only(bencher: Bencher) {
    let questionnaire = flagship();
    let assessment = answers(&questionnaire);
    let scheme = Scheme::new(&questionnaire, &Catalog::shipped().incidents().0);
    bencher.bench(|| black_box(scheme.scores(&assessment)));
}

#[divan::bench]
fn everything(bencher: Bencher) {
    let questionnaire = flagship();
    let assessment = answers(&questionnaire);
    let scheme = Scheme::new(&questionnaire, &Catalog::shipped().incidents().0);
    bencher.bench(|| black_box(scheme.evaluate(&assessment)));
}

#[divan::bench]
fn everything_with_the_longest_roadmap(bencher: Bencher) {
    let questionnaire = flagship();
    let assessment = at_nothing(&questionnaire, &answers(&questionnaire));
    let scheme = Scheme::new(&questionnaire, &Catalog::shipped().incidents().0);
    bencher.bench(|| black_box(scheme.evaluate(&assessment)));
}

#[divan::bench(args = [10, 100, 1_000, 10_000])]
fn scores_by_number_of_questions(bencher: Bencher, questions: usize) {
    let (questionnaire, assessment) = grown(questions);
    let scheme = Scheme::new(&questionnaire, &Catalog::shipped().incidents().0);
    bencher.bench(|| black_box(scheme.scores(&assessment)));
}

#[divan::bench(args = [10, 100, 1_000, 10_000])]
fn everything_by_number_of_questions(bencher: Bencher, questions: usize) {
    let (questionnaire, assessment) = grown(questions);
    let scheme = Scheme::new(&questionnaire, &Catalog::shipped().incidents().0);
    bencher.bench(|| black_box(scheme.evaluate(&assessment)));
}

#[divan::bench(args = ["html", "json", "markdown", "csv", "terminal"])]
fn render(bencher: Bencher, format: &str) {
    let questionnaire = flagship();
    let assessment = answers(&questionnaire);
    let catalog = Catalog::shipped();
    let (incidents, controls, frameworks) =
        (catalog.incidents().0, catalog.controls().0.expect("shipped"), catalog.frameworks().0);
    let services = catalog.services().0.expect("shipped");
    let scheme = Scheme::new(&questionnaire, &incidents);
    let evaluation = scheme.evaluate(&assessment);
    let report = Report::new(&Input {
        questionnaire: &questionnaire,
        questionnaire_sha256: "",
        assessment: &assessment,
        answers_sha256: "",
        today: assessment.date,
        scheme: &scheme,
        evaluation: &evaluation,
        incidents: &incidents,
        controls: &controls,
        frameworks: &frameworks,
        services: &services,
        tool_version: "0.1.0",
        words: safeseat::text::Words::ENGLISH,
    });
    let look = render::screen::Look::new(80, true);
    bencher.bench(|| match format {
        "html" => render::html::report(&report).expect("renders").into_bytes(),
        "json" => render::json::report(&report).expect("renders").into_bytes(),
        "markdown" => render::markdown::report(&report).into_bytes(),
        "csv" => render::csv::report(&report).expect("renders"),
        _ => render::terminal::report(&report, look).into_bytes(),
    });
}
