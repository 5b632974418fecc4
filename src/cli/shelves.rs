//! Where questionnaires are found, by id and by version.
//!
//! A questionnaire is looked for in the folder given by `--questionnaires`, then beside the answers, then among the
//! shipped ones. Its file is named after its id; an earlier version stands in `archive/` and has its version in its name.
//! When neither is there, any questionnaire file of that id and version in the folders will do.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::failure::Failure;
use crate::catalog::Catalog;
use crate::format::questionnaire::{Edition, Library, edition};
use crate::format::{self, Document, FileKind};
use crate::model::QuestionnaireId;
use crate::problem::{Problems, Source};
use crate::store::{self, StoreError};
use crate::text::{Words, visible};

/// The file of a questionnaire, and its folder unless it is shipped.
pub type Found = (Source, Option<PathBuf>);

/// The folders in which questionnaires are looked for before the shipped ones.
#[derive(Debug, Clone, Default)]
pub struct Shelves {
    folders: Vec<PathBuf>,
    words: &'static Words,
    /// The questionnaires of the folders by what they hold, looked through when no name says where one is.
    by_content: OnceCell<BTreeMap<Edition, PathBuf>>,
}

impl Shelves {
    /// The folder that was given, then the one beside a file.
    ///
    /// # Errors
    /// When the folder that was given cannot be read.
    pub fn new(given: Option<&Path>, beside: Option<&Path>) -> Result<Self, Failure> {
        if let Some(folder) = given {
            store::toml_files(folder)?.ok_or_else(|| StoreError::NoFolder(folder.to_owned()))?;
        }
        let beside = beside.map(folder_of);
        let folders = given.map(Path::to_owned).into_iter().chain(beside).collect();
        Ok(Self { folders, ..Self::default() })
    }

    /// The same with texts in a language, where there is a translation.
    #[must_use]
    pub fn in_language(self, words: &'static Words) -> Self {
        Self { words, ..self }
    }

    /// The language of texts, where there is a translation.
    pub fn words(&self) -> &'static Words {
        self.words
    }

    /// Looks in another folder before all others.
    pub fn put_first(&mut self, folder: PathBuf) {
        self.folders.insert(0, folder);
        self.by_content.take();
    }

    /// Looks in another folder after these, before the shipped ones.
    pub fn put_last(&mut self, folder: PathBuf) {
        self.folders.push(folder);
        self.by_content.take();
    }

    /// The file of a questionnaire, and its folder unless it is shipped: in the version that is wanted, and in the
    /// current one when no version is wanted or that one is not known.
    ///
    /// # Errors
    /// When the only file of its name cannot be read.
    pub fn look_up(&self, id: &QuestionnaireId, version: Option<&str>) -> Result<Option<Found>, Failure> {
        let current = self.current(id);
        let Some(version) = version else { return current };
        let is_it = |found: &Found| is_edition(&found.0, id, version);
        if let Ok(Some(found)) = current {
            let earlier = || (!is_it(&found)).then(|| self.earlier(id, version)).flatten();
            return Ok(Some(earlier().unwrap_or(found)));
        }
        self.earlier(id, version).map_or(current, |found| Ok(Some(found)))
    }

    fn current(&self, id: &QuestionnaireId) -> Result<Option<Found>, Failure> {
        let own = self.own(id);
        if let Ok(Some((source, folder))) = own {
            return Ok(Some((source, Some(folder))));
        }
        match Catalog::shipped().questionnaire_file(id) {
            Some(source) => Ok(Some((source, None))),
            None => own.map(|_| None),
        }
    }

    /// The file of a questionnaire in one of the folders, and that folder. A file of its name that holds something else
    /// is passed over; one that cannot be read is the reason when there is no other.
    fn own(&self, id: &QuestionnaireId) -> Result<Option<(Source, PathBuf)>, Failure> {
        let mut unreadable = None;
        for folder in &self.folders {
            let path = folder.join(format!("{id}.toml"));
            match path.is_file().then(|| recognised(&path)) {
                Some(Ok((source, FileKind::Questionnaire))) => return Ok(Some((source, folder.clone()))),
                Some(Err(failure)) => unreadable = unreadable.or(Some(failure)),
                None | Some(Ok(_)) => {}
            }
        }
        unreadable.map_or(Ok(None), Err)
    }

    /// A questionnaire in a version that is not the current one. Where it stands decides what stands beside it, also
    /// when it is archived there.
    fn earlier(&self, id: &QuestionnaireId, version: &str) -> Option<Found> {
        let of = |path: &Path| {
            let source = path.is_file().then(|| questionnaire_file(path).ok()).flatten()?;
            is_edition(&source, id, version).then_some(source)
        };
        // A version is any text: one that cannot be part of a name leads nowhere else.
        let is_name = version.chars().all(|c| c.is_alphanumeric() || "._-+ ".contains(c));
        let archived = is_name.then(|| format!("archive/{id}-{version}.toml"));
        let files = [Some(format!("{id}.toml")), archived];
        let named = self.folders.iter().find_map(|folder| {
            let source = files.iter().flatten().find_map(|name| of(&folder.join(name)))?;
            Some((source, Some(folder.clone())))
        });
        let shipped = || Some((Catalog::shipped().edition_file(id, version)?, None));
        let by_content = || {
            let path = self.by_content().get(&(id.clone(), version.to_owned()))?;
            Some((of(path)?, Some(folder_of(path))))
        };
        named.or_else(shipped).or_else(by_content)
    }

    fn by_content(&self) -> &BTreeMap<Edition, PathBuf> {
        self.by_content.get_or_init(|| {
            let mut found = BTreeMap::new();
            for path in self.files() {
                if let Some(edition) = decode(&path).ok().as_ref().and_then(edition) {
                    found.entry(edition).or_insert(path);
                }
            }
            found
        })
    }

    /// The TOML files of the folders.
    fn files(&self) -> impl Iterator<Item = PathBuf> {
        self.folders.iter().filter_map(|folder| store::toml_files(folder).ok().flatten()).flatten()
    }
}

fn is_edition(source: &Source, id: &QuestionnaireId, version: &str) -> bool {
    edition(source).is_some_and(|(found, in_version)| found == *id && in_version == version)
}

impl Library for Shelves {
    fn find(&self, id: &QuestionnaireId, version: &str) -> Option<Source> {
        self.look_up(id, Some(version)).ok().flatten().map(|(source, _)| source)
    }

    fn ids(&self) -> Vec<String> {
        let own = self.files().filter(|path| questionnaire_file(path).is_ok());
        let own = own.filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()));
        let mut ids: Vec<String> = own.chain(Catalog::shipped().ids()).collect();
        ids.sort();
        ids.dedup();
        ids
    }

    fn translation(&self, of: &QuestionnaireId) -> Option<Result<Source, Problems>> {
        if self.words.is_english() {
            return None;
        }
        let language = self.words.language();
        let mut own = self.folders.iter().map(|folder| folder.join(format!("{of}.{language}.toml")));
        let own = own.find_map(|path| match path.is_file().then(|| decode(&path))? {
            Ok(file) => Some(Ok(file)),
            Err(Failure::Problems(problems)) => Some(Err(problems)),
            Err(_) => None,
        });
        own.or_else(|| Catalog::translation_file(of, language).map(Ok))
    }
}

/// The folder in which a file stands.
pub fn folder_of(file: &Path) -> PathBuf {
    file.parent()
        .filter(|parent| !parent.as_os_str().is_empty())
        .map_or_else(|| PathBuf::from("."), Path::to_owned)
}

/// The text of a file.
pub fn decode(path: &Path) -> Result<Source, Failure> {
    let bytes = store::read(path)?;
    Ok(format::decode(&visible(&path.to_string_lossy()), bytes)?)
}

/// The text of a file, and what it holds.
fn recognised(path: &Path) -> Result<(Source, FileKind), Failure> {
    let source = decode(path)?;
    let kind = Document::parse(&source).kind()?;
    Ok((source, kind))
}

/// The text of a file that should be a questionnaire.
pub fn questionnaire_file(path: &Path) -> Result<Source, Failure> {
    match recognised(path)? {
        (source, FileKind::Questionnaire) => Ok(source),
        (source, kind) => Err(Failure::usage(
            format!("`{}` is not a questionnaire (it holds: {kind})", source.name()),
            "`safeseat check` checks any of our files; `safeseat questionnaires` lists the shipped questionnaires",
        )),
    }
}
