//! `frameworks/<id>.toml`: the items of a published framework.

use super::controls::unique;
use super::document::{Document, Outcome};
use super::leaf::{Format, List, Url};
use super::read::table;
use crate::model::{Alias, Framework, FrameworkId, Item, ItemId};

table! {
    /// A published framework.
    RawFramework = "framework" {
        /// The format of this file: 1.
        optional format: Format,
        /// Its id.
        required id: FrameworkId,
        /// What references begin with.
        required prefix: ItemId,
        /// Its title.
        required title: String,
        /// Its version.
        required version: String,
        /// Who publishes it.
        required publisher: String,
        /// Where it stands.
        required url: Url,
        /// Its licence, or the notice that it requires.
        required licence: String,
        /// Its items, in published order.
        required item: List<RawItem>,
        /// Items that have been renumbered.
        optional alias: List<RawAlias>,
    }
}

table! {
    /// One item of a framework.
    RawItem = "item" {
        /// Its published identifier.
        required id: ItemId,
        /// Its short title.
        required title: String,
    }
}

table! {
    /// An identifier that older notes use.
    RawAlias = "alias" {
        /// The identifier that is no longer used.
        required old: ItemId,
        /// The one that replaced it.
        required new: ItemId,
        /// Whether the publisher says so; otherwise it is concluded from the names.
        required certain: bool,
    }
}

/// Reads a framework.
pub fn read(document: &Document<'_>) -> Outcome<Framework> {
    document.read(|raw: RawFramework, reader, _| {
        let items = raw.item.or_default();
        unique(&items, |item| &item.id, ToString::to_string, reader);
        let item = |raw: RawItem| Some(Item { id: raw.id.take()?, title: raw.title.or_default() });
        let aliases = raw.alias.or_default();
        unique(&aliases, |alias| &alias.old, ToString::to_string, reader);
        let alias = |raw: RawAlias| {
            Some(Alias { old: raw.old.take()?, new: raw.new.take()?, certain: raw.certain.take()? })
        };
        Some(Framework {
            id: raw.id.take()?,
            prefix: raw.prefix.take()?.to_string(),
            title: raw.title.or_default(),
            version: raw.version.or_default(),
            publisher: raw.publisher.or_default(),
            url: raw.url.take()?.0,
            licence: raw.licence.or_default(),
            items: items.values().into_iter().filter_map(item).collect(),
            aliases: aliases.values().into_iter().filter_map(alias).collect(),
        })
    })
}
