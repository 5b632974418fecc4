//! What moved since the assessment before.

use krilla::tagging::ListNumbering;

use super::{heading, question, subheading};
use crate::render::pdf::block::{
    Block, CELL, Cell, Column, Label, List, ListItem, Row, Table, Text, bold, lead, paragraph, plain,
};
use crate::render::pdf::charts;
use crate::render::pdf::page::MEASURE;
use crate::render::pdf::text::{BODY, NOTE, Span, filled};
use crate::report::{
    ChangeGroup, ChangeGroupKind, GateMovement, IncidentMovement, Movement, QuestionChange, Report,
    ScoreMovement, Turn,
};
use crate::text::Words;

pub(super) fn part(report: &Report) -> Vec<Block> {
    let Some(movement) = &report.since else { return Vec::new() };
    let words = report.words;
    let mut blocks = vec![
        heading(words.say("Since last time"), "since"),
        lead(format!("{} {}", movement.sentence, movement.causes)),
    ];
    if !movement.remarks.is_empty() {
        blocks.push(paragraph(&movement.remarks));
    }
    if let Some(score) = &movement.score {
        blocks.extend(charts::waterfall(movement, MEASURE).map(Block::Figure));
        blocks.push(Block::Space(8.0));
        blocks.push(sum(movement, score, words).into());
    }
    let (worse, rest): (Vec<_>, Vec<_>) =
        movement.groups.iter().partition(|group| group.kind == ChangeGroupKind::Worse);
    blocks.extend(worse.into_iter().flat_map(|changes| group(changes, words)));
    blocks.extend(turns(movement, words));
    blocks.extend(rest.into_iter().flat_map(|changes| group(changes, words)));
    if movement.groups.is_empty() {
        blocks.push(paragraph(words.say("No answer changed, and no question did.")));
    }
    blocks
}

fn sum(movement: &Movement, score: &ScoreMovement, words: &'static Words) -> Table {
    let yardstick = if movement.yardstick_moved {
        words.say("The questions: the yardstick")
    } else {
        words.say("The questions: the yardstick, the same on both days")
    };
    let [old, new] = [&movement.old, &movement.new]
        .map(|moment| words.fill("Result on {day}", &[("day", &moment.date.words)]));
    let rows = [
        (old.as_str(), score.headline_old.to_string(), true),
        (words.say("Your answers: what really changed"), score.real.to_string(), false),
        (yardstick, score.yardstick.to_string(), false),
        (words.say("What is held back for lack of proof"), score.proof.to_string(), false),
        (new.as_str(), score.headline_new.to_string(), true),
    ];
    let row = |(name, points, strong): (&str, String, bool)| Row {
        cells: vec![Cell::heading(vec![Span::new(CELL, name)]), Cell::new(points)],
        strong,
    };
    Table {
        caption: Some(vec![Span::new(
            NOTE,
            words.say("What makes the difference, in hundredths of a point"),
        )]),
        columns: vec![
            Column::share(words.say("Item"), 1.0),
            Column::fixed(words.say("Points"), 60.0).right(),
        ],
        rows: rows.into_iter().map(row).collect(),
    }
}

fn group(group: &ChangeGroup, words: &'static Words) -> [Block; 2] {
    let row = |change: &QuestionChange| {
        let title = if change.asked_now {
            question(&change.question, CELL)
        } else {
            Span::new(CELL, format!("{} {}", change.question.number, change.question.title))
        };
        let mut happened = vec![Span::new(CELL, &change.words)];
        happened.extend(change.answers.as_ref().map(|answers| Span::new(NOTE, format!("  {answers}"))));
        let effect = change.effect.map_or_else(|| "–".to_owned(), |effect| effect.to_string());
        Row::new(vec![Cell::heading(vec![title]), Cell::of(happened), Cell::new(effect)])
    };
    let table = Table {
        caption: None,
        columns: vec![
            Column::share(words.say("Question"), 1.0),
            Column::share(words.say("What happened"), 1.5),
            Column::fixed(words.say("Points"), 40.0).right(),
        ],
        rows: group.changes.iter().map(row).collect(),
    };
    [subheading(&format!("{} ({})", group.title, group.changes.len())), table.into()]
}

/// Basics and recorded incidents that turned.
fn turns(movement: &Movement, words: &Words) -> Vec<Block> {
    let mut entries: Vec<Vec<Span>> = movement.gates.iter().map(|turned| gate(turned, words)).collect();
    let (closed, open): (Vec<_>, Vec<_>) =
        movement.incidents.iter().partition(|incident| incident.turn == Turn::Closed);
    entries.extend(open.into_iter().map(|turned| incident(turned, words)));
    if !closed.is_empty() {
        let titles: Vec<&str> = closed.iter().map(|incident| incident.title.as_str()).collect();
        let phrase = match closed.len() {
            1 => words.say("{incidents} would be interrupted now, and was not before: {titles}."),
            _ => words.say("{incidents} would be interrupted now, and were not before: {titles}."),
        };
        let incidents = bold(words.plural(closed.len(), "recorded incident", "recorded incidents"));
        let titles = plain(titles.join("; "));
        entries.push(filled(BODY, phrase, &[("incidents", vec![incidents]), ("titles", vec![titles])]));
    }
    if entries.is_empty() {
        return Vec::new();
    }
    vec![subheading(words.say("Basics and recorded incidents")), dashes(entries)]
}

fn gate(gate: &GateMovement, words: &Words) -> Vec<Span> {
    let phrase = words.say(match (gate.closed, gate.by_yardstick) {
        (true, false) => "{gate}: in place now, so its cap at {cap} is gone.",
        (true, true) => "{gate}: in place now, so its cap at {cap} is gone, because the questions changed.",
        (false, false) => "{gate}: missing now, which caps the score at {cap}.",
        (false, true) => "{gate}: missing now, which caps the score at {cap}, because the questions changed.",
    });
    let (title, cap) = (vec![bold(&gate.title)], vec![plain(gate.cap.to_string())]);
    filled(BODY, phrase, &[("gate", title), ("cap", cap)])
}

/// An incident whose path is open now, or goes otherwise than before.
fn incident(incident: &IncidentMovement, words: &Words) -> Vec<Span> {
    let phrase = words.say(match (incident.turn == Turn::Opened, incident.by_yardstick) {
        (true, false) => "{incident}: it would no longer be interrupted, {how}.",
        (true, true) => {
            "{incident}: it would no longer be interrupted, {how}, because the questions changed."
        }
        (false, false) => "{incident}: {how}.",
        (false, true) => "{incident}: {how}, because the questions changed.",
    });
    let (title, how) = (vec![bold(&incident.title)], vec![plain(&incident.words)]);
    filled(BODY, phrase, &[("incident", title), ("how", how)])
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
