//! Where a table that is new to a file goes.

use super::edit::{commented, is_pair_of, statement};
use super::layout::{Layout, starts_with};
use super::value::New;
use crate::model::{QuestionId, Questionnaire};

impl Layout {
    /// The text with a new answer: behind the comments in which the question stands, or else behind the answers of its
    /// area, in the order of the questionnaire, or else at the end.
    pub(super) fn with_answer(
        &self,
        id: &QuestionId,
        entries: &[(&str, New)],
        questionnaire: &Questionnaire,
    ) -> String {
        let path = [&["answers"][..], &id.as_str().split('.').collect::<Vec<_>>()].concat();
        if let Some(at) = self.question_in_comments(id) {
            return self.with_section(at, &path, entries, false);
        }
        let at = self.end_of_area(id, questionnaire).unwrap_or(self.text.len());
        self.with_section(at, &path, entries, true)
    }

    /// The text with a new table other than an answer: behind the head of the file.
    pub(super) fn with_table(&self, path: &[&str], entries: &[(&str, New)]) -> String {
        let head = ["facts", "assessment", "organisation"].into_iter().find_map(|name| self.header(&[name]));
        let at = head.map_or(self.text.len(), |header| self.body_end(header));
        self.with_section(at, path, entries, true)
    }

    fn with_section(&self, at: usize, path: &[&str], entries: &[(&str, New)], apart: bool) -> String {
        let mut lines = vec![format!("[{}]", path.join("."))];
        lines.extend(entries.iter().map(|(key, value)| statement(&[key], value)));
        self.with_lines(at, lines, apart)
    }

    /// The text with lines that begin with a header, or with comments over one.
    pub(super) fn with_lines(&self, at: usize, mut lines: Vec<String>, apart: bool) -> String {
        let newline = self.newline();
        let (before, after) = self.text.split_at(at);
        // A blank line above and below, where there is none.
        if apart && before.lines().next_back().is_some_and(|line| !line.trim().is_empty()) {
            lines.insert(0, String::new());
        }
        if after.lines().next().is_some_and(|line| !line.trim().is_empty()) {
            lines.push(String::new());
        }
        let ended = before.is_empty() || before.ends_with('\n');
        [before, if ended { "" } else { newline }, &lines.join(newline), newline, after].concat()
    }

    /// Behind the lines `# [answers.area.topic]` and `# answer = ...` of a file that `new` wrote, when a table can
    /// begin there.
    fn question_in_comments(&self, id: &QuestionId) -> Option<usize> {
        let header = format!("[answers.{id}]");
        let mut at = 0;
        while at < self.text.len() {
            let next = self.next_line(at);
            if commented(self.line(at)).is_some_and(|words| words.trim_end() == header)
                && !self.is_in_value(at)
            {
                let mut end = next;
                while commented(self.line(end)).is_some_and(|words| is_pair_of(words, "answer")) {
                    end = self.next_line(end);
                }
                let section = self.header_of(end);
                let splits = self.body(section).any(|pair| pair.key > end);
                return (!splits).then_some(end);
            }
            at = next;
        }
        None
    }

    /// Behind the nearest earlier question of the area that is answered, or behind the last one that is.
    fn end_of_area(&self, id: &QuestionId, questionnaire: &Questionnaire) -> Option<usize> {
        let position = |topic: &str| questionnaire.position(&format!("{}.{topic}", id.area()));
        let own = questionnaire.position(id.as_str());
        let blocks = || {
            let headers =
                self.headers.iter().filter(|header| starts_with(&header.path, &["answers", id.area()]));
            headers
                .map(|header| (header.path.get(2).and_then(|topic| position(topic)), self.body_end(header)))
        };
        // The largest is the nearest one before; of its headers, such as that of a waiver, the last one.
        blocks()
            .filter(|(other, _)| other.is_some() && *other < own)
            .max()
            .or_else(|| blocks().max_by_key(|(_, end)| *end))
            .map(|(_, end)| end)
    }
}
