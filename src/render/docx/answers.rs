//! Every answer, by area.

use super::handover;
use super::opening::number;
use super::word::{Body, Cell, Column, Style, Words};
use crate::report::{Area, Finding, Points};
use crate::text::sentence_case;

pub(super) fn write(body: &mut Body, areas: &[Area]) {
    if areas.iter().all(|area| area.findings.is_empty()) {
        return;
    }
    body.paragraph(Style::Heading1, "Every answer");
    for area in areas.iter().filter(|area| !area.findings.is_empty()) {
        body.paragraph(Style::Heading2, format!("{} {}", area.number, area.title));
        body.paragraph(Style::Normal, &area.summary);
        if let Some(narrative) = &area.narrative {
            handover::prose(body, narrative);
        }
        let (left_out, asked): (Vec<_>, Vec<_>) =
            area.findings.iter().partition(|finding| finding.standing == "out-of-scope");
        let caption = format!("{}: stated {}, lost {}", area.title, number(area.score.stated), area.loss);
        let columns = [
            Column::words("Question and answer", 43),
            Column::words("Credit", 14),
            Column::words("What to do", 43),
        ];
        body.table(&caption, &columns, asked.into_iter().map(row).collect());
        not_asked(body, &left_out);
    }
}

fn row(finding: &Finding) -> Vec<Cell> {
    vec![said(finding).into(), credit(finding).into(), to_do(finding).into()]
}

/// The question, what was answered, and everything that was said about it.
fn said(finding: &Finding) -> Vec<Words> {
    let asked = Words::new()
        .bookmark(&finding.question.anchor)
        .strong(format!("{} {}", finding.question.number, finding.ask));
    let mut said = vec![asked, Words::from(&finding.answer_words)];
    if let Some(evidence) = &finding.evidence {
        let kept = evidence.kept.as_ref().map(|kept| format!(": {kept}")).unwrap_or_default();
        let old = if evidence.fresh {
            String::new()
        } else {
            format!(" Written down as {}, but too old for that.", evidence.written)
        };
        said.push(format!("{}{kept}, {}.{old}", sentence_case(evidence.level), evidence.since.words).into());
    }
    let told = [
        ("Reason", &finding.reason),
        ("Answered by", &finding.by),
        ("Provided by", &finding.provided_by),
        ("Comment", &finding.comment),
    ];
    let told = told.into_iter().filter_map(|(label, text)| Some(format!("{label}: {}", text.as_ref()?)));
    said.extend(told.map(Words::from));
    if let Some(waiver) = &finding.waiver {
        let words = Words::new().strong("Accepted risk").plain(format!(
            ": {} Accepted by {}. {} It changes no number.",
            waiver.reason, waiver.approved_by, waiver.sentence
        ));
        said.push(words);
    }
    said
}

fn credit(finding: &Finding) -> Vec<Words> {
    let mut words = vec![Words::from(sentence_case(&finding.credit_words))];
    if finding.loss > Points::ZERO {
        words.push(format!("Points lost: {}", finding.loss).into());
        words.push(format!("Severity: {}", finding.severity).into());
    }
    words
}

fn to_do(finding: &Finding) -> Vec<Words> {
    let open = matches!(finding.standing, "unknown" | "unanswered");
    let mut words = Vec::new();
    if let (true, Some(how)) = (open, &finding.find_out) {
        words.push(Words::new().strong("Find out: ").plain(how));
    }
    if finding.loss > Points::ZERO || open {
        words.push(Words::from(&finding.why));
        let more = finding.fix_more.as_ref().map(|more| format!(" {more}")).unwrap_or_default();
        let costs = format!("{more} Effort: {}. Cost: {}.", finding.effort, finding.cost);
        words.push(Words::new().strong("First step: ").plain(&finding.fix).plain(costs));
    }
    let level = finding.evidence.as_ref().map(|evidence| evidence.level);
    if finding.standing == "answered" && !matches!(level, Some("documented" | "verified")) {
        words.push(Words::new().strong("Proof would be: ").plain(&finding.proof));
    }
    words
}

fn not_asked(body: &mut Body, findings: &[&Finding]) {
    if findings.is_empty() {
        return;
    }
    let words = Words::from("Not asked, because of what you have: ");
    let words = findings.iter().enumerate().fold(words, |words, (place, finding)| {
        let question = &finding.question;
        let words = if place > 0 { words.plain("; ") } else { words };
        words.bookmark(&question.anchor).plain(format!("{} {}", question.number, question.title))
    });
    body.paragraph(Style::Note, words.plain("."));
}
