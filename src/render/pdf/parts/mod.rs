//! The parts of the report, in the order in which they are read.

mod answers;
mod areas;
mod first;
mod frameworks;
mod handover;
mod head;
mod incidents;
mod method;
mod plan;
mod services;
mod since;
mod verdict;

use super::block::{Block, Heading, to};
use super::text::{Link, Span, Style};
use crate::render::template::{host, is_web_address};
use crate::report::{Points, QuestionRef, Report};
use crate::text::Words;

/// Every part that has something to say.
pub fn all(report: &Report) -> Vec<Vec<Block>> {
    let parts = [
        head::part(report),
        handover::chapters(&report.foreword),
        verdict::part(report),
        first::part(report),
        handover::upkeep(report),
        areas::part(report),
        since::part(report),
        incidents::part(report),
        answers::part(report),
        frameworks::part(report),
        plan::part(report),
        services::part(report),
        method::part(report),
        handover::chapters(&report.afterword),
        handover::footer(&report.head),
    ];
    parts.into_iter().filter(|part| !part.is_empty()).collect()
}

/// The heading of a part.
fn heading(title: &str, anchor: &str) -> Block {
    Block::Together(vec![Block::Space(14.0), Block::Rule(2.0), Heading::new(2, title).at(anchor).into()])
}

/// A heading within a part.
fn subheading(title: &str) -> Block {
    Heading::new(3, title).into()
}

/// Whole points, rounded down; a dash where there is no number.
fn printed(points: Option<Points>) -> String {
    points.map_or_else(|| "–".to_owned(), |points| points.printed().to_string())
}

/// What something takes.
fn takes(words: &Words, effort: &str, cost: &str) -> String {
    let (effort, cost) = (words.say(effort), words.say(cost));
    words.fill("Effort: {effort}. Cost: {cost}.", &[("effort", &effort), ("cost", &cost)])
}

/// A question, leading to its answer.
fn question(to_question: &QuestionRef, style: Style) -> Span {
    Span::new(style, format!("{} {}", to_question.number, to_question.title)).linked(to(&to_question.anchor))
}

/// The numbers of questions, each leading to its answer.
fn numbers(questions: &[QuestionRef], style: Style) -> Vec<Span> {
    let number = |question: &QuestionRef| Span::new(style, &question.number).linked(to(&question.anchor));
    between(questions.iter().map(number), &Span::new(style, ", "))
}

/// Pieces with something between them.
fn between(pieces: impl Iterator<Item = Span>, separator: &Span) -> Vec<Span> {
    let mut all = Vec::new();
    for piece in pieces {
        if !all.is_empty() {
            all.push(separator.clone());
        }
        all.push(piece);
    }
    all
}

/// Words that lead out of the document, where the address is one of the web.
fn outside(address: &str, words: &str, style: Style) -> Span {
    if is_web_address(address) {
        Span::new(style, words).linked(Link::Out(address.to_owned()))
    } else {
        Span::new(style, format!("{words} ({address})"))
    }
}

/// The server of an address, leading there.
fn server(address: &str, style: Style) -> Span {
    outside(address, host(address), style)
}
