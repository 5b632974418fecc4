//! Tables for spreadsheets: one row per question, action or assessment.

use crate::report::{
    Area, Difference, Finding, Gap, History, HistoryEntry, HistoryStep, Plan, Points, Report, Task,
};
use crate::text::visible;

/// The column headings.
const COLUMNS: [&str; 28] = [
    "number",
    "question",
    "area",
    "title",
    "ask",
    "standing",
    "answer",
    "evidence",
    "fresh",
    "proven_bp",
    "stated_bp",
    "possible_bp",
    "loss_bp",
    "severity",
    "effort",
    "cost",
    "fix",
    "find_out",
    "proof",
    "reason",
    "by",
    "provided_by",
    "comment",
    "waiver",
    "waiver_expires",
    "waiver_approved_by",
    "waiver_state",
    "lapses_on",
];

/// The report as a table of questions: UTF-8 with a byte-order mark, so that spreadsheets read it as such.
///
/// # Errors
/// When the writer fails, which writing to memory does not.
pub fn report(report: &Report) -> Result<Vec<u8>, csv::Error> {
    let mut writer = writer();
    writer.write_record(COLUMNS)?;
    for area in &report.areas {
        for finding in &area.findings {
            writer.write_record(row(area, finding).iter().map(|cell| harmless(cell)))?;
        }
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

/// The column headings of a plan. The last four are for the person who works with it.
const PLAN_COLUMNS: [&str; 13] = [
    "step",
    "action",
    "number",
    "question",
    "area",
    "effort",
    "cost",
    "score_after",
    "closes",
    "owner",
    "date",
    "status",
    "remark",
];

/// A plan of work as a table of actions: first what to do in order, then what stands apart. Who does it and until when
/// is empty as long as nobody has said so.
///
/// # Errors
/// When the writer fails, which writing to memory does not.
pub fn plan(plan: &Plan) -> Result<Vec<u8>, csv::Error> {
    let mut writer = writer();
    writer.write_record(PLAN_COLUMNS)?;
    for task in plan.tasks.iter().chain(plan.apart.iter().flat_map(|group| &group.tasks)) {
        writer.write_record(plan_row(task).iter().map(|cell| harmless(cell)))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

fn plan_row(task: &Task) -> [String; 13] {
    let closes: Vec<&str> = task.closes.iter().map(|incident| incident.title.as_str()).collect();
    [
        task.number.map(|number| number.to_string()).unwrap_or_default(),
        task.first_step.clone(),
        task.question.number.clone(),
        task.question.title.clone(),
        task.area.clone(),
        task.effort.to_owned(),
        task.cost.to_owned(),
        task.headline_after.map(|points| points.printed().to_string()).unwrap_or_default(),
        closes.join("; "),
        task.owner.clone().unwrap_or_default(),
        task.due.as_ref().map(|due| due.day.iso.clone()).unwrap_or_default(),
        task.status.unwrap_or_default().to_owned(),
        task.remark.clone().unwrap_or_default(),
    ]
}

/// The column headings of a history.
const HISTORY_COLUMNS: [&str; 19] = [
    "date",
    "headline_bp",
    "band",
    "proven_bp",
    "stated_bp",
    "possible_bp",
    "base_stated_bp",
    "real_bp",
    "yardstick_bp",
    "real_total_bp",
    "trend_bp",
    "answered",
    "in_scope",
    "version",
    "gates_closed",
    "gates_opened",
    "incidents_closed",
    "incidents_opened",
    "answers_sha256",
];

/// A history as a table of assessments.
///
/// # Errors
/// When the writer fails, which writing to memory does not.
pub fn history(history: &History) -> Result<Vec<u8>, csv::Error> {
    let mut writer = writer();
    writer.write_record(HISTORY_COLUMNS)?;
    for entry in &history.entries {
        writer.write_record(history_row(entry))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

/// Numbers of ours stay numbers, also those below zero; texts are made harmless.
fn history_row(entry: &HistoryEntry) -> [String; 19] {
    let points = |points: Option<Points>| points.map(|points| points.get().to_string()).unwrap_or_default();
    let moved = |by: Option<Difference>| by.map(|by| by.get().to_string()).unwrap_or_default();
    let step = entry.step.as_ref();
    let titles = |gaps: fn(&HistoryStep) -> &[Gap], closed: bool| {
        let gaps = step.map_or(&[][..], gaps).iter().filter(|gap| gap.closed == closed);
        harmless(&gaps.map(|gap| gap.title.as_str()).collect::<Vec<_>>().join("; "))
    };
    let worlds = entry.score.as_ref().map(|score| score.worlds).unwrap_or_default();
    [
        entry.date.iso.clone(),
        points(entry.score.as_ref().map(|score| score.headline)),
        entry.band.as_ref().map_or("none", |band| band.id).to_owned(),
        points(worlds.proven),
        points(worlds.stated),
        points(worlds.possible),
        points(entry.score.as_ref().and_then(|score| score.base.stated)),
        moved(step.and_then(|step| step.real)),
        moved(step.and_then(|step| step.yardstick)),
        moved(step.map(|step| step.real_total)),
        moved(entry.trend),
        entry.answered.to_string(),
        entry.in_scope.to_string(),
        harmless(&entry.version),
        titles(|step| &step.gates, true),
        titles(|step| &step.gates, false),
        titles(|step| &step.incidents, true),
        titles(|step| &step.incidents, false),
        entry.answers_sha256.clone(),
    ]
}

/// Whether a file is one of these tables.
pub fn made(bytes: &[u8]) -> bool {
    let begins =
        |columns: &[&str]| bytes.starts_with(format!("\u{feff}{}\r\n", columns.join(",")).as_bytes());
    begins(&COLUMNS) || begins(&PLAN_COLUMNS) || begins(&HISTORY_COLUMNS)
}

/// UTF-8 with a byte-order mark and lines that end as spreadsheets expect.
fn writer() -> csv::Writer<Vec<u8>> {
    csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(b"\xef\xbb\xbf".to_vec())
}

fn row(area: &Area, finding: &Finding) -> [String; 28] {
    let points = |points: Option<Points>| points.map(|points| points.get().to_string()).unwrap_or_default();
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let evidence = finding.evidence.as_ref();
    let waiver = finding.waiver.as_ref();
    [
        finding.question.number.clone(),
        finding.question.id.clone(),
        area.title.clone(),
        finding.question.title.clone(),
        finding.ask.clone(),
        finding.standing.to_owned(),
        finding.answer_words.clone(),
        evidence.map(|evidence| evidence.level.to_owned()).unwrap_or_default(),
        evidence.map(|evidence| evidence.fresh.to_string()).unwrap_or_default(),
        points(finding.credit.proven),
        points(finding.credit.stated),
        points(finding.credit.possible),
        finding.loss.get().to_string(),
        finding.severity.to_owned(),
        finding.effort.to_owned(),
        finding.cost.to_owned(),
        finding.fix.clone(),
        text(&finding.find_out),
        finding.proof.clone(),
        text(&finding.reason),
        text(&finding.by),
        text(&finding.provided_by),
        text(&finding.comment),
        waiver.map(|waiver| waiver.reason.clone()).unwrap_or_default(),
        waiver.map(|waiver| waiver.expires.iso.clone()).unwrap_or_default(),
        waiver.map(|waiver| waiver.approved_by.clone()).unwrap_or_default(),
        waiver.map(|waiver| waiver.state.as_str().to_owned()).unwrap_or_default(),
        finding.lapses_on.as_ref().map(|day| day.iso.clone()).unwrap_or_default(),
    ]
}

/// A cell that no spreadsheet runs as a formula: one that begins like a formula, also after white space or a quote,
/// gets an apostrophe in front, and everything that steers or reorders text is shown as an escape.
fn harmless(cell: &str) -> String {
    let clean = visible(cell);
    let start = clean.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
    let formula = |c: char| matches!(c, '=' | '+' | '-' | '@' | '|' | '%' | '＝' | '＋' | '－' | '＠');
    if start.starts_with(formula) { format!("'{clean}") } else { clean.into_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for payload in
            ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\"=1", "'=1", "|calc", "＝1", "%0A"]
        {
            assert!(harmless(payload).starts_with('\''), "{payload:?}");
        }
        assert_eq!(harmless("no = formula"), "no = formula");
        assert_eq!(harmless("two\nlines"), "two lines");
    }

    #[test]
    fn only_our_own_tables_may_be_replaced() {
        let table = |columns: &[&str]| {
            let mut writer = writer();
            writer.write_record(columns).unwrap();
            writer.into_inner().unwrap()
        };
        for columns in [&COLUMNS[..], &PLAN_COLUMNS, &HISTORY_COLUMNS] {
            assert!(made(&table(columns)), "{columns:?}");
        }
        assert!(!made(&table(&["name", "address"])) && !made(b""));
    }
}
