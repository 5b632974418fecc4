//! What to ask: the first page of a new file.

use serde::Serialize;

use super::parts::Picks;
use super::{Frame, Pick, View};
use crate::interview::Field;
use crate::model::Questionnaire;
use crate::render::form::Page;
use crate::text::plural;

/// What to ask.
#[derive(Serialize)]
pub(in crate::web) struct ChooseView {
    frame: Frame,
    heading: &'static str,
    help: &'static str,
    error: Option<String>,
    picks: Vec<Pick>,
}

impl View for ChooseView {
    const PAGE: Page = Page::Choose;
}

impl ChooseView {
    /// The shortest comes first: it is the one to begin with.
    pub(in crate::web) fn new<'a>(
        mut frame: Frame,
        offered: impl Iterator<Item = &'a Questionnaire>,
        chosen: Option<&str>,
    ) -> Self {
        let heading = "Which check do you want to do?";
        heading.clone_into(&mut frame.title);
        let mut offered: Vec<&Questionnaire> = offered.collect();
        offered.sort_by_key(|questionnaire| questionnaire.header().minutes);
        let chosen: Vec<String> = chosen.map(str::to_owned).into_iter().collect();
        let mut picks = Picks::of(Field::Answer, &chosen);
        let pick = |questionnaire: &Questionnaire| {
            let header = questionnaire.header();
            let questions = plural(questionnaire.questions().len(), "question", "questions");
            let hint = format!("{questions}, about {} minutes. {}", header.minutes, header.audience);
            picks.next(header.id.as_str(), &header.title, &hint)
        };
        let picks = offered.into_iter().map(pick).collect();
        let help = "Everything stays on this computer. You can stop at any point and go on another day.";
        Self { heading, help, error: frame.mistake(Field::Answer), picks, frame }
    }
}
