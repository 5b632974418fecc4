//! Who was assessed, when, with what.

use crate::render::pdf::block::{Block, Heading, Text};
use crate::render::pdf::text::{BODY, BOLD, NOTE};
use crate::report::Report;

pub(super) fn part(report: &Report) -> Vec<Block> {
    let head = &report.head;
    let kind =
        if head.self_assessed == Some(true) { "Security self-assessment" } else { "Security assessment" };
    let mut title = vec![Text::new(NOTE, kind).then(0.0).into()];
    if let Some(marking) = &head.marking {
        title.push(Text::new(BOLD, marking.to_uppercase()).then(0.0).into());
    }
    let questionnaire = format!("{}, version {}", head.questionnaire.title, head.questionnaire.version);
    let facts = [
        ("Date", head.date.words.clone()),
        ("Questionnaire", questionnaire),
        ("Assessed by", head.assessed_by.clone()),
        ("Kind", format!("{}, {}", head.organisation.kind_words, head.organisation.country)),
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
    blocks.extend(super::handover::cover(head));
    blocks
}
