//! A plan as a calendar (RFC 5545), made anew over the one of last time: an event that did not change stays as it was, one
//! that did gets a higher number, and one that is gone is cancelled. Calendars then update what they have.
//!
//! Written here because the calendar crates stamp alarms with the clock and random ids, and let a bare carriage return
//! through, which some calendars read as the end of a line.

use std::collections::BTreeMap;

use crate::report::{Agenda, AgendaEvent};
use crate::text::visible;

/// The most octets of a line, without its end.
const LONGEST: usize = 75;
/// How a calendar of this program begins.
const START: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//safeseat//plan//EN\r\n";
/// The property that says whose plan it is.
const PLAN: &str = "X-SAFESEAT-PLAN:";
/// Nine o'clock in the morning seven days before the midnight with which the day begins.
const LEAD: &str = "TRIGGER:-P6DT15H";

/// Whether a file is one of these calendars.
pub fn made(bytes: &[u8]) -> bool {
    bytes.starts_with(START.as_bytes())
}

/// Whether a calendar is an earlier one of the same plan.
pub fn is_of(agenda: &Agenda, earlier: &str) -> bool {
    earlier.lines().any(|line| line.strip_prefix(PLAN) == Some(agenda.plan.as_str()))
}

/// A calendar, and how many events it has. `earlier` is the one that it takes the place of.
pub fn calendar(agenda: &Agenda, earlier: Option<&str>) -> (String, usize) {
    let mut before = earlier.map(events).unwrap_or_default();
    let mut entries: Vec<(Entry, Option<Entry>)> = Vec::new();
    for event in &agenda.events {
        let old = before.remove(&event.uid);
        entries.push((Entry::of(event), old));
    }
    for (uid, old) in before {
        let stays = agenda.is_part && !agenda.over.contains(&uid);
        entries.push((if stays { old.clone() } else { old.cancelled() }, Some(old)));
    }
    let mut out = format!("{START}CALSCALE:GREGORIAN\r\n{PLAN}{}\r\n", agenda.plan);
    for (mut entry, old) in entries.iter().cloned() {
        match old {
            Some(old) if old.says_the_same(&entry) => {
                (entry.stamp, entry.sequence) = (old.stamp, old.sequence)
            }
            old => {
                entry.stamp = format!("{}T000000Z", agenda.made);
                entry.sequence = old
                    .map_or(agenda.day_number, |old| old.sequence.saturating_add(1).max(agenda.day_number));
            }
        }
        entry.write(&mut out);
    }
    out.push_str("END:VCALENDAR\r\n");
    (out, entries.len())
}

/// An event as it stands in a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Entry {
    uid: String,
    day: String,
    /// Escaped, as in the file.
    title: String,
    /// The same.
    more: Option<String>,
    is_cancelled: bool,
    /// When it was changed, `20261124T000000Z`.
    stamp: String,
    /// How often.
    sequence: u32,
}

impl Entry {
    fn of(event: &AgendaEvent) -> Self {
        Self {
            uid: event.uid.clone(),
            day: event.day.clone(),
            title: escaped(&event.title),
            more: event.more.as_deref().map(escaped),
            ..Self::default()
        }
    }

    fn cancelled(&self) -> Self {
        Self { is_cancelled: true, ..self.clone() }
    }

    fn says_the_same(&self, other: &Self) -> bool {
        let said = |entry: &Self| Self { stamp: String::new(), sequence: 0, ..entry.clone() };
        said(self) == said(other)
    }

    fn write(&self, out: &mut String) {
        let mut line = |words: &str| {
            fold(words, out);
            out.push_str("\r\n");
        };
        line("BEGIN:VEVENT");
        line(&format!("UID:{}", self.uid));
        line(&format!("DTSTAMP:{}", self.stamp));
        line(&format!("SEQUENCE:{}", self.sequence));
        line(&format!("DTSTART;VALUE=DATE:{}", self.day));
        line(&format!("SUMMARY:{}", self.title));
        if let Some(more) = &self.more {
            line(&format!("DESCRIPTION:{more}"));
        }
        line("CLASS:PRIVATE");
        // It takes no time of the day away.
        line("TRANSP:TRANSPARENT");
        if self.is_cancelled {
            line("STATUS:CANCELLED");
        } else {
            line("STATUS:CONFIRMED");
            line("BEGIN:VALARM");
            line("ACTION:DISPLAY");
            line(&format!("DESCRIPTION:{}", self.title));
            line(LEAD);
            line("END:VALARM");
        }
        line("END:VEVENT");
    }
}

/// The events of a calendar of this program, by their ids. What is not as it writes them is left out.
fn events(calendar: &str) -> BTreeMap<String, Entry> {
    let unfolded = calendar.replace("\r\n ", "");
    let mut found = BTreeMap::new();
    for part in unfolded.split("BEGIN:VEVENT\r\n").skip(1) {
        let own = part.split("BEGIN:VALARM").next().unwrap_or_default();
        let value = |name: &str| own.split("\r\n").find_map(|line| line.strip_prefix(name)).map(clean);
        let digits = |text: &String| text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
        let entry = || {
            Some(Entry {
                uid: value("UID:")?,
                day: value("DTSTART;VALUE=DATE:").filter(digits)?,
                title: value("SUMMARY:")?,
                more: value("DESCRIPTION:"),
                is_cancelled: part.contains("\r\nSTATUS:CANCELLED\r\n"),
                stamp: value("DTSTAMP:")?,
                sequence: value("SEQUENCE:")?.parse().ok()?,
            })
        };
        found.extend(entry().map(|entry| (entry.uid.clone(), entry)));
    }
    found
}

/// A text as a value: nothing in it ends a line, begins a property or separates values.
fn escaped(text: &str) -> String {
    let shown = clean(text);
    let mut escaped = String::with_capacity(shown.len());
    for c in shown.chars() {
        if matches!(c, '\\' | ';' | ',') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// Without control characters.
fn clean(text: &str) -> String {
    visible(text).into_owned()
}

/// A line as lines of at most 75 octets, each but the first beginning with a space, and no letter torn apart.
fn fold(line: &str, out: &mut String) {
    let mut width = 0;
    for c in line.chars() {
        if width + c.len_utf8() > LONGEST {
            out.push_str("\r\n ");
            width = 1;
        }
        out.push(c);
        width += c.len_utf8();
    }
}
