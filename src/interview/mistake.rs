//! What is wrong with an input, in the same words for every front end.

use std::fmt;

use crate::model::Date;

/// One mistake, beside the field that shows it. Its `Display` is the sentence for the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The field that it belongs to.
    pub field: Field,
    /// What it is.
    pub wrong: Wrong,
}

impl Mistake {
    /// A mistake in a field.
    pub fn new(field: Field, wrong: Wrong) -> Self {
        Self { field, wrong }
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.wrong, self.field) {
            (Wrong::AfterToday, Field::EvidenceDate) => {
                f.write_str("The evidence is dated after today; check the year")
            }
            (Wrong::AfterAssessment(date), Field::EvidenceDate) => {
                write!(f, "The evidence is dated after the day of the assessment, {}", date.in_words())
            }
            (wrong, _) => write!(f, "{wrong}"),
        }
    }
}

/// A field of a page, or a prompt of a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The answer itself.
    Answer,
    /// Why a question does not apply.
    Reason,
    /// How well the answer is supported.
    Evidence,
    /// The date of the document or the check.
    EvidenceDate,
    /// Where the evidence is kept.
    EvidenceWhere,
    /// The role of the person who answers.
    By,
    /// Who runs this control for the organisation.
    ProvidedBy,
    /// A remark that appears in reports.
    Comment,
    /// A private note.
    Note,
    /// The organisation's name.
    Name,
    /// What sort of organisation it is.
    Kind,
    /// Its country.
    Country,
    /// The day of the assessment.
    Date,
    /// Who assesses.
    Assessor,
    /// The marking for every page.
    Marking,
}

impl Field {
    /// A name for forms, in kebab-case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Reason => "reason",
            Self::Evidence => "evidence",
            Self::EvidenceDate => "evidence-date",
            Self::EvidenceWhere => "evidence-where",
            Self::By => "by",
            Self::ProvidedBy => "provided-by",
            Self::Comment => "comment",
            Self::Note => "note",
            Self::Name => "name",
            Self::Kind => "kind",
            Self::Country => "country",
            Self::Date => "date",
            Self::Assessor => "assessor",
            Self::Marking => "marking",
        }
    }
}

/// What is wrong, and what to do instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// Nothing is chosen.
    #[error("Choose one of the answers, or “I don’t know”")]
    NothingChosen,
    /// Something is chosen that is not offered.
    #[error("Choose one of the answers that are offered")]
    NotOffered,
    /// An answer is both typed and chosen.
    #[error("Give one answer only: what you entered, or the one that you chose")]
    TwoAnswers,
    /// The facts leave the question out, or it does not exist.
    #[error("This is no longer asked: what you said about your organisation leaves it out")]
    NotAsked,
    /// Not a percentage.
    #[error("Enter a whole number from 0 to 100, or counts such as “57 of 60”")]
    NotAShare,
    /// More have it than there are.
    #[error("“{have} of {of}” cannot be: the first number is a part of the second")]
    MoreThanAll {
        /// How many have it.
        have: u32,
        /// Of how many.
        of: u32,
    },
    /// A part of nothing.
    #[error("Enter how many there are in all, at least 1, or choose “I don’t know”")]
    OfNothing,
    /// Not a date.
    #[error("Enter a date such as 12 May 2026")]
    NotADate,
    /// Neither a date nor "never".
    #[error("Enter a date such as 12 May 2026, or “never”")]
    NeitherDateNorNever,
    /// A day that the calendar lacks.
    #[error("There is no such day; enter a date such as 12 May 2026")]
    NoSuchDay,
    /// A date in numbers of which nobody can say which one is the month.
    #[error(
        "In numbers alone the day can be taken for the month; write the date as 12 May 2026 or 2026-05-12"
    )]
    NoMonthName,
    /// A month without a day.
    #[error("Enter the day too; if you only know the month, enter its first day")]
    NoDay,
    /// A year of two digits.
    #[error("Enter the year with four digits, such as 2026")]
    ShortYear,
    /// After today, which is the day of the assessment.
    #[error("This date is after today; check the year")]
    AfterToday,
    /// After the day of the assessment.
    #[error("This date is after the day of the assessment, {}", .0.in_words())]
    AfterAssessment(Date),
    /// Before a day that an answer names.
    #[error("Some answers are dated later, up to {}; choose that day or a later one", .0.in_words())]
    BeforeAnswers(Date),
    /// Nothing is ticked.
    #[error("Tick everything that is true, or “None of these”")]
    NothingTicked,
    /// "None of these" together with some.
    #[error("Tick either “None of these” or the others, not both")]
    NoneAndSome,
    /// "Does not apply" without a reason.
    #[error("Say in a sentence why this does not apply to you")]
    NoReason,
    /// A reason beside another answer than "does not apply".
    #[error("A reason goes only with “Does not apply”; choose that, or clear the reason")]
    ReasonForNothing,
    /// "Does not apply" where it is not allowed.
    #[error("This question applies to everybody; choose another answer, or “I don’t know”")]
    AlwaysApplies,
    /// Not a level of evidence.
    #[error("Choose how sure others can be of this answer")]
    NoSuchEvidence,
    /// A text that is too long.
    #[error("Shorten this to at most {0} characters")]
    TooLong(usize),
    /// No name.
    #[error("Enter the name of your organisation")]
    NoName,
    /// Not a kind of organisation.
    #[error("Choose what sort of organisation you are")]
    NoKind,
    /// Not a country.
    #[error("Enter the two letters of your country, such as GB")]
    NoCountry,
}
