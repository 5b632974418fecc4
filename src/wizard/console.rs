//! What the wizard needs of a terminal: whoever prints hands it in.

use std::io;

use crate::render::screen::Look;

/// A key, or something else that happens at a terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Key {
    Char(char),
    Enter,
    Escape,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    /// Delete the letter before the caret.
    Backspace,
    /// Delete the letter after the caret.
    Delete,
    /// Delete the word before the caret: Ctrl-W.
    EraseWord,
    /// Delete the whole line: Ctrl-U.
    EraseLine,
    /// Text from the clipboard.
    Paste(String),
    /// The person wants to end: Ctrl-C.
    Interrupt,
    /// The window has another size.
    Resized,
}

/// What stands at the end of the screen until something else takes its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// Its lines. They may hold styles, and nothing else that a terminal obeys.
    pub lines: Vec<String>,
    /// The line and the column of the cursor, counted from 0.
    pub cursor: (usize, usize),
}

/// A terminal that shows text and reads keys.
pub trait Console {
    /// What it can show now: a window may change its size.
    fn look(&self) -> Look;

    /// How many lines it shows now.
    fn height(&self) -> usize;

    /// Shows text that stays, where the last frame stood.
    ///
    /// # Errors
    /// When the system refuses.
    fn show(&mut self, text: &str) -> io::Result<()>;

    /// Shows a frame in the place of the last one.
    ///
    /// # Errors
    /// When the system refuses.
    fn draw(&mut self, frame: Frame) -> io::Result<()>;

    /// Waits for a key.
    ///
    /// # Errors
    /// When the system refuses, or the terminal is gone.
    fn key(&mut self) -> io::Result<Key>;
}
