//! Office files are archives of XML parts. One that is handed out says in it what its parts came to when it was made:
//! while they still do, nobody has worked in it since.

use std::io::{Cursor, Read as _, Write as _};

use sha2::{Digest as _, Sha256};
use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// The part that says what the file is, and the end of what stands in it.
const ABOUT: &str = "docProps/core.xml";
const ABOUT_END: &str = "</cp:coreProperties>";
/// What stands before and behind the sum of the parts.
const SEAL: (&str, &str) = ("<dc:identifier>sha256:", "</dc:identifier>");
/// The largest file of that sort that is looked at, in bytes of its parts.
const LARGEST: u64 = 64 * 1024 * 1024;

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

/// The same file with the sum of its parts in it, by which it is known again.
///
/// # Errors
/// When it is not a file of this sort, or the writer fails, which it does not for files that were just made.
pub fn sealed(bytes: &[u8]) -> ZipResult<Vec<u8>> {
    let mut parts = all(bytes)?;
    let seal = format!("{}{}{}{ABOUT_END}", SEAL.0, sum(&parts), SEAL.1);
    for (_, text) in parts.iter_mut().filter(|(name, _)| name == ABOUT) {
        *text = text.replace(ABOUT_END, &seal);
    }
    let parts: Vec<(&str, &str)> = parts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    packed(&parts)
}

/// Whether a file is one that this program made and nobody has worked in since.
pub fn made(bytes: &[u8]) -> bool {
    let Ok(mut parts) = all(bytes) else { return false };
    let Some((_, text)) = parts.iter_mut().find(|(name, _)| name == ABOUT) else { return false };
    let Some((before, rest)) = text.split_once(SEAL.0) else { return false };
    let Some((seal, after)) = rest.split_once(SEAL.1) else { return false };
    let (seal, unsealed) = (seal.to_owned(), format!("{before}{after}"));
    *text = unsealed;
    sum(&parts) == seal
}

/// What parts come to: the same only when every one of them is the same.
fn sum(parts: &[(String, String)]) -> String {
    let mut sum = Sha256::new();
    for piece in parts.iter().flat_map(|(name, text)| [name, text]) {
        sum.update((piece.len() as u64).to_le_bytes());
        sum.update(piece);
    }
    sum.finalize().iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

/// Every part with its text.
fn all(bytes: &[u8]) -> ZipResult<Vec<(String, String)>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))?;
    let mut parts = Vec::new();
    let mut left = LARGEST;
    for place in 0..archive.len() {
        let part = archive.by_index(place)?;
        let (name, mut text) = (part.name()?.into_owned(), String::new());
        part.take(left).read_to_string(&mut text)?;
        left = left.saturating_sub(text.len() as u64);
        parts.push((name, text));
    }
    Ok(parts)
}

/// The parts whose names begin so, with their texts.
#[cfg(test)]
pub(super) fn parts(bytes: &[u8], prefix: &str) -> ZipResult<Vec<(String, String)>> {
    let mut parts = all(bytes)?;
    parts.retain(|(name, _)| name.starts_with(prefix) && !name.contains("_rels"));
    Ok(parts)
}
