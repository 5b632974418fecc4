//! The words of paragraphs in a Word document. Every text is escaped here.

use crate::text::{pieces, visible};

/// Text as it stands between tags and in attributes of XML, with nothing in it that steers or hides.
pub(super) fn escaped(text: &str) -> String {
    let text = visible(text);
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // XML knows no way to write these.
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// A phrase as XML, with XML of ours in the place of its values.
pub(super) fn filled(phrase: &str, values: &[(&str, &str)]) -> String {
    let piece = |(text, name): (&str, Option<&str>)| {
        let value = values.iter().find(|(known, _)| Some(*known) == name).map_or("", |(_, xml)| xml);
        run("", text) + value
    };
    pieces(phrase).map(piece).collect()
}

/// A piece of text with its looks; nothing without text.
pub(super) fn run(properties: &str, text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let text = escaped(text);
    format!(r#"<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>"#)
}

/// The words of a paragraph, piece by piece.
#[derive(Debug, Clone, Default)]
pub(super) struct Runs(pub(super) Vec<Piece>);

/// A piece of a paragraph.
#[derive(Debug, Clone)]
pub(super) enum Piece {
    Plain(String),
    Strong(String),
    /// A link to a web address.
    Link(String, String),
    /// A link to a bookmark of this document.
    Jump(String, String),
    /// The place to which such links lead.
    Bookmark(String),
    Drawing(String),
}

impl Runs {
    /// No words yet.
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// A phrase, with words in the place of its values.
    pub(super) fn filled(phrase: &str, values: &[(&str, Self)]) -> Self {
        let mut filled = Self::new();
        for (text, name) in pieces(phrase) {
            filled = filled.plain(text);
            let value = values.iter().find(|(known, _)| Some(*known) == name);
            filled.0.extend(value.iter().flat_map(|(_, words)| words.0.iter().cloned()));
        }
        filled
    }

    /// And these.
    pub(super) fn then(mut self, more: Self) -> Self {
        self.0.extend(more.0);
        self
    }

    /// And this.
    pub(super) fn plain(mut self, text: impl Into<String>) -> Self {
        self.0.push(Piece::Plain(text.into()));
        self
    }

    /// And this, in bold.
    pub(super) fn strong(mut self, text: impl Into<String>) -> Self {
        self.0.push(Piece::Strong(text.into()));
        self
    }

    /// And this, leading to a web address where that is one of ours.
    pub(super) fn link(mut self, url: &str, text: impl Into<String>) -> Self {
        let text = text.into();
        let safe = url.starts_with("https://")
            && !url.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"".contains(c));
        self.0.push(if safe { Piece::Link(url.to_owned(), text) } else { Piece::Plain(text) });
        self
    }

    /// And this, leading to a bookmark.
    pub(super) fn jump(mut self, anchor: &str, text: impl Into<String>) -> Self {
        self.0.push(Piece::Jump(bookmark(anchor), text.into()));
        self
    }

    /// The place of a bookmark.
    pub(super) fn bookmark(mut self, anchor: &str) -> Self {
        self.0.push(Piece::Bookmark(bookmark(anchor)));
        self
    }

    /// And a drawing, in line.
    pub(super) fn drawing(mut self, drawing: String) -> Self {
        self.0.push(Piece::Drawing(drawing));
        self
    }
}

impl From<&str> for Runs {
    fn from(text: &str) -> Self {
        Self::new().plain(text)
    }
}

impl From<String> for Runs {
    fn from(text: String) -> Self {
        Self::new().plain(text)
    }
}

impl From<&String> for Runs {
    fn from(text: &String) -> Self {
        Self::new().plain(text)
    }
}

/// A name that Word takes for a bookmark.
fn bookmark(anchor: &str) -> String {
    anchor.replace('-', "_")
}
