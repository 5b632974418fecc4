//! What comes first: who was assessed, the verdict, what to do, what to find out, and the areas.

use std::fmt::Display;

use super::answers::takes;
use super::bars::Tint;
use super::runs::Runs;
use super::word::{Body, Cell, Column, Style};
use super::{bars, handover, numbers, question};
use crate::report::{Action, Area, FindOut, HoldKind, Points, Report, Verdict};
use crate::text::{Words, percent};

/// How many actions come first.
const FIRST: usize = 5;

pub(super) fn write(body: &mut Body, report: &Report) {
    head(body, report);
    handover::cover(body, &report.head);
    handover::chapters(body, &report.foreword);
    verdict(body, &report.verdict);
    first(body, &report.actions);
    find_out(body, &report.find_out);
    areas(body, report);
}

fn head(body: &mut Body, report: &Report) {
    let (head, words) = (&report.head, body.words);
    if let Some(marking) = &head.marking {
        body.paragraph(Style::Marking, marking);
    }
    body.paragraph(Style::Title, &head.organisation.name);
    let kind = if head.self_assessed == Some(true) {
        words.say("Security self-assessment")
    } else {
        words.say("Security assessment")
    };
    body.paragraph(Style::Subtitle, format!("{kind}, {}", head.date.words));
    let questionnaire = words.fill(
        "{questionnaire}, version {version}",
        &[("questionnaire", &head.questionnaire.title), ("version", &head.questionnaire.version)],
    );
    let facts = [
        (words.say("Questionnaire"), questionnaire),
        (words.say("Assessed by"), head.assessed_by.clone()),
        (words.say("Kind"), format!("{}, {}", head.organisation.kind_words, head.organisation.country)),
    ];
    for (label, text) in facts {
        body.paragraph(Style::Normal, Runs::new().strong(format!("{label}: ")).plain(text));
    }
}

fn verdict(body: &mut Body, verdict: &Verdict) {
    let words = body.words;
    body.paragraph(Style::Heading1, words.say("The verdict"));
    let score = match (&verdict.score, &verdict.band) {
        (Some(score), Some(band)) => words.fill(
            "{score} of 100. {band}: {meaning}",
            &[("score", &score.headline.printed()), ("band", &band.title), ("meaning", &band.meaning)],
        ),
        _ => words.say("No score").to_owned(),
    };
    body.paragraph(Style::Score, score);
    body.paragraph(Style::Normal, &verdict.sentence);
    worlds(body, verdict);
    hold(body, verdict);
    if let Some(banner) = &verdict.scope_banner {
        body.paragraph(Style::Heading3, words.say("Much was left out"));
        body.paragraph(Style::Normal, banner);
    }
    let named = |name: &str| Runs::new().strong(format!("{name} "));
    body.paragraph(Style::Normal, named(words.say("Answered:")).plain(answered(verdict, words)));
    if verdict.score.is_some() {
        let firm = named(words.say("How firm is this?")).plain(&verdict.stability_sentence);
        body.paragraph(Style::Normal, firm);
    }
}

fn answered(verdict: &Verdict, words: &Words) -> String {
    let counts = verdict.counts;
    let Some(coverage) = verdict.coverage else { return words.say("No question concerns you.").to_owned() };
    words.fill(
        "{share} of the weight has a definite answer. Of {questions}, “I don’t know”: {unknown}; not answered yet: {unanswered}; does not apply: {not_applicable}. Not asked, because of what you have: {not_asked}.",
        &[
            ("share", &percent(coverage.get().into())),
            ("questions", &words.plural(counts.in_scope, "question", "questions")),
            ("unknown", &counts.unknown),
            ("unanswered", &counts.unanswered),
            ("not_applicable", &counts.not_applicable),
            ("not_asked", &counts.out_of_scope),
        ],
    )
}

fn worlds(body: &mut Body, verdict: &Verdict) {
    let Some(score) = &verdict.score else { return };
    let held = verdict.hold.as_ref().is_some_and(|hold| hold.kind == HoldKind::Proof);
    let words = body.words;
    let stated = if held {
        words.say("Your answers taken at their word. The result is held below it until more is proven.")
    } else {
        words.say("Your answers taken at their word. This is the result.")
    };
    let (proven, possible) = (
        words.say("Only what a document or a check supports."),
        words.say("If everything you don’t know yet turned out well."),
    );
    let row = |name: &str, points: Option<Points>, meaning: &str| -> Vec<Cell> {
        vec![Runs::new().strong(name).into(), number(points).into(), meaning.into()]
    };
    let rows = vec![
        row(words.say("Proven"), score.worlds.proven, proven),
        row(words.say("Stated"), score.worlds.stated, stated),
        row(words.say("Possible"), score.worlds.possible, possible),
    ];
    let columns = [
        Column::words(words.say("Score"), 14),
        Column::numbers(words.say("Of 100"), 12),
        Column::words(words.say("What it counts"), 74),
    ];
    body.table(words.say("The same answers, counted in three ways"), &columns, rows);
}

fn hold(body: &mut Body, verdict: &Verdict) {
    let Some(hold) = &verdict.hold else { return };
    let words = body.words;
    let heading = words.fill("What holds it down: {what}", &[("what", &hold.title)]);
    body.paragraph(Style::Heading3, heading);
    let without = hold.without.stated.map(|points| {
        let value: (&str, &dyn Display) = ("score", &points.printed());
        let without = match hold.kind {
            HoldKind::Proof => words.fill("If all of it were proven, the result would be {score}.", &[value]),
            HoldKind::Gate | HoldKind::Incident => {
                words.fill("Without this cap it would be {score}.", &[value])
            }
        };
        format!(" {without}")
    });
    let mut why = Runs::new().plain(&hold.sentence).plain(without.unwrap_or_default());
    if !hold.questions.is_empty() {
        let phrase = words.say("Look at {questions}.");
        why = why.plain(" ").then(Runs::filled(phrase, &[("questions", numbers(&hold.questions))]));
    }
    body.paragraph(Style::Normal, why);
}

/// The number of a score, or a dash.
pub(super) fn number(points: Option<Points>) -> String {
    points.map_or_else(|| "–".to_owned(), |points| points.printed().to_string())
}

fn first(body: &mut Body, actions: &[Action]) {
    if actions.is_empty() {
        return;
    }
    let words = body.words;
    body.paragraph(Style::Heading1, words.say("Do these first"));
    for action in actions.iter().take(FIRST) {
        body.paragraph(Style::Heading3, format!("{}. {}", action.number, action.heading));
        let why = if action.find_out {
            format!("{} {}", words.say("Not known yet: find out, and put it right if need be."), action.why)
        } else {
            action.why.clone()
        };
        body.paragraph(Style::Normal, why);
        body.paragraph(Style::Note, gain(action, words));
    }
}

/// What an action takes, and what it brings.
fn gain(action: &Action, words: &Words) -> Runs {
    let after = words.fill("Score after: {score}.", &[("score", &action.headline_after.printed())]);
    let takes = takes(words, action.effort, action.cost);
    let mut gain = Runs::new().strong(after).plain(format!(" {takes}"));
    if !action.lifts.is_empty() {
        let caps: Vec<String> = action.lifts.iter().map(ToString::to_string).collect();
        let lifts = words.fill("Lifts the cap at {caps}.", &[("caps", &words.and_list(&caps))]);
        gain = gain.plain(format!(" {lifts}"));
    }
    if !action.closes.is_empty() {
        let titles: Vec<&str> = action.closes.iter().map(|incident| incident.title.as_str()).collect();
        let closes = words.fill("Would interrupt: {incidents}.", &[("incidents", &titles.join("; "))]);
        gain = gain.plain(format!(" {closes}"));
    }
    let number = Runs::new().jump(&action.question.anchor, &action.question.number);
    gain.plain(" ").then(Runs::filled(words.say("Question {number}."), &[("number", number)]))
}

fn find_out(body: &mut Body, open: &[FindOut]) {
    if open.is_empty() {
        return;
    }
    let words = body.words;
    body.paragraph(Style::Heading1, words.say("Find these out"));
    body.paragraph(
        Style::Normal,
        words.say("You answered “I don’t know”, or not yet. One question to the right person is often all it takes."),
    );
    let rows = open.iter().map(|open| -> Vec<Cell> {
        vec![
            vec![question(&open.question), Runs::from(&open.ask)].into(),
            open.how.as_deref().unwrap_or("–").into(),
            open.at_stake.to_string().into(),
        ]
    });
    let columns = [
        Column::words(words.say("Question"), 45),
        Column::words(words.say("What to ask whom"), 40),
        Column::numbers(words.say("Points at stake"), 15),
    ];
    body.table(words.say("What to find out, most at stake first"), &columns, rows.collect());
}

fn areas(body: &mut Body, report: &Report) {
    if report.areas.is_empty() {
        return;
    }
    let words = body.words;
    body.paragraph(Style::Heading1, words.say("Areas"));
    if let Some(weakest) = report.areas.iter().find(|area| area.weakest) {
        let told = words.fill(
            "{area} is weakest. A quarter of the score comes from the weakest area alone, so it is worth lifting first.",
            &[("area", &weakest.title)],
        );
        body.paragraph(Style::Normal, told);
    }
    body.paragraph(
        Style::Note,
        words.say(
            "In the bars, dark is proven, light is stated without proof, and the dotted outline is possible.",
        ),
    );
    let last = if report.since.is_some() { words.say("Stated before") } else { words.say("Points lost") };
    let columns = [
        Column::words(words.say("Area"), 27),
        Column::words(words.say("0 to 100"), 22),
        Column::numbers(words.say("Stated"), 10),
        Column::numbers(words.say("Proven"), 10),
        Column::numbers(words.say("Possible"), 11),
        Column::numbers(words.say("Not known"), 9),
        Column::numbers(last, 11),
    ];
    let rows = report.areas.iter().map(|area| area_row(body, report, area)).collect();
    body.table(words.say("Areas, with stated, proven and possible score from 0 to 100"), &columns, rows);
}

fn area_row(body: &mut Body, report: &Report, area: &Area) -> Vec<Cell> {
    let tint = Tint::of(&report.head);
    let drawing = bars::bar(body.words, body.next_drawing(), &area.title, &area.score, &tint);
    let bar = drawing.map_or_else(Runs::new, |drawing| Runs::new().drawing(drawing));
    let last = match &report.since {
        Some(since) => number(since.area_before(&area.id)),
        None => area.loss.to_string(),
    };
    vec![
        format!("{} {}", area.number, area.title).into(),
        bar.into(),
        number(area.score.stated).into(),
        number(area.score.proven).into(),
        number(area.score.possible).into(),
        area.unknown.to_string().into(),
        last.into(),
    ]
}
