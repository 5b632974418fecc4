//! The areas, each with its bar.

use super::{heading, printed};
use crate::render::pdf::block::{Block, CELL, Cell, Column, Row, Table, Text, lead, to};
use crate::render::pdf::charts::{self, AREA_BAR, Sign};
use crate::render::pdf::text::{BODY, NOTE, Span};
use crate::report::{Area, Movement, Report};
use crate::text::Words;

pub(super) fn part(report: &Report) -> Vec<Block> {
    if report.areas.is_empty() {
        return Vec::new();
    }
    let (since, words) = (report.since.as_ref(), report.words);
    let mut blocks = vec![heading(words.say("Areas"), "areas")];
    if let Some(weakest) = report.areas.iter().find(|area| area.weakest) {
        blocks.push(lead(words.fill(
            "{area} is weakest. A quarter of the score comes from the weakest area alone, so it is worth lifting first.",
            &[("area", &weakest.title)],
        )));
    } else if report.areas.len() == 1 {
        blocks.push(lead(words.say("Everything that was asked belongs to one area.")));
    }
    blocks.push(legend(since, words));
    blocks.push(Block::Space(4.0));
    blocks.push(
        Table {
            caption: None,
            columns: vec![
                Column::share(words.say("Area"), 1.0),
                Column::fixed(words.say("From 0 to 100"), AREA_BAR),
                Column::fixed(words.say("Stated"), 46.0).right(),
                Column::fixed(words.say("Proven"), 36.0).right(),
                Column::fixed(words.say("Possible"), 40.0).right(),
                Column::fixed(words.say("Don’t know"), 48.0).right(),
            ],
            rows: report.areas.iter().map(|area| row(area, since, words)).collect(),
        }
        .into(),
    );
    blocks
}

fn legend(since: Option<&Movement>, words: &Words) -> Block {
    let stated = |since: &Movement| words.fill("Stated on {day}", &[("day", &since.old.date.words)]);
    let before = since.map(|since| (Sign::Before, stated(since)));
    let signs = [
        (Sign::Proven, words.say("Proven")),
        (Sign::Stated, words.say("Stated")),
        (Sign::Possible, words.say("Possible")),
    ];
    let all = signs.into_iter().map(|(sign, words)| (sign, words.to_owned())).chain(before);
    let entry = |(sign, words): (Sign, String)| {
        let mut text = Text::new(BODY, words).then(0.0);
        text.icon = Some(charts::sign(sign));
        (1.0, vec![text.into()])
    };
    Block::Columns(all.map(entry).collect())
}

fn row(area: &Area, since: Option<&Movement>, words: &Words) -> Row {
    let before = since.and_then(|since| since.area_before(&area.id));
    let mut stated = vec![Span::new(CELL, printed(area.score.stated))];
    if since.is_some() {
        let was = match before {
            Some(before) => words.fill("was {score}", &[("score", &before.printed())]),
            None => words.say("not then").to_owned(),
        };
        stated.push(Span::new(NOTE, format!(" {was}")));
    }
    let unknown = if area.unknown == 0 { "–".to_owned() } else { area.unknown.to_string() };
    Row::new(vec![
        Cell::heading(vec![Span::new(CELL, &area.title).linked(to(format!("a-{}", area.id)))]),
        Cell::default().with(charts::area_bar(&area.score, before)),
        Cell::of(stated),
        Cell::new(printed(area.score.proven)),
        Cell::new(printed(area.score.possible)),
        Cell::new(unknown),
    ])
}
