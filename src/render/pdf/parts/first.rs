//! What to do first, and what to find out.

use krilla::tagging::ListNumbering;

use super::{between, heading, subheading, takes};
use crate::render::pdf::block::{Block, Heading, Label, List, ListItem, Text, lead, note, plain, to};
use crate::render::pdf::charts;
use crate::render::pdf::fonts::Face;
use crate::render::pdf::text::{ACCENT, BODY, BOLD, NOTE, Span, Style, filled};
use crate::report::{Action, FindOut, Report, Status};
use crate::text::{Words, sentence_case};

/// How many actions lead the report.
const ACTIONS: usize = 5;
/// How many questions are told in full.
const TOLD: usize = 8;

pub(super) fn part(report: &Report) -> Vec<Block> {
    let five = report.actions.get(..ACTIONS).unwrap_or(&report.actions);
    let words = report.words;
    let mut blocks = vec![heading(words.say("Do these first"), "first"), lead(opening(report, five))];
    if !five.is_empty() {
        blocks.push(Block::List(List {
            numbering: ListNumbering::Decimal,
            indent: 26.0,
            items: five.iter().map(|each| action(each, words)).collect(),
            ruled: true,
        }));
    }
    blocks.extend(find_out(&report.find_out, words));
    blocks
}

fn opening(report: &Report, five: &[Action]) -> String {
    let words = report.words;
    let Some(last) = five.last() else {
        let nothing = if !report.find_out.is_empty() {
            words.say("There is nothing to put right that we know of. Start with what you don’t know.")
        } else if report.verdict.score.is_none() {
            words.say("There is nothing to do yet, because no question counts.")
        } else {
            words.say("There is nothing left to do: every question that counts has full credit.")
        };
        return nothing.to_owned();
    };
    let result = last.headline_after.printed();
    if five.len() == 1 {
        return words.fill("One step, and the result is {score}.", &[("score", &result)]);
    }
    words.fill(
        "{count} steps, in the order that raises the score most for the work. Do these and nothing else, and the result is {score}.",
        &[("count", &sentence_case(&words.number_word(five.len()))), ("score", &result)],
    )
}

fn action(action: &Action, words: &Words) -> ListItem {
    let number = Style { face: Face::Serif, size: 18.0, colour: ACCENT };
    let mut title = Heading::new(3, &action.heading);
    title.title = title.title.linked(to(&action.question.anchor));
    title.listed = false;
    let why = if action.find_out {
        format!("{} {}", words.say("Not known yet: find out, and put it right if need be."), action.why)
    } else {
        action.why.clone()
    };
    let body = vec![
        title.into(),
        Text::of(vec![plain(why)]).then(2.0).into(),
        Text::of(gain(action, words)).then(2.0).into(),
        Text::of(after(action, words)).into(),
    ];
    ListItem { label: Label::Words(Span::new(number, action.number.to_string())), body, anchor: None }
}

/// What an action takes, and what it brings.
fn gain(action: &Action, words: &Words) -> Vec<Span> {
    let mut gain = vec![Span::new(NOTE, takes(words, action.effort, action.cost))];
    if !action.lifts.is_empty() {
        let caps: Vec<String> = action.lifts.iter().map(ToString::to_string).collect();
        let lifts = words.fill("Lifts the cap at {caps}.", &[("caps", &words.and_list(&caps))]);
        gain.push(Span::new(NOTE, format!(" {lifts}")));
    }
    if !action.closes.is_empty() {
        let titles = action.closes.iter();
        let incidents =
            titles.map(|incident| Span::new(NOTE, &incident.title).linked(to(format!("i-{}", incident.id))));
        let incidents = between(incidents, &Span::new(NOTE, "; "));
        let phrase = format!(" {}", words.say("Would interrupt: {incidents}."));
        gain.extend(filled(NOTE, &phrase, &[("incidents", incidents)]));
    }
    gain
}

fn after(action: &Action, words: &Words) -> Vec<Span> {
    let (headline, stated) = (action.headline_after.printed(), action.stated_after.printed());
    let score = vec![Span::new(BOLD, headline.to_string())];
    let mut after = filled(BODY, words.say("Score after: {score}"), &[("score", score)]);
    if stated != headline {
        let stated = words.fill("stated {score}", &[("score", &stated)]);
        after.push(Span::new(NOTE, format!("  {stated}")));
    }
    after
}

fn find_out(open: &[FindOut], words: &Words) -> Vec<Block> {
    if open.is_empty() {
        return Vec::new();
    }
    let item = |open: &FindOut| {
        let spans = vec![
            Span::new(BOLD, &open.ask).linked(to(&open.question.anchor)),
            plain(format!(" {} ", open.how.as_deref().unwrap_or_default())),
            Span::new(NOTE, words.fill("Up to {points} points.", &[("points", &open.at_stake)])),
        ];
        let body = vec![Text::of(spans).into()];
        ListItem { label: Label::Picture(charts::status(Status::Unknown)), body, anchor: None }
    };
    let mut blocks = vec![
        subheading(words.say("Find these out first")),
        note(words.say(
            "You answered “I don’t know”, or not yet. One question to the right person is often all it takes. The number is what is at stake.",
        )),
        Block::List(List {
            numbering: ListNumbering::None,
            indent: 18.0,
            items: open.iter().take(TOLD).map(item).collect(),
            ruled: true,
        }),
    ];
    if open.len() > TOLD {
        let more = words.plural(open.len() - TOLD, "more question", "more questions");
        let rest = filled(
            NOTE,
            words.say(
                "And {questions} with less at stake: under {every_answer} they have an empty, dashed bar.",
            ),
            &[
                ("questions", vec![Span::new(NOTE, more)]),
                ("every_answer", vec![Span::new(NOTE, words.say("Every answer")).linked(to("answers"))]),
            ],
        );
        blocks.push(Text::of(rest).into());
    }
    blocks
}
