//! A fact about the organisation.

use super::{FACT_COMMANDS, Halt, Menu, Press, Row, Wizard, in_words};
use crate::interview::{FactStep, Step};
use crate::model::{FactId, Ternary};
use crate::text::{plural, sentence_case};

impl Wizard<'_> {
    pub(super) fn fact(&mut self, id: &FactId) -> Result<(), Halt> {
        let Step::Fact(step) = self.interview.step() else { return Ok(()) };
        let place = format!("About your organisation, {} of {}", step.number, step.of);
        let progress = self.interview.facts_progress();
        let progress = format!("{} of {} done", progress.done, progress.of);
        let page = self.page(&place, &progress, &step.fact.ask, step.fact.help.as_deref());
        let mut menu = menu(&step);
        self.show(page)?;
        loop {
            match self.ask(&mut menu)? {
                Press::Back => return self.back(),
                Press::Command(command) => {
                    if self.command(command, |wizard| wizard.what_it_changes(id))? {
                        return Ok(());
                    }
                }
                Press::Nothing => menu.mistakes = in_words(self.interview.answer_fact(id, "").err()),
                Press::Chosen(word) => {
                    let changes = self.interview.answer_fact(id, word.as_str()).unwrap_or_default();
                    if self.save(changes)? {
                        let label = menu.label(&word).to_owned();
                        self.leave(&label)?;
                        self.interview.advance();
                        return Ok(());
                    }
                }
            }
        }
    }

    fn what_it_changes(&mut self, id: &FactId) -> Result<(), Halt> {
        let questions = self.interview.questionnaire().questions();
        let count = questions.iter().filter(|question| question.facts().contains(id)).count();
        let about = match count {
            0 => "It decides which recorded incidents could have happened to you.".to_owned(),
            count => format!("A no leaves out {} or parts of them.", plural(count, "question", "questions")),
        };
        self.remark(&format!("{about} “I don’t know” counts as yes, to be on the safe side."))
    }
}

fn menu(step: &FactStep) -> Menu<Ternary> {
    let row = |word| match word {
        Ternary::Unknown => Row::new(word, "I don’t know"),
        Ternary::Yes | Ternary::No => Row::new(word, sentence_case(word.as_str())),
    };
    let rows = [Ternary::Yes, Ternary::No, Ternary::Unknown].map(row).into();
    let mut menu =
        Menu::new(rows, FACT_COMMANDS).starting_nowhere().starting_at(step.given.or(step.proposed).as_ref());
    if let Some(proposed) = step.proposed {
        menu.remark(&proposed, "usual for organisations like yours");
    }
    if let Some(given) = step.given {
        let words = if step.carried { "as last time" } else { "your answer so far" };
        menu.remark(&given, words);
    }
    menu
}
