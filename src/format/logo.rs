//! A logo: a PNG or SVG picture that is checked before it becomes part of a report.
//!
//! Browsers run no script of a picture that stands in an `<img>`, and the policy of our pages lets nothing be fetched.
//! What is refused here would have to get past both; and a report may be opened with other programs too.

use roxmltree::{Attribute, Document, Node, ParsingOptions};

use super::read::quoted;
use crate::model::{Logo, LogoKind};

/// The largest file: it is part of every report.
const LARGEST: usize = 256 * 1024;
/// The most pixels on one side.
const LONGEST_SIDE: u32 = 4096;
/// The most elements and texts of an SVG.
const MOST_NODES: u32 = 20_000;

/// How deeply elements may stand within each other.
const DEEPEST: usize = 64;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
const SVG_NAMESPACE: &str = "http://www.w3.org/2000/svg";

/// The elements that draw. What copies other parts (`use`, `pattern`) can do so without end, and is not among them.
const DRAWING: [&str; 20] = [
    "svg",
    "g",
    "defs",
    "title",
    "desc",
    "metadata",
    "style",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "text",
    "tspan",
    "linearGradient",
    "radialGradient",
    "stop",
    "clipPath",
];

/// Checks a picture.
///
/// # Errors
/// Why it cannot be used, and what to do.
pub fn check(bytes: Vec<u8>) -> Result<Logo, Refused> {
    if bytes.len() > LARGEST {
        let message = format!("the picture is larger than {} KiB", LARGEST / 1024);
        return Err(Refused::new(message, "save it smaller: it is part of every report"));
    }
    let kind = if bytes.starts_with(PNG) {
        png(&bytes).ok_or_else(|| {
            Refused::new(
                "the picture is not a sound PNG file",
                "save it again as PNG, at most 4096 pixels wide and high",
            )
        })?;
        LogoKind::Png
    } else {
        svg(&bytes)?;
        LogoKind::Svg
    };
    Ok(Logo { kind, bytes })
}

/// Why a picture cannot be used, and what to do.
#[derive(Debug)]
pub struct Refused {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: &'static str,
}

impl Refused {
    fn new(message: impl Into<String>, help: &'static str) -> Self {
        Self { message: message.into(), help }
    }

    fn drawing(message: String) -> Self {
        Self::new(message, "save it as plain SVG with paths only, or as PNG")
    }
}

/// Goes through the parts of a PNG: a head of a sensible size first, an end last, nothing behind it.
fn png(bytes: &[u8]) -> Option<()> {
    let mut rest = bytes.strip_prefix(PNG)?;
    let mut first = true;
    loop {
        let length = usize::try_from(u32::from_be_bytes(*rest.first_chunk()?)).ok()?;
        let name: &[u8; 4] = rest.get(4..8)?.first_chunk()?;
        let data = rest.get(8..8_usize.checked_add(length)?)?;
        if first != (name == b"IHDR") {
            return None;
        }
        if first {
            let side = |at: usize| Some(u32::from_be_bytes(*data.get(at..)?.first_chunk()?));
            let fits = |side: u32| (1..=LONGEST_SIDE).contains(&side);
            (data.len() == 13 && fits(side(0)?) && fits(side(4)?)).then_some(())?;
            first = false;
        }
        // Four bytes of a checksum follow.
        rest = rest.get(8 + length + 4..)?;
        if name == b"IEND" {
            return rest.is_empty().then_some(());
        }
    }
}

fn svg(bytes: &[u8]) -> Result<(), Refused> {
    let neither = || Refused::new("the picture is neither PNG nor SVG", "save it as PNG or as plain SVG");
    let text = std::str::from_utf8(bytes).map_err(|_| neither())?;
    if text.contains("<!DOCTYPE") || text.contains("<!ENTITY") {
        return Err(Refused::drawing("the SVG declares a document type or entities".to_owned()));
    }
    let options = ParsingOptions { nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).map_err(|error| {
        if text.contains("<svg") {
            Refused::drawing(format!("the SVG cannot be read: {error}"))
        } else {
            neither()
        }
    })?;
    if !document.root_element().has_tag_name((SVG_NAMESPACE, "svg")) {
        return Err(neither());
    }
    document.root().children().try_for_each(|child| node(child, Place::default()))
}

/// Where something stands in a drawing.
#[derive(Clone, Copy, Default)]
struct Place {
    depth: usize,
    in_clip: bool,
}

fn node(node: Node<'_, '_>, place: Place) -> Result<(), Refused> {
    if node.is_pi() {
        return Err(Refused::drawing("the SVG has instructions for other programs".to_owned()));
    }
    if !node.is_element() {
        return Ok(());
    }
    if place.depth > DEEPEST {
        return Err(Refused::drawing(
            "the elements of the SVG stand too deeply within each other".to_owned(),
        ));
    }
    let name = node.tag_name();
    if name.namespace() != Some(SVG_NAMESPACE) || !DRAWING.contains(&name.name()) {
        return Err(Refused::drawing(format!("the SVG has an element {}", quoted(name.name()))));
    }
    if name.name() == "style" {
        let rules: String = node.descendants().filter_map(|node| node.text()).collect();
        style(&rules)?;
    }
    let in_clip = place.in_clip || name.name() == "clipPath";
    node.attributes().try_for_each(|found| attribute(&found, in_clip))?;
    let inside = Place { depth: place.depth + 1, in_clip };
    node.children().try_for_each(|child| self::node(child, inside))
}

fn attribute(found: &Attribute<'_, '_>, in_clip: bool) -> Result<(), Refused> {
    let (name, value) = (found.name(), found.value());
    let lower = name.to_ascii_lowercase();
    if lower.starts_with("on") {
        return Err(Refused::drawing(format!("the SVG reacts to events: {}", quoted(name))));
    }
    if (lower == "href" || lower == "src" || lower == "base") && !value.starts_with('#') {
        return Err(Refused::drawing(format!("the SVG refers to something outside: {}", quoted(value))));
    }
    // Clips that are clipped themselves multiply.
    if in_clip && value.contains("url(") {
        return Err(Refused::drawing("the SVG has clips within clips".to_owned()));
    }
    style(value)
}

/// Style rules, or the value of an attribute: nothing may be imported, referred to, or hidden behind an escape.
fn style(rules: &str) -> Result<(), Refused> {
    let lower = rules.to_ascii_lowercase();
    let outside = |rest: &str| !rest.trim_start().trim_start_matches(['"', '\'']).starts_with('#');
    if lower.split("url(").skip(1).any(outside) || lower.contains("image(") || lower.contains("image-set(") {
        return Err(Refused::drawing("the style of the SVG refers to something outside".to_owned()));
    }
    if rules.contains(['@', '\\']) {
        return Err(Refused::drawing(
            "the style of the SVG has an instruction that begins with @, or an escape".to_owned(),
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(inside: &str) -> Result<Logo, Refused> {
        let head = r#"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">"#;
        check(format!("{head}{inside}</svg>").into_bytes())
    }

    fn chunk(name: &[u8], data: &[u8]) -> Vec<u8> {
        let length = u32::try_from(data.len()).unwrap().to_be_bytes();
        [&length[..], name, data, b"sums"].concat()
    }

    fn head(width: u32, height: u32) -> Vec<u8> {
        chunk(b"IHDR", &[&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 6, 0, 0, 0]].concat())
    }

    #[test]
    fn drawings_are_taken() {
        let drawing = r##"<title>Ours</title><defs><linearGradient id="a"><stop offset="0" stop-color="#123456"/></linearGradient>
            <clipPath id="c"><rect width="9" height="9"/></clipPath></defs><style>.b{fill:url(#a)}</style>
            <path class="b" clip-path="url(#c)" d="M0 0h9v9z"/><text>Ours</text>"##;
        let logo = drawn(drawing).unwrap();
        assert_eq!(logo.kind.media_type(), "image/svg+xml");
        let png = [PNG, &head(80, 40), &chunk(b"IDAT", b"x"), &chunk(b"IEND", b"")].concat();
        assert_eq!(check(png).unwrap().kind, LogoKind::Png);
    }

    #[test]
    fn what_runs_reaches_out_or_multiplies_is_refused() {
        for inside in [
            "<script>alert(1)</script>",
            "<path onload=\"alert(1)\"/>",
            "<path OnClick=\"alert(1)\"/>",
            "<foreignObject><p xmlns=\"http://www.w3.org/1999/xhtml\">a</p></foreignObject>",
            "<a href=\"https://example.org\"><path/></a>",
            "<image href=\"https://example.org/a.png\"/>",
            "<image xlink:href=\"data:image/png;base64,AA==\"/>",
            "<use href=\"#a\"/>",
            "<linearGradient id=\"a\" xlink:href=\"https://example.org/a.svg#b\"/>",
            "<animate attributeName=\"x\"/>",
            "<set attributeName=\"href\" to=\"javascript:alert(1)\"/>",
            "<style>@import url(https://example.org/a.css);</style>",
            "<style><![CDATA[@font-face{src:local(x)}]]></style>",
            "<style>path{fill:url(https://example.org/a)}</style>",
            "<style>path{fill:u\\72l(https://example.org/a)}</style>",
            "<path style=\"fill:URL( 'https://example.org/a' )\"/>",
            "<path fill=\"url(//example.org/a)\"/>",
            "<?xml-stylesheet href=\"a.css\"?>",
            "<sodipodi:namedview xmlns:sodipodi=\"x\"/>",
            "<clipPath id=\"a\"><rect clip-path=\"url(#b)\"/></clipPath>",
            "<path>",
        ] {
            assert!(drawn(inside).is_err(), "{inside}");
        }
        let laughs =
            "<!DOCTYPE svg [<!ENTITY a \"aaaa\">]><svg xmlns=\"http://www.w3.org/2000/svg\">&a;</svg>";
        for text in [
            laughs,
            "<svg/>",
            "<html xmlns=\"http://www.w3.org/1999/xhtml\"/>",
            "GIF89a",
            "",
            "<svg xmlns=\"http://www.w3.org/2000/svg\">",
        ] {
            assert!(check(text.as_bytes().to_vec()).is_err(), "{text}");
        }
    }

    #[test]
    fn damaged_huge_and_endless_pictures_are_refused() {
        let end = chunk(b"IEND", b"");
        let damaged = [
            PNG.to_vec(),
            [PNG, &head(80, 40)].concat(),
            [PNG, &end].concat(),
            [PNG, &head(80, 40), &end, b"<script>"].concat(),
            [PNG, &head(0, 40), &end].concat(),
            [PNG, &head(100_000, 40), &end].concat(),
            [PNG, &head(80, 40), &head(80, 40), &end].concat(),
            [PNG, b"\xff\xff\xff\xffIHDR"].concat(),
            vec![b'a'; LARGEST + 1],
        ];
        for (place, bytes) in damaged.into_iter().enumerate() {
            assert!(check(bytes).is_err(), "{place}");
        }
        for depth in [100, 9_000, 25_000] {
            assert!(drawn(&format!("{}{}", "<g>".repeat(depth), "</g>".repeat(depth))).is_err(), "{depth}");
        }
        let wide = "<g/>".repeat(30_000);
        assert!(drawn(&wide).is_err());
    }
}
