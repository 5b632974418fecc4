//! The plan of one organisation: which actions it has taken on, who does them, and until when.

use std::collections::BTreeMap;

use super::{Date, QuestionId, QuestionnaireId};

/// What an organisation has taken on, action by action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkPlan {
    /// The questionnaire whose questions the actions are about.
    pub questionnaire: QuestionnaireId,
    /// The name of the organisation, as its answers have it.
    pub organisation: String,
    /// What the ids of calendar events are made from: without it, somebody who knows the questionnaire could try out which
    /// question an id is about.
    pub secret: Option<String>,
    /// The actions about questions that the questionnaire has.
    pub actions: BTreeMap<QuestionId, PlannedAction>,
}

/// One action of a plan: raising a question to full credit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlannedAction {
    /// The role of the person who does it.
    pub owner: Option<String>,
    /// The last day for it.
    pub due: Option<Date>,
    /// How far it is.
    pub status: WorkStatus,
    /// A remark, shown beside it.
    pub remark: Option<String>,
}

/// How far an action is, as the plan says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
#[expect(missing_docs, reason = "the names say it")]
pub enum WorkStatus {
    #[default]
    ToDo,
    Doing,
    Done,
    Dropped,
}

impl WorkStatus {
    /// The word in files and output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ToDo => "to-do",
            Self::Doing => "doing",
            Self::Done => "done",
            Self::Dropped => "dropped",
        }
    }

    /// Whether there is still something to do.
    pub fn is_open(self) -> bool {
        matches!(self, Self::ToDo | Self::Doing)
    }
}
