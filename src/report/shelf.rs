//! The questionnaires that there are, for choosing one.

use serde::Serialize;

use crate::model::Questionnaire;

/// The questionnaires that there are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Shelf {
    /// One entry each.
    pub entries: Vec<ShelfEntry>,
}

/// One questionnaire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ShelfEntry {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// Its title.
    pub title: String,
    /// How many questions it has.
    pub questions: usize,
    /// Honest time to answer, in minutes.
    pub minutes: u16,
    /// Who should answer it.
    pub audience: String,
}

impl Shelf {
    /// Lists questionnaires in the given order.
    pub fn new(questionnaires: &[Questionnaire]) -> Self {
        let entries = questionnaires.iter().map(|questionnaire| {
            let header = questionnaire.header();
            ShelfEntry {
                id: header.id.to_string(),
                version: header.version.clone(),
                title: header.title.clone(),
                questions: questionnaire.questions().len(),
                minutes: header.minutes,
                audience: header.audience.clone(),
            }
        });
        Self { entries: entries.collect() }
    }
}
