//! Runs the program as a person would: in a folder of its own, and without this machine's environment.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// What a report can become: the terminal, and files by their ending.
pub const FORMATS: [&str; 6] = ["terminal", "html", "json", "md", "csv", "txt"];
/// What else a report can become, in files that are not text.
pub const DOCUMENTS: &[&str] = if cfg!(feature = "office") { &["docx", "xlsx"] } else { &[] };
/// The same for a history.
pub const HISTORIES: [&str; 6] = ["terminal", "html", "json", "md", "csv", "txt"];
/// The same for a questionnaire to read.
pub const BOOKLETS: [&str; 4] = ["terminal", "html", "md", "txt"];
/// The same for a plan of work.
pub const PLANS: [&str; 4] = ["terminal", "md", "csv", "txt"];
/// The same for the story of an incident.
pub const STORIES: [&str; 3] = ["terminal", "md", "txt"];

/// The formats of a list that are files.
pub fn files_of(formats: &[&'static str]) -> Vec<&'static str> {
    formats.iter().copied().filter(|format| *format != "terminal").collect()
}

/// The arguments for an output file in each of these formats.
pub fn outputs(stem: &str, formats: &[&str]) -> String {
    formats.iter().map(|format| format!(" -o {stem}.{format}")).collect::<Vec<_>>().concat()
}

/// The program under test: the one that cargo has built, or another, such as that of a release.
pub fn program() -> String {
    std::env::var("SAFESEAT").unwrap_or_else(|_| env!("CARGO_BIN_EXE_safeseat").to_owned())
}

/// A path of this repository.
pub fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The names of a folder's files, in order.
pub fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// The names of the TOML files in a folder of this repository, without their ending.
pub fn stems(folder: &str) -> Vec<String> {
    let names = names(&repository(folder));
    let stems: Vec<_> =
        names.iter().filter_map(|name| Some(name.strip_suffix(".toml")?.to_owned())).collect();
    assert!(stems.len() > 3, "{folder}: {stems:?}");
    stems
}

/// The names of the sample assessments.
pub fn samples() -> Vec<String> {
    stems("examples")
}

/// The ids of the shipped questionnaires.
pub fn questionnaires() -> Vec<String> {
    let mut ids = stems("questionnaires");
    ids.retain(|id| !["controls", "sources", "services"].contains(&id.as_str()) && !id.contains('.'));
    ids
}

/// What a run said.
pub struct Said {
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

/// A folder of its own, in which the program runs.
pub struct Desk(tempfile::TempDir);

impl Desk {
    /// An empty one.
    pub fn new() -> Self {
        Self(tempfile::Builder::new().prefix("desk-").tempdir().unwrap())
    }

    /// One with a sample assessment as `answers.toml`.
    pub fn with_sample(sample: &str) -> Self {
        let desk = Self::new();
        desk.write("answers.toml", fs::read(repository(&format!("examples/{sample}.toml"))).unwrap());
        desk
    }

    /// The path of a file on it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Puts a file on it, in a folder of its own where the name says so.
    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// The bytes of a file.
    pub fn bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// The text of a file.
    pub fn read(&self, name: &str) -> String {
        String::from_utf8(self.bytes(name)).unwrap()
    }

    /// The names of the files on it, in order.
    pub fn names(&self) -> Vec<String> {
        names(self.0.path())
    }

    /// The program with its arguments, separated by spaces.
    pub fn command(&self, arguments: &str) -> Command {
        self.command_of(&program(), arguments.split_whitespace())
    }

    /// Any program, in this folder and without this machine's environment.
    pub fn command_of<'a>(&self, program: &str, arguments: impl IntoIterator<Item = &'a str>) -> Command {
        let mut command = Command::new(program);
        command.args(arguments).env_clear().current_dir(self.0.path()).stdin(Stdio::null());
        command
    }

    /// Runs the program and expects an exit status.
    pub fn run(&self, status: i32, arguments: &str) -> Said {
        run(status, &mut self.command(arguments))
    }

    /// A report in every format, by format: the terminal's in colour.
    pub fn reports(&self, arguments: &str) -> BTreeMap<&'static str, String> {
        self.made("report", arguments, &FORMATS)
    }

    /// A questionnaire to read in every format, by format.
    pub fn booklets(&self, arguments: &str) -> BTreeMap<&'static str, String> {
        self.made("show", arguments, &BOOKLETS)
    }

    /// A plan of work in every format, by format.
    pub fn plans(&self, arguments: &str) -> BTreeMap<&'static str, String> {
        self.made("plan", arguments, &PLANS)
    }

    /// The story of an incident in every format, by format.
    pub fn stories(&self, arguments: &str) -> BTreeMap<&'static str, String> {
        self.made("incidents", arguments, &STORIES)
    }

    /// The history of a folder in every format, by format.
    pub fn histories(&self, arguments: &str) -> BTreeMap<&'static str, String> {
        self.made("history", arguments, &HISTORIES)
    }

    fn made(
        &self,
        command: &str,
        arguments: &str,
        formats: &[&'static str],
    ) -> BTreeMap<&'static str, String> {
        let files = files_of(formats);
        self.run(0, &format!("{command} {arguments} --force{}", outputs(command, &files)));
        let terminal = self.run(0, &format!("{command} {arguments} --color always")).out;
        let read = files.into_iter().map(|format| (format, self.read(&format!("{command}.{format}"))));
        std::iter::once(("terminal", terminal)).chain(read).collect()
    }
}

/// Runs a command and expects an exit status.
pub fn run(status: i32, command: &mut Command) -> Said {
    let output = command.output().unwrap();
    said(status, command, &output)
}

fn said(status: i32, command: &Command, output: &Output) -> Said {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let said = Said { out: text(&output.stdout), err: text(&output.stderr) };
    let arguments: Vec<_> = command.get_args().collect();
    assert_eq!(
        output.status.code(),
        Some(status),
        "{arguments:?}\n--- stdout\n{}\n--- stderr\n{}",
        said.out,
        said.err
    );
    said
}

/// Compares a text with a golden file below `tests/golden/`. `SNAPSHOTS=overwrite` writes the file anew.
pub fn assert_golden(file: &str, actual: &str) {
    assert_file(&format!("tests/golden/{file}"), actual);
}

/// Compares a text with a file of this repository. `SNAPSHOTS=overwrite` writes the file anew.
pub fn assert_file(file: &str, actual: &str) {
    use snapbox::data::DataFormat;
    use snapbox::{Assert, Data, IntoData as _};
    let expected = Data::read_from(&repository(file), Some(DataFormat::Text)).raw();
    Assert::new().action_env("SNAPSHOTS").eq(actual.to_owned().into_data().raw(), expected);
}

/// Fails when a folder of golden files holds one that no test looks at.
pub fn assert_no_other_golden(folder: &str, used: impl IntoIterator<Item = String>) {
    let used: std::collections::BTreeSet<String> = used.into_iter().collect();
    let there = names(&repository("tests/golden").join(folder));
    let unused: Vec<_> = there.iter().filter(|name| !used.contains(*name)).collect();
    assert!(unused.is_empty(), "no test looks at these files of tests/golden/{folder}: {unused:?}");
}
