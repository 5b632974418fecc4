//! Files with mistakes, and what is said about them. Each file of `tests/fixtures/problems/` has its messages in
//! `tests/golden/problems/`; `SNAPSHOTS=overwrite cargo test` writes them anew.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use safeseat::catalog::Catalog;
use safeseat::format::lint::Shelf;
use safeseat::format::{
    Document, FileKind, LARGEST, assessment, brand, controls, decode, framework, incident, plan,
    questionnaire, services, sources, translation,
};
use safeseat::model::QuestionnaireId;
use safeseat::problem::{Code, Problems, Source};
use safeseat::render::own::Templates;
use safeseat::render::problems::{draw, summary};
use safeseat::render::screen::Look;
use safeseat::text::Words;
use snapbox::data::DataFormat;
use snapbox::{Assert, Data, IntoData};
use unicode_width::UnicodeWidthStr;

/// The files of a folder, in order.
fn files(folder: &str) -> Vec<PathBuf> {
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = paths.filter(|path| path.is_file()).collect();
    files.sort();
    files
}

fn stem(path: &Path) -> &str {
    path.file_stem().unwrap().to_str().unwrap()
}

/// What files are checked against.
/// A folder without a picture.
struct NoPictures;

impl brand::Pictures for NoPictures {
    fn read(&self, _: &str) -> Result<Option<Vec<u8>>, String> {
        Err("there is no such file".to_owned())
    }
}

struct World {
    catalog: Catalog,
    shelf: Shelf,
}

impl World {
    fn new(catalog: Catalog) -> Self {
        Self { shelf: catalog.shelf(), catalog }
    }

    /// The shipped content and the questionnaires on which the fixtures build.
    fn of_fixtures() -> Self {
        Self::new(catalog())
    }

    /// Every problem of a file of any type, and of the names that it uses for things in other files.
    fn check(&self, name: &str, bytes: Vec<u8>) -> Problems {
        let source = match decode(name, bytes) {
            Ok(source) => source,
            Err(problems) => return problems,
        };
        let document = Document::parse(&source);
        let with = |mut problems: Problems, more: Problems| {
            problems.extend(more);
            problems
        };
        match document.kind() {
            Err(problems) => problems,
            Ok(FileKind::Assessment) => self.check_answers(&document),
            Ok(FileKind::Questionnaire) => {
                with(questionnaire::read(&document, &self.catalog).1, self.shelf.questionnaire(&document))
            }
            Ok(FileKind::Incident) => with(incident::read(&document).1, self.shelf.incident(&document)),
            Ok(FileKind::Controls) => controls::read(&document).1,
            Ok(FileKind::Sources) => sources::read(&document).1,
            Ok(FileKind::Framework) => framework::read(&document).1,
            Ok(FileKind::Services) => services::read(&document).1,
            Ok(FileKind::Plan) => self.check_plan(&document),
            Ok(FileKind::Brand) => brand::read(&document, &NoPictures, &["en-GB", "cy"]).1,
            Ok(FileKind::Translation) => self.check_translation(&document),
        }
    }

    fn check_answers(&self, document: &Document<'_>) -> Problems {
        let head = assessment::head(document);
        match head.and_then(|head| self.catalog.questionnaire(&head.questionnaire)?.0) {
            Some(questionnaire) => assessment::read(document, &questionnaire).1,
            None => assessment::without_questionnaire(document, &self.catalog),
        }
    }

    fn check_plan(&self, document: &Document<'_>) -> Problems {
        let id = plan::questionnaire(document);
        match id.and_then(|id| self.catalog.questionnaire(&id)?.0) {
            Some(questionnaire) => plan::read(document, &questionnaire).1,
            None => plan::without_questionnaire(document, &self.catalog),
        }
    }

    fn check_translation(&self, document: &Document<'_>) -> Problems {
        let id = translation::questionnaire(document);
        match id.and_then(|id| self.catalog.questionnaire(&id)?.0) {
            Some(questionnaire) => translation::read(document, &questionnaire).1,
            None => translation::without_questionnaire(document, &self.catalog),
        }
    }

    fn check_file(&self, path: &Path) -> Problems {
        self.check(&path.display().to_string(), std::fs::read(path).unwrap())
    }
}

fn catalog() -> Catalog {
    let itself = PathBuf::from("tests/fixtures/problems/base-on-itself.toml");
    let given = files("tests/fixtures/library").into_iter().chain([itself]);
    let sources = given.filter_map(|path| {
        let text = std::fs::read_to_string(&path).ok()?;
        Some(Source::new(path.display().to_string().replace('\\', "/"), text))
    });
    Catalog::shipped().with_questionnaires(sources)
}

fn plain(styled: &str) -> String {
    anstream::adapter::strip_str(styled).to_string()
}

fn of_fixture(name: &str) -> Problems {
    World::of_fixtures().check_file(Path::new(&format!("tests/fixtures/problems/{name}.toml")))
}

/// The problems of a fixture when its answers are read as answers to another questionnaire.
fn as_answers_to(name: &str, questionnaire: &str) -> Problems {
    let text = std::fs::read_to_string(format!("tests/fixtures/problems/{name}.toml")).unwrap();
    let id = QuestionnaireId::parse(questionnaire).unwrap();
    let questionnaire = catalog().questionnaire(&id).unwrap().0.unwrap();
    assessment::read(&Document::parse(&Source::new(name, text)), &questionnaire).1
}

fn codes(problems: &Problems) -> Vec<Code> {
    problems.iter().map(|problem| problem.code).collect()
}

#[test]
fn every_fixture_has_its_messages() {
    let world = World::of_fixtures();
    for path in files("tests/fixtures/problems") {
        let problems = world.check_file(&path);
        let text = plain(&draw(&problems, Look::new(100, true))) + &summary(&problems) + "\n";
        assert!(!problems.is_empty(), "{}", path.display());
        let golden = PathBuf::from(format!("tests/golden/problems/{}.txt", stem(&path)));
        let expected = Data::read_from(&golden, Some(DataFormat::Text)).raw();
        Assert::new().action_env("SNAPSHOTS").eq(text.into_data(), expected);
    }
    let fixtures: BTreeSet<_> = files("tests/fixtures/problems").iter().map(|p| stem(p).to_owned()).collect();
    let goldens: BTreeSet<_> = files("tests/golden/problems").iter().map(|p| stem(p).to_owned()).collect();
    assert_eq!(fixtures, goldens, "messages without a fixture");
}

#[test]
fn every_code_is_produced_by_a_fixture() {
    let world = World::of_fixtures();
    let mut missing: BTreeSet<&Code> = Code::ALL.iter().collect();
    let too_large = vec![b'#'; LARGEST + 1];
    let too_many = "no key\n".repeat(1000).into_bytes();
    let fixtures = files("tests/fixtures/problems").into_iter().map(|path| std::fs::read(path).unwrap());
    for bytes in fixtures.chain([too_large, too_many]) {
        for code in codes(&world.check("file.toml", bytes)) {
            missing.remove(&code);
        }
    }
    for code in codes(&as_answers_to("answers-that-do-not-fit", "ten-minute-check")) {
        missing.remove(&code);
    }
    let text = std::fs::read_to_string("tests/fixtures/whole/plan.toml").unwrap();
    let id = QuestionnaireId::parse("political-organisation").unwrap();
    let foreign =
        plan::foreign(&Document::parse(&Source::new("plan.toml", text)), &id, "The Harbour Society");
    for code in codes(&foreign.unwrap()) {
        missing.remove(&code);
    }
    let templates = [("report/area.html", "x"), ("report/areas.html", "{{ a ~ b }}")];
    let file = |(name, text): (&str, &'static str)| (name.to_owned(), Source::new(name, text));
    for code in codes(&Templates::new(templates.map(file), Words::ENGLISH).unwrap_err()) {
        missing.remove(&code);
    }
    // Only a finished page has it: the tests about templates of one's own make some.
    missing.remove(&Code::UnsafePage);
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn ten_mistakes_are_ten_problems() {
    let problems = of_fixture("ten-mistakes");
    assert_eq!(problems.len(), 10, "{}", plain(&draw(&problems, Look::new(100, false))));
    let places: BTreeSet<_> = problems.iter().map(|problem| problem.place.clone()).collect();
    assert_eq!(places.len(), 10, "each has its own place");
}

#[test]
fn nothing_in_a_file_reaches_the_terminal_as_a_command() {
    let world = World::of_fixtures();
    for path in files("tests/fixtures/problems") {
        let problems = world.check("file.toml", std::fs::read(&path).unwrap());
        for look in [Look::new(40, false), Look::new(80, true), Look::new(120, true)] {
            let text = plain(&draw(&problems, look));
            let steers = |c: char| (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c);
            assert!(!text.contains(steers), "{}: {text}", path.display());
            assert!(look.unicode || text.is_ascii(), "{}: {text}", path.display());
            let mut lines = text.lines().filter(|line| !line.contains(".toml:"));
            let wide = lines.find(|line| line.width() > look.width);
            assert_eq!(wide, None, "{} at {}", path.display(), look.width);
        }
    }
}

#[test]
fn a_mistake_on_the_first_line_is_where_it_is_with_or_without_a_byte_order_mark() {
    let world = World::of_fixtures();
    for text in ["formt = 1\n[[control]]\n", "\u{feff}formt = 1\r\n[[control]]\r\n"] {
        let problems = world.check("file.toml", text.into());
        let first = problems.iter().next().unwrap();
        assert_eq!(&text[first.place.start..first.place.end], "formt");
        assert!(plain(&draw(&problems, Look::new(80, false))).contains("file.toml:1:1"));
    }
}

#[test]
fn a_file_of_one_mebibyte_of_mistakes_is_answered_in_time() {
    let world = World::of_fixtures();
    for line in ["[[question]]\n", "a b c\n", "[a]\n", "x = [\n", "x = \"\n", "\"\"\"\n", "{ a = 1, ", "[[[["]
    {
        let problems = world.check("file.toml", line.repeat(LARGEST / line.len()).into_bytes());
        assert!((1..=201).contains(&problems.len()), "{line:?}: {}", problems.len());
        assert!(draw(&problems, Look::new(80, true)).len() < LARGEST, "{line:?}");
    }
}

#[test]
fn the_examples_are_read_without_a_problem() {
    let world = World::new(Catalog::shipped());
    for path in files("examples") {
        let problems = world.check_file(&path);
        assert!(problems.is_empty(), "{}", plain(&draw(&problems, Look::new(100, true))));
    }
}

#[test]
fn the_shipped_content_refers_only_to_what_there_is() {
    let world = World::new(Catalog::shipped());
    for folder in ["questionnaires", "questionnaires/frameworks", "questionnaires/incidents"] {
        for path in files(folder).into_iter().filter(|path| path.is_file()) {
            let problems = world.check_file(&path);
            assert!(problems.is_empty(), "{}", plain(&draw(&problems, Look::new(100, true))));
        }
    }
}

#[test]
fn the_shipped_incidents_depend_only_on_facts_that_are_asked() {
    let catalog = Catalog::shipped();
    let ids = catalog.questionnaire_ids();
    let questionnaires = ids.iter().map(|id| catalog.questionnaire(&QuestionnaireId::parse(id).unwrap()));
    let questionnaires: Vec<_> = questionnaires.map(|read| read.unwrap().0.unwrap()).collect();
    for incident in catalog.incidents().0 {
        for fact in incident.facts() {
            let asked = questionnaires.iter().any(|q| q.facts().iter().any(|declared| declared.id == *fact));
            assert!(asked, "{}: {fact}", incident.id);
        }
    }
}

#[test]
fn private_notes_show_nothing() {
    let text = std::fs::read_to_string("tests/fixtures/problems/answers-that-do-not-fit.toml").unwrap();
    let head = text.split("\n[answers").next().unwrap();
    let text = format!("{head}\n[answers.acc.mfa]\nanswer = 40\nnote = \"canary\"\n");
    let source = Source::new("file.toml", text);
    let document = Document::parse(&source);
    let id = assessment::head(&document).unwrap().questionnaire;
    let questionnaire = catalog().questionnaire(&id).unwrap().0.unwrap();
    let (assessment, problems) = assessment::read(&document, &questionnaire);
    assert_eq!(codes(&problems), []);
    assert!(!format!("{assessment:?}").contains("canary"));
}

/// What people and programs put into files by mistake.
const NASTY: [&str; 24] = [
    "\"",
    "'",
    "\"\"\"",
    "[",
    "]",
    "[[",
    "{",
    "}",
    "=",
    ".",
    ",",
    "#",
    "\\",
    "\n",
    "\r",
    "\u{0}",
    "\u{1b}",
    "\u{202e}",
    "é",
    "東",
    "\u{feff}",
    "-1",
    "nan",
    "2026-02-30",
];

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(300))]

    #[test]
    fn no_edit_of_a_file_makes_reading_or_drawing_fail(
        which in 0..10_usize,
        edits in proptest::collection::vec((0..1000_usize, 0..NASTY.len(), 0..40_usize), 1..6),
    ) {
        static WORLD: LazyLock<World> = LazyLock::new(World::of_fixtures);
        let sound = files("tests/fixtures/library").into_iter().chain(files("examples"));
        let other = ["questionnaires/controls.toml", "questionnaires/incidents/storting-2020.toml"];
        let sound: Vec<_> = sound.chain(other.map(PathBuf::from)).collect();
        let mut text: Vec<char> = std::fs::read_to_string(&sound[which % sound.len()]).unwrap().chars().collect();
        for (thousandths, nasty, cut) in edits {
            let at = text.len() * thousandths / 1000;
            text.splice(at..(at + cut).min(text.len()), NASTY[nasty].chars());
        }
        let problems = WORLD.check("file.toml", text.into_iter().collect::<String>().into_bytes());
        for problem in problems.iter() {
            let source = problems.source(&problem.place).unwrap();
            proptest::prop_assert!(source.text().get(problem.place.start..problem.place.end).is_some());
        }
        draw(&problems, Look::new(60, false));
    }
}

#[test]
fn answers_to_another_questionnaire_can_be_read_however_many_they_are() {
    let head = std::fs::read_to_string("tests/fixtures/problems/answers-that-do-not-fit.toml").unwrap();
    let head = head.split("\n[answers").next().unwrap();
    let answer = |i| format!("\n[answers.other.question-{i}]\nanswer = \"yes\"\n");
    let text: String = std::iter::once(head.to_owned()).chain((0..500).map(answer)).collect();
    let problems = World::of_fixtures().check("file.toml", text.into_bytes());
    assert!(!problems.has_errors() && problems.warnings() >= 200);
}
