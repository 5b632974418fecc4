//! What is fuzzed: each target takes any bytes, and panics when something that must always hold does not.
//!
//! `fuzzing.rs` tries each of them for a moment in the test command; `fuzz/` is led by libFuzzer for as long as one likes.

pub mod answers;
pub mod brand;
pub mod incident;
pub mod interview;
pub mod mutation;
pub mod questionnaire;
pub mod rewrite;
mod script;
mod shared;
pub mod template;
#[cfg(feature = "office")]
pub mod workbook;
