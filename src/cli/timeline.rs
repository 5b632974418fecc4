//! The assessments of a dossier, scored and each compared with the one before, on all processors. Of each file only what
//! a history shows is kept.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use super::content::{self, Loaded, sha256};
use super::dossier::{Dossier, Filed};
use super::failure::Failure;
use super::left_out::{LeftOut, Reason};
use super::parallel::in_runs;
use super::shelves::{Shelves, decode};
use super::terminal::Terminal;
use crate::format::{Document, assessment};
use crate::model::{Assessment, Incident, QuestionnaireId};
use crate::report::{Dated, History, HistoryEntry};
use crate::scoring::{Assessed, Evaluation, Scheme};

/// Everything that scoring the files of a dossier needs.
#[derive(Debug)]
pub struct Timeline {
    editions: Editions,
    incidents: Vec<Incident>,
    /// The files of each day, by date; at least one a day.
    days: Vec<Vec<Filed>>,
}

/// The questionnaire in each version that the files name.
#[derive(Debug, Default)]
struct Editions {
    all: Vec<Edition>,
    /// The place of each version's questionnaire among all: versions that are not known share the current one.
    places: BTreeMap<Option<String>, usize>,
}

/// A questionnaire in one version.
#[derive(Debug)]
struct Edition {
    loaded: Loaded,
    scheme: Scheme,
}

/// One assessment with every number.
struct Scored {
    edition: usize,
    assessment: Assessment,
    evaluation: Evaluation,
    sha256: String,
}

/// What one day gives.
struct Told {
    /// Nothing when all of its files have mistakes.
    entry: Option<HistoryEntry>,
    left_out: Vec<LeftOut>,
    /// The assessment itself, of the last entry in a run of days.
    scored: Option<Scored>,
}

impl Timeline {
    /// Reads the questionnaires that the files of a dossier name. The incidents are today's for all of them: what
    /// happened since is no fault of the answers.
    ///
    /// # Errors
    /// When a questionnaire or an incident is wrong.
    pub fn new(
        dossier: Dossier,
        shelves: &Shelves,
        incidents: Option<&Path>,
        terminal: Terminal,
    ) -> Result<Self, Failure> {
        let (mut loaded, mut places) = (Vec::new(), BTreeMap::new());
        let mut known = BTreeMap::new();
        // The newest first: its incidents are those of all.
        for file in dossier.files.iter().rev() {
            if !places.contains_key(&file.version) {
                let place = find(&dossier.questionnaire, file, shelves, &mut known, &mut loaded, terminal)?;
                places.insert(file.version.clone(), place);
            }
        }
        let incidents =
            loaded.first().map_or(Ok(Vec::new()), |newest: &Loaded| newest.incidents(incidents, terminal))?;
        let edition = |loaded: Loaded| {
            let scheme = Scheme::new(&loaded.questionnaire, &incidents);
            Edition { loaded, scheme }
        };
        let editions = Editions { all: loaded.into_iter().map(edition).collect(), places };
        Ok(Self { editions, incidents, days: by_day(dossier.files) })
    }

    /// Scores the files and makes a history of them, unless none can be used; and names the files that cannot.
    pub fn history(&self, threads: usize, tool_version: &str) -> (Option<History>, Vec<LeftOut>) {
        let (mut entries, mut newest, mut left_out) = (Vec::new(), None, Vec::new());
        for day in in_runs(self.days.len(), threads, |run| self.tell(run)) {
            entries.extend(day.entry);
            newest = day.scored.or(newest);
            left_out.extend(day.left_out);
        }
        let newest = newest.as_ref().and_then(|newest| self.dated(newest));
        (newest.map(|newest| History::new(newest, entries, tool_version)), left_out)
    }

    /// Scores the files of a run of days, holding no more than two assessments at a time.
    fn tell(&self, run: Range<usize>) -> Vec<Told> {
        let mut before = (0..run.start).rev().find_map(|day| self.of_day(day).0);
        let mut told = Vec::with_capacity(run.len());
        for day in run {
            let (now, left_out) = self.of_day(day);
            let dated = now.as_ref().and_then(|now| self.dated(now));
            let earlier = before.as_ref().and_then(|before| self.dated(before));
            let entry = dated.map(|now| HistoryEntry::new(now, earlier, &self.incidents));
            told.push(Told { entry, left_out, scored: None });
            before = now.or(before);
        }
        if let Some(last) = told.iter_mut().rfind(|told| told.entry.is_some()) {
            last.scored = before;
        }
        told
    }

    fn dated<'a>(&'a self, scored: &'a Scored) -> Option<Dated<'a>> {
        let Edition { loaded, scheme } = self.editions.all.get(scored.edition)?;
        let Scored { assessment, evaluation, sha256, .. } = scored;
        Some(Dated {
            assessed: Assessed { questionnaire: &loaded.questionnaire, scheme, assessment, evaluation },
            questionnaire_sha256: &loaded.sha256,
            answers_sha256: sha256,
        })
    }

    /// The assessment of a day: the first file by name that has no mistake. One day has one.
    fn of_day(&self, day: usize) -> (Option<Scored>, Vec<LeftOut>) {
        let (mut used, mut left_out): (Option<(Scored, &Filed)>, _) = (None, Vec::new());
        for file in self.days.get(day).into_iter().flatten() {
            let reason = match &used {
                Some((_, first)) => {
                    Reason::SameDay(first.path.file_name().unwrap_or_default().to_string_lossy().into_owned())
                }
                None => match self.score(file) {
                    Ok(scored) => {
                        used = Some((scored, file));
                        continue;
                    }
                    Err(reason) => reason,
                },
            };
            left_out.push(LeftOut { reason, path: file.path.clone() });
        }
        (used.map(|(scored, _)| scored), left_out)
    }

    fn score(&self, file: &Filed) -> Result<Scored, Reason> {
        let source = decode(&file.path).map_err(|failure| match failure {
            Failure::Problems(_) => Reason::Mistakes,
            _ => Reason::Refused,
        })?;
        let place = self.editions.places.get(&file.version).copied();
        let (place, edition) =
            place.and_then(|place| Some((place, self.editions.all.get(place)?))).ok_or(Reason::Mistakes)?;
        let read = assessment::read(&Document::parse(&source), &edition.loaded.questionnaire);
        let assessment = read.0.ok_or(Reason::Mistakes)?;
        Ok(Scored {
            edition: place,
            evaluation: edition.scheme.evaluate(&assessment),
            assessment,
            sha256: sha256(std::iter::once(source.text())),
        })
    }
}

/// The place of the questionnaire in the version that a file names, which is read unless it was before.
fn find(
    id: &QuestionnaireId,
    file: &Filed,
    shelves: &Shelves,
    known: &mut BTreeMap<(String, bool), usize>,
    loaded: &mut Vec<Loaded>,
    terminal: Terminal,
) -> Result<usize, Failure> {
    let found = shelves.look_up(id, file.version.as_deref())?.ok_or_else(|| {
        Failure::usage(format!("there is no questionnaire `{id}`"), "put its file beside the answers")
    })?;
    let name = (found.0.name().to_owned(), found.1.is_some());
    if let Some(place) = known.get(&name) {
        return Ok(*place);
    }
    loaded.push(content::loaded(found, shelves.clone(), terminal)?);
    known.insert(name, loaded.len() - 1);
    Ok(loaded.len() - 1)
}

fn by_day(files: Vec<Filed>) -> Vec<Vec<Filed>> {
    let mut days: Vec<Vec<Filed>> = Vec::new();
    for file in files {
        match days.last_mut() {
            Some(day) if day.first().is_some_and(|first| first.date == file.date) => day.push(file),
            _ => days.push(vec![file]),
        }
    }
    days
}
