//! A report for somebody says what is meant for them, and nothing else: every text of a person and of the content is a
//! word of its own here, and a table says who may see it.

use std::collections::BTreeMap;
use std::fs;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use safeseat::model::{Colour, Ground};
use sha2::{Digest as _, Sha256};
use toml::Table;
use toml_edit::{DocumentMut, Item, TableLike, Value};

use crate::runner::{Desk, outputs, repository, samples};

const AUDIENCES: [&str; 4] = ["internal", "board", "client", "public"];
const FILES: [&str; 9] = [
    "answers.toml",
    "brand.toml",
    "whole.toml",
    "controls.toml",
    "sources.toml",
    "frameworks/own.toml",
    "frameworks/attack.toml",
    "incidents/burglary.toml",
    "incidents/piracy.toml",
];

/// Who may see a text, by its file and key: the first letter of each audience. The first row that fits counts.
const MAY_SEE: &[(&str, &str)] = &[
    ("answers.toml organisation.name", "ibcp"),
    ("answers.toml assessment.marking", "ibcp"),
    ("answers.toml assessment.assessor", "ibc"),
    ("answers.toml narrative.summary", "ibc"),
    ("answers.toml narrative.closing", "ibc"),
    ("answers.toml narrative.public", "ip"),
    ("answers.toml narrative.", "ic"),
    ("answers.toml answers.second.out-of-scope.", ""),
    ("answers.toml * note", ""),
    ("answers.toml * by", "i"),
    ("answers.toml * evidence_where", "i"),
    ("answers.toml * provided_by", "ic"),
    ("answers.toml * comment", "ic"),
    ("answers.toml * reason", "ic"),
    ("answers.toml * approved_by", "ic"),
    // The marking of the answers stands in its place.
    ("brand.toml brand.marking", ""),
    ("brand.toml brand.", "ibc"),
    ("whole.toml title", "ibcp"),
    ("whole.toml licence", "ibcp"),
    ("whole.toml area.title", "ibcp"),
    // What the five actions say.
    ("whole.toml question.title", "ibc"),
    ("whole.toml question.fix", "ibc"),
    ("whole.toml question.why", "ibc"),
    ("whole.toml gate.title", "ibc"),
    ("incidents/burglary.toml title", "ibc"),
    ("incidents/burglary.toml when", "ibc"),
    ("incidents/piracy.toml title", "ibc"),
    ("incidents/piracy.toml when", "ibc"),
    ("", "ic"),
];

/// Texts that are surely there for everybody who may see them.
const SURELY: [&str; 3] = ["answers.toml ", "brand.toml ", "whole.toml area.title"];

/// Keys with ids, words, dates, addresses and pictures.
const NOT_TEXT: [&str; 33] = [
    "accent",
    "answer",
    "applies_if",
    "base",
    "confidence",
    "control",
    "controls",
    "cost",
    "country",
    "detect",
    "effect",
    "effort",
    "evidence",
    "facts",
    "id",
    "impossible_if_not",
    "kind",
    "level",
    "logo",
    "new",
    "not_applicable",
    "old",
    "plan",
    "prefix",
    "question",
    "questionnaire",
    "references",
    "seen",
    "severity",
    "status",
    "techniques",
    "url",
    "version",
];

/// Words of their own in the place of texts, with where these stand.
#[derive(Default)]
struct Canaries(Vec<(String, String)>);

impl Canaries {
    fn table(&mut self, place: &str, table: &mut dyn TableLike) {
        for (key, item) in table.iter_mut() {
            let place = format!("{place}{}", key.get());
            match item {
                _ if (key == "sources" && item.is_array()) || NOT_TEXT.contains(&key.get()) => {}
                Item::ArrayOfTables(tables) => {
                    tables.iter_mut().for_each(|table| self.table(&format!("{place}."), table));
                }
                Item::Table(table) => self.table(&format!("{place}."), table),
                Item::Value(value) => self.value(&place, value),
                Item::None => {}
            }
        }
    }

    fn value(&mut self, place: &str, value: &mut Value) {
        match value {
            Value::InlineTable(table) => self.table(&format!("{place}."), table),
            Value::Array(values) => values.iter_mut().for_each(|value| self.value(place, value)),
            Value::String(_) => {
                let word = format!("canary{:04x}", self.0.len());
                *value = word.as_str().into();
                self.0.push((place.to_owned(), word));
            }
            _ => {}
        }
    }
}

/// A desk with files in which every text is a canary.
fn cage() -> (Desk, Canaries) {
    let desk = Desk::new();
    let mut canaries = Canaries::default();
    for file in FILES {
        let text = fs::read_to_string(repository("tests/fixtures/whole").join(file)).unwrap();
        let mut document: DocumentMut = text.parse().unwrap();
        canaries.table(&format!("{file} "), document.as_table_mut());
        desk.write(file, document.to_string());
    }
    desk.write("logo.svg", fs::read(repository("tests/fixtures/whole/logo.svg")).unwrap());
    let earlier = desk.read("answers.toml").replace("date = 2026-11-23", "date = 2026-11-02");
    desk.write("earlier.toml", earlier.replace("answer = \"latch\"", "answer = \"lock\""));
    (desk, canaries)
}

fn may_see(place: &str, audience: &str) -> bool {
    let fits = |row: &str| match row.split_once(" * ") {
        Some((file, key)) => place.starts_with(file) && place.ends_with(&format!(".{key}")),
        None => place.starts_with(row),
    };
    let (_, who) = MAY_SEE.iter().find(|(row, _)| fits(row)).unwrap();
    who.contains(&audience[..1])
}

/// The formats that an audience can have.
fn offered(audience: &str) -> &'static [&'static str] {
    match audience {
        "board" | "public" => &["html", "md", "txt"],
        _ => &["html", "md", "txt", "csv", "json"],
    }
}

/// A report for an audience in every format that it can have, and on the terminal.
fn reports(desk: &Desk, arguments: &str, audience: &str) -> BTreeMap<&'static str, String> {
    let command = format!("report {arguments} --audience {audience} --quiet --force");
    desk.run(0, &format!("{command}{}", outputs(audience, offered(audience))));
    let read = offered(audience).iter().map(|format| (*format, desk.read(&format!("{audience}.{format}"))));
    std::iter::once(("terminal", desk.run(0, &command).out)).chain(read).collect()
}

#[test]
fn everybody_sees_what_is_meant_for_them_and_nothing_else() {
    let (desk, canaries) = cage();
    let mut faults = Vec::new();
    for audience in AUDIENCES {
        for previous in ["", " --previous earlier.toml"] {
            let made = reports(&desk, &format!("answers.toml{previous}"), audience);
            for (place, canary) in &canaries.0 {
                let seen = |text: &String| text.to_lowercase().contains(canary);
                let allowed = may_see(place, audience);
                for (format, _) in made.iter().filter(|(_, text)| !allowed && seen(text)) {
                    faults.push(format!("{audience} {format}{previous} tells {place}"));
                }
                let surely = SURELY.iter().any(|surely| place.starts_with(surely));
                if surely && allowed && !seen(&made["html"]) {
                    faults.push(format!("{audience} html{previous} lacks {place}"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_public_sees_nothing_of_a_sample_that_would_help_an_attacker() {
    let normal = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    for sample in samples() {
        let desk = Desk::with_sample(&sample);
        let answers: Table = desk.read("answers.toml").parse().unwrap();
        let id = answers["questionnaire"].as_str().unwrap();
        let file = repository(&format!("questionnaires/{id}.toml"));
        let questions: Table = fs::read_to_string(file).unwrap().parse().unwrap();
        let mut secret: Vec<String> = Vec::new();
        for question in questions["question"].as_array().unwrap() {
            secret.extend(["id", "ask", "fix"].map(|key| question[key].as_str().unwrap_or("").to_owned()));
        }
        free_texts(&answers["answers"], &mut secret);
        secret.extend(answers["assessment"].get("assessor").and_then(toml::Value::as_str).map(str::to_owned));
        secret.extend(["sha256", " of 100", "href=\"#q"].map(str::to_owned));
        let name = answers["organisation"]["name"].as_str().unwrap();
        // A single word may stand anywhere.
        secret.retain(|text| text.contains([' ', '.', '#', '2']) && !name.contains(text));
        assert!(secret.len() > 20);
        for (format, text) in reports(&desk, "answers.toml", "public") {
            let text = normal(&text);
            // The style sheet, which is the same for every page, is about colours.
            let text = text.split_once("</style>").map_or(text.as_str(), |(_, body)| body);
            for secret in secret.iter().map(|secret| normal(secret)) {
                assert!(!text.contains(&secret), "{sample} {format}: {secret}");
            }
            assert!(
                text.contains("not a certificate") && text.contains("For the public"),
                "{sample} {format}"
            );
        }
    }
}

/// The free texts of answers.
fn free_texts(value: &toml::Value, texts: &mut Vec<String>) {
    match value {
        toml::Value::Table(table) => {
            let free = table.iter().filter(|(key, _)| !["answer", "evidence"].contains(&key.as_str()));
            free.for_each(|(_, value)| free_texts(value, texts));
        }
        toml::Value::String(text) => texts.push(text.clone()),
        _ => {}
    }
}

#[test]
fn no_link_of_a_page_leads_to_a_part_that_is_left_out() {
    for desk in samples().iter().map(|sample| Desk::with_sample(sample)).chain([cage().0]) {
        for audience in AUDIENCES {
            let page =
                reports(&desk, "answers.toml --previous answers.toml", audience).remove("html").unwrap();
            let targets = page.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next());
            for target in targets {
                assert!(page.contains(&format!("id=\"{target}\"")), "{audience}: #{target}");
            }
        }
    }
}

#[test]
fn a_short_report_is_refused_as_a_list_of_answers() {
    let desk = Desk::with_sample("local-party");
    for audience in ["board", "public"] {
        for output in ["--json", "-o out.csv", "-o out.json", "-o out.html -o out.csv"] {
            let said = desk.run(2, &format!("report answers.toml --audience {audience} {output}"));
            assert!(
                said.err.contains("would list every answer") && said.err.contains(".html, .md or .txt"),
                "{}",
                said.err
            );
            assert!(said.out.is_empty());
        }
    }
    assert_eq!(desk.names(), ["answers.toml"]);
}

#[test]
fn what_a_report_fails_on_does_not_depend_on_who_reads_it() {
    let desk = Desk::with_sample("local-party");
    for audience in AUDIENCES {
        desk.run(1, &format!("report answers.toml --audience {audience} --fail-under 90 --fail-on gate"));
    }
}

#[test]
fn the_organisations_own_brand_stays_on_what_the_public_sees() {
    let desk = Desk::with_sample("local-party");
    let brand = |name: &str| format!("format = 1\n[brand]\nname = \"{name}\"\nmarking = \"Canary\"\n");
    for (name, stays) in [("Ashcombe Vale Local Party", true), ("Hollins and Pryce", false)] {
        desk.write("brand.toml", brand(name));
        let public = desk.run(0, "report answers.toml --audience public").out;
        assert_eq!((public.contains("CANARY"), public.contains("Hollins")), (stays, false), "{name}");
        assert!(desk.run(0, "report answers.toml --audience board").out.contains("CANARY"));
    }
}

#[test]
fn a_brand_is_on_every_page_and_its_colour_in_a_style_that_the_policy_allows() {
    let (desk, _) = cage();
    desk.run(0, "report answers.toml -o report.html --quiet");
    desk.run(0, "compare earlier.toml answers.toml -o compared.html --quiet");
    for file in ["report.html", "compared.html"] {
        let page = desk.read(file);
        let (_, rest) = page.split_once("<style>").unwrap();
        let (sheet, _) = rest.split_once("</style>").unwrap();
        let hash = BASE64_STANDARD.encode(Sha256::digest(sheet));
        assert!(page.contains(&format!("style-src 'sha256-{hash}'")), "{file}");
        assert!(sheet.contains("--accent:#7a3e00") && sheet.contains("--accent:#f0b070"), "{file}");
        assert!(page.contains("<img src=\"data:image/svg+xml;base64,"), "{file}");
        assert!(page.contains("safeseat 0"), "{file}");
    }
}

#[test]
fn a_brand_that_would_run_or_fetch_something_is_refused_with_its_line() {
    let desk = Desk::with_sample("local-party");
    let brand = "format = 1\n[brand]\nname = \"Hollins\"\nlogo = \"logo.svg\"\n";
    desk.write("brand.toml", brand);
    let svg = |inside: &str| format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{inside}</svg>");
    for inside in ["<script>alert(1)</script>", "<g onload=\"x\"/>", "<image href=\"https://e.example\"/>"] {
        desk.write("logo.svg", svg(inside));
        for command in ["check brand.toml", "report answers.toml", "compare answers.toml answers.toml"] {
            let said = desk.run(3, command);
            let told = said.out + &said.err;
            assert!(told.contains("bad-logo") && told.contains("brand.toml:4:8"), "{command}: {told}");
        }
    }
    desk.write("brand.toml", brand.replace("logo.svg", "/etc/hostname"));
    assert!(desk.run(3, "report answers.toml").err.contains("bad-logo"));
    desk.write("logo.svg", svg("<path d=\"M0 0h9\"/>"));
    desk.write("brand.toml", brand);
    desk.run(0, "report answers.toml");
    let said = desk.run(2, "report answers.toml --brand answers.toml");
    assert!(said.err.contains("is not a brand"), "{}", said.err);
    desk.write("brand.toml", desk.read("answers.toml"));
    assert!(desk.run(0, "report answers.toml").err.contains("is not a brand, so it is not read"));
}

#[test]
fn the_public_is_told_nothing_about_an_organisation_of_which_nothing_is_known() {
    let desk = Desk::new();
    desk.run(0, "new answers.toml --name Northmoor");
    for format in ["md", "txt", "html"] {
        desk.run(0, &format!("report answers.toml --audience public -o r.{format}"));
        let told = desk.read(&format!("r.{format}"));
        assert!(told.contains("Nothing can be said yet: no question has been answered."), "{format}: {told}");
        for word in ["in the band", "In progress", "in progress", "next steps"] {
            assert!(!told.contains(word), "{format}: {word}");
        }
    }
}

#[test]
fn a_report_that_is_to_be_published_and_carries_a_marking_says_so() {
    let desk = Desk::with_sample("party-hq-november");
    let marked = "marked “Confidential” on every page: take the marking out before you publish it";
    assert!(desk.run(0, "report answers.toml --audience public -o r.html").err.contains(marked));
    assert!(!desk.run(0, "report answers.toml --audience board -o b.html").err.contains(marked));
    desk.write("answers.toml", desk.read("answers.toml").replace("marking = \"Confidential\"\n", ""));
    assert!(!desk.run(0, "report answers.toml --audience public").err.contains("marked"));
    // The organisation's own brand stays, and its marking with it.
    let name = "Civic Renewal Party, national headquarters";
    desk.write(
        "brand.toml",
        format!("format = 1\n[brand]\nname = \"{name}\"\nmarking = \"OFFICIAL-SENSITIVE\"\n"),
    );
    assert!(desk.run(0, "report answers.toml --audience public").err.contains("marked “OFFICIAL-SENSITIVE”"));
}

#[test]
fn a_logo_that_is_not_there_is_missed_only_where_it_is_shown() {
    let desk = Desk::with_sample("local-party");
    desk.write("brand.toml", "format = 1\n[brand]\nname = \"Hollins\"\nlogo = \"logo.svg\"\n");
    for without in ["", " --json", " -o r.md -o r.txt -o r.csv -o r.json"] {
        desk.run(0, &format!("report answers.toml{without}"));
    }
    assert!(desk.read("r.md").contains("Hollins"), "the words of the brand stay");
    desk.run(0, "compare answers.toml answers.toml");
    for with in ["report answers.toml -o r.html -o s.md", "compare answers.toml answers.toml -o r.html"] {
        assert!(desk.run(3, with).err.contains("cannot find `logo.svg`"), "{with}");
    }
    assert!(!desk.path("s.md").exists(), "nothing is written before all is right");
    assert!(desk.run(3, "check brand.toml").out.contains("bad-logo"));
}

#[cfg(unix)]
#[test]
fn a_logo_is_read_from_the_folder_of_the_brand_and_from_nowhere_else() {
    let desk = Desk::with_sample("local-party");
    fs::create_dir(desk.path("house")).unwrap();
    let brand = "format = 1\n[brand]\nname = \"Hollins\"\nlogo = \"logo.svg\"\n";
    desk.write("house/brand.toml", brand);
    desk.write("secret.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M0 0h9\"/></svg>");
    std::os::unix::fs::symlink("../secret.svg", desk.path("house/logo.svg")).unwrap();
    for command in ["report answers.toml --brand house/brand.toml -o r.html", "check house/brand.toml"] {
        let said = desk.run(3, command);
        assert!((said.out + &said.err).contains("leads out of its folder"), "{command}");
    }
    fs::rename(desk.path("secret.svg"), desk.path("house/real.svg")).unwrap();
    fs::remove_file(desk.path("house/logo.svg")).unwrap();
    std::os::unix::fs::symlink("real.svg", desk.path("house/logo.svg")).unwrap();
    desk.run(0, "report answers.toml --brand house/brand.toml -o r.html");
}

#[test]
fn a_narrative_is_text_with_links_that_lead_only_to_the_web() {
    let desk = Desk::with_sample("local-party");
    let answers = desk.read("answers.toml");
    let told = |text: &str| format!("{answers}\n[narrative]\nsummary = '''\n{text}\n'''\n");
    desk.write(
        "told.toml",
        told("# A <b>\n\n<script>alert(1)</script>\n\n**x** [y](https://e.example/?a=1&b=\"2\")"),
    );
    desk.run(3, "check told.toml");
    desk.write(
        "told.toml",
        told("# A <b>\n\n<script>alert(1)</script>\n\n**x** [y](https://e.example/?a=1&b=2)"),
    );
    desk.run(0, "report told.toml -o told.html -o told.md");
    let page = desk.read("told.html");
    assert!(page.contains("<h3>A &lt;b&gt;</h3>") && page.contains("&lt;script&gt;"), "escaped");
    assert!(
        page.contains("<a href=\"https:&#x2F;&#x2F;e.example")
            || page.contains("<a href=\"https://e.example")
    );
    assert!(!page.contains("<script"));
    assert!(desk.read("told.md").contains("### A &lt;b&gt;"));
    for text in ["![p](https://e.example/p.png)", "[x](javascript:alert(1))", &"a".repeat(10_001)] {
        desk.write("told.toml", told(text));
        desk.run(3, "report told.toml");
    }
}

/// What a text may try to become in a document of ours.
const TRIES: [&str; 11] = [
    "a\n\n<div onclick=alert(1)>\n\nb",
    "x <a href='javascript:y'>z</a> &lt;script&gt;",
    "[a](https://e.example/%22onmouseover=%22alert(1))",
    "[`<b>` \\](https://e.example)",
    "1\\. a\n\n\\# b\n\n\\- c\n\n\\> d",
    "- a\n\n      code\n- > - b\n  > # c",
    "**a*b**c* _d_ ***e***",
    "    | a | b |\n    |---|---|",
    "```html\n<script>\n```\n~~~\n</code></pre><script>",
    "\u{1b}]0;x\u{7}\u{202e}a",
    "https://e.example www.e.example",
];

#[test]
fn no_narrative_becomes_anything_but_text_in_any_format() {
    let desk = Desk::with_sample("local-party");
    let answers = desk.read("answers.toml");
    for text in TRIES {
        let mut document: DocumentMut = answers.parse().unwrap();
        document["narrative"]["summary"] = toml_edit::value(text);
        document["narrative"]["areas"]["acc"] = toml_edit::value(text);
        desk.write("answers.toml", document.to_string());
        let made = reports(&desk, "answers.toml", "internal");
        let page = &made["html"];
        for part in ["<script", "<div onclick", "<a href='", " onmouseover", "<img"] {
            assert!(!page.contains(part), "{text:?}: {part}");
        }
        for event in pulldown_cmark::Parser::new(&made["md"]) {
            use pulldown_cmark::{Event, Tag};
            let html = matches!(&event, Event::Html(_) | Event::InlineHtml(_));
            let link = match &event {
                Event::Start(Tag::Link { dest_url, .. }) => dest_url.starts_with("https://"),
                Event::Start(Tag::Image { .. }) => false,
                _ => true,
            };
            assert!(!html && link, "{text:?}: {event:?}");
        }
        for (format, text) in made.iter().filter(|(format, _)| **format != "terminal") {
            assert!(!text.contains(['\u{1b}', '\u{202e}', '\u{7}']), "{format}");
        }
    }
}

#[test]
fn the_next_assessment_begins_with_the_texts_of_the_last_and_says_so() {
    let desk = Desk::with_sample("local-party");
    let told = format!("{}\n[narrative]\nsummary = \"Old words.\"\n", desk.read("answers.toml"));
    desk.write("answers.toml", told);
    desk.run(0, "new next.toml --from answers.toml --today 2027-11-23");
    let next = desk.read("next.toml");
    assert!(
        next.contains(
            "[narrative] # carried over from 2026-11-23: confirm or change\nsummary = \"Old words.\""
        ),
        "{next}"
    );
}

#[test]
fn colours_are_checked_on_the_paper_that_pages_have() {
    let css = fs::read_to_string(repository("templates/base.css")).unwrap();
    let (light, dark) = css.split_once("prefers-color-scheme: dark").unwrap();
    for (rules, ground) in [(light, Ground::Light), (dark, Ground::Dark)] {
        let [paper, panel] = ground.colours();
        assert!(
            rules.contains(&format!("--paper: {paper};")) && rules.contains(&format!("--panel: {panel};"))
        );
        let (_, accent) = rules.split_once("--accent: ").unwrap();
        let accent = Colour::parse(&accent[..7]).unwrap();
        assert!(accent.contrast_on(ground) >= Colour::READABLE, "ours is readable too");
    }
}
