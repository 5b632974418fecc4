//! How it looks: a report becomes bytes, one file per format. The formats do not import each other.
#![deny(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "pure module"
)]

pub mod csv;
pub mod json;
pub mod markdown;
pub mod problems;
pub mod screen;
pub mod terminal;
