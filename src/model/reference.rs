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

impl Framework {
    /// Attackers' techniques (ATT&CK): what steps of incidents refer to. Nothing to meet, so no report counts its items.
    pub fn lists_techniques(&self) -> bool {
        self.prefix == "ATT"
    }

    /// The item with an identifier, also with one that is no longer used; then with the alias that leads to it.
    pub fn find(&self, id: &ItemId) -> Option<(&Item, Option<&Alias>)> {
        let item = |id: &ItemId| self.items.iter().find(|item| item.id == *id);
        item(id).map(|item| (item, None)).or_else(|| {
            let alias = self.aliases.iter().find(|alias| alias.old == *id)?;
            Some((item(&alias.new)?, Some(alias)))
        })
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_is_found_by_its_identifier_and_by_the_one_that_it_had() {
        let id = |text: &str| ItemId::parse(text).unwrap();
        let alias = |old: &str, new: &str| Alias { old: id(old), new: id(new), certain: true };
        let framework = Framework {
            id: FrameworkId::parse("attack").unwrap(),
            prefix: "ATT".to_owned(),
            title: String::new(),
            version: String::new(),
            publisher: String::new(),
            url: String::new(),
            licence: String::new(),
            items: vec![Item { id: id("T1684.001"), title: "Impersonation".to_owned() }],
            aliases: vec![alias("T1656", "T1684.001"), alias("T1", "T2")],
        };
        let found = |text: &str| {
            framework.find(&id(text)).map(|(item, alias)| (item.title.as_str(), alias.is_some()))
        };
        assert_eq!(found("T1684.001"), Some(("Impersonation", false)));
        assert_eq!(found("T1656"), Some(("Impersonation", true)));
        assert_eq!(found("T1"), None);
        assert_eq!(found("T9"), None);
    }
}
