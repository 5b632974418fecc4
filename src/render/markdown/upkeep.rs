//! Accepted risks, and what runs out, as Markdown.

use std::fmt::Write as _;

use super::plain;
use crate::report::{AcceptedRisk, Ageing, Expiry, WaiverView};
use crate::text::Words;

/// The risks that somebody accepted.
pub(super) fn waivers(words: &Words, risks: &[AcceptedRisk]) -> String {
    let mut out = String::new();
    if risks.is_empty() {
        return out;
    }
    line!(out, "## {}", words.say("Accepted risks"));
    line!(out);
    for risk in risks {
        let (number, title) = (&risk.question.number, plain(&risk.question.title));
        line!(out, "- **{number} {title}** {}", waiver(words, &risk.waiver));
    }
    out
}

/// One acceptance: how it stands, why, and by whom.
pub(super) fn waiver(words: &Words, waiver: &WaiverView) -> String {
    let (reason, role) = (plain(&waiver.reason), plain(&waiver.approved_by));
    let why = words.fill("Reason: {reason} (approved by {role})", &[("reason", &reason), ("role", &role)]);
    format!("{} {why}", plain(&waiver.sentence))
}

/// What runs out next, and what has run out.
pub(super) fn ageing(words: &Words, ageing: &Ageing) -> String {
    let mut out = String::new();
    if !ageing.coming.is_empty() {
        line!(out, "## {}", words.say("What runs out next"));
        line!(out);
        if let Some(consequence) = &ageing.consequence {
            line!(out, "{}", plain(consequence));
            line!(out);
        }
        out.push_str(&dues(&ageing.coming, |due| due.on.words.clone()));
    }
    if !ageing.past.is_empty() {
        let gap = if out.is_empty() { "" } else { "\n" };
        line!(out, "{gap}## {}", words.say("What has run out"));
        line!(out);
        out.push_str(&dues(&ageing.past, |due| words.fill("since {day}", &[("day", &due.on.words)])));
    }
    out
}

fn dues(dues: &[Expiry], when: impl Fn(&Expiry) -> String) -> String {
    let mut out = String::new();
    for due in dues {
        let questions: Vec<String> = due.questions().iter().map(|question| plain(question)).collect();
        line!(out, "- **{}** {}: {}", when(due), plain(&due.what), questions.join("; "));
    }
    out
}
