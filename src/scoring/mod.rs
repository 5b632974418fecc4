//! The engine: credits become a score that is a proven / stated / possible range, with an owner for every lost point.
//!
//! Whole numbers only, in basis points (10000 is 100.00); every division rounds down, so that anyone can check a
//! result by hand and every machine gets the same one. No file, no clock, no float.
//!
//! A [`Scheme`] is a questionnaire with its incidents, compiled once. It turns an assessment into [`Scores`] (the cheap
//! part) or into an [`Evaluation`] (everything). Inside, an assessment becomes one credit per question and world
//! (`credit`, `evidence`); a `Tally` holds the credits of one world and everything that follows from them
//! (`aggregation`, `gates`, `incidents`). `scores` and `replay` write that down; `ledger`, `find_out`, `roadmap` and
//! `stability` ask tallies what would be if a credit or a weight were another; `ageing` asks what will be on later days.
//! `comparison` sets two evaluations beside each other.
#![deny(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "pure module"
)]
#![deny(clippy::float_arithmetic, reason = "scores are exact")]

mod ageing;
mod aggregation;
mod closers;
mod comparison;
mod coverage;
mod credit;
mod evaluation;
mod evidence;
mod find_out;
mod gates;
mod incidents;
mod ledger;
mod replay;
mod roadmap;
mod scheme;
mod scores;
mod stability;
mod tally;
#[cfg(test)]
mod tests;

pub use ageing::Lapse;
pub use comparison::{
    Assessed, Cause, ChangeKind, Comparison, Effect, GateChange, IncidentChange, QuestionChange,
};
pub use evaluation::{
    Action, AreaResult, Band, Closer, Evaluation, FindOut, GateResult, GateState, IncidentResult, Ledger,
    Measured, Outcome, QuestionResult, Replay, Scores, Stability, StepResult, Word,
};
pub use scheme::Scheme;
