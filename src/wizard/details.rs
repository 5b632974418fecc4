//! What may be said beside an answer: evidence and remarks. All of it is optional.

use super::question::of_field;
use super::{Halt, Menu, Row, Wizard};
use crate::interview::{Field, Interview, Reply};
use crate::model::{Evidence, QuestionId};
use crate::text::{Private, sentence_case};

/// The fields, in order.
const FIELDS: [Field; 7] = [
    Field::Evidence,
    Field::EvidenceDate,
    Field::EvidenceWhere,
    Field::By,
    Field::ProvidedBy,
    Field::Comment,
    Field::Note,
];

impl Wizard<'_> {
    /// Lets the person change what is said beside an answer. It is saved with the answer.
    pub(super) fn details(&mut self, id: &QuestionId, reply: &mut Reply) -> Result<(), Halt> {
        let mut at = Some(Field::Evidence);
        loop {
            let mut rows: Vec<Row<Option<Field>>> =
                FIELDS.iter().map(|field| Row::new(Some(*field), line(*field, reply))).collect();
            rows.push(Row::new(None, "Done: now choose the answer"));
            let help = "All optional. Never write passwords, codes or names of people.";
            let mut menu = Menu::new(rows, &[]).titled("Details of your answer", help).starting_at(Some(&at));
            match self.choose(&mut menu)? {
                Some(Some(Field::Evidence)) => self.evidence(id, reply)?,
                Some(Some(field)) => self.detail(id, field, reply)?,
                Some(None) | None => return Ok(()),
            }
            at = next(menu.at().flatten());
        }
    }

    fn evidence(&mut self, id: &QuestionId, reply: &mut Reply) -> Result<(), Halt> {
        let question = self.interview.questionnaire().question(id.as_str());
        let proof = question.map(|question| format!("What proves it: {}", question.proof));
        let levels = [Evidence::Claimed, Evidence::Documented, Evidence::Verified];
        let rows = levels.map(|level| Row::new(level, level.in_words())).to_vec();
        let now = levels.iter().find(|level| level.as_str() == reply.evidence);
        let mut menu = Menu::new(rows, &[])
            .titled("How sure can others be of this answer?", proof.unwrap_or_default())
            .starting_at(now);
        if let Some(level) = self.choose(&mut menu)? {
            level.as_str().clone_into(&mut reply.evidence);
        }
        Ok(())
    }

    fn detail(&mut self, id: &QuestionId, field: Field, reply: &mut Reply) -> Result<(), Halt> {
        let wrong = |interview: &Interview, text: &str| {
            let mut draft = reply.clone();
            put(&mut draft, field, text);
            of_field(interview.answer(id, &draft).err(), field)
        };
        let (title, help) = words(field);
        if let Some(text) = self.enter(title, help, &value(reply, field), wrong)? {
            put(reply, field, &text);
        }
        Ok(())
    }
}

/// The field after another; nothing after the last one.
fn next(field: Option<Field>) -> Option<Field> {
    let place = FIELDS.iter().position(|other| Some(*other) == field)?;
    FIELDS.get(place + 1).copied()
}

/// The name of a field and what to write into it.
fn words(field: Field) -> (&'static str, &'static str) {
    match field {
        Field::EvidenceDate => (
            "Date of the document or the check",
            "Such as 12 May 2026. Without it, the day of your answer counts.",
        ),
        Field::EvidenceWhere => ("Where it is kept", "A folder or a binder, never what it says."),
        Field::By => ("Answered by", "A role, such as office manager."),
        Field::ProvidedBy => ("Who runs this for you", "Such as your IT supplier or the national party."),
        Field::Comment => ("Comment", "It appears in the report."),
        Field::Note => ("Private note", "It stays in your answers file and appears in no report."),
        _ => ("Evidence", ""),
    }
}

/// A field with what it holds.
fn line(field: Field, reply: &Reply) -> String {
    let value = match field {
        Field::Evidence if reply.evidence.is_empty() => Evidence::Claimed.as_str().to_owned(),
        field => value(reply, field),
    };
    let (name, _) = words(field);
    match (field, value.as_str()) {
        (_, "") => format!("{name}: -"),
        (Field::Evidence, level) => format!("{name}: {}", sentence_case(level)),
        (_, value) => format!("{name}: {value}"),
    }
}

fn value(reply: &Reply, field: Field) -> String {
    let text = match field {
        Field::Evidence => &reply.evidence,
        Field::EvidenceDate => &reply.evidence_date,
        Field::EvidenceWhere => &reply.evidence_where,
        Field::By => &reply.by,
        Field::ProvidedBy => &reply.provided_by,
        Field::Comment => &reply.comment,
        Field::Note => reply.note.expose(),
        _ => "",
    };
    text.to_owned()
}

fn put(reply: &mut Reply, field: Field, text: &str) {
    let text = text.to_owned();
    match field {
        Field::Evidence => reply.evidence = text,
        Field::EvidenceDate => reply.evidence_date = text,
        Field::EvidenceWhere => reply.evidence_where = text,
        Field::By => reply.by = text,
        Field::ProvidedBy => reply.provided_by = text,
        Field::Comment => reply.comment = text,
        Field::Note => reply.note = Private::new(text),
        _ => {}
    }
}
