//! Words: plural forms, lists, British numbers, private text, and text that is safe to show on a terminal.
#![deny(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "pure module"
)]

mod private;
mod terminal;
mod words;

pub use private::Private;
pub use terminal::{hides, visible};
pub use words::{Count, Words, phrase, pieces};

/// A number with its noun: `1 question`, `2 questions`.
pub fn plural(count: usize, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
}

/// A list as a sentence reads it: `a`, `a and b`, `a, b and c`.
pub fn and_list<S: AsRef<str>>(items: &[S]) -> String {
    joined(items, "and")
}

/// A list of alternatives as a sentence reads it: `a, b or c`.
pub fn or_list<S: AsRef<str>>(items: &[S]) -> String {
    joined(items, "or")
}

fn joined<S: AsRef<str>>(items: &[S], last: &str) -> String {
    match items {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [first @ .., end] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} {last} {}", first.join(", "), end.as_ref())
        }
    }
}

/// Small numbers as words, larger ones as digits: `five`, `13`.
pub fn number_word(count: usize) -> String {
    const WORDS: [&str; 13] = [
        "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    WORDS.get(count).map_or_else(|| count.to_string(), |word| (*word).to_owned())
}

/// The name that was probably meant: the most similar of the existing ones, when one is similar enough.
pub fn nearest<'a>(name: &str, existing: impl IntoIterator<Item = &'a str>) -> Option<String> {
    const SIMILAR: f64 = 0.8;
    existing
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(name, candidate), candidate))
        .filter(|(similarity, _)| *similarity >= SIMILAR)
        .max_by(|(a, x), (b, y)| a.total_cmp(b).then_with(|| y.cmp(x)))
        .map(|(_, candidate)| candidate.to_owned())
}

/// The same text with its first letter in upper case.
pub fn sentence_case(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Basis points as points with two decimals: 6875 is `68.75`.
pub fn hundredths(basis_points: i64) -> String {
    let sign = if basis_points < 0 { "-" } else { "" };
    let size = basis_points.unsigned_abs();
    format!("{sign}{}.{:02}", size / 100, size % 100)
}

/// Basis points of a whole as a percentage without decimals, rounded down: 9950 is `99%`.
pub fn percent(basis_points: i64) -> String {
    format!("{}%", basis_points / 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_read_like_sentences() {
        assert_eq!(and_list::<&str>(&[]), "");
        assert_eq!(and_list(&["a"]), "a");
        assert_eq!(and_list(&["a", "b"]), "a and b");
        assert_eq!(or_list(&["a", "b", "c"]), "a, b or c");
    }

    #[test]
    fn the_nearest_name_is_found_and_a_distant_one_is_not() {
        assert_eq!(nearest("wieght", ["weight", "why", "id"]), Some("weight".to_owned()));
        assert_eq!(nearest("zebra", ["weight", "why", "id"]), None);
    }

    #[test]
    fn numbers_keep_their_hundredths_and_sign() {
        assert_eq!(hundredths(6875), "68.75");
        assert_eq!(hundredths(-7), "-0.07");
        assert_eq!(hundredths(10000), "100.00");
        assert_eq!(percent(9950), "99%");
        assert_eq!(plural(1, "question", "questions"), "1 question");
        assert_eq!(plural(0, "question", "questions"), "0 questions");
    }
}
