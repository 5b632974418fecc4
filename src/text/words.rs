//! The fixed words of reports, in the language of those who read them.

use std::collections::BTreeMap;
use std::fmt::{self, Display, Write};

/// The fixed words of reports in a language.
///
/// A phrase stands in the code and in the templates in British English; another language is a table from these phrases
/// to its own. What it does not have stays English.
#[derive(Clone, PartialEq, Eq)]
pub struct Words {
    language: String,
    phrases: BTreeMap<String, String>,
    counts: BTreeMap<String, Count>,
}

/// Marks a phrase that is said elsewhere, where it is only known as a text.
pub const fn phrase(phrase: &'static str) -> &'static str {
    phrase
}

/// The pieces of a phrase that is filled in piece by piece: a text, and the name of the value after it; the last has none.
pub fn pieces(phrase: &str) -> impl Iterator<Item = (&str, Option<&str>)> {
    let mut rest = Some(phrase);
    std::iter::from_fn(move || {
        let text = rest.take()?;
        let Some((before, named)) = text.split_once('{') else { return Some((text, None)) };
        let (name, after) = named.split_once('}').unwrap_or((named, ""));
        rest = Some(after);
        Some((before, Some(name)))
    })
}

/// A noun with its number, `{n}`, by the number: under `other` for those that have no form of their own.
pub type Count = BTreeMap<String, String>;

impl Words {
    /// British English: every phrase as it stands.
    pub const ENGLISH: &'static Self =
        &Self { language: String::new(), phrases: BTreeMap::new(), counts: BTreeMap::new() };

    /// A language by its tag, such as `cy`, with its phrases by the English ones, and its nouns with their numbers by
    /// the English noun for many.
    pub fn new(language: String, phrases: BTreeMap<String, String>, counts: BTreeMap<String, Count>) -> Self {
        Self { language, phrases, counts }
    }

    /// The tag of the language: `en-GB`, `cy`.
    pub fn language(&self) -> &str {
        if self.language.is_empty() { "en-GB" } else { &self.language }
    }

    /// Whether phrases are to be looked up at all.
    pub fn is_english(&self) -> bool {
        self.language.is_empty()
    }

    /// A phrase in this language.
    pub fn say<'a>(&'a self, phrase: &'a str) -> &'a str {
        self.phrases.get(phrase).map_or(phrase, String::as_str)
    }

    /// A phrase in this language, with values in the place of their names in braces.
    pub fn fill(&self, phrase: &str, values: &[(&str, &dyn Display)]) -> String {
        let mut filled = String::with_capacity(phrase.len() + 16);
        for (text, name) in pieces(self.say(phrase)) {
            filled.push_str(text);
            if let Some((_, value)) = values.iter().find(|(known, _)| Some(*known) == name) {
                write!(filled, "{value}").expect("invariant: writing to memory does not fail");
            }
        }
        filled
    }

    /// A number with its noun: `1 question`, `2 questions`.
    pub fn plural(&self, count: usize, one: &str, many: &str) -> String {
        let forms = self.counts.get(many);
        let form = forms.and_then(|forms| forms.get(&count.to_string()).or_else(|| forms.get("other")));
        form.map_or_else(|| super::plural(count, one, many), |form| form.replace("{n}", &count.to_string()))
    }

    /// A list as a sentence reads it: `a`, `a and b`, `a, b and c`.
    pub fn and_list<S: AsRef<str>>(&self, items: &[S]) -> String {
        super::joined(items, self.say("and"))
    }

    /// A list of alternatives as a sentence reads it: `a, b or c`.
    pub fn or_list<S: AsRef<str>>(&self, items: &[S]) -> String {
        super::joined(items, self.say("or"))
    }

    /// Small numbers as words, larger ones as digits: `five`, `13`.
    pub fn number_word(&self, count: usize) -> String {
        self.say(&super::number_word(count)).to_owned()
    }
}

impl Default for &'static Words {
    fn default() -> Self {
        Words::ENGLISH
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Words({})", self.language())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn welsh() -> Words {
        let phrases = [("{from} to {to}", "o {from} i {to}"), ("and", "a"), ("two", "2")]
            .map(|(a, b)| (a.into(), b.into()));
        let forms = [("2", "2 gwestiwn"), ("other", "{n} cwestiwn")].map(|(a, b)| (a.into(), b.into()));
        let counts = [("questions".to_owned(), forms.into_iter().collect())];
        Words::new("cy".into(), phrases.into_iter().collect(), counts.into_iter().collect())
    }

    #[test]
    fn a_phrase_is_said_in_the_language_and_in_english_where_it_is_missing() {
        let welsh = welsh();
        assert_eq!(welsh.fill("{from} to {to}", &[("to", &5), ("from", &"{to}")]), "o {to} i 5");
        assert_eq!(welsh.fill("not {a} more", &[("a", &1)]), "not 1 more");
        assert_eq!(Words::ENGLISH.fill("{from} to {to}", &[("to", &5), ("from", &3)]), "3 to 5");
        assert_eq!(welsh.and_list(&["x", "y", "z"]), "x, y a z");
        assert_eq!((welsh.number_word(2), welsh.number_word(3)), ("2".into(), "three".into()));
    }

    #[test]
    fn a_noun_follows_its_number_as_the_language_has_it() {
        let welsh = welsh();
        let counted = |words: &Words, count| words.plural(count, "question", "questions");
        assert_eq!([1, 2, 7].map(|count| counted(&welsh, count)), ["1 cwestiwn", "2 gwestiwn", "7 cwestiwn"]);
        assert_eq!([1, 2].map(|count| counted(Words::ENGLISH, count)), ["1 question", "2 questions"]);
    }
}
