//! Who is assessed: the first page of a new file.

use super::Interview;
use super::mistake::{Field, Mistake, Wrong};
use super::reply::text;
use crate::model::{Assessment, Change, OrganisationKind};

/// What a person said about the organisation and the assessment: everything is still text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Details {
    /// The organisation's name.
    pub name: String,
    /// What sort of organisation it is: the word of [`OrganisationKind`].
    pub kind: String,
    /// Its country, two letters.
    pub country: String,
    /// Who assesses; optional.
    pub assessor: String,
    /// A marking for every page; optional.
    pub marking: String,
}

impl Details {
    /// What is said so far.
    pub fn of(assessment: &Assessment) -> Self {
        Self {
            name: assessment.organisation.name.clone(),
            kind: assessment.organisation.kind.as_str().to_owned(),
            country: assessment.organisation.country.clone(),
            assessor: assessment.assessor.clone().unwrap_or_default(),
            marking: assessment.marking.clone().unwrap_or_default(),
        }
    }
}

impl Interview {
    /// What a person said about the organisation, as changes: only what differs from before.
    ///
    /// # Errors
    /// Everything that is wrong with it, each with its field.
    pub fn answer_details(&self, details: &Details) -> Result<Vec<Change>, Vec<Mistake>> {
        let now = &self.assessment;
        let mut mistakes = Vec::new();
        let mut changes = Vec::new();
        match text(Field::Name, &details.name, Some(&now.organisation.name)) {
            Ok(Some(name)) if !name.is_empty() => changes.push(Change::Name(name)),
            Ok(_) => mistakes.push(Mistake::new(Field::Name, Wrong::NoName)),
            Err(mistake) => mistakes.push(mistake),
        }
        match OrganisationKind::ALL.into_iter().find(|kind| kind.as_str() == details.kind.trim()) {
            Some(kind) => changes.push(Change::Kind(kind)),
            None => mistakes.push(Mistake::new(Field::Kind, Wrong::NoKind)),
        }
        let country = details.country.trim().to_ascii_uppercase();
        if country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_uppercase()) {
            changes.push(Change::Country(country));
        } else {
            mistakes.push(Mistake::new(Field::Country, Wrong::NoCountry));
        }
        match text(Field::Assessor, &details.assessor, now.assessor.as_ref()) {
            Ok(assessor) => changes.push(Change::Assessor(assessor)),
            Err(mistake) => mistakes.push(mistake),
        }
        match text(Field::Marking, &details.marking, now.marking.as_ref()) {
            Ok(marking) => changes.push(Change::Marking(marking)),
            Err(mistake) => mistakes.push(mistake),
        }
        if !mistakes.is_empty() {
            return Err(mistakes);
        }
        changes.retain(|change| {
            let mut after = now.clone();
            after.apply(change);
            after != *now
        });
        Ok(changes)
    }
}
