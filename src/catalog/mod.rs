//! The content: questionnaires, controls, sources, frameworks, incidents and services. What is shipped is embedded in
//! the program; a user's folder may take its place. Nothing is parsed before it is asked for.
#![deny(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "pure module"
)]

use include_dir::{Dir, File, include_dir};

use crate::format::lint::Shelf;
use crate::format::questionnaire::Library;
use crate::format::{Document, Outcome, controls, framework, incident, questionnaire, services, sources};
use crate::model::{self, Control, Framework, Incident, Questionnaire, QuestionnaireId, Services};
use crate::problem::{Problems, Source};

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
    more_incidents: Vec<Source>,
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
        read(self.controls.clone().or_else(|| shipped_file("controls.toml")), controls::read)
    }

    /// The sources.
    pub fn sources(&self) -> Outcome<Vec<model::Source>> {
        read(self.sources.clone().or_else(|| shipped_file("sources.toml")), sources::read)
    }

    /// The services and contacts.
    pub fn services(&self) -> Outcome<Services> {
        read(shipped_file("services.toml"), services::read)
    }

    /// The frameworks, in order of their files.
    pub fn frameworks(&self) -> (Vec<Framework>, Problems) {
        read_all(self.frameworks.clone().unwrap_or_else(|| shipped_folder("frameworks")), framework::read)
    }

    /// The incidents, in order of their ids.
    pub fn incidents(&self) -> (Vec<Incident>, Problems) {
        let mut files = self.incidents.clone().unwrap_or_else(|| shipped_folder("incidents"));
        files.extend(self.more_incidents.iter().cloned());
        let (mut incidents, problems) = read_all(files, incident::read);
        incidents.sort_by(|a, b| a.id.cmp(&b.id));
        (incidents, problems)
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

fn is_questionnaire(id: &str) -> bool {
    !COMPANIONS.iter().any(|companion| stem(companion) == id)
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

fn read_all<T>(files: Vec<Source>, read: impl Fn(&Document<'_>) -> Outcome<T>) -> (Vec<T>, Problems) {
    let mut values = Vec::new();
    let mut problems = Problems::default();
    for file in files {
        let (value, found) = read(&Document::parse(&file));
        values.extend(value);
        problems.extend(found);
    }
    (values, problems)
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
