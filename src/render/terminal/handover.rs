//! A report as it is handed over: the texts on areas, who hands it over, and the short reports.

use super::{areas, first_screen, head, prose};
use crate::render::screen::{SOFT, STRONG, Screen};
use crate::report::{Audience, Head, Report};

/// The report for those who are told the result and not the answers.
pub(super) fn short(screen: &mut Screen, report: &Report) {
    if report.head.audience == Audience::Board {
        first_screen(screen, report);
        prose::chapters(screen, &report.foreword);
        areas(screen, report);
    } else {
        head(screen, &report.head);
        screen.blank();
        screen.paragraph(STRONG, 2, &report.verdict.sentence);
        prose::chapters(screen, &report.foreword);
    }
    prose::passages(screen, &report.passages);
    prose::chapters(screen, &report.afterword);
    screen.blank();
    let tested = screen
        .words()
        .say("The answers are what people wrote; the program that made this has tested no system.");
    screen.paragraph(SOFT, 0, tested);
    report.notices.iter().for_each(|notice| screen.paragraph(SOFT, 0, notice));
    brand(screen, &report.head);
}

pub(super) fn texts_on_areas(screen: &mut Screen, report: &Report) {
    for area in &report.areas {
        if let Some(text) = &area.narrative {
            screen.heading(&format!("{} {}", area.number, area.title));
            prose::prose(screen, text);
        }
    }
}

/// Who hands it over.
pub(super) fn brand(screen: &mut Screen, head: &Head) {
    let Some(brand) = &head.brand else { return };
    screen.heading(&brand.name);
    brand.contact.iter().chain(&brand.footer).for_each(|line| screen.paragraph(SOFT, 0, line));
}
