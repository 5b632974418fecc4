//! What moved, in words.

use super::{Moment, ScoreMovement};
use crate::model::{Difference, Points};

/// The weakest area of an assessment.
pub(super) struct Weakest<'a> {
    pub(super) title: &'a str,
    /// Stated.
    pub(super) score: Points,
}

/// What moved, in one sentence.
pub(super) fn sentence(old: &Moment, new: &Moment) -> String {
    let since = format!("Since {}", old.date.words);
    let (Some(before), Some(now)) = (&old.score, &new.score) else {
        return match (&old.score, &new.score) {
            (None, Some(now)) => {
                format!("{since} there is a score: {}. Before, no question counted.", now.headline.printed())
            }
            (Some(_), None) => format!("{since} the score is gone: no question counts any more."),
            _ => "There is no score, now or before: no question counts.".to_owned(),
        };
    };
    let (from, to) = (before.headline.printed(), now.headline.printed());
    let bands = match (&old.band, &new.band) {
        (Some(was), Some(is)) if was.id != is.id => format!(", from {} to {}", was.id, is.id),
        _ => String::new(),
    };
    match from.cmp(&to) {
        std::cmp::Ordering::Less => format!("{since} the score rose from {from} to {to}{bands}."),
        std::cmp::Ordering::Greater => format!("{since} the score fell from {from} to {to}{bands}."),
        std::cmp::Ordering::Equal => format!("{since} the score has stayed at {to}."),
    }
}

/// What else explains the numbers.
pub(super) fn remarks(score: Option<&ScoreMovement>, weakest: Option<(Weakest, Weakest)>) -> String {
    let mut sentences = Vec::new();
    let Some(score) = score else { return String::new() };
    if score.proof != Difference::ZERO {
        let what = if score.proof.is_loss() { "Less of it is proven" } else { "More of it is proven" };
        sentences.push(format!("{what} than before: {} points.", score.proof));
    }
    if score.cap != Difference::ZERO {
        let what =
            if score.cap.is_loss() { "A cap takes more than before" } else { "A cap takes less than before" };
        sentences.push(format!("{what}: {} of these points.", score.cap));
    }
    if let Some((then, now)) = weakest.filter(|(then, now)| then.title != now.title) {
        sentences.push(format!(
            "The weakest area makes a quarter of the score, so its questions count more: it was “{}” ({}) and is now “{}” ({}).",
            then.title,
            then.score.printed(),
            now.title,
            now.score.printed()
        ));
    }
    sentences.join(" ")
}

/// What did it: the answers, the questions, or both.
pub(super) fn causes(score: Option<&ScoreMovement>, yardstick_moved: bool) -> String {
    let Some(score) = score else {
        return "Without a score on both days there is nothing to compare but the answers.".to_owned();
    };
    let (real, yardstick) = (score.real, score.yardstick);
    match (real == Difference::ZERO, yardstick == Difference::ZERO, yardstick_moved) {
        (true, true, false) => "Neither your answers nor the questions moved it.".to_owned(),
        (true, true, true) => {
            "Your answers did not move it. The questions changed, without an effect on the score.".to_owned()
        }
        (false, true, false) => {
            format!("Your answers moved it: {real} points. The questions have not changed.")
        }
        (false, true, true) => {
            format!(
                "Your answers moved it: {real} points. The questions changed, without an effect on the score."
            )
        }
        (true, false, _) => format!(
            "Your answers did not move it. The yardstick did: the questions changed, and that alone makes {yardstick} points."
        ),
        (false, false, _) => format!(
            "Your answers moved it: {real} points. The yardstick moved too: the questions changed, and that alone makes {yardstick} points."
        ),
    }
}
