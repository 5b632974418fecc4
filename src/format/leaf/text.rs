//! Texts: plain ones, web addresses and countries.

use toml::de::DeValue;

use super::inline_schema;
use crate::format::read::{Node, Read, Reader, unexpected};
use crate::format::schema;
use crate::problem::{Code, Problem};
use crate::text::Private;

impl Read for String {
    fn expected() -> String {
        "text".to_owned()
    }

    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        text::<Self>(node, reader).map(str::to_owned)
    }

    fn is_blank(&self) -> bool {
        self.trim().is_empty()
    }
}

/// The text of a node. Numbers, dates, `true` and `false` are probably texts without their quotes.
pub(super) fn text<'n, T: Read>(node: &'n Node<'_>, reader: &mut Reader<'_>) -> Option<&'n str> {
    let text = node.get_ref().as_str();
    if text.is_none() {
        let scalar = !matches!(node.get_ref(), DeValue::Array(_) | DeValue::Table(_));
        let quoted = scalar.then(|| format!("\"{}\"", reader.written(&node.span())));
        reader.wrong_type::<T>(node, quoted);
    }
    text
}

/// A private note. No message repeats what stands there in its place.
#[derive(Debug)]
pub(in crate::format) struct Note(pub(in crate::format) Private<String>);

impl Read for Note {
    fn expected() -> String {
        String::expected()
    }

    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let written = node.get_ref().as_str();
        if written.is_none() {
            let message = format!("found something else as a note, expected {}", Self::expected());
            let problem = Problem::new(Code::WrongType, node.span(), message);
            reader.report(problem.help("put the note in quotes"));
        }
        written.map(|note| Self(Private::new(note.to_owned())))
    }

    fn is_blank(&self) -> bool {
        self.0.expose().is_blank()
    }
}

inline_schema!(Note, schemars::json_schema!({ "type": "string" }));

/// A web address. Other schemes could run something when they are clicked on in a report.
#[derive(Debug)]
pub(in crate::format) struct Url(pub(in crate::format) String);

impl Read for Url {
    fn expected() -> String {
        "a web address that begins with https://".to_owned()
    }

    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let written = text::<Self>(node, reader)?;
        let rest = written.strip_prefix("https://").or_else(|| written.strip_prefix("http://"));
        let fits = rest.is_some_and(|rest| {
            let plain =
                |c: char| c.is_alphanumeric() || (c.is_ascii_punctuation() && !"<>\"'\\`^{}|".contains(c));
            rest.starts_with(char::is_alphanumeric) && rest.chars().all(plain)
        });
        if !fits {
            reader.report(unexpected::<Self>(Code::BadUrl, node, written));
        }
        fits.then(|| Self(written.to_owned()))
    }
}

inline_schema!(Url, schema::pattern("^https?://"));

/// A web address that cannot be changed on its way.
#[derive(Debug)]
pub(in crate::format) struct SecureUrl(pub(in crate::format) String);

impl Read for SecureUrl {
    fn expected() -> String {
        Url::expected()
    }

    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let Url(url) = Url::read(node, reader)?;
        if url.starts_with("https://") {
            return Some(Self(url));
        }
        reader.report(unexpected::<Self>(Code::BadUrl, node, &url));
        None
    }
}

inline_schema!(SecureUrl, schema::pattern("^https://"));

/// A country by its two letters, as ISO 3166 has them.
#[derive(Debug, Default)]
pub(in crate::format) struct Country(pub(in crate::format) String);

impl Read for Country {
    fn expected() -> String {
        "the two capital letters of a country, such as `GB`".to_owned()
    }

    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        country::<Self>(node, &[], reader).map(Self)
    }
}

inline_schema!(Country, schema::pattern("^[A-Z]{2}$"));

/// A country, or `INT` for everywhere.
#[derive(Debug)]
pub(in crate::format) struct CountryOrAll(pub(in crate::format) String);

impl Read for CountryOrAll {
    fn expected() -> String {
        format!("{}, or `INT` for everywhere", Country::expected())
    }

    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        country::<Self>(node, &["INT"], reader).map(Self)
    }
}

inline_schema!(CountryOrAll, schema::pattern("^([A-Z]{2}|INT)$"));

fn country<T: Read>(node: &Node<'_>, also: &[&str], reader: &mut Reader<'_>) -> Option<String> {
    let written = text::<T>(node, reader)?;
    let fits = |code: &str| {
        also.contains(&code) || (code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase()))
    };
    if fits(written) {
        return Some(written.to_owned());
    }
    let meant = Some(written.trim().to_uppercase()).filter(|code| fits(code));
    let problem = unexpected::<T>(Code::BadCountry, node, written);
    reader.report(problem.suggest(meant.map(|code| format!("\"{code}\""))));
    None
}
