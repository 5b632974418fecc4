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
    let mut layout = Layout::new(&fonts);
    let document = layout.tag(None, Tag::Part);
    let frame = Frame { x: SIDE, width: MEASURE };
    for part in parts::all(report) {
        let section = layout.tag(Some(document), Tag::Section);
        layout.blocks(&part, frame, section);
    }
    margins(&mut layout, &report.head);
    let title =
        format!("{}: security assessment", Span::new(text::BODY, &report.head.organisation.name).text);
    write::file(&layout, &write::About { title: shortened(&title, 200), head: &report.head })
}

/// Whether this program made a PDF.
pub fn made(bytes: &[u8]) -> bool {
    bytes.starts_with(START) && bytes.windows(PRODUCER.len()).any(|window| window == PRODUCER)
}

/// What stands in the margins of every page: who, the marking, the program and the number of the page.
fn margins(layout: &mut Layout, head: &Head) {
    let small = Style { face: Face::Sans, size: 8.0, colour: SOFT };
    let count = layout.pages.len();
    let name = Span::new(small, shortened(&head.organisation.name, 70));
    let marking = shortened(&head.marking.as_deref().unwrap_or_default().to_uppercase(), 40);
    let marking = Span::new(Style { face: Face::SansBold, colour: INK, ..small }, marking);
    let made = Span::new(small, format!("{} {}, {}", head.tool.name, head.tool.version, head.date.words));
    for place in 0..count {
        let number = Span::new(small, format!("Page {} of {count}", place + 1));
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
            Shape::Text { x, y: base, share, spans } => Some(self.words(spans, SIDE + x, y + base, *share)),
            Shape::Path { .. } => None,
        });
        words.flatten().collect()
    }
}
