//! An interview: whatever a person does, nothing that was answered is lost, on the screen or in the file.

use safeseat::format::{Document, assessment, rewrite};
use safeseat::interview::Interview;
use safeseat::model::{Assessment, Questionnaire};
use safeseat::problem::Source;

use super::script;
use super::shared::{WHOLE, beginning, sound, today};

/// Takes the bytes as the steps of a person who begins a new assessment.
pub fn run(data: &[u8]) {
    let questionnaire = &WHOLE.questionnaire;
    let (mut text, mut interview) = beginning(today().months_after(2));
    for step in script::steps(data) {
        let mut expected = interview.assessment().clone();
        let changes = match script::take(&step, &mut interview) {
            Ok(changes) => changes,
            Err(mistakes) => {
                assert!(mistakes.iter().all(|mistake| !mistake.to_string().is_empty()));
                assert!(!mistakes.is_empty());
                Vec::new()
            }
        };
        assert_eq!(*interview.assessment(), expected, "nothing counts before it is saved");
        for change in &changes {
            expected.apply(change);
        }
        text = rewrite::rewritten(&text, &changes, questionnaire).expect("a file of ours can be changed");
        interview.accept(&changes);
        assert_eq!(*interview.assessment(), expected);
        assert_eq!(read(&text, questionnaire), expected, "{text}");
        stands(&interview);
    }
}

/// What a file says.
fn read(text: &str, questionnaire: &Questionnaire) -> Assessment {
    let source = Source::new("answers.toml", text.to_owned());
    let (assessment, problems) = assessment::read(&Document::parse(&source), questionnaire);
    sound(&problems);
    assessment.unwrap_or_else(|| panic!("{problems:?}\n{text}"))
}

/// Where the interview is can be visited, and can be shown.
pub fn stands(interview: &Interview) {
    assert!(interview.is_on_route(interview.current()));
    let _ = interview.step();
    let progress = interview.progress();
    assert!(progress.done <= progress.of);
    let _ = interview.minutes_left();
    assert_eq!(interview.first_open().is_none(), interview.route().all(|place| !interview.is_open(&place)));
}
