//! Every answer, by area.

use krilla::tagging::ListNumbering;

use super::{heading, printed, takes};
use crate::render::frameworks::related;
use crate::render::pdf::block::{Block, Heading, Label, List, ListItem, Text, bold, lead, note, plain};
use crate::render::pdf::charts;
use crate::render::pdf::text::{BODY, BOLD, NOTE, Span};
use crate::render::template::full_stop;
use crate::report::{Area, Finding, Points, Report, WaiverView};
use crate::text::{Words, sentence_case};

pub(super) fn part(report: &Report) -> Vec<Block> {
    if report.areas.iter().all(|area| area.findings.is_empty()) {
        return Vec::new();
    }
    let words = report.words;
    let mut blocks = vec![
        heading(words.say("Every answer"), "answers"),
        lead(words.say(
            "The small bar is the credit: solid is proven, hatched is claimed, empty is missing, dashed is not known. The number on the right is the points lost.",
        )),
    ];
    let areas = report.areas.iter().filter(|area| !area.findings.is_empty());
    blocks.extend(areas.flat_map(|each| area(each, words)));
    blocks
}

fn area(area: &Area, words: &Words) -> Vec<Block> {
    let (asked, not_asked): (Vec<&Finding>, Vec<&Finding>) =
        area.findings.iter().partition(|finding| finding.standing != "out-of-scope");
    let sum = match area.score.stated {
        None => words.say("Nothing counts here.").to_owned(),
        stated => {
            words.fill("Stated {stated}, lost {lost}.", &[("stated", &printed(stated)), ("lost", &area.loss)])
        }
    };
    let mut blocks = vec![
        Heading::new(3, format!("{} {}", area.number, area.title)).at(format!("a-{}", area.id)).into(),
        Text::new(NOTE, sum).keeping().into(),
    ];
    blocks.extend(area.narrative.iter().flat_map(super::handover::prose));
    if !asked.is_empty() {
        blocks.push(Block::List(List {
            numbering: ListNumbering::Decimal,
            indent: 26.0,
            items: asked.into_iter().map(|finding| answer(finding, words)).collect(),
            ruled: true,
        }));
    }
    if !not_asked.is_empty() {
        let names: Vec<String> = not_asked
            .iter()
            .map(|finding| format!("{} {}", finding.question.number, finding.question.title))
            .collect();
        let questions = names.join("; ");
        blocks.push(note(
            words.fill("Not asked, because of what you have: {questions}.", &[("questions", &questions)]),
        ));
    }
    blocks
}

fn answer(finding: &Finding, words: &Words) -> ListItem {
    let is_brief = finding.is_full() || finding.standing == "not-applicable";
    let mut body = vec![summary(finding, is_brief, words)];
    if is_brief {
        body.push(Text::of(vec![Span::new(NOTE, brief(finding, words))]).then(4.0).into());
    } else {
        body.push(details(finding, words));
    }
    ListItem {
        label: Label::Words(Span::new(NOTE, &finding.question.number)),
        body,
        anchor: Some(finding.question.anchor.clone()),
    }
}

/// The question, its credit and what it loses, side by side.
fn summary(finding: &Finding, is_brief: bool, words: &Words) -> Block {
    let ask = if is_brief { plain(&finding.ask) } else { bold(&finding.ask) };
    let mut credit = vec![Span::new(BOLD, sentence_case(&finding.credit_words))];
    let counts = finding.credit.stated.is_some_and(|stated| stated > Points::ZERO);
    if let Some(evidence) = finding.evidence.as_ref().filter(|_| counts && !is_brief) {
        credit.push(Span::new(NOTE, format!(" {}", words.say(evidence.level))));
    }
    if finding.waiver.is_some() {
        credit.push(Span::new(NOTE, format!(" {}", words.say("accepted risk"))));
    }
    let mut credit = Text::of(credit).then(2.0);
    credit.icon = Some(charts::credit(finding));
    let mut columns = vec![(0.62, vec![Text::of(vec![ask]).then(2.0).into()]), (0.27, vec![credit.into()])];
    let mut loss = Text::new(BODY, format!("−{}", finding.loss)).then(2.0);
    loss.right = true;
    columns.push((0.11, if is_brief { Vec::new() } else { vec![loss.into()] }));
    Block::Columns(columns)
}

/// What was answered, how it is supported, and everything that was said about it.
fn said(finding: &Finding, words: &Words) -> String {
    let mut said = vec![match &finding.reason {
        Some(reason) => format!("{}: {}", finding.answer_words, full_stop(reason)),
        None => full_stop(&finding.answer_words),
    }];
    if let Some(evidence) = finding.evidence.as_ref().filter(|_| finding.credit.stated != Some(Points::ZERO))
    {
        let kept = evidence.kept.as_deref().map(|kept| format!(": {kept}")).unwrap_or_default();
        let level = sentence_case(words.say(evidence.level));
        said.push(format!("{level}{kept}, {}.", evidence.since.words));
        if !evidence.fresh {
            let written = words.say(evidence.written);
            said.push(words.fill("Written down as {level}, but too old for that.", &[("level", &written)]));
        }
    }
    let more = [
        (words.say("Answered by"), &finding.by),
        (words.say("Provided by"), &finding.provided_by),
        (words.say("Comment"), &finding.comment),
    ];
    for (name, text) in more {
        said.extend(text.as_ref().map(|text| format!("{name}: {}", full_stop(text))));
    }
    said.join(" ")
}

fn accepted(waiver: &WaiverView, words: &Words) -> String {
    words.fill(
        "{reason} Accepted by {whom}. {until} It changes no number.",
        &[("reason", &full_stop(&waiver.reason)), ("whom", &waiver.approved_by), ("until", &waiver.sentence)],
    )
}

fn is_unproven(finding: &Finding) -> bool {
    !finding.evidence.as_ref().is_some_and(|evidence| ["documented", "verified"].contains(&evidence.level))
}

fn brief(finding: &Finding, words: &Words) -> String {
    let mut brief = vec![said(finding, words)];
    if is_unproven(finding) && finding.evidence.is_some() {
        brief.push(format!("{} {}", words.say("Proof would be:"), finding.proof));
    }
    let risk = |waiver| format!("{}: {}", words.say("Accepted risk"), accepted(waiver, words));
    brief.extend(finding.waiver.as_ref().map(risk));
    brief.join(" ")
}

fn details(finding: &Finding, words: &Words) -> Block {
    let mut entries = vec![(words.say("Answer"), vec![plain(said(finding, words))])];
    let risk = |waiver| (words.say("Accepted risk"), vec![plain(accepted(waiver, words))]);
    entries.extend(finding.waiver.as_ref().map(risk));
    entries.push((words.say("Why"), vec![plain(&finding.why)]));
    if let Some(find_out) =
        finding.find_out.as_ref().filter(|_| ["unknown", "unanswered"].contains(&finding.standing))
    {
        entries.push((words.say("Find out"), vec![plain(find_out)]));
    }
    let more = finding.fix_more.as_deref().map(|more| format!(" {more}")).unwrap_or_default();
    let takes = plain(format!("{more} {}", takes(words, finding.effort, finding.cost)));
    entries.push((words.say("First step"), vec![Span::new(BOLD, &finding.fix), takes]));
    if is_unproven(finding) {
        entries.push((words.say("Proof"), vec![plain(&finding.proof)]));
    }
    let related = related(&finding.references);
    if !related.is_empty() {
        entries.push((words.say("Related"), vec![Span::new(NOTE, related)]));
    }
    terms(entries, 62.0)
}

/// Words with what they stand for.
pub(super) fn terms(entries: Vec<(&str, Vec<Span>)>, indent: f32) -> Block {
    let item = |(term, spans): (&str, Vec<Span>)| ListItem {
        label: Label::Words(Span::new(NOTE, term)),
        body: vec![Text::of(spans).then(1.5).into()],
        anchor: None,
    };
    Block::List(List {
        numbering: ListNumbering::None,
        indent,
        items: entries.into_iter().map(item).collect(),
        ruled: false,
    })
}
