//! A person's answers file that is changed: what the change is about says the new thing, everything else says what it
//! said, and no comment is lost.
//!
//! The file stands in front of a NUL byte, the steps of an interview behind it.

use std::collections::BTreeMap;

use safeseat::format::{Document, assessment, rewrite};
use safeseat::interview::Interview;
use safeseat::model::{Change, Questionnaire};
use safeseat::problem::Source;
use toml::Table;

use super::script;
use super::shared::{Content, text, today};

/// What stands behind an answer that was carried over, until it is confirmed.
const MARK: &str = "# carried over from ";

/// Takes the bytes as an answers file and what is then answered.
pub fn run(data: &[u8]) {
    let (file, steps) = data.split_at(data.iter().position(|byte| *byte == 0).unwrap_or(data.len()));
    let Some(source) = text(file) else { return };
    let document = Document::parse(&source);
    let content = Content::of(&document);
    let questionnaire = &content.questionnaire;
    let Some(assessment) = assessment::read(&document, questionnaire).0 else { return };
    let mut text = source.text().to_owned();
    let carried = rewrite::carried_over(&text);
    let mut interview =
        Interview::new(questionnaire.clone(), &content.incidents, assessment, carried, today());
    for step in script::steps(steps) {
        let Ok(changes) = script::take(&step, &mut interview) else { continue };
        // A file may be laid out so that nothing can be changed safely: then it stays as it is.
        let Ok(rewritten) = rewrite::rewritten(&text, &changes, questionnaire) else { continue };
        only_that_changed(&text, &rewritten, &changes);
        if !changes.iter().any(|change| matches!(change, Change::Answer(_, None))) {
            comments_stay(&text, &rewritten);
        }
        text = rewritten;
        interview.accept(&changes);
        said(&text, &changes, &mut interview, questionnaire);
    }
}

/// The file says what the interview says, except beside an answer that had drafts beside it: those are then read.
fn said(text: &str, changes: &[Change], interview: &mut Interview, questionnaire: &Questionnaire) {
    let source = Source::new("answers.toml", text.to_owned());
    let (read, problems) = assessment::read(&Document::parse(&source), questionnaire);
    let again = rewrite::rewritten(text, changes, questionnaire).expect("changed once already");
    if again == text {
        assert_eq!(read.as_ref(), Some(interview.assessment()), "{problems:?}\n{text}");
    } else if let Some(read) = read {
        interview.refresh(read, rewrite::carried_over(text));
    }
}

fn only_that_changed(before: &str, after: &str, changes: &[Change]) {
    let (mut before, mut after) = (table(before), table(after));
    for path in changes.iter().flat_map(paths) {
        take(&mut before, &path);
        take(&mut after, &path);
    }
    assert_eq!(before, after);
}

fn table(text: &str) -> Table {
    text.trim_start_matches('\u{feff}').parse().expect("a file that was read is TOML")
}

/// What a change is about, as the keys on the way to it.
fn paths(change: &Change) -> Vec<Vec<String>> {
    let path = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect();
    vec![match change {
        Change::Questionnaire(..) => return vec![path(&["questionnaire"]), path(&["version"])],
        Change::Name(_) => path(&["organisation", "name"]),
        Change::Kind(_) => path(&["organisation", "kind"]),
        Change::Country(_) => path(&["organisation", "country"]),
        Change::Date(_) => path(&["assessment", "date"]),
        Change::Assessor(_) => path(&["assessment", "assessor"]),
        Change::SelfAssessed(_) => path(&["assessment", "self_assessed"]),
        Change::Marking(_) => path(&["assessment", "marking"]),
        Change::Fact(id, _) => path(&["facts", id.as_str()]),
        Change::Answer(id, _) => {
            let (area, topic) = id.as_str().split_once('.').expect("an id of a question");
            path(&["answers", area, topic])
        }
    }]
}

/// Takes out what stands at a path, and the tables that are empty then.
fn take(table: &mut Table, path: &[String]) {
    let Some((key, rest)) = path.split_first() else { return };
    if rest.is_empty() {
        table.remove(key);
    } else if let Some(inner) = table.get_mut(key).and_then(toml::Value::as_table_mut) {
        take(inner, rest);
        if inner.is_empty() {
            table.remove(key);
        }
    }
}

/// Every line that is a comment is still there, as often as before.
fn comments_stay(before: &str, after: &str) {
    // Inside such texts a line only looks like a comment.
    if ["'''", "\"\"\""].iter().any(|quotes| before.contains(quotes)) {
        return;
    }
    let after = comments(after);
    for (comment, times) in comments(before) {
        assert!(after.get(comment).is_some_and(|now| *now >= times), "{comment:?} is gone");
    }
}

fn comments(text: &str) -> BTreeMap<&str, usize> {
    let mut comments = BTreeMap::new();
    for line in text.lines().map(str::trim).filter(|line| line.starts_with('#') && !line.starts_with(MARK)) {
        *comments.entry(line).or_default() += 1;
    }
    comments
}
