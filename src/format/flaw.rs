//! What the model's checks find, as problems of the file: each kind of flaw has its code and its help here.

use super::document::span_of;
use super::read::{Node, Reader, quoted};
use crate::model::{Flaw, FlawKind, Missing};
use crate::problem::{Code, Problem};

/// Reports what a checking constructor found wrong, or returns what it made.
pub(super) fn checked<T>(
    result: Result<T, Vec<Flaw>>,
    reader: &mut Reader<'_>,
    root: &Node<'_>,
) -> Option<T> {
    result
        .map_err(|flaws| {
            for flaw in &flaws {
                if let Some(problem) = problem(flaw, reader, root) {
                    reader.report(problem);
                }
            }
        })
        .ok()
}

fn problem(flaw: &Flaw, reader: &Reader<'_>, root: &Node<'_>) -> Option<Problem> {
    let at = span_of(root, &flaw.at);
    if let Some((code, what, missing)) = missing(&flaw.kind) {
        return (!reader.names_lost).then(|| absent(code, at, what, missing));
    }
    let new = |code, message: String| Problem::new(code, at, message);
    Some(match &flaw.kind {
        FlawKind::Duplicate { id, first } => {
            let problem = new(Code::DuplicateId, format!("the id {} stands twice", quoted(id)));
            problem.label(span_of(root, first), "first here").help("give one of them another id")
        }
        FlawKind::BadId(error) => new(Code::BadId, error.to_string()),
        FlawKind::MayNotBeSkipped { question, because } => {
            let message = format!("{} allows \"not-applicable\", but {because}", quoted(question));
            new(Code::MayNotBeSkipped, message).help("write not_applicable = \"never\"")
        }
        FlawKind::BadScale(rule) => new(Code::BadScale, (*rule).to_owned()),
        FlawKind::OutOfRange { found, expected } => {
            new(Code::OutOfRange, format!("found {}, expected {expected}", quoted(found)))
        }
        FlawKind::BadCount { expected, .. } if reader.names_lost && expected.contains("[[") => return None,
        FlawKind::BadCount { found, expected } => {
            new(Code::BadCount, format!("found {found}, expected {expected}"))
        }
        FlawKind::TooLong { found, longest } => {
            let message = format!("the text has {found} characters, at most {longest} fit");
            new(Code::TooLong, message)
                .help("it has to fit into tables and pictures; the long form belongs elsewhere")
        }
        FlawKind::NeverInterrupted => {
            let message = "a priority incident without a measure that stops one of its steps";
            let help = "give a step a `prevent` entry with effect = \"stops\", or write priority = false";
            new(Code::NeverInterrupted, message.to_owned()).help(help)
        }
        _ => return None,
    })
}

fn missing(kind: &FlawKind) -> Option<(Code, &'static str, &Missing)> {
    Some(match kind {
        FlawKind::UnknownArea(missing) => (Code::UnknownArea, "area", missing),
        FlawKind::UnknownFact(missing) => (Code::UnknownFact, "fact", missing),
        FlawKind::UnknownQuestion(missing) => (Code::UnknownQuestion, "question", missing),
        FlawKind::UnknownControl(missing) => (Code::UnknownControl, "control", missing),
        FlawKind::UnknownSource(missing) => (Code::UnknownSource, "source", missing),
        FlawKind::UnknownReference(missing) => (Code::UnknownReference, "framework item", missing),
        FlawKind::UnknownTechnique(missing) => (Code::UnknownTechnique, "technique", missing),
        _ => return None,
    })
}

/// A name that refers to nothing.
pub(super) fn absent(code: Code, at: super::read::Span, what: &'static str, missing: &Missing) -> Problem {
    let problem = Problem::new(code, at, format!("there is no {what} {}", quoted(&missing.name)));
    let help = match code {
        Code::UnknownArea => "declare it with [[area]], or begin the id of the question with another area",
        Code::UnknownFact => "declare it with [[fact]]",
        Code::UnknownQuestion => "declare it with [[question]], or take another id",
        Code::UnknownControl => "declare it in controls.toml",
        Code::UnknownSource => "declare it in sources.toml",
        Code::UnknownReference => "the files in frameworks/ list the items that there are",
        _ => "the file of ATT&CK in frameworks/ lists the techniques that there are",
    };
    problem.help(help).suggest(missing.nearest.as_ref().map(|near| format!("\"{near}\"")))
}
