//! The same files give the same report to the byte, whoever makes it, wherever and whenever; and nothing personal gets
//! into it.

use std::collections::BTreeMap;
use std::process::Command;

use crate::runner::{BOOKLETS, DOCUMENTS, Desk, FORMATS, HISTORIES, PLANS, STORIES, files_of, outputs, run};

/// What differs between machines, and must not matter.
const PLACES: &[&[(&str, &str)]] = &[
    &[],
    &[("TZ", "Pacific/Kiritimati"), ("LANG", "de_DE.UTF-8"), ("LC_ALL", "C")],
    &[("TZ", "America/Adak"), ("LC_ALL", "tr_TR.UTF-8"), ("COLUMNS", "37"), ("TERM", "dumb")],
    &[("HOME", "/home/zaphod"), ("USER", "zaphod"), ("LOGNAME", "zaphod"), ("HOSTNAME", "zaphod.example")],
    &[("RUST_BACKTRACE", "full"), ("RUST_LOG", "trace"), ("SOURCE_DATE_EPOCH", "1"), ("LINES", "3")],
    &[("RAYON_NUM_THREADS", "7"), ("RUST_MIN_STACK", "4194304"), ("MALLOC_ARENA_MAX", "1")],
];

/// Everything that a command made: what it said, and each file with its name.
type Made = BTreeMap<String, Vec<u8>>;

/// Every format of a report and of a questionnaire, explanations and a new file.
fn made(variables: &[(&str, &str)]) -> Made {
    let desk = Desk::with_sample("constituency-office");
    let commands = [
        "report answers.toml --today 2026-10-12".to_owned(),
        "report answers.toml --today 2026-10-12 --json".to_owned(),
        format!(
            "report answers.toml --today 2026-10-12{}",
            outputs("report", &[&files_of(&FORMATS), DOCUMENTS].concat())
        ),
        "why answers.toml".to_owned(),
        "plan answers.toml --today 2026-10-12".to_owned(),
        format!("plan answers.toml --today 2026-10-12{}", outputs("plan", &files_of(&PLANS))),
        format!("show individual{}", outputs("show", &files_of(&BOOKLETS))),
        format!("incidents storting-2020{}", outputs("story", &files_of(&STORIES))),
        "history .".to_owned(),
        format!("history .{}", outputs("history", &files_of(&HISTORIES))),
        "questionnaires".to_owned(),
        "check answers.toml".to_owned(),
        "new new.toml --today 2026-11-23".to_owned(),
        "man".to_owned(),
    ];
    let mut made = Made::new();
    for arguments in commands {
        let said = run(0, desk.command(&arguments).envs(variables.iter().copied()));
        made.insert(arguments, (said.out + &said.err).into_bytes());
    }
    made.extend(desk.names().into_iter().map(|name| (name.clone(), desk.bytes(&name))));
    made
}

#[test]
fn time_zone_language_user_and_threads_change_no_byte() {
    let first = made(PLACES[0]);
    for place in PLACES.iter().chain(&PLACES[..1]) {
        for (name, bytes) in made(place) {
            assert!(first[&name] == bytes, "{name} differs with {place:?}");
        }
    }
}

#[test]
fn nothing_of_the_person_or_the_machine_gets_into_any_output() {
    for (name, bytes) in made(PLACES[3]) {
        let text = String::from_utf8_lossy(&bytes);
        for private in ["zaphod", "/home", "desk-", env!("CARGO_MANIFEST_DIR"), "/root"] {
            assert!(!text.contains(private), "{name} says {private}");
        }
    }
}

#[test]
fn the_folder_and_how_it_is_named_change_no_byte_of_a_file() {
    let outputs = |command: &mut Command, desk: &Desk, stem: &str| {
        for format in files_of(&FORMATS) {
            command.arg("-o").arg(desk.path(&format!("{stem}.{format}")));
        }
        run(0, command);
    };
    let (desk, elsewhere) = (Desk::with_sample("short-campaign"), Desk::new());
    outputs(&mut desk.command("report answers.toml"), &desk, "near");
    outputs(elsewhere.command("report").arg(desk.path("answers.toml")), &desk, "far");
    desk.write("folder/file", "");
    outputs(&mut desk.command("report folder/../answers.toml"), &desk, "around");
    for format in files_of(&FORMATS) {
        let near = desk.bytes(&format!("near.{format}"));
        assert!(!near.is_empty());
        assert!(near == desk.bytes(&format!("far.{format}")), "{format} with an absolute path");
        assert!(near == desk.bytes(&format!("around.{format}")), "{format} with a roundabout path");
    }
}
