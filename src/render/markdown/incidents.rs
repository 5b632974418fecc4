//! Recorded incidents, step by step, as Markdown.

use std::fmt::Write as _;

use super::plain;
use crate::report::{Incident, Report, Step, Technique};
use crate::text::{Words, sentence_case};

/// The incidents that were replayed.
pub(super) fn incidents(report: &Report) -> String {
    let mut out = String::new();
    if report.incidents.replayed.is_empty() {
        return out;
    }
    let words = report.words;
    line!(out, "## {}", words.say("Would it have worked here?"));
    line!(out);
    line!(
        out,
        "{}",
        words.say(
            "Recorded incidents, step by step, against your answers. This does not say that you would not have been hacked."
        )
    );
    for incident in &report.incidents.replayed {
        line!(out);
        out.push_str(&told(words, incident));
    }
    out
}

fn told(words: &Words, incident: &Incident) -> String {
    let mut out = String::new();
    let word = sentence_case(words.say(incident.word.stated));
    line!(out, "### {word}: {}", plain(&incident.title));
    line!(out);
    line!(out, "{}", plain(&incident.sentence));
    line!(out);
    for met in &incident.steps {
        out.push_str(&step(words, met));
    }
    if let Some(change) = &incident.cheapest {
        let change = format!("{} {}", change.number, plain(&change.title));
        line!(out);
        line!(
            out,
            "{}",
            words.fill("Cheapest single change that would interrupt it: {change}.", &[("change", &change)])
        );
    }
    out
}

fn step(words: &Words, step: &Step) -> String {
    let mut out = String::new();
    let strength = |strength: u8| words.fill("{score} of 100", &[("score", &strength)]);
    let by: Vec<String> = step
        .by
        .iter()
        .map(|measure| format!("{} ({})", plain(&measure.title), strength(measure.strength)))
        .collect();
    let by = if by.is_empty() { String::new() } else { format!(": {}", by.join(", ")) };
    let doubt = if step.confidence == "reported" {
        String::new()
    } else {
        format!(" ({})", words.say(step.confidence))
    };
    let state = words.say(step.state.in_words());
    line!(out, "{}. **{state}** {}{doubt}{by}", step.number, plain(&step.title));
    if !step.techniques.is_empty() {
        let techniques: Vec<String> = step.techniques.iter().map(Technique::in_words).collect();
        line!(out, "   - ATT&amp;CK: {}", plain(&techniques.join("; ")));
    }
    out
}
