//! A history as one HTML file that needs nothing else: no script, no network, no second file.

use serde::Serialize;

use super::style::{BASE_CSS, REPORT_CSS, Style, page_margins, shortened};
use super::svg;
use super::template::{self, TemplateError};
use crate::report::{Day, Difference, History, HistoryEntry};
use crate::text::Words;

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
            style: Style::new(Words::ENGLISH, &[BASE_CSS, REPORT_CSS, HISTORY_CSS], &page_margins(head)),
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
    trend: Option<svg::Figure>,
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
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::history_fixture::{history_of, long};

    #[test]
    fn text_of_a_person_stays_text_and_the_policy_allows_the_style_alone() {
        let hostile = "</style><script>alert(1)</script>\" onload=\"x";
        let page = html(&history_of(hostile, &[("2026-01-10", "1", 2), ("2026-02-10", "2", 1)])).unwrap();
        assert!(!page.contains("<script") && !page.contains("\" onload"));
        let sheet = page.split("<style>").nth(1).unwrap().split("</style>").next().unwrap();
        assert!(page.contains(&format!("style-src 'sha256-{}'", Style::hash_of(sheet))));
    }

    /// Pages that look least like the ordinary one; the browser tests look at them too.
    #[test]
    fn pages_are_as_they_were_when_somebody_last_looked() {
        let changed =
            [("2025-06-01", "1", 1), ("2026-01-10", "1", 3), ("2026-02-10", "2", 2), ("2026-08-10", "2", 4)];
        let word = "Donaudampfschifffahrtsgesellschaft".repeat(6);
        for (name, history) in [
            ("history-single", history_of(&word, &changed[..1])),
            ("history-changed", history_of("Toy party", &changed)),
            ("history-long", long(150)),
        ] {
            let golden = format!("{}/tests/golden/pages/{name}.html", env!("CARGO_MANIFEST_DIR"));
            snapbox::assert_data_eq!(
                html(&history).unwrap(),
                snapbox::Data::read_from(golden.as_ref(), None).raw()
            );
        }
    }

    #[test]
    fn every_assessment_has_its_row_and_only_those_with_news_are_told() {
        let page = html(&long(200)).unwrap();
        assert_eq!(page.matches("<th scope=\"row\">").count(), 200);
        assert_eq!(page.matches("<li><h3>").count(), 1, "the day on which the gate closed");
        assert!(!html(&long(1)).unwrap().contains("id=\"changes\""));
    }
}
