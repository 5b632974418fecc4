//! Days of the calendar.

use schemars::json_schema;

use super::inline_schema;
use crate::format::read::{Node, Read, Reader, described};
use crate::model::Date;
use crate::problem::{Code, Problem};

impl Read for Date {
    fn expected() -> String {
        "a date such as 2026-11-23, without quotes".to_owned()
    }

    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let date = calendar_day(node);
        if date.is_none() {
            let meant = node.get_ref().as_str().and_then(|text| Self::parse(text.trim()).ok());
            let code =
                if meant.is_none() && node.get_ref().is_str() { Code::BadDate } else { Code::WrongType };
            let message = format!("found {}, expected {}", described(node), Self::expected());
            let meant = meant.map(|date| date.to_string());
            reader.report(Problem::new(code, node.span(), message).suggest(meant));
        }
        date
    }
}

inline_schema!(Date, json_schema!({ "type": "string", "format": "date" }));

/// The day that a node names, when it is a date without a time.
pub(in crate::format) fn calendar_day(node: &Node<'_>) -> Option<Date> {
    let when = node.get_ref().as_datetime()?;
    let date = when.date.filter(|_| when.time.is_none())?;
    Date::new(i16::try_from(date.year).ok()?, date.month, date.day).ok()
}
