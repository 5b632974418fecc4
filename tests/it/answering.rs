//! A person answers in a real terminal: by keyboard alone, with mistakes, interruptions and sudden death, in a narrow
//! window without colours and letters beyond ASCII; and what they said is what an editor would have written.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use safeseat::catalog::Catalog;
use safeseat::format::{Document, assessment};
use safeseat::model::{Kind, Question, Questionnaire, QuestionnaireId};
use safeseat::problem::Source;

use crate::runner::{Desk, files_of};
use crate::typing::{CTRL_C, CTRL_U, DOWN, END, ENTER, ESCAPE, HOME, Typist, UP};

const ANSWER: &str = "answer answers.toml --today 2026-11-24";
const UTF_8: &[(&str, &str)] = &[("LANG", "C.UTF-8")];
const PLAIN: &[(&str, &str)] = &[("LC_ALL", "C"), ("NO_COLOR", "1")];
/// The facts of the ten-minute check, as most local parties would answer.
const FACTS: [(&str, &str); 4] = [
    ("own-domain", "yes"),
    ("own-mail-server", "no"),
    ("social-media", "yes"),
    ("elected-or-candidates", "yes"),
];

fn ten_minute_check() -> Questionnaire {
    let id = QuestionnaireId::parse("ten-minute-check").unwrap();
    Catalog::shipped().questionnaire(&id).unwrap().0.unwrap()
}

/// The questions that the facts leave in scope.
fn asked(questionnaire: &Questionnaire) -> Vec<&Question> {
    let denied =
        |question: &Question| question.applies_if.iter().any(|fact| fact.as_str() == "own-mail-server");
    questionnaire.questions().iter().filter(|question| !denied(question)).collect()
}

/// A different sort of answer for each question: the keys that give it, and how an editor writes it.
fn reply(nth: usize, question: &Question) -> (String, String) {
    let down = |rows: usize| DOWN.repeat(rows) + ENTER;
    if nth % 6 == 5 {
        let rows = if question.may_be_skipped { 3 } else { 2 };
        return (UP.repeat(rows) + ENTER, "\"unknown\"".to_owned());
    }
    match &question.kind {
        Kind::Levels(levels) => {
            let level = nth % levels.len();
            (down(level + 1), format!("\"{}\"", levels[level].id))
        }
        Kind::YesNo { .. } => (down(2), "\"partly\"".to_owned()),
        Kind::Percentage(_) => (format!("57 of 60{ENTER}"), "{ have = 57, of = 60 }".to_owned()),
        Kind::LastDone(_) => (format!("12 may 2026{ENTER}"), "2026-05-12".to_owned()),
        Kind::TickAll(choices) => {
            let ids = format!("[\"{}\", \"{}\"]", choices[0].id, choices[2].id);
            (format!(" {DOWN}{DOWN} {ENTER}"), ids)
        }
    }
}

/// The keys for evidence and a comment, and how an editor writes them.
const DETAILS: (&[(&str, &str)], &str) = (
    &[
        ("d", "Details of your answer"),
        (ENTER, "How sure can others be"),
        ("2\r", "Evidence: Documented"),
        (ENTER, "Such as 12 May 2026"),
        ("3 march 2026\r", "check: 3 march 2026"),
        ("6\r", "It appears in the report"),
        ("Asked the supplier’s office\r", "Comment: Asked"),
        ("8\r", "Documented, comment"),
    ],
    "evidence = \"documented\"\nevidence_date = 2026-03-03\ncomment = \"Asked the supplier’s office\"\n",
);
const WITH_DETAILS: usize = 3;

/// What an answers file says; it must be sound.
fn problems_of(path: &Path, questionnaire: &Questionnaire) -> Option<String> {
    let text = std::fs::read_to_string(path).ok()?;
    let source = Source::new("answers.toml", text);
    let (_, problems) = assessment::read(&Document::parse(&source), questionnaire);
    let messages: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
    Some(messages.join("; "))
}

/// Looks at an answers file all the time, and ends with what was ever wrong with it.
fn watch(path: PathBuf) -> impl FnOnce() -> (usize, Vec<String>) {
    let stop = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&stop);
    let watcher = std::thread::spawn(move || {
        let questionnaire = ten_minute_check();
        let (mut looks, mut wrong) = (0, Vec::new());
        while !seen.load(Ordering::Relaxed) {
            if let Some(problems) = problems_of(&path, &questionnaire) {
                looks += 1;
                wrong.extend(Some(problems).filter(|problems| !problems.is_empty()));
            }
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
        (looks, wrong)
    });
    move || {
        stop.store(true, Ordering::Relaxed);
        watcher.join().unwrap()
    }
}

/// Begins a new file: which questionnaire, and who is assessed.
fn begin(typist: &mut Typist) {
    typist.see("Which questions do you want to answer?");
    typist.press_and_see(ENTER, "What is your organisation called?");
    typist.press_and_see(ENTER, "Enter the name of your organisation");
    typist.press_and_see("Northmoor Vale\r", "What sort of organisation is it?");
    typist.press_and_see("2\r", "Which country is it in?");
    typist.press_and_see(ENTER, "What is the date of this assessment?");
    typist.press_and_see(ENTER, "About your organisation, 1 of 4");
}

/// Takes what is proposed for every fact.
fn state_facts(typist: &mut Typist) {
    for nth in 2..=FACTS.len() {
        typist.press_and_see(ENTER, &format!("About your organisation, {nth} of 4"));
    }
    typist.press(ENTER);
}

/// Everything by keyboard, from nothing to the report.
fn answer_all(desk: &Desk, columns: u16, environment: &[(&str, &str)]) -> String {
    let questionnaire = ten_minute_check();
    let questions = asked(&questionnaire);
    let mut typist = Typist::start(desk, ANSWER, columns, environment);
    begin(&mut typist);
    state_facts(&mut typist);
    for (nth, question) in questions.iter().enumerate() {
        typist.see(&question.ask);
        if nth == WITH_DETAILS {
            for (keys, shown) in DETAILS.0 {
                typist.press(keys);
                typist.see_below(&question.ask, shown);
            }
        }
        assert!(!typist.has_broken_line(), "{}", typist.screen());
        typist.press(&reply(nth, question).0);
    }
    typist.see("Check your answers");
    typist.see("Everything is answered.");
    assert!(!typist.has_broken_line(), "{}", typist.screen());
    typist.press(ENTER);
    let (status, screen) = typist.end();
    assert_eq!(status, 0, "{screen}");
    screen
}

#[test]
fn the_ten_minute_check_by_keyboard_with_mistakes_and_sudden_death() {
    let desk = Desk::new();
    let stop = watch(desk.path("answers.toml"));
    let questionnaire = ten_minute_check();
    let questions = asked(&questionnaire);
    let mut typist = Typist::start(&desk, ANSWER, 80, UTF_8);
    begin(&mut typist);
    state_facts(&mut typist);

    // A mistake that is corrected, and one after which the question is left for later.
    typist.see(&questions[0].ask);
    typist.press_and_see("61 of 60\r", "cannot be: the first number is a part of the second");
    typist.press(CTRL_U);
    typist.press(&reply(0, questions[0]).0);
    typist.see(&questions[1].ask);
    typist.press_and_see(ENTER, "Choose one of the answers, or “I don’t know”");
    typist.press_and_see("s", &questions[2].ask);
    for nth in 2..7 {
        typist.press(&reply(nth, questions[nth]).0);
        typist.see(&questions[nth + 1].ask);
    }
    typist.kill();
    assert_eq!(desk.names(), [".answers.toml.lock", "answers.toml"], "what the dead leave");
    let answered = |desk: &Desk| desk.read("answers.toml").matches("\n[answers.").count();
    assert_eq!(answered(&desk), 6);

    // Where it stopped, it goes on: with what was left for later.
    let mut typist = Typist::start(&desk, ANSWER, 80, UTF_8);
    typist.see("Northmoor Vale");
    typist.see(&questions[1].ask);
    typist.press(&reply(1, questions[1]).0);
    #[expect(clippy::needless_range_loop, reason = "the number is what is typed about")]
    for nth in 7..questions.len() {
        typist.see(&questions[nth].ask);
        typist.press(&reply(nth, questions[nth]).0);
    }
    typist.see("Everything is answered.");

    // One answer is changed from the list, and the person is back in it.
    typist.press(&DOWN.repeat(6));
    typist.press_and_see(ENTER, "Accounts and signing in, question 1 of 4");
    typist.press_and_see(&format!("{CTRL_U}60 of 60\r"), "> 100% (60 of 60)");
    typist.see("Everything is answered.");
    typist.press(&format!("{HOME}{ENTER}"));
    let (status, screen) = typist.end();
    assert_eq!(status, 0);
    assert!(screen.contains("Do these first") && screen.contains("safeseat report answers.toml"), "{screen}");
    assert_eq!(answered(&desk), questions.len());
    assert_eq!(desk.names(), ["answers.toml"]);
    let (looks, wrong) = stop();
    assert!(looks > 10, "{looks}");
    assert_eq!(wrong, Vec::<String>::new());
}

/// The answers file as a person writes it in a text editor, beginning with what `new` gives them.
fn edit(desk: &Desk) {
    desk.run(0, "new edited.toml --questionnaire ten-minute-check --name NAME --today 2026-11-24 --quiet");
    let mut text = desk.read("edited.toml").replace("\"NAME\"", "\"Northmoor Vale\"");
    let mut put = |from: String, to: String| {
        assert!(text.contains(&from), "{from}");
        text = text.replacen(&from, &to, 1);
    };
    put("kind = \"other\"".into(), "kind = \"local-party\"".into());
    for (fact, word) in FACTS {
        put(format!("# {fact} = \"unknown\""), format!("{fact} = \"{word}\""));
    }
    for (nth, question) in asked(&ten_minute_check()).into_iter().enumerate() {
        let details = if nth == WITH_DETAILS { DETAILS.1 } else { "" };
        put(
            format!("# [answers.{}]\n# answer =", question.id),
            format!("[answers.{}]\nanswer = {}\n{details}#", question.id, reply(nth, question).1),
        );
    }
    desk.write("edited.toml", text);
}

/// The hash of the answers file's bytes, which is all that two reports of the same answers may differ in, besides what
/// the last line of a text says that the text came to.
fn hash_of(report: &str) -> String {
    let json: serde_json::Value = serde_json::from_str(report).unwrap();
    json["answers_sha256"].as_str().or(json["head"]["answers_sha256"].as_str()).unwrap().to_owned()
}

#[test]
fn editor_and_terminal_give_byte_equal_reports() {
    let desk = Desk::new();
    answer_all(&desk, 80, UTF_8);
    edit(&desk);
    let mut typed = desk.reports("answers.toml");
    let mut edited = desk.reports("edited.toml");
    let (one, other) = (hash_of(&typed["json"]), hash_of(&edited["json"]));
    assert_ne!(one, other, "the files themselves differ in their comments");
    for format in files_of(&crate::runner::FORMATS).into_iter().chain(["terminal"]) {
        let same = |report: String, hash: &str| {
            let report = report.replace(hash, "HASH").replace(&hash[..12], "HASH");
            report.split_once("\nMade with safeseat ").map_or(report.clone(), |(text, _)| text.to_owned())
        };
        let (one, other) =
            (same(typed.remove(format).unwrap(), &one), same(edited.remove(format).unwrap(), &other));
        assert!(one == other, "{format}");
    }
}

#[test]
fn sixty_columns_of_ascii_without_colour_are_enough() {
    let desk = Desk::new();
    let mut typist = Typist::start(&desk, ANSWER, 60, PLAIN);
    begin(&mut typist);
    typist.press_and_see("?", "\"I don't know\" counts as yes");
    state_facts(&mut typist);
    typist.see("Accounts and signing in");
    typist.press_and_see("?", "What proves it:");
    typist.press_and_see(&format!("{DOWN}a"), "Where do you want to go on?");
    typist.press_and_see(END, "Check your answers");
    typist.press_and_see(ENTER, "Go on with 15 open questions");
    assert!(!typist.has_broken_line(), "{}", typist.screen());
    typist.press("q");
    let raw = typist.raw().to_owned();
    let (status, screen) = typist.end();
    assert_eq!(status, 0);
    assert!(screen.contains("saved in answers.toml: 0 of 15 questions are done"), "{screen}");
    assert!(raw.is_ascii());
    assert!(!String::from_utf8(raw).unwrap().contains("\u{1b}[1m"), "no styles");
}

#[test]
fn the_whole_check_fits_sixty_columns() {
    let screen = answer_all(&Desk::new(), 60, UTF_8);
    assert!(screen.contains("safeseat report answers.toml"), "{screen}");
}

#[test]
fn ctrl_c_loses_nothing_and_says_how_to_go_on() {
    let desk = Desk::new();
    let mut typist = Typist::start(&desk, ANSWER, 80, UTF_8);
    typist.see("Which questions");
    typist.press(CTRL_C);
    let (status, screen) = typist.end();
    assert_eq!(status, 0);
    assert!(screen.contains("nothing was answered, and no file was made"), "{screen}");
    assert_eq!(desk.names(), Vec::<String>::new());

    let mut typist = Typist::start(&desk, ANSWER, 80, UTF_8);
    begin(&mut typist);
    state_facts(&mut typist);
    typist.see("Accounts and signing in, question 1 of 4");
    typist.press_and_see("57 of 60\r", "question 2 of 4");
    typist.press_and_see("d", "Details of your answer");
    typist.press(CTRL_C);
    let (status, screen) = typist.end();
    assert_eq!(status, 0);
    assert!(screen.contains("1 of 15 questions are done"), "{screen}");
    assert!(screen.contains("safeseat answer answers.toml"), "{screen}");
    assert!(desk.read("answers.toml").contains("have = 57"));
}

#[test]
fn back_and_the_score_work_as_people_expect() {
    let desk = Desk::new();
    let mut typist = Typist::start(&desk, &format!("{ANSWER} --score"), 80, UTF_8);
    begin(&mut typist);
    typist.see("Score so far: 0 of 100");
    typist.press_and_see(ENTER, "About your organisation, 2 of 4");
    typist.press_and_see(ESCAPE, "your answer so far");
    typist.press_and_see("2\r", "> No");
    typist.see("About your organisation, 2 of 4");
    typist.press(CTRL_C);
    typist.end();
    assert!(desk.read("answers.toml").contains("own-domain = \"no\""));
}

#[test]
fn what_does_not_apply_needs_a_reason() {
    let id = QuestionnaireId::parse("political-organisation").unwrap();
    let questionnaire = Catalog::shipped().questionnaire(&id).unwrap().0.unwrap();
    let questions = questionnaire.questions();
    let skippable = questions.iter().find(|question| question.may_be_skipped).unwrap();
    let area = questionnaire.areas().iter().position(|area| area.id.as_str() == skippable.id.area()).unwrap();
    let siblings = questions.iter().filter(|question| question.id.area() == skippable.id.area());

    let desk = Desk::new();
    let arguments = format!("{ANSWER} --questionnaire political-organisation");
    let mut typist = Typist::start(&desk, &arguments, 80, UTF_8);
    typist.press_and_see("Northmoor Vale\r", "What sort of organisation is it?");
    typist.press_and_see(ENTER, "Which country is it in?");
    typist.press_and_see(ENTER, "What is the date of this assessment?");
    typist.press_and_see(ENTER, "About your organisation, 1 of");
    typist.press_and_see("a", "Where do you want to go on?");
    typist.press(&format!("{HOME}{}{ENTER}", DOWN.repeat(area + 2)));
    for question in siblings.take_while(|question| question.id != skippable.id) {
        typist.see(&question.ask);
        typist.press("s");
    }
    typist.see_below(&skippable.ask, "Does not apply");
    typist.press(&UP.repeat(2));
    typist.press_and_see(ENTER, "Why does this not apply to you?");
    typist.press_and_see(ENTER, "Say in a sentence why this does not apply to you");
    typist.press_and_see("We keep nothing\r", "> Does not apply: We keep nothing");
    typist.press(CTRL_C);
    typist.end();
    assert!(desk.read("answers.toml").contains("reason = \"We keep nothing\""));
}

#[test]
fn another_window_and_another_program_are_noticed() {
    let desk = Desk::new();
    let mut typist = Typist::start(&desk, ANSWER, 80, UTF_8);
    begin(&mut typist);
    let second = Typist::start(&desk, ANSWER, 80, UTF_8);
    let (status, screen) = second.end();
    assert_eq!(status, 4);
    assert!(screen.contains("is open in another window"), "{screen}");

    // An editor answers another fact, and then the same one.
    let mut text = desk.read("answers.toml").replace("# social-media = \"unknown\"", "social-media = \"no\"");
    desk.write("answers.toml", &text);
    typist.press_and_see("1\r", "Another program has changed the file; its changes are in.");
    typist.see("About your organisation, 2 of 4");
    text = desk.read("answers.toml").replace("# own-mail-server = \"unknown\"", "own-mail-server = \"yes\"");
    desk.write("answers.toml", &text);
    typist.press_and_see("2\r", "Another program has changed the same answer in the file.");
    typist.see("Keep what the file says: Yes");
    typist.see("Take what I said here: No");
    typist.press_and_see(ENTER, "> Yes");
    typist.press(CTRL_C);
    typist.end();
    let text = desk.read("answers.toml");
    assert!(text.contains("social-media = \"no\"") && text.contains("own-mail-server = \"yes\""), "{text}");
}

#[test]
fn text_from_a_file_cannot_steer_the_terminal() {
    let desk = Desk::new();
    let hostile = "\\u001b]0;title\\u0007\\u001b[2J\\u202e";
    desk.write(
        "answers.toml",
        format!(
            "format = 1\nquestionnaire = \"ten-minute-check\"\nversion = \"2026.1\"\n\
             [organisation]\nname = \"{hostile}\"\nkind = \"other\"\ncountry = \"GB\"\n\
             [assessment]\ndate = 2026-11-24\nmarking = \"{hostile}\"\n\
             [answers.acc.mfa-email]\nanswer = 5\ncomment = \"{hostile}\"\nby = \"{hostile}\"\n"
        ),
    );
    let mut typist = Typist::start(&desk, ANSWER, 80, UTF_8);
    typist.see("\\u{1b}]0;title");
    typist.press_and_see("a", "Where do you want to go on?");
    typist.press_and_see(&format!("{HOME}{ENTER}"), "Marking: \\u{1b}]0;title");
    typist.press(ESCAPE);
    typist.see_below("About your organisation, 1 of 4", "1 Yes");
    typist.press_and_see("a", "Where do you want to go on?");
    typist.press(&format!("{HOME}{DOWN}{DOWN}{ENTER}"));
    typist.see("Accounts and signing in, question");
    typist.press(CTRL_C);
    let raw = String::from_utf8(typist.raw().to_owned()).unwrap();
    typist.end();
    assert!(!raw.contains("\u{1b}]0;") && !raw.contains("\u{1b}[2J") && !raw.contains('\u{202e}'));
}

#[test]
fn without_a_terminal_it_says_what_to_do_instead() {
    let said = Desk::new().run(2, "answer answers.toml");
    assert!(said.err.contains("safeseat new answers.toml"), "{}", said.err);
    assert_eq!(said.err.contains("safeseat serve answers.toml"), cfg!(feature = "web"), "{}", said.err);
    let typist = Typist::start(&Desk::new(), ANSWER, 80, &[("TERM", "dumb")]);
    assert_eq!(typist.end().0, 2);
}

#[test]
fn a_reassessment_begins_with_what_is_old_and_is_confirmed_with_enter() {
    let desk = Desk::new();
    answer_all(&desk, 80, UTF_8);
    let said = desk.run(0, "new next.toml --from answers.toml --today 2027-11-24");
    assert!(said.err.contains("4 answers about your organisation, 15 answers to questions"), "{}", said.err);
    assert!(
        said.err.contains("asked first: ") && said.err.contains("safeseat answer next.toml"),
        "{}",
        said.err
    );
    let mut typist = Typist::start(&desk, "answer next.toml --today 2027-11-24", 80, UTF_8);
    typist.see("19 answers are carried over from last time.");
    for nth in 1..=4 {
        typist.see_below(&format!("About your organisation, {nth} of 4"), "(as last time)");
        typist.press(ENTER);
    }
    // `new` has named what is old or not known: it comes first.
    let (_, named) = said.err.split_once("asked first: ").unwrap();
    let first = named.lines().nth(1).and_then(|line| line.split_whitespace().next()).unwrap();
    let questionnaire = ten_minute_check();
    typist.see_below(&questionnaire.question(first).unwrap().ask, "Enter confirms it.");
    typist.press(&ENTER.repeat(15));
    typist.see("Everything is answered.");
    typist.press(CTRL_C);
    typist.end();
    assert!(!desk.read("next.toml").contains("carried over"));
    desk.run(2, "new answers.toml --from answers.toml --force");
    let said = desk.run(2, "new earlier.toml --from next.toml --today 2026-11-23");
    assert!(said.err.contains("give the new one a later date"), "{}", said.err);
}
