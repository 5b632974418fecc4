//! What the pages say: one view for each, in which the words are decided. Templates decide only how they look.

mod checked;
mod choose;
mod conflict;
mod finish;
mod organisation;
mod parts;
mod question;
mod tasks;

use serde::Serialize;

pub(super) use checked::{CheckView, anchor};
pub(super) use choose::ChooseView;
pub(super) use conflict::ConflictView;
pub(super) use finish::{EndedView, LaunchView, OpenedView, RefusedView, ReportView, StopView};
pub(super) use organisation::OrganisationView;
use parts::{DateInput, Input, Pick};
pub(super) use question::{FactPage, QuestionPage};
pub(super) use tasks::TasksView;

use crate::interview::{Field, Mistake, Place};
use crate::render::form::Page;

/// A view with the template that shows it.
pub(super) trait View: Serialize {
    /// The template.
    const PAGE: Page;
}

/// What every page has.
#[derive(Default, Serialize)]
pub(super) struct Frame {
    /// The title of the window, without "Error".
    pub(super) title: String,
    /// Whose answers these are.
    pub(super) organisation: String,
    /// A word about how things stand, beside the name.
    pub(super) standing: &'static str,
    /// Whether the bar leads to the list of areas.
    pub(super) leads_to_tasks: bool,
    /// What a form must send back.
    pub(super) csrf: String,
    /// The page before.
    pub(super) back: Option<Link>,
    /// What is wrong with what was entered.
    pub(super) mistakes: Vec<Shown>,
    /// What went wrong although nothing is wrong with what was entered, and what to do.
    pub(super) trouble: Option<Trouble>,
    /// Something good to know.
    pub(super) notice: Option<String>,
}

/// A link to another page of ours.
#[derive(Serialize)]
pub(super) struct Link {
    pub(super) to: String,
    pub(super) words: &'static str,
}

/// A mistake with the field to go to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Shown {
    /// The id of its first control.
    pub(super) field: &'static str,
    /// What is wrong.
    pub(super) words: String,
}

/// What went wrong outside the form, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Trouble {
    pub(super) what: String,
    pub(super) help: String,
}

impl Frame {
    /// What is wrong with a field.
    pub(super) fn mistake(&self, field: Field) -> Option<String> {
        self.mistakes.iter().find(|shown| shown.field == field.as_str()).map(|shown| shown.words.clone())
    }
}

/// Mistakes as a page shows them.
pub(super) fn shown(mistakes: &[Mistake]) -> Vec<Shown> {
    mistakes
        .iter()
        .map(|mistake| Shown { field: mistake.field.as_str(), words: mistake.to_string() })
        .collect()
}

/// The address of a place.
pub(super) fn path(place: &Place) -> String {
    match place {
        Place::Organisation => "/organisation".to_owned(),
        Place::Fact(id) => format!("/fact/{id}"),
        Place::Question(id) => format!("/question/{id}"),
        Place::Check => "/check".to_owned(),
    }
}
