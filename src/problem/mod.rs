//! Problems as data: what is wrong in a person's file, where, and what to do about it. Nothing here draws them.
#![deny(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "pure module"
)]

mod code;
mod source;

use std::ops::Range;

pub use code::{Code, Severity};
pub use source::Source;

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What sort of problem it is.
    pub code: Code,
    /// What was found and what was expected, in the present tense, without a full stop.
    pub message: String,
    /// Where it stands.
    pub place: Place,
    /// Other places that help to understand it.
    pub labels: Vec<Label>,
    /// The next step, as one sentence.
    pub help: Option<String>,
    /// What was probably meant.
    pub suggestion: Option<Suggestion>,
}

/// A range of bytes in one of the sources of a collection.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Which source, counted from 0.
    pub source: usize,
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// A place with a few words about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub place: Place,
    /// What is to be seen there: `first defined here`.
    pub text: String,
}

/// A replacement that probably puts a problem right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// What is to be replaced.
    pub place: Place,
    /// What should stand there.
    pub replacement: String,
}

impl From<Range<usize>> for Place {
    /// A place in the first source of a collection.
    fn from(range: Range<usize>) -> Self {
        Self { source: 0, start: range.start, end: range.end }
    }
}

impl Problem {
    /// A problem at a place, without labels, help or suggestion.
    pub fn new(code: Code, at: impl Into<Place>, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { code, message, place: at.into(), labels: Vec::new(), help: None, suggestion: None }
    }

    /// The same with a sentence about the next step.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// The same with a second place.
    #[must_use]
    pub fn label(mut self, at: impl Into<Place>, text: impl Into<String>) -> Self {
        self.labels.push(Label { place: at.into(), text: text.into() });
        self
    }

    /// The same with what was probably meant in place of what stands there, when something is near.
    #[must_use]
    pub fn suggest(self, replacement: Option<String>) -> Self {
        let place = self.place.clone();
        Self { suggestion: replacement.map(|replacement| Suggestion { place, replacement }), ..self }
    }

    /// Whether the file cannot be used before it is put right.
    pub fn is_error(&self) -> bool {
        self.code.severity() == Severity::Error
    }

    fn places(&mut self) -> impl Iterator<Item = &mut Place> {
        let labels = self.labels.iter_mut().map(|label| &mut label.place);
        let suggestion = self.suggestion.iter_mut().map(|suggestion| &mut suggestion.place);
        std::iter::once(&mut self.place).chain(labels).chain(suggestion)
    }
}

/// Problems of one or more sources, in the order of the sources and of the places within them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Problems {
    sources: Vec<Source>,
    list: Vec<Problem>,
}

impl Problems {
    /// Problems of one source, in any order.
    pub fn of(source: &Source, mut list: Vec<Problem>) -> Self {
        sort(&mut list);
        Self { sources: vec![source.clone()], list }
    }

    /// Adds other problems. Sources that are new stand behind those that are known.
    pub fn extend(&mut self, other: Self) {
        let renumbered: Vec<usize> = other.sources.into_iter().map(|source| self.number_of(source)).collect();
        for mut problem in other.list {
            for place in problem.places() {
                place.source = renumbered.get(place.source).copied().unwrap_or_default();
            }
            self.list.push(problem);
        }
        sort(&mut self.list);
    }

    fn number_of(&mut self, source: Source) -> usize {
        self.sources.iter().position(|known| *known == source).unwrap_or_else(|| {
            self.sources.push(source);
            self.sources.len() - 1
        })
    }

    /// The problems, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.list.iter()
    }

    /// The source of a place.
    pub fn source(&self, place: &Place) -> Option<&Source> {
        self.sources.get(place.source)
    }

    /// The same with something else in place of each source and each problem. The source of a problem's place, and what
    /// takes its place, are at hand for that; the new text must be as long as the old one.
    #[must_use]
    pub fn replaced(
        &self,
        replace_source: impl Fn(&Source) -> Source,
        replace_problem: impl Fn(&Problem, &Source, &Source) -> Problem,
    ) -> Self {
        let sources: Vec<Source> = self.sources.iter().map(replace_source).collect();
        let replaced =
            |problem: &Problem| match (self.source(&problem.place), sources.get(problem.place.source)) {
                (Some(old), Some(new)) => replace_problem(problem, old, new),
                _ => problem.clone(),
            };
        let list = self.list.iter().map(replaced).collect();
        Self { sources, list }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many of them are errors.
    pub fn errors(&self) -> usize {
        self.iter().filter(|problem| problem.is_error()).count()
    }

    /// How many of them are warnings.
    pub fn warnings(&self) -> usize {
        self.len() - self.errors()
    }

    /// Whether one of them is an error, so that the file cannot be used.
    pub fn has_errors(&self) -> bool {
        self.iter().any(Problem::is_error)
    }
}

fn sort(list: &mut [Problem]) {
    list.sort_by(|a, b| a.place.cmp(&b.place).then_with(|| a.code.cmp(&b.code)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_are_in_order_of_sources_and_places() {
        let (one, two) = (Source::new("one.toml", "a = 1\nb = 2\n"), Source::new("two.toml", "c = 3\n"));
        let of_one = vec![
            Problem::new(Code::WrongType, 10..11, "second"),
            Problem::new(Code::OtherVersion, 4..5, "first").label(6..7, "here"),
        ];
        let mut problems = Problems::of(&one, of_one);
        problems
            .extend(Problems::of(&two, vec![Problem::new(Code::WrongType, 0..1, "third").label(4..5, "x")]));
        problems.extend(Problems::of(&one, vec![Problem::new(Code::WrongType, 0..1, "of the first again")]));
        let seen: Vec<_> = problems.iter().map(|p| (p.place.source, p.message.as_str())).collect();
        assert_eq!(seen, [(0, "of the first again"), (0, "first"), (0, "second"), (1, "third")]);
        assert_eq!(problems.iter().last().unwrap().labels[0].place.source, 1);
        assert_eq!((problems.len(), problems.errors(), problems.warnings()), (4, 3, 1));
    }
}
