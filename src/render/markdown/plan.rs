//! A plan of work, as Markdown.

use std::fmt::Write as _;

use super::{closes, plain, upkeep};
use crate::report::{Action, Closer, Plan, QuestionRef};
use crate::text::plural;

/// A plan of work.
pub fn plan(plan: &Plan) -> String {
    let head = &plan.head;
    let mut out = String::new();
    line!(out, "# Plan for {}", plain(&head.organisation.name));
    line!(out);
    if let Some(marking) = &head.marking {
        line!(out, "**{}**", plain(marking));
        line!(out);
    }
    let (title, version) = (plain(&head.questionnaire.title), plain(&head.questionnaire.version));
    line!(out, "{title}, version {version}. {}.", head.date.words);
    if let Some(since) = &plan.ageing.since {
        line!(out);
        line!(out, "**{}**", plain(since));
    }
    if let Some(score) = &plan.score {
        line!(out);
        line!(out, "The score is {} of 100.", score.headline.printed());
    }
    line!(out);
    line!(out, "## What to do, in order");
    line!(out);
    if plan.actions.is_empty() {
        line!(out, "{}", plan.nothing_left());
    }
    out.push_str(&actions(&plan.actions));
    out.push_str(&closers(plan));
    let upkeep = upkeep::ageing(&plan.ageing);
    if !upkeep.is_empty() {
        line!(out);
        out.push_str(&upkeep);
    }
    out
}

/// The roadmap as a table.
pub(super) fn actions(actions: &[Action]) -> String {
    let mut out = String::new();
    if actions.is_empty() {
        return out;
    }
    line!(out, "| No. | Action | Question | Effort | Cost | Score after | Interrupts |");
    line!(out, "| ---: | --- | --- | --- | --- | ---: | --- |");
    for action in actions {
        line!(
            out,
            "| {} | {} | {} | {} | {} | {} | {} |",
            action.number,
            plain(&action.first_step()),
            question(&action.question),
            action.effort,
            action.cost,
            action.headline_after.printed(),
            closes(&action.closes)
        );
    }
    out
}

fn closers(plan: &Plan) -> String {
    let mut out = String::new();
    if plan.closers.is_empty() {
        return out;
    }
    line!(out);
    line!(out, "## What would have stopped the most incidents for the least effort");
    line!(out);
    let uninterrupted = plural(plan.uninterrupted.len(), "recorded incident is", "recorded incidents are");
    line!(
        out,
        "With these answers {uninterrupted} open or hindered. Each line counts on its own, with nothing else done."
    );
    line!(out);
    line!(out, "| No. | Action | Question | Effort | Cost | Incidents | Interrupts |");
    line!(out, "| ---: | --- | --- | --- | --- | ---: | --- |");
    for closer in &plan.closers {
        out.push_str(&row(closer));
    }
    out
}

fn row(closer: &Closer) -> String {
    format!(
        "| {} | {} | {} | {} | {} | {} | {} |\n",
        closer.number,
        plain(&closer.first_step),
        question(&closer.question),
        closer.effort,
        closer.cost,
        closer.closes.len(),
        closes(&closer.closes)
    )
}

fn question(question: &QuestionRef) -> String {
    format!("{} {}", question.number, plain(&question.title))
}
