//! Moving about: keys that work wherever something is asked, and the list of areas.

use super::{Halt, LIST_COMMANDS, Menu, Row, Wizard};
use crate::interview::{Place, Progress, Stage};
use crate::text::plural;

impl Wizard<'_> {
    /// Goes back to where the person came from.
    pub(super) fn back(&mut self) -> Result<(), Halt> {
        let here = self.interview.current().clone();
        if *self.interview.back() == here {
            self.remark("This is the beginning.")?;
        }
        Ok(())
    }

    /// Does what a key of the page asks for, and says whether that leaves the page.
    pub(super) fn command(
        &mut self,
        key: char,
        explain: impl FnOnce(&mut Self) -> Result<(), Halt>,
    ) -> Result<bool, Halt> {
        match key {
            '?' => explain(self)?,
            's' => {
                self.remark("skipped for now")?;
                self.interview.skip();
                return Ok(true);
            }
            'a' => return self.areas(),
            'q' => return Err(Halt::Stop),
            _ => {}
        }
        Ok(false)
    }

    /// Lets the person go to an area, and says whether they did.
    fn areas(&mut self) -> Result<bool, Halt> {
        let mut rows = vec![Row::new(Place::Organisation, "Your organisation")];
        if let Some(start) = self.interview.facts_start() {
            let progress = self.interview.facts_progress();
            rows.push(Row::new(start, "What you have").note(state(progress, 0)));
        }
        for task in self.interview.tasks() {
            let label = format!("{} {}", task.number, task.area.title);
            rows.push(Row::new(task.start, label).note(state(task.progress, task.unknown)));
        }
        rows.push(Row::new(Place::Check, "Check your answers"));
        let current = self.interview.current().clone();
        let mut menu = Menu::new(rows, LIST_COMMANDS)
            .titled("Where do you want to go on?", "")
            .starting_at(Some(&current));
        let Some(place) = self.choose(&mut menu)? else { return Ok(false) };
        Ok(self.interview.jump(&place))
    }
}

/// How far an area has come, in words.
fn state(progress: Progress, unknown: usize) -> String {
    let Progress { done, of, .. } = progress;
    let words = match progress.stage() {
        Stage::NotStarted => format!("not started, {}", plural(of, "question", "questions")),
        Stage::Begun => format!("{done} of {of} done"),
        Stage::Done => "done".to_owned(),
    };
    if unknown == 0 { words } else { format!("{words}, {unknown} not known") }
}
