//! A spreadsheet that somebody filled in, as sheets of text. Everything that could make it expand beyond reason is
//! refused: first by what the archive says of itself, then while it is read. Nothing is ever unpacked to disk.

mod archive;

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use std::panic;

use calamine::{DataRef, Reader as _, Xlsx, XlsxError};

use crate::model::Date;

/// The largest spreadsheet that is read, in bytes.
pub const LARGEST: usize = 8 * 1024 * 1024;
/// How many cells.
const MOST_CELLS: usize = 200_000;
/// How much text the cells may hold together, in bytes.
const MOST_TEXT: usize = 8 * 1024 * 1024;

/// Why a spreadsheet is not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WorkbookError {
    /// The file itself is too large.
    #[error("the spreadsheet is larger than 8 MiB")]
    TooLarge,
    /// It is no archive of the kind that spreadsheets are.
    #[error("the file is not a spreadsheet of the kind .xlsx")]
    NotASpreadsheet,
    /// It is made to become very large.
    #[error("the spreadsheet would become too large when it is opened: {0}")]
    Bomb(String),
    /// A part has a name or a form that no spreadsheet needs.
    #[error("the spreadsheet has a part that does not belong there: {0}")]
    OddPart(String),
    /// It holds what could do something by itself, or what leads out of it.
    #[error("the spreadsheet holds more than cells: {0}")]
    Active(String),
    /// Something in it cannot be read.
    #[error("the spreadsheet cannot be read: {0}")]
    Broken(String),
}

impl WorkbookError {
    /// What to do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::NotASpreadsheet => {
                "save it as an Excel workbook (.xlsx), without a password; `safeseat show QUESTIONNAIRE -o questions.xlsx` makes one to fill in"
            }
            Self::TooLarge | Self::Bomb(_) => {
                "remove pictures and whatever was added; or copy the answers into a new one, made with `safeseat show QUESTIONNAIRE -o questions.xlsx`"
            }
            Self::Active(_) => {
                "copy the answers into a new one, made with `safeseat show QUESTIONNAIRE -o questions.xlsx`; do not open it if you do not know where it comes from"
            }
            Self::OddPart(_) | Self::Broken(_) => {
                "open it in a spreadsheet program and save it anew as an Excel workbook (.xlsx); do not use it if you do not know where it comes from"
            }
        }
    }
}

/// One sheet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sheet {
    /// The cells that hold something, by row and column, both from 0.
    pub cells: BTreeMap<(u32, u32), String>,
    /// The cells with a formula that nobody has worked out.
    pub unworked: BTreeSet<(u32, u32)>,
}

/// The sheets of these names; those that are not there are left out.
///
/// # Errors
/// When it is no spreadsheet, or one that is not safe to open.
pub fn read(bytes: &[u8], names: &[&str]) -> Result<BTreeMap<String, Sheet>, WorkbookError> {
    if bytes.len() > LARGEST {
        return Err(WorkbookError::TooLarge);
    }
    archive::check(bytes)?;
    READING.set(true);
    let read = panic::catch_unwind(|| sheets(bytes, names));
    READING.set(false);
    read.unwrap_or_else(|_| Err(broken("it is not built as spreadsheets are")))
}

thread_local! {
    static READING: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread is in the library that reads spreadsheets. When that comes to a sudden end, such as at a cell in
/// row 9999999999, the spreadsheet is wrong and not this program.
pub fn is_reading() -> bool {
    READING.get()
}

fn sheets(bytes: &[u8], names: &[&str]) -> Result<BTreeMap<String, Sheet>, WorkbookError> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let present = workbook.sheet_names();
    let mut limits = Limits::default();
    let mut sheets = BTreeMap::new();
    for name in names.iter().filter(|name| present.iter().any(|present| present == **name)) {
        sheets.insert((*name).to_owned(), sheet(&mut workbook, name, &mut limits)?);
    }
    Ok(sheets)
}

/// The name of a cell: `F12`.
pub fn cell_name(row: u32, column: u32) -> String {
    let (mut letters, mut rest) = (String::new(), column + 1);
    while rest > 0 {
        let letter = u8::try_from((rest - 1) % 26).unwrap_or_default();
        letters.insert(0, char::from(b'A' + letter));
        rest = (rest - 1) / 26;
    }
    format!("{letters}{}", row + 1)
}

/// What has been read so far, of what may be read.
#[derive(Default)]
struct Limits {
    cells: usize,
    text: usize,
}

fn broken(error: impl std::fmt::Display) -> WorkbookError {
    WorkbookError::Broken(error.to_string())
}

fn sheet(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    limits: &mut Limits,
) -> Result<Sheet, WorkbookError> {
    let unworked = unworked(workbook, name)?;
    let mut reader = workbook.worksheet_cells_reader(name).map_err(broken)?;
    let mut cells = BTreeMap::new();
    while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(|e: XlsxError| broken(e))? {
        limits.cells += 1;
        if limits.cells > MOST_CELLS {
            return Err(WorkbookError::Bomb("it has more than 200 000 cells".to_owned()));
        }
        let format = reader.styles().get(style).and_then(|style| style.number_format.as_ref());
        let percent = format.is_some_and(|format| format.format_code.contains('%'));
        let text = in_words(cell.get_value(), percent);
        if text.trim().is_empty() {
            continue;
        }
        limits.text += text.len();
        if limits.text > MOST_TEXT {
            return Err(WorkbookError::Bomb("its cells hold more than 8 MiB of text".to_owned()));
        }
        cells.insert(cell.get_position(), text);
    }
    Ok(Sheet { cells, unworked })
}

/// The cells with a formula beside which no value stands: some programs write files without working them out.
fn unworked(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<BTreeSet<(u32, u32)>, WorkbookError> {
    let mut reader = workbook.worksheet_cells_reader(name).map_err(broken)?;
    let mut unworked = BTreeSet::new();
    while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(|e: XlsxError| broken(e))? {
        if cell.formula.is_some() && cell.value == DataRef::Empty {
            unworked.insert(cell.pos);
            if unworked.len() > MOST_CELLS {
                return Err(WorkbookError::Bomb("it has more than 200 000 cells".to_owned()));
            }
        }
    }
    Ok(unworked)
}

/// A cell as a person would have typed it.
fn in_words(value: &DataRef<'_>, percent: bool) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) if percent => format!("{}%", number.saturating_mul(100)),
        DataRef::Int(number) => number.to_string(),
        // What is shown as 95% is stored as 0.95, or something very near.
        DataRef::Float(number) if percent => format!("{}%", (number * 1e6).round() / 1e4),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(true) => "yes".to_owned(),
        DataRef::Bool(false) => "no".to_owned(),
        DataRef::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            let date = i16::try_from(year).ok().and_then(|year| Date::new(year, month, day).ok());
            date.map_or_else(|| moment.to_string(), |date| date.to_string())
        }
        DataRef::Error(error) => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_have_the_names_that_spreadsheets_show() {
        for ((row, column), name) in [
            ((0, 0), "A1"),
            ((11, 5), "F12"),
            ((0, 25), "Z1"),
            ((0, 26), "AA1"),
            ((1, 701), "ZZ2"),
            ((1, 702), "AAA2"),
        ] {
            assert_eq!(cell_name(row, column), name);
        }
    }

    #[test]
    fn numbers_read_as_they_are_shown() {
        assert_eq!(in_words(&DataRef::Float(0.95), true), "95%");
        assert_eq!(in_words(&DataRef::Float(0.57 / 0.60), true), "95%");
        assert_eq!(in_words(&DataRef::Float(1.0), true), "100%");
        assert_eq!(in_words(&DataRef::Float(95.0), false), "95");
        assert_eq!(in_words(&DataRef::Float(0.955), true), "95.5%");
    }
}
