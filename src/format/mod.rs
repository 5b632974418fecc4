//! TOML files and the model: one file per file type. Every problem of a file is found in one run.
#![deny(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "pure module"
)]

mod answer;
pub mod assessment;
pub mod beginning;
pub mod brand;
pub mod controls;
mod decode;
mod document;
mod flaw;
pub mod framework;
pub mod incident;
mod kind;
mod leaf;
pub mod lint;
mod logo;
pub mod plan;
mod question;
pub mod questionnaire;
mod read;
pub mod rewrite;
pub mod schema;
pub mod services;
pub mod skeleton;
pub mod sources;
pub mod strings;
mod syntax;
pub mod translation;
mod value;
#[cfg(feature = "office")]
pub mod workbook;

pub use decode::{LARGEST, decode};
pub use document::{Document, Outcome};
pub use kind::FileKind;
