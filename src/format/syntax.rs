//! What is said about a file that is not TOML. The file is looked at table by table, so that a mistake in one question
//! does not hide those in the others: lines that cannot be read are blanked out, and the rest is read as usual.

use toml::de::{DeTable, Error};

use super::read::{MOST_PROBLEMS, Span, quoted};
use crate::problem::{Code, Problem};

/// A text without the lines that are not TOML. Everything else stands where it stood.
pub(super) struct Mended {
    pub(super) text: String,
    /// One for each mistake.
    pub(super) problems: Vec<Problem>,
    /// The tables that have mistakes: nothing else is said about them.
    pub(super) damaged: Vec<Span>,
    /// Whether a whole table had to be blanked out, so that names may be missing that the person has written.
    pub(super) lost: bool,
}

impl Mended {
    pub(super) fn new(text: &str) -> Self {
        let unread = text.to_owned();
        let mut mended = Self { text: unread, problems: Vec::new(), damaged: Vec::new(), lost: false };
        let blocks = blocks(text);
        for block in &blocks {
            mended.mend(text, block);
            if mended.problems.len() > MOST_PROBLEMS {
                mended.give_up(block.end);
                return mended;
            }
        }
        mended.drop_repeated_tables(text, &blocks);
        mended
    }

    /// Looks no further.
    fn give_up(&mut self, from: usize) {
        let rest = from..self.text.len();
        self.blank(&rest);
        self.damaged.push(rest);
        self.lost = true;
    }

    /// Blanks out the lines of a block that are not TOML, or all of it when that is not enough. The parser stops at some
    /// mistakes, so it is asked again until it finds no more.
    fn mend(&mut self, text: &str, block: &Span) {
        const MOST_ROUNDS: usize = 20;
        let mut headless = false;
        for _ in 0..MOST_ROUNDS {
            let (errors, confused) = telling(&self.text[block.clone()]);
            if errors.is_empty() {
                return;
            }
            if self.damaged.last() != Some(block) {
                self.damaged.push(block.clone());
            }
            for error in &errors {
                let span = error.span().unwrap_or_default();
                let span = block.start + span.start..block.start + span.end;
                self.problems.push(problem(error.message(), span.clone(), block.start, text));
                let line = lines_of(&text[..block.end], &span);
                headless |= line.start == block.start && text[line.clone()].starts_with('[');
                self.lost |= text[line.clone()].trim_start().starts_with("id");
                self.blank(&line);
            }
            if confused || headless {
                break;
            }
        }
        self.blank(block);
        self.lost = true;
    }

    /// Tables that stand twice show only when the whole text is read. The first one counts.
    fn drop_repeated_tables(&mut self, text: &str, blocks: &[Span]) {
        const MOST_ROUNDS: usize = 4;
        for _ in 0..MOST_ROUNDS {
            let errors = DeTable::parse_recoverable(&self.text).1;
            if errors.is_empty() {
                return;
            }
            for error in &errors {
                let span = error.span().unwrap_or_default();
                let after = blocks.partition_point(|block| block.start <= span.start);
                let Some(block) = after.checked_sub(1).and_then(|i| blocks.get(i)) else { continue };
                if self.problems.len() > MOST_PROBLEMS {
                    return self.give_up(block.start);
                }
                if !self.damaged.contains(block) {
                    self.problems.push(problem(error.message(), span, 0, text));
                    self.damaged.push(block.clone());
                }
                self.blank(block);
                self.lost = true;
            }
        }
        self.give_up(0);
    }

    fn blank(&mut self, span: &Span) {
        let blanked: String =
            self.text[span.clone()].bytes().map(|b| if b == b'\n' { '\n' } else { ' ' }).collect();
        self.text.replace_range(span.clone(), &blanked);
    }
}

/// The text cut before every line that begins like the header of a table.
fn blocks(text: &str) -> Vec<Span> {
    let mut starts = vec![0];
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let name = line.strip_prefix("[[").or_else(|| line.strip_prefix('['));
        if at > 0 && name.is_some_and(|name| name.starts_with(|c: char| c.is_ascii_alphabetic())) {
            starts.push(at);
        }
        at += line.len();
    }
    let ends = starts.iter().copied().skip(1).chain([text.len()]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

/// The whole lines that a place touches, without their last line break.
fn lines_of(text: &str, span: &Span) -> Span {
    let start = text[..span.start].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[span.end..].find('\n').map_or(text.len(), |length| span.end + length);
    start..end
}

/// The errors in order, at most one for each line, without those that only follow from a list or a text that is not
/// closed; and whether there is such a one.
fn telling(block: &str) -> (Vec<Error>, bool) {
    const CONFUSING: [&str; 6] = [
        "missing comma",
        "missing key for inline table",
        "unclosed array, ",
        "unclosed inline table",
        "unexpected `=`",
        "invalid multi-line",
    ];
    let mut errors = DeTable::parse_recoverable(block).1;
    errors.sort_by_key(|error| error.span().map_or(0, |span| span.start));
    errors.truncate(2 * MOST_PROBLEMS);
    // The last one of a line tells most: `a header that is not closed` rather than `an unexpected letter`.
    errors.reverse();
    errors.dedup_by_key(|error| lines_of(block, &error.span().unwrap_or_default()));
    errors.reverse();
    let confusing = |error: &Error| CONFUSING.iter().any(|start| error.message().starts_with(start));
    let confused = errors.iter().take(MOST_PROBLEMS).position(confusing).or(Some(MOST_PROBLEMS));
    let confused = confused.filter(|last| *last < errors.len());
    errors.truncate(confused.map_or(errors.len(), |last| last + 1));
    (errors, confused.is_some())
}

/// A mistake in plain words. `block` is where its table begins.
fn problem(message: &str, span: Span, block: usize, text: &str) -> Problem {
    let found = &text[span.clone()];
    let short = message.split(',').next().unwrap_or(message);
    if let Some((message, help)) = plain(short, found.is_empty()) {
        return Problem::new(Code::NotToml, span, message).help(help);
    }
    let before = text[..span.start].trim_end().len();
    match short {
        "string values must be quoted" => unquoted(found, span),
        "key with no value" => {
            let message = "neither `key = value` nor the [header] of a table";
            let problem = Problem::new(Code::NotToml, lines_of(text, &span), message);
            problem.help("write `=` between a key and its value, and `#` before a remark")
        }
        "duplicate key" => repeated(span, block, text),
        "cannot recurse further; max recursion depth met" | "recursion limit" => {
            let problem = Problem::new(Code::TooDeep, span, "values are nested too deeply");
            problem.help("no file of ours nests more than a few levels")
        }
        "invalid date" | "invalid time" | "invalid date-time" => {
            let at = token(text, &span);
            let message = format!("{} is not a date", quoted(&text[at.clone()]));
            let problem = Problem::new(Code::BadDate, at, message);
            problem.help("write the year, the month and the day, such as 2026-11-23")
        }
        "invalid multi-line basic string" | "invalid multi-line literal string" => {
            let quotes = ['"', '\''];
            let end = text[block..span.start].rfind(quotes).map_or(span.start, |quote| block + quote + 1);
            let start = text[..end].trim_end_matches(quotes).len();
            let at = start.max(end.saturating_sub(3))..end;
            let problem = Problem::new(Code::NotToml, at, "a text of several lines that is not closed");
            problem.help("put three quotation marks at its end")
        }
        "missing comma between array elements" | "unclosed array" => {
            let problem = Problem::new(Code::NotToml, before..before, "a list that is not closed");
            problem.help("put commas between its members, and `]` at its end")
        }
        "missing comma between key-value pairs" | "unclosed inline table" => {
            let problem = Problem::new(Code::NotToml, before..before, "a table that is not closed");
            problem.help("put commas between its keys, and `}` at its end")
        }
        "unexpected leading zero" => {
            let at = token(text, &span);
            let meant = text[at.clone()].trim_start_matches('0').to_owned();
            Problem::new(Code::NotToml, at, "a number with a zero in front").suggest(Some(meant))
        }
        number if NUMBERS.iter().any(|start| number.starts_with(start)) => {
            let at = token(text, &span);
            let written = &text[at.clone()];
            let problem = Problem::new(Code::NotToml, at, format!("{} is not a number", quoted(written)));
            problem.help("put text between quotation marks").suggest(Some(format!("\"{written}\"")))
        }
        _ => Problem::new(Code::NotToml, span, message.replace('`', "'")),
    }
}

/// Mistakes of which there is nothing more to say than what they are and what to do.
fn plain(message: &str, at_nothing: bool) -> Option<(&'static str, &'static str)> {
    Some(match message {
        "string values must be quoted" if at_nothing => {
            ("no value after `=`", "write a value, or remove the line")
        }
        "invalid basic string" | "invalid literal string" if at_nothing => {
            ("a text that is not closed", "put a quotation mark at its end, on the same line")
        }
        "invalid basic string" | "invalid literal string" | "invalid comment character" => {
            ("an invisible character that TOML does not allow", "remove it")
        }
        "missing escaped value" => (
            "an unknown escape after `\\`",
            "write two backslashes for one, or put the text between single quotes",
        ),
        "unclosed table" | "unclosed array table" => {
            ("a header that is not closed", "close it with as many `]` as it has `[`")
        }
        _ => return None,
    })
}

/// How messages about numbers begin.
const NUMBERS: [&str; 10] = [
    "invalid float",
    "invalid integer",
    "invalid hexadecimal",
    "invalid octal",
    "invalid binary",
    "invalid mantissa",
    "invalid fraction",
    "invalid exponent",
    "unexpected sign",
    "redundant",
];

/// The whole word around a place.
fn token(text: &str, span: &Span) -> Span {
    let ends = |c: char| c.is_whitespace() || ",=[]{}#\"'".contains(c);
    let start = text[..span.start].rmatch_indices(ends).next().map_or(0, |(at, end)| at + end.len());
    let end = text[span.end..].find(ends).map_or(text.len(), |length| span.end + length);
    start..end
}

fn unquoted(found: &str, span: Span) -> Problem {
    let bare = found.trim_matches(['“', '”', '„', '‘', '’', '«', '»', '"', '\'']);
    let message = format!("the text {} without quotation marks", quoted(bare));
    let problem =
        Problem::new(Code::NotToml, span, message).help("put text between \"straight\" quotation marks");
    let plain = !bare.is_empty() && !bare.contains(['"', '\\']);
    problem.suggest(plain.then(|| format!("\"{bare}\"")))
}

/// A key or a header that stands twice, with the place of the first one when it is plain to see.
fn repeated(span: Span, block: usize, text: &str) -> Problem {
    let key = &text[span.clone()];
    let line = &text[lines_of(text, &span)];
    let is_header = line.starts_with('[');
    let same = |other: &str| {
        if is_header {
            other.trim_end() == line.trim_end()
        } else {
            other.trim_start().strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('='))
        }
    };
    let what = if is_header { "table" } else { "key" };
    let problem =
        Problem::new(Code::DuplicateKey, span.clone(), format!("the {what} {} stands twice", quoted(key)));
    let problem = problem.help("keep one of them");
    let mut at = block;
    for other in text[block..].split_inclusive('\n') {
        if at + other.len() > span.start {
            break;
        }
        if same(other) {
            return problem.label(at..at + other.trim_end().len(), "first here");
        }
        at += other.len();
    }
    problem
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(text: &str) -> (String, Vec<(Code, &str)>) {
        let mended = Mended::new(text);
        assert_eq!(mended.text.len(), text.len());
        let seen = mended.problems.iter().map(|p| (p.code, &text[p.place.start..p.place.end])).collect();
        (mended.text, seen)
    }

    #[test]
    fn only_the_lines_with_mistakes_are_lost() {
        let (text, seen) = mended("a = 1\nb 2\nc = x y\n[d]\ne = \"open\n[f]\ng = 7\n");
        assert_eq!(text, "a = 1\n   \n       \n[d]\n         \n[f]\ng = 7\n");
        assert_eq!(seen, [(Code::NotToml, "b 2"), (Code::NotToml, "x y"), (Code::NotToml, "")]);
    }

    #[test]
    fn a_list_that_is_not_closed_hides_only_its_own_table() {
        let (text, seen) = mended("[a]\nb = [1, 2\nc = 3\n[d]\ne = 4\n");
        assert_eq!(text.trim(), "[d]\ne = 4");
        assert_eq!(seen.len(), 1);
        let (text, seen) = mended("[a]\nb = \"\"\"open\nc = 3\n[d]\ne = 4\n");
        assert_eq!(text.trim(), "[d]\ne = 4");
        assert_eq!(seen.len(), 1);
    }

    #[test]
    fn a_table_without_its_header_does_not_become_part_of_another() {
        let (text, seen) = mended("[[a]]\nb = 1\n[[a]\nb = 2\n[[a]]\nb = 3\n");
        assert_eq!(
            text.split_whitespace().collect::<Vec<_>>(),
            ["[[a]]", "b", "=", "1", "[[a]]", "b", "=", "3"]
        );
        assert_eq!(seen.len(), 1);
    }

    #[test]
    fn what_stands_twice_points_to_the_first() {
        let text = "[a]\nb = 1\nb = 2\n[c]\n[a]\n";
        let problems = Mended::new(text).problems;
        let first: Vec<_> = problems.iter().flat_map(|p| &p.labels).map(|l| l.place.start).collect();
        assert_eq!(first, [4, 0]);
        assert!(problems.iter().all(|problem| problem.code == Code::DuplicateKey));
    }
}
