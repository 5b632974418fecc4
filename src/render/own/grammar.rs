//! What may stand in a template of one's own: printing what is given, choosing, looping over it, and pieces.
//!
//! Left out is everything with which a template could make texts or lists that grow, because nothing could stop it from
//! using up the memory: joining texts, lists with names in them, captured output, functions, and most filters. What is
//! left writes to the page alone, whose size is limited.

use std::ops::Range;

use crate::text::nearest;

/// The orders there are.
const ORDERS: [&str; 12] = [
    "if",
    "elif",
    "else",
    "endif",
    "for",
    "endfor",
    "set",
    "component",
    "endcomponent",
    "include",
    "break",
    "continue",
];

/// The filters there are: ours, and those of the engine whose results are not larger than what they are given.
pub(super) const FILTERS: [&str; 28] = [
    "and_list",
    "capitalize",
    "default",
    "first",
    "full_stop",
    "get",
    "group_by",
    "host",
    "hundredths",
    "in_english",
    "in_words",
    "keys",
    "last",
    "length",
    "lower",
    "nth",
    "pairs",
    "percent",
    "plural",
    "printed",
    "reverse",
    "say",
    "sentence_case",
    "sort",
    "trim",
    "unique",
    "upper",
    "values",
];

/// Words that stand where a value could, and are none.
const KEYWORDS: [&str; 9] = ["and", "or", "not", "in", "is", "if", "elif", "else", "for"];
/// The values that are written as words.
const VALUES: [&str; 6] = ["true", "false", "none", "True", "False", "None"];

const GIVEN: &str = "what there is to print is given; `safeseat templates context` shows it";

/// Something that may not stand in a template.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) at: Range<usize>,
    pub(super) message: String,
    pub(super) help: &'static str,
    pub(super) meant: Option<String>,
}

/// The template cannot be read as the engine reads it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unreadable;

/// Everything in a template that may not stand there.
pub(super) fn refusals(template: &str) -> Result<Vec<Refusal>, Unreadable> {
    let tags = tags(template)?;
    Ok(tags.iter().filter_map(Tag::refusal).collect())
}

/// The names of the templates that a template includes.
pub(super) fn included(template: &str) -> Vec<&str> {
    let tags = tags(template).unwrap_or_default();
    let included = tags.iter().filter(|tag| tag.is_order && tag.word(0) == Some("include"));
    let name = |tag: &Tag| tag.tokens.get(1).and_then(|(_, at)| template.get(at.start + 1..at.end - 1));
    included.filter_map(name).collect()
}

/// The tags of a template, up to text that is not read.
fn tags(template: &str) -> Result<Vec<Tag<'_>>, Unreadable> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(start) = next_mark(template, at) {
        let (kind, body) = (template.as_bytes()[start + 1], start + 2);
        if kind == b'#' {
            at = template[body..].find("#}").map(|end| body + end + 2).ok_or(Unreadable)?;
            continue;
        }
        let body = body + usize::from(template[body..].starts_with('-'));
        let (tokens, end) = tokens(template, body, if kind == b'{' { "}}" } else { "%}" })?;
        tags.push(Tag { is_order: kind == b'%', tokens, at: start..end });
        if tags.last().is_some_and(|tag| tag.word(0) == Some("raw")) {
            break;
        }
        at = end;
    }
    Ok(tags)
}

/// Where the next `{{`, `{%` or `{#` stands.
fn next_mark(template: &str, from: usize) -> Option<usize> {
    let bytes = template.as_bytes();
    (from..bytes.len().saturating_sub(1))
        .find(|&at| bytes[at] == b'{' && matches!(bytes[at + 1], b'{' | b'%' | b'#'))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token<'t> {
    Word(&'t str),
    Text,
    Number,
    Spread,
    Mark(u8),
}

impl Token<'_> {
    /// Whether an expression can end with it.
    fn ends_value(self) -> bool {
        match self {
            Self::Word(word) => !KEYWORDS.contains(&word),
            Self::Text | Self::Number => true,
            Self::Mark(mark) => matches!(mark, b')' | b']' | b'}'),
            Self::Spread => false,
        }
    }
}

type Placed<'t> = (Token<'t>, Range<usize>);

/// The tokens up to the end of a tag, and the place after it. Read as the engine reads them.
fn tokens<'t>(template: &'t str, from: usize, end: &str) -> Result<(Vec<Placed<'t>>, usize), Unreadable> {
    let bytes = template.as_bytes();
    let mut tokens = Vec::new();
    let mut at = from;
    loop {
        at += bytes[at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let rest = &bytes[at..];
        let Some(&first) = rest.first() else { return Err(Unreadable) };
        if rest.starts_with(end.as_bytes()) {
            return Ok((tokens, at + 2));
        }
        if first == b'-' && rest[1..].starts_with(end.as_bytes()) {
            return Ok((tokens, at + 3));
        }
        let (token, length) = match first {
            _ if rest.starts_with(b"...") => (Token::Spread, 3),
            b'"' | b'\'' | b'`' => (Token::Text, text_length(rest).ok_or(Unreadable)?),
            b'0'..=b'9' => {
                let digits = |from: &[u8]| from.iter().take_while(|byte| byte.is_ascii_digit()).count();
                let whole = digits(rest);
                let part = if rest.get(whole) == Some(&b'.') { 1 + digits(&rest[whole + 1..]) } else { 0 };
                (Token::Number, whole + part)
            }
            b'_' | b'a'..=b'z' | b'A'..=b'Z' => {
                let letters =
                    rest.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
                (Token::Word(&template[at..at + letters]), letters)
            }
            mark if mark.is_ascii_punctuation() => (Token::Mark(mark), 1),
            _ => return Err(Unreadable),
        };
        tokens.push((token, at..at + length));
        at += length;
    }
}

/// How long a text in quotes is, with them.
fn text_length(rest: &[u8]) -> Option<usize> {
    let mut escaped = false;
    let inner = rest[1..].iter().position(|&byte| {
        let ends = byte == rest[0] && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    })?;
    Some(inner + 2)
}

/// `{% an order %}` or `{{ something to print }}`.
struct Tag<'t> {
    is_order: bool,
    tokens: Vec<Placed<'t>>,
    at: Range<usize>,
}

impl Tag<'_> {
    fn token(&self, i: usize) -> Option<Token<'_>> {
        self.tokens.get(i).map(|(token, _)| *token)
    }

    fn word(&self, i: usize) -> Option<&str> {
        match self.token(i) {
            Some(Token::Word(word)) => Some(word),
            _ => None,
        }
    }

    fn is(&self, i: usize, mark: u8) -> bool {
        self.token(i) == Some(Token::Mark(mark))
    }

    /// The first thing in it that may not stand in a template.
    fn refusal(&self) -> Option<Refusal> {
        self.order().or_else(|| self.lists()).or_else(|| {
            (0..self.tokens.len())
                .find_map(|i| self.filter(i).or_else(|| self.piece(i)).or_else(|| self.other(i)))
        })
    }

    fn refuse(&self, i: usize, message: impl Into<String>, help: &'static str) -> Refusal {
        let at = self.tokens.get(i).map(|(_, at)| at.clone()).unwrap_or_default();
        Refusal { at, message: message.into(), help, meant: None }
    }

    fn order(&self) -> Option<Refusal> {
        if !self.is_order {
            return None;
        }
        let Some(order) = self.word(0).filter(|word| ORDERS.contains(word)) else {
            let at = self.tokens.first().map_or_else(|| self.at.clone(), |(_, at)| at.clone());
            let message = match self.word(0) {
                Some(word) => format!("templates of your own have no order `{word}`"),
                None => "templates of your own have no such order".to_owned(),
            };
            let meant = self.word(0).and_then(|word| nearest(word, ORDERS));
            let help =
                "there are if, for, set, include and component; what is printed goes to the page at once";
            return Some(Refusal { at, message, help, meant });
        };
        if order == "include" && (self.token(1) != Some(Token::Text) || self.tokens.len() > 2) {
            return Some(self.refuse(
                0,
                "an include has something else than a name",
                "name one template in quotes",
            ));
        }
        let captures = order == "set" && !self.is(2, b'=');
        captures.then(|| {
            self.refuse(
                0,
                "output cannot be kept for later",
                "print it where it belongs, or make it a component",
            )
        })
    }

    /// Lists and maps that are written out hold texts and numbers alone: with names they could double and double.
    fn lists(&self) -> Option<Refusal> {
        let is_call = !self.is_order && self.is(0, b'<');
        let mut open = Vec::new();
        for (i, (token, _)) in self.tokens.iter().enumerate() {
            let before = i.checked_sub(1).and_then(|before| self.token(before));
            match token {
                Token::Mark(b'[') => {
                    let is_index = before.is_some_and(Token::ends_value) || before == Some(Token::Mark(b'?'));
                    open.push(!is_index);
                }
                Token::Mark(b'{') => {
                    let is_argument = is_call && open.is_empty() && before == Some(Token::Mark(b'='));
                    open.push(!is_argument);
                }
                Token::Mark(b'(') => open.push(false),
                Token::Mark(b')' | b']' | b'}') => drop(open.pop()),
                Token::Word(word) if open.contains(&true) && !VALUES.contains(word) => {
                    let message = format!("`{word}` stands in a list or map that is written out");
                    return Some(self.refuse(i, message, "write only texts and numbers into it"));
                }
                _ => {}
            }
        }
        None
    }

    fn filter(&self, i: usize) -> Option<Refusal> {
        let name = self.word(i)?;
        if !i.checked_sub(1).is_some_and(|before| self.is(before, b'|')) || FILTERS.contains(&name) {
            return None;
        }
        let message = format!("templates of your own have no filter `{name}`");
        let refusal = self.refuse(i, message, "`safeseat explain broken-template` lists the filters");
        Some(Refusal { meant: nearest(name, FILTERS), ..refusal })
    }

    /// Components are printed, and nothing else is done with them.
    fn piece(&self, i: usize) -> Option<Refusal> {
        let is_call = !self.is_order && self.is(0, b'<');
        let last = self.tokens.len() - 1;
        let closes = self.is(i, b'>') && i > 0 && self.is(i - 1, b'/');
        let opens = self.is(i, b'<')
            && !i.checked_sub(1).and_then(|before| self.token(before)).is_some_and(Token::ends_value);
        let misplaced = closes && !(is_call && i == last) || opens && !(is_call && i == 0);
        let unfinished = is_call && i == last && !closes;
        (misplaced || unfinished).then(|| {
            self.refuse(
                i,
                "a component is used in another way than printing it",
                "write {{ <name a={b} /> }}",
            )
        })
    }

    fn other(&self, i: usize) -> Option<Refusal> {
        let before = i.checked_sub(1).and_then(|before| self.token(before));
        match self.token(i)? {
            Token::Mark(b'~') => Some(self.refuse(i, "texts cannot be joined", "print one after the other")),
            Token::Spread => {
                Some(self.refuse(i, "`...` is not given to templates of your own", "name each part"))
            }
            Token::Word("for") if i > 0 && before != Some(Token::Mark(b'.')) => {
                Some(self.refuse(i, "a list is made with a loop", "loop with {% for %} and print"))
            }
            Token::Word(name) if name.starts_with("__") => {
                Some(self.refuse(i, format!("there is nothing called `{name}`"), GIVEN))
            }
            Token::Word(name) if self.is(i + 1, b'(') && !KEYWORDS.contains(&name) => {
                let is_test = before == Some(Token::Word("is"))
                    || before == Some(Token::Word("not")) && i > 1 && self.word(i - 2) == Some("is");
                let is_filter_or_test = is_test || before == Some(Token::Mark(b'|'));
                let is_definition = self.is_order && self.word(0) == Some("component") && i == 1;
                (!is_filter_or_test && !is_definition)
                    .then(|| self.refuse(i, format!("there is no function `{name}`"), GIVEN))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::{squeeze, template};

    #[test]
    fn every_embedded_template_keeps_to_it() {
        for (name, source) in template::of_report() {
            assert_eq!(refusals(&squeeze::squeezed(source)), Ok(vec![]), "{name}");
        }
    }

    #[test]
    fn what_could_grow_or_hide_is_refused_where_it_stands() {
        for (template, at) in [
            ("{% raw %}{{ x }}{% endraw %}", "raw"),
            ("{%- raw -%}{{ x ~ x }}", "raw"),
            ("{% set_global x = 1 %}", "set_global"),
            ("{% extends \"x\" %}", "extends"),
            ("{% filter upper %}x{% endfilter %}", "filter"),
            ("{% include [\"a\", \"b\"] %}", "include"),
            ("{% include name %}", "include"),
            ("{% set x %}y{% endset %}", "set"),
            ("{% <box> %}x{% </box> %}", "<"),
            ("{% set x = x ~ x %}", "~"),
            ("{% set x = [x, x] %}", "x"),
            ("{% set x = {\"a\": x} %}", "x"),
            ("{% if y in [1, [x]] %}{% endif %}", "x"),
            ("{{ <box a={[x, x]} /> }}", "x"),
            ("{{ <box a={ {\"a\": x} } /> }}", "x"),
            ("{% set x = [...x, 1] %}", "x"),
            ("{% set x = [i for i in y] %}", "i"),
            ("{{ x | replace(from=\"a\", to=x) }}", "replace"),
            ("{{ x | safe }}", "safe"),
            ("{{ (x | indent(width=9)) }}", "indent"),
            ("{% for i in range(end=9) %}{% endfor %}", "range"),
            ("{{ super() }}", "super"),
            ("{{ throw (message=\"x\") }}", "throw"),
            ("{% if not range(end=9) %}{% endif %}", "range"),
            ("{{ __tera_context }}", "__tera_context"),
            ("{% set x = <box /> %}", "<"),
            ("{{ <box /> | trim }}", ">"),
            ("{{ <box a={<box />} /> }}", "<"),
            ("{# {{ x }} #}{{ '}}' | join }}", "join"),
            ("{{ \"\\\"}}\" | join }}", "join"),
        ] {
            let refusals = refusals(template).unwrap();
            let seen: Vec<_> = refusals.iter().map(|refusal| &template[refusal.at.clone()]).collect();
            assert!(seen.first().is_some_and(|first| *first == at), "{template}: {seen:?}");
        }
    }

    #[test]
    fn what_a_template_includes_is_known() {
        let template = "{# {% include 'no' %} #}{% include \"a/b.html\" %}{%- include 'c' -%}{{ '{% include \"no\" %}' }}";
        assert_eq!(included(template), ["a/b.html", "c"]);
    }

    #[test]
    fn what_templates_are_made_of_is_left_alone() {
        for template in [
            "{% if a < b and not (c > 1) or d in [\"x\", 2] %}{% else %}{% endif %}",
            "{% for a in b[1:2] %}{{ loop.index0 + 1 }}{% break %}{% endfor %}",
            "{% for k, v in map %}{{ map[k] }}{{ map?.x }}{{ map?[k] }}{% endfor %}",
            "{% component box(a, b = false) %}{{ a }}{% endcomponent box %}{{ <box a={c.d | length} b=\"x\" /> }}",
            "{% if a is not containing(pat=\"x\") %}{% endif %}{{ 1.5 }}",
            "{{ \"a\" if b else 'c' }}{{ (a or b) | default(value=\"~ ...\") }}{{ a is starting_with(pat=\"x\") }}",
            "{% set shapes = {\"a\": \"b\", \"c\": [1, -2]} %}{{ shapes[x] }}",
            "text with ~ and ... and [x, x] and range( and /> stays text { } {",
        ] {
            assert_eq!(refusals(template), Ok(vec![]), "{template}");
        }
    }
}
