//! Tables of which each is about a question.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use toml::Spanned;

use super::{Entries, Entry};
use crate::format::read::{Node, Read, Reader, quoted};
use crate::problem::{Code, Problem};

/// A table about one question.
pub(in crate::format) trait OfQuestion: Read {
    /// The header of one, for messages.
    const EXAMPLE: &'static str;
    /// The same with words for its parts.
    const TOPIC: &'static str;
    /// The key that a value was probably meant for when it stands alone, where a table should.
    const ALONE: &'static str;

    /// Reads the table of one question.
    fn read_table(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        if node.get_ref().is_table() {
            return Self::read(node, reader);
        }
        let key = Self::ALONE;
        let meant = format!("{{ {key} = {} }}", reader.written(&node.span()));
        reader.wrong_type_as(&format!("a table with the key `{key}`"), node, Some(meant));
        None
    }
}

/// A table for each area, and in it a table for each topic: the keys are the ids of questions. In the order of the file.
#[derive(Debug)]
pub(in crate::format) struct ByQuestion<T>(pub(in crate::format) Vec<Entry<T>>);

impl<T> Default for ByQuestion<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: OfQuestion> Read for ByQuestion<T> {
    fn expected() -> String {
        format!("tables such as {}", T::EXAMPLE)
    }

    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let Some(areas) = node.get_ref().as_table() else {
            reader.wrong_type::<Self>(node, None);
            return None;
        };
        let mut entries = Vec::new();
        for (area, topics) in areas {
            if area.get_ref().contains('.') {
                let message = format!("the id {} stands between quotation marks", quoted(area.get_ref()));
                let problem = Problem::new(Code::BadId, area.span(), message);
                let problem = problem.help(format!("write the header without them: {}", T::TOPIC));
                reader.report(problem.suggest(Some(area.get_ref().to_string())));
                continue;
            }
            let Some(topics) = topics.get_ref().as_table() else {
                reader.wrong_type::<Self>(topics, None);
                continue;
            };
            for (topic, node) in topics {
                let key = format!("{}.{}", area.get_ref(), topic.get_ref());
                let value = T::read_table(node, reader).map(|raw| Spanned::new(node.span(), raw));
                entries.push(Entry { key, key_span: topic.span(), value });
            }
        }
        entries.sort_by_key(|entry| entry.key_span.start);
        Some(Self(entries))
    }
}

impl<T: JsonSchema> JsonSchema for ByQuestion<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("ByQuestion{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        <Entries<Entries<T>>>::json_schema(generator)
    }
}
