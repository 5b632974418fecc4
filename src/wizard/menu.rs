//! The one control of the wizard: rows to choose from, to tick, or to type into.

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr as _;

use super::line::Line;
use super::{Frame, Key};
use crate::render::screen::{Look, SOFT, STRONG, Screen};
use crate::text::visible;

/// The style of mistakes.
pub(super) const ERROR: Style = AnsiColor::Red.on_default().bold();
/// The column at which the words of a row begin.
const INDENT: usize = 4;
/// How many rows a page up or down goes.
const PAGE: usize = 10;

/// A key that does something in a menu, wherever nothing is typed.
pub(super) type Command = (char, &'static str);

/// What a person has done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Press<T> {
    /// Chosen a row.
    Chosen(T),
    /// Pressed the key of a command.
    Command(char),
    /// Pressed Enter before anything was chosen.
    Nothing,
    /// Wants to go back.
    Back,
}

/// How a row is used.
#[derive(Debug, Clone)]
enum Use {
    Choose,
    Tick(bool),
    /// Typed into; whether its text is prose, in which a question mark is one.
    Type(Line, bool),
}

/// One row.
#[derive(Debug, Clone)]
pub(super) struct Row<T> {
    value: T,
    usage: Use,
    label: String,
    note: String,
    above: String,
}

impl<T> Row<T> {
    /// A row to choose.
    pub(super) fn new(value: T, label: impl Into<String>) -> Self {
        Self { value, usage: Use::Choose, label: label.into(), note: String::new(), above: String::new() }
    }

    /// A box to tick.
    pub(super) fn to_tick(value: T, label: impl Into<String>, ticked: bool) -> Self {
        Self { usage: Use::Tick(ticked), ..Self::new(value, label) }
    }

    /// A number or a date to type.
    pub(super) fn to_type(value: T, label: impl Into<String>, text: &str) -> Self {
        Self { usage: Use::Type(Line::new(text), false), ..Self::new(value, label) }
    }

    /// Words to type.
    pub(super) fn prose(value: T, text: &str) -> Self {
        Self { usage: Use::Type(Line::new(text), true), ..Self::new(value, "") }
    }

    /// The same with a remark under it.
    #[must_use]
    pub(super) fn note(self, note: impl Into<String>) -> Self {
        Self { note: note.into(), ..self }
    }

    /// The same with a heading above it.
    #[must_use]
    pub(super) fn above(self, heading: impl Into<String>) -> Self {
        Self { above: heading.into(), ..self }
    }
}

/// Rows of which one is where the person is.
#[derive(Debug, Clone)]
pub(super) struct Menu<T> {
    /// What it is about; nothing when that stands above it.
    pub(super) title: String,
    /// More about it.
    pub(super) help: String,
    /// What was wrong with what was last tried.
    pub(super) mistakes: Vec<String>,
    rows: Vec<Row<T>>,
    /// The row where the person is; none before they have moved to one where nothing is proposed.
    at: Option<usize>,
    commands: &'static [Command],
}

impl<T: Clone + PartialEq> Menu<T> {
    /// A menu; its rows are never empty.
    pub(super) fn new(rows: Vec<Row<T>>, commands: &'static [Command]) -> Self {
        Self { title: String::new(), help: String::new(), mistakes: Vec::new(), rows, at: Some(0), commands }
    }

    /// The same with words above it.
    #[must_use]
    pub(super) fn titled(self, title: impl Into<String>, help: impl Into<String>) -> Self {
        Self { title: title.into(), help: help.into(), ..self }
    }

    /// The same, beginning at a row.
    #[must_use]
    pub(super) fn starting_at(self, value: Option<&T>) -> Self {
        let at = self.rows.iter().position(|row| Some(&row.value) == value);
        Self { at: at.or(self.at), ..self }
    }

    /// The same, beginning nowhere when its rows are only to be chosen from: so that nothing is taken for an answer
    /// that nobody chose.
    #[must_use]
    pub(super) fn starting_nowhere(self) -> Self {
        let only_choices = self.rows.iter().all(|row| matches!(row.usage, Use::Choose));
        Self { at: self.at.filter(|_| !only_choices), ..self }
    }

    /// The row where the person is.
    pub(super) fn at(&self) -> Option<T> {
        Some(self.rows.get(self.at?)?.value.clone())
    }

    /// Changes the remark under a row.
    pub(super) fn remark(&mut self, value: &T, note: &str) {
        if let Some(row) = self.rows.iter_mut().find(|row| row.value == *value) {
            note.clone_into(&mut row.note);
        }
    }

    /// What is typed into the row for it.
    pub(super) fn typed(&self) -> &str {
        self.rows.iter().find_map(|row| row.line()).map_or("", |(line, _)| line.text())
    }

    /// The rows that are ticked.
    pub(super) fn ticked(&self) -> impl Iterator<Item = &T> {
        self.rows.iter().filter(|row| matches!(row.usage, Use::Tick(true))).map(|row| &row.value)
    }

    /// The words of a row.
    pub(super) fn label(&self, value: &T) -> &str {
        self.rows.iter().find(|row| row.value == *value).map_or("", |row| &row.label)
    }

    /// Does what a key asks for, and says so when it is more than moving about.
    pub(super) fn press(&mut self, key: &Key) -> Option<Press<T>> {
        let last = self.rows.len() - 1;
        match key {
            Key::Enter => {
                self.mistakes.clear();
                return Some(self.at().map_or(Press::Nothing, Press::Chosen));
            }
            Key::Escape => return Some(Press::Back),
            Key::Up => self.at = Some(self.at.and_then(|at| at.checked_sub(1)).unwrap_or(last)),
            Key::Down => self.at = Some(self.at.map_or(0, |at| (at + 1) % (last + 1))),
            Key::PageUp => self.at = Some(self.at.map_or(0, |at| at.saturating_sub(PAGE))),
            Key::PageDown => self.at = Some(self.at.map_or(0, |at| at + PAGE).min(last)),
            Key::Char(c) => return self.letter(*c),
            key => self.edit(key),
        }
        None
    }

    fn letter(&mut self, c: char) -> Option<Press<T>> {
        let is_numbered = self.is_numbered();
        let to_type = self.rows.iter().position(|row| row.line().is_some());
        let digit = c.to_digit(10).and_then(|digit| usize::try_from(digit).ok());
        match (self.usage_mut(), digit) {
            (Some(Use::Type(line, prose)), _) if *prose || c != '?' => line.press(&Key::Char(c)),
            (Some(Use::Tick(ticked)), _) if c == ' ' => *ticked = !*ticked,
            (_, Some(_)) if to_type.is_some() => {
                self.at = to_type;
                self.edit(&Key::Char(c));
            }
            (_, Some(digit)) if is_numbered => {
                self.at = digit.checked_sub(1).filter(|nth| *nth < self.rows.len()).or(self.at);
            }
            _ => {
                let command = self.commands.iter().find(|(key, _)| *key == c.to_ascii_lowercase());
                return command.map(|(key, _)| Press::Command(*key));
            }
        }
        None
    }

    /// Hands a key to the row for typing, or moves to the first or last row.
    fn edit(&mut self, key: &Key) {
        match (self.usage_mut(), key) {
            (Some(Use::Type(line, _)), key) => line.press(key),
            (_, Key::Home) => self.at = Some(0),
            (_, Key::End) => self.at = Some(self.rows.len() - 1),
            _ => {}
        }
    }

    fn usage_mut(&mut self) -> Option<&mut Use> {
        self.rows.get_mut(self.at?).map(|row| &mut row.usage)
    }

    fn usage(&self) -> Option<&Use> {
        self.rows.get(self.at?).map(|row| &row.usage)
    }

    /// Whether its rows can be found by number.
    fn is_numbered(&self) -> bool {
        self.rows.len() <= 9 && self.rows.iter().all(|row| matches!(row.usage, Use::Choose))
    }

    /// The keys that do something where the person is.
    fn footer(&self) -> String {
        let mut keys = match self.usage() {
            Some(Use::Type(_, true)) => return "Enter accepts, Esc goes back".to_owned(),
            Some(Use::Type(_, false)) if self.rows.len() > 1 => {
                vec!["Enter accepts".to_owned(), "arrow down for other answers and keys".to_owned()]
            }
            Some(Use::Type(_, false)) => vec!["Enter accepts".to_owned()],
            Some(Use::Tick(_)) => vec!["Space ticks, Enter accepts what is ticked".to_owned()],
            Some(Use::Choose) | None => vec!["Arrows and Enter".to_owned()],
        };
        keys.push("Esc back".to_owned());
        let typing = matches!(self.usage(), Some(Use::Type(..)));
        let commands = self.commands.iter().filter(|(key, _)| !typing || *key == '?');
        keys.extend(commands.map(|(key, words)| format!("{key} {words}")));
        keys.join(", ")
    }

    /// How it looks on a screen of so many lines.
    pub(super) fn frame(&self, look: Look, height: usize) -> Frame {
        let mut above = Screen::new(look);
        if !self.title.is_empty() {
            above.heading(&self.title);
        }
        if !self.help.is_empty() {
            above.paragraph(SOFT, 2, &self.help);
        }
        above.blank();
        for mistake in &self.mistakes {
            above.hanging(ERROR, "  ! ", INDENT, mistake);
        }
        let mut below = Screen::new(look);
        below.blank();
        below.paragraph(SOFT, 2, &self.footer());
        let (above, below) = (lines(above), lines(below));
        let (rows, cursor) = self.rows_in(look);
        let room = height.saturating_sub(above.len() + below.len() + 1).max(3);
        let (rows, line) = clipped(rows, cursor.0, room);
        let cursor = (above.len() + line, cursor.1);
        Frame { lines: [above, rows, below].concat(), cursor }
    }

    /// All rows as lines, and the line and column of the cursor.
    fn rows_in(&self, look: Look) -> (Vec<String>, (usize, usize)) {
        let mut all = Vec::new();
        let mut cursor = (0, 0);
        let numbered = self.is_numbered();
        for (nth, row) in self.rows.iter().enumerate() {
            if !row.above.is_empty() {
                let mut heading = Screen::new(look);
                heading.paragraph(SOFT, 2, &row.above);
                all.extend(lines(heading));
            }
            let here = Some(nth) == self.at;
            let number = if numbered { format!("{} ", nth + 1) } else { String::new() };
            let (text, caret) = row.lines(here, &number, look);
            if here {
                cursor = (all.len() + caret.0, caret.1);
            }
            all.extend(text);
        }
        (all, cursor)
    }
}

impl<T> Row<T> {
    fn line(&self) -> Option<(&Line, bool)> {
        match &self.usage {
            Use::Type(line, prose) => Some((line, *prose)),
            Use::Choose | Use::Tick(_) => None,
        }
    }

    /// The row as lines, with the line and column of the cursor in it.
    fn lines(&self, here: bool, number: &str, look: Look) -> (Vec<String>, (usize, usize)) {
        let style = if here { STRONG } else { Style::new() };
        let pointer = if here { "> " } else { "  " };
        let tick = match self.usage {
            Use::Tick(true) => "[x] ",
            Use::Tick(false) => "[ ] ",
            Use::Choose | Use::Type(..) => "",
        };
        let mark = format!("  {pointer}{number}{tick}");
        let mut screen = Screen::new(look);
        let mut cursor = (0, 2);
        if let Some((line, _)) = self.line() {
            let lead = if self.label.is_empty() { mark.clone() } else { format!("{mark}{}: ", self.label) };
            cursor = typed(&mut screen, &lead, style, line);
        } else if !self.fits_with_note(&mut screen, &mark, style) {
            screen.hanging(style, &mark, mark.len(), &self.label);
            if !self.note.is_empty() {
                screen.paragraph(SOFT, mark.len(), &self.note);
            }
        }
        (lines(screen), cursor)
    }

    /// Writes the row and its remark on one line, where both fit.
    fn fits_with_note(&self, screen: &mut Screen, mark: &str, style: Style) -> bool {
        let label = screen.ascii(&visible(&self.label));
        let note = screen.ascii(&format!(" ({})", visible(&self.note)));
        let fits = !self.note.is_empty() && mark.len() + label.width() + note.width() <= screen.look().width;
        if fits {
            screen.line(&format!("{mark}{style}{label}{style:#}"), SOFT, &note);
        }
        fits
    }
}

/// Writes a line that is being typed, and says where its caret is.
fn typed(screen: &mut Screen, lead: &str, style: Style, line: &Line) -> (usize, usize) {
    let lead = screen.ascii(lead);
    let indent = lead.width();
    let (parts, caret) = line.shown(screen.look().width.saturating_sub(indent + 1).max(10), screen);
    for (nth, part) in parts.iter().enumerate() {
        let lead = if nth == 0 { lead.clone() } else { " ".repeat(indent) };
        screen.line(&lead, style, part);
    }
    (caret.0, indent + caret.1)
}

fn lines(screen: Screen) -> Vec<String> {
    screen.into_text().lines().map(str::to_owned).collect()
}

/// The part of the lines around one of them that fits, and where that one is then.
fn clipped(mut lines: Vec<String>, at: usize, room: usize) -> (Vec<String>, usize) {
    if lines.len() <= room {
        return (lines, at);
    }
    let start = at.saturating_sub(room / 2).min(lines.len() - room);
    let more_below = start + room < lines.len();
    lines = lines.into_iter().skip(start).take(room).collect();
    let more = |words| format!("{SOFT}  ({words}){SOFT:#}");
    if let Some(first) = lines.first_mut().filter(|_| start > 0) {
        *first = more("more above");
    }
    if let Some(last) = lines.last_mut().filter(|_| more_below) {
        *last = more("more below");
    }
    (lines, at - start)
}
