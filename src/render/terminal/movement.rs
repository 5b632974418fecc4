//! What moved between two assessments, on a terminal.

use anstyle::Style;

use crate::render::movement::days;
use crate::render::screen::{Look, SOFT, STRONG, Screen};
use crate::report::{
    ChangeGroup, ChangeGroupKind, Difference, IncidentMovement, Moment, Movement, Points, Promise,
    QuestionChange, Turn,
};
use crate::text::Words;

/// How many questions that got better, or changed otherwise, are listed.
const LISTED: usize = 8;
/// How many that got worse are.
const WORSE_LISTED: usize = 20;

/// What moved between two assessments.
pub fn movement(movement: &Movement, look: Look) -> String {
    let mut screen = Screen::speaking(movement.words, look);
    let head = &movement.head;
    screen.ends(&head.organisation.name, &head.marking.as_deref().unwrap_or_default().to_uppercase());
    screen.paragraph(SOFT, 0, &format!("{}. {}", head.questionnaire.title, days(movement)));
    screen.blank();
    verdict(&mut screen, movement);
    since(&mut screen, movement);
    areas(&mut screen, movement);
    super::handover::brand(&mut screen, head);
    screen.into_text()
}

/// The part of a report that says what moved since last time.
pub(super) fn since_last_time(screen: &mut Screen, movement: &Movement) {
    screen.heading(screen.words().say("Since last time"));
    verdict(screen, movement);
    since(screen, movement);
}

fn verdict(screen: &mut Screen, movement: &Movement) {
    screen.paragraph(STRONG, 2, &movement.sentence);
    screen.paragraph(Style::new(), 2, &movement.causes);
    if !movement.remarks.is_empty() {
        screen.paragraph(SOFT, 2, &movement.remarks);
    }
    let Some(score) = &movement.score else { return };
    screen.blank();
    let words = screen.words();
    let dated = |moment: &Moment| words.fill("result on {day}", &[("day", &moment.date.words)]);
    let total = |points: Points| points.to_string();
    let mut rows = vec![
        (total(score.headline_old), dated(&movement.old)),
        (score.real.to_string(), words.say("your answers").to_owned()),
        (score.yardstick.to_string(), words.say("the questions (the yardstick)").to_owned()),
    ];
    if score.proof != Difference::ZERO {
        let proof = words.say("what is held back for lack of proof");
        rows.push((score.proof.to_string(), proof.to_owned()));
    }
    rows.push((total(score.headline_new), dated(&movement.new)));
    for (number, told) in rows {
        screen.hanging(Style::new(), &format!("  {number:>7}"), 11, &told);
    }
}

fn since(screen: &mut Screen, movement: &Movement) {
    let (better, worse): (Vec<_>, Vec<_>) =
        movement.groups.iter().partition(|group| group.kind != ChangeGroupKind::Worse);
    opened(screen, movement);
    for changed in worse {
        group(screen, changed);
    }
    promises(screen, movement);
    closed(screen, movement);
    for changed in better {
        group(screen, changed);
    }
}

fn promises(screen: &mut Screen, movement: &Movement) {
    if movement.not_kept.is_empty() {
        return;
    }
    let words = screen.words();
    let heading = words.say("Planned, and not to be seen in the answers");
    screen.heading(&format!("{heading} ({})", movement.not_kept.len()));
    for promise in &movement.not_kept {
        let Promise { question, words: promised, owner, .. } = promise;
        let mut told = format!("{} ({}): {promised}", question.title, question.number);
        if let Some(owner) = owner {
            told = format!("{told} {}", words.fill("With: {owner}.", &[("owner", owner)]));
        }
        screen.hanging(Style::new(), "  !", 4, &told);
    }
}

/// Basic protections and recorded incidents that stand open now.
fn opened(screen: &mut Screen, movement: &Movement) {
    let gates: Vec<_> = movement.gates.iter().filter(|gate| !gate.closed).collect();
    let incidents: Vec<_> = movement.incidents.iter().filter(|incident| incident.turn.is_open()).collect();
    if gates.is_empty() && incidents.is_empty() {
        return;
    }
    let words = screen.words();
    screen.heading(words.say("What opened"));
    for gate in gates {
        let missing = words.fill(
            "Missing now, caps the score at {cap}: {gate}",
            &[("cap", &gate.cap), ("gate", &gate.title)],
        );
        screen.hanging(Style::new(), "  !", 4, &because(words, missing, gate.by_yardstick));
    }
    for incident in incidents {
        screen.hanging(Style::new(), "  !", 4, &turned(words, incident));
    }
}

/// Those that are closed now, or stand otherwise than before.
fn closed(screen: &mut Screen, movement: &Movement) {
    let gates: Vec<&str> =
        movement.gates.iter().filter(|gate| gate.closed).map(|gate| gate.title.as_str()).collect();
    let with = |turn: Turn| movement.incidents.iter().filter(move |incident| incident.turn == turn);
    let interrupted: Vec<&str> = with(Turn::Closed).map(|incident| incident.title.as_str()).collect();
    if gates.is_empty() && interrupted.is_empty() && with(Turn::Other).next().is_none() {
        return;
    }
    let words = screen.words();
    screen.heading(words.say("What closed"));
    let mut told = |lead: &str, titles: &[&str]| {
        if !titles.is_empty() {
            screen.hanging(
                Style::new(),
                "  +",
                4,
                &format!("{lead} ({}): {}", titles.len(), titles.join("; ")),
            );
        }
    };
    told(words.say("In place now"), &gates);
    told(words.say("Interrupted now, and not before"), &interrupted);
    for incident in with(Turn::Other) {
        screen.hanging(Style::new(), "  -", 4, &turned(words, incident));
    }
}

/// How an incident turned, and why where the answers did not do it.
fn turned(words: &Words, incident: &IncidentMovement) -> String {
    because(words, format!("{}: {}", incident.title, incident.words), incident.by_yardstick)
}

fn because(words: &Words, change: String, by_yardstick: bool) -> String {
    if by_yardstick {
        words.fill("{change}, because the questions changed", &[("change", &change)])
    } else {
        change
    }
}

fn group(screen: &mut Screen, group: &ChangeGroup) {
    let worse = group.kind == ChangeGroupKind::Worse;
    let listed = if worse { WORSE_LISTED } else { LISTED };
    screen.heading(&format!("{} ({})", group.title, group.changes.len()));
    for change in group.changes.iter().take(listed) {
        let QuestionChange { question, words, .. } = change;
        let effect = change.points.filter(|effect| *effect != Difference::ZERO);
        let effect = effect.map(|effect| format!(", {effect}")).unwrap_or_default();
        screen.hanging(
            Style::new(),
            "  -",
            4,
            &format!("{} ({}): {words}{effect}", question.title, question.number),
        );
        if let Some(answers) = change.answers.as_ref().filter(|_| worse) {
            screen.paragraph(SOFT, 4, answers);
        }
    }
    let more = group.changes.len().saturating_sub(listed);
    if more > 0 {
        let words = screen.words();
        let line =
            words.fill("and {number} more in the page (an -o that ends in .html)", &[("number", &more)]);
        screen.paragraph(SOFT, 4, &line);
    }
}

fn areas(screen: &mut Screen, movement: &Movement) {
    let words = screen.words();
    screen.heading(words.say("Areas, stated score"));
    let number =
        |points: Option<Points>| points.map_or_else(|| "-".to_owned(), |points| points.printed().to_string());
    let rows: Vec<Vec<String>> = movement
        .areas
        .iter()
        .map(|area| {
            let moved = area.stated_new.zip(area.stated_old).map(|(new, old)| new.since(old).to_string());
            vec![
                area.title.clone(),
                number(area.stated_old),
                number(area.stated_new),
                moved.unwrap_or_else(|| "-".to_owned()),
            ]
        })
        .collect();
    let header = [words.say("Area"), words.say("Before"), words.say("Now"), words.say("Moved")];
    screen.table(&header, &rows, &[1, 2, 3]);
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr as _;

    use super::*;
    use crate::render::fixture;

    #[test]
    fn what_moved_fits_every_terminal_and_says_everything_that_got_worse() {
        for width in [60, 80, 120] {
            let text = movement(&fixture::movement(|text| text.repeat(3)), Look::new(width, true));
            let plain = anstream::adapter::strip_str(&text).to_string();
            assert!(plain.lines().all(|line| line.width() <= width), "{width}: {plain}");
        }
        let text = movement(&fixture::movement(str::to_owned), Look::new(80, true));
        for told in [
            "What got worse (1)",
            "What got better (12)",
            "and 4 more",
            "−4.10  the questions",
            "Missing now",
        ] {
            assert!(text.contains(told), "{told}: {text}");
        }
        let ascii = movement(&fixture::movement(str::to_owned), Look::new(80, false));
        assert!(ascii.is_ascii() && ascii.contains("-4.10  the questions"), "{ascii}");
    }
}
