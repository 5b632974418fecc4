//! Single edits of a text: set a value, take one away, add one where a person would have put it.

use super::layout::{Header, Layout, Pair};
use super::value::New;

/// The keys of an answer, in the order in which they are written.
const ORDER: [&str; 11] = [
    "answer",
    "reason",
    "evidence",
    "evidence_date",
    "evidence_where",
    "answered",
    "by",
    "provided_by",
    "comment",
    "note",
    "waiver",
];

impl Layout {
    /// The text with a part replaced.
    fn splice(&self, from: usize, to: usize, new: &str) -> String {
        let (before, after) = (self.text.get(..from), self.text.get(to..));
        [before.unwrap_or_default(), new, after.unwrap_or_default()].concat()
    }

    /// The pair at exactly this path.
    fn exact(&self, path: &[&str]) -> Option<&Pair> {
        self.pairs.iter().find(|pair| pair.path == path)
    }

    /// The header of exactly this table.
    pub(super) fn header(&self, path: &[&str]) -> Option<&Header> {
        self.headers.iter().find(|header| header.path == path)
    }

    /// Whether there is anything at the path, empty tables included.
    pub(super) fn has(&self, path: &[&str]) -> bool {
        self.pairs.iter().any(|pair| pair.is_under(path))
            || self.headers.iter().any(|header| header.is_under(path))
    }

    /// The text with another value in the place of one that stands there as one. Comments within that move above it.
    pub(super) fn replaced(&self, path: &[&str], new: &New) -> Option<String> {
        let pair = self.exact(path)?;
        let start = self.line_start(pair.key);
        let before = self.text.get(start..pair.value.start).unwrap_or_default();
        let comments = self.comments_in(pair);
        Some(self.splice(start, pair.value.end, &format!("{comments}{before}{new}")))
    }

    /// The comments within the value of a statement, as lines above it.
    fn comments_in(&self, pair: &Pair) -> String {
        let value = self.text.get(pair.value.clone()).unwrap_or_default();
        let has_lines = value.starts_with('[') && value.contains('\n');
        if !has_lines || value.contains("\"\"\"") || value.contains("'''") {
            return String::new();
        }
        let line = self.text.get(self.line_start(pair.key)..).unwrap_or_default();
        let indent = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
        let comments = value.lines().filter_map(comment_of);
        comments.flat_map(|comment| [indent, comment, self.newline()]).collect()
    }

    /// The text without one header or pair of what is at the path; nothing when there is none left. Comments stay.
    pub(super) fn without_one(&self, path: &[&str]) -> Option<String> {
        if let Some(pair) = self.pairs.iter().find(|pair| pair.is_under(path)) {
            return Some(match pair.within {
                None => {
                    let without = self.without_line(pair.key, pair.value.end);
                    let (before, after) = without.split_at(self.line_start(pair.key).min(without.len()));
                    [before, &self.comments_in(pair), after].concat()
                }
                Some(open) => self.without_entry(open, pair),
            });
        }
        let header = self.headers.iter().find(|header| header.is_under(path))?;
        Some(self.without_line(header.span.start, header.span.end))
    }

    /// Takes away a statement or a header, and its line when nothing else is on it. With a header goes the blank line
    /// above it.
    fn without_line(&self, key: usize, end: usize) -> String {
        let mut start = self.line_start(key);
        let rest = self.text.get(end..self.line_end(end)).unwrap_or_default();
        if !rest.trim().is_empty() {
            let indent = self
                .text
                .get(start..)
                .map_or(0, |line| line.len() - line.trim_start_matches([' ', '\t']).len());
            return self.splice(start + indent, end + rest.len() - rest.trim_start().len(), "");
        }
        let is_header = self.headers.iter().any(|header| header.span.end == end);
        let above = self.line_start(start.saturating_sub(1));
        if is_header && self.text.get(above..start).is_some_and(|line| line.trim().is_empty()) {
            start = above;
        }
        self.splice(start, self.next_line(end), "")
    }

    /// Takes away an entry within braces, with one comma.
    fn without_entry(&self, open: usize, pair: &Pair) -> String {
        let siblings = || self.pairs.iter().filter(|other| other.within == Some(open));
        if let Some(before) = siblings().rev().find(|other| other.key < pair.key) {
            return self.splice(before.value.end, pair.value.end, "");
        }
        let rest = self.text.get(pair.value.end..).unwrap_or_default();
        let to = comma(rest).map_or(pair.value.end, |comma| pair.value.end + comma + 1);
        self.splice(open + 1, to, "")
    }

    /// The text with a new value below a table that is there; nothing when the table is not.
    pub(super) fn with_entry(&self, table: &[&str], key: &str, new: &New) -> Option<String> {
        if let Some(header) = self.header(table) {
            return Some(self.with_statement(header, key, new));
        }
        if table.is_empty() {
            return Some(self.with_root_statement(key, new));
        }
        if let Some(pair) = self.exact(table).filter(|pair| pair.is_table) {
            return Some(self.with_braced(pair, &[key], new));
        }
        // Made by dotted keys: another one beside the last of them.
        self.pairs.iter().rev().filter(|pair| pair.is_under(table)).find_map(|sibling| {
            let Some(open) = sibling.within else {
                let above = self.header_of(sibling.key).map_or(0, |header| header.path.len());
                let line = statement(&[table.get(above..)?, &[key]].concat(), new);
                return Some(self.below(sibling.value.end, &line));
            };
            let braces = self.pairs.iter().find(|pair| pair.value.start == open)?;
            let rest = table.get(braces.path.len()..)?;
            Some(self.with_braced(braces, &[rest, &[key]].concat(), new))
        })
    }

    fn with_statement(&self, header: &Header, key: &str, new: &New) -> String {
        let line = statement(&[key], new);
        let is_answer = header.path.first().is_some_and(|first| first == "answers");
        let commented = self.commented_key(header, key).filter(|_| !is_answer);
        if let Some(at) = commented {
            return self.below(at, &line);
        }
        let place = ORDER.iter().position(|other| *other == key).filter(|_| is_answer);
        let earlier = |pair: &&Pair| {
            let own = pair.path.get(header.path.len()).map(String::as_str);
            place.is_none_or(|place| {
                ORDER.iter().position(|other| Some(*other) == own).is_some_and(|p| p < place)
            })
        };
        let after = self.body(Some(header)).rev().find(earlier);
        self.below(after.map_or(header.span.end, |pair| pair.value.end), &line)
    }

    fn with_root_statement(&self, key: &str, new: &New) -> String {
        match self.body(None).next_back() {
            Some(last) => self.below(last.value.end, &statement(&[key], new)),
            None => self.splice(0, 0, &format!("{}{}", statement(&[key], new), self.newline())),
        }
    }

    /// The text with a line under the line of a byte, as far from the margin.
    fn below(&self, at: usize, line: &str) -> String {
        let start = self.line_start(at);
        let own = self.text.get(start..at).unwrap_or_default();
        let indent = own.get(..own.len() - own.trim_start_matches([' ', '\t']).len()).unwrap_or_default();
        let end = self.line_end(at);
        self.splice(end, end, &format!("{}{indent}{line}", self.newline()))
    }

    /// The text with an entry as the last one within braces.
    pub(super) fn with_braced(&self, braces: &Pair, key: &[&str], new: &New) -> String {
        let open = braces.value.start;
        let entry = statement(key, new);
        match self.pairs.iter().rev().find(|pair| pair.within == Some(open)) {
            Some(last) => self.splice(last.value.end, last.value.end, &format!(", {entry}")),
            None => self.splice(open, braces.value.end, &format!("{{ {entry} }}")),
        }
    }

    /// The table in braces that is nearest above a path.
    pub(super) fn braces_above(&self, path: &[&str]) -> Option<&Pair> {
        let above = |pair: &&Pair| {
            pair.is_table && pair.path.len() < path.len() && pair.path.iter().zip(path).all(|(a, b)| a == b)
        };
        self.pairs.iter().filter(above).max_by_key(|pair| pair.path.len())
    }

    /// The line of a header's table in which the key stands as a comment.
    fn commented_key(&self, header: &Header, key: &str) -> Option<usize> {
        let mut at = self.next_line(header.span.end);
        while at < self.text.len() && self.header_of(at).is_some_and(|other| other.span == header.span) {
            if commented(self.line(at)).is_some_and(|rest| is_pair_of(rest, key)) && !self.is_in_value(at) {
                return Some(at);
            }
            at = self.next_line(at);
        }
        None
    }
}

impl Header {
    fn is_under(&self, path: &[&str]) -> bool {
        super::layout::starts_with(&self.path, path)
    }
}

/// `key = value`, the key as short as it can be written.
pub(super) fn statement(key: &[&str], new: &New) -> String {
    let bare = |part: &&str| part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    let parts: Vec<String> = key
        .iter()
        .map(|part| if bare(part) { (*part).to_owned() } else { New::word(part).to_string() })
        .collect();
    format!("{} = {new}", parts.join("."))
}

/// The comment at the end of a line, or on it alone, in which no text goes on from the line above.
fn comment_of(line: &str) -> Option<&str> {
    let mut quote = None;
    let mut chars = line.char_indices();
    while let Some((at, c)) = chars.next() {
        match (quote, c) {
            (None, '#') => return line.get(at..).map(str::trim_end),
            (None, '"' | '\'') => quote = Some(c),
            (Some('"'), '\\') => {
                chars.next();
            }
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    None
}

/// What a comment line says; nothing when it is not one.
pub(super) fn commented(line: &str) -> Option<&str> {
    line.trim_start().strip_prefix('#').map(str::trim_start)
}

/// Whether a line gives a value to a key.
pub(super) fn is_pair_of(line: &str, key: &str) -> bool {
    line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('='))
}

/// The first comma after a value, past white space and comments.
fn comma(rest: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        let left = rest.get(at..)?;
        match left.trim_start() {
            tail if tail.starts_with(',') => return Some(at + left.len() - tail.len()),
            tail if tail.starts_with('#') => at += left.find('\n')? + 1,
            _ => return None,
        }
    }
}
