//! The pages on which a questionnaire is answered.

use std::sync::LazyLock;

use serde::Serialize;

use super::style::{BASE_CSS, Style, squeezed};
use super::template::{self, TemplateError};

const FORM_CSS: &str = include_str!("../../templates/form/form.css");

static STYLE: LazyLock<String> = LazyLock::new(|| squeezed(BASE_CSS) + &squeezed(FORM_CSS));

/// A page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Page {
    Check,
    Choose,
    Conflict,
    Ended,
    Fact,
    Launch,
    Opened,
    Organisation,
    Question,
    Refused,
    Report,
    Stop,
    Tasks,
}

impl Page {
    fn template(self) -> &'static str {
        match self {
            Self::Check => "form/check.html",
            Self::Choose => "form/choose.html",
            Self::Conflict => "form/conflict.html",
            Self::Ended => "form/ended.html",
            Self::Fact => "form/fact.html",
            Self::Launch => "form/launch.html",
            Self::Opened => "form/opened.html",
            Self::Organisation => "form/organisation.html",
            Self::Question => "form/question.html",
            Self::Refused => "form/refused.html",
            Self::Report => "form/report.html",
            Self::Stop => "form/stop.html",
            Self::Tasks => "form/tasks.html",
        }
    }
}

/// A page as HTML.
///
/// # Errors
/// When a template does not fit its view, which is a mistake in the program.
pub fn page(page: Page, view: &impl Serialize) -> Result<String, TemplateError> {
    template::fill(page.template(), view)
}

/// The style sheet of all these pages.
pub fn style() -> &'static str {
    &STYLE
}

/// The policy of a report that a server hands out: what its own head says, and that nothing may frame it.
pub fn report_policy(report: &str) -> String {
    let style = report.split_once("<style>").and_then(|(_, rest)| rest.split_once("</style>"));
    let hash = Style::hash_of(style.map_or("", |(style, _)| style));
    format!(
        "default-src 'none'; style-src 'sha256-{hash}'; img-src data:; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'"
    )
}
