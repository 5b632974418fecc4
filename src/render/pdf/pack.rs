//! A file made smaller: what is not a stream of its own goes into compressed streams, and so does the list of places.
//!
//! Most of a tagged document is thousands of small descriptions of its parts, which the writer leaves as plain text.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;

/// How many objects share a stream. A reader unpacks all of it to see one of them.
const TOGETHER: usize = 200;

/// Where an object is.
#[derive(Clone, Copy)]
enum Place {
    Nowhere,
    At(usize),
    Within { stream: usize, index: usize },
}

/// The objects of a file by their numbers, and what its end says about it.
struct Parts<'a> {
    head: &'a [u8],
    objects: Vec<(usize, &'a [u8])>,
    /// The number after the last.
    next: usize,
    trailer: String,
}

/// The same document, smaller; nothing when the file is not built as our writer builds files.
pub fn packed(file: &[u8]) -> Option<Vec<u8>> {
    let parts = Parts::of(file)?;
    let mut out = parts.head.to_vec();
    let mut places = vec![Place::Nowhere; parts.next];
    let (streams, plain): (Vec<_>, Vec<_>) =
        parts.objects.iter().copied().partition(|(_, body)| body.ends_with(b"endstream"));
    for (number, body) in streams {
        *places.get_mut(number)? = Place::At(out.len());
        object(&mut out, number, &[body]);
    }
    for group in plain.chunks(TOGETHER) {
        let stream = places.len();
        for (index, (number, _)) in group.iter().enumerate() {
            *places.get_mut(*number)? = Place::Within { stream, index };
        }
        places.push(Place::At(out.len()));
        bundle(&mut out, stream, group)?;
    }
    places.push(Place::At(out.len()));
    list(&mut out, &places, &parts.trailer)?;
    Some(out)
}

impl<'a> Parts<'a> {
    fn of(file: &'a [u8]) -> Option<Self> {
        let end = file.len().checked_sub(64)?;
        let tail = std::str::from_utf8(file.get(end..)?).ok()?;
        let table: usize = tail.split("startxref\n").nth(1)?.split('\n').next()?.parse().ok()?;
        let text = std::str::from_utf8(file.get(table..)?).ok()?;
        let (list, trailer) = text.split_once("trailer\n<<\n")?;
        let in_use = list.lines().skip(2).enumerate().filter(|(_, line)| line.trim_end().ends_with('n'));
        let place = |(number, line): (usize, &str)| Some((number, line.get(..10)?.parse::<usize>().ok()?));
        let mut places: Vec<(usize, usize)> = in_use.map(place).collect::<Option<_>>()?;
        places.sort_by_key(|(_, place)| *place);
        let ends = places.iter().skip(1).map(|(_, place)| *place).chain([table]);
        let body = |(&(number, start), end): (&(usize, usize), usize)| {
            let object = file.get(start..end)?.trim_ascii().strip_suffix(b"endobj")?;
            let object = object.strip_prefix(format!("{number} 0 obj").as_bytes())?;
            Some((number, object.trim_ascii()))
        };
        let trailer =
            trailer.split("\n>>").next()?.lines().filter(|line| !line.trim_start().starts_with("/Size"));
        Some(Self {
            head: file.get(..places.first()?.1)?,
            objects: places.iter().zip(ends).map(body).collect::<Option<_>>()?,
            next: list.lines().count().checked_sub(2)?,
            trailer: trailer.collect(),
        })
    }
}

fn object(out: &mut Vec<u8>, number: usize, body: &[&[u8]]) {
    out.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
    for piece in body {
        out.extend_from_slice(piece);
    }
    out.extend_from_slice(b"\nendobj\n");
}

/// A compressed stream with these entries in its description.
fn stream(out: &mut Vec<u8>, number: usize, entries: &str, content: &[u8]) -> Option<()> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(content).ok()?;
    let content = encoder.finish().ok()?;
    let head = format!("<<{entries}/Filter/FlateDecode/Length {}>>\nstream\n", content.len());
    object(out, number, &[head.as_bytes(), &content, b"\nendstream"]);
    Some(())
}

/// Objects in one stream: first their numbers and places, then they themselves.
fn bundle(out: &mut Vec<u8>, number: usize, objects: &[(usize, &[u8])]) -> Option<()> {
    let (mut numbers, mut bodies) = (String::new(), Vec::new());
    for (number, body) in objects {
        numbers.extend([number.to_string(), " ".to_owned(), bodies.len().to_string(), " ".to_owned()]);
        bodies.extend_from_slice(body);
        bodies.push(b'\n');
    }
    let entries = format!("/Type/ObjStm/N {}/First {}", objects.len(), numbers.len());
    stream(out, number, &entries, &[numbers.as_bytes(), &bodies].concat())
}

/// The list of places, which is the last object, and where it begins.
fn list(out: &mut Vec<u8>, places: &[Place], trailer: &str) -> Option<()> {
    let start = out.len();
    let mut content = Vec::new();
    for place in places {
        let (kind, first, second) = match *place {
            Place::Nowhere => (0_u8, 0, u16::MAX.into()),
            Place::At(place) => (1, place, 0),
            Place::Within { stream, index } => (2, stream, index),
        };
        content.push(kind);
        content.extend_from_slice(&u32::try_from(first).ok()?.to_be_bytes());
        content.extend_from_slice(&u16::try_from(second).ok()?.to_be_bytes());
    }
    let entries = format!("/Type/XRef/Size {}/W[1 4 2]{trailer}", places.len());
    stream(out, places.len() - 1, &entries, &content)?;
    out.extend_from_slice(format!("startxref\n{start}\n%%EOF\n").as_bytes());
    Some(())
}
