//! Saving, and what to do when that does not go smoothly.

use super::check::in_words;
use super::menu::ERROR;
use super::{Halt, Menu, Press, Row, Wizard};
use crate::format::{Document, assessment, rewrite};
use crate::interview::{Interview, Place};
use crate::model::Change;
use crate::problem::{Problems, Source};
use crate::render::problems;
use crate::store::{AnswersError, Saved};

/// Whose version of an answer is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Keep {
    Mine,
    Theirs,
}

/// What to do after a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Then {
    Again,
    Leave,
}

impl Wizard<'_> {
    /// Saves changes and takes them over, and says whether that was done: the person may also have left it.
    pub(super) fn save(&mut self, mut changes: Vec<Change>) -> Result<bool, Halt> {
        loop {
            match self.file.save(&changes, self.interview.questionnaire()) {
                Ok(saved) => {
                    self.interview.accept(&changes);
                    if saved == Saved::Joined && !self.reread()? {
                        return Ok(false);
                    }
                    return Ok(true);
                }
                Err(AnswersError::Conflict(conflicts)) => {
                    if self.keep(&conflicts)? == Keep::Theirs {
                        changes.retain(|change| !conflicts.contains(change));
                        self.reread()?;
                        if changes.is_empty() {
                            return Ok(true);
                        }
                    }
                }
                Err(error) => {
                    if let AnswersError::Unreadable(problems) = &error {
                        self.draw_problems(problems)?;
                    }
                    if self.then(&error.to_string(), error.help())? == Then::Leave {
                        return Ok(false);
                    }
                }
            }
        }
    }

    /// Takes over what another program has written, and says whether it could be read.
    fn reread(&mut self) -> Result<bool, Halt> {
        let source = self.source();
        let (found, problems) = assessment::read(&Document::parse(&source), self.interview.questionnaire());
        let Some(found) = found else {
            self.draw_problems(&problems)?;
            let words = "another program has changed the answers file, and not all of it can be read";
            self.fail(words, "put it right in a text editor; here, stop and begin again")?;
            return Err(Halt::Stop);
        };
        self.interview.refresh(found, rewrite::carried_over(source.text()));
        self.remark("Another program has changed the file; its changes are in.")?;
        Ok(true)
    }

    fn source(&self) -> Source {
        let name = self.file.path().to_string_lossy().into_owned();
        Source::new(crate::text::visible(&name).into_owned(), self.file.text().to_owned())
    }

    /// Asks which version of an answer stays.
    fn keep(&mut self, conflicts: &[Change]) -> Result<Keep, Halt> {
        let mut mine = self.interview.clone();
        mine.accept(conflicts);
        let source = self.source();
        let read = assessment::read(&Document::parse(&source), self.interview.questionnaire()).0;
        let theirs = read.map(|found| {
            let mut theirs = self.interview.clone();
            theirs.refresh(found, rewrite::carried_over(source.text()));
            theirs
        });
        let unreadable = || "what stands in the file".to_owned();
        let theirs = theirs.map_or_else(unreadable, |theirs| said(&theirs, conflicts));
        let rows = vec![
            Row::new(Keep::Theirs, format!("Keep what the file says: {theirs}")),
            Row::new(Keep::Mine, format!("Take what I said here: {}", said(&mine, conflicts))),
        ];
        let title = "Another program has changed the same answer in the file. Which one do you want?";
        let mut menu = Menu::new(rows, &[]).titled(title, "");
        loop {
            if let Press::Chosen(keep) = self.ask(&mut menu)? {
                return Ok(keep);
            }
        }
    }

    /// Asks what to do when a save has failed. Nothing was changed.
    fn then(&mut self, message: &str, help: &str) -> Result<Then, Halt> {
        self.fail(&format!("not saved: {message}"), help)?;
        let rows =
            vec![Row::new(Then::Again, "Save once more"), Row::new(Then::Leave, "Leave this answer unsaved")];
        Ok(self.choose(&mut Menu::new(rows, super::LIST_COMMANDS))?.unwrap_or(Then::Leave))
    }

    fn fail(&mut self, message: &str, help: &str) -> Result<(), Halt> {
        let mut screen = self.screen();
        screen.hanging(ERROR, "  ! ", 4, message);
        screen.paragraph(anstyle::Style::new(), 4, help);
        self.show(screen)
    }

    fn draw_problems(&mut self, problems: &Problems) -> Result<(), Halt> {
        Ok(self.console.show(&problems::draw(problems, self.console.look()))?)
    }
}

/// What an interview holds where changes are about, in words.
fn said(interview: &Interview, changes: &[Change]) -> String {
    let summary = interview.summary();
    let words = changes.iter().map(|change| {
        let place = match change {
            Change::Fact(id, _) => Place::Fact(id.clone()),
            Change::Answer(id, _) => Place::Question(id.clone()),
            Change::Name(_) => return interview.assessment().organisation.name.clone(),
            Change::Kind(_) => return interview.assessment().organisation.kind.in_words().to_owned(),
            Change::Country(_) => return interview.assessment().organisation.country.clone(),
            Change::Date(_) => return interview.assessment().date.in_words(),
            _ => return "your organisation’s details".to_owned(),
        };
        summary
            .lines()
            .find(|line| line.place == place)
            .and_then(in_words)
            .unwrap_or_else(|| "no answer".to_owned())
    });
    words.collect::<Vec<_>>().join("; ")
}
