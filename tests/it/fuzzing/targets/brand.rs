//! A brand and its logo: what is accepted makes a report that is as harmless as one without.
//!
//! The file stands in front of a NUL byte and the logo, whatever it is called, behind it.

use safeseat::format::Document;
use safeseat::format::brand::{self, Pictures};

use super::shared::{ANSWERS, WHOLE, reported, sound, text};

/// The one picture that there is, by any name.
struct Picture<'a>(&'a [u8]);

impl Pictures for Picture<'_> {
    fn read(&self, _: &str) -> Result<Option<Vec<u8>>, String> {
        Ok(Some(self.0.to_vec()))
    }
}

/// Reads the bytes as a brand with its logo.
pub fn run(data: &[u8]) {
    let (file, picture) = data.split_at(data.iter().position(|byte| *byte == 0).unwrap_or(data.len()));
    let Some(source) = text(file) else { return };
    let (brand, problems) = brand::read(
        &Document::parse(&source),
        &Picture(picture.get(1..).unwrap_or_default()),
        &["en-GB", "cy"],
    );
    sound(&problems);
    assert_eq!(brand.is_none(), problems.has_errors());
    let Some(brand) = brand else { return };
    let mut report = WHOLE.report(&ANSWERS);
    report.head.wear(brand);
    reported(&report);
}
