//! How this was scored.

use super::answers::terms;
use super::since::dashes;
use super::{heading, numbers, subheading};
use crate::render::outline::METHOD;
use crate::render::pdf::block::{Block, CELL, Cell, Column, Row, Table, paragraph, plain};
use crate::render::pdf::text::{NOTE, Span, filled};
use crate::report::{Gate, Ledger, Report};
use crate::text::{Words, hundredths};

pub(super) fn part(report: &Report) -> Vec<Block> {
    let words = report.words;
    let mut blocks = vec![heading(words.say("How this was scored"), "method")];
    blocks.extend(METHOD.map(|told| paragraph(words.say(told))));
    blocks.push(Block::Space(6.0));
    blocks.extend(report.ledger.as_ref().map(|ledger| ledger_table(ledger, words).into()));
    if !report.gates.is_empty() {
        blocks.push(gates(&report.gates, words).into());
    }
    blocks.push(subheading(words.say("Stability, files and limits")));
    blocks.push(facts(report));
    if !report.notices.is_empty() {
        blocks.push(subheading(words.say("Notices")));
        blocks.push(dashes(report.notices.iter().map(|notice| vec![Span::new(NOTE, notice)]).collect()));
    }
    blocks
}

fn ledger_table(ledger: &Ledger, words: &'static Words) -> Table {
    let row = |name: &str, weight: String, points: String, strong| Row {
        cells: vec![Cell::heading(vec![Span::new(CELL, name)]), Cell::new(weight), Cell::new(points)],
        strong,
    };
    let whole = |name: &str, points: String, strong| row(name, String::new(), points, strong);
    let mut rows = vec![whole(words.say("Your score"), ledger.headline.to_string(), true)];
    rows.extend(ledger.areas.iter().map(|area| {
        let name = words.fill("Lost in {area}", &[("area", &area.title)]);
        row(&name, area.weight.to_string(), area.loss.to_string(), false)
    }));
    let cap = match &ledger.cap_title {
        Some(title) => words.fill("Held back by a cap: {cap}", &[("cap", title)]),
        None => words.say("Held back by a cap").to_owned(),
    };
    rows.push(whole(&cap, ledger.cap.to_string(), false));
    rows.push(whole(words.say("Held back for lack of proof"), ledger.assurance.to_string(), false));
    let parts = [ledger.headline, ledger.questions, ledger.cap, ledger.assurance];
    let sum: i64 = parts.iter().map(|points| i64::from(points.get())).sum();
    rows.push(whole(words.say("Sum"), hundredths(sum), true));
    Table {
        caption: Some(vec![Span::new(
            NOTE,
            words.say("Where the 100 points went. Points lost by each question stand beside it under “Every answer”, and add up to the numbers here."),
        )]),
        columns: vec![
            Column::share(words.say("Item"), 1.0),
            Column::fixed(words.say("Weight"), 50.0).right(),
            Column::fixed(words.say("Points"), 60.0).right(),
        ],
        rows,
    }
}

fn gates(gates: &[Gate], words: &'static Words) -> Table {
    let row = |gate: &Gate| {
        let here = if gate.state.stated == "failed" {
            let questions = numbers(&gate.failing, CELL);
            filled(CELL, words.say("Missing: {questions}"), &[("questions", questions)])
        } else if gate.state.proven == "failed" {
            vec![Span::new(CELL, words.say("In place, not proven"))]
        } else {
            vec![Span::new(CELL, words.say("In place"))]
        };
        let title = Cell::heading(vec![Span::new(CELL, &gate.title)]);
        Row::new(vec![title, Cell::new(gate.cap.to_string()), Cell::of(here)])
    };
    Table {
        caption: Some(vec![Span::new(
            NOTE,
            words.say("The basics that put a cap on the score while they are missing"),
        )]),
        columns: vec![
            Column::share(words.say("Basic"), 1.0),
            Column::fixed(words.say("Cap"), 36.0).right(),
            Column::fixed(words.say("Here"), 130.0),
        ],
        rows: gates.iter().map(row).collect(),
    }
}

fn facts(report: &Report) -> Block {
    let (head, verdict, words) = (&report.head, &report.verdict, report.words);
    let mut entries = Vec::new();
    if verdict.score.is_some() {
        let how = words.say("Every weight was halved and doubled in turn, and the share of the weakest area set to nothing and to a half.");
        let found = if verdict.stability == "edge" {
            words.say("The band changed: the result is on the edge.")
        } else {
            words.say("The band stayed the same.")
        };
        entries.push((words.say("Stability"), format!("{how} {found}")));
    }
    if let Some(reduced) = verdict.scope_reduced.filter(|reduced| reduced.get() > 0) {
        let told = words.fill("{share}% of the weight was declared not applicable.", &[("share", &reduced)]);
        entries.push((words.say("Left out"), told));
    }
    let mut limits = words.say("The answers are what people wrote; this program has tested no system. Incidents show recorded paths only.").to_owned();
    if head.self_assessed == Some(true) {
        limits = format!("{} {limits}", words.say("A self-assessment."));
    }
    entries.push((words.say("Limits"), limits));
    let questionnaire = &head.questionnaire;
    let made = words.fill(
        "{tool}, questionnaire {questionnaire}",
        &[
            ("tool", &format!("{} {}", head.tool.name, head.tool.version)),
            ("questionnaire", &format!("{} {}", questionnaire.id, questionnaire.version)),
        ],
    );
    entries.push((words.say("Made with"), made));
    entries.push((words.say("Answers"), format!("sha256 {}", head.answers_sha256)));
    entries.push((words.say("Questionnaire"), format!("sha256 {}", questionnaire.sha256)));
    terms(entries.into_iter().map(|(term, told)| (term, vec![plain(told)])).collect(), 72.0)
}
