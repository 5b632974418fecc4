//! The mark of an answer that was carried over and waits to be confirmed: a comment at the end of its line. It is a
//! comment because it says nothing that counts: the age of the answer stands in its dates.

use std::ops::Range;

use super::layout::Layout;
use crate::model::{CarriedOver, Date, FactId, QuestionId};

/// What the mark begins with, whatever follows.
const MARK: &str = "# carried over from ";

impl Layout {
    /// Everything that is marked.
    pub(super) fn carried_over(&self) -> CarriedOver {
        let mut carried = CarriedOver::default();
        for path in
            self.headers.iter().map(|header| &header.path).chain(self.pairs.iter().map(|pair| &pair.path))
        {
            match path.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
                ["facts", id] if self.mark(&["facts", id]).is_some() => {
                    carried.facts.extend(FactId::parse(id));
                }
                ["answers", area, topic, ..] if self.mark(&["answers", area, topic]).is_some() => {
                    carried.answers.extend(QuestionId::parse(&format!("{area}.{topic}")));
                }
                _ => {}
            }
        }
        carried
    }

    /// The text without the mark of a fact or an answer; nothing when it has none.
    pub(super) fn unmarked(&self, path: &[&str]) -> Option<String> {
        let mark = self.mark(path)?;
        Some([self.text.get(..mark.start)?, self.text.get(mark.end..)?].concat())
    }

    /// The text with facts and answers marked, where they are not yet and have a line of their own.
    pub(super) fn marked(&self, paths: &[Vec<&str>], since: Date) -> String {
        let unmarked = paths.iter().filter(|path| self.mark(path).is_none());
        let mut ends: Vec<usize> =
            unmarked.filter_map(|path| self.anchor(path)).map(|anchor| self.line_end(anchor)).collect();
        ends.sort_unstable();
        ends.dedup();
        let mut text = self.text.clone();
        for end in ends.into_iter().rev() {
            text.insert_str(end, &format!(" {MARK}{since}: confirm or change"));
        }
        text
    }

    fn mark(&self, path: &[&str]) -> Option<Range<usize>> {
        let anchor = self.anchor(path)?;
        let end = self.line_end(anchor);
        let rest = self.text.get(anchor..end)?;
        let before = rest.get(..rest.find(MARK)?)?.trim_end();
        Some(anchor + before.len()..end)
    }

    /// Behind what begins a fact or an answer: its header, or the statement that is it or holds its `answer`. Nothing
    /// when it shares its line with others.
    fn anchor(&self, path: &[&str]) -> Option<usize> {
        let statement =
            |path: &[&str]| self.statements().find(|pair| pair.path == path).map(|pair| pair.value.end);
        let header = self.header(path).map(|header| header.span.end);
        header.or_else(|| statement(path)).or_else(|| statement(&[path, &["answer"]].concat()))
    }
}
