//! How it looks: a report becomes bytes, problems become text. What to say was decided before.
//!
//! The formats, one file each, do not import each other; `template` is the only file that names the template engine.
#![deny(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "pure module"
)]

pub mod booklet;
pub mod codes;
mod credit;
pub mod csv;
#[cfg(feature = "web")]
pub mod form;
pub mod html;
pub mod ics;
pub mod json;
pub mod markdown;
pub mod movement;
pub mod own;
pub mod problems;
pub mod screen;
pub mod style;
mod svg;
pub mod template;
pub mod terminal;

mod notes;

#[cfg(test)]
mod fixture;
