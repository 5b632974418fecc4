//! One answer, and whether it fits its question.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use toml::Spanned;
use toml::de::DeValue;

use super::leaf::{Int, List, Note, OfQuestion, calendar_day};
use super::read::{Field, Node, Read, Reader, Span, described, table};
use super::value::{definite, taken};
use crate::model::{Answer, ChoiceId, Date, Evidence, Given, Question, Waiver};
use crate::problem::{Code, Problem};

table! {
    /// One answer and what is said about it.
    RawAnswer = "answer" {
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
        optional note: Note,
        /// An accepted risk: shown, never scored.
        optional waiver: RawWaiver,
    }
}

table! {
    /// An accepted risk.
    RawWaiver = "waiver" {
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
    RawShare = "share" {
        /// How many have it.
        required have: Int<0, { u32::MAX as i64 }>,
        /// Of how many.
        required of: Int<0, { u32::MAX as i64 }>,
    }
}

impl OfQuestion for RawAnswer {
    const EXAMPLE: &'static str = "[answers.acc.mfa-email]";
    const TOPIC: &'static str = "[answers.area.topic]";
    /// An answer alone is probably one that should stand in such a table.
    const ALONE: &'static str = "answer";
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
    for (field, what) in
        [(&raw.evidence_date, "the date of the evidence"), (&raw.answered, "the day of the answer")]
    {
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
        note: raw.note.take().map(|note| note.0),
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
        let problem = Problem::new(Code::MissingKey, raw.span.clone(), "this answer has no `answer`");
        reader.report(problem.help("leave the whole table out when the question is not answered yet"));
    }
}

pub(super) fn check_past(
    date: Date,
    at: Span,
    what: &str,
    day: Option<&(Date, Span)>,
    reader: &mut Reader<'_>,
) {
    if let Some((day, place)) = day.filter(|(day, _)| date > *day) {
        let message = format!("{what} is after the day of the assessment, {day}");
        let problem =
            Problem::new(Code::FutureDate, at, message).label(place.clone(), "assessed on this day");
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
