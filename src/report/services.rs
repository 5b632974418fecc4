//! Who helps, and whom to tell when something has happened.

use serde::Serialize;

use super::{Day, Input};
use crate::model::{self, Seen, ServiceRole, ServiceUser};
use crate::text::{Words, phrase};

/// The country of services that work everywhere.
const EVERYWHERE: &str = "INT";
/// The services that fit who was assessed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Services {
    /// When the list was last checked.
    pub checked: Day,
    /// What to know before using the list, in a sentence or two.
    pub note: String,
    /// Whether any service of the country is listed; otherwise only those that work everywhere.
    pub has_country: bool,
    /// The services by what they are for, in the order of use; no group is empty.
    pub groups: Vec<ServiceGroup>,
}

/// Services for the same purpose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ServiceGroup {
    /// What they are for, as in files.
    pub role: &'static str,
    /// What they are for, as a heading.
    pub title: &'static str,
    /// Whether they are whom to tell when something has happened.
    pub is_contact: bool,
    /// The services, those of the country first.
    pub services: Vec<Service>,
}

/// A service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Service {
    /// Its id.
    pub id: String,
    /// Its country, ISO 3166 alpha-2, or `INT` for everywhere.
    pub country: String,
    /// A short name.
    pub title: String,
    /// What it does.
    pub what: String,
    /// Where it stands; always https.
    pub url: String,
    /// The number to ring.
    pub phone: Option<String>,
    /// How it was seen: publisher, secondary or memory.
    pub seen: &'static str,
    /// A warning where it was not seen anywhere.
    pub doubt: Option<&'static str>,
}

/// The purposes in the order of use: first what to do when something has happened.
const GROUPS: [(ServiceRole, &str, bool); 5] = [
    (ServiceRole::ReportIncident, phrase("Where to report an incident"), true),
    (ServiceRole::ReportCrime, phrase("Where to report a crime"), true),
    (ServiceRole::ReportDataBreach, phrase("Where to report a data breach"), true),
    (ServiceRole::FreeService, phrase("Free services"), false),
    (ServiceRole::Advice, phrase("Advice"), false),
];

impl Services {
    pub(super) fn new(input: &Input) -> Self {
        let words = input.words;
        let organisation = &input.assessment.organisation;
        let user = if input.questionnaire.header().is_about_a_person() {
            ServiceUser::Individual
        } else {
            ServiceUser::Organisation(organisation.kind)
        };
        let fits = |service: &&model::Service| service.users.is_empty() || service.users.contains(&user);
        let of = |country: &str| -> Vec<&model::Service> {
            input.services.services.iter().filter(|s| s.country == country).filter(fits).collect()
        };
        let own = of(&organisation.country);
        let has_country = !own.is_empty();
        let all: Vec<&model::Service> = own.into_iter().chain(of(EVERYWHERE)).collect();
        let group = |(role, title, is_contact): (ServiceRole, &'static str, bool)| ServiceGroup {
            role: role.as_str(),
            title: words.say(title),
            is_contact,
            services: all
                .iter()
                .filter(|service| service.role == role)
                .map(|s| Service::new(s, words))
                .collect(),
        };
        let checked = Day::new(input.services.checked, words);
        Self {
            note: note(&checked, has_country, &organisation.country, words),
            checked,
            has_country,
            groups: GROUPS.into_iter().map(group).filter(|group| !group.services.is_empty()).collect(),
        }
    }
}

fn note(checked: &Day, has_country: bool, country: &str, words: &Words) -> String {
    let when = words.fill(
        "Checked on {day}. Services change, so look at the address before you rely on one.",
        &[("day", &checked.words)],
    );
    if has_country {
        return when;
    }
    let none = words.fill(
        "We list no service for {country} that fits you. These work everywhere; ask your national cyber security \
         centre for more.",
        &[("country", &country)],
    );
    format!("{none} {when}")
}

impl Service {
    fn new(service: &model::Service, words: &'static Words) -> Self {
        Self {
            id: service.id.to_string(),
            country: service.country.clone(),
            title: service.title.clone(),
            what: service.what.clone(),
            url: service.url.clone(),
            phone: service.phone.clone(),
            seen: service.seen.as_str(),
            doubt: (service.seen == Seen::Memory).then(|| words.say("address from memory, not checked")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Date;

    #[test]
    fn a_country_without_services_is_told_so() {
        let day = Day::new(Date::new(2026, 9, 30).unwrap(), Words::ENGLISH);
        let known = note(&day, true, "GB", Words::ENGLISH);
        assert_eq!(
            known,
            "Checked on 30 September 2026. Services change, so look at the address before you rely on one."
        );
        assert!(
            note(&day, false, "XK", Words::ENGLISH).starts_with("We list no service for XK that fits you.")
        );
    }
}
