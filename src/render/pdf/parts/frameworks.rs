//! The frameworks that the questions relate to.

use super::answers::terms;
use super::{heading, numbers, outside, subheading};
use crate::render::pdf::block::{Block, CELL, Cell, Column, Heading, Row, Table, lead, paragraph};
use crate::render::pdf::charts;
use crate::render::pdf::text::{NOTE, Span, filled};
use crate::report::{Framework, FrameworkItem, Report, Status};
use crate::text::Words;

pub(super) fn part(report: &Report) -> Vec<Block> {
    if report.frameworks.is_empty() {
        return Vec::new();
    }
    let find = |id: &str| report.frameworks.iter().find(|framework| framework.id == id);
    let words = report.words;
    let mut blocks = vec![
        heading(words.say("Frameworks"), "frameworks"),
        lead(words.say(
            "Related to these frameworks, never certified by them. A certificate needs its own assessment.",
        )),
    ];
    if let Some(framework) = find(Framework::AUTOMATIC_FAILURES) {
        blocks.push(subheading(words.say("Cyber Essentials: what fails an assessment by itself")));
        blocks.push(paragraph(automatic(framework, words)));
        let caption = format!("{}, {}", framework.title, framework.version);
        let name = words.say("Question");
        blocks.push(items(framework, vec![Span::new(NOTE, caption)], name, true, words).into());
    }
    if let Some(framework) = find(Framework::IN_FULL) {
        blocks.push(subheading(words.say("Cyber Essentials: the themes")));
        let title = vec![outside(&framework.url, &framework.title, NOTE)];
        let version = vec![Span::new(NOTE, &framework.version)];
        let phrase = words.say("{framework}, version {version}");
        let caption = filled(NOTE, phrase, &[("framework", title), ("version", version)]);
        blocks.push(items(framework, caption, words.say("Theme"), false, words).into());
    }
    let others: Vec<&Framework> = report
        .frameworks
        .iter()
        .filter(|framework| {
            ![Framework::AUTOMATIC_FAILURES, Framework::IN_FULL].contains(&framework.id.as_str())
        })
        .collect();
    if !others.is_empty() {
        blocks.extend([subheading(words.say("Others")), counts(&others, words).into()]);
        blocks.extend(others.iter().flat_map(|framework| by_status(framework, words)));
    }
    blocks
}

fn automatic(framework: &Framework, words: &Words) -> String {
    let ids = |statuses: &[Status]| -> Vec<&str> {
        let chosen = framework.items.iter().filter(|item| statuses.contains(&item.status));
        chosen.map(|item| item.id.as_str()).collect()
    };
    let (fails, open) = (ids(&[Status::Partly, Status::NotMet]), ids(&[Status::Unknown]));
    let verdict = if !fails.is_empty() {
        words.fill(
            "On these answers you would fail automatically on {items}.",
            &[("items", &words.and_list(&fails))],
        )
    } else if !open.is_empty() {
        words.fill(
            "Whether you would fail automatically is not known: find out about {items}.",
            &[("items", &words.and_list(&open))],
        )
    } else {
        words.say("On these answers nothing would fail automatically.").to_owned()
    };
    let all = words.say("These questions ask for everyone and everything, so “partly” fails.");
    format!("{verdict} {all}")
}

fn items(
    framework: &Framework,
    caption: Vec<Span>,
    name: &'static str,
    fails: bool,
    words: &'static Words,
) -> Table {
    let row = |item: &FrameworkItem| {
        let title = if fails { format!("{} {}", item.id, item.title) } else { item.title.clone() };
        let fails = fails && matches!(item.status, Status::Partly | Status::NotMet);
        let status = words.say(item.status.in_words());
        let here = if fails {
            words.fill("{status}, would fail", &[("status", &status)])
        } else {
            status.to_owned()
        };
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
            Column::fixed(words.say("Here"), 110.0),
            Column::fixed(words.say("From answers"), 90.0),
        ],
        rows: framework.items.iter().map(row).collect(),
    }
}

fn counts(frameworks: &[&Framework], words: &'static Words) -> Table {
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
    let mut columns =
        vec![Column::share(words.say("Framework"), 1.0), Column::fixed(words.say("Short"), 44.0)];
    let statuses = [Status::Met, Status::Partly, Status::NotMet, Status::Unknown, Status::NotAsked];
    columns.extend(statuses.map(|status| Column::fixed(words.say(status.in_words()), 42.0).right()));
    Table {
        caption: Some(vec![Span::new(
            NOTE,
            words.say("How many items of each framework these answers touch. Every answer names the items beside it, by these short names."),
        )]),
        columns,
        rows: frameworks.iter().map(row).collect(),
    }
}

/// The items of a framework by how they stand; those that are not met with their titles.
fn by_status(framework: &Framework, words: &Words) -> Vec<Block> {
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
        (!items.is_empty()).then(|| (words.say(status.in_words()), vec![Span::new(CELL, items.join(", "))]))
    };
    let entries = statuses.into_iter().filter_map(entry).collect();
    let heading = words.fill("{framework}, item by item", &[("framework", &framework.title)]);
    vec![Heading::new(4, heading).into(), terms(entries, 70.0)]
}
