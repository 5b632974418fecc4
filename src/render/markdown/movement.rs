//! What moved between two assessments, as Markdown.

use std::fmt::Write as _;

use super::{number, plain, row};
use crate::render::movement::days;
use crate::report::{ChangeGroup, ChangeGroupKind, Difference, Movement, ScoreMovement};
use crate::text::Words;

/// What moved between two assessments.
pub fn movement(movement: &Movement) -> String {
    let words = movement.words;
    let head = &movement.head;
    let mut out = String::new();
    let organisation = plain(&head.organisation.name);
    line!(out, "# {}", words.fill("{organisation}: what moved", &[("organisation", &organisation)]));
    line!(out);
    if let Some(marking) = &head.marking {
        line!(out, "**{}**", plain(marking));
        line!(out);
    }
    line!(out, "{}. {}.", plain(&head.questionnaire.title), days(movement));
    line!(out);
    out.push_str(&body(words, movement));
    out.push_str(&areas(words, movement));
    line!(out);
    let both =
        [(&movement.old, words.say("Older assessment")), (&movement.new, words.say("Newer assessment"))];
    for (moment, which) in both {
        let made = words.fill(
            "{day}, questionnaire version {version}, answers sha256 {sha256}",
            &[
                ("day", &moment.date.words),
                ("version", &plain(&moment.version)),
                ("sha256", &moment.answers_sha256),
            ],
        );
        line!(out, "- {which}: {made}");
    }
    let brand = super::handover::brand(head);
    if brand.is_empty() { out } else { out + "\n" + &brand }
}

/// The part of a report that says what moved since last time.
pub(super) fn since_last_time(words: &Words, movement: &Movement) -> String {
    let mut out = String::new();
    line!(out, "## {}", words.say("Since last time"));
    line!(out);
    out.push_str(&body(words, movement));
    out
}

fn body(words: &Words, movement: &Movement) -> String {
    let mut out = String::new();
    let (causes, remarks) = (plain(&movement.causes), plain(&movement.remarks));
    line!(out, "{}", format!("**{}** {causes} {remarks}", plain(&movement.sentence)).trim_end());
    if let Some(score) = &movement.score {
        line!(out);
        out.push_str(&sum(words, movement, score));
    }
    out.push_str(&outcomes(words, movement, true));
    let (better, worse): (Vec<_>, Vec<_>) =
        movement.groups.iter().partition(|group| group.kind != ChangeGroupKind::Worse);
    out.extend(worse.into_iter().map(|group| changes(words, group)));
    out.push_str(&promises(words, movement));
    out.push_str(&outcomes(words, movement, false));
    out.extend(better.into_iter().map(|group| changes(words, group)));
    out
}

/// What adds up to the difference.
fn sum(words: &Words, movement: &Movement, score: &ScoreMovement) -> String {
    let mut out = String::new();
    let result = |day: &str| words.fill("Result on {day}", &[("day", &day)]);
    line!(out, "{}", row(&[words.say("What makes the difference"), words.say("Points")]));
    line!(out, "| --- | ---: |");
    line!(out, "| {} | {} |", result(&movement.old.date.words), score.headline_old);
    line!(out, "| {} | {} |", words.say("Your answers"), score.real);
    line!(out, "| {} | {} |", words.say("The questions (the yardstick)"), score.yardstick);
    line!(out, "| {} | {} |", words.say("What is held back for lack of proof"), score.proof);
    line!(out, "| {} | {} |", result(&movement.new.date.words), score.headline_new);
    out
}

fn changes(words: &Words, group: &ChangeGroup) -> String {
    let mut out = String::new();
    let header =
        [words.say("Question"), words.say("What happened"), words.say("Answers"), words.say("Points")];
    line!(out);
    line!(out, "### {}", group.title);
    line!(out);
    line!(out, "{}", row(&header));
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
fn outcomes(words: &Words, movement: &Movement, open: bool) -> String {
    let gates: Vec<_> = movement.gates.iter().filter(|gate| gate.closed != open).collect();
    let incidents: Vec<_> =
        movement.incidents.iter().filter(|incident| incident.turn.is_open() == open).collect();
    let mut out = String::new();
    if gates.is_empty() && incidents.is_empty() {
        return out;
    }
    line!(out);
    line!(out, "### {}", words.say(if open { "What opened" } else { "What closed" }));
    line!(out);
    for gate in gates {
        let change = words.say(if gate.closed { "in place now" } else { "missing now" });
        let cap = words.fill("cap {cap}", &[("cap", &gate.cap)]);
        line!(out, "- {} ({cap}): {change}", plain(&gate.title));
    }
    for incident in incidents {
        line!(out, "- {}: {}", plain(&incident.title), incident.words);
    }
    out
}

fn promises(words: &Words, movement: &Movement) -> String {
    let mut out = String::new();
    if movement.not_kept.is_empty() {
        return out;
    }
    line!(out);
    line!(out, "### {}", words.say("Planned, and not to be seen in the answers"));
    line!(out);
    for promise in &movement.not_kept {
        let question = &promise.question;
        let with = |owner: &String| words.fill("With: {owner}.", &[("owner", &plain(owner))]);
        let owner = promise.owner.as_ref().map(|owner| format!(" {}", with(owner))).unwrap_or_default();
        line!(out, "- {} {}: {}{owner}", question.number, plain(&question.title), promise.words);
    }
    out
}

fn areas(words: &Words, movement: &Movement) -> String {
    let mut out = String::new();
    line!(out);
    line!(out, "## {}", words.say("Areas, stated score"));
    line!(out);
    line!(out, "{}", row(&[words.say("Area"), words.say("Before"), words.say("Now"), words.say("Moved")]));
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
