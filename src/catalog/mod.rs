//! The content: questionnaires, controls, sources, frameworks, incidents and services. What is shipped is embedded in
//! the program; a user's folder may take its place. Nothing is parsed before it is asked for.
#![deny(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "pure module"
)]

mod languages;

use std::collections::{BTreeMap, BTreeSet};

use include_dir::{Dir, File, include_dir};

use crate::format::lint::Shelf;
use crate::format::questionnaire::Library;
use crate::format::{Document, Outcome, controls, framework, incident, questionnaire, services, sources};
use crate::model::{self, Control, Framework, Incident, Questionnaire, QuestionnaireId, Services};
use crate::problem::{Code, Problem, Problems, Source};

pub use languages::{languages, named, words};

static SHIPPED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/questionnaires");

/// Files of the content folder that are not questionnaires.
const COMPANIONS: [&str; 3] = ["controls.toml", "sources.toml", "services.toml"];

/// The texts that everything is read from, the shipped ones unless others are given.
#[derive(Debug, Clone, Default)]
pub struct Catalog {
    questionnaires: Vec<Source>,
    controls: Option<Source>,
    sources: Option<Source>,
    frameworks: Option<Vec<Source>>,
    incidents: Option<Vec<Source>>,
    additions: Vec<Companions>,
    more_incidents: Vec<Source>,
}

/// What stands beside a questionnaire; nothing where there is no such file or folder.
#[derive(Debug, Clone, Default)]
pub struct Companions {
    /// `controls.toml`.
    pub controls: Option<Source>,
    /// `sources.toml`.
    pub sources: Option<Source>,
    /// The files of `frameworks/`.
    pub frameworks: Option<Vec<Source>>,
    /// The files of `incidents/`.
    pub incidents: Option<Vec<Source>>,
}

impl Catalog {
    /// The shipped content.
    pub fn shipped() -> Self {
        Self::default()
    }

    /// The same with more questionnaires. They are found by the name of their file, before the shipped ones.
    #[must_use]
    pub fn with_questionnaires(mut self, files: impl IntoIterator<Item = Source>) -> Self {
        self.questionnaires.extend(files);
        self
    }

    /// The same with other controls.
    #[must_use]
    pub fn with_controls(self, file: Source) -> Self {
        Self { controls: Some(file), ..self }
    }

    /// The same with other sources.
    #[must_use]
    pub fn with_sources(self, file: Source) -> Self {
        Self { sources: Some(file), ..self }
    }

    /// The same with other frameworks.
    #[must_use]
    pub fn with_frameworks(self, files: Vec<Source>) -> Self {
        Self { frameworks: Some(files), ..self }
    }

    /// The same with other incidents in place of the shipped ones.
    #[must_use]
    pub fn with_incidents(self, files: Vec<Source>) -> Self {
        Self { incidents: Some(files), ..self }
    }

    /// The same with what stands beside a questionnaire in place of the shipped content, each of the four on its own.
    #[must_use]
    pub fn with(self, beside: Companions) -> Self {
        Self {
            controls: beside.controls.or(self.controls),
            sources: beside.sources.or(self.sources),
            frameworks: beside.frameworks.or(self.frameworks),
            incidents: beside.incidents.or(self.incidents),
            ..self
        }
    }

    /// The same with what stands beside a questionnaire that builds on another one: entries are added, or take the
    /// place of the entry with the same id.
    #[must_use]
    pub fn and(mut self, beside: Companions) -> Self {
        self.additions.push(beside);
        self
    }

    /// The same with incidents on top of the others.
    #[must_use]
    pub fn and_incidents(mut self, files: impl IntoIterator<Item = Source>) -> Self {
        self.more_incidents.extend(files);
        self
    }

    /// The text of a questionnaire, by its id.
    pub fn questionnaire_file(&self, id: &QuestionnaireId) -> Option<Source> {
        let given = self.questionnaires.iter().find(|file| stem(file.name()) == id.as_str()).cloned();
        given.or_else(|| shipped_file(&format!("{id}.toml")).filter(|_| is_questionnaire(id.as_str())))
    }

    /// The text of a questionnaire in one of its versions. The current one stands under its id; when it makes way for
    /// another, it goes to `archive/<id>-<version>.toml` and stays, so that old answers keep their meaning.
    pub fn edition_file(&self, id: &QuestionnaireId, version: &str) -> Option<Source> {
        let name = format!("{id}-{version}");
        let given = self.questionnaires.iter().find(|file| stem(file.name()) == name).cloned();
        let archived = || given.or_else(|| shipped_file(&format!("archive/{name}.toml")));
        let is_it =
            |file: &Source| questionnaire::edition(file).is_some_and(|(i, v)| i == *id && v == version);
        self.questionnaire_file(id).filter(is_it).or_else(|| archived().filter(is_it))
    }

    /// The text of the shipped translation of a questionnaire into a language.
    pub fn translation_file(id: &QuestionnaireId, language: &str) -> Option<Source> {
        shipped_file(&format!("{id}.{language}.toml"))
    }

    /// The ids of the questionnaires that there are, in order.
    pub fn questionnaire_ids(&self) -> Vec<String> {
        let shipped = SHIPPED.files().filter_map(|file| file.path().file_stem()?.to_str());
        let given = self.questionnaires.iter().map(|file| stem(file.name()));
        let mut ids: Vec<String> =
            shipped.chain(given).filter(|id| is_questionnaire(id)).map(str::to_owned).collect();
        ids.sort();
        ids.dedup();
        ids
    }

    /// A questionnaire by its id, with what it builds on. Nothing when there is none.
    pub fn questionnaire(&self, id: &QuestionnaireId) -> Option<Outcome<Questionnaire>> {
        let file = self.questionnaire_file(id)?;
        Some(questionnaire::read(&Document::parse(&file), self))
    }

    /// The controls.
    pub fn controls(&self) -> Outcome<Vec<Control>> {
        let first = self.controls.clone().or_else(|| shipped_file("controls.toml"));
        let more = self.additions.iter().filter_map(|added| added.controls.clone());
        read_layers(first, more, controls::read, |control| control.id.to_string())
    }

    /// The sources.
    pub fn sources(&self) -> Outcome<Vec<model::Source>> {
        let first = self.sources.clone().or_else(|| shipped_file("sources.toml"));
        let more = self.additions.iter().filter_map(|added| added.sources.clone());
        read_layers(first, more, sources::read, |source| source.id.to_string())
    }

    /// The services and contacts.
    pub fn services(&self) -> Outcome<Services> {
        read(shipped_file("services.toml"), services::read)
    }

    /// The frameworks, in order of their files.
    pub fn frameworks(&self) -> (Vec<Framework>, Problems) {
        let mut stack = Stack::new(|framework: &Framework| framework.id.to_string());
        stack.lay(self.frameworks.clone().unwrap_or_else(|| shipped_folder("frameworks")), framework::read);
        for files in self.additions.iter().filter_map(|added| added.frameworks.clone()) {
            stack.lay(files, framework::read);
        }
        (stack.values, stack.problems)
    }

    /// The incidents, in order of their ids.
    pub fn incidents(&self) -> (Vec<Incident>, Problems) {
        let mut stack = Stack::new(|incident: &Incident| incident.id.to_string());
        stack.lay(self.incidents.clone().unwrap_or_else(|| shipped_folder("incidents")), incident::read);
        for files in self.additions.iter().filter_map(|added| added.incidents.clone()) {
            stack.lay(files, incident::read);
        }
        stack.add(self.more_incidents.clone(), incident::read);
        stack.values.sort_by(|a, b| a.id.cmp(&b.id));
        (stack.values, stack.problems)
    }

    /// What there is to refer to.
    pub fn shelf(&self) -> Shelf {
        let (controls, sources) =
            (self.controls().0.unwrap_or_default(), self.sources().0.unwrap_or_default());
        Shelf::new(&controls, &sources, &self.frameworks().0)
    }
}

impl Library for Catalog {
    fn find(&self, id: &QuestionnaireId, version: &str) -> Option<Source> {
        self.edition_file(id, version).or_else(|| self.questionnaire_file(id))
    }

    fn ids(&self) -> Vec<String> {
        self.questionnaire_ids()
    }
}

/// Not the other files, and not `<id>.<language>`, a translation.
fn is_questionnaire(id: &str) -> bool {
    !id.contains('.') && !COMPANIONS.iter().any(|companion| stem(companion) == id)
}

/// The name of a file without its folder and its ending.
fn stem(name: &str) -> &str {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    file.strip_suffix(".toml").unwrap_or(file)
}

fn shipped_file(path: &str) -> Option<Source> {
    SHIPPED.get_file(path).and_then(source)
}

fn shipped_folder(path: &str) -> Vec<Source> {
    let files = SHIPPED.get_dir(path).into_iter().flat_map(Dir::files);
    let mut files: Vec<Source> = files.filter_map(source).collect();
    files.sort_by(|a, b| a.name().cmp(b.name()));
    files
}

fn source(file: &'static File<'static>) -> Option<Source> {
    let path = file.path().to_str()?;
    let is_toml = file.path().extension().is_some_and(|ending| ending == "toml");
    is_toml.then_some(())?;
    Some(Source::new(format!("questionnaires/{path}"), file.contents_utf8()?))
}

fn read<T>(file: Option<Source>, read: impl Fn(&Document<'_>) -> Outcome<T>) -> Outcome<T> {
    let file = file.expect("invariant: the file is shipped");
    read(&Document::parse(&file))
}

/// The entries of one file, and of others whose entries are added or take the place of those with the same id.
fn read_layers<T>(
    first: Option<Source>,
    more: impl Iterator<Item = Source>,
    read_one: impl Fn(&Document<'_>) -> Outcome<Vec<T>>,
    id: impl Fn(&T) -> String,
) -> Outcome<Vec<T>> {
    let (values, mut problems) = read(first, &read_one);
    let Some(mut values) = values else { return (None, problems) };
    for file in more {
        let (added, found) = read_one(&Document::parse(&file));
        problems.extend(found);
        let Some(added) = added else { return (None, problems) };
        values.retain(|value| !added.iter().any(|new| id(new) == id(value)));
        values.extend(added);
    }
    (Some(values), problems)
}

/// Things of which each has a file, in layers.
struct Stack<T, I> {
    values: Vec<T>,
    files: BTreeMap<String, Source>,
    problems: Problems,
    id: I,
}

impl<T, I: Fn(&T) -> String> Stack<T, I> {
    fn new(id: I) -> Self {
        Self { values: Vec::new(), files: BTreeMap::new(), problems: Problems::default(), id }
    }

    /// Adds a layer: what has the id of something below takes its place.
    fn lay(&mut self, files: Vec<Source>, read: impl Fn(&Document<'_>) -> Outcome<T>) {
        let below = std::mem::take(&mut self.values);
        self.add(files, read);
        let above: BTreeSet<String> = self.values.iter().map(&self.id).collect();
        self.values.splice(0..0, below.into_iter().filter(|value| !above.contains(&(self.id)(value))));
    }

    /// Adds files beside the others: what has the id of another is a mistake, unless it is the same once more.
    fn add(&mut self, files: Vec<Source>, read: impl Fn(&Document<'_>) -> Outcome<T>) {
        let mut ids: BTreeSet<String> = self.values.iter().map(&self.id).collect();
        for file in files {
            let document = Document::parse(&file);
            let (value, found) = read(&document);
            self.problems.extend(found);
            let Some(value) = value else { continue };
            let id = (self.id)(&value);
            if ids.insert(id.clone()) {
                self.values.push(value);
                self.files.insert(id, file);
            } else if self.files.get(&id).is_none_or(|known| known.text() != file.text()) {
                self.problems.extend(Problems::of(&file, vec![twice(&document, &id)]));
            }
        }
    }
}

/// The problem of a file whose id another file has already.
fn twice(document: &Document<'_>, id: &str) -> Problem {
    let at = document.place_of("id").unwrap_or_default();
    let problem = Problem::new(Code::DuplicateId, at, format!("another file has the id `{id}` already"));
    problem.help("give one of them another id, or take one of the files away")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn none(problems: &Problems) {
        let seen: Vec<_> = problems
            .iter()
            .map(|p| {
                let source = problems.source(&p.place).unwrap();
                format!("{}:{}: {}: {}", source.name(), source.line_of(p.place.start).0, p.code, p.message)
            })
            .collect();
        assert_eq!(seen, Vec::<String>::new());
    }

    #[test]
    fn all_shipped_content_is_read_without_a_problem() {
        let catalog = Catalog::shipped();
        none(&catalog.controls().1);
        none(&catalog.sources().1);
        none(&catalog.services().1);
        none(&catalog.frameworks().1);
        none(&catalog.incidents().1);
        let ids = catalog.questionnaire_ids();
        assert!(ids.len() >= 4, "{ids:?}");
        for id in ids {
            let id = QuestionnaireId::parse(&id).unwrap();
            let (questionnaire, problems) = catalog.questionnaire(&id).unwrap();
            none(&problems);
            assert_eq!(questionnaire.unwrap().header().id, id);
        }
        for file in shipped_folder("archive") {
            none(&questionnaire::read(&Document::parse(&file), &catalog).1);
            let (id, version) = questionnaire::edition(&file).unwrap();
            assert!(catalog.edition_file(&id, &version).is_some(), "{} has another name", file.name());
        }
        assert_eq!(catalog.incidents().0.len(), SHIPPED.get_dir("incidents").unwrap().files().count());
    }

    #[test]
    fn a_questionnaire_is_found_in_every_version_that_there_is() {
        let id = QuestionnaireId::parse("ten-minute-check").unwrap();
        let current = Catalog::shipped().questionnaire_file(&id).unwrap();
        let old = current.text().replacen("version = \"2026.1\"", "version = \"2020.4\"", 1);
        let catalog = Catalog::shipped()
            .with_questionnaires([Source::new("archive/ten-minute-check-2020.4.toml", old)]);
        let version = |wanted| questionnaire::edition(&catalog.find(&id, wanted).unwrap()).unwrap().1;
        assert_eq!((version("2020.4"), version("2026.1")), ("2020.4".into(), "2026.1".into()));
        assert_eq!(version("1999.1"), "2026.1", "the current one takes the place of an unknown one");
        assert!(catalog.edition_file(&id, "1999.1").is_none());
    }

    #[test]
    fn a_given_file_takes_the_place_of_the_shipped_one() {
        let text = "[[control]]\nid = \"own\"\ntitle = \"t\"\nsummary = \"s\"\n";
        let catalog = Catalog::shipped().with_controls(Source::new("folder/controls.toml", text));
        assert_eq!(catalog.controls().0.unwrap()[0].id.as_str(), "own");
        assert!(catalog.questionnaire_file(&QuestionnaireId::parse("controls").unwrap()).is_none());
    }
}
