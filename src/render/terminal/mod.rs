//! On a terminal: the report (one screen first, then the details), explanations, and questionnaires to read.

mod booklet;
mod handover;
mod history;
mod movement;
mod plan;
mod prose;
mod services;
mod story;
mod upkeep;

use std::fmt::Display;

use anstyle::Style;

use super::screen::{ACCENT, Look, SOFT, STRONG, Screen};
use crate::report::{Action, Head, Hold, Incident, Incidents, Points, Report, Score, Verdict, Why, Worlds};
use crate::text::{Words, percent, sentence_case};

pub use booklet::{booklet, shelf};
pub use history::history;
pub use movement::movement;
pub use plan::plan;
pub use story::{stories, story};

/// How many actions and open questions are listed.
const LISTED: usize = 5;

/// The whole report.
pub fn report(report: &Report, look: Look) -> String {
    let mut screen = Screen::speaking(report.words, look);
    if report.head.audience.is_short() {
        handover::short(&mut screen, report);
        return screen.into_text();
    }
    first_screen(&mut screen, report);
    prose::chapters(&mut screen, &report.foreword);
    if let Some(since) = &report.since {
        movement::since_last_time(&mut screen, since);
    }
    areas(&mut screen, report);
    incidents(&mut screen, &report.incidents);
    find_out(&mut screen, report);
    upkeep::ageing(&mut screen, &report.ageing, LISTED);
    upkeep::waivers(&mut screen, &report.waivers);
    services::contacts(&mut screen, &report.services);
    handover::texts_on_areas(&mut screen, report);
    prose::chapters(&mut screen, &report.afterword);
    close(&mut screen, report);
    handover::brand(&mut screen, &report.head);
    screen.into_text()
}

/// The first screen of the report: the verdict and what to do first.
pub fn opening(report: &Report, look: Look) -> String {
    let mut screen = Screen::speaking(report.words, look);
    first_screen(&mut screen, report);
    screen.into_text()
}

fn first_screen(screen: &mut Screen, report: &Report) {
    head(screen, &report.head);
    screen.blank();
    verdict(screen, &report.verdict);
    upkeep::since(screen, &report.ageing);
    actions(screen, &report.actions);
}

fn head(screen: &mut Screen, head: &Head) {
    let marking = head.marking.as_deref().unwrap_or_default().to_uppercase();
    screen.ends(&head.organisation.name, &marking);
    let questionnaire = screen.words().fill(
        "{questionnaire}, version {version}",
        &[("questionnaire", &head.questionnaire.title), ("version", &head.questionnaire.version)],
    );
    screen.paragraph(SOFT, 0, &format!("{questionnaire}. {}", head.date.words));
    if let Some(for_whom) = head.for_whom {
        screen.paragraph(STRONG, 0, for_whom);
    }
    if let Some(cover) = head.brand.as_ref().and_then(|brand| brand.cover.as_ref()) {
        screen.paragraph(SOFT, 0, cover);
    }
}

fn verdict(screen: &mut Screen, verdict: &Verdict) {
    if let (Some(score), Some(band)) = (&verdict.score, &verdict.band) {
        let of_100 = screen.words().fill("{score} of 100", &[("score", &score.headline.printed())]);
        let line = format!("{of_100}   {}: {}", band.title.to_uppercase(), band.meaning);
        screen.paragraph(STRONG, 2, &line);
        screen.blank();
        bar(screen, score);
        screen.blank();
    }
    screen.paragraph(Style::new(), 2, &verdict.sentence);
    if let Some(banner) = &verdict.scope_banner {
        screen.paragraph(STRONG, 2, banner);
    }
    if let Some(hold) = &verdict.hold {
        held(screen, hold);
    }
}

/// What holds the score down.
fn held(screen: &mut Screen, hold: &Hold) {
    let words = screen.words();
    let numbers: Vec<&str> = hold.questions.iter().map(|question| question.number.as_str()).collect();
    let (cap, why, questions) = (hold.cap, &hold.sentence, numbers.join(", "));
    let mut told = if numbers.is_empty() {
        words.fill("Held at {cap}: {why}", &[("cap", &cap), ("why", why)])
    } else {
        let values: [(&str, &dyn Display); 3] = [("cap", &cap), ("why", why), ("questions", &questions)];
        words.fill("Held at {cap}: {why} (question {questions})", &values)
    };
    if let Some(stated) = hold.without.stated {
        let without = words.fill("Without it the score would be {score}.", &[("score", &stated.printed())]);
        told = format!("{told} {without}");
    }
    screen.blank();
    screen.hanging(STRONG, "  !", 4, &told);
}

/// The bar from 0 to 100: solid is proven, hatched is only stated, dotted is not known.
fn bar(screen: &mut Screen, score: &Score) {
    let (solid, hatched, dotted, empty) =
        if screen.look().unicode { ('█', '▒', '░', '·') } else { ('#', '=', '-', '.') };
    let width = screen.look().width.saturating_sub(4).min(100);
    let cells = |points: Option<Points>| usize::from(points.map_or(0, Points::get)) * width / 10_000;
    let worlds = score.worlds;
    let proven = cells(worlds.proven);
    let stated = cells(worlds.stated).max(proven);
    let possible = cells(worlds.possible).max(stated);
    let fill = |c: char, count: usize| c.to_string().repeat(count);
    let line = [
        fill(solid, proven),
        fill(hatched, stated - proven),
        fill(dotted, possible - stated),
        fill(empty, width - possible),
    ];
    screen.line("  ", ACCENT, &line.concat());
    screen.line("  ", SOFT, &scale(width));
    screen.paragraph(STRONG, 2, &legend(screen.words(), [solid, hatched, dotted], score));
}

/// What the signs of the bar mean, with the numbers.
fn legend(words: &Words, [solid, hatched, dotted]: [char; 3], score: &Score) -> String {
    let printed =
        |points: Option<Points>| points.map_or_else(|| words.number_word(0), |p| p.printed().to_string());
    let Worlds { proven, stated, possible } = score.worlds.map(printed);
    let meanings = [
        (solid, words.fill("proven {score}", &[("score", &proven)])),
        (hatched, words.fill("stated {score}", &[("score", &stated)])),
        (dotted, words.fill("possible {score}", &[("score", &possible)])),
    ];
    meanings.map(|(sign, meaning)| format!("{sign} {meaning}")).join("   ")
}

/// The edges of the bands, each at its place.
fn scale(width: usize) -> String {
    let mut line = vec![' '; width];
    for edge in [0, 40, 60, 80, 90, 100_usize] {
        let label: Vec<char> = edge.to_string().chars().collect();
        let start = (edge * width / 100).min(width.saturating_sub(label.len()));
        for (cell, letter) in line.iter_mut().skip(start).zip(label) {
            *cell = letter;
        }
    }
    line.into_iter().collect()
}

fn actions(screen: &mut Screen, actions: &[Action]) {
    if actions.is_empty() {
        return;
    }
    let words = screen.words();
    screen.heading(words.say("Do these first"));
    for action in actions.iter().take(LISTED) {
        let heading = format!("{} ({})", action.first_step(), action.question.number);
        screen.hanging(Style::new(), &format!("  {}", action.number), 4, &heading);
        screen.paragraph(SOFT, 4, &about(words, action));
        if !action.closes.is_empty() {
            let titles: Vec<&str> = action.closes.iter().map(|incident| incident.title.as_str()).collect();
            let line = words.fill("would interrupt: {incidents}", &[("incidents", &titles.join("; "))]);
            screen.paragraph(SOFT, 4, &line);
        }
    }
    if actions.len() > LISTED {
        let more = words.plural(actions.len() - LISTED, "more action", "more actions");
        screen.paragraph(SOFT, 4, &in_full(words, &more));
    }
}

/// What an action takes, and what it does for the score.
fn about(words: &Words, action: &Action) -> String {
    let mut about = vec![
        words.fill("effort: {effort}", &[("effort", &words.say(action.effort))]),
        words.fill("cost: {cost}", &[("cost", &words.say(action.cost))]),
        words.fill("score after: {score}", &[("score", &action.headline_after.printed())]),
    ];
    about.extend(action.lifts.iter().map(|cap| words.fill("lifts the cap at {cap}", &[("cap", cap)])));
    about.join(", ")
}

/// Where to find what is not listed.
fn in_full(words: &Words, more: &str) -> String {
    words.fill("and {more} in the full report (-o report.html)", &[("more", &more)])
}

fn areas(screen: &mut Screen, report: &Report) {
    let words = screen.words();
    screen.heading(words.say("Areas"));
    let number = |points: Option<Points>| points.map_or_else(|| "-".to_owned(), |p| p.printed().to_string());
    let rows: Vec<Vec<String>> = report
        .areas
        .iter()
        .map(|area| {
            vec![
                format!("{} {}", area.number, area.title),
                number(area.score.stated),
                number(area.score.proven),
                number(area.score.possible),
                area.unknown.to_string(),
                area.loss.to_string(),
            ]
        })
        .collect();
    let header = [
        words.say("Area"),
        words.say("Stated"),
        words.say("Proven"),
        words.say("Possible"),
        words.say("Open"),
        words.say("Points lost"),
    ];
    screen.table(&header, &rows, &[1, 2, 3, 4, 5]);
}

fn incidents(screen: &mut Screen, incidents: &Incidents) {
    if incidents.replayed.is_empty() {
        return;
    }
    let words = screen.words();
    screen.heading(words.say("Would it have worked here?"));
    let counts = incidents.counts;
    let summary = words.fill(
        "Of {incidents} replayed against your answers, {open} would have been open, {hindered} hindered, {interrupted} \
         interrupted.",
        &[
            ("incidents", &words.plural(incidents.replayed.len(), "recorded incident", "recorded incidents")),
            ("open", &words.number_word(counts.open)),
            ("hindered", &words.number_word(counts.hindered)),
            ("interrupted", &words.number_word(counts.interrupted + counts.layered)),
        ],
    );
    screen.paragraph(Style::new(), 2, &summary);
    for incident in incidents.replayed.iter().filter(|incident| !is_interrupted(incident)) {
        let word = sentence_case(words.say(incident.word.stated));
        let title = format!("{word}: {}", incident.title);
        screen.hanging(Style::new(), "  -", 4, &title);
        if let Some(change) = &incident.cheapest {
            let change = format!("{} ({})", change.title, change.number);
            screen.paragraph(
                SOFT,
                4,
                &words.fill("Would be interrupted by: {change}", &[("change", &change)]),
            );
        }
    }
    screen.paragraph(
        SOFT,
        2,
        words.say("This is about recorded paths. It does not say that you would not have been hacked."),
    );
}

fn is_interrupted(incident: &Incident) -> bool {
    incident.broken_at.stated.is_some()
}

fn find_out(screen: &mut Screen, report: &Report) {
    if report.find_out.is_empty() {
        return;
    }
    let words = screen.words();
    screen.heading(words.say("Find these out"));
    for open in report.find_out.iter().take(LISTED) {
        screen.hanging(
            Style::new(),
            "  ?",
            4,
            &format!("{} ({})", open.question.title, open.question.number),
        );
        let stake = words.fill("Up to {points} points.", &[("points", &open.at_stake)]);
        let how = open.how.as_ref().map_or_else(|| stake.clone(), |how| format!("{how} {stake}"));
        screen.paragraph(SOFT, 4, &how);
    }
    if report.find_out.len() > LISTED {
        let more = words.number_word(report.find_out.len() - LISTED);
        screen.paragraph(SOFT, 4, &words.fill("and {number} more", &[("number", &more)]));
    }
}

fn close(screen: &mut Screen, report: &Report) {
    let words = screen.words();
    screen.blank();
    screen.paragraph(SOFT, 0, &counted(words, &report.verdict));
    screen.paragraph(SOFT, 0, &report.verdict.stability_sentence);
    screen.paragraph(
        SOFT,
        0,
        words.say(
            "The score is coverage of good practice, as you reported it. It is not the chance of being attacked.",
        ),
    );
    let questionnaire = &report.head.questionnaire;
    let which = format!("{} {}", questionnaire.id, questionnaire.version);
    screen.paragraph(SOFT, 0, &words.fill("Questionnaire {questionnaire}", &[("questionnaire", &which)]));
    screen.paragraph(SOFT, 0, &format!("sha256 {}", questionnaire.sha256));
}

/// How much is answered, and how many questions stand how.
fn counted(words: &Words, verdict: &Verdict) -> String {
    let counts = verdict.counts;
    let counted = words.fill(
        "{questions}: {answered} answered, {unknown} unknown, {unanswered} not answered, {not_applicable} not applicable, \
         {out_of_scope} out of scope.",
        &[
            ("questions", &words.plural(counts.questions, "question", "questions")),
            ("answered", &counts.answered),
            ("unknown", &counts.unknown),
            ("unanswered", &counts.unanswered),
            ("not_applicable", &counts.not_applicable),
            ("out_of_scope", &counts.out_of_scope),
        ],
    );
    let Some(coverage) = verdict.coverage else { return counted };
    let share = percent(coverage.get().into());
    let covered = words.fill("{share} of the weight has a definite answer.", &[("share", &share)]);
    format!("{covered} {counted}")
}

/// How a number came about.
pub fn why(why: &Why, look: Look) -> String {
    let mut screen = Screen::new(look);
    screen.paragraph(STRONG, 0, &why.title);
    for part in &why.parts {
        screen.heading(&part.heading);
        for line in &part.lines {
            screen.hanging(Style::new(), "  ", 4, line);
        }
    }
    screen.into_text()
}
