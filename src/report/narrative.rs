//! What somebody wrote around the numbers.

use serde::Serialize;

use super::Input;
use crate::model::Prose;

/// A text that somebody wrote, with its heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Chapter {
    /// Which text it is, as in files.
    pub id: &'static str,
    /// Its heading.
    pub heading: &'static str,
    /// The text.
    pub text: Prose,
}

/// A chapter under a heading that is said already.
fn chapter(id: &'static str, heading: &'static str, text: Option<&Prose>) -> Option<Chapter> {
    text.map(|text| Chapter { id, heading, text: text.clone() })
}

/// What stands before the verdict.
pub(super) fn foreword(input: &Input) -> Vec<Chapter> {
    let (narrative, words) = (&input.assessment.narrative, input.words);
    let chapters = [
        chapter("summary", words.say("In short"), narrative.summary.as_ref()),
        chapter("scope", words.say("What was looked at"), narrative.scope.as_ref()),
        chapter("positive", words.say("What is in good order"), narrative.positive.as_ref()),
    ];
    chapters.into_iter().flatten().collect()
}

/// What stands at the end.
pub(super) fn afterword(input: &Input) -> Vec<Chapter> {
    let (narrative, words) = (&input.assessment.narrative, input.words);
    let chapters = [
        chapter("method", words.say("How it was found out"), narrative.method.as_ref()),
        chapter("closing", words.say("To end with"), narrative.closing.as_ref()),
        chapter("public", words.say("What the public is told"), narrative.public.as_ref()),
    ];
    chapters.into_iter().flatten().collect()
}
