//! The roadmap.

use super::heading;
use crate::render::pdf::block::{Block, CELL, Cell, Column, Row, Table, lead, to};
use crate::render::pdf::charts;
use crate::render::pdf::page::MEASURE;
use crate::render::pdf::text::{NOTE, Span};
use crate::report::{Action, Report};
use crate::text::{number_word, sentence_case};

pub(super) fn part(report: &Report) -> Vec<Block> {
    let mut blocks = vec![heading("The plan", "plan")];
    let Some(last) = report.actions.last() else {
        blocks.push(lead("There is no action to plan."));
        return blocks;
    };
    blocks.push(lead(opening(report, last)));
    if let Some(line) = charts::plan_line(&report.verdict, &report.actions, MEASURE) {
        blocks.extend([Block::Figure(line), Block::Space(10.0)]);
    }
    blocks.push(
        Table {
            caption: Some(vec![Span::new(
                NOTE,
                "Every action, in the order that raises the score most for the work",
            )]),
            columns: vec![
                Column::fixed("No.", 24.0),
                Column::share("Action", 1.0),
                Column::fixed("Effort", 60.0),
                Column::fixed("Cost", 60.0),
                Column::fixed("Score after", 50.0).right(),
            ],
            rows: report.actions.iter().map(row).collect(),
        }
        .into(),
    );
    blocks
}

fn opening(report: &Report, last: &Action) -> String {
    let count = report.actions.len();
    let takes = if count == 1 { "action takes" } else { "actions take" };
    let from = report.verdict.score.as_ref().map(|score| format!(" from {}", score.headline.printed()));
    let held = if last.headline_after < last.stated_after {
        format!(
            " Taken at their word, the answers would then give {} (dotted); the rest needs proof.",
            last.stated_after.printed()
        )
    } else {
        String::new()
    };
    format!(
        "{} {takes} the result{} to {}. Each promised number is computed by the same rules, so doing the work gives exactly that score.{held}",
        sentence_case(&number_word(count)),
        from.unwrap_or_default(),
        last.headline_after.printed()
    )
}

fn row(action: &Action) -> Row {
    Row::new(vec![
        Cell::new(action.number.to_string()),
        Cell::heading(vec![Span::new(CELL, &action.heading).linked(to(&action.question.anchor))]),
        Cell::new(action.effort),
        Cell::new(action.cost),
        Cell::new(action.headline_after.printed().to_string()),
    ])
}
