//! "Check your answers": everything in one list, to be changed or taken to the report.

use super::{Halt, LIST_COMMANDS, Menu, Press, Row, Wizard};
use crate::interview::{Checked, Place};
use crate::model::QuestionId;
use crate::text::plural;

/// What a line of the list leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Goal {
    Report,
    Place(Place),
    /// The first place that is still open.
    Open,
}

impl Wizard<'_> {
    /// Shows everything, and says whether the person wants the report.
    pub(super) fn check(&mut self) -> Result<bool, Halt> {
        let mut menu = self.list_of_answers();
        loop {
            match self.ask(&mut menu)? {
                Press::Chosen(Goal::Report) => return Ok(true),
                Press::Chosen(Goal::Open) => {
                    self.interview.resume();
                    return Ok(false);
                }
                Press::Chosen(Goal::Place(place)) => {
                    self.checked = Some(place.clone());
                    self.interview.jump(&place);
                    return Ok(false);
                }
                Press::Back => {
                    self.back()?;
                    return Ok(false);
                }
                Press::Command(_) => return Err(Halt::Stop),
                Press::Nothing => {}
            }
        }
    }

    fn list_of_answers(&self) -> Menu<Goal> {
        let open = self.interview.route().filter(|place| self.interview.is_open(place)).count();
        let mut rows = Vec::new();
        let help = if open == 0 {
            "Everything is answered. Choose a line to change it.".to_owned()
        } else {
            rows.push(Row::new(
                Goal::Open,
                format!("Go on with {}", plural(open, "open question", "open questions")),
            ));
            "Choose a line to change it.".to_owned()
        };
        rows.push(Row::new(Goal::Report, "Show the report"));
        let organisation = &self.interview.assessment().organisation;
        let words =
            format!("{}, {}, {}", organisation.name, organisation.kind.in_words(), organisation.country);
        rows.push(Row::new(Goal::Place(Place::Organisation), words).above("Your organisation"));
        let summary = self.interview.summary();
        rows.extend(group("What you have", &summary.facts, |line| line.ask.to_owned()));
        let questionnaire = self.interview.questionnaire();
        for area in &summary.areas {
            let title = format!("{} {}", area.number, area.area.title);
            rows.extend(group(&title, &area.answers, |line| match &line.place {
                Place::Question(id) => {
                    questionnaire.question(id.as_str()).map_or("", |found| &found.title).to_owned()
                }
                _ => line.ask.to_owned(),
            }));
        }
        let last = self.checked.clone().map(Goal::Place);
        Menu::new(rows, LIST_COMMANDS).titled("Check your answers", help).starting_at(last.as_ref())
    }

    /// The answer to a question in words; nothing when there is none.
    pub(super) fn words_of(&self, id: &QuestionId) -> Option<String> {
        let place = Place::Question(id.clone());
        let summary = self.interview.summary();
        summary.lines().find(|line| line.place == place).and_then(in_words)
    }
}

/// The lines of a group under its heading.
fn group<'a>(heading: &str, lines: &[Checked<'a>], title: impl Fn(&Checked<'a>) -> String) -> Vec<Row<Goal>> {
    let row = |(nth, line): (usize, &Checked<'a>)| {
        let answer = line.answer.as_deref().unwrap_or("not answered");
        let row = Row::new(
            Goal::Place(line.place.clone()),
            format!("{} {} {answer}", line.number, ended(&title(line))),
        );
        let row = if nth == 0 { row.above(heading) } else { row };
        let support = line.support.clone().filter(|support| support != "Claimed").unwrap_or_default();
        row.note(if line.carried { "carried over, waits to be confirmed".to_owned() } else { support })
    };
    lines.iter().enumerate().map(row).collect()
}

/// A title as it stands before an answer.
fn ended(title: &str) -> String {
    if title.ends_with('?') { title.to_owned() } else { format!("{title}:") }
}

/// An answer and its support, in words.
pub(super) fn in_words(line: &Checked) -> Option<String> {
    let answer = line.answer.clone()?;
    let support = line.support.as_ref().filter(|support| *support != "Claimed");
    Some(support.map_or(answer.clone(), |support| format!("{answer} ({support})")))
}
