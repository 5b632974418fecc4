//! What a history says in sentences.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::{Gap, GapList, HistoryEntry, HistoryStep, Told};
use crate::model::Difference;
use crate::text::{and_list, plural};

/// What became of the score.
pub(super) fn sentence(entries: &[HistoryEntry]) -> String {
    let mut scored = entries.iter().filter_map(|entry| Some((&entry.date.words, entry.printed()?)));
    let Some((since, first)) = scored.next() else {
        return "No assessment has a score: no question counts.".to_owned();
    };
    let Some((_, last)) = scored.next_back() else {
        return format!("On {since} the score was {first} of 100.");
    };
    match last.cmp(&first) {
        Ordering::Greater => format!("Since {since} the score rose from {first} to {last}."),
        Ordering::Less => format!("Since {since} the score fell from {first} to {last}."),
        Ordering::Equal => format!("Since {since} the score stayed at {first}."),
    }
}

/// What did it.
pub(super) fn explanation(
    entries: &[HistoryEntry],
    real: Difference,
    yardstick: Difference,
    questions_changed: bool,
) -> String {
    if entries.len() < 2 {
        return "This is the only assessment so far; the trend begins with the second.".to_owned();
    }
    let mut sentences = vec![moved(entries, real, yardstick, questions_changed)];
    sentences.extend(without_caps(entries));
    let is_held = |entry: &&HistoryEntry| {
        entry.score.as_ref().is_some_and(|score| score.worlds.stated > Some(score.headline))
    };
    if let Some(held) = entries.last().filter(is_held) {
        let headline = held.printed().unwrap_or_default();
        sentences.push(format!("The score is held at {headline} until more is proven."));
    }
    sentences.join(" ")
}

fn moved(
    entries: &[HistoryEntry],
    real: Difference,
    yardstick: Difference,
    questions_changed: bool,
) -> String {
    let mut steps = entries.iter().filter_map(|entry| entry.step.as_ref());
    let ends = entries.first().zip(entries.last());
    let stated = ends.and_then(|(first, last)| first.stated().zip(last.stated()));
    let whole = steps.all(|step| step.real.is_some());
    let Some((first, last)) = stated.filter(|_| whole) else {
        return format!(
            "Not every assessment can be compared with the one before. Of the others, the answers moved the stated score by {real} points, changed questions by {yardstick}."
        );
    };
    if questions_changed {
        return format!(
            "The stated score went from {first} to {last}: {real} points come from the answers, {yardstick} from changed questions."
        );
    }
    if real == Difference::ZERO {
        return format!("The stated score is {last}, as it was; the questions did not change.");
    }
    format!(
        "The stated score went from {first} to {last}. All of that is real, {real} points: the questions did not change."
    )
}

/// Under a cap, work that is not yet enough to lift it shows here only.
fn without_caps(entries: &[HistoryEntry]) -> Option<String> {
    let (first, last) = (entries.first()?.score.as_ref()?, entries.last()?.score.as_ref()?);
    let is_capped = [first, last].iter().any(|score| score.base.stated > score.worlds.stated);
    let (first, last) = first.base.stated.zip(last.base.stated).filter(|_| is_capped)?;
    Some(format!("Without caps it would have gone from {first} to {last}."))
}

/// That answers were read with another version of the questionnaire than they name.
pub(super) fn notes(entries: &[HistoryEntry]) -> Vec<String> {
    const NAMED: usize = 4;
    let unknown = || entries.iter().filter_map(|entry| entry.unknown_version.as_deref());
    let count = unknown().count();
    let mut versions: Vec<&str> = unknown().collect::<BTreeSet<_>>().into_iter().take(NAMED + 1).collect();
    if let Some(more) = versions.get_mut(NAMED) {
        *more = "others";
    }
    let which = match &versions[..] {
        [] => return Vec::new(),
        [only] => format!("version {only} of the questionnaire, which is"),
        several => format!("versions {} of the questionnaire, which are", and_list(several)),
    };
    let names = plural(count, "assessment names", "assessments name");
    vec![format!(
        "{names} {which} not known here. The answers were read with the current version, so changed questions show as changed answers."
    )]
}

/// What is told of a step to an assessment by a version of the questionnaire.
pub(super) fn told<'a>(step: &'a HistoryStep, version: &str) -> Option<Told<'a>> {
    let list = |heading, gaps: &'a [Gap], closed: bool| GapList {
        heading,
        gaps: gaps.iter().filter(|gap| gap.closed == closed).collect(),
    };
    let lists = [
        list("Missing now", &step.gates, false),
        list("In place now", &step.gates, true),
        list("Would no longer be interrupted", &step.incidents, false),
        list("Would be interrupted now", &step.incidents, true),
    ];
    let lists: Vec<_> = lists.into_iter().filter(|list| !list.gaps.is_empty()).collect();
    let moved = step.yardstick.map_or_else(
        || "the score cannot be compared".to_owned(),
        |by| format!("that moved the stated score by {by} points"),
    );
    let questions =
        step.questions_changed.then(|| format!("The questions changed, to version {version}: {moved}."));
    (questions.is_some() || !lists.is_empty()).then_some(Told { questions, lists })
}
