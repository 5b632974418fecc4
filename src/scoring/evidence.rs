//! Evidence and its ageing.

use crate::model::{Answer, Date, Evidence};

/// The evidence level on a day of an answer in an assessment, and whether it is still as strong as it was written down.
///
/// A claim ages from when it was answered, a document or a check from its own date. It drops once, by one level.
pub(super) fn aged(answer: &Answer, valid_months: u16, assessed: Date, day: Date) -> (Evidence, bool) {
    let fresh = answer.since(assessed).is_within_months(valid_months, day);
    (if fresh { answer.evidence } else { weaker(answer.evidence) }, fresh)
}

fn weaker(evidence: Evidence) -> Evidence {
    match evidence {
        Evidence::Verified => Evidence::Documented,
        Evidence::Documented => Evidence::Claimed,
        Evidence::Claimed | Evidence::Lapsed => Evidence::Lapsed,
    }
}

/// How much of an answer's credit counts as proven, in percent.
pub(super) fn share_proven(evidence: Evidence) -> u8 {
    match evidence {
        Evidence::Lapsed => 0,
        Evidence::Claimed => 50,
        Evidence::Documented => 75,
        Evidence::Verified => 100,
    }
}
