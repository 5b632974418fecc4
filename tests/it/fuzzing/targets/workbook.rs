//! A spreadsheet that comes back filled in: refused, or what is accepted of it gets into the answers file.
//!
//! Bytes that begin like an archive are taken as they are. Anything else is a list of parts that are packed first: a
//! line `=== xl/workbook.xml` in front of the text of each.

use std::io::{Cursor, Write as _};
use std::panic;
use std::sync::Once;

use safeseat::cli::filled::Filled;
use safeseat::format::{Document, assessment, rewrite, workbook};
use safeseat::problem::Source;
use safeseat::report::form;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::shared::{WHOLE, beginning, harmless, scored, today};

/// What a spreadsheet can hold, in bytes, when it is made of so many.
const GROWS: usize = 32 * 1024 * 1024;

/// What the program does at a panic: while a spreadsheet is read, that is caught.
static HOOK: Once = Once::new();

fn hook() {
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        if !workbook::is_reading() {
            before(panic);
        }
    }));
}

/// Reads the bytes as a spreadsheet and takes over what can be.
pub fn run(data: &[u8]) {
    HOOK.call_once(hook);
    let bytes = if data.starts_with(b"PK") { data.to_vec() } else { packed(data) };
    let sheets = match workbook::read(&bytes, &[form::START, form::QUESTIONS]) {
        Ok(sheets) => sheets,
        Err(error) => {
            assert!(!error.to_string().is_empty() && !error.help().is_empty());
            return;
        }
    };
    let text: usize = sheets.values().flat_map(|sheet| sheet.cells.values()).map(String::len).sum();
    assert!(text <= GROWS);
    let Ok(filled) = Filled::new(sheets) else { return };
    let _ = (filled.questionnaire(), filled.organisation());
    let questionnaire = &WHOLE.questionnaire;
    let (draft, mut interview) = beginning(today());
    let accepted = filled.accept(&mut interview);
    for cell in &accepted.refused {
        harmless(&cell.message.replace('\n', ""));
        harmless(&cell.help);
    }
    let written =
        rewrite::rewritten(&draft, &accepted.changes, questionnaire).expect("a file of ours can be changed");
    let source = Source::new("answers.toml", written);
    let (read, problems) = assessment::read(&Document::parse(&source), questionnaire);
    assert_eq!(read.as_ref(), Some(interview.assessment()), "{problems:?}\n{}", source.text());
    scored(&WHOLE, interview.assessment());
}

/// An archive of the parts that a text lists.
fn packed(data: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(data);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for part in text.split("=== ").skip(1) {
        let (name, content) = part.split_once('\n').unwrap_or((part, ""));
        // A name that stands there twice is refused by whoever packs.
        if archive.start_file(name, stored).is_ok() {
            archive.write_all(content.as_bytes()).expect("memory takes everything");
        }
    }
    archive.finish().expect("memory takes everything").into_inner()
}
