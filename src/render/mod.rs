//! How it looks: a report becomes bytes, problems become text. What to say was decided before.
//!
//! Renderers do not import each other; they share `template` (the only file that names the template engine) and `svg`.
#![deny(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "pure module"
)]

pub mod html;
pub mod svg;
pub mod template;

#[cfg(test)]
mod fixture;
