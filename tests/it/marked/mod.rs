//! Reports and booklets in a pretend language: they say nothing past it, and longer words than the English ones fit.
//!
//! The pretend language is British English in Cyrillic letters, and so are all texts of files. Whatever then comes out
//! in Latin letters was said past the language, unless it is a name, an id or an address.

mod shelf;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::LazyLock;

use safeseat::render::screen::Look;
use safeseat::render::{booklet, html, markdown, terminal};
use safeseat::report::{Audience, Booklet, Report};
use safeseat::text::{Count, Words};
use serde_json::Value;
use unicode_width::UnicodeWidthStr as _;

use crate::runner::repository;
use shelf::Shelf;

/// How a text is changed.
type Change = fn(&str) -> String;

/// What is the same in every language, beside what has a digit or a full stop in it or is written in capitals.
const NAME: &str = "safeseat";

static SHELF: LazyLock<Shelf> = LazyLock::new(|| Shelf::new(pretend(cyrillic), cyrillic));
static REPORTS: LazyLock<Vec<Report>> = LazyLock::new(|| SHELF.reports());
static BOOKLETS: LazyLock<Vec<Booklet>> = LazyLock::new(|| SHELF.booklets());

/// A language in which every English phrase is changed in one way.
fn pretend(change: Change) -> &'static Words {
    let english = fs::read_to_string(repository("templates/strings/en-GB.toml")).unwrap();
    let english: toml::Table = toml::from_str(&english).unwrap();
    let said = |(key, text): (&String, &toml::Value)| (key.clone(), kept(text.as_str().unwrap(), change));
    let [phrases, counts] = ["phrases", "counts"].map(|table| english[table].as_table().unwrap().iter());
    let forms = |forms: &toml::Value| -> Count { forms.as_table().unwrap().iter().map(said).collect() };
    let counts = counts.map(|(noun, by_number)| (noun.clone(), forms(by_number))).collect();
    Box::leak(Box::new(Words::new("x-pretend".to_owned(), phrases.map(said).collect(), counts)))
}

/// A phrase changed, but for its values, its markup, and what a style sheet computes between two texts.
fn kept(phrase: &str, change: Change) -> String {
    let mut out = String::new();
    let mut rest = phrase;
    while let Some(at) = rest.find(['{', '<', '&', '"']) {
        let close = match &rest[at..] {
            value if value.starts_with("{{") => "}}",
            value if value.starts_with('{') => "}",
            tag if tag.starts_with('<') => ">",
            sign if sign.starts_with('&') => ";",
            _ => "\"",
        };
        let length = rest[at + 1..].find(close).map(|length| at + 1 + length + close.len());
        let end = length.unwrap_or(rest.len());
        out += &change(&rest[..at]);
        out += &rest[at..end];
        rest = &rest[end..];
    }
    out + &change(rest)
}

/// A text with every Latin letter put into Cyrillic.
fn cyrillic(text: &str) -> String {
    let letter = |c: char| match c {
        'a'..='z' => char::from_u32(u32::from(c) - u32::from('a') + u32::from('а')).unwrap(),
        'A'..='Z' => char::from_u32(u32::from(c) - u32::from('A') + u32::from('А')).unwrap(),
        c => c,
    };
    text.chars().map(letter).collect()
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

/// The words of a text that are in Latin letters and no names, addresses or known ids.
fn latin<'a>(text: &'a str, ids: &[&str]) -> BTreeSet<&'a str> {
    let is_space = |c: char| c.is_whitespace() || "()[]<>“”‘’\"',;:*`|—–".contains(c);
    let mut addresses = text.split("https://");
    let first = addresses.next().into_iter();
    let texts = first.chain(addresses.filter_map(|rest| Some(&rest[rest.find([' ', '\n', '>'])?..])));
    let words = texts.flat_map(|text| text.split(is_space));
    let words = words.map(|word| word.trim_matches(|c: char| !c.is_ascii_alphanumeric()));
    let is_name = |word: &str| {
        word == NAME
            || ids.contains(&word)
            || word.contains(|c: char| c.is_ascii_digit() || c == '.')
            || !word.contains(|c: char| c.is_ascii_lowercase())
    };
    words.filter(|word| !is_name(word)).collect()
}

/// What the texts of a value say past the language, each with its key. What is in lower case and has no spaces is an id:
/// where it is shown, it is said, or shown as it is.
fn of_value(key: &str, value: &Value, found: &mut BTreeSet<String>) {
    let is_id = |c: char| !c.is_whitespace() && !c.is_uppercase();
    match value {
        Value::String(text) if key != "language" => {
            let item = text.split_once(':').map_or(text.as_str(), |(_, item)| item);
            if !item.chars().all(is_id) && !latin(text, &[]).is_empty() {
                found.insert(format!("{key}: {text}"));
            }
        }
        Value::Array(values) => values.iter().for_each(|value| of_value(key, value, found)),
        Value::Object(fields) => fields.iter().for_each(|(key, value)| of_value(key, value, found)),
        _ => {}
    }
}

/// What a page says: its texts, what is read out instead of pictures, and what its style sheet adds.
fn on_a_page(page: &str) -> String {
    let (before, rest) = page.split_once("<style>").unwrap();
    let (style, after) = rest.split_once("</style>").unwrap();
    let mut said = String::new();
    for piece in before.split('<').chain(after.split('<')).skip(1) {
        let (tag, text) = piece.split_once('>').unwrap_or(("", piece));
        for name in [" aria-label=\"", " alt=\"", " title=\""] {
            said.extend(tag.split_once(name).and_then(|(_, rest)| rest.split('"').next()));
            said.push('\n');
        }
        said += text;
        said.push('\n');
    }
    for content in style.split("content:").skip(1) {
        let content = content.split([';', '}']).next().unwrap();
        said.extend(content.split('"').skip(1).step_by(2).flat_map(|text| [text, "\n"]));
    }
    let signs =
        [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'")];
    signs.iter().fold(said, |said, (escaped, sign)| said.replace(escaped, sign))
}

/// What Markdown says.
fn in_markdown(text: &str) -> String {
    let signs = [("\\", ""), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"), ("&#8203;", "")];
    signs.iter().fold(text.to_owned(), |text, (escaped, sign)| text.replace(escaped, sign))
}

fn on_a_terminal(text: &str) -> String {
    anstream::adapter::strip_str(text).to_string()
}

/// Fails when reports or booklets, as somebody reads them, say something past the language.
fn nothing_is_said_past_the_language(
    report: impl Fn(&Report) -> String,
    booklet: impl Fn(&Booklet) -> String,
) {
    let mut found = BTreeMap::new();
    let mut look = |text: &str, ids: &[&str]| {
        for word in latin(text, ids) {
            let line = text.lines().find(|line| line.contains(word)).unwrap_or_default();
            found.insert(word.to_owned(), line.to_owned());
        }
    };
    for one in REPORTS.iter() {
        let items = one.frameworks.iter().flat_map(|framework| &framework.items);
        let ids = items.map(|item| item.id.as_str()).chain([one.head.questionnaire.id.as_str()]);
        look(&report(one), &ids.collect::<Vec<_>>());
    }
    for one in BOOKLETS.iter() {
        let facts = one.facts.iter().map(|fact| fact.id.as_str());
        look(&booklet(one), &facts.chain([one.id.as_str()]).collect::<Vec<_>>());
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn the_view_model_says_nothing_past_the_language() {
    let mut found = BTreeSet::new();
    for report in REPORTS.iter() {
        of_value("report", &serde_json::to_value(report).unwrap(), &mut found);
    }
    for booklet in BOOKLETS.iter() {
        of_value("booklet", &serde_json::to_value(booklet).unwrap(), &mut found);
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn a_page_says_nothing_past_the_language() {
    nothing_is_said_past_the_language(
        |report| on_a_page(&html::report(report).unwrap()),
        |questions| on_a_page(&booklet::html(questions).unwrap()),
    );
}

#[test]
fn a_terminal_says_nothing_past_the_language() {
    let look = Look::new(120, true);
    nothing_is_said_past_the_language(
        |report| on_a_terminal(&terminal::report(report, look)),
        |booklet| on_a_terminal(&terminal::booklet(booklet, look)),
    );
}

#[test]
fn markdown_says_nothing_past_the_language() {
    nothing_is_said_past_the_language(
        |report| in_markdown(&markdown::report(report)),
        |booklet| in_markdown(&markdown::booklet(booklet)),
    );
}

#[test]
fn a_page_tells_browsers_its_language() {
    let page = html::report(&REPORTS[0]).unwrap();
    assert!(page.contains("<html lang=\"x-pretend\">") && page.contains("<span lang=\"en\">"));
}

#[test]
fn longer_words_fit_a_terminal_and_are_not_cut() {
    let words = pretend(longer);
    let headings = ["Stated", "Proven", "Possible", "Open", "Points lost"].map(|word| words.say(word));
    for report in Shelf::new(words, str::to_owned).reports() {
        for width in [60, 80, 120] {
            let text = on_a_terminal(&terminal::report(&report, Look::new(width, true)));
            for line in text.lines() {
                assert!(line.width() <= width, "{width}: {line}");
            }
            if report.head.audience == Audience::Public || report.verdict.score.is_none() {
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
