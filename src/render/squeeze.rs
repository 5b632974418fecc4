//! Templates as the engine reads them: without indentation, and with their phrases in a language.
//!
//! A phrase stands between `[[` and `]]` on one line, and may hold markup and `{{ values }}`.

use crate::text::Words;

/// What is kept of a template, and where it stood.
#[derive(Debug, PartialEq, Eq)]
enum Piece<'a> {
    Text(usize, &'a str),
    Phrase(usize, &'a str),
}

/// A template in British English, without its indentation, and without the line breaks after lines that only give
/// orders.
pub(super) fn squeezed(source: &str) -> String {
    in_words(source, Words::ENGLISH)
}

/// The same in a language.
pub(super) fn in_words(source: &str, words: &Words) -> String {
    let mut squeezed = String::with_capacity(source.len());
    for piece in pieces(source) {
        squeezed.push_str(match piece {
            Piece::Text(_, text) => text,
            Piece::Phrase(_, phrase) => words.say(phrase),
        });
    }
    squeezed
}

/// The place in a template of a place in its text as it was said in a language. A phrase in other words is one place.
pub(super) fn unsqueezed(source: &str, words: &Words, at: usize) -> usize {
    let mut written = 0;
    for piece in pieces(source) {
        let (from, text, said) = match piece {
            Piece::Text(from, text) => (from, text, text),
            Piece::Phrase(from, phrase) => (from, phrase, words.say(phrase)),
        };
        if at < written + said.len() {
            return if said == text { from + (at - written) } else { from };
        }
        written += said.len();
    }
    source.trim_end().len()
}

fn pieces(source: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut read = 0;
    for line in source.split_inclusive('\n') {
        let kept = line.trim();
        let at = read + (line.len() - line.trim_start().len());
        pieces_of_line(kept, at, &mut pieces);
        if !only_orders(kept) {
            let end = at + kept.len();
            pieces.push(Piece::Text(end, source.get(end..=end).filter(|end| *end == "\n").unwrap_or("\n")));
        }
        read += line.len();
    }
    pieces
}

fn pieces_of_line<'a>(line: &'a str, at: usize, pieces: &mut Vec<Piece<'a>>) {
    let (mut start, mut here) = (0, 0);
    while let Some(rest) = line.get(here..).filter(|rest| !rest.is_empty()) {
        if let Some(length) = expression(rest) {
            here += length;
        } else if let Some(length) = phrase(rest) {
            pieces.push(Piece::Text(at + start, &line[start..here]));
            pieces.push(Piece::Phrase(at + here + 2, &rest[2..length - 2]));
            here += length;
            start = here;
        } else {
            here += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    pieces.push(Piece::Text(at + start, &line[start..]));
}

/// The length of the `{{ value }}`, `{% order %}` or `{# remark #}` with which a text begins.
fn expression(text: &str) -> Option<usize> {
    let end =
        [("{{", "}}"), ("{%", "%}"), ("{#", "#}")].into_iter().find(|(start, _)| text.starts_with(start))?.1;
    Some(text.find(end)? + end.len())
}

/// The length of the `[[phrase]]` with which a text begins.
fn phrase(text: &str) -> Option<usize> {
    let mut here = text.starts_with("[[").then_some(2)?;
    loop {
        let rest = text.get(here..)?;
        if rest.starts_with("]]") {
            return Some(here + 2);
        }
        here += expression(rest).or_else(|| rest.chars().next().map(char::len_utf8))?;
    }
}

/// Whether a line consists of `{% orders %}` and `{# remarks #}` alone.
fn only_orders(line: &str) -> bool {
    let mut rest = line;
    while !rest.is_empty() {
        match expression(rest).filter(|_| !rest.starts_with("{{")) {
            Some(length) => rest = rest[length..].trim_start(),
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_lose_indentation_and_empty_lines() {
        let source = "<ul>\n    {% for x in y %}\n        <li>{{ x }}</li>\n    {% endfor %}\n\n</ul>\n";
        assert_eq!(squeezed(source), "<ul>\n{% for x in y %}<li>{{ x }}</li>\n{% endfor %}</ul>\n");
    }

    #[test]
    fn phrases_are_said_in_a_language() {
        let source =
            "  <p title=\"[[A title]]\">[[Held at {{ held[b[0]] }}, é <b>now</b>]]: {{ [[1], [2]] }}</p>\n";
        let phrases = [("Held at {{ held[b[0]] }}, é <b>now</b>", "{{ held[b[0]] }} <b>nawr</b>")];
        let phrases = phrases.map(|(english, welsh)| (english.to_owned(), welsh.to_owned())).into();
        let welsh = Words::new("cy".into(), phrases, [].into());
        assert_eq!(
            in_words(source, &welsh),
            "<p title=\"A title\">{{ held[b[0]] }} <b>nawr</b>: {{ [[1], [2]] }}</p>\n"
        );
    }

    #[test]
    fn a_place_is_found_again() {
        let source = "<ul>\n    {% for x in y %}\n  <p>[[Say é]] {{ x }} [[ open\n  <i>";
        let phrases = [("Say é".to_owned(), "Dweud rhywbeth".to_owned())].into();
        let welsh = Words::new("cy".into(), phrases, [].into());
        for (words, said) in [(Words::ENGLISH, "Say é"), (&welsh, "Dweud")] {
            let text = in_words(source, words);
            assert_eq!(unsqueezed(source, words, text.find(said).unwrap()), source.find("Say é").unwrap());
            for word in ["<ul>", "{% for", "{{ x", "[[ open", "<i>"] {
                let at = text.find(word).unwrap();
                assert!(source[unsqueezed(source, words, at)..].starts_with(word), "{word}");
            }
        }
    }
}
