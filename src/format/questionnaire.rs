//! A questionnaire, with the one that it builds on.

use std::collections::BTreeSet;
use std::mem::take;

use super::document::{Document, Outcome};
use super::flaw::checked;
use super::leaf::{Format, Int, List, mended_id};
use super::question::{RawQuestion, question};
use super::read::{Field, Node, Reader, Span, quoted, table};
use super::translation;
use crate::model::{
    Area, AreaId, Base, Cap, Credit, Fact, FactId, Gate, GateId, Header, Path, Placed, QuestionId,
    Questionnaire, QuestionnaireId, QuestionnaireParts, Requirement, Selector, Weight,
};
use crate::problem::{Code, Problem, Problems, Source};
use crate::text::{nearest, plural};

table! {
    /// A security questionnaire.
    RawQuestionnaire = "questionnaire" {
        /// The format of this file: 1.
        required format: Format,
        /// Its id; the file is named after it.
        required id: QuestionnaireId,
        /// The version of its content, shown in every report.
        required version: String,
        /// Its title.
        required title: String,
        /// One or two sentences.
        required summary: String,
        /// Who should answer it.
        required audience: String,
        /// Honest time to answer it, in minutes.
        required minutes: Int<1, { u16::MAX as i64 }>,
        /// Its language, such as en-GB.
        required language: String,
        /// Its licence, such as CC-BY-4.0.
        required licence: String,
        /// Another questionnaire to build on instead of repeating it.
        optional base: RawBase,
        /// Scoping facts, asked before the questions.
        optional fact: List<RawFact>,
        /// Areas, in order of display.
        optional area: List<RawArea>,
        /// Gates: a failed one caps the score.
        optional gate: List<RawGate>,
        /// Questions, in order of asking.
        optional question: List<RawQuestion>,
    }
}

table! {
    /// A questionnaire to build on, and what to take over from it.
    RawBase = "base" {
        /// Its id.
        required id: QuestionnaireId,
        /// Its version.
        required version: String,
        /// Questions or whole areas to keep. Left out, everything is kept.
        optional keep: List<Selector>,
        /// Questions or whole areas to leave out.
        optional drop: List<Selector>,
    }
}

table! {
    /// A scoping fact. Unknown and missing count as yes: the exposure is assumed.
    RawFact = "fact" {
        /// Its id.
        required id: FactId,
        /// The question that is asked.
        required ask: String,
        /// What the words mean.
        optional help: String,
    }
}

table! {
    /// An area: questions that are scored together.
    RawArea = "area" {
        /// Its id: the ids of its questions begin with it.
        required id: AreaId,
        /// Its title.
        required title: String,
        /// One sentence.
        required summary: String,
        /// How much it counts.
        required weight: Int<1, 10>,
    }
}

table! {
    /// A gate: while it fails, the score is held at its cap.
    RawGate = "gate" {
        /// Its id.
        required id: GateId,
        /// What it asks for, in a few words.
        required title: String,
        /// The highest score while it fails: the upper end of a band.
        required cap: Cap,
        /// What must hold; all that apply.
        required require: List<RawRequirement>,
        /// Why this is a gate.
        required grounds: String,
    }
}

table! {
    /// One thing that a gate asks for.
    RawRequirement = "requirement" {
        /// The id of the question.
        required question: QuestionId,
        /// The credit it needs.
        required at_least: Int<1, 75>,
    }
}

/// Where questionnaires are found that others build on.
pub trait Library {
    /// The text of a questionnaire in a version; when that is not known, in the one that is current.
    fn find(&self, id: &QuestionnaireId, version: &str) -> Option<Source>;

    /// The ids that there are.
    fn ids(&self) -> Vec<String>;

    /// The text of the translation of a questionnaire into the language that is wanted, or what is wrong with it.
    /// Nothing where none is wanted.
    fn translation(&self, _of: &QuestionnaireId) -> Option<Result<Source, Problems>> {
        None
    }
}

/// How many questionnaires may build on each other.
const LONGEST_CHAIN: usize = 8;

/// A questionnaire in one of its versions.
pub type Edition = (QuestionnaireId, String);

/// The questionnaire that a document builds on, when it names one.
pub fn base_of(document: &Document<'_>) -> Option<Edition> {
    document.look(|root| edition_in(root.get_ref().get("base")?))
}

/// Which questionnaire a file holds. It is told by its first keys, and the rest is looked at only when these do not say.
pub fn edition(source: &Source) -> Option<Edition> {
    let keys = source.text().split("\n[").next().unwrap_or_default();
    let head = Source::new(source.name(), keys.to_owned());
    let head = Document::parse(&head);
    let told = head.is_sound().then(|| head.look(edition_in)).flatten();
    told.or_else(|| Document::parse(source).look(edition_in))
}

fn edition_in(table: &Node<'_>) -> Option<Edition> {
    let text = |key: &str| table.get_ref().get(key)?.get_ref().as_str();
    Some((QuestionnaireId::parse(text("id")?).ok()?, text("version")?.to_owned()))
}

/// Reads a questionnaire and those that it builds on.
pub fn read(document: &Document<'_>, library: &dyn Library) -> Outcome<Questionnaire> {
    read_in_chain(document, library, &[])
}

/// Reads a questionnaire. The chain holds those that build on it, the first one first.
fn read_in_chain(
    document: &Document<'_>,
    library: &dyn Library,
    chain: &[QuestionnaireId],
) -> Outcome<Questionnaire> {
    let mut of_base = Problems::default();
    let (questionnaire, mut problems) = document.read(|mut raw: RawQuestionnaire, reader, root| {
        let whole = is_whole(&raw);
        let raw_base = take(&mut raw.base).take();
        let id = raw.id.get().cloned();
        let parts = parts(raw, raw_base.as_ref(), root, reader)?;
        let base = match raw_base {
            None => None,
            Some(raw) => {
                let chain: Vec<_> = chain.iter().cloned().chain(id).collect();
                let found = find(&raw, library, &chain, reader, &mut of_base);
                Some((found?, selectors(raw.keep, "keep"), selectors(raw.drop, "drop")))
            }
        };
        let base = base.as_ref().map(|(questionnaire, keep, drop)| Base {
            questionnaire,
            keep: keep.clone(),
            drop: drop.clone().unwrap_or_default(),
        });
        whole.then(|| checked(Questionnaire::build(parts, base.as_ref()), reader, root)).flatten()
    });
    problems.extend(of_base);
    let questionnaire = questionnaire.map(|read| translated(read, library, &mut problems));
    (questionnaire.filter(|_| !problems.has_errors()), problems)
}

/// The questionnaire in the language that is wanted, where there is a translation.
fn translated(questionnaire: Questionnaire, library: &dyn Library, problems: &mut Problems) -> Questionnaire {
    let Some(file) = library.translation(&questionnaire.header().id) else { return questionnaire };
    let (translation, found) = match file {
        Ok(file) => translation::read(&Document::parse(&file), &questionnaire),
        Err(found) => (None, found),
    };
    problems.extend(found);
    match translation {
        Some(translation) => questionnaire.translated(translation),
        None => questionnaire,
    }
}

/// Whether all of its lists could be read. Otherwise names would seem to be missing that are only misspelt.
fn is_whole(raw: &RawQuestionnaire) -> bool {
    let broken = raw.base.is_broken()
        || raw.fact.is_broken()
        || raw.area.is_broken()
        || raw.gate.is_broken()
        || raw.question.is_broken();
    let lists = ["base", "fact", "area", "gate", "question"];
    !broken && !raw.misspelt.iter().any(|key| lists.contains(key))
}

/// What the file itself says. Stand-ins take the place of what is broken.
fn parts(
    raw: RawQuestionnaire,
    base: Option<&RawBase>,
    root: &Node<'_>,
    reader: &mut Reader<'_>,
) -> Option<QuestionnaireParts> {
    let base = base.and_then(|base| Some((base.id.get()?.clone(), base.version.get()?.clone())));
    let header = Header {
        id: raw.id.take().or_else(|| QuestionnaireId::parse("unread").ok())?,
        version: raw.version.or_default(),
        title: raw.title.or_default(),
        summary: raw.summary.or_default(),
        audience: raw.audience.or_default(),
        minutes: raw.minutes.or(Int::STAND_IN).small(),
        language: raw.language.or_default(),
        licence: raw.licence.or_default(),
        base,
    };
    let mut unreadable = BTreeSet::new();
    let facts = placed("fact", raw.fact, root, &mut unreadable, |raw: RawFact| {
        Some(Fact { id: raw.id.take()?, ask: raw.ask.or_default(), help: raw.help.take() })
    });
    let areas = placed("area", raw.area, root, &mut unreadable, area);
    let gates = placed("gate", raw.gate, root, &mut unreadable, gate);
    let questions = placed("question", raw.question, root, &mut unreadable, |raw| question(raw, reader));
    Some(QuestionnaireParts { header, facts, areas, gates, questions, unreadable })
}

fn area(raw: RawArea) -> Option<Area> {
    let weight = Weight::of_area(raw.weight.or(Int::STAND_IN).get())?;
    Some(Area {
        id: raw.id.take()?,
        title: raw.title.or_default(),
        summary: raw.summary.or_default(),
        weight,
    })
}

fn gate(raw: RawGate) -> Option<Gate> {
    let requirement = |raw: RawRequirement| {
        let at_least = Credit::new(raw.at_least.or(Int::STAND_IN).small())?;
        Some(Requirement { question: raw.question.take()?, at_least })
    };
    Some(Gate {
        id: raw.id.take()?,
        title: raw.title.or_default(),
        cap: raw.cap.take().or_else(|| Cap::new(89))?,
        require: raw.require.take()?.all()?.into_iter().map(requirement).collect::<Option<_>>()?,
        grounds: raw.grounds.or_default(),
    })
}

/// The entries of a list with their places. Entries that could not be read leave their ids behind.
fn placed<R, T>(
    key: &str,
    list: Field<List<R>>,
    root: &Node<'_>,
    unreadable: &mut BTreeSet<String>,
    mut make: impl FnMut(R) -> Option<T>,
) -> Vec<Placed<T>> {
    let mut entries = Vec::new();
    for (i, raw) in list.or_default().0.into_iter().enumerate() {
        if let Some(value) = raw.and_then(|raw| make(raw.into_inner())) {
            entries.push(Placed { at: Path::root().key(key).item(i), value });
        } else {
            let id = root.get_ref().get(key).and_then(|list| list.get_ref().get(i)?.get_ref().get("id"));
            if let Some(id) = id.and_then(|id| id.get_ref().as_str()) {
                unreadable.extend([id.to_owned(), mended_id(id)]);
            }
        }
    }
    entries
}

fn selectors(list: Field<List<Selector>>, key: &str) -> Option<Vec<Placed<Selector>>> {
    let at = Path::root().key("base").key(key);
    let place = |(i, value)| Placed { at: at.item(i), value };
    list.take().map(|list| list.numbered().map(place).collect())
}

/// The questionnaire to build on, or why there is none.
fn find(
    raw: &RawBase,
    library: &dyn Library,
    chain: &[QuestionnaireId],
    reader: &mut Reader<'_>,
    of_base: &mut Problems,
) -> Option<Questionnaire> {
    let id = raw.id.get()?;
    let at = raw.id.span()?;
    if let Some(problem) = circular(id, chain, at.clone()) {
        reader.report(problem);
        return None;
    }
    let wanted = raw.version.get().map_or("", String::as_str);
    let Some(source) = library.find(id, wanted) else {
        let message = format!("there is no questionnaire {}", quoted(id.as_str()));
        let ids = library.ids();
        let near = nearest(id.as_str(), ids.iter().map(String::as_str)).map(|near| format!("\"{near}\""));
        let help = format!("put `{id}.toml` beside this file, or build on a questionnaire that is there");
        reader.report(Problem::new(Code::DanglingBase, at, message).help(help).suggest(near));
        return None;
    };
    let (base, problems) = read_in_chain(&Document::parse(&source), library, chain);
    let Some(base) = base else {
        let count = plural(problems.errors(), "problem", "problems");
        let message = format!("the base {} has {count} of its own", quoted(id.as_str()));
        reader.report(Problem::new(Code::BrokenBase, at, message).help("put the base right first"));
        of_base.extend(problems);
        return None;
    };
    let header = base.header();
    if header.id != *id {
        let message =
            format!("{} holds the questionnaire {}", quoted(source.name()), quoted(header.id.as_str()));
        let help = "the file of a questionnaire is named after its id";
        reader.report(Problem::new(Code::DanglingBase, at, message).help(help));
        return None;
    }
    let version = raw.version.get()?;
    if header.version != *version {
        let message =
            format!("the base has version {}, expected {}", quoted(&header.version), quoted(version));
        let help = "look through what has changed in the base, then write its version here";
        let problem = Problem::new(Code::OtherBaseVersion, raw.version.span()?, message).help(help);
        reader.report(problem.suggest(Some(format!("\"{}\"", header.version))));
        return None;
    }
    Some(base)
}

fn circular(id: &QuestionnaireId, chain: &[QuestionnaireId], at: Span) -> Option<Problem> {
    let message = if let Some(start) = chain.iter().position(|earlier| earlier == id) {
        let circle: Vec<_> = chain[start..].iter().chain([id]).map(|id| format!("`{id}`")).collect();
        format!("the questionnaires build on each other in a circle: {}", circle.join(" on "))
    } else if chain.len() >= LONGEST_CHAIN {
        format!("more than {LONGEST_CHAIN} questionnaires build on each other")
    } else {
        return None;
    };
    Some(Problem::new(Code::CircularBase, at, message).help("let one of them stand on its own"))
}
