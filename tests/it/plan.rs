//! A plan to work with: made, added to, shown, and seen in parts.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};

use safeseat::catalog::Catalog;
use safeseat::model::{Date, PlannedAction, Points, QuestionId, QuestionnaireId, WorkPlan, WorkStatus};
use safeseat::report::Promise;
use safeseat::text::Words;
use unicode_width::UnicodeWidthStr as _;

use crate::runner::{Desk, samples};

const TODAY: &str = "--today 2026-11-24";

/// A sample with its plan of two days' work.
fn desk() -> Desk {
    let desk = Desk::with_sample("local-party");
    let said = desk.run(0, &format!("plan answers.toml {TODAY} --effort 2 --update")).err;
    assert!(said.starts_with("plan.toml\n  added "), "{said}");
    desk
}

/// The rows of a plan as it is written for spreadsheets, by their headings.
fn rows(desk: &Desk, arguments: &str) -> Vec<toml::Table> {
    desk.run(0, &format!("plan answers.toml {TODAY} {arguments} -o rows.csv --force"));
    let text = desk.read("rows.csv");
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    reader
        .deserialize()
        .map(|row: Result<std::collections::BTreeMap<String, String>, _>| {
            row.unwrap().into_iter().map(|(key, cell)| (key, cell.into())).collect()
        })
        .collect()
}

fn cells<'a>(rows: &'a [toml::Table], column: &str) -> Vec<&'a str> {
    rows.iter().map(|row| row[column].as_str().unwrap()).collect()
}

fn edit(desk: &Desk, file: &str, from: &str, to: &str) {
    let text = desk.read(file);
    assert!(text.contains(from), "{from}");
    desk.write(file, text.replacen(from, to, 1));
}

#[test]
fn a_new_plan_is_private_checked_and_complete() {
    let desk = desk();
    assert_eq!(fs::metadata(desk.path("plan.toml")).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(desk.run(0, "check plan.toml").out, "plan.toml: plan, no problems\n");
    let listed = rows(&desk, "--effort 2");
    let text = desk.read("plan.toml");
    assert_eq!(text.matches("\n[actions.").count(), listed.len());
    assert!(text.lines().all(|line| line.width() <= 100), "{text}");
    assert!(cells(&listed, "status").iter().all(|status| *status == "to-do"));
}

#[test]
fn an_update_adds_what_is_new_and_leaves_what_people_wrote() {
    let desk = desk();
    let theirs = desk.read("plan.toml").replace('\n', "\r\n")
        + "\r\n# ours\r\n[actions.gone.question]\r\nstatus = \"doing\"\r\n[actions.acc.mfa-email]\r\nstatus = \"dropped\"   # no\r\n";
    desk.write("plan.toml", &theirs);
    let said = desk.run(0, &format!("plan answers.toml {TODAY} --update")).err;
    let after = desk.read("plan.toml");
    assert!(after.starts_with(&theirs) && after.len() > theirs.len(), "only added at the end");
    assert!(
        said.contains("Dropped: acc.mfa-email") && said.contains("no question `gone.question`"),
        "{said}"
    );
    desk.run(0, &format!("plan answers.toml {TODAY} --update"));
    assert_eq!(desk.read("plan.toml"), after, "a second time adds nothing");

    let dated = desk.run(0, &format!("plan answers.toml {TODAY} --update --by 2028-12-01")).err;
    assert!(dated.contains("added a date to"), "{dated}");
    let dropped = desk.read("plan.toml");
    let (_, dropped) = dropped.split_once("[actions.acc.mfa-email]").unwrap();
    assert!(!dropped.split('[').next().unwrap().contains("due"), "what is dropped gets no date");
}

#[test]
fn plan_and_answers_that_differ_are_called_out() {
    let desk = desk();
    let plan = |id: &str, status: &str| {
        edit(
            &desk,
            "plan.toml",
            &format!("[actions.{id}]\nstatus = \"to-do\""),
            &format!("[actions.{id}]\nstatus = \"{status}\""),
        );
    };
    plan("gov.owner", "done");
    plan("upd.alerts", "dropped");
    plan("email.payment-change", "doing");
    edit(&desk, "plan.toml", "# owner = \"office manager\"", "owner = \"treasurer\"\ndue = 2026-11-01");
    desk.write("answers.toml", set(&desk.read("answers.toml"), "email.tracking", "\"all\""));
    let shown = desk.run(0, &format!("plan answers.toml {TODAY}")).out;
    let parts: Vec<&str> = shown.split("\n\n").collect();
    let part = |heading: &str| {
        *parts.iter().find(|part| part.starts_with(heading)).unwrap_or_else(|| panic!("{shown}"))
    };
    assert!(part("Marked done; the answers do not show it yet").contains("1.1 "));
    assert!(part("Dropped").contains("5.6 "));
    assert!(part("Done, as the answers show; not marked done").contains("3.6 "));
    let list = part("What to do, in order");
    assert!(list.contains("doing") && !list.contains(" 1.1 ") && !list.contains(" 5.6 "), "{list}");
    assert!(shown.lines().all(|line| line.width() <= 80), "{shown}");
    let said = desk.run(0, &format!("plan answers.toml {TODAY} --update")).err;
    for (heading, id) in [
        ("Marked done; the answers do not show it yet", "gov.owner"),
        ("Done, as the answers show; not marked done", "email.tracking"),
        ("Dropped", "upd.alerts"),
    ] {
        assert!(said.contains(&format!("  {heading}: {id}\n")), "{said}");
    }
    // Whatever stands in the plan is somewhere in the table too, with who does it.
    let rows = rows(&desk, "");
    let dropped = rows.iter().find(|row| row["status"].as_str() == Some("dropped")).unwrap();
    assert_eq!(dropped["owner"].as_str(), Some("treasurer"), "{dropped:?}");
    desk.run(0, &format!("plan answers.toml {TODAY} -o plan.md"));
    assert!(desk.read("plan.md").contains("## Dropped"));
}

/// Answers with another answer to a question.
fn set(answers: &str, id: &str, answer: &str) -> String {
    let header = format!("[answers.{id}]\n");
    let (before, after) = answers.split_once(&header).unwrap();
    let (_, rest) = after.split_once('\n').unwrap();
    format!("{before}{header}answer = {answer}\n{rest}")
}

#[test]
fn nothing_but_a_plan_of_theirs_is_touched() {
    let desk = desk();
    let other = desk.read("plan.toml").replace("Ashcombe Vale", "Westmoor");
    desk.write("other.toml", &other);
    desk.write("ten.toml", desk.read("plan.toml").replace("political-organisation", "ten-minute-check"));
    desk.write("broken.toml", desk.read("plan.toml").replacen("\"to-do\"", "\"todo\"", 1));
    desk.write("text.toml", "hello = 1\n");
    symlink(desk.path("answers.toml"), desk.path("link.toml")).unwrap();
    for (file, status, says) in [
        ("other.toml", 3, "error[other-plan]"),
        ("ten.toml", 3, "error[other-plan]"),
        ("broken.toml", 3, "did you mean"),
        ("text.toml", 3, "error[unknown-file-type]"),
        ("answers.toml", 2, "is not a plan (it holds: answers)"),
        ("link.toml", 2, "is not a plan"),
        ("none/plan.toml", 4, "there is no folder"),
    ] {
        let before = fs::read(desk.path(file)).ok();
        let said = desk.run(status, &format!("plan answers.toml {TODAY} --update {file}")).err;
        assert!(said.contains(says), "{file}: {said}");
        assert_eq!(fs::read(desk.path(file)).ok(), before, "{file}");
    }
    // Beside the answers stands the plan of somebody else: nothing of it is shown.
    desk.write("plan.toml", &other);
    let said = desk.run(0, &format!("plan answers.toml {TODAY}"));
    assert!(said.err.contains("another organisation") && !said.out.contains("Who, when"), "{}", said.err);
    desk.write("plan.toml", "questionnaire = 1");
    assert!(desk.run(0, &format!("plan answers.toml {TODAY}")).err.contains("not a plan"));
    desk.write("plan.toml", "plan = ");
    desk.run(3, &format!("plan answers.toml {TODAY}"));
    desk.run(2, &format!("plan answers.toml {TODAY} --plan answers.toml"));
    desk.run(4, &format!("plan answers.toml {TODAY} --plan none.toml"));
}

/// The hours that a list is reckoned at.
fn hours(rows: &[toml::Table]) -> u32 {
    let hours = |effort: &str| match effort {
        "minutes" => 1,
        "hours" => 4,
        "days" => 24,
        _ => 80,
    };
    cells(rows, "effort").into_iter().map(hours).sum()
}

#[test]
fn a_part_of_the_plan_is_what_was_asked_for() {
    for sample in samples() {
        let desk = Desk::with_sample(&sample);
        for (days, most) in [("0.5", 4), ("3", 24), ("12.5", 100)] {
            assert!(hours(&rows(&desk, &format!("--effort {days}"))) <= most, "{sample} {days}");
        }
        for row in rows(&desk, "--quick-wins") {
            let cell = |name: &str| row[name].as_str().unwrap().to_owned();
            assert!(
                ["minutes", "hours"].contains(&&*cell("effort")) && ["free", "low"].contains(&&*cell("cost"))
            );
        }
        let all = rows(&desk, "");
        let until = rows(&desk, "--by 2027-02-28");
        let mut dates = cells(&until, "date");
        dates.retain(|date| !date.is_empty());
        assert!(
            dates.is_sorted() && dates.iter().all(|date| ("2026-11-25".."2027-03-01").contains(date)),
            "{dates:?}"
        );
        assert_eq!(until.len(), all.len(), "{sample}: what does not fit is told apart");
        assert!(hours(&until[..dates.len()]) <= 68 * 8, "{sample}: there are 68 working days");
    }
}

#[test]
fn what_a_list_promises_for_an_incident_is_what_happens() {
    let desk = Desk::with_sample("local-party");
    let single = desk.run(0, &format!("plan answers.toml {TODAY} --closes podesta-2016")).out;
    assert!(single.contains("one of these actions is"), "{single}");
    let together = desk.run(0, &format!("plan answers.toml {TODAY} --closes hackney-2020")).out;
    assert!(together.contains("no single\naction is enough"), "{together}");
    let answers = desk.read("answers.toml");
    let word = |answers: &str, id: &str| {
        desk.write("tried.toml", answers);
        let report: serde_json::Value =
            serde_json::from_str(&desk.run(0, "report tried.toml --json").out).unwrap();
        let incidents = report["incidents"].as_array().unwrap().clone();
        incidents.into_iter().find(|told| told["id"] == id).unwrap()["word"]["stated"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let interrupted = ["interrupted", "layered"];
    let first = set(&answers, "acc.leavers", "\"day\"");
    let both = set(&first, "acc.access-review", "2026-11-01");
    assert!(!interrupted.contains(&&*word(&first, "hackney-2020")), "not one alone");
    assert!(interrupted.contains(&&*word(&both, "hackney-2020")));
    let (_, legend) = together.split_once("These incidents, by number\n").unwrap();
    let told = legend.lines().take_while(|line| !line.is_empty()).filter(|line| !line.starts_with("     "));
    let told: Vec<&str> = told.filter_map(|line| line.split_whitespace().next()).collect();
    assert!(told.len() == 1 && together.matches(&format!(" {}\n", told[0])).count() == 1, "{together}");
    let storting = desk.run(0, &format!("plan answers.toml {TODAY} --closes storting-2020")).out;
    assert!(storting.contains("Question 2.10 ends it at step 2"), "{storting}");
    let guessing = set(&answers, "acc.guessing", "\"everywhere\"");
    assert!(interrupted.contains(&&*word(&guessing, "storting-2020")));
    desk.write("answers.toml", guessing);
    let done = desk.run(0, &format!("plan answers.toml {TODAY} --closes storting-2020")).out;
    assert!(done.contains("is interrupted\nalready"), "{done}");
}

#[test]
fn what_makes_no_sense_is_refused_with_what_to_do() {
    let desk = Desk::with_sample("local-party");
    for (arguments, says) in [
        ("--by 2026-11-24", "24 November 2026 is not after 24 November 2026"),
        ("--by 2026-02-30", "not a date of the calendar"),
        ("--closes stortin-2020", "did you mean `storting-2020`?"),
        ("--closes nothing-like-it", "`safeseat incidents` lists"),
        ("--effort 0", "working days from 0.5"),
        ("--effort -1", "unexpected argument"),
        ("--effort 1.3", "working days from 0.5"),
        ("--effort 99999999999", "working days from 0.5"),
        ("--titles", "--output"),
        ("--update a.toml --plan b.toml", "cannot be used with"),
    ] {
        let said = desk.run(2, &format!("plan answers.toml {TODAY} {arguments}")).err;
        assert!(said.contains(says), "{arguments}: {said}");
    }
    assert_eq!(desk.names(), ["answers.toml"]);
    let none = desk.run(
        0,
        &format!("plan answers.toml {TODAY} --by 2026-11-25 --closes hackney-2020 --quick-wins --effort 0.5"),
    );
    assert!(none.out.contains("not in this list, so it is not enough"), "{}", none.out);
}

#[test]
fn a_plan_beside_the_answers_changes_no_report() {
    let desk = Desk::with_sample("local-party");
    let before = desk.run(0, "report answers.toml --json").out;
    desk.run(0, &format!("plan answers.toml {TODAY} --update"));
    assert_eq!(desk.run(0, "report answers.toml --json").out, before);
}

#[test]
fn only_what_was_promised_and_is_no_better_is_called_out() {
    use WorkStatus::{Doing, Done, Dropped, ToDo};
    let id = QuestionnaireId::parse("ten-minute-check").unwrap();
    let questionnaire = Catalog::shipped().questionnaire(&id).unwrap().0.unwrap();
    let day = |text| Date::parse(text).unwrap();
    let (early, late) = (Some(day("2027-01-31")), Some(day("2027-03-01")));
    let half = Points::new(5000);
    let low = Points::new(2000);
    // What the plan says, the credit before and after, and whether that is called out.
    let rows = [
        (Done, None, low, low, true),
        (Done, None, low, half, false),
        (Done, None, Some(Points::FULL), Some(Points::FULL), false),
        (Done, None, low, None, false),
        (ToDo, early, half, low, true),
        (Doing, early, None, Some(Points::ZERO), true),
        (ToDo, late, low, low, false),
        (ToDo, None, low, low, false),
        (Dropped, early, low, low, false),
    ];
    let questions = questionnaire.questions();
    let actions = questions.iter().zip(&rows).map(|(question, (status, due, ..))| {
        (question.id.clone(), PlannedAction { status: *status, due: *due, ..PlannedAction::default() })
    });
    let plan = WorkPlan {
        questionnaire: id,
        organisation: "A".to_owned(),
        secret: None,
        actions: actions.collect(),
    };
    let place = |id: &QuestionId| questionnaire.position(id.as_str()).unwrap();
    let found = Promise::not_kept(
        &plan,
        &questionnaire,
        day("2027-02-01"),
        |id: &QuestionId| rows[place(id)].2,
        |id: &QuestionId| rows[place(id)].3,
        Words::ENGLISH,
    );
    let found: Vec<(&str, &str)> =
        found.iter().map(|promise| (promise.question.id.as_str(), promise.words.as_str())).collect();
    let words = [
        (0, "It is marked done; the answer is the same as before."),
        (4, "It was due on 31 January 2027; the answer is worse than before."),
        (5, "It was due on 31 January 2027; the answer is the same as before."),
    ];
    assert_eq!(found, words.map(|(place, words)| (questions[place].id.as_str(), words)));
}
