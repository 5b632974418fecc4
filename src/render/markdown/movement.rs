//! What moved between two assessments, as Markdown.

use std::fmt::Write as _;

use super::{number, plain};
use crate::render::movement::days;
use crate::report::{ChangeGroup, ChangeGroupKind, Difference, Movement};

/// What moved between two assessments.
pub fn movement(movement: &Movement) -> String {
    let head = &movement.head;
    let mut out = String::new();
    line!(out, "# {}: what moved", plain(&head.organisation.name));
    line!(out);
    if let Some(marking) = &head.marking {
        line!(out, "**{}**", plain(marking));
        line!(out);
    }
    line!(out, "{}. {}.", plain(&head.questionnaire.title), days(movement));
    line!(out);
    out.push_str(&body(movement));
    out.push_str(&areas(movement));
    line!(out);
    for (moment, which) in [(&movement.old, "Older"), (&movement.new, "Newer")] {
        line!(
            out,
            "- {which} assessment: {}, questionnaire version {}, answers sha256 {}",
            moment.date.words,
            plain(&moment.version),
            moment.answers_sha256
        );
    }
    let brand = super::handover::brand(head);
    if brand.is_empty() { out } else { out + "\n" + &brand }
}

/// The part of a report that says what moved since last time.
pub(super) fn since_last_time(movement: &Movement) -> String {
    let mut out = String::new();
    line!(out, "## Since last time");
    line!(out);
    out.push_str(&body(movement));
    out
}

fn body(movement: &Movement) -> String {
    let mut out = String::new();
    let (causes, remarks) = (plain(&movement.causes), plain(&movement.remarks));
    line!(out, "{}", format!("**{}** {causes} {remarks}", plain(&movement.sentence)).trim_end());
    if let Some(score) = &movement.score {
        line!(out);
        line!(out, "| What makes the difference | Points |");
        line!(out, "| --- | ---: |");
        line!(out, "| Result on {} | {} |", movement.old.date.words, score.headline_old);
        line!(out, "| Your answers | {} |", score.real);
        line!(out, "| The questions (the yardstick) | {} |", score.yardstick);
        line!(out, "| What is held back for lack of proof | {} |", score.proof);
        line!(out, "| Result on {} | {} |", movement.new.date.words, score.headline_new);
    }
    out.push_str(&outcomes("What opened", movement, true));
    let (better, worse): (Vec<_>, Vec<_>) =
        movement.groups.iter().partition(|group| group.kind != ChangeGroupKind::Worse);
    out.extend(worse.into_iter().map(changes));
    out.push_str(&promises(movement));
    out.push_str(&outcomes("What closed", movement, false));
    out.extend(better.into_iter().map(changes));
    out
}

fn changes(group: &ChangeGroup) -> String {
    let mut out = String::new();
    line!(out);
    line!(out, "### {}", group.title);
    line!(out);
    line!(out, "| Question | What happened | Answers | Points |");
    line!(out, "| --- | --- | --- | ---: |");
    for change in &group.changes {
        line!(
            out,
            "| {} {} | {} | {} | {} |",
            change.question.number,
            plain(&change.question.title),
            change.words,
            plain(change.answers.as_deref().unwrap_or_default()),
            change.points.map_or_else(|| "–".to_owned(), |effect| effect.to_string())
        );
    }
    out
}

/// Basic protections and recorded incidents that opened, or the others that turned.
fn outcomes(heading: &str, movement: &Movement, open: bool) -> String {
    let gates: Vec<_> = movement.gates.iter().filter(|gate| gate.closed != open).collect();
    let incidents: Vec<_> =
        movement.incidents.iter().filter(|incident| incident.turn.is_open() == open).collect();
    let mut out = String::new();
    if gates.is_empty() && incidents.is_empty() {
        return out;
    }
    line!(out);
    line!(out, "### {heading}");
    line!(out);
    for gate in gates {
        let change = if gate.closed { "in place now" } else { "missing now" };
        line!(out, "- {} (cap {}): {change}", plain(&gate.title), gate.cap);
    }
    for incident in incidents {
        line!(out, "- {}: {}", plain(&incident.title), incident.words);
    }
    out
}

fn promises(movement: &Movement) -> String {
    let mut out = String::new();
    if movement.not_kept.is_empty() {
        return out;
    }
    line!(out);
    line!(out, "### Planned, and not to be seen in the answers");
    line!(out);
    for promise in &movement.not_kept {
        let question = &promise.question;
        let owner =
            promise.owner.as_ref().map(|owner| format!(" With: {}.", plain(owner))).unwrap_or_default();
        line!(out, "- {} {}: {}{owner}", question.number, plain(&question.title), promise.words);
    }
    out
}

fn areas(movement: &Movement) -> String {
    let mut out = String::new();
    line!(out);
    line!(out, "## Areas, stated score");
    line!(out);
    line!(out, "| Area | Before | Now | Moved |");
    line!(out, "| --- | ---: | ---: | ---: |");
    for area in &movement.areas {
        let moved = area.stated_new.zip(area.stated_old).map(|(new, old)| new.since(old));
        line!(
            out,
            "| {} | {} | {} | {} |",
            plain(&area.title),
            number(area.stated_old),
            number(area.stated_new),
            moved.map_or_else(|| "–".to_owned(), |moved: Difference| moved.to_string())
        );
    }
    out
}
