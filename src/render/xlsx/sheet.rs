//! A worksheet with a table in it. Text is always written as text: nothing that a person wrote becomes a formula.

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use crate::render::style::shortened;
use crate::text::{Words, visible};

/// The longest text that a cell holds, in characters.
const LONGEST: usize = 32_767;
/// The longest header of a page, in characters, with room for what a spreadsheet counts besides.
const LONGEST_HEADER: usize = 80;
/// How high a line is and a row can be, in points.
pub(super) const LINE: u32 = 15;
const HIGHEST: u32 = 405;
/// How many characters of a row can be read on one page.
const READABLE: u16 = 190;
/// Paper size A4.
const A4: u8 = 9;
const INK: Color = Color::RGB(0x14_28_3c);
const PALE: Color = Color::RGB(0xed_f1_f4);
/// Whole numbers, and points with their hundredths.
const WHOLE: &str = "0";
const HUNDREDTHS: &str = "0.00";

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Text(String),
    /// Several lines.
    Lines(Vec<String>),
    Whole(u32),
    /// Hundredths of a point.
    Points(u16),
    Nothing,
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        if text.is_empty() { Self::Nothing } else { Self::Text(text.to_owned()) }
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::Nothing } else { Self::Text(text) }
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        text.as_str().into()
    }
}

impl From<&Option<String>> for Value {
    fn from(text: &Option<String>) -> Self {
        text.as_deref().unwrap_or_default().into()
    }
}

impl From<usize> for Value {
    fn from(number: usize) -> Self {
        Self::Whole(u32::try_from(number).unwrap_or(u32::MAX))
    }
}

impl From<crate::report::Points> for Value {
    fn from(points: crate::report::Points) -> Self {
        Self::Points(points.get())
    }
}

impl From<Option<crate::report::Points>> for Value {
    fn from(points: Option<crate::report::Points>) -> Self {
        points.map_or(Self::Nothing, Self::from)
    }
}

/// How cells look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    Plain,
    Strong,
    Head,
    /// To be filled in: text, whatever is typed.
    Entry,
}

/// The same for the library that writes it.
pub(super) fn format(look: Look) -> Format {
    let format = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    match look {
        Look::Plain => format,
        Look::Strong => format.set_bold(),
        Look::Head => format.set_bold().set_background_color(PALE).set_border_bottom(FormatBorder::Medium),
        Look::Entry => format
            .set_num_format("@")
            .set_border(FormatBorder::Thin)
            .set_border_color(INK)
            .set_background_color(Color::RGB(0xff_fd_f0)),
    }
}

/// Whether some spreadsheet takes a text for a formula once somebody edits its cell.
fn looks_like_formula(text: &str) -> bool {
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
    start.starts_with(['=', '+', '-', '@', '|', '%', '＝', '＋', '－', '＠'])
}

/// Writes a cell.
pub(super) fn write(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    value: &Value,
    look: Look,
) -> Result<(), XlsxError> {
    let format = format(look);
    match value {
        Value::Text(text) => written(sheet, (row, column), &visible(text), format)?,
        Value::Lines(lines) => {
            let lines: Vec<_> = lines.iter().map(|line| visible(line)).collect();
            written(sheet, (row, column), &lines.join("\n"), format)?
        }
        Value::Whole(number) => {
            sheet.write_number_with_format(row, column, *number, &format.set_num_format(WHOLE))?
        }
        Value::Points(points) => {
            let points = f64::from(*points) / 100.0;
            sheet.write_number_with_format(row, column, points, &format.set_num_format(HUNDREDTHS))?
        }
        Value::Nothing => sheet.write_blank(row, column, &format)?,
    };
    Ok(())
}

fn written<'a>(
    sheet: &'a mut Worksheet,
    (row, column): (u32, u16),
    text: &str,
    format: Format,
) -> Result<&'a mut Worksheet, XlsxError> {
    let format = if looks_like_formula(text) { format.set_quote_prefix() } else { format };
    sheet.write_string_with_format(row, column, shortened(text, LONGEST), &format)
}

/// A row as high as its cells need at these widths, in characters. Not every spreadsheet finds that out by itself.
pub(super) fn fit<'a>(
    sheet: &mut Worksheet,
    row: u32,
    cells: impl Iterator<Item = (&'a Value, u8)>,
) -> Result<(), XlsxError> {
    let lines = |text: &str, width: u8| text.chars().count().div_ceil(usize::from(width).max(1)).max(1);
    let needed = cells.map(|(cell, width)| match cell {
        Value::Text(text) => lines(text, width),
        Value::Lines(several) => several.iter().map(|text| lines(text, width)).sum(),
        Value::Whole(_) | Value::Points(_) | Value::Nothing => 1,
    });
    let height = u32::try_from(needed.max().unwrap_or(1)).unwrap_or(u32::MAX);
    sheet.set_row_height(row, height.saturating_mul(LINE).min(HIGHEST))?;
    Ok(())
}

/// Writes a table with its head at a row: the widths are in characters.
pub(super) fn table(
    sheet: &mut Worksheet,
    first: u32,
    columns: &[(&str, u8)],
    rows: &[Vec<Value>],
) -> Result<(), XlsxError> {
    let heads: Vec<Value> = columns.iter().map(|(title, _)| (*title).into()).collect();
    for (column, (head, (_, width))) in (0..).zip(heads.iter().zip(columns)) {
        sheet.set_column_width(column, *width)?;
        write(sheet, (first, column), head, Look::Head)?;
    }
    // Bold letters are wider, and a filter has its button beside them.
    fit(sheet, first, heads.iter().zip(columns.iter().map(|(_, width)| width.saturating_sub(3))))?;
    for (row, cells) in (first + 1..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            write(sheet, (row, column), cell, Look::Plain)?;
        }
        fit(sheet, row, cells.iter().zip(columns.iter().map(|(_, width)| *width)))?;
    }
    Ok(())
}

/// A sheet that is nothing but a table: its head stays in view, is printed on every page, and filters its rows.
pub(super) fn list(
    workbook: &mut Workbook,
    name: &str,
    header: &str,
    columns: &[(&str, u8)],
    rows: &[Vec<Value>],
    words: &Words,
) -> Result<(), XlsxError> {
    if rows.is_empty() {
        return Ok(());
    }
    let sheet = workbook.add_worksheet().set_name(name)?;
    table(sheet, 0, columns, rows)?;
    let last_row = u32::try_from(rows.len()).unwrap_or_default();
    let last_column = u16::try_from(columns.len().saturating_sub(1)).unwrap_or_default();
    sheet.autofilter(0, 0, last_row, last_column)?;
    let width = columns.iter().map(|(_, width)| u16::from(*width)).sum();
    page(sheet, header, width, words)
}

/// A4 across, as few pages wide as can be read, with the head on every page. The width is in characters.
pub(super) fn page(sheet: &mut Worksheet, header: &str, width: u16, words: &Words) -> Result<(), XlsxError> {
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(width.div_ceil(READABLE), 0);
    // In headers of pages an ampersand begins an order.
    let header = shortened(&visible(header), LONGEST_HEADER).replace('&', "&&");
    let number = words.fill("Page {page} of {pages}", &[("page", &"&P"), ("pages", &"&N")]);
    sheet.set_header(format!("&L{header}&R&A")).set_footer(format!("&R{number}"));
    Ok(())
}

/// What the file says of itself: made by a program, on a day that is given.
pub(super) fn properties(title: &str, maker: &str, day: &str) -> DocProperties {
    let created = ExcelDateTime::parse_from_str(day).or_else(|_| ExcelDateTime::from_ymd(1980, 1, 1));
    let properties =
        DocProperties::new().set_title(shortened(&visible(title), 200)).set_author(shortened(maker, 60));
    match created {
        Ok(created) => properties.set_creation_datetime(&created),
        Err(_) => properties,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::package;

    /// All parts of a workbook with one sheet that is filled so.
    fn workbook(fill: impl FnOnce(&mut Worksheet) -> Result<(), XlsxError>) -> String {
        let mut workbook = Workbook::new();
        fill(workbook.add_worksheet()).unwrap();
        let parts = package::parts(&workbook.save_to_buffer().unwrap(), "xl/").unwrap();
        parts.into_iter().map(|(_, part)| part).collect()
    }

    fn cell(value: &Value) -> String {
        workbook(|sheet| write(sheet, (0, 0), value, Look::Plain))
    }

    #[test]
    fn a_text_like_a_formula_stays_text_when_somebody_edits_it() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "  =1", "\t=1", "\"=1", "'=1", "|calc", "＝1", "%0A"] {
            assert!(cell(&text.into()).contains("quotePrefix=\"1\""), "{text:?}");
        }
        let cell = cell(&"no = formula".into());
        assert!(cell.contains(">no = formula<") && !cell.contains("quotePrefix"));
    }

    #[test]
    fn numbers_are_numbers() {
        assert!(cell(&Value::Points(6875)).contains("<v>68.75</v>"));
        assert!(cell(&Value::Whole(104)).contains("<v>104</v>"));
    }

    #[test]
    fn pages_are_printed_across_under_the_name_as_it_is_written() {
        let page = workbook(|sheet| page(sheet, "Harbour & Sons", 100, Words::ENGLISH));
        assert!(page.contains("orientation=\"landscape\""));
        assert!(page.contains("&amp;LHarbour &amp;&amp; Sons&amp;R"));
    }
}
