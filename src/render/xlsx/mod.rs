//! The report, and a questionnaire to fill in, as spreadsheets.

mod questions;
mod sheet;

use rust_xlsxwriter::{Workbook, XlsxError};

pub use questions::questions;

use crate::report::{
    Action, Area, Finding, Framework, Incident, IncidentNote, Incidents, Points, QuestionRef, Report, Status,
};
use crate::text::{and_list, sentence_case};
use sheet::{Look, Value, fit, list, page, properties, table, write};

/// The report as a spreadsheet: a summary, and a sheet for each list. Lists without entries are left out.
///
/// # Errors
/// When the writer fails, which writing to memory does not.
pub fn report(report: &Report) -> Result<Vec<u8>, XlsxError> {
    let head = &report.head;
    let mut workbook = Workbook::new();
    let title = format!("{}: security assessment", head.organisation.name);
    let maker = format!("{} {}", head.tool.name, head.tool.version);
    workbook.set_properties(&properties(&title, &maker, &head.date.iso));
    let marking = head.marking.as_ref().map(|marking| format!("{marking}, ")).unwrap_or_default();
    let header = format!("{marking}{}", head.organisation.name);
    summary(&mut workbook, report, &header)?;
    answers(&mut workbook, &report.areas, &header)?;
    actions(&mut workbook, &report.actions, &header)?;
    incidents(&mut workbook, &report.incidents, &header)?;
    frameworks(&mut workbook, &report.frameworks, &header)?;
    workbook.save_to_buffer()
}

fn summary(workbook: &mut Workbook, report: &Report, header: &str) -> Result<(), XlsxError> {
    let sheet = workbook.add_worksheet().set_name("Summary")?;
    let facts = facts(report);
    for (row, (label, value)) in (0..).zip(&facts) {
        write(sheet, (row, 0), &(*label).into(), Look::Strong)?;
        write(sheet, (row, 1), value, Look::Plain)?;
        fit(sheet, row, [(value, 60)].into_iter())?;
    }
    let rows: Vec<Vec<Value>> = report.areas.iter().map(area).collect();
    let columns = [
        ("Area", 34),
        ("What it is about", 60),
        ("Stated", 12),
        ("Proven", 12),
        ("Possible", 12),
        ("Not known", 12),
        ("Points lost", 12),
    ];
    if !rows.is_empty() {
        table(sheet, u32::try_from(facts.len()).unwrap_or_default() + 1, &columns, &rows)?;
    }
    sheet.set_column_width(0, 34)?.set_column_width(1, 60)?;
    page(sheet, header, 154)?;
    sheet.set_freeze_panes(0, 0)?;
    Ok(())
}

fn facts(report: &Report) -> Vec<(&'static str, Value)> {
    let (head, verdict) = (&report.head, &report.verdict);
    let mut facts: Vec<(&str, Value)> = vec![("Organisation", (&head.organisation.name).into())];
    facts.extend(head.marking.as_ref().map(|marking| ("Marking", marking.into())));
    facts.extend([
        ("Date", Value::from(&head.date.words)),
        (
            "Questionnaire",
            format!("{}, version {}", head.questionnaire.title, head.questionnaire.version).into(),
        ),
        ("Assessed by", (&head.assessed_by).into()),
    ]);
    if let (Some(score), Some(band)) = (&verdict.score, &verdict.band) {
        let words = format!("{} of 100. {}: {}", score.headline.printed(), band.title, band.meaning);
        let world = |points: Option<Points>| {
            points.map_or(Value::Nothing, |points| format!("{points} of 100").into())
        };
        facts.extend([
            ("Result", Value::from(words)),
            ("Proven", world(score.worlds.proven)),
            ("Stated", world(score.worlds.stated)),
            ("Possible", world(score.worlds.possible)),
        ]);
    }
    facts.push(("In words", (&verdict.sentence).into()));
    facts.extend(verdict.hold.as_ref().map(|hold| ("What holds it down", Value::from(&hold.sentence))));
    facts.extend(verdict.scope_banner.as_ref().map(|banner| ("Left out", banner.into())));
    facts.extend(report.since.as_ref().map(|since| ("Since last time", Value::from(&since.sentence))));
    facts.push(("How firm", (&verdict.stability_sentence).into()));
    facts.push((
        "What it means",
        "Coverage of good practice, as reported. It is not the chance of being attacked.".into(),
    ));
    facts.push(("Made with", format!("{} {}", head.tool.name, head.tool.version).into()));
    facts
}

fn area(area: &Area) -> Vec<Value> {
    vec![
        format!("{} {}", area.number, area.title).into(),
        (&area.summary).into(),
        area.score.stated.into(),
        area.score.proven.into(),
        area.score.possible.into(),
        area.unknown.into(),
        area.loss.into(),
    ]
}

/// The columns of the answers, with their widths.
const ANSWERS: [(&str, u8); 24] = [
    ("No.", 7),
    ("Area", 22),
    ("Question", 26),
    ("In full", 46),
    ("Standing", 14),
    ("Answer", 34),
    ("Stated", 9),
    ("Proven", 9),
    ("Possible", 9),
    ("Points lost", 11),
    ("Severity", 10),
    ("Evidence", 13),
    ("Evidence since", 18),
    ("Where it is kept", 24),
    ("Answered by", 18),
    ("Provided by", 18),
    ("Why it does not apply", 26),
    ("Comment", 34),
    ("First step", 46),
    ("Effort", 9),
    ("Cost", 9),
    ("What to ask whom", 34),
    ("Proof would be", 34),
    ("Accepted risk", 30),
];

fn answers(workbook: &mut Workbook, areas: &[Area], header: &str) -> Result<(), XlsxError> {
    let rows = areas.iter().flat_map(|area| area.findings.iter().map(|finding| answer(area, finding)));
    list(workbook, "Answers", header, &ANSWERS, &rows.collect::<Vec<_>>())
}

fn answer(area: &Area, finding: &Finding) -> Vec<Value> {
    let evidence = finding.evidence.as_ref();
    let waiver = finding
        .waiver
        .as_ref()
        .map(|waiver| format!("{} Accepted by {}. {}", waiver.reason, waiver.approved_by, waiver.sentence));
    vec![
        (&finding.question.number).into(),
        (&area.title).into(),
        (&finding.question.title).into(),
        (&finding.ask).into(),
        sentence_case(&finding.standing.replace('-', " ")).into(),
        (&finding.answer_words).into(),
        finding.credit.stated.into(),
        finding.credit.proven.into(),
        finding.credit.possible.into(),
        finding.loss.into(),
        finding.severity.into(),
        evidence.map(|evidence| evidence.level).unwrap_or_default().into(),
        evidence.map(|evidence| evidence.since.words.clone()).unwrap_or_default().into(),
        evidence.and_then(|evidence| evidence.kept.clone()).unwrap_or_default().into(),
        (&finding.by).into(),
        (&finding.provided_by).into(),
        (&finding.reason).into(),
        (&finding.comment).into(),
        (&finding.fix).into(),
        finding.effort.into(),
        finding.cost.into(),
        (&finding.find_out).into(),
        (&finding.proof).into(),
        waiver.unwrap_or_default().into(),
    ]
}

fn actions(workbook: &mut Workbook, actions: &[Action], header: &str) -> Result<(), XlsxError> {
    let columns = [
        ("Step", 7),
        ("Action", 50),
        ("No.", 7),
        ("Question", 26),
        ("Area", 22),
        ("Why", 40),
        ("Effort", 9),
        ("Cost", 9),
        ("Score after", 11),
        ("Lifts the cap at", 14),
        ("Would interrupt", 36),
        // For the people who work with it.
        ("Owner", 18),
        ("Date", 14),
    ];
    let rows = actions.iter().map(|action| {
        let lifts: Vec<String> = action.lifts.iter().map(ToString::to_string).collect();
        vec![
            action.number.into(),
            action.first_step().into(),
            (&action.question.number).into(),
            (&action.question.title).into(),
            (&action.area).into(),
            (&action.why).into(),
            action.effort.into(),
            action.cost.into(),
            usize::from(action.headline_after.printed()).into(),
            and_list(&lifts).into(),
            titles(&action.closes).into(),
            Value::Nothing,
            Value::Nothing,
        ]
    });
    list(workbook, "Actions", header, &columns, &rows.collect::<Vec<_>>())
}

fn titles(incidents: &[IncidentNote]) -> String {
    incidents.iter().map(|incident| incident.title.as_str()).collect::<Vec<_>>().join("; ")
}

fn incidents(workbook: &mut Workbook, incidents: &Incidents, header: &str) -> Result<(), XlsxError> {
    let columns = [
        ("Incident", 40),
        ("When", 14),
        ("Here", 16),
        ("If only proven counts", 16),
        ("If all turns out well", 16),
        ("Priority", 9),
        ("Steps", 7),
        ("Interrupted at step", 12),
        ("Cheapest single change", 34),
        ("In words", 60),
    ];
    let mut rows: Vec<Vec<Value>> = incidents.replayed.iter().map(incident).collect();
    let left_out = [("does not apply", &incidents.do_not_apply), ("not assessed", &incidents.not_assessed)];
    for (word, notes) in left_out {
        rows.extend(notes.iter().map(|note| vec![(&note.title).into(), Value::Nothing, word.into()]));
    }
    list(workbook, "Incidents", header, &columns, &rows)
}

fn incident(incident: &Incident) -> Vec<Value> {
    let broken = incident.broken_at.stated.as_ref();
    let step = incident.steps.iter().find(|step| Some(&step.id) == broken);
    let cheapest = incident.cheapest.as_ref().map(named).unwrap_or_default();
    vec![
        (&incident.title).into(),
        (&incident.when).into(),
        incident.word.stated.into(),
        incident.word.proven.into(),
        incident.word.possible.into(),
        if incident.priority { "yes".into() } else { Value::Nothing },
        incident.steps.len().into(),
        step.map_or(Value::Nothing, |step| step.number.into()),
        cheapest.into(),
        (&incident.sentence).into(),
    ]
}

fn named(question: &QuestionRef) -> String {
    format!("{} {}", question.number, question.title)
}

fn frameworks(workbook: &mut Workbook, frameworks: &[Framework], header: &str) -> Result<(), XlsxError> {
    let columns =
        [("Framework", 34), ("Version", 12), ("Item", 14), ("Title", 50), ("Here", 12), ("From answers", 30)];
    let rows = frameworks.iter().flat_map(|framework| {
        framework.items.iter().map(|item| {
            let questions: Vec<&str> = item.questions.iter().map(|q| q.number.as_str()).collect();
            vec![
                (&framework.title).into(),
                (&framework.version).into(),
                (&item.id).into(),
                (&item.title).into(),
                status(item.status).into(),
                questions.join(", ").into(),
            ]
        })
    });
    list(workbook, "Frameworks", header, &columns, &rows.collect::<Vec<_>>())
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Met => "met",
        Status::Partly => "partly",
        Status::NotMet => "not met",
        Status::Unknown => "not known",
        Status::NotAsked => "not asked",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::{fixture, package};

    #[test]
    fn whatever_is_missing_a_sheet_is_left_out_and_not_empty() {
        for whole in [
            fixture::report(),
            fixture::without_score(),
            fixture::tiny(),
            fixture::report_since(str::to_owned),
        ] {
            let sealed = package::sealed(&report(&whole).unwrap()).unwrap();
            assert!(package::made(&sealed));
            let nothing = fixture::emptied(whole);
            let made = report(&nothing).unwrap();
            assert_eq!(package::parts(&made, "xl/worksheets/").unwrap().len(), 1, "the summary is left");
        }
    }
}
