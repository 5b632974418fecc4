//! `sources.toml`: where the topics of questions come from.

use super::controls::unique;
use super::document::{Document, Outcome};
use super::leaf::{Format, List, Url};
use super::read::table;
use crate::model::{Seen, Source, SourceId};

table! {
    /// Where the topics of questions come from.
    RawSources = "file of sources" {
        /// The format of this file: 1.
        optional format: Format,
        /// One publication each.
        required source: List<RawSource>,
    }
}

table! {
    /// A publication.
    RawSource = "source" {
        /// Its key.
        required id: SourceId,
        /// Its title.
        required title: String,
        /// Who published it.
        required publisher: String,
        /// When, as far as known: a date, a year or `undated`.
        required date: String,
        /// Where it stands.
        required url: Url,
        /// How it was seen.
        required seen: Seen,
    }
}

/// Reads a file of sources.
pub fn read(document: &Document<'_>) -> Outcome<Vec<Source>> {
    document.read(|raw: RawSources, reader, _| {
        let sources = raw.source.or_default();
        unique(&sources, |source| &source.id, ToString::to_string, reader);
        Some(sources.values().into_iter().filter_map(source).collect())
    })
}

fn source(raw: RawSource) -> Option<Source> {
    Some(Source {
        id: raw.id.take()?,
        title: raw.title.or_default(),
        publisher: raw.publisher.or_default(),
        date: raw.date.or_default(),
        url: raw.url.take()?.0,
        seen: raw.seen.take()?,
    })
}
