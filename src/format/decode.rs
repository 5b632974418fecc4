//! Bytes as text, within limits.

use crate::problem::{Code, Problem, Problems, Source};

/// The largest file that is read, in bytes.
pub const LARGEST: usize = 1024 * 1024;

/// Bytes of a file as text.
///
/// # Errors
/// When the file is too large, empty, or not text.
pub fn decode(name: &str, bytes: Vec<u8>) -> Result<Source, Problems> {
    if bytes.len() > LARGEST {
        let message = format!("the file has {} bytes, more than 1 MiB", bytes.len());
        let problem = Problem::new(Code::TooLarge, 0..0, message).help("check that it is the right file");
        return Err(Problems::of(&Source::new(name, ""), vec![problem]));
    }
    let text = String::from_utf8(bytes).map_err(|error| not_utf8(name, &error))?;
    let problem = if let Some(nul) = text.find('\0') {
        let message = "found a NUL byte, expected text";
        Problem::new(Code::NulByte, nul..nul + 1, message).help("save the file as UTF-8 text, not as UTF-16")
    } else if text.trim_start_matches('\u{feff}').trim().is_empty() {
        let help = "`safeseat new FILE` writes an answers file to start from";
        Problem::new(Code::EmptyFile, 0..0, "the file is empty").help(help)
    } else {
        return Ok(Source::new(name, text));
    };
    Err(Problems::of(&Source::new(name, text), vec![problem]))
}

/// The text is shown with a replacement character in place of what is not UTF-8.
fn not_utf8(name: &str, error: &std::string::FromUtf8Error) -> Problems {
    let at = error.utf8_error().valid_up_to();
    let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
    let end = at + text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    let byte = error.as_bytes().get(at).copied().unwrap_or_default();
    let problem = Problem::new(Code::NotUtf8, at..end, format!("the byte 0x{byte:02x} is not UTF-8 text"));
    Problems::of(&Source::new(name, text), vec![problem.help("save the file as UTF-8 text")])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(bytes: impl Into<Vec<u8>>) -> Option<(Code, usize)> {
        let problems = decode("x", bytes.into()).err()?;
        problems.iter().next().map(|problem| (problem.code, problem.place.start))
    }

    #[test]
    fn only_text_of_a_sensible_size_is_read() {
        assert_eq!(code("\u{feff}a = 1\r\n"), None);
        assert_eq!(code(" \n".repeat(LARGEST / 2)), Some((Code::EmptyFile, 0)));
        assert_eq!(code("a".repeat(LARGEST + 1)), Some((Code::TooLarge, 0)));
        assert_eq!(code("a = 1\nb = \"\0\"\n"), Some((Code::NulByte, 11)));
        assert_eq!(code(b"a = 1\nb = \"\xe9\"\n"), Some((Code::NotUtf8, 11)));
        assert_eq!(code("\u{feff}"), Some((Code::EmptyFile, 0)));
    }
}
