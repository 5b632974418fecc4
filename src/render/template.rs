//! Templates: embedded in the program, filled in here. The only file that names the template engine.
//!
//! Everything that a template prints is escaped, whatever the template is called. The one exception is [`Markup`], which
//! is made from our own words and numbers, and from texts that are escaped; the filter `safe` does nothing here.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::ops::Range;
use std::sync::LazyLock;

use serde::{Serialize, Serializer};
use tera::{Context, ErrorKind, Kwargs, State, Tera, TeraResult, Value};

use super::squeeze::in_words;
use crate::text::{self, Words};

/// Templates by their names.
type Templates = &'static [(&'static str, &'static str)];

/// What several pages include.
const SHARED: Templates = &[
    ("report/parts.html", include_str!("../../templates/report/parts.html")),
    ("report/shapes.html", include_str!("../../templates/report/shapes.html")),
    ("movement/since.html", include_str!("../../templates/movement/since.html")),
];

/// The report: the page includes the others.
const REPORT: Templates = &[
    ("report/page.html", include_str!("../../templates/report/page.html")),
    ("report/head.html", include_str!("../../templates/report/head.html")),
    ("report/short.html", include_str!("../../templates/report/short.html")),
    ("report/verdict.html", include_str!("../../templates/report/verdict.html")),
    ("report/first.html", include_str!("../../templates/report/first.html")),
    ("report/upkeep.html", include_str!("../../templates/report/upkeep.html")),
    ("report/areas.html", include_str!("../../templates/report/areas.html")),
    ("report/incidents.html", include_str!("../../templates/report/incidents.html")),
    ("report/answers.html", include_str!("../../templates/report/answers.html")),
    ("report/frameworks.html", include_str!("../../templates/report/frameworks.html")),
    ("report/plan.html", include_str!("../../templates/report/plan.html")),
    ("report/services.html", include_str!("../../templates/report/services.html")),
    ("report/method.html", include_str!("../../templates/report/method.html")),
];

/// What moved between two assessments.
const MOVEMENT: Templates = &[("movement/page.html", include_str!("../../templates/movement/page.html"))];

/// The trend over all assessments.
const HISTORY: Templates = &[("history/page.html", include_str!("../../templates/history/page.html"))];

/// A questionnaire to read and to fill in by hand.
const BOOKLET: Templates = &[("booklet/page.html", include_str!("../../templates/booklet/page.html"))];

/// The pages on which a questionnaire is answered; each extends `page.html`.
#[cfg(feature = "web")]
const FORM: Templates = &[
    ("form/parts.html", include_str!("../../templates/form/parts.html")),
    ("form/shapes.html", include_str!("../../templates/form/shapes.html")),
    ("form/page.html", include_str!("../../templates/form/page.html")),
    ("form/check.html", include_str!("../../templates/form/check.html")),
    ("form/choose.html", include_str!("../../templates/form/choose.html")),
    ("form/conflict.html", include_str!("../../templates/form/conflict.html")),
    ("form/ended.html", include_str!("../../templates/form/ended.html")),
    ("form/fact.html", include_str!("../../templates/form/fact.html")),
    ("form/launch.html", include_str!("../../templates/form/launch.html")),
    ("form/opened.html", include_str!("../../templates/form/opened.html")),
    ("form/organisation.html", include_str!("../../templates/form/organisation.html")),
    ("form/question.html", include_str!("../../templates/form/question.html")),
    ("form/refused.html", include_str!("../../templates/form/refused.html")),
    ("form/report.html", include_str!("../../templates/form/report.html")),
    ("form/stop.html", include_str!("../../templates/form/stop.html")),
    ("form/tasks.html", include_str!("../../templates/form/tasks.html")),
];

// Reading templates takes longer than filling them in, so each family is read by itself, when it is first needed.
static REPORT_FAMILY: LazyLock<Tera> = LazyLock::new(|| family(&[SHARED, REPORT]));
static MOVEMENT_FAMILY: LazyLock<Tera> = LazyLock::new(|| family(&[SHARED, MOVEMENT]));
static HISTORY_FAMILY: LazyLock<Tera> = LazyLock::new(|| family(&[SHARED, HISTORY]));
static BOOKLET_FAMILY: LazyLock<Tera> = LazyLock::new(|| family(&[BOOKLET]));
#[cfg(feature = "web")]
static FORM_FAMILY: LazyLock<Tera> = LazyLock::new(|| family(&[FORM]));

fn family(templates: &[Templates]) -> Tera {
    prepared(&templates.concat(), Words::ENGLISH).expect("invariant: tests fill in every embedded template")
}

/// The templates that belong to a page, by its folder.
fn family_of(name: &str) -> &'static Tera {
    match name.split_once('/') {
        Some(("movement", _)) => &MOVEMENT_FAMILY,
        Some(("history", _)) => &HISTORY_FAMILY,
        Some(("booklet", _)) => &BOOKLET_FAMILY,
        #[cfg(feature = "web")]
        Some(("form", _)) => &FORM_FAMILY,
        _ => &REPORT_FAMILY,
    }
}

/// The same in another language.
fn translated_family(name: &str, words: &'static Words) -> TeraResult<Tera> {
    let templates = match name.split_once('/') {
        Some(("booklet", _)) => BOOKLET.to_vec(),
        _ => of_report().collect(),
    };
    prepared(&templates, words)
}

/// Markup that is printed as it is: made from our own words and numbers. A person's text in it is [`escaped`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Markup(String);

impl Markup {
    /// Markup that the program itself wrote.
    pub(super) fn of_ours(markup: String) -> Self {
        Self(markup)
    }

    /// The markup itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Serialize for Markup {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Value::safe_string(&self.0).serialize(serializer)
    }
}

/// A template that could not be filled in: a mistake in the program, never in a person's file.
#[derive(Debug, thiserror::Error)]
#[error("the template {name} cannot be filled in; this is a mistake in the program")]
pub struct TemplateError {
    name: String,
    source: tera::Error,
}

/// Fills in a template, in British English.
pub(super) fn fill(name: &str, page: &impl Serialize) -> Result<String, TemplateError> {
    fill_in(Words::ENGLISH, name, page)
}

/// Fills in a template of a report or a booklet in a language.
pub(super) fn fill_in(
    words: &'static Words,
    name: &str,
    page: &impl Serialize,
) -> Result<String, TemplateError> {
    let failed = |source| TemplateError { name: name.to_owned(), source };
    let context = Context::from_serialize(page).map_err(failed)?;
    let filled = if words.is_english() {
        family_of(name).render(name, &context)
    } else {
        translated_family(name, words).and_then(|family| family.render(name, &context))
    };
    Ok(without_empty_lines(&filled.map_err(failed)?))
}

/// The embedded templates of a report by their names.
pub(super) fn of_report() -> impl Iterator<Item = (&'static str, &'static str)> {
    SHARED.iter().chain(REPORT).copied()
}

/// The templates of a report, some of them a person's own. What may stand in those is checked elsewhere.
#[derive(Debug)]
pub(super) struct Mixed(Tera);

/// What is wrong with a template, and where in its text [`in_words`].
#[derive(Debug)]
pub(super) struct Fault {
    /// The template, when it is known.
    pub(super) template: Option<String>,
    pub(super) at: Range<usize>,
    pub(super) message: String,
}

impl Mixed {
    /// The embedded templates, with a person's own in their place and beside them, by their names.
    ///
    /// # Errors
    /// The first thing that the engine finds wrong with them.
    pub(super) fn new<'a>(
        own: impl Iterator<Item = (&'a str, &'a str)>,
        words: &'static Words,
    ) -> Result<Self, Fault> {
        let mut templates: BTreeMap<&str, &str> = of_report().collect();
        templates.extend(own);
        let templates: Vec<_> = templates.into_iter().collect();
        prepared(&templates, words).map(Self).map_err(|error| Fault::new(&error, &templates, words))
    }

    /// Fills in a template, up to so many bytes.
    ///
    /// # Errors
    /// When a template does not fit the page, or fills in more than that.
    pub(super) fn fill(&self, name: &str, page: &impl Serialize, most: usize) -> Result<String, Fault> {
        let context =
            Context::from_serialize(page).map_err(|error| Fault::new(&error, &[], Words::ENGLISH))?;
        let mut page = Bounded { bytes: Vec::new(), most };
        self.0
            .render_to(name, &context, &mut page)
            .map_err(|error| Fault::new(&error, &[], Words::ENGLISH))?;
        Ok(without_empty_lines(&String::from_utf8_lossy(&page.bytes)))
    }
}

impl Fault {
    fn new(error: &tera::Error, templates: &[(&str, &str)], words: &Words) -> Self {
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => Self {
                template: Some(report.filename().to_owned()),
                at: report.span().range.clone(),
                message: report.message().to_owned(),
            },
            ErrorKind::Io(_) => Self { template: None, at: 0..0, message: TOO_MUCH.to_owned() },
            ErrorKind::CircularInclude { tpl, include_chain } => Self {
                template: Some(tpl.clone()),
                at: 0..0,
                message: format!("templates include each other in a circle: {}", include_chain.join(", ")),
            },
            other => Self::told(&other.to_string(), templates, words),
        }
    }

    /// From the text that the engine has for several faults at once, of which the first begins with `error: words`,
    /// ` --> name:line:column`, and in the fifth line `^^^` below the place.
    fn told(text: &str, templates: &[(&str, &str)], words: &Words) -> Self {
        let message = text.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned();
        let place = text.lines().nth(1).and_then(|line| line.trim_start().strip_prefix("--> "));
        let place = place.and_then(|place| {
            let mut parts = place.rsplitn(3, ':');
            let (column, line) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
            Some((parts.next()?, line, column))
        });
        let Some((name, line, column)) = place else { return Self { template: None, at: 0..0, message } };
        let source =
            templates.iter().find(|(known, _)| *known == name).map(|(_, source)| in_words(source, words));
        let width = text.lines().nth(4).map_or(0, |line| line.matches('^').count());
        let at = source.map_or(0..0, |source| range_of(&source, line, column, width));
        Self { template: Some(name.to_owned()), at, message }
    }
}

/// So many letters from a line and a column on, counted from 1.
fn range_of(source: &str, line: usize, column: usize, width: usize) -> Range<usize> {
    let start: usize = source.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let letters = source[start..].chars();
    let before: usize = letters.clone().take(column.saturating_sub(1)).map(char::len_utf8).sum();
    let within: usize = letters.skip(column.saturating_sub(1)).take(width).map(char::len_utf8).sum();
    start + before..start + before + within
}

/// Why a page is not written to its end.
const TOO_MUCH: &str = "the page grows larger than a report may be";

/// Takes so many bytes and no more.
struct Bounded {
    bytes: Vec<u8>,
    most: usize,
}

impl Write for Bounded {
    fn write(&mut self, more: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + more.len() > self.most {
            return Err(io::Error::other(TOO_MUCH));
        }
        self.bytes.extend_from_slice(more);
        Ok(more.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

pub(super) fn without_empty_lines(filled: &str) -> String {
    let mut kept = String::with_capacity(filled.len());
    kept.extend(filled.split_inclusive('\n').filter(|line| *line != "\n"));
    kept
}

fn prepared(templates: &[(&str, &str)], words: &'static Words) -> TeraResult<Tera> {
    let mut tera = Tera::new();
    tera.set_escape_fn(escape);
    tera.autoescape_on([""]);
    tera.register_filter("safe", |value: Value, _: Kwargs, _: &State| value);
    tera.register_filter("printed", printed);
    tera.register_filter("hundredths", hundredths);
    tera.register_filter("percent", percent);
    tera.register_filter("sentence_case", |words: &str, _: Kwargs, _: &State| text::sentence_case(words));
    tera.register_filter("full_stop", |words: &str, _: Kwargs, _: &State| full_stop(words));
    tera.register_filter("host", |address: &str, _: Kwargs, _: &State| host(address).to_owned());
    tera.register_test("web_address", |address: &str, _: Kwargs, _: &State| is_web_address(address));
    speak(&mut tera, words);
    tera.add_raw_templates(templates.iter().map(|(name, source)| (*name, in_words(source, words))))?;
    Ok(tera)
}

/// The filters that depend on the language: `"a phrase" | say`, `incident.title | in_english`, `3 | plural(one="question", many="questions")`,
/// `3 | in_words`, `["a", "b"] | and_list`.
fn speak(tera: &mut Tera, words: &'static Words) {
    tera.register_filter("say", |phrase: &str, _: Kwargs, _: &State| words.say(phrase).to_owned());
    tera.register_filter("in_english", |text: &str, _: Kwargs, _: &State| in_english(text, words));
    tera.register_filter("in_words", |count: usize, _: Kwargs, _: &State| words.number_word(count));
    tera.register_filter("plural", |count: usize, nouns: Kwargs, _: &State| -> TeraResult<String> {
        Ok(words.plural(count, nouns.must_get("one")?, nouns.must_get("many")?))
    });
    tera.register_filter("and_list", |items: Vec<Value>, _: Kwargs, _: &State| {
        words.and_list(&items.iter().map(ToString::to_string).collect::<Vec<_>>())
    });
}

/// A text of the shipped files that is in English whatever the language of the page, and says so to those who read it
/// out.
fn in_english(text: &str, words: &Words) -> Value {
    if words.is_english() {
        return Value::from(text);
    }
    Value::safe_string(&format!("<span lang=\"en\">{}</span>", escaped(text)))
}

/// Escapes for HTML, and shows characters that would act instead of being read: control characters, and those that
/// turn the direction of the text around them. Arabic and Hebrew need none of these.
fn escape(text: &str, out: &mut dyn Write) -> io::Result<()> {
    if !text.contains(acts) {
        return tera::escape_html(text, out);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if acts(c) {
            shown.extend(c.escape_unicode());
        } else {
            shown.push(c);
        }
    }
    tera::escape_html(&shown, out)
}

/// A text of a person as it may stand between tags and in attributes.
pub(super) fn escaped(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len() + 16);
    escape(text, &mut bytes).expect("invariant: writing to memory does not fail");
    String::from_utf8_lossy(&bytes).into_owned()
}

fn acts(c: char) -> bool {
    if matches!(c, ' '..='~') {
        return false;
    }
    (c.is_control() && !matches!(c, '\n' | '\t' | '\r'))
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whole points, rounded down: 6875 is `68`. A dash where there is no number.
fn printed(points: &Value, _: Kwargs, _: &State) -> String {
    points.as_i128().map_or_else(|| "–".to_owned(), |points| (points / 100).to_string())
}

/// Points with two decimals: 6875 is `68.75`.
fn hundredths(points: i64, _: Kwargs, _: &State) -> String {
    text::hundredths(points)
}

/// A share as a percentage, rounded down: 9950 is `99%`.
fn percent(points: i64, _: Kwargs, _: &State) -> String {
    text::percent(points)
}

/// The text with a full stop, unless it ends a sentence already.
pub(super) fn full_stop(words: &str) -> String {
    let ended = words.ends_with(['.', '!', '?', '…', '。', '؟']);
    if ended { words.to_owned() } else { format!("{words}.") }
}

/// Whether a link may lead there: other schemes could run something.
pub(super) fn is_web_address(address: &str) -> bool {
    let lower = address.get(..8).unwrap_or(address).to_ascii_lowercase();
    lower.starts_with("https://") || lower.starts_with("http://")
}

/// The name of the server in an address.
pub(super) fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    host.strip_prefix("www.").unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOSTILE: &str = "</style><script>alert('x')</script>\" onload=\"x\u{1b}[2J\u{202e}&";

    #[derive(Serialize)]
    struct Page {
        text: &'static str,
        markup: Markup,
        number: u16,
        nothing: Option<u16>,
    }

    fn filled(source: &str) -> String {
        let page = Page { text: HOSTILE, markup: Markup::of_ours("<b>".into()), number: 6875, nothing: None };
        let tera = prepared(&[("any-name", source)], Words::ENGLISH).unwrap();
        tera.render("any-name", &Context::from_serialize(&page).unwrap()).unwrap().trim().to_owned()
    }

    #[test]
    fn text_is_escaped_in_every_way_of_printing_it() {
        for source in [
            "{{ text }}",
            "{{ text | safe }}",
            "{{ text | sentence_case }}",
            "{{ text | host }}",
            "{{ text | full_stop }}",
            "{{ [text] | and_list }}",
            "{% set copy = text %}{{ copy }}",
            "{% for t in [text] %}{{ t }}{% endfor %}",
            "{% component box(t) %}{{ t }}{% endcomponent box %}{{ <box t={text} /> }}",
        ] {
            let html = filled(source);
            assert!(!html.contains(['<', '>', '"', '\'', '\u{1b}', '\u{202e}']), "{source}: {html}");
        }
        assert!(filled("{{ text }}").contains("\\u{1b}[2J\\u{202e}&amp;"));
    }

    #[test]
    fn english_texts_on_a_page_in_another_language_are_marked_and_escaped() {
        let welsh = Box::leak(Box::new(Words::new("cy".into(), BTreeMap::new(), BTreeMap::new())));
        let source =
            "{% component box(t) %}{{ t }}{% endcomponent box %}{{ <box t={\"A <b>\" | in_english} /> }}";
        let filled = |words| {
            let tera = prepared(&[("page", source)], words).unwrap();
            tera.render("page", &Context::new()).unwrap()
        };
        assert_eq!(filled(Words::ENGLISH).trim(), "A &lt;b&gt;");
        assert_eq!(filled(welsh).trim(), "<span lang=\"en\">A &lt;b&gt;</span>");
    }

    #[test]
    fn our_own_markup_stays_markup() {
        assert_eq!(filled("{{ markup }}"), "<b>");
        assert_eq!(filled("{% set copy = markup %}{{ copy }}"), "<b>");
    }

    #[test]
    fn numbers_are_printed_as_people_read_them() {
        assert_eq!(filled("{{ number | printed }} {{ nothing | printed }}"), "68 –");
        assert_eq!(filled("{{ number | hundredths }} {{ number | percent }}"), "68.75 68%");
        assert_eq!(filled("{{ 1 | plural(one=\"step\", many=\"steps\") }}"), "1 step");
        assert_eq!(filled("{{ 4 | in_words }}"), "four");
        assert_eq!((full_stop("Yes"), full_stop("Why?")), ("Yes.".to_owned(), "Why?".to_owned()));
    }

    #[test]
    fn only_web_addresses_become_links() {
        for address in ["https://a.example/b", "HTTP://a.example"] {
            assert!(is_web_address(address), "{address}");
        }
        for address in
            ["javascript:alert(1)", " https://a", "data:text/html,x", "//a.example", "file:///etc", "é"]
        {
            assert!(!is_web_address(address), "{address}");
        }
        assert_eq!(host("https://www.ncsc.gov.uk/a?b#c"), "ncsc.gov.uk");
        assert_eq!(host("no address"), "no address");
    }

    #[test]
    fn no_template_escapes_by_hand_or_builds_a_link_itself() {
        let embedded = [SHARED, REPORT, MOVEMENT, HISTORY, BOOKLET].concat();
        for (name, source) in &embedded {
            assert!(
                !source.contains("| safe") && !source.contains("autoescape"),
                "{name} turns escaping off"
            );
            assert!(
                !source.contains("style=") && !source.contains("<script"),
                "{name} needs a looser policy"
            );
            let links = source.matches("href=\"{{").count();
            assert_eq!(links > 0, *name == "report/parts.html", "{name} bypasses the check of addresses");
        }
        let parts = embedded.iter().find(|(name, _)| *name == "report/parts.html").unwrap().1;
        assert_eq!(parts.matches("href=\"{{").count(), parts.matches("is web_address").count());
    }

    #[test]
    fn a_page_may_be_as_large_as_it_may_be_and_no_larger() {
        let mut page = Bounded { bytes: Vec::new(), most: 3 };
        assert_eq!((page.write(b"ab").unwrap(), page.write(b"c").unwrap()), (2, 1));
        assert!(page.write(b"d").is_err());
        assert_eq!(page.bytes, b"abc");
    }

    #[test]
    fn a_fault_is_shown_in_the_template_that_has_it() {
        let source = "ä\n{{ text | nothing }}";
        let own = [("report/short.html", source)];
        let fault = Mixed::new(own.into_iter(), Words::ENGLISH).unwrap_err();
        assert_eq!(fault.template.as_deref(), Some("report/short.html"));
        assert_eq!(&source[fault.at], "nothing", "{}", fault.message);
    }
}
