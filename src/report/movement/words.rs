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
pub(super) fn remarks(
    score: Option<&ScoreMovement>,
    moments: [&Moment; 2],
    still_caps: &[String],
    weakest: Option<(Weakest, Weakest)>,
) -> Vec<String> {
    let mut sentences: Vec<String> = moments.iter().filter_map(|moment| unknown_version(moment)).collect();
    let Some(score) = score else { return sentences };
    if score.proof != Difference::ZERO && score.real != Difference::ZERO {
        let what = if score.proof.is_loss() { "Less of it is proven" } else { "More of it is proven" };
        sentences.push(format!("{what} than before: {} points.", score.proof));
    }
    if score.cap != Difference::ZERO {
        let base =
            |moment: &Moment| moment.score.as_ref().and_then(|score| score.base.stated).unwrap_or_default();
        let [then, now] = moments.map(base);
        sentences.push(format!("Without caps it would have gone from {then} to {now}."));
    }
    if !still_caps.is_empty() && score.cap.is_loss() {
        sentences.push(format!("What caps it now: {}.", still_caps.join("; ")));
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
    sentences
}

/// That a version which answers name is not known, and which one they were scored with instead.
fn unknown_version(moment: &Moment) -> Option<String> {
    let named = moment.unknown_version.as_ref()?;
    Some(format!(
        "The answers of {} name version {named} of the questionnaire, which is not known here. They were scored with \
         version {}, so changed questions look like changed answers.",
        moment.date.words, moment.version
    ))
}

/// What did it: the answers, the questions, or both.
pub(super) fn causes(
    score: Option<&ScoreMovement>,
    yardstick_moved: bool,
    moments: [&Moment; 2],
    changed: bool,
) -> String {
    let Some(score) = score else {
        return "Without a score on both days there is nothing to compare but the answers.".to_owned();
    };
    let stayed = moments[0].printed() == moments[1].printed();
    let answers = match (score.real, score.cap, score.proof) {
        (Difference::ZERO, Difference::ZERO, Difference::ZERO) if changed => {
            "Your answers changed, but not in what they score.".to_owned()
        }
        (Difference::ZERO, Difference::ZERO, Difference::ZERO) => "Your answers have not changed.".to_owned(),
        (Difference::ZERO, Difference::ZERO, proof) => {
            let more = if proof.is_loss() { "less" } else { "more" };
            format!("Your answers earn what they earned; {more} of it is proven: {proof} points.")
        }
        (Difference::ZERO, ..) => "Your answers changed; a cap hides what that is worth.".to_owned(),
        (real, ..) if stayed => format!("Within that, your answers moved it: {real} points."),
        (real, ..) => format!("Your answers moved it: {real} points."),
    };
    let unknown = moments.iter().any(|moment| moment.unknown_version.is_some());
    let questions = match score.yardstick {
        Difference::ZERO if yardstick_moved => {
            "The questions changed, without an effect on the score.".to_owned()
        }
        Difference::ZERO if unknown => "Whether the questions changed cannot be told.".to_owned(),
        Difference::ZERO => "The questions have not changed.".to_owned(),
        yardstick => {
            format!("The yardstick moved: the questions changed, and that alone makes {yardstick} points.")
        }
    };
    format!("{answers} {questions}")
}
