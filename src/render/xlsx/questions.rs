//! A questionnaire to fill in: instructions, the facts, and a row for each question with a list to choose from.

use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, Workbook, Worksheet, XlsxError};

use super::sheet::{Look, Value, fit, page, properties, write};
use crate::report::form::{self, FormColumn};
use crate::report::{Booklet, BookletFact, BookletQuestion};
use crate::text::{Words, phrase};

/// The day that the file says it was made on: a questionnaire has none.
const DAY: &str = "1980-01-01";
/// The widths of the sheet with instructions, in characters: label, entry, what to write.
const WIDTHS: [u8; 3] = [34, 42, 46];

/// What is read back when the sheet is filled in stays as it is in every language: the names of the sheets, the heads of
/// the columns, and the words in the lists that are not the questionnaire's own.
const INSTRUCTIONS: [&str; 8] = [
    phrase(
        "Fill in the framed cells of this sheet and of the sheet “Questions”. Nothing you write is sent anywhere: save the file and give it back to the person who gave it to you.",
    ),
    phrase(
        "Choose the answer from the list in its cell. “I don’t know” is a good answer where it is true: it shows what to find out first. Leave a cell empty when you have not come to it yet.",
    ),
    phrase(
        "The first rows ask what your organisation has. A “No” there leaves out the questions that do not concern you; you may leave those empty.",
    ),
    phrase(
        "For a share, write a number such as 95, or counts such as 57 of 60. For a date, write it as 12 May 2026. Where several things can be true, write their numbers, such as 1, 3.",
    ),
    phrase(
        "“Does not apply” is offered where it is possible, and needs a sentence in the column “Why it does not apply”.",
    ),
    phrase(
        "Under “How sure”, say whether a document shows it or somebody checked it, with the date, and where the evidence is kept. Do not copy it here.",
    ),
    phrase("Never write passwords, codes or names of people. A role is enough, such as “office manager”."),
    phrase("Do not change the other cells. Rows may be sorted and hidden; columns may be moved."),
];

/// What stands behind the cells in which one can choose: a row of words for each list.
#[derive(Default)]
struct Lists(Vec<Vec<String>>);

impl Lists {
    /// The range that holds these words.
    fn range(&mut self, words: &[String]) -> String {
        let row = self.0.iter().position(|known| known == words).unwrap_or_else(|| {
            self.0.push(words.to_vec());
            self.0.len() - 1
        });
        let last = rust_xlsxwriter::column_number_to_name(u16::try_from(words.len() - 1).unwrap_or_default());
        format!("={}!$A${}:${last}${}", form::LISTS, row + 1, row + 1)
    }
}

/// A questionnaire as a spreadsheet to fill in.
///
/// # Errors
/// When the writer fails, which writing to memory does not.
pub fn questions(booklet: &Booklet) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let maker = format!("{} {}", booklet.tool.name, booklet.tool.version);
    workbook.set_properties(&properties(&booklet.title, &maker, DAY));
    let mut lists = Lists::default();
    start(workbook.add_worksheet().set_name(form::START)?, booklet, &mut lists)?;
    let sheet = workbook.add_worksheet().set_name(form::QUESTIONS)?;
    head(sheet, booklet)?;
    let mut row = 0;
    for fact in &booklet.facts {
        row += 1;
        write_fact(sheet, row, (fact, booklet.words), &mut lists)?;
    }
    for area in &booklet.areas {
        for question in &area.questions {
            row += 1;
            write_question(sheet, row, &area.title, question, &mut lists)?;
        }
    }
    sheet.autofilter(0, 0, row, column(FormColumn::Comment))?;
    let hidden = workbook.add_worksheet().set_name(form::LISTS)?;
    for (row, words) in (0..).zip(&lists.0) {
        for (column, word) in (0..).zip(words) {
            write(hidden, (row, column), &word.into(), Look::Plain)?;
        }
    }
    hidden.set_hidden(true);
    workbook.save_to_buffer()
}

fn start(sheet: &mut Worksheet, booklet: &Booklet, lists: &mut Lists) -> Result<(), XlsxError> {
    sheet.set_column_hidden(0)?;
    for (column, width) in (1..).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    write(sheet, (0, 1), &(&booklet.title).into(), Look::Strong)?;
    let mut row = 1;
    for instruction in INSTRUCTIONS {
        let instruction = Value::from(booklet.words.say(instruction));
        sheet.merge_range(row, 1, row, 3, "", &super::sheet::format(Look::Plain))?;
        write(sheet, (row, 1), &instruction, Look::Plain)?;
        fit(sheet, row, [(&instruction, WIDTHS.iter().sum())].into_iter())?;
        row += 1;
    }
    row += 1;
    for (id, label, hint) in form::DETAILS {
        write(sheet, (row, 0), &id.into(), Look::Plain)?;
        let hint = Value::from(booklet.words.say(hint));
        write(sheet, (row, 1), &booklet.words.say(label).into(), Look::Strong)?;
        write(sheet, (row, 2), &Value::Nothing, Look::Entry)?;
        write(sheet, (row, 3), &hint, Look::Plain)?;
        fit(sheet, row, [(&hint, WIDTHS[2])].into_iter())?;
        if id == "kind" {
            let words = form::kind_words().map(str::to_owned);
            sheet.add_data_validation(row, 2, row, 2, &choice(lists, &words, true))?;
        }
        row += 1;
    }
    row += 1;
    let language = if booklet.words.is_english() { "" } else { &format!(" ({})", booklet.words.language()) };
    let questionnaire = format!("{} {}{language}", booklet.id, booklet.version);
    write(sheet, (row, 0), &form::QUESTIONNAIRE.into(), Look::Plain)?;
    write(sheet, (row, 1), &booklet.words.say("Questionnaire (do not change)").into(), Look::Strong)?;
    write(sheet, (row, 2), &questionnaire.into(), Look::Plain)?;
    let licence = Value::from(format!("{} {}", booklet.summary, booklet.licence));
    write(sheet, (row, 3), &licence, Look::Plain)?;
    fit(sheet, row, [(&licence, WIDTHS[2])].into_iter())?;
    page(sheet, &booklet.title, 122, booklet.words)?;
    sheet.set_freeze_panes(0, 0)?;
    Ok(())
}

/// The place of a column.
fn column(column: FormColumn) -> u16 {
    u16::try_from(FormColumn::ALL.iter().position(|other| *other == column).unwrap_or_default())
        .unwrap_or_default()
}

fn head(sheet: &mut Worksheet, booklet: &Booklet) -> Result<(), XlsxError> {
    for name in FormColumn::ALL {
        write(sheet, (0, column(name)), &name.title().into(), Look::Head)?;
        sheet.set_column_width(column(name), width(name))?;
    }
    sheet.set_column_hidden(column(FormColumn::Id))?;
    let all = FormColumn::ALL.into_iter().map(|column| u16::from(width(column))).sum();
    page(sheet, &booklet.title, all, booklet.words)
}

fn width(column: FormColumn) -> u8 {
    match column {
        FormColumn::Id => 0,
        FormColumn::Number => 7,
        FormColumn::Area | FormColumn::EvidenceDate => 18,
        FormColumn::Question | FormColumn::Help => 48,
        FormColumn::Answer => 36,
        FormColumn::Comment => 34,
        _ => 24,
    }
}

fn write_fact(
    sheet: &mut Worksheet,
    row: u32,
    (fact, words): (&BookletFact, &Words),
    lists: &mut Lists,
) -> Result<(), XlsxError> {
    let number = usize::try_from(row).unwrap_or_default();
    let cells: [Value; 5] = [
        (&fact.id).into(),
        words.say("What you have").into(),
        number.to_string().into(),
        (&fact.ask).into(),
        (&fact.help).into(),
    ];
    asked(sheet, row, &cells)?;
    let answer = column(FormColumn::Answer);
    write(sheet, (row, answer), &Value::Nothing, Look::Entry)?;
    let words = ["Yes", "No", form::UNKNOWN].map(str::to_owned);
    sheet.add_data_validation(row, answer, row, answer, &choice(lists, &words, true))?;
    Ok(())
}

fn write_question(
    sheet: &mut Worksheet,
    row: u32,
    area: &str,
    question: &BookletQuestion,
    lists: &mut Lists,
) -> Result<(), XlsxError> {
    let cells: [Value; 5] = [
        (&question.question.id).into(),
        area.into(),
        (&question.question.number).into(),
        (&question.ask).into(),
        Value::Lines(form::guidance(question)),
    ];
    asked(sheet, row, &cells)?;
    for name in FormColumn::ALL.into_iter().filter(|column| column.is_entry()) {
        // A reason is asked for where there can be one.
        if name != FormColumn::Reason || question.may_be_skipped {
            write(sheet, (row, column(name)), &Value::Nothing, Look::Entry)?;
        }
    }
    let mut offer = |name, validation: &DataValidation| {
        sheet.add_data_validation(row, column(name), row, column(name), validation).map(|_| ())
    };
    let strict = matches!(question.kind, "levels" | "yes-no");
    offer(FormColumn::Answer, &choice(lists, &form::answers(question), strict))?;
    let evidence = form::evidence_words().map(str::to_owned);
    offer(FormColumn::Evidence, &choice(lists, &evidence, true))
}

/// The cells that say what is asked.
fn asked(sheet: &mut Worksheet, row: u32, cells: &[Value]) -> Result<(), XlsxError> {
    for (column, cell) in (0..).zip(cells) {
        write(sheet, (row, column), cell, Look::Plain)?;
    }
    let widths = FormColumn::ALL.map(width);
    fit(sheet, row, cells.iter().zip(widths).skip(1))
}

/// A list to choose from. Unless it is strict, something else may be typed.
fn choice(lists: &mut Lists, words: &[String], strict: bool) -> DataValidation {
    DataValidation::new()
        .allow_list_formula(lists.range(words).as_str().into())
        .set_error_style(DataValidationErrorStyle::Stop)
        .show_error_message(strict)
}
