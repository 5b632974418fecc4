//! Templates of a person's own: refused with a place, or they make a page that passes the scan of pages.
//!
//! Up to three files stand one behind the other with NUL bytes between them: a part of the report, a piece that it may
//! include, and a style sheet.

use std::thread;

use safeseat::problem::Source;
use safeseat::render::own::Templates;
use safeseat::text::Words;

use super::shared::{ANSWERS, WHOLE, sound};

const NAMES: [&str; 3] = ["report/areas.html", "own/part.html", "report/report.css"];
/// What the program gives templates that include each other.
const STACK: usize = 128 * 1024 * 1024;
/// The program stops templates that take more than five seconds. Those that could are left out here: so many words of
/// loops, and so many uses of components.
const MOST_LOOPS: usize = 12;
const MOST_USES: usize = 2;

/// Takes the bytes as templates and fills them in.
pub fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let uses = if text.contains("component") { text.matches("/>").count() } else { 0 };
    if text.matches("for").count() > MOST_LOOPS || uses > MOST_USES {
        return;
    }
    let files: Vec<(String, Source)> = NAMES
        .iter()
        .zip(text.split('\0'))
        .map(|(name, text)| ((*name).to_owned(), Source::new(*name, text.to_owned())))
        .collect();
    let fill = move || match Templates::new(files, Words::ENGLISH)
        .and_then(|templates| templates.page(&WHOLE.report(&ANSWERS)))
    {
        Ok(page) => assert!(page.contains("default-src 'none'")),
        Err(problems) => {
            assert!(problems.has_errors());
            sound(&problems);
        }
    };
    let filled = thread::Builder::new().stack_size(STACK).spawn(fill).expect("a thread").join();
    if let Err(panic) = filled {
        std::panic::resume_unwind(panic);
    }
}
