//! Every answer, as Markdown.

use std::fmt::{Display, Write as _};

use super::{plain, prose, upkeep};
use crate::report::{EvidenceView, Finding, Points, Report};
use crate::text::Words;

/// Every answer, area by area.
pub(super) fn answers(report: &Report) -> String {
    let mut out = String::new();
    let words = report.words;
    line!(out, "## {}", words.say("Every answer"));
    for area in &report.areas {
        line!(out);
        line!(out, "### {} {}", area.number, plain(&area.title));
        if let Some(text) = &area.narrative {
            line!(out);
            out.push_str(&prose::prose(text, 4));
        }
        for finding in &area.findings {
            line!(out);
            out.push_str(&answer(words, finding));
        }
    }
    out
}

fn answer(words: &Words, finding: &Finding) -> String {
    let mut out = String::new();
    line!(out, "**{} {}**", finding.question.number, plain(&finding.ask));
    line!(out);
    line!(out, "- {}: {} ({})", words.say("Answer"), plain(&finding.answer_words), finding.credit_words);
    if let Some(evidence) = &finding.evidence {
        line!(out, "- {}: {}", words.say("Evidence"), proof(words, evidence));
    }
    let told = [
        (words.say("Reason"), &finding.reason),
        (words.say("Answered by"), &finding.by),
        (words.say("Provided by"), &finding.provided_by),
        (words.say("Comment"), &finding.comment),
    ];
    for (label, text) in told {
        if let Some(text) = text {
            line!(out, "- {label}: {}", plain(text));
        }
    }
    if finding.loss > Points::ZERO {
        out.push_str(&gap(words, finding));
    }
    if let Some(waiver) = &finding.waiver {
        line!(out, "- {}: {}", words.say("Accepted risk"), upkeep::waiver(words, waiver));
    }
    out
}

fn proof(words: &Words, evidence: &EvidenceView) -> String {
    let kept = evidence.kept.as_deref().map(|kept| format!(": {}", plain(kept))).unwrap_or_default();
    let old = if evidence.fresh {
        String::new()
    } else {
        let written = words.say(evidence.written);
        format!(" ({})", words.fill("written as {level}, too old", &[("level", &written)]))
    };
    format!("{}{old}{kept}, {}", words.say(evidence.level), evidence.since.words)
}

/// What an answer costs, why, and what to do about it.
fn gap(words: &Words, finding: &Finding) -> String {
    let mut out = String::new();
    line!(out, "- {}: {}", words.say("Points lost"), finding.loss);
    line!(out, "- {}: {}", words.say("Why"), plain(&finding.why));
    let values: [(&str, &dyn Display); 3] = [
        ("step", &plain(&finding.fix)),
        ("effort", &words.say(finding.effort)),
        ("cost", &words.say(finding.cost)),
    ];
    line!(out, "- {}", words.fill("First step: {step} Effort: {effort}. Cost: {cost}.", &values));
    out
}
