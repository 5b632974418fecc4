//! A history, on a terminal.

use anstyle::Style;

use crate::render::screen::{ACCENT, Look, SOFT, STRONG, Screen};
use crate::report::{History, HistoryEntry, HistoryStep, Points};

/// All assessments of one organisation.
pub fn history(history: &History, look: Look) -> String {
    let mut screen = Screen::new(look);
    screen.ends(
        &history.head.organisation.name,
        &history.head.marking.as_deref().unwrap_or_default().to_uppercase(),
    );
    screen.paragraph(SOFT, 0, &history.extent());
    screen.blank();
    screen.paragraph(STRONG, 2, &history.sentence);
    screen.paragraph(Style::new(), 2, &history.explanation);
    sparkline(&mut screen, &history.entries);
    numbers(&mut screen, history);
    changes(&mut screen, &history.entries);
    for note in &history.notes {
        screen.blank();
        screen.paragraph(SOFT, 0, note);
    }
    screen.blank();
    screen.paragraph(
        SOFT,
        0,
        "The score is coverage of good practice, as you reported it. Real is what your answers moved in the stated score.",
    );
    screen.into_text()
}

/// A sign for each score: of 0 to 100 in eight heights, or without Unicode its tens. Of many, those that fit, evenly.
fn sparkline(screen: &mut Screen, entries: &[HistoryEntry]) {
    const HEIGHTS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    if entries.len() < 2 {
        return;
    }
    let columns = screen.look().width.saturating_sub(4).min(entries.len());
    let sign = |entry: &HistoryEntry| {
        let Some(printed) = entry.printed() else { return ' ' };
        if screen.look().unicode {
            HEIGHTS[usize::from(printed.min(99)) * HEIGHTS.len() / 100]
        } else {
            char::from_digit(u32::from(printed.min(99)) / 10, 10).unwrap_or(' ')
        }
    };
    // The last of each stretch: the newest is always there.
    let last = |column: usize| (column + 1) * entries.len() / columns - 1;
    let line: String = (0..columns).filter_map(|column| entries.get(last(column))).map(sign).collect();
    screen.blank();
    screen.line("  ", ACCENT, &line);
    if !screen.look().unicode {
        screen.paragraph(SOFT, 2, "Each digit is the tens of one score: 7 is 70 to 79, 9 is 90 to 100.");
    }
}

/// Narrow terminals show fewer columns; no number stands only there.
fn numbers(screen: &mut Screen, history: &History) {
    screen.heading("Every assessment");
    let width = screen.look().width;
    let columns: Vec<&Column> = COLUMNS
        .iter()
        .filter(|column| width >= column.from && (history.questions_changed || !column.of_questions))
        .collect();
    let header: Vec<&str> = columns.iter().map(|column| column.title).collect();
    let row = |entry: &HistoryEntry| columns.iter().map(|column| (column.cell)(entry)).collect();
    let rows: Vec<Vec<String>> = history.entries.iter().map(row).collect();
    let is_number = |(place, column): (usize, &&Column)| column.is_number.then_some(place);
    let right: Vec<usize> = columns.iter().enumerate().filter_map(is_number).collect();
    screen.table(&header, &rows, &right);
}

struct Column {
    title: &'static str,
    /// The narrowest terminal that shows it.
    from: usize,
    is_number: bool,
    /// Whether it is about changed questions, and empty while they do not change.
    of_questions: bool,
    cell: fn(&HistoryEntry) -> String,
}

const COLUMNS: [Column; 10] = [
    text("Date", 0, |entry| entry.date.iso.clone()),
    number("Score", 0, |entry| entry.printed().map_or_else(dash, |printed| printed.to_string())),
    text("Band", 72, |entry| entry.band.as_ref().map_or_else(dash, |band| band.id.to_owned())),
    number("Proven", 0, |entry| points(entry.score.as_ref().and_then(|score| score.worlds.proven))),
    number("Stated", 0, |entry| points(entry.stated())),
    number("Possible", 0, |entry| points(entry.score.as_ref().and_then(|score| score.worlds.possible))),
    number("Real", 0, |entry| moved(entry, |step| step.real.map(|by| by.to_string()))),
    Column {
        of_questions: true,
        ..number("Questions", 80, |entry| moved(entry, |step| step.yardstick.map(|by| by.to_string())))
    },
    number("Answered", 100, |entry| format!("{} of {}", entry.answered, entry.in_scope)),
    text("Version", 110, |entry| entry.version.clone()),
];

const fn text(title: &'static str, from: usize, cell: fn(&HistoryEntry) -> String) -> Column {
    Column { title, from, is_number: false, of_questions: false, cell }
}

const fn number(title: &'static str, from: usize, cell: fn(&HistoryEntry) -> String) -> Column {
    Column { title, from, is_number: true, of_questions: false, cell }
}

fn dash() -> String {
    "-".to_owned()
}

fn points(points: Option<Points>) -> String {
    points.map_or_else(dash, |points| points.printed().to_string())
}

fn moved(entry: &HistoryEntry, by: fn(&HistoryStep) -> Option<String>) -> String {
    entry.step.as_ref().map_or_else(String::new, |step| by(step).unwrap_or_else(dash))
}

fn changes(screen: &mut Screen, entries: &[HistoryEntry]) {
    let told = entries.iter().rev().filter_map(|entry| Some((entry, entry.told()?)));
    for (place, (entry, told)) in told.enumerate() {
        if place == 0 {
            screen.heading("What changed, the newest first");
        }
        screen.paragraph(STRONG, 2, &entry.date.words);
        if let Some(questions) = told.questions {
            screen.paragraph(Style::new(), 4, &questions);
        }
        for list in told.lists {
            screen.paragraph(Style::new(), 4, &format!("{}:", list.heading));
            for gap in list.gaps {
                screen.hanging(SOFT, "    -", 6, &gap.words());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr as _;

    use super::*;
    use crate::report::history_fixture::{history_of, long};

    #[test]
    fn it_fits_every_terminal_and_needs_no_more_than_ascii() {
        let changed = history_of("Toy party", &[("2026-01-10", "1", 2), ("2026-02-10", "2", 1)]);
        for history in [long(1), long(2), long(200), changed] {
            for width in [40, 60, 80, 120] {
                for unicode in [true, false] {
                    let bare =
                        anstream::adapter::strip_str(&super::history(&history, Look::new(width, unicode)))
                            .to_string();
                    assert!(bare.lines().all(|line| line.width() <= width), "{width}: {bare}");
                    assert!(unicode || (bare.is_ascii() && !bare.contains('?')), "{bare}");
                }
            }
        }
    }

    #[test]
    fn the_sparkline_has_a_sign_for_each_score_and_ends_with_the_newest() {
        let line = |history: &History, unicode| {
            let text = super::history(history, Look::new(60, unicode));
            let bare = anstream::adapter::strip_str(&text).to_string();
            bare.lines()
                .skip_while(|line| !line.is_empty())
                .find(|line| line.trim_start().starts_with(['▁', '0']))
                .map(|line| line.trim().to_owned())
        };
        assert_eq!(line(&long(5), true).as_deref(), Some("▁▃▅▇█"));
        assert_eq!(line(&long(5), false).as_deref(), Some("02578"));
        let many = line(&long(200), false).unwrap();
        assert!(many.len() == 56 && many.ends_with('8'), "{many}");
    }
}
