//! Prose that a person wrote with headings, lists and links, as a tree: there is nothing in it that a renderer would have
//! to trust.

use serde::Serialize;

/// A text of several blocks.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Prose(pub Vec<Block>);

/// A block of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Block {
    /// A heading and its level within the text, from 1.
    Heading(u8, Vec<Inline>),
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A list.
    List {
        /// The number of its first item; nothing when the items have none.
        first: Option<u64>,
        /// Its items.
        items: Vec<Vec<Block>>,
    },
    /// Words of somebody else.
    Quote(Vec<Block>),
    /// Text that keeps its spaces and line breaks.
    Code(String),
    /// A line between two thoughts.
    Rule,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Inline {
    /// Words.
    Text(String),
    /// What matters.
    Strong(Vec<Inline>),
    /// What is stressed.
    Emphasis(Vec<Inline>),
    /// Something to type.
    Code(String),
    /// A link to `https:` or `mailto:`.
    Link {
        /// Where it leads.
        address: String,
        /// What it says.
        words: Vec<Inline>,
    },
    /// A line break.
    Break,
}

impl Inline {
    /// Pieces of a line as plain words; a link is followed by its address, unless it says that itself.
    pub fn in_words(pieces: &[Self]) -> String {
        pieces.iter().map(Self::words).collect()
    }

    fn words(&self) -> String {
        match self {
            Self::Text(text) | Self::Code(text) => text.clone(),
            Self::Strong(pieces) | Self::Emphasis(pieces) => Self::in_words(pieces),
            Self::Break => " ".to_owned(),
            Self::Link { address, words } => {
                let words = Self::in_words(words);
                let shown = address.strip_prefix("mailto:").unwrap_or(address);
                if words == shown { words } else { format!("{words} ({shown})") }
            }
        }
    }
}
