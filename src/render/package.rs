//! Office files are archives of XML parts. They say who saved them last and with what: while both are as they were made,
//! nobody has worked in them since.

use std::io::{Cursor, Read as _, Write as _};

use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// The part that says who saved the file last, and what stands there while it is this program.
const WHO: (&str, [&str; 1]) = ("docProps/core.xml", ["<cp:lastModifiedBy>safeseat "]);
/// The part that says with what: some programs change only this. The second is what the writer of spreadsheets says.
const WITH_WHAT: (&str, [&str; 2]) =
    ("docProps/app.xml", ["<Application>safeseat<", "<Application>Microsoft Excel<"]);
/// The largest part of that sort that is looked at.
const LARGEST: u64 = 64 * 1024;

/// The parts as one archive. The same parts give the same bytes.
///
/// # Errors
/// When the writer fails, which writing to memory does not.
pub(super) fn packed(parts: &[(&str, &str)]) -> ZipResult<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(*name, options)?;
        archive.write_all(text.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}

/// Whether a file is one that this program made and nobody has saved since.
pub fn made(bytes: &[u8]) -> bool {
    says(bytes, WHO.0, &WHO.1) && says(bytes, WITH_WHAT.0, &WITH_WHAT.1)
}

/// Whether a part is there and has one of these pieces in it.
fn says(bytes: &[u8], part: &str, pieces: &[&str]) -> bool {
    let read = || {
        let mut text = String::new();
        let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
        archive.by_name(part).ok()?.take(LARGEST).read_to_string(&mut text).ok()?;
        Some(text)
    };
    read().is_some_and(|text| pieces.iter().any(|piece| text.contains(piece)))
}

/// The parts whose names begin so, with their texts.
#[cfg(test)]
pub(super) fn parts(bytes: &[u8], prefix: &str) -> ZipResult<Vec<(String, String)>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))?;
    let mut parts = Vec::new();
    for place in 0..archive.len() {
        let mut part = archive.by_index(place)?;
        let (name, mut text) = (part.name()?.into_owned(), String::new());
        part.read_to_string(&mut text)?;
        parts.push((name, text));
    }
    parts.retain(|(name, _)| name.starts_with(prefix) && !name.contains("_rels"));
    Ok(parts)
}
