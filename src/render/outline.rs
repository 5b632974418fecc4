//! What people wrote, and what has to be looked after, line by line: for documents that have paragraphs and lists of
//! their own.

use crate::report::{AcceptedRisk, Ageing, Block, Brand, Expiry, Inline, Prose, Report};
use crate::text::{Words, phrase};

/// How a report was scored, in four paragraphs.
pub(super) const METHOD: [&str; 4] = [
    phrase(
        "The score is coverage of good practice, as you reported it. It is not the chance of being attacked, and no number here means that you are secure.",
    ),
    phrase(
        "Every answer has a credit from 0 to 100. Half of it counts as proven when it is only claimed, three quarters when a document shows it, all of it when somebody checked. Evidence loses a level when it gets old.",
    ),
    phrase(
        "An area is the weighted average of its questions. The score is three quarters the average of the areas, and one quarter the weakest of them.",
    ),
    phrase(
        "A few missing basics put a cap on the score, whatever else is done. A result of 80 or more also needs 40 points that are proven, and one of 90 or more needs 60. Not knowing never counts for more than “no”.",
    ),
];

/// A piece of a document.
pub(super) enum Line {
    /// A heading within a part.
    Heading(String),
    /// A paragraph.
    Text(String),
    /// An entry of a list, with its mark where it is not a dash.
    Item(Option<String>, String),
}

/// A text that somebody wrote.
pub(super) fn prose(text: &Prose) -> Vec<Line> {
    let mut lines = Vec::new();
    blocks(&text.0, &mut lines);
    lines
}

fn blocks(text: &[Block], lines: &mut Vec<Line>) {
    for block in text {
        match block {
            Block::Heading(_, pieces) => lines.push(Line::Heading(Inline::in_words(pieces))),
            Block::Paragraph(pieces) => lines.push(Line::Text(Inline::in_words(pieces))),
            Block::List { first, items } => list(*first, items, lines),
            Block::Quote(inner) => blocks(inner, lines),
            Block::Code(code) => lines.extend(code.lines().map(|row| Line::Text(row.to_owned()))),
            Block::Rule => {}
        }
    }
}

fn list(first: Option<u64>, items: &[Vec<Block>], lines: &mut Vec<Line>) {
    for (place, item) in (0_u64..).zip(items) {
        let mark = first.map(|first| format!("{}.", first.saturating_add(place)));
        let (words, rest) = match item.as_slice() {
            [Block::Paragraph(pieces), rest @ ..] => (Inline::in_words(pieces), rest),
            rest => (String::new(), rest),
        };
        lines.push(Line::Item(mark, words));
        blocks(rest, lines);
    }
}

/// The accepted risks, what runs out next and what has run out.
pub(super) fn upkeep(report: &Report) -> Vec<Line> {
    let mut lines = Vec::new();
    lines.extend(report.ageing.since.iter().map(|since| Line::Text(since.clone())));
    waivers(report.words, &report.waivers, &mut lines);
    ageing(report.words, &report.ageing, &mut lines);
    lines
}

fn waivers(words: &Words, risks: &[AcceptedRisk], lines: &mut Vec<Line>) {
    if risks.is_empty() {
        return;
    }
    lines.push(Line::Heading(words.say("Accepted risks").to_owned()));
    lines.extend(risks.iter().map(|risk| {
        let (question, waiver) = (&risk.question, &risk.waiver);
        let by = words.fill("Accepted by {who}.", &[("who", &waiver.approved_by)]);
        let why = format!("{} {by} {}", waiver.reason, waiver.sentence);
        Line::Item(None, format!("{} {}: {why}", question.number, question.title))
    }));
}

fn ageing(words: &Words, ageing: &Ageing, lines: &mut Vec<Line>) {
    let mut told = |heading: &str, day: &str, intro: Option<&String>, entries: &[Expiry]| {
        if entries.is_empty() {
            return;
        }
        lines.push(Line::Heading(heading.to_owned()));
        lines.extend(intro.map(|intro| Line::Text(intro.clone())));
        let entry = |entry: &Expiry| {
            let (day, questions) =
                (words.fill(day, &[("day", &entry.on.words)]), entry.questions().join("; "));
            Line::Item(None, format!("{day}: {}. {questions}", entry.what))
        };
        lines.extend(entries.iter().map(entry));
    };
    told(words.say("What runs out next"), "{day}", ageing.consequence.as_ref(), &ageing.coming);
    told(words.say("What has run out"), phrase("Since {day}"), None, &ageing.past);
}

/// Who hands the report over, and how to reach them.
pub(super) fn brand(brand: &Brand) -> String {
    std::iter::once(&brand.name).chain(&brand.contact).cloned().collect::<Vec<_>>().join(", ")
}
