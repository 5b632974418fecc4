//! Blocks put on pages, one below the other.

use std::num::NonZeroU16;
use std::ops::Range;

use krilla::geom::Rect;
use krilla::tagging::{BBox, Tag};

use super::block::{Block, Heading, Label, List, ListItem, Text};
use super::page::{BOTTOM, Draw, Entry, Layout, Place, TOP};
use super::picture::{Outline, Picture, Shape, Step, Stroke, Words};
use super::text::{Colour, INK, Lines, PANEL, PAPER, Placed, RULE, Span};

/// Where blocks go: from here to the right, so far.
#[derive(Clone, Copy)]
pub struct Frame {
    /// The left edge.
    pub x: f32,
    /// The width.
    pub width: f32,
}

/// What the pieces of a text belong to: the content, and the link around it.
type Pieces = Vec<(Option<usize>, Option<usize>)>;

impl Layout<'_> {
    /// Lays out blocks. What keeps with the next block moves to the next page with it.
    pub fn blocks(&mut self, blocks: &[Block], frame: Frame, parent: usize) {
        let mut rest = blocks;
        while !rest.is_empty() {
            let kept = rest.iter().take_while(|block| keeps(block)).count();
            let (lead, after) = rest.split_at(kept.min(rest.len() - 1));
            let (next, after) = after.split_at(1);
            self.led(
                |layout| lead.iter().for_each(|block| layout.block(block, frame, parent)),
                |layout| next.iter().for_each(|block| layout.block(block, frame, parent)),
            );
            rest = after;
        }
    }

    /// Lays out what leads and what follows, so that the leading part is whole and never the last on its page.
    pub fn led(&mut self, lead: impl Fn(&mut Self), rest: impl Fn(&mut Self)) {
        let mark = self.mark();
        self.together(&lead);
        let (page, drawn) = (self.page(), self.drawn_on(self.page()));
        let moved = self.turned_since(mark);
        rest(self);
        let torn = self.page() > page && self.drawn_on(page) == drawn;
        if torn && !moved && !Self::was_empty(mark) {
            self.go_back(mark);
            self.new_page();
            lead(self);
            rest(self);
        }
    }

    fn block(&mut self, block: &Block, frame: Frame, parent: usize) {
        match block {
            Block::Heading(heading) => self.heading(heading, frame, parent),
            Block::Text(text) => {
                let tag = self.tag(Some(parent), Tag::P);
                self.text(text, frame, tag);
            }
            Block::List(list) => self.list(list, frame, parent),
            Block::Columns(columns) => self.columns(columns, frame, parent),
            Block::Table(table) => self.table(table, frame, parent),
            Block::Figure(picture) => self.figure(picture, frame, parent),
            Block::Panel(blocks) => self.panel(blocks, frame, parent),
            Block::Together(blocks) => {
                self.together(|layout| layout.blocks(blocks, frame, parent));
            }
            // A page begins with what is on it.
            Block::Space(height) if self.y > TOP => self.y = (self.y + height).min(BOTTOM),
            Block::Space(_) => {}
            Block::Rule(width) => {
                self.rule(frame, *width, INK);
                self.y += width;
            }
        }
    }

    /// Draws a line from left to right, and leaves no room after it.
    pub fn rule(&mut self, frame: Frame, width: f32, colour: Colour) {
        let steps = vec![Step::Move(frame.x, self.y), Step::Line(frame.x + frame.width, self.y)];
        let stroke = Some(Stroke { colour, width, dash: None });
        self.draw(None, Draw::Outline(Outline { steps, fill: None, stroke }));
    }

    fn heading(&mut self, heading: &Heading, frame: Frame, parent: usize) {
        let level = NonZeroU16::new(heading.level).unwrap_or(NonZeroU16::MIN);
        if self.y > TOP {
            self.y += if heading.level <= 2 { 10.0 } else { 6.0 };
        }
        let tag = self.tag(Some(parent), Tag::Hn(level, Some(heading.title.text.clone())));
        let text = Text {
            spans: vec![heading.title.clone()],
            leading: 1.25,
            after: heading.title.style.size * 0.4,
            keeps: true,
            icon: None,
            right: false,
        };
        self.need(heading.title.style.size * text.leading);
        let place = self.place();
        self.text(&text, frame, tag);
        if let Some(anchor) = &heading.anchor {
            self.anchors.insert(anchor.clone(), place);
        }
        if heading.listed {
            self.outline.push(Entry { level: heading.level, title: heading.title.text.clone(), place });
        }
    }

    /// Puts a paragraph below what is there, never a single line of several at the end or the beginning of a page.
    pub fn text(&mut self, text: &Text, frame: Frame, tag: usize) {
        let indent = text.icon.as_ref().map_or(0.0, |icon| icon.width + 4.0);
        let inner = Frame { x: frame.x + indent, width: frame.width - indent };
        let lines = Lines::new(self.fonts, &text.spans, inner.width, text.leading);
        let events = self.pieces(&text.spans, tag);
        let count = lines.rows.len();
        if count > 1 {
            self.need(lines.leading * if count == 3 { 3.0 } else { 2.0 });
        }
        for place in 0..count {
            let last_two = if place + 2 == count && count > 3 { 2.0 } else { 1.0 };
            self.need(lines.leading * last_two);
            if let Some(icon) = text.icon.as_ref().filter(|_| place == 0) {
                let y = self.y + (lines.leading - icon.height) * 0.5;
                self.picture(icon, frame.x, y, None);
            }
            self.line(&lines, place, &text.spans, &events, inner, text.right);
            self.y += lines.leading;
        }
        self.y += text.after;
    }

    /// What the pieces of a text belong to. Links are parts of their own.
    pub fn pieces(&mut self, spans: &[Span], tag: usize) -> Pieces {
        let piece = |span: &Span| {
            if span.link.is_none() {
                return (Some(self.content(tag)), None);
            }
            let link = self.tag(Some(tag), Tag::Link);
            (Some(self.content(link)), Some(link))
        };
        spans.iter().map(piece).collect()
    }

    /// Draws a line of text with its top at the height where the next thing goes.
    pub fn line(
        &mut self,
        lines: &Lines,
        place: usize,
        spans: &[Span],
        events: &[(Option<usize>, Option<usize>)],
        frame: Frame,
        right: bool,
    ) {
        let Some((range, width)) = lines.rows.get(place).cloned() else { return };
        let mut x = if right { frame.x + (frame.width - width).max(0.0) } else { frame.x };
        let (top, leading) = (self.y, lines.leading);
        let glyphs = lines.glyphs.get(range).unwrap_or_default();
        for run in glyphs.chunk_by(|a, b| a.span == b.span && a.glyph.face == b.glyph.face) {
            let Some((span, first)) = run.first().and_then(|first| Some((spans.get(first.span)?, first)))
            else {
                continue;
            };
            let (content, link) = events.get(first.span).copied().unwrap_or_default();
            let y = baseline(top, leading, lines.size);
            let length: f32 = run.iter().map(Placed::advance).sum();
            self.draw(content, drawn(span, run, x, y));
            if let Some(link) = link {
                self.link(link, [x, top, x + length, top + leading], span);
            }
            x += length;
        }
    }

    fn list(&mut self, list: &List, frame: Frame, parent: usize) {
        let tag = self.tag(Some(parent), Tag::L(list.numbering));
        for (place, item) in list.items.iter().enumerate() {
            if list.ruled && place > 0 {
                self.need(24.0);
                if self.y > TOP {
                    self.rule(frame, 0.5, RULE);
                    self.y += 5.0;
                }
            }
            self.item(list, item, frame, tag);
        }
        self.y += 4.0;
    }

    fn item(&mut self, list: &List, item: &ListItem, frame: Frame, parent: usize) {
        let inner = Frame { x: frame.x + list.indent, width: frame.width - list.indent };
        let label = |layout: &mut Self| {
            let tag = layout.tag(Some(parent), Tag::LI);
            if let Some(anchor) = &item.anchor {
                layout.anchors.insert(anchor.clone(), layout.place());
            }
            layout.label(&item.label, Frame { width: list.indent, ..frame }, tag);
        };
        self.led(label, |layout| {
            // The entry is the last part that was begun below the list.
            let entry =
                layout.events.iter().rposition(|event| event.parent == Some(parent)).unwrap_or(parent);
            let body = layout.tag(Some(entry), Tag::LBody);
            layout.blocks(&item.body, inner, body);
        });
    }

    fn label(&mut self, label: &Label, frame: Frame, entry: usize) {
        self.need(26.0);
        match label {
            Label::Words(span) => {
                let tag = self.tag(Some(entry), Tag::Lbl);
                let spans = std::slice::from_ref(span);
                let lines = Lines::new(self.fonts, spans, frame.width.max(200.0), 1.45);
                let events = self.pieces(spans, tag);
                self.line(&lines, 0, spans, &events, frame, false);
            }
            Label::Picture(picture) => {
                let tag = self.tag(Some(entry), Tag::Lbl);
                self.picture(picture, frame.x, self.y + 1.0, Some(tag));
            }
        }
    }

    /// Puts things side by side; below each other when they do not fit on a page.
    fn columns(&mut self, columns: &[(f32, Vec<Block>)], frame: Frame, parent: usize) {
        const GAP: f32 = 16.0;
        let all: f32 = columns.iter().map(|(share, _)| share).sum();
        let gaps: f32 = columns.iter().skip(1).map(|_| GAP).sum();
        let mark = self.mark();
        let beside = self.together(|layout| {
            let (top, mut lowest, mut x) = (layout.y, layout.y, frame.x);
            for (share, blocks) in columns {
                let width = (frame.width - gaps) * share / all;
                layout.y = top;
                layout.blocks(blocks, Frame { x, width }, parent);
                lowest = lowest.max(layout.y);
                x += width + GAP;
            }
            layout.y = lowest;
        });
        if !beside {
            self.go_back(mark);
            for (_, blocks) in columns {
                self.blocks(blocks, frame, parent);
            }
        }
    }

    fn figure(&mut self, picture: &Picture, frame: Frame, parent: usize) {
        self.need(picture.height);
        let top = self.y;
        self.picture(picture, frame.x, top, Some(parent));
        self.y = top + picture.height;
    }

    /// Draws a picture; a part of its own when it says something.
    pub fn picture(&mut self, picture: &Picture, x: f32, y: f32, parent: Option<usize>) {
        let event = picture.alternative.as_ref().zip(parent).map(|(words, parent)| {
            let area = Rect::from_xywh(x, y, picture.width, picture.height);
            let area = area.map(|area| BBox::new(self.page(), area));
            let figure = Tag::Figure(Some(words.clone())).with_bbox(area);
            let tag = self.tag(Some(parent), figure);
            self.content(tag)
        });
        for shape in &picture.shapes {
            match shape {
                Shape::Outline(outline) => self.draw(event, Draw::Outline(outline.moved(x, y))),
                Shape::Words(words) => {
                    let (drawn, [left, right]) = self.words(words, x, y);
                    if words.halo {
                        let size = words.spans.iter().map(|span| span.style.size).fold(0.0, f32::max);
                        let mut halo = Picture::default();
                        let (top, width) = (y + words.y - size * 0.85, right - left);
                        halo.rect([left - 2.0, top, width + 4.0, size * 1.15], Some(PAPER), None);
                        self.draw_all(event, halo);
                    }
                    for words in drawn {
                        self.draw(event, words);
                    }
                }
            }
        }
    }

    fn draw_all(&mut self, event: Option<usize>, picture: Picture) {
        for shape in picture.shapes {
            if let Shape::Outline(outline) = shape {
                self.draw(event, Draw::Outline(outline));
            }
        }
    }

    /// A line of words of a picture at this place, and where it begins and ends.
    pub fn words(&self, words: &Words, x: f32, y: f32) -> (Vec<Draw>, [f32; 2]) {
        let lines = Lines::new(self.fonts, &words.spans, f32::MAX, 1.0);
        let width = lines.rows.first().map_or(0.0, |(_, width)| *width);
        let start = x + words.x - width * words.share;
        let (mut at, mut drawn) = (start, Vec::new());
        for run in lines.glyphs.chunk_by(|a, b| a.span == b.span && a.glyph.face == b.glyph.face) {
            let Some(span) = run.first().and_then(|first| words.spans.get(first.span)) else { continue };
            drawn.push(self::drawn(span, run, at, y + words.y));
            at += run.iter().map(Placed::advance).sum::<f32>();
        }
        (drawn, [start, start + width])
    }

    fn panel(&mut self, blocks: &[Block], frame: Frame, parent: usize) {
        const PAD: f32 = 10.0;
        let inner = Frame { x: frame.x + PAD + 4.0, width: frame.width - 2.0 * PAD - 4.0 };
        self.together(|layout| {
            let (start, top) = (layout.place(), layout.y);
            let under = layout.drawn_on(start.page);
            layout.y += PAD;
            layout.blocks(blocks, inner, parent);
            layout.y += PAD - 5.0;
            layout.ground(start, under, frame, top);
            layout.y += 8.0;
        });
    }

    /// The ground of a panel, below everything that was drawn since; nothing when it goes over a page.
    fn ground(&mut self, start: Place, under: usize, frame: Frame, top: f32) {
        let height = self.y - top;
        if self.page() != start.page {
            return;
        }
        let mut picture = Picture::default();
        picture.rect([frame.x, top, frame.width, height], Some(PANEL), None);
        picture.rect([frame.x, top, 4.0, height], Some(INK), None);
        // What was drawn since is put on top of it again.
        let Some(above) = self.pages.last_mut().map(|page| page.items.split_off(under)) else { return };
        self.draw_all(None, picture);
        if let Some(page) = self.pages.last_mut() {
            page.items.extend(above);
        }
    }
}

/// Whether a block stays with the next one.
fn keeps(block: &Block) -> bool {
    match block {
        Block::Heading(_) | Block::Columns(_) | Block::Space(_) | Block::Rule(_) => true,
        Block::Text(text) => text.keeps,
        Block::Together(blocks) => blocks.last().is_some_and(keeps),
        _ => false,
    }
}

/// Where the letters of a line stand.
fn baseline(top: f32, leading: f32, size: f32) -> f32 {
    top + leading * 0.5 + size * 0.36
}

/// Glyphs of one span and one face as something drawn, with the piece of text that they stand for.
fn drawn(span: &Span, run: &[Placed], x: f32, y: f32) -> Draw {
    let start = run.iter().map(|placed| placed.glyph.text.start).min().unwrap_or_default();
    let end = run.iter().map(|placed| placed.glyph.text.end).max().unwrap_or_default();
    let own = |range: &Range<usize>| range.start - start..range.end - start;
    let glyphs = run.iter().cloned().map(|mut placed| {
        placed.glyph.text = own(&placed.glyph.text);
        placed
    });
    let text = span.text.get(start..end).unwrap_or_default().to_owned();
    Draw::Text { x, y, style: span.style, text, glyphs: glyphs.collect() }
}
