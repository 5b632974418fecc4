//! Lists, and tables whose keys are ids.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use toml::Spanned;

use super::id::KEBAB;
use crate::format::read::{Node, Read, Reader, Span};

/// A list. A member that could not be read leaves a gap, so that the others keep their numbers.
#[derive(Debug)]
pub(in crate::format) struct List<T>(pub(in crate::format) Vec<Option<Spanned<T>>>);

impl<T> Default for List<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> List<T> {
    /// The members that could be read.
    pub(in crate::format) fn values(self) -> Vec<T> {
        self.0.into_iter().flatten().map(Spanned::into_inner).collect()
    }

    /// The members, when all of them could be read.
    pub(in crate::format) fn all(self) -> Option<Vec<T>> {
        self.0.into_iter().map(|member| member.map(Spanned::into_inner)).collect()
    }

    /// The members that could be read, with their numbers.
    pub(in crate::format) fn numbered(self) -> impl Iterator<Item = (usize, T)> {
        let numbered = self.0.into_iter().enumerate();
        numbered.filter_map(|(i, member)| member.map(|member| (i, member.into_inner())))
    }
}

impl<T: Read> Read for List<T> {
    fn expected() -> String {
        format!("a list, each member {}", T::expected())
    }

    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let Some(array) = node.get_ref().as_array() else {
            let written = reader.written(&node.span());
            let listable = !node.get_ref().is_table() || written.starts_with('[');
            let listed = listable.then(|| format!("[{written}]"));
            reader.wrong_type::<Self>(node, listed);
            return None;
        };
        let member = |node: &Node<'_>| T::read(node, reader).map(|value| Spanned::new(node.span(), value));
        Some(Self(array.iter().map(member).collect()))
    }
}

impl<T: JsonSchema> JsonSchema for List<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("ListOf{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "array", "items": generator.subschema_for::<T>() })
    }
}

/// A table whose keys are ids, in the order of the file.
#[derive(Debug)]
pub(in crate::format) struct Entries<T>(pub(in crate::format) Vec<Entry<T>>);

/// One entry of such a table.
#[derive(Debug)]
pub(in crate::format) struct Entry<T> {
    pub(in crate::format) key: String,
    pub(in crate::format) key_span: Span,
    pub(in crate::format) value: Option<Spanned<T>>,
}

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Read> Read for Entries<T> {
    fn expected() -> String {
        format!("a table, each value {}", T::expected())
    }

    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let Some(table) = node.get_ref().as_table() else {
            reader.wrong_type::<Self>(node, None);
            return None;
        };
        let mut entries: Vec<Entry<T>> = table
            .iter()
            .map(|(key, node)| Entry {
                key: key.get_ref().clone().into_owned(),
                key_span: key.span(),
                value: T::read(node, reader).map(|value| Spanned::new(node.span(), value)),
            })
            .collect();
        entries.sort_by_key(|entry| entry.key_span.start);
        Some(Self(entries))
    }
}

impl<T: JsonSchema> JsonSchema for Entries<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("EntriesOf{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "object",
            "propertyNames": { "pattern": KEBAB, "maxLength": 64 },
            "additionalProperties": generator.subschema_for::<T>(),
        })
    }
}
