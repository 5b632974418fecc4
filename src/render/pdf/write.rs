//! Pages and their meaning written as a file.

use std::collections::BTreeMap;

use krilla::action::{Action, LinkAction};
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::color::rgb;
use krilla::configure::{Configuration, Validator};
use krilla::destination::XyzDestination;
use krilla::geom::{Path, PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::{Page as Sheet, PageSettings};
use krilla::paint::{Fill, FillRule, Stroke as PaintStroke, StrokeDash};
use krilla::surface::Surface;
use krilla::tagging::{ArtifactType, ContentTag, Identifier, Node, SpanTag, TagGroup, TagTree};
use krilla::text::{GlyphId, KrillaGlyph};
use krilla::{Document, SerializeSettings};

use super::PdfError;
use super::fonts::Fonts;
use super::pack;
use super::page::{Draw, Entry, HEIGHT, Item, Layout, LinkArea, Page, Place, SIDE, WIDTH};
use super::picture::{Outline as Shape, Step, Stroke};
use super::text::{Colour, Link, Placed};
use crate::report::{Day, Head};

/// What the pages say about themselves.
pub struct About<'a> {
    /// The title of the document.
    pub title: String,
    /// Who was assessed, when, with what.
    pub head: &'a Head,
}

/// The document as a file.
///
/// # Errors
/// When the writer refuses, which is a fault of this program.
pub fn file(layout: &Layout, about: &About) -> Result<Vec<u8>, PdfError> {
    let mut document = Document::new_with(SerializeSettings {
        configuration: Configuration::new_with_validator(Validator::UA1),
        ..SerializeSettings::default()
    });
    document.set_metadata(metadata(about));
    let mut told: BTreeMap<usize, Vec<Identifier>> = BTreeMap::new();
    for page in &layout.pages {
        let settings = PageSettings::from_wh(WIDTH, HEIGHT).ok_or(PdfError::Size)?;
        let mut sheet = document.start_page_with(settings);
        let mut surface = sheet.surface();
        margin(&mut surface, layout.fonts, ArtifactType::Header, &page.header);
        items(&mut surface, layout.fonts, &page.items, &mut told);
        margin(&mut surface, layout.fonts, ArtifactType::Footer, &page.footer);
        surface.finish();
        links(&mut sheet, page, &layout.anchors, &mut told);
        sheet.finish();
    }
    document.set_outline(outline(&layout.outline));
    document.set_tag_tree(tree(layout, told));
    let file = document.finish().map_err(|error| PdfError::Writer(format!("{error:?}")))?;
    Ok(pack::packed(&file).unwrap_or(file))
}

fn metadata(about: &About) -> Metadata {
    let tool = format!("{} {}", about.head.tool.name, about.head.tool.version);
    let metadata = Metadata::new()
        .title(about.title.clone())
        .language(about.head.language.to_owned())
        .creator(tool.clone())
        .producer(tool)
        .document_id(about.head.answers_sha256.clone());
    match date(&about.head.date) {
        Some(date) => metadata.creation_date(date),
        None => metadata,
    }
}

/// The day of the assessment: the file says the same whenever it is made.
fn date(day: &Day) -> Option<DateTime> {
    let mut numbers = day.iso.split('-');
    let year = numbers.next()?.parse().ok()?;
    let (month, day) = (numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?);
    Some(
        DateTime::new(year)
            .month(month)
            .day(day)
            .hour(0)
            .minute(0)
            .second(0)
            .utc_offset_hour(0)
            .utc_offset_minute(0),
    )
}

/// Draws the items of a page, those of one piece of content together.
fn items(surface: &mut Surface, fonts: &Fonts, items: &[Item], told: &mut BTreeMap<usize, Vec<Identifier>>) {
    for run in items.chunk_by(|a, b| a.event == b.event) {
        let event = run.first().and_then(|item| item.event);
        let is_text = run.iter().all(|item| matches!(item.draw, Draw::Text { .. }));
        let tag = match event {
            None => ContentTag::Artifact(ArtifactType::Other),
            Some(_) if is_text => ContentTag::Span(SpanTag::empty()),
            Some(_) => ContentTag::Other,
        };
        let identifier = surface.start_tagged(tag);
        for item in run {
            drawn(surface, fonts, &item.draw);
        }
        surface.end_tagged();
        if let Some(event) = event {
            told.entry(event).or_default().push(identifier);
        }
    }
}

/// What stands in a margin: it belongs to the pages, not to the text.
fn margin(surface: &mut Surface, fonts: &Fonts, kind: ArtifactType, words: &[Draw]) {
    surface.start_tagged(ContentTag::Artifact(kind));
    for draw in words {
        drawn(surface, fonts, draw);
    }
    surface.end_tagged();
}

fn drawn(surface: &mut Surface, fonts: &Fonts, draw: &Draw) {
    match draw {
        Draw::Outline(outline) => draw_outline(surface, outline),
        Draw::Text { x, y, style, text, glyphs } => {
            let Some(font) = glyphs.first().and_then(|placed| fonts.font(placed.glyph.face)) else { return };
            let glyph = |Placed { glyph, .. }: &Placed| {
                let id = GlyphId::new(glyph.id);
                KrillaGlyph::new(id, glyph.advance, glyph.dx, glyph.dy, 0.0, glyph.text.clone(), None)
            };
            let glyphs: Vec<KrillaGlyph> = glyphs.iter().map(glyph).collect();
            surface.set_stroke(None);
            surface.set_fill(Some(fill(style.colour)));
            surface.draw_glyphs(Point::from_xy(*x, *y), &glyphs, font, text, style.size, false);
        }
    }
}

fn draw_outline(surface: &mut Surface, outline: &Shape) {
    let Some(path) = path(&outline.steps) else { return };
    surface.set_fill(outline.fill.map(fill));
    surface.set_stroke(outline.stroke.map(stroke));
    surface.draw_path(&path);
}

fn path(steps: &[Step]) -> Option<Path> {
    let mut path = PathBuilder::new();
    for step in steps {
        match *step {
            Step::Move(x, y) => path.move_to(x, y),
            Step::Line(x, y) => path.line_to(x, y),
            Step::Curve([x1, y1, x2, y2, x, y]) => path.cubic_to(x1, y1, x2, y2, x, y),
            Step::Close => path.close(),
        }
    }
    path.finish()
}

fn fill(colour: Colour) -> Fill {
    let [red, green, blue] = colour;
    Fill {
        paint: rgb::Color::new(red, green, blue).into(),
        opacity: NormalizedF32::ONE,
        rule: FillRule::NonZero,
    }
}

fn stroke(stroke: Stroke) -> PaintStroke {
    let [red, green, blue] = stroke.colour;
    PaintStroke {
        paint: rgb::Color::new(red, green, blue).into(),
        width: stroke.width,
        dash: stroke.dash.map(|lengths| StrokeDash { array: lengths.to_vec(), offset: 0.0 }),
        ..PaintStroke::default()
    }
}

/// Marks what leads somewhere on a page.
fn links(
    sheet: &mut Sheet,
    page: &Page,
    anchors: &BTreeMap<String, Place>,
    told: &mut BTreeMap<usize, Vec<Identifier>>,
) {
    for LinkArea { event, area: [left, top, right, bottom], link, says } in &page.links {
        let target = match link {
            Link::To(anchor) => {
                anchors.get(anchor).map(|place| Target::Destination(destination(*place).into()))
            }
            Link::Out(address) => Some(Target::Action(Action::Link(LinkAction::new(address.clone())))),
        };
        let area = Rect::from_ltrb(*left, *top, *right, *bottom);
        if let (Some(target), Some(area)) = (target, area) {
            let words = match link {
                Link::To(_) => says.clone(),
                Link::Out(address) => address.clone(),
            };
            let annotation = Annotation::new_link(LinkAnnotation::new(area, target), Some(words));
            told.entry(*event).or_default().push(sheet.add_tagged_annotation(annotation));
        }
    }
}

/// A little above a place, so that what stands there is not cut off.
fn destination(place: Place) -> XyzDestination {
    XyzDestination::new(place.page, Point::from_xy(SIDE, (place.y - 12.0).max(0.0)))
}

fn outline(entries: &[Entry]) -> Outline {
    let mut outline = Outline::new();
    let mut rest = entries;
    while let Some((first, after)) = rest.split_first() {
        let below = after.iter().take_while(|entry| entry.level > first.level).count();
        let (children, next) = after.split_at(below);
        outline.push_child(node(first, children));
        rest = next;
    }
    outline
}

fn node(entry: &Entry, below: &[Entry]) -> OutlineNode {
    let mut node = OutlineNode::new(entry.title.clone(), destination(entry.place));
    let mut rest = below;
    while let Some((first, after)) = rest.split_first() {
        let count = after.iter().take_while(|entry| entry.level > first.level).count();
        let (children, next) = after.split_at(count);
        node.push_child(self::node(first, children));
        rest = next;
    }
    node
}

/// The parts of the document in the order in which they were begun, with their content.
fn tree(layout: &Layout, mut told: BTreeMap<usize, Vec<Identifier>>) -> TagTree {
    let mut children: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    for (place, event) in layout.events.iter().enumerate() {
        children.entry(event.parent).or_default().push(place);
    }
    let mut tree = TagTree::new();
    for root in children.get(&None).cloned().unwrap_or_default() {
        for node in nodes(layout, root, &children, &mut told) {
            tree.push(node);
        }
    }
    tree
}

fn nodes(
    layout: &Layout,
    place: usize,
    children: &BTreeMap<Option<usize>, Vec<usize>>,
    told: &mut BTreeMap<usize, Vec<Identifier>>,
) -> Vec<Node> {
    let own = told.remove(&place).unwrap_or_default().into_iter().map(Node::from);
    let Some(tag) = layout.events.get(place).and_then(|event| event.tag.clone()) else {
        return own.collect();
    };
    let mut group = TagGroup::new(tag);
    own.for_each(|node| group.push(node));
    for child in children.get(&Some(place)).into_iter().flatten() {
        for node in nodes(layout, *child, children, told) {
            group.push(node);
        }
    }
    vec![group.into()]
}
