//! Accepted risks and what runs out: shown everywhere, in no number, and what a report can be made to fail on.

use std::fs;
use std::process::Stdio;

use serde_json::Value;

use crate::runner::{Desk, run, samples};
use crate::small;

/// A desk with a questionnaire of one question and an answer to it.
fn desk(answer: &str) -> Desk {
    let desk = Desk::new();
    desk.write("own.toml", small::questionnaire("own", "Own", "none").replace("controls = [\"none\"]\n", ""));
    desk.write("answers.toml", small::answers("own").replace("answer = \"yes\"\n", answer));
    desk
}

const WAIVER: &str =
    r#"waiver = { reason = "Moving in spring", approved_by = "the chair", expires = 2027-03-31 }"#;

fn json(desk: &Desk, today: &str) -> Value {
    let said = desk.run(0, &format!("report answers.toml --json --today {today}"));
    serde_json::from_str(&said.out).unwrap()
}

/// A text without the colours and line breaks of a terminal.
fn unwrapped(text: &str) -> String {
    let plain = anstream::adapter::strip_str(text).to_string();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn an_accepted_risk_is_shown_in_every_format_with_reason_approver_and_last_day() {
    let desk = desk(&format!("answer = \"no\"\n{WAIVER}\n"));
    for (format, text) in desk.reports("answers.toml --today 2026-11-23") {
        let text = unwrapped(&text);
        for part in ["Moving in spring", "the chair"] {
            assert!(text.contains(part), "{format}: {part}");
        }
        assert!(text.contains("31 March 2027") || text.contains("2027-03-31"), "{format}");
        assert_eq!(format == "csv" || format == "json", !text.contains("Accepted risks"), "{format}");
    }
    for (format, text) in desk.plans("answers.toml --today 2026-11-23") {
        assert!(unwrapped(&text).contains("accepted until 31 March 2027"), "{format}");
    }
    let why = unwrapped(&desk.run(0, "why answers.toml a.b").out);
    assert!(why.contains("Moving in spring") && why.contains("the chair") && why.contains("31 March 2027"));
}

#[test]
fn an_accepted_risk_changes_no_number() {
    let numbers = |answer: &str, today: &str| {
        let mut json = json(&desk(answer), today);
        json["answers_sha256"] = Value::Null;
        json["waivers"] = Value::Null;
        json["ageing"] = Value::Null;
        json
    };
    let without = numbers("answer = \"partly\"\n", "2026-11-23");
    for today in ["2026-11-23", "2027-03-31", "2027-04-01"] {
        assert_eq!(numbers(&format!("answer = \"partly\"\n{WAIVER}\n"), today), without, "{today}");
    }
}

#[test]
fn an_acceptance_that_ran_out_is_an_entry_of_its_own_from_the_day_after_its_last() {
    let desk = desk(&format!("answer = \"no\"\n{WAIVER}\n"));
    let last_day = json(&desk, "2027-03-31");
    assert_eq!(last_day["waivers"][0]["state"], "running");
    assert_eq!(last_day["ageing"]["coming"][0]["on"], "2027-04-01");
    assert_eq!(last_day["ageing"]["coming"][0]["role"], "the chair");
    desk.run(0, "report answers.toml --fail-on waiver-expired --today 2027-03-31");

    assert_eq!(json(&desk, "2027-04-01")["waivers"][0]["state"], "expired");
    for (format, text) in desk.reports("answers.toml --today 2027-04-01") {
        let said = "The acceptance ran out on 31 March 2027; decide again or put it right.";
        let is_data = format == "csv" || format == "json";
        assert!(is_data || unwrapped(&text).contains(said), "{format}");
        assert!(!is_data || text.contains("expired"), "{format}");
    }
    for (format, text) in desk.plans("answers.toml --today 2027-04-01") {
        // A narrow column breaks the line anywhere.
        assert!(unwrapped(&text).contains("acceptance ran out"), "{format}");
    }
    let said = desk.run(1, "report answers.toml --fail-on waiver-expired --today 2027-04-01 -q");
    assert_eq!(said.err, "failed: 1 acceptance of a risk ran out: a.b (2027-03-31)\n");
}

#[test]
fn an_acceptance_of_nothing_is_no_longer_needed_and_never_runs_out() {
    let full = format!("answer = \"yes\"\n{WAIVER}\n");
    let out_of_scope = format!("answer = \"no\"\n{WAIVER}\n[facts]\noffice = \"no\"\n");
    for answer in [full, out_of_scope] {
        let desk = desk(&answer);
        let scoped =
            "[[fact]]\nid = \"office\"\nask = \"Office?\"\n[[question]]\napplies_if = [\"office\"]\n";
        desk.write("own.toml", desk.read("own.toml").replace("[[question]]\n", scoped));
        assert_eq!(json(&desk, "2027-05-01")["waivers"][0]["state"], "not-needed");
        let said = desk.run(0, "report answers.toml --fail-on waiver-expired --today 2027-05-01").out;
        assert!(unwrapped(&said).contains("but no longer needed"), "{said}");
    }
}

#[test]
fn what_runs_out_is_told_before_and_after_with_what_it_does_to_the_score() {
    let desk = desk("answer = \"yes\"\nby = \"office manager\"\n");
    let before = json(&desk, "2027-10-01");
    assert_eq!((&before["ageing"]["until"], &before["as_of"]), (&"2027-12-30".into(), &"2026-11-23".into()));
    let coming = &before["ageing"]["coming"][0];
    assert_eq!((&coming["question"], &coming["on"]), (&"a.b".into(), &"2027-11-24".into()));
    assert_eq!((&coming["role"], &coming["kind"]), (&"office manager".into(), &"evidence".into()));
    assert_eq!((&coming["before"]["proven_bp"], &coming["after"]["proven_bp"]), (&5000.into(), &0.into()));
    assert_eq!(before["questions"][0]["lapses_on"], "2027-11-24");
    assert_eq!(before["ageing"]["score_today"]["proven_bp"], 5000);
    assert_eq!(before["ageing"]["score_then"]["proven_bp"], 0);
    let said = [
        "This assessment is 10 months old.",
        "24 November 2027",
        "the claim proves nothing",
        "Question (office manager)",
        "what is proven falls from 50 to 0",
    ];
    let reports = desk.reports("answers.toml --today 2027-10-01");
    let plans = desk.plans("answers.toml --today 2027-10-01");
    for (format, text) in reports.into_iter().chain(plans) {
        let text = unwrapped(&text).replace("</a>", "");
        let expected = if ["csv", "json"].contains(&format) { &said[..0] } else { &said[..] };
        for part in expected {
            assert!(text.contains(part), "{format}: {part}");
        }
    }

    let after = json(&desk, "2027-11-24");
    assert_eq!(after["ageing"]["past"][0]["on"], "2027-11-24");
    assert_eq!(after["ageing"]["coming"], Value::Array(Vec::new()));
    assert_eq!(after["score"], before["score"], "the score is of the day of the assessment");
    let said = unwrapped(&desk.run(0, "report answers.toml --today 2027-11-24").out);
    assert!(said.contains("Since then one answer has come to count for less."), "{said}");
    assert!(said.contains("and 0 instead of 50 would be proven"), "{said}");
}

#[test]
fn only_the_number_that_changed_is_told() {
    let desk = Desk::with_sample("local-party");
    let said = unwrapped(&desk.run(0, "plan answers.toml --today 2028-01-01").out);
    assert!(said.contains("Judged on 1 January 2028, 0 instead of 6 would be proven."), "{said}");
}

#[test]
fn nothing_is_said_of_an_assessment_of_today_from_which_nothing_runs_out() {
    let desk = desk("answer = \"yes\"\n");
    // A clock that is wrong makes no assessment younger than it is.
    for today in ["2026-11-23", "2020-01-01"] {
        for (format, text) in desk.reports(&format!("answers.toml --today {today}")) {
            for part in ["runs out next", "has run out", "Accepted risks", "months old"] {
                assert!(!text.contains(part), "{format}: {part}");
            }
        }
        assert_eq!(json(&desk, today)["ageing"]["today"], "2026-11-23");
    }
}

#[test]
fn a_report_fails_on_what_a_person_names_and_says_why_in_a_line_each() {
    let desk = desk(&format!("answer = \"partly\"\n{WAIVER}\n"));
    desk.run(0, "report answers.toml --fail-under 50 --fail-on gate,lapsed --today 2026-11-23");
    let said = desk.run(
        1,
        "report answers.toml --fail-under 51 --fail-on gate,lapsed --fail-on waiver-expired,lapsed \
         --today 2027-11-24 -q -o out.json",
    );
    assert_eq!(
        said.err,
        "failed: the score is 50, and --fail-under asks for 51\n\
         failed: 1 answer counts for less than it did: a.b (2027-11-24)\n\
         failed: 1 acceptance of a risk ran out: a.b (2027-03-31)\n"
    );
    assert_eq!(said.out, "");
    assert!(fs::exists(desk.path("out.json")).unwrap(), "the report is written all the same");
    assert!(desk.run(1, "report answers.toml --fail-under 51 --json").out.ends_with("}\n"));
    for wrong in ["--fail-under 101", "--fail-under -1", "--fail-under x", "--fail-on gates", "--today soon"]
    {
        desk.run(2, &format!("report answers.toml {wrong}"));
    }
}

#[test]
fn a_report_fails_also_when_nobody_reads_it_to_the_end() {
    let desk = desk("answer = \"partly\"\n");
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut command = desk.command("report answers.toml --fail-under 51");
    let said = run(1, command.stdout(writer).stderr(Stdio::piped()));
    assert_eq!(said.err, "failed: the score is 50, and --fail-under asks for 51\n");
}

#[test]
fn no_score_is_below_every_score() {
    let desk = desk("answer = \"not-applicable\"\nreason = \"r\"\nevidence = \"documented\"\n");
    let skippable = desk
        .read("own.toml")
        .replace("title = \"Question\"", "title = \"Question\"\nnot_applicable = \"with-reason\"");
    desk.write("own.toml", skippable);
    let said = desk.run(1, "report answers.toml --fail-under 0");
    assert_eq!(said.err, "failed: there is no score, and --fail-under asks for 0\n");
}

#[test]
fn a_report_fails_exactly_when_its_numbers_say_so() {
    for sample in samples() {
        let desk = Desk::with_sample(&sample);
        for today in ["2026-11-23", "2027-06-01"] {
            let json = json(&desk, today);
            let fails = |condition: &str, failed: bool| {
                let status = i32::from(failed);
                desk.run(status, &format!("report answers.toml --today {today} {condition}"));
            };
            let any = |list: &Value, key: &str, word: &str| {
                list.as_array().unwrap().iter().any(|entry| entry[key] == word)
            };
            fails("--fail-on gate", any(&json["gates"], "stated", "failed"));
            fails("--fail-on waiver-expired", any(&json["waivers"], "state", "expired"));
            fails("--fail-on lapsed", json["ageing"]["past"] != Value::Array(Vec::new()));
            let score = json["score"]["printed"]["headline"].as_u64().unwrap();
            fails(&format!("--fail-under {score}"), false);
            fails(&format!("--fail-under {}", score + 1), true);
        }
    }
}

#[test]
fn a_day_before_the_assessment_is_not_taken_without_a_word() {
    let desk = Desk::with_sample("local-party");
    let told = "1 January 2026 is before the assessment, so the day of that is taken: 23 November 2026";
    for command in ["report answers.toml", "plan answers.toml"] {
        assert!(desk.run(0, &format!("{command} --today 2026-01-01")).err.contains(told), "{command}");
        assert!(!desk.run(0, &format!("{command} --today 2026-11-23")).err.contains("is taken"), "{command}");
    }
}
