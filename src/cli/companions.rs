//! What a questionnaire uses beside itself: controls, sources, frameworks and incidents.
//!
//! One that stands on its own uses the four that stand beside it, and the shipped ones otherwise, each on its own. One
//! that builds on another uses what that one uses; what stands beside it is added, entry by entry.

use std::path::{Path, PathBuf};

use super::failure::Failure;
use super::shelves::{Found, Shelves, decode};
use crate::catalog::{Catalog, Companions};
use crate::format::questionnaire::Edition;
use crate::format::{self, Document, FileKind};
use crate::problem::Source;
use crate::store;

/// How many questionnaires may build on each other.
const LONGEST_CHAIN: usize = 8;

/// The files of the questionnaires that one builds on, the nearest first, each with its folder unless it is shipped.
///
/// # Errors
/// When the only file of its name cannot be read.
pub fn bases_of(base: Option<Edition>, shelves: &Shelves) -> Result<Vec<Found>, Failure> {
    let mut bases = Vec::new();
    let mut next = base;
    while let Some((id, version)) = next.filter(|_| bases.len() < LONGEST_CHAIN) {
        let Some(found) = shelves.look_up(&id, Some(&version))? else { break };
        next = format::questionnaire::base_of(&Document::parse(&found.0));
        bases.push(found);
    }
    Ok(bases)
}

/// The content for a questionnaire in a folder, or for a shipped one, with what it builds on.
///
/// # Errors
/// When a file cannot be read.
pub fn catalog_of(folder: Option<&Path>, bases: &[Found]) -> Result<Catalog, Failure> {
    // From the outermost inwards: which folders add, and what they add to.
    let mut adding: Vec<&Path> = Vec::new();
    let mut here = folder;
    for (_, folder) in bases {
        if folder.as_deref() != here {
            adding.extend(here);
            here = folder.as_deref();
        }
    }
    let catalog = match here {
        Some(folder) => Catalog::shipped().with(companions(folder)?),
        None => Catalog::shipped(),
    };
    adding.iter().rev().try_fold(catalog, |catalog, folder| Ok(catalog.and(companions(folder)?)))
}

/// The content for an incident: that of the questionnaires beside the folder in which it stands.
///
/// # Errors
/// When a file cannot be read.
pub fn catalog_beside(folder: &Path) -> Result<Catalog, Failure> {
    let shipped = Catalog::shipped();
    let builds_on_another = |path: &PathBuf| {
        decode(path).is_ok_and(|source| {
            let document = Document::parse(&source);
            document.kind() == Ok(FileKind::Questionnaire)
                && format::questionnaire::base_of(&document).is_some()
        })
    };
    let adds = store::toml_files(folder)?.unwrap_or_default().iter().any(builds_on_another);
    let beside = companions(folder)?;
    Ok(if adds { shipped.and(beside) } else { shipped.with(beside) })
}

/// What stands in the folder of a questionnaire.
fn companions(folder: &Path) -> Result<Companions, Failure> {
    let file = |name: &str| {
        Some(folder.join(name)).filter(|path| path.exists()).map(|path| decode(&path)).transpose()
    };
    Ok(Companions {
        controls: file("controls.toml")?,
        sources: file("sources.toml")?,
        frameworks: files_of(&folder.join("frameworks"))?,
        incidents: files_of(&folder.join("incidents"))?,
    })
}

/// The TOML files of a folder by name; nothing when there is no such folder.
///
/// # Errors
/// When one cannot be read.
pub fn files_of(folder: &Path) -> Result<Option<Vec<Source>>, Failure> {
    let Some(paths) = store::toml_files(folder)? else { return Ok(None) };
    paths.iter().map(|path| decode(path)).collect::<Result<Vec<_>, _>>().map(Some)
}
