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
pub struct Beside<'p>(pub &'p Path);

impl Pictures for Beside<'_> {
    fn read(&self, name: &str) -> Result<Vec<u8>, String> {
        store::read(&self.0.with_file_name(name)).map_err(|error| error.to_string())
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

/// The brand that is named, or else the one beside the answers, when there is one.
///
/// # Errors
/// When it cannot be read or is wrong.
pub fn find(named: Option<&Path>, answers: &Path, terminal: Terminal) -> Result<Option<BrandFile>, Failure> {
    let Some(path) = named else { return beside(answers, terminal) };
    let source = shelves::decode(path)?;
    let kind = Document::parse(&source).kind()?;
    if kind != FileKind::Brand {
        return Err(Failure::usage(
            format!("`{}` is not a brand (it holds: {kind})", source.name()),
            "a brand has a table [brand] with a `name`",
        ));
    }
    read(path, &source, terminal).map(Some)
}

/// The brand beside the answers. Anything else of that name is passed over with a remark.
fn beside(answers: &Path, terminal: Terminal) -> Result<Option<BrandFile>, Failure> {
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
    read(&path, &source, terminal).map(Some)
}

/// The tags of the languages that there are.
pub fn languages() -> Vec<&'static str> {
    catalog::languages().map(|(tag, _)| tag).collect()
}

fn read(path: &Path, source: &Source, terminal: Terminal) -> Result<BrandFile, Failure> {
    let brand = content::usable(
        format::brand::read(&Document::parse(source), &Beside(path), &languages()),
        terminal,
    )?;
    let words = brand.language.as_deref().and_then(catalog::words);
    Ok(BrandFile { path: path.to_owned(), brand, words })
}
