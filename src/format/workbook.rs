//! A spreadsheet that somebody filled in, as sheets of text. Everything that could make it expand beyond reason is
//! refused: first by what the archive says of itself, then while it is read. Nothing is ever unpacked to disk.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::panic;

use calamine::{DataRef, Reader as _, Xlsx, XlsxError};
use zip::ZipArchive;

use crate::model::Date;

/// The largest spreadsheet that is read, in bytes.
pub const LARGEST: usize = 8 * 1024 * 1024;
/// How large its parts may be together once they are inflated, in bytes.
const MOST_INFLATED: u64 = 32 * 1024 * 1024;
/// How much larger than packed a part may be, and from which size on that is asked.
const RATIO: u64 = 100;
const RATIO_FROM: u64 = 256 * 1024;
/// How many parts there may be.
const MOST_PARTS: usize = 2000;
/// How many cells.
const MOST_CELLS: usize = 200_000;
/// How many tags the parts may have together: enough for that many cells with as many texts.
const MOST_TAGS: usize = 2_000_000;
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
            Self::OddPart(_) | Self::Broken(_) => {
                "open it in a spreadsheet program and save it anew as an Excel workbook (.xlsx); do not use it if you do not know where it comes from"
            }
        }
    }
}

/// One sheet: the cells that hold something, by row and column, both from 0.
pub type Sheet = BTreeMap<(u32, u32), String>;

/// The sheets of these names; those that are not there are left out.
///
/// # Errors
/// When it is no spreadsheet, or one that is not safe to open.
pub fn read(bytes: &[u8], names: &[&str]) -> Result<BTreeMap<String, Sheet>, WorkbookError> {
    if bytes.len() > LARGEST {
        return Err(WorkbookError::TooLarge);
    }
    check(bytes)?;
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

/// Looks at every part without keeping any: what the directory says first, then what really comes out.
fn check(bytes: &[u8]) -> Result<(), WorkbookError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| WorkbookError::NotASpreadsheet)?;
    if archive.len() > MOST_PARTS {
        return Err(WorkbookError::Bomb(format!("it has {} parts", archive.len())));
    }
    let mut told = 0_u64;
    for place in 0..archive.len() {
        let part = archive.by_index_raw(place).map_err(broken)?;
        if part.encrypted() {
            return Err(WorkbookError::NotASpreadsheet);
        }
        let name = part.name().map_err(broken)?;
        if !is_ordinary(&name) || part.is_symlink() {
            return Err(WorkbookError::OddPart(crate::text::visible(&name).into_owned()));
        }
        grown(&name, part.compressed_size(), part.size())?;
        told = told.saturating_add(part.size());
        in_all(told)?;
    }
    if archive.index_for_name("xl/workbook.xml").is_none() {
        return Err(WorkbookError::NotASpreadsheet);
    }
    let mut seen = Seen::default();
    for place in 0..archive.len() {
        let mut part = archive.by_index(place).map_err(broken)?;
        let (name, packed) = (part.name().map_err(broken)?.into_owned(), part.compressed_size());
        inflate(&mut part, &name, packed, &mut seen)?;
    }
    Ok(())
}

/// What has come out of the parts so far.
#[derive(Default)]
struct Seen {
    bytes: u64,
    tags: usize,
}

/// Whether a part stands where parts of spreadsheets stand, and is no archive itself.
fn is_ordinary(name: &str) -> bool {
    let archive = |ending: &str| {
        ["zip", "xlsx", "xlsm", "xlsb", "docx", "pptx", "jar", "7z", "rar", "gz", "exe"]
            .iter()
            .any(|known| ending.eq_ignore_ascii_case(known))
    };
    let steps = name.split(['/', '\\']).any(|step| step == "..");
    let absolute = name.starts_with(['/', '\\']) || name.contains(':');
    !steps && !absolute && !name.contains(['\0', '\\']) && !archive(ending(name))
}

fn ending(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, ending)| ending)
}

fn grown(name: &str, packed: u64, inflated: u64) -> Result<(), WorkbookError> {
    if inflated >= RATIO_FROM && inflated / RATIO > packed {
        let name = crate::text::visible(name);
        return Err(WorkbookError::Bomb(format!("{name} grows more than {RATIO} times")));
    }
    Ok(())
}

fn in_all(inflated: u64) -> Result<(), WorkbookError> {
    if inflated > MOST_INFLATED {
        return Err(WorkbookError::Bomb("its parts are larger than 32 MiB together".to_owned()));
    }
    Ok(())
}

/// Inflates a part without keeping it, as far as it may go.
#[expect(clippy::naive_bytecount, reason = "32 MiB at most")]
fn inflate(part: &mut impl Read, name: &str, packed: u64, seen: &mut Seen) -> Result<(), WorkbookError> {
    let is_markup = matches!(ending(name).to_ascii_lowercase().as_str(), "xml" | "rels" | "vml");
    let mut buffer = vec![0; 64 * 1024];
    // Between two pieces stand so many bytes that belong to both, so that no word is cut in two.
    let (mut size, mut kept) = (0, 0);
    loop {
        let more = part.read(&mut buffer[kept..]).map_err(broken)?;
        if more == 0 {
            return Ok(());
        }
        size += more as u64;
        seen.bytes += more as u64;
        in_all(seen.bytes)?;
        grown(name, packed, size)?;
        let filled = kept + more;
        if is_markup {
            check_markup(name, &buffer[..filled])?;
            seen.tags += buffer[kept..filled].iter().filter(|byte| **byte == b'<').count();
            if seen.tags > MOST_TAGS {
                return Err(WorkbookError::Bomb("it has more than two million tags".to_owned()));
            }
        }
        kept = filled.min(16);
        buffer.copy_within(filled - kept..filled, 0);
    }
}

/// Refuses a part that says what is to be put in place of something else.
fn check_markup(name: &str, piece: &[u8]) -> Result<(), WorkbookError> {
    let has = |word: &[u8]| piece.windows(word.len()).any(|window| window.eq_ignore_ascii_case(word));
    if has(b"<!doctype") || has(b"<!entity") {
        return Err(WorkbookError::OddPart(format!("{} declares entities", crate::text::visible(name))));
    }
    Ok(())
}

fn sheet(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    limits: &mut Limits,
) -> Result<Sheet, WorkbookError> {
    let mut reader = workbook.worksheet_cells_reader(name).map_err(broken)?;
    let mut cells = Sheet::new();
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
    Ok(cells)
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
    fn parts_that_lead_elsewhere_or_are_archives_are_odd() {
        for name in [
            "../x.xml",
            "xl/../../x",
            "/etc/passwd",
            "C:/x",
            "xl\\x.xml",
            "xl/embeddings/a.xlsx",
            "a.zip",
            "a\0b",
        ] {
            assert!(!is_ordinary(name), "{name}");
        }
        for name in ["xl/worksheets/sheet1.xml", "[Content_Types].xml", "_rels/.rels", "xl/media/image1.png"]
        {
            assert!(is_ordinary(name), "{name}");
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

    fn inflated(part: &mut impl Read, name: &str, packed: u64) -> Result<(), WorkbookError> {
        inflate(part, name, packed, &mut Seen::default())
    }

    #[test]
    fn what_grows_beyond_reason_is_refused_while_it_is_read() {
        for (byte, name, packed) in
            [(b' ', "xl/worksheets/sheet1.xml", 1000), (b' ', "a.png", u64::MAX), (b'<', "a.xml", u64::MAX)]
        {
            let refused = inflated(&mut std::io::repeat(byte), name, packed);
            assert!(matches!(refused, Err(WorkbookError::Bomb(_))), "{name}");
        }
    }

    #[test]
    fn an_entity_is_found_wherever_it_stands() {
        for before in [0, 65_530, 65_536, 100_000] {
            let text = " ".repeat(before) + "<!DocType x [<!ENTITY a \"b\">]>";
            let refused = inflated(&mut text.as_bytes(), "a.xml", text.len() as u64);
            assert!(matches!(refused, Err(WorkbookError::OddPart(_))), "{before}");
        }
    }
}
