//! A plan of work, as Markdown.

use std::fmt::Write as _;

use super::{closes, plain, upkeep};
use crate::report::{Action, Closer, Plan, QuestionRef, Task};
use crate::text::{Words, plural};

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
    if let Some(sentence) = plan.score_in_words() {
        line!(out);
        line!(out, "{sentence}");
    }
    line!(out);
    line!(out, "## What to do, in order");
    line!(out);
    for remark in &plan.remarks {
        line!(out, "{}", plain(remark));
        line!(out);
    }
    if plan.tasks.is_empty() {
        line!(out, "{}", plan.nothing_left());
    }
    out.push_str(&tasks(&plan.tasks));
    out.push_str(&apart(plan));
    if !plan.is_part {
        out.push_str(&closers(plan));
    }
    let upkeep = upkeep::ageing(Words::ENGLISH, &plan.ageing);
    if !upkeep.is_empty() {
        line!(out);
        out.push_str(&upkeep);
    }
    out
}

/// What to do next, as a table.
fn tasks(tasks: &[Task]) -> String {
    let mut out = String::new();
    if tasks.is_empty() {
        return out;
    }
    let known = tasks.iter().any(|task| !task.who_and_when().is_empty());
    let (heading, rule) = if known { (" Who, when |", " --- |") } else { ("", "") };
    line!(out, "| No. | Action | Question | Effort | Cost | Score after | Interrupts |{heading}");
    line!(out, "| ---: | --- | --- | --- | --- | ---: | --- |{rule}");
    for task in tasks {
        let who = if known { format!(" {} |", plain(&task.who_and_when())) } else { String::new() };
        line!(
            out,
            "| {} | {} | {} | {} | {} | {} | {} |{who}",
            number(task),
            plain(&task.first_step),
            question(&task.question),
            task.effort,
            task.cost,
            task.headline_after.map(|points| points.printed().to_string()).unwrap_or_default(),
            closes(&task.closes)
        );
    }
    out
}

/// What is not in the list, and why.
fn apart(plan: &Plan) -> String {
    let mut out = String::new();
    for group in &plan.apart {
        line!(out);
        line!(out, "## {}", group.heading);
        line!(out);
        if !group.note.is_empty() {
            line!(out, "{}", group.note);
            line!(out);
        }
        for task in &group.tasks {
            let known = task.who_and_when();
            let known = if known.is_empty() { task.effort.to_owned() } else { known };
            let step = plain(&task.first_step);
            line!(out, "- {}: {step} ({})", question(&task.question), plain(&known));
        }
    }
    out
}

fn number(task: &Task) -> String {
    task.number.map(|number| number.to_string()).unwrap_or_default()
}

/// The roadmap as a table.
pub(super) fn actions(words: &Words, actions: &[Action]) -> String {
    let mut out = String::new();
    if actions.is_empty() {
        return out;
    }
    let header = [
        words.say("No."),
        words.say("Action"),
        words.say("Question"),
        words.say("Effort"),
        words.say("Cost"),
        words.say("Score after"),
        words.say("Interrupts"),
    ];
    line!(out, "{}", super::row(&header));
    line!(out, "| ---: | --- | --- | --- | --- | ---: | --- |");
    for action in actions {
        line!(
            out,
            "| {} | {} | {} | {} | {} | {} | {} |",
            action.number,
            plain(&action.first_step()),
            question(&action.question),
            words.say(action.effort),
            words.say(action.cost),
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
