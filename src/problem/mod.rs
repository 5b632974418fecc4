//! Problems as data: what is wrong in a person's file, where, and what to do about it. Nothing here draws them.
#![deny(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "pure module"
)]
