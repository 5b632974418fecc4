//! Finding and reading what a command needs: questionnaires, answers, incidents, controls and frameworks.
//!
//! `shelves` finds questionnaires, `companions` says what it uses beside itself.

use std::path::Path;

use super::args;
use super::brand_file::{Beside, languages};
use super::companions::{bases_of, catalog_beside, catalog_of, files_of};
use super::failure::Failure;
use super::shelves::{Found, Shelves, decode, folder_of, questionnaire_file};
use super::terminal::Terminal;
use crate::catalog::Catalog;
use crate::format::lint::Shelf;
use crate::format::questionnaire::Library as _;
use crate::format::{self, Document, FileKind, Outcome};
use crate::model::{
    Assessment, Control, Fact, Framework, Incident, Questionnaire, QuestionnaireId, Services,
};
use crate::problem::{Problems, Source};
use crate::render;
use crate::store::StoreError;
use crate::text::{Words, nearest, visible};

/// A questionnaire that has been read, and what it refers to.
#[derive(Debug)]
pub struct Loaded {
    /// The questionnaire.
    pub questionnaire: Questionnaire,
    /// SHA-256 of its file, followed by its bases' files, in hex.
    pub sha256: String,
    /// The language of its texts, as far as there is a translation.
    pub words: &'static Words,
    catalog: Catalog,
}

/// Answers that have been read, with their questionnaire.
#[derive(Debug)]
pub struct Answers {
    /// The answers.
    pub assessment: Assessment,
    /// SHA-256 of their file, in hex.
    pub sha256: String,
    /// Their questionnaire.
    pub questionnaire: Loaded,
}

/// What was read, when it can be used; warnings are shown on the way.
///
/// # Errors
/// What is wrong with it.
pub fn usable<T>((value, problems): Outcome<T>, terminal: Terminal) -> Result<T, Failure> {
    let Some(value) = value else { return Err(problems.into()) };
    show_warnings(&problems, terminal);
    Ok(value)
}

/// Everything that was read, unless something is wrong with any of it.
fn all_usable<T>((values, problems): (Vec<T>, Problems), terminal: Terminal) -> Result<Vec<T>, Failure> {
    if problems.has_errors() {
        return Err(problems.into());
    }
    show_warnings(&problems, terminal);
    Ok(values)
}

fn show_warnings(problems: &Problems, terminal: Terminal) {
    if !problems.is_empty() {
        terminal.remark(&render::problems::draw(problems, terminal.error_look()));
    }
}

/// A questionnaire by id or file.
///
/// # Errors
/// When there is none, or it is wrong.
pub fn questionnaire(name: &str, shelves: Shelves, terminal: Terminal) -> Result<Loaded, Failure> {
    loaded(find(name, &shelves)?, shelves, terminal)
}

/// A questionnaire whose file has been found.
///
/// # Errors
/// When it is wrong.
pub fn loaded((source, folder): Found, mut shelves: Shelves, terminal: Terminal) -> Result<Loaded, Failure> {
    // Its base is looked for beside it first.
    if let Some(folder) = &folder {
        shelves.put_first(folder.clone());
    }
    let questionnaire = usable(format::questionnaire::read(&Document::parse(&source), &shelves), terminal)?;
    let bases = bases_of(questionnaire.header().base.clone(), &shelves)?;
    let catalog = catalog_of(folder.as_deref(), &bases)?;
    let files = std::iter::once(&source).chain(bases.iter().map(|(source, _)| source));
    let sha256 = sha256(files.map(Source::text));
    Ok(Loaded { questionnaire, sha256, words: shelves.words(), catalog })
}

/// The file of a questionnaire, and its folder unless it is shipped.
fn find(name: &str, shelves: &Shelves) -> Result<Found, Failure> {
    let path = Path::new(name);
    if let Ok(id) = QuestionnaireId::parse(name) {
        if let Some(found) = shelves.look_up(&id, None)? {
            return Ok(found);
        }
        if !path.exists() {
            let near = nearest(name, shelves.ids().iter().map(String::as_str));
            let help = near.map_or_else(
                || "`safeseat questionnaires` lists those that come with this program".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            return Err(Failure::usage(format!("there is no questionnaire `{name}`"), help));
        }
    }
    Ok((questionnaire_file(path)?, Some(folder_of(path))))
}

/// SHA-256 of texts, one after the other, in hex.
pub fn sha256<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    use sha2::{Digest as _, Sha256};
    let mut hash = Sha256::new();
    for text in texts {
        hash.update(text.as_bytes());
    }
    hash.finalize().iter().fold(String::with_capacity(64), |hex, byte| hex + &format!("{byte:02x}"))
}

/// Answers with their questionnaire.
///
/// # Errors
/// When a file cannot be read or is wrong.
pub fn answers(path: &Path, content: &args::Content, terminal: Terminal) -> Result<Answers, Failure> {
    answers_in(&decode(path)?, path, content, terminal)
}

/// The same from the text of their file.
///
/// # Errors
/// When a file that it refers to cannot be read, or any of them is wrong.
pub fn answers_in(
    source: &Source,
    path: &Path,
    content: &args::Content,
    terminal: Terminal,
) -> Result<Answers, Failure> {
    let document = Document::parse(source);
    let questionnaire = questionnaire_of(&document, path, Version::Named, content, terminal)?;
    let assessment = usable(format::assessment::read(&document, &questionnaire.questionnaire), terminal)?;
    Ok(Answers { assessment, sha256: sha256(std::iter::once(source.text())), questionnaire })
}

/// Answers to a shipped questionnaire that are not from a file.
///
/// # Errors
/// When they are wrong.
pub fn shipped_answers(source: &Source, id: &str, terminal: Terminal) -> Result<Answers, Failure> {
    let questionnaire = questionnaire(id, Shelves::default(), terminal)?;
    let document = Document::parse(source);
    let assessment = usable(format::assessment::read(&document, &questionnaire.questionnaire), terminal)?;
    Ok(Answers { assessment, sha256: sha256(std::iter::once(source.text())), questionnaire })
}

/// The text of an answers file that is to be continued, and its questionnaire in the current version.
///
/// # Errors
/// When a file cannot be read, or the questionnaire is wrong.
pub fn earlier(
    path: &Path,
    content: &args::Content,
    terminal: Terminal,
) -> Result<(Source, Loaded), Failure> {
    let source = decode(path)?;
    let document = Document::parse(&source);
    let questionnaire = questionnaire_of(&document, path, Version::Current, content, terminal)?;
    Ok((source, questionnaire))
}

/// Which version of the questionnaire that answers name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Version {
    /// The one that they name.
    Named,
    /// The current one, whatever they name.
    Current,
}

/// The questionnaire that answers name, unless another one is wanted.
fn questionnaire_of(
    document: &Document<'_>,
    path: &Path,
    version: Version,
    content: &args::Content,
    terminal: Terminal,
) -> Result<Loaded, Failure> {
    let kind = document.kind()?;
    if kind != FileKind::Assessment {
        return Err(Failure::usage(
            format!("`{}` is not an answers file (it holds: {kind})", visible(&path.to_string_lossy())),
            "`safeseat check` checks any of our files; `safeseat new FILE` writes a new answers file",
        ));
    }
    let shelves = Shelves::new(content.questionnaires.as_deref(), Some(path))?;
    let shelves = shelves.in_language(content.language.unwrap_or_default());
    if let Some(name) = &content.questionnaire {
        return questionnaire(name, shelves, terminal);
    }
    let head = format::assessment::head(document);
    let look_up = |head: format::assessment::Head| {
        let named = head.version.as_deref().filter(|_| version == Version::Named);
        shelves.look_up(&head.questionnaire, named)
    };
    match head.map(look_up).transpose()?.flatten() {
        Some(found) => loaded(found, shelves, terminal),
        None => Err(format::assessment::without_questionnaire(document, &shelves).into()),
    }
}

impl Loaded {
    /// The controls that questions measure.
    ///
    /// # Errors
    /// When their file is wrong.
    pub fn controls(&self, terminal: Terminal) -> Result<Vec<Control>, Failure> {
        usable(self.catalog.controls(), terminal)
    }

    /// The frameworks that references point to.
    ///
    /// # Errors
    /// When one of their files is wrong.
    pub fn frameworks(&self, terminal: Terminal) -> Result<Vec<Framework>, Failure> {
        all_usable(self.catalog.frameworks(), terminal)
    }

    /// The incidents to replay, by ascending id, with those of a folder that was given.
    ///
    /// # Errors
    /// When a file is wrong or the folder cannot be read.
    pub fn incidents(&self, folder: Option<&Path>, terminal: Terminal) -> Result<Vec<Incident>, Failure> {
        incidents(&self.catalog, folder, terminal)
    }

    /// The services and contacts.
    ///
    /// # Errors
    /// When their file is wrong.
    pub fn services(&self, terminal: Terminal) -> Result<Services, Failure> {
        usable(self.catalog.services(), terminal)
    }
}

/// Recorded incidents and what is needed to tell them.
#[derive(Debug)]
pub struct Casebook {
    /// The incidents, by ascending id.
    pub incidents: Vec<Incident>,
    /// The controls that they name.
    pub controls: Vec<Control>,
    /// The frameworks, of which one lists the techniques.
    pub frameworks: Vec<Framework>,
    /// The scoping facts that they refer to: those of all shipped questionnaires.
    pub facts: Vec<Fact>,
}

/// The shipped incidents, with those of a folder that was given.
///
/// # Errors
/// When a file is wrong or the folder cannot be read.
pub fn casebook(folder: Option<&Path>, terminal: Terminal) -> Result<Casebook, Failure> {
    let shipped = Catalog::shipped();
    let mut questionnaires = Vec::new();
    for id in shipped.questionnaire_ids() {
        questionnaires.push(questionnaire(&id, Shelves::default(), terminal)?.questionnaire);
    }
    // One that builds on another may word a fact for its own readers; the wording of the base is for everybody.
    questionnaires.sort_by_key(|questionnaire| questionnaire.header().base.is_some());
    let facts = questionnaires.iter().flat_map(Questionnaire::facts).cloned().collect();
    Ok(Casebook {
        incidents: incidents(&shipped, folder, terminal)?,
        controls: usable(shipped.controls(), terminal)?,
        frameworks: all_usable(shipped.frameworks(), terminal)?,
        facts,
    })
}

fn incidents(catalog: &Catalog, folder: Option<&Path>, terminal: Terminal) -> Result<Vec<Incident>, Failure> {
    let Some(folder) = folder else { return all_usable(catalog.incidents(), terminal) };
    let files = files_of(folder)?.ok_or_else(|| StoreError::NoFolder(folder.to_owned()))?;
    all_usable(catalog.clone().and_incidents(files).incidents(), terminal)
}

/// What one of our files holds, and every problem that reading it and comparing it with what it refers to finds.
///
/// # Errors
/// When the file, or one that it refers to, cannot be read.
pub fn check(
    path: &Path,
    content: &args::Content,
    terminal: Terminal,
) -> Result<(FileKind, Problems), Failure> {
    let source = decode(path)?;
    let document = Document::parse(&source);
    let kind = document.kind()?;
    let problems = match kind {
        FileKind::Assessment => {
            let questionnaire = questionnaire_of(&document, path, Version::Named, content, terminal)?;
            format::assessment::read(&document, &questionnaire.questionnaire).1
        }
        FileKind::Questionnaire => {
            let shelves = Shelves::new(content.questionnaires.as_deref(), Some(path))?;
            let mut problems = format::questionnaire::read(&document, &shelves).1;
            let bases = bases_of(format::questionnaire::base_of(&document), &shelves)?;
            let catalog = catalog_of(Some(&folder_of(path)), &bases)?;
            problems.extend(lint_against(&catalog, terminal)?.questionnaire(&document));
            problems
        }
        FileKind::Incident => {
            let mut problems = format::incident::read(&document).1;
            // Incidents stand in a folder of their own, beside which the controls and frameworks are.
            problems.extend(
                lint_against(&catalog_beside(&folder_of(path).join(".."))?, terminal)?.incident(&document),
            );
            problems
        }
        FileKind::Controls => format::controls::read(&document).1,
        FileKind::Sources => format::sources::read(&document).1,
        FileKind::Framework => format::framework::read(&document).1,
        FileKind::Services => format::services::read(&document).1,
        FileKind::Plan => check_plan(&document, path, content, terminal)?,
        FileKind::Brand => format::brand::read(&document, &Beside { path, shown: true }, &languages()).1,
        FileKind::Translation => {
            let id = format::translation::questionnaire(&document);
            let shelves = Shelves::new(content.questionnaires.as_deref(), Some(path))?;
            match about(id, content, shelves, terminal)? {
                Ok(questionnaire) => format::translation::read(&document, &questionnaire).1,
                Err(shelves) => format::translation::without_questionnaire(&document, &shelves),
            }
        }
    };
    Ok((kind, problems))
}

/// Every problem of a plan.
fn check_plan(
    document: &Document<'_>,
    path: &Path,
    content: &args::Content,
    terminal: Terminal,
) -> Result<Problems, Failure> {
    let shelves = Shelves::new(content.questionnaires.as_deref(), Some(path))?;
    Ok(match about(format::plan::questionnaire(document), content, shelves, terminal)? {
        Ok(questionnaire) => format::plan::read(document, &questionnaire).1,
        Err(shelves) => format::plan::without_questionnaire(document, &shelves),
    })
}

/// The questionnaire that a file is about, unless another one is wanted; the shelves, when they have none.
fn about(
    id: Option<QuestionnaireId>,
    content: &args::Content,
    shelves: Shelves,
    terminal: Terminal,
) -> Result<Result<Questionnaire, Shelves>, Failure> {
    let found = match (&content.questionnaire, id) {
        (Some(name), _) => Some(find(name, &shelves)?),
        (None, Some(id)) => shelves.look_up(&id, None)?,
        (None, None) => None,
    };
    Ok(match found {
        Some(found) => Ok(loaded(found, shelves, terminal)?.questionnaire),
        None => Err(shelves),
    })
}

/// What names may refer to.
fn lint_against(catalog: &Catalog, terminal: Terminal) -> Result<Shelf, Failure> {
    let controls = usable(catalog.controls(), terminal)?;
    let sources = usable(catalog.sources(), terminal)?;
    let frameworks = all_usable(catalog.frameworks(), terminal)?;
    Ok(Shelf::new(&controls, &sources, &frameworks))
}
