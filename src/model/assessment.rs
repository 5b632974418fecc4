//! The answers of one organisation on one day.

use std::collections::{BTreeMap, BTreeSet};

use super::{AreaId, ChoiceId, Date, FactId, LevelId, Prose, QuestionId, QuestionnaireId};
use crate::text::{Private, phrase};

/// The answers of one organisation on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// The questionnaire that was answered.
    pub questionnaire: QuestionnaireId,
    /// Its version.
    pub version: String,
    /// Who was assessed.
    pub organisation: Organisation,
    /// The day on which everything is judged.
    pub date: Date,
    /// Who assessed, when they want to be named.
    pub assessor: Option<String>,
    /// Whether the organisation assessed itself; nothing when it does not say.
    pub self_assessed: Option<bool>,
    /// A marking for every page: `Confidential`.
    pub marking: Option<String>,
    /// The scoping facts; a fact that is absent counts as yes.
    pub facts: BTreeMap<FactId, Ternary>,
    /// The answers to questions that the questionnaire has.
    pub answers: BTreeMap<QuestionId, Answer>,
    /// What somebody wrote around the numbers.
    pub narrative: Narrative,
}

/// What somebody wrote around the numbers of a report.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Narrative {
    /// The whole in short.
    pub summary: Option<Prose>,
    /// What was looked at, and what was not.
    pub scope: Option<Prose>,
    /// How it was found out.
    pub method: Option<Prose>,
    /// What is in good order.
    pub positive: Option<Prose>,
    /// What to say at the end.
    pub closing: Option<Prose>,
    /// The only one of these texts that the public sees, and that nobody else does.
    pub public: Option<Prose>,
    /// What to say about an area that the questionnaire has.
    pub areas: BTreeMap<AreaId, Prose>,
}

impl Assessment {
    /// Whether a fact is answered "no". Everything else counts as yes: the exposure is assumed.
    pub fn denies(&self, fact: &FactId) -> bool {
        self.facts.get(fact) == Some(&Ternary::No)
    }
}

/// Who was assessed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// Its name.
    pub name: String,
    /// What sort of organisation it is.
    pub kind: OrganisationKind,
    /// Its country, ISO 3166 alpha-2: `GB`.
    pub country: String,
}

/// What sort of organisation was assessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum OrganisationKind {
    PartyHq,
    LocalParty,
    RepresentativeOffice,
    Campaign,
    ThinkTank,
    ElectoralBody,
    Other,
}

impl OrganisationKind {
    /// Every kind, in the order in which they are offered.
    pub const ALL: [Self; 7] = [
        Self::PartyHq,
        Self::LocalParty,
        Self::RepresentativeOffice,
        Self::Campaign,
        Self::ThinkTank,
        Self::ElectoralBody,
        Self::Other,
    ];

    /// The word in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PartyHq => "party-hq",
            Self::LocalParty => "local-party",
            Self::RepresentativeOffice => "representative-office",
            Self::Campaign => "campaign",
            Self::ThinkTank => "think-tank",
            Self::ElectoralBody => "electoral-body",
            Self::Other => "other",
        }
    }

    /// What people call it.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::PartyHq => phrase("Party headquarters"),
            Self::LocalParty => phrase("Local party"),
            Self::RepresentativeOffice => phrase("Representative’s office"),
            Self::Campaign => phrase("Campaign"),
            Self::ThinkTank => phrase("Think-tank"),
            Self::ElectoralBody => phrase("Electoral body"),
            Self::Other => phrase("Other organisation"),
        }
    }
}

/// The answer to a scoping fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Ternary {
    Yes,
    No,
    Unknown,
}

impl Ternary {
    /// The word in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unknown => "unknown",
        }
    }
}

/// One answer and what is said about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// What was answered.
    pub given: Given,
    /// How well it is supported, as written, before ageing.
    pub evidence: Evidence,
    /// The date of the document or the check; without it the age counts from `answered`.
    pub evidence_date: Option<Date>,
    /// Where the evidence is kept: a pointer, never the content.
    pub evidence_where: Option<String>,
    /// When it was answered; without it, the assessment's date.
    pub answered: Option<Date>,
    /// The role of the person who answered.
    pub by: Option<String>,
    /// Who runs this control for the organisation.
    pub provided_by: Option<String>,
    /// A remark that appears in reports.
    pub comment: Option<String>,
    /// The assessor's private note: it never leaves the file.
    pub note: Option<Private<String>>,
    /// An accepted risk: shown, never scored.
    pub waiver: Option<Waiver>,
}

impl Answer {
    /// An answer as it is before anything is said about it: merely claimed.
    pub fn new(given: Given) -> Self {
        Self {
            given,
            evidence: Evidence::Claimed,
            evidence_date: None,
            evidence_where: None,
            answered: None,
            by: None,
            provided_by: None,
            comment: None,
            note: None,
            waiver: None,
        }
    }

    /// Since when its support counts in an assessment of that day: the date of the document or the check, otherwise the
    /// day on which it was answered.
    pub fn since(&self, assessed: Date) -> Date {
        let own = match self.evidence {
            Evidence::Documented | Evidence::Verified => self.evidence_date,
            Evidence::Claimed | Evidence::Lapsed => None,
        };
        own.or(self.answered).unwrap_or(assessed)
    }
}

/// What was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// A definite answer.
    Definite(Value),
    /// "I don't know".
    Unknown,
    /// "Does not apply", with the reason.
    NotApplicable(String),
}

/// A definite answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// The level that is reached.
    Level(LevelId),
    /// Yes, partly or no.
    YesPartlyNo(YesPartlyNo),
    /// A share.
    Percentage {
        /// In percent, 0 to 100, rounded down.
        percent: u8,
        /// The counts it was computed from: so many have it, of so many.
        counted: Option<(u32, u32)>,
    },
    /// When it was last done; nothing means never.
    LastDone(Option<Date>),
    /// The choices that are ticked.
    Ticked(BTreeSet<ChoiceId>),
}

/// The answer to a yes-no question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum YesPartlyNo {
    Yes,
    Partly,
    No,
}

impl YesPartlyNo {
    /// The word in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::Partly => "partly",
            Self::No => "no",
        }
    }
}

/// How well an answer is supported, weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Evidence {
    /// Somebody said so once, too long ago. Never written in files: only ageing leads here.
    Lapsed,
    /// Somebody says so.
    #[default]
    Claimed,
    /// A document shows it.
    Documented,
    /// Somebody checked it.
    Verified,
}

impl Evidence {
    /// The word in files and output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Lapsed => phrase("lapsed"),
            Self::Claimed => phrase("claimed"),
            Self::Documented => phrase("documented"),
            Self::Verified => phrase("verified"),
        }
    }

    /// What it means, where one of them is chosen.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Lapsed => "Lapsed: somebody said so once, too long ago",
            Self::Claimed => "Claimed: somebody says so",
            Self::Documented => "Documented: a document shows it",
            Self::Verified => "Verified: somebody checked it",
        }
    }
}

/// An accepted risk: shown beside the finding, never part of the arithmetic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiver {
    /// Why the risk is accepted.
    pub reason: String,
    /// Who accepted it, by role.
    pub approved_by: String,
    /// The last day on which it holds.
    pub expires: Date,
}
