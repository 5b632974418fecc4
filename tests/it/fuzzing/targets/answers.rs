//! An answers file: every problem has a place, and what is accepted can be scored and reported on.

use safeseat::format::{Document, assessment, rewrite};

use super::shared::{Content, reported, scored, sound, text};

/// Reads the bytes as answers.
pub fn run(data: &[u8]) {
    let Some(source) = text(data) else { return };
    let document = Document::parse(&source);
    if let Err(problems) = document.kind() {
        sound(&problems);
    }
    let content = Content::of(&document);
    let (assessment, problems) = assessment::read(&document, &content.questionnaire);
    sound(&problems);
    assert_eq!(assessment.is_none(), problems.has_errors());
    let _ = rewrite::carried_over(source.text());
    let Some(assessment) = assessment else { return };
    scored(content, &assessment);
    if content.is_small() {
        reported(&content.report(&assessment));
    }
}
