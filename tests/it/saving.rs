//! Answers files under fire: other windows, other programs, sudden death.

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use safeseat::catalog::Catalog;
use safeseat::format::{Document, assessment, skeleton};
use safeseat::interview::Interview;
use safeseat::model::{
    Answer, Assessment, Change, Date, Given, QuestionId, Questionnaire, QuestionnaireId, Ternary,
};
use safeseat::problem::Source;
use safeseat::store::{AnswersError, AnswersFile, Saved, StoreError};

const NOW: Duration = Duration::ZERO;
const LONG: Duration = Duration::from_secs(60);

fn questionnaire() -> Questionnaire {
    let id = QuestionnaireId::parse("political-organisation").unwrap();
    Catalog::shipped().questionnaire(&id).unwrap().0.unwrap()
}

fn date() -> Date {
    Date::new(2026, 11, 23).unwrap()
}

fn draft(questionnaire: &Questionnaire) -> String {
    skeleton::answers(questionnaire, &questionnaire.asked_facts(&[]), "Northmoor", date())
}

fn id(question: &str) -> QuestionId {
    QuestionId::parse(question).unwrap()
}

fn says(question: &QuestionId, comment: &str) -> Change {
    let answer = Answer { comment: Some(comment.to_owned()), ..Answer::new(Given::Unknown) };
    Change::Answer(question.clone(), Some(Box::new(answer)))
}

fn text_of(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

/// What a file says; it must be sound.
fn assessed(path: &Path, questionnaire: &Questionnaire) -> Assessment {
    let source = Source::new("a.toml", text_of(path));
    let (assessment, problems) = assessment::read(&Document::parse(&source), questionnaire);
    assessment.unwrap_or_else(|| panic!("{:?}", problems.iter().map(|p| &p.message).collect::<Vec<_>>()))
}

struct Scene {
    folder: tempfile::TempDir,
    questionnaire: Questionnaire,
}

impl Scene {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), questionnaire: questionnaire() }
    }

    fn path(&self) -> std::path::PathBuf {
        self.folder.path().join("answers.toml")
    }

    fn open(&self) -> AnswersFile {
        AnswersFile::open(&self.path(), NOW, || draft(&self.questionnaire)).unwrap()
    }

    fn save(&self, file: &mut AnswersFile, changes: &[Change]) -> Result<Saved, AnswersError> {
        file.save(changes, &self.questionnaire)
    }

    /// Another program changes the file.
    fn edit(&self, from: &str, to: &str) {
        let text = text_of(&self.path());
        assert!(text.contains(from), "{from}");
        std::fs::write(self.path(), text.replacen(from, to, 1)).unwrap();
    }

    fn comment(&self, question: &str) -> Option<String> {
        assessed(&self.path(), &self.questionnaire).answers.get(question)?.comment.clone()
    }
}

#[test]
fn a_new_file_is_made_with_the_first_answer_and_is_private() {
    let scene = Scene::new();
    let mut file = scene.open();
    assert!(file.is_new() && !scene.path().exists());
    scene.save(&mut file, &[Change::Name("Vale".to_owned()), says(&id("acc.mfa-email"), "one")]).unwrap();
    assert!(!file.is_new());
    assert_eq!(scene.comment("acc.mfa-email").as_deref(), Some("one"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(scene.path()).unwrap().permissions().mode() & 0o777, 0o600);
    }
    drop(file);
    assert_eq!(std::fs::read_dir(scene.folder.path()).unwrap().count(), 1, "nothing else is left");
}

#[test]
fn a_second_window_is_told_at_once() {
    let scene = Scene::new();
    let _first = scene.open();
    let start = Instant::now();
    let second = AnswersFile::open(&scene.path(), NOW, String::new);
    let Err(AnswersError::Store(error @ StoreError::InUse(_))) = second else { panic!("{second:?}") };
    assert!(start.elapsed() < Duration::from_millis(200));
    assert!(error.to_string().ends_with("is open in another window"), "{error}");
}

#[test]
fn another_program_s_change_elsewhere_is_joined() {
    let scene = Scene::new();
    let mut file = scene.open();
    let (one, two) = (id("acc.mfa-email"), id("acc.passwords"));
    scene.save(&mut file, &[says(&one, "ours"), Change::Country("GB".to_owned())]).unwrap();
    scene.edit("name = \"Northmoor\"", "name = \"Vale\" # typed by hand");
    scene.edit("comment = \"ours\"", "comment = \"theirs\"");
    assert_eq!(scene.save(&mut file, &[says(&two, "ours")]).unwrap(), Saved::Joined);
    assert_eq!(scene.comment("acc.mfa-email").as_deref(), Some("theirs"));
    assert_eq!(scene.comment("acc.passwords").as_deref(), Some("ours"));
    assert_eq!(file.text(), text_of(&scene.path()));
    assert!(file.text().contains("\"Vale\" # typed by hand"));
    assert_eq!(scene.save(&mut file, &[says(&two, "again")]).unwrap(), Saved::Alone);
}

#[test]
fn a_note_beside_an_unanswered_question_is_joined() {
    let scene = Scene::new();
    let noted = format!("{}\n[answers.acc.mfa-email]\nnote = \"ask Ann\"\n", draft(&scene.questionnaire));
    std::fs::write(scene.path(), noted).unwrap();
    let mut file = scene.open();
    let one = id("acc.mfa-email");
    assert_eq!(scene.save(&mut file, &[says(&one, "ours")]).unwrap(), Saved::Joined);
    let note = assessed(&scene.path(), &scene.questionnaire).answers.remove(&one).unwrap().note;
    assert_eq!(note.unwrap().expose(), "ask Ann");
}

#[test]
fn the_same_answer_changed_elsewhere_is_asked_about_once() {
    let scene = Scene::new();
    let mut file = scene.open();
    let (one, two) = (id("acc.mfa-email"), id("acc.passwords"));
    scene.save(&mut file, &[says(&one, "first"), says(&two, "first")]).unwrap();
    scene.edit("comment = \"first\"", "comment = \"theirs\"");
    let changes = [says(&one, "ours"), says(&two, "ours")];
    let Err(AnswersError::Conflict(conflicts)) = scene.save(&mut file, &changes) else {
        panic!("no conflict")
    };
    assert_eq!(conflicts.len(), 1, "only what both have changed");
    assert_eq!(scene.comment("acc.passwords").as_deref(), Some("first"), "nothing is saved by halves");
    assert!(file.text().contains("theirs"), "what the other has written can be shown");
    scene.save(&mut file, &changes).unwrap();
    let comments = [scene.comment("acc.mfa-email"), scene.comment("acc.passwords")];
    assert_eq!(comments, [Some("ours".to_owned()), Some("ours".to_owned())]);

    scene.edit("comment = \"ours\"", "comment = 'both'");
    assert_eq!(
        scene.save(&mut file, &[says(&one, "both")]).unwrap(),
        Saved::Joined,
        "the same is no conflict"
    );
}

#[test]
fn a_file_broken_by_another_program_is_left_alone() {
    let scene = Scene::new();
    let mut file = scene.open();
    scene.save(&mut file, &[says(&id("acc.mfa-email"), "ours")]).unwrap();
    scene.edit("comment = \"ours\"", "comment = \"ours");
    let broken = text_of(&scene.path());
    let error = scene.save(&mut file, &[says(&id("acc.passwords"), "x")]).unwrap_err();
    assert!(error.to_string().contains("is not TOML"), "{error}");
    assert_eq!(text_of(&scene.path()), broken);
    scene.edit("comment = \"ours", "comment = \"ours\"");
    scene.save(&mut file, &[says(&id("acc.passwords"), "x")]).unwrap();
}

#[test]
fn a_file_moved_away_is_made_again() {
    let scene = Scene::new();
    let mut file = scene.open();
    scene.save(&mut file, &[says(&id("acc.mfa-email"), "one")]).unwrap();
    std::fs::rename(scene.path(), scene.folder.path().join("elsewhere.toml")).unwrap();
    scene.save(&mut file, &[says(&id("acc.passwords"), "two")]).unwrap();
    assert_eq!(scene.comment("acc.mfa-email").as_deref(), Some("one"));
}

#[test]
fn what_could_not_be_read_again_is_not_written() {
    let scene = Scene::new();
    let mut file = scene.open();
    let one = id("acc.mfa-email");
    scene.save(&mut file, &[says(&one, "one")]).unwrap();
    let error = scene.save(&mut file, &[says(&one, &"x".repeat(1024 * 1024))]).unwrap_err();
    assert!(matches!(error, AnswersError::TooLarge));
    assert_eq!(scene.comment("acc.mfa-email").as_deref(), Some("one"));
}

#[cfg(unix)]
#[test]
fn nothing_is_opened_through_a_link() {
    let scene = Scene::new();
    let target = scene.folder.path().join("target.toml");
    std::fs::write(&target, draft(&scene.questionnaire)).unwrap();
    std::os::unix::fs::symlink(&target, scene.path()).unwrap();
    let opened = AnswersFile::open(&scene.path(), NOW, String::new);
    assert!(matches!(opened, Err(AnswersError::Store(StoreError::IsLink(_)))));
    let nowhere = AnswersFile::open(&scene.folder.path().join("no/a.toml"), NOW, String::new);
    assert!(matches!(nowhere, Err(AnswersError::Store(StoreError::NoFolder(_)))));
}

#[test]
fn an_interview_and_its_file_say_the_same() {
    let scene = Scene::new();
    let mut file = scene.open();
    let mut blank = Interview::blank(&scene.questionnaire, date());
    blank.organisation.name = "Northmoor".to_owned();
    let mut interview = Interview::new(
        scene.questionnaire.clone(),
        &[],
        blank,
        safeseat::model::CarriedOver::default(),
        date(),
    );
    let facts: Vec<_> = interview.facts().iter().map(|fact| fact.id.clone()).collect();
    for (nth, fact) in facts.iter().enumerate() {
        let word = if nth % 3 == 0 { "no" } else { "unknown" };
        let changes = interview.answer_fact(fact, word).unwrap();
        file.save(&changes, interview.questionnaire()).unwrap();
        interview.accept(&changes);
    }
    while let Some(place) = interview.first_open() {
        let safeseat::interview::Place::Question(id) = place else { panic!("{place:?}") };
        let reply = safeseat::interview::Reply::choosing("unknown");
        let changes = interview.answer(&id, &reply).unwrap();
        file.save(&changes, interview.questionnaire()).unwrap();
        interview.accept(&changes);
    }
    assert_eq!(&assessed(&scene.path(), &scene.questionnaire), interview.assessment());
    assert!(interview.assessment().facts.values().any(|fact| *fact == Ternary::No));
}

/// A program of its own that answers: in every round each question that falls to it, opening the file anew for each.
/// Part of the tests below; alone it does nothing.
#[test]
#[ignore = "started by other tests"]
fn worker() {
    let Ok(path) = std::env::var("SAVING_FILE") else { return };
    let number = |name| std::env::var(name).unwrap().parse::<usize>().unwrap();
    let (first, step, rounds) = (number("SAVING_FIRST"), number("SAVING_STEP"), number("SAVING_ROUNDS"));
    let questionnaire = questionnaire();
    for round in 0..rounds {
        for question in questionnaire.questions().iter().skip(first).step_by(step) {
            let mut file = AnswersFile::open(Path::new(&path), LONG, || draft(&questionnaire)).unwrap();
            file.save(&[says(&question.id, &format!("round {round}"))], &questionnaire).unwrap();
            tell(&format!("saved {} {round}", question.id));
        }
    }
}

/// A line of its own, even where the test harness is in the middle of one.
#[expect(clippy::print_stdout, reason = "the parent reads it")]
fn tell(line: &str) {
    println!("\n{line}");
}

fn start_worker(path: &Path, first: usize, step: usize, rounds: usize) -> Child {
    let program = std::env::current_exe().unwrap();
    let arguments = ["--exact", "saving::worker", "--ignored", "--nocapture"];
    let mut command = Command::new(program);
    command.args(arguments).env("SAVING_FILE", path).stdout(Stdio::piped()).stderr(Stdio::null());
    for (name, value) in [("SAVING_FIRST", first), ("SAVING_STEP", step), ("SAVING_ROUNDS", rounds)] {
        command.env(name, value.to_string());
    }
    command.spawn().unwrap()
}

/// Whether the fault tests run in full: 2,080 saves by eight programs, 1,000 sudden deaths.
fn long() -> bool {
    std::env::var_os("SAFESEAT_LONG_TESTS").is_some()
}

#[test]
fn eight_programs_on_one_file_lose_nothing() {
    let scene = Scene::new();
    let rounds = if long() { 20 } else { 2 };
    let workers: Vec<Child> = (0..8).map(|first| start_worker(&scene.path(), first, 8, rounds)).collect();
    for worker in workers {
        assert!(worker.wait_with_output().unwrap().status.success());
    }
    let answers = assessed(&scene.path(), &scene.questionnaire).answers;
    for question in scene.questionnaire.questions() {
        let comment = answers.get(&question.id).and_then(|answer| answer.comment.as_deref());
        assert_eq!(comment, Some(&*format!("round {}", rounds - 1)), "{}", question.id);
    }
    assert_eq!(std::fs::read_dir(scene.folder.path()).unwrap().count(), 1, "nothing else is left");
}

#[test]
fn sudden_death_loses_at_most_the_answer_being_written() {
    let scene = Scene::new();
    let mut known: BTreeSet<String> = BTreeSet::new();
    let start = Instant::now();
    let mut deaths = 0_u32;
    while if long() { deaths < 1_000 } else { start.elapsed() < Duration::from_secs(3) } {
        let first = known.len() % scene.questionnaire.questions().len();
        let mut worker = start_worker(&scene.path(), first, 1, 1);
        let mut lines = BufReader::new(worker.stdout.take().unwrap()).lines().map(Result::unwrap);
        let mut saved = Vec::new();
        // Alive until it has saved something, and then for a moment that is another one every time.
        saved.extend(lines.by_ref().find(|line| line.starts_with("saved")));
        std::thread::sleep(Duration::from_micros(u64::from(deaths) * 7_919 % 20_000));
        worker.kill().unwrap();
        worker.wait().unwrap();
        saved.extend(lines.filter(|line| line.starts_with("saved")));
        deaths += 1;
        known.extend(saved.iter().filter_map(|line| line.split(' ').nth(1)).map(str::to_owned));
        let answers = assessed(&scene.path(), &scene.questionnaire).answers;
        let found: BTreeSet<String> = answers.keys().map(ToString::to_string).collect();
        assert!(found.is_superset(&known), "an answer that was reported as saved is gone");
        assert!(found.len() <= known.len() + 1, "more than the one being written: {found:?} {known:?}");
        known = found;
    }
    drop(scene.open());
    assert_eq!(std::fs::read_dir(scene.folder.path()).unwrap().count(), 1, "what the dead left is removed");
    assert!(deaths >= 5, "{deaths}");
}

/// Measured with `cargo test --release --test it -- --ignored --nocapture a_save_takes`.
#[test]
#[ignore = "a measurement"]
fn a_save_takes() {
    let scene = Scene::new();
    let mut file = scene.open();
    let mut times: Vec<Duration> = Vec::new();
    for question in scene.questionnaire.questions() {
        let start = Instant::now();
        scene.save(&mut file, &[says(&question.id, "measured")]).unwrap();
        times.push(start.elapsed());
    }
    times.sort();
    let (median, worst) = (times[times.len() / 2], times[times.len() - 1]);
    tell(&format!(
        "{} saves of up to {} bytes: median {} µs, slowest {} µs",
        times.len(),
        file.text().len(),
        median.as_micros(),
        worst.as_micros()
    ));
}
