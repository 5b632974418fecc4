//! The interview in a terminal.
//!
//! Questions and what was answered stay on the screen as a transcript; the rows to choose from stand below it and are
//! drawn anew with every key. Every accepted answer is saved before the next question is asked.
#![deny(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "files are touched through the store, and the terminal through a console that is handed in"
)]

mod areas;
mod check;
mod console;
mod details;
mod fact;
mod line;
mod menu;
mod organisation;
mod question;
mod save;
mod start;

use std::io;

pub use console::{Console, Frame, Key};
pub use start::{Offer, choose_questionnaire};

use crate::interview::{Interview, Mistake, Place, Progress};
use crate::model::Points;
use crate::render::screen::{SOFT, STRONG, Screen};
use crate::scoring::Scheme;
use crate::store::AnswersFile;
use crate::text::plural;
use menu::{Command, Menu, Press, Row};

/// How a session ended. Everything that was accepted is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The person wants to see the report.
    Report,
    /// The person stopped.
    Stopped,
}

/// A session of answering.
pub struct Wizard<'a> {
    console: &'a mut dyn Console,
    interview: Interview,
    file: AnswersFile,
    scheme: Option<Scheme>,
    /// What was last changed from "check your answers".
    checked: Option<Place>,
}

/// Why a step did not come to its end.
enum Halt {
    /// The person wants to stop.
    Stop,
    /// The terminal failed.
    Console(io::Error),
}

impl From<io::Error> for Halt {
    fn from(error: io::Error) -> Self {
        Self::Console(error)
    }
}

/// The keys wherever something is asked.
const COMMANDS: &[Command] =
    &[('?', "why"), ('d', "details"), ('s', "skip"), ('a', "areas"), ('q', "save and stop")];
/// The same without details.
const FACT_COMMANDS: &[Command] =
    &[('?', "what it changes"), ('s', "skip"), ('a', "areas"), ('q', "save and stop")];
/// The keys of lists of places.
const LIST_COMMANDS: &[Command] = &[('q', "save and stop")];

impl<'a> Wizard<'a> {
    /// A session that goes on where the interview is. With a scheme, the score so far is shown.
    pub fn new(
        console: &'a mut dyn Console,
        interview: Interview,
        file: AnswersFile,
        scheme: Option<Scheme>,
    ) -> Self {
        Self { console, interview, file, scheme, checked: None }
    }

    /// Asks until the person stops or wants the report.
    ///
    /// # Errors
    /// When the terminal fails. What was accepted is saved then too.
    pub fn run(&mut self) -> io::Result<Ended> {
        match self.conduct() {
            Ok(()) => Ok(Ended::Report),
            Err(Halt::Stop) => Ok(Ended::Stopped),
            Err(Halt::Console(error)) => Err(error),
        }
    }

    /// How far the questions have come.
    pub fn progress(&self) -> Progress {
        self.interview.progress()
    }

    /// Whether there is a file: it is made with the first save.
    pub fn has_file(&self) -> bool {
        !self.file.is_new()
    }

    fn conduct(&mut self) -> Result<(), Halt> {
        self.welcome()?;
        loop {
            match self.interview.current().clone() {
                Place::Organisation => self.organisation()?,
                Place::Fact(id) => self.fact(&id)?,
                Place::Question(id) => self.question(&id)?,
                Place::Check => {
                    if self.check()? {
                        return Ok(());
                    }
                }
            }
        }
    }

    fn welcome(&mut self) -> Result<(), Halt> {
        let mut screen = self.screen();
        let header = self.interview.questionnaire().header();
        let name = &self.interview.assessment().organisation.name;
        screen.blank();
        screen.ends(if name.is_empty() { "A new assessment" } else { name }, &header.title);
        let left = self.interview.minutes_left();
        let time = if left == 0 { String::new() } else { format!(" About {} left.", minutes(left)) };
        let words = format!("Every answer is saved at once; stop whenever you like.{time}");
        screen.paragraph(SOFT, 0, &words);
        let count = self.interview.route().filter(|place| self.interview.is_carried(place)).count();
        if count > 0 {
            let words = format!(
                "{} carried over from last time. Confirm each one, or change it. What is old or weighs most comes first.",
                plural(count, "answer is", "answers are")
            );
            screen.paragraph(SOFT, 0, &words);
        }
        self.show(screen)
    }

    fn screen(&self) -> Screen {
        Screen::new(self.console.look())
    }

    fn show(&mut self, screen: Screen) -> Result<(), Halt> {
        Ok(self.console.show(&screen.into_text())?)
    }

    /// The heading of a page: where it is, how far everything has come, and what is asked.
    fn page(&self, place: &str, progress: &str, ask: &str, help: Option<&str>) -> Screen {
        let mut screen = self.screen();
        screen.blank();
        place_and_progress(&mut screen, place, progress);
        if let Some(score) = self.score() {
            screen.paragraph(SOFT, 0, &score);
        }
        screen.paragraph(STRONG, 0, ask);
        if let Some(help) = help {
            screen.paragraph(SOFT, 2, help);
        }
        screen
    }

    /// The score so far, in words, when it is wanted.
    fn score(&self) -> Option<String> {
        let scores = self.scheme.as_ref()?.scores(self.interview.assessment());
        let number = |points: Option<Points>| points.map_or(0, Points::printed);
        let (worlds, headline) = (scores.score, scores.headline);
        Some(format!(
            "Score so far: {} of 100; proven {}, possible {}",
            number(headline),
            number(worlds.proven),
            number(worlds.possible)
        ))
    }

    /// Shows a menu until something is chosen or asked for.
    fn ask<T: Clone + PartialEq>(&mut self, menu: &mut Menu<T>) -> Result<Press<T>, Halt> {
        start::ask(self.console, menu)?.ok_or(Halt::Stop)
    }

    /// A choice without commands; nothing when the person goes back.
    fn choose<T: Clone + PartialEq>(&mut self, menu: &mut Menu<T>) -> Result<Option<T>, Halt> {
        loop {
            match self.ask(menu)? {
                Press::Chosen(value) => return Ok(Some(value)),
                Press::Back => return Ok(None),
                Press::Command('q') => return Err(Halt::Stop),
                Press::Command(_) | Press::Nothing => {}
            }
        }
    }

    /// Words that are typed, until nothing is wrong with them; nothing when the person goes back.
    fn enter(
        &mut self,
        title: &str,
        help: &str,
        text: &str,
        wrong: impl Fn(&Interview, &str) -> Vec<String>,
    ) -> Result<Option<String>, Halt> {
        let mut menu = Menu::new(vec![Row::prose((), text)], &[]).titled(title, help);
        while self.choose(&mut menu)?.is_some() {
            menu.mistakes = wrong(&self.interview, menu.typed());
            if menu.mistakes.is_empty() {
                return Ok(Some(menu.typed().to_owned()));
            }
        }
        Ok(None)
    }

    /// Leaves a line in the transcript.
    fn leave(&mut self, words: &str) -> Result<(), Halt> {
        let mut screen = self.screen();
        screen.hanging(STRONG, "  > ", 4, words);
        self.show(screen)
    }

    /// Leaves a remark in the transcript.
    fn remark(&mut self, words: &str) -> Result<(), Halt> {
        let mut screen = self.screen();
        screen.paragraph(SOFT, 2, words);
        self.show(screen)
    }
}

/// On one line, or on two where they do not fit.
fn place_and_progress(screen: &mut Screen, place: &str, progress: &str) {
    use unicode_width::UnicodeWidthStr as _;
    let room = screen.look().width.saturating_sub(place.width() + progress.width());
    if room >= 2 {
        screen.paragraph(SOFT, 0, &format!("{place}{}{progress}", " ".repeat(room)));
    } else {
        screen.paragraph(SOFT, 0, place);
        screen.paragraph(SOFT, 0, progress);
    }
}

/// Mistakes in the words that every front end uses.
fn in_words(mistakes: Option<Vec<Mistake>>) -> Vec<String> {
    mistakes.into_iter().flatten().map(|mistake| mistake.to_string()).collect()
}

fn minutes(count: usize) -> String {
    plural(count, "minute", "minutes")
}
