//! The roadmap.

use super::heading;
use crate::render::pdf::block::{Block, CELL, Cell, Column, Row, Table, lead, to};
use crate::render::pdf::charts;
use crate::render::pdf::page::MEASURE;
use crate::render::pdf::text::{NOTE, Span};
use crate::report::{Action, Report};
use crate::text::{Words, sentence_case};

pub(super) fn part(report: &Report) -> Vec<Block> {
    let words = report.words;
    let mut blocks = vec![heading(words.say("The plan"), "plan")];
    let Some(last) = report.actions.last() else {
        blocks.push(lead(words.say("There is no action to plan.")));
        return blocks;
    };
    blocks.push(lead(opening(report, last)));
    if let Some(line) = charts::plan_line(words, &report.verdict, &report.actions, MEASURE) {
        blocks.extend([Block::Figure(line), Block::Space(10.0)]);
    }
    blocks.push(
        Table {
            caption: Some(vec![Span::new(
                NOTE,
                words.say("Every action, in the order that raises the score most for the work"),
            )]),
            columns: vec![
                Column::fixed(words.say("No."), 24.0),
                Column::share(words.say("Action"), 1.0),
                Column::fixed(words.say("Effort"), 60.0),
                Column::fixed(words.say("Cost"), 60.0),
                Column::fixed(words.say("Score after"), 50.0).right(),
            ],
            rows: report.actions.iter().map(|action| row(action, words)).collect(),
        }
        .into(),
    );
    blocks
}

fn opening(report: &Report, last: &Action) -> String {
    let words = report.words;
    let to = last.headline_after.printed();
    let from = report.verdict.score.as_ref().map(|score| score.headline.printed());
    let takes =
        match (report.actions.len(), from) {
            (1, Some(from)) => words
                .fill("One action takes the result from {from} to {to}.", &[("from", &from), ("to", &to)]),
            (1, None) => words.fill("One action takes the result to {to}.", &[("to", &to)]),
            (count, from) => {
                let count = sentence_case(&words.number_word(count));
                match from {
                    Some(from) => words.fill(
                        "{count} actions take the result from {from} to {to}.",
                        &[("count", &count), ("from", &from), ("to", &to)],
                    ),
                    None => words
                        .fill("{count} actions take the result to {to}.", &[("count", &count), ("to", &to)]),
                }
            }
        };
    let exactly = words.say(
        "Each promised number is computed by the same rules, so doing the work gives exactly that score.",
    );
    if last.headline_after == last.stated_after {
        return format!("{takes} {exactly}");
    }
    let held = words.fill(
        "Taken at their word, the answers would then give {score} (dotted); the rest needs proof.",
        &[("score", &last.stated_after.printed())],
    );
    format!("{takes} {exactly} {held}")
}

fn row(action: &Action, words: &Words) -> Row {
    Row::new(vec![
        Cell::new(action.number.to_string()),
        Cell::heading(vec![Span::new(CELL, &action.heading).linked(to(&action.question.anchor))]),
        Cell::new(words.say(action.effort)),
        Cell::new(words.say(action.cost)),
        Cell::new(action.headline_after.printed().to_string()),
    ])
}
