//! Where everything stands in the text of a file.

use std::ops::Range;

use toml_edit::{Document, InlineTable, Item, Table, Value};

use super::RewriteError;
use super::value::Plain;

/// A file's text, what it means, and where its headers and pairs stand.
pub(super) struct Layout {
    pub(super) text: String,
    pub(super) plain: Plain,
    /// `[table]` lines, in order of the text.
    pub(super) headers: Vec<Header>,
    /// `key = value`, in order of the text; those within braces too.
    pub(super) pairs: Vec<Pair>,
}

/// A `[table]` line.
pub(super) struct Header {
    pub(super) path: Vec<String>,
    /// From bracket to bracket.
    pub(super) span: Range<usize>,
}

/// One `key = value`.
pub(super) struct Pair {
    /// From the root of the document, however it is written.
    pub(super) path: Vec<String>,
    /// Where the last part of the key begins.
    pub(super) key: usize,
    pub(super) value: Range<usize>,
    /// Whether the value is a table in braces.
    pub(super) is_table: bool,
    /// The braces that it stands in, by where they open.
    pub(super) within: Option<usize>,
}

impl Pair {
    /// Whether it stands at the path or below it.
    pub(super) fn is_under(&self, path: &[&str]) -> bool {
        starts_with(&self.path, path)
    }
}

/// Whether a path is another one or continues it.
pub(super) fn starts_with(path: &[String], start: &[&str]) -> bool {
    path.len() >= start.len() && path.iter().zip(start).all(|(a, b)| a == b)
}

impl Layout {
    pub(super) fn parse(text: String) -> Result<Self, RewriteError> {
        let document = Document::parse(text.as_str()).map_err(|error| RewriteError::new(&text, &error))?;
        let mut layout = Self {
            plain: Plain::of_table(document.as_table()),
            headers: Vec::new(),
            pairs: Vec::new(),
            text: String::new(),
        };
        layout.table(document.as_table(), &[]);
        layout.headers.sort_by_key(|header| header.span.start);
        layout.pairs.sort_by_key(|pair| pair.key);
        layout.text = text;
        Ok(layout)
    }

    fn table(&mut self, table: &Table, path: &[String]) {
        if let (Some(span), false, false) =
            (table.span(), table.is_implicit() || table.is_dotted(), path.is_empty())
        {
            self.headers.push(Header { path: path.to_vec(), span });
        }
        for (key, item) in table {
            let path: Vec<String> = path.iter().map(String::as_str).chain([key]).map(str::to_owned).collect();
            match item {
                Item::None => {}
                Item::Table(inner) => self.table(inner, &path),
                Item::ArrayOfTables(tables) => tables.iter().for_each(|table| self.table(table, &path)),
                Item::Value(value) => {
                    let key = table.key(key).and_then(toml_edit::Key::span);
                    self.pair(path, key, value, None);
                }
            }
        }
    }

    fn pair(&mut self, path: Vec<String>, key: Option<Range<usize>>, value: &Value, within: Option<usize>) {
        if let Value::InlineTable(inner) = value {
            // A dotted key has no braces of its own.
            let within = if inner.is_dotted() { within } else { value.span().map(|span| span.start) };
            self.braces(inner, &path, within);
            if inner.is_dotted() {
                return;
            }
        }
        if let (Some(key), Some(span)) = (key, value.span()) {
            let is_table = value.is_inline_table();
            self.pairs.push(Pair { path, key: key.start, value: span, is_table, within });
        }
    }

    fn braces(&mut self, table: &InlineTable, path: &[String], within: Option<usize>) {
        for (key, value) in table {
            let path: Vec<String> = path.iter().map(String::as_str).chain([key]).map(str::to_owned).collect();
            let key = table.key(key).and_then(toml_edit::Key::span);
            self.pair(path, key, value, within);
        }
    }

    /// The pairs that have lines of their own.
    pub(super) fn statements(&self) -> impl DoubleEndedIterator<Item = &Pair> {
        self.pairs.iter().filter(|pair| pair.within.is_none())
    }

    /// The line ends of the file.
    pub(super) fn newline(&self) -> &'static str {
        if self.text.contains("\r\n") { "\r\n" } else { "\n" }
    }

    /// Where the line of a byte begins.
    pub(super) fn line_start(&self, at: usize) -> usize {
        self.text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1)
    }

    /// Where the line of a byte ends, before its line end.
    pub(super) fn line_end(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        let line = rest.split('\n').next().unwrap_or_default();
        at + line.strip_suffix('\r').unwrap_or(line).len()
    }

    /// Where the line after that of a byte begins.
    pub(super) fn next_line(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        rest.find('\n').map_or(self.text.len(), |newline| at + newline + 1)
    }

    /// The header whose table a byte belongs to; nothing before the first one.
    pub(super) fn header_of(&self, at: usize) -> Option<&Header> {
        self.headers.iter().rev().find(|header| header.span.start <= at)
    }

    /// The statements that belong to a header, or to the root.
    pub(super) fn body(&self, header: Option<&Header>) -> impl DoubleEndedIterator<Item = &Pair> {
        let start = header.map_or(0, |header| header.span.start);
        let end = self
            .headers
            .iter()
            .map(|other| other.span.start)
            .find(|other| header.is_none_or(|header| *other > header.span.start));
        let end = end.unwrap_or(self.text.len());
        self.statements().filter(move |pair| (start..end).contains(&pair.key))
    }

    /// Behind the last statement of a header, or behind its own line, and behind the comments that follow without a blank
    /// line, unless they stand over the next header: a new table may stand there.
    pub(super) fn body_end(&self, header: &Header) -> usize {
        let last = self.body(Some(header)).next_back().map_or(header.span.end, |pair| pair.value.end);
        let end = self.next_line(last);
        let mut below = end;
        while self.line(below).trim_start().starts_with('#') {
            below = self.next_line(below);
        }
        if self.line(below).trim().is_empty() { below } else { end }
    }

    /// The line that begins with a byte, without its end.
    pub(super) fn line(&self, start: usize) -> &str {
        self.text.get(start..self.line_end(start)).unwrap_or_default()
    }

    /// Whether a byte is part of a value, such as a text of several lines.
    pub(super) fn is_in_value(&self, at: usize) -> bool {
        self.statements().any(|pair| pair.value.start < at && at < pair.value.end)
    }
}
