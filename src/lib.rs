//! An honest, private and offline security check for political organisations.
//!
//! TOML files become a checked model, a pure engine turns the model into an evaluation, a report decides what to say,
//! renderers decide how it looks; only the outermost ring touches disk, clock or terminal.

pub mod interview;
pub mod model;
pub mod problem;
pub mod render;
pub mod report;
pub mod scoring;
pub mod text;
