//! A plan as a calendar, read by a parser that is not ours, and made anew.

use std::collections::BTreeMap;
use std::fs;
use std::str::FromStr as _;

use icalendar::{Calendar, CalendarComponent, Component as _, Event};

use crate::runner::Desk;

/// A sample with a plan of which two actions have dates.
fn desk() -> Desk {
    let desk = Desk::with_sample("local-party");
    desk.run(0, "plan answers.toml --today 2026-11-24 --effort 1 --update");
    let text = desk.read("plan.toml").replacen("# due = 2027-01-31", "due = 2027-02-26", 2);
    desk.write("plan.toml", text);
    desk
}

fn export(desk: &Desk, today: &str, arguments: &str) -> String {
    desk.run(0, &format!("plan answers.toml --today {today} -o plan.ics {arguments}"));
    desk.read("plan.ics")
}

/// The events by their ids. Their lines are short and end as they should.
fn events(text: &str) -> BTreeMap<String, Event> {
    assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']));
    assert_eq!(text.split("\r\n").find(|line| line.len() > 75), None);
    let calendar = Calendar::from_str(&icalendar::parser::unfold(text)).unwrap();
    let events = calendar.components.into_iter().map(|component| match component {
        CalendarComponent::Event(event) => (event.get_uid().unwrap().to_owned(), event),
        other => panic!("no event: {other:?}"),
    });
    let count = text.matches("BEGIN:VEVENT\r\n").count();
    let events: BTreeMap<_, _> = events.collect();
    assert_eq!(events.len(), count, "no id twice");
    events
}

fn value<'a>(event: &'a Event, name: &str) -> &'a str {
    event.property_value(name).unwrap_or_default()
}

#[test]
fn an_event_has_what_calendars_need_and_says_nothing_of_the_weakness() {
    let text = export(&desk(), "2026-11-24", "");
    let events = events(&text);
    assert_eq!(events.len(), 2);
    for event in events.values() {
        assert_eq!(value(event, "DTSTART"), "20270226");
        assert_eq!(event.properties()["DTSTART"].params()["VALUE"].value(), "DATE");
        assert_eq!((value(event, "CLASS"), value(event, "STATUS")), ("PRIVATE", "CONFIRMED"));
        assert_eq!(value(event, "DTSTAMP"), "20261124T000000Z");
        let alarm = &event.components()[0];
        assert_eq!(alarm.property_value("TRIGGER"), Some("-P6DT15H"), "nine o'clock, seven days before");
        assert!(value(event, "SUMMARY").strip_prefix("Security action ").unwrap().parse::<u8>().is_ok());
        assert_eq!(event.property_value("DESCRIPTION"), None);
    }
    for telling in ["Ashcombe", "upd", "gov", "owner", "mailbox", "political", "5.6"] {
        assert!(!text.contains(telling), "{telling}: {text}");
    }
    let titles = export(&desk(), "2026-11-24", "--titles");
    assert!(titles.contains("SUMMARY:Security action 1: Subscribe a shared mailbox"), "{titles}");
}

#[test]
fn an_id_does_not_tell_which_question_it_is_about() {
    // Nobody who knows the questions can work out what an id stands for: another secret gives other ids.
    let desk = desk();
    let plain = export(&desk, "2026-11-24", "");
    let secret =
        desk.read("plan.toml").lines().find(|line| line.starts_with("secret = ")).unwrap().to_owned();
    assert_eq!(secret.len(), "secret = \"\"".len() + 32);
    desk.write("plan.toml", desk.read("plan.toml").replace(&secret, "secret = \"x\""));
    let other = events(&export(&desk, "2026-11-24", "-o other.ics"));
    let confirmed = other.values().filter(|event| value(event, "STATUS") == "CONFIRMED");
    assert!(
        confirmed.clone().count() == 2
            && confirmed.into_iter().all(|event| !plain.contains(value(event, "UID")))
    );
}

#[test]
fn the_same_plan_is_the_same_file_and_a_change_is_one_update() {
    let desk = desk();
    let first = export(&desk, "2026-11-24", "");
    assert_eq!(export(&desk, "2026-12-20", ""), first, "on another day too");
    let plan = desk.read("plan.toml");
    desk.write("plan.toml", plan.replacen("2027-02-26", "2027-03-05", 1));
    let moved = events(&export(&desk, "2026-11-24", ""));
    let before = events(&first);
    let raised: Vec<bool> =
        moved.iter().map(|(uid, event)| event.get_sequence() > before[uid].get_sequence()).collect();
    assert_eq!(raised.iter().filter(|raised| **raised).count(), 1, "{raised:?}");
    assert!(moved.keys().eq(before.keys()), "the ids stay");

    desk.write(
        "plan.toml",
        plan.replacen("\"to-do\"", "\"dropped\"", 1).replacen("\"to-do\"", "\"done\"", 1),
    );
    let over = export(&desk, "2026-12-01", "");
    assert!(events(&over).values().all(|event| value(event, "STATUS") == "CANCELLED"), "{over}");
    desk.run(2, "plan answers.toml --today 2027-12-01 -o plan.ics");
    assert_eq!(desk.read("plan.ics"), over, "nothing is left");
    let said = desk.run(2, "plan answers.toml --today 2026-11-24 -o fresh.ics").err;
    assert!(said.contains("--by DATE") && !desk.path("fresh.ics").exists(), "{said}");
}

#[test]
fn a_part_of_the_plan_leaves_the_other_events() {
    let desk = desk();
    let all = events(&export(&desk, "2026-11-24", "--by 2027-03-31"));
    assert!(all.len() > 10);
    let part = events(&export(&desk, "2026-11-24", "--by 2027-03-31 --effort 0.5"));
    assert_eq!(part.len(), all.len());
    assert!(part.values().all(|event| value(event, "STATUS") == "CONFIRMED"));
    let days = all.values().map(|event| value(event, "DTSTART").to_owned());
    assert!(days.into_iter().all(|day| ("20261125".."20270401").contains(&&*day)));
}

/// How many events stand, and how many are cancelled.
fn counts(text: &str) -> (usize, usize) {
    let events = events(text);
    let cancelled = events.values().filter(|event| value(event, "STATUS") == "CANCELLED").count();
    (events.len() - cancelled, cancelled)
}

#[test]
fn no_event_comes_twice_because_a_plan_file_was_made_later() {
    let desk = Desk::with_sample("local-party");
    let by = "plan answers.toml --by 2027-05-06 --today 2026-11-24";
    let said = desk.run(2, &format!("{by} -o plan.ics")).err;
    assert!(said.contains("no plan file") && said.contains("add --update"), "{said}");
    assert!(!desk.path("plan.ics").exists());
    let said = desk.run(0, &format!("{by} --update -o plan.ics")).err;
    let first = desk.read("plan.ics");
    let (events, cancelled) = counts(&first);
    assert!(events > 50 && cancelled == 0);
    assert!(
        said.ends_with(&format!("wrote plan.ics\n  {events} events, {events} new, 0 cancelled\n")),
        "{said}"
    );
    for again in ["--by 2027-05-06 -o plan.ics", "--update -o plan.ics", "-o plan.ics"] {
        let said = desk.run(0, &format!("plan answers.toml --today 2026-11-24 {again}")).err;
        assert!(said.ends_with(&format!("\n  {events} events, 0 new, 0 cancelled\n")), "{said}");
        assert_eq!(desk.read("plan.ics"), first, "{again}");
    }
    // A plan that somebody wrote by hand has no secret.
    let theirs = desk
        .read("plan.toml")
        .lines()
        .filter(|line| !line.starts_with("secret"))
        .collect::<Vec<_>>()
        .join("\n");
    desk.write("theirs.toml", theirs);
    let said = desk.run(2, &format!("{by} --plan theirs.toml -o theirs.ics")).err;
    assert!(said.contains("has no secret") && said.contains("--update, in place of --plan"), "{said}");
    desk.run(0, &format!("{by} --update theirs.toml -o theirs.ics"));
    assert_eq!(counts(&desk.read("theirs.ics")), (events, 0));
    desk.run(0, "check theirs.toml");
    // With the plan file its secret is gone: the old events would stand beside the new ones.
    fs::remove_file(desk.path("plan.toml")).unwrap();
    let said = desk.run(0, &format!("{by} --update -o plan.ics")).err;
    assert!(said.ends_with(&format!("  {events} events, {events} new, {events} cancelled\n")), "{said}");
    assert_eq!(counts(&desk.read("plan.ics")), (events, events));
}

#[test]
fn only_what_is_done_or_dropped_is_cancelled() {
    let desk = desk();
    let all = export(&desk, "2026-11-24", "--by 2027-05-06");
    let (events, _) = counts(&all);
    let said = desk.run(0, "plan answers.toml --today 2026-11-24 -o plan.ics").err;
    assert_eq!(said, format!("wrote plan.ics\n  {events} events, 0 new, 0 cancelled\n"), "two have a date");
    assert_eq!(desk.read("plan.ics"), all);
    let plan = desk.read("plan.toml");
    desk.write("plan.toml", plan.replace("due = ", "# due = "));
    let said = desk.run(2, "plan answers.toml --today 2026-11-24 -o plan.ics").err;
    assert!(said.contains("no action has a date") && desk.read("plan.ics") == all, "{said}");
    desk.write("plan.toml", plan.replace("due = ", "# due = ").replacen("\"to-do\"", "\"dropped\"", 1));
    let said = desk.run(0, "plan answers.toml --today 2026-11-24 -o plan.ics").err;
    assert_eq!(said, format!("wrote plan.ics\n  {} events, 0 new, 1 cancelled\n", events - 1));
}

#[test]
fn without_titles_none_is_left_from_an_earlier_time() {
    let desk = desk();
    let titled = export(&desk, "2026-11-24", "--by 2027-05-06 --titles");
    assert!(events(&titled).values().all(|event| value(event, "SUMMARY").contains(": ")), "{titled}");
    desk.write("plan.toml", desk.read("plan.toml").replacen("\"to-do\"", "\"dropped\"", 1));
    let plain = export(&desk, "2026-11-24", "--by 2027-05-06 --quick-wins");
    assert_eq!(counts(&plain), (events(&titled).len() - 1, 1), "most are not in this part");
    for event in events(&plain).values() {
        let summary = value(event, "SUMMARY");
        assert!(summary.strip_prefix("Security action ").unwrap().parse::<u8>().is_ok(), "{summary}");
        assert_eq!(event.property_value("DESCRIPTION"), None);
    }
}

#[test]
fn the_calendar_of_another_plan_and_other_files_are_kept() {
    let desk = desk();
    let theirs = export(&desk, "2026-11-24", "");
    desk.write("plan.toml", desk.read("plan.toml").replace("Ashcombe Vale", "Westmoor"));
    desk.write("answers.toml", desk.read("answers.toml").replace("Ashcombe Vale", "Westmoor"));
    let said = desk.run(2, "plan answers.toml -o plan.ics").err;
    assert!(said.contains("calendar of another plan") && desk.read("plan.ics") == theirs, "{said}");
    let ours = events(&export(&desk, "2026-11-24", "--force"));
    assert!(ours.keys().all(|uid| !theirs.contains(uid)) && ours.len() == 2);
    desk.write("other.ics", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n");
    desk.run(4, "plan answers.toml -o other.ics");
}

#[test]
fn no_text_adds_an_event_or_an_alarm() {
    let desk = desk();
    let hostile = r"a\r\nBEGIN:VALARM\r\nEND:VEVENT\r\nBEGIN:VEVENT, ; : \\n 👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻 \u2028 \u0085";
    let plan =
        desk.read("plan.toml").replacen("# owner = \"office manager\"", &format!("owner = \"{hostile}\""), 9);
    desk.write("plan.toml", plan.replace("Ashcombe Vale Local Party\"", &format!("{hostile}\"")));
    desk.write(
        "answers.toml",
        desk.read("answers.toml").replace("Ashcombe Vale Local Party\"", &format!("{hostile}\"")),
    );
    let text = export(&desk, "2026-11-24", "--titles");
    let events = events(&text);
    assert_eq!((events.len(), text.matches("\r\nBEGIN:VALARM\r\n").count()), (2, 2), "{text}");
    assert!(events.values().all(|event| event.components().len() == 1));
    assert!(events.values().all(|event| value(event, "DESCRIPTION").contains("👩‍💻👩‍💻👩‍💻")), "{text}");
    assert_eq!(export(&desk, "2026-11-24", "--titles"), text);
}
