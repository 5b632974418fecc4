//! Every answer, by area.

use super::handover;
use super::opening::number;
use super::runs::Runs;
use super::word::{Body, Cell, Column, Style};
use crate::report::{Area, Finding, Points};
use crate::text::{Words, sentence_case};

pub(super) fn write(body: &mut Body, areas: &[Area]) {
    if areas.iter().all(|area| area.findings.is_empty()) {
        return;
    }
    let words = body.words;
    body.paragraph(Style::Heading1, words.say("Every answer"));
    for area in areas.iter().filter(|area| !area.findings.is_empty()) {
        body.paragraph(Style::Heading2, format!("{} {}", area.number, area.title));
        body.paragraph(Style::Normal, &area.summary);
        if let Some(narrative) = &area.narrative {
            handover::prose(body, narrative);
        }
        let (left_out, asked): (Vec<_>, Vec<_>) =
            area.findings.iter().partition(|finding| finding.standing == "out-of-scope");
        let caption = words.fill(
            "{area}: stated {stated}, lost {lost}",
            &[("area", &area.title), ("stated", &number(area.score.stated)), ("lost", &area.loss)],
        );
        let columns = [
            Column::words(words.say("Question and answer"), 43),
            Column::words(words.say("Credit"), 14),
            Column::words(words.say("What to do"), 43),
        ];
        body.table(&caption, &columns, asked.into_iter().map(|finding| row(finding, words)).collect());
        not_asked(body, &left_out);
    }
}

fn row(finding: &Finding, words: &'static Words) -> Vec<Cell> {
    vec![said(finding, words).into(), credit(finding, words).into(), to_do(finding, words).into()]
}

/// The question, what was answered, and everything that was said about it.
fn said(finding: &Finding, words: &'static Words) -> Vec<Runs> {
    let asked = Runs::new()
        .bookmark(&finding.question.anchor)
        .strong(format!("{} {}", finding.question.number, finding.ask));
    let mut said = vec![asked, Runs::from(&finding.answer_words)];
    if let Some(evidence) = &finding.evidence {
        let kept = evidence.kept.as_ref().map(|kept| format!(": {kept}")).unwrap_or_default();
        let old = if evidence.fresh {
            String::new()
        } else {
            let written = words.say(evidence.written);
            format!(
                " {}",
                words.fill("Written down as {level}, but too old for that.", &[("level", &written)])
            )
        };
        let level = sentence_case(words.say(evidence.level));
        said.push(format!("{level}{kept}, {}.{old}", evidence.since.words).into());
    }
    let told = [
        (words.say("Reason"), &finding.reason),
        (words.say("Answered by"), &finding.by),
        (words.say("Provided by"), &finding.provided_by),
        (words.say("Comment"), &finding.comment),
    ];
    let told = told.into_iter().filter_map(|(label, text)| Some(format!("{label}: {}", text.as_ref()?)));
    said.extend(told.map(Runs::from));
    if let Some(waiver) = &finding.waiver {
        let accepted = words.fill(
            "{reason} Accepted by {whom}. {until} It changes no number.",
            &[("reason", &waiver.reason), ("whom", &waiver.approved_by), ("until", &waiver.sentence)],
        );
        said.push(Runs::new().strong(words.say("Accepted risk")).plain(format!(": {accepted}")));
    }
    said
}

fn credit(finding: &Finding, words: &Words) -> Vec<Runs> {
    let mut credit = vec![Runs::from(sentence_case(&finding.credit_words))];
    if finding.loss > Points::ZERO {
        credit.push(words.fill("Points lost: {points}", &[("points", &finding.loss)]).into());
        credit.push(words.fill("Severity: {severity}", &[("severity", &words.say(finding.severity))]).into());
    }
    credit
}

fn to_do(finding: &Finding, words: &Words) -> Vec<Runs> {
    let open = matches!(finding.standing, "unknown" | "unanswered");
    let named = |name: &str| Runs::new().strong(format!("{name} "));
    let mut to_do = Vec::new();
    if let (true, Some(how)) = (open, &finding.find_out) {
        to_do.push(named(words.say("Find out:")).plain(how));
    }
    if finding.loss > Points::ZERO || open {
        to_do.push(Runs::from(&finding.why));
        let more = finding.fix_more.as_ref().map(|more| format!(" {more}")).unwrap_or_default();
        let takes = takes(words, finding.effort, finding.cost);
        to_do.push(named(words.say("First step:")).plain(&finding.fix).plain(format!("{more} {takes}")));
    }
    let level = finding.evidence.as_ref().map(|evidence| evidence.level);
    if finding.standing == "answered" && !matches!(level, Some("documented" | "verified")) {
        to_do.push(named(words.say("Proof would be:")).plain(&finding.proof));
    }
    to_do
}

/// What something takes.
pub(super) fn takes(words: &Words, effort: &str, cost: &str) -> String {
    let (effort, cost) = (words.say(effort), words.say(cost));
    words.fill("Effort: {effort}. Cost: {cost}.", &[("effort", &effort), ("cost", &cost)])
}

fn not_asked(body: &mut Body, findings: &[&Finding]) {
    if findings.is_empty() {
        return;
    }
    let questions = findings.iter().enumerate().fold(Runs::new(), |words, (place, finding)| {
        let question = &finding.question;
        let words = if place > 0 { words.plain("; ") } else { words };
        words.bookmark(&question.anchor).plain(format!("{} {}", question.number, question.title))
    });
    let phrase = body.words.say("Not asked, because of what you have: {questions}.");
    body.paragraph(Style::Note, Runs::filled(phrase, &[("questions", questions)]));
}
