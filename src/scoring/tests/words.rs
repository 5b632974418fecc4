//! Words of machine output: other programs compare them.

use crate::scoring::{Band, ChangeKind, GateState, Word};

#[test]
fn other_programs_find_the_words_that_they_know() {
    assert_eq!(Band::ALL.map(Band::as_str), ["exposed", "weak", "fair", "good", "strong"]);
    assert_eq!([GateState::Failed, GateState::Held].map(GateState::as_str), ["failed", "held"]);
    let outcomes = [Word::Open, Word::Hindered, Word::Interrupted, Word::Layered];
    assert_eq!(outcomes.map(Word::as_str), ["open", "hindered", "interrupted", "layered"]);
    let changes = [ChangeKind::Fixed, ChangeKind::NowUnknown, ChangeKind::Added, ChangeKind::WaiverExpired];
    assert_eq!(changes.map(ChangeKind::as_str), ["fixed", "now-unknown", "added", "waiver-expired"]);
}
