//! A file parsed as TOML, whether or not all of it could be.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::read::{Node, Read, Reader, Span};
use super::syntax::Mended;
use crate::model::{Path, PathStep};
use crate::problem::{Problems, Source};

/// What reading gives: the thing itself unless there are errors, and every problem of the file.
pub type Outcome<T> = (Option<T>, Problems);

/// A file that has been parsed as TOML, whatever it holds.
pub struct Document<'s> {
    source: &'s Source,
    tree: Tree<'s>,
}

enum Tree<'s> {
    Sound(Node<'s>),
    /// A text that was mended is parsed again whenever it is looked at: broken files need not be fast.
    Mended(Mended),
}

impl<'s> Document<'s> {
    /// Parses a text. Mistakes are kept and reported with everything else when the document is read.
    pub fn parse(source: &'s Source) -> Self {
        let (table, errors) = DeTable::parse_recoverable(source.text());
        let sound = errors.is_empty();
        let tree = if sound { Tree::Sound(root(table)) } else { Tree::Mended(Mended::new(source.text())) };
        Self { source, tree }
    }

    /// Where it comes from.
    pub fn source(&self) -> &'s Source {
        self.source
    }

    /// Whether the text is TOML as it stands.
    pub(super) fn is_sound(&self) -> bool {
        matches!(self.tree, Tree::Sound(_))
    }

    /// Where the value of a key of the whole document stands.
    pub fn place_of(&self, key: &str) -> Option<std::ops::Range<usize>> {
        self.look(|root| root.get_ref().get(key).map(Spanned::span))
    }

    /// Looks at the values of the document.
    pub(super) fn look<T>(&self, look: impl FnOnce(&Node<'_>) -> T) -> T {
        match &self.tree {
            Tree::Sound(tree) => look(tree),
            Tree::Mended(mended) => look(&root(DeTable::parse_recoverable(&mended.text).0)),
        }
    }

    /// Collects problems, beginning with what is wrong with the text.
    pub(super) fn reader(&self) -> Reader<'_> {
        match &self.tree {
            Tree::Sound(_) => Reader::new(self.source),
            Tree::Mended(mended) => Reader::of_mended(self.source, mended),
        }
    }

    /// Looks through the document as a declared table, and reports only what is found on the way: what is wrong with the
    /// document itself is reported when it is read.
    pub(super) fn scan<T: Read>(&self, look: impl FnOnce(T, &mut Reader<'_>)) -> Problems {
        let mut found = Reader::new(self.source);
        self.look(|root| {
            if let Some(raw) = T::read(root, &mut Reader::new(self.source)) {
                look(raw, &mut found);
            }
        });
        Problems::of(self.source, found.into_problems())
    }

    /// Reads the document as a declared table and makes something of it.
    pub(super) fn read<T: Read, V>(
        &self,
        make: impl FnOnce(T, &mut Reader<'_>, &Node<'_>) -> Option<V>,
    ) -> Outcome<V> {
        let mut reader = self.reader();
        let value = self.look(|root| T::read(root, &mut reader).and_then(|raw| make(raw, &mut reader, root)));
        let problems = Problems::of(self.source, reader.into_problems());
        (value.filter(|_| !problems.has_errors()), problems)
    }
}

/// The document itself stands where its first key stands.
fn root(table: Spanned<DeTable<'_>>) -> Node<'_> {
    let table = table.into_inner();
    let first = table.keys().map(Spanned::span).min_by_key(|span| span.start).unwrap_or_default();
    Spanned::new(first, DeValue::Table(table))
}

/// Where the value at a path stands, or the deepest value on the way to it.
pub(super) fn span_of(root: &Node<'_>, path: &Path) -> Span {
    let mut node = root;
    for step in path.steps() {
        let next = match step {
            PathStep::Key(key) => node.get_ref().get(key.as_str()),
            PathStep::Item(index) => node.get_ref().get(*index),
        };
        match next {
            Some(next) => node = next,
            None => break,
        }
    }
    node.span()
}
