//! The house style of whoever hands a report over.

use std::fmt;

use serde::Serialize;

use super::Colour;

/// The house style of whoever hands a report over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Brand {
    /// Their name.
    pub name: String,
    /// How to reach them, line by line.
    pub contact: Vec<String>,
    /// Their logo.
    #[serde(skip)]
    pub logo: Option<Logo>,
    /// Their colour.
    pub accent: Option<Accent>,
    /// A marking for every page, where the answers have none.
    pub marking: Option<String>,
    /// A few words on the first page.
    pub cover: Option<String>,
    /// A few words at the end.
    pub footer: Option<String>,
    /// The language of what is handed over: `cy`.
    #[serde(skip)]
    pub language: Option<String>,
}

/// The colour of links and pictures. Both have enough contrast.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Accent {
    /// On light paper.
    pub light: Colour,
    /// On a dark screen.
    pub dark: Colour,
}

/// A picture that has been checked: it runs nothing, and asks for nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Logo {
    /// What sort of picture.
    pub kind: LogoKind,
    /// Its file.
    pub bytes: Vec<u8>,
}

/// What sort of picture a logo is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum LogoKind {
    Png,
    Svg,
}

impl LogoKind {
    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Svg => "image/svg+xml",
        }
    }
}

impl fmt::Debug for Logo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Logo({}, {} bytes)", self.kind.media_type(), self.bytes.len())
    }
}
