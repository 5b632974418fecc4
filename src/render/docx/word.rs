//! The body of a Word document: paragraphs, lists and tables by their styles.

use std::fmt::Write as _;

use super::runs::{Piece, Runs, escaped, filled, run};
use crate::text::Words;

/// The width between the margins of an A4 page, in twentieths of a point.
pub(super) const WIDTH: u32 = 9638;

/// The styles of paragraphs, as `templates/document/styles.xml` names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Title,
    Subtitle,
    Heading1,
    Heading2,
    Heading3,
    Normal,
    Score,
    Marking,
    Note,
    Caption,
    ListBullet,
    TableText,
    TableNumber,
}

impl Style {
    fn id(self) -> &'static str {
        match self {
            Self::Title => "Title",
            Self::Subtitle => "Subtitle",
            Self::Heading1 => "Heading1",
            Self::Heading2 => "Heading2",
            Self::Heading3 => "Heading3",
            Self::Normal => "Normal",
            Self::Score => "Score",
            Self::Marking => "Marking",
            Self::Note => "Note",
            Self::Caption => "Caption",
            Self::ListBullet => "ListBullet",
            Self::TableText => "TableText",
            Self::TableNumber => "TableNumber",
        }
    }
}

/// A column of a table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    title: &'static str,
    /// Its share of the width, in percent.
    share: u32,
    style: Style,
}

impl Column {
    /// A column of words.
    pub(super) const fn words(title: &'static str, share: u32) -> Self {
        Self { title, share, style: Style::TableText }
    }

    /// A column of numbers, set flush right.
    pub(super) const fn numbers(title: &'static str, share: u32) -> Self {
        Self { title, share, style: Style::TableNumber }
    }
}

/// A cell: one or more paragraphs.
pub(super) struct Cell(Vec<Runs>);

impl<T: Into<Runs>> From<T> for Cell {
    fn from(words: T) -> Self {
        Self(vec![words.into()])
    }
}

impl From<Vec<Runs>> for Cell {
    fn from(paragraphs: Vec<Runs>) -> Self {
        Self(paragraphs)
    }
}

/// The body of a document.
#[derive(Debug)]
pub(super) struct Body {
    /// The language in which it is written.
    pub(super) words: &'static Words,
    xml: String,
    /// The web addresses that it links to, in order of their relationships.
    links: Vec<String>,
    tables: usize,
    bookmarks: usize,
    drawings: usize,
    /// Whether a table stands above what comes next.
    below_table: bool,
}

impl Body {
    /// An empty body.
    pub(super) fn new(words: &'static Words) -> Self {
        Self {
            words,
            xml: String::new(),
            links: Vec::new(),
            tables: 0,
            bookmarks: 0,
            drawings: 0,
            below_table: false,
        }
    }

    /// The text of the body, and the web addresses that it links to: the first is relationship `link1`.
    pub(super) fn into_parts(self) -> (String, Vec<String>) {
        (self.xml, self.links)
    }

    /// A paragraph.
    pub(super) fn paragraph(&mut self, style: Style, words: impl Into<Runs>) {
        let close = matches!(style, Style::Normal | Style::Note | Style::ListBullet) && self.below_table;
        let space = if close { r#"<w:spacing w:before="160"/>"# } else { "" };
        self.below_table = false;
        let _ = write!(self.xml, r#"<w:p><w:pPr><w:pStyle w:val="{}"/>{space}</w:pPr>"#, style.id());
        for piece in words.into().0 {
            self.piece(piece);
        }
        self.xml.push_str("</w:p>\n");
    }

    /// The number of the next drawing, from 1.
    pub(super) fn next_drawing(&mut self) -> usize {
        self.drawings += 1;
        self.drawings
    }

    fn piece(&mut self, piece: Piece) {
        match piece {
            Piece::Plain(text) => self.run("", &text),
            Piece::Strong(text) => self.run(r#"<w:rPr><w:rStyle w:val="Strong"/></w:rPr>"#, &text),
            Piece::Link(url, text) => {
                let number = self.links.iter().position(|known| *known == url).unwrap_or_else(|| {
                    self.links.push(url);
                    self.links.len() - 1
                });
                let _ = write!(self.xml, r#"<w:hyperlink r:id="link{}">"#, number + 1);
                self.linked(&text);
            }
            Piece::Jump(anchor, text) => {
                let _ = write!(self.xml, r#"<w:hyperlink w:anchor="{}">"#, escaped(&anchor));
                self.linked(&text);
            }
            Piece::Bookmark(name) => {
                self.bookmarks += 1;
                let (id, name) = (self.bookmarks, escaped(&name));
                let _ = write!(
                    self.xml,
                    r#"<w:bookmarkStart w:id="{id}" w:name="{name}"/><w:bookmarkEnd w:id="{id}"/>"#
                );
            }
            Piece::Drawing(drawing) => {
                let _ = write!(self.xml, "<w:r>{drawing}</w:r>");
            }
        }
    }

    fn linked(&mut self, text: &str) {
        self.run(r#"<w:rPr><w:rStyle w:val="Hyperlink"/></w:rPr>"#, text);
        self.xml.push_str("</w:hyperlink>");
    }

    fn run(&mut self, properties: &str, text: &str) {
        self.xml.push_str(&run(properties, text));
    }

    /// A table below its caption. Its head is repeated on every page, and no row is cut in two. Without rows there is
    /// nothing.
    pub(super) fn table(&mut self, caption: &str, columns: &[Column], rows: Vec<Vec<Cell>>) {
        if rows.is_empty() {
            return;
        }
        self.caption(caption);
        let _ = write!(
            self.xml,
            r#"<w:tbl><w:tblPr><w:tblStyle w:val="ReportTable"/><w:tblW w:w="{WIDTH}" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/><w:tblCaption w:val="{}"/></w:tblPr><w:tblGrid>"#,
            escaped(caption)
        );
        for column in columns {
            let _ = write!(self.xml, r#"<w:gridCol w:w="{}"/>"#, WIDTH * column.share / 100);
        }
        self.xml.push_str("</w:tblGrid>\n<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
        for column in columns {
            self.cell(*column, column.title.into());
        }
        self.xml.push_str("</w:tr>\n");
        for row in rows {
            self.xml.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
            for (column, cell) in columns.iter().zip(row) {
                self.cell(*column, cell);
            }
            self.xml.push_str("</w:tr>\n");
        }
        self.xml.push_str("</w:tbl>\n");
        self.below_table = true;
    }

    fn caption(&mut self, caption: &str) {
        self.tables += 1;
        let number = format!(
            r#"<w:fldSimple w:instr=" SEQ Table \* ARABIC "><w:r><w:t>{}</w:t></w:r></w:fldSimple>"#,
            self.tables
        );
        let number = filled(self.words.say("Table {number}"), &[("number", &number)]);
        let (style, caption) = (Style::Caption.id(), run("", &format!(". {caption}")));
        let _ =
            writeln!(self.xml, r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{number}{caption}</w:p>"#);
    }

    fn cell(&mut self, column: Column, cell: Cell) {
        let width = WIDTH * column.share / 100;
        let _ = write!(self.xml, r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>"#);
        let mut paragraphs = cell.0;
        if paragraphs.is_empty() {
            // A cell without a paragraph is not well formed.
            paragraphs.push(Runs::new());
        }
        for words in paragraphs {
            self.paragraph(column.style, words);
        }
        self.xml.push_str("</w:tc>");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        let mut body = Body::new(Words::ENGLISH);
        body.paragraph(Style::Normal, "</w:t><w:br/>&\"\u{1b}\u{202e}\u{ffff}");
        let (xml, _) = body.into_parts();
        assert!(xml.contains(r"&lt;/w:t&gt;&lt;w:br/&gt;&amp;&quot;\u{1b}\u{202e}"), "{xml}");
        assert!(!xml.contains('\u{ffff}'));
    }

    #[test]
    fn only_web_addresses_become_links_and_each_has_one_relationship() {
        let mut body = Body::new(Words::ENGLISH);
        for url in ["https://a.example/", "javascript:x", "https://b.example/\"", "https://a.example/"] {
            body.paragraph(Style::Normal, Runs::new().link(url, "here"));
        }
        let (xml, links) = body.into_parts();
        assert_eq!(links, ["https://a.example/"]);
        assert_eq!(xml.matches(r#"r:id="link1""#).count(), 2);
    }

    #[test]
    fn every_table_repeats_its_head_and_an_empty_one_is_left_out() {
        let mut body = Body::new(Words::ENGLISH);
        body.table("None", &[Column::words("A", 100)], Vec::new());
        body.table(
            "One",
            &[Column::words("A", 60), Column::numbers("B", 40)],
            vec![vec!["x".into(), Vec::new().into()]],
        );
        let (xml, _) = body.into_parts();
        assert_eq!(xml.matches("<w:tbl>").count(), 1);
        assert_eq!(xml.matches("<w:tblHeader/>").count(), 1);
        assert!(!xml.contains("</w:tcPr></w:tc>"), "a cell without a paragraph");
    }
}
