//! The verdict in words.

use std::fmt::Display;

use super::{Counts, Hold, HoldKind};
use crate::model::Points;
use crate::report::{Input, Score, label};
use crate::scoring::{GateState, Stability};
use crate::text::{Words, phrase, sentence_case};

/// A warning when more than 15 % of the weight is declared not applicable.
pub(super) fn scope_banner(reduced: Points, words: &Words) -> Option<String> {
    let percent = reduced.get() / 100;
    (reduced.get() > 1500).then(|| {
        words.fill(
            "{percent}% of the weight was declared not applicable. Read the result as one for the rest only.",
            &[("percent", &percent)],
        )
    })
}

/// Whether a single weight could change the band: the word in machine output, and a sentence.
pub(super) fn stability(stability: Stability, words: &Words) -> (&'static str, String) {
    match stability {
        Stability::Steady => {
            let said =
                words.say("Steady: no single weight, halved or doubled, moves the result to another band.");
            ("steady", said.to_owned())
        }
        Stability::Edge { neighbour } => {
            let said = words.fill(
                "On the edge: with one weight halved or doubled, or another share for the weakest area, the band \
                 would be {band}.",
                &[("band", &words.say(label::band(neighbour)))],
            );
            ("edge", said)
        }
    }
}

/// Gates that fail without holding anything down yet, because the score is lower anyway.
fn ceiling(input: &Input) -> Option<String> {
    let gates = input.questionnaire.gates().iter().zip(&input.evaluation.scores.gates);
    let failing = gates.filter(|(_, result)| result.state.stated == GateState::Failed);
    let cap = failing.map(|(gate, _)| gate.cap.get()).min()?;
    let basics = missing_basics(input);
    let values: [(&str, &dyn Display); 2] = [("basics", &basics), ("cap", &cap)];
    Some(input.words.fill("{basics}; until that changes, the result cannot rise above {cap}.", &values))
}

/// How many basics fail, and whether they are missing or only not known yet.
fn missing_basics(input: &Input) -> String {
    let gates = &input.evaluation.scores.gates;
    let failing: Vec<_> = gates.iter().filter(|gate| gate.state.stated == GateState::Failed).collect();
    let unknown = failing.iter().filter(|gate| gate.state.possible == GateState::Held).count();
    let how = match (failing.len(), unknown) {
        (1, 0) => phrase("One basic protection is missing"),
        (1, _) => phrase("One basic protection is not known to be in place"),
        (_, 0) => phrase("{count} basic protections are missing"),
        (all, unknown) if all == unknown => phrase("{count} basic protections are not known to be in place"),
        _ => phrase("{count} basic protections are missing or not known to be in place"),
    };
    let count = sentence_case(&input.words.number_word(failing.len()));
    input.words.fill(how, &[("count", &count)])
}

/// The verdict in one to three sentences.
pub(super) fn sentence(input: &Input, score: Option<&Score>, hold: Option<&Hold>, counts: Counts) -> String {
    let words = input.words;
    let Some(score) = score else {
        let none = words
            .say("There is no score: no question counts. Answer some questions, or check the scoping facts.");
        return none.to_owned();
    };
    let open = counts.unknown + counts.unanswered;
    if counts.in_scope > 0 && counts.answered + counts.not_applicable == 0 {
        let open = words.plural(open, "question is open", "questions are open");
        return words
            .fill("Nothing is known yet: {open}. The score rises as you find out.", &[("open", &open)]);
    }
    let lead = words.say(match score.base.stated.map_or(0, Points::printed) {
        80.. => "Most of what good practice asks for is in place.",
        60..80 => "Much is in place.",
        40..60 => "Some of the basics are in place.",
        _ => "Little of what good practice asks for is in place so far.",
    });
    let mut sentences = vec![lead.to_owned()];
    sentences.extend(hold.map(|hold| hold_sentence(input, hold)).or_else(|| ceiling(input)));
    if let (true, Some(possible)) = (open > 0, score.worlds.possible) {
        let worth = possible.printed().saturating_sub(score.headline.printed());
        if worth >= 5 {
            let open = words.plural(open, "question is still open", "questions are still open");
            let values: [(&str, &dyn Display); 2] = [("open", &open), ("worth", &worth)];
            sentences.push(words.fill("{open}, worth up to {worth} points.", &values));
        }
    }
    sentences.join(" ")
}

fn hold_sentence(input: &Input, hold: &Hold) -> String {
    let how = match hold.kind {
        HoldKind::Gate => phrase("{basics}, and that holds the result at {cap}."),
        HoldKind::Incident => phrase(
            "A recorded attack of the kind you face would not have been interrupted, and that holds the result at \
             {cap}.",
        ),
        HoldKind::Proof => phrase("Too little of it is proven, and that holds the result at {cap}."),
    };
    input.words.fill(how, &[("basics", &missing_basics(input)), ("cap", &hold.cap)])
}
