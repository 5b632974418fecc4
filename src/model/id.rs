//! Ids: kebab-case names that files use to refer to each other.

use std::fmt;

/// Longest id, in characters.
const LONGEST: usize = 64;

/// Why a text is not an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// Not `[a-z][a-z0-9]*(-[a-z0-9]+)*`.
    #[error(
        "not kebab-case: lower-case letters and digits, joined by single hyphens, starting with a letter"
    )]
    NotKebab,
    /// A question id without exactly one dot, or with a half that is not kebab-case.
    #[error("not `area.topic`: two kebab-case words joined by a dot")]
    NotAreaTopic,
    /// Not `[A-Za-z0-9][A-Za-z0-9.-]*`.
    #[error("not an identifier: letters, digits, dots and hyphens, starting with a letter or digit")]
    NotPublished,
    /// More than 64 characters.
    #[error("longer than 64 characters")]
    TooLong,
    /// `unknown` and `not-applicable` are answers, so no level or choice may be called so.
    #[error("a reserved word: `unknown` and `not-applicable` are answers of every question")]
    Reserved,
}

fn kebab(text: &str) -> Result<(), IdError> {
    let starts_with_letter = text.starts_with(|c: char| c.is_ascii_lowercase());
    let words_hold = text
        .split('-')
        .all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()));
    if !(starts_with_letter && words_hold) {
        return Err(IdError::NotKebab);
    }
    if text.len() > LONGEST { Err(IdError::TooLong) } else { Ok(()) }
}

fn option(text: &str) -> Result<(), IdError> {
    if matches!(text, "unknown" | "not-applicable") {
        return Err(IdError::Reserved);
    }
    kebab(text)
}

fn area_topic(text: &str) -> Result<(), IdError> {
    let (area, topic) = text.split_once('.').ok_or(IdError::NotAreaTopic)?;
    if kebab(area) == Err(IdError::NotKebab) || kebab(topic) == Err(IdError::NotKebab) {
        return Err(IdError::NotAreaTopic);
    }
    if text.len() > LONGEST { Err(IdError::TooLong) } else { Ok(()) }
}

fn published(text: &str) -> Result<(), IdError> {
    let first = text.starts_with(|c: char| c.is_ascii_alphanumeric());
    if !first || !text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-')) {
        return Err(IdError::NotPublished);
    }
    if text.len() > LONGEST { Err(IdError::TooLong) } else { Ok(()) }
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident by $check:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Box<str>);

        impl $name {
            /// Reads an id.
            ///
            /// # Errors
            /// When the text has not the form of this id.
            pub fn parse(text: &str) -> Result<Self, IdError> {
                $check(text).map(|()| Self(text.into()))
            }

            /// The id as it stands in files.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    )*};
}

ids! {
    /// A questionnaire: `political-organisation`.
    QuestionnaireId by kebab;
    /// An area of a questionnaire: `acc`.
    AreaId by kebab;
    /// A question: `acc.mfa-email`, its area and its topic.
    QuestionId by area_topic;
    /// A scoping fact: `own-mail-server`.
    FactId by kebab;
    /// A gate: `mfa`.
    GateId by kebab;
    /// One level of a question: `passkey`.
    LevelId by option;
    /// One choice of a tick-all question: `bank`.
    ChoiceId by option;
    /// A protective measure: `mfa-email`.
    ControlId by kebab;
    /// A source of facts: `ncsc-pol`.
    SourceId by kebab;
    /// A recorded incident: `storting-2020`.
    IncidentId by kebab;
    /// One step of an incident: `spray`.
    StepId by kebab;
    /// A service or a contact: `ncsc-report`.
    ServiceId by kebab;
    /// A framework, by its published identifier: `ncsc-caf-4.0`.
    FrameworkId by published;
    /// One item of a framework, by its published identifier: `PR.AA-03`.
    ItemId by published;
}

impl QuestionId {
    /// The id of the area that the question belongs to: `acc` of `acc.mfa-email`.
    pub fn area(&self) -> &str {
        self.0.split_once('.').map_or("", |(area, _)| area)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_have_their_form() {
        for good in ["a", "mfa-email", "x2-3", &"a".repeat(64)] {
            assert_eq!(AreaId::parse(good).map(|id| id.to_string()), Ok(good.to_owned()));
        }
        for bad in ["", "-a", "a-", "a--b", "A", "2a", "a.b", "a b", "é"] {
            assert_eq!(AreaId::parse(bad), Err(IdError::NotKebab), "{bad}");
        }
        assert_eq!(AreaId::parse(&"a".repeat(65)), Err(IdError::TooLong));
        assert_eq!(QuestionId::parse("acc.mfa-email").map(|id| id.area().to_owned()), Ok("acc".to_owned()));
        for bad in ["acc", "acc.", ".x", "acc.a.b", "Acc.a"] {
            assert_eq!(QuestionId::parse(bad), Err(IdError::NotAreaTopic), "{bad}");
        }
        assert_eq!(LevelId::parse("unknown"), Err(IdError::Reserved));
        assert!(ItemId::parse("PR.AA-03").is_ok());
        assert_eq!(ItemId::parse(".x"), Err(IdError::NotPublished));
    }
}
