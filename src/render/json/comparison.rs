//! A comparison for machines: version 1 of a frozen format.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Tool, bp, printable};
use crate::report::{self, Movement, ScoreMovement};

/// What moved as JSON, version 1, with a line break at the end.
///
/// # Errors
/// When serialisation fails, which these types do not.
pub fn comparison(movement: &Movement) -> Result<String, serde_json::Error> {
    let mut text = printable(serde_json::to_string_pretty(&ComparisonV1::from(movement))?);
    text.push('\n');
    Ok(text)
}

/// The JSON Schema of a comparison, draft 2020-12.
pub fn comparison_schema() -> schemars::Schema {
    schemars::schema_for!(ComparisonV1)
}

/// A comparison of two assessments, version 1. Shares of points are in basis points: 10000 is 100.00. Every number is
/// null when there is no score before, between or after.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "safeseat comparison, version 1")]
pub(super) struct ComparisonV1<'a> {
    format: u8,
    tool: Tool<'a>,
    questionnaire: Questionnaire<'a>,
    old: Side<'a>,
    new: Side<'a>,
    stated_old_bp: Option<u16>,
    /// The new questionnaire with the old answers, wherever a question kept its meaning.
    between_bp: Option<u16>,
    stated_new_bp: Option<u16>,
    /// What the answers moved: from between to new.
    real_bp: Option<i32>,
    /// What the change of the questions moved: from old to between.
    yardstick_bp: Option<i32>,
    headline_old_bp: Option<u16>,
    headline_new_bp: Option<u16>,
    /// What more or less proof moved: the rest of what the headline moved.
    proof_bp: Option<i32>,
    /// What caps have of the real and the yardstick change; with the effects of the questions it adds up to both.
    cap_bp: Option<i32>,
    questions: Vec<Question<'a>>,
    gates: Vec<Gate<'a>>,
    incidents: Vec<Incident<'a>>,
    areas: Vec<Area<'a>>,
    /// What the plan promised by the newer assessment and it does not show.
    not_kept: Vec<Promise<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct Promise<'a> {
    question: &'a str,
    owner: Option<&'a str>,
    due: Option<&'a str>,
    /// to-do, doing or done.
    status: &'a str,
}

#[derive(Serialize, JsonSchema)]
struct Questionnaire<'a> {
    id: &'a str,
    old_version: &'a str,
    /// The version that the older answers name, when it is not known and another one was used.
    #[serde(skip_serializing_if = "Option::is_none")]
    old_unknown_version: Option<&'a str>,
    new_version: &'a str,
}

#[derive(Serialize, JsonSchema)]
struct Side<'a> {
    as_of: &'a str,
    sha256: &'a str,
}

#[derive(Serialize, JsonSchema)]
struct Question<'a> {
    id: &'a str,
    /// fixed, improved, worse, newly-answered, now-unknown, evidence-gained, evidence-lapsed, scope-changed, added,
    /// removed, revised, waiver-added, waiver-expired; empty when only what it counts for changed.
    changes: &'a [&'static str],
    /// On the stated score, by the difference of the ledgers: the next two together.
    effect_bp: Option<i32>,
    real_bp: Option<i32>,
    yardstick_bp: Option<i32>,
}

#[derive(Serialize, JsonSchema)]
struct Gate<'a> {
    id: &'a str,
    /// opened or closed.
    change: &'static str,
    /// answers or questions.
    cause: &'static str,
}

#[derive(Serialize, JsonSchema)]
struct Incident<'a> {
    id: &'a str,
    /// open, hindered, interrupted or layered; null when it was not replayed.
    old: Option<&'static str>,
    new: Option<&'static str>,
    /// answers or questions.
    cause: &'static str,
}

#[derive(Serialize, JsonSchema)]
struct Area<'a> {
    id: &'a str,
    stated_old_bp: Option<u16>,
    stated_new_bp: Option<u16>,
}

fn cause(by_yardstick: bool) -> &'static str {
    if by_yardstick { "questions" } else { "answers" }
}

impl<'a> From<&'a Movement> for ComparisonV1<'a> {
    fn from(movement: &'a Movement) -> Self {
        let head = &movement.head;
        let score = movement.score.as_ref();
        let moved = |part: fn(&ScoreMovement) -> report::Difference| score.map(|score| part(score).get());
        let (old, new) = (&movement.old, &movement.new);
        let stated = |moment: &report::Moment| moment.score.as_ref().and_then(|score| score.worlds.stated);
        let headline = |moment: &report::Moment| moment.score.as_ref().map(|score| score.headline);
        Self {
            format: 1,
            tool: Tool { name: head.tool.name, version: &head.tool.version },
            questionnaire: Questionnaire {
                id: &head.questionnaire.id,
                old_version: &old.version,
                old_unknown_version: old.unknown_version.as_deref(),
                new_version: &new.version,
            },
            old: Side { as_of: &old.date.iso, sha256: &old.answers_sha256 },
            new: Side { as_of: &new.date.iso, sha256: &new.answers_sha256 },
            stated_old_bp: bp(stated(old)),
            between_bp: score.map(|score| score.between.get()),
            stated_new_bp: bp(stated(new)),
            real_bp: moved(|score| score.real),
            yardstick_bp: moved(|score| score.yardstick),
            headline_old_bp: bp(headline(old)),
            headline_new_bp: bp(headline(new)),
            proof_bp: moved(|score| score.proof),
            cap_bp: moved(|score| score.cap),
            questions: movement.changes().map(Question::from).collect(),
            gates: movement.gates.iter().map(Gate::from).collect(),
            incidents: movement.incidents.iter().map(Incident::from).collect(),
            areas: movement.areas.iter().map(Area::from).collect(),
            not_kept: movement.not_kept.iter().map(Promise::from).collect(),
        }
    }
}

impl<'a> From<&'a report::QuestionChange> for Question<'a> {
    fn from(change: &'a report::QuestionChange) -> Self {
        Self {
            id: &change.question.id,
            changes: &change.changes,
            effect_bp: change.effect.map(report::Difference::get),
            real_bp: change.real.map(report::Difference::get),
            yardstick_bp: change.yardstick.map(report::Difference::get),
        }
    }
}

impl<'a> From<&'a report::Promise> for Promise<'a> {
    fn from(promise: &'a report::Promise) -> Self {
        Self {
            question: &promise.question.id,
            owner: promise.owner.as_deref(),
            due: promise.due.as_ref().map(|day| day.iso.as_str()),
            status: promise.status,
        }
    }
}

impl<'a> From<&'a report::GateMovement> for Gate<'a> {
    fn from(gate: &'a report::GateMovement) -> Self {
        let change = if gate.closed { "closed" } else { "opened" };
        Self { id: &gate.id, change, cause: cause(gate.by_yardstick) }
    }
}

impl<'a> From<&'a report::IncidentMovement> for Incident<'a> {
    fn from(incident: &'a report::IncidentMovement) -> Self {
        Self { id: &incident.id, old: incident.old, new: incident.new, cause: cause(incident.by_yardstick) }
    }
}

impl<'a> From<&'a report::AreaMovement> for Area<'a> {
    fn from(area: &'a report::AreaMovement) -> Self {
        Self { id: &area.id, stated_old_bp: bp(area.stated_old), stated_new_bp: bp(area.stated_new) }
    }
}
