//! What comes first: who was assessed, the verdict, what to do, what to find out, and the areas.

use super::word::{Body, Cell, Column, Style, Words};
use super::{bars, handover, question, with_numbers};
use crate::report::{Action, Area, FindOut, HoldKind, Movement, Points, Report, Verdict};
use crate::text::{and_list, percent, plural};

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
    let head = &report.head;
    if let Some(marking) = &head.marking {
        body.paragraph(Style::Marking, marking);
    }
    body.paragraph(Style::Title, &head.organisation.name);
    let kind =
        if head.self_assessed == Some(true) { "Security self-assessment" } else { "Security assessment" };
    body.paragraph(Style::Subtitle, format!("{kind}, {}", head.date.words));
    let facts = [
        ("Questionnaire", format!("{}, version {}", head.questionnaire.title, head.questionnaire.version)),
        ("Assessed by", head.assessed_by.clone()),
        ("Kind", format!("{}, {}", head.organisation.kind_words, head.organisation.country)),
    ];
    for (label, text) in facts {
        body.paragraph(Style::Normal, Words::new().strong(format!("{label}: ")).plain(text));
    }
}

fn verdict(body: &mut Body, verdict: &Verdict) {
    body.paragraph(Style::Heading1, "The verdict");
    match (&verdict.score, &verdict.band) {
        (Some(score), Some(band)) => {
            let words = format!("{} of 100. {}: {}", score.headline.printed(), band.title, band.meaning);
            body.paragraph(Style::Score, words);
        }
        _ => body.paragraph(Style::Score, "No score"),
    }
    body.paragraph(Style::Normal, &verdict.sentence);
    worlds(body, verdict);
    hold(body, verdict);
    if let Some(banner) = &verdict.scope_banner {
        body.paragraph(Style::Heading3, "Much was left out");
        body.paragraph(Style::Normal, banner);
    }
    let counts = verdict.counts;
    let known = match verdict.coverage {
        None => "No question concerns you.".to_owned(),
        Some(coverage) => format!(
            "{} of the weight has a definite answer. Of {}, “I don’t know”: {}; not answered yet: {}; does not apply: {}. Not asked, because of what you have: {}.",
            percent(coverage.get().into()),
            plural(counts.in_scope, "question", "questions"),
            counts.unknown,
            counts.unanswered,
            counts.not_applicable,
            counts.out_of_scope
        ),
    };
    body.paragraph(Style::Normal, Words::new().strong("Answered: ").plain(known));
    if verdict.score.is_some() {
        let words = Words::new().strong("How firm is this? ").plain(&verdict.stability_sentence);
        body.paragraph(Style::Normal, words);
    }
}

fn worlds(body: &mut Body, verdict: &Verdict) {
    let Some(score) = &verdict.score else { return };
    let held = verdict.hold.as_ref().is_some_and(|hold| hold.kind == HoldKind::Proof);
    let stated = if held {
        "Your answers taken at their word. The result is held below it until more is proven."
    } else {
        "Your answers taken at their word. This is the result."
    };
    let row = |name: &str, points: Option<Points>, meaning: &str| -> Vec<Cell> {
        vec![Words::new().strong(name).into(), number(points).into(), meaning.into()]
    };
    let rows = vec![
        row("Proven", score.worlds.proven, "Only what a document or a check supports."),
        row("Stated", score.worlds.stated, stated),
        row("Possible", score.worlds.possible, "If everything you don’t know yet turned out well."),
    ];
    let columns =
        [Column::words("Score", 14), Column::numbers("Of 100", 12), Column::words("What it counts", 74)];
    body.table("The same answers, counted in three ways", &columns, rows);
}

fn hold(body: &mut Body, verdict: &Verdict) {
    let Some(hold) = &verdict.hold else { return };
    body.paragraph(Style::Heading3, format!("What holds it down: {}", hold.title));
    let without = hold.without.stated.map(|points| {
        let without = points.printed();
        match hold.kind {
            HoldKind::Proof => format!(" If all of it were proven, the result would be {without}."),
            HoldKind::Gate | HoldKind::Incident => format!(" Without this cap it would be {without}."),
        }
    });
    let mut words = Words::new().plain(&hold.sentence).plain(without.unwrap_or_default());
    if !hold.questions.is_empty() {
        words = with_numbers(words.plain(" Look at "), &hold.questions).plain(".");
    }
    body.paragraph(Style::Normal, words);
}

/// The number of a score, or a dash.
pub(super) fn number(points: Option<Points>) -> String {
    points.map_or_else(|| "–".to_owned(), |points| points.printed().to_string())
}

fn first(body: &mut Body, actions: &[Action]) {
    if actions.is_empty() {
        return;
    }
    body.paragraph(Style::Heading1, "Do these first");
    for action in actions.iter().take(FIRST) {
        body.paragraph(Style::Heading3, format!("{}. {}", action.number, action.heading));
        let unknown =
            if action.find_out { "Not known yet: find out, and put it right if need be. " } else { "" };
        body.paragraph(Style::Normal, format!("{unknown}{}", action.why));
        body.paragraph(Style::Note, gain(action));
    }
}

/// What an action takes, and what it brings.
fn gain(action: &Action) -> Words {
    let mut words = Words::new()
        .strong(format!("Score after: {}.", action.headline_after.printed()))
        .plain(format!(" Effort: {}. Cost: {}.", action.effort, action.cost));
    if !action.lifts.is_empty() {
        let caps: Vec<String> = action.lifts.iter().map(ToString::to_string).collect();
        words = words.plain(format!(" Lifts the cap at {}.", and_list(&caps)));
    }
    if !action.closes.is_empty() {
        let titles: Vec<&str> = action.closes.iter().map(|incident| incident.title.as_str()).collect();
        words = words.plain(format!(" Would interrupt: {}.", titles.join("; ")));
    }
    words.plain(" Question ").jump(&action.question.anchor, &action.question.number).plain(".")
}

fn find_out(body: &mut Body, open: &[FindOut]) {
    if open.is_empty() {
        return;
    }
    body.paragraph(Style::Heading1, "Find these out");
    body.paragraph(
        Style::Normal,
        "You answered “I don’t know”, or not yet. One question to the right person is often all it takes.",
    );
    let rows = open.iter().map(|open| -> Vec<Cell> {
        vec![
            vec![question(&open.question), Words::from(&open.ask)].into(),
            open.how.as_deref().unwrap_or("–").into(),
            open.at_stake.to_string().into(),
        ]
    });
    let columns = [
        Column::words("Question", 45),
        Column::words("What to ask whom", 40),
        Column::numbers("Points at stake", 15),
    ];
    body.table("What to find out, most at stake first", &columns, rows.collect());
}

fn areas(body: &mut Body, report: &Report) {
    if report.areas.is_empty() {
        return;
    }
    body.paragraph(Style::Heading1, "Areas");
    if let Some(weakest) = report.areas.iter().find(|area| area.weakest) {
        let words = "is weakest. A quarter of the score comes from the weakest area alone, so it is worth lifting first.";
        body.paragraph(Style::Normal, format!("{} {words}", weakest.title));
    }
    body.paragraph(
        Style::Note,
        "In the bars, dark is proven, light is stated without proof, and the dotted outline is possible.",
    );
    let mut columns = vec![
        Column::words("Area", 27),
        Column::words("0 to 100", 22),
        Column::numbers("Stated", 10),
        Column::numbers("Proven", 10),
        Column::numbers("Possible", 11),
        Column::numbers("Not known", 9),
    ];
    columns.push(Column::numbers(if report.since.is_some() { "Stated before" } else { "Points lost" }, 11));
    let rows = report.areas.iter().map(|area| area_row(body, report.since.as_ref(), area)).collect();
    body.table("Areas, with stated, proven and possible score from 0 to 100", &columns, rows);
}

fn area_row(body: &mut Body, since: Option<&Movement>, area: &Area) -> Vec<Cell> {
    let drawing = bars::bar(body.next_drawing(), &area.title, &area.score);
    let bar = drawing.map_or_else(Words::new, |drawing| Words::new().drawing(drawing));
    let last = match since {
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
