//! A new assessment that continues an earlier one.

use super::layout::Layout;
use super::{RewriteError, answer_path, rewritten, without_byte_order_mark};
use crate::format::{Document, assessment};
use crate::model::{Change, Date, QuestionId, Questionnaire};
use crate::problem::{Code, Problem, Problems, Source};

/// An answers file that continues an earlier one. It holds private notes, so there is no `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Continued {
    /// Its text.
    pub text: String,
    /// Answers that the questionnaire does not take any more. They were left out, to be given anew.
    pub left_out: Vec<QuestionId>,
}

/// A new assessment from an earlier one: facts, answers and texts carried over with their dates and marked so, comments
/// and order kept.
///
/// # Errors
/// What is wrong with the earlier file, or that it is not from an earlier day.
pub fn continued(source: &Source, questionnaire: &Questionnaire, date: Date) -> Result<Continued, Problems> {
    let (source, left_out) = without_misfits(source, questionnaire)?;
    let (earlier, problems) = assessment::read(&Document::parse(&source), questionnaire);
    let Some(earlier) = earlier else { return Err(problems) };
    let header = questionnaire.header();
    let mut changes = vec![Change::Questionnaire(header.id.clone(), header.version.clone())];
    changes.extend(earlier.moved_to(date));
    let text = rewrite_or_report(&source, &changes, questionnaire)?;
    let (mark, text) = without_byte_order_mark(&text);
    let layout = Layout::parse(text.to_owned()).map_err(|error| report(&source, &error))?;
    let facts = earlier.facts.keys().map(|id| vec!["facts", id.as_str()]);
    let answers = earlier.answers.keys().map(answer_path);
    let texts = [vec!["narrative"], vec!["narrative", "areas"]];
    let carried: Vec<Vec<&str>> = facts.chain(answers).chain(texts).collect();
    let text = format!("{mark}{}", layout.marked(&carried, earlier.date));
    let result = Source::new(source.name().to_owned(), text.clone());
    match assessment::read(&Document::parse(&result), questionnaire) {
        (Some(_), _) => Ok(Continued { text, left_out }),
        (None, problems) => Err(problems),
    }
}

/// The text without the answers that the questionnaire does not take any more, and which these are.
fn without_misfits(
    source: &Source,
    questionnaire: &Questionnaire,
) -> Result<(Source, Vec<QuestionId>), Problems> {
    const MISFITS: [Code; 5] = [
        Code::AnswerDoesNotFit,
        Code::UnknownLevel,
        Code::UnknownChoice,
        Code::NotApplicableForbidden,
        Code::OutOfRange,
    ];
    let (_, problems) = assessment::read(&Document::parse(source), questionnaire);
    let (mark, text) = without_byte_order_mark(source.text());
    let Ok(layout) = Layout::parse(text.to_owned()) else { return Err(problems) };
    let answer_at = |problem: &Problem| {
        let at = problem.place.start.checked_sub(mark.len())?;
        let pair = layout.pairs.iter().rev().find(|pair| pair.value.contains(&at))?;
        let [answers, area, topic, ..] = pair.path.as_slice() else { return None };
        (answers == "answers").then(|| QuestionId::parse(&format!("{area}.{topic}")).ok())?
    };
    let errors = problems.iter().filter(|problem| problem.is_error());
    let misfits: Option<Vec<QuestionId>> =
        errors.map(|problem| answer_at(problem).filter(|_| MISFITS.contains(&problem.code))).collect();
    let Some(mut left_out) = misfits else { return Err(problems) };
    left_out.dedup();
    let changes: Vec<Change> = left_out.iter().map(|id| Change::Answer(id.clone(), None)).collect();
    let text = rewrite_or_report(source, &changes, questionnaire)?;
    Ok((Source::new(source.name().to_owned(), text), left_out))
}

fn rewrite_or_report(
    source: &Source,
    changes: &[Change],
    questionnaire: &Questionnaire,
) -> Result<String, Problems> {
    rewritten(source.text(), changes, questionnaire).map_err(|error| report(source, &error))
}

fn report(source: &Source, error: &RewriteError) -> Problems {
    Problems::of(source, vec![Problem::new(Code::NotToml, 0..0, error.to_string())])
}
