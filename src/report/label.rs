//! The words of the engine that reports show: its own, in machine output, and a phrase for people.

use crate::scoring::{Band, Word};
use crate::text::phrase;

/// How an incident ends.
pub(super) fn word(word: Word) -> &'static str {
    match word {
        Word::Open => phrase("open"),
        Word::Hindered => phrase("hindered"),
        Word::Interrupted => phrase("interrupted"),
        Word::Layered => phrase("layered"),
    }
}

/// A band of the score.
pub(super) fn band(band: Band) -> &'static str {
    match band {
        Band::Exposed => phrase("exposed"),
        Band::Weak => phrase("weak"),
        Band::Fair => phrase("fair"),
        Band::Good => phrase("good"),
        Band::Strong => phrase("strong"),
    }
}
