//! `services.toml`: free services, and whom to tell when something has happened.

use super::controls::unique;
use super::document::{Document, Outcome};
use super::leaf::{CountryOrAll, Format, List, SecureUrl};
use super::read::table;
use crate::model::{Date, Seen, Service, ServiceId, ServiceRole, ServiceUser, Services};

table! {
    /// Free services and contacts.
    RawServices = "file of services" {
        /// The format of this file: 1.
        required format: Format,
        /// When the list was last checked.
        required checked: Date,
        /// One service each.
        required service: List<RawService>,
    }
}

table! {
    /// A free service, or somebody to tell.
    RawService = "service" {
        /// Its id.
        required id: ServiceId,
        /// Where it works: a country by its two letters, or INT for everywhere.
        required country: CountryOrAll,
        /// Who can use it; leave it out for everybody.
        optional kinds: List<ServiceUser>,
        /// What it is for.
        required role: ServiceRole,
        /// A short name.
        required title: String,
        /// What it does, in one or two sentences.
        required what: String,
        /// Where it stands.
        required url: SecureUrl,
        /// The number to ring.
        optional phone: String,
        /// How it was seen.
        required seen: Seen,
    }
}

/// Reads a file of services.
pub fn read(document: &Document<'_>) -> Outcome<Services> {
    document.read(|raw: RawServices, reader, _| {
        let services = raw.service.or_default();
        unique(&services, |service| &service.id, ToString::to_string, reader);
        let services = services.values().into_iter().filter_map(service).collect();
        Some(Services { checked: raw.checked.take()?, services })
    })
}

fn service(raw: RawService) -> Option<Service> {
    Some(Service {
        id: raw.id.take()?,
        country: raw.country.take()?.0,
        users: raw.kinds.or_default().values(),
        role: raw.role.take()?,
        title: raw.title.or_default(),
        what: raw.what.or_default(),
        url: raw.url.take()?.0,
        phone: raw.phone.take(),
        seen: raw.seen.take()?,
    })
}
