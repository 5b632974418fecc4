//! The score and what it means.

use super::{heading, printed, question};
use crate::render::pdf::block::{Block, Heading, Text, paragraph, plain, to};
use crate::render::pdf::charts::{self, Sign};
use crate::render::pdf::fonts::Face;
use crate::render::pdf::page::MEASURE;
use crate::render::pdf::text::{BODY, BOLD, INK, LEAD, NOTE, Span, Style};
use crate::report::{Hold, HoldKind, Movement, Points, Report, Score, Verdict};
use crate::text::{percent, plural};

pub(super) fn part(report: &Report) -> Vec<Block> {
    let verdict = &report.verdict;
    let before = report.since.as_ref().and_then(|since| since.score.as_ref()).map(|score| score.headline_old);
    let mut blocks = vec![heading("The verdict", "verdict"), number(verdict)];
    if let Some(bar) = charts::verdict_bar(verdict, before, MEASURE) {
        blocks.extend([Block::Space(8.0), Block::Figure(bar), Block::Space(10.0)]);
    }
    if let Some(score) = &verdict.score {
        blocks.push(worlds(score, verdict.hold.as_ref()));
        blocks.push(Block::Space(10.0));
    }
    blocks.extend(verdict.hold.as_ref().map(held));
    if let Some(banner) = &verdict.scope_banner {
        blocks.push(Block::Panel(vec![Heading::new(3, "Much was left out").into(), paragraph(banner)]));
    }
    blocks.push(Block::Space(6.0));
    blocks.push(Block::Columns(
        facts(verdict, report.since.as_ref()).into_iter().map(|blocks| (1.0, blocks)).collect(),
    ));
    blocks
}

/// The number, its band and the verdict in words.
fn number(verdict: &Verdict) -> Block {
    let big = Style { face: Face::SerifBold, size: 64.0, colour: INK };
    let band = Style { face: Face::SerifBold, size: 14.0, colour: INK };
    let score = match &verdict.score {
        Some(score) => {
            let mut number = Text::of(vec![
                Span::new(big, score.headline.printed().to_string()),
                Span::new(NOTE, " of 100"),
            ]);
            number.leading = 1.1;
            number
        }
        None => Text::new(Style { size: 24.0, ..big }, "No score"),
    };
    let mut words = vec![Block::Space(10.0)];
    if let Some(view) = &verdict.band {
        words.push(Text::new(band, format!("{}: {}", view.title, view.meaning)).then(4.0).into());
    }
    words.push(Text::new(LEAD, &verdict.sentence).into());
    Block::Columns(vec![(0.3, vec![score.then(0.0).into()]), (0.7, words)])
}

fn worlds(score: &Score, hold: Option<&Hold>) -> Block {
    let unproven = hold.is_some_and(|hold| hold.kind == HoldKind::Proof);
    let result =
        if unproven { "The result is held below it until more is proven." } else { "This is the result." };
    let world = |sign, name: &str, points: Option<Points>, says: &str| {
        let mut title = Text::new(BOLD, format!("{name} {}", printed(points))).then(2.0);
        title.icon = Some(charts::sign(sign));
        (1.0, vec![title.into(), Text::new(NOTE, says).then(0.0).into()])
    };
    Block::Columns(vec![
        world(
            Sign::Proven,
            "Proven",
            score.worlds.proven,
            "Only what a document or a check supports. Solid ink in every picture.",
        ),
        world(
            Sign::Stated,
            "Stated",
            score.worlds.stated,
            &format!("Your answers taken at their word. {result} Hatched where nothing proves it."),
        ),
        world(
            Sign::Possible,
            "Possible",
            score.worlds.possible,
            "If everything you don’t know yet turned out well. Dotted outline.",
        ),
    ])
}

fn held(hold: &Hold) -> Block {
    let without = printed(hold.without.stated);
    let then = match hold.kind {
        HoldKind::Proof => format!(" If all of it were proven, the result would be {without}."),
        HoldKind::Gate | HoldKind::Incident => format!(" Without this cap it would be {without}."),
    };
    let mut spans = vec![plain(format!("{}{then}", hold.sentence))];
    if !hold.questions.is_empty() {
        spans.push(plain(" Look at "));
        let questions = hold.questions.iter().map(|place| question(place, BODY));
        spans.extend(super::between(questions, &plain(", ")));
        spans.extend([plain(", or at "), plain("what to do").linked(to("first")), plain(".")]);
    }
    let title = format!("What holds it down: {}", hold.title);
    Block::Panel(vec![Heading::new(3, title).into(), Text::of(spans).into()])
}

fn facts(verdict: &Verdict, since: Option<&Movement>) -> Vec<Vec<Block>> {
    let counts = verdict.counts;
    let mut facts = vec![fact("Answered", vec![plain(answered(verdict))])];
    if counts.not_applicable + counts.out_of_scope > 0 {
        let mut left = Vec::new();
        if counts.not_applicable > 0 {
            let count = plural(counts.not_applicable, "question does", "questions do");
            left.push(format!("{count} not apply, as you explained."));
        }
        if counts.out_of_scope > 0 {
            let count = plural(counts.out_of_scope, "question was", "questions were");
            left.push(format!("{count} not asked, because of what you have."));
        }
        facts.push(fact("Left out", vec![plain(left.join(" "))]));
    }
    if let Some(since) = since {
        let was = since.old.printed().map(|was| format!("It was {was}. ")).unwrap_or_default();
        let words = vec![plain(format!("{was}{} ", since.causes)), plain("What moved").linked(to("since"))];
        facts.push(fact(&format!("Since {}", since.old.date.words), words));
    }
    if verdict.score.is_some() {
        facts.push(fact("How firm is this?", vec![plain(&verdict.stability_sentence)]));
    }
    facts
}

fn fact(name: &str, words: Vec<Span>) -> Vec<Block> {
    vec![Text::new(NOTE, name).then(0.0).into(), Text::of(words).then(0.0).into()]
}

fn answered(verdict: &Verdict) -> String {
    let counts = verdict.counts;
    let Some(coverage) = verdict.coverage else { return "No question concerns you.".to_owned() };
    let is = |count: usize| if count == 1 { "is" } else { "are" };
    let open = match counts.unanswered {
        0 => String::new(),
        open => format!(" and {open} {} not answered yet", is(open)),
    };
    format!(
        "{} of the weight has a definite answer. Of {}, {} {} “I don’t know”{open}.",
        percent(coverage.get().into()),
        plural(counts.in_scope, "question", "questions"),
        counts.unknown,
        is(counts.unknown)
    )
}
