use std::fmt;

/// A value that must not leave the file it came from: no `Display`, no serialisation, and a `Debug` that shows nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Private<T>(T);

impl<T> Private<T> {
    /// Wraps a value.
    pub fn new(value: T) -> Self {
        Self(value)
    }

    /// The value itself. Only code that writes it back into the person's own file may call this.
    pub fn expose(&self) -> &T {
        &self.0
    }
}

impl<T> fmt::Debug for Private<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Private(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_nothing() {
        let note = Private::new("ring the bank");
        assert_eq!(format!("{note:?}"), "Private(..)");
        assert_eq!(*note.expose(), "ring the bank");
    }
}
