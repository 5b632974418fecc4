//! The assessments that lie in a folder, and which of them belong together: those of one organisation by one
//! questionnaire. Nothing has to be registered, and files may have any names.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::failure::Failure;
use super::left_out::{LeftOut, Reason};
use super::parallel::in_runs;
use super::shelves::{Shelves, decode};
use crate::format::questionnaire::base_of;
use crate::format::{Document, FileKind, assessment};
use crate::model::{Date, QuestionnaireId, is_about_a_person};
use crate::problem::Code;
use crate::store::{self, Listed};
use crate::text::{and_list, nearest, visible};

/// How many organisations a message names.
const MOST_SHOWN: usize = 8;

/// Which assessments are looked for, and where.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// The folder.
    pub folder: &'a Path,
    /// Only those of an organisation of this name.
    pub organisation: Option<&'a str>,
    /// Only those by this questionnaire.
    pub questionnaire: Option<&'a QuestionnaireId>,
}

/// The assessments of one organisation by one questionnaire.
#[derive(Debug)]
pub struct Dossier {
    /// The questionnaire.
    pub questionnaire: QuestionnaireId,
    /// The files by date; at least one.
    pub files: Vec<Filed>,
    /// The other files of the folder, unless they are ours and of another kind.
    pub left_out: Vec<LeftOut>,
}

/// An answers file that has been looked at, but not read to its end.
#[derive(Debug)]
pub struct Filed {
    /// The file.
    pub path: PathBuf,
    /// The day of the assessment.
    pub date: Date,
    /// The version of the questionnaire that it names.
    pub version: Option<String>,
    organisation: String,
}

/// What a file turned out to be.
enum Sight {
    Answers(QuestionnaireId, Filed),
    LeftOut(LeftOut),
    OfOurs,
}

/// Whose answers to what. Capitals and spaces make no difference to a name.
type Key = (String, QuestionnaireId);

impl Dossier {
    /// Looks through a folder and chooses: who was asked for, otherwise the organisation and questionnaire with the most
    /// assessments, of several the one with the newest: one stray file changes nothing. A person's own check comes after
    /// any organisation's.
    ///
    /// # Errors
    /// When the folder cannot be read, or holds no assessment like that.
    pub fn open(wanted: &Wanted, shelves: &Shelves, threads: usize) -> Result<Self, Failure> {
        let listed = store::listing(wanted.folder)?;
        let sights = in_runs(listed.len(), threads, |run| listed[run].iter().map(look).collect());
        let mut groups: BTreeMap<Key, Vec<Filed>> = BTreeMap::new();
        let mut left_out = Vec::new();
        for sight in sights {
            match sight {
                Sight::Answers(id, file) => {
                    groups.entry((folded(&file.organisation), id)).or_default().push(file);
                }
                Sight::LeftOut(file) => left_out.push(file),
                Sight::OfOurs => {}
            }
        }
        let chosen = choose(&groups, wanted, shelves)?;
        let mut files = groups.remove(&chosen).unwrap_or_default();
        files.sort_by(|a, b| (a.date, &a.path).cmp(&(b.date, &b.path)));
        for ((organisation, id), files) in groups {
            let same_organisation = organisation == chosen.0;
            left_out.extend(files.into_iter().map(|file| {
                let reason = if same_organisation {
                    Reason::OtherQuestionnaire(id.to_string())
                } else {
                    Reason::OtherOrganisation(file.organisation)
                };
                LeftOut { reason, path: file.path }
            }));
        }
        Ok(Self { questionnaire: chosen.1, files, left_out })
    }
}

impl Dossier {
    /// The file of the newest assessment, of several the first by name, and that of the last one before that day.
    pub fn newest(&self) -> (&Path, Option<&Path>) {
        let last = self.files.last().map(|file| file.date);
        let newest = self.files.iter().find(|file| Some(file.date) == last);
        let before = self.files.iter().rev().find(|file| Some(file.date) < last);
        let newest = newest.expect("invariant: a dossier holds at least one file");
        (&newest.path, before.map(|file| file.path.as_path()))
    }

    /// The files of the same day as the newest that are passed over for it.
    pub fn same_day_as_newest(&self) -> Vec<LeftOut> {
        let (newest, _) = self.newest();
        let name = newest.file_name().unwrap_or(newest.as_os_str()).to_string_lossy().into_owned();
        let last = self.files.last().map(|file| file.date);
        let others = self.files.iter().filter(|file| Some(file.date) == last && file.path != newest);
        others
            .map(|file| LeftOut { reason: Reason::SameDay(name.clone()), path: file.path.clone() })
            .collect()
    }
}

/// Looks at a file as far as is needed to see whether it belongs to a history.
fn look(listed: &Listed) -> Sight {
    let path = &listed.path;
    let left_out = |reason| Sight::LeftOut(LeftOut { reason, path: path.clone() });
    if !listed.is_ordinary {
        return left_out(Reason::NotOrdinary);
    }
    let source = match decode(path) {
        Ok(source) => source,
        Err(Failure::Problems(_)) => return left_out(Reason::Mistakes),
        Err(_) => return left_out(Reason::Refused),
    };
    let document = Document::parse(&source);
    match document.kind() {
        Ok(FileKind::Assessment) => {}
        Ok(_) => return Sight::OfOurs,
        // A file that is no sound TOML cannot say what it holds.
        Err(problems) if problems.iter().any(|problem| problem.code == Code::NotToml) => {
            return left_out(Reason::Mistakes);
        }
        Err(_) => return left_out(Reason::NotOurs),
    }
    let Some(assessment::Head {
        questionnaire,
        version,
        organisation: Some(organisation),
        date: Some(date),
        ..
    }) = assessment::head(&document)
    else {
        return left_out(Reason::Mistakes);
    };
    Sight::Answers(questionnaire, Filed { path: path.clone(), date, version, organisation })
}

/// A name without what people write differently from time to time.
fn folded(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn choose(groups: &BTreeMap<Key, Vec<Filed>>, wanted: &Wanted, shelves: &Shelves) -> Result<Key, Failure> {
    let organisation = wanted.organisation.map(folded);
    let is_wanted = |(name, id): &Key| {
        organisation.as_ref().is_none_or(|wanted| wanted == name)
            && wanted.questionnaire.is_none_or(|wanted| wanted == id)
    };
    let rank = |(key, files): &(&Key, &Vec<Filed>)| {
        let newest = files.iter().max_by_key(|file| file.date);
        let version = newest.and_then(|file| file.version.as_deref());
        let found = shelves.look_up(&key.1, version);
        let is_known = !matches!(found, Ok(None));
        let base = found.ok().flatten().and_then(|(source, _)| base_of(&Document::parse(&source)));
        let is_of_a_person = is_about_a_person(&key.1, base.as_ref().map(|(id, _)| id));
        (is_known, !is_of_a_person, files.len(), newest.map(|file| file.date), Reverse((*key).clone()))
    };
    let best = groups.iter().filter(|(key, _)| is_wanted(key)).map(|group| (rank(&group), group.0)).max();
    match best {
        Some(((true, ..), key)) => Ok(key.clone()),
        Some((_, (_, id))) => Err(Failure::usage(
            format!(
                "the assessments in `{}` answer the questionnaire `{id}`, which is not known",
                shown(wanted.folder)
            ),
            "put its file beside them, or name its folder with --questionnaires",
        )),
        None => Err(nothing(groups, wanted)),
    }
}

/// Why there is nothing to choose from.
fn nothing(groups: &BTreeMap<Key, Vec<Filed>>, wanted: &Wanted) -> Failure {
    let folder = shown(wanted.folder);
    if groups.is_empty() {
        return Failure::usage(
            format!("there are no assessments in `{folder}`"),
            "name the folder that holds your answers files; their names end in .toml",
        );
    }
    let asked = [
        wanted.organisation.map(|name| format!("of `{}`", visible(name))),
        wanted.questionnaire.map(|id| format!("by the questionnaire `{id}`")),
    ];
    let asked: Vec<String> = asked.into_iter().flatten().collect();
    let help = match wanted.questionnaire.map(|id| (id, questionnaires(groups, wanted))) {
        Some((id, there)) if !there.is_empty() => offered("there are answers to", id.as_str(), &there),
        _ => {
            offered("it has assessments of", wanted.organisation.unwrap_or_default(), &organisations(groups))
        }
    };
    Failure::usage(format!("no assessment in `{folder}` is {}", asked.join(" and ")), help)
}

/// The questionnaires that were answered, by whoever was asked for.
fn questionnaires<'a>(groups: &'a BTreeMap<Key, Vec<Filed>>, wanted: &Wanted) -> Vec<&'a str> {
    let organisation = wanted.organisation.map(folded);
    let theirs = groups.keys().filter(|(name, _)| organisation.as_ref().is_none_or(|wanted| wanted == name));
    theirs.map(|(_, id)| id.as_str()).collect::<BTreeSet<_>>().into_iter().collect()
}

/// The organisations that were assessed, each as one of its files writes it.
fn organisations(groups: &BTreeMap<Key, Vec<Filed>>) -> Vec<&str> {
    let files = groups.values().filter_map(|files| files.first());
    let mut names: Vec<&str> = files.map(|file| file.organisation.as_str()).collect();
    names.dedup_by_key(|name| folded(name));
    names
}

/// What is like what was asked for, otherwise all that there is.
fn offered(what: &str, asked: &str, there: &[&str]) -> String {
    if let Some(near) = nearest(asked, there.iter().copied()) {
        return format!("did you mean `{near}`?");
    }
    let shown: Vec<String> = there.iter().take(MOST_SHOWN).map(|name| format!("`{name}`")).collect();
    format!("{what} {}", and_list(&shown))
}

fn shown(path: &Path) -> String {
    visible(&path.to_string_lossy()).into_owned()
}
