//! Accepted risks, and what runs out, for machines.

use schemars::JsonSchema;
use serde::Serialize;

use super::bp;
use crate::report;

/// An accepted risk. It is no part of any number.
#[derive(Serialize, JsonSchema)]
pub(super) struct Waiver<'a> {
    question: &'a str,
    reason: &'a str,
    approved_by: &'a str,
    /// The last day on which it holds.
    expires: &'a str,
    /// running, expired, or not-needed when the question has full credit or is left out.
    state: &'a str,
}

/// What runs out, judged on a day that is not before the assessment's.
#[derive(Serialize, JsonSchema)]
pub(super) struct Ageing<'a> {
    today: &'a str,
    /// The last day that is looked at, 90 days later.
    until: &'a str,
    /// The answers that count for less today than they could, by the day since when.
    past: Vec<Expiry<'a>>,
    /// What runs out after today, by date.
    coming: Vec<Expiry<'a>>,
    /// Judged today.
    score_today: ScoreOn,
    /// Judged on the last day, if nothing is renewed.
    score_then: ScoreOn,
}

#[derive(Serialize, JsonSchema)]
struct Expiry<'a> {
    question: &'a str,
    /// The first day on which it no longer counts as before.
    on: &'a str,
    /// evidence, answer (its date is past a limit) or waiver.
    kind: &'a str,
    /// What is so from that day on, in words.
    what: &'a str,
    /// Who answered, or who accepted the risk.
    role: Option<&'a str>,
    before: Counted<'a>,
    after: Counted<'a>,
}

/// What the answer counts; everything is null where the acceptance of a risk runs out.
#[derive(Default, Serialize, JsonSchema)]
struct Counted<'a> {
    evidence: Option<&'a str>,
    proven_bp: Option<u16>,
    stated_bp: Option<u16>,
}

/// Every number is null when no question counts.
#[derive(Serialize, JsonSchema)]
#[expect(clippy::struct_field_names, reason = "keys of the format name their unit")]
struct ScoreOn {
    headline_bp: Option<u16>,
    proven_bp: Option<u16>,
    stated_bp: Option<u16>,
    possible_bp: Option<u16>,
}

impl<'a> From<&'a report::AcceptedRisk> for Waiver<'a> {
    fn from(risk: &'a report::AcceptedRisk) -> Self {
        Self {
            question: &risk.question.id,
            reason: &risk.waiver.reason,
            approved_by: &risk.waiver.approved_by,
            expires: &risk.waiver.expires.iso,
            state: risk.waiver.state.as_str(),
        }
    }
}

impl<'a> From<&'a report::Ageing> for Ageing<'a> {
    fn from(ageing: &'a report::Ageing) -> Self {
        Self {
            today: &ageing.today.iso,
            until: &ageing.until.iso,
            past: dues(&ageing.past),
            coming: dues(&ageing.coming),
            score_today: ScoreOn::from(ageing.score_today.as_ref()),
            score_then: ScoreOn::from(ageing.score_then.as_ref()),
        }
    }
}

/// One entry for each question.
fn dues(dues: &[report::Expiry]) -> Vec<Expiry<'_>> {
    dues.iter()
        .flat_map(|due| {
            due.items.iter().map(|item| Expiry {
                question: &item.question.id,
                on: &due.on.iso,
                kind: due.kind.as_str(),
                what: &due.what,
                role: item.role.as_deref(),
                before: item.counted.map(|(before, _)| Counted::from(before)).unwrap_or_default(),
                after: item.counted.map(|(_, after)| Counted::from(after)).unwrap_or_default(),
            })
        })
        .collect()
}

impl From<report::Counted> for Counted<'_> {
    fn from(counted: report::Counted) -> Self {
        Self { evidence: counted.evidence, proven_bp: bp(counted.proven), stated_bp: bp(counted.stated) }
    }
}

impl From<Option<&report::Score>> for ScoreOn {
    fn from(score: Option<&report::Score>) -> Self {
        Self {
            headline_bp: score.map(|score| score.headline.get()),
            proven_bp: score.and_then(|score| bp(score.worlds.proven)),
            stated_bp: score.and_then(|score| bp(score.worlds.stated)),
            possible_bp: score.and_then(|score| bp(score.worlds.possible)),
        }
    }
}
