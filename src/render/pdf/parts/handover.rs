//! Who hands the report over, their own texts, and what has to be looked after.

use krilla::tagging::ListNumbering;

use super::{heading, subheading};
use crate::render::outline::{self, Line};
use crate::render::pdf::block::{Block, Label, List, ListItem, Text, note, paragraph, plain};
use crate::render::pdf::text::{BODY, BOLD, Span};
use crate::report::{Chapter, Head, Prose, Report};

/// Who hands it over and for whom, below the head.
pub(super) fn cover(report: &Report) -> Vec<Block> {
    let head = &report.head;
    let mut blocks = vec![Block::Space(8.0)];
    blocks.extend(head.for_whom.map(paragraph));
    if let Some(brand) = &head.brand {
        let by = Span::new(BOLD, format!("{} ", report.words.say("Handed over by:")));
        blocks.push(Text::of(vec![by, Span::new(BODY, outline::brand(brand))]).into());
        blocks.extend(brand.cover.as_ref().map(paragraph));
    }
    blocks
}

/// Their last words.
pub(super) fn footer(head: &Head) -> Vec<Block> {
    head.brand.iter().filter_map(|brand| brand.footer.as_ref()).map(note).collect()
}

/// Texts with their headings.
pub(super) fn chapters(chapters: &[Chapter]) -> Vec<Block> {
    let chapter = |chapter: &Chapter| {
        let mut blocks = vec![heading(chapter.heading, chapter.id)];
        blocks.extend(prose(&chapter.text));
        blocks
    };
    chapters.iter().flat_map(chapter).collect()
}

/// A text.
pub(super) fn prose(text: &Prose) -> Vec<Block> {
    lines(outline::prose(text))
}

/// Accepted risks and what runs out.
pub(super) fn upkeep(report: &Report) -> Vec<Block> {
    let told = outline::upkeep(report);
    if told.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![heading(report.words.say("What to look after"), "upkeep")];
    blocks.extend(lines(told));
    blocks
}

fn lines(lines: Vec<Line>) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for line in lines {
        match line {
            Line::Heading(words) => blocks.push(subheading(&words)),
            Line::Text(words) => blocks.push(paragraph(words)),
            Line::Item(mark, words) => {
                let label = Label::Words(plain(mark.as_deref().unwrap_or("–")));
                let item =
                    ListItem { label, body: vec![Text::new(BODY, words).then(2.0).into()], anchor: None };
                match blocks.last_mut() {
                    Some(Block::List(list)) => list.items.push(item),
                    _ => blocks.push(Block::List(List {
                        numbering: ListNumbering::None,
                        indent: 16.0,
                        items: vec![item],
                        ruled: false,
                    })),
                }
            }
        }
    }
    blocks
}
