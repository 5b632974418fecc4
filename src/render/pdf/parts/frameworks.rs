//! The frameworks that the questions relate to.

use super::answers::terms;
use super::{heading, numbers, outside, subheading};
use crate::render::pdf::block::{Block, CELL, Cell, Column, Heading, Row, Table, lead, paragraph};
use crate::render::pdf::charts;
use crate::render::pdf::text::{NOTE, Span};
use crate::report::{Framework, FrameworkItem, Report, Status};
use crate::text::and_list;

pub(super) fn part(report: &Report) -> Vec<Block> {
    if report.frameworks.is_empty() {
        return Vec::new();
    }
    let find = |id: &str| report.frameworks.iter().find(|framework| framework.id == id);
    let mut blocks = vec![
        heading("Frameworks", "frameworks"),
        lead("Related to these frameworks, never certified by them. A certificate needs its own assessment."),
    ];
    if let Some(framework) = find(Framework::AUTOMATIC_FAILURES) {
        blocks.push(subheading("Cyber Essentials: what fails an assessment by itself"));
        blocks.push(paragraph(automatic(framework)));
        let caption = format!("{}, {}", framework.title, framework.version);
        blocks.push(items(framework, vec![Span::new(NOTE, caption)], "Question", true).into());
    }
    if let Some(framework) = find(Framework::IN_FULL) {
        blocks.push(subheading("Cyber Essentials: the themes"));
        let caption = vec![
            outside(&framework.url, &framework.title, NOTE),
            Span::new(NOTE, format!(", version {}", framework.version)),
        ];
        blocks.push(items(framework, caption, "Theme", false).into());
    }
    let others: Vec<&Framework> = report
        .frameworks
        .iter()
        .filter(|framework| {
            ![Framework::AUTOMATIC_FAILURES, Framework::IN_FULL].contains(&framework.id.as_str())
        })
        .collect();
    if !others.is_empty() {
        blocks.extend([subheading("Others"), counts(&others).into()]);
        blocks.extend(others.iter().flat_map(|framework| by_status(framework)));
    }
    blocks
}

fn automatic(framework: &Framework) -> String {
    let ids = |statuses: &[Status]| -> Vec<&str> {
        let chosen = framework.items.iter().filter(|item| statuses.contains(&item.status));
        chosen.map(|item| item.id.as_str()).collect()
    };
    let (fails, open) = (ids(&[Status::Partly, Status::NotMet]), ids(&[Status::Unknown]));
    let verdict = if !fails.is_empty() {
        format!("On these answers you would fail automatically on {}.", and_list(&fails))
    } else if !open.is_empty() {
        format!("Whether you would fail automatically is not known: find out about {}.", and_list(&open))
    } else {
        "On these answers nothing would fail automatically.".to_owned()
    };
    format!("{verdict} These questions ask for everyone and everything, so “partly” fails.")
}

fn items(framework: &Framework, caption: Vec<Span>, name: &'static str, fails: bool) -> Table {
    let row = |item: &FrameworkItem| {
        let title = if fails { format!("{} {}", item.id, item.title) } else { item.title.clone() };
        let fails = fails && matches!(item.status, Status::Partly | Status::NotMet);
        let here = format!("{}{}", item.status.in_words(), if fails { ", would fail" } else { "" });
        Row::new(vec![
            Cell::heading(vec![Span::new(CELL, title)]),
            Cell::new(here).with(charts::status(item.status)),
            Cell::of(numbers(&item.questions, CELL)),
        ])
    };
    Table {
        caption: Some(caption),
        columns: vec![
            Column::share(name, 1.0),
            Column::fixed("Here", 110.0),
            Column::fixed("From answers", 90.0),
        ],
        rows: framework.items.iter().map(row).collect(),
    }
}

fn counts(frameworks: &[&Framework]) -> Table {
    let row = |framework: &&Framework| {
        let counts = framework.counts;
        let mut cells = vec![
            Cell::heading(vec![
                outside(&framework.url, &framework.title, CELL),
                Span::new(CELL, format!(" {}", framework.version)),
            ]),
            Cell::new(&framework.prefix),
        ];
        let all = [counts.met, counts.partly, counts.not_met, counts.unknown, counts.not_asked];
        cells.extend(all.map(|count| Cell::new(count.to_string())));
        Row::new(cells)
    };
    let mut columns = vec![Column::share("Framework", 1.0), Column::fixed("Short", 44.0)];
    columns.extend(
        ["Met", "Partly", "Not met", "Not known", "Not asked"].map(|name| Column::fixed(name, 42.0).right()),
    );
    Table {
        caption: Some(vec![Span::new(
            NOTE,
            "How many items of each framework these answers touch. Every answer names the items beside it, by these short names.",
        )]),
        columns,
        rows: frameworks.iter().map(row).collect(),
    }
}

/// The items of a framework by how they stand; those that are not met with their titles.
fn by_status(framework: &Framework) -> Vec<Block> {
    let statuses = [Status::NotMet, Status::Partly, Status::Unknown, Status::Met, Status::NotAsked];
    let entry = |status: Status| {
        let items: Vec<String> = framework
            .items
            .iter()
            .filter(|item| item.status == status)
            .map(|item| {
                if status == Status::NotMet { format!("{} {}", item.id, item.title) } else { item.id.clone() }
            })
            .collect();
        (!items.is_empty()).then(|| (status.in_words(), vec![Span::new(CELL, items.join(", "))]))
    };
    let entries = statuses.into_iter().filter_map(entry).collect();
    vec![Heading::new(4, format!("{}, item by item", framework.title)).into(), terms(entries, 70.0)]
}
