//! A questionnaire: what is accepted can be printed, makes an answers file that is sound, and can be scored.

use safeseat::format::{Document, assessment, questionnaire, skeleton};
use safeseat::problem::Source;
use safeseat::render::screen::Look;
use safeseat::render::{booklet, terminal};
use safeseat::report::Booklet;
use safeseat::text::Words;

use super::shared::{Content, harmless, reported, scored, sound, text, today, whole_catalog};

/// Reads the bytes as a questionnaire.
pub fn run(data: &[u8]) {
    let Some(source) = text(data) else { return };
    let document = Document::parse(&source);
    let catalog = whole_catalog();
    let (questionnaire, problems) = questionnaire::read(&document, &catalog);
    sound(&problems);
    assert_eq!(questionnaire.is_none(), problems.has_errors());
    sound(&catalog.shelf().questionnaire(&document));
    let Some(questionnaire) = questionnaire else { return };
    let printed = Booklet::new(&questionnaire, &[], "0", Words::ENGLISH);
    harmless(&terminal::booklet(&printed, Look::new(80, true)));
    booklet::html(&printed).expect("a booklet is a page");

    let facts = questionnaire.asked_facts(&[]);
    let draft =
        Source::new("new.toml", skeleton::answers(&questionnaire, &facts, "Northmoor \"&\" Vale", today()));
    let (blank, problems) = assessment::read(&Document::parse(&draft), &questionnaire);
    sound(&problems);
    let Some(blank) = blank else { panic!("{problems:?}\n{}", draft.text()) };
    assert!(blank.answers.is_empty() && problems.is_empty(), "{problems:?}");
    let content = Content::new(questionnaire, Vec::new(), &catalog);
    scored(&content, &blank);
    if content.is_small() {
        reported(&content.report(&blank));
    }
}
