//! Before there is a file: which questionnaire.

use std::io;

use super::menu::{Menu, Press, Row};
use super::{Console, Key};
use crate::text::plural;

/// A questionnaire that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Its title.
    pub title: String,
    /// How many questions it has.
    pub questions: usize,
    /// How many minutes it takes.
    pub minutes: u16,
}

/// Lets the person choose a questionnaire by its place in the list; nothing when they stop.
///
/// # Errors
/// When the terminal fails.
pub fn choose_questionnaire(console: &mut dyn Console, offers: &[Offer]) -> io::Result<Option<usize>> {
    let rows = offers.iter().enumerate().map(|(nth, offer)| {
        let questions = plural(offer.questions, "question", "questions");
        let minutes = plural(offer.minutes.into(), "minute", "minutes");
        Row::new(nth, &offer.title).note(format!("{questions}, about {minutes}"))
    });
    let mut menu = Menu::new(rows.collect(), &[])
        .titled("Which questions do you want to answer?", "You can go on with another one later.");
    match ask(console, &mut menu)? {
        Some(Press::Chosen(nth)) => Ok(Some(nth)),
        Some(Press::Back | Press::Nothing | Press::Command(_)) | None => Ok(None),
    }
}

/// Shows a menu until something is chosen or asked for; nothing when the person wants to stop.
pub(super) fn ask<T: Clone + PartialEq>(
    console: &mut dyn Console,
    menu: &mut Menu<T>,
) -> io::Result<Option<Press<T>>> {
    loop {
        console.draw(menu.frame(console.look(), console.height()))?;
        match console.key()? {
            Key::Interrupt => return Ok(None),
            key => {
                if let Some(press) = menu.press(&key) {
                    return Ok(Some(press));
                }
            }
        }
    }
}
