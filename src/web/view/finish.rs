//! The pages at the ends: opening, the report, stopping, and what is refused.

use serde::Serialize;

use super::checked::open_words;
use super::{Frame, View};
use crate::render::form::Page;
use crate::report::Report;

/// The report is ready.
#[derive(Serialize)]
pub(in crate::web) struct ReportView {
    frame: Frame,
    heading: &'static str,
    caption: String,
    /// The headline, when there is one.
    score: Option<String>,
    band: Option<String>,
    sentence: String,
    open: Option<String>,
}

impl View for ReportView {
    const PAGE: Page = Page::Report;
}

impl ReportView {
    pub(in crate::web) fn new(mut frame: Frame, report: &Report) -> Self {
        let heading = "Your report";
        frame.title = format!("{heading} – {}", report.head.questionnaire.title);
        let verdict = &report.verdict;
        let score = verdict.score.as_ref().map(|score| (score.headline.get() / 100).to_string());
        Self {
            frame,
            heading,
            caption: report.head.questionnaire.title.clone(),
            score,
            band: verdict.band.as_ref().map(|band| band.title.clone()),
            sentence: verdict.sentence.clone(),
            open: (verdict.counts.unanswered > 0).then(|| open_words(verdict.counts.unanswered)),
        }
    }
}

/// Everything is saved, and the person wants to stop.
#[derive(Serialize)]
pub(in crate::web) struct StopView {
    frame: Frame,
    heading: &'static str,
    /// The name of the answers file.
    file: String,
    /// The command that goes on.
    command: String,
}

impl View for StopView {
    const PAGE: Page = Page::Stop;
}

impl StopView {
    pub(in crate::web) fn new(mut frame: Frame, file: String) -> Self {
        let heading = "Your answers are saved";
        heading.clone_into(&mut frame.title);
        let command = format!("safeseat serve {}", crate::web::quoted(&file));
        Self { frame, heading, file, command }
    }
}

/// The program has ended.
#[derive(Serialize)]
pub(in crate::web) struct EndedView {
    frame: Frame,
    heading: &'static str,
    command: String,
}

impl View for EndedView {
    const PAGE: Page = Page::Ended;
}

impl EndedView {
    pub(in crate::web) fn new(mut frame: Frame, file: &str) -> Self {
        let heading = "You can close this window";
        heading.clone_into(&mut frame.title);
        Self { frame, heading, command: format!("safeseat serve {}", crate::web::quoted(file)) }
    }
}

/// The one-time address was right. A page of ours leads on, because a browser does not send a strict cookie after a
/// redirect that began elsewhere.
#[derive(Serialize)]
pub(in crate::web) struct OpenedView {
    frame: Frame,
}

impl View for OpenedView {
    const PAGE: Page = Page::Opened;
}

impl OpenedView {
    pub(in crate::web) fn new() -> Self {
        Self { frame: Frame { title: "Opening your answers".to_owned(), ..Frame::default() } }
    }
}

/// The page that leads a browser to the one-time address, so that the address stands on no command line.
#[derive(Serialize)]
pub(in crate::web) struct LaunchView {
    address: String,
}

impl View for LaunchView {
    const PAGE: Page = Page::Launch;
}

impl LaunchView {
    pub(in crate::web) fn new(address: String) -> Self {
        Self { address }
    }
}

/// What was asked for is not given.
#[derive(Serialize)]
pub(in crate::web) struct RefusedView {
    frame: Frame,
    heading: &'static str,
    words: &'static str,
    /// Whether the person may go back to their answers.
    leads_back: bool,
}

impl View for RefusedView {
    const PAGE: Page = Page::Refused;
}

impl RefusedView {
    pub(in crate::web) fn new(heading: &'static str, words: &'static str, leads_back: bool) -> Self {
        Self { frame: Frame { title: heading.to_owned(), ..Frame::default() }, heading, words, leads_back }
    }
}
