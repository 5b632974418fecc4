//! What moved since the assessment before.

use krilla::tagging::ListNumbering;

use super::{heading, question, subheading};
use crate::render::pdf::block::{
    Block, CELL, Cell, Column, Label, List, ListItem, Row, Table, Text, bold, lead, paragraph, plain,
};
use crate::render::pdf::charts;
use crate::render::pdf::page::MEASURE;
use crate::render::pdf::text::{NOTE, Span};
use crate::report::{
    ChangeGroup, ChangeGroupKind, GateMovement, Movement, QuestionChange, Report, ScoreMovement, Turn,
};
use crate::text::plural;

pub(super) fn part(report: &Report) -> Vec<Block> {
    let Some(movement) = &report.since else { return Vec::new() };
    let mut blocks =
        vec![heading("Since last time", "since"), lead(format!("{} {}", movement.sentence, movement.causes))];
    if !movement.remarks.is_empty() {
        blocks.push(paragraph(&movement.remarks));
    }
    if let Some(score) = &movement.score {
        blocks.extend(charts::waterfall(movement, MEASURE).map(Block::Figure));
        blocks.push(Block::Space(8.0));
        blocks.push(sum(movement, score).into());
    }
    let (worse, rest): (Vec<_>, Vec<_>) =
        movement.groups.iter().partition(|group| group.kind == ChangeGroupKind::Worse);
    blocks.extend(worse.into_iter().flat_map(group));
    blocks.extend(turns(movement));
    blocks.extend(rest.into_iter().flat_map(group));
    if movement.groups.is_empty() {
        blocks.push(paragraph("No answer changed, and no question did."));
    }
    blocks
}

fn sum(movement: &Movement, score: &ScoreMovement) -> Table {
    let same = if movement.yardstick_moved { "" } else { ", the same on both days" };
    let rows = [
        (format!("Result on {}", movement.old.date.words), score.headline_old.to_string(), true),
        ("Your answers: what really changed".to_owned(), score.real.to_string(), false),
        (format!("The questions: the yardstick{same}"), score.yardstick.to_string(), false),
        ("What is held back for lack of proof".to_owned(), score.proof.to_string(), false),
        (format!("Result on {}", movement.new.date.words), score.headline_new.to_string(), true),
    ];
    let row = |(name, points, strong): (String, String, bool)| Row {
        cells: vec![Cell::heading(vec![Span::new(CELL, name)]), Cell::new(points)],
        strong,
    };
    Table {
        caption: Some(vec![Span::new(NOTE, "What makes the difference, in hundredths of a point")]),
        columns: vec![Column::share("Item", 1.0), Column::fixed("Points", 60.0).right()],
        rows: rows.into_iter().map(row).collect(),
    }
}

fn group(group: &ChangeGroup) -> [Block; 2] {
    let row = |change: &QuestionChange| {
        let title = if change.asked_now {
            question(&change.question, CELL)
        } else {
            Span::new(CELL, format!("{} {}", change.question.number, change.question.title))
        };
        let mut words = vec![Span::new(CELL, &change.words)];
        words.extend(change.answers.as_ref().map(|answers| Span::new(NOTE, format!("  {answers}"))));
        let effect = change.effect.map_or_else(|| "–".to_owned(), |effect| effect.to_string());
        Row::new(vec![Cell::heading(vec![title]), Cell::of(words), Cell::new(effect)])
    };
    let table = Table {
        caption: None,
        columns: vec![
            Column::share("Question", 1.0),
            Column::share("What happened", 1.5),
            Column::fixed("Points", 40.0).right(),
        ],
        rows: group.changes.iter().map(row).collect(),
    };
    [subheading(&format!("{} ({})", group.title, group.changes.len())), table.into()]
}

/// Basics and recorded incidents that turned.
fn turns(movement: &Movement) -> Vec<Block> {
    let because = |by_yardstick| if by_yardstick { ", because the questions changed" } else { "" };
    let gate = |gate: &GateMovement| {
        let now = if gate.closed {
            format!("in place now, so its cap at {} is gone", gate.cap)
        } else {
            format!("missing now, which caps the score at {}", gate.cap)
        };
        vec![bold(&gate.title), plain(format!(": {now}{}.", because(gate.by_yardstick)))]
    };
    let mut entries: Vec<Vec<Span>> = movement.gates.iter().map(gate).collect();
    for incident in movement.incidents.iter().filter(|incident| incident.turn != Turn::Closed) {
        let opened = if incident.turn == Turn::Opened { "it would no longer be interrupted, " } else { "" };
        let words = format!(": {opened}{}{}.", incident.words, because(incident.by_yardstick));
        entries.push(vec![bold(&incident.title), plain(words)]);
    }
    let closed: Vec<&str> = movement
        .incidents
        .iter()
        .filter(|incident| incident.turn == Turn::Closed)
        .map(|incident| incident.title.as_str())
        .collect();
    if !closed.is_empty() {
        let were = if closed.len() == 1 { "was" } else { "were" };
        let words = format!(" would be interrupted now, and {were} not before: {}.", closed.join("; "));
        entries
            .push(vec![bold(plural(closed.len(), "recorded incident", "recorded incidents")), plain(words)]);
    }
    if entries.is_empty() {
        return Vec::new();
    }
    vec![subheading("Basics and recorded incidents"), dashes(entries)]
}

/// Entries with a dash before each.
pub(super) fn dashes(entries: Vec<Vec<Span>>) -> Block {
    let item = |spans| ListItem {
        label: Label::Words(plain("–")),
        body: vec![Text::of(spans).then(2.0).into()],
        anchor: None,
    };
    Block::List(List {
        numbering: ListNumbering::None,
        indent: 12.0,
        items: entries.into_iter().map(item).collect(),
        ruled: false,
    })
}
