//! Private notes are blotted out wherever lines of a file are shown. Such a file may be anything but TOML, so this goes
//! line by line, and rather hides too much than too little.

use crate::problem::{Problem, Problems, Source};
use crate::text::nearest;

/// What is still open at the end of a line.
enum Within {
    Nothing,
    /// A note in three quotes.
    Quotes(&'static str),
    /// A note that is a list or a table, with so many brackets open.
    Brackets(usize),
    /// A table below a note.
    Table,
}

/// The same problems without anything of a private note.
pub fn hidden(problems: &Problems) -> Problems {
    problems.replaced(|source| Source::new(source.name(), blotted(source.text())), without_note)
}

/// A problem whose message may repeat a note says nothing of what stands at its place.
fn without_note(problem: &Problem, source: &Source, blotted: &Source) -> Problem {
    let place = problem.place.start..problem.place.end;
    let mut problem = problem.clone();
    if source.text().get(place.clone()) != blotted.text().get(place) {
        let parts = problem.message.split('`').enumerate();
        problem.message = parts.map(|(i, part)| if i % 2 == 1 { "`…`" } else { part }).collect();
        problem.suggestion = None;
    }
    problem
}

/// The text, as long as before, with a star for every byte of a private note.
fn blotted(text: &str) -> String {
    let mut blotted = String::with_capacity(text.len());
    let mut within = Within::Nothing;
    for line in text.split_inclusive('\n') {
        let shown;
        (shown, within) = read(line, &within);
        let (shown, hidden) = line.split_at(shown);
        blotted.push_str(shown);
        blotted
            .extend(hidden.bytes().map(|byte| if matches!(byte, b'\r' | b'\n') { byte.into() } else { '*' }));
    }
    blotted
}

/// How much of a line is shown, and what is open after it.
fn read(line: &str, within: &Within) -> (usize, Within) {
    let is_header = line.trim_start().starts_with('[');
    match *within {
        Within::Quotes(quotes) if line.contains(quotes) => (0, Within::Nothing),
        Within::Quotes(quotes) => (0, Within::Quotes(quotes)),
        Within::Brackets(depth) => (0, brackets(line, depth)),
        Within::Table if !is_header => (0, Within::Table),
        _ if is_header => below_note(line).map_or((line.len(), Within::Nothing), |at| (at, Within::Table)),
        _ => after_key(line).map_or((line.len(), Within::Nothing), |at| (at, opened(&line[at..]))),
    }
}

/// What the value of a note opens without closing it.
fn opened(value: &str) -> Within {
    let value = value.trim_start();
    match ["'''", "\"\"\""].into_iter().find(|quotes| value.starts_with(quotes)) {
        Some(quotes) if value.matches(quotes).count() == 1 => Within::Quotes(quotes),
        None if value.starts_with(['[', '{']) => brackets(value, 0),
        _ => Within::Nothing,
    }
}

fn brackets(value: &str, depth: usize) -> Within {
    let depth = value.chars().fold(depth, |depth, c| match c {
        '[' | '{' => depth + 1,
        ']' | '}' => depth.saturating_sub(1),
        _ => depth,
    });
    if depth == 0 { Within::Nothing } else { Within::Brackets(depth) }
}

/// The words of a text, each with the byte after it.
fn words(text: &str) -> impl Iterator<Item = (&str, usize)> {
    let within = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let words = text.split(move |c| !within(c)).filter(|word| !word.is_empty());
    words.map(|word| (word, word.as_ptr().addr() - text.as_ptr().addr() + word.len()))
}

/// Whether a key is `note` or might be meant to be.
fn is_note((word, _): &(&str, usize)) -> bool {
    let word = word.to_ascii_lowercase();
    word.starts_with("note") || (word.len() <= 5 && nearest(&word, ["note"]).is_some())
}

/// Where the key of a note ends in the header of a table: `[answers.area.topic.note]`.
fn below_note(line: &str) -> Option<usize> {
    words(line).skip(3).find(is_note).map(|(_, end)| end)
}

/// Where the key of a note ends: at the beginning of a line, or of an entry in braces.
fn after_key(line: &str) -> Option<usize> {
    let starts = line.match_indices(['{', ',']).map(|(at, _)| at + 1);
    std::iter::once(0).chain(starts).find_map(|start| {
        let rest = &line[start..];
        let end = rest.find(['=', '{', '}', ',', '[', ']']).unwrap_or(rest.len());
        let has_value = rest[end..].starts_with('=');
        let found = words(&rest[..end]).take(if has_value { usize::MAX } else { 1 }).find(is_note);
        found
            .filter(|_| has_value || start == 0)
            .map(|(_, word)| start + if has_value { end + 1 } else { word })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_blotted_out_wherever_they_stand() {
        let rows = [
            ("note = 'x y'\r\nanswer = 1\n", "note =******\r\nanswer = 1\n"),
            ("\"Notes\"='x'", "\"Notes\"=***"),
            ("note 'x'", "note****"),
            ("{ answer = 1, note = 'x' }", "{ answer = 1, note =******"),
            ("a.b.note.c = 1", "a.b.note.c =**"),
            ("note = '''\nx\n'''\na = 1", "note =****\n*\n***\na = 1"),
            ("note = [\n'x',\n]\na = 1", "note =**\n****\n*\na = 1"),
            ("[answers.a.b.note]\nx = 1\n[answers.c.d]\n", "[answers.a.b.note*\n*****\n[answers.c.d]\n"),
        ];
        for (text, expected) in rows {
            assert_eq!(blotted(text), expected);
        }
    }

    #[test]
    fn everything_else_is_shown() {
        for text in [
            "[answers.papers.notes]\nanswer = 'x'",
            "ask = 'Do you note it?'",
            "name = 'Note'",
            "# Nothing here",
        ] {
            assert_eq!(blotted(text), text);
        }
    }
}
