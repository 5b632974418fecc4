//! Secrets: what opens the page, and how it is compared.

use std::fmt;
use std::io;

use sha2::{Digest as _, Sha256};

/// 256 bits from the operating system, as text.
pub(super) struct Secret(String);

impl Secret {
    /// A new one.
    pub(super) fn new() -> io::Result<Self> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(|error| io::Error::other(error.to_string()))?;
        Ok(Self(bytes.iter().fold(String::with_capacity(64), |hex, byte| hex + &format!("{byte:02x}"))))
    }

    /// The text itself: for the person's own terminal, cookie or form, and for nobody else.
    pub(super) fn expose(&self) -> &str {
        &self.0
    }

    /// Whether somebody knows it. Hashes are compared, and all of them: how long it takes says nothing.
    pub(super) fn is(&self, said: &str) -> bool {
        let (own, said) = (Sha256::digest(&self.0), Sha256::digest(said));
        own.iter().zip(said).fold(0, |differences, (own, said)| differences | (own ^ said)) == 0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_long_differ_and_are_known_only_in_full() {
        let (one, other) = (Secret::new().unwrap(), Secret::new().unwrap());
        assert_eq!(one.expose().len(), 64);
        assert!(one.is(one.expose()) && !one.is(other.expose()));
        assert!(!one.is("") && !one.is(&one.expose()[..63]) && !one.is(&format!("{}0", one.expose())));
        assert_eq!(format!("{one:?}"), "Secret(..)");
    }
}
