//! What a checking constructor found wrong, and where in the document it stands.

use std::fmt;

use super::IdError;

/// One step on the way from the root of a document to a value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// The value under a key of a table.
    Key(String),
    /// A member of an array, counted from 0.
    Item(usize),
}

/// Where in a document a value stands: `question[3].applies_if[0]`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Path(Vec<Step>);

impl Path {
    /// The document itself.
    pub fn root() -> Self {
        Self::default()
    }

    /// The value under a key of the table at this place.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        self.with(Step::Key(key.to_owned()))
    }

    /// A member of the array at this place, counted from 0.
    #[must_use]
    pub fn item(&self, index: usize) -> Self {
        self.with(Step::Item(index))
    }

    /// The steps from the root.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    fn with(&self, step: Step) -> Self {
        let mut steps = self.0.clone();
        steps.push(step);
        Self(steps)
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, step) in self.0.iter().enumerate() {
            match step {
                Step::Key(key) if i == 0 => f.write_str(key)?,
                Step::Key(key) => write!(f, ".{key}")?,
                Step::Item(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// A flaw of a document that is well-formed but not a questionnaire, an incident or an assessment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// Where it stands.
    pub at: Path,
    /// What it is.
    pub kind: FlawKind,
}

/// What is wrong. Each kind becomes one problem code with its long explanation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FlawKind {
    /// Two entries with the same id.
    Duplicate {
        /// The id.
        id: String,
        /// Where the first of them stands.
        first: Path,
    },
    /// An id without its proper form.
    BadId(IdError),
    /// A question whose id begins with an area that is not declared.
    UnknownArea(Missing),
    /// A fact that is not declared.
    UnknownFact(Missing),
    /// A question that does not exist.
    UnknownQuestion(Missing),
    /// A control that does not exist.
    UnknownControl(Missing),
    /// A source that does not exist.
    UnknownSource(Missing),
    /// A reference `PREFIX:id` to a framework or item that does not exist.
    UnknownReference(Missing),
    /// A technique that is not in the pinned ATT&CK list.
    UnknownTechnique(Missing),
    /// A question used by a gate, or carrying a control, that may be declared not applicable.
    MayNotBeSkipped {
        /// The question.
        question: String,
        /// What forbids it: the gate or the control.
        because: String,
    },
    /// Credits, bands or months that do not rise or fall as they must, or do not begin or end where they must.
    BadScale(&'static str),
    /// A number outside its range.
    OutOfRange {
        /// What was written.
        found: String,
        /// The range in words: `a whole number from 1 to 5`.
        expected: &'static str,
    },
    /// A list that has too few or too many members.
    BadCount {
        /// How many there are.
        found: usize,
        /// What was expected, in words.
        expected: &'static str,
    },
    /// A text that is longer than its place in tables and pictures allows.
    TooLong {
        /// How many characters it has.
        found: usize,
        /// How many are allowed.
        longest: usize,
    },
    /// A priority incident without a step that something stops: it could never be interrupted.
    NeverInterrupted,
}

/// A name that was looked for and not found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// The name.
    pub name: String,
    /// The nearest name that exists.
    pub nearest: Option<String>,
}

impl Missing {
    /// A missing name, with the nearest of the existing ones when one is near.
    pub fn new<'a>(name: &str, existing: impl IntoIterator<Item = &'a str>) -> Self {
        Self { name: name.to_owned(), nearest: crate::text::nearest(name, existing) }
    }
}
