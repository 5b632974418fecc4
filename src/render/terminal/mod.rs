//! On a terminal: the report (one screen first, then the details), explanations, and questionnaires to read.

mod handover;
mod history;
mod movement;
mod plan;
mod prose;
mod services;
mod story;
mod upkeep;

use anstyle::Style;

use super::screen::{ACCENT, Look, SOFT, STRONG, Screen};
use crate::report::{
    Action, Booklet, BookletArea, BookletQuestion, Head, Incident, Incidents, Points, Report, Score, Shelf,
    Verdict, Why,
};
use crate::text::{number_word, plural, sentence_case};

pub use history::history;
pub use movement::movement;
pub use plan::plan;
pub use story::{stories, story};

/// How many actions and open questions are listed.
const LISTED: usize = 5;

/// The whole report.
pub fn report(report: &Report, look: Look) -> String {
    let mut screen = Screen::new(look);
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
    let mut screen = Screen::new(look);
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
    let line =
        format!("{}, version {}. {}", head.questionnaire.title, head.questionnaire.version, head.date.words);
    screen.paragraph(SOFT, 0, &line);
    if let Some(for_whom) = head.for_whom {
        screen.paragraph(STRONG, 0, for_whom);
    }
    if let Some(cover) = head.brand.as_ref().and_then(|brand| brand.cover.as_ref()) {
        screen.paragraph(SOFT, 0, cover);
    }
}

fn verdict(screen: &mut Screen, verdict: &Verdict) {
    if let (Some(score), Some(band)) = (&verdict.score, &verdict.band) {
        let number = score.headline.printed();
        let words = format!("{number} of 100   {}: {}", band.title.to_uppercase(), band.meaning);
        screen.paragraph(STRONG, 2, &words);
        screen.blank();
        bar(screen, score);
        screen.blank();
    }
    screen.paragraph(Style::new(), 2, &verdict.sentence);
    if let Some(banner) = &verdict.scope_banner {
        screen.paragraph(STRONG, 2, banner);
    }
    if let Some(hold) = &verdict.hold {
        let numbers: Vec<&str> = hold.questions.iter().map(|question| question.number.as_str()).collect();
        let see =
            if numbers.is_empty() { String::new() } else { format!(" (question {})", numbers.join(", ")) };
        let without =
            hold.without.stated.map(|stated| format!(" Without it the score would be {}.", stated.printed()));
        let held = format!("Held at {}: {}{see}{}", hold.cap, hold.sentence, without.unwrap_or_default());
        screen.blank();
        screen.hanging(STRONG, "  !", 4, &held);
    }
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
    let printed =
        |points: Option<Points>| points.map_or_else(|| "none".to_owned(), |p| p.printed().to_string());
    let legend = format!(
        "{solid} proven {}   {hatched} stated {}   {dotted} possible {}",
        printed(worlds.proven),
        printed(worlds.stated),
        printed(worlds.possible)
    );
    screen.paragraph(STRONG, 2, &legend);
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
    screen.heading("Do these first");
    for action in actions.iter().take(LISTED) {
        let heading = format!("{} ({})", action.first_step(), action.question.number);
        screen.hanging(Style::new(), &format!("  {}", action.number), 4, &heading);
        let mut about = vec![format!("effort: {}", action.effort), format!("cost: {}", action.cost)];
        about.push(format!("score after: {}", action.headline_after.printed()));
        about.extend(action.lifts.iter().map(|cap| format!("lifts the cap at {cap}")));
        screen.paragraph(SOFT, 4, &about.join(", "));
        if !action.closes.is_empty() {
            let titles: Vec<&str> = action.closes.iter().map(|incident| incident.title.as_str()).collect();
            screen.paragraph(SOFT, 4, &format!("would interrupt: {}", titles.join("; ")));
        }
    }
    if actions.len() > LISTED {
        let more = actions.len() - LISTED;
        screen.paragraph(
            SOFT,
            4,
            &format!(
                "and {} in the full report (-o report.html)",
                plural(more, "more action", "more actions")
            ),
        );
    }
}

fn areas(screen: &mut Screen, report: &Report) {
    screen.heading("Areas");
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
    screen.table(&["Area", "Stated", "Proven", "Possible", "Open", "Points lost"], &rows, &[1, 2, 3, 4, 5]);
}

fn incidents(screen: &mut Screen, incidents: &Incidents) {
    if incidents.replayed.is_empty() {
        return;
    }
    screen.heading("Would it have worked here?");
    let counts = incidents.counts;
    let summary = format!(
        "Of {} replayed against your answers, {} would have been open, {} hindered, {} interrupted.",
        plural(incidents.replayed.len(), "recorded incident", "recorded incidents"),
        number_word(counts.open),
        number_word(counts.hindered),
        number_word(counts.interrupted + counts.layered),
    );
    screen.paragraph(Style::new(), 2, &summary);
    for incident in incidents.replayed.iter().filter(|incident| !is_interrupted(incident)) {
        let title = format!("{}: {}", sentence_case(incident.word.stated), incident.title);
        screen.hanging(Style::new(), "  -", 4, &title);
        if let Some(change) = &incident.cheapest {
            screen.paragraph(
                SOFT,
                4,
                &format!("Would be interrupted by: {} ({})", change.title, change.number),
            );
        }
    }
    screen.paragraph(
        SOFT,
        2,
        "This is about recorded paths. It does not say that you would not have been hacked.",
    );
}

fn is_interrupted(incident: &Incident) -> bool {
    incident.broken_at.stated.is_some()
}

fn find_out(screen: &mut Screen, report: &Report) {
    if report.find_out.is_empty() {
        return;
    }
    screen.heading("Find these out");
    for open in report.find_out.iter().take(LISTED) {
        screen.hanging(
            Style::new(),
            "  ?",
            4,
            &format!("{} ({})", open.question.title, open.question.number),
        );
        let stake = format!("Up to {} points.", open.at_stake);
        let how = open.how.as_ref().map_or_else(|| stake.clone(), |how| format!("{how} {stake}"));
        screen.paragraph(SOFT, 4, &how);
    }
    if report.find_out.len() > LISTED {
        let more = report.find_out.len() - LISTED;
        screen.paragraph(SOFT, 4, &format!("and {} more", number_word(more)));
    }
}

fn close(screen: &mut Screen, report: &Report) {
    let verdict = &report.verdict;
    let counts = verdict.counts;
    screen.blank();
    let coverage = verdict.coverage.map_or_else(String::new, |share| {
        format!("{} of the weight has a definite answer. ", crate::text::percent(share.get().into()))
    });
    let counted = format!(
        "{coverage}{}: {} answered, {} unknown, {} not answered, {} not applicable, {} out of scope.",
        plural(counts.questions, "question", "questions"),
        counts.answered,
        counts.unknown,
        counts.unanswered,
        counts.not_applicable,
        counts.out_of_scope
    );
    screen.paragraph(SOFT, 0, &counted);
    screen.paragraph(SOFT, 0, &verdict.stability_sentence);
    screen.paragraph(
        SOFT,
        0,
        "The score is coverage of good practice, as you reported it. It is not the chance of being attacked.",
    );
    let questionnaire = &report.head.questionnaire;
    screen.paragraph(SOFT, 0, &format!("Questionnaire {} {}", questionnaire.id, questionnaire.version));
    screen.paragraph(SOFT, 0, &format!("sha256 {}", questionnaire.sha256));
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

/// The questionnaires that there are.
pub fn shelf(shelf: &Shelf, look: Look) -> String {
    let mut screen = Screen::new(look);
    for entry in &shelf.entries {
        screen.ends(&entry.id, &entry.version);
        screen.paragraph(Style::new(), 2, &entry.title);
        let questions = plural(entry.questions, "question", "questions");
        screen.paragraph(
            SOFT,
            2,
            &format!("{questions}, about {}", plural(entry.minutes.into(), "minute", "minutes")),
        );
        screen.paragraph(SOFT, 2, &entry.audience);
        screen.blank();
    }
    screen.paragraph(
        Style::new(),
        0,
        "Read one with `safeseat show ID`; begin with `safeseat new FILE --questionnaire ID`.",
    );
    screen.into_text()
}

/// A questionnaire, for reading before answering.
pub fn booklet(booklet: &Booklet, look: Look) -> String {
    let mut screen = Screen::new(look);
    screen.ends(&booklet.title, &format!("{} {}", booklet.id, booklet.version));
    screen.paragraph(Style::new(), 0, &booklet.summary);
    screen.paragraph(SOFT, 0, &format!("For: {}", booklet.audience));
    let size = format!(
        "{}, about {}. {}",
        plural(booklet.questions, "question", "questions"),
        plural(booklet.minutes.into(), "minute", "minutes"),
        booklet.licence
    );
    screen.paragraph(SOFT, 0, &size);
    facts(&mut screen, booklet);
    for area in &booklet.areas {
        booklet_area(&mut screen, area);
    }
    booklet_gates(&mut screen, booklet);
    screen.into_text()
}

fn facts(screen: &mut Screen, booklet: &Booklet) {
    if booklet.facts.is_empty() {
        return;
    }
    screen.heading("First: what you have");
    screen.paragraph(
        SOFT,
        2,
        "Yes, no or unknown. Unknown counts as yes. A no leaves out the questions named behind it.",
    );
    for fact in &booklet.facts {
        screen.hanging(Style::new(), "  -", 4, &format!("{} ({})", fact.ask, fact.id));
        if let Some(help) = &fact.help {
            screen.paragraph(SOFT, 4, help);
        }
        let switches: Vec<&str> = fact.switches.iter().map(|question| question.number.as_str()).collect();
        if !switches.is_empty() {
            screen.paragraph(SOFT, 4, &format!("No leaves out {}", switches.join(", ")));
        }
    }
}

fn booklet_area(screen: &mut Screen, area: &BookletArea) {
    screen.heading(&format!("{} {}", area.number, area.title));
    screen.paragraph(SOFT, 0, &area.summary);
    for question in &area.questions {
        screen.blank();
        booklet_question(screen, question);
    }
}

fn booklet_question(screen: &mut Screen, question: &BookletQuestion) {
    screen.hanging(STRONG, &question.question.number, 5, &question.ask);
    if let Some(help) = &question.help {
        screen.paragraph(SOFT, 5, help);
    }
    for fact in &question.only_if {
        screen.paragraph(SOFT, 5, &format!("Only if: {fact}"));
    }
    screen.paragraph(Style::new(), 5, &format!("{}:", question.instruction));
    for option in &question.options {
        let credit = option.credit.map(|credit| format!(" [{credit}]")).unwrap_or_default();
        screen.hanging(Style::new(), "     [ ]", 9, &format!("{}{credit}", option.label));
    }
    screen.hanging(Style::new(), "     [ ]", 9, "I don’t know");
    if question.may_be_skipped {
        screen.hanging(Style::new(), "     [ ]", 9, "Does not apply, because:");
    }
    screen.paragraph(SOFT, 5, &format!("Why: {}", question.why));
    screen.paragraph(SOFT, 5, &format!("Proof: {}", question.proof));
}

fn booklet_gates(screen: &mut Screen, booklet: &Booklet) {
    if booklet.gates.is_empty() {
        return;
    }
    screen.heading("What caps the score");
    for gate in &booklet.gates {
        let numbers: Vec<&str> = gate.questions.iter().map(|question| question.number.as_str()).collect();
        let line = format!("At most {}: {} ({})", gate.cap, gate.title, numbers.join(", "));
        screen.hanging(Style::new(), "  -", 4, &line);
        screen.paragraph(SOFT, 4, &gate.grounds);
    }
}
