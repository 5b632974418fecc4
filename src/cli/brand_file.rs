//! The brand file of whoever hands reports over: the one that is named, or the one beside the answers.

use std::path::{Path, PathBuf};

use super::content;
use super::failure::Failure;
use super::shelves;
use super::terminal::Terminal;
use crate::catalog;
use crate::format::brand::Pictures;
use crate::format::{self, Document, FileKind};
use crate::model::Brand;
use crate::problem::Source;
use crate::store::{self, StoreError};
use crate::text::{Words, visible};

/// What it is called when nobody says otherwise.
const USUAL: &str = "brand.toml";

/// The pictures beside a file.
pub struct Beside<'p> {
    /// The file.
    pub path: &'p Path,
    /// Whether something shows them, so that one that is missing is missed.
    pub shown: bool,
}

impl Pictures for Beside<'_> {
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, String> {
        match store::read_beside(self.path, name) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(StoreError::NotFound(_)) if !self.shown => Ok(None),
            Err(error) => Err(error.to_string()),
        }
    }
}

/// A brand, and the file that it stands in.
pub struct BrandFile {
    /// The file.
    pub path: PathBuf,
    /// What it says.
    pub brand: Brand,
    /// The language that it asks for.
    pub words: Option<&'static Words>,
}

/// The brand that is named, or else the one beside the answers, when there is one. Its logo has to be
/// there only when something shows it.
///
/// # Errors
/// When it cannot be read or is wrong.
pub fn find(
    named: Option<&Path>,
    answers: &Path,
    shows_logo: bool,
    terminal: Terminal,
) -> Result<Option<BrandFile>, Failure> {
    let Some(path) = named else { return beside(answers, shows_logo, terminal) };
    let source = shelves::decode(path)?;
    let kind = Document::parse(&source).kind()?;
    if kind != FileKind::Brand {
        return Err(Failure::usage(
            format!("`{}` is not a brand (it holds: {kind})", source.name()),
            "a brand has a table [brand] with a `name`",
        ));
    }
    read(path, &source, shows_logo, terminal).map(Some)
}

/// The brand beside the answers. Anything else of that name is passed over with a remark.
fn beside(answers: &Path, shows_logo: bool, terminal: Terminal) -> Result<Option<BrandFile>, Failure> {
    let path = answers.with_file_name(USUAL);
    let source = match shelves::decode(&path) {
        Ok(source) => source,
        Err(Failure::Store(StoreError::NotFound(_))) => return Ok(None),
        Err(failure) => return Err(failure),
    };
    if Document::parse(&source).kind()? != FileKind::Brand {
        let name = visible(source.name()).into_owned();
        terminal.remark(&format!("the file beside the answers is not a brand, so it is not read: {name}\n"));
        return Ok(None);
    }
    read(&path, &source, shows_logo, terminal).map(Some)
}

/// The tags of the languages that there are.
pub fn languages() -> Vec<&'static str> {
    catalog::languages().map(|(tag, _)| tag).collect()
}

fn read(path: &Path, source: &Source, shows_logo: bool, terminal: Terminal) -> Result<BrandFile, Failure> {
    let pictures = Beside { path, shown: shows_logo };
    let brand =
        content::usable(format::brand::read(&Document::parse(source), &pictures, &languages()), terminal)?;
    let words = brand.language.as_deref().and_then(catalog::words);
    Ok(BrandFile { path: path.to_owned(), brand, words })
}
