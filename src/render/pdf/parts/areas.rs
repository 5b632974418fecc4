//! The areas, each with its bar.

use super::{heading, printed};
use crate::render::pdf::block::{Block, CELL, Cell, Column, Row, Table, Text, lead, to};
use crate::render::pdf::charts::{self, AREA_BAR, Sign};
use crate::render::pdf::text::{BODY, NOTE, Span};
use crate::report::{Area, Movement, Report};

pub(super) fn part(report: &Report) -> Vec<Block> {
    if report.areas.is_empty() {
        return Vec::new();
    }
    let since = report.since.as_ref();
    let mut blocks = vec![heading("Areas", "areas")];
    if let Some(weakest) = report.areas.iter().find(|area| area.weakest) {
        blocks.push(lead(format!(
            "{} is weakest. A quarter of the score comes from the weakest area alone, so it is worth lifting first.",
            weakest.title
        )));
    } else if report.areas.len() == 1 {
        blocks.push(lead("Everything that was asked belongs to one area."));
    }
    blocks.push(legend(since));
    blocks.push(Block::Space(4.0));
    blocks.push(
        Table {
            caption: None,
            columns: vec![
                Column::share("Area", 1.0),
                Column::fixed("From 0 to 100", AREA_BAR),
                Column::fixed("Stated", 46.0).right(),
                Column::fixed("Proven", 36.0).right(),
                Column::fixed("Possible", 40.0).right(),
                Column::fixed("Don’t know", 48.0).right(),
            ],
            rows: report.areas.iter().map(|area| row(area, since)).collect(),
        }
        .into(),
    );
    blocks
}

fn legend(since: Option<&Movement>) -> Block {
    let before = since.map(|since| (Sign::Before, format!("Stated on {}", since.old.date.words)));
    let signs = [(Sign::Proven, "Proven"), (Sign::Stated, "Stated"), (Sign::Possible, "Possible")];
    let all = signs.into_iter().map(|(sign, words)| (sign, words.to_owned())).chain(before);
    let entry = |(sign, words): (Sign, String)| {
        let mut text = Text::new(BODY, words).then(0.0);
        text.icon = Some(charts::sign(sign));
        (1.0, vec![text.into()])
    };
    Block::Columns(all.map(entry).collect())
}

fn row(area: &Area, since: Option<&Movement>) -> Row {
    let before = since.and_then(|since| since.area_before(&area.id));
    let mut stated = vec![Span::new(CELL, printed(area.score.stated))];
    if since.is_some() {
        let was = before.map_or_else(|| "not then".to_owned(), |before| format!("was {}", before.printed()));
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
