//! `controls.toml`: the protective measures that questions measure.

use std::collections::BTreeMap;

use toml::Spanned;

use super::document::{Document, Outcome};
use super::leaf::{Format, List};
use super::read::{Field, Reader, Span, quoted, table};
use crate::model::{Control, ControlId};
use crate::problem::{Code, Problem};

table! {
    /// The protective measures that questions measure and incidents name.
    RawControls = "file of controls" {
        /// The format of this file: 1.
        optional format: Format,
        /// One measure each.
        required control: List<RawControl>,
    }
}

table! {
    /// A protective measure.
    RawControl = "control" {
        /// Its id.
        required id: ControlId,
        /// A short name.
        required title: String,
        /// One or two sentences.
        required summary: String,
    }
}

/// Reads a file of controls.
pub fn read(document: &Document<'_>) -> Outcome<Vec<Control>> {
    document.read(|raw: RawControls, reader, _| {
        let controls = raw.control.or_default();
        unique(&controls, |control| &control.id, ToString::to_string, reader);
        let control = |raw: RawControl| {
            let title = raw.title.or_default();
            Some(Control { id: raw.id.take()?, title, summary: raw.summary.or_default() })
        };
        Some(controls.values().into_iter().filter_map(control).collect())
    })
}

/// Reports entries with the id of an earlier one.
pub(super) fn unique<T, I>(
    entries: &List<T>,
    id: impl Fn(&T) -> &Field<I>,
    text: impl Fn(&I) -> String,
    reader: &mut Reader<'_>,
) {
    let mut first: BTreeMap<String, Span> = BTreeMap::new();
    for entry in entries.0.iter().flatten().map(Spanned::get_ref) {
        let Some(id) = &id(entry).value else { continue };
        let name = text(id.get_ref());
        if let Some(earlier) = first.get(&name) {
            let message = format!("the id {} stands twice", quoted(&name));
            let problem = Problem::new(Code::DuplicateId, id.span(), message);
            reader.report(problem.label(earlier.clone(), "first here").help("give one of them another id"));
        } else {
            first.insert(name, id.span());
        }
    }
}
