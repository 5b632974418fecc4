//! A recorded incident, told, as Markdown.

use std::fmt::Write as _;

use super::{link, plain};
use crate::report::{Story, StoryStep, Technique};

/// A recorded incident, told.
pub fn story(story: &Story) -> String {
    let mut out = String::new();
    line!(out, "# {}", plain(&story.title));
    line!(out);
    let facts = [
        ("When", &story.when),
        ("Victim", &story.victim),
        ("Actor", &story.actor),
        ("Attribution", &story.attribution),
    ];
    for (label, text) in facts {
        line!(out, "- {label}: {}", plain(text));
    }
    for fact in &story.applies_if {
        line!(out, "- Does not apply where the answer is no: {}", plain(fact));
    }
    if let Some(priority) = story.priority {
        line!(out, "- Priority: {priority}");
    }
    section(&mut out, "What happened", &story.summary);
    section(&mut out, "Step by step", &story.confidence_note);
    line!(out);
    for told in &story.steps {
        out.push_str(&step(told));
    }
    section(&mut out, "Harm", &story.harm);
    if !story.lessons.is_empty() {
        line!(out);
        line!(out, "## Lessons");
        line!(out);
    }
    for lesson in &story.lessons {
        line!(out, "- {}", plain(lesson));
    }
    if let Some(caveat) = &story.caveat {
        section(&mut out, "What not to conclude", caveat);
    }
    close(&mut out, story);
    out
}

fn section(out: &mut String, heading: &str, text: &str) {
    line!(out);
    line!(out, "## {heading}");
    line!(out);
    line!(out, "{}", plain(text));
}

fn step(step: &StoryStep) -> String {
    let mut out = String::new();
    let doubt = step.doubt.map(|doubt| format!(" ({doubt})")).unwrap_or_default();
    line!(out, "{}. **{}**{doubt}", step.number, plain(&step.title));
    if !step.techniques.is_empty() {
        let techniques: Vec<String> = step.techniques.iter().map(Technique::in_words).collect();
        line!(out, "   - ATT&amp;CK: {}", plain(&techniques.join("; ")));
    }
    for measures in &step.measures {
        line!(out, "   - {}: {}", measures.label, plain(&measures.names.join("; ")));
    }
    out
}

fn close(out: &mut String, story: &Story) {
    line!(out);
    line!(out, "## Sources");
    line!(out);
    for source in &story.sources {
        line!(out, "- {}", link(source));
    }
    line!(out);
    if let Some(notice) = &story.notice {
        line!(out, "{}", plain(notice));
    }
}
