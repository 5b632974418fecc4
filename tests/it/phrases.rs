//! The fixed words of reports are complete in every language, and nothing is said past them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// What is said in a file.
#[derive(Default)]
struct Said {
    phrases: Vec<String>,
    /// Nouns for one and for many.
    counts: Vec<(String, String)>,
}

/// What `Words` says by itself.
const BY_ITSELF: [&str; 15] = [
    "and", "or", "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve",
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder with an ending, by its path from the root.
fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    fn below(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { below(&path, found) } else { found.push(path) }
        }
    }
    let mut found = Vec::new();
    below(&root().join(folder), &mut found);
    found.sort();
    let found = found.into_iter().filter(|path| path.extension().is_some_and(|other| other == ending));
    let named = found.map(|path| {
        let name = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
        (name, fs::read_to_string(path).unwrap())
    });
    named.collect()
}

/// What is said with `.say(…)`, `.fill(…, …)`, `.plural(…, one, many)` and `phrase(…)`.
fn said_by_code(source: &str) -> Said {
    let source = source.split("#[cfg(test)]").next().unwrap_or_default();
    let mut said = Said::default();
    for (call, args) in [(".say(", 0..=0), (".fill(", 0..=0), ("phrase(", 0..=0), (".plural(", 1..=2)] {
        for (at, _) in source.match_indices(call) {
            let mut texts = literals(&source[at + call.len()..]);
            texts.retain(|(argument, _)| args.contains(argument));
            let texts: Vec<String> = texts.into_iter().map(|(_, text)| text).collect();
            match (call, texts.as_slice()) {
                (".plural(", [one, many]) => said.counts.push((one.clone(), many.clone())),
                _ => said.phrases.extend(texts),
            }
        }
    }
    said
}

/// The string literals up to the parenthesis that closes a call, each with the place of its argument.
fn literals(call: &str) -> Vec<(usize, String)> {
    let (mut depth, mut argument, mut found) = (0, 0, Vec::new());
    let mut rest = call.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth == 0 => break,
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 0 => argument += 1,
            '"' => {
                let mut text = String::new();
                while let Some(c) = rest.next().filter(|c| *c != '"') {
                    match c {
                        '\\' => match rest.next() {
                            Some('\n') => while rest.next_if(|c| c.is_whitespace()).is_some() {},
                            Some('n') => text.push('\n'),
                            Some(other) => text.push(other),
                            None => {}
                        },
                        c => text.push(c),
                    }
                }
                found.push((argument, text));
            }
            _ => {}
        }
    }
    found
}

/// What is said between `[[` and `]]`, with `"…" | say` and with `plural(one="…", many="…")`.
fn said_by_template(source: &str) -> Said {
    let phrases = marked(source).into_iter().map(str::to_owned);
    let filtered = source
        .match_indices("\" | say")
        .filter_map(|(at, _)| source[..at].rsplit_once('"').map(|(_, phrase)| phrase.to_owned()));
    let nouns = source.split("plural(one=\"").skip(1).filter_map(|rest| {
        let (one, rest) = rest.split_once("\", many=\"")?;
        Some((one.to_owned(), rest.split_once('"')?.0.to_owned()))
    });
    Said { phrases: phrases.chain(filtered).collect(), counts: nouns.collect() }
}

/// What is said with `[[…]]` in a style sheet.
fn said_by_sheet(source: &str) -> Said {
    Said { phrases: marked(source).into_iter().map(str::to_owned).collect(), counts: Vec::new() }
}

/// What stands between `[[` and `]]`. In templates of ours no list begins with a list.
fn marked(source: &str) -> Vec<&str> {
    source
        .split("[[")
        .skip(1)
        .map(|rest| {
            let mut end = 0;
            while !rest[end..].starts_with("]]") {
                let here = &rest[end..];
                let value = here.starts_with("{{").then(|| here.find("}}").unwrap() + 2);
                end += value.unwrap_or_else(|| here.chars().next().unwrap().len_utf8());
            }
            &rest[..end]
        })
        .collect()
}

/// Templates that are never made in another language.
const ENGLISH_ONLY: [&str; 3] = ["templates/form/", "templates/history/", "templates/movement/page.html"];

/// The pages or the style sheets that are.
fn templates(ending: &str) -> impl Iterator<Item = (String, String)> {
    let all = files("templates", ending).into_iter();
    all.filter(|(name, _)| !ENGLISH_ONLY.iter().any(|other| name.starts_with(other)))
}

/// The file of British English as the code and the templates have it.
fn english() -> String {
    let code = ["src/report", "src/render"].into_iter().flat_map(|folder| files(folder, "rs"));
    let code = code.filter(|(name, _)| {
        !name.contains("fixture")
            && !["render/phrases.rs", "render/template.rs"].iter().any(|other| name.ends_with(other))
    });
    let by_file = code.map(|(name, source)| (name, said_by_code(&source)));
    let by_template = templates("html").map(|(name, source)| (name, said_by_template(&source)));
    let by_sheet = templates("css").map(|(name, source)| (name, said_by_sheet(&source)));
    let by_itself = Said { phrases: BY_ITSELF.map(str::to_owned).to_vec(), counts: Vec::new() };
    let by_itself = [("src/text/words.rs".to_owned(), by_itself)].into_iter();
    let all: Vec<_> = by_itself.chain(by_file).chain(by_template).chain(by_sheet).collect();

    let mut text = String::from(
        "# The fixed words of reports in British English, as they stand in the code and in the templates.\n\
         # A language is a copy of this file with its own words on the right. What stands in braces or in <tags> stays.\n\
         # Made by `SNAPSHOTS=overwrite cargo test phrases`.\n\
         language = \"en-GB\"\nname = \"English\"\n\n[phrases]\n",
    );
    let mut known = BTreeSet::new();
    for (name, said) in &all {
        let new: Vec<_> = said.phrases.iter().filter(|phrase| known.insert((*phrase).clone())).collect();
        if !new.is_empty() {
            writeln!(text, "# {name}").unwrap();
        }
        for phrase in new {
            let quoted = quoted(phrase);
            writeln!(text, "{quoted} = {quoted}").unwrap();
        }
    }
    let counts: BTreeMap<_, _> =
        all.iter().flat_map(|(_, said)| &said.counts).map(|(one, many)| (many, one)).collect();
    text += "\n# Nouns with their numbers: by the number, and `other` for all that have no form of their own.\n[counts]\n";
    for (many, one) in counts {
        let [one, many_of_them] = [one, many].map(|noun| quoted(&format!("{{n}} {noun}")));
        writeln!(text, "{} = {{ 1 = {one}, other = {many_of_them} }}", quoted(many)).unwrap();
    }
    text
}

fn quoted(text: &str) -> String {
    toml_edit::Value::from(text).to_string()
}

/// What has to stay as it is: values in braces, and markup.
fn kept(phrase: &str) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for (open, close) in [("{{", "}}"), ("{", "}"), ("<", ">")] {
        let mut rest = phrase;
        while let Some((_, inner)) = rest.split_once(open) {
            let (inner, after) = inner.split_once(close).unwrap_or((inner, ""));
            kept.push(format!("{open}{inner}{close}"));
            rest = after;
        }
    }
    kept.sort();
    kept
}

#[test]
fn the_english_words_are_those_of_the_code_and_the_templates() {
    snapbox::assert_data_eq!(english(), snapbox::file!["../../templates/strings/en-GB.toml"].raw());
}

/// A text without what stands between two marks.
fn without(text: &str, open: &str, close: &str) -> String {
    let mut parts = text.split(open);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |kept, part| kept + part.split_once(close).map_or("", |(_, rest)| rest))
}

/// What a page says past the language: in its text, and in attributes that are read out or shown.
fn said_past_the_language(source: &str) -> Vec<String> {
    let mut source = without(source, "{#", "#}");
    for phrase in marked(&source.clone()) {
        source = source.replacen(&format!("[[{phrase}]]"), "", 1);
    }
    let source = without(&without(&without(&source, "{%", "%}"), "{{", "}}"), "<style>", "</style>");
    let attributes = [" title=\"", " aria-label=\"", " alt=\"", " data-"];
    let read_out = attributes
        .iter()
        .flat_map(|name| source.split(name).skip(1))
        .filter_map(|rest| rest.split('"').next());
    let text = source.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text));
    let pieces = read_out.chain(text).map(|piece| without(piece, "&", ";").replace("sha256", ""));
    pieces.filter(|piece| piece.contains(char::is_alphabetic)).collect()
}

#[test]
fn templates_say_nothing_past_the_language() {
    assert_eq!(said_past_the_language("<p title=\"a\">{{ x }}[[b {{ y }}]]&amp;c</p>"), ["a", "c"]);
    for (name, source) in templates("html") {
        assert_eq!(said_past_the_language(&source), Vec::<String>::new(), "{name}");
        assert!(!source.contains("{{ \""), "{name} chooses between words inside a value");
    }
    for (name, source) in templates("css") {
        let contents = source.split("content: \"").skip(1).filter_map(|rest| rest.split('"').next());
        for text in contents.filter(|text| text.contains(char::is_alphabetic)) {
            assert!(text.starts_with("[[") && text.trim_end().ends_with("]]"), "{name}: {text}");
        }
    }
}

#[test]
fn every_language_says_everything() {
    let read = |text: &str| toml::from_str::<toml::Table>(text).unwrap();
    let english = read(&english());
    for (name, text) in files("templates/strings", "toml") {
        let other = read(&text);
        for table in ["phrases", "counts"] {
            let [english, other] = [&english, &other].map(|language| language[table].as_table().unwrap());
            let missing: Vec<_> = english.keys().filter(|phrase| !other.contains_key(*phrase)).collect();
            let needless: Vec<_> = other.keys().filter(|phrase| !english.contains_key(*phrase)).collect();
            assert!(
                missing.is_empty() && needless.is_empty(),
                "{name}: missing {missing:#?}, needless {needless:#?}"
            );
        }
        for (phrase, said) in other["phrases"].as_table().unwrap() {
            let said = said.as_str().unwrap();
            assert_eq!(kept(phrase), kept(said), "{name}: {phrase}");
            let acting = |text: &str| text.matches(['"', '<', '&', '\\']).count();
            assert_eq!(
                acting(phrase),
                acting(said),
                "{name}: what acts in markup and style sheets: {phrase}"
            );
        }
        for (noun, forms) in other["counts"].as_table().unwrap() {
            let forms = forms.as_table().unwrap();
            assert!(forms.contains_key("other"), "{name}: {noun} has no form for other numbers");
        }
    }
}
