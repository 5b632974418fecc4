//! `templates/strings/<language>.toml`: the fixed words of reports in a language.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::text::{Count, Words};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Strings {
    /// Its tag.
    language: String,
    /// What it is called in itself.
    name: String,
    /// The English phrases and its own.
    phrases: BTreeMap<String, String>,
    /// The English nouns for many, and its own with their numbers.
    counts: BTreeMap<String, Count>,
}

/// The words of a language, and what it is called in itself.
///
/// # Errors
/// When it is no such file: a mistake in the program, which brings them all along.
pub fn read(text: &str) -> Result<(Words, String), toml::de::Error> {
    let strings: Strings = toml::from_str(text)?;
    Ok((Words::new(strings.language, strings.phrases, strings.counts), strings.name))
}
