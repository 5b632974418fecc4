//! Values as they are written, and values as they mean.

use std::collections::BTreeMap;
use std::fmt;

use toml_edit::{Item, TableLike, Value};

use crate::model::Date;

/// A value to be written. It may be a private note, so there is no `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum New {
    Text(String),
    Whole(i64),
    Flag(bool),
    Day(Date),
    List(Vec<String>),
    Table(Vec<(&'static str, New)>),
}

impl New {
    /// A word of the format.
    pub(super) fn word(word: &str) -> Self {
        Self::Text(word.to_owned())
    }
}

impl fmt::Display for New {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => quoted(f, text),
            Self::Whole(number) => write!(f, "{number}"),
            Self::Flag(flag) => write!(f, "{flag}"),
            Self::Day(date) => write!(f, "{date}"),
            Self::List(members) => {
                f.write_str("[")?;
                for (i, member) in members.iter().enumerate() {
                    f.write_str(if i == 0 { "" } else { ", " })?;
                    quoted(f, member)?;
                }
                f.write_str("]")
            }
            Self::Table(entries) if entries.is_empty() => f.write_str("{}"),
            Self::Table(entries) => {
                for (i, (key, value)) in entries.iter().enumerate() {
                    write!(f, "{} {key} = {value}", if i == 0 { "{" } else { "," })?;
                }
                f.write_str(" }")
            }
        }
    }
}

/// A text on one line, whatever is in it, so that it looks the same in a file with any kind of line ends.
fn quoted(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    f.write_str("\"")?;
    for c in text.chars() {
        match c {
            '"' => f.write_str("\\\"")?,
            '\\' => f.write_str("\\\\")?,
            '\n' => f.write_str("\\n")?,
            '\r' => f.write_str("\\r")?,
            '\t' => f.write_str("\\t")?,
            c if c.is_control() => write!(f, "\\u{:04X}", u32::from(c))?,
            c => write!(f, "{c}")?,
        }
    }
    f.write_str("\"")
}

/// What a value means, however it is written. It may be a private note, so there is no `Debug`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Plain {
    Text(String),
    Whole(i64),
    Flag(bool),
    /// A date, a time or a number with a fraction, as it prints.
    Other(String),
    List(Vec<Plain>),
    Table(BTreeMap<String, Plain>),
}

impl Plain {
    /// What a table means. Tables with nothing in them mean nothing.
    pub(super) fn of_table(table: &dyn TableLike) -> Self {
        let entries = table.iter().filter_map(|(key, item)| Some((key.to_owned(), Self::of_item(item)?)));
        Self::Table(entries.filter(|(_, value)| !value.is_empty_table()).collect())
    }

    fn of_item(item: &Item) -> Option<Self> {
        match item {
            Item::None => None,
            Item::Value(value) => Some(Self::of_value(value)),
            Item::Table(table) => Some(Self::of_table(table)),
            Item::ArrayOfTables(tables) => {
                Some(Self::List(tables.iter().map(|table| Self::of_table(table)).collect()))
            }
        }
    }

    fn of_value(value: &Value) -> Self {
        match value {
            Value::String(text) => Self::Text(text.value().clone()),
            Value::Integer(number) => Self::Whole(*number.value()),
            Value::Boolean(flag) => Self::Flag(*flag.value()),
            Value::Float(number) => Self::Other(number.value().to_string()),
            Value::Datetime(date) => Self::Other(date.value().to_string()),
            Value::Array(members) => Self::List(members.iter().map(Self::of_value).collect()),
            Value::InlineTable(table) => Self::of_table(table),
        }
    }

    fn is_empty_table(&self) -> bool {
        matches!(self, Self::Table(entries) if entries.is_empty())
    }

    /// The value at a path.
    pub(super) fn get(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |value, key| match value {
            Self::Table(entries) => entries.get(*key),
            _ => None,
        })
    }

    /// The same with another value at a path, or none. Tables with nothing left in them go too.
    pub(super) fn set(&mut self, path: &[&str], to: Option<Self>) {
        let Some((first, rest)) = path.split_first() else {
            *self = to.unwrap_or_else(|| Self::Table(BTreeMap::new()));
            return;
        };
        if !matches!(self, Self::Table(_)) {
            *self = Self::Table(BTreeMap::new());
        }
        if let Self::Table(entries) = self {
            let entry = entries.entry((*first).to_owned()).or_insert_with(|| Self::Table(BTreeMap::new()));
            entry.set(rest, to);
            if entry.is_empty_table() {
                entries.remove(*first);
            }
        }
    }
}

impl From<&New> for Plain {
    fn from(new: &New) -> Self {
        match new {
            New::Text(text) => Self::Text(text.clone()),
            New::Whole(number) => Self::Whole(*number),
            New::Flag(flag) => Self::Flag(*flag),
            New::Day(date) => Self::Other(date.to_string()),
            New::List(members) => Self::List(members.iter().cloned().map(Self::Text).collect()),
            New::Table(entries) => {
                Self::Table(entries.iter().map(|(key, value)| ((*key).to_owned(), value.into())).collect())
            }
        }
    }
}
