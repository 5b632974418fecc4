use std::borrow::Cow;

/// The text with everything that could move a cursor, change colours, reorder or hide letters shown as an escape such
/// as `\u{1b}`. Line breaks and tabs become spaces. For text that came from a file and is shown on a terminal.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| hides(c) || matches!(c, '\n' | '\t' | '\r')) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\n' | '\t' => shown.push(' '),
            '\r' => {}
            c if hides(c) => shown.extend(c.escape_unicode()),
            c => shown.push(c),
        }
    }
    Cow::Owned(shown)
}

/// Whether a character steers, reorders or hides text: control characters but for line breaks and tabs, and the Unicode
/// format characters that do such things: bidirectional controls (UAX 9), zero-width characters, line and paragraph
/// separators, interlinear and tag characters. The zero-width joiner stays, because Indic scripts and emoji need it.
pub fn hides(c: char) -> bool {
    // Nearly every character is one of these, and whole reports are looked through.
    if matches!(c, ' '..='~') {
        return false;
    }
    (c.is_control() && !matches!(c, '\n' | '\t' | '\r'))
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200c}' | '\u{200e}' | '\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn harmless_text_is_untouched() {
        for text in ["", "Ynys Môn", "東京 👩‍💻", "cafe\u{301}"] {
            assert!(matches!(visible(text), Cow::Borrowed(same) if same == text));
        }
    }

    #[test]
    fn nothing_can_steer_a_terminal_or_reorder_text() {
        assert_eq!(visible("a\u{1b}]0;x\u{7}b"), "a\\u{1b}]0;x\\u{7}b");
        assert_eq!(visible("a\u{202e}b"), "a\\u{202e}b");
        assert_eq!(visible("a\u{9b}31mb"), "a\\u{9b}31mb");
        assert_eq!(visible("two\r\nlines\there"), "two lines here");
        assert_eq!(visible("\u{e0041}"), "\\u{e0041}");
    }
}
