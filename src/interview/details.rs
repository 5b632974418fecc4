//! Who is assessed: the first page of a new file.

use super::Interview;
use super::mistake::{Field, Mistake, Wrong};
use super::parse::parse_date;
use super::reply::text;
use crate::model::{Answer, Assessment, Change, Date, Given, OrganisationKind, Value};

/// What a person said about the organisation and the assessment: everything is still text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Details {
    /// The organisation's name.
    pub name: String,
    /// What sort of organisation it is: the word of [`OrganisationKind`].
    pub kind: String,
    /// Its country, two letters.
    pub country: String,
    /// The day of the assessment, as it was typed; nothing leaves it as it is.
    pub date: String,
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
            date: assessment.date.in_words(),
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
        match self.answer_date(&details.date) {
            Ok(moved) => changes.extend(moved),
            Err(wrong) => mistakes.push(Mistake::new(Field::Date, wrong)),
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

    /// The day of the assessment as a person typed it, as changes. No answer may be dated after it.
    fn answer_date(&self, typed: &str) -> Result<Vec<Change>, Wrong> {
        let now = self.assessment.date;
        let date = if typed.trim().is_empty() { now } else { parse_date(typed)? };
        let latest = self.assessment.answers.values().filter_map(latest_date).max();
        match latest {
            _ if date == now => Ok(Vec::new()),
            _ if date > self.today => Err(Wrong::AfterToday),
            Some(latest) if date < latest => Err(Wrong::BeforeAnswers(latest)),
            _ if date > now => Ok(self.move_to(date)),
            _ => Ok(vec![Change::Date(date)]),
        }
    }
}

/// The latest day that an answer names.
fn latest_date(answer: &Answer) -> Option<Date> {
    let done = match answer.given {
        Given::Definite(Value::LastDone(done)) => done,
        _ => None,
    };
    answer.evidence_date.max(answer.answered).max(done)
}
