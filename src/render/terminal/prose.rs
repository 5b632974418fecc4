//! Prose that a person wrote, as plain text.

use anstyle::Style;

use crate::render::screen::{STRONG, Screen};
use crate::report::{Block, Chapter, Inline, Passage, Prose};

/// Texts with their headings.
pub(super) fn chapters(screen: &mut Screen, chapters: &[Chapter]) {
    for chapter in chapters {
        screen.heading(chapter.heading);
        prose(screen, &chapter.text);
    }
}

/// What is told in words.
pub(super) fn passages(screen: &mut Screen, passages: &[Passage]) {
    for passage in passages {
        screen.heading(&passage.heading);
        for paragraph in &passage.paragraphs {
            screen.paragraph(Style::new(), 2, paragraph);
        }
        for item in &passage.items {
            screen.hanging(Style::new(), "  -", 4, item);
        }
    }
}

/// A text.
pub(super) fn prose(screen: &mut Screen, prose: &Prose) {
    blocks(screen, &prose.0, 2);
}

fn blocks(screen: &mut Screen, text: &[Block], indent: usize) {
    for (place, block) in text.iter().enumerate() {
        if place > 0 && !matches!(block, Block::List { .. }) {
            screen.blank();
        }
        match block {
            Block::Heading(_, pieces) => screen.paragraph(STRONG, indent, &Inline::in_words(pieces)),
            Block::Paragraph(pieces) => screen.paragraph(Style::new(), indent, &Inline::in_words(pieces)),
            Block::List { first, items } => list(screen, *first, items, indent),
            Block::Quote(inner) => blocks(screen, inner, indent + 2),
            Block::Code(code) => code.lines().for_each(|row| screen.paragraph(Style::new(), indent + 2, row)),
            Block::Rule => screen.paragraph(Style::new(), indent, "* * *"),
        }
    }
}

fn list(screen: &mut Screen, first: Option<u64>, items: &[Vec<Block>], indent: usize) {
    for (place, item) in (0_u64..).zip(items) {
        let mark = first.map_or_else(|| "-".to_owned(), |first| format!("{}.", first.saturating_add(place)));
        let mark = format!("{}{mark}", " ".repeat(indent));
        let inner = mark.chars().count() + 1;
        match item.as_slice() {
            [Block::Paragraph(pieces), rest @ ..] => {
                screen.hanging(Style::new(), &mark, inner, &Inline::in_words(pieces));
                blocks(screen, rest, inner);
            }
            item => {
                screen.hanging(Style::new(), &mark, inner, "");
                blocks(screen, item, inner);
            }
        }
    }
}
