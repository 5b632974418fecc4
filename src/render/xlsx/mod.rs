//! The report, and a questionnaire to fill in, as spreadsheets.

mod questions;
mod sheet;

use rust_xlsxwriter::{Workbook, XlsxError};

pub use questions::questions;

use crate::report::{
    Action, Area, Finding, Framework, Incident, IncidentNote, Incidents, Points, QuestionRef, Report, Status,
    Verdict,
};
use crate::text::{Words, phrase};
use sheet::{Look, Value, fit, list, page, properties, table, write};

/// A workbook while it is written.
struct Book {
    workbook: Workbook,
    /// What stands above every page.
    header: String,
    words: &'static Words,
}

impl Book {
    /// Writes a sheet that is nothing but a table; nothing without rows. Its name and the heads of its columns are
    /// phrases, the widths are in characters.
    fn list(
        &mut self,
        name: &'static str,
        columns: &[(&'static str, u8)],
        rows: &[Vec<Value>],
    ) -> Result<(), XlsxError> {
        let said: Vec<_> = columns.iter().map(|(head, width)| (self.words.say(head), *width)).collect();
        list(&mut self.workbook, self.words.say(name), &self.header, &said, rows, self.words)
    }
}

/// The report as a spreadsheet: a summary, and a sheet for each list. Lists without entries are left out.
///
/// # Errors
/// When the writer fails, which writing to memory does not.
pub fn report(report: &Report) -> Result<Vec<u8>, XlsxError> {
    let (head, words) = (&report.head, report.words);
    let mut workbook = Workbook::new();
    let title =
        words.fill("{organisation}: security assessment", &[("organisation", &head.organisation.name)]);
    let maker = format!("{} {}", head.tool.name, head.tool.version);
    workbook.set_properties(&properties(&title, &maker, &head.date.iso));
    let marking = head.marking.as_ref().map(|marking| format!("{marking}, ")).unwrap_or_default();
    let header = format!("{marking}{}", head.organisation.name);
    let mut book = Book { workbook, header, words };
    summary(&mut book, report)?;
    answers(&mut book, &report.areas)?;
    actions(&mut book, &report.actions)?;
    incidents(&mut book, &report.incidents)?;
    frameworks(&mut book, &report.frameworks)?;
    book.workbook.save_to_buffer()
}

fn summary(book: &mut Book, report: &Report) -> Result<(), XlsxError> {
    let words = book.words;
    let sheet = book.workbook.add_worksheet().set_name(words.say("Summary"))?;
    let facts = facts(report);
    for (row, (label, value)) in (0..).zip(&facts) {
        write(sheet, (row, 0), &(*label).into(), Look::Strong)?;
        write(sheet, (row, 1), value, Look::Plain)?;
        fit(sheet, row, [(value, 60)].into_iter())?;
    }
    let rows: Vec<Vec<Value>> = report.areas.iter().map(area).collect();
    let columns = [
        (words.say("Area"), 34),
        (words.say("What it is about"), 60),
        (words.say("Stated"), 12),
        (words.say("Proven"), 12),
        (words.say("Possible"), 12),
        (words.say("Not known"), 12),
        (words.say("Points lost"), 12),
    ];
    if !rows.is_empty() {
        table(sheet, u32::try_from(facts.len()).unwrap_or_default() + 1, &columns, &rows)?;
    }
    sheet.set_column_width(0, 34)?.set_column_width(1, 60)?;
    page(sheet, &book.header, 154, words)?;
    sheet.set_freeze_panes(0, 0)?;
    Ok(())
}

fn facts(report: &Report) -> Vec<(&'static str, Value)> {
    let (head, verdict, words) = (&report.head, &report.verdict, report.words);
    let mut facts: Vec<(&str, Value)> = vec![(words.say("Organisation"), (&head.organisation.name).into())];
    facts.extend(head.marking.as_ref().map(|marking| (words.say("Marking"), marking.into())));
    let questionnaire = words.fill(
        "{questionnaire}, version {version}",
        &[("questionnaire", &head.questionnaire.title), ("version", &head.questionnaire.version)],
    );
    facts.extend([
        (words.say("Date"), Value::from(&head.date.words)),
        (words.say("Questionnaire"), questionnaire.into()),
        (words.say("Assessed by"), (&head.assessed_by).into()),
    ]);
    facts.extend(scores(verdict, words));
    facts.push((words.say("In words"), (&verdict.sentence).into()));
    let hold = verdict.hold.as_ref();
    facts.extend(hold.map(|hold| (words.say("What holds it down"), Value::from(&hold.sentence))));
    facts.extend(verdict.scope_banner.as_ref().map(|banner| (words.say("Left out"), banner.into())));
    let since = report.since.as_ref();
    facts.extend(since.map(|since| (words.say("Since last time"), Value::from(&since.sentence))));
    facts.push((words.say("How firm"), (&verdict.stability_sentence).into()));
    let means = words.say("Coverage of good practice, as reported. It is not the chance of being attacked.");
    facts.push((words.say("What it means"), means.into()));
    facts.push((words.say("Made with"), format!("{} {}", head.tool.name, head.tool.version).into()));
    facts
}

/// The result and what it comes from; nothing without a score.
fn scores(verdict: &Verdict, words: &'static Words) -> Vec<(&'static str, Value)> {
    let (Some(score), Some(band)) = (&verdict.score, &verdict.band) else { return Vec::new() };
    let result = words.fill(
        "{score} of 100. {band}: {meaning}",
        &[("score", &score.headline.printed()), ("band", &band.title), ("meaning", &band.meaning)],
    );
    let world = |points: Option<Points>| {
        points.map_or(Value::Nothing, |points| words.fill("{score} of 100", &[("score", &points)]).into())
    };
    vec![
        (words.say("Result"), result.into()),
        (words.say("Proven"), world(score.worlds.proven)),
        (words.say("Stated"), world(score.worlds.stated)),
        (words.say("Possible"), world(score.worlds.possible)),
    ]
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
    (phrase("No."), 7),
    (phrase("Area"), 22),
    (phrase("Question"), 26),
    (phrase("In full"), 46),
    (phrase("Standing"), 14),
    (phrase("Answer"), 34),
    (phrase("Stated"), 9),
    (phrase("Proven"), 9),
    (phrase("Possible"), 9),
    (phrase("Points lost"), 11),
    (phrase("Severity"), 10),
    (phrase("Evidence"), 13),
    (phrase("Evidence since"), 18),
    (phrase("Where it is kept"), 24),
    (phrase("Answered by"), 18),
    (phrase("Provided by"), 18),
    (phrase("Why it does not apply"), 26),
    (phrase("Comment"), 34),
    (phrase("First step"), 46),
    (phrase("Effort"), 9),
    (phrase("Cost"), 9),
    (phrase("What to ask whom"), 34),
    (phrase("Proof would be"), 34),
    (phrase("Accepted risk"), 30),
];

fn answers(book: &mut Book, areas: &[Area]) -> Result<(), XlsxError> {
    let words = book.words;
    let row = |area, finding| answer(area, finding, words);
    let rows = areas.iter().flat_map(|area| area.findings.iter().map(move |finding| row(area, finding)));
    book.list(phrase("Answers"), &ANSWERS, &rows.collect::<Vec<_>>())
}

fn answer(area: &Area, finding: &Finding, words: &Words) -> Vec<Value> {
    let evidence = finding.evidence.as_ref();
    let waiver = finding.waiver.as_ref().map(|waiver| {
        words.fill(
            "{reason} Accepted by {whom}. {until}",
            &[("reason", &waiver.reason), ("whom", &waiver.approved_by), ("until", &waiver.sentence)],
        )
    });
    vec![
        (&finding.question.number).into(),
        (&area.title).into(),
        (&finding.question.title).into(),
        (&finding.ask).into(),
        words.say(standing(finding)).into(),
        (&finding.answer_words).into(),
        finding.credit.stated.into(),
        finding.credit.proven.into(),
        finding.credit.possible.into(),
        finding.loss.into(),
        words.say(finding.severity).into(),
        evidence.map(|evidence| words.say(evidence.level)).unwrap_or_default().into(),
        evidence.map(|evidence| evidence.since.words.clone()).unwrap_or_default().into(),
        evidence.and_then(|evidence| evidence.kept.clone()).unwrap_or_default().into(),
        (&finding.by).into(),
        (&finding.provided_by).into(),
        (&finding.reason).into(),
        (&finding.comment).into(),
        (&finding.fix).into(),
        words.say(finding.effort).into(),
        words.say(finding.cost).into(),
        (&finding.find_out).into(),
        (&finding.proof).into(),
        waiver.unwrap_or_default().into(),
    ]
}

/// How a question stands, as a phrase.
fn standing(finding: &Finding) -> &'static str {
    match finding.standing {
        "answered" => phrase("Answered"),
        "unknown" => phrase("Unknown"),
        "unanswered" => phrase("Unanswered"),
        "not-applicable" => phrase("Not applicable"),
        _ => phrase("Out of scope"),
    }
}

fn actions(book: &mut Book, actions: &[Action]) -> Result<(), XlsxError> {
    let words = book.words;
    let columns = [
        (phrase("Step"), 7),
        (phrase("Action"), 50),
        (phrase("No."), 7),
        (phrase("Question"), 26),
        (phrase("Area"), 22),
        (phrase("Why"), 40),
        (phrase("Effort"), 9),
        (phrase("Cost"), 9),
        (phrase("Score after"), 11),
        (phrase("Lifts the cap at"), 14),
        (phrase("Would interrupt"), 36),
        // For the people who work with it.
        (phrase("Owner"), 18),
        (phrase("Date"), 14),
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
            words.say(action.effort).into(),
            words.say(action.cost).into(),
            usize::from(action.headline_after.printed()).into(),
            words.and_list(&lifts).into(),
            titles(&action.closes).into(),
            Value::Nothing,
            Value::Nothing,
        ]
    });
    book.list(phrase("Actions"), &columns, &rows.collect::<Vec<_>>())
}

fn titles(incidents: &[IncidentNote]) -> String {
    incidents.iter().map(|incident| incident.title.as_str()).collect::<Vec<_>>().join("; ")
}

fn incidents(book: &mut Book, incidents: &Incidents) -> Result<(), XlsxError> {
    let words = book.words;
    let columns = [
        (phrase("Incident"), 40),
        (phrase("When"), 14),
        (phrase("Here"), 16),
        (phrase("If only proven counts"), 16),
        (phrase("If all turns out well"), 16),
        (phrase("Priority"), 9),
        (phrase("Steps"), 7),
        (phrase("Interrupted at step"), 12),
        (phrase("Cheapest single change"), 34),
        (phrase("In words"), 60),
    ];
    let mut rows: Vec<Vec<Value>> = incidents.replayed.iter().map(|each| incident(each, words)).collect();
    let left_out = [
        (words.say("does not apply"), &incidents.do_not_apply),
        (words.say("not assessed"), &incidents.not_assessed),
    ];
    for (word, notes) in left_out {
        rows.extend(notes.iter().map(|note| vec![(&note.title).into(), Value::Nothing, word.into()]));
    }
    book.list(phrase("Incidents"), &columns, &rows)
}

fn incident(incident: &Incident, words: &Words) -> Vec<Value> {
    let broken = incident.broken_at.stated.as_ref();
    let step = incident.steps.iter().find(|step| Some(&step.id) == broken);
    let cheapest = incident.cheapest.as_ref().map(named).unwrap_or_default();
    vec![
        (&incident.title).into(),
        (&incident.when).into(),
        words.say(incident.word.stated).into(),
        words.say(incident.word.proven).into(),
        words.say(incident.word.possible).into(),
        if incident.priority { words.say("yes").into() } else { Value::Nothing },
        incident.steps.len().into(),
        step.map_or(Value::Nothing, |step| step.number.into()),
        cheapest.into(),
        (&incident.sentence).into(),
    ]
}

fn named(question: &QuestionRef) -> String {
    format!("{} {}", question.number, question.title)
}

fn frameworks(book: &mut Book, frameworks: &[Framework]) -> Result<(), XlsxError> {
    let words = book.words;
    let columns = [
        (phrase("Framework"), 34),
        (phrase("Version"), 12),
        (phrase("Item"), 14),
        (phrase("Title"), 50),
        (phrase("Here"), 12),
        (phrase("From answers"), 30),
    ];
    let rows = frameworks.iter().flat_map(|framework| {
        framework.items.iter().map(|item| {
            let questions: Vec<&str> = item.questions.iter().map(|q| q.number.as_str()).collect();
            vec![
                (&framework.title).into(),
                (&framework.version).into(),
                (&item.id).into(),
                (&item.title).into(),
                words.say(status(item.status)).into(),
                questions.join(", ").into(),
            ]
        })
    });
    book.list(phrase("Frameworks"), &columns, &rows.collect::<Vec<_>>())
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Met => phrase("met"),
        Status::Partly => phrase("partly"),
        Status::NotMet => phrase("not met"),
        Status::Unknown => phrase("not known"),
        Status::NotAsked => phrase("not asked"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::{fixture, package};

    #[test]
    fn every_fixed_word_is_said_in_the_language_of_the_report() {
        let whole = fixture::pretend::report(fixture::report_since);
        let parts = package::parts(&report(&whole).unwrap(), "").unwrap();
        // Cells, names of sheets, the title, and what stands above and below every page.
        let told = parts.iter().flat_map(|(_, part)| part.split('<')).filter_map(|piece| {
            let (tag, text) = piece.split_once('>')?;
            match tag.split(' ').next()? {
                "t" | "dc:title" => Some(text),
                "oddHeader" | "oddFooter" => text.split("&amp;R").next(),
                "sheet" => tag.split_once("name=\"")?.1.split('"').next(),
                _ => None,
            }
        });
        assert_eq!(fixture::pretend::left(told), Vec::<String>::new());
    }

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
