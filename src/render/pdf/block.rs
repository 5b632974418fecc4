//! What a document consists of, before anybody knows where it goes.

use krilla::tagging::ListNumbering;

use super::picture::Picture;
use super::text::{BODY, BOLD, LEAD, Link, NOTE, Span, Style};

/// A piece of a document.
pub enum Block {
    /// A heading.
    Heading(Heading),
    /// A paragraph.
    Text(Text),
    /// A list.
    List(List),
    /// Things side by side, each with its share of the width.
    Columns(Vec<(f32, Vec<Block>)>),
    /// A table.
    Table(Table),
    /// A picture.
    Figure(Picture),
    /// Things on a ground of their own.
    Panel(Vec<Block>),
    /// Things that stay on one page.
    Together(Vec<Block>),
    /// Room.
    Space(f32),
    /// A line from left to right, this thick.
    Rule(f32),
}

/// A heading.
pub struct Heading {
    /// 1 is the highest.
    pub level: u16,
    /// Its words.
    pub title: Span,
    /// Where links lead to it.
    pub anchor: Option<String>,
    /// Whether the outline names it.
    pub listed: bool,
}

/// A paragraph.
pub struct Text {
    /// Its words.
    pub spans: Vec<Span>,
    /// The height of a line, in sizes.
    pub leading: f32,
    /// The room after it.
    pub after: f32,
    /// Whether it stays with what follows.
    pub keeps: bool,
    /// A picture before it.
    pub icon: Option<Picture>,
    /// Whether it stands at the right.
    pub right: bool,
}

/// A list.
pub struct List {
    /// How its entries are told apart.
    pub numbering: ListNumbering,
    /// The room for the labels.
    pub indent: f32,
    /// Its entries.
    pub items: Vec<ListItem>,
    /// Whether a line stands between entries.
    pub ruled: bool,
}

/// An entry of a list.
pub struct ListItem {
    /// What stands before it.
    pub label: Label,
    /// What it says.
    pub body: Vec<Block>,
    /// Where links lead to it.
    pub anchor: Option<String>,
}

/// What stands before an entry.
pub enum Label {
    /// Words.
    Words(Span),
    /// A picture.
    Picture(Picture),
}

/// A table.
pub struct Table {
    /// What it shows.
    pub caption: Option<Vec<Span>>,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// A column of a table.
pub struct Column {
    /// What it holds.
    pub head: &'static str,
    /// How wide it is.
    pub width: Width,
    /// Whether it stands at the right.
    pub right: bool,
}

/// How wide a column is.
#[derive(Clone, Copy)]
pub enum Width {
    /// So many points.
    Points(f32),
    /// A share of what the others leave.
    Share(f32),
}

/// A row of a table.
pub struct Row {
    /// One for each column.
    pub cells: Vec<Cell>,
    /// Whether the row stands out: what leads a table, or sums it up.
    pub strong: bool,
}

/// A cell of a table.
#[derive(Default)]
pub struct Cell {
    /// Its words.
    pub spans: Vec<Span>,
    /// A picture before them.
    pub picture: Option<Picture>,
    /// Whether it names its row.
    pub header: bool,
}

impl Heading {
    /// The size of headings, by level.
    const SIZES: [f32; 4] = [30.0, 17.0, 12.0, 10.0];

    /// A heading that the outline names, when it is one of the three highest levels.
    pub fn new(level: u16, title: impl AsRef<str>) -> Self {
        let size = Self::SIZES.get(usize::from(level) - 1).copied().unwrap_or(BODY.size);
        let style = Style { face: super::fonts::Face::SerifBold, size, ..BODY };
        Self { level, title: Span::new(style, title), anchor: None, listed: level <= 3 }
    }

    /// The same, to which links lead.
    pub fn at(self, anchor: impl Into<String>) -> Self {
        Self { anchor: Some(anchor.into()), ..self }
    }
}

impl Text {
    /// A paragraph of such pieces.
    pub fn of(spans: Vec<Span>) -> Self {
        Self { spans, leading: 1.45, after: 5.0, keeps: false, icon: None, right: false }
    }

    /// A paragraph in a style.
    pub fn new(style: Style, text: impl AsRef<str>) -> Self {
        Self::of(vec![Span::new(style, text)])
    }

    /// The same with this room after it.
    pub fn then(self, after: f32) -> Self {
        Self { after, ..self }
    }

    /// The same, staying with what follows.
    pub fn keeping(self) -> Self {
        Self { keeps: true, ..self }
    }
}

impl Cell {
    /// Words.
    pub fn new(text: impl AsRef<str>) -> Self {
        Self::of(vec![Span::new(CELL, text)])
    }

    /// Such pieces.
    pub fn of(spans: Vec<Span>) -> Self {
        Self { spans, ..Self::default() }
    }

    /// The name of its row.
    pub fn heading(spans: Vec<Span>) -> Self {
        Self { spans, header: true, ..Self::default() }
    }

    /// The same with a picture before it.
    pub fn with(self, picture: Picture) -> Self {
        Self { picture: Some(picture), ..self }
    }
}

impl Row {
    /// A row.
    pub fn new(cells: Vec<Cell>) -> Self {
        Self { cells, strong: false }
    }
}

impl Column {
    /// A column with a share of the width.
    pub fn share(head: &'static str, share: f32) -> Self {
        Self { head, width: Width::Share(share), right: false }
    }

    /// A column of a fixed width.
    pub fn fixed(head: &'static str, points: f32) -> Self {
        Self { head, width: Width::Points(points), right: false }
    }

    /// The same, at the right.
    pub fn right(self) -> Self {
        Self { right: true, ..self }
    }
}

impl From<Heading> for Block {
    fn from(heading: Heading) -> Self {
        Self::Heading(heading)
    }
}

impl From<Text> for Block {
    fn from(text: Text) -> Self {
        Self::Text(text)
    }
}

impl From<Table> for Block {
    fn from(table: Table) -> Self {
        Self::Table(table)
    }
}

/// Words in a table.
pub const CELL: Style = Style { size: 8.5, ..BODY };
/// What stands out in a table.
pub const STRONG_CELL: Style = Style { size: 8.5, ..BOLD };

/// Running text.
pub fn plain(text: impl AsRef<str>) -> Span {
    Span::new(BODY, text)
}

/// Text that stands out.
pub fn bold(text: impl AsRef<str>) -> Span {
    Span::new(BOLD, text)
}

/// A paragraph.
pub fn paragraph(text: impl AsRef<str>) -> Block {
    Text::new(BODY, text).into()
}

/// A remark.
pub fn note(text: impl AsRef<str>) -> Block {
    Text::new(NOTE, text).into()
}

/// The first words of a part.
pub fn lead(text: impl AsRef<str>) -> Block {
    Text::new(LEAD, text).then(12.0).keeping().into()
}

/// A link to a place of this document.
pub fn to(anchor: impl AsRef<str>) -> Link {
    Link::To(anchor.as_ref().to_owned())
}
