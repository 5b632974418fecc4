//! What moved since the assessment before.

use super::opening::number;
use super::question;
use super::runs::Runs;
use super::word::{Body, Cell, Column, Style};
use crate::report::{ChangeGroup, Difference, Movement};

pub(super) fn write(body: &mut Body, movement: &Movement) {
    let words = body.words;
    body.paragraph(Style::Heading1, words.say("Since last time"));
    let told =
        Runs::new().strong(&movement.sentence).plain(format!(" {} {}", movement.causes, movement.remarks));
    body.paragraph(Style::Normal, told);
    sum(body, movement);
    for group in &movement.groups {
        changes(body, group);
    }
    if movement.groups.is_empty() {
        body.paragraph(Style::Normal, words.say("No answer changed, and no question did."));
    }
    turns(body, movement);
}

fn sum(body: &mut Body, movement: &Movement) {
    let Some(score) = &movement.score else { return };
    let words = body.words;
    let row = |item: &str, points: String| -> Vec<Cell> { vec![item.into(), points.into()] };
    let result = |day: &String| words.fill("Result on {day}", &[("day", day)]);
    let rows = vec![
        row(&result(&movement.old.date.words), score.headline_old.to_string()),
        row(words.say("Your answers: what really changed"), score.real.to_string()),
        row(words.say("The questions: the yardstick"), score.yardstick.to_string()),
        row(words.say("What is held back for lack of proof"), score.proof.to_string()),
        row(&result(&movement.new.date.words), score.headline_new.to_string()),
    ];
    let columns = [Column::words(words.say("Item"), 80), Column::numbers(words.say("Points"), 20)];
    body.table(words.say("What makes the difference, in hundredths of a point"), &columns, rows);
}

fn changes(body: &mut Body, group: &ChangeGroup) {
    body.paragraph(Style::Heading2, group.title);
    let rows = group.changes.iter().map(|change| -> Vec<Cell> {
        let name = if change.asked_now {
            question(&change.question)
        } else {
            Runs::from(format!("{} {}", change.question.number, change.question.title))
        };
        let mut happened = vec![Runs::from(&change.words)];
        happened.extend(change.answers.as_ref().map(Runs::from));
        let effect = change.effect.map_or_else(|| "–".to_owned(), |effect: Difference| effect.to_string());
        vec![name.into(), happened.into(), effect.into()]
    });
    let words = body.words;
    let columns = [
        Column::words(words.say("Question"), 35),
        Column::words(words.say("What happened"), 53),
        Column::numbers(words.say("Points"), 12),
    ];
    body.table(group.title, &columns, rows.collect());
}

fn turns(body: &mut Body, movement: &Movement) {
    if movement.gates.is_empty() && movement.incidents.is_empty() {
        return;
    }
    let words = body.words;
    body.paragraph(Style::Heading2, words.say("Basics and recorded incidents"));
    for gate in &movement.gates {
        let phrase = if gate.closed {
            words.say("{gate} (cap {cap}): in place now, so its cap is gone.")
        } else {
            words.say("{gate} (cap {cap}): missing now, which caps the score.")
        };
        let (title, cap) = (Runs::new().strong(&gate.title), gate.cap.to_string().into());
        body.paragraph(Style::ListBullet, Runs::filled(phrase, &[("gate", title), ("cap", cap)]));
    }
    for incident in &movement.incidents {
        let turn = Runs::new().strong(&incident.title).plain(format!(": {}.", incident.words));
        body.paragraph(Style::ListBullet, turn);
    }
    let rows = movement.areas.iter().map(|area| -> Vec<Cell> {
        vec![area.title.as_str().into(), number(area.stated_old).into(), number(area.stated_new).into()]
    });
    let columns = [
        Column::words(words.say("Area"), 60),
        Column::numbers(words.say("Before"), 20),
        Column::numbers(words.say("Now"), 20),
    ];
    body.table(words.say("Areas, stated score before and now"), &columns, rows.collect());
}
