//! Every answer, by area.

use krilla::tagging::ListNumbering;

use super::{heading, printed};
use crate::render::frameworks::related;
use crate::render::pdf::block::{Block, Heading, Label, List, ListItem, Text, bold, lead, note, plain};
use crate::render::pdf::charts;
use crate::render::pdf::text::{BODY, BOLD, NOTE, Span};
use crate::render::template::full_stop;
use crate::report::{Area, Finding, Points, Report, WaiverView};
use crate::text::sentence_case;

pub(super) fn part(report: &Report) -> Vec<Block> {
    if report.areas.iter().all(|area| area.findings.is_empty()) {
        return Vec::new();
    }
    let mut blocks = vec![
        heading("Every answer", "answers"),
        lead(
            "The small bar is the credit: solid is proven, hatched is claimed, empty is missing, dashed is not known. The number on the right is the points lost.",
        ),
    ];
    blocks.extend(report.areas.iter().filter(|area| !area.findings.is_empty()).flat_map(area));
    blocks
}

fn area(area: &Area) -> Vec<Block> {
    let (asked, not_asked): (Vec<&Finding>, Vec<&Finding>) =
        area.findings.iter().partition(|finding| finding.standing != "out-of-scope");
    let sum = match area.score.stated {
        None => "Nothing counts here.".to_owned(),
        stated => format!("Stated {}, lost {}.", printed(stated), area.loss),
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
            items: asked.into_iter().map(answer).collect(),
            ruled: true,
        }));
    }
    if !not_asked.is_empty() {
        let names: Vec<String> = not_asked
            .iter()
            .map(|finding| format!("{} {}", finding.question.number, finding.question.title))
            .collect();
        blocks.push(note(format!("Not asked, because of what you have: {}.", names.join("; "))));
    }
    blocks
}

fn answer(finding: &Finding) -> ListItem {
    let is_brief = finding.is_full() || finding.standing == "not-applicable";
    let mut body = vec![summary(finding, is_brief)];
    if is_brief {
        body.push(Text::of(vec![Span::new(NOTE, brief(finding))]).then(4.0).into());
    } else {
        body.push(details(finding));
    }
    ListItem {
        label: Label::Words(Span::new(NOTE, &finding.question.number)),
        body,
        anchor: Some(finding.question.anchor.clone()),
    }
}

/// The question, its credit and what it loses, side by side.
fn summary(finding: &Finding, is_brief: bool) -> Block {
    let ask = if is_brief { plain(&finding.ask) } else { bold(&finding.ask) };
    let mut credit = vec![Span::new(BOLD, sentence_case(&finding.credit_words))];
    let counts = finding.credit.stated.is_some_and(|stated| stated > Points::ZERO);
    if let Some(evidence) = finding.evidence.as_ref().filter(|_| counts && !is_brief) {
        credit.push(Span::new(NOTE, format!(" {}", evidence.level)));
    }
    if finding.waiver.is_some() {
        credit.push(Span::new(NOTE, " accepted risk"));
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
fn said(finding: &Finding) -> String {
    let mut said = vec![match &finding.reason {
        Some(reason) => format!("{}: {}", finding.answer_words, full_stop(reason)),
        None => full_stop(&finding.answer_words),
    }];
    if let Some(evidence) = finding.evidence.as_ref().filter(|_| finding.credit.stated != Some(Points::ZERO))
    {
        let kept = evidence.kept.as_deref().map(|kept| format!(": {kept}")).unwrap_or_default();
        said.push(format!("{}{kept}, {}.", sentence_case(evidence.level), evidence.since.words));
        if !evidence.fresh {
            said.push(format!("Written down as {}, but too old for that.", evidence.written));
        }
    }
    let more =
        [("Answered by", &finding.by), ("Provided by", &finding.provided_by), ("Comment", &finding.comment)];
    for (name, words) in more {
        said.extend(words.as_ref().map(|words| format!("{name}: {}", full_stop(words))));
    }
    said.join(" ")
}

fn accepted(waiver: &WaiverView) -> String {
    let reason = full_stop(&waiver.reason);
    format!("{reason} Accepted by {}. {} It changes no number.", waiver.approved_by, waiver.sentence)
}

fn is_unproven(finding: &Finding) -> bool {
    !finding.evidence.as_ref().is_some_and(|evidence| ["documented", "verified"].contains(&evidence.level))
}

fn brief(finding: &Finding) -> String {
    let mut words = vec![said(finding)];
    if is_unproven(finding) && finding.evidence.is_some() {
        words.push(format!("Proof would be: {}", finding.proof));
    }
    words.extend(finding.waiver.as_ref().map(|waiver| format!("Accepted risk: {}", accepted(waiver))));
    words.join(" ")
}

fn details(finding: &Finding) -> Block {
    let mut entries = vec![("Answer", vec![plain(said(finding))])];
    entries.extend(finding.waiver.as_ref().map(|waiver| ("Accepted risk", vec![plain(accepted(waiver))])));
    entries.push(("Why", vec![plain(&finding.why)]));
    if let Some(find_out) =
        finding.find_out.as_ref().filter(|_| ["unknown", "unanswered"].contains(&finding.standing))
    {
        entries.push(("Find out", vec![plain(find_out)]));
    }
    let more = finding.fix_more.as_deref().map(|more| format!(" {more}")).unwrap_or_default();
    entries.push((
        "First step",
        vec![
            Span::new(BOLD, &finding.fix),
            plain(format!("{more} Effort: {}. Cost: {}.", finding.effort, finding.cost)),
        ],
    ));
    if is_unproven(finding) {
        entries.push(("Proof", vec![plain(&finding.proof)]));
    }
    let related = related(&finding.references);
    if !related.is_empty() {
        entries.push(("Related", vec![Span::new(NOTE, related)]));
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
