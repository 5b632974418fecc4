//! Checked whole numbers: nothing in scoring is a float, and nothing out of range can be built.

use std::fmt;
use std::iter::Sum;
use std::ops::Add;

/// The credit of an answer before evidence is looked at: 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Credit(u8);

impl Credit {
    /// No credit.
    pub const ZERO: Self = Self(0);
    /// Half the credit.
    pub const HALF: Self = Self(50);
    /// Full credit.
    pub const FULL: Self = Self(100);

    /// A credit, when the number is at most 100.
    pub fn new(credit: u8) -> Option<Self> {
        (credit <= 100).then_some(Self(credit))
    }

    /// The number, 0 to 100.
    pub fn get(self) -> u8 {
        self.0
    }
}

/// A share of points in basis points: 0 to 10000, where 10000 is 100.00.
#[derive(serde::Serialize, Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Points(u16);

impl Points {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// Everything: 100.00.
    pub const FULL: Self = Self(10_000);

    /// Points, when there are at most 10000 basis points.
    pub fn new(basis_points: u16) -> Option<Self> {
        (basis_points <= 10_000).then_some(Self(basis_points))
    }

    /// Basis points, 0 to 10000.
    pub fn get(self) -> u16 {
        self.0
    }

    /// The number that is printed: whole points, rounded down.
    pub fn printed(self) -> u16 {
        self.0 / 100
    }

    /// This much less, never below nothing.
    #[must_use]
    pub fn less(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// How much more this is than it was before; negative when it is less.
    pub fn since(self, before: Self) -> Difference {
        Difference(i32::from(self.0) - i32::from(before.0))
    }
}

impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

/// A difference of points in basis points: negative is a loss.
#[derive(serde::Serialize, Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Difference(i32);

impl Difference {
    /// No difference.
    pub const ZERO: Self = Self(0);

    /// Basis points.
    pub fn get(self) -> i32 {
        self.0
    }

    /// Whether something was lost.
    pub fn is_loss(self) -> bool {
        self.0 < 0
    }
}

impl Add for Difference {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sum for Difference {
    fn sum<I: Iterator<Item = Self>>(differences: I) -> Self {
        differences.fold(Self::ZERO, Add::add)
    }
}

/// With its sign: `+3.10`, `−0.05`, `0.00`.
impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match self.0 {
            0 => "",
            1.. => "+",
            _ => "−",
        };
        let size = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", size / 100, size % 100)
    }
}

/// How much something counts: 1 to 10 for an area, 1 to 5 for a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Weight(u8);

impl Weight {
    /// The weight of an area, when it is 1 to 10.
    pub fn of_area(weight: i64) -> Option<Self> {
        (1..=10).contains(&weight).then(|| u8::try_from(weight).ok().map(Self)).flatten()
    }

    /// The weight of a question, when it is 1 to 5.
    pub fn of_question(weight: i64) -> Option<Self> {
        (1..=5).contains(&weight).then(|| u8::try_from(weight).ok().map(Self)).flatten()
    }

    /// The number.
    pub fn get(self) -> u8 {
        self.0
    }
}

/// The same thing in the three worlds in which everything is scored.
#[derive(serde::Serialize, Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Worlds<T> {
    /// Only what evidence supports; unknown counts nothing.
    pub proven: T,
    /// Answers taken at their word; unknown counts nothing.
    pub stated: T,
    /// As stated, but unknown counts as the best case.
    pub possible: T,
}

impl<T> Worlds<T> {
    /// One value made for each world.
    pub fn each(mut make: impl FnMut(World) -> T) -> Self {
        Self { proven: make(World::Proven), stated: make(World::Stated), possible: make(World::Possible) }
    }

    /// The value in one world.
    pub fn get(&self, world: World) -> &T {
        match world {
            World::Proven => &self.proven,
            World::Stated => &self.stated,
            World::Possible => &self.possible,
        }
    }

    /// A reference to each value.
    pub fn each_ref(&self) -> Worlds<&T> {
        Worlds { proven: &self.proven, stated: &self.stated, possible: &self.possible }
    }

    /// Each value changed in the same way.
    pub fn map<U>(self, mut change: impl FnMut(T) -> U) -> Worlds<U> {
        Worlds { proven: change(self.proven), stated: change(self.stated), possible: change(self.possible) }
    }
}

/// One of the three worlds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum World {
    /// Only what evidence supports.
    Proven,
    /// Answers taken at their word.
    Stated,
    /// Unknown counts as the best case.
    Possible,
}
