//! What of an answers file something else has taken the place of, so that nobody loses it without being told.

use crate::model::{Answer, Assessment, Change, Given, Questionnaire};
use crate::report::form;
use crate::text::{and_list, plural, visible};

/// How much of an answer is shown, in characters.
const SHOWN: usize = 60;

/// What changes take away, as a remark for a terminal; nothing when they only add.
pub fn remark(before: &Assessment, changes: &[Change], questionnaire: &Questionnaire) -> Option<String> {
    let lines: Vec<String> =
        changes.iter().filter_map(|change| line(before, change, questionnaire)).collect();
    let said = plural(lines.len(), "entry", "entries");
    (!lines.is_empty())
        .then(|| format!("replaced {said} of the answers file that said otherwise:\n{}", lines.concat()))
}

fn line(before: &Assessment, change: &Change, questionnaire: &Questionnaire) -> Option<String> {
    let (what, was, is) = match change {
        Change::Kind(kind) => {
            ("kind", before.organisation.kind.in_words().to_owned(), kind.in_words().to_owned())
        }
        Change::Country(country) => ("country", before.organisation.country.clone(), country.clone()),
        Change::Date(date) => ("date", before.date.in_words(), date.in_words()),
        Change::Assessor(now) => ("assessor", before.assessor.clone()?, now.clone()?),
        Change::Marking(now) => ("marking", before.marking.clone()?, now.clone()?),
        Change::Fact(id, Some(now)) => {
            (id.as_str(), before.facts.get(id)?.as_str().to_owned(), now.as_str().to_owned())
        }
        Change::Answer(id, Some(now)) => {
            return answer_line(id.as_str(), before.answers.get(id)?, now, questionnaire);
        }
        Change::Questionnaire(..)
        | Change::Name(_)
        | Change::SelfAssessed(_)
        | Change::Fact(_, None)
        | Change::Answer(_, None) => return None,
    };
    (was != is).then(|| format!("  {what}: “{}” is now “{}”\n", short(&was), short(&is)))
}

fn answer_line(id: &str, was: &Answer, is: &Answer, questionnaire: &Questionnaire) -> Option<String> {
    let words = |answer: &Answer| match (&answer.given, questionnaire.question(id)) {
        (Given::Definite(value), Some(question)) => question.kind.in_words(value),
        (Given::Definite(_), None) => String::new(),
        (Given::Unknown, _) => form::UNKNOWN.to_owned(),
        (Given::NotApplicable(reason), _) => format!("Does not apply: {reason}"),
    };
    let mut parts = Vec::new();
    if was.given != is.given {
        parts.push(format!("“{}” is now “{}”", short(&words(was)), short(&words(is))));
    }
    let details = [
        ("how sure", was.evidence > is.evidence),
        ("the date of the evidence", differs(was.evidence_date.as_ref(), is.evidence_date.as_ref())),
        ("where it is kept", differs(was.evidence_where.as_ref(), is.evidence_where.as_ref())),
        ("who answered", differs(was.by.as_ref(), is.by.as_ref())),
        ("who provides it", differs(was.provided_by.as_ref(), is.provided_by.as_ref())),
        ("the comment", differs(was.comment.as_ref(), is.comment.as_ref())),
    ];
    let lost: Vec<&str> = details.iter().filter(|(_, lost)| *lost).map(|(what, _)| *what).collect();
    if !lost.is_empty() {
        parts.push(format!("no longer what it was: {}", and_list(&lost)));
    }
    (!parts.is_empty()).then(|| format!("  {id}: {}\n", parts.join("; ")))
}

/// Whether something was there and is no more what it was.
fn differs<T: PartialEq>(was: Option<&T>, is: Option<&T>) -> bool {
    was.is_some() && was != is
}

/// The beginning of a text, on one line.
fn short(text: &str) -> String {
    let text = visible(text);
    let kept: String = text.chars().take(SHOWN).collect();
    if kept.len() < text.len() { format!("{kept}…") } else { kept }
}
