//! A report as it is handed over: the texts around the numbers, who hands it over, and the short reports, as Markdown.

use std::fmt::Write as _;

use super::{actions, areas, head, joined, plain, prose, verdict};
use crate::report::{Audience, Chapter, Head, Passage, Report};

/// The report for those who are told the result and not the answers.
pub(super) fn short(report: &Report) -> String {
    let (result, plan, areas) = match report.head.audience {
        Audience::Board => (verdict(report), actions(report), areas(report)),
        _ => (result(report), String::new(), String::new()),
    };
    joined(&[
        head(report),
        chapters(&report.foreword),
        result,
        plan,
        areas,
        passages(&report.passages),
        chapters(&report.afterword),
        notices(report),
        brand(&report.head),
    ])
}

/// The verdict without its numbers.
fn result(report: &Report) -> String {
    format!("## {}\n\n{}\n", report.words.say("The result"), plain(&report.verdict.sentence))
}

/// Texts that somebody wrote.
pub(super) fn chapters(chapters: &[Chapter]) -> String {
    let text = |chapter: &Chapter| format!("## {}\n\n{}", chapter.heading, prose::prose(&chapter.text, 3));
    chapters.iter().map(text).collect::<Vec<_>>().join("\n")
}

fn passages(passages: &[Passage]) -> String {
    let mut out = String::new();
    for (place, passage) in passages.iter().enumerate() {
        if place > 0 {
            line!(out);
        }
        line!(out, "## {}", plain(&passage.heading));
        for paragraph in &passage.paragraphs {
            line!(out);
            line!(out, "{}", plain(paragraph));
        }
        if !passage.items.is_empty() {
            line!(out);
        }
        for item in &passage.items {
            line!(out, "- {}", plain(item));
        }
    }
    out
}

fn notices(report: &Report) -> String {
    let mut out = String::new();
    let words = report.words;
    line!(out, "## {}", words.say("How this was made"));
    line!(out);
    line!(
        out,
        "{}",
        words.say("The answers are what people wrote; the program that made this has tested no system.")
    );
    line!(out);
    for notice in &report.notices {
        line!(out, "- {}", plain(notice));
    }
    out
}

/// Who hands it over.
pub(super) fn brand(head: &Head) -> String {
    let mut out = String::new();
    let Some(brand) = &head.brand else { return out };
    line!(out, "---");
    line!(out);
    line!(out, "**{}**", plain(&brand.name));
    if !brand.contact.is_empty() {
        line!(out);
    }
    for line in &brand.contact {
        line!(out, "- {}", plain(line));
    }
    if let Some(footer) = &brand.footer {
        line!(out);
        line!(out, "{}", plain(footer));
    }
    out
}
