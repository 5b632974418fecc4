//! Tables: rows below each other, the head again on every page.

use krilla::tagging::{TableHeaderScope, Tag};

use super::block::{Row, STRONG_CELL, Table, Text, Width};
use super::flow::Frame;
use super::fonts::Face;
use super::page::{BOTTOM, Layout, TOP};
use super::picture::Picture;
use super::text::{INK, Lines, NOTE, RULE, Span, Style};

/// The room between columns.
const GAP: f32 = 8.0;
/// The room above and below the words of a row.
const PAD: f32 = 3.5;

/// A cell that knows its lines and how many of them are drawn.
struct Broken {
    spans: Vec<Span>,
    lines: Lines,
    events: Vec<(Option<usize>, Option<usize>)>,
    frame: Frame,
    right: bool,
    drawn: usize,
    picture: Option<(Picture, usize)>,
}

impl Broken {
    fn height(&self) -> f32 {
        let picture = self.picture.as_ref().map_or(0.0, |(picture, _)| picture.height);
        self.lines.height().max(picture)
    }

    fn is_done(&self) -> bool {
        self.drawn >= self.lines.rows.len() && self.picture.is_none()
    }
}

impl Layout<'_> {
    /// Puts a table below what is there.
    pub fn table(&mut self, table: &Table, frame: Frame, parent: usize) {
        let frames = frames(table, frame);
        let lead = |layout: &mut Self| {
            let tag = layout.tag(Some(parent), Tag::Table);
            layout.need(50.0);
            if let Some(caption) = &table.caption {
                let caption_tag = layout.tag(Some(tag), Tag::Caption);
                layout.text(&Text::of(caption.clone()).then(3.0), frame, caption_tag);
            }
            let head = layout.tag(Some(tag), Tag::THead);
            let row = layout.tag(Some(head), Tag::TR);
            layout.head(table, &frames, frame, Some(row));
        };
        self.led(lead, |layout| {
            let tag = layout.events.iter().rposition(|event| event.parent == Some(parent)).unwrap_or(parent);
            let body = layout.tag(Some(tag), Tag::TBody);
            for row in &table.rows {
                layout.row(row, table, &frames, frame, body);
            }
        });
        self.y += 12.0;
    }

    /// The names of the columns: a part of the table once, mere decoration on later pages.
    fn head(&mut self, table: &Table, frames: &[Frame], frame: Frame, row: Option<usize>) {
        if table.columns.iter().all(|column| column.head.is_empty()) {
            return;
        }
        let mut cells: Vec<Broken> = Vec::new();
        for (column, inner) in table.columns.iter().zip(frames) {
            let spans = vec![Span::new(NOTE, column.head)];
            let events = match row {
                Some(row) => {
                    let cell = self.tag(Some(row), Tag::TH(TableHeaderScope::Column));
                    self.pieces(&spans, cell)
                }
                None => vec![(None, None)],
            };
            cells.push(Broken {
                lines: Lines::new(self.fonts, &spans, inner.width, 1.25),
                spans,
                events,
                frame: *inner,
                right: column.right,
                drawn: 0,
                picture: None,
            });
        }
        let height = cells.iter().map(Broken::height).fold(0.0, f32::max);
        let top = self.y;
        for cell in &mut cells {
            // The last line of every name stands on the line below.
            self.y = top + height - cell.lines.height();
            self.draw_lines(cell);
        }
        self.y = top + height + 2.0;
        self.rule(frame, 0.9, INK);
    }

    fn row(&mut self, row: &Row, table: &Table, frames: &[Frame], frame: Frame, body: usize) {
        let tag = self.tag(Some(body), Tag::TR);
        let mut cells = self.cells(row, table, frames, tag);
        let height = cells.iter().map(Broken::height).fold(0.0, f32::max) + 2.0 * PAD;
        if self.y + height > BOTTOM && height < BOTTOM - TOP - 60.0 {
            self.new_page();
            self.head(table, frames, frame, None);
        }
        loop {
            let top = self.y + PAD;
            let mut lowest = top;
            for cell in &mut cells {
                self.y = top;
                self.draw_cell(cell);
                lowest = lowest.max(self.y);
            }
            self.y = lowest + PAD;
            if cells.iter().all(Broken::is_done) {
                break;
            }
            self.new_page();
            self.head(table, frames, frame, None);
        }
        if row.strong {
            self.rule(frame, 0.9, INK);
        } else {
            self.rule(frame, 0.5, RULE);
        }
    }

    fn cells(&mut self, row: &Row, table: &Table, frames: &[Frame], tag: usize) -> Vec<Broken> {
        let mut cells = Vec::new();
        for ((cell, column), outer) in row.cells.iter().zip(&table.columns).zip(frames) {
            let event = if cell.header {
                self.tag(Some(tag), Tag::TH(TableHeaderScope::Row))
            } else {
                self.tag(Some(tag), Tag::TD)
            };
            let spans: Vec<Span> =
                if row.strong { cell.spans.iter().map(strong).collect() } else { cell.spans.clone() };
            let beside =
                if spans.is_empty() { 0.0 } else { cell.picture.as_ref().map_or(0.0, |p| p.width + 4.0) };
            let inner = Frame { x: outer.x + beside, width: outer.width - beside };
            let picture = cell.picture.clone().map(|picture| (picture, event));
            cells.push(Broken {
                events: self.pieces(&spans, event),
                lines: Lines::new(self.fonts, &spans, inner.width, 1.35),
                spans,
                frame: inner,
                right: column.right,
                drawn: 0,
                picture,
            });
        }
        cells
    }

    fn draw_cell(&mut self, cell: &mut Broken) {
        if let Some((picture, event)) = cell.picture.take() {
            let beside = if cell.spans.is_empty() { 0.0 } else { picture.width + 4.0 };
            let lower = if cell.spans.is_empty() { 0.0 } else { (cell.lines.leading - picture.height) * 0.5 };
            let y = self.y;
            self.picture(&picture, cell.frame.x - beside, y + lower.max(0.0), Some(event));
            if cell.spans.is_empty() {
                self.y = y + picture.height;
            }
        }
        self.draw_lines(cell);
    }

    /// Draws lines as long as there is room.
    fn draw_lines(&mut self, cell: &mut Broken) {
        while cell.drawn < cell.lines.rows.len() && self.y + cell.lines.leading <= BOTTOM {
            self.line(&cell.lines, cell.drawn, &cell.spans, &cell.events, cell.frame, cell.right);
            self.y += cell.lines.leading;
            cell.drawn += 1;
        }
    }
}

/// The same words, standing out.
fn strong(span: &Span) -> Span {
    let style = Style { face: Face::SansBold, size: STRONG_CELL.size, ..span.style };
    Span { style, ..span.clone() }
}

/// Where the columns are.
fn frames(table: &Table, frame: Frame) -> Vec<Frame> {
    let gaps: f32 = table.columns.iter().skip(1).map(|_| GAP).sum();
    let fixed = |width: Width| match width {
        Width::Points(points) => points,
        Width::Share(_) => 0.0,
    };
    let share = |width: Width| match width {
        Width::Points(_) => 0.0,
        Width::Share(share) => share,
    };
    let taken: f32 = table.columns.iter().map(|column| fixed(column.width)).sum();
    let shares: f32 = table.columns.iter().map(|column| share(column.width)).sum();
    let left = (frame.width - gaps - taken).max(0.0);
    let mut x = frame.x;
    let mut frames = Vec::new();
    for column in &table.columns {
        let part = if shares > 0.0 { left * share(column.width) / shares } else { 0.0 };
        let width = fixed(column.width) + part;
        frames.push(Frame { x, width });
        x += width + GAP;
    }
    frames
}
