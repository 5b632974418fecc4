//! Definite answers, and whether their question takes them.

use std::collections::BTreeSet;

use super::answer::{RawGiven, RawShare, check_past};
use super::leaf::List;
use super::read::{Reader, Span, quoted};
use crate::model::{Choice, ChoiceId, Date, Kind, Level, Question, Value, YesPartlyNo};
use crate::problem::{Code, Problem};
use crate::text::{nearest, or_list};

/// A definite answer, when the question takes it.
pub(super) fn definite(
    given: RawGiven,
    at: Span,
    question: &Question,
    day: Option<&(Date, Span)>,
    reader: &mut Reader<'_>,
) -> Option<Value> {
    match (&question.kind, given) {
        (Kind::Levels(levels), RawGiven::Text(text)) => level(&text, at, levels, reader),
        (Kind::YesNo { .. }, RawGiven::Text(text)) => {
            let words = [YesPartlyNo::Yes, YesPartlyNo::Partly, YesPartlyNo::No];
            let word = words.into_iter().find(|word| word.as_str() == text);
            if word.is_none() {
                let near = nearest(&text.to_lowercase(), words.iter().map(|word| word.as_str()));
                let problem = misfit(&format!("the text {}", quoted(&text)), at, question);
                reader.report(problem.suggest(near.map(|near| format!("\"{near}\""))));
            }
            word.map(Value::YesPartlyNo)
        }
        (Kind::Percentage(_), RawGiven::Number(number)) => {
            let percent = u8::try_from(number).ok().filter(|percent| *percent <= 100);
            if percent.is_none() {
                let message = format!("found `{number}`, expected a percentage from 0 to 100");
                reader.report(Problem::new(Code::OutOfRange, at, message));
            }
            percent.map(|percent| Value::Percentage { percent, counted: None })
        }
        (Kind::Percentage(_), RawGiven::Share(raw)) => share(&raw, at, reader),
        (Kind::LastDone(_), RawGiven::Date(date)) => {
            check_past(date, at, "the answer", day, reader);
            Some(Value::LastDone(Some(date)))
        }
        (Kind::LastDone(_), RawGiven::Text(text)) if text == "never" => Some(Value::LastDone(None)),
        (Kind::TickAll(choices), RawGiven::Ticked(ticked)) => {
            ticks(ticked, choices, reader).map(Value::Ticked)
        }
        (_, given) => {
            let meant = meant(&given, question, at.clone(), reader);
            reader.report(misfit(&given.described(), at, question).suggest(meant));
            None
        }
    }
}

impl RawGiven {
    fn described(&self) -> String {
        match self {
            Self::Text(text) => format!("the text {}", quoted(text)),
            Self::Number(number) => format!("the number `{number}`"),
            Self::Share(_) => "a share".to_owned(),
            Self::Date(date) => format!("the date `{date}`"),
            Self::Ticked(_) => "a list".to_owned(),
            Self::Other(description) => description.clone(),
        }
    }
}

fn misfit(found: &str, at: Span, question: &Question) -> Problem {
    let message = format!("found {found}, expected {}", taken(&question.kind));
    Problem::new(Code::AnswerDoesNotFit, at, message)
}

/// What a kind takes, in words.
pub(super) fn taken(kind: &Kind) -> String {
    match kind {
        Kind::Levels(levels) => {
            let ids: Vec<_> = levels.iter().map(|level| format!("\"{}\"", level.id)).collect();
            or_list(&ids)
        }
        Kind::YesNo { .. } => "\"yes\", \"partly\" or \"no\"".to_owned(),
        Kind::Percentage(_) => "a percentage such as 95, or { have = 57, of = 60 }".to_owned(),
        Kind::LastDone(_) => "a date such as 2026-11-23 without quotes, or \"never\"".to_owned(),
        Kind::TickAll(choices) => {
            let ids: Vec<_> = choices.iter().map(|choice| format!("\"{}\"", choice.id)).collect();
            format!("a list of any of {}, or [] for none", or_list(&ids))
        }
    }
}

/// How the same thing is written so that the question takes it.
fn meant(given: &RawGiven, question: &Question, at: Span, reader: &Reader<'_>) -> Option<String> {
    match (&question.kind, given) {
        (Kind::YesNo { .. }, RawGiven::Other(_)) => match reader.written(&at) {
            "true" => Some("\"yes\"".to_owned()),
            "false" => Some("\"no\"".to_owned()),
            _ => None,
        },
        (Kind::Percentage(_), RawGiven::Text(text)) => {
            let digits = text.trim().trim_end_matches('%').trim_end();
            digits.parse::<u8>().ok().filter(|percent| *percent <= 100).map(|percent| percent.to_string())
        }
        (Kind::LastDone(_), RawGiven::Text(text)) => {
            Date::parse(text.trim()).ok().map(|date| date.to_string())
        }
        (Kind::TickAll(choices), RawGiven::Text(text)) => {
            choices.iter().any(|choice| choice.id.as_str() == text).then(|| format!("[\"{text}\"]"))
        }
        _ => None,
    }
}

fn level(text: &str, at: Span, levels: &[Level], reader: &mut Reader<'_>) -> Option<Value> {
    let found = levels.iter().find(|level| level.id.as_str() == text);
    if found.is_none() {
        let ids: Vec<_> = levels.iter().map(|level| format!("\"{}\"", level.id)).collect();
        let near = nearest(&text.to_lowercase(), levels.iter().map(|level| level.id.as_str()));
        let message = format!("the question has no level {}, expected {}", quoted(text), or_list(&ids));
        let problem = Problem::new(Code::UnknownLevel, at, message);
        reader.report(problem.suggest(near.map(|near| format!("\"{near}\""))));
    }
    found.map(|level| Value::Level(level.id.clone()))
}

fn share(raw: &RawShare, at: Span, reader: &mut Reader<'_>) -> Option<Value> {
    let (have, of): (u32, u32) = (raw.have.get()?.small(), raw.of.get()?.small());
    let percent =
        (u64::from(have) * 100).checked_div(u64::from(of)).and_then(|percent| u8::try_from(percent).ok());
    let percent = percent.filter(|_| have <= of);
    if percent.is_none() {
        let (message, help) = if of == 0 {
            (
                "`of` is 0, expected at least 1",
                "write \"not-applicable\" with a reason where the question allows it, or \"unknown\"",
            )
        } else {
            ("`have` is larger than `of`", "`have` counts those of them that have it")
        };
        reader.report(Problem::new(Code::ImpossibleShare, at, message).help(help));
    }
    percent.map(|percent| Value::Percentage { percent, counted: Some((have, of)) })
}

fn ticks(ticked: List<String>, choices: &[Choice], reader: &mut Reader<'_>) -> Option<BTreeSet<ChoiceId>> {
    let mut ids = BTreeSet::new();
    let mut whole = true;
    for member in ticked.0 {
        let Some(member) = member else {
            whole = false;
            continue;
        };
        if let Some(choice) = choices.iter().find(|choice| choice.id.as_str() == member.get_ref()) {
            ids.insert(choice.id.clone());
            continue;
        }
        whole = false;
        let known: Vec<_> = choices.iter().map(|choice| format!("\"{}\"", choice.id)).collect();
        let near = nearest(&member.get_ref().to_lowercase(), choices.iter().map(|choice| choice.id.as_str()));
        let message =
            format!("the question has no choice {}, expected {}", quoted(member.get_ref()), or_list(&known));
        let problem = Problem::new(Code::UnknownChoice, member.span(), message);
        reader.report(problem.suggest(near.map(|near| format!("\"{near}\""))));
    }
    whole.then_some(ids)
}
