//! Prose that a person wrote, as Markdown again: only what was understood, everything else escaped.

use std::fmt::Write as _;

use super::{link, plain};
use crate::report::{Block, Inline, Prose};

/// A text; its own headings begin at a level of the document.
pub(super) fn prose(prose: &Prose, top: usize) -> String {
    let mut out = String::new();
    blocks(&prose.0, top, "", &mut out);
    out
}

/// Blocks with an empty line between them, each line behind what it stands in.
fn blocks(text: &[Block], top: usize, lead: &str, out: &mut String) {
    for (place, block) in text.iter().enumerate() {
        if place > 0 {
            line!(out, "{}", lead.trim_end());
        }
        match block {
            Block::Heading(level, pieces) => {
                let level = (top + usize::from(*level) - 1).min(6);
                line!(out, "{lead}{} {}", "#".repeat(level), line(pieces));
            }
            Block::Paragraph(pieces) => line!(out, "{lead}{}", line(pieces)),
            Block::List { first, items } => list(*first, items, top, lead, out),
            Block::Quote(inner) => blocks(inner, top, &format!("{lead}> "), out),
            Block::Code(code) => {
                for row in code.lines() {
                    line!(out, "{lead}    {}", crate::text::visible(row));
                }
            }
            Block::Rule => line!(out, "{lead}---"),
        }
    }
}

fn list(first: Option<u64>, items: &[Vec<Block>], top: usize, lead: &str, out: &mut String) {
    for (place, item) in (0_u64..).zip(items) {
        let mark =
            first.map_or_else(|| "- ".to_owned(), |first| format!("{}. ", first.saturating_add(place)));
        let mut inner = String::new();
        let indent = format!("{lead}{}", " ".repeat(mark.len()));
        blocks(item, top, &indent, &mut inner);
        let inner = inner.strip_prefix(&indent).unwrap_or(&inner);
        line!(out, "{lead}{mark}{}", inner.trim_end());
    }
}

fn line(pieces: &[Inline]) -> String {
    pieces.iter().map(piece).collect()
}

fn piece(piece: &Inline) -> String {
    match piece {
        Inline::Text(text) | Inline::Code(text) => words(text),
        Inline::Strong(pieces) => format!("**{}**", line(pieces).trim()),
        Inline::Emphasis(pieces) => format!("*{}*", line(pieces).trim()),
        Inline::Break => " ".to_owned(),
        Inline::Link { address, words } => {
            let shown = address.strip_prefix("mailto:").unwrap_or(address);
            let said = Inline::in_words(words);
            if said == shown { link(address) } else { format!("{} ({})", line(words), link(address)) }
        }
    }
}

/// Escaped words with the spaces at their edges: a neighbour may need them.
fn words(text: &str) -> String {
    let edge = |is: bool| if is { " " } else { "" };
    let inner = plain(text);
    if inner.is_empty() {
        return edge(!text.is_empty()).to_owned();
    }
    format!("{}{inner}{}", edge(text.starts_with(' ')), edge(text.ends_with(' ')))
}
