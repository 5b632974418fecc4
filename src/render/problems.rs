//! Problems on a terminal.

use super::screen::{Look, SOFT, STRONG, Screen};
use crate::problem::Problems;

/// Every problem with its place and what to do.
pub fn draw(problems: &Problems, look: Look) -> String {
    let mut screen = Screen::new(look);
    for problem in problems.iter() {
        let source = problems.source(&problem.place);
        let place =
            source.map(|source| format!("{}:{}", source.name(), source.line_of(problem.place.start).0));
        screen.paragraph(STRONG, 0, &format!("{}: {}", problem.code, problem.message));
        screen.paragraph(SOFT, 2, &place.unwrap_or_default());
        screen.paragraph(SOFT, 2, problem.help.as_deref().unwrap_or_default());
    }
    screen.into_text()
}
