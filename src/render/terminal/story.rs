//! Recorded incidents on a terminal: the list, and one of them told.

use anstyle::Style;

use crate::render::screen::{Look, SOFT, STRONG, Screen};
use crate::report::{Stories, Story, StoryStep, Technique};
use crate::text::plural;

/// Where the text beside a label begins.
const BESIDE: usize = 15;

/// The incidents that there are.
pub fn stories(stories: &Stories, look: Look) -> String {
    let mut screen = Screen::new(look);
    for entry in &stories.entries {
        screen.ends(&entry.id, &entry.when);
        screen.paragraph(Style::new(), 2, &entry.title);
        let priority = if entry.priority { ". Priority" } else { "" };
        screen.paragraph(SOFT, 2, &format!("Victim: {}{priority}", entry.victim));
        screen.blank();
    }
    let count = plural(stories.entries.len(), "recorded incident", "recorded incidents");
    let note = "A priority incident holds the score at 89 while answers do not interrupt it.";
    screen.paragraph(SOFT, 0, &format!("{count}. {note}"));
    screen.paragraph(Style::new(), 0, "Read one with `safeseat incidents ID`.");
    screen.into_text()
}

/// An incident, told.
pub fn story(story: &Story, look: Look) -> String {
    let mut screen = Screen::new(look);
    screen.ends(&story.title, &story.id);
    screen.blank();
    let facts = [
        ("When", &story.when),
        ("Victim", &story.victim),
        ("Actor", &story.actor),
        ("Attribution", &story.attribution),
    ];
    for (label, text) in facts {
        beside(&mut screen, label, text);
    }
    for fact in &story.applies_if {
        beside(&mut screen, "Only if", fact);
    }
    if let Some(priority) = story.priority {
        beside(&mut screen, "Priority", priority);
    }
    section(&mut screen, "What happened", &story.summary);
    section(&mut screen, "Step by step", &story.confidence_note);
    for told in &story.steps {
        screen.blank();
        step(&mut screen, told);
    }
    section(&mut screen, "Harm", &story.harm);
    list(&mut screen, "Lessons", &story.lessons);
    if let Some(caveat) = &story.caveat {
        section(&mut screen, "What not to conclude", caveat);
    }
    screen.heading("Sources");
    for source in &story.sources {
        screen.address(2, source);
    }
    if let Some(notice) = &story.notice {
        screen.blank();
        screen.paragraph(SOFT, 0, notice);
    }
    screen.into_text()
}

fn beside(screen: &mut Screen, label: &str, text: &str) {
    screen.hanging(Style::new(), &format!("  {label}"), BESIDE, text);
}

fn section(screen: &mut Screen, heading: &str, text: &str) {
    screen.heading(heading);
    screen.paragraph(Style::new(), 2, text);
}

fn list(screen: &mut Screen, heading: &str, members: &[String]) {
    if members.is_empty() {
        return;
    }
    screen.heading(heading);
    for member in members {
        screen.hanging(Style::new(), "  -", 4, member);
    }
}

fn step(screen: &mut Screen, step: &StoryStep) {
    let doubt = step.doubt.map(|doubt| format!(" ({doubt})")).unwrap_or_default();
    screen.hanging(STRONG, &format!("  {}", step.number), 5, &format!("{}{doubt}", step.title));
    if !step.techniques.is_empty() {
        let techniques: Vec<String> = step.techniques.iter().map(Technique::in_words).collect();
        screen.paragraph(SOFT, 5, &format!("ATT&CK: {}", techniques.join("; ")));
    }
    for measures in &step.measures {
        screen.paragraph(Style::new(), 5, &format!("{}: {}", measures.label, measures.names.join("; ")));
    }
}
