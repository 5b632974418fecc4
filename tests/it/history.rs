//! The history of a folder: what belongs together is found, what does not is named, and the numbers do not depend on
//! anything but the files.

use std::fs;
use std::os::unix::fs::symlink;

use serde_json::{Value, json};

use crate::runner::{
    Desk, HISTORIES, assert_file, assert_golden, assert_no_other_golden, files_of, repository, run,
};
use crate::small;

fn example(name: &str) -> String {
    fs::read_to_string(repository(&format!("examples/{name}.toml"))).unwrap()
}

/// A folder `ours` with the two assessments of the sample headquarters.
fn headquarters() -> Desk {
    let desk = Desk::new();
    for month in ["may", "november"] {
        desk.write(&format!("ours/{month}.toml"), example(&format!("party-hq-{month}")));
    }
    desk
}

fn json_of(desk: &Desk, arguments: &str) -> Value {
    serde_json::from_str(&desk.run(0, &format!("history {arguments} --json")).out).unwrap()
}

fn dates(history: &Value) -> Vec<&str> {
    let assessments = history["assessments"].as_array().unwrap();
    assessments.iter().map(|assessment| assessment["as_of"].as_str().unwrap()).collect()
}

/// Answers to the small questionnaire of one question.
fn answers(version: &str, date: &str, answer: &str) -> String {
    small::answers("own")
        .replace("version = \"1\"", &format!("version = \"{version}\""))
        .replace("2026-11-23", date)
        .replace("answer = \"yes\"", &format!("answer = \"{answer}\""))
}

/// The small questionnaire in a version, in which "partly" gives this much.
fn own(version: &str, partly: u8) -> String {
    let text = small::questionnaire("own", "Own", "none");
    let text = text.replace("controls = [\"none\"]\n", "");
    text.replace("version = \"1\"", &format!("version = \"{version}\""))
        + &format!("partly_credit = {partly}\n")
}

#[test]
fn the_history_of_the_sample_headquarters_says_what_it_said_before() {
    let desk = headquarters();
    let histories = desk.histories("ours");
    let mut used = Vec::new();
    for format in files_of(&HISTORIES) {
        let file = format!("party-hq.{format}");
        assert_golden(&format!("history/{file}"), &histories[format]);
        used.push(file);
    }
    assert_no_other_golden("history", used);
    assert!(histories["terminal"].contains("Since 18 May 2026 the score rose from 39 to 84."));
    assert!(histories["terminal"].contains("+44.86") && histories["terminal"].contains('\u{1b}'));
    assert!(!desk.run(0, "history ours").out.contains('\u{1b}'), "no colour where nobody looks");
}

#[test]
fn the_shipped_schema_is_that_of_the_program_and_holds_for_every_history() {
    let schema = safeseat::render::json::history_schema().to_value();
    assert_file(
        "schemas/history-v1.schema.json",
        &format!("{}\n", serde_json::to_string_pretty(&schema).unwrap()),
    );
    let schema = jsonschema::draft202012::new(&schema).unwrap();
    let desk = versions();
    desk.write(
        "none/own.toml",
        own("1", 50).replace("weight_reason", "not_applicable = \"with-reason\"\nweight_reason"),
    );
    let nothing = "not-applicable\"\nreason = \"r\"\nevidence = \"documented";
    desk.write("none/a.toml", answers("1", "2026-01-01", nothing));
    desk.write("none/b.toml", answers("1", "2026-02-01", "yes"));
    for history in [json_of(&headquarters(), "ours"), json_of(&desk, "ours"), json_of(&desk, "none")] {
        let errors: Vec<_> = schema.iter_errors(&history).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }
    assert!(!schema.is_valid(&json!({ "format": 1 })), "the schema asks for something");
    let none = json_of(&desk, "none");
    assert_eq!(none["assessments"][0]["headline_bp"], Value::Null);
    assert_eq!(none["assessments"][1]["change"]["real_bp"], Value::Null, "nothing to compare with");
}

#[test]
fn the_numbers_are_those_of_the_reports() {
    let desk = headquarters();
    let history = json_of(&desk, "ours");
    assert_eq!(dates(&history), ["2026-05-18", "2026-11-16"]);
    for (assessment, month) in history["assessments"].as_array().unwrap().iter().zip(["may", "november"]) {
        let report: Value =
            serde_json::from_str(&desk.run(0, &format!("report ours/{month}.toml --json")).out).unwrap();
        for key in ["headline_bp", "proven_bp", "stated_bp", "possible_bp", "band"] {
            assert_eq!(assessment[key], report["score"][key], "{month} {key}");
        }
        assert_eq!(assessment["base_stated_bp"], report["score"]["base_bp"]["stated"]);
        assert_eq!(assessment["answers_sha256"], report["answers_sha256"]);
        assert_eq!(assessment["questionnaire_sha256"], report["questionnaire"]["sha256"]);
    }
    let last = &history["assessments"][1];
    let moved =
        last["stated_bp"].as_i64().unwrap() - history["assessments"][0]["stated_bp"].as_i64().unwrap();
    assert_eq!(last["change"]["real_bp"].as_i64().unwrap(), moved);
    assert_eq!(last["change"]["yardstick_bp"], 0);
}

#[test]
fn what_does_not_belong_is_named_and_left_out() {
    let clean = headquarters().run(0, "history ours").out;
    let desk = headquarters();
    desk.write("ours/broken.toml", "questionnaire = \"political-organisation\nversion = 2026");
    desk.write(
        "ours/wrong-answer.toml",
        example("party-hq-may").replace("05-18", "06-18").replace("answer = \"yes\"", "answer = \"maybe\""),
    );
    desk.write("ours/empty.toml", "");
    desk.write("ours/huge.toml", example("party-hq-may") + &"#".repeat(2 * 1024 * 1024));
    desk.write("ours/tool.toml", "[package]\nname = \"x\"\n");
    desk.write("ours/other.toml", example("local-party"));
    desk.write(
        "ours/ten.toml",
        example("party-hq-may").replace("\"political-organisation\"", "\"ten-minute-check\""),
    );
    desk.write("ours/copy of november.toml", example("party-hq-november"));
    desk.write("ours/x.toml/november.toml", example("party-hq-november"));
    symlink("nowhere", desk.path("ours/dangling.toml")).unwrap();
    symlink("../elsewhere.toml", desk.path("ours/link.toml")).unwrap();
    desk.write("elsewhere.toml", example("party-hq-november").replace("11-16", "11-17"));
    run(0, desk.command_of("mkfifo", ["ours/pipe.toml"]).env("PATH", "/usr/bin:/bin"));
    // These are not worth a word.
    for (name, text) in [("own", own("1", 50)), ("a-b", small::incident("a-b", "none"))] {
        desk.write(&format!("ours/{name}.toml"), text);
    }
    desk.write("ours/.november.toml.swp.toml", "junk");
    desk.write("ours/notes.txt", "junk");
    let said = desk.run(0, "history ours");
    assert_eq!(said.out, clean);
    let expected = [
        ("broken.toml", "it has mistakes; `safeseat check` shows them"),
        ("empty.toml", "it has mistakes; `safeseat check` shows them"),
        ("huge.toml", "it has mistakes; `safeseat check` shows them"),
        ("wrong-answer.toml", "it has mistakes; `safeseat check` shows them"),
        ("dangling.toml", "it is not an ordinary file, and links are not followed"),
        ("link.toml", "it is not an ordinary file, and links are not followed"),
        ("pipe.toml", "it is not an ordinary file, and links are not followed"),
        ("x.toml", "it is not an ordinary file, and links are not followed"),
        ("tool.toml", "it is none of our files"),
        ("november.toml", "copy of november.toml has the same date"),
        ("ten.toml", "it answers another questionnaire, ten-minute-check"),
        ("other.toml", "it is about another organisation, Ashcombe Vale Local Party"),
    ];
    let expected: Vec<_> = expected.iter().map(|(name, why)| format!("left out: {name}: {why}\n")).collect();
    let help = "help: --organisation NAME and --questionnaire ID choose others\n";
    assert_eq!(said.err, expected.concat() + help);
    assert_eq!(desk.run(0, "history ours -q").err, "");
}

#[test]
fn of_two_files_of_one_day_the_first_without_a_mistake_counts() {
    let desk = Desk::new();
    desk.write("ours/own.toml", own("1", 50));
    desk.write("ours/a.toml", answers("1", "2026-01-01", "maybe"));
    desk.write("ours/b.toml", answers("1", "2026-01-01", "partly"));
    desk.write("ours/c.toml", answers("1", "2026-01-01", "yes"));
    desk.write("ours/d.toml", answers("1", "2026-02-01", "yes"));
    let said = desk.run(0, "history ours --json");
    assert_eq!(
        said.err,
        "left out: a.toml: it has mistakes; `safeseat check` shows them\nleft out: c.toml: b.toml has the same date\n"
    );
    let history: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(dates(&history), ["2026-01-01", "2026-02-01"]);
    assert_eq!(history["assessments"][0]["stated_bp"], 5000);
    assert_eq!(history["assessments"][1]["change"]["real_bp"], 5000);
}

#[test]
fn most_assessments_decide_then_the_newest_unless_somebody_chooses() {
    let desk = headquarters();
    desk.write("ours/branch.toml", example("local-party"));
    let most = json_of(&desk, "ours");
    assert_eq!(dates(&most), ["2026-05-18", "2026-11-16"], "one newer stray file changes nothing");
    fs::remove_file(desk.path("ours/may.toml")).unwrap();
    let newest = json_of(&desk, "ours");
    assert_eq!(newest["organisation"]["name"], "Ashcombe Vale Local Party");
    // Capitals and spaces are written differently from time to time.
    let mut chosen = desk.command("history ours --json --organisation");
    let chosen = run(0, chosen.arg(" civic renewal party,  National Headquarters"));
    let chosen: Value = serde_json::from_str(&chosen.out).unwrap();
    assert_eq!(dates(&chosen), ["2026-11-16"]);

    let wrong = run(2, desk.command("history ours --organisation").arg("Ashcombe Vale Local Pary"));
    assert!(wrong.err.contains("did you mean `Ashcombe Vale Local Party`?"), "{}", wrong.err);
    let wrong = desk.run(2, "history ours --questionnaire individual");
    assert!(wrong.err.contains("by the questionnaire `individual`"), "{}", wrong.err);
    assert!(wrong.err.contains("there are answers to `political-organisation`"), "{}", wrong.err);
    let mut both = desk.command("history ours --questionnaire political-organisatoin --organisation");
    let wrong = run(2, both.arg("Ashcombe Vale Local Party"));
    assert!(wrong.err.contains("did you mean `political-organisation`?"), "{}", wrong.err);
    let wrong = run(2, desk.command("history ours --questionnaire individual --organisation").arg("Nobody"));
    assert!(
        wrong.err.contains("it has assessments of `Ashcombe Vale Local Party` and `Civic"),
        "{}",
        wrong.err
    );
}

#[test]
fn a_persons_own_check_never_becomes_part_of_an_organisations_history() {
    let desk = headquarters();
    desk.run(0, "new ours/person.toml --questionnaire individual --today 2026-12-01 -q");
    let text = desk.read("ours/person.toml");
    let name = text.lines().find(|line| line.starts_with("name = ")).unwrap();
    for month in ["10", "11", "12"] {
        let text = text.replace(name, "name = \"Civic Renewal Party, national headquarters\"");
        desk.write(
            &format!("ours/person-{month}.toml"),
            text.replace("2026-12-01", &format!("2026-{month}-01")),
        );
    }
    fs::remove_file(desk.path("ours/person.toml")).unwrap();
    let said = desk.run(0, "history ours --json");
    assert!(
        said.err.contains("person-12.toml: it answers another questionnaire, individual"),
        "{}",
        said.err
    );
    assert_eq!(dates(&serde_json::from_str(&said.out).unwrap()), ["2026-05-18", "2026-11-16"]);
    let person = json_of(&desk, "ours --questionnaire individual");
    assert_eq!(dates(&person), ["2026-10-01", "2026-11-01", "2026-12-01"]);
}

/// A folder `ours` with assessments by three versions of a questionnaire: the current one, one from the archive, and one
/// that somebody put beside them under a name of its own.
fn versions() -> Desk {
    let desk = Desk::new();
    desk.write("ours/own.toml", own("3", 20));
    desk.write("ours/archive/own-1.toml", own("1", 50));
    desk.write("ours/last year's questions.toml", own("2", 80));
    for (year, version) in [("2024", "1"), ("2025", "2"), ("2026", "3")] {
        desk.write(&format!("ours/{year}.toml"), answers(version, &format!("{year}-11-23"), "partly"));
    }
    desk
}

#[test]
fn old_answers_are_read_with_the_questionnaire_of_their_own_version() {
    let desk = versions();
    let said = desk.run(0, "history ours --json");
    assert_eq!(said.err, "");
    let history: Value = serde_json::from_str(&said.out).unwrap();
    let column = |key: &str| -> Vec<i64> {
        let assessments = history["assessments"].as_array().unwrap();
        assessments.iter().map(|assessment| assessment[key].as_i64().unwrap()).collect()
    };
    assert_eq!(column("stated_bp"), [5000, 8000, 2000]);
    assert_eq!(column("trend_bp"), [5000, 5000, 5000], "the same answers: nothing real has changed");
    assert_eq!((&history["real_bp"], &history["yardstick_bp"]), (&json!(0), &json!(-3000)));
    let told = desk.run(0, "history ours").out;
    assert!(
        told.contains("The questions changed, to version 3: that moved the stated score by −60.00"),
        "{told}"
    );
    // What a report is made with follows the same rule.
    for (year, version) in [("2024", "1"), ("2025", "2"), ("2026", "3")] {
        let said = desk.run(0, &format!("report ours/{year}.toml --json"));
        let report: Value = serde_json::from_str(&said.out).unwrap();
        assert_eq!((said.err.as_str(), &report["questionnaire"]["version"]), ("", &json!(version)));
    }
}

#[test]
fn a_reassessment_goes_on_with_the_current_version() {
    let desk = versions();
    desk.run(0, "new ours/2027.toml --from ours/2024.toml --today 2027-11-23 -q");
    let continued: toml::Table = desk.read("ours/2027.toml").parse().unwrap();
    assert_eq!(continued["version"].as_str(), Some("3"));
    assert_eq!(dates(&json_of(&desk, "ours")).len(), 4);
}

#[test]
fn a_version_that_nobody_knows_is_read_with_the_current_one_and_that_is_said() {
    let desk = versions();
    fs::remove_file(desk.path("ours/archive/own-1.toml")).unwrap();
    let said = desk.run(0, "history ours --json");
    assert!(
        said.err.starts_with("1 assessment names version 1 of the questionnaire, which is not known here."),
        "{}",
        said.err
    );
    let history: Value = serde_json::from_str(&said.out).unwrap();
    let first = &history["assessments"][0];
    assert_eq!((&first["unknown_version"], &first["questionnaire_version"]), (&json!("1"), &json!("3")));
    assert_eq!(first["stated_bp"], 2000);
    let report = desk.run(0, "report ours/2024.toml");
    assert!(report.err.contains("these are answers to version `1`"), "{}", report.err);
}

#[test]
fn an_archived_questionnaire_builds_on_the_archived_version_of_its_base() {
    let desk = Desk::new();
    let child = "format = 1\nid = \"child\"\nversion = \"1\"\ntitle = \"T\"\nsummary = \"s\"\naudience = \"a\"\nminutes = 1\n\
        language = \"en\"\nlicence = \"CC0-1.0\"\n[base]\nid = \"own\"\nversion = \"1\"\n";
    desk.write("child.toml", child.replace("version = \"1\"", "version = \"2\""));
    desk.write("own.toml", own("2", 20));
    desk.write("archive/child-1.toml", child);
    desk.write("archive/own-1.toml", own("1", 50));
    for (version, stated) in [("1", 5000), ("2", 2000)] {
        desk.write("answers.toml", answers(version, "2026-01-01", "partly").replace("\"own\"", "\"child\""));
        let report: Value = serde_json::from_str(&desk.run(0, "report answers.toml --json").out).unwrap();
        assert_eq!(report["score"]["stated_bp"], stated, "version {version}");
    }
}

#[test]
fn the_number_of_threads_changes_no_byte() {
    let desk = versions();
    for place in 0..40 {
        let date = format!("20{}-0{}-1{}", 10 + place / 8, place % 8 + 1, place % 3);
        let answer = ["yes", "partly", "no", "maybe"][place % 4];
        desk.write(
            &format!("ours/more-{place}.toml"),
            answers(["1", "2", "3", "4"][place % 4], &date, answer),
        );
        // The same day again, in the neighbourhood of every border between threads.
        desk.write(&format!("ours/zz-{place}.toml"), answers("3", &date, "yes"));
    }
    let all = |threads: &str| {
        let said = desk.run(0, &format!("history ours --json --threads {threads}"));
        assert!(dates(&serde_json::from_str(&said.out).unwrap()).len() > 30);
        let told = desk.run(0, &format!("history ours --threads {threads}"));
        [said.out, said.err, told.out]
    };
    let one = all("1");
    for threads in ["2", "3", "8", "200"] {
        assert!(all(threads) == one, "{threads} threads");
    }
}

#[test]
fn a_folder_without_a_usable_assessment_is_an_error_that_says_what_to_do() {
    let desk = Desk::with_sample("local-party");
    fs::create_dir(desk.path("empty")).unwrap();
    desk.write("questions/own.toml", own("1", 50));
    desk.write("mistakes/own.toml", own("1", 50));
    desk.write("mistakes/a.toml", answers("1", "2026-01-01", "maybe"));
    desk.write("unknown/a.toml", answers("1", "2026-01-01", "yes"));
    for (folder, status, said) in [
        ("empty", 2, "there are no assessments in `empty`"),
        ("questions", 2, "there are no assessments in `questions`"),
        ("mistakes", 3, "no assessment in `mistakes` can be used"),
        ("unknown", 2, "answer the questionnaire `own`, which is not known"),
        ("nowhere", 4, "there is no folder `nowhere`"),
        ("answers.toml", 4, "there is no folder `answers.toml`"),
    ] {
        let told = desk.run(status, &format!("history {folder}"));
        assert!(told.err.contains(said) && told.err.contains("help: "), "{folder}: {}", told.err);
        assert_eq!(told.out, "");
    }
}
