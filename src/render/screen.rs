//! Text for a terminal: wrapped to its width, harmless whatever a file contains, and readable without colour.

use anstyle::{AnsiColor, Style};
use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, Table, TableStyle, Width};
use unicode_width::UnicodeWidthStr;

use crate::text::{Words, visible};

/// What the terminal can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Columns, 40 to 120.
    pub width: usize,
    /// Whether it shows more than ASCII.
    pub unicode: bool,
}

impl Look {
    /// What a terminal of so many columns can show; narrower and wider ones are treated as 40 and 120.
    pub fn new(columns: usize, unicode: bool) -> Self {
        Self { width: columns.clamp(40, 120), unicode }
    }
}

/// The style of headings and of what matters most.
pub const STRONG: Style = Style::new().bold();
/// The style of remarks.
pub const SOFT: Style = Style::new().dimmed();
/// The style of measured amounts.
pub const ACCENT: Style = AnsiColor::Cyan.on_default();

/// A page of text that grows line by line. Styles are written as ANSI escapes, which the edge of the program removes
/// where they are not wanted; text from files cannot add any.
#[derive(Debug)]
pub struct Screen {
    look: Look,
    words: &'static Words,
    text: String,
}

impl Screen {
    /// An empty page in British English.
    pub fn new(look: Look) -> Self {
        Self::speaking(Words::ENGLISH, look)
    }

    /// An empty page in a language.
    pub fn speaking(words: &'static Words, look: Look) -> Self {
        Self { look, words, text: String::new() }
    }

    /// The fixed words in the language of the page.
    pub fn words(&self) -> &'static Words {
        self.words
    }

    /// What the terminal can show.
    pub fn look(&self) -> Look {
        self.look
    }

    /// The page.
    pub fn into_text(self) -> String {
        self.text
    }

    /// An empty line.
    pub fn blank(&mut self) {
        self.text.push('\n');
    }

    /// A heading with an empty line before it.
    pub fn heading(&mut self, heading: &str) {
        self.blank();
        self.paragraph(STRONG, 0, heading);
    }

    /// A paragraph, wrapped and indented by so many columns.
    pub fn paragraph(&mut self, style: Style, indent: usize, words: &str) {
        self.hanging(style, "", indent, words);
    }

    /// A paragraph whose first line begins with a mark and whose other lines are indented as far.
    pub fn hanging(&mut self, style: Style, mark: &str, indent: usize, words: &str) {
        let words = self.ascii(&visible(words));
        let mark = self.ascii(mark);
        let pad = " ".repeat(indent.saturating_sub(mark.width()));
        let width = self.look.width.saturating_sub(indent).max(20);
        // A hyphen at the end of a line would make an id or an address look like another one.
        let options = textwrap::Options::new(width).word_splitter(textwrap::WordSplitter::NoHyphenation);
        for (i, line) in textwrap::wrap(&words, options).iter().enumerate() {
            let lead = if i == 0 { format!("{mark}{pad}") } else { " ".repeat(indent.max(mark.width())) };
            self.line(&lead, style, line);
        }
    }

    /// One line as it is: the caller has made sure that it fits.
    pub fn line(&mut self, lead: &str, style: Style, words: &str) {
        let line = if words.is_empty() { lead.to_owned() } else { format!("{lead}{style}{words}{style:#}") };
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    /// A web address on a line of its own, never broken: it is of use only as a whole, even where it is too long.
    pub fn address(&mut self, indent: usize, url: &str) {
        let url = self.ascii(&visible(url));
        self.line(&" ".repeat(indent), Style::new(), &url);
    }

    /// Two texts on one line, the second at the right edge; on two lines when they do not fit.
    pub fn ends(&mut self, left: &str, right: &str) {
        let (left, right) = (self.ascii(&visible(left)), self.ascii(&visible(right)));
        let room = self.look.width.saturating_sub(left.width() + right.width());
        if room >= 2 {
            self.line(&format!("{STRONG}{left}{STRONG:#}{}", " ".repeat(room)), STRONG, &right);
        } else {
            self.paragraph(STRONG, 0, &left);
            self.paragraph(STRONG, 0, &right);
        }
    }

    /// A table; columns named in `right` are aligned to the right. Where the words of its head do not fit beside each
    /// other, a list.
    pub fn table(&mut self, header: &[&str], rows: &[Vec<String>], right: &[usize]) {
        let needs = needs(header, rows, right);
        if needs.iter().sum::<usize>() > self.look.width {
            return self.listed(header, rows);
        }
        let mut table = Table::new();
        let rule = if self.look.unicode { '─' } else { '-' };
        table.load_style(TableStyle::new().header_separator(LineStyle::none().fill(rule)));
        table.set_content_arrangement(ContentArrangement::Dynamic);
        table.set_width(u16::try_from(self.look.width).unwrap_or(u16::MAX));
        table.set_header(header.iter().map(|cell| self.ascii(cell)).collect::<Vec<_>>());
        for row in rows {
            table.add_row(row.iter().map(|cell| self.ascii(&visible(cell))).collect::<Vec<_>>());
        }
        for (column, need) in table.column_iter_mut().zip(needs) {
            let need = Width::Fixed(u16::try_from(need).unwrap_or(u16::MAX));
            column.set_constraint(ColumnConstraint::LowerBoundary(need));
        }
        for column in right {
            if let Some(column) = table.column_mut(*column) {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        for line in table.lines() {
            self.line("", Style::new(), &line);
        }
    }

    /// A table, row by row; the first column needs no heading.
    fn listed(&mut self, header: &[&str], rows: &[Vec<String>]) {
        for row in rows {
            let named = row.iter().zip(header).enumerate().filter(|(_, (cell, _))| !cell.is_empty());
            let named = named.map(|(place, (cell, heading))| match place {
                0 => cell.clone(),
                _ => format!("{heading}: {cell}"),
            });
            self.hanging(Style::new(), "  -", 4, &named.collect::<Vec<_>>().join("; "));
        }
    }

    /// The text in letters that the terminal can show: without Unicode, typographic signs become their ASCII kin and
    /// every other letter a question mark.
    pub fn ascii(&self, text: &str) -> String {
        if self.look.unicode || text.is_ascii() {
            return text.to_owned();
        }
        let mut plain = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                '‘' | '’' => plain.push('\''),
                '“' | '”' => plain.push('"'),
                '–' | '—' | '−' => plain.push('-'),
                '…' => plain.push_str("..."),
                '→' => plain.push_str("->"),
                '\u{a0}' => plain.push(' '),
                c if c.is_ascii() => plain.push(c),
                _ => plain.push('?'),
            }
        }
        plain
    }
}

/// How wide each column of a table has to be so that no word of its head is broken, nor a number, nor a word of usual
/// length.
fn needs(header: &[&str], rows: &[Vec<String>], right: &[usize]) -> Vec<usize> {
    const USUAL: usize = 14;
    const PADDING: usize = 2;
    let longest = |text: &str| text.split_whitespace().map(UnicodeWidthStr::width).max().unwrap_or_default();
    let need = |(place, heading): (usize, &&str)| {
        let cells = rows.iter().filter_map(|row| row.get(place)).map(|cell| longest(cell));
        let widest = cells.max().unwrap_or_default();
        let widest = if right.contains(&place) { widest } else { widest.min(USUAL) };
        widest.max(longest(heading)) + PADDING
    };
    header.iter().enumerate().map(need).collect()
}

/// An error that has no place in a file, with what to do about it.
pub fn error(message: &str, help: &str) -> String {
    const ERROR: Style = AnsiColor::Red.on_default().bold();
    format!("{ERROR}error:{ERROR:#} {}\n{STRONG}help:{STRONG:#} {}\n", visible(message), visible(help))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(unicode: bool, write: impl FnOnce(&mut Screen)) -> String {
        let mut screen = Screen::new(Look::new(40, unicode));
        write(&mut screen);
        screen.into_text()
    }

    #[test]
    fn text_from_a_file_cannot_steer_the_terminal() {
        let text = page(true, |screen| screen.paragraph(Style::new(), 0, "\u{1b}[2Jgone\u{202e}"));
        assert_eq!(text, "\\u{1b}[2Jgone\\u{202e}\n");
    }

    #[test]
    fn wide_letters_align_and_lines_fit() {
        let text = page(true, |screen| {
            screen.table(
                &["Area", "Stated"],
                &[vec!["東京".into(), "5".into()], vec!["cafe\u{301}".into(), "10".into()]],
                &[1],
            );
            screen.paragraph(Style::new(), 2, &"東京 ".repeat(40));
        });
        assert!(text.lines().all(|line| line.width() <= 40), "{text}");
    }

    #[test]
    fn a_table_breaks_no_word_of_its_head() {
        let rows = [vec!["1 Leadership and responsibility".to_owned(), "5".into(), "10.25".into()]];
        let fits = page(true, |screen| screen.table(&["Area", "Stated", "Points lost"], &rows, &[1, 2]));
        assert!(fits.contains(" responsibility\n") && fits.lines().all(|line| line.width() <= 40), "{fits}");
        let heads = ["Maes", "Wedi’i ddatgan", "Pwyntiau a gollwyd"];
        let welsh = page(true, |screen| screen.table(&heads, &rows, &[1, 2]));
        assert!(welsh.contains(" ddatgan ") && welsh.lines().all(|line| line.width() <= 40), "{welsh}");
        let heads = ["Area", "Auskunftsgemäß", "Verlorenes"];
        let german = page(true, |screen| screen.table(&heads, &rows, &[1, 2]));
        assert_eq!(
            german,
            "  - 1 Leadership and responsibility;\n    Auskunftsgemäß: 5; Verlorenes: 10.25\n"
        );
    }

    #[test]
    fn without_unicode_only_ascii_is_written() {
        let text = page(false, |screen| {
            screen.paragraph(Style::new(), 0, "It’s “so” – Ynys Môn");
            screen.table(&["Fläche"], &[vec!["é".into()]], &[]);
        });
        assert!(text.is_ascii(), "{text}");
        assert!(text.starts_with("It's \"so\" - Ynys M?n"), "{text}");
    }
}
