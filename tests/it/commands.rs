//! Every command does its job for everything that is shipped, says its results on standard output and everything else on
//! standard error, and ends with the promised status.

use std::fs::{self, File};
use std::process::Stdio;

use serde_json::Value;

use crate::runner::{
    Desk, FORMATS, assert_golden, assert_no_other_golden, files_of, outputs, questionnaires, repository, run,
    samples, stems,
};
use crate::small::{answers, incident, questionnaire};

/// The TOML of a file of this repository.
fn toml_of(path: &str) -> toml::Table {
    fs::read_to_string(repository(path)).unwrap().parse().unwrap()
}

/// The commands that `--help` lists.
pub fn commands() -> Vec<String> {
    let names = listed(&Desk::new().run(0, "--help").out);
    assert!(names.len() >= 9, "{names:?}");
    names
}

/// The commands that a help lists.
fn listed(help: &str) -> Vec<String> {
    let (_, list) = help.split_once("Commands:\n").unwrap_or_default();
    let lines = list.lines().take_while(|line| !line.is_empty());
    let names = lines.filter_map(|line| line.split_whitespace().next());
    names.filter(|name| *name != "help").map(str::to_owned).collect()
}

#[test]
#[cfg_attr(not(all(feature = "office", feature = "web")), ignore = "the help of a smaller program says less")]
fn help_says_what_it_said_before() {
    let desk = Desk::new();
    assert_golden("help/safeseat.txt", &desk.run(0, "--help").out);
    let mut used = vec!["safeseat.txt".to_owned()];
    let mut open = commands();
    while let Some(command) = open.pop() {
        let help = desk.run(0, &format!("{command} --help"));
        let file = format!("{}.txt", command.replace(' ', "-"));
        assert_golden(&format!("help/{file}"), &help.out);
        assert_eq!(help.err, "");
        open.extend(listed(&help.out).iter().map(|below| format!("{command} {below}")));
        used.push(file);
    }
    assert_no_other_golden("help", used);
}

#[test]
fn all_questionnaires_are_listed_with_their_size() {
    let list = Desk::new().run(0, "questionnaires").out;
    for id in questionnaires() {
        let file = toml_of(&format!("questionnaires/{id}.toml"));
        let (_, rest) = list.split_once(&format!("{id} ")).unwrap_or_else(|| panic!("{id} is not listed"));
        let about = rest.split("\n\n").next().unwrap();
        assert!(about.contains(file["title"].as_str().unwrap()), "{about}");
        assert!(
            about.contains(&format!("about {} minutes", file["minutes"].as_integer().unwrap())),
            "{about}"
        );
        let shown = Desk::new().booklets(&id);
        let questions = shown["md"].lines().filter(|line| line.starts_with("### ")).count();
        assert!(about.contains(&format!("{questions} questions")), "{about}");
    }
}

#[test]
fn a_questionnaire_can_be_read_before_answering() {
    for id in questionnaires() {
        let desk = Desk::new();
        let file = toml_of(&format!("questionnaires/{id}.toml"));
        for (format, text) in desk.booklets(&id) {
            let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(words.contains(file["title"].as_str().unwrap()), "{id} {format}");
            for question in file.get("question").and_then(toml::Value::as_array).into_iter().flatten() {
                // Markdown and colour stand between words; the last word of a question is unharmed.
                let ask = question["ask"].as_str().unwrap().rsplit(' ').next().unwrap().trim_end_matches('?');
                assert!(words.contains(ask), "{id} {format}: {ask}");
            }
        }
        assert_eq!(desk.names(), ["show.html", "show.md", "show.txt"]);
    }
}

#[test]
fn a_new_file_is_accepted_and_its_schema_stands_beside_it() {
    for id in questionnaires() {
        let desk = Desk::new();
        let said = desk.run(0, &format!("new answers.toml --questionnaire {id} --today 2026-11-23"));
        assert_eq!(said.out, "");
        assert!(
            said.err.contains("wrote answers.toml") && said.err.contains("safeseat report"),
            "{}",
            said.err
        );
        assert_eq!(desk.names(), ["answers.toml", "safeseat-answers.schema.json"]);

        let text = desk.read("answers.toml");
        assert_eq!(text.lines().next(), Some("#:schema ./safeseat-answers.schema.json"));
        let schema: Value = serde_json::from_str(&desk.read("safeseat-answers.schema.json")).unwrap();
        // Dates are a type of their own in TOML: editors compare them with schemas as text.
        let mut instance = serde_json::to_value(text.parse::<toml::Table>().unwrap()).unwrap();
        instance["assessment"]["date"] = "2026-11-23".into();
        jsonschema::validate(&schema, &instance).unwrap_or_else(|error| panic!("{id}: {error}"));

        let checked = desk.run(0, "check answers.toml");
        assert_eq!(checked.out, "answers.toml: answers, no problems\n");
        assert!(desk.run(0, "report answers.toml").out.contains("0 of 100"));
    }
}

/// A line of a new file with its hash taken away, if it is one to fill in; every answer is that nobody knows.
fn filled_in(line: &str) -> String {
    let bare = line.strip_prefix("# ").unwrap_or(line);
    if bare.starts_with("answer =") {
        "answer = \"unknown\"".to_owned()
    } else if bare.starts_with("[answers.") || bare.ends_with(" = \"unknown\"") {
        bare.to_owned()
    } else {
        line.to_owned()
    }
}

#[test]
fn every_question_of_a_new_file_is_answered_by_taking_the_hash_away() {
    for id in questionnaires() {
        let desk = Desk::new();
        desk.run(0, &format!("new answers.toml --questionnaire {id} --today 2026-11-23 --quiet"));
        let lines: Vec<_> = desk.read("answers.toml").lines().map(filled_in).collect();
        let questions = lines.iter().filter(|line| line.starts_with("[answers.")).count();
        desk.write("answers.toml", lines.join("\n"));
        desk.run(0, "check answers.toml");
        let said = desk.run(0, "report answers.toml").out;
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        let counts = format!("{questions} questions: 0 answered, {questions} unknown, 0 not answered");
        assert!(said.contains(&counts), "{id}: {counts}");
    }
}

#[test]
fn new_replaces_nothing_unless_told_to() {
    let desk = Desk::new();
    desk.write("answers.toml", "precious");
    desk.write("safeseat-answers.schema.json", "{}");
    let said = desk.run(4, "new answers.toml");
    assert!(said.err.contains("`answers.toml` exists already"), "{}", said.err);
    assert_eq!(desk.read("answers.toml"), "precious");
    desk.run(0, "new answers.toml --force");
    assert!(desk.read("answers.toml").contains("[organisation]"));
    assert_eq!(desk.read("safeseat-answers.schema.json"), "{}", "a schema that is there stays");
}

#[test]
fn a_new_file_is_dated_where_the_person_is() {
    let date = |zone: &str| {
        let desk = Desk::new();
        run(0, desk.command("new answers.toml").env("TZ", zone));
        let file: toml::Table = desk.read("answers.toml").parse().unwrap();
        file["assessment"]["date"].as_datetime().unwrap().to_string()
    };
    // Between these two it is never the same day.
    assert!(date("<+14>-14") > date("<-12>+12"));
}

#[test]
fn new_takes_any_name_of_an_organisation() {
    for name in
        ["Brigg & Goole", "\"Quote\" \\ 'n", "two\nlines", "\u{1b}]0;x\u{7}", "\u{202e}", "", "#", "東京 [a]"]
    {
        let desk = Desk::new();
        run(0, desk.command("new answers.toml -q --name").arg(name));
        let file: toml::Table = desk.read("answers.toml").parse().unwrap();
        assert_eq!(file["organisation"]["name"].as_str(), Some(name));
    }
}

#[test]
fn every_shipped_file_passes_its_own_check() {
    let content = ["examples", "questionnaires", "questionnaires/frameworks", "questionnaires/incidents"];
    let stems =
        |folder| stems(folder).into_iter().map(move |stem| repository(&format!("{folder}/{stem}.toml")));
    let files: Vec<_> = content.into_iter().flat_map(stems).collect();
    let said = run(0, Desk::new().command("check").args(&files));
    assert_eq!(said.err, "");
    assert_eq!(said.out.lines().count(), files.len(), "{}", said.out);
    for (line, file) in said.out.lines().zip(&files) {
        let kind = line.strip_prefix(&format!("{}: ", file.display())).unwrap_or_default();
        assert!(kind.ends_with(", no problems"), "{line}");
    }
}

#[test]
fn check_goes_on_after_a_file_that_is_wrong_or_missing() {
    let desk = Desk::with_sample("local-party");
    desk.write("wrong.toml", "questionnaire = 5\n");
    let said = desk.run(3, "check wrong.toml answers.toml");
    assert!(said.out.contains("wrong.toml") && said.out.contains("answers.toml: answers, no problems"));
    let said = desk.run(4, "check missing.toml answers.toml wrong.toml");
    assert!(said.err.contains("cannot find `missing.toml`"), "{}", said.err);
    assert!(said.out.contains("answers.toml: answers, no problems") && said.out.contains("wrong.toml"));
}

#[test]
fn every_sample_is_reported_and_explained() {
    for sample in samples() {
        let desk = Desk::with_sample(&sample);
        let answers = toml_of(&format!("examples/{sample}.toml"));
        let json: Value = serde_json::from_str(&desk.run(0, "report answers.toml --json").out).unwrap();
        let headline = &json["score"]["printed"]["headline"];
        for (format, text) in desk.reports("answers.toml") {
            let name = answers["organisation"]["name"].as_str().unwrap();
            assert!(format == "csv" || text.contains(name), "{sample} {format}");
        }
        let said = desk.run(0, "report answers.toml");
        assert!(said.out.contains(&format!("{headline} of 100")), "{sample}: {headline}");
        assert_eq!(said.err, "");
        let why = desk.run(0, "why answers.toml").out;
        let headline_bp = &json["score"]["headline_bp"];
        assert!(why.contains(&headline_bp.to_string()), "{sample}: {headline_bp}\n{why}");
    }
}

#[test]
fn why_explains_every_gate_and_every_kind_of_question() {
    let desk = Desk::with_sample("party-hq-november");
    let file = toml_of("questionnaires/political-organisation.toml");
    let gates = file["gate"].as_array().unwrap().iter();
    let gates = gates.map(|gate| (gate["id"].as_str().unwrap(), gate["title"].as_str().unwrap()));
    let mut kinds = std::collections::BTreeMap::new();
    for question in file["question"].as_array().unwrap() {
        let said = (question["id"].as_str().unwrap(), question["ask"].as_str().unwrap());
        kinds.entry(question["kind"].as_str().unwrap()).or_insert(said);
    }
    assert_eq!(kinds.len(), 5);
    for (id, words) in gates.chain(kinds.into_values()) {
        let said = desk.run(0, &format!("why answers.toml {id}")).out;
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains(words), "{id}: {words}\n{said}");
    }
    let by_number = desk.run(0, "why answers.toml 2.1").out;
    assert_eq!(by_number, desk.run(0, "why answers.toml acc.mfa-email").out);
}

#[test]
fn explain_knows_every_code_that_it_lists() {
    let desk = Desk::new();
    let list = desk.run(0, "explain").out;
    let codes: Vec<&str> = list
        .lines()
        .skip(2)
        .filter(|line| line.starts_with(' ') && !line.starts_with("  "))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert_eq!(codes.len(), safeseat::problem::Code::ALL.len());
    for code in codes {
        let said = desk.run(0, &format!("explain {code}")).out;
        assert!(said.starts_with(code) && said.lines().count() > 3, "{said}");
    }
}

#[test]
fn completions_and_the_manual_know_every_command() {
    let desk = Desk::new();
    let shells = ["bash", "elvish", "fish", "powershell", "zsh"];
    let scripts = shells.map(|shell| desk.run(0, &format!("completions {shell}")).out);
    let manual = desk.run(0, "man").out.replace("\\-", "-");
    let (head, _) = manual.split_once(".SH SAFESEAT ").unwrap();
    assert!(head.contains(".TH safeseat 1"));
    for command in commands() {
        for (shell, script) in shells.iter().zip(&scripts) {
            assert!(script.contains(&command), "{shell}: {command}");
        }
        let (_, section) = manual.split_once(&format!(".SH SAFESEAT {}\n", command.to_uppercase())).unwrap();
        let section = section.split(".SH SAFESEAT ").next().unwrap();
        let help = desk.run(0, &format!("{command} --help")).out;
        let options = help.split([' ', '\n', ',']).filter(|word| word.starts_with("--") && word.len() > 2);
        for option in options.map(|option| option.trim_end_matches([')', '\''])) {
            assert!(section.contains(option) || head.contains(option), "{command}: {option}");
        }
    }
}

/// What was typed, the exit status, and what is said about it. The desk holds a sample, a questionnaire and a file with
/// a mistake.
const STATUSES: &[(&str, i32, &str)] = &[
    ("--version", 0, ""),
    ("", 2, "Usage: safeseat"),
    ("reprot answers.toml", 2, "report"),
    ("report", 2, "<FILE>"),
    ("report answers.toml --fast", 2, "--fast"),
    ("report answers.toml --color sometimes", 2, "always"),
    ("report answers.toml -o report.odt", 2, "end the name with .html"),
    ("report answers.toml -o report", 2, "end the name with .html"),
    ("report answers.toml -o report.html -o x.odt", 2, "x.odt"),
    ("report own.toml", 2, "it holds: questionnaire"),
    ("report answers.toml --questionnaire nowhere", 2, "there is no questionnaire `nowhere`"),
    ("report answers.toml --questionnaire ten-minutes-check", 2, "did you mean `ten-minute-check`?"),
    ("show ten-minutes-check", 2, "did you mean `ten-minute-check`?"),
    ("show ten-minute-check -o x.csv", 2, "end the name with .html, .md"),
    ("show answers.toml", 2, "it holds: answers"),
    ("new other.toml --questionnaire individul", 2, "did you mean `individual`?"),
    ("new other.toml --today yesterday", 2, "yesterday"),
    ("why answers.toml acc.mfa-emial", 2, "did you mean `acc.mfa-email`?"),
    ("why answers.toml nothing-like-it-at-all", 2, "name a question by its id or number"),
    ("explain unknwon-key", 2, "did you mean `unknown-key`?"),
    ("completions tcsh", 2, "bash"),
    ("check wrong.toml", 3, "explain CODE"),
    ("report wrong.toml", 3, "wrong.toml"),
    ("why wrong.toml", 3, "wrong.toml"),
    ("report missing.toml", 4, "cannot find `missing.toml`"),
    ("show missing.toml", 4, "cannot find `missing.toml`"),
    ("report folder", 2, "there are no assessments in `folder`"),
    ("why folder", 4, "is a folder, not a file"),
    ("report answers.toml --incidents missing", 4, "missing"),
    ("report answers.toml --questionnaires missing", 4, "missing"),
    ("report answers.toml -o missing/report.json", 4, "there is no folder `missing`"),
    ("report answers.toml -o folder.json", 4, "is a folder, not a file"),
];

#[test]
fn every_way_to_fail_has_its_status_and_says_what_to_do() {
    let desk = Desk::with_sample("local-party");
    desk.write("own.toml", fs::read(repository("questionnaires/individual.toml")).unwrap());
    desk.write("wrong.toml", desk.read("answers.toml").replace("version =", "verison ="));
    desk.write("folder/file", "");
    desk.write("folder.json/file", "");
    let before = desk.names();
    for (arguments, status, words) in STATUSES {
        let said = desk.run(*status, arguments);
        assert!(said.err.contains(words), "{arguments}: {}", said.err);
        assert!(
            *status == 0 || said.out.is_empty() || arguments.starts_with("check"),
            "{arguments}: {}",
            said.out
        );
        assert_eq!(desk.names(), before, "{arguments}: nothing is written");
    }
}

#[test]
fn remarks_go_to_standard_error_and_quiet_leaves_them_out() {
    let desk = Desk::with_sample("local-party");
    let said = desk.run(0, "report answers.toml -o report.json");
    assert_eq!((said.out.as_str(), said.err.as_str()), ("", "wrote report.json\n"));
    for arguments in ["-q report answers.toml -o report.json", "new other.toml --quiet"] {
        let said = desk.run(0, arguments);
        assert_eq!((said.out.as_str(), said.err.as_str()), ("", ""), "{arguments}");
    }
    let said = desk.run(4, "report missing.toml -q");
    assert!(said.err.contains("cannot find"), "errors are never left out");
}

#[test]
fn a_reader_that_stops_reading_is_no_failure() {
    let desk = Desk::with_sample("local-party");
    let long = ["report answers.toml", "report answers.toml --json", "why answers.toml", "show individual"];
    let short =
        ["questionnaires", "explain", "check answers.toml", "completions bash", "man", "--help", "--version"];
    for arguments in long.into_iter().chain(short) {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = desk.command(arguments);
        command.stdout(writer).stderr(Stdio::piped());
        let said = run(0, &mut command);
        assert_eq!(said.err, "", "{arguments}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_a_failure() {
    let desk = Desk::with_sample("local-party");
    for arguments in
        ["report answers.toml", "report answers.toml --json", "questionnaires", "man", "check answers.toml"]
    {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let said = run(4, desk.command(arguments).stdout(full).stderr(Stdio::piped()));
        assert!(said.err.contains("cannot write to standard output"), "{arguments}: {}", said.err);
    }
}

#[test]
fn colour_appears_when_it_is_wanted_and_only_then() {
    let desk = Desk::with_sample("local-party");
    let rows = [
        ("report answers.toml", &[][..], false),
        ("report answers.toml --color auto", &[], false),
        ("report answers.toml --color never", &[], false),
        ("report answers.toml --color never", &[("CLICOLOR_FORCE", "1")], false),
        ("report answers.toml", &[("NO_COLOR", "1")], false),
        ("report answers.toml --color always", &[], true),
        ("why answers.toml --color always", &[("NO_COLOR", "1")], true),
        ("--color always show individual", &[("TERM", "dumb")], true),
    ];
    for (arguments, variables, colour) in rows {
        let said = run(0, desk.command(arguments).envs(variables.iter().copied()));
        assert_eq!(said.out.contains('\u{1b}'), colour, "{arguments} {variables:?}");
    }
    for (choice, colour) in [("always", true), ("never", false), ("auto", false)] {
        let said = desk.run(4, &format!("report missing.toml --color {choice}"));
        assert_eq!(said.err.contains('\u{1b}'), colour, "an error with --color {choice}");
    }
    let coloured = desk.run(0, "report answers.toml --color always").out;
    let plain = anstream::adapter::strip_str(&coloured).to_string();
    assert_eq!(plain, desk.run(0, "report answers.toml").out, "colour changes no words");
}

/// The screen of a terminal of so many columns on which the program runs.
#[cfg(target_os = "linux")]
fn on_a_terminal(desk: &Desk, columns: u16, variables: &[(&str, &str)], arguments: &str) -> String {
    let line = format!("stty rows 24 cols {columns}; {} {arguments}", crate::runner::program());
    let mut command = desk.command_of("script", ["-qec", &line, "/dev/null"]);
    command.env("PATH", "/usr/bin:/bin").env("TERM", "xterm").envs(variables.iter().copied());
    run(0, &mut command).out
}

#[cfg(target_os = "linux")]
#[test]
fn a_terminal_gets_colour_its_width_and_the_letters_it_can_show() {
    let desk = Desk::with_sample("local-party");
    let utf8 = ("LANG", "en_GB.UTF-8");
    for (columns, limit) in [(40, 40), (80, 80), (100, 100), (200, 120)] {
        for arguments in ["report answers.toml", "why answers.toml", "show ten-minute-check", "explain"] {
            let screen = on_a_terminal(&desk, columns, &[utf8, ("NO_COLOR", "1")], arguments);
            assert!(!screen.contains('\u{1b}'), "NO_COLOR");
            let width = |line: &&str| unicode_width::UnicodeWidthStr::width(line.trim_end());
            let widest = screen.lines().max_by_key(width).unwrap();
            let uses_it = width(&widest) > limit - 10 || arguments == "explain";
            assert!(width(&widest) <= limit && uses_it, "{arguments} at {columns} columns: {widest}");
        }
    }
    let screen = on_a_terminal(&desk, 80, &[utf8], "report answers.toml");
    assert!(screen.contains("\u{1b}[") && screen.contains('█'));
    let rows =
        [&[("LC_ALL", "C"), utf8][..], &[("LANG", "en_GB.ISO-8859-1")], &[], &[("TERM", "dumb"), utf8]];
    for variables in rows {
        let screen = on_a_terminal(&desk, 80, variables, "report answers.toml");
        assert!(screen.is_ascii(), "{variables:?}");
    }
}

#[test]
fn several_outputs_are_written_at_once_and_agree_with_standard_output() {
    let desk = Desk::with_sample("local-party");
    let files = files_of(&FORMATS);
    let said = desk.run(0, &format!("report answers.toml --json{}", outputs("out", &files)));
    assert_eq!(said.err.lines().count(), files.len(), "{}", said.err);
    assert_eq!(said.out, desk.read("out.json"));
    // The last line says what made it, and what the text came to.
    let paper = |text: String| format!("{text}\nMade with safeseat {} (", env!("CARGO_PKG_VERSION"));
    assert!(desk.read("out.txt").starts_with(&paper(desk.run(0, "report answers.toml").out)));
    let beginnings = [
        ("html", "<!DOCTYPE html>"),
        ("json", "{\n"),
        ("md", "# Ashcombe Vale Local Party\n"),
        ("csv", "\u{feff}number,question,"),
        ("txt", "Ashcombe Vale Local Party\n"),
    ];
    assert_eq!(beginnings.map(|(format, _)| format)[..], files[..], "every format is looked at");
    for (format, beginning) in beginnings {
        assert!(desk.read(&format!("out.{format}")).starts_with(beginning), "{format}");
    }
    desk.run(0, "report answers.toml -o UPPER.JSON");
    assert_eq!(desk.read("UPPER.JSON"), desk.read("out.json"), "the case of an ending does not matter");
    assert!(desk.booklets("individual")["txt"].starts_with(&paper(desk.run(0, "show individual").out)));
}

/// The title of the questionnaire and the ids of the assessed incidents that a report names.
fn reported(desk: &Desk, arguments: &str) -> (String, Vec<String>) {
    let json: Value = serde_json::from_str(&desk.run(0, &format!("report {arguments} --json")).out).unwrap();
    let assessed =
        json["incidents"].as_array().unwrap().iter().filter(|incident| incident["assessed"] == true);
    let ids = assessed.map(|incident| incident["id"].as_str().unwrap().to_owned()).collect();
    (json["questionnaire"]["title"].as_str().unwrap().to_owned(), ids)
}

#[test]
fn a_questionnaire_is_found_where_it_was_put() {
    let desk = Desk::new();
    desk.write("answers.toml", answers("own"));
    let said = desk.run(3, "report answers.toml");
    assert!(said.err.contains("there is no questionnaire `own`") && said.err.contains("--questionnaires"));

    desk.write("elsewhere.toml", questionnaire("own", "By file", "mfa-email"));
    assert_eq!(reported(&desk, "answers.toml --questionnaire elsewhere.toml").0, "By file");
    desk.write("own.toml", questionnaire("own", "Beside", "mfa-email"));
    assert_eq!(reported(&desk, "answers.toml").0, "Beside");
    assert_eq!(reported(&desk, "answers.toml --questionnaire own").0, "Beside");
    desk.write("mine/own.toml", questionnaire("own", "In a folder", "mfa-email"));
    assert_eq!(reported(&desk, "answers.toml --questionnaires mine").0, "In a folder");
    assert!(desk.run(0, "show own --questionnaires mine").out.contains("In a folder"));
    desk.run(0, "new new.toml --questionnaire own --questionnaires mine");
    desk.run(0, "check new.toml --questionnaires mine");

    desk.write("answers.toml", answers("individual"));
    desk.write("individual.toml", questionnaire("individual", "Beside", "mfa-email"));
    assert_eq!(reported(&desk, "answers.toml").0, "Beside", "one's own comes before a shipped one");
}

#[test]
fn a_misspelt_questionnaire_in_answers_is_answered_with_the_nearest() {
    let desk = Desk::with_sample("short-campaign");
    desk.write(
        "answers.toml",
        desk.read("answers.toml").replace("\"political-organisation\"", "\"political-organization\""),
    );
    for command in ["report answers.toml", "check answers.toml", "why answers.toml"] {
        let said = desk.run(3, command);
        assert!(format!("{}{}", said.out, said.err).contains("political-organisation"), "{command}");
    }
}

#[test]
fn controls_and_incidents_beside_a_questionnaire_are_used() {
    let control = "[[control]]\nid = \"own-control\"\ntitle = \"Own\"\nsummary = \"s\"\n";
    let desk = Desk::new();
    desk.write("answers.toml", answers("own"));
    desk.write("own.toml", questionnaire("own", "Own", "own-control"));
    desk.write("controls.toml", control);
    desk.write("incidents/beside.toml", incident("beside", "own-control"));
    assert_eq!(reported(&desk, "answers.toml").1, ["beside"], "instead of the shipped ones");
    desk.write("more/added.toml", incident("added", "own-control"));
    assert_eq!(reported(&desk, "answers.toml --incidents more").1, ["added", "beside"]);
    desk.run(0, "check own.toml controls.toml incidents/beside.toml more/added.toml");

    let flagship = Desk::with_sample("party-hq-november");
    let shipped = reported(&flagship, "answers.toml").1;
    flagship.write("more/added.toml", incident("added", "mfa-email"));
    let all = reported(&flagship, "answers.toml --incidents more").1;
    assert!(
        all.contains(&"added".to_owned()) && all.len() == shipped.len() + 1,
        "on top of the shipped ones"
    );
}
