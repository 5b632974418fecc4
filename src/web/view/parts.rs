//! Pieces of forms.

use serde::Serialize;

use crate::interview::{Field, Reply};
use crate::web::fields::DateParts;
use crate::web::view::Frame;

/// A field for text.
#[derive(Serialize)]
pub(in crate::web) struct Input {
    pub(in crate::web) id: &'static str,
    pub(in crate::web) name: &'static str,
    pub(in crate::web) label: &'static str,
    pub(in crate::web) hint: String,
    pub(in crate::web) value: String,
    pub(in crate::web) error: Option<String>,
    /// `line`, `lines`, `short` or `code`.
    pub(in crate::web) shape: &'static str,
}

impl Input {
    /// A field of one line.
    pub(super) fn line(frame: &Frame, field: Field, label: &'static str, hint: &str, value: &str) -> Self {
        Self {
            id: field.as_str(),
            name: field.as_str(),
            label,
            hint: hint.to_owned(),
            value: value.to_owned(),
            error: frame.mistake(field),
            shape: "line",
        }
    }

    /// A field of several lines.
    pub(super) fn lines(frame: &Frame, field: Field, label: &'static str, hint: &str, value: &str) -> Self {
        Self { shape: "lines", ..Self::line(frame, field, label, hint, value) }
    }

    fn speaks(&self) -> bool {
        !self.value.is_empty() || self.error.is_some()
    }
}

/// A date in three boxes.
#[derive(Serialize)]
pub(in crate::web) struct DateInput {
    pub(in crate::web) id: &'static str,
    /// Nothing when the question itself names it.
    pub(in crate::web) legend: &'static str,
    pub(in crate::web) hint: &'static str,
    pub(in crate::web) day: String,
    pub(in crate::web) month: String,
    pub(in crate::web) year: String,
    pub(in crate::web) error: Option<String>,
}

impl DateInput {
    pub(super) fn new(
        frame: &Frame,
        field: Field,
        legend: &'static str,
        hint: &'static str,
        text: &str,
    ) -> Self {
        let DateParts { day, month, year } = DateParts::of(text);
        Self { id: field.as_str(), legend, hint, day, month, year, error: frame.mistake(field) }
    }
}

/// One of several answers to choose or to tick.
#[derive(Serialize)]
pub(in crate::web) struct Pick {
    pub(in crate::web) id: String,
    pub(in crate::web) name: &'static str,
    pub(in crate::web) value: String,
    pub(in crate::web) label: String,
    pub(in crate::web) hint: String,
    pub(in crate::web) picked: bool,
    /// What is asked when it is picked.
    pub(in crate::web) then: Option<Input>,
}

/// Picks of a group in the order in which they stand. The first has the id of the field, so that a mistake leads to it.
#[derive(Debug)]
pub(super) struct Picks<'a> {
    field: Field,
    picked: &'a [String],
    count: usize,
}

impl<'a> Picks<'a> {
    pub(super) fn of(field: Field, picked: &'a [String]) -> Self {
        Self { field, picked, count: 0 }
    }

    /// Something else is the first of the group, and has the id of the field.
    pub(super) fn skip(&mut self) {
        self.count += 1;
    }

    /// The next one.
    pub(super) fn next(&mut self, value: &str, label: &str, hint: &str) -> Pick {
        self.count += 1;
        let name = self.field.as_str();
        Pick {
            id: if self.count == 1 { name.to_owned() } else { format!("{name}-{}", self.count) },
            name,
            value: value.to_owned(),
            label: label.to_owned(),
            hint: hint.to_owned(),
            picked: self.picked.iter().any(|picked| picked == value),
            then: None,
        }
    }
}

/// What can be added to an answer, folded away until it says something.
#[derive(Serialize)]
pub(in crate::web) struct Evidence {
    open: bool,
    levels: Vec<Pick>,
    error: Option<String>,
    date: DateInput,
    inputs: Vec<Input>,
}

impl Evidence {
    pub(super) fn new(frame: &Frame, reply: &Reply, proof: &str) -> Self {
        let level = if reply.evidence.is_empty() { "claimed" } else { &reply.evidence };
        let picked = [level.to_owned()];
        let mut picks = Picks::of(Field::Evidence, &picked);
        let levels = vec![
            picks.next("claimed", "It is what we say", "Counts half as proven."),
            picks.next(
                "documented",
                "A document shows it",
                &format!("{} Counts three quarters as proven.", sentence(proof)),
            ),
            picks.next(
                "verified",
                "Somebody checked it",
                "Looked at or tested it, and wrote down when. Counts in full.",
            ),
        ];
        let date = DateInput::new(
            frame,
            Field::EvidenceDate,
            "Date of the evidence",
            "Of the document or the check, for example 12 5 2026.",
            &reply.evidence_date,
        );
        let inputs = vec![
            Input::line(
                frame,
                Field::EvidenceWhere,
                "Where it can be found",
                "For example “minutes of 12 May”. Say where it is, do not copy it here.",
                &reply.evidence_where,
            ),
            Input::line(
                frame,
                Field::By,
                "Who answers",
                "The role, such as “office manager”, not the name.",
                &reply.by,
            ),
            Input::line(
                frame,
                Field::ProvidedBy,
                "Who does this for you",
                "Only if others do it, such as “IT supplier” or “party headquarters”.",
                &reply.provided_by,
            ),
        ];
        let error = frame.mistake(Field::Evidence);
        let speaks = level != "claimed" || error.is_some() || date.error.is_some();
        let open = speaks || !reply.evidence_date.is_empty() || inputs.iter().any(Input::speaks);
        Self { open, levels, error, date, inputs }
    }
}

/// The comment and the private note, folded away until there is one.
#[derive(Serialize)]
pub(in crate::web) struct Remarks {
    open: bool,
    inputs: Vec<Input>,
}

impl Remarks {
    /// The note is shown here because the form is the person's own view of their file; no report has it.
    pub(super) fn new(frame: &Frame, reply: &Reply) -> Self {
        let inputs = vec![
            Input::lines(frame, Field::Comment, "Comment", "Appears in the report.", &reply.comment),
            Input::lines(
                frame,
                Field::Note,
                "Private note",
                "Stays in your answers file. It never appears in a report.",
                reply.note.expose(),
            ),
        ];
        Self { open: inputs.iter().any(Input::speaks), inputs }
    }
}

/// A text with a full stop, when it has no end of its own.
fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.is_empty() || text.ends_with(['.', '!', '?', ')']) { text.to_owned() } else { format!("{text}.") }
}
