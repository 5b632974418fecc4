//! How this was scored.

use super::answers::terms;
use super::since::dashes;
use super::{heading, numbers, subheading};
use crate::render::pdf::block::{Block, CELL, Cell, Column, Row, Table, paragraph, plain};
use crate::render::pdf::text::{NOTE, Span};
use crate::report::{Gate, Ledger, Report};
use crate::text::hundredths;

/// The method in four paragraphs.
const METHOD: [&str; 4] = [
    "The score is coverage of good practice, as you reported it. It is not the chance of being attacked, and no number here means that you are secure.",
    "Every answer has a credit from 0 to 100. Half of it counts as proven when it is only claimed, three quarters when a document shows it, all of it when somebody checked. Evidence loses a level when it gets old.",
    "An area is the weighted average of its questions. The score is three quarters the average of the areas, and one quarter the weakest of them.",
    "A few missing basics put a cap on the score, whatever else is done. A result of 80 or more also needs 40 points that are proven, and one of 90 or more needs 60. Not knowing never counts for more than “no”.",
];

pub(super) fn part(report: &Report) -> Vec<Block> {
    let mut blocks = vec![heading("How this was scored", "method")];
    blocks.extend(METHOD.map(paragraph));
    blocks.push(Block::Space(6.0));
    blocks.extend(report.ledger.as_ref().map(|ledger| ledger_table(ledger).into()));
    if !report.gates.is_empty() {
        blocks.push(gates(&report.gates).into());
    }
    blocks.push(subheading("Stability, files and limits"));
    blocks.push(facts(report));
    if !report.notices.is_empty() {
        blocks.push(subheading("Notices"));
        blocks.push(dashes(report.notices.iter().map(|notice| vec![Span::new(NOTE, notice)]).collect()));
    }
    blocks
}

fn ledger_table(ledger: &Ledger) -> Table {
    let row = |name: String, weight: String, points: String, strong| Row {
        cells: vec![Cell::heading(vec![Span::new(CELL, name)]), Cell::new(weight), Cell::new(points)],
        strong,
    };
    let mut rows = vec![row("Your score".to_owned(), String::new(), ledger.headline.to_string(), true)];
    rows.extend(ledger.areas.iter().map(|area| {
        row(format!("Lost in {}", area.title), area.weight.to_string(), area.loss.to_string(), false)
    }));
    let cap = ledger.cap_title.as_deref().map(|title| format!(": {title}")).unwrap_or_default();
    rows.push(row(format!("Held back by a cap{cap}"), String::new(), ledger.cap.to_string(), false));
    rows.push(row(
        "Held back for lack of proof".to_owned(),
        String::new(),
        ledger.assurance.to_string(),
        false,
    ));
    let parts = [ledger.headline, ledger.questions, ledger.cap, ledger.assurance];
    let sum: i64 = parts.iter().map(|points| i64::from(points.get())).sum();
    rows.push(row("Sum".to_owned(), String::new(), hundredths(sum), true));
    Table {
        caption: Some(vec![Span::new(
            NOTE,
            "Where the 100 points went. Points lost by each question stand beside it under “Every answer”, and add up to the numbers here.",
        )]),
        columns: vec![
            Column::share("Item", 1.0),
            Column::fixed("Weight", 50.0).right(),
            Column::fixed("Points", 60.0).right(),
        ],
        rows,
    }
}

fn gates(gates: &[Gate]) -> Table {
    let row = |gate: &Gate| {
        let here = if gate.state.stated == "failed" {
            let mut spans = vec![Span::new(CELL, "Missing: ")];
            spans.extend(numbers(&gate.failing, CELL));
            spans
        } else if gate.state.proven == "failed" {
            vec![Span::new(CELL, "In place, not proven")]
        } else {
            vec![Span::new(CELL, "In place")]
        };
        let title = Cell::heading(vec![Span::new(CELL, &gate.title)]);
        Row::new(vec![title, Cell::new(gate.cap.to_string()), Cell::of(here)])
    };
    Table {
        caption: Some(vec![Span::new(NOTE, "The basics that put a cap on the score while they are missing")]),
        columns: vec![
            Column::share("Basic", 1.0),
            Column::fixed("Cap", 36.0).right(),
            Column::fixed("Here", 130.0),
        ],
        rows: gates.iter().map(row).collect(),
    }
}

fn facts(report: &Report) -> Block {
    let (head, verdict) = (&report.head, &report.verdict);
    let mut entries = Vec::new();
    if verdict.score.is_some() {
        let found = if verdict.stability == "edge" {
            "The band changed: the result is on the edge."
        } else {
            "The band stayed the same."
        };
        entries.push((
            "Stability",
            format!(
                "Every weight was halved and doubled in turn, and the share of the weakest area set to nothing and to a half. {found}"
            ),
        ));
    }
    if let Some(reduced) = verdict.scope_reduced.filter(|reduced| reduced.get() > 0) {
        entries.push(("Left out", format!("{reduced}% of the weight was declared not applicable.")));
    }
    let own = if head.self_assessed == Some(true) { "A self-assessment. " } else { "" };
    entries.push((
        "Limits",
        format!(
            "{own}The answers are what people wrote; this program has tested no system. Incidents show recorded paths only."
        ),
    ));
    entries.push((
        "Made with",
        format!(
            "{} {}, questionnaire {} {}",
            head.tool.name, head.tool.version, head.questionnaire.id, head.questionnaire.version
        ),
    ));
    entries.push(("Answers", format!("sha256 {}", head.answers_sha256)));
    entries.push(("Questionnaire", format!("sha256 {}", head.questionnaire.sha256)));
    terms(entries.into_iter().map(|(term, words)| (term, vec![plain(words)])).collect(), 72.0)
}
