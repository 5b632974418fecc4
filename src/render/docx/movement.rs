//! What moved since the assessment before.

use super::opening::number;
use super::question;
use super::word::{Body, Cell, Column, Style, Words};
use crate::report::{ChangeGroup, Difference, Movement};

pub(super) fn write(body: &mut Body, movement: &Movement) {
    body.paragraph(Style::Heading1, "Since last time");
    let words =
        Words::new().strong(&movement.sentence).plain(format!(" {} {}", movement.causes, movement.remarks));
    body.paragraph(Style::Normal, words);
    sum(body, movement);
    for group in &movement.groups {
        changes(body, group);
    }
    if movement.groups.is_empty() {
        body.paragraph(Style::Normal, "No answer changed, and no question did.");
    }
    turns(body, movement);
}

fn sum(body: &mut Body, movement: &Movement) {
    let Some(score) = &movement.score else { return };
    let row = |item: String, points: String| -> Vec<Cell> { vec![item.into(), points.into()] };
    let rows = vec![
        row(format!("Result on {}", movement.old.date.words), score.headline_old.to_string()),
        row("Your answers: what really changed".to_owned(), score.real.to_string()),
        row("The questions: the yardstick".to_owned(), score.yardstick.to_string()),
        row("What is held back for lack of proof".to_owned(), score.proof.to_string()),
        row(format!("Result on {}", movement.new.date.words), score.headline_new.to_string()),
    ];
    let columns = [Column::words("Item", 80), Column::numbers("Points", 20)];
    body.table("What makes the difference, in hundredths of a point", &columns, rows);
}

fn changes(body: &mut Body, group: &ChangeGroup) {
    body.paragraph(Style::Heading2, group.title);
    let rows = group.changes.iter().map(|change| -> Vec<Cell> {
        let name = if change.asked_now {
            question(&change.question)
        } else {
            Words::from(format!("{} {}", change.question.number, change.question.title))
        };
        let mut happened = vec![Words::from(&change.words)];
        happened.extend(change.answers.as_ref().map(Words::from));
        let effect = change.effect.map_or_else(|| "–".to_owned(), |effect: Difference| effect.to_string());
        vec![name.into(), happened.into(), effect.into()]
    });
    let columns =
        [Column::words("Question", 35), Column::words("What happened", 53), Column::numbers("Points", 12)];
    body.table(group.title, &columns, rows.collect());
}

fn turns(body: &mut Body, movement: &Movement) {
    if movement.gates.is_empty() && movement.incidents.is_empty() {
        return;
    }
    body.paragraph(Style::Heading2, "Basics and recorded incidents");
    for gate in &movement.gates {
        let turn = if gate.closed {
            "in place now, so its cap is gone"
        } else {
            "missing now, which caps the score"
        };
        let words = Words::new().strong(&gate.title).plain(format!(" (cap {}): {turn}.", gate.cap));
        body.paragraph(Style::ListBullet, words);
    }
    for incident in &movement.incidents {
        let words = Words::new().strong(&incident.title).plain(format!(": {}.", incident.words));
        body.paragraph(Style::ListBullet, words);
    }
    let rows = movement.areas.iter().map(|area| -> Vec<Cell> {
        vec![area.title.as_str().into(), number(area.stated_old).into(), number(area.stated_new).into()]
    });
    let columns = [Column::words("Area", 60), Column::numbers("Before", 20), Column::numbers("Now", 20)];
    body.table("Areas, stated score before and now", &columns, rows.collect());
}
