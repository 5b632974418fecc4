//! The interview on a page of this computer, for a person who has never seen a terminal.
//!
//! The server binds to loopback, and everything that a browser sends is checked before it is routed: where it comes
//! from, that it knows a secret, and for changes that it comes from a form of ours. Pages need no script.
//!
//! [`Desk`] is what the person does and knows no HTTP; [`Site`] lets them in; [`app`] connects the two and can be tested
//! without a socket; [`serve()`] runs it.

mod desk;
mod fields;
mod guard;
mod routes;
mod secret;
mod serve;
mod site;
#[cfg(test)]
mod tests;
mod view;

/// A file's name as it can be typed after a command.
pub fn quoted(name: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./\\:~+".contains(c);
    if name.chars().all(plain) { name.to_owned() } else { format!("\"{name}\"") }
}

pub use desk::{Desk, Material};
pub use routes::app;
pub use serve::{Ended, Limits, listen, serve};
pub use site::Site;
