//! The languages of the fixed words of reports.

use std::sync::LazyLock;

use include_dir::{Dir, include_dir};

use crate::format::strings;
use crate::text::{Words, and_list};

static STRINGS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates/strings");

/// Those that are not British English, in which the words stand in the program, with what they are called in themselves.
static OTHERS: LazyLock<Vec<(Words, String)>> = LazyLock::new(|| {
    let texts = STRINGS.files().filter(|file| !file.path().starts_with("en-GB.toml"));
    let texts = texts.filter_map(|file| file.contents_utf8());
    texts.map(|text| strings::read(text).expect("invariant: tests read every language")).collect()
});

/// The fixed words in a language by its tag, such as `cy`; nothing where there is no such language.
pub fn words(language: &str) -> Option<&'static Words> {
    if language == Words::ENGLISH.language() {
        return Some(Words::ENGLISH);
    }
    OTHERS.iter().map(|(words, _)| words).find(|words| words.language() == language)
}

/// The same, or what there is instead, for a person who named it.
///
/// # Errors
/// When there is no such language.
pub fn named(language: &str) -> Result<&'static Words, String> {
    let known = || languages().map(|(tag, name)| format!("{tag} ({name})")).collect::<Vec<_>>();
    words(language).ok_or_else(|| format!("there is {}", and_list(&known())))
}

/// The tags of the languages that there are, with what they are called in themselves; British English first.
pub fn languages() -> impl Iterator<Item = (&'static str, &'static str)> {
    let others = OTHERS.iter().map(|(words, name)| (words.language(), name.as_str()));
    std::iter::once((Words::ENGLISH.language(), "English")).chain(others)
}
