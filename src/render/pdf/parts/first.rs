//! What to do first, and what to find out.

use krilla::tagging::ListNumbering;

use super::{between, heading, subheading};
use crate::render::pdf::block::{Block, Heading, Label, List, ListItem, Text, lead, note, plain, to};
use crate::render::pdf::charts;
use crate::render::pdf::fonts::Face;
use crate::render::pdf::text::{ACCENT, BOLD, NOTE, Span, Style};
use crate::report::{Action, FindOut, Report, Status};
use crate::text::{and_list, number_word, plural, sentence_case};

/// How many actions lead the report.
const ACTIONS: usize = 5;
/// How many questions are told in full.
const TOLD: usize = 8;

pub(super) fn part(report: &Report) -> Vec<Block> {
    let five = report.actions.get(..ACTIONS).unwrap_or(&report.actions);
    let mut blocks = vec![heading("Do these first", "first"), lead(opening(report, five))];
    if !five.is_empty() {
        blocks.push(Block::List(List {
            numbering: ListNumbering::Decimal,
            indent: 26.0,
            items: five.iter().map(action).collect(),
            ruled: true,
        }));
    }
    blocks.extend(find_out(&report.find_out));
    blocks
}

fn opening(report: &Report, five: &[Action]) -> String {
    let Some(last) = five.last() else {
        return if !report.find_out.is_empty() {
            "There is nothing to put right that we know of. Start with what you don’t know.".to_owned()
        } else if report.verdict.score.is_none() {
            "There is nothing to do yet, because no question counts.".to_owned()
        } else {
            "There is nothing left to do: every question that counts has full credit.".to_owned()
        };
    };
    let result = last.headline_after.printed();
    if five.len() == 1 {
        return format!("One step, and the result is {result}.");
    }
    format!(
        "{} steps, in the order that raises the score most for the work. Do these and nothing else, and the result is {result}.",
        sentence_case(&number_word(five.len()))
    )
}

fn action(action: &Action) -> ListItem {
    let number = Style { face: Face::Serif, size: 18.0, colour: ACCENT };
    let mut title = Heading::new(3, &action.heading);
    title.title = title.title.linked(to(&action.question.anchor));
    title.listed = false;
    let find = if action.find_out { "Not known yet: find out, and put it right if need be. " } else { "" };
    let mut cost = vec![Span::new(NOTE, format!("Effort: {}. Cost: {}.", action.effort, action.cost))];
    if !action.lifts.is_empty() {
        let caps: Vec<String> = action.lifts.iter().map(ToString::to_string).collect();
        cost.push(Span::new(NOTE, format!(" Lifts the cap at {}.", and_list(&caps))));
    }
    if !action.closes.is_empty() {
        cost.push(Span::new(NOTE, " Would interrupt: "));
        let titles = action.closes.iter();
        let incidents =
            titles.map(|incident| Span::new(NOTE, &incident.title).linked(to(format!("i-{}", incident.id))));
        cost.extend(between(incidents, &Span::new(NOTE, "; ")));
        cost.push(Span::new(NOTE, "."));
    }
    let (headline, stated) = (action.headline_after.printed(), action.stated_after.printed());
    let mut after = vec![plain("Score after: "), Span::new(BOLD, headline.to_string())];
    if stated != headline {
        after.push(Span::new(NOTE, format!("  stated {stated}")));
    }
    let body = vec![
        title.into(),
        Text::of(vec![plain(format!("{find}{}", action.why))]).then(2.0).into(),
        Text::of(cost).then(2.0).into(),
        Text::of(after).into(),
    ];
    ListItem { label: Label::Words(Span::new(number, action.number.to_string())), body, anchor: None }
}

fn find_out(open: &[FindOut]) -> Vec<Block> {
    if open.is_empty() {
        return Vec::new();
    }
    let item = |open: &FindOut| {
        let spans = vec![
            Span::new(BOLD, &open.ask).linked(to(&open.question.anchor)),
            plain(format!(" {} ", open.how.as_deref().unwrap_or_default())),
            Span::new(NOTE, format!("Up to {} points.", open.at_stake)),
        ];
        let body = vec![Text::of(spans).into()];
        ListItem { label: Label::Picture(charts::status(Status::Unknown)), body, anchor: None }
    };
    let mut blocks = vec![
        subheading("Find these out first"),
        note(
            "You answered “I don’t know”, or not yet. One question to the right person is often all it takes. The number is what is at stake.",
        ),
        Block::List(List {
            numbering: ListNumbering::None,
            indent: 18.0,
            items: open.iter().take(TOLD).map(item).collect(),
            ruled: true,
        }),
    ];
    if open.len() > TOLD {
        let more = plural(open.len() - TOLD, "more question", "more questions");
        let rest = vec![
            Span::new(NOTE, format!("And {more} with less at stake: under ")),
            Span::new(NOTE, "Every answer").linked(to("answers")),
            Span::new(NOTE, " they have an empty, dashed bar."),
        ];
        blocks.push(Text::of(rest).into());
    }
    blocks
}
