//! Problems for a terminal: each with its line of the file, what was expected, and the next step. Nothing that stands
//! in a file can steer the terminal.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use unicode_width::UnicodeWidthStr;

use super::notes;
use super::screen::{Look, Screen};
use crate::problem::{Place, Problem, Problems, Severity, Source};
use crate::text::{plural, visible};

/// Lines around a marked one that are kept: the drawing shows a single line between two marked ones.
const AROUND: usize = 2;

/// Draws problems one below the other. Colours are ANSI escapes, which the edge of the program removes where they are
/// not wanted.
pub fn draw(problems: &Problems, look: Look) -> String {
    let decor = if look.unicode { DecorStyle::Unicode } else { DecorStyle::Ascii };
    let renderer = Renderer::styled().decor_style(decor).term_width(look.width);
    let pen = Pen { screen: Screen::new(look), renderer };
    let problems = &notes::hidden(problems);
    problems.iter().map(|problem| pen.drawn(problem, problems) + "\n\n").collect()
}

/// How many problems there are, in words: `2 errors and 1 warning`.
pub fn summary(problems: &Problems) -> String {
    let errors = plural(problems.errors(), "error", "errors");
    let warnings = plural(problems.warnings(), "warning", "warnings");
    match (problems.errors(), problems.warnings()) {
        (0, 0) => "no problems".to_owned(),
        (_, 0) => errors,
        (0, _) => warnings,
        _ => format!("{errors} and {warnings}"),
    }
}

struct Pen {
    screen: Screen,
    renderer: Renderer,
}

/// What is marked on one line of a source.
struct Mark<'p> {
    /// The number of the line, from 1.
    line: usize,
    /// The bytes within the line.
    range: Range<usize>,
    /// How many letters stand before it, from 1.
    column: usize,
    words: &'p str,
    kind: AnnotationKind,
}

impl Pen {
    fn drawn(&self, problem: &Problem, problems: &Problems) -> String {
        let (level, word) = match problem.code.severity() {
            Severity::Error => (Level::ERROR, "error"),
            Severity::Warning => (Level::WARNING, "warning"),
        };
        let code = problem.code.as_str();
        let title = level.primary_title(self.wrapped(&problem.message, word.len() + code.len() + 4)).id(code);
        let mut group = Group::with_title(title);
        let mut corrections = Vec::new();
        for (source, marks) in marks(problem, problems) {
            let (excerpt, correction) = self.excerpt(source, &marks);
            group = group.element(excerpt);
            corrections.push(correction);
        }
        let meant = problem.suggestion.as_ref().map(|meant| format!("did you mean `{}`?", meant.replacement));
        for help in meant.iter().chain(&problem.help) {
            group = group.element(Level::HELP.message(self.wrapped(help, "9999 = help: ".len())));
        }
        let drawn = self.renderer.render(&[group]);
        corrections.into_iter().fold(drawn, |drawn, (shown, real)| drawn.replacen(&shown, &real, 1))
    }

    /// The lines of a source that have marks. The lines between them are left out, but keep their numbers. The place
    /// over the excerpt counts letters as they are shown, so it comes back with the place as it is in the file.
    fn excerpt(&self, source: &Source, marks: &[Mark<'_>]) -> (Element<'static>, (String, String)) {
        let name = self.shown(source.name());
        if source.text().is_empty() {
            return (Origin::path(name).into(), Default::default());
        }
        let lines = || marks.iter().map(|mark| mark.line);
        let top = lines().min().unwrap_or(1).saturating_sub(AROUND).max(1);
        let bottom = lines().max().unwrap_or(1) + AROUND;
        let words = marks.iter().map(|mark| mark.words.width() + 1).max().unwrap_or(0);
        let room =
            self.screen.look().width.saturating_sub(bottom.to_string().len() + " | ".len() + words).max(10);
        let mut drawing = Drawing { room, ..Drawing::default() };
        for (number, line) in (1..=bottom).zip(source.text().lines()).skip(top - 1) {
            if lines().any(|marked| marked.abs_diff(number) <= AROUND) {
                self.line(line, marks.iter().filter(|mark| mark.line == number), &mut drawing);
            }
            drawing.text.push('\n');
        }
        let place = |column: usize| {
            marks.first().map_or_else(String::new, |mark| format!("{name}:{}:{column}", mark.line))
        };
        let real = place(marks.first().map_or(1, |mark| mark.column));
        let correction = (place(drawing.column), real);
        let snippet = Snippet::source(drawing.text).line_start(top).annotations(drawing.annotations);
        (snippet.path(name).into(), correction)
    }

    /// One line as it is shown: harmless, and cut around its first mark when it is too long.
    fn line<'m>(&self, line: &str, marks: impl Iterator<Item = &'m Mark<'m>>, drawing: &mut Drawing) {
        let marks: Vec<_> = marks.collect();
        let first = marks.iter().map(|mark| mark.range.start).min().unwrap_or(0);
        let Range { start: from, end: to } = self.window(line, first, drawing.room);
        let dots = |cut: bool| if cut { self.shown("…") } else { String::new() };
        let until = |byte: usize| dots(from > 0) + &self.shown(&line[from..byte.clamp(from, to)]);
        for mark in marks {
            let (before, with) = (until(mark.range.start), until(mark.range.end));
            if mark.kind == AnnotationKind::Primary {
                drawing.column = before.chars().count() + 1;
            }
            let start = drawing.text.len();
            let annotation = mark.kind.span(start + before.len()..start + with.len());
            let words = (!mark.words.is_empty()).then(|| self.shown(mark.words));
            drawing.annotations.push(annotation.label(words));
        }
        drawing.text += &until(to);
        drawing.text += &dots(to < line.len());
    }

    /// The part of a line that fits, with its first mark in it.
    fn window(&self, line: &str, first: usize, room: usize) -> Range<usize> {
        if self.fitting(line.chars(), room) == line.len() {
            return 0..line.len();
        }
        let starts_early = self.fitting(line.chars(), room / 2) >= first;
        let from = if starts_early { 0 } else { first - self.fitting(line[..first].chars().rev(), room / 4) };
        let dots = 2 * self.shown("…").len();
        from..from + self.fitting(line[from..].chars(), room.saturating_sub(dots))
    }

    /// How many bytes the letters have that fit into so many columns.
    fn fitting(&self, letters: impl Iterator<Item = char>, room: usize) -> usize {
        let mut columns = 0;
        let mut bytes = 0;
        for letter in letters {
            columns += self.shown(letter.encode_utf8(&mut [0; 4])).width();
            if columns > room {
                break;
            }
            bytes += letter.len_utf8();
        }
        bytes
    }

    /// Text that is harmless on this terminal. What is shown of a whole is what is shown of its parts.
    fn shown(&self, text: &str) -> String {
        self.screen.ascii(&visible(text.trim_start_matches('\u{feff}')))
    }

    fn wrapped(&self, text: &str, indent: usize) -> String {
        let width = self.screen.look().width.saturating_sub(indent).max(7);
        let options = textwrap::Options::new(width).word_splitter(textwrap::WordSplitter::NoHyphenation);
        textwrap::fill(&self.shown(text), options)
    }
}

/// The lines that are shown, and what is marked in them.
#[derive(Default)]
struct Drawing {
    text: String,
    annotations: Vec<Annotation<'static>>,
    /// Where the place of the problem begins, counted in letters as they are shown.
    column: usize,
    /// How many columns a line may have.
    room: usize,
}

/// What is to be marked, source by source; the place of the problem comes first.
fn marks<'p>(problem: &'p Problem, problems: &'p Problems) -> Vec<(&'p Source, Vec<Mark<'p>>)> {
    let labels =
        problem.labels.iter().map(|label| (&label.place, label.text.as_str(), AnnotationKind::Context));
    let mut found: Vec<(&Source, Vec<Mark<'_>>)> = Vec::new();
    for (place, words, kind) in [(&problem.place, "", AnnotationKind::Primary)].into_iter().chain(labels) {
        let Some(source) = problems.source(place) else { continue };
        let mark = mark(source, place, words, kind);
        match found.iter_mut().find(|(known, _)| *known == source) {
            Some((_, marks)) => marks.push(mark),
            None => found.push((source, vec![mark])),
        }
    }
    found
}

/// A place as a mark on its first line.
fn mark<'p>(source: &Source, place: &Place, words: &'p str, kind: AnnotationKind) -> Mark<'p> {
    let text = source.text();
    let last = text.trim_end_matches(['\r', '\n']).len();
    let at = boundary(text, place.start.min(last));
    let (line, start) = source.line_of(at);
    let length = text[start..].lines().next().unwrap_or_default().len();
    let from = (at - start).min(length);
    let to = boundary(&text[start..], place.end.saturating_sub(start).clamp(from, length));
    let column = text[start..start + from].trim_start_matches('\u{feff}').chars().count() + 1;
    Mark { line, range: from..to, column, words, kind }
}

/// The last boundary of letters that is not after a byte.
fn boundary(text: &str, byte: usize) -> usize {
    (0..=byte.min(text.len())).rfind(|byte| text.is_char_boundary(*byte)).unwrap_or(0)
}
