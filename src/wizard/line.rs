//! A line of text that a person types.

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

use super::Key;
use crate::render::screen::Screen;
use crate::text::visible;

/// A line of text with a caret. Where letters are made of several characters, it steps over all of them at once.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    text: String,
    /// The place of the caret, in bytes.
    caret: usize,
}

impl Line {
    /// A line with text, and the caret at its end. Line breaks become spaces.
    pub(super) fn new(text: &str) -> Self {
        let mut line = Self::default();
        line.insert(text);
        line
    }

    /// What stands in it.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Does what a key asks for.
    pub(super) fn press(&mut self, key: &Key) {
        match key {
            Key::Char(c) => self.insert(c.encode_utf8(&mut [0; 4])),
            Key::Paste(text) => self.insert(text),
            Key::Left => self.caret = self.letter_before(),
            Key::Right => self.caret = self.letter_after(),
            Key::Home => self.caret = 0,
            Key::End => self.caret = self.text.len(),
            Key::Backspace => self.erase_from(self.letter_before()),
            Key::EraseWord => self.erase_from(self.word_before()),
            Key::EraseLine => *self = Self::default(),
            Key::Delete => {
                let end = self.letter_after();
                self.text.replace_range(self.caret..end, "");
            }
            _ => {}
        }
    }

    fn insert(&mut self, text: &str) {
        let text: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
        self.text.insert_str(self.caret, &text);
        self.caret += text.len();
    }

    fn erase_from(&mut self, start: usize) {
        self.text.replace_range(start..self.caret, "");
        self.caret = start;
    }

    fn parts(&self) -> (&str, &str) {
        self.text.split_at_checked(self.caret).unwrap_or((&self.text, ""))
    }

    fn letter_before(&self) -> usize {
        self.caret - self.parts().0.graphemes(true).next_back().map_or(0, str::len)
    }

    fn letter_after(&self) -> usize {
        self.caret + self.parts().1.graphemes(true).next().map_or(0, str::len)
    }

    fn word_before(&self) -> usize {
        self.parts().0.trim_end().rfind(' ').map_or(0, |space| space + 1)
    }

    /// The line as it is shown in so many columns, over as many lines as it needs, and the line and column of the caret.
    pub(super) fn shown(&self, width: usize, screen: &Screen) -> (Vec<String>, (usize, usize)) {
        let mut lines = vec![String::new()];
        let mut column = 0;
        let mut caret = (0, 0);
        // The space behind the text is where the caret stands at the end.
        let letters = self.text.grapheme_indices(true).chain([(self.text.len(), " ")]);
        for (at, letter) in letters {
            let letter = screen.ascii(&visible(letter));
            let needs = letter.width();
            if column + needs > width && column > 0 {
                lines.push(String::new());
                column = 0;
            }
            if at == self.caret {
                caret = (lines.len() - 1, column);
            }
            if let Some(line) = lines.last_mut() {
                line.push_str(&letter);
            }
            column += needs;
        }
        (lines, caret)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::screen::Look;

    fn shown(line: &Line, width: usize, unicode: bool) -> (Vec<String>, (usize, usize)) {
        line.shown(width, &Screen::new(Look::new(80, unicode)))
    }

    #[test]
    fn letters_are_inserted_and_erased_as_people_see_them() {
        let mut line = Line::new("cafe\u{301}s");
        for key in [Key::Left, Key::Backspace, Key::Char('é')] {
            line.press(&key);
        }
        assert_eq!(line.text(), "cafés");
        for key in [Key::End, Key::Char(' '), Key::Paste("one\r\ntwo".to_owned()), Key::EraseWord] {
            line.press(&key);
        }
        assert_eq!(line.text(), "cafés one  ");
        for key in [Key::Home, Key::Delete, Key::Right, Key::Right, Key::Right, Key::Right, Key::Delete] {
            line.press(&key);
        }
        assert_eq!(line.text(), "afésone  ");
        line.press(&Key::EraseLine);
        assert_eq!(line.text(), "");
        for key in [Key::Backspace, Key::Delete, Key::Left, Key::Right, Key::EraseWord] {
            line.press(&key);
        }
        assert_eq!(line.text(), "");
    }

    #[test]
    fn a_long_line_is_broken_and_the_caret_stays_in_it() {
        let (lines, caret) = shown(&Line::new("abcdefgh"), 4, true);
        assert_eq!((lines, caret), (vec!["abcd".to_owned(), "efgh".into(), " ".into()], (2, 0)));
        let mut line = Line::new("東京都");
        line.press(&Key::Left);
        assert_eq!(shown(&line, 5, true), (vec!["東京".to_owned(), "都 ".into()], (1, 0)));
        assert_eq!(shown(&Line::new("é"), 5, false).0, ["? "]);
    }

    #[test]
    fn what_is_typed_or_was_written_cannot_steer_the_terminal() {
        let (lines, _) = shown(&Line::new("a\u{1b}[2J\u{202e}b"), 40, true);
        assert_eq!(lines, ["a\\u{1b}[2J\\u{202e}b "]);
    }
}
