//! Who was assessed, when, with what.

use serde::Serialize;

use super::{Audience, Input};
use crate::model::{Assessment, Brand, Date, Questionnaire};
use crate::text::{Words, phrase};

/// Who was assessed, when, with what, by whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Head {
    /// The program that made the report.
    pub tool: Tool,
    /// Who was assessed.
    pub organisation: OrganisationView,
    /// The questionnaire that was answered.
    pub questionnaire: QuestionnaireView,
    /// SHA-256 of the answers file, in hex.
    pub answers_sha256: String,
    /// The day on which everything is judged.
    pub date: Day,
    /// A marking for every page.
    pub marking: Option<String>,
    /// Who assessed, in a sentence.
    pub assessed_by: String,
    /// Whether the organisation assessed itself.
    pub self_assessed: Option<bool>,
    /// For whom the report is.
    pub audience: Audience,
    /// The same in words; nothing when it is for whoever made it.
    pub for_whom: Option<&'static str>,
    /// The house style of whoever hands it over.
    pub brand: Option<Brand>,
    /// The language of the fixed words: `en-GB`.
    pub language: &'static str,
}

/// The program that made the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tool {
    /// Its name.
    pub name: &'static str,
    /// Its version.
    pub version: String,
}

/// Who was assessed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OrganisationView {
    /// Its name.
    pub name: String,
    /// What sort it is, as in files.
    pub kind: &'static str,
    /// What sort it is, in words.
    pub kind_words: &'static str,
    /// Its country, ISO 3166 alpha-2.
    pub country: String,
}

/// The questionnaire that was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuestionnaireView {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// Its title.
    pub title: String,
    /// SHA-256 of its file, in hex.
    pub sha256: String,
    /// Its licence.
    pub licence: String,
}

/// A date for machines and for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Day {
    /// `2026-11-23`.
    pub iso: String,
    /// `23 November 2026`, in the language of the report.
    pub words: String,
}

impl Tool {
    /// This program, of a version.
    pub(super) fn new(version: &str) -> Self {
        Self { name: "safeseat", version: version.to_owned() }
    }
}

impl Day {
    /// A day as it is said in a language.
    pub(super) fn new(date: Date, words: &Words) -> Self {
        Self { iso: date.to_string(), words: date.said(words) }
    }
}

impl Head {
    pub(super) fn new(input: &Input) -> Self {
        let Input { questionnaire, questionnaire_sha256, assessment, answers_sha256, .. } = input;
        Self::of(
            questionnaire,
            questionnaire_sha256,
            assessment,
            answers_sha256,
            input.tool_version,
            input.words,
        )
    }

    /// Of an assessment by a questionnaire, each with the hash of its file.
    pub(super) fn of(
        questionnaire: &Questionnaire,
        questionnaire_sha256: &str,
        assessment: &Assessment,
        answers_sha256: &str,
        tool_version: &str,
        words: &'static Words,
    ) -> Self {
        let header = questionnaire.header();
        Self {
            tool: Tool::new(tool_version),
            organisation: OrganisationView {
                name: assessment.organisation.name.clone(),
                kind: assessment.organisation.kind.as_str(),
                kind_words: words.say(assessment.organisation.kind.in_words()),
                country: assessment.organisation.country.clone(),
            },
            questionnaire: QuestionnaireView {
                id: header.id.to_string(),
                version: header.version.clone(),
                title: header.title.clone(),
                sha256: questionnaire_sha256.to_owned(),
                licence: header.licence.clone(),
            },
            answers_sha256: answers_sha256.to_owned(),
            date: Day::new(assessment.date, words),
            marking: assessment.marking.clone(),
            assessed_by: assessed_by(assessment.assessor.as_deref(), assessment.self_assessed, words),
            self_assessed: assessment.self_assessed,
            audience: Audience::Internal,
            for_whom: None,
            brand: None,
            language: words.language(),
        }
    }

    /// Puts on the house style of whoever hands the report over. It keeps its marking only where the answers have none.
    pub fn wear(&mut self, brand: Brand) {
        let marking = brand.marking.clone().filter(|_| self.marking.is_none());
        self.marking = self.marking.take().or_else(|| marking.clone());
        self.brand = Some(Brand { marking, ..brand });
    }
}

pub(super) fn assessed_by(assessor: Option<&str>, self_assessed: Option<bool>, words: &Words) -> String {
    let Some(assessor) = assessor.map(crate::text::sentence_case) else {
        let nobody_named = words.say(match self_assessed {
            Some(true) => "The organisation itself",
            Some(false) => "Somebody outside the organisation",
            None => "Not stated",
        });
        return nobody_named.to_owned();
    };
    let Some(self_assessed) = self_assessed else { return assessor };
    let how = if self_assessed {
        phrase("{assessor}; a self-assessment")
    } else {
        phrase("{assessor}; assessed by somebody outside the organisation")
    };
    words.fill(how, &[("assessor", &assessor)])
}

/// The notices that the licences of the content and of the frameworks require.
pub(super) fn notices(input: &Input) -> Vec<String> {
    let licence = &input.questionnaire.header().licence;
    let mut notices = vec![input.words.fill("Questions and texts: {licence}.", &[("licence", licence)])];
    for framework in input.frameworks {
        notices.push(format!("{} {}: {}", framework.title, framework.version, framework.licence));
    }
    notices
}
