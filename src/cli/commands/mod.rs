//! One file per command.

pub(super) mod answer;
pub(super) mod check;
pub(super) mod compare;
pub(super) mod completions;
pub(super) mod explain;
pub(super) mod history;
#[cfg(feature = "office")]
pub(super) mod import;
pub(super) mod incidents;
pub(super) mod man;
pub(super) mod new;
pub(super) mod plan;
pub(super) mod questionnaire;
pub(super) mod questionnaires;
pub(super) mod report;
#[cfg(feature = "web")]
pub(super) mod serve;
pub(super) mod show;
pub(super) mod templates;
pub(super) mod why;
