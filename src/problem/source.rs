//! Texts with names.

use std::borrow::Cow;
use std::sync::Arc;

/// A text with the name by which the person knows it. Copies are cheap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source(Arc<Inner>);

#[derive(Debug, PartialEq, Eq)]
struct Inner {
    name: String,
    text: Cow<'static, str>,
}

impl Source {
    /// A text and its name.
    pub fn new(name: impl Into<String>, text: impl Into<Cow<'static, str>>) -> Self {
        Self(Arc::new(Inner { name: name.into(), text: text.into() }))
    }

    /// The name: a path as the person gave it, or the name of shipped content.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.0.text
    }

    /// The line, counted from 1, that a byte stands in, and the byte with which that line begins.
    pub fn line_of(&self, byte: usize) -> (usize, usize) {
        let before = self.text().as_bytes().get(..byte).unwrap_or(self.text().as_bytes());
        let start = before.iter().rposition(|b| *b == b'\n').map_or(0, |newline| newline + 1);
        (before.split(|b| *b == b'\n').count(), start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_from_one() {
        let source = Source::new("x", "a\nbc\n");
        assert_eq!(
            [0, 1, 2, 3, 5, 99].map(|byte| source.line_of(byte)),
            [(1, 0), (1, 0), (2, 2), (2, 2), (3, 5), (3, 5)]
        );
    }
}
