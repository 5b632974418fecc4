//! What is said about a file that is not TOML. The file is looked at table by table, so that a mistake in one question
//! does not hide those in the others: lines that cannot be read are blanked out, and the rest is read as usual.

use toml::de::{DeTable, Error};

use super::read::{Span, quoted};
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
        }
        mended.drop_repeated_tables(text, &blocks);
        mended
    }

    /// Blanks out the lines of a block that are not TOML, or all of it when that is not enough. The parser stops at some
    /// mistakes, so it is asked again until it finds no more.
    fn mend(&mut self, text: &str, block: &Span) {
        const MOST_ROUNDS: usize = 20;
        for _ in 0..MOST_ROUNDS {
            let (errors, confused) = telling(DeTable::parse_recoverable(&self.text[block.clone()]).1);
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
                self.blank(&lines_of(&text[..block.end], &span));
            }
            if confused {
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
                let block = blocks.iter().rfind(|block| block.start <= span.start);
                let Some(block) = block.filter(|block| !self.damaged.contains(block)) else { continue };
                self.problems.push(problem(error.message(), span, 0, text));
                self.damaged.push(block.clone());
                self.blank(block);
                self.lost = true;
            }
        }
        self.blank(&(0..text.len()));
        self.damaged.push(0..text.len());
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

/// The errors in order, without those that only follow from a list or a text that is not closed, and whether there is
/// such a one.
fn telling(mut errors: Vec<Error>) -> (Vec<Error>, bool) {
    const CONFUSING: [&str; 6] = [
        "missing comma",
        "missing key for inline table",
        "unclosed array, ",
        "unclosed inline table",
        "unexpected `=`",
        "invalid multi-line",
    ];
    let place = |error: &Error| error.span().map_or(0, |span| span.start);
    errors.sort_by_key(place);
    errors.dedup_by_key(|error| place(error));
    let confusing = |error: &Error| CONFUSING.iter().any(|start| error.message().starts_with(start));
    let first = errors.iter().position(confusing);
    errors.truncate(first.map_or(errors.len(), |first| first + 1));
    (errors, first.is_some())
}

/// A mistake in plain words. `block` is where its table begins.
fn problem(message: &str, span: Span, block: usize, text: &str) -> Problem {
    let found = &text[span.clone()];
    let before = text[..span.start].trim_end().len();
    let not_toml = |message: &str, help: &str| Problem::new(Code::NotToml, span.clone(), message).help(help);
    match message.split(',').next().unwrap_or(message) {
        "string values must be quoted" if found.is_empty() => {
            not_toml("no value after `=`", "write a value, or remove the line")
        }
        "string values must be quoted" => unquoted(found, span),
        "key with no value" => {
            let line = lines_of(text, &span);
            let problem =
                Problem::new(Code::NotToml, line, "neither `key = value` nor the [header] of a table");
            problem.help("write `=` between a key and its value, and `#` before a remark")
        }
        "duplicate key" => repeated(span, block, text),
        "cannot recurse further; max recursion depth met" | "recursion limit" => {
            let problem = Problem::new(Code::TooDeep, span, "values are nested too deeply");
            problem.help("no file of ours nests more than a few levels")
        }
        message if message.starts_with("invalid date") || message.starts_with("invalid time") => {
            let problem = Problem::new(Code::BadDate, span, format!("{} is not a date", quoted(found)));
            problem.help("write the year, the month and the day, such as 2026-11-23")
        }
        "invalid basic string" | "invalid literal string" if found.is_empty() => {
            not_toml("a text that is not closed", "put a quotation mark at its end, on the same line")
        }
        "invalid multi-line basic string" | "invalid multi-line literal string" if found.is_empty() => {
            let open = text[block..span.start].rfind(['"', '\'']).map_or(span.start, |quote| block + quote);
            let message = "a text of several lines that is not closed";
            let problem = Problem::new(Code::NotToml, open.saturating_sub(2)..open + 1, message);
            problem.help("put three quotation marks at its end")
        }
        "invalid basic string" | "invalid literal string" | "invalid comment character" => {
            not_toml("an invisible character that TOML does not allow", "remove it")
        }
        "missing escaped value" => not_toml(
            "an unknown escape after `\\`",
            "write two backslashes for one, or put the text between single quotes",
        ),
        "missing comma between array elements" | "unclosed array" => {
            let problem = Problem::new(Code::NotToml, before..before, "a list that is not closed");
            problem.help("put commas between its members, and `]` at its end")
        }
        "missing comma between key-value pairs" | "unclosed inline table" => {
            let problem = Problem::new(Code::NotToml, before..before, "a table that is not closed");
            problem.help("put commas between its keys, and `}` at its end")
        }
        "unclosed table" | "unclosed array table" => {
            not_toml("a header that is not closed", "close it with as many `]` as it has `[`")
        }
        "unexpected leading zero" => not_toml("a number with a zero in front", "write it without the zero"),
        _ => Problem::new(Code::NotToml, span, message.replace('`', "'")),
    }
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
    fn what_stands_twice_points_to_the_first() {
        let text = "[a]\nb = 1\nb = 2\n[c]\n[a]\n";
        let problems = Mended::new(text).problems;
        let first: Vec<_> = problems.iter().flat_map(|p| &p.labels).map(|l| l.place.start).collect();
        assert_eq!(first, [4, 0]);
        assert!(problems.iter().all(|problem| problem.code == Code::DuplicateKey));
    }
}
