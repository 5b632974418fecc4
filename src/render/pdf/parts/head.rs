//! Who was assessed, when, with what.

use crate::render::pdf::block::{Block, Heading, Text};
use crate::render::pdf::text::{BODY, BOLD, NOTE};
use crate::report::Report;

pub(super) fn part(report: &Report) -> Vec<Block> {
    let head = &report.head;
    let words = report.words;
    let kind = if head.self_assessed == Some(true) {
        words.say("Security self-assessment")
    } else {
        words.say("Security assessment")
    };
    let mut title = vec![Text::new(NOTE, kind).then(0.0).into()];
    if let Some(marking) = &head.marking {
        title.push(Text::new(BOLD, marking.to_uppercase()).then(0.0).into());
    }
    let questionnaire = words.fill(
        "{questionnaire}, version {version}",
        &[("questionnaire", &head.questionnaire.title), ("version", &head.questionnaire.version)],
    );
    let facts = [
        (words.say("Date"), head.date.words.clone()),
        (words.say("Questionnaire"), questionnaire),
        (words.say("Assessed by"), head.assessed_by.clone()),
        (words.say("Kind"), format!("{}, {}", head.organisation.kind_words, head.organisation.country)),
    ];
    let fact = |(name, words): (&str, String)| {
        (1.0, vec![Text::new(NOTE, name).then(0.0).into(), Text::new(BODY, words).then(0.0).into()])
    };
    let mut name = Heading::new(1, &head.organisation.name);
    // A long name would fill the page.
    name.title.style.size = match name.title.text.chars().count() {
        0..=60 => name.title.style.size,
        61..=120 => 20.0,
        _ => 14.0,
    };
    let mut blocks = vec![Block::Rule(4.0), Block::Space(8.0)];
    blocks.extend(title);
    blocks.extend([
        Block::Space(14.0),
        name.into(),
        Block::Space(8.0),
        Block::Rule(0.5),
        Block::Space(8.0),
        Block::Columns(facts.into_iter().map(fact).collect()),
    ]);
    blocks.extend(super::handover::cover(report));
    blocks
}
