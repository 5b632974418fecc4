//! Who is assessed: the first page.

use serde::Serialize;

use super::parts::Picks;
use super::{DateInput, Frame, Input, Pick, View};
use crate::interview::{Details, Field};
use crate::model::{Header, OrganisationKind};
use crate::render::form::Page;

/// Who is assessed.
#[derive(Serialize)]
pub(in crate::web) struct OrganisationView {
    frame: Frame,
    action: String,
    caption: String,
    heading: &'static str,
    /// What to expect, on the first visit.
    lead: Option<String>,
    name: Input,
    kinds: Vec<Pick>,
    kind_error: Option<String>,
    country: Input,
    date: DateInput,
    assessor: Input,
    marking: Input,
}

impl View for OrganisationView {
    const PAGE: Page = Page::Organisation;
}

impl OrganisationView {
    pub(in crate::web) fn new(
        mut frame: Frame,
        action: String,
        header: &Header,
        details: &Details,
        is_first: bool,
    ) -> Self {
        let heading = "Your organisation";
        frame.title = format!("{heading} – {}", header.title);
        let picked = [details.kind.clone()];
        let mut picks = Picks::of(Field::Kind, &picked);
        let kinds =
            OrganisationKind::ALL.iter().map(|kind| picks.next(kind.as_str(), kind.in_words(), hint(*kind)));
        let kinds = kinds.collect();
        let lead = is_first.then(|| {
            format!(
                "It takes about {} minutes. Everything stays on this computer, and every answer is saved at once.",
                header.minutes
            )
        });
        let country = Input::line(
            &frame,
            Field::Country,
            "Country",
            "Its two letters, such as GB, IE or NZ.",
            &details.country,
        );
        Self {
            action,
            caption: header.title.clone(),
            heading,
            lead,
            name: Input::line(
                &frame,
                Field::Name,
                "Name of your organisation",
                "As it should stand on the report.",
                &details.name,
            ),
            kinds,
            kind_error: frame.mistake(Field::Kind),
            country: Input { shape: "code", ..country },
            date: DateInput::new(
                &frame,
                Field::Date,
                "Date of the assessment",
                "Everything is judged as of this day.",
                &details.date,
            ),
            assessor: Input::line(
                &frame,
                Field::Assessor,
                "Who answers (optional)",
                "A role such as “office manager”, or a name if that person wants to be named.",
                &details.assessor,
            ),
            marking: Input::line(
                &frame,
                Field::Marking,
                "Marking for every page (optional)",
                "For example “Confidential”. It stands on top of the report.",
                &details.marking,
            ),
            frame,
        }
    }
}

fn hint(kind: OrganisationKind) -> &'static str {
    match kind {
        OrganisationKind::LocalParty => "A branch, an association or a group of a party.",
        OrganisationKind::RepresentativeOffice => {
            "The office of a member of parliament, an assembly or a council."
        }
        OrganisationKind::ElectoralBody => "An organisation that runs or oversees elections.",
        _ => "",
    }
}
