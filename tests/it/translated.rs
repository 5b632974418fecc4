//! A report in another language says everything in it. The language is a pretended one: British English in guillemets.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::path::Path;

use safeseat::catalog::Catalog;
use safeseat::format::{Document, assessment};
use safeseat::model::{Assessment, Questionnaire};
use safeseat::problem::Source;
use safeseat::render::html;
use safeseat::report::{Audience, Input, Movement, Report};
use safeseat::scoring::Scheme;
use safeseat::text::Words;
use serde_json::Value;

use crate::runner::repository;

/// The language in which every phrase is marked: `«The plan»`.
fn pretended() -> &'static Words {
    let english = fs::read_to_string(repository("templates/strings/en-GB.toml")).unwrap();
    let english: toml::Table = toml::from_str(&english).unwrap();
    let marked = |table: &toml::Value| -> BTreeMap<String, String> {
        let said = table.as_table().unwrap().iter();
        said.map(|(key, said)| (key.clone(), format!("«{}»", said.as_str().unwrap()))).collect()
    };
    let counts = english["counts"].as_table().unwrap().iter();
    let counts = counts.map(|(noun, forms)| (noun.clone(), marked(forms))).collect();
    Box::leak(Box::new(Words::new("x-pretended".to_owned(), marked(&english["phrases"]), counts)))
}

fn sample(name: &str) -> (Questionnaire, Assessment) {
    let source = Source::new(name, fs::read_to_string(repository("examples").join(name)).unwrap());
    let document = Document::parse(&source);
    let id = assessment::head(&document).unwrap().questionnaire;
    let questionnaire = Catalog::shipped().questionnaire(&id).unwrap().0.unwrap();
    let assessment = assessment::read(&document, &questionnaire).0.unwrap();
    (questionnaire, assessment)
}

/// The report of the largest sample in a language, with what moved since the assessment before.
fn flagship(words: &'static Words) -> Report {
    let catalog = Catalog::shipped();
    let (incidents, controls) = (catalog.incidents().0, catalog.controls().0.unwrap());
    let (frameworks, services) = (catalog.frameworks().0, catalog.services().0.unwrap());
    let scored =
        ["party-hq-may.toml", "party-hq-november.toml"].map(sample).map(|(questionnaire, answers)| {
            let scheme = Scheme::new(&questionnaire, &incidents);
            let evaluation = scheme.evaluate(&answers);
            (questionnaire, answers, scheme, evaluation)
        });
    let [old, new] = scored.each_ref().map(|(questionnaire, assessment, scheme, evaluation)| Input {
        questionnaire,
        questionnaire_sha256: "",
        assessment,
        answers_sha256: "",
        today: assessment.date,
        scheme,
        evaluation,
        incidents: &incidents,
        controls: &controls,
        frameworks: &frameworks,
        services: &services,
        tool_version: "",
        words,
    });
    Report { since: Some(Movement::new(&old, &new, None)), ..Report::new(&new) }
}

/// Every text in the files that reports draw from.
fn texts_of_files() -> HashSet<String> {
    fn below(folder: &Path, texts: &mut HashSet<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                below(&path, texts);
            } else if path.extension().is_some_and(|ending| ending == "toml") {
                let file: toml::Table = toml::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
                gather(&serde_json::to_value(file).unwrap(), texts);
            }
        }
    }
    let mut texts = HashSet::new();
    for folder in ["questionnaires", "examples"] {
        below(&repository(folder), &mut texts);
    }
    texts
}

fn gather(value: &Value, texts: &mut HashSet<String>) {
    match value {
        Value::String(text) => {
            texts.insert(text.clone());
        }
        Value::Array(items) => items.iter().for_each(|item| gather(item, texts)),
        Value::Object(map) => map.values().for_each(|item| gather(item, texts)),
        _ => {}
    }
}

/// What a page says outside of guillemets: its texts, and what is read out instead of pictures.
fn unmarked(page: &str) -> Vec<String> {
    let body = page.split_once("</style>").unwrap().1;
    let mut said = String::new();
    let mut depth = 0_usize;
    for (place, piece) in body.split('<').enumerate() {
        let (tag, text) = if place == 0 { ("", piece) } else { piece.split_once('>').unwrap() };
        for name in [" aria-label=\"", " alt=\"", " title=\""] {
            if let Some(read_out) = tag.split_once(name).and_then(|(_, rest)| rest.split('"').next()) {
                said += &outside(read_out, &mut 0);
                said.push('\n');
            }
        }
        said.push('\n');
        said += &outside(text, &mut depth);
    }
    assert_eq!(depth, 0, "every mark is closed");
    let said =
        said.replace("&quot;", "\"").replace("&#39;", "'").replace("&#x27;", "'").replace("&amp;", "&");
    let pieces = said.lines().map(str::trim).filter(|piece| piece.contains(char::is_alphabetic));
    pieces.map(str::to_owned).collect()
}

/// The letters that stand in no guillemets, with a line break for what does.
fn outside(text: &str, depth: &mut usize) -> String {
    let mut kept = String::new();
    for c in text.chars() {
        match c {
            '«' => *depth += 1,
            '»' => {
                *depth -= 1;
                kept.push('\n');
            }
            c if *depth == 0 => kept.push(c),
            _ => {}
        }
    }
    kept
}

/// What may stand on a page outside of the language: texts that somebody wrote.
struct Known {
    texts: HashSet<String>,
    all: String,
}

impl Known {
    fn new(texts: &HashSet<String>) -> Self {
        let flat = |text: &String| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let flat: Vec<String> = texts.iter().map(flat).collect();
        let all = flat.join("\n");
        let names = flat.iter().filter(|text| !text.contains(' '));
        let parts = names.flat_map(|name| name.split([':', '/']));
        let parts: Vec<String> = parts.map(|part| part.trim_start_matches("www.").to_owned()).collect();
        let texts = flat.into_iter().chain(parts).map(|text| bare(&text).to_owned());
        let cased = texts.flat_map(|text| [safeseat::text::sentence_case(&text), text]);
        Self { texts: cased.collect(), all }
    }

    /// Whether it consists of such texts, and of numbers and punctuation between them.
    fn has(&self, piece: &str) -> bool {
        let piece = bare(piece);
        self.texts.contains(piece)
            || piece.len() > 20 && self.all.contains(piece)
            || ["; ", ": ", ". ", ", ", " "].into_iter().any(|mark| {
                let mut cuts = piece.match_indices(mark);
                cuts.any(|(at, _)| self.texts.contains(bare(&piece[..at])) && self.has(&piece[at..]))
            })
            || piece.is_empty()
    }
}

/// A text from its first to its last letter.
fn bare(text: &str) -> &str {
    text.trim_matches(|c: char| !c.is_alphabetic())
}

#[test]
fn a_page_says_everything_in_the_language_of_the_report() {
    let report = flagship(pretended());
    let mut of_files = texts_of_files();
    of_files.insert("sha256".to_owned());
    for audience in Audience::ALL {
        let report = report.clone().for_audience(audience);
        let mut texts = of_files.clone();
        // What the view model says. Once it speaks the language too, these two lines go.
        gather(&serde_json::to_value(&report).unwrap(), &mut texts);
        texts.extend(["stopped", "impossible here", "exposed", "weak", "fair"].map(str::to_owned));
        let (known, page) = (Known::new(&texts), html::report(&report).unwrap());
        let missed: BTreeSet<_> = unmarked(&page).into_iter().filter(|piece| !known.has(piece)).collect();
        assert!(missed.is_empty(), "{audience:?}: {missed:#?}");
    }
}

#[test]
fn the_style_sheet_of_a_page_speaks_the_language_of_the_report() {
    let page = html::report(&flagship(pretended())).unwrap();
    let style = page.split("<style>").nth(1).unwrap().split("</style>").next().unwrap();
    assert!(style.contains("\"«Page \" counter(page) \" of \" counter(pages) \"»\""));
    assert!(style.contains("\"«Score after» \"") && page.contains("<html lang=\"x-pretended\">"));
}
