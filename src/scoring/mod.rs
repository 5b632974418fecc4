//! The engine: credits become a score that is a proven / stated / possible range, with an owner for every lost point.
//!
//! Whole numbers only, in basis points (10000 is 100.00); every division rounds down, so that anyone can check a
//! result by hand and every machine gets the same one. No file, no clock, no float.
#![deny(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "pure module"
)]
#![deny(clippy::float_arithmetic, reason = "scores are exact")]

mod evaluation;

pub use evaluation::{
    Action, AreaResult, Band, Evaluation, FindOut, GateResult, GateState, IncidentResult, Ledger, Measured,
    Outcome, QuestionResult, Replay, Scores, Stability, StepResult, Word,
};
