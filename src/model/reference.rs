//! What questions and incidents refer to: controls, sources and frameworks.

use std::fmt;

use super::{ControlId, FrameworkId, ItemId, SourceId};

/// A protective measure that questions measure and incidents name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Control {
    /// Its id.
    pub id: ControlId,
    /// A short name.
    pub title: String,
    /// One or two sentences.
    pub summary: String,
}

/// Where facts come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its key.
    pub id: SourceId,
    /// The title of the publication.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// When, as far as known: a date, a year or `undated`.
    pub date: String,
    /// Where it stands: an address with https, or http where there is no other.
    pub url: String,
    /// How it was seen.
    pub seen: Seen,
}

/// How a source was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Seen {
    /// In the publisher's own words or a faithful copy.
    Publisher,
    /// Through somebody who quotes or describes it.
    Secondary,
    /// Not checked again.
    Memory,
}

impl Seen {
    /// The word in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Publisher => "publisher",
            Self::Secondary => "secondary",
            Self::Memory => "memory",
        }
    }
}

/// A published framework.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Framework {
    /// Its id: `ncsc-caf-4.0`.
    pub id: FrameworkId,
    /// What references begin with: `CAF`.
    pub prefix: String,
    /// Its title.
    pub title: String,
    /// Its version.
    pub version: String,
    /// Who publishes it.
    pub publisher: String,
    /// Where it stands.
    pub url: String,
    /// Its licence or the notice that it requires.
    pub licence: String,
    /// Its items, in published order.
    pub items: Vec<Item>,
    /// Items that have been renumbered.
    pub aliases: Vec<Alias>,
}

/// One item of a framework.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its published identifier.
    pub id: ItemId,
    /// Its short title.
    pub title: String,
}

/// An identifier that older notes use for an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    /// The identifier that is no longer used.
    pub old: ItemId,
    /// The one that replaced it.
    pub new: ItemId,
    /// Whether the publisher says so; otherwise it is concluded from the names.
    pub certain: bool,
}

/// A reference to an item of a framework: `CAF:B2.a`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reference {
    /// The prefix of the framework.
    pub prefix: String,
    /// The item.
    pub item: ItemId,
}

impl Reference {
    /// Reads `PREFIX:id`. Nothing when it has not this form.
    pub fn parse(text: &str) -> Option<Self> {
        let (prefix, item) = text.split_once(':')?;
        let item = ItemId::parse(item).ok()?;
        let fine = ItemId::parse(prefix).is_ok();
        fine.then(|| Self { prefix: prefix.to_owned(), item })
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.prefix, self.item)
    }
}
