//! Text with its looks, broken into lines.

use std::ops::Range;

use super::fonts::{Face, Fonts, Glyph};
use crate::text::{pieces, visible};

/// A colour: red, green, blue.
pub type Colour = [u8; 3];

/// Ink.
pub const INK: Colour = [0x1a, 0x1e, 0x21];
/// What stands back.
pub const SOFT: Colour = [0x50, 0x56, 0x5b];
/// Lines between rows.
pub const RULE: Colour = [0xcf, 0xc9, 0xbb];
/// Edges of what is empty.
pub const LINE: Colour = [0x6d, 0x72, 0x76];
/// What leads the eye.
pub const ACCENT: Colour = [0x0b, 0x59, 0x61];
/// The ground of a panel.
pub const PANEL: Colour = [0xf4, 0xf2, 0xec];
/// The paper.
pub const PAPER: Colour = [0xff, 0xff, 0xff];

/// How text looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Style {
    /// The face.
    pub face: Face,
    /// The size in points.
    pub size: f32,
    /// The colour.
    pub colour: Colour,
}

/// Running text.
pub const BODY: Style = Style { face: Face::Sans, size: 9.0, colour: INK };
/// What has to be seen first in running text.
pub const BOLD: Style = Style { face: Face::SansBold, ..BODY };
/// Remarks, captions, heads of columns.
pub const NOTE: Style = Style { face: Face::Sans, size: 8.0, colour: SOFT };
/// The first words of a part.
pub const LEAD: Style = Style { face: Face::Serif, size: 11.0, colour: INK };

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// To a place of this document.
    To(String),
    /// To a page of the web.
    Out(String),
}

/// A piece of text that looks the same and leads to the same place.
#[derive(Debug, Clone)]
pub struct Span {
    /// The text. Nothing in it acts.
    pub text: String,
    /// How it looks.
    pub style: Style,
    /// Where it leads.
    pub link: Option<Link>,
}

impl Span {
    /// Text in a style. What could steer or hide text is shown instead.
    pub fn new(style: Style, text: impl AsRef<str>) -> Self {
        let plain = |c: char| if is_mappable(c) { c } else { char::REPLACEMENT_CHARACTER };
        let text = visible(text.as_ref()).chars().map(plain).collect();
        Self { text, style, link: None }
    }

    /// The same, leading somewhere.
    pub fn linked(self, link: Link) -> Self {
        Self { link: Some(link), style: Style { colour: ACCENT, ..self.style }, ..self }
    }
}

/// A phrase in a style, with other pieces in the place of its values.
pub fn filled(style: Style, phrase: &str, values: &[(&str, Vec<Span>)]) -> Vec<Span> {
    let mut spans = Vec::new();
    for (text, name) in pieces(phrase) {
        spans.extend((!text.is_empty()).then(|| Span::new(style, text)));
        let value = values.iter().find(|(known, _)| Some(*known) == name);
        spans.extend(value.iter().flat_map(|(_, value)| value.iter().cloned()));
    }
    spans
}

/// Whether a letter may be named as what a glyph stands for: what has no agreed meaning may not.
fn is_mappable(c: char) -> bool {
    !matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..)
        && u32::from(c) & 0xfffe != 0xfffe
        && !matches!(c, '\u{fdd0}'..='\u{fdef}')
}

/// A glyph that knows how it looks and where it leads.
#[derive(Debug, Clone)]
pub struct Placed {
    /// The glyph, with its place in the text of its span.
    pub glyph: Glyph,
    /// Its span.
    pub span: usize,
    size: f32,
}

impl Placed {
    /// How far the next glyph is, in points.
    pub fn advance(&self) -> f32 {
        self.glyph.advance * self.size
    }
}

/// Text as glyphs in lines.
pub struct Lines {
    /// All glyphs, in order.
    pub glyphs: Vec<Placed>,
    /// Which of them make a line, and how long it is without the space at its end.
    pub rows: Vec<(Range<usize>, f32)>,
    /// The height of a line.
    pub leading: f32,
    /// The largest size.
    pub size: f32,
}

impl Lines {
    /// Breaks text into lines of at most this width.
    pub fn new(fonts: &Fonts, spans: &[Span], width: f32, leading: f32) -> Self {
        let mut glyphs = Vec::new();
        for (place, span) in spans.iter().enumerate() {
            let shaped = fonts.shape(span.style.face, &span.text).into_iter();
            glyphs.extend(shaped.map(|glyph| Placed { glyph, span: place, size: span.style.size }));
        }
        let size = spans.iter().map(|span| span.style.size).fold(0.0, f32::max);
        let rows = broken(spans, &glyphs, width);
        Self { glyphs, rows, leading: size * leading, size }
    }

    /// The height of all lines.
    pub fn height(&self) -> f32 {
        self.rows.iter().map(|_| self.leading).sum()
    }
}

/// Whether a line may end after this glyph.
fn ends_word(text: &str) -> bool {
    text.ends_with([' ', '-', '–', '—', '/'])
}

fn broken(spans: &[Span], glyphs: &[Placed], width: f32) -> Vec<(Range<usize>, f32)> {
    let text = |placed: &Placed| {
        spans.get(placed.span).and_then(|span| span.text.get(placed.glyph.text.clone())).unwrap_or_default()
    };
    let mut lines = Vec::new();
    let (mut start, mut at, mut inked) = (0, 0.0, 0.0);
    // Where the line could end: the glyph after it, the length up to it with and without its space.
    let mut chance: Option<(usize, f32, f32)> = None;
    for (place, placed) in glyphs.iter().enumerate() {
        let is_space = text(placed) == " ";
        let end = at + placed.advance();
        if end > width && !is_space && place > start {
            let (next, to, shown) = chance.take().unwrap_or((place, at, inked));
            lines.push((start..next, shown));
            start = next;
            at -= to;
        }
        at += placed.advance();
        if !is_space {
            inked = at;
        }
        if ends_word(text(placed)) {
            chance = Some((place + 1, at, inked));
        }
    }
    if start < glyphs.len() {
        lines.push((start..glyphs.len(), inked));
    }
    lines
}
