//! Somebody sends a crafted questionnaire, answers file or incident: whatever stands in their texts stays text, in every
//! format; and a private note stays where it was written.

use std::collections::BTreeMap;
use std::fs;

use pulldown_cmark::{Event, Options, Parser};
use safeseat::format::schema;
use serde_json::Value as Json;
use toml_edit::{DocumentMut, Item, TableLike, Value};

use crate::runner::{Desk, Said, repository};

/// The files of `tests/fixtures/whole/`: together they have every key that there is.
const WHOLE: [&str; 9] = [
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

/// Keys whose values are not free text but ids, words, dates, addresses and Markdown. Everything else is poisoned.
const NOT_TEXT: [&str; 32] = [
    "accent",
    "answer",
    "applies_if",
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
    "narrative",
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
];

/// What a text from a file may try.
const PAYLOADS: &[&str] = &[
    "<script>alert(1)</script>",
    "</style></title><script>alert(1)//",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)' x=\"",
    "<!-- <![CDATA[ --> ]]> &lt;b&gt; &#60;b",
    "javascript:alert(1)",
    "[x](javascript:alert(1)) <javascript:y>",
    "![x](data:text/html,y) [y]: z [^1]",
    "https://evil.example www.evil.example a@b",
    "a | b\n|---|---|\n| c | d |\n\n| e |",
    "\n\n# Heading\n\n- item\n\n> quote\n\n1. one",
    "# Heading {#id .class}",
    "---\n===\n***\n```\ncode\n~~~",
    "- [x] done",
    "1) one",
    "    code",
    "> quote",
    "`code` **bold** _it_ ~~no~~ $x$ :-) \\",
    "\u{1b}]0;x\u{7}\u{1b}[2J\u{1b}[31m\u{9b}31m",
    "\u{202e}\u{2066}\u{200b}\u{200f}\u{feff}\u{e0041}\u{2028}",
    "\u{1}\u{2}\u{8}\u{b}\u{c}\r\u{e}\u{1f}\u{7f}\u{80}\u{85}\u{9f}",
    "=HYPERLINK(\"https://e.example\",\"x\")",
    "\t=1+1",
    "\r\n+1",
    "@SUM(1)",
    "-1+1|cmd",
    "\u{ff1d}1",
    "\"=1\",\"=1\"\n=1",
    "{{ 7*7 }}{% raw %}{# c #}{{ report }}",
    "%s%n ${HOME} $(id) {0} {}",
    "\"; } * { display: none } /* ' */ \\a",
    "\"\"\" ''' \\u001b # = [table]",
    "東京 e\u{301} 👩\u{200d}💻 ع",
];

/// A word far wider than any screen.
const LONG_WORD: &str = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";

/// Puts a payload into every free text of a table.
struct Poison<'a> {
    payload: &'a str,
    /// The texts so far.
    texts: Vec<(String, String)>,
}

impl Poison<'_> {
    /// The payload, followed by a word of its own except in versions, which are compared with each other.
    fn text(&mut self, key: &str) -> Value {
        let payload: String =
            self.payload.chars().take(if key == "title" { 38 } else { usize::MAX }).collect();
        let text = if key == "version" { payload } else { format!("{payload} mark{}x", self.texts.len()) };
        self.texts.push((key.to_owned(), text.clone()));
        text.into()
    }

    fn table(&mut self, table: &mut dyn TableLike) {
        for (key, item) in table.iter_mut() {
            // The sources of a question are ids, those of an incident are addresses.
            let sources = key == "sources" && item.is_array();
            match item {
                _ if sources || NOT_TEXT.contains(&key.get()) => {}
                Item::ArrayOfTables(tables) => tables.iter_mut().for_each(|table| self.table(table)),
                Item::Table(table) => self.table(table),
                Item::Value(value) => self.value(&key, value),
                Item::None => {}
            }
        }
    }

    fn value(&mut self, key: &str, value: &mut Value) {
        match value {
            Value::InlineTable(table) => self.table(table),
            Value::Array(values) => values.iter_mut().for_each(|value| self.value(key, value)),
            Value::String(_) => *value = self.text(key),
            _ => {}
        }
    }
}

/// A desk with all files, each of their free texts poisoned, and those texts.
fn poisoned(payload: &str) -> (Desk, Vec<(String, String)>) {
    let desk = Desk::new();
    let mut poison = Poison { payload, texts: Vec::new() };
    for file in WHOLE {
        let text = fs::read_to_string(repository("tests/fixtures/whole").join(file)).unwrap();
        let mut document: DocumentMut = text.parse().unwrap();
        poison.table(document.as_table_mut());
        desk.write(file, document.to_string());
    }
    desk.write("logo.svg", fs::read(repository("tests/fixtures/whole/logo.svg")).unwrap());
    desk.write("plan.toml", poisoned_plan(&desk, &mut poison));
    (desk, poison.texts)
}

/// The plan beside the answers, whose organisation it names.
fn poisoned_plan(desk: &Desk, poison: &mut Poison) -> String {
    let mut plan: DocumentMut =
        fs::read_to_string(repository("tests/fixtures/whole/plan.toml")).unwrap().parse().unwrap();
    plan.remove("organisation");
    poison.table(plan.as_table_mut());
    let answers: toml::Table = desk.read("answers.toml").parse().unwrap();
    plan["organisation"] = toml_edit::value(answers["organisation"]["name"].as_str().unwrap());
    plan.to_string()
}

/// Everything that is made of them: what made it, its format, and the text.
fn made(desk: &Desk) -> Vec<(String, &'static str, String)> {
    let documents = [
        ("report", desk.reports("answers.toml --quiet")),
        ("plan", desk.plans("answers.toml --quiet")),
        ("show", desk.booklets("whole.toml --quiet")),
        ("incidents", desk.stories("burglary --incidents incidents --quiet")),
    ];
    let of_command = |(command, made): (&str, BTreeMap<_, _>)| {
        let command = command.to_owned();
        made.into_iter().map(move |(format, text)| (command.clone(), format, text))
    };
    let mut all: Vec<_> = documents.into_iter().flat_map(of_command).collect();
    desk.run(0, "new new.toml --questionnaire whole.toml --today 2026-11-23 --force --quiet");
    desk.run(0, "check new.toml");
    all.push(("new".to_owned(), "toml", desk.read("new.toml")));
    desk.run(0, "plan answers.toml --today 2026-11-23 --by 2027-06-01 --titles -o plan.ics --force --quiet --update own.toml");
    all.push(("plan".to_owned(), "ics", desk.read("plan.ics")));
    desk.run(0, "plan answers.toml --update added.toml --quiet");
    desk.run(0, "check added.toml");
    all.push(("plan".to_owned(), "toml", desk.read("added.toml")));
    let subjects = ["", "1.1", "first.percentage", "gate"];
    let why = subjects.map(|subject| format!("why answers.toml {subject}"));
    for command in why.into_iter().chain([format!("check {}", WHOLE.join(" "))]) {
        let Said { out, err } = desk.run(0, &format!("{command} --color always"));
        all.push((command, "terminal", out + &err));
    }
    all
}

/// A letter that steers a terminal or reorders others, in a format that has only this white space.
fn steers(text: &str, white_space: &str) -> Option<char> {
    let reorders = |c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().find(|c| (c.is_control() && !white_space.contains(*c)) || reorders(*c))
}

/// The text without the colours that are ours: nothing else begins with an escape.
fn without_colours(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let mut plain = parts.next().unwrap().to_owned();
    for part in parts {
        let (codes, rest) = part.split_once('m').unwrap();
        assert!(codes.chars().all(|c| c.is_ascii_digit() || c == ';'), "{codes}");
        plain += rest;
    }
    plain
}

/// The tags of a page with the names of their attributes, its links, and its style sheet without what stands in quotes.
fn html_skeleton(page: &str) -> Vec<String> {
    let mut skeleton = Vec::new();
    for tag in page.split('<').skip(1) {
        let (tag, text) = tag.split_once('>').unwrap_or((tag, "no end"));
        // Values of attributes stand in double quotes, and no quote is left inside them.
        let names: Vec<_> = tag.split('"').step_by(2).collect();
        skeleton.push(format!("<{}>", names.concat()));
        let values = tag.split('"').skip(1).step_by(2);
        let links =
            names.iter().zip(values).filter(|(name, _)| name.ends_with("href=") || name.ends_with("src="));
        skeleton.extend(links.map(|(_, value)| value.to_owned()));
        if tag == "style" {
            skeleton.extend(text.replace("\\\"", "").split('"').step_by(2).map(str::to_owned));
        }
    }
    skeleton
}

/// How Markdown is understood, without its words.
fn markdown_skeleton(text: &str) -> Vec<String> {
    let parser = Parser::new_ext(text, Options::all());
    parser.filter(|event| !matches!(event, Event::Text(_))).map(|event| format!("{event:?}")).collect()
}

/// The shape of a table for spreadsheets, and its cells that would run.
fn csv_skeleton(text: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let records: Vec<_> = reader.records().map(Result::unwrap).collect();
    let shape = records.iter().map(|record| record.len().to_string());
    let cells = records.iter().flat_map(|record| record.iter());
    let runs = cells.filter(|cell| cell.starts_with(|first| "=+-@|%\t\r\u{ff1d}".contains(first)));
    shape.chain(runs.map(str::to_owned)).collect()
}

/// The keys of a document and its lists, without their values.
fn json_skeleton(value: &Json) -> Vec<String> {
    match value {
        Json::Object(keys) => {
            keys.iter().flat_map(|(key, value)| [vec![key.clone()], json_skeleton(value)].concat()).collect()
        }
        Json::Array(values) => values.iter().flat_map(json_skeleton).collect(),
        _ => vec![".".to_owned()],
    }
}

/// What a text is to whoever opens it, without its words.
fn skeleton(format: &str, text: &str) -> Vec<String> {
    match format {
        "html" => html_skeleton(text),
        "md" => markdown_skeleton(text),
        "csv" => csv_skeleton(text),
        "ics" => {
            let unfolded = text.replace("\r\n ", "");
            let names = unfolded.lines().map(|line| line.split(':').next().unwrap_or_default());
            names.map(str::to_owned).collect()
        }
        "json" => json_skeleton(&serde_json::from_str(text).unwrap()),
        "toml" => json_skeleton(&serde_json::to_value(text.parse::<toml::Table>().unwrap()).unwrap()),
        _ => {
            let wide = |line: &&str| unicode_width::UnicodeWidthStr::width(*line) > 80;
            without_colours(text).lines().filter(wide).map(str::to_owned).collect()
        }
    }
}

/// What makes a text differ from the harmless one in more than words.
fn fault(format: &str, text: &str, harmless: &str) -> Option<String> {
    let steers = match format {
        "terminal" => steers(&without_colours(text), "\n"),
        "html" => steers(text, "\n\t\r"),
        "csv" | "ics" => steers(&text.replace("\r\n", "\n"), "\n"),
        _ => steers(text, "\n"),
    };
    if let Some(steers) = steers {
        return Some(format!("{steers:?}"));
    }
    let (found, expected) = (skeleton(format, text), skeleton(format, harmless));
    let place = found.iter().zip(&expected).take_while(|(found, expected)| found == expected).count();
    let part =
        |parts: &[String]| parts.get(place).map_or_else(|| "nothing".to_owned(), |part| format!("{part:?}"));
    (found != expected).then(|| format!("{} instead of {}", part(&found), part(&expected)))
}

#[test]
fn the_poisoned_files_have_every_key_that_there_is() {
    let desk = poisoned("harmless").0;
    let files = [
        ("answers.toml", schema::answers_schema()),
        ("whole.toml", schema::questionnaire_schema()),
        ("plan.toml", schema::plan_schema()),
        ("brand.toml", schema::brand_schema()),
    ];
    for (file, schema) in files {
        let file = desk.read(file);
        let words: Vec<&str> = file.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').collect();
        let mut tables = vec![&schema];
        while let Some(table) = tables.pop() {
            let keys = table["properties"].as_object().into_iter().flat_map(|keys| keys.keys());
            for key in keys.filter(|key| !["base", "keep", "drop", "language"].contains(&key.as_str())) {
                assert!(words.contains(&key.as_str()), "no file has the key `{key}`");
            }
            tables.extend(table["$defs"].as_object().into_iter().flat_map(|tables| tables.values()));
        }
    }
}

#[test]
fn whatever_stands_in_a_file_stays_text_in_every_format() {
    let harmless = made(&poisoned("harmless").0);
    let mut faults = Vec::new();
    for payload in PAYLOADS.iter().chain([&LONG_WORD]) {
        let (desk, _) = poisoned(payload);
        for ((command, format, text), (_, _, harmless)) in made(&desk).iter().zip(&harmless) {
            if let Some(fault) = fault(format, text, harmless) {
                faults.push(format!("{command}, {format}, with {payload:?}: {fault}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_text_of_the_answers_is_in_the_report_but_for_notes_and_what_does_not_count() {
    let (desk, texts) = poisoned("<b>\u{1b}[1m");
    let answers = desk.read("answers.toml");
    let parsed: toml::Table = answers.parse().unwrap();
    let ignored = parsed["answers"]["second"]["out-of-scope"]["comment"].as_str().unwrap();
    let all = made(&desk);
    for (key, text) in texts.iter().filter(|(key, _)| key != "version") {
        let word = text.rsplit(' ').next().unwrap();
        let hidden = key == "note" || text == ignored;
        for (command, format, made) in &all {
            assert!(!hidden || !made.contains(word), "{command} {format} tells {key}");
            let whole = command == "report" && ["html", "md"].contains(format);
            assert!(
                !whole || hidden || !answers.contains(word) || made.contains(word),
                "{format} lacks {key}"
            );
        }
    }
}

/// What stands in a private note: a text, and a number where a text was meant.
const PRIVATE: [&str; 2] = ["zaphod", "4242424242"];

/// The table of an answer with a private note: sound, and with every mistake that can be made near it.
const NOTES: &[&str] = &[
    "[answers.first.levels]\nanswer = 'latch'\nnote = 'zaphod'",
    "[answers.first.levels]\nanswer = 'latch'\nnote = 4242424242",
    "[answers.first.levels]\nanswer = 'latch'\nnote = ['zaphod']",
    "[answers.first.levels]\nanswer = 'latch'\nnote = { a = 'zaphod' }",
    "[answers.first.levels]\nanswer = 'latch'\nnote = zaphod",
    "[answers.first.levels]\nanswer = 'latch'\nnote = 'zaphod",
    "[answers.first.levels]\nanswer = 'latch'\nnote = \"zaphod \\q\"",
    "[answers.first.levels]\nanswer = 'latch'\nnote = 'zaphod \u{1}'",
    "[answers.first.levels]\nanswer = 'latch'\nnote = 'zaphod \0'",
    "[answers.first.levels]\nanswer = 'latch'\nnote = 'zaphod' 'zaphod'",
    "[answers.first.levels]\nanswer = 'latch'\nnote = '''\nzaphod\n",
    "[answers.first.levels]\nanswer = 'latch'\nnote = '''\nzaphod ''' 5\n",
    "[answers.first.levels]\nanswer = 'latch'\nnote = \"\"\"\nzaphod \\q\nzaphod \"\"\"",
    "[answers.first.levels]\nanswer = 'latch'\nnotes = 'zaphod'",
    "[answers.first.levels]\nanswer = 'latch'\nNote = 'zaphod'",
    "[answers.first.levels]\nanswer = 'latch'\nnote = 'zaphod'\nnote = 'zaphod'",
    "[answers.first.levels]\nanswer = 'latch'\nnote 'zaphod'",
    "[answers.first.levels]\nanswer = 'latch'\n'note' = 'zaphod' x",
    "[answers.first.levels]\nanswer = { note = 'zaphod' }",
    "[answers.first.levels]\nanswer = 'nonsense'\nnote = 'zaphod'\nevidence = 'none'",
    "[answers.first]\nlevels = { answer = 'nonsense', note = 'zaphod' }",
    "[answers.first]\nlevels = { answer = 'latch', note = 'zaphod', nonsense = 1 }",
    "[answers.first]\nlevels = { answer = 'latch', note = 'zaphod'",
    "[answers]\nfirst.levels.note = 'zaphod'\nfirst.levels.answer = 5",
    "[answers.first.levels.note]\nzaphod = 'zaphod'",
    "[answers.first.levels.note.zaphod]",
    "[[answers.first.levels.note]]\nzaphod = 4242424242",
];

#[test]
fn a_note_is_told_by_no_command_in_no_format_and_no_message() {
    let desk = poisoned("harmless").0;
    let answers = fs::read_to_string(repository("tests/fixtures/whole/answers.toml")).unwrap();
    let (head, _) = answers.split_once("[answers.first.levels]").unwrap();
    let commands =
        ["check answers.toml", "report answers.toml --json -o r.md --force", "why answers.toml 1.1"];
    let mut told = Vec::new();
    for note in NOTES {
        let file = format!("{head}{note}\n[answers.second.not-known]\nanswer = 'unknown'\n");
        let not_utf8 =
            file.replace("zaphod", "zaphod \u{1}").bytes().map(|b| if b == 1 { 0xe9 } else { b }).collect();
        for bytes in [file.clone().into_bytes(), file.replace('\n', "\r\n").into_bytes(), not_utf8] {
            desk.write("answers.toml", &bytes);
            for arguments in commands {
                let output = desk.command(arguments).output().unwrap();
                let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
                if PRIVATE.iter().any(|private| said.contains(private)) {
                    told.push(format!("{arguments} of {note:?}:\n{said}"));
                }
            }
        }
    }
    assert!(told.is_empty(), "{} times:\n{}", told.len(), told.join("\n"));
}

#[test]
fn names_of_files_and_arguments_are_only_shown() {
    let desk = Desk::with_sample("local-party");
    let name = "\u{1b}]0;x\u{7}\u{202e}a";
    let rows = [
        ("report", ""),
        ("check", ""),
        ("show", ""),
        ("explain", ""),
        ("why answers.toml", ""),
        ("report answers.toml -o", ""),
        ("report answers.toml -o", ".json"),
        ("report answers.toml --questionnaire", ""),
        ("report answers.toml --questionnaires", ""),
        ("new", ".toml"),
    ];
    for (arguments, ending) in rows {
        let output = desk.command(arguments).arg(format!("{name}{ending}")).output().unwrap();
        let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        assert_eq!(steers(&said, "\n"), None, "{arguments}: {said:?}");
        assert!(said.contains("\\u{1b}]0;x\\u{7}\\u{202e}a"), "{arguments}: {said}");
    }
}
