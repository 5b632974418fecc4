//! What moved between two assessments, and why: what the answers moved, and what the questions moved.
//!
//! Between the old score and the new one stands a third: the new questionnaire with the old answers wherever the
//! question has kept its meaning, and with the new answers elsewhere. From the old score to it only the yardstick
//! moves, from it to the new score only the answers; the two add up exactly.

mod outcome;
mod question;

use super::evaluation::{Evaluation, GateState, Ledger, QuestionResult, Scores, Word};
use super::ledger::ledger;
use super::scheme::Scheme;
use super::scores::scores;
use crate::model::{Assessment, Difference, FactId, Points, Questionnaire, Ternary};
use outcome::{gates, incidents};
use question::{fits, moved, waiver_changes};

/// An assessment with all that was made from it.
#[derive(Debug, Clone, Copy)]
pub struct Assessed<'a> {
    /// The questionnaire that was answered.
    pub questionnaire: &'a Questionnaire,
    /// The same, compiled with the incidents.
    pub scheme: &'a Scheme,
    /// The answers.
    pub assessment: &'a Assessment,
    /// Every number.
    pub evaluation: &'a Evaluation,
}

/// What moved between two assessments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The new questionnaire with the old answers to questions that kept their meaning, and the new answers to others.
    pub between: Scores,
    /// What moved the stated score; nothing when it does not exist before, between or after.
    pub score: Option<Effect>,
    /// The share of that which the caps have: what a cap took before and no longer takes.
    pub cap: Option<Effect>,
    /// The questions that changed or whose loss did, in order of the new questionnaire, then those that are gone.
    pub questions: Vec<QuestionChange>,
    /// The gates that opened or closed, in order of the new questionnaire, then those that are gone.
    pub gates: Vec<GateChange>,
    /// The incidents whose word changed, by ascending id.
    pub incidents: Vec<IncidentChange>,
}

/// An effect on the stated score, by its cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Effect {
    /// What the answers did.
    pub real: Difference,
    /// What the change of the questionnaire did.
    pub yardstick: Difference,
}

impl Effect {
    /// Both together.
    pub fn total(self) -> Difference {
        self.real + self.yardstick
    }

    /// From a loss before, through one between, to one after.
    fn of_losses(before: Points, between: Points, after: Points) -> Self {
        Self { real: between.since(after), yardstick: before.since(between) }
    }
}

/// What happened to one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionChange {
    /// Its place in the old questionnaire.
    pub old: Option<usize>,
    /// Its place in the new questionnaire.
    pub new: Option<usize>,
    /// What happened to it; empty when only what it counts for did.
    pub kinds: Vec<ChangeKind>,
    /// Its effect on the stated score, by the difference of the ledgers; nothing when a ledger is missing.
    pub effect: Option<Effect>,
}

/// What can happen to a question between two assessments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// Full credit now, less before.
    Fixed,
    /// More credit than before.
    Improved,
    /// Less credit than before.
    Worse,
    /// A definite answer where there was none.
    NewlyAnswered,
    /// No definite answer where there was one.
    NowUnknown,
    /// Better supported than before.
    EvidenceGained,
    /// Less well supported than before: too old now, or withdrawn.
    EvidenceLapsed,
    /// It applies now and did not before, or the other way round.
    ScopeChanged,
    /// The old questionnaire does not have it.
    Added,
    /// The new questionnaire does not have it.
    Removed,
    /// It has another meaning now: the answers cannot be compared.
    Revised,
    /// The risk was accepted since.
    WaiverAdded,
    /// The acceptance of the risk ran out since.
    WaiverExpired,
}

impl ChangeKind {
    /// Whether the questionnaire changed, and not the answer.
    pub fn is_of_questionnaire(self) -> bool {
        matches!(self, Self::Added | Self::Removed | Self::Revised)
    }

    /// The word in machine output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fixed => "fixed",
            Self::Improved => "improved",
            Self::Worse => "worse",
            Self::NewlyAnswered => "newly-answered",
            Self::NowUnknown => "now-unknown",
            Self::EvidenceGained => "evidence-gained",
            Self::EvidenceLapsed => "evidence-lapsed",
            Self::ScopeChanged => "scope-changed",
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Revised => "revised",
            Self::WaiverAdded => "waiver-added",
            Self::WaiverExpired => "waiver-expired",
        }
    }
}

/// Whether the answers or the questions made the difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The answers.
    Answers,
    /// The change of the questionnaire.
    Yardstick,
}

/// A gate that opened or closed in the stated world.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GateChange {
    /// Its place in the old questionnaire.
    pub old: Option<usize>,
    /// Its place in the new questionnaire.
    pub new: Option<usize>,
    /// How it stands now; a gate that is gone holds.
    pub now: GateState,
    /// What did it.
    pub cause: Cause,
}

/// An incident whose word changed in the stated world.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IncidentChange {
    /// The incident, by its place.
    pub incident: usize,
    /// How it ended before; nothing when it was not replayed.
    pub before: Option<Word>,
    /// How it ends now; nothing when it is not replayed.
    pub now: Option<Word>,
    /// What did it.
    pub cause: Cause,
}

impl Comparison {
    /// Compares two assessments by questionnaires of the same id, both compiled with the same incidents.
    pub fn new(old: Assessed, new: Assessed) -> Self {
        let meanings = Meanings::new(old, new);
        let carried = carried_over(old, new);
        let (between, between_ledger) = meanings.between(&carried, new);
        let ledgers = old.evaluation.ledger.as_ref().zip(between_ledger.as_ref());
        let ledgers = ledgers.zip(new.evaluation.ledger.as_ref());
        let ledgers = ledgers.map(|((old, between), new)| Ledgers { old, between, new });
        Self {
            score: ledgers.map(Ledgers::score),
            cap: ledgers.map(|ledgers| ledgers.effect(|ledger| ledger.cap)),
            questions: questions(old, new, &meanings, &between, ledgers),
            gates: gates(old, new, &between),
            incidents: incidents(&old.evaluation.scores, &between, &new.evaluation.scores),
            between,
        }
    }
}

/// The old answers with the facts that decide what of the new questionnaire applied then: those it shares with the old
/// one as they were, those that are new to it as they are now.
fn carried_over(old: Assessed, new: Assessed) -> Assessment {
    let asked: Vec<&FactId> = old.questionnaire.facts().iter().map(|fact| &fact.id).collect();
    let fresh =
        |(id, _): &(&FactId, &Ternary)| !asked.contains(id) && !old.assessment.facts.contains_key(*id);
    let fresh = new.assessment.facts.iter().filter(fresh).map(|(id, answer)| (id.clone(), *answer));
    let mut carried = old.assessment.clone();
    carried.facts.extend(fresh);
    carried
}

/// For each question of the new questionnaire what the old one makes of it.
struct Meanings {
    /// The place in the old questionnaire of each question, and whether it kept its meaning.
    of: Vec<Option<(usize, bool)>>,
}

impl Meanings {
    fn new(old: Assessed, new: Assessed) -> Self {
        let questions = new.questionnaire.questions().iter();
        let of = questions.map(|question| {
            let place = old.questionnaire.position(question.id.as_str())?;
            let before = &old.questionnaire.questions()[place];
            let answer = old.assessment.answers.get(&question.id);
            Some((place, question.revision == before.revision && answer.is_none_or(|a| fits(question, a))))
        });
        Self { of: of.collect() }
    }

    /// The new questionnaire with the old answers where a question kept its meaning and the new ones elsewhere.
    fn between(&self, carried: &Assessment, new: Assessed) -> (Scores, Option<Ledger>) {
        let now = &new.evaluation.scores.questions;
        let then = new.scheme.results(carried, carried.date).into_iter();
        let results: Vec<QuestionResult> = then
            .zip(now)
            .zip(&self.of)
            .map(|((then, now), meaning)| if matches!(meaning, Some((_, true))) { then } else { now.clone() })
            .collect();
        let circumstances = new.scheme.circumstances(carried);
        let worlds = new.scheme.worlds(&results, &circumstances);
        (scores(&worlds, results), ledger(&worlds))
    }
}

/// The three ledgers.
#[derive(Clone, Copy)]
struct Ledgers<'a> {
    old: &'a Ledger,
    between: &'a Ledger,
    new: &'a Ledger,
}

impl Ledgers<'_> {
    fn effect(self, of: impl Fn(&Ledger) -> Points) -> Effect {
        Effect::of_losses(of(self.old), of(self.between), of(self.new))
    }

    fn score(self) -> Effect {
        let questions = self.effect(|ledger| ledger.questions);
        let cap = self.effect(|ledger| ledger.cap);
        Effect { real: questions.real + cap.real, yardstick: questions.yardstick + cap.yardstick }
    }

    fn question(self, old: Option<usize>, new: Option<usize>) -> Effect {
        let loss =
            |ledger: &Ledger, place: Option<usize>| place.map_or(Points::ZERO, |place| ledger.losses[place]);
        Effect::of_losses(loss(self.old, old), loss(self.between, new), loss(self.new, new))
    }
}

fn questions(
    old: Assessed,
    new: Assessed,
    meanings: &Meanings,
    between: &Scores,
    ledgers: Option<Ledgers>,
) -> Vec<QuestionChange> {
    let effect = |old, new| ledgers.map(|ledgers| ledgers.question(old, new));
    let kept = meanings.of.iter().enumerate().map(|(place, meaning)| {
        let before = meaning.map(|(place, _)| place);
        let now = &new.evaluation.scores.questions[place];
        let mut kinds = match meaning {
            None => vec![ChangeKind::Added],
            Some((_, false)) => vec![ChangeKind::Revised],
            Some((_, true)) => moved(&between.questions[place], now),
        };
        let question = &new.questionnaire.questions()[place];
        kinds.extend(waiver_changes(question, old.assessment, new.assessment, now));
        QuestionChange { old: before, new: Some(place), kinds, effect: effect(before, Some(place)) }
    });
    let gone = old.questionnaire.questions().iter().enumerate();
    let gone = gone.filter(|(_, question)| new.questionnaire.position(question.id.as_str()).is_none());
    let gone = gone.map(|(place, _)| QuestionChange {
        old: Some(place),
        new: None,
        kinds: vec![ChangeKind::Removed],
        effect: effect(Some(place), None),
    });
    let told = |change: &QuestionChange| {
        !change.kinds.is_empty() || change.effect.is_some_and(|effect| effect != Effect::default())
    };
    kept.chain(gone).filter(told).collect()
}
