//! The score and what it means.

use super::{heading, printed, question};
use crate::render::pdf::block::{Block, Heading, Text, paragraph, plain, to};
use crate::render::pdf::charts::{self, Sign};
use crate::render::pdf::fonts::Face;
use crate::render::pdf::page::MEASURE;
use crate::render::pdf::text::{BODY, BOLD, INK, LEAD, NOTE, Span, Style, filled};
use crate::report::{Hold, HoldKind, Movement, Points, Report, Score, Verdict};
use crate::text::{Words, percent};

pub(super) fn part(report: &Report) -> Vec<Block> {
    let (verdict, words) = (&report.verdict, report.words);
    let before = report.since.as_ref().and_then(|since| since.score.as_ref()).map(|score| score.headline_old);
    let mut blocks = vec![heading(words.say("The verdict"), "verdict"), number(verdict, words)];
    if let Some(bar) = charts::verdict_bar(words, verdict, before, MEASURE) {
        blocks.extend([Block::Space(8.0), Block::Figure(bar), Block::Space(10.0)]);
    }
    if let Some(score) = &verdict.score {
        blocks.push(worlds(score, verdict.hold.as_ref(), words));
        blocks.push(Block::Space(10.0));
    }
    blocks.extend(verdict.hold.as_ref().map(|hold| held(hold, words)));
    if let Some(banner) = &verdict.scope_banner {
        let heading = Heading::new(3, words.say("Much was left out"));
        blocks.push(Block::Panel(vec![heading.into(), paragraph(banner)]));
    }
    blocks.push(Block::Space(6.0));
    blocks.push(Block::Columns(
        facts(verdict, report.since.as_ref(), words).into_iter().map(|blocks| (1.0, blocks)).collect(),
    ));
    blocks
}

/// The number, its band and the verdict in words.
fn number(verdict: &Verdict, words: &Words) -> Block {
    let big = Style { face: Face::SerifBold, size: 64.0, colour: INK };
    let band = Style { face: Face::SerifBold, size: 14.0, colour: INK };
    let score = match &verdict.score {
        Some(score) => {
            let score = vec![Span::new(big, score.headline.printed().to_string())];
            let mut number = Text::of(filled(NOTE, words.say("{score} of 100"), &[("score", score)]));
            number.leading = 1.1;
            number
        }
        None => Text::new(Style { size: 24.0, ..big }, words.say("No score")),
    };
    let mut told = vec![Block::Space(10.0)];
    if let Some(view) = &verdict.band {
        told.push(Text::new(band, format!("{}: {}", view.title, view.meaning)).then(4.0).into());
    }
    told.push(Text::new(LEAD, &verdict.sentence).into());
    Block::Columns(vec![(0.3, vec![score.then(0.0).into()]), (0.7, told)])
}

fn worlds(score: &Score, hold: Option<&Hold>, words: &Words) -> Block {
    let unproven = hold.is_some_and(|hold| hold.kind == HoldKind::Proof);
    let stated = if unproven {
        words.say("Your answers taken at their word. The result is held below it until more is proven. Hatched where nothing proves it.")
    } else {
        words.say("Your answers taken at their word. This is the result. Hatched where nothing proves it.")
    };
    let world = |sign, name: &str, points: Option<Points>, says: &str| {
        let mut title = Text::new(BOLD, words.fill(name, &[("score", &printed(points))])).then(2.0);
        title.icon = Some(charts::sign(sign));
        (1.0, vec![title.into(), Text::new(NOTE, says).then(0.0).into()])
    };
    Block::Columns(vec![
        world(
            Sign::Proven,
            words.say("Proven {score}"),
            score.worlds.proven,
            words.say("Only what a document or a check supports. Solid ink in every picture."),
        ),
        world(Sign::Stated, words.say("Stated {score}"), score.worlds.stated, stated),
        world(
            Sign::Possible,
            words.say("Possible {score}"),
            score.worlds.possible,
            words.say("If everything you don’t know yet turned out well. Dotted outline."),
        ),
    ])
}

fn held(hold: &Hold, words: &Words) -> Block {
    let without = printed(hold.without.stated);
    let then = words.say(match hold.kind {
        HoldKind::Proof => "If all of it were proven, the result would be {score}.",
        HoldKind::Gate | HoldKind::Incident => "Without this cap it would be {score}.",
    });
    let then = words.fill(then, &[("score", &without)]);
    let mut spans = vec![plain(format!("{} {then}", hold.sentence))];
    if !hold.questions.is_empty() {
        let questions = hold.questions.iter().map(|place| question(place, BODY));
        let questions = super::between(questions, &plain(", "));
        let what_to_do = vec![plain(words.say("what to do")).linked(to("first"))];
        let phrase = format!(" {}", words.say("Look at {questions}, or at {what_to_do}."));
        spans.extend(filled(BODY, &phrase, &[("questions", questions), ("what_to_do", what_to_do)]));
    }
    let title = words.fill("What holds it down: {what}", &[("what", &hold.title)]);
    Block::Panel(vec![Heading::new(3, title).into(), Text::of(spans).into()])
}

fn facts(verdict: &Verdict, since: Option<&Movement>, words: &Words) -> Vec<Vec<Block>> {
    let counts = verdict.counts;
    let mut facts = vec![fact(words.say("Answered"), vec![plain(answered(verdict, words))])];
    if counts.not_applicable + counts.out_of_scope > 0 {
        facts.push(fact(words.say("Left out"), vec![plain(left_out(verdict, words))]));
    }
    if let Some(since) = since {
        let was = |was| format!("{} ", words.fill("It was {score}.", &[("score", &was)]));
        let was = since.old.printed().map(was).unwrap_or_default();
        let moved = plain(words.say("What moved")).linked(to("since"));
        let name = words.fill("Since {day}", &[("day", &since.old.date.words)]);
        facts.push(fact(&name, vec![plain(format!("{was}{} ", since.causes)), moved]));
    }
    if verdict.score.is_some() {
        facts.push(fact(words.say("How firm is this?"), vec![plain(&verdict.stability_sentence)]));
    }
    facts
}

fn left_out(verdict: &Verdict, words: &Words) -> String {
    let counts = verdict.counts;
    let mut left = Vec::new();
    if counts.not_applicable > 0 {
        let count = words.plural(counts.not_applicable, "question does", "questions do");
        left.push(words.fill("{questions} not apply, as you explained.", &[("questions", &count)]));
    }
    if counts.out_of_scope > 0 {
        let count = words.plural(counts.out_of_scope, "question was", "questions were");
        left.push(words.fill("{questions} not asked, because of what you have.", &[("questions", &count)]));
    }
    left.join(" ")
}

fn fact(name: &str, words: Vec<Span>) -> Vec<Block> {
    vec![Text::new(NOTE, name).then(0.0).into(), Text::of(words).then(0.0).into()]
}

fn answered(verdict: &Verdict, words: &Words) -> String {
    let counts = verdict.counts;
    let Some(coverage) = verdict.coverage else { return words.say("No question concerns you.").to_owned() };
    let phrase = words.say(match counts.unanswered {
        0 => "{share} of the weight has a definite answer. Of {questions}, {unknown}.",
        _ => "{share} of the weight has a definite answer. Of {questions}, {unknown} and {unanswered}.",
    });
    words.fill(
        phrase,
        &[
            ("share", &percent(coverage.get().into())),
            ("questions", &words.plural(counts.in_scope, "question", "questions")),
            ("unknown", &words.plural(counts.unknown, "is “I don’t know”", "are “I don’t know”")),
            ("unanswered", &words.plural(counts.unanswered, "is not answered yet", "are not answered yet")),
        ],
    )
}
