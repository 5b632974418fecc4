//! What happened to each question.

use std::collections::BTreeSet;
use std::fmt::Display;

use serde::Serialize;

use crate::model::{ChoiceId, Difference, Evidence, Given, Kind, Question, Standing, Value};
use crate::report::answer::answer_words;
use crate::report::{Input, Numbers, QuestionRef};
use crate::scoring::{self, ChangeKind, Comparison, QuestionResult};
use crate::text::{Words, phrase};

/// Questions to which the same sort of thing happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangeGroup {
    /// What sort of thing.
    pub kind: ChangeGroupKind,
    /// The same as a heading.
    pub title: &'static str,
    /// The questions: what got worse by the largest loss first, what got better by the largest gain; at least one.
    pub changes: Vec<QuestionChange>,
}

/// What sort of thing happened to questions, in the order in which it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeGroupKind {
    /// Something is less than it was.
    Worse,
    /// Something is more than it was.
    Better,
    /// What applies, or what is accepted, changed.
    Other,
    /// The questions changed, not the answers.
    Yardstick,
}

/// What happened to one question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuestionChange {
    /// The question, with its number in the newer questionnaire; in the older one when it is gone.
    pub question: QuestionRef,
    /// Whether the newer questionnaire has it, so that its number leads somewhere.
    pub asked_now: bool,
    /// What happened, as in machine output; empty when only what it counts for changed.
    pub changes: Vec<&'static str>,
    /// What happened, in a few words.
    pub words: String,
    /// The answers before and now, as far as they differ.
    pub answers: Option<String>,
    /// The effect that belongs to what happened: that of the answers, or, where the questions changed, of both. Nothing
    /// without scores on both sides.
    pub points: Option<Difference>,
    /// The effect on the stated score, of answers and questions together.
    pub effect: Option<Difference>,
    /// The part of the effect that the answers have.
    pub real: Option<Difference>,
    /// The part of the effect that the change of the questions has.
    pub yardstick: Option<Difference>,
}

impl QuestionChange {
    /// Whether the answer itself got worse: less credit, or no longer known.
    pub fn is_regression(&self) -> bool {
        [ChangeKind::Worse, ChangeKind::NowUnknown].iter().any(|kind| self.changes.contains(&kind.as_str()))
    }
}

const GROUPS: [(ChangeGroupKind, &str); 4] = [
    (ChangeGroupKind::Worse, phrase("What got worse")),
    (ChangeGroupKind::Better, phrase("What got better")),
    (ChangeGroupKind::Other, phrase("What changed otherwise")),
    (ChangeGroupKind::Yardstick, phrase("Where the questions changed")),
];

/// The questions that changed, what got worse first.
pub(super) fn groups(old: &Input, new: &Input, comparison: &Comparison) -> Vec<ChangeGroup> {
    let words = new.words;
    let sides = Sides { old: Side::new(old), new: Side::new(new), words };
    let told = |change| {
        let group = group(change);
        Some((group, sides.told(change, group)?))
    };
    let told: Vec<_> = comparison.questions.iter().filter_map(told).collect();
    let group = |(kind, title)| {
        let mut changes: Vec<QuestionChange> =
            told.iter().filter(|(group, _)| *group == kind).map(|(_, change)| change.clone()).collect();
        changes.sort_by_key(|change| {
            let effect = change.points.map_or(0, Difference::get);
            match kind {
                ChangeGroupKind::Worse => effect,
                ChangeGroupKind::Better => -effect,
                ChangeGroupKind::Other | ChangeGroupKind::Yardstick => -effect.abs(),
            }
        });
        (!changes.is_empty()).then(|| ChangeGroup { kind, title: words.say(title), changes })
    };
    GROUPS.into_iter().filter_map(group).collect()
}

/// A question may have got better in one way and worse in another; then what got worse comes first.
fn group(change: &scoring::QuestionChange) -> ChangeGroupKind {
    use ChangeKind::{
        Added, EvidenceGained, EvidenceLapsed, Fixed, Improved, NewlyAnswered, NowUnknown, Removed, Revised,
        ScopeChanged, WaiverAdded, WaiverExpired, Worse,
    };
    let kinds = change.kinds.iter().map(|kind| match kind {
        Worse | NowUnknown | EvidenceLapsed | WaiverExpired => ChangeGroupKind::Worse,
        Fixed | Improved | NewlyAnswered | EvidenceGained => ChangeGroupKind::Better,
        ScopeChanged | WaiverAdded => ChangeGroupKind::Other,
        Added | Removed | Revised => ChangeGroupKind::Yardstick,
    });
    kinds.min().unwrap_or(if weighs_otherwise(change) {
        ChangeGroupKind::Yardstick
    } else {
        ChangeGroupKind::Other
    })
}

/// Whether the questionnaire counts it for more or less than before.
fn weighs_otherwise(change: &scoring::QuestionChange) -> bool {
    change.effect.is_some_and(|effect| effect.yardstick != Difference::ZERO)
}

/// One of the two assessments.
struct Side<'a> {
    input: &'a Input<'a>,
    numbers: Numbers,
}

/// A question as it stands in one of them.
struct Stand<'a> {
    question: QuestionRef,
    kind: &'a Kind,
    given: Option<&'a Given>,
    words: String,
    result: &'a QuestionResult,
}

impl<'a> Side<'a> {
    fn new(input: &'a Input<'a>) -> Self {
        Self { input, numbers: Numbers::new(input.questionnaire) }
    }

    fn at(&self, place: usize, words: &Words) -> Option<Stand<'a>> {
        let question: &Question = self.input.questionnaire.questions().get(place)?;
        let (standing, answer) = Standing::of(question, self.input.assessment);
        let given = answer.map(|answer| &answer.given);
        Some(Stand {
            question: self.numbers.at(place),
            kind: &question.kind,
            given,
            words: answer_words(question, standing, given, words),
            result: self.input.evaluation.scores.questions.get(place)?,
        })
    }
}

struct Sides<'a> {
    old: Side<'a>,
    new: Side<'a>,
    words: &'static Words,
}

impl Sides<'_> {
    fn told(&self, change: &scoring::QuestionChange, group: ChangeGroupKind) -> Option<QuestionChange> {
        let old = change.old.and_then(|place| self.old.at(place, self.words));
        let new = change.new.and_then(|place| self.new.at(place, self.words));
        Some(QuestionChange {
            question: new.as_ref().or(old.as_ref())?.question.clone(),
            asked_now: new.is_some(),
            changes: change.kinds.iter().map(|kind| kind.as_str()).collect(),
            words: Told { words: self.words, old: old.as_ref(), new: new.as_ref() }.what(change, group),
            answers: answers(old.as_ref(), new.as_ref(), self.words),
            points: change.effect.map(|effect| match group {
                ChangeGroupKind::Yardstick => effect.total(),
                _ => effect.real,
            }),
            effect: change.effect.map(scoring::Effect::total),
            real: change.effect.map(|effect| effect.real),
            yardstick: change.effect.map(|effect| effect.yardstick),
        })
    }
}

/// The answers before and now, as far as they differ.
fn answers(old: Option<&Stand>, new: Option<&Stand>, words: &Words) -> Option<String> {
    let (old, new) = (old?, new?);
    if let (
        Kind::TickAll(_),
        Some(Given::Definite(Value::Ticked(then))),
        Some(Given::Definite(Value::Ticked(now))),
    ) = (new.kind, old.given, new.given)
    {
        let only = |these: &BTreeSet<ChoiceId>, those: &BTreeSet<ChoiceId>| {
            let only: BTreeSet<ChoiceId> = these.difference(those).cloned().collect();
            (!only.is_empty()).then(|| new.kind.said(&Value::Ticked(only), words))
        };
        let added = only(now, then).map(|added| words.fill("Now also: {choices}", &[("choices", &added)]));
        let gone = only(then, now).map(|gone| words.fill("No longer: {choices}", &[("choices", &gone)]));
        let told: Vec<String> = added.into_iter().chain(gone).collect();
        return (!told.is_empty()).then(|| told.join(". "));
    }
    (old.words != new.words).then(|| format!("{} → {}", old.words, new.words))
}

/// What happened to a question, while it is told.
struct Told<'a> {
    words: &'a Words,
    old: Option<&'a Stand<'a>>,
    new: Option<&'a Stand<'a>>,
}

impl Told<'_> {
    /// What happened, in a few words.
    fn what(&self, change: &scoring::QuestionChange, group: ChangeGroupKind) -> String {
        let words = self.words;
        if change.kinds.is_empty() {
            let said = words.say(if weighs_otherwise(change) {
                "Answered as before; counts for more or less because the questions changed"
            } else {
                "Answered as before; counts for more or less because other answers changed"
            });
            return said.to_owned();
        }
        let better = change.kinds.iter().any(|kind| matches!(kind, ChangeKind::Fixed | ChangeKind::Improved));
        let but = better && change.kinds.contains(&ChangeKind::EvidenceLapsed);
        let kinds = change.kinds.iter().map(|kind| self.kind(*kind));
        let joined = |told: String, more: String| {
            let how = if but { phrase("{told}, but {more}") } else { phrase("{told}, {more}") };
            words.fill(how, &[("told", &told), ("more", &more)])
        };
        let mut told = kinds.reduce(joined).unwrap_or_default();
        if let Some(effect) = change.effect.filter(|_| group != ChangeGroupKind::Yardstick) {
            let area = match (group, effect.real.get()) {
                (ChangeGroupKind::Worse, 1..) => Some(phrase("{told}; its area counts for less than before")),
                (ChangeGroupKind::Better, ..0) => {
                    Some(phrase("{told}; its area counts for more than before, and so does what is missing"))
                }
                _ => None,
            };
            told = area.map_or(told.clone(), |area| words.fill(area, &[("told", &told)]));
            if effect.yardstick != Difference::ZERO {
                let values: [(&str, &dyn Display); 2] = [("told", &told), ("points", &effect.yardstick)];
                told = words.fill("{told}; {points} more because the questions changed", &values);
            }
        }
        crate::text::sentence_case(&told)
    }

    fn kind(&self, kind: ChangeKind) -> String {
        let [then, now] = [self.old, self.new].map(|stand| self.evidence(stand));
        let how = match kind {
            ChangeKind::Fixed => phrase("fixed"),
            ChangeKind::Improved => phrase("improved"),
            ChangeKind::Worse if self.old.map(|old| old.given) == self.new.map(|new| new.given) => {
                phrase("too long ago now")
            }
            ChangeKind::Worse => phrase("worse"),
            ChangeKind::NewlyAnswered => phrase("newly answered"),
            ChangeKind::NowUnknown => phrase("no longer known"),
            ChangeKind::EvidenceGained => phrase("better proof ({then}, now {now})"),
            ChangeKind::EvidenceLapsed => phrase("weaker proof ({then}, now {now})"),
            ChangeKind::ScopeChanged => phrase("what applies to you changed"),
            ChangeKind::Added => phrase("new question"),
            ChangeKind::Removed => phrase("no longer asked"),
            ChangeKind::Revised => phrase("new meaning, not compared"),
            ChangeKind::WaiverAdded => phrase("risk accepted"),
            ChangeKind::WaiverExpired => phrase("acceptance of the risk ran out"),
        };
        self.words.fill(how, &[("then", &then), ("now", &now)])
    }

    /// How an answer is supported.
    fn evidence(&self, stand: Option<&Stand>) -> &str {
        let level = stand.and_then(|stand| stand.result.evidence).map(Evidence::as_str);
        self.words.say(level.unwrap_or(phrase("not supported")))
    }
}
