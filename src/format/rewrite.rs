//! Changes of an answers file that a person has written: everything else in it stays as it is, byte for byte.
//!
//! The text is parsed with `toml_edit`, which knows where everything stands, and edited in place, because printing a
//! parsed document again would change its line ends. Every edit is checked: the new text must mean what the old one
//! meant, and the change.

mod continued;
mod edit;
mod layout;
mod marker;
mod place;
mod planned;
#[cfg(test)]
mod tests;
mod value;

pub use continued::{Continued, continued};
use layout::Layout;
pub use planned::{PlanChange, new_plan, planned};
use value::{New, Plain};

use crate::model::{
    Answer, CarriedOver, Change, ChoiceId, Evidence, Given, Kind, QuestionId, Questionnaire, Value,
};

/// Why a text could not be changed. It is unchanged then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RewriteError {
    /// It is not TOML.
    #[error("line {line} is not TOML: {why}")]
    NotToml {
        /// The line, counted from 1.
        line: usize,
        /// What is wrong with it.
        why: String,
    },
    /// It is laid out in a way in which the change cannot be made safely.
    #[error("`{0}` is written in a way that cannot be changed without touching other things")]
    Tangled(String),
}

impl RewriteError {
    fn new(text: &str, error: &toml_edit::TomlError) -> Self {
        let at = error.span().map_or(0, |span| span.start);
        let line = text.get(..at).unwrap_or_default().split('\n').count();
        Self::NotToml { line, why: error.message().lines().next().unwrap_or_default().to_owned() }
    }
}

/// The text of an answers file after changes.
///
/// # Errors
/// When the text is not TOML, or is laid out so that a change cannot be made.
pub fn rewritten(
    text: &str,
    changes: &[Change],
    questionnaire: &Questionnaire,
) -> Result<String, RewriteError> {
    let (mark, text) = without_byte_order_mark(text);
    let mut rewriting = Rewriting { layout: Layout::parse(text.to_owned())?, questionnaire };
    for change in changes {
        rewriting.change(change)?;
    }
    Ok(format!("{mark}{}", rewriting.layout.text))
}

/// Whether two texts differ in what a change is about. A text that is not TOML differs from every other.
pub fn differs(before: &str, after: &str, change: &Change) -> bool {
    let parse = |text| Layout::parse(without_byte_order_mark(text).1.to_owned());
    let (Ok(before), Ok(after)) = (parse(before), parse(after)) else { return before != after };
    paths(change).iter().any(|path| before.plain.get(path) != after.plain.get(path))
}

/// What a text marks as carried over from an earlier assessment. A text that is not TOML marks nothing.
pub fn carried_over(text: &str) -> CarriedOver {
    let layout = Layout::parse(without_byte_order_mark(text).1.to_owned());
    layout.map(|layout| layout.carried_over()).unwrap_or_default()
}

fn without_byte_order_mark(text: &str) -> (&str, &str) {
    text.split_at(if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 })
}

/// What a change is about.
fn paths(change: &Change) -> Vec<Vec<&str>> {
    match change {
        Change::Questionnaire(..) => vec![vec!["questionnaire"], vec!["version"]],
        Change::Name(_) => vec![vec!["organisation", "name"]],
        Change::Kind(_) => vec![vec!["organisation", "kind"]],
        Change::Country(_) => vec![vec!["organisation", "country"]],
        Change::Date(_) => vec![vec!["assessment", "date"]],
        Change::Assessor(_) => vec![vec!["assessment", "assessor"]],
        Change::SelfAssessed(_) => vec![vec!["assessment", "self_assessed"]],
        Change::Marking(_) => vec![vec!["assessment", "marking"]],
        Change::Fact(id, _) => vec![vec!["facts", id.as_str()]],
        Change::Answer(id, _) => vec![answer_path(id)],
    }
}

fn answer_path(id: &QuestionId) -> Vec<&str> {
    let (area, topic) = id.as_str().split_once('.').unwrap_or_default();
    vec!["answers", area, topic]
}

/// A text on its way through several edits.
struct Rewriting<'a> {
    layout: Layout,
    questionnaire: &'a Questionnaire,
}

impl Rewriting<'_> {
    fn change(&mut self, change: &Change) -> Result<(), RewriteError> {
        let paths = paths(change);
        let values = match change {
            Change::Questionnaire(id, version) => {
                vec![Some(New::word(id.as_str())), Some(New::word(version))]
            }
            Change::Name(text) | Change::Country(text) => vec![Some(New::word(text))],
            Change::Kind(kind) => vec![Some(New::word(kind.as_str()))],
            Change::Date(date) => vec![Some(New::Day(*date))],
            Change::Assessor(text) | Change::Marking(text) => vec![text.as_deref().map(New::word)],
            Change::SelfAssessed(flag) => vec![flag.map(New::Flag)],
            Change::Fact(_, fact) => vec![fact.map(|fact| New::word(fact.as_str()))],
            Change::Answer(_, None) => vec![None],
            Change::Answer(id, Some(answer)) => {
                self.answer(id, answer)?;
                Vec::new()
            }
        };
        for (path, value) in paths.iter().zip(&values) {
            self.put(path, value.as_ref())?;
        }
        for path in &paths {
            if let Some(text) = self.layout.unmarked(path) {
                self.take(text, path, &self.layout.plain.clone())?;
            }
        }
        Ok(())
    }

    fn answer(&mut self, id: &QuestionId, answer: &Answer) -> Result<(), RewriteError> {
        let path = answer_path(id);
        let entries = self.entries(id, answer);
        if !self.layout.has(&path) {
            let given: Vec<(&str, New)> =
                entries.into_iter().filter_map(|(key, value)| Some((key, value?))).collect();
            let whole = New::Table(given.clone());
            let text = match self.layout.braces_above(&path) {
                Some(braces) => {
                    self.layout.with_braced(braces, path.get(braces.path.len()..).unwrap_or_default(), &whole)
                }
                None => self.layout.with_answer(id, &given, self.questionnaire),
            };
            return self.take(text, &path, &self.with(&path, Some((&whole).into())));
        }
        for (key, value) in entries {
            self.put(&[path.as_slice(), &[key]].concat(), value.as_ref())?;
        }
        Ok(())
    }

    /// The keys of an answer that have to be written or taken away. What already means the same is left as it is, what
    /// the answer does not speak of too.
    fn entries(&self, id: &QuestionId, answer: &Answer) -> Vec<(&'static str, Option<New>)> {
        let table = self.layout.plain.get(&answer_path(id));
        let now = |key: &str| table.and_then(|table| table.get(&[key]));
        let text = |text: &Option<String>| text.as_deref().map(New::word);
        let (given, reason) = given(&answer.given, id, self.questionnaire);
        let claimed = matches!(answer.evidence, Evidence::Claimed | Evidence::Lapsed);
        let mut entries = vec![
            ("answer", Some(given)),
            ("reason", reason),
            ("evidence", Some(New::word(if claimed { "claimed" } else { answer.evidence.as_str() }))),
            ("evidence_date", answer.evidence_date.map(New::Day)),
            ("evidence_where", text(&answer.evidence_where)),
            ("answered", answer.answered.map(New::Day)),
            ("by", text(&answer.by)),
            ("provided_by", text(&answer.provided_by)),
            ("comment", text(&answer.comment)),
            ("note", answer.note.as_ref().map(|note| New::word(note.expose()))),
            ("waiver", answer.waiver.as_ref().map(waiver)),
        ];
        let answered_before = now("answer").is_some();
        let not_applicable = now("answer") == Some(&Plain::Text("not-applicable".to_owned()));
        entries.retain(|(key, value)| match (*key, value) {
            ("answer", Some(New::List(ticked))) => !means_same(now(key), ticked),
            ("evidence", _) if claimed => now(key).is_some(),
            ("waiver", None) => false,
            // A reason that stands there without being one is the person's own affair.
            ("reason", None) => not_applicable,
            // What stands beside no answer was never read: a draft.
            (_, None) => answered_before,
            _ => true,
        });
        entries
    }

    /// Writes a value at a path, or takes it away.
    fn put(&mut self, path: &[&str], new: Option<&New>) -> Result<(), RewriteError> {
        let meaning = new.map(Plain::from);
        if self.layout.plain.get(path) == meaning.as_ref() {
            return Ok(());
        }
        let replaced = new.and_then(|new| self.layout.replaced(path, new));
        let text = match (replaced, new) {
            (Some(text), _) => text,
            (None, Some(new)) => added(&self.without(path)?, path, new),
            (None, None) => self.without(path)?.text,
        };
        self.take(text, path, &self.with(path, meaning))
    }

    /// What the text means with another value at a path.
    fn with(&self, path: &[&str], to: Option<Plain>) -> Plain {
        let mut plain = self.layout.plain.clone();
        plain.set(path, to);
        plain
    }

    fn without(&self, path: &[&str]) -> Result<Layout, RewriteError> {
        let mut layout = Layout::parse(self.layout.text.clone())?;
        while let Some(text) = layout.without_one(path) {
            layout = Layout::parse(text).map_err(|_| RewriteError::Tangled(path.join(".")))?;
        }
        Ok(layout)
    }

    /// Takes over an edited text, when it means what it should.
    fn take(&mut self, text: String, path: &[&str], expected: &Plain) -> Result<(), RewriteError> {
        match Layout::parse(text) {
            Ok(edited) if edited.plain == *expected => {
                self.layout = edited;
                Ok(())
            }
            _ => Err(RewriteError::Tangled(path.join("."))),
        }
    }
}

fn added(layout: &Layout, path: &[&str], new: &New) -> String {
    let Some((key, table)) = path.split_last() else { return layout.text.clone() };
    if let Some(text) = layout.with_entry(table, key, new) {
        return text;
    }
    match layout.braces_above(path) {
        Some(braces) => layout.with_braced(braces, path.get(braces.path.len()..).unwrap_or_default(), new),
        None => layout.with_table(table, &[(*key, new.clone())]),
    }
}

/// What was answered, as it is written, and the reason why a question does not apply.
fn given(given: &Given, id: &QuestionId, questionnaire: &Questionnaire) -> (New, Option<New>) {
    let definite = match given {
        Given::Unknown => New::word("unknown"),
        Given::NotApplicable(reason) => return (New::word("not-applicable"), Some(New::word(reason))),
        Given::Definite(Value::Level(level)) => New::word(level.as_str()),
        Given::Definite(Value::YesPartlyNo(word)) => New::word(word.as_str()),
        Given::Definite(Value::Percentage { counted: Some((have, of)), .. }) => {
            New::Table(vec![("have", New::Whole((*have).into())), ("of", New::Whole((*of).into()))])
        }
        Given::Definite(Value::Percentage { percent, counted: None }) => New::Whole((*percent).into()),
        Given::Definite(Value::LastDone(Some(date))) => New::Day(*date),
        Given::Definite(Value::LastDone(None)) => New::word("never"),
        Given::Definite(Value::Ticked(ids)) => {
            let mut ids: Vec<&ChoiceId> = ids.iter().collect();
            if let Some(Kind::TickAll(choices)) =
                questionnaire.question(id.as_str()).map(|question| &question.kind)
            {
                ids.sort_by_key(|id| choices.iter().position(|choice| choice.id == **id));
            }
            New::List(ids.into_iter().map(ToString::to_string).collect())
        }
    };
    (definite, None)
}

fn waiver(waiver: &crate::model::Waiver) -> New {
    New::Table(vec![
        ("reason", New::word(&waiver.reason)),
        ("approved_by", New::word(&waiver.approved_by)),
        ("expires", New::Day(waiver.expires)),
    ])
}

/// Whether a list means the same ticks, in whatever order.
fn means_same(now: Option<&Plain>, ticked: &[String]) -> bool {
    let Some(Plain::List(members)) = now else { return false };
    let mut members: Vec<&Plain> = members.iter().collect();
    let wanted: Vec<Plain> = ticked.iter().cloned().map(Plain::Text).collect();
    let mut wanted: Vec<&Plain> = wanted.iter().collect();
    members.sort();
    members.dedup();
    wanted.sort();
    members == wanted
}
