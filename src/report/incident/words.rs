//! How an incident ends and who attributes it, in words.

use crate::model::{Attribution, Certainty, Confidence, Step};
use crate::report::label;
use crate::scoring::{Replay, Word};
use crate::text::{Words, phrase};

/// Who attributes it, when and how firmly; nothing when nobody does.
pub(in crate::report) fn attribution(attribution: &Attribution, words: &Words) -> Option<String> {
    use Certainty::{Alleged, Likely, Official, Unknown};
    let how = match (attribution.level, &attribution.by) {
        (Official, Some(_)) => phrase("attributed officially by {whom}"),
        (Likely, Some(_)) => phrase("called likely by {whom}"),
        (Alleged, Some(_)) => phrase("alleged by {whom}"),
        (Unknown, Some(_)) => phrase("left open by {whom}"),
        (Official, None) => phrase("attributed officially"),
        (Likely, None) => phrase("called likely"),
        (Alleged, None) => phrase("alleged"),
        (Unknown, None) => return None,
    };
    let whom = attribution.by.as_deref().unwrap_or_default();
    let said = words.fill(how, &[("whom", &whom)]);
    Some(match attribution.date {
        Some(date) => format!("{said}, {}", date.said(words)),
        None => said,
    })
}

/// How an incident ends, while it is told.
pub(super) struct Told<'a> {
    pub(super) steps: &'a [Step],
    pub(super) replay: &'a Replay,
    pub(super) words: &'a Words,
}

impl Told<'_> {
    /// How it ends, with what would have been noticed, and the proven world when it ends worse there.
    pub(super) fn sentence(&self) -> String {
        let stated = self.replay.outcome.stated;
        let mut sentences = vec![self.ending()];
        if let Some(place) = stated.detected_at {
            let step = self.step(place);
            sentences.push(self.words.fill("It could have been noticed at {step}.", &[("step", &step)]));
        }
        let proven = self.replay.outcome.proven.word;
        if proven < stated.word {
            let word = self.words.say(label::word(proven));
            sentences.push(self.words.fill("Counting only what is proven: {word}.", &[("word", &word)]));
        }
        sentences.join(" ")
    }

    fn ending(&self) -> String {
        let (words, steps) = (self.words, &self.replay.steps);
        let said = match (self.replay.outcome.stated.word, self.carrying_step()) {
            (Word::Open, _) if steps.iter().any(|step| step.strength.stated > 0) => words.say(
                "With these answers, partial measures would have slowed this recorded path, but together they add up \
                 to less than one that holds.",
            ),
            (Word::Open, _) => {
                words.say("With these answers, nothing would have been in the way of this recorded path.")
            }
            (Word::Hindered, _) => words.say(
                "With these answers, this recorded path would have been hindered at several steps, and stopped at \
                 none.",
            ),
            (_, Some(place)) => {
                let how = if steps.get(place).is_some_and(|step| step.impossible) {
                    phrase("This recorded path needs something that you do not have: it ends at {step}.")
                } else {
                    phrase("With these answers, this recorded path would have been interrupted at {step}.")
                };
                return words.fill(how, &[("step", &self.step(place))]);
            }
            (_, None) => "",
        };
        said.to_owned()
    }

    /// The step that the sentence rests on: the first broken one that is reported, else the first broken one. What is
    /// only inferred or alleged must not carry the sentence while something better does.
    fn carrying_step(&self) -> Option<usize> {
        let broken =
            |place: &usize| self.replay.steps.get(*place).is_some_and(|step| step.strength.stated == 100);
        let reported = |place: &usize| {
            self.steps.get(*place).is_some_and(|step| step.confidence == Confidence::Reported)
        };
        let first = (0..self.steps.len()).filter(broken).find(reported);
        first.or(self.replay.outcome.stated.broken_at)
    }

    /// `step 2`, and how well it is known unless it is reported.
    fn step(&self, place: usize) -> String {
        let step = match self.steps.get(place).map(|step| step.confidence) {
            Some(Confidence::Inferred) => phrase("step {number}, which is inferred, not reported"),
            Some(Confidence::Alleged) => phrase("step {number}, which is alleged, not established"),
            Some(Confidence::Reported) | None => phrase("step {number}"),
        };
        self.words.fill(step, &[("number", &(place + 1))])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{StepId, Worlds};
    use crate::scoring::{Outcome, StepResult};

    /// Steps that are reported, alleged or inferred (by their first letter), each with its strength.
    fn told(steps: &[(char, u8)], detected_at: Option<usize>) -> String {
        let step = |(i, (confidence, _)): (usize, &(char, u8))| Step {
            id: StepId::parse(&format!("s{i}")).unwrap(),
            title: String::new(),
            techniques: Vec::new(),
            confidence: match confidence {
                'a' => Confidence::Alleged,
                'i' => Confidence::Inferred,
                _ => Confidence::Reported,
            },
            prevent: Vec::new(),
            detect: Vec::new(),
            impossible_if_not: Vec::new(),
        };
        let strength = |strength: u8| Worlds { proven: strength, stated: strength, possible: strength };
        let outcome = Outcome {
            layers: 100,
            word: if steps.iter().any(|(_, s)| *s == 100) { Word::Interrupted } else { Word::Hindered },
            broken_at: steps.iter().position(|(_, strength)| *strength == 100),
            detected_at,
        };
        let replay = Replay {
            outcome: Worlds { proven: outcome, stated: outcome, possible: outcome },
            steps: steps
                .iter()
                .map(|(_, given)| StepResult {
                    strength: strength(*given),
                    impossible: false,
                    by: Vec::new(),
                    missing: None,
                })
                .collect(),
            cheapest: None,
        };
        let steps: Vec<_> = steps.iter().enumerate().map(step).collect();
        Told { steps: &steps, replay: &replay, words: Words::ENGLISH }.sentence()
    }

    #[test]
    fn a_reported_step_carries_the_sentence_without_more_words() {
        assert_eq!(
            told(&[('r', 0), ('r', 100), ('i', 100)], None),
            "With these answers, this recorded path would have been interrupted at step 2."
        );
    }

    #[test]
    fn a_step_that_is_only_inferred_or_alleged_leaves_the_sentence_to_a_reported_one() {
        let sentence = told(&[('i', 100), ('a', 100), ('r', 100)], None);
        assert_eq!(sentence, "With these answers, this recorded path would have been interrupted at step 3.");
    }

    #[test]
    fn where_nothing_better_breaks_the_sentence_says_how_well_the_step_is_known() {
        let inferred = told(&[('i', 100), ('a', 100), ('r', 99)], Some(1));
        assert_eq!(
            inferred,
            "With these answers, this recorded path would have been interrupted at step 1, which is inferred, not \
             reported. It could have been noticed at step 2, which is alleged, not established."
        );
        assert!(
            told(&[('r', 50), ('a', 100)], None).ends_with("at step 2, which is alleged, not established.")
        );
    }
}
