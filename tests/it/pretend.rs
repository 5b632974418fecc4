//! Reports in a pretended language: none of their fixed words stays English, and longer words still fit.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use safeseat::catalog::Catalog;
use safeseat::format::{Document, assessment};
use safeseat::model::{Assessment, Date, Questionnaire};
use safeseat::problem::Source;
use safeseat::render::screen::Look;
use safeseat::render::{markdown, terminal};
use safeseat::report::{Audience, Input, Movement, Report};
use safeseat::scoring::Scheme;
use safeseat::text::{Count, Words};
use serde_json::Value;
use unicode_width::UnicodeWidthStr as _;

const SAMPLES: [&str; 6] = [
    "constituency-office",
    "electoral-body",
    "local-party",
    "short-campaign",
    "party-hq-may",
    "party-hq-november",
];

/// What stays English in every language.
const NAMES: [&str; 2] = ["att&ck", "sha256"];

/// What the view model says in words that it does not hold as a text.
const OF_THE_VIEW_MODEL: [&str; 5] =
    ["find out, and put right if need be:", "impossible here", "not asked", "not met", "met"];

fn file(path: &str) -> String {
    fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// A language in which every English phrase is changed in one way. Values in braces and tags are kept.
fn pretended(change: fn(&str) -> String) -> &'static Words {
    let english: toml::Table = toml::from_str(&file("templates/strings/en-GB.toml")).unwrap();
    let said = |text: &toml::Value| changed(text.as_str().unwrap(), change);
    let phrases = english["phrases"].as_table().unwrap().iter();
    let phrases = phrases.map(|(phrase, text)| (phrase.clone(), said(text))).collect();
    let forms = |forms: &toml::Value| -> Count {
        forms.as_table().unwrap().iter().map(|(number, text)| (number.clone(), said(text))).collect()
    };
    let counts = english["counts"].as_table().unwrap().iter();
    let counts = counts.map(|(noun, by_number)| (noun.clone(), forms(by_number))).collect();
    Box::leak(Box::new(Words::new("x-pretend".into(), phrases, counts)))
}

fn changed(phrase: &str, change: fn(&str) -> String) -> String {
    let mut out = String::new();
    let mut rest = phrase;
    while let Some(at) = rest.find(['{', '<']) {
        let end = at + rest[at..].find(['}', '>']).unwrap() + 1;
        out += &change(&rest[..at]);
        out += &rest[at..end];
        rest = &rest[end..];
    }
    out + &change(rest)
}

fn marked(text: &str) -> String {
    if text.contains(char::is_alphabetic) { format!("«{text}»") } else { text.to_owned() }
}

/// The text with every word one third longer.
fn longer(text: &str) -> String {
    let mut out = String::new();
    let mut length = 0_usize;
    for c in text.chars().chain(['\0']) {
        if c.is_alphabetic() {
            length += 1;
        } else {
            out += &"o".repeat(length.div_ceil(3));
            length = 0;
        }
        out.push(c);
    }
    out.pop();
    out
}

fn sample(name: &str) -> (Questionnaire, Assessment) {
    let source = Source::new("sample", file(&format!("examples/{name}.toml")));
    let document = Document::parse(&source);
    let id = assessment::head(&document).unwrap().questionnaire;
    let questionnaire = Catalog::shipped().questionnaire(&id).unwrap().0.unwrap();
    let assessment = assessment::read(&document, &questionnaire).0.unwrap();
    (questionnaire, assessment)
}

/// The reports of the samples, half a year later, for everybody; the last one with what moved since the one before.
fn reports(words: &'static Words) -> Vec<Report> {
    let catalog = Catalog::shipped();
    let (incidents, controls) = (catalog.incidents().0, catalog.controls().0.unwrap());
    let (frameworks, services) = (catalog.frameworks().0, catalog.services().0.unwrap());
    let scored = SAMPLES.map(sample).map(|(questionnaire, assessment)| {
        let scheme = Scheme::new(&questionnaire, &incidents);
        let evaluation = scheme.evaluate(&assessment);
        (questionnaire, assessment, scheme, evaluation)
    });
    let inputs = scored.each_ref().map(|(questionnaire, assessment, scheme, evaluation)| Input {
        questionnaire,
        questionnaire_sha256: "",
        assessment,
        answers_sha256: "",
        today: Date::parse("2027-06-01").unwrap(),
        scheme,
        evaluation,
        incidents: &incidents,
        controls: &controls,
        frameworks: &frameworks,
        services: &services,
        tool_version: "",
        words,
    });
    let mut reports: Vec<Report> = inputs.iter().map(Report::new).collect();
    reports[5].since = Some(Movement::new(&inputs[4], &inputs[5], None));
    let for_all = |report: Report| Audience::ALL.map(|audience| report.clone().for_audience(audience));
    reports.into_iter().flat_map(for_all).collect()
}

/// Every text of a value.
fn texts(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => found.extend([one_line(text)]),
        Value::Array(values) => values.iter().for_each(|value| texts(value, found)),
        Value::Object(values) => values.values().for_each(|value| texts(value, found)),
        _ => {}
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// What is neither marked as said in the language nor a text of the report.
fn left(text: &str, report: &Report) -> Vec<String> {
    let mut rest = String::new();
    let mut depth = 0;
    for c in text.chars() {
        match c {
            '«' => depth += 1,
            '»' => depth -= 1,
            c if depth == 0 => rest.push(c),
            _ => {}
        }
    }
    assert_eq!(depth, 0, "{text}");
    let mut rest = one_line(&rest);
    let mut known = BTreeSet::new();
    texts(&serde_json::to_value(report).unwrap(), &mut known);
    let hosts = known.iter().filter_map(|text| text.strip_prefix("https://")?.split('/').next());
    let hosts: Vec<String> = hosts.map(str::to_owned).collect();
    let others = NAMES.into_iter().chain(OF_THE_VIEW_MODEL).map(str::to_owned);
    let mut known: Vec<String> = known.into_iter().chain(hosts).chain(others).collect();
    known.retain(|text| text.len() > 1);
    known.sort_by_key(|text| std::cmp::Reverse(text.len()));
    for text in known {
        rest = rest.replace(&text, "\n");
    }
    let words = rest.lines().map(str::trim).filter(|rest| rest.contains(char::is_alphabetic));
    words.map(str::to_owned).collect::<BTreeSet<_>>().into_iter().collect()
}

/// Markdown as it reads.
fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        out.extend(if c == '\\' { chars.next() } else { Some(c) });
    }
    let signs = [("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"), ("&#8203;", "")];
    signs.iter().fold(out, |out, (escaped, sign)| out.replace(escaped, sign))
}

fn on_a_terminal(report: &Report, width: usize) -> String {
    anstream::adapter::strip_str(&terminal::report(report, Look::new(width, true))).to_string()
}

#[test]
fn every_fixed_word_of_a_report_is_said_in_its_language() {
    let mut missed = BTreeMap::<&str, BTreeSet<String>>::new();
    for report in reports(pretended(marked)) {
        missed.entry("terminal").or_default().extend(left(&on_a_terminal(&report, 120), &report));
        missed.entry("markdown").or_default().extend(left(&unescaped(&markdown::report(&report)), &report));
    }
    assert!(missed.values().all(BTreeSet::is_empty), "{missed:#?}");
}

#[test]
fn longer_words_fit_a_terminal_and_are_not_cut() {
    let words = pretended(longer);
    let headings = ["Stated", "Proven", "Possible", "Open", "Points lost"].map(|word| words.say(word));
    for report in reports(words) {
        for width in [60, 80, 120] {
            let text = on_a_terminal(&report, width);
            for line in text.lines() {
                assert!(line.width() <= width, "{width}: {line}");
            }
            if report.head.audience == Audience::Public {
                continue;
            }
            let shown: BTreeSet<&str> =
                text.split_whitespace().map(|word| word.trim_end_matches(':')).collect();
            for word in headings.iter().flat_map(|heading| heading.split(' ')) {
                assert!(shown.contains(word), "{width}: {word} in {text}");
            }
        }
    }
}
