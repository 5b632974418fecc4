//! Accepted risks, and what runs out, as Markdown.

use std::fmt::Write as _;

use super::plain;
use crate::report::{AcceptedRisk, Ageing, Expiry, WaiverView};

/// The risks that somebody accepted.
pub(super) fn waivers(risks: &[AcceptedRisk]) -> String {
    let mut out = String::new();
    if risks.is_empty() {
        return out;
    }
    line!(out, "## Accepted risks");
    line!(out);
    for risk in risks {
        line!(out, "- **{} {}** {}", risk.question.number, plain(&risk.question.title), waiver(&risk.waiver));
    }
    out
}

/// One acceptance: how it stands, why, and by whom.
pub(super) fn waiver(waiver: &WaiverView) -> String {
    format!(
        "{} Reason: {} (approved by {})",
        plain(&waiver.sentence),
        plain(&waiver.reason),
        plain(&waiver.approved_by)
    )
}

/// What runs out next, and what has run out.
pub(super) fn ageing(ageing: &Ageing) -> String {
    let mut out = String::new();
    if !ageing.coming.is_empty() {
        line!(out, "## What runs out next");
        line!(out);
        if let Some(consequence) = &ageing.consequence {
            line!(out, "{}", plain(consequence));
            line!(out);
        }
        out.push_str(&dues("", &ageing.coming));
    }
    if !ageing.past.is_empty() {
        let gap = if out.is_empty() { "" } else { "\n" };
        line!(out, "{gap}## What has run out");
        line!(out);
        out.push_str(&dues("since ", &ageing.past));
    }
    out
}

fn dues(lead: &str, dues: &[Expiry]) -> String {
    let mut out = String::new();
    for due in dues {
        let questions: Vec<String> = due.questions().iter().map(|question| plain(question)).collect();
        line!(out, "- **{lead}{}** {}: {}", due.on.words, plain(&due.what), questions.join("; "));
    }
    out
}
