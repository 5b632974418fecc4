//! A questionnaire for reading, as Markdown.

use std::fmt::Write as _;

use super::plain;
use crate::report::{Booklet, BookletFact, BookletQuestion};
use crate::text::Words;

/// A questionnaire, for reading before answering.
pub fn booklet(booklet: &Booklet) -> String {
    let words = booklet.words;
    let mut out = String::new();
    line!(out, "# {}", plain(&booklet.title));
    line!(out);
    line!(out, "{}", plain(&booklet.summary));
    line!(out);
    line!(out, "- {} {}, {}", booklet.id, plain(&booklet.version), plain(&booklet.licence));
    let audience = words.fill("For: {audience}", &[("audience", &plain(&booklet.audience))]);
    line!(out, "- {audience}");
    let size = words.fill(
        "{questions}, about {minutes}",
        &[
            ("questions", &words.plural(booklet.questions, "question", "questions")),
            ("minutes", &words.plural(booklet.minutes.into(), "minute", "minutes")),
        ],
    );
    line!(out, "- {size}");
    if !booklet.facts.is_empty() {
        line!(out);
        out.push_str(&facts(words, &booklet.facts));
    }
    for area in &booklet.areas {
        line!(out);
        line!(out, "## {} {}", area.number, plain(&area.title));
        line!(out);
        line!(out, "{}", plain(&area.summary));
        for question in &area.questions {
            line!(out);
            out.push_str(&booklet_question(words, question));
        }
    }
    out
}

/// What is asked beside the questions.
fn facts(words: &Words, facts: &[BookletFact]) -> String {
    let mut out = String::new();
    line!(out, "## {}", words.say("First: what you have"));
    line!(out);
    line!(
        out,
        "{}",
        words
            .say("Yes, no or unknown. Unknown counts as yes. A no leaves out the questions named behind it.")
    );
    line!(out);
    for fact in facts {
        let numbers: Vec<&str> = fact.switches.iter().map(|question| question.number.as_str()).collect();
        let switches = if numbers.is_empty() {
            String::new()
        } else {
            let left_out = words.fill("no leaves out {questions}", &[("questions", &numbers.join(", "))]);
            format!(" ({left_out})")
        };
        line!(out, "- [ ] {}{switches}", plain(&fact.ask));
    }
    out
}

fn booklet_question(words: &Words, question: &BookletQuestion) -> String {
    let mut out = String::new();
    line!(out, "### {} {}", question.question.number, plain(&question.ask));
    line!(out);
    if let Some(help) = &question.help {
        line!(out, "{}", plain(help));
        line!(out);
    }
    for fact in &question.only_if {
        line!(out, "{}", words.fill("Only if: {fact}", &[("fact", &plain(fact))]));
        line!(out);
    }
    line!(out, "{}:", question.instruction);
    line!(out);
    for option in &question.options {
        let of_100 = |credit: u8| words.fill("{score} of 100", &[("score", &credit)]);
        let credit = option.credit.map(|credit| format!(" ({})", of_100(credit))).unwrap_or_default();
        line!(out, "- [ ] {}{credit}", plain(&option.label));
    }
    line!(out, "- [ ] {}", words.say("I don’t know"));
    if question.may_be_skipped {
        line!(out, "- [ ] {}", words.say("Does not apply, because:"));
    }
    line!(out);
    line!(out, "{}", words.fill("Why: {why}", &[("why", &plain(&question.why))]));
    line!(out);
    line!(out, "{}", words.fill("Proof: {proof}", &[("proof", &plain(&question.proof))]));
    out
}
