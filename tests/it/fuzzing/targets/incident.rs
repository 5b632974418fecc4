//! An incident: what is accepted can be replayed against answers and told.

use safeseat::format::{Document, incident};

use super::shared::{ANSWERS, Content, WHOLE, reported, scored, sound, text, whole_catalog};

/// Reads the bytes as an incident.
pub fn run(data: &[u8]) {
    let Some(source) = text(data) else { return };
    let document = Document::parse(&source);
    let (incident, problems) = incident::read(&document);
    sound(&problems);
    assert_eq!(incident.is_none(), problems.has_errors());
    let catalog = whole_catalog();
    sound(&catalog.shelf().incident(&document));
    let Some(incident) = incident else { return };
    let content = Content::new(WHOLE.questionnaire.clone(), vec![incident], &catalog);
    scored(&content, &ANSWERS);
    reported(&content.report(&ANSWERS));
}
