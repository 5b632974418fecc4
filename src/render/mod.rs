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
mod brand;
pub mod codes;
mod credit;
pub mod csv;
#[cfg(feature = "office")]
pub mod docx;
#[cfg(feature = "web")]
pub mod form;
mod frameworks;
pub mod history;
pub mod html;
pub mod ics;
pub mod json;
pub mod markdown;
pub mod movement;
#[cfg(any(feature = "office", feature = "pdf"))]
mod outline;
pub mod own;
#[cfg(feature = "office")]
pub mod package;
#[cfg(feature = "pdf")]
pub mod pdf;
pub mod problems;
mod prose;
pub mod screen;
mod squeeze;
pub mod style;
mod svg;
pub mod template;
pub mod terminal;
#[cfg(feature = "office")]
pub mod xlsx;

mod notes;

#[cfg(test)]
mod fixture;
