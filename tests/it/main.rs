//! Everything that is tested from outside, in one program.

#![expect(clippy::unwrap_used, reason = "a test that panics has failed")]

mod problems;
mod schemas;
