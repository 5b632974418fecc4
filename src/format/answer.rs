//! One answer, and whether it fits its question.

use std::borrow::Cow;
use std::collections::BTreeSet;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use toml::Spanned;
use toml::de::DeValue;

use super::leaf::{Int, List, calendar_day};
use super::read::{Field, Node, Read, Reader, Span, described, quoted, table};
use crate::model::{
    Answer, Choice, ChoiceId, Date, Evidence, Given, Kind, Level, Question, Value, Waiver, YesPartlyNo,
};
use crate::problem::{Code, Problem};
use crate::text::{Private, nearest, or_list};

table! {
    /// One answer and what is said about it.
    RawAnswer = "an answer" {
        /// The answer: the id of a level; "yes", "partly" or "no"; a percentage, or how many of how many; a date or
        /// "never"; a list of choices. Any question takes "unknown", and some take "not-applicable".
        optional answer: RawGiven,
        /// Why the question does not apply. Needed for "not-applicable".
        optional reason: String,
        /// How well the answer is supported. Left out it is claimed.
        optional evidence: Evidence,
        /// The date of the document or the check. Left out it is the day of the answer.
        optional evidence_date: Date,
        /// Where the evidence is kept: a pointer, never the content.
        optional evidence_where: String,
        /// When it was answered. Left out it is the day of the assessment.
        optional answered: Date,
        /// The role of the person who answered.
        optional by: String,
        /// Who runs this control for the organisation.
        optional provided_by: String,
        /// A remark that appears in reports.
        optional comment: String,
        /// A private note of the assessor: it never leaves this file.
        optional note: String,
        /// An accepted risk: shown, never scored.
        optional waiver: RawWaiver,
    }
}

table! {
    /// An accepted risk.
    RawWaiver = "a waiver" {
        /// Why the risk is accepted.
        required reason: String,
        /// Who accepted it, by role.
        required approved_by: String,
        /// The last day on which it holds.
        required expires: Date,
    }
}

table! {
    /// So many of so many.
    RawShare = "a share" {
        /// How many have it.
        required have: Int<0, { u32::MAX as i64 }>,
        /// Of how many.
        required of: Int<0, { u32::MAX as i64 }>,
    }
}

/// What was answered, as it was written.
#[derive(Debug)]
pub(super) enum RawGiven {
    Text(String),
    Number(i64),
    Share(RawShare),
    Date(Date),
    Ticked(List<String>),
    /// Something that is never an answer, described.
    Other(String),
}

impl Read for RawGiven {
    fn expected() -> String {
        "an answer".to_owned()
    }

    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let other = || Self::Other(described(node));
        Some(match node.get_ref() {
            DeValue::String(text) => Self::Text(text.clone().into_owned()),
            DeValue::Integer(number) => {
                i64::from_str_radix(number.as_str(), number.radix()).map_or_else(|_| other(), Self::Number)
            }
            DeValue::Table(_) => Self::Share(RawShare::read(node, reader)?),
            DeValue::Datetime(_) => calendar_day(node).map_or_else(other, Self::Date),
            DeValue::Array(_) => Self::Ticked(List::read(node, reader)?),
            DeValue::Float(_) | DeValue::Boolean(_) => other(),
        })
    }
}

impl JsonSchema for RawGiven {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Given".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "anyOf": [
            { "type": "string", "minLength": 1 },
            { "type": "integer", "minimum": 0, "maximum": 100 },
            generator.subschema_for::<RawShare>(),
            generator.subschema_for::<List<ChoiceId>>(),
        ] })
    }
}

/// An answer, when it fits its question. The day is that of the assessment, with its place.
pub(super) fn answer(
    raw: RawAnswer,
    question: &Question,
    day: Option<&(Date, Span)>,
    reader: &mut Reader<'_>,
) -> Option<Answer> {
    for (field, what) in [(&raw.evidence_date, "the evidence"), (&raw.answered, "the answer")] {
        if let (Some(date), Some(at)) = (field.get(), field.span()) {
            check_past(*date, at, what, day, reader);
        }
    }
    check_given(&raw, reader);
    let given = given_of(raw.answer.value?, &raw.reason, question, day, reader)?;
    let waiver = raw.waiver.take().and_then(|raw| {
        let (reason, approved_by) = (raw.reason.take()?, raw.approved_by.take()?);
        Some(Waiver { reason, approved_by, expires: raw.expires.take()? })
    });
    Some(Answer {
        evidence: raw.evidence.or_default(),
        evidence_date: raw.evidence_date.take(),
        evidence_where: raw.evidence_where.take(),
        answered: raw.answered.take(),
        by: raw.by.take(),
        provided_by: raw.provided_by.take(),
        comment: raw.comment.take(),
        note: raw.note.take().map(Private::new),
        waiver,
        ..Answer::new(given)
    })
}

/// Reports a table that says something about an answer without giving one. One with only a note, or nothing yet, is a
/// question that is not answered.
fn check_given(raw: &RawAnswer, reader: &mut Reader<'_>) {
    let says_something = [
        raw.reason.key.is_some(),
        raw.evidence.key.is_some(),
        raw.evidence_date.key.is_some(),
        raw.evidence_where.key.is_some(),
        raw.answered.key.is_some(),
        raw.comment.key.is_some(),
        raw.waiver.key.is_some(),
    ];
    let misspelt = raw.misspelt.contains(&"answer");
    if raw.answer.key.is_none() && !misspelt && says_something.contains(&true) {
        let problem = Problem::new(Code::MissingKey, raw.span.clone(), "an answer without `answer`");
        reader.report(problem.help("leave the whole table out when the question is not answered yet"));
    }
}

fn check_past(date: Date, at: Span, what: &str, day: Option<&(Date, Span)>, reader: &mut Reader<'_>) {
    if let Some((day, place)) = day.filter(|(day, _)| date > *day) {
        let message = format!("the date of {what} is after the day of the assessment, {day}");
        let problem =
            Problem::new(Code::FutureDate, at, message).label(place.clone(), "the day of the assessment");
        reader.report(problem.help("write the day on which it happened, or a later day of assessment"));
    }
}

fn given_of(
    given: Spanned<RawGiven>,
    reason: &Field<String>,
    question: &Question,
    day: Option<&(Date, Span)>,
    reader: &mut Reader<'_>,
) -> Option<Given> {
    let at = given.span();
    let given = given.into_inner();
    if matches!(&given, RawGiven::Text(text) if text == "not-applicable") {
        if !question.may_be_skipped {
            let message = format!("`{}` does not take \"not-applicable\"", question.id);
            let help = format!("it takes {}", taken(&question.kind));
            reader.report(Problem::new(Code::NotApplicableForbidden, at, message).help(help));
            return None;
        }
        if reason.key.is_none() {
            let problem = Problem::new(Code::MissingReason, at, "\"not-applicable\" without a reason");
            reader.report(problem.help("add a line such as reason = \"we have no office\""));
        }
        return reason.get().cloned().map(Given::NotApplicable);
    }
    if let Some(at) = reason.span() {
        let problem = Problem::new(Code::UnusedReason, at, "a reason without \"not-applicable\"");
        reader.report(problem.help("no report shows it; write it as a `comment` to have it shown"));
    }
    if matches!(&given, RawGiven::Text(text) if text == "unknown") {
        return Some(Given::Unknown);
    }
    definite(given, at, question, day, reader).map(Given::Definite)
}

/// A definite answer, when the question takes it.
fn definite(
    given: RawGiven,
    at: Span,
    question: &Question,
    day: Option<&(Date, Span)>,
    reader: &mut Reader<'_>,
) -> Option<Value> {
    match (&question.kind, given) {
        (Kind::Levels(levels), RawGiven::Text(text)) => level(&text, at, levels, reader),
        (Kind::YesNo { .. }, RawGiven::Text(text)) => {
            let words = [YesPartlyNo::Yes, YesPartlyNo::Partly, YesPartlyNo::No];
            let word = words.into_iter().find(|word| word.as_str() == text);
            if word.is_none() {
                let near = nearest(&text.to_lowercase(), words.iter().map(|word| word.as_str()));
                let problem = misfit(&format!("the text {}", quoted(&text)), at, question);
                reader.report(problem.suggest(near.map(|near| format!("\"{near}\""))));
            }
            word.map(Value::YesPartlyNo)
        }
        (Kind::Percentage(_), RawGiven::Number(number)) => {
            let percent = u8::try_from(number).ok().filter(|percent| *percent <= 100);
            if percent.is_none() {
                let message = format!("found `{number}`, expected a percentage from 0 to 100");
                reader.report(Problem::new(Code::OutOfRange, at, message));
            }
            percent.map(|percent| Value::Percentage { percent, counted: None })
        }
        (Kind::Percentage(_), RawGiven::Share(raw)) => share(&raw, at, reader),
        (Kind::LastDone(_), RawGiven::Date(date)) => {
            check_past(date, at, "the answer", day, reader);
            Some(Value::LastDone(Some(date)))
        }
        (Kind::LastDone(_), RawGiven::Text(text)) if text == "never" => Some(Value::LastDone(None)),
        (Kind::TickAll(choices), RawGiven::Ticked(ticked)) => {
            ticks(ticked, choices, reader).map(Value::Ticked)
        }
        (_, given) => {
            let meant = meant(&given, question, at.clone(), reader);
            reader.report(misfit(&given.described(), at, question).suggest(meant));
            None
        }
    }
}

impl RawGiven {
    fn described(&self) -> String {
        match self {
            Self::Text(text) => format!("the text {}", quoted(text)),
            Self::Number(number) => format!("the number `{number}`"),
            Self::Share(_) => "a share".to_owned(),
            Self::Date(date) => format!("the date `{date}`"),
            Self::Ticked(_) => "a list".to_owned(),
            Self::Other(description) => description.clone(),
        }
    }
}

fn misfit(found: &str, at: Span, question: &Question) -> Problem {
    let message = format!("found {found}, expected {}", taken(&question.kind));
    Problem::new(Code::AnswerDoesNotFit, at, message)
}

/// What a kind takes, in words.
fn taken(kind: &Kind) -> String {
    match kind {
        Kind::Levels(levels) => {
            let ids: Vec<_> = levels.iter().map(|level| format!("\"{}\"", level.id)).collect();
            or_list(&ids)
        }
        Kind::YesNo { .. } => "\"yes\", \"partly\" or \"no\"".to_owned(),
        Kind::Percentage(_) => "a percentage such as 95, or { have = 57, of = 60 }".to_owned(),
        Kind::LastDone(_) => "a date such as 2026-11-23 without quotes, or \"never\"".to_owned(),
        Kind::TickAll(choices) => {
            let ids: Vec<_> = choices.iter().map(|choice| format!("\"{}\"", choice.id)).collect();
            format!("a list of any of {}, or [] for none", or_list(&ids))
        }
    }
}

/// How the same thing is written so that the question takes it.
fn meant(given: &RawGiven, question: &Question, at: Span, reader: &Reader<'_>) -> Option<String> {
    match (&question.kind, given) {
        (Kind::YesNo { .. }, RawGiven::Other(_)) => match reader.written(&at) {
            "true" => Some("\"yes\"".to_owned()),
            "false" => Some("\"no\"".to_owned()),
            _ => None,
        },
        (Kind::Percentage(_), RawGiven::Text(text)) => {
            let digits = text.trim().trim_end_matches('%').trim_end();
            digits.parse::<u8>().ok().filter(|percent| *percent <= 100).map(|percent| percent.to_string())
        }
        (Kind::LastDone(_), RawGiven::Text(text)) => {
            Date::parse(text.trim()).ok().map(|date| date.to_string())
        }
        (Kind::TickAll(choices), RawGiven::Text(text)) => {
            choices.iter().any(|choice| choice.id.as_str() == text).then(|| format!("[\"{text}\"]"))
        }
        _ => None,
    }
}

fn level(text: &str, at: Span, levels: &[Level], reader: &mut Reader<'_>) -> Option<Value> {
    let found = levels.iter().find(|level| level.id.as_str() == text);
    if found.is_none() {
        let ids: Vec<_> = levels.iter().map(|level| format!("\"{}\"", level.id)).collect();
        let near = nearest(&text.to_lowercase(), levels.iter().map(|level| level.id.as_str()));
        let message = format!("the question has no level {}, expected {}", quoted(text), or_list(&ids));
        let problem = Problem::new(Code::UnknownLevel, at, message);
        reader.report(problem.suggest(near.map(|near| format!("\"{near}\""))));
    }
    found.map(|level| Value::Level(level.id.clone()))
}

fn share(raw: &RawShare, at: Span, reader: &mut Reader<'_>) -> Option<Value> {
    let (have, of): (u32, u32) = (raw.have.get()?.small(), raw.of.get()?.small());
    let percent =
        (u64::from(have) * 100).checked_div(u64::from(of)).and_then(|percent| u8::try_from(percent).ok());
    let percent = percent.filter(|_| have <= of);
    if percent.is_none() {
        let (message, help) = if of == 0 {
            (
                "a share of 0",
                "write \"not-applicable\" with a reason where the question allows it, or \"unknown\"",
            )
        } else {
            ("`have` is larger than `of`", "`have` counts those of them that have it")
        };
        reader.report(Problem::new(Code::ImpossibleShare, at, message).help(help));
    }
    percent.map(|percent| Value::Percentage { percent, counted: Some((have, of)) })
}

fn ticks(ticked: List<String>, choices: &[Choice], reader: &mut Reader<'_>) -> Option<BTreeSet<ChoiceId>> {
    let mut ids = BTreeSet::new();
    let mut whole = true;
    for member in ticked.0 {
        let Some(member) = member else {
            whole = false;
            continue;
        };
        if let Some(choice) = choices.iter().find(|choice| choice.id.as_str() == member.get_ref()) {
            ids.insert(choice.id.clone());
            continue;
        }
        whole = false;
        let known: Vec<_> = choices.iter().map(|choice| format!("\"{}\"", choice.id)).collect();
        let near = nearest(&member.get_ref().to_lowercase(), choices.iter().map(|choice| choice.id.as_str()));
        let message =
            format!("the question has no choice {}, expected {}", quoted(member.get_ref()), or_list(&known));
        let problem = Problem::new(Code::UnknownChoice, member.span(), message);
        reader.report(problem.suggest(near.map(|near| format!("\"{near}\""))));
    }
    whole.then_some(ids)
}
