//! Whatever stands where a file is read or written: nothing hangs, nothing of anybody's is lost, and nothing is
//! half-written or readable by others.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::runner::{BOOKLETS, Desk, FORMATS, PLANS, STORIES, Said, files_of, outputs, run};

/// A pipe that nobody writes to: whoever opens it waits for ever.
fn pipe(desk: &Desk, name: &str) {
    run(0, desk.command_of("mkfifo", [name]).env("PATH", "/usr/bin:/bin"));
}

/// Runs the program after some orders to the shell.
fn in_shell(desk: &Desk, status: i32, orders: &str, arguments: &str) -> Said {
    let line = format!("{orders}; exec {} {arguments}", crate::runner::program());
    run(status, &mut desk.command_of("sh", ["-c", &line]))
}

/// Files that cannot be answers, what is said of them, and the exit status.
const UNREADABLE: &[(&str, i32, &str)] = &[
    ("folder", 4, "`folder` is a folder, not a file"),
    ("missing.toml", 4, "cannot find `missing.toml`"),
    ("missing/answers.toml", 4, "cannot find `missing/answers.toml`"),
    ("answers.toml/answers.toml", 4, "cannot find `answers.toml/answers.toml`"),
    ("dangling.toml", 4, "cannot find `dangling.toml`"),
    ("circle.toml", 4, "cannot read `circle.toml`"),
    ("pipe.toml", 4, "`pipe.toml` is not an ordinary file"),
    ("/dev/zero", 4, "`/dev/zero` is not an ordinary file"),
    #[cfg(target_os = "linux")]
    ("/proc/self/mem", 4, "cannot read `/proc/self/mem`: "),
    ("large.toml", 3, "more than 1 MiB"),
    ("nul.toml", 3, "found a NUL byte"),
    ("latin.toml", 3, "the byte 0xe9 is not UTF-8 text"),
    ("utf-16.toml", 3, "not as UTF-16"),
    ("empty.toml", 3, "the file is empty"),
    ("blank.toml", 3, "the file is empty"),
    ("words.toml", 3, "words.toml:1"),
    ("deep.toml", 3, "deep.toml:1"),
    ("other.toml", 3, "this is none of our files"),
];

#[test]
fn what_cannot_be_read_is_named_and_never_waited_for() {
    let desk = Desk::with_sample("local-party");
    desk.write("folder/file", "");
    symlink("nowhere", desk.path("dangling.toml")).unwrap();
    symlink("circle.toml", desk.path("circle.toml")).unwrap();
    pipe(&desk, "pipe.toml");
    let answers = desk.read("answers.toml");
    desk.write("large.toml", answers.clone() + &"#".repeat(2 * 1024 * 1024));
    desk.write("nul.toml", answers.replace("Ashcombe", "\0"));
    desk.write("latin.toml", b"name = \"Caf\xe9\"\n");
    desk.write("utf-16.toml", answers.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>());
    desk.write("empty.toml", "");
    desk.write("blank.toml", "\u{feff}\r\n\t \n");
    desk.write("words.toml", "Dear all,\nplease find attached\n");
    desk.write("deep.toml", format!("a = {}{}\n", "[".repeat(1000), "]".repeat(1000)));
    desk.write("other.toml", "[package]\nname = \"x\"\n");
    for (file, status, words) in UNREADABLE {
        for command in ["report", "check", "why", "show", "report answers.toml --questionnaire"] {
            if (*file, command) == ("folder", "report") {
                // It stands for the newest assessment in it.
                continue;
            }
            let said = desk.run(*status, &format!("{command} {file}"));
            let all = format!("{}{}", said.out, said.err);
            assert!(all.contains(words), "{command} {file}: {all}");
            assert!(command == "check" || said.out.is_empty(), "{command} {file}: {}", said.out);
        }
    }
}

#[test]
fn byte_order_marks_line_ends_and_links_do_not_matter() {
    let desk = Desk::with_sample("local-party");
    let answers = desk.read("answers.toml");
    let score = |file: &str| {
        let json = desk.run(0, &format!("report {file} --json")).out;
        serde_json::from_str::<serde_json::Value>(&json).unwrap()["questions"].take()
    };
    let expected = score("answers.toml");
    desk.write("bom.toml", format!("\u{feff}{answers}"));
    desk.write("crlf.toml", answers.replace('\n', "\r\n"));
    desk.write("large.toml", format!("{answers}#{}", "x".repeat(1024 * 1024 - answers.len() - 1)));
    symlink("answers.toml", desk.path("link.toml")).unwrap();
    for file in ["bom.toml", "crlf.toml", "large.toml", "link.toml"] {
        assert_eq!(score(file), expected, "{file}");
    }
}

#[test]
fn a_questionnaire_beside_the_answers_that_cannot_be_read_is_named() {
    let desk = Desk::with_sample("local-party");
    desk.write("answers.toml", desk.read("answers.toml").replace("\"political-organisation\"", "\"own\""));
    for bytes in [&b"format = 1 \xe9"[..], b"format 1", b"", "#".repeat(2 * 1024 * 1024).as_bytes()] {
        desk.write("own.toml", bytes);
        let said = desk.run(3, "report answers.toml");
        assert!(said.err.contains("own.toml"), "{}", said.err);
    }
}

#[test]
fn folders_of_content_may_hold_anything() {
    let desk = Desk::with_sample("local-party");
    desk.write("mine/notes.txt", "not ours");
    desk.write("mine/folder.toml/file", "");
    pipe(&desk, "mine/pipe.toml");
    pipe(&desk, "mine/political-organisation.toml");
    symlink("nowhere", desk.path("mine/dangling.toml")).unwrap();
    desk.run(0, "report answers.toml --questionnaires mine --incidents mine");
}

/// What may stand where an output should go, what is said, and whether `--force` helps.
const UNWRITABLE: &[(&str, &str)] = &[
    ("folder.json", "`folder.json` is a folder, not a file"),
    ("pipe.json", "`pipe.json` is not an ordinary file"),
    ("dangling.json", "`dangling.json` is a symbolic link"),
    ("to-own.json", "`to-own.json` is a symbolic link"),
    ("to-other.json", "`to-other.json` is a symbolic link"),
    ("to-folder.json", "`to-folder.json` is a symbolic link"),
    ("missing/report.json", "there is no folder `missing`"),
    ("answers.toml/report.json", "there is no folder `answers.toml`"),
    #[cfg(target_os = "linux")]
    ("/proc/report.json", "cannot write `/proc/report.json`: "),
];

#[test]
fn nothing_is_written_where_no_ordinary_file_can_be() {
    let desk = Desk::with_sample("local-party");
    desk.run(0, "report answers.toml -o own.json -q");
    desk.write("other.json", "precious");
    desk.write("folder.json/file", "");
    pipe(&desk, "pipe.json");
    for (target, link) in [
        ("nowhere", "dangling"),
        ("own.json", "to-own"),
        ("other.json", "to-other"),
        ("folder.json", "to-folder"),
    ] {
        symlink(target, desk.path(&format!("{link}.json"))).unwrap();
    }
    let (names, own) = (desk.names(), desk.bytes("own.json"));
    for (output, words) in UNWRITABLE {
        for force in ["", " --force"] {
            let said = desk.run(4, &format!("report answers.toml -o {output}{force}"));
            assert!(said.err.contains(words) && said.err.contains("help: "), "{output}{force}: {}", said.err);
        }
    }
    assert_eq!(desk.names(), names, "nothing is added");
    assert!(desk.bytes("own.json") == own && desk.read("other.json") == "precious");
}

#[test]
fn a_disk_that_is_full_leaves_the_old_file_and_no_other() {
    let desk = Desk::with_sample("local-party");
    let commands =
        ["report answers.toml -o report.json", "report answers.toml -o report.html", "new new.toml"];
    for arguments in ["report answers.toml -o report.json", "report answers.toml -o report.html"] {
        desk.run(0, arguments);
    }
    let before: Vec<_> = desk.names().into_iter().map(|name| (desk.bytes(&name), name)).collect();
    for arguments in commands {
        // The largest file is a few blocks, and the signal that would say so is ignored, as on a full disk.
        let said = in_shell(&desk, 4, "trap '' XFSZ; ulimit -f 8", arguments);
        assert!(said.err.contains("cannot write `") && said.err.contains("too large"), "{}", said.err);
        let after: Vec<_> = desk.names().into_iter().map(|name| (desk.bytes(&name), name)).collect();
        assert!(before == after, "{arguments}");
    }
}

#[test]
fn the_input_is_never_overwritten_however_it_is_spelt() {
    for format in files_of(&FORMATS) {
        let desk = Desk::with_sample("local-party");
        let answers = desk.bytes("answers.toml");
        let input = format!("answers.{format}");
        desk.write(&input, &answers);
        desk.write("folder/file", "");
        fs::hard_link(desk.path(&input), desk.path(&format!("hard.{format}"))).unwrap();
        symlink(&input, desk.path(&format!("soft.{format}"))).unwrap();
        symlink(".", desk.path("here")).unwrap();
        let absolute = desk.path(&input).display().to_string();
        for output in [
            &input,
            &format!("./{input}"),
            &format!("folder/../{input}"),
            &format!("here/{input}"),
            &absolute,
        ] {
            for force in ["", "--force"] {
                let said = desk.run(2, &format!("report {input} -o {output} {force}"));
                assert!(said.err.contains("is the input"), "{output}: {}", said.err);
            }
        }
        // Another name of the same file holds answers, which nothing replaces.
        desk.run(4, &format!("report {input} -o hard.{format}"));
        desk.run(2, &format!("report {input} -o hard.{format} --force"));
        desk.run(2, &format!("report {input} -o soft.{format} --force"));
        desk.run(2, &format!("report soft.{format} -o {input} --force"));
        assert!(desk.bytes(&input) == answers, "{format}");
    }
    let desk = Desk::new();
    desk.write("own.md", fs::read(crate::runner::repository("questionnaires/individual.toml")).unwrap());
    desk.run(2, "show own.md -o ./own.md --force");
}

/// Files of other people that speak of this program, by format.
const SPEAKING: &[(&str, &str)] = &[
    ("txt", "Notes on safeseat\n\nMade with safeseat 0.1.0 by me.\n"),
    ("txt", "Notes on safeseat\n\nMade with safeseat 0.1.0 (by me)\n"),
    ("md", "# My week\n\nI tried a thing.\n\n- Made with safeseat\n\nIt was good.\n"),
    ("html", "<p>&lt;meta name=\"generator\" content=\"safeseat 1\"&gt;</p>"),
    ("json", "{ \"notes\": [\"tool\", \"safeseat\"] }"),
    ("csv", "safeseat,number,question\n1,2,3\n"),
];

#[test]
fn a_file_of_somebody_else_stays_unless_forced() {
    let all = files_of(&FORMATS).into_iter().flat_map(|format| [(format, ""), (format, "precious")]);
    for (format, text) in all.chain(SPEAKING.iter().copied()) {
        let desk = Desk::with_sample("local-party");
        let file = format!("report.{format}");
        desk.write(&file, text);
        let said = desk.run(4, &format!("report answers.toml -o {file}"));
        assert!(said.err.contains(&format!("`{file}` exists already")) && said.err.contains("--force"));
        assert_eq!(desk.read(&file), text);
        desk.run(0, &format!("report answers.toml -o {file} --force"));
        assert!(desk.read(&file).contains("2.1"), "{format}");
    }
}

#[test]
fn a_text_that_somebody_has_worked_in_stays_unless_forced() {
    let desk = Desk::with_sample("local-party");
    for (file, command) in
        [("r.md", "report answers.toml"), ("r.txt", "report answers.toml"), ("p.md", "plan answers.toml")]
    {
        let command = format!("{command} -o {file}");
        desk.run(0, &command);
        desk.run(0, &command);
        let worked_in = desk.read(file).replacen("the", "THE", 1);
        desk.write(file, &worked_in);
        assert!(desk.run(4, &command).err.contains(&format!("`{file}` exists already")), "{file}");
        assert_eq!(desk.read(file), worked_in);
        desk.run(0, &format!("{command} --force"));
        desk.run(0, &command);
    }
}

#[test]
fn answers_and_questionnaires_stay_even_when_forced_whatever_they_are_called() {
    for text in ["questionnaire = \"individual\"\n", "[[question]]\nid = \"a.b\"\n", "[[step]]\nid = \"a\"\n"]
    {
        let desk = Desk::with_sample("local-party");
        desk.write("mine.md", text);
        let said = desk.run(2, "report answers.toml -o mine.md --force");
        assert!(said.err.contains("no output replaces that"), "{}", said.err);
        assert_eq!(desk.read("mine.md"), text);
    }
}

#[test]
fn a_file_that_this_program_made_is_replaced() {
    let desk = Desk::with_sample("local-party");
    desk.write("tiny.toml", fs::read(crate::runner::repository("tests/fixtures/whole/whole.toml")).unwrap());
    let report = format!("report answers.toml{}", outputs("report", &files_of(&FORMATS)));
    let show = |what: &str| format!("show {what}{}", outputs("show", &files_of(&BOOKLETS)));
    let plan = format!("plan answers.toml{}", outputs("plan", &files_of(&PLANS)));
    let story = |id| format!("incidents {id}{}", outputs("story", &files_of(&STORIES)));
    let first = [report.clone(), plan.clone(), show("individual"), story("storting-2020")];
    let again = [report, plan, show("tiny.toml"), story("macron-2017")];
    for arguments in first {
        desk.run(0, &arguments);
    }
    // Another version made it. Of a text only the last line says so.
    for name in desk.names().into_iter().filter(|name| name.starts_with("report.")) {
        let (version, text) = (env!("CARGO_PKG_VERSION"), desk.read(&name));
        let (_, ending) = name.rsplit_once('.').unwrap();
        let older = if matches!(ending, "md" | "txt") {
            text.replace(&format!("safeseat {version} ("), "safeseat 0.0.9 (")
        } else {
            text.replace(version, "0.0.9")
        };
        assert!(older != text || ending == "csv", "{name} says which version made it");
        desk.write(&name, older);
    }
    for arguments in again {
        desk.run(0, &arguments);
    }
    assert!(desk.read("show.md").contains("How is the door locked"));
}

#[test]
fn files_are_for_their_owner_alone_whatever_the_umask() {
    for umask in ["000", "022", "077", "777"] {
        let desk = Desk::with_sample("local-party");
        desk.run(0, "report answers.toml -o report.json");
        fs::set_permissions(desk.path("report.json"), fs::Permissions::from_mode(0o666)).unwrap();
        fs::remove_file(desk.path("answers.toml")).unwrap();
        desk.write("answers.toml", Desk::with_sample("local-party").bytes("answers.toml"));
        let orders = format!("umask {umask}");
        in_shell(
            &desk,
            0,
            &orders,
            &format!("report answers.toml{}", outputs("report", &files_of(&FORMATS))),
        );
        in_shell(&desk, 0, &orders, "new new.toml");
        for name in desk.names().into_iter().filter(|name| name != "answers.toml") {
            let mode = fs::metadata(desk.path(&name)).unwrap().permissions().mode() & 0o7777;
            assert_eq!(mode, 0o600, "{name} with umask {umask}");
        }
    }
}

#[test]
fn a_reader_sees_the_old_file_or_the_new_one_however_the_program_dies() {
    let desk = Desk::with_sample("local-party");
    desk.run(0, "report answers.toml -o report.json");
    let other = desk.read("answers.toml").replace("Ashcombe Vale", "Elsewhere");
    let old = desk.bytes("report.json");
    desk.write("other.toml", other);
    desk.run(0, "report other.toml -o new.json");
    let new = desk.bytes("new.json");
    for delay in 0..24 {
        desk.write("report.json", &old);
        let mut child = quiet(desk.command("report other.toml -o report.json")).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(delay * 3));
        child.kill().unwrap();
        child.wait().unwrap();
        let found = desk.bytes("report.json");
        assert!(found == old || found == new, "after {delay}");
    }
    for name in desk.names().into_iter().filter(|name| name.starts_with(".safeseat-")) {
        let mode = fs::metadata(desk.path(&name)).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "what a killed program leaves is private: {name}");
    }
}

fn quiet(mut command: Command) -> Command {
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

#[test]
fn only_what_was_asked_for_is_left_behind() {
    let desk = Desk::with_sample("local-party");
    desk.run(0, &format!("report answers.toml{}", outputs("report", &files_of(&FORMATS))));
    desk.run(0, "why answers.toml");
    desk.run(0, "check answers.toml");
    let mut expected: Vec<_> = files_of(&FORMATS).iter().map(|format| format!("report.{format}")).collect();
    expected.push("answers.toml".to_owned());
    expected.sort();
    assert_eq!(desk.names(), expected);
}
