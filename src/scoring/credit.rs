//! What a question earns in each world.

use super::aggregation::points;
use super::evaluation::QuestionResult;
use super::evidence::{aged, share_proven};
use super::scheme::QuestionRule;
use crate::model::{
    Answer, Assessment, Choice, Credit, Date, Evidence, Given, Kind, Points, Standing, Value, Worlds,
    YesPartlyNo,
};

/// What each question of a world earns, by its place; nothing where it is left out.
pub(super) type Credits = Vec<Option<Points>>;

/// How a question stands on a day and what it then earns, if nothing is answered anew.
pub(super) fn result(question: &QuestionRule, assessment: &Assessment, day: Date) -> QuestionResult {
    let (standing, answer) = Standing::by_id(&question.id, &question.applies_if, assessment);
    let unsupported = |credit| QuestionResult { standing, evidence: None, fresh: None, credit };
    match answer {
        None if standing == Standing::OutOfScope => unsupported(LEFT_OUT),
        None | Some(Answer { given: Given::Unknown, .. }) => unsupported(NOT_KNOWN),
        Some(answer) => {
            let (evidence, fresh) = aged(answer, question.valid_months, assessment.date, day);
            let credit = match &answer.given {
                Given::Definite(value) => answered(earned(&question.kind, value, assessment, day), evidence),
                _ if evidence >= Evidence::Documented => LEFT_OUT,
                _ => Worlds { proven: Some(Points::ZERO), ..LEFT_OUT },
            };
            QuestionResult { standing, evidence: Some(evidence), fresh: Some(fresh), credit }
        }
    }
}

const LEFT_OUT: Worlds<Option<Points>> = Worlds { proven: None, stated: None, possible: None };

const NOT_KNOWN: Worlds<Option<Points>> =
    Worlds { proven: Some(Points::ZERO), stated: Some(Points::ZERO), possible: Some(Points::FULL) };

fn answered(credit: Credit, evidence: Evidence) -> Worlds<Option<Points>> {
    let stated = Some(supported(credit, 100));
    Worlds { proven: Some(supported(credit, share_proven(evidence))), stated, possible: stated }
}

/// So many percent of a credit.
pub(super) fn supported(credit: Credit, percent: u8) -> Points {
    points(u64::from(credit.get()) * u64::from(percent))
}

/// The credit of a definite answer, before evidence is looked at. A value of another kind earns nothing.
fn earned(kind: &Kind, value: &Value, assessment: &Assessment, day: Date) -> Credit {
    let credit = match (kind, value) {
        (Kind::Levels(levels), Value::Level(id)) => {
            levels.iter().find(|level| level.id == *id).map(|level| level.credit)
        }
        (Kind::YesNo { partly_credit, .. }, Value::YesPartlyNo(given)) => match given {
            YesPartlyNo::Yes => Some(Credit::FULL),
            YesPartlyNo::Partly => Some(*partly_credit),
            YesPartlyNo::No => None,
        },
        (Kind::Percentage(bands), Value::Percentage { percent, .. }) => {
            bands.iter().rev().find(|band| band.from <= *percent).map(|band| band.credit)
        }
        (Kind::LastDone(limits), Value::LastDone(Some(done))) => {
            let within = |months| done.is_within_months(months, day);
            limits.iter().find(|limit| within(limit.months)).map(|limit| limit.credit)
        }
        (Kind::TickAll(choices), Value::Ticked(ticked)) => {
            let in_scope = |choice: &&Choice| !choice.applies_if.iter().any(|fact| assessment.denies(fact));
            let asked = choices.iter().filter(in_scope);
            let done = asked.clone().filter(|choice| ticked.contains(&choice.id)).count();
            (done * 100)
                .checked_div(asked.count())
                .and_then(|share| u8::try_from(share).ok())
                .and_then(Credit::new)
        }
        _ => None,
    };
    credit.unwrap_or(Credit::ZERO)
}
