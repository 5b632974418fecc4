//! The nouns: questionnaires, answers, incidents and frameworks, made only by constructors that check them.
#![deny(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "pure module"
)]

mod assessment;
mod brand;
mod change;
mod colour;
mod date;
mod flaw;
mod id;
mod incident;
mod number;
mod prose;
mod question;
mod questionnaire;
mod reference;
mod resolve;
mod service;
mod standing;
mod translation;
mod work_plan;

pub use assessment::{
    Answer, Assessment, Evidence, Given, Narrative, Organisation, OrganisationKind, Ternary, Value, Waiver,
    YesPartlyNo,
};
pub use brand::{Accent, Brand, Logo, LogoKind};
pub use change::{CarriedOver, Change};
pub use colour::{Colour, Ground};
pub use date::{Date, DateError};
pub use flaw::{Flaw, FlawKind, Missing, Path, Step as PathStep};
pub use id::{
    AreaId, ChoiceId, ControlId, FactId, FrameworkId, GateId, IdError, IncidentId, ItemId, LevelId,
    QuestionId, QuestionnaireId, ServiceId, SourceId, StepId,
};
pub use incident::{Attribution, Certainty, Confidence, Effect, Incident, Prevention, Step};
pub use number::{Credit, Difference, Points, Weight, World, Worlds};
pub use prose::{Block, Inline, Prose};
pub use question::{Band, Choice, Cost, Effort, Kind, LONGEST_TITLE, Level, Question, Severity, Within};
pub use questionnaire::{
    Area, Base, Cap, Fact, Gate, Header, Placed, Questionnaire, QuestionnaireParts, Requirement, Selector,
    is_about_a_person,
};
pub use reference::{Alias, Control, Framework, Item, Reference, Seen, Source};
pub use service::{Service, ServiceRole, ServiceUser, Services};
pub use standing::Standing;
pub use translation::{AreaTexts, FactTexts, GateTexts, QuestionTexts, Translation};
pub use work_plan::{PlannedAction, WorkPlan, WorkStatus};
