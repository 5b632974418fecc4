//! One question: its words, its weight and how an answer earns credit.

use std::collections::BTreeSet;
use std::fmt::Display;

use super::{
    ChoiceId, ControlId, Credit, FactId, Flaw, FlawKind, LevelId, Path, QuestionId, Reference, SourceId,
    Value, Weight, YesPartlyNo,
};
use crate::text::{Words, phrase};

/// Longest title of a question, in characters: it has to fit tables and pictures.
pub const LONGEST_TITLE: usize = 48;

/// A question of a questionnaire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// `area.topic`.
    pub id: QuestionId,
    /// Raised when the meaning changes, so that comparisons treat it as a new yardstick.
    pub revision: u32,
    /// How much it counts within its area, 1 to 5.
    pub weight: Weight,
    /// Why it has this weight, in one line.
    pub weight_reason: String,
    /// For display and order, never for arithmetic.
    pub severity: Severity,
    /// Facts that switch it off: it is out of scope when any of them is answered "no".
    pub applies_if: Vec<FactId>,
    /// Whether it may be declared not applicable, with a reason.
    pub may_be_skipped: bool,
    /// The protective measures it measures.
    pub controls: Vec<ControlId>,
    /// A short name for tables and pictures, at most 48 characters.
    pub title: String,
    /// The question itself.
    pub ask: String,
    /// What the words mean and where to look.
    pub help: Option<String>,
    /// Why it matters, in one sentence.
    pub why: String,
    /// The first concrete step.
    pub fix: String,
    /// The second depth, for the technical person.
    pub fix_more: Option<String>,
    /// What to ask whom when the answer is not known.
    pub find_out: Option<String>,
    /// The work of one ordinary person to put it right.
    pub effort: Effort,
    /// What it costs in money.
    pub cost: Cost,
    /// What counts as documented evidence.
    pub proof: String,
    /// How many months evidence for it stays fresh.
    pub valid_months: u16,
    /// Related items of public frameworks.
    pub references: Vec<Reference>,
    /// Where the topic comes from.
    pub sources: Vec<SourceId>,
    /// How it is answered and credited.
    pub kind: Kind,
}

/// How a question is answered and credited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// One of two to seven levels, credit strictly rising from 0 to 100.
    Levels(Vec<Level>),
    /// Yes, partly or no.
    YesNo {
        /// What counts as partly.
        partly: String,
        /// The credit of partly, 1 to 99.
        partly_credit: Credit,
    },
    /// A share in percent: the highest band reached counts, 0 below the first.
    Percentage(Vec<Band>),
    /// The date when something was last done: its age decides.
    LastDone(Vec<Within>),
    /// Any of several choices; the share of those in scope counts.
    TickAll(Vec<Choice>),
}

/// One level of a levels question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// Its id in answers.
    pub id: LevelId,
    /// What it earns.
    pub credit: Credit,
    /// Its words.
    pub label: String,
}

/// One band of a percentage question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Band {
    /// The percentage from which it is reached, 1 to 100.
    pub from: u8,
    /// What it earns.
    pub credit: Credit,
}

/// One age limit of a last-done question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Within {
    /// At most so many calendar months ago.
    pub months: u16,
    /// What it earns.
    pub credit: Credit,
}

/// One choice of a tick-all question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Its id in answers.
    pub id: ChoiceId,
    /// Its words.
    pub label: String,
    /// Facts that take it out of scope when answered "no".
    pub applies_if: Vec<FactId>,
}

/// How serious a gap is: for display and order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Severity {
    Critical,
    High,
    Medium,
    Low,
}

impl Severity {
    /// The word in files and output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Critical => phrase("critical"),
            Self::High => phrase("high"),
            Self::Medium => phrase("medium"),
            Self::Low => phrase("low"),
        }
    }
}

/// The work of one ordinary person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Effort {
    Minutes,
    Hours,
    Days,
    Weeks,
}

impl Effort {
    /// The word in files and output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Minutes => phrase("minutes"),
            Self::Hours => phrase("hours"),
            Self::Days => phrase("days"),
            Self::Weeks => phrase("weeks"),
        }
    }
}

/// What something costs in money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Cost {
    Free,
    Low,
    Medium,
    High,
}

impl Cost {
    /// The word in files and output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Free => phrase("free"),
            Self::Low => phrase("low"),
            Self::Medium => phrase("medium"),
            Self::High => phrase("high"),
        }
    }
}

impl Kind {
    /// The word in files.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Levels(_) => "levels",
            Self::YesNo { .. } => "yes-no",
            Self::Percentage(_) => "percentage",
            Self::LastDone(_) => "last-done",
            Self::TickAll(_) => "tick-all",
        }
    }

    /// Whether a definite answer is one that this kind can take: the right sort of value, with levels and choices
    /// that exist.
    pub fn takes(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::Levels(levels), Value::Level(id)) => levels.iter().any(|level| level.id == *id),
            (Self::TickAll(choices), Value::Ticked(ids)) => {
                ids.iter().all(|id| choices.iter().any(|choice| choice.id == *id))
            }
            (Self::YesNo { .. }, Value::YesPartlyNo(_))
            | (Self::Percentage(_), Value::Percentage { .. })
            | (Self::LastDone(_), Value::LastDone(_)) => true,
            _ => false,
        }
    }

    /// A definite answer as people read it.
    pub fn in_words(&self, value: &Value) -> String {
        self.said(value, Words::ENGLISH)
    }

    /// A definite answer as people read it in a language.
    pub fn said(&self, value: &Value, words: &Words) -> String {
        match (self, value) {
            (Self::Levels(levels), Value::Level(id)) => levels
                .iter()
                .find(|level| level.id == *id)
                .map_or_else(|| id.to_string(), |level| level.label.clone()),
            (Self::YesNo { partly, .. }, Value::YesPartlyNo(YesPartlyNo::Partly)) => {
                words.fill("Partly: {partly}", &[("partly", partly)])
            }
            (_, Value::YesPartlyNo(word)) => {
                let said = words.say(match word {
                    YesPartlyNo::Yes => "Yes",
                    YesPartlyNo::Partly => "Partly",
                    YesPartlyNo::No => "No",
                });
                said.to_owned()
            }
            (_, Value::Percentage { percent, counted: Some((have, of)) }) => {
                let values: [(&str, &dyn Display); 3] = [("percent", percent), ("have", have), ("of", of)];
                words.fill("{percent}% ({have} of {of})", &values)
            }
            (_, Value::Percentage { percent, counted: None }) => {
                words.fill("{percent}%", &[("percent", percent)])
            }
            (_, Value::LastDone(None)) => words.say("Never").to_owned(),
            (_, Value::LastDone(Some(date))) => date.said(words),
            (Self::TickAll(choices), Value::Ticked(ids)) => {
                let ticked: Vec<&str> = choices
                    .iter()
                    .filter(|choice| ids.contains(&choice.id))
                    .map(|choice| choice.label.as_str())
                    .collect();
                if ticked.is_empty() { words.say("None of these").to_owned() } else { ticked.join("; ") }
            }
            (_, Value::Level(id)) => id.to_string(),
            (_, Value::Ticked(ids)) => {
                words.and_list(&ids.iter().map(ToString::to_string).collect::<Vec<_>>())
            }
        }
    }

    /// What is wrong with the scale, in the question that stands at `at`.
    pub(super) fn flaws(&self, at: &Path) -> Vec<Flaw> {
        match self {
            Self::Levels(levels) => level_flaws(levels, &at.key("levels")),
            Self::YesNo { partly_credit, .. } => {
                let fine = (1..=99).contains(&partly_credit.get());
                let kind = FlawKind::OutOfRange {
                    found: partly_credit.get().to_string(),
                    expected: "a whole number from 1 to 99",
                };
                if fine { Vec::new() } else { vec![Flaw { at: at.key("partly_credit"), kind }] }
            }
            Self::Percentage(bands) => band_flaws(bands, &at.key("bands")),
            Self::LastDone(within) => within_flaws(within, &at.key("within")),
            Self::TickAll(choices) => choice_flaws(choices, &at.key("choices")),
        }
    }
}

fn level_flaws(levels: &[Level], at: &Path) -> Vec<Flaw> {
    let mut flaws = duplicate_flaws(levels.iter().map(|level| level.id.as_str()), at);
    if !(2..=7).contains(&levels.len()) {
        flaws.push(count(at, levels.len(), "2 to 7 levels"));
        return flaws;
    }
    if levels.first().is_some_and(|level| level.credit != Credit::ZERO) {
        flaws.push(scale(&at.item(0).key("credit"), "the first level must have credit 0"));
    }
    if levels.last().is_some_and(|level| level.credit != Credit::FULL) {
        flaws.push(scale(&at.item(levels.len() - 1).key("credit"), "the last level must have credit 100"));
    }
    for i in not_rising(levels, |level| level.credit) {
        flaws.push(scale(&at.item(i).key("credit"), "credits must rise strictly from level to level"));
    }
    flaws
}

fn band_flaws(bands: &[Band], at: &Path) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    if bands.is_empty() {
        flaws.push(count(at, 0, "at least one band"));
    }
    for (i, band) in bands.iter().enumerate() {
        if !(1..=100).contains(&band.from) {
            let found = band.from.to_string();
            let kind = FlawKind::OutOfRange { found, expected: "a whole number from 1 to 100" };
            flaws.push(Flaw { at: at.item(i).key("from"), kind });
        }
        if band.credit == Credit::ZERO {
            flaws.push(scale(
                &at.item(i).key("credit"),
                "the credit of a band must be 1 to 100: below the first band it is 0",
            ));
        }
    }
    for i in not_rising(bands, |band| band.from) {
        flaws.push(scale(&at.item(i).key("from"), "`from` must rise strictly from band to band"));
    }
    for i in not_rising(bands, |band| band.credit) {
        flaws.push(scale(&at.item(i).key("credit"), "credits must rise strictly from band to band"));
    }
    if bands.last().is_some_and(|band| band.credit != Credit::FULL) {
        flaws.push(scale(&at.item(bands.len() - 1).key("credit"), "the last band must have credit 100"));
    }
    flaws
}

fn within_flaws(within: &[Within], at: &Path) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    if within.is_empty() {
        flaws.push(count(at, 0, "at least one age limit"));
    }
    for (i, limit) in within.iter().enumerate() {
        if limit.months == 0 {
            let kind =
                FlawKind::OutOfRange { found: "0".to_owned(), expected: "a whole number of months from 1" };
            flaws.push(Flaw { at: at.item(i).key("months"), kind });
        }
        if limit.credit == Credit::ZERO {
            flaws.push(scale(
                &at.item(i).key("credit"),
                "the credit of an age limit must be 1 to 100: older is 0",
            ));
        }
    }
    for i in not_rising(within, |limit| limit.months) {
        flaws.push(scale(&at.item(i).key("months"), "months must rise strictly from limit to limit"));
    }
    for i in not_rising(within, |limit| std::cmp::Reverse(limit.credit)) {
        flaws.push(scale(&at.item(i).key("credit"), "credits must fall strictly from limit to limit"));
    }
    if within.first().is_some_and(|limit| limit.credit != Credit::FULL) {
        flaws.push(scale(&at.item(0).key("credit"), "the first limit must have credit 100"));
    }
    flaws
}

fn choice_flaws(choices: &[Choice], at: &Path) -> Vec<Flaw> {
    let mut flaws = duplicate_flaws(choices.iter().map(|choice| choice.id.as_str()), at);
    if !choices.iter().any(|choice| choice.applies_if.is_empty()) {
        flaws.push(count(at, 0, "at least one choice without `applies_if`"));
    }
    flaws
}

fn duplicate_flaws<'a>(ids: impl Iterator<Item = &'a str>, at: &Path) -> Vec<Flaw> {
    let mut seen: Vec<&str> = Vec::new();
    let mut flaws = Vec::new();
    for (i, id) in ids.enumerate() {
        if let Some(first) = seen.iter().position(|earlier| *earlier == id) {
            let kind = FlawKind::Duplicate { id: id.to_owned(), first: at.item(first).key("id") };
            flaws.push(Flaw { at: at.item(i).key("id"), kind });
        }
        seen.push(id);
    }
    flaws
}

/// The places whose value is not above the one before.
fn not_rising<'a, T, V: PartialOrd>(
    items: &'a [T],
    value: impl Fn(&T) -> V + 'a,
) -> impl Iterator<Item = usize> + 'a {
    items.windows(2).enumerate().filter_map(move |(i, pair)| match pair {
        [before, after] if value(after) <= value(before) => Some(i + 1),
        _ => None,
    })
}

fn scale(at: &Path, rule: &'static str) -> Flaw {
    Flaw { at: at.clone(), kind: FlawKind::BadScale(rule) }
}

fn count(at: &Path, found: usize, expected: &'static str) -> Flaw {
    Flaw { at: at.clone(), kind: FlawKind::BadCount { found, expected } }
}

impl Question {
    /// Every fact that the question or one of its choices refers to.
    pub fn facts(&self) -> BTreeSet<&FactId> {
        let of_choices = match &self.kind {
            Kind::TickAll(choices) => choices.as_slice(),
            _ => &[],
        };
        self.applies_if.iter().chain(of_choices.iter().flat_map(|choice| &choice.applies_if)).collect()
    }
}
