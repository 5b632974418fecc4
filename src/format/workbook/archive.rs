//! The parts of a spreadsheet, looked at before any of them is read: how large they become, where they stand, and
//! whether they could do anything by themselves.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::{WorkbookError, broken};
use crate::text::{and_list, visible};

/// How large its parts may be together once they are inflated, in bytes.
const MOST_INFLATED: u64 = 32 * 1024 * 1024;
/// How much larger than packed a part may be, and from which size on that is asked.
const RATIO: u64 = 100;
const RATIO_FROM: u64 = 256 * 1024;
/// How many parts there may be.
const MOST_PARTS: usize = 2000;
/// How many tags the parts may have together: enough for that many cells with as many texts.
const MOST_TAGS: usize = 2_000_000;
/// What could do something by itself or leads out of the file: what it is called here, how the names of its parts begin,
/// and a word of their type. A part may have any name; its type is what spreadsheet programs go by.
const ACTIVE: [(&str, &[&str], &str); 8] = [
    ("macros", &["xl/vbaproject", "xl/vbadata"], "vbaproject"),
    ("macros", &["xl/macrosheets/", "xl/intlmacrosheets/"], "macrosheet"),
    ("macros", &[], "macroenabled"),
    ("dialogues", &["xl/dialogsheets/"], "dialogsheet"),
    ("embedded objects", &["xl/embeddings/"], "oleobject"),
    ("controls that run", &["xl/activex/"], "activex"),
    ("links to other files", &["xl/externallinks/"], "externallink"),
    ("connections to data elsewhere", &["xl/connections.xml", "xl/querytables/"], "connections+xml"),
];
/// The part that says of which type each part is.
const TYPES: &str = "[Content_Types].xml";
/// The longest word that is looked for in a part, in bytes.
const LONGEST_WORD: usize = 16;

/// Looks at every part without keeping any: what the directory says first, then what really comes out.
pub(super) fn check(bytes: &[u8]) -> Result<(), WorkbookError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| WorkbookError::NotASpreadsheet)?;
    if archive.len() > MOST_PARTS {
        return Err(WorkbookError::Bomb(format!("it has {} parts", archive.len())));
    }
    let mut told = 0_u64;
    let mut seen = Seen::default();
    for place in 0..archive.len() {
        let part = archive.by_index_raw(place).map_err(broken)?;
        if part.encrypted() {
            return Err(WorkbookError::NotASpreadsheet);
        }
        let name = part.name().map_err(broken)?;
        if !is_ordinary(&name) || part.is_symlink() {
            return Err(WorkbookError::OddPart(visible(&name).into_owned()));
        }
        seen.named(&name);
        grown(&name, part.compressed_size(), part.size())?;
        told = told.saturating_add(part.size());
        in_all(told)?;
    }
    if archive.index_for_name("xl/workbook.xml").is_none() {
        return Err(WorkbookError::NotASpreadsheet);
    }
    for place in 0..archive.len() {
        let mut part = archive.by_index(place).map_err(broken)?;
        let (name, packed) = (part.name().map_err(broken)?.into_owned(), part.compressed_size());
        inflate(&mut part, &name, packed, &mut seen)?;
    }
    if seen.active.is_empty() {
        return Ok(());
    }
    let active: Vec<String> =
        seen.active.into_iter().map(|(what, part)| format!("{what} ({part})")).collect();
    Err(WorkbookError::Active(and_list(&active)))
}

/// What has come out of the parts so far.
#[derive(Default)]
struct Seen {
    bytes: u64,
    tags: usize,
    /// What could do something by itself, with the part in which it was seen first.
    active: BTreeMap<&'static str, String>,
}

impl Seen {
    /// Notices what the name of a part says that it is.
    fn named(&mut self, name: &str) {
        let lower = name.to_ascii_lowercase();
        for (what, beginnings, _) in ACTIVE {
            if beginnings.iter().any(|beginning| lower.starts_with(beginning)) {
                self.active.entry(what).or_insert_with(|| visible(name).into_owned());
            }
        }
    }

    /// Notices the types that a piece of the part about types names.
    fn typed(&mut self, piece: &[u8]) {
        for (what, _, word) in ACTIVE {
            if has(piece, word.as_bytes()) {
                self.active.entry(what).or_insert_with(|| TYPES.to_owned());
            }
        }
    }
}

/// Whether a part stands where parts of spreadsheets stand, and is no archive itself.
fn is_ordinary(name: &str) -> bool {
    let archive = |ending: &str| {
        ["zip", "xlsx", "xlsm", "xlsb", "docx", "pptx", "jar", "7z", "rar", "gz", "exe"]
            .iter()
            .any(|known| ending.eq_ignore_ascii_case(known))
    };
    let steps = name.split(['/', '\\']).any(|step| step == "..");
    let absolute = name.starts_with(['/', '\\']) || name.contains(':');
    !steps && !absolute && !name.contains(['\0', '\\']) && !archive(ending(name))
}

fn ending(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, ending)| ending)
}

fn grown(name: &str, packed: u64, inflated: u64) -> Result<(), WorkbookError> {
    if inflated >= RATIO_FROM && inflated / RATIO > packed {
        let name = visible(name);
        return Err(WorkbookError::Bomb(format!("{name} grows more than {RATIO} times")));
    }
    Ok(())
}

fn in_all(inflated: u64) -> Result<(), WorkbookError> {
    if inflated > MOST_INFLATED {
        return Err(WorkbookError::Bomb("its parts are larger than 32 MiB together".to_owned()));
    }
    Ok(())
}

/// Inflates a part without keeping it, as far as it may go.
#[expect(clippy::naive_bytecount, reason = "32 MiB at most")]
fn inflate(part: &mut impl Read, name: &str, packed: u64, seen: &mut Seen) -> Result<(), WorkbookError> {
    let is_markup = matches!(ending(name).to_ascii_lowercase().as_str(), "xml" | "rels" | "vml");
    let mut buffer = vec![0; 64 * 1024];
    // Between two pieces stand so many bytes that belong to both, so that no word is cut in two.
    let (mut size, mut kept) = (0, 0);
    loop {
        let more = part.read(&mut buffer[kept..]).map_err(broken)?;
        if more == 0 {
            return Ok(());
        }
        size += more as u64;
        seen.bytes += more as u64;
        in_all(seen.bytes)?;
        grown(name, packed, size)?;
        let filled = kept + more;
        if is_markup {
            check_markup(name, &buffer[..filled])?;
            if name.eq_ignore_ascii_case(TYPES) {
                seen.typed(&buffer[..filled]);
            }
            seen.tags += buffer[kept..filled].iter().filter(|byte| **byte == b'<').count();
            if seen.tags > MOST_TAGS {
                return Err(WorkbookError::Bomb("it has more than two million tags".to_owned()));
            }
        }
        kept = filled.min(LONGEST_WORD);
        buffer.copy_within(filled - kept..filled, 0);
    }
}

/// Refuses a part that says what is to be put in place of something else.
fn check_markup(name: &str, piece: &[u8]) -> Result<(), WorkbookError> {
    if has(piece, b"<!doctype") || has(piece, b"<!entity") {
        return Err(WorkbookError::OddPart(format!("{} declares entities", visible(name))));
    }
    Ok(())
}

/// Whether a word stands in a piece, in whatever case.
fn has(piece: &[u8], word: &[u8]) -> bool {
    piece.windows(word.len()).any(|window| window.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_that_lead_elsewhere_or_are_archives_are_odd() {
        for name in [
            "../x.xml",
            "xl/../../x",
            "/etc/passwd",
            "C:/x",
            "xl\\x.xml",
            "xl/embeddings/a.xlsx",
            "a.zip",
            "a\0b",
        ] {
            assert!(!is_ordinary(name), "{name}");
        }
        for name in ["xl/worksheets/sheet1.xml", "[Content_Types].xml", "_rels/.rels", "xl/media/image1.png"]
        {
            assert!(is_ordinary(name), "{name}");
        }
    }

    fn inflated(part: &mut impl Read, name: &str, packed: u64) -> Result<(), WorkbookError> {
        inflate(part, name, packed, &mut Seen::default())
    }

    #[test]
    fn what_grows_beyond_reason_is_refused_while_it_is_read() {
        for (byte, name, packed) in
            [(b' ', "xl/worksheets/sheet1.xml", 1000), (b' ', "a.png", u64::MAX), (b'<', "a.xml", u64::MAX)]
        {
            let refused = inflated(&mut std::io::repeat(byte), name, packed);
            assert!(matches!(refused, Err(WorkbookError::Bomb(_))), "{name}");
        }
    }

    #[test]
    fn an_entity_is_found_wherever_it_stands() {
        for before in [0, 65_530, 65_536, 100_000] {
            let text = " ".repeat(before) + "<!DocType x [<!ENTITY a \"b\">]>";
            let refused = inflated(&mut text.as_bytes(), "a.xml", text.len() as u64);
            assert!(matches!(refused, Err(WorkbookError::OddPart(_))), "{before}");
        }
    }
}
