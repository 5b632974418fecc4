//! Whole numbers within a range, and `true` and `false`.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use toml::de::DeValue;

use super::inline_schema;
use crate::format::read::{Node, Read, Reader, unexpected};
use crate::format::schema;
use crate::model::{Cap, Credit};
use crate::problem::Code;

/// A whole number within a range.
#[derive(Debug, Clone, Copy)]
pub(in crate::format) struct Int<const MIN: i64, const MAX: i64>(i64);

impl<const MIN: i64, const MAX: i64> Int<MIN, MAX> {
    /// A number that stands in for one that could not be read.
    pub(in crate::format) const STAND_IN: Self = Self(MIN);

    /// The number.
    pub(in crate::format) fn get(self) -> i64 {
        self.0
    }

    /// The number as a smaller type that holds the whole range.
    pub(in crate::format) fn small<T: TryFrom<i64>>(self) -> T {
        T::try_from(self.0).ok().expect("invariant: the type holds every number from MIN to MAX")
    }
}

impl<const MIN: i64, const MAX: i64> Read for Int<MIN, MAX> {
    fn expected() -> String {
        if MAX == i64::MAX || MAX == i64::from(u16::MAX) || MAX == i64::from(u32::MAX) {
            format!("a whole number from {MIN}")
        } else {
            format!("a whole number from {MIN} to {MAX}")
        }
    }

    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let DeValue::Integer(number) = node.get_ref() else {
            let meant = node.get_ref().as_str().map(|text| text.trim().trim_end_matches('%'));
            let meant = meant.filter(|text| text.parse::<i64>().is_ok());
            reader.wrong_type::<Self>(node, meant.map(str::to_owned));
            return None;
        };
        let value = i64::from_str_radix(number.as_str(), number.radix()).ok();
        let value = value.filter(|value| (MIN..=MAX).contains(value));
        if value.is_none() {
            reader.report(unexpected::<Self>(Code::OutOfRange, node, &number.to_string()));
        }
        value.map(Self)
    }
}

impl<const MIN: i64, const MAX: i64> JsonSchema for Int<MIN, MAX> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Int{MIN}To{MAX}").into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "integer", "minimum": MIN, "maximum": MAX })
    }
}

/// The number of the file format: there is only one so far.
#[derive(Debug)]
pub(in crate::format) struct Format;

impl Read for Format {
    fn expected() -> String {
        "format 1".to_owned()
    }

    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let DeValue::Integer(number) = node.get_ref() else {
            reader.wrong_type::<Self>(node, None);
            return None;
        };
        if number.to_string() == "1" {
            return Some(Self);
        }
        let problem = unexpected::<Self>(Code::UnsupportedFormat, node, &number.to_string());
        reader.report(problem.help("a newer version of this program may be able to read it"));
        None
    }
}

inline_schema!(Format, json_schema!({ "const": 1 }));

impl Read for Credit {
    fn expected() -> String {
        Int::<0, 100>::expected()
    }

    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        Int::<0, 100>::read(node, reader).and_then(|credit| Self::new(credit.small()))
    }
}

inline_schema!(Credit, json_schema!({ "type": "integer", "minimum": 0, "maximum": 100 }));

impl Read for Cap {
    fn expected() -> String {
        "39, 59, 79 or 89".to_owned()
    }

    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let points = Int::<0, 100>::read(node, reader)?.get();
        let cap = Self::new(points);
        if cap.is_none() {
            let problem = unexpected::<Self>(Code::OutOfRange, node, &points.to_string());
            reader.report(problem.help("a cap is the upper end of a band"));
        }
        cap
    }
}

inline_schema!(Cap, schema::one_of([39, 59, 79, 89]));

impl Read for bool {
    fn expected() -> String {
        "`true` or `false`".to_owned()
    }

    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let value = node.get_ref().as_bool();
        if value.is_none() {
            let meant = match node.get_ref().as_str() {
                Some("true" | "yes") => Some("true".to_owned()),
                Some("false" | "no") => Some("false".to_owned()),
                _ => None,
            };
            reader.wrong_type::<Self>(node, meant);
        }
        value
    }
}
