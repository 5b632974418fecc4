//! Reading a document as declared tables: each `table!` says once which keys there are, what they take and what they
//! mean. The same declaration reads a file, finds unknown and missing keys, and makes the JSON Schema.

use std::ops::Range;

use schemars::JsonSchema;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::syntax::Mended;
use crate::problem::{Code, Problem, Source};
use crate::text::{and_list, nearest, or_list, visible};

/// A value of the document, with its place.
pub(super) type Node<'a> = Spanned<DeValue<'a>>;

/// A range of bytes of the document.
pub(super) type Span = Range<usize>;

/// More errors or warnings than these are not collected: a file of one megabyte could have a hundred thousand.
pub(super) const MOST_PROBLEMS: usize = 200;

/// Collects the problems of one document while it is read.
pub(super) struct Reader<'s> {
    source: &'s Source,
    problems: Vec<Problem>,
    damaged: &'s [Span],
    /// Whether names may be missing that the person has written.
    pub(super) names_lost: bool,
}

impl<'s> Reader<'s> {
    pub(super) fn new(source: &'s Source) -> Self {
        Self { source, problems: Vec::new(), damaged: &[], names_lost: false }
    }

    /// For a document that is not quite TOML.
    pub(super) fn of_mended(source: &'s Source, mended: &'s Mended) -> Self {
        let mut reader = Self::new(source);
        for problem in &mended.problems {
            reader.report(problem.clone());
        }
        Self { damaged: &mended.damaged, names_lost: mended.lost, ..reader }
    }

    /// Adds a problem. Nothing more is said about tables that are not TOML: it would only follow from that.
    pub(super) fn report(&mut self, problem: Problem) {
        if self.damaged.iter().any(|damaged| damaged.contains(&problem.place.start)) {
            return;
        }
        let is_error = problem.is_error();
        let so_far = self.problems.iter().filter(|earlier| earlier.is_error() == is_error).count();
        if so_far < MOST_PROBLEMS {
            self.problems.push(problem);
        } else if so_far == MOST_PROBLEMS && is_error {
            let message = format!("there are more than {MOST_PROBLEMS} errors");
            let end = self.source.text().len();
            let help = "put these right and check the file again";
            self.problems.push(Problem::new(Code::TooManyProblems, end..end, message).help(help));
        }
    }

    pub(super) fn report_all(&mut self, problems: impl IntoIterator<Item = Problem>) {
        problems.into_iter().for_each(|problem| self.report(problem));
    }

    /// The text that stands at a place, as it was written.
    pub(super) fn written(&self, span: &Span) -> &'s str {
        self.source.text().get(span.clone()).unwrap_or_default()
    }

    pub(super) fn into_problems(self) -> Vec<Problem> {
        self.problems
    }

    /// Reports a value that has not even the type of what is expected.
    pub(super) fn wrong_type<T: Read>(&mut self, node: &Node<'_>, suggestion: Option<String>) {
        self.wrong_type_as(&T::expected(), node, suggestion);
    }

    /// The same, with what is expected in words.
    pub(super) fn wrong_type_as(&mut self, expected: &str, node: &Node<'_>, suggestion: Option<String>) {
        let message = format!("found {}, expected {expected}", described(node));
        self.report(Problem::new(Code::WrongType, node.span(), message).suggest(suggestion));
    }
}

/// Something that a file can hold.
pub(super) trait Read: Sized + JsonSchema {
    /// What it is, in a message: `text`, `a whole number from 1 to 5`.
    fn expected() -> String;

    /// Reads it, or reports why it cannot be read.
    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self>;

    /// Whether it says nothing: a text without a letter. What says nothing counts as absent.
    fn is_blank(&self) -> bool {
        false
    }
}

/// One key of a table: absent, broken (which has been reported), or with a value.
#[derive(Debug)]
pub(super) struct Field<T> {
    /// Where the key stands.
    pub(super) key: Option<Span>,
    /// Its value, with its place.
    pub(super) value: Option<Spanned<T>>,
}

impl<T> Default for Field<T> {
    fn default() -> Self {
        Self { key: None, value: None }
    }
}

impl<T> Field<T> {
    /// The value, if there is one.
    pub(super) fn get(&self) -> Option<&T> {
        self.value.as_ref().map(Spanned::get_ref)
    }

    /// The value, if there is one.
    pub(super) fn take(self) -> Option<T> {
        self.value.map(Spanned::into_inner)
    }

    /// The value, or one that stands in for it: the rest of the document can then be checked as well.
    pub(super) fn or(self, stand_in: T) -> T {
        self.take().unwrap_or(stand_in)
    }

    /// The value, or an empty one that stands in for it.
    pub(super) fn or_default(self) -> T
    where
        T: Default,
    {
        self.take().unwrap_or_default()
    }

    /// Where the value stands.
    pub(super) fn span(&self) -> Option<Span> {
        self.value.as_ref().map(Spanned::span)
    }

    /// Whether the key stands there, but not a value that could be read.
    pub(super) fn is_broken(&self) -> bool {
        self.key.is_some() && self.value.is_none()
    }
}

/// A key of a table and what it means.
type Key = (&'static str, &'static str);

/// A table while its keys are taken out one by one.
pub(super) struct Table<'n, 'a> {
    keys: &'n DeTable<'a>,
    span: Span,
    what: &'static str,
    missing: Vec<&'static str>,
    taken: usize,
}

impl<'n, 'a> Table<'n, 'a> {
    /// Opens a table, or reports that it is not one.
    pub(super) fn open(node: &'n Node<'a>, what: &'static str, reader: &mut Reader<'_>) -> Option<Self> {
        let Some(keys) = node.get_ref().as_table() else {
            reader.wrong_type_as(&article(what), node, None);
            return None;
        };
        Some(Self { keys, span: node.span(), what, missing: Vec::new(), taken: 0 })
    }

    /// The value of a key that may be left out.
    pub(super) fn optional<T: Read>(&mut self, key: &'static str, reader: &mut Reader<'_>) -> Field<T> {
        let Some((key, node)) = self.keys.get_key_value(key) else { return Field::default() };
        self.taken += 1;
        let value = T::read(node, reader);
        if value.as_ref().is_some_and(T::is_blank) {
            return Field::default();
        }
        Field { key: Some(key.span()), value: value.map(|value| Spanned::new(node.span(), value)) }
    }

    /// The value of a key that must be there.
    pub(super) fn required<T: Read>(&mut self, key: &'static str, reader: &mut Reader<'_>) -> Field<T> {
        let field = self.optional(key, reader);
        if field.key.is_none() {
            match self.keys.get(key) {
                None => self.missing.push(key),
                Some(blank) => {
                    let message = format!("`{key}` is empty, expected {}", T::expected());
                    reader.report(Problem::new(Code::EmptyText, blank.span(), message));
                }
            }
        }
        field
    }

    /// Reports what is missing and what is left over, given every key that there is with its meaning. A key that was
    /// probably only misspelt is not missing; those are returned.
    pub(super) fn close(self, known: &[Key], reader: &mut Reader<'_>) -> Vec<&'static str> {
        let mut misspelt = Vec::new();
        if self.taken < self.keys.len() {
            for (key, _) in self.keys {
                let name = key.get_ref().as_ref();
                if !known.iter().any(|(known, _)| *known == name) {
                    let meant = self.meant(name, known);
                    misspelt.extend(meant);
                    reader.report(self.unknown(name, key.span(), meant, known));
                }
            }
        }
        let missing = |key: &Key| self.missing.contains(&key.0) && !misspelt.contains(&key.0);
        let missing: Vec<&Key> = known.iter().filter(|key| missing(key)).collect();
        if !missing.is_empty() {
            reader.report(self.incomplete(&missing));
        }
        misspelt
    }

    fn incomplete(&self, missing: &[&Key]) -> Problem {
        let keys: Vec<_> = missing.iter().map(|(key, _)| format!("`{key}`")).collect();
        let message = format!("{} has no {}", self.name(), and_list(&keys));
        let problem = Problem::new(Code::MissingKey, self.span.clone(), message);
        match missing {
            [(key, meaning)] => problem.help(format!("`{key}`: {}", meaning.trim().trim_end_matches('.'))),
            _ => problem,
        }
    }

    fn unknown(&self, name: &str, at: Span, meant: Option<&str>, known: &[Key]) -> Problem {
        let message = format!("{} has an unknown key {}", self.name(), quoted(name));
        let problem = Problem::new(Code::UnknownKey, at, message);
        let absent: Vec<_> = self.absent(known).map(|(key, _)| format!("`{key}`")).collect();
        if meant.is_some() || absent.is_empty() {
            return problem.suggest(meant.map(str::to_owned));
        }
        problem.help(format!("it can also have {}", or_list(&absent)))
    }

    /// The key that was probably meant: one that is absent rather than one that is there already.
    fn meant(&self, name: &str, known: &[Key]) -> Option<&'static str> {
        let near = nearest(name, self.absent(known).map(|(key, _)| *key));
        let near = near.or_else(|| nearest(name, known.iter().map(|(key, _)| *key)))?;
        known.iter().find(|(key, _)| *key == near).map(|(key, _)| *key)
    }

    fn absent<'k>(&self, known: &'k [Key]) -> impl Iterator<Item = &'k Key> {
        known.iter().filter(|(key, _)| !self.keys.contains_key(*key))
    }

    /// What to call it in a message: the question with its id, or this question.
    fn name(&self) -> String {
        match self.keys.get("id").and_then(|id| id.get_ref().as_str()) {
            Some(id) => format!("the {} {}", self.what, quoted(id)),
            None => format!("this {}", self.what),
        }
    }
}

/// A noun with its article: `a question`, `an area`.
pub(super) fn article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {noun}")
}

/// A value of the right type that is not what is expected.
pub(super) fn unexpected<T: Read>(code: Code, node: &Node<'_>, found: &str) -> Problem {
    Problem::new(code, node.span(), format!("found {}, expected {}", quoted(found), T::expected()))
}

/// Text of the person inside a message: between backticks, harmless, and not longer than a line.
pub(super) fn quoted(text: &str) -> String {
    const LONGEST: usize = 60;
    let shown = visible(text);
    if shown.chars().count() <= LONGEST {
        return format!("`{shown}`");
    }
    let cut: String = shown.chars().take(LONGEST - 1).collect();
    format!("`{cut}…`")
}

/// A value in a message: `the number 11`, `a list`.
pub(super) fn described(node: &Node<'_>) -> String {
    match node.get_ref() {
        DeValue::String(text) => format!("the text {}", quoted(text)),
        DeValue::Integer(number) => format!("the number {}", quoted(&number.to_string())),
        DeValue::Float(number) => format!("the number {}", quoted(number.as_str())),
        DeValue::Boolean(value) => format!("`{value}`"),
        DeValue::Datetime(when) if when.time.is_none() => format!("the date `{when}`"),
        DeValue::Datetime(when) => format!("the time `{when}`"),
        DeValue::Array(_) => "a list".to_owned(),
        DeValue::Table(_) => "a table".to_owned(),
    }
}

/// Declares a table of a file: the type that it is read into, how it is read, and its JSON Schema.
macro_rules! table {
    (
        $(#[doc = $doc:literal])+
        $Name:ident = $what:literal {
            $($(#[doc = $key_doc:literal])+ $presence:ident $key:ident: $type:ty,)+
        }
    ) => {
        $(#[doc = $doc])+
        #[derive(Debug)]
        #[allow(dead_code, reason = "some keys are only checked")]
        pub(super) struct $Name {
            /// Where the table, or its header, stands.
            pub(super) span: $crate::format::read::Span,
            /// Keys that are absent because they are probably misspelt.
            pub(super) misspelt: Vec<&'static str>,
            $($(#[doc = $key_doc])+ pub(super) $key: $crate::format::read::Field<$type>,)+
        }

        impl $crate::format::read::Read for $Name {
            fn expected() -> String {
                $crate::format::read::article($what)
            }

            fn read(
                node: &$crate::format::read::Node<'_>,
                reader: &mut $crate::format::read::Reader<'_>,
            ) -> Option<Self> {
                let mut table = $crate::format::read::Table::open(node, $what, reader)?;
                $(let $key = table.$presence(stringify!($key), reader);)+
                let misspelt = table.close(&[$((stringify!($key), concat!($($key_doc),+))),+], reader);
                Some(Self { span: node.span(), misspelt, $($key),+ })
            }
        }

        impl schemars::JsonSchema for $Name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($Name).trim_start_matches("Raw").into()
            }

            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let mut schema = $crate::format::schema::TableSchema::new(concat!($($doc, "\n"),+));
                $(schema.$presence::<$type>(stringify!($key), concat!($($key_doc, "\n"),+), generator);)+
                schema.finish()
            }
        }
    };
}
pub(super) use table;
