//! A questionnaire as a spreadsheet to fill in: where everything stands in it. One part of the program writes it,
//! another reads it back, so that it is in British English whatever the language: its words are what is read.

use super::BookletQuestion;
use crate::model::{Evidence, OrganisationKind};

/// The sheet with instructions and the details of the organisation.
pub const START: &str = "Start here";
/// The sheet with the facts and the questions.
pub const QUESTIONS: &str = "Questions";
/// The hidden sheet with what can be chosen.
pub const LISTS: &str = "Lists";

/// The id of the row that names the questionnaire.
pub const QUESTIONNAIRE: &str = "questionnaire";
/// The column of the sheet [`START`] that is filled in; the first one holds ids.
pub const DETAIL: usize = 2;
/// The details of the organisation: id, label, and what to write.
pub const DETAILS: [(&str, &str, &str); 6] = [
    ("name", "Name of the organisation", "As it should stand on the report"),
    ("kind", "What sort of organisation", "Choose from the list"),
    ("country", "Country", "Two letters, such as GB"),
    ("date", "Day of the assessment", "Such as 12 May 2026; left empty, it is the day of the import"),
    ("assessor", "Who assesses, by role", "May stay empty"),
    ("marking", "Marking on every page", "Such as Confidential; may stay empty"),
];

/// A column of the sheet [`QUESTIONS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum FormColumn {
    Id,
    Area,
    Number,
    Question,
    Help,
    Answer,
    Reason,
    Evidence,
    EvidenceDate,
    EvidenceWhere,
    By,
    ProvidedBy,
    Comment,
}

impl FormColumn {
    /// Every column, in order.
    pub const ALL: [Self; 13] = [
        Self::Id,
        Self::Area,
        Self::Number,
        Self::Question,
        Self::Help,
        Self::Answer,
        Self::Reason,
        Self::Evidence,
        Self::EvidenceDate,
        Self::EvidenceWhere,
        Self::By,
        Self::ProvidedBy,
        Self::Comment,
    ];

    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Id => "Id",
            Self::Area => "Area",
            Self::Number => "No.",
            Self::Question => "Question",
            Self::Help => "What it means",
            Self::Answer => "Answer",
            Self::Reason => "Why it does not apply",
            Self::Evidence => "How sure",
            Self::EvidenceDate => "Date of the evidence",
            Self::EvidenceWhere => "Where it is kept",
            Self::By => "Who answered, by role",
            Self::ProvidedBy => "Who provides it",
            Self::Comment => "Comment",
        }
    }

    /// Whether people write in it.
    pub fn is_entry(self) -> bool {
        self >= Self::Answer
    }
}

/// What can be said about how sure an answer is.
pub fn evidence_words() -> [&'static str; 3] {
    [Evidence::Claimed, Evidence::Documented, Evidence::Verified].map(Evidence::in_words)
}

/// The sorts of organisations.
pub fn kind_words() -> [&'static str; 7] {
    OrganisationKind::ALL.map(OrganisationKind::in_words)
}

/// "I don’t know", in the words of the list.
pub const UNKNOWN: &str = "I don’t know";

/// The words of the list for a question.
pub fn answers(question: &BookletQuestion) -> Vec<String> {
    let labels = question.options.iter().map(|option| option.label.clone());
    let mut words: Vec<String> = match question.kind {
        "percentage" => Vec::new(),
        "last-done" => vec!["Never".to_owned()],
        "tick-all" => labels.chain(["None of these".to_owned()]).collect(),
        _ => labels.collect(),
    };
    words.push(UNKNOWN.to_owned());
    if question.may_be_skipped {
        words.push("Does not apply".to_owned());
    }
    words
}

/// What the words of a question mean, and how it is answered where a list cannot say it, line by line.
pub fn guidance(question: &BookletQuestion) -> Vec<String> {
    let mut lines: Vec<String> = question.help.iter().cloned().collect();
    match question.kind {
        "percentage" => lines.push("Write a share such as 95, or counts such as 57 of 60.".to_owned()),
        "last-done" => lines.push("Write a date such as 12 May 2026, or “never”.".to_owned()),
        "tick-all" => {
            lines
                .push("Write the numbers of all that are true, such as 1, 3; or “None of these”.".to_owned());
            let numbered = (1..).zip(&question.options);
            lines.extend(numbered.map(|(number, option)| format!("{number}  {}", option.label)));
        }
        _ => {}
    }
    lines.push(format!("Proof would be: {}", question.proof));
    lines
}
