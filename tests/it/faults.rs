//! Every command that writes a file, while system calls fail, the disk is full, the program dies, or something odd stands
//! in the way: what was there is there, or what should be, and never a part of it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::process::Command;

use crate::runner::{Desk, Said, repository, run};

/// A command that writes, and what it writes. Each is run over what it wrote about another organisation before.
struct Writer {
    arguments: &'static str,
    /// The file that is written, or the folder.
    target: &'static str,
    /// What replaces a file that somebody else has made.
    force: &'static str,
}

const fn writer(arguments: &'static str, target: &'static str, force: &'static str) -> Writer {
    Writer { arguments, target, force }
}

/// Every command that writes a file, but for `answer` and `serve`, which save as `import` does.
const WRITERS: &[Writer] = &[
    writer("report answers.toml --today 2026-11-23 -o", "out.html", "--force"),
    writer("report answers.toml --today 2026-11-23 -o", "out.json", "--force"),
    writer("report answers.toml --today 2026-11-23 -o", "out.md", "--force"),
    writer("report answers.toml --today 2026-11-23 -o", "out.csv", "--force"),
    writer("report answers.toml --today 2026-11-23 -o", "out.txt", "--force"),
    #[cfg(feature = "office")]
    writer("report answers.toml --today 2026-11-23 -o", "out.docx", "--force"),
    #[cfg(feature = "office")]
    writer("report answers.toml --today 2026-11-23 -o", "out.xlsx", "--force"),
    #[cfg(feature = "pdf")]
    writer("report answers.toml --today 2026-11-23 -o", "out.pdf", "--force"),
    writer("plan answers.toml --today 2026-11-23 -o", "out.csv", "--force"),
    writer("plan answers.toml --today 2026-11-23 --by 2027-06-01 -o", "out.ics", "--force"),
    writer("plan answers.toml --today 2026-11-23 --update", "plan.toml", ""),
    writer("compare earlier.toml answers.toml -o", "out.html", "--force"),
    writer("history years -o", "out.json", "--force"),
    writer("show whole.toml -o", "out.md", "--force"),
    #[cfg(feature = "office")]
    writer("show whole.toml -o", "out.xlsx", "--force"),
    writer("incidents burglary --incidents incidents -o", "out.txt", "--force"),
    writer("new --questionnaire whole.toml --name Old --today 2026-11-23 --force", "new.toml", ""),
    writer("questionnaire new --base whole --force", "own.toml", ""),
    writer("templates export", "mine", ""),
    #[cfg(feature = "office")]
    writer("import questions.xlsx --partial --today 2026-11-23 --into", "filled.toml", ""),
];

/// Everything on a desk: the bytes of a file, nothing for a folder and what else there may be.
type Things = BTreeMap<String, Option<Vec<u8>>>;

/// A desk before and after a command.
struct Scene {
    desk: Desk,
    arguments: String,
    before: Things,
    after: Things,
}

impl Writer {
    fn command(&self) -> String {
        format!("{} {}", self.arguments, self.target)
    }

    fn scene(&self) -> Scene {
        let desk = desk();
        if !["mine", "plan.toml"].contains(&self.target) {
            desk.run(0, &self.command());
        }
        for file in ["answers.toml", "whole.toml", "years/two.toml", "incidents/burglary.toml"] {
            let text = desk.read(file).replace("Everything\"", "All\"");
            desk.write(
                file,
                text.replace("The burglary", "The theft")
                    .replace("\"latch\"\nevidence", "\"open\"\nevidence"),
            );
        }
        // An answers file that a command makes anew says something else than before; one that it saves in is incomplete.
        let arguments =
            self.command().replace("--name Old", "--name New").replace("--base whole", "--base individual");
        if self.target == "filled.toml" {
            desk.write("filled.toml", desk.read("filled.toml").replace("ships = \"no\"", "ships = \"yes\""));
        }
        let before = things(&desk);
        desk.run(0, &arguments);
        let after = things(&desk);
        assert!(before != after, "{arguments} changes nothing");
        let scene = Scene { desk, arguments, before, after };
        scene.reset();
        scene
    }
}

fn desk() -> Desk {
    let desk = Desk::new();
    let whole = repository("tests/fixtures/whole");
    for name in ["answers.toml", "whole.toml", "plan.toml", "incidents/burglary.toml", "controls.toml"] {
        desk.write(name, fs::read(whole.join(name)).unwrap());
    }
    desk.write("earlier.toml", desk.read("answers.toml").replace("2026-11-23", "2026-11-02"));
    desk.write("years/one.toml", desk.read("earlier.toml"));
    desk.write("years/two.toml", desk.read("answers.toml"));
    desk.write("years/whole.toml", desk.read("whole.toml"));
    #[cfg(feature = "office")]
    filled(&desk);
    desk
}

/// A spreadsheet with answers.
#[cfg(feature = "office")]
fn filled(desk: &Desk) {
    desk.run(0, "show whole.toml -o questions.xlsx");
    let mut form = crate::importing::Form::read(desk, "questions.xlsx");
    form.fill("name", crate::importing::DETAIL, "Northmoor");
    for (id, answer) in [("office", "Yes"), ("ships", "No"), ("first.levels", "With a lock")] {
        form.fill(id, crate::importing::ANSWER, answer);
    }
    form.save(desk, "questions.xlsx");
}

fn things(desk: &Desk) -> Things {
    let mut things = Things::new();
    let mut open = vec![String::new()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(desk.path(&folder)).unwrap() {
            let name = format!("{folder}{}", entry.unwrap().file_name().to_string_lossy());
            let about = fs::symlink_metadata(desk.path(&name)).unwrap();
            if about.is_file() {
                things.insert(name.clone(), Some(desk.bytes(&name)));
            } else {
                things.insert(name.clone(), None);
            }
            if about.is_dir() {
                open.push(format!("{name}/"));
            }
        }
    }
    things
}

/// Whether it is only there while something is written.
fn is_passing(name: &str) -> bool {
    name.rsplit('/').next().is_some_and(|name| name.starts_with(".safeseat-")) || is_lock(name)
}

/// Whether it is the lock of an answers file, which is empty.
fn is_lock(name: &str) -> bool {
    name.strip_suffix(".lock")
        .and_then(|name| name.rsplit('/').next())
        .is_some_and(|name| name.starts_with('.'))
}

impl Scene {
    /// Puts everything back as it was before the command.
    fn reset(&self) {
        for name in things(&self.desk).into_keys().rev().filter(|name| !self.before.contains_key(name)) {
            let path = self.desk.path(&name);
            if path.is_dir() { fs::remove_dir_all(path).unwrap() } else { fs::remove_file(path).unwrap() }
        }
        for (name, bytes) in &self.before {
            if let Some(bytes) = bytes {
                fs::write(self.desk.path(name), bytes).unwrap();
            }
        }
    }

    /// Every file is what it was or what it should become, and nothing else is there but what may be left for the next
    /// run to remove. Whether all is as it should be.
    fn is_whole(&self, fault: &str, may_leave: fn(&str) -> bool) -> bool {
        let now = things(&self.desk);
        let names: BTreeSet<&String> =
            now.keys().chain(self.before.keys()).chain(self.after.keys()).collect();
        for name in names {
            if is_passing(name) {
                assert!(may_leave(name), "{}, {fault}: {name} is left", self.arguments);
                let mode = fs::metadata(self.desk.path(name)).unwrap().permissions().mode();
                assert_eq!(mode & 0o077, 0, "{}, {fault}: {name} can be read by others", self.arguments);
                continue;
            }
            let found = now.get(name);
            let whole = found == self.before.get(name) || found == self.after.get(name);
            assert!(whole, "{}, {fault}: {name} is neither the old nor the new one", self.arguments);
        }
        self.after.iter().all(|(name, bytes)| now.get(name) == Some(bytes))
    }

    /// The next run makes everything as it should be, and clears up. Then everything is put back.
    fn goes_on(&self, fault: &str) {
        run(0, &mut self.desk.command(&self.arguments));
        assert!(self.is_whole(&format!("the run after {fault}"), |_| false), "{}, {fault}", self.arguments);
        self.reset();
    }
}

/// System calls of the time in which a command writes, that can fail or be the last.
const CALLS: &[&str] = &[
    "openat",
    "read",
    "write",
    "fsync",
    "fchmod",
    "flock",
    "renameat",
    "renameat2",
    "rename",
    "linkat",
    "link",
    "unlink",
    "unlinkat",
    "mkdir",
    "mkdirat",
    "statx",
    "getdents64",
];

/// What they can fail with: the disk is full or broken, a permission is missing, a signal has come.
const ERRORS: &[&str] = &["ENOSPC", "EIO", "EACCES", "EINTR"];

/// Whether everything is tried, instead of one case of several.
fn long() -> bool {
    std::env::var_os("SAFESEAT_LONG_TESTS").is_some()
}

/// The program under `strace` with options; nothing where there is none.
fn traced(scene: &Scene, options: &[&str]) -> Command {
    let mut words = vec!["-f", "-qq", "-o", "/dev/null"];
    words.extend(options);
    words.push(env!("CARGO_BIN_EXE_safeseat"));
    words.extend(scene.arguments.split_whitespace());
    scene.desk.command_of("/usr/bin/strace", words)
}

fn can_trace() -> bool {
    let can = Command::new("/usr/bin/strace").args(["-qq", "-o", "/dev/null", "true"]).status();
    can.is_ok_and(|status| status.success())
}

/// The system calls from the first trace of writing on: each with which of its name it is, counted from 1.
fn calls(scene: &Scene) -> Vec<(String, usize)> {
    let path = scene.desk.path("trace").display().to_string();
    let options =
        format!("trace={}", CALLS.iter().map(|call| format!("?{call}")).collect::<Vec<_>>().join(","));
    run(0, &mut traced(scene, &["-o", &path, "-e", &options]));
    let text = scene.desk.read("trace");
    scene.reset();
    let process = text.split(' ').next().unwrap();
    let lines: Vec<&str> = text.lines().filter(|line| line.starts_with(process)).collect();
    let start = lines.iter().position(|line| line.contains("O_CREAT") || line.contains("mkdir(")).unwrap();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut calls = Vec::new();
    for (nth, line) in lines.iter().enumerate() {
        let call = line[process.len()..].trim().split('(').next().unwrap();
        let count = counts.entry(call).or_default();
        *count += 1;
        if nth >= start && CALLS.contains(&call) {
            calls.push((call.to_owned(), *count));
        }
    }
    calls
}

/// Every command with every call of the time in which it writes.
fn cases(mut each: impl FnMut(&Scene, &str, usize)) {
    for writer in WRITERS {
        let scene = writer.scene();
        for (call, nth) in calls(&scene) {
            each(&scene, &call, nth);
        }
    }
}

#[test]
fn a_system_call_that_fails_leaves_the_old_file_or_the_new_one() {
    if !can_trace() {
        return;
    }
    let (mut place, mut tried) = (0, 0);
    cases(|scene, call, nth| {
        for error in ERRORS {
            place += 1;
            if !long() && place % 37 != 0 {
                continue;
            }
            tried += 1;
            let fault = format!("{call}:error={error}:when={nth}");
            let output = traced(scene, &["-e", &format!("inject={fault}")]).output().unwrap();
            let status = output.status.code().unwrap();
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            let could_remove = !call.starts_with("unlink");
            let is_new = scene.is_whole(&fault, if could_remove { is_lock } else { is_passing });
            assert!(is_new || status != 0, "{}, {fault}: nothing is said\n{said}", scene.arguments);
            assert!([0, 4].contains(&status), "{}, {fault}: {status}\n{said}", scene.arguments);
            scene.goes_on(&fault);
        }
    });
    tell(&format!("{tried} of {place} failing system calls tried, with {} commands", WRITERS.len()));
}

#[test]
fn a_program_that_is_killed_in_a_system_call_leaves_the_old_file_or_the_new_one() {
    if !can_trace() {
        return;
    }
    let (mut place, mut tried) = (0, 0);
    cases(|scene, call, nth| {
        place += 1;
        if !long() && place % 13 != 0 {
            return;
        }
        tried += 1;
        let fault = format!("{call}:signal=SIGKILL:when={nth}");
        traced(scene, &["-e", &format!("inject={fault}")]).output().unwrap();
        scene.is_whole(&fault, is_passing);
        scene.goes_on(&fault);
    });
    tell(&format!("{tried} of {place} sudden deaths tried, with {} commands", WRITERS.len()));
}

#[test]
fn a_disk_that_is_full_leaves_everything_as_it_was() {
    for writer in WRITERS {
        let scene = writer.scene();
        // No file may grow, and the signal that would say so is ignored, as on a full disk.
        let said = in_shell(&scene, 4, "trap '' XFSZ; ulimit -f 0");
        assert!(said.err.contains("cannot write `"), "{}: {}", scene.arguments, said.err);
        scene.is_whole("a full disk", |_| false);
        let files =
            |things: Things| things.into_iter().filter(|(_, bytes)| bytes.is_some()).collect::<Things>();
        assert!(files(things(&scene.desk)) == files(scene.before), "{}", scene.arguments);
    }
}

/// Runs the command after some orders to the shell.
fn in_shell(scene: &Scene, status: i32, orders: &str) -> Said {
    let line = format!("{orders}; exec {} {}", env!("CARGO_BIN_EXE_safeseat"), scene.arguments);
    run(status, &mut scene.desk.command_of("sh", ["-c", &line]))
}

#[test]
fn what_every_command_makes_is_for_its_owner_alone() {
    for writer in WRITERS {
        let scene = writer.scene();
        for umask in ["000", "077"] {
            in_shell(&scene, 0, &format!("umask {umask}"));
            for (name, bytes) in things(&scene.desk) {
                if scene.before.get(&name) != Some(&bytes) {
                    let mode = fs::metadata(scene.desk.path(&name)).unwrap().permissions().mode() & 0o7777;
                    let private = if bytes.is_some() { 0o600 } else { 0o700 };
                    assert_eq!(mode, private, "{name} with umask {umask}");
                }
            }
            scene.reset();
        }
    }
}

#[test]
fn no_command_writes_through_a_link_or_over_something_odd() {
    for writer in WRITERS {
        let scene = writer.scene();
        let (desk, target) = (&scene.desk, writer.target);
        for way in ["link", "dangling", "folder", "pipe", "stranger"] {
            let path = desk.path(target);
            let _ = fs::remove_file(&path);
            desk.write("elsewhere/precious", "precious");
            match way {
                "link" => symlink("elsewhere/precious", &path).unwrap(),
                "dangling" => symlink("elsewhere/new", &path).unwrap(),
                "folder" => fs::create_dir(&path).unwrap(),
                "pipe" => _ = run(0, desk.command_of("mkfifo", [target]).env("PATH", "/usr/bin:/bin")),
                _ => fs::write(&path, "precious").unwrap(),
            }
            for force in BTreeSet::from(["", writer.force]) {
                let is_asked_for =
                    way == "stranger" && format!("{force}{}", writer.arguments).contains("--force");
                let allowed = is_asked_for || (way == "folder" && target == "mine");
                if allowed {
                    continue;
                }
                let output = desk.command(&format!("{} {force}", scene.arguments)).output().unwrap();
                let status = output.status.code().unwrap();
                assert!([2, 3, 4].contains(&status), "{} {force}, {way}: {status}", scene.arguments);
                let now = things(desk);
                assert_eq!(desk.read("elsewhere/precious"), "precious");
                assert!(!now.contains_key("elsewhere/new") && !now.keys().any(|name| is_passing(name)));
                assert!(way != "stranger" || desk.read(target) == "precious", "{}", scene.arguments);
            }
            if path.is_dir() {
                fs::remove_dir(&path).unwrap();
            } else {
                fs::remove_file(&path).unwrap();
            }
            scene.reset();
        }
    }
}

#[test]
fn names_that_the_program_uses_on_the_way_can_be_taken() {
    let desk = desk();
    let command = "import questions.xlsx --partial --into new.toml";
    for planted in ["precious", "nowhere", "."] {
        desk.write("precious", "precious");
        symlink(planted, desk.path(".new.toml.lock")).unwrap();
        if cfg!(feature = "office") {
            desk.run(4, command);
        }
        assert!(desk.read("precious") == "precious" && !desk.path("nowhere").exists());
        fs::remove_file(desk.path(".new.toml.lock")).unwrap();
    }
    symlink(desk.path("precious"), desk.path("mine")).unwrap();
    desk.run(4, "templates export mine");
    fs::create_dir(desk.path("ours")).unwrap();
    symlink(desk.path("years"), desk.path("ours/report")).unwrap();
    desk.run(4, "templates export ours");
    assert_eq!(things(&desk).keys().filter(|name| name.contains("page.html")).count(), 0);
}

/// Commands whose output is one of their inputs.
const ONTO_ITSELF: &[&str] = &[
    "compare earlier.md answers.md -o ./answers.md --force",
    "compare earlier.md answers.md -o years/../earlier.md --force",
    "plan answers.md -o answers.md --force",
    "plan answers.md --update answers.md",
    "plan answers.md --update whole.toml",
    "show whole.md -o ./whole.md --force",
    "new answers.md --from ./answers.md --force",
    "new ./whole.toml --questionnaire whole.toml --force",
    "questionnaire new whole.toml --base whole --force",
    "import questions.xlsx --into questions.xlsx",
    "import questions.xlsx --into whole.toml",
];

#[test]
fn no_command_puts_its_output_in_place_of_its_input() {
    let desk = desk();
    for (copy, of) in
        [("answers.md", "answers.toml"), ("earlier.md", "earlier.toml"), ("whole.md", "whole.toml")]
    {
        desk.write(copy, desk.read(of));
    }
    let before = things(&desk);
    for arguments in ONTO_ITSELF {
        let output = desk.command(arguments).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && output.status.code() != Some(101), "{arguments}: {said}");
        assert!(things(&desk) == before, "{arguments}: {said}");
    }
}

#[test]
fn no_command_opens_a_connection_or_writes_elsewhere() {
    if !can_trace() {
        return;
    }
    for writer in WRITERS {
        let scene = writer.scene();
        let (path, here) = (scene.desk.path("trace").display().to_string(), scene.desk.path(""));
        run(0, &mut traced(&scene, &["-o", &path, "-e", "trace=%network,openat"]));
        let trace = scene.desk.read("trace");
        // A call that another thread interrupts is shown twice, the second time without what it was asked.
        let is_call = |line: &&str| !line.contains("+++ exited") && !line.contains("resumed>");
        let lines = trace.lines().filter(is_call);
        for line in lines.filter(|line| !line.contains("openat(") || !line.contains("O_RDONLY")) {
            let name = line.split('"').nth(1).unwrap_or_default();
            let is_here =
                line.contains("openat(") && here.join(name).starts_with(&here) && !name.contains("..");
            assert!(is_here, "{}: {line}", scene.arguments);
        }
    }
}

/// A line that is seen with `--nocapture`.
#[expect(clippy::print_stdout, reason = "how much was tried")]
fn tell(line: &str) {
    println!("{line}");
}
