//! A history, as Markdown.

use std::fmt::Write as _;

use super::{number, plain};
use crate::report::{Difference, History, HistoryEntry};

/// All assessments of one organisation.
pub fn history(history: &History) -> String {
    let mut out = String::new();
    line!(out, "# {}: the score over time", plain(&history.head.organisation.name));
    line!(out);
    if let Some(marking) = &history.head.marking {
        line!(out, "**{}**", plain(marking));
        line!(out);
    }
    line!(out, "{}", plain(&history.extent()));
    line!(out);
    line!(out, "**{}** {}", plain(&history.sentence), plain(&history.explanation));
    for note in &history.notes {
        line!(out);
        line!(out, "{}", plain(note));
    }
    line!(out);
    line!(out, "## Every assessment");
    line!(out);
    line!(
        out,
        "| Date | Score | Band | Proven | Stated | Possible | Real change | Changed questions | Real since the first | Answered | Version |"
    );
    line!(out, "| --- | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |");
    for entry in &history.entries {
        out.push_str(&row(entry));
    }
    out.push_str(&changes(&history.entries));
    line!(out);
    line!(
        out,
        "The score is coverage of good practice, as you reported it. Real change is what your answers moved in the stated score."
    );
    out
}

fn row(entry: &HistoryEntry) -> String {
    let moved = |by: Option<Difference>| by.map_or_else(|| "–".to_owned(), |by| by.to_string());
    let (step, score) = (entry.step.as_ref(), entry.score.as_ref());
    let worlds = score.map(|score| score.worlds).unwrap_or_default();
    format!(
        "| {} | {} | {} | {} | {} | {} | {} | {} | {} | {} of {} | {} |\n",
        entry.date.iso,
        number(score.map(|score| score.headline)),
        entry.band.as_ref().map_or("–", |band| band.id),
        number(worlds.proven),
        number(worlds.stated),
        number(worlds.possible),
        moved(step.and_then(|step| step.real)),
        moved(step.and_then(|step| step.yardstick)),
        moved(step.map(|step| step.real_total)),
        entry.answered,
        entry.in_scope,
        plain(&entry.version)
    )
}

fn changes(entries: &[HistoryEntry]) -> String {
    let mut out = String::new();
    for (entry, told) in entries.iter().rev().filter_map(|entry| Some((entry, entry.told()?))) {
        if out.is_empty() {
            line!(out);
            line!(out, "## What changed, the newest first");
        }
        line!(out);
        line!(out, "### {}", entry.date.words);
        line!(out);
        if let Some(questions) = &told.questions {
            line!(out, "- {}", plain(questions));
        }
        for list in &told.lists {
            let gaps: Vec<String> = list.gaps.iter().map(|gap| plain(&gap.words())).collect();
            line!(out, "- {}: {}", list.heading, gaps.join("; "));
        }
    }
    out
}
