//! `brand.toml`: the house style of whoever hands a report over.

use super::document::{Document, Outcome};
use super::leaf::{Format, List};
use super::logo;
use super::read::{Field, Reader, quoted, table};
use crate::model::{Accent, Brand, Colour, Ground, Logo};
use crate::problem::{Code, Problem};
use crate::text::{or_list, plural};

/// The most characters of a line, such as a name.
const LINE: usize = 100;
/// The most characters of a few words.
const FEW_WORDS: usize = 1_000;
/// The most lines of how to reach somebody.
const MOST_LINES: usize = 8;

table! {
    /// The house style of whoever hands a report over.
    RawBrandFile = "file of a brand" {
        /// The format of this file: 1.
        required format: Format,
        /// Who hands reports over.
        required brand: RawBrand,
    }
}

table! {
    /// Who hands reports over, and how these look.
    RawBrand = "brand" {
        /// Their name.
        required name: String,
        /// How to reach them, line by line.
        optional contact: List<String>,
        /// The name of a PNG or SVG file beside this one.
        optional logo: String,
        /// The colour of links and pictures.
        optional accent: RawAccent,
        /// A marking for every page, where the answers have none.
        optional marking: String,
        /// A few words on the first page.
        optional cover: String,
        /// A few words at the end.
        optional footer: String,
        /// The language of what is handed over, such as cy.
        optional language: String,
    }
}

table! {
    /// The colour of links and pictures, with enough contrast to be read.
    RawAccent = "accent" {
        /// On light paper.
        required light: Colour,
        /// On a dark screen.
        required dark: Colour,
    }
}

/// Where the pictures of a brand are: the bytes of the file of that name beside it, or why there are none.
pub trait Pictures {
    /// The bytes of a picture; nothing when it is not there and nobody needs it.
    ///
    /// # Errors
    /// Why it cannot be read, in a few words.
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, String>;
}

/// Reads a brand with its logo. Its language must be one of those that there are.
pub fn read(document: &Document<'_>, pictures: &dyn Pictures, languages: &[&str]) -> Outcome<Brand> {
    document.read(|raw: RawBrandFile, reader, _| {
        let raw = raw.brand.take()?;
        for (text, longest) in
            [(&raw.name, LINE), (&raw.marking, LINE), (&raw.cover, FEW_WORDS), (&raw.footer, FEW_WORDS)]
        {
            short_enough(text, longest, reader);
        }
        Some(Brand {
            contact: contact(&raw.contact, reader),
            logo: logo(&raw.logo, pictures, reader),
            accent: accent(raw.accent, reader),
            name: raw.name.or_default(),
            marking: raw.marking.take(),
            cover: raw.cover.take(),
            footer: raw.footer.take(),
            language: language(&raw.language, languages, reader),
        })
    })
}

fn short_enough(text: &Field<String>, longest: usize, reader: &mut Reader<'_>) {
    if let (Some(text), Some(at)) = (text.get(), text.span()) {
        let length = text.chars().count();
        if length > longest {
            let message = format!("this text has {length} characters; there is room for {longest}");
            reader.report(
                Problem::new(Code::TooLong, at, message).help("put the rest into a document of its own"),
            );
        }
    }
}

fn language(raw: &Field<String>, languages: &[&str], reader: &mut Reader<'_>) -> Option<String> {
    let (tag, at) = (raw.get()?, raw.span()?);
    if !languages.contains(&tag.as_str()) {
        let quotation: Vec<_> = languages.iter().map(|language| format!("\"{language}\"")).collect();
        let message = format!("found {}, expected {}", quoted(tag), or_list(&quotation));
        reader.report(Problem::new(Code::UnknownWord, at, message));
    }
    Some(tag.clone())
}

fn contact(raw: &Field<List<String>>, reader: &mut Reader<'_>) -> Vec<String> {
    let lines: Vec<String> = raw
        .get()
        .map(|list| list.0.iter().flatten().map(|line| line.get_ref().clone()).collect())
        .unwrap_or_default();
    let longest = lines.iter().map(|line| line.chars().count()).max().unwrap_or_default();
    if let Some(at) = raw.span().filter(|_| longest > LINE || lines.len() > MOST_LINES) {
        let message =
            format!("found {}, the longest of {longest} characters", plural(lines.len(), "line", "lines"));
        let help = format!("there is room for {MOST_LINES} lines of {LINE} characters");
        reader.report(Problem::new(Code::TooLong, at, message).help(help));
    }
    lines
}

fn logo(raw: &Field<String>, pictures: &dyn Pictures, reader: &mut Reader<'_>) -> Option<Logo> {
    let (name, at) = (raw.get()?, raw.span()?);
    let hidden_or_elsewhere = name.starts_with('.') || name.contains(['/', '\\', ':']);
    if hidden_or_elsewhere || name.chars().any(char::is_control) {
        let message = format!("found {}, expected the name of a file", quoted(name));
        let help = "put the picture beside this file, and name it without a folder";
        reader.report(Problem::new(Code::BadLogo, at, message).help(help));
        return None;
    }
    let bytes = match pictures.read(name) {
        Ok(bytes) => bytes?,
        Err(why) => {
            let message = format!("the picture {} cannot be used: {why}", quoted(name));
            reader.report(
                Problem::new(Code::BadLogo, at, message).help("put a PNG or SVG file beside this file"),
            );
            return None;
        }
    };
    match logo::check(bytes) {
        Ok(logo) => Some(logo),
        Err(refused) => {
            let message = format!("{}: {}", quoted(name), refused.message);
            reader.report(Problem::new(Code::BadLogo, at, message).help(refused.help));
            None
        }
    }
}

fn accent(raw: Field<RawAccent>, reader: &mut Reader<'_>) -> Option<Accent> {
    let raw = raw.take()?;
    let light = readable(&raw.light, Ground::Light, "the light paper", reader);
    let dark = readable(&raw.dark, Ground::Dark, "the dark screen", reader);
    Some(Accent { light: light?, dark: dark? })
}

fn readable(raw: &Field<Colour>, ground: Ground, what: &str, reader: &mut Reader<'_>) -> Option<Colour> {
    let (colour, at) = (*raw.get()?, raw.span()?);
    let contrast = colour.contrast_on(ground);
    if contrast < Colour::READABLE {
        let message = format!(
            "`{colour}` has a contrast of {}.{:02} to 1 on {what}; links and numbers need 4.5",
            contrast / 100,
            contrast % 100
        );
        let near = format!("\"{}\"", colour.readable_on(ground));
        let problem = Problem::new(Code::LowContrast, at, message);
        reader
            .report(problem.help("the proposed colour is the nearest that can be read").suggest(Some(near)));
    }
    Some(colour)
}
