//! Whom to tell, on a terminal. Whole addresses, free services and advice are in the full report.

use anstyle::Style;

use crate::render::screen::{SOFT, Screen};
use crate::report::{Service, Services};

pub(super) fn contacts(screen: &mut Screen, services: &Services) {
    let words = screen.words();
    screen.heading(words.say("When something has happened"));
    let contacts: Vec<_> = services.groups.iter().filter(|group| group.is_contact).collect();
    for group in &contacts {
        screen.paragraph(Style::new(), 2, &format!("{}:", group.title));
        for service in &group.services {
            screen.hanging(Style::new(), "  -", 4, &one(service));
        }
    }
    if contacts.is_empty() {
        screen.paragraph(Style::new(), 2, words.say("We list nobody to tell in your country."));
    }
    screen.paragraph(SOFT, 2, &services.note);
}

fn one(service: &Service) -> String {
    let phone = service.phone.as_ref().map(|phone| format!(", {phone}")).unwrap_or_default();
    let rest = service.url.trim_start_matches("https://");
    let host = rest.split('/').next().unwrap_or(rest);
    let doubt = service.doubt.map(|doubt| format!(" ({doubt})")).unwrap_or_default();
    format!("{}{phone}, {host}{doubt}", service.title)
}
