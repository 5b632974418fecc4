//! What moved, in words.

use std::cmp::Ordering;
use std::fmt::Display;

use super::{Moment, ScoreMovement};
use crate::model::{Difference, Points};
use crate::text::{Words, phrase};

/// The weakest area of an assessment.
pub(super) struct Weakest<'a> {
    pub(super) title: &'a str,
    /// Stated.
    pub(super) score: Points,
}

/// What moved, in one sentence.
pub(super) fn sentence(old: &Moment, new: &Moment, words: &Words) -> String {
    let (from, to) = (old.printed(), new.printed());
    let bands = old.band.as_ref().zip(new.band.as_ref()).filter(|(was, is)| was.id != is.id);
    let how = match (from, to) {
        (None, None) => phrase("There is no score, now or before: no question counts."),
        (None, Some(_)) => phrase("Since {day} there is a score: {to}. Before, no question counted."),
        (Some(_), None) => phrase("Since {day} the score is gone: no question counts any more."),
        (Some(from), Some(to)) => match (from.cmp(&to), bands) {
            (Ordering::Less, None) => phrase("Since {day} the score rose from {from} to {to}."),
            (Ordering::Less, Some(_)) => {
                phrase("Since {day} the score rose from {from} to {to}, from {was} to {is}.")
            }
            (Ordering::Greater, None) => phrase("Since {day} the score fell from {from} to {to}."),
            (Ordering::Greater, Some(_)) => {
                phrase("Since {day} the score fell from {from} to {to}, from {was} to {is}.")
            }
            (Ordering::Equal, _) => phrase("Since {day} the score has stayed at {to}."),
        },
    };
    let [was, is] = bands.map_or(["", ""], |(was, is)| [was, is].map(|band| words.say(band.id)));
    let [from, to] = [from, to].map(Option::unwrap_or_default);
    let day = &old.date.words;
    words.fill(how, &[("day", day), ("from", &from), ("to", &to), ("was", &was), ("is", &is)])
}

/// What else explains the numbers.
pub(super) fn remarks(
    score: Option<&ScoreMovement>,
    moments: [&Moment; 2],
    still_caps: &[String],
    weakest: Option<(Weakest, Weakest)>,
    words: &Words,
) -> Vec<String> {
    let mut sentences: Vec<String> =
        moments.iter().filter_map(|moment| unknown_version(moment, words)).collect();
    let Some(score) = score else { return sentences };
    if score.proof != Difference::ZERO && score.real != Difference::ZERO {
        let how = if score.proof.is_loss() {
            phrase("Less of it is proven than before: {points} points.")
        } else {
            phrase("More of it is proven than before: {points} points.")
        };
        sentences.push(words.fill(how, &[("points", &score.proof)]));
    }
    if score.cap != Difference::ZERO {
        let base =
            |moment: &Moment| moment.score.as_ref().and_then(|score| score.base.stated).unwrap_or_default();
        let [then, now] = moments.map(base);
        let how = phrase("Without caps it would have gone from {from} to {to}.");
        sentences.push(words.fill(how, &[("from", &then), ("to", &now)]));
    }
    if !still_caps.is_empty() && score.cap.is_loss() {
        sentences.push(words.fill("What caps it now: {caps}.", &[("caps", &still_caps.join("; "))]));
    }
    if let Some((then, now)) = weakest.filter(|(then, now)| then.title != now.title) {
        sentences.push(words.fill(
            "The weakest area makes a quarter of the score, so its questions count more: it was “{then}” ({then_score}) \
             and is now “{now}” ({now_score}).",
            &[
                ("then", &then.title),
                ("then_score", &then.score.printed()),
                ("now", &now.title),
                ("now_score", &now.score.printed()),
            ],
        ));
    }
    sentences
}

/// That a version which answers name is not known, and which one they were scored with instead.
fn unknown_version(moment: &Moment, words: &Words) -> Option<String> {
    let named = moment.unknown_version.as_ref()?;
    Some(words.fill(
        "The answers of {day} name version {named} of the questionnaire, which is not known here. They were scored with \
         version {version}, so changed questions look like changed answers.",
        &[("day", &moment.date.words), ("named", named), ("version", &moment.version)],
    ))
}

/// What did it: the answers, the questions, or both.
pub(super) fn causes(
    score: Option<&ScoreMovement>,
    yardstick_moved: bool,
    moments: [&Moment; 2],
    changed: bool,
    words: &Words,
) -> String {
    let Some(score) = score else {
        let said = words.say("Without a score on both days there is nothing to compare but the answers.");
        return said.to_owned();
    };
    let stayed = moments[0].printed() == moments[1].printed();
    let answers = match (score.real, score.cap, score.proof) {
        (Difference::ZERO, Difference::ZERO, Difference::ZERO) if changed => {
            phrase("Your answers changed, but not in what they score.")
        }
        (Difference::ZERO, Difference::ZERO, Difference::ZERO) => phrase("Your answers have not changed."),
        (Difference::ZERO, Difference::ZERO, proof) if proof.is_loss() => {
            phrase("Your answers earn what they earned; less of it is proven: {proof} points.")
        }
        (Difference::ZERO, Difference::ZERO, _) => {
            phrase("Your answers earn what they earned; more of it is proven: {proof} points.")
        }
        (Difference::ZERO, ..) => phrase("Your answers changed; a cap hides what that is worth."),
        _ if stayed => phrase("Within that, your answers moved it: {real} points."),
        _ => phrase("Your answers moved it: {real} points."),
    };
    let unknown = moments.iter().any(|moment| moment.unknown_version.is_some());
    let questions = match score.yardstick {
        Difference::ZERO if yardstick_moved => {
            phrase("The questions changed, without an effect on the score.")
        }
        Difference::ZERO if unknown => phrase("Whether the questions changed cannot be told."),
        Difference::ZERO => phrase("The questions have not changed."),
        _ => phrase("The yardstick moved: the questions changed, and that alone makes {yardstick} points."),
    };
    let values: [(&str, &dyn Display); 3] =
        [("proof", &score.proof), ("real", &score.real), ("yardstick", &score.yardstick)];
    format!("{} {}", words.fill(answers, &values), words.fill(questions, &values))
}
