//! A questionnaire for reading, as Markdown.

use std::fmt::Write as _;

use super::plain;
use crate::report::{Booklet, BookletQuestion};
use crate::text::plural;

/// A questionnaire, for reading before answering.
pub fn booklet(booklet: &Booklet) -> String {
    let mut out = String::new();
    line!(out, "# {}", plain(&booklet.title));
    line!(out);
    line!(out, "{}", plain(&booklet.summary));
    line!(out);
    line!(out, "- {} {}, {}", booklet.id, plain(&booklet.version), plain(&booklet.licence));
    line!(out, "- For: {}", plain(&booklet.audience));
    let minutes = plural(booklet.minutes.into(), "minute", "minutes");
    line!(out, "- {}, about {minutes}", plural(booklet.questions, "question", "questions"));
    if !booklet.facts.is_empty() {
        line!(out);
        line!(out, "## First: what you have");
        line!(out);
        line!(
            out,
            "Yes, no or unknown. Unknown counts as yes. A no leaves out the questions named behind it."
        );
        line!(out);
    }
    for fact in &booklet.facts {
        let numbers: Vec<&str> = fact.switches.iter().map(|question| question.number.as_str()).collect();
        let switches = if numbers.is_empty() {
            String::new()
        } else {
            format!(" (no leaves out {})", numbers.join(", "))
        };
        line!(out, "- [ ] {}{switches}", plain(&fact.ask));
    }
    for area in &booklet.areas {
        line!(out);
        line!(out, "## {} {}", area.number, plain(&area.title));
        line!(out);
        line!(out, "{}", plain(&area.summary));
        for question in &area.questions {
            line!(out);
            out.push_str(&booklet_question(question));
        }
    }
    out
}

fn booklet_question(question: &BookletQuestion) -> String {
    let mut out = String::new();
    line!(out, "### {} {}", question.question.number, plain(&question.ask));
    line!(out);
    if let Some(help) = &question.help {
        line!(out, "{}", plain(help));
        line!(out);
    }
    for fact in &question.only_if {
        line!(out, "Only if: {}", plain(fact));
        line!(out);
    }
    line!(out, "{}:", question.instruction);
    line!(out);
    for option in &question.options {
        let credit = option.credit.map(|credit| format!(" ({credit} of 100)")).unwrap_or_default();
        line!(out, "- [ ] {}{credit}", plain(&option.label));
    }
    line!(out, "- [ ] I don’t know");
    if question.may_be_skipped {
        line!(out, "- [ ] Does not apply, because:");
    }
    line!(out);
    line!(out, "Why: {}", plain(&question.why));
    line!(out);
    line!(out, "Proof: {}", plain(&question.proof));
    out
}
