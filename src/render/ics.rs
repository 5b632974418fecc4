//! A plan as a calendar (RFC 5545), made anew over the one of last time: an event that did not change stays as it was, one
//! that did gets a higher number, and one about which nothing is to be done any more is cancelled. Calendars then update
//! what they have.
//!
//! Written here because the calendar crates stamp alarms with the clock and random ids, and let a bare carriage return
//! through, which some calendars read as the end of a line.

use std::collections::BTreeMap;

use crate::report::{Agenda, AgendaEvent, untold};
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

/// What became of the events.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Those that stand.
    pub events: usize,
    /// Those of them that did not stand before.
    pub new: usize,
    /// Those that stood before and are cancelled now.
    pub cancelled: usize,
}

/// A calendar, and what became of the events. `earlier` is the one that it takes the place of: its events stay, unless
/// nothing is to be done about them any more.
pub fn calendar(agenda: &Agenda, earlier: Option<&str>) -> (String, Counts) {
    let mut before = earlier.map(events).unwrap_or_default();
    let mut entries: Vec<(Entry, Option<Entry>)> = Vec::new();
    for event in &agenda.events {
        let old = before.remove(&event.uid);
        entries.push((Entry::of(event), old));
    }
    for (uid, old) in before {
        let mut entry = old.clone();
        entry.is_cancelled |= !agenda.open.contains(&uid);
        if !agenda.titles {
            entry.tell_nothing();
        }
        entries.push((entry, Some(old)));
    }
    // Always in the same order: the same events are the same file.
    entries.sort_by(|(a, _), (b, _)| (&a.day, &a.uid).cmp(&(&b.day, &b.uid)));
    let counts = counts(&entries);
    let mut out = format!("{START}CALSCALE:GREGORIAN\r\n{PLAN}{}\r\n", agenda.plan);
    for (mut entry, old) in entries {
        match old {
            Some(old) if old.says_the_same(&entry) => {
                (entry.stamp, entry.sequence) = (old.stamp, old.sequence);
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
    (out, counts)
}

/// What became of each entry, beside what it was.
fn counts(entries: &[(Entry, Option<Entry>)]) -> Counts {
    let mut counts = Counts::default();
    for (entry, old) in entries {
        let stood = old.as_ref().is_some_and(|old| !old.is_cancelled);
        counts.events += usize::from(!entry.is_cancelled);
        counts.new += usize::from(!entry.is_cancelled && !stood);
        counts.cancelled += usize::from(entry.is_cancelled && stood);
    }
    counts
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

    /// The event that these lines are.
    fn read(lines: &[&str]) -> Option<Self> {
        let own = || lines.iter().take_while(|line| **line != "BEGIN:VALARM");
        let value = |name: &str| own().find_map(|line| line.strip_prefix(name)).map(clean);
        let is_day = |text: &String| text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
        Some(Self {
            uid: value("UID:")?,
            day: value("DTSTART;VALUE=DATE:").filter(is_day)?,
            title: value("SUMMARY:")?,
            more: value("DESCRIPTION:"),
            is_cancelled: own().any(|line| *line == "STATUS:CANCELLED"),
            stamp: value("DTSTAMP:")?,
            sequence: value("SEQUENCE:")?.parse().ok()?,
        })
    }

    /// Takes away what tells what is to be done.
    fn tell_nothing(&mut self) {
        self.title = untold(&self.title).to_owned();
        self.more = None;
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
    let lines: Vec<&str> = unfolded.split("\r\n").collect();
    // A whole line: a title may contain the same words.
    let events = lines.split(|line| *line == "BEGIN:VEVENT").skip(1);
    events.filter_map(Entry::read).map(|entry| (entry.uid.clone(), entry)).collect()
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn agenda(day_number: u32, events: &[(&str, &str, &str)]) -> Agenda {
        let event = |(uid, day, title): &(&str, &str, &str)| AgendaEvent {
            uid: (*uid).to_owned(),
            day: (*day).to_owned(),
            title: (*title).to_owned(),
            more: Some((*title).to_owned()),
        };
        Agenda {
            plan: "0123".to_owned(),
            made: "20261124".to_owned(),
            day_number,
            events: events.iter().map(event).collect(),
            open: events.iter().map(|(uid, ..)| (*uid).to_owned()).collect(),
            titles: true,
        }
    }

    /// What a strict reader sees: one list of properties for each event, its alarm's among them.
    fn read(calendar: &str) -> Vec<Vec<(String, String)>> {
        let mut events = Vec::new();
        for line in calendar.replace("\r\n ", "").split_terminator("\r\n") {
            let (name, value) = line.split_once(':').unwrap();
            assert!(!line.contains(|c: char| c.is_control()), "{line:?}");
            match line {
                "BEGIN:VEVENT" => events.push(Vec::new()),
                _ if events.is_empty() => {}
                _ => events.last_mut().unwrap().push((name.to_owned(), value.to_owned())),
            }
        }
        events
    }

    proptest! {
        #[test]
        fn any_text_stays_text(title in "(\\PC|[\r\n\t;,:\\\\\u{85}\u{2028}👩\u{200d}]){0,120}", folded in 0..80_usize) {
            let title = format!("{}{title}\r\nBEGIN:VALARM\r\n", "x".repeat(folded));
            let (calendar, count) = calendar(&agenda(9, &[("a", "20270131", &title), ("b", "20270131", "")]), None);
            prop_assert_eq!(count, Counts { events: 2, new: 2, cancelled: 0 });
            let longest = calendar.split("\r\n").map(str::len).max();
            prop_assert!(longest <= Some(LONGEST), "{}", calendar);
            prop_assert!(!calendar.replace("\r\n", "").contains(['\r', '\n']), "{}", calendar);
            prop_assert_eq!(calendar.matches("\r\nBEGIN:").count(), 4);
            let names: Vec<Vec<String>> =
                read(&calendar).iter().map(|event| event.iter().map(|(name, _)| name.clone()).collect()).collect();
            prop_assert_eq!(&names[0][..], &names[1][..names[1].len() - 1]);
            let events = read(&calendar);
            let summary = &events[0].iter().find(|(name, _)| name == "SUMMARY").unwrap().1;
            let plain = summary.replace("\\\\", "\u{0}").replace("\\;", ";").replace("\\,", ",").replace('\u{0}', "\\");
            prop_assert_eq!(plain, visible(&title).into_owned());
            // What was read back is what was written.
            let again = super::calendar(&agenda(10, &[("a", "20270131", &title), ("b", "20270131", "")]), Some(&calendar)).0;
            prop_assert_eq!(again, calendar);
        }
    }

    #[test]
    fn only_what_changed_gets_a_new_number_and_what_is_over_is_cancelled() {
        let first = calendar(&agenda(100, &[("a", "20270131", "1"), ("b", "20270201", "2")]), None).0;
        let sequence = |calendar: &str, uid: &str| events(calendar).get(uid).map(|event| event.sequence);
        let moved = calendar(&agenda(100, &[("a", "20270131", "1"), ("b", "20270301", "2")]), Some(&first)).0;
        assert_eq!(
            (sequence(&moved, "a"), sequence(&moved, "b")),
            (Some(100), Some(101)),
            "twice on one day"
        );
        let gone = calendar(&agenda(300, &[("a", "20270131", "1")]), Some(&moved)).0;
        assert_eq!((sequence(&gone, "a"), sequence(&gone, "b")), (Some(100), Some(300)));
        assert!(events(&gone)["b"].is_cancelled && gone.matches("BEGIN:VALARM").count() == 1);
        let later = calendar(&agenda(301, &[("a", "20270131", "1")]), Some(&gone)).0;
        assert_eq!(later, gone, "a cancelled event stays as it is");
        let back = calendar(&agenda(301, &[("a", "20270131", "1"), ("b", "20270301", "2")]), Some(&gone)).0;
        assert!(!events(&back)["b"].is_cancelled && sequence(&back, "b") == Some(301));
    }

    #[test]
    fn an_event_that_is_not_in_this_agenda_stays_while_something_is_to_be_done() {
        let all =
            [("a", "20270131", "1"), ("b", "20270201", "2"), ("c", "20270201", "3"), ("d", "20270201", "4")];
        let first = calendar(&agenda(100, &all), None).0;
        let mut part = agenda(101, &[("a", "20270131", "1")]);
        part.open.insert("b".to_owned());
        let (text, counts) = calendar(&part, Some(&first));
        let cancelled = |text: &str| ["a", "b", "c", "d"].map(|uid| events(text)[uid].is_cancelled);
        assert_eq!(cancelled(&text), [false, false, true, true]);
        assert_eq!(counts, Counts { events: 2, new: 0, cancelled: 2 });
        let (text, counts) = calendar(&agenda(102, &all[..3]), Some(&text));
        assert_eq!(cancelled(&text), [false, false, false, true]);
        assert_eq!(counts, Counts { events: 3, new: 1, cancelled: 0 });
    }

    #[test]
    fn without_titles_no_event_keeps_the_one_of_last_time() {
        let told = |number: u8| format!("Security action {number}: Lock the door");
        let titles = [told(1), told(2), told(3)];
        let [a, b, c] =
            [("a", "20270131", &*titles[0]), ("b", "20270201", &*titles[1]), ("c", "20270201", &*titles[2])];
        let first = calendar(&agenda(100, &[a, b, c]), None).0;
        let gone = calendar(&agenda(101, &[a, b]), Some(&first)).0;
        assert!(gone.matches("SUMMARY:Security action 3: Lock the door").count() == 1, "{gone}");
        let mut part = agenda(102, &[("a", "20270131", "Security action 1")]);
        part.open.insert("b".to_owned());
        (part.events[0].more, part.titles) = (None, false);
        let text = calendar(&part, Some(&gone)).0;
        assert!(!text.contains("Lock"), "{text}");
        assert!(text.contains("SUMMARY:Security action 2") && events(&text)["c"].is_cancelled, "{text}");
        assert!(events(&text).values().all(|event| event.sequence == 102), "calendars update them");
    }
}
