//! The terminal as the wizard needs it: keys one by one, and a frame that is drawn anew with every key.

use std::io::{self, Write as _};

use crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use crossterm::{cursor, queue, terminal};
use unicode_width::UnicodeWidthStr as _;

use super::terminal::Terminal;
use crate::render::screen::Look;
use crate::wizard::{Console, Frame, Key};

/// A terminal whose keys are read one by one. When it is dropped, the terminal is as it was.
#[derive(Debug)]
pub struct Keyboard {
    colours: bool,
    unicode: bool,
    /// The frame that stands on the screen.
    frame: Option<Frame>,
}

impl Keyboard {
    /// Takes the terminal over.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn open(terminal: Terminal) -> io::Result<Self> {
        terminal::enable_raw_mode()?;
        let keyboard =
            Self { colours: terminal.has_colours(), unicode: terminal.look().unicode, frame: None };
        crossterm::execute!(io::stdout(), event::EnableBracketedPaste)?;
        Ok(keyboard)
    }

    /// Takes the frame off the screen: the cursor is where it began.
    fn erase(&mut self, out: &mut impl io::Write) -> io::Result<()> {
        let Some(frame) = self.frame.take() else { return Ok(()) };
        let (columns, _) = size();
        let rows = |text: &str| bare(text).width().saturating_sub(1) / columns + 1;
        // In a window that has become narrower, a line of the frame takes up more than one row.
        let above: usize = frame.lines.iter().take(frame.cursor.0).map(|line| rows(line)).sum();
        queue!(out, cursor::MoveToColumn(0))?;
        match u16::try_from(above + frame.cursor.1 / columns) {
            Ok(0) | Err(_) => {}
            Ok(up) => queue!(out, cursor::MoveUp(up))?,
        }
        queue!(out, terminal::Clear(terminal::ClearType::FromCursorDown))
    }

    /// Writes text. Lines begin at the left only when they are told to.
    fn write(&self, out: &mut impl io::Write, text: &str) -> io::Result<()> {
        let text = text.replace('\n', "\r\n");
        if self.colours { out.write_all(text.as_bytes()) } else { out.write_all(bare(&text).as_bytes()) }
    }
}

impl Console for Keyboard {
    fn look(&self) -> Look {
        Look::new(size().0, self.unicode)
    }

    fn height(&self) -> usize {
        size().1
    }

    fn show(&mut self, text: &str) -> io::Result<()> {
        let mut out = io::stdout().lock();
        self.erase(&mut out)?;
        self.write(&mut out, text)?;
        out.flush()
    }

    fn draw(&mut self, frame: Frame) -> io::Result<()> {
        let mut out = io::stdout().lock();
        self.erase(&mut out)?;
        self.write(&mut out, &frame.lines.join("\n"))?;
        let up = frame.lines.len().saturating_sub(frame.cursor.0 + 1);
        if let Ok(up @ 1..) = u16::try_from(up) {
            queue!(out, cursor::MoveUp(up))?;
        }
        queue!(out, cursor::MoveToColumn(u16::try_from(frame.cursor.1).unwrap_or_default()))?;
        self.frame = Some(frame);
        out.flush()
    }

    fn key(&mut self) -> io::Result<Key> {
        loop {
            let key = match event::read()? {
                Event::Key(key) if key.kind != KeyEventKind::Release => key_of(key),
                Event::Paste(text) => Some(Key::Paste(text)),
                Event::Resize(..) => Some(Key::Resized),
                _ => None,
            };
            if let Some(key) = key {
                return Ok(key);
            }
        }
    }
}

impl Drop for Keyboard {
    fn drop(&mut self) {
        let mut out = io::stdout().lock();
        // Nothing can be done when the terminal is gone.
        let _ = self.erase(&mut out);
        let _ = crossterm::execute!(out, event::DisableBracketedPaste);
        let _ = terminal::disable_raw_mode();
    }
}

fn key_of(key: KeyEvent) -> Option<Key> {
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    Some(match key.code {
        KeyCode::Char('c' | 'd') if control => Key::Interrupt,
        KeyCode::Char('u') if control => Key::EraseLine,
        KeyCode::Char('w') if control => Key::EraseWord,
        KeyCode::Char('p') if control => Key::Up,
        KeyCode::Char('n') if control => Key::Down,
        KeyCode::Char('j' | 'm') if control => Key::Enter,
        KeyCode::Char(c) if !control => Key::Char(c),
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Escape,
        KeyCode::Up | KeyCode::BackTab => Key::Up,
        KeyCode::Down | KeyCode::Tab => Key::Down,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Delete => Key::Delete,
        _ => return None,
    })
}

/// Columns and rows.
fn size() -> (usize, usize) {
    let (columns, rows) = terminal::size().unwrap_or((80, 24));
    (usize::from(columns).max(1), usize::from(rows))
}

/// Text without styles.
fn bare(text: &str) -> String {
    anstream::adapter::strip_str(text).to_string()
}
