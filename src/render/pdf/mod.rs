//! The report as a PDF: tagged, for reading aloud as much as for printing, with everything in it that it needs.
//!
//! The parts say what the document consists of, the layout puts it on pages, and the writer makes a file of them. The same
//! report gives the same bytes.

mod block;
mod charts;
mod flow;
mod fonts;
mod pack;
mod page;
mod parts;
mod picture;
mod table;
mod text;
mod write;

use krilla::tagging::Tag;

use super::style::shortened;
use crate::report::{Head, Report};
use crate::text::{Words, visible};
use flow::Frame;
use fonts::{Face, Fonts};
use page::{Draw, HEIGHT, Layout, MEASURE, SIDE};
use picture::{Picture, Shape};
use text::{INK, SOFT, Span, Style};

/// How a PDF begins.
const START: &[u8] = b"%PDF-";
/// What the file says of the program, before its version.
const PRODUCER: &[u8] = b"<pdf:Producer>safeseat ";

/// A document that could not be made: a fault of this program.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// A font that is carried along cannot be read.
    #[error("a font cannot be read")]
    Font,
    /// A page has no size.
    #[error("a page has no size")]
    Size,
    /// The writer refuses.
    #[error("the PDF cannot be written: {0}")]
    Writer(String),
}

/// The report as a PDF.
///
/// # Errors
/// When the document breaks a rule of its format, which is a fault of this program.
pub fn report(report: &Report) -> Result<Vec<u8>, PdfError> {
    let fonts = Fonts::new()?;
    let layout = laid_out(&fonts, report);
    write::file(&layout, &write::About { title: title(report), head: &report.head })
}

/// The title of the document, as its window shows it.
fn title(report: &Report) -> String {
    let organisation = shortened(&report.head.organisation.name, 48);
    let title = report.words.fill("{organisation}: security assessment", &[("organisation", &organisation)]);
    visible(&title).into_owned()
}

/// The report on pages.
fn laid_out<'a>(fonts: &'a Fonts, report: &Report) -> Layout<'a> {
    let mut layout = Layout::new(fonts);
    let document = layout.tag(None, Tag::Part);
    let frame = Frame { x: SIDE, width: MEASURE };
    for part in parts::all(report) {
        let section = layout.tag(Some(document), Tag::Section);
        layout.blocks(&part, frame, section);
    }
    margins(&mut layout, &report.head, report.words);
    if let Some(accent) = report.head.brand.as_ref().and_then(|brand| brand.accent) {
        layout.wear(accent.light.parts());
    }
    layout
}

/// Whether this program made a PDF.
pub fn made(bytes: &[u8]) -> bool {
    bytes.starts_with(START) && bytes.windows(PRODUCER.len()).any(|window| window == PRODUCER)
}

/// What stands in the margins of every page: who, the marking, the program and the number of the page.
fn margins(layout: &mut Layout, head: &Head, words: &Words) {
    let small = Style { face: Face::Sans, size: 8.0, colour: SOFT };
    let count = layout.pages.len();
    let name = Span::new(small, shortened(&head.organisation.name, 70));
    let marking = shortened(&head.marking.as_deref().unwrap_or_default().to_uppercase(), 40);
    let marking = Span::new(Style { face: Face::SansBold, colour: INK, ..small }, marking);
    let made = Span::new(small, format!("{} {}, {}", head.tool.name, head.tool.version, head.date.words));
    for place in 0..count {
        let number = words.fill("Page {page} of {pages}", &[("page", &(place + 1)), ("pages", &count)]);
        let number = Span::new(small, number);
        let mut header = Picture::new(MEASURE, 12.0);
        header.text(0.0, 10.0, 0.0, vec![name.clone()]);
        header.text(MEASURE, 10.0, 1.0, vec![marking.clone()]);
        let mut footer = Picture::new(MEASURE, 12.0);
        footer.text(0.0, 10.0, 0.0, vec![made.clone()]);
        footer.text(MEASURE, 10.0, 1.0, vec![number]);
        let (header, footer) = (layout.margin(&header, 34.0), layout.margin(&footer, HEIGHT - 46.0));
        if let Some(page) = layout.pages.get_mut(place) {
            (page.header, page.footer) = (header, footer);
        }
    }
}

impl Layout<'_> {
    /// The words of a margin at this height.
    fn margin(&self, picture: &Picture, y: f32) -> Vec<Draw> {
        let words = picture.shapes.iter().filter_map(|shape| match shape {
            Shape::Words(words) => Some(self.words(words, SIDE, y).0),
            Shape::Outline(_) => None,
        });
        words.flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::fixture;
    use crate::report::{Accent, Brand, Colour, HoldKind};
    use page::{Item, WIDTH};
    use picture::Step;
    use text::{Lines, Link, Placed};

    fn hard_cases() -> Vec<(&'static str, Report)> {
        let hostile = |text: &str| format!("{text}\u{1b}[2J\u{202e}\u{0}\u{e000}\u{ffff}👩‍👩‍👧");
        vec![
            ("everything", fixture::report()),
            ("without-score", fixture::without_score()),
            ("tiny", fixture::tiny()),
            ("held-by-proof", fixture::held_by(HoldKind::Proof)),
            ("arabic", fixture::report_saying(|_| "حزب المثال: ما نسبة الأشخاص؟".to_owned())),
            ("one-long-word", fixture::report_saying(|_| "Donaudampfschifffahrtsgesellschaft".repeat(60))),
            ("a-long-story", fixture::report_saying(|text| format!("{text} and more ").repeat(60))),
            ("hostile", fixture::report_saying(hostile)),
            ("since-last-time", fixture::report_since(str::to_owned)),
        ]
    }

    /// Left, top, right and bottom of something drawn.
    fn area(draw: &Draw) -> [f32; 4] {
        let points: Vec<(f32, f32)> = match draw {
            Draw::Text { x, y, style, glyphs, .. } => {
                // The space at the end of a line may stand in the margin.
                let inked = glyphs.iter().rev().skip_while(|placed| placed.glyph.advance < 0.27);
                let width: f32 = inked.map(Placed::advance).sum();
                vec![(*x, y - style.size * 0.8), (x + width, y + style.size * 0.2)]
            }
            Draw::Outline(outline) => {
                let ends = |step: &Step| match *step {
                    Step::Move(x, y) | Step::Line(x, y) => vec![(x, y)],
                    Step::Curve([x1, y1, x2, y2, x, y]) => vec![(x1, y1), (x2, y2), (x, y)],
                    Step::Close => Vec::new(),
                };
                outline.steps.iter().flat_map(ends).collect()
            }
        };
        points.iter().fold([WIDTH, HEIGHT, 0.0, 0.0], |[left, top, right, bottom], (x, y)| {
            [left.min(*x), top.min(*y), right.max(*x), bottom.max(*y)]
        })
    }

    #[test]
    fn nothing_leaves_the_page_and_nothing_covers_the_margins() {
        let fonts = Fonts::new().unwrap();
        for (name, report) in hard_cases() {
            let layout = laid_out(&fonts, &report);
            for (place, page) in layout.pages.iter().enumerate() {
                assert!(!page.items.is_empty(), "{name}: page {} is empty", place + 1);
                for item in &page.items {
                    let [left, top, right, bottom] = area(&item.draw);
                    let across = left >= SIDE - 6.0 && right <= WIDTH - SIDE + 6.0;
                    let down = top >= 50.0 && bottom < HEIGHT - 50.0;
                    assert!(across && down, "{name}, page {}: {:?}", place + 1, [left, top, right, bottom]);
                }
                for draw in page.header.iter().chain(&page.footer) {
                    assert!(area(draw)[2] <= WIDTH - SIDE + 1.0, "{name}, page {}", place + 1);
                }
            }
        }
    }

    #[test]
    fn every_hard_case_becomes_a_file_that_keeps_the_rules_of_the_format() {
        for (name, report) in hard_cases() {
            let file = super::report(&report).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert!(made(&file), "{name} is not recognised again");
            assert!(file.windows(7).any(|window| window == b"/ObjStm"), "{name} is not packed");
        }
    }

    #[test]
    fn every_fixed_word_is_said_in_the_language_of_the_report() {
        let fonts = Fonts::new().unwrap();
        let report = fixture::pretend::report(fixture::report_since);
        let layout = laid_out(&fonts, &report);
        let mut told = vec![title(&report)];
        let told_of = |draw: &Draw| match draw {
            Draw::Text { text, .. } => Some(text.clone()),
            Draw::Outline(_) => None,
        };
        let pages = || layout.pages.iter();
        told.extend(pages().flat_map(|page| &page.items).filter_map(|item| told_of(&item.draw)));
        told.extend(pages().flat_map(|page| page.header.iter().chain(&page.footer)).filter_map(told_of));
        let tags = layout.events.iter().filter_map(|event| event.tag.as_ref());
        told.extend(tags.filter_map(|tag| tag.alt_text().map(str::to_owned)));
        assert_eq!(fixture::pretend::left(told.iter().map(String::as_str)), Vec::<String>::new());
        let file = super::report(&report).unwrap();
        assert!(file.windows(8).any(|window| window == b"x-marked"), "it does not name its language");
    }

    #[test]
    fn the_colour_is_that_of_whoever_hands_the_report_over() {
        let fonts = Fonts::new().unwrap();
        let mut report = fixture::report_since(str::to_owned);
        assert!(laid_out(&fonts, &report).colours().contains(&text::ACCENT));
        let light = Colour::parse("#7a3e00").unwrap();
        let accent = Accent { light, dark: light };
        report.head.brand = report.head.brand.map(|brand| Brand { accent: Some(accent), ..brand });
        let worn = laid_out(&fonts, &report).colours();
        assert!(worn.contains(&light.parts()) && !worn.contains(&text::ACCENT));
    }

    #[test]
    fn every_link_leads_somewhere() {
        let fonts = Fonts::new().unwrap();
        for (name, report) in hard_cases() {
            let layout = laid_out(&fonts, &report);
            for link in layout.pages.iter().flat_map(|page| &page.links) {
                if let Link::To(anchor) = &link.link {
                    let known =
                        layout.anchors.get(anchor).is_some_and(|place| place.page < layout.pages.len());
                    assert!(known || ["tiny", "without-score"].contains(&name), "{name}: {anchor}");
                }
            }
        }
    }

    #[test]
    fn no_heading_is_the_last_thing_on_its_page() {
        let fonts = Fonts::new().unwrap();
        for report in
            [fixture::report(), fixture::report_saying(|text| format!("{text} and so on ").repeat(7))]
        {
            let layout = laid_out(&fonts, &report);
            for entry in &layout.outline {
                let below = |item: &Item| area(&item.draw)[1] > entry.place.y + 20.0;
                let page = layout.pages.get(entry.place.page).unwrap();
                assert!(page.items.iter().any(below), "{} at {:?}", entry.title, entry.place);
            }
        }
    }

    #[test]
    fn what_no_font_has_is_a_box_that_still_says_what_it_stands_for() {
        let fonts = Fonts::new().unwrap();
        let text = "a→ب👩‍👩‍👧é";
        let glyphs = fonts.shape(Face::Sans, text);
        let said: Vec<&str> = glyphs.iter().filter_map(|glyph| text.get(glyph.text.clone())).collect();
        let boxed: Vec<bool> = glyphs.iter().map(|glyph| glyph.id == glyphs.get(2).unwrap().id).collect();
        assert_eq!(said, ["a", "→", "ب", "👩‍👩‍👧", "é"]);
        assert_eq!(boxed, [false, false, true, true, false]);
        assert!(glyphs.iter().all(|glyph| glyph.id != 0), "the glyph for nothing is forbidden");
    }

    #[test]
    fn lines_end_between_words_and_long_words_are_cut() {
        let fonts = Fonts::new().unwrap();
        let words = ["one two three four", " five ", &"x".repeat(60)];
        let spans = words.map(|words| Span::new(text::BODY, words));
        let lines = Lines::new(&fonts, &spans, 70.0, 1.4);
        let said = |placed: &Placed| spans[placed.span].text[placed.glyph.text.clone()].to_owned();
        let told: Vec<String> =
            lines.rows.iter().map(|(row, _)| lines.glyphs[row.clone()].iter().map(said).collect()).collect();
        assert_eq!(told.concat(), words.concat());
        assert_eq!(told[0], "one two three ");
        assert!(told.len() > 4 && told[2..].iter().all(|line| !line.contains(' ')), "{told:?}");
        assert!(lines.rows.iter().all(|(_, width)| *width <= 70.0));
    }
}
