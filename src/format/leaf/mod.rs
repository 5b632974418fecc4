//! The values that stand in tables: texts, numbers, dates, words, ids, lists.

mod by_question;
mod colour;
mod date;
mod id;
mod list;
mod number;
mod prose;
mod text;
mod word;

pub(super) use by_question::{ByQuestion, OfQuestion};
pub(super) use date::calendar_day;
pub(super) use id::mended_id;
pub(super) use list::{Entries, Entry, List};
pub(super) use number::{Format, Int};
pub(super) use text::{Country, CountryOrAll, Note, SecureUrl, Url};
pub(super) use word::{word, words};

/// Gives a type an inline JSON Schema.
macro_rules! inline_schema {
    ($type:ty, $schema:expr) => {
        impl schemars::JsonSchema for $type {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($type).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                $schema
            }
        }
    };
}
pub(in crate::format) use inline_schema;
