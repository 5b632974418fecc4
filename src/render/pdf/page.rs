//! Pages while they are filled: what is drawn where, and what it means.

use std::collections::BTreeMap;

use krilla::tagging::TagKind;

use super::fonts::Fonts;
use super::picture::Outline;
use super::text::{ACCENT, Colour, Link, Placed, Span, Style};

/// The width of a page in points: A4.
pub const WIDTH: f32 = 595.28;
/// Its height.
pub const HEIGHT: f32 = 841.89;
/// The left and right margins.
pub const SIDE: f32 = 48.2;
/// Where text begins on a page.
pub const TOP: f32 = 68.0;
/// Where it ends.
pub const BOTTOM: f32 = HEIGHT - 62.0;
/// The width of the text.
pub const MEASURE: f32 = WIDTH - 2.0 * SIDE;

/// What is drawn.
pub enum Draw {
    /// Text on a line that begins here; `y` is the base line.
    Text { x: f32, y: f32, style: Style, text: String, glyphs: Vec<Placed> },
    /// An outline.
    Outline(Outline),
}

/// Something on a page.
pub struct Item {
    /// What it belongs to; nothing when it is mere decoration.
    pub event: Option<usize>,
    /// What is drawn.
    pub draw: Draw,
}

/// An area of a page that leads somewhere.
pub struct LinkArea {
    /// The tag of the link.
    pub event: usize,
    /// Left, top, right, bottom.
    pub area: [f32; 4],
    /// Where it leads.
    pub link: Link,
    /// What it says.
    pub says: String,
}

/// A page.
#[derive(Default)]
pub struct Page {
    /// What is drawn, in order.
    pub items: Vec<Item>,
    /// What leads somewhere.
    pub links: Vec<LinkArea>,
    /// What stands above the text on every page.
    pub header: Vec<Draw>,
    /// What stands below it.
    pub footer: Vec<Draw>,
}

/// A step in telling what the document means: a part of another part, or a piece of content in it.
pub struct Event {
    /// The part that it belongs to; nothing for the document.
    pub parent: Option<usize>,
    /// The sort of part; nothing for content.
    pub tag: Option<TagKind>,
}

/// A place that the outline names.
pub struct Entry {
    /// 1 is the highest.
    pub level: u16,
    /// Its words.
    pub title: String,
    /// Where it is.
    pub place: Place,
}

/// A place: the page, from 0, and the height on it.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// The page.
    pub page: usize,
    /// The height.
    pub y: f32,
}

/// A document while it is laid out.
pub struct Layout<'a> {
    /// The fonts.
    pub fonts: &'a Fonts,
    /// The pages so far; at least one.
    pub pages: Vec<Page>,
    /// Where the next thing goes on the last page.
    pub y: f32,
    /// What it means.
    pub events: Vec<Event>,
    /// Where links lead.
    pub anchors: BTreeMap<String, Place>,
    /// The outline.
    pub outline: Vec<Entry>,
}

/// A point to which a layout can go back.
#[derive(Clone, Copy)]
pub struct Mark {
    pages: usize,
    items: usize,
    links: usize,
    y: f32,
    events: usize,
    outline: usize,
}

impl Page {
    /// Everything that is drawn on it.
    fn drawn(&mut self) -> impl Iterator<Item = &mut Draw> {
        let items = self.items.iter_mut().map(|item| &mut item.draw);
        items.chain(&mut self.header).chain(&mut self.footer)
    }
}

impl Draw {
    /// Its colours.
    fn colours(&mut self) -> impl Iterator<Item = &mut Colour> {
        let (one, other) = match self {
            Self::Text { style, .. } => (Some(&mut style.colour), None),
            Self::Outline(outline) => {
                (outline.fill.as_mut(), outline.stroke.as_mut().map(|stroke| &mut stroke.colour))
            }
        };
        one.into_iter().chain(other)
    }
}

impl Layout<'_> {
    /// Every colour that is drawn with.
    #[cfg(test)]
    pub fn colours(&mut self) -> Vec<Colour> {
        self.pages.iter_mut().flat_map(Page::drawn).flat_map(Draw::colours).map(|colour| *colour).collect()
    }

    /// Puts on the colour of whoever hands the report over, in the place of ours.
    pub fn wear(&mut self, accent: Colour) {
        let drawn = self.pages.iter_mut().flat_map(Page::drawn);
        for colour in drawn.flat_map(Draw::colours).filter(|colour| **colour == ACCENT) {
            *colour = accent;
        }
    }
}

impl<'a> Layout<'a> {
    /// An empty document.
    pub fn new(fonts: &'a Fonts) -> Self {
        Self {
            fonts,
            pages: vec![Page::default()],
            y: TOP,
            events: Vec::new(),
            anchors: BTreeMap::new(),
            outline: Vec::new(),
        }
    }

    /// The last page, from 0.
    pub fn page(&self) -> usize {
        self.pages.len() - 1
    }

    /// Where the next thing goes.
    pub fn place(&self) -> Place {
        Place { page: self.page(), y: self.y }
    }

    /// How much is drawn on a page.
    pub fn drawn_on(&self, page: usize) -> usize {
        self.pages.get(page).map_or(0, |page| page.items.len())
    }

    /// Begins a page.
    pub fn new_page(&mut self) {
        self.pages.push(Page::default());
        self.y = TOP;
    }

    /// Begins a page unless there is this much room, or nothing is on this one yet.
    pub fn need(&mut self, height: f32) {
        if self.y + height > BOTTOM && self.y > TOP {
            self.new_page();
        }
    }

    /// The point to go back to.
    pub fn mark(&self) -> Mark {
        let page = self.pages.last();
        Mark {
            pages: self.pages.len(),
            items: page.map_or(0, |page| page.items.len()),
            links: page.map_or(0, |page| page.links.len()),
            y: self.y,
            events: self.events.len(),
            outline: self.outline.len(),
        }
    }

    /// Whether nothing stood on the page at that point.
    pub fn was_empty(mark: Mark) -> bool {
        mark.y <= TOP
    }

    /// Whether a page ended since then.
    pub fn turned_since(&self, mark: Mark) -> bool {
        self.pages.len() > mark.pages
    }

    /// Forgets everything since then. Anchors are set again when it is laid out anew.
    pub fn go_back(&mut self, mark: Mark) {
        self.pages.truncate(mark.pages);
        if let Some(page) = self.pages.last_mut() {
            page.items.truncate(mark.items);
            page.links.truncate(mark.links);
        }
        self.y = mark.y;
        self.events.truncate(mark.events);
        self.outline.truncate(mark.outline);
    }

    /// Lays something out on one page, if it fits on one; whether it does.
    pub fn together(&mut self, draw: impl Fn(&mut Self)) -> bool {
        let mark = self.mark();
        draw(self);
        if !self.turned_since(mark) {
            return true;
        }
        if Self::was_empty(mark) {
            return false;
        }
        self.go_back(mark);
        self.new_page();
        let fresh = self.mark();
        draw(self);
        !self.turned_since(fresh)
    }

    /// A part of a part.
    pub fn tag(&mut self, parent: Option<usize>, tag: impl Into<TagKind>) -> usize {
        self.events.push(Event { parent, tag: Some(tag.into()) });
        self.events.len() - 1
    }

    /// Content of a part.
    pub fn content(&mut self, parent: usize) -> usize {
        self.events.push(Event { parent: Some(parent), tag: None });
        self.events.len() - 1
    }

    /// Draws on the last page.
    pub fn draw(&mut self, event: Option<usize>, draw: Draw) {
        if let Some(page) = self.pages.last_mut() {
            page.items.push(Item { event, draw });
        }
    }

    /// Marks an area of the last page as leading somewhere.
    pub fn link(&mut self, event: usize, area: [f32; 4], span: &Span) {
        if let (Some(page), Some(link)) = (self.pages.last_mut(), span.link.clone()) {
            page.links.push(LinkArea { event, area, link, says: span.text.clone() });
        }
    }
}
