//! Who hands the report over, their own texts, and what has to be looked after.

use super::runs::Runs;
use super::word::{Body, Style};
use crate::render::outline::{self, Line};
use crate::report::{Chapter, Head, Prose, Report};

/// Who hands it over and for whom, below the head.
pub(super) fn cover(body: &mut Body, head: &Head) {
    if let Some(whom) = head.for_whom {
        body.paragraph(Style::Normal, whom);
    }
    let Some(brand) = &head.brand else { return };
    let by = format!("{} ", body.words.say("Handed over by:"));
    body.paragraph(Style::Normal, Runs::new().strong(by).plain(outline::brand(brand)));
    if let Some(cover) = &brand.cover {
        body.paragraph(Style::Normal, cover);
    }
}

/// Their last words.
pub(super) fn footer(body: &mut Body, head: &Head) {
    if let Some(footer) = head.brand.as_ref().and_then(|brand| brand.footer.as_ref()) {
        body.paragraph(Style::Note, footer);
    }
}

/// Texts with their headings.
pub(super) fn chapters(body: &mut Body, chapters: &[Chapter]) {
    for chapter in chapters {
        body.paragraph(Style::Heading1, chapter.heading);
        prose(body, &chapter.text);
    }
}

/// A text.
pub(super) fn prose(body: &mut Body, text: &Prose) {
    lines(body, outline::prose(text));
}

/// Accepted risks and what runs out.
pub(super) fn upkeep(body: &mut Body, report: &Report) {
    let told = outline::upkeep(report);
    if !told.is_empty() {
        body.paragraph(Style::Heading1, body.words.say("What to look after"));
        lines(body, told);
    }
}

fn lines(body: &mut Body, lines: Vec<Line>) {
    for line in lines {
        match line {
            Line::Heading(words) => body.paragraph(Style::Heading3, words),
            Line::Text(words) => body.paragraph(Style::Normal, words),
            Line::Item(None, words) => body.paragraph(Style::ListBullet, words),
            Line::Item(Some(mark), words) => body.paragraph(Style::Normal, format!("{mark} {words}")),
        }
    }
}
