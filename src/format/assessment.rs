//! The answers of one organisation.

use std::collections::BTreeMap;

use super::answer::{RawAnswer, answer};
use super::document::{Document, Outcome};
use super::leaf::{ByQuestion, Country, Entries, Entry, Format, calendar_day};
use super::questionnaire::Library;
use super::read::{Node, Reader, Span, quoted, table};
use crate::model::{
    Assessment, Date, FactId, Narrative, Organisation, OrganisationKind, Prose, Questionnaire,
    QuestionnaireId, Ternary,
};
use crate::problem::{Code, Problem, Problems};
use crate::text::{and_list, nearest};

table! {
    /// The answers of one organisation on one day.
    RawAssessment = "answers file" {
        /// The format of this file: 1.
        required format: Format,
        /// The questionnaire that is answered.
        required questionnaire: QuestionnaireId,
        /// The version of that questionnaire.
        required version: String,
        /// Who is assessed.
        required organisation: RawOrganisation,
        /// The day and the circumstances of the assessment.
        required assessment: RawCircumstances,
        /// The scoping facts. Unknown and missing count as yes: the exposure is assumed.
        optional facts: Entries<Ternary>,
        /// The answers, by area and topic.
        optional answers: ByQuestion<RawAnswer>,
        /// What to say around the numbers of a report, in Markdown.
        optional narrative: RawNarrative,
    }
}

table! {
    /// What to say around the numbers of a report, each text in Markdown.
    RawNarrative = "narrative" {
        /// The whole in short.
        optional summary: Prose,
        /// What was looked at, and what was not.
        optional scope: Prose,
        /// How it was found out.
        optional method: Prose,
        /// What is in good order.
        optional positive: Prose,
        /// What to say at the end.
        optional closing: Prose,
        /// What the public may read: the only one of these texts that it sees, and that nobody else does.
        optional public: Prose,
        /// What to say about areas, by their ids.
        optional areas: Entries<Prose>,
    }
}

table! {
    /// Who is assessed.
    RawOrganisation = "organisation" {
        /// Its name.
        required name: String,
        /// What sort of organisation it is.
        required kind: OrganisationKind,
        /// Its country, by its two letters.
        required country: Country,
    }
}

table! {
    /// The circumstances of the assessment.
    RawCircumstances = "assessment" {
        /// The day on which everything is judged.
        required date: Date,
        /// Who assessed, when they want to be named.
        optional assessor: String,
        /// Whether the organisation assessed itself.
        optional self_assessed: bool,
        /// A marking for every page, such as Confidential.
        optional marking: String,
    }
}

/// How many questionnaires a message names.
const MOST_SHOWN: usize = 12;

/// Whose answers a file holds, to which questionnaire, of which day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The id of the questionnaire.
    pub questionnaire: QuestionnaireId,
    /// Its version, when the file says one.
    pub version: Option<String>,
    /// The name of the organisation, when the file says one.
    pub organisation: Option<String>,
    /// The day of the assessment, when the file says one.
    pub date: Option<Date>,
    /// Where the id stands in the file.
    pub at: Span,
}

/// Whose answers a file holds. Nothing when it does not name its questionnaire: reading it reports why.
pub fn head(document: &Document<'_>) -> Option<Head> {
    document.look(|root| {
        let id = root.get_ref().get("questionnaire")?;
        let text = |node: &Node<'_>| node.get_ref().as_str().map(str::to_owned);
        let inside = |table: &str, key: &str| root.get_ref().get(table)?.get_ref().get(key);
        Some(Head {
            questionnaire: QuestionnaireId::parse(id.get_ref().as_str()?).ok()?,
            version: root.get_ref().get("version").and_then(text),
            organisation: inside("organisation", "name").and_then(text),
            date: inside("assessment", "date").and_then(calendar_day),
            at: id.span(),
        })
    })
}

/// What is wrong with an answers file as far as it can be told without its questionnaire, which does not exist.
pub fn without_questionnaire(document: &Document<'_>, library: &dyn Library) -> Problems {
    let mut problems = document.read(|_: RawAssessment, _, _| Some(())).1;
    if let Some(Head { questionnaire, at, .. }) = head(document) {
        let problem = unknown_questionnaire(&questionnaire, at, library);
        problems.extend(Problems::of(document.source(), vec![problem]));
    }
    problems
}

/// A questionnaire that does not exist.
pub(super) fn unknown_questionnaire(id: &QuestionnaireId, at: Span, library: &dyn Library) -> Problem {
    let ids = library.ids();
    let near = nearest(id.as_str(), ids.iter().map(String::as_str)).map(|near| format!("\"{near}\""));
    let known: Vec<_> = ids.iter().take(MOST_SHOWN).map(|id| format!("`{id}`")).collect();
    let message = format!("there is no questionnaire {}", quoted(id.as_str()));
    let help = format!(
        "there is {}; put other files beside the answers, or name their folder with --questionnaires",
        and_list(&known)
    );
    Problem::new(Code::UnknownQuestionnaire, at, message).help(help).suggest(near)
}

/// Reads an answers file against its questionnaire.
pub fn read(document: &Document<'_>, questionnaire: &Questionnaire) -> Outcome<Assessment> {
    document.read(|raw: RawAssessment, reader, _| {
        check_head(&raw, questionnaire, reader);
        let circumstances = raw.assessment.take();
        let day = circumstances.as_ref().and_then(|raw| Some((*raw.date.get()?, raw.date.span()?)));
        let facts = facts(raw.facts.or_default(), questionnaire, reader);
        let mut assessment = Assessment {
            questionnaire: raw.questionnaire.take().or_else(|| QuestionnaireId::parse("unread").ok())?,
            version: raw.version.or_default(),
            organisation: organisation(raw.organisation.take()),
            date: day.as_ref().map_or_else(|| Date::new(9999, 12, 31), |(date, _)| Ok(*date)).ok()?,
            assessor: None,
            self_assessed: None,
            marking: None,
            facts,
            answers: BTreeMap::new(),
            narrative: raw
                .narrative
                .take()
                .map(|raw| narrative(raw, questionnaire, reader))
                .unwrap_or_default(),
        };
        if let Some(raw) = circumstances {
            assessment.assessor = raw.assessor.take();
            assessment.self_assessed = raw.self_assessed.take();
            assessment.marking = raw.marking.take();
        }
        for entry in raw.answers.or_default().0 {
            read_answer(entry, &mut assessment, day.as_ref(), questionnaire, reader);
        }
        Some(assessment)
    })
}

fn organisation(raw: Option<RawOrganisation>) -> Organisation {
    let (name, kind, country) = raw.map_or_else(Default::default, |raw| (raw.name, raw.kind, raw.country));
    Organisation {
        name: name.or_default(),
        kind: kind.or(OrganisationKind::Other),
        country: country.or_default().0,
    }
}

fn check_head(raw: &RawAssessment, questionnaire: &Questionnaire, reader: &mut Reader<'_>) {
    let header = questionnaire.header();
    if let (Some(id), Some(at)) = (raw.questionnaire.get(), raw.questionnaire.span())
        && *id != header.id
    {
        let message = format!("these are answers to `{id}`, and they are read as answers to `{}`", header.id);
        let help = "answers to questions that both have in common count, the others are left out";
        reader.report(Problem::new(Code::OtherQuestionnaire, at, message).help(help));
    } else if let (Some(version), Some(at)) = (raw.version.get(), raw.version.span())
        && *version != header.version
    {
        let (found, current) = (quoted(version), quoted(&header.version));
        let message =
            format!("these are answers to version {found}; the questionnaire has version {current}");
        let help = "look through what has changed, then write the new version here";
        reader.report(Problem::new(Code::OtherVersion, at, message).help(help));
    }
}

fn facts(
    raw: Entries<Ternary>,
    questionnaire: &Questionnaire,
    reader: &mut Reader<'_>,
) -> BTreeMap<FactId, Ternary> {
    let mut facts = BTreeMap::new();
    for entry in raw.0 {
        if let Some(fact) = questionnaire.facts().iter().find(|fact| fact.id.as_str() == entry.key) {
            facts.extend(entry.value.map(|value| (fact.id.clone(), value.into_inner())));
            continue;
        }
        let ids = questionnaire.facts().iter().map(|fact| fact.id.as_str());
        let near = nearest(&entry.key, ids);
        let message = format!("the questionnaire has no fact {}", quoted(&entry.key));
        let problem = Problem::new(Code::UnaskedFact, entry.key_span, message);
        reader.report(problem.help("it is kept in the file and not looked at").suggest(near));
    }
    facts
}

fn narrative(raw: RawNarrative, questionnaire: &Questionnaire, reader: &mut Reader<'_>) -> Narrative {
    let mut areas = BTreeMap::new();
    for entry in raw.areas.or_default().0 {
        if let Some(area) = questionnaire.areas().iter().find(|area| area.id.as_str() == entry.key) {
            areas.extend(entry.value.map(|text| (area.id.clone(), text.into_inner())));
            continue;
        }
        let near = nearest(&entry.key, questionnaire.areas().iter().map(|area| area.id.as_str()));
        let message = format!("the questionnaire has no area {}", quoted(&entry.key));
        let problem = Problem::new(Code::UnknownAreaText, entry.key_span, message);
        reader.report(problem.help("the text is kept in the file and shown nowhere").suggest(near));
    }
    Narrative {
        summary: raw.summary.take(),
        scope: raw.scope.take(),
        method: raw.method.take(),
        positive: raw.positive.take(),
        closing: raw.closing.take(),
        public: raw.public.take(),
        areas,
    }
}

fn read_answer(
    entry: Entry<RawAnswer>,
    assessment: &mut Assessment,
    day: Option<&(Date, Span)>,
    questionnaire: &Questionnaire,
    reader: &mut Reader<'_>,
) {
    let id = entry.key;
    let Some(question) = questionnaire.question(&id) else {
        reader.report(unknown_answer(&id, entry.key_span, questionnaire));
        return;
    };
    if let Some(fact) = question.applies_if.iter().find(|fact| assessment.denies(fact)) {
        let message = format!("`{id}` is out of scope, because the fact `{fact}` is answered \"no\"");
        let help = "the answer is kept in the file and not scored";
        reader.report(Problem::new(Code::OutOfScopeAnswer, entry.key_span, message).help(help));
    }
    let answer = entry.value.and_then(|raw| answer(raw.into_inner(), question, day, reader));
    assessment.answers.extend(answer.map(|answer| (question.id.clone(), answer)));
}

fn unknown_answer(id: &str, at: Span, questionnaire: &Questionnaire) -> Problem {
    let ids = questionnaire.questions().iter().map(|question| question.id.as_str());
    let near = nearest(id, ids);
    let message = format!("the questionnaire has no question {}", quoted(id));
    let problem = Problem::new(Code::UnknownAnswer, at, message);
    problem.help("the answer is kept in the file and not scored").suggest(near)
}
