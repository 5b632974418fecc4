//! What happened to one question.

use std::cmp::Ordering;

use super::ChangeKind;
use crate::model::{Answer, Assessment, Evidence, Given, Points, Question, Standing};
use crate::scoring::QuestionResult;

/// Whether an answer to a question's earlier wording is one that it still takes.
pub(super) fn fits(question: &Question, answer: &Answer) -> bool {
    match &answer.given {
        Given::Definite(value) => question.kind.takes(value),
        Given::NotApplicable(_) => question.may_be_skipped,
        Given::Unknown => true,
    }
}

/// What happened to a question that kept its meaning.
pub(super) fn moved(before: &QuestionResult, now: &QuestionResult) -> Vec<ChangeKind> {
    let mut kinds = Vec::new();
    let asked = |standing| standing != Standing::OutOfScope;
    if asked(before.standing) != asked(now.standing) {
        kinds.push(ChangeKind::ScopeChanged);
    } else if before.standing.is_open() != now.standing.is_open() {
        kinds.push(if now.standing.is_open() { ChangeKind::NowUnknown } else { ChangeKind::NewlyAnswered });
    } else if says_applies(before.standing) != says_applies(now.standing) {
        kinds.push(ChangeKind::ScopeChanged);
    } else {
        kinds.extend(credit_change(before.credit.stated, now.credit.stated));
        kinds.extend(evidence_change(before.evidence, now.evidence));
    }
    kinds
}

/// Whether nobody has said that a question does not apply.
fn says_applies(standing: Standing) -> bool {
    standing != Standing::NotApplicable
}

fn credit_change(before: Option<Points>, now: Option<Points>) -> Option<ChangeKind> {
    let (before, now) = before.zip(now)?;
    match now.cmp(&before) {
        Ordering::Less => Some(ChangeKind::Worse),
        Ordering::Equal => None,
        Ordering::Greater if now == Points::FULL => Some(ChangeKind::Fixed),
        Ordering::Greater => Some(ChangeKind::Improved),
    }
}

fn evidence_change(before: Option<Evidence>, now: Option<Evidence>) -> Option<ChangeKind> {
    let (before, now) = before.zip(now)?;
    match now.cmp(&before) {
        Ordering::Less => Some(ChangeKind::EvidenceLapsed),
        Ordering::Equal => None,
        Ordering::Greater => Some(ChangeKind::EvidenceGained),
    }
}

/// What happened to the acceptance of a risk that there still is. It is shown, and has no effect on any score.
pub(super) fn waiver_changes(
    question: &Question,
    old: &Assessment,
    new: &Assessment,
    now: &QuestionResult,
) -> Vec<ChangeKind> {
    if now.credit.stated.is_none_or(|credit| credit == Points::FULL) {
        return Vec::new();
    }
    let waiver = |assessment: &Assessment| {
        let waiver = assessment.answers.get(&question.id)?.waiver.as_ref()?;
        Some(waiver.expires < assessment.date)
    };
    let (before, now) = (waiver(old), waiver(new));
    let mut kinds = Vec::new();
    if before.is_none() && now.is_some() {
        kinds.push(ChangeKind::WaiverAdded);
    }
    if now == Some(true) && before != Some(true) {
        kinds.push(ChangeKind::WaiverExpired);
    }
    kinds
}
