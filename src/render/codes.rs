//! Problem codes and their long texts, on a terminal.

use anstyle::Style;

use super::screen::{Look, SOFT, STRONG, Screen};
use crate::problem::{Code, Severity};

/// What the lines of an example begin with.
const EXAMPLE: &str = "    ";

/// Every code with its title.
pub fn list(look: Look) -> String {
    let mut screen = Screen::new(look);
    let rows: Vec<Vec<String>> = Code::ALL
        .iter()
        .map(|code| vec![code.as_str().to_owned(), severity(*code).to_owned(), code.title().to_owned()])
        .collect();
    screen.table(&["Code", "Severity", "What it is about"], &rows, &[]);
    screen.into_text()
}

/// The long text of a code. Paragraphs are wrapped, examples are shown as they are.
pub fn explain(code: Code, look: Look) -> String {
    let mut screen = Screen::new(look);
    screen.ends(code.as_str(), severity(code));
    screen.paragraph(SOFT, 0, code.title());
    for block in code.explanation().split("\n\n") {
        screen.blank();
        if block.starts_with(EXAMPLE) {
            for line in block.lines() {
                screen.line("", STRONG, line);
            }
        } else {
            screen.paragraph(Style::new(), 0, block);
        }
    }
    screen.into_text()
}

fn severity(code: Code) -> &'static str {
    match code.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}
