//! A history as one HTML file that needs nothing else: no script, no network, no second file.

use serde::Serialize;

use super::style::{BASE_CSS, REPORT_CSS, Style, page_margins, shortened};
use super::svg;
use super::template::{self, Markup, TemplateError};
use crate::report::{Day, Difference, History, HistoryEntry};

const HISTORY_CSS: &str = include_str!("../../templates/history/history.css");

/// The history as a page.
///
/// # Errors
///
/// When a template does not fit the history, which is a mistake in the program.
pub fn html(history: &History) -> Result<String, TemplateError> {
    let head = &history.head;
    template::fill(
        "history/page.html",
        &Page {
            history,
            title: format!("{}: the score over time", shortened(&head.organisation.name, 48)),
            style: Style::new(&[BASE_CSS, REPORT_CSS, HISTORY_CSS], &page_margins(head)),
            extent: history.extent(),
            trend: svg::trend(history),
            rows: history.entries.iter().map(Row::new).collect(),
            changes: history.entries.iter().rev().filter_map(Changes::new).collect(),
        },
    )
}

/// What the template is given.
#[derive(Serialize)]
struct Page<'a> {
    history: &'a History,
    title: String,
    style: Style,
    extent: String,
    trend: Option<Markup>,
    rows: Vec<Row<'a>>,
    /// The newest first.
    changes: Vec<Changes<'a>>,
}

/// One assessment in numbers.
#[derive(Serialize)]
struct Row<'a> {
    entry: &'a HistoryEntry,
    /// With its sign; nothing for the first assessment and where there is nothing to compare.
    real: Option<String>,
    yardstick: Option<String>,
    real_total: Option<String>,
}

/// What changed, in words.
#[derive(Serialize)]
struct Changes<'a> {
    date: &'a Day,
    questions: Option<String>,
    lists: Vec<List>,
    other: Option<&'static str>,
}

#[derive(Serialize)]
struct List {
    heading: &'static str,
    gaps: Vec<String>,
}

impl<'a> Row<'a> {
    fn new(entry: &'a HistoryEntry) -> Self {
        let signed = |by: Option<Difference>| by.map(|by| by.to_string());
        let step = entry.step.as_ref();
        Self {
            entry,
            real: signed(step.and_then(|step| step.real)),
            yardstick: signed(step.and_then(|step| step.yardstick)),
            real_total: signed(step.map(|step| step.real_total)),
        }
    }
}

impl<'a> Changes<'a> {
    fn new(entry: &'a HistoryEntry) -> Option<Self> {
        let told = entry.told()?;
        let list = |list: &crate::report::GapList| List {
            heading: list.heading,
            gaps: list.gaps.iter().map(|gap| gap.words()).collect(),
        };
        Some(Self {
            date: &entry.date,
            questions: told.questions,
            lists: told.lists.iter().map(list).collect(),
            other: told.other,
        })
    }
}
