//! A questionnaire goes out as a spreadsheet and comes back filled in: what is in it gets into the answers file, every
//! cell that cannot is named, and a spreadsheet that is made to do harm is refused.

use std::collections::BTreeMap;
use std::io::{Cursor, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::time::{Duration, Instant};

use calamine::{Data, Reader as _, Xlsx};
use rust_xlsxwriter::Workbook;
use safeseat::format::{self, Document};
use safeseat::model::{Answer, Assessment, Date, Given, Kind, Questionnaire, Ternary, Value};
use safeseat::problem::Source;
use zip::write::SimpleFileOptions;

use crate::documents::packed;
use crate::runner::{Desk, repository, samples};

/// The column of the details of the organisation.
pub const DETAIL: usize = 2;
/// The columns that people fill in.
pub const ANSWER: usize = 5;
const REASON: usize = 6;
const EVIDENCE: usize = 7;
pub const EVIDENCE_DATE: usize = 8;
pub const COMMENT: usize = 12;

/// A sheet to fill in, as text.
pub struct Form(BTreeMap<String, Vec<Vec<String>>>);

impl Form {
    pub fn new(desk: &Desk, questionnaire: &str) -> Self {
        desk.run(0, &format!("show {questionnaire} -o questions.xlsx --force"));
        Self::read(desk, "questions.xlsx")
    }

    /// One that stands on the desk.
    pub fn read(desk: &Desk, name: &str) -> Self {
        let bytes = desk.bytes(name);
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.as_slice())).unwrap();
        let sheets = book.sheet_names().into_iter().map(|name| {
            let range = book.worksheet_range(&name).unwrap();
            assert_eq!(range.start(), Some((0, 0)), "{name}");
            let row = |row: &[Data]| row.iter().map(ToString::to_string).collect();
            (name, range.rows().map(row).collect())
        });
        Self(sheets.collect())
    }

    /// Writes into the row of an id.
    pub fn fill(&mut self, id: &str, column: usize, text: &str) {
        let rows = self.0.values_mut().flatten();
        let row = rows.into_iter().find(|row| row[0] == id).unwrap_or_else(|| panic!("no row {id}"));
        row.resize(row.len().max(column + 1), String::new());
        text.clone_into(&mut row[column]);
    }

    fn asks(&self, id: &str) -> bool {
        self.0["Questions"].iter().any(|row| row[0] == id)
    }

    /// The number of the row of an id, as spreadsheets count.
    pub fn row(&self, sheet: &str, id: &str) -> usize {
        self.0[sheet].iter().position(|row| row[0] == id).unwrap() + 1
    }

    /// Puts it on the desk.
    pub fn save(&self, desk: &Desk, name: &str) {
        let mut book = Workbook::new();
        for (sheet, rows) in &self.0 {
            let sheet = book.add_worksheet().set_name(sheet).unwrap();
            for (row, cells) in (0..).zip(rows) {
                for (column, text) in (0..).zip(cells).filter(|(_, text)| !text.is_empty()) {
                    sheet.write_string(row, column, text).unwrap();
                }
            }
        }
        desk.write(name, book.save_to_buffer().unwrap());
    }
}

fn questionnaire(id: &str) -> Questionnaire {
    let catalog = safeseat::catalog::Catalog::shipped();
    let source = catalog.questionnaire_file(&safeseat::model::QuestionnaireId::parse(id).unwrap()).unwrap();
    format::questionnaire::read(&Document::parse(&source), &catalog).0.unwrap()
}

/// An answers file, with the id of its questionnaire.
fn assessment(text: &str) -> (Assessment, Questionnaire) {
    let source = Source::new("answers.toml", text.to_owned());
    let document = Document::parse(&source);
    let id = format::assessment::head(&document).unwrap().questionnaire;
    let questionnaire = questionnaire(id.as_str());
    (format::assessment::read(&document, &questionnaire).0.unwrap(), questionnaire)
}

/// What a person would write for an answer: the words of the list, and the numbers of choices.
fn words(kind: &Kind, given: &Given) -> String {
    match (kind, given) {
        (_, Given::Unknown) => "I don’t know".to_owned(),
        (_, Given::NotApplicable(_)) => "Does not apply".to_owned(),
        (Kind::TickAll(choices), Given::Definite(Value::Ticked(ids))) if !ids.is_empty() => {
            let numbers = (1..).zip(choices).filter(|(_, choice)| ids.contains(&choice.id));
            numbers.map(|(number, _): (i32, _)| number.to_string()).collect::<Vec<_>>().join(", ")
        }
        (_, Given::Definite(Value::Percentage { counted: Some((have, of)), .. })) => {
            format!("{have} of {of}")
        }
        (kind, Given::Definite(value)) => kind.in_words(value),
    }
}

/// An answer as far as a sheet can say it.
fn said(answer: &Answer) -> Answer {
    Answer { answered: None, note: None, waiver: None, ..answer.clone() }
}

fn filled(desk: &Desk, assessment: &Assessment, questionnaire: &Questionnaire) -> Form {
    let mut form = Form::new(desk, assessment.questionnaire.as_str());
    form.fill("name", DETAIL, &assessment.organisation.name);
    form.fill("kind", DETAIL, assessment.organisation.kind.in_words());
    form.fill("country", DETAIL, &assessment.organisation.country);
    form.fill("date", DETAIL, &assessment.date.in_words());
    for (id, fact) in &assessment.facts {
        if !form.asks(id.as_str()) {
            continue;
        }
        let word = if *fact == Ternary::Unknown { "I don’t know" } else { fact.as_str() };
        form.fill(id.as_str(), ANSWER, word);
    }
    for (id, answer) in &assessment.answers {
        let question = questionnaire.question(id.as_str()).unwrap();
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let reason = if let Given::NotApplicable(reason) = &answer.given { reason.as_str() } else { "" };
        let date = answer.evidence_date.map(Date::in_words).unwrap_or_default();
        let cells = [
            words(&question.kind, &answer.given),
            reason.to_owned(),
            answer.evidence.in_words().to_owned(),
            date,
            text(&answer.evidence_where),
            text(&answer.by),
            text(&answer.provided_by),
            text(&answer.comment),
        ];
        for (column, cell) in (ANSWER..).zip(&cells) {
            form.fill(id.as_str(), column, cell);
        }
    }
    form
}

#[test]
fn what_was_filled_in_is_what_the_answers_file_says() {
    for sample in samples() {
        let text = std::fs::read_to_string(repository(&format!("examples/{sample}.toml"))).unwrap();
        let (wanted, questionnaire) = assessment(&text);
        let desk = Desk::new();
        filled(&desk, &wanted, &questionnaire).save(&desk, "back.xlsx");
        let import = format!("import back.xlsx --into answers.toml --today {}", wanted.date);
        let said_first = desk.run(0, &import).err;
        assert!(
            said_first.contains("wrote answers.toml: ") && said_first.contains("0 cells refused"),
            "{said_first}"
        );
        let (found, _) = assessment(&desk.read("answers.toml"));
        assert_eq!(found.organisation, wanted.organisation, "{sample}");
        assert_eq!(found.date, wanted.date, "{sample}");
        for (fact, answer) in &found.facts {
            assert_eq!(wanted.facts.get(fact), Some(answer), "{sample}: {fact}");
        }
        assert!(found.facts.len() > 2, "{sample}");
        for (id, answer) in &wanted.answers {
            let question = questionnaire.question(id.as_str()).unwrap();
            let out = question.applies_if.iter().any(|fact| wanted.denies(fact));
            let found = found.answers.get(id).map(said);
            assert_eq!(found, (!out).then(|| said(answer)), "{sample}: {id}");
        }
        let mode = std::fs::metadata(desk.path("answers.toml")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        let before = desk.bytes("answers.toml");
        let said_again = desk.run(0, &import).err;
        assert!(said_again.contains("answers.toml stays as it is: 0 answers"), "{said_again}");
        assert_eq!(before, desk.bytes("answers.toml"), "{sample}: the second import changes nothing");
    }
}

#[test]
fn comments_notes_and_accepted_risks_stay_and_old_evidence_goes_with_the_old_answer() {
    let desk = Desk::with_sample("constituency-office");
    let before = desk.read("answers.toml");
    let mut form = Form::new(&desk, "political-organisation");
    // A waiver stands beside this one; the level changes, the evidence is not renewed.
    form.fill("dev.office-network", COMMENT, "said by the client");
    form.save(&desk, "back.xlsx");
    desk.run(0, "import back.xlsx --into answers.toml --today 2026-10-12");
    let after = desk.read("answers.toml");
    let comments = |text: &str| text.lines().filter(|line| line.starts_with('#')).count();
    assert_eq!(comments(&before), comments(&after));
    assert!(
        after.contains("said by the client")
            && after.matches("waiver").count() == before.matches("waiver").count()
    );
    let (old, _) = assessment(&before);
    let (id, _) = old
        .answers
        .iter()
        .find(|(_, answer)| answer.evidence == safeseat::model::Evidence::Documented)
        .unwrap();
    let mut form = Form::new(&desk, "political-organisation");
    form.fill(id.as_str(), ANSWER, "unknown");
    form.save(&desk, "back.xlsx");
    desk.run(0, "import back.xlsx --into answers.toml --today 2026-10-12");
    let (new, _) = assessment(&desk.read("answers.toml"));
    assert_eq!(new.answers[id].given, Given::Unknown);
    assert_eq!(new.answers[id].evidence, safeseat::model::Evidence::Claimed);
}

#[test]
fn every_cell_that_cannot_be_accepted_is_named_and_nothing_changes_before_all_are_right() {
    let desk = Desk::new();
    let mut form = Form::new(&desk, "political-organisation");
    form.fill("name", DETAIL, "Northmoor");
    form.fill("kind", DETAIL, "Campain");
    form.fill("own-domain", ANSWER, "Perhaps");
    form.fill("acc.mfa-email", ANSWER, "110%");
    form.fill("acc.mfa-strength", EVIDENCE, "Seen");
    form.fill("acc.mfa-strength", ANSWER, "I don't know.");
    form.fill("acc.mfa-admin", COMMENT, "a comment without an answer");
    form.fill("bak.restore-test", ANSWER, "31 February 2026");
    form.fill("gov.rules", REASON, "we are small");
    form.fill("gov.rules", ANSWER, "\u{1b}[2Jzaphod");
    form.fill("gov.owner", ANSWER, "Yes");
    form.fill("gov.owner", EVIDENCE_DATE, "12 May 2099");
    form.save(&desk, "back.xlsx");
    let said = desk.run(3, "import back.xlsx --into answers.toml --today 2026-11-23").err;
    for (sheet, id, column, words) in REFUSED {
        let row = form.row(sheet.trim_matches(['‘', '’']), id);
        let place = format!("error: {sheet}!{column}{row}: ");
        assert!(said.contains(&place), "{place} is missing in\n{said}");
        let line = said.split(&place).nth(1).unwrap().split("error:").next().unwrap();
        assert!(line.contains(words), "{place}{words} is missing in\n{line}");
    }
    assert_eq!(said.matches("error:").count(), REFUSED.len(), "{said}");
    assert!(!said.contains('\u{1b}') && said.contains("nothing was changed"), "{said}");
    assert!(!desk.path("answers.toml").exists());
    let said = desk.run(0, "import back.xlsx --into answers.toml --today 2026-11-23 --partial").err;
    assert!(said.contains("wrote answers.toml: 0 answers, 0 unchanged, 8 cells refused"), "{said}");
    assert!(desk.read("answers.toml").contains("name = \"Northmoor\""), "what is right is taken");
    desk.run(0, "check answers.toml");
}

/// Where something is wrong, and what is said about it.
const REFUSED: [(&str, &str, char, &str); 8] = [
    ("‘Start here’", "kind", 'C', "did you mean “Campaign”?"),
    ("Questions", "own-domain", 'F', "possible: “Yes”, “No” or “I don’t know”"),
    ("Questions", "acc.mfa-email", 'F', "Enter a whole number from 0 to 100"),
    ("Questions", "acc.mfa-strength", 'H', "“Documented: a document shows it”"),
    ("Questions", "acc.mfa-admin", 'F', "the cell is empty"),
    ("Questions", "bak.restore-test", 'F', "There is no such day"),
    ("Questions", "gov.rules", 'F', "zaphod"),
    ("Questions", "gov.owner", 'I', "after"),
];

#[test]
fn rows_may_be_sorted_and_one_that_is_no_question_is_named() {
    let desk = Desk::new();
    let mut form = Form::new(&desk, "political-organisation");
    form.fill("name", DETAIL, "Northmoor");
    form.fill("acc.mfa-email", ANSWER, "95");
    form.0.get_mut("Questions").unwrap()[1..].reverse();
    form.save(&desk, "sorted.xlsx");
    desk.run(0, "import sorted.xlsx --into answers.toml");
    assert!(desk.read("answers.toml").contains("answer = 95"));
    form.fill("acc.mfa-email", 0, "acc.mfa-emial");
    form.save(&desk, "odd.xlsx");
    let said = desk.run(3, "import odd.xlsx --into answers.toml").err;
    assert!(said.contains("did you mean `acc.mfa-email`?"), "{said}");
    form.0.get_mut("Start here").unwrap().iter_mut().for_each(|row| {
        if row[0] == "questionnaire" {
            "../../../etc/passwd".clone_into(&mut row[2]);
        }
    });
    form.save(&desk, "odd.xlsx");
    let said = desk.run(2, "import odd.xlsx --into other.toml").err;
    assert!(said.contains("does not say which questionnaire"), "{said}");
}

/// A spreadsheet whose first sheet is so many bytes of one letter.
fn bomb(bytes: usize) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    for name in ["[Content_Types].xml", "xl/workbook.xml"] {
        archive.start_file(name, options).unwrap();
        archive.write_all(b"<x/>").unwrap();
    }
    archive.start_file("xl/worksheets/sheet1.xml", options).unwrap();
    let piece = vec![b' '; 1024 * 1024];
    for _ in 0..bytes / piece.len() {
        archive.write_all(&piece).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn a_bomb_is_refused_at_once_and_in_little_memory() {
    let desk = Desk::new();
    let bomb = bomb(512 * 1024 * 1024);
    assert!(bomb.len() < 1024 * 1024, "{}", bomb.len());
    desk.write("bomb.xlsx", bomb);
    let began = Instant::now();
    let said = in_64_mib(&desk, "import bomb.xlsx --into answers.toml");
    assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
    assert!(said.contains("would become too large"), "{said}");
    // The same with a directory that does not say how large it is.
    let mut lying = desk.bytes("bomb.xlsx");
    let entry = lying.windows(4).rposition(|window| window == b"PK\x01\x02").unwrap();
    lying[entry + 24..entry + 28].copy_from_slice(&1000_u32.to_le_bytes());
    desk.write("bomb.xlsx", lying);
    let began = Instant::now();
    let said = in_64_mib(&desk, "import bomb.xlsx --into answers.toml");
    assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
    assert!(said.contains("would become too large") || said.contains("cannot be read"), "{said}");
    assert!(!desk.path("answers.toml").exists());
}

/// Runs the program, which must refuse, with 64 MiB of data and no more.
fn in_64_mib(desk: &Desk, arguments: &str) -> String {
    // The limit is in KiB.
    let line = format!("ulimit -d 65536; exec {} {arguments}", crate::runner::program());
    crate::runner::run(3, &mut desk.command_of("sh", ["-c", &line])).err
}

#[test]
fn what_is_no_spreadsheet_or_an_odd_one_is_refused_with_what_to_do() {
    let desk = Desk::new();
    desk.run(0, "show individual -o good.xlsx");
    let good = || crate::documents::parts(&desk.bytes("good.xlsx"));
    let with =
        |name: &str, text: &str| packed(good().into_iter().chain([(name.to_owned(), text.to_owned())]));
    let entity = good().into_iter().map(|(name, part)| {
        let declared = part.replacen("?>", "?><!DOCTYPE x [<!ENTITY a \"aaaa\">]>", 1);
        (name, declared)
    });
    let many = good().into_iter().map(|(name, part)| {
        let cells = "<c r=\"Z9\"/>".repeat(210_000);
        let part = if name.ends_with("sheet2.xml") {
            part.replacen("</row>", &format!("{cells}</row>"), 1)
        } else {
            part
        };
        (name, part)
    });
    let cut = {
        let good = desk.bytes("good.xlsx");
        good[..good.len() / 2].to_vec()
    };
    let far = good().into_iter().map(|(name, part)| {
        let part = if name.ends_with("sheet2.xml") { part.replacen("</sheetData>", "<row r=\"1048576\"><c r=\"XFD1048576\" t=\"inlineStr\"><is><t>x</t></is></c></row></sheetData>", 1) } else { part };
        (name, part)
    });
    let beyond = good().into_iter().map(|(name, part)| {
        let last = "</sheetData>";
        (name, part.replace(last, &format!("<row r=\"99999999999\"><c r=\"ZZZZZZZZ1\"/></row>{last}")))
    });
    let cases: [(&str, Vec<u8>, &str); 10] = [
        ("empty", Vec::new(), "not a spreadsheet"),
        ("text", b"id,answer\n1,2\n".to_vec(), "not a spreadsheet"),
        ("password", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".repeat(100), "not a spreadsheet"),
        ("cut", cut, "not a spreadsheet"),
        ("outside", with("../evil.xml", "<x/>"), "does not belong there"),
        ("nested", with("xl/embeddings/other.xlsx", "PK"), "does not belong there"),
        ("entity", packed(entity), "declares entities"),
        // Rows of cells without anything in them, which pack well.
        ("many", packed(many), "would become too large"),
        ("beyond", packed(beyond), "cannot be read: it is not built as spreadsheets are"),
        ("far", packed(far), "Enter the name of your organisation"),
    ];
    for (name, bytes, words) in cases {
        desk.write("odd.xlsx", bytes);
        let said = desk.run(3, "import odd.xlsx --into answers.toml").err;
        assert!(
            said.starts_with("error: ") && said.contains(words) && said.contains("help: "),
            "{name}: {said}"
        );
    }
    desk.run(4, "import missing.xlsx --into answers.toml");
    desk.write("large.xlsx", vec![0; 9 * 1024 * 1024]);
    assert!(desk.run(3, "import large.xlsx --into answers.toml").err.contains("larger than 8 MiB"));
}
