//! Who helps: free services, and whom to tell when something has happened.

use super::{Date, OrganisationKind, Seen, ServiceId};

/// Services and contacts, with the day on which they were last looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Services {
    /// When the list was last checked.
    pub checked: Date,
    /// The services, in order.
    pub services: Vec<Service>,
}

/// A free service, or somebody to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// Its id.
    pub id: ServiceId,
    /// Where it works: ISO 3166 alpha-2 such as `GB`, or `INT` for everywhere.
    pub country: String,
    /// Who can use it; nobody named means everybody.
    pub users: Vec<ServiceUser>,
    /// What it is for.
    pub role: ServiceRole,
    /// A short name.
    pub title: String,
    /// What it does, in one or two sentences.
    pub what: String,
    /// Where it stands; always https.
    pub url: String,
    /// The number to ring.
    pub phone: Option<String>,
    /// How it was seen.
    pub seen: Seen,
}

/// Who can use a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ServiceUser {
    /// Organisations of a kind.
    Organisation(OrganisationKind),
    /// A single person.
    Individual,
}

impl ServiceUser {
    /// The word in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Organisation(kind) => kind.as_str(),
            Self::Individual => "individual",
        }
    }
}

/// What a service is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum ServiceRole {
    FreeService,
    ReportIncident,
    ReportCrime,
    ReportDataBreach,
    Advice,
}

impl ServiceRole {
    /// The word in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::FreeService => "free-service",
            Self::ReportIncident => "report-incident",
            Self::ReportCrime => "report-crime",
            Self::ReportDataBreach => "report-data-breach",
            Self::Advice => "advice",
        }
    }
}
