//! Colours and their contrast, as WCAG 2.2 reckons it, in whole numbers.

use std::fmt;

use serde::{Serialize, Serializer};

/// A colour of a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour([u8; 3]);

/// The paper of a page and the panels on it, on a light and on a dark screen: what `base.css` calls `--paper` and
/// `--panel`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Ground {
    Light,
    Dark,
}

impl Ground {
    /// The paper, and the panels.
    pub fn colours(self) -> [Colour; 2] {
        match self {
            Self::Light => [Colour([0xfb, 0xfa, 0xf6]), Colour([0xf1, 0xee, 0xe6])],
            Self::Dark => [Colour([0x14, 0x18, 0x1a]), Colour([0x1e, 0x24, 0x26])],
        }
    }

    /// What a colour is moved towards to be seen better.
    fn opposite(self) -> u8 {
        match self {
            Self::Light => 0,
            Self::Dark => 255,
        }
    }
}

impl Colour {
    /// The smallest contrast of text to what is behind it, in hundredths: 4.5 to 1.
    pub const READABLE: u32 = 450;

    /// A colour written as `#0b5961`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let [_, red, green, blue] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
        Some(Self([red, green, blue]))
    }

    /// Red, green and blue.
    pub fn parts(self) -> [u8; 3] {
        self.0
    }

    /// Half of it on white paper.
    #[must_use]
    pub fn paler(self) -> Self {
        Self(self.0.map(|part| part / 2 + 127))
    }

    /// The contrast to another colour in hundredths, rounded down: 100 to 2100.
    pub fn contrast(self, other: Self) -> u32 {
        // 0.05 of the light that white gives.
        const FLARE: u64 = (1 << 32) / 20;
        let (one, two) = (self.luminance() + FLARE, other.luminance() + FLARE);
        u32::try_from(one.max(two) * 100 / one.min(two)).unwrap_or(u32::MAX)
    }

    /// The smallest contrast to the paper and the panels, in hundredths.
    pub fn contrast_on(self, ground: Ground) -> u32 {
        ground.colours().map(|behind| self.contrast(behind)).into_iter().min().unwrap_or_default()
    }

    /// The first colour on the way to black, or on a dark ground to white, that can be read.
    #[must_use]
    pub fn readable_on(self, ground: Ground) -> Self {
        let goal = u32::from(ground.opposite());
        let moved = |step: u32| {
            Self(self.0.map(|part| {
                u8::try_from((u32::from(part) * (255 - step) + goal * step) / 255).unwrap_or(u8::MAX)
            }))
        };
        let readable = |colour: &Self| colour.contrast_on(ground) >= Self::READABLE;
        (0..=255).map(moved).find(readable).unwrap_or_else(|| moved(255))
    }

    /// The relative luminance; 2^32 is white.
    fn luminance(self) -> u64 {
        let [red, green, blue] = self.0.map(linear);
        (2126 * red + 7152 * green + 722 * blue) / 10_000
    }
}

/// The light of one part of a colour; 2^32 is all of it.
fn linear(part: u8) -> u64 {
    const ONE: u128 = 1 << 32;
    let part = u128::from(part);
    let light = if part <= 10 {
        // part / 255 / 12.92
        part * 100 * ONE / (255 * 1292)
    } else {
        // ((part / 255 + 0.055) / 1.055) ^ 2.4, where x ^ 2.4 is y times the fifth root of y for y = x ^ 2.
        let x = (part * 1000 + 14_025) * ONE / (255 * 1055);
        let square = x * x / ONE;
        (square * fifth_root(square)) >> 24
    };
    u64::try_from(light).unwrap_or(u64::MAX)
}

/// The fifth root of a number of which 2^32 is one; 2^24 is one in the result.
fn fifth_root(number: u128) -> u128 {
    let goal = number << 88;
    let fits = |root: u128| root.pow(5) <= goal;
    (0..=24).rev().fold(0, |root, bit| if fits(root | 1 << bit) { root | 1 << bit } else { root })
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

impl Serialize for Colour {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(text: &str) -> Colour {
        Colour::parse(text).unwrap()
    }

    #[test]
    fn contrast_is_what_wcag_says() {
        let pairs = [
            ("#000000", "#ffffff", 2100),
            ("#ffffff", "#ffffff", 100),
            ("#777777", "#ffffff", 447),
            ("#767676", "#ffffff", 454),
            ("#0000ff", "#ffffff", 859),
            ("#ff0000", "#000000", 525),
            ("#0a0a0a", "#000000", 106),
        ];
        for (one, two, contrast) in pairs {
            assert_eq!(colour(one).contrast(colour(two)), contrast, "{one} {two}");
            assert_eq!(colour(two).contrast(colour(one)), contrast, "{two} {one}");
        }
    }

    #[test]
    fn what_is_proposed_can_be_read_and_what_can_be_read_stays() {
        for ground in [Ground::Light, Ground::Dark] {
            for text in ["#ffff00", "#0b5961", "#84c9cb", "#808080", "#000000", "#ffffff", "#ff0000"] {
                let near = colour(text).readable_on(ground);
                assert!(near.contrast_on(ground) >= Colour::READABLE, "{text} {near}");
                assert_eq!(near.readable_on(ground), near);
            }
        }
        assert_eq!(colour("#0b5961").readable_on(Ground::Light), colour("#0b5961"));
    }

    #[test]
    fn only_six_digits_are_a_colour() {
        for text in ["0b5961", "#0b596", "#0b59611", "#+b5961", "red", "#0b596é", ""] {
            assert_eq!(Colour::parse(text), None, "{text}");
        }
        assert_eq!(colour("#0B5961").to_string(), "#0b5961");
    }
}
