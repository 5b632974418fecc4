//! A history for machines: version 1 of a frozen format, like the report.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Organisation, Tool, bp, printable};
use crate::report::{self, Difference, Gap, History, HistoryEntry, HistoryStep};

/// The history as JSON, version 1, with a line break at the end.
///
/// # Errors
/// When serialisation fails, which these types do not.
pub fn history(history: &History) -> Result<String, serde_json::Error> {
    let mut text = printable(serde_json::to_string_pretty(&HistoryV1::from(history))?);
    text.push('\n');
    Ok(text)
}

/// The JSON Schema of the history, draft 2020-12.
pub fn history_schema() -> schemars::Schema {
    schemars::schema_for!(HistoryV1)
}

/// A safeseat history, version 1. Shares of points are in basis points: 10000 is 100.00.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "safeseat history, version 1")]
struct HistoryV1<'a> {
    format: u8,
    tool: Tool<'a>,
    questionnaire: Questionnaire<'a>,
    organisation: Organisation<'a>,
    /// What the answers moved in all, as far as assessments can be compared.
    real_bp: i32,
    /// What changed questions moved in all, as far as assessments can be compared.
    yardstick_bp: i32,
    /// By date; at least one.
    assessments: Vec<Assessment<'a>>,
}

/// As the newest assessment has it.
#[derive(Serialize, JsonSchema)]
struct Questionnaire<'a> {
    id: &'a str,
    version: &'a str,
    title: &'a str,
}

#[derive(Serialize, JsonSchema)]
struct Assessment<'a> {
    as_of: &'a str,
    answers_sha256: &'a str,
    /// The version of the questionnaire that the answers were read with.
    questionnaire_version: &'a str,
    questionnaire_sha256: &'a str,
    /// The version that the answers name, when that one is not known; otherwise null.
    unknown_version: Option<&'a str>,
    /// exposed, weak, fair, good or strong; none without a score.
    band: &'a str,
    headline_bp: Option<u16>,
    proven_bp: Option<u16>,
    stated_bp: Option<u16>,
    possible_bp: Option<u16>,
    /// The stated score without caps.
    base_stated_bp: Option<u16>,
    /// Where the trend line stands: the first stated score with every real change since. It begins anew where an
    /// assessment cannot be compared with the one before, and can leave 0 to 10000 when questions changed.
    trend_bp: Option<i32>,
    /// The questions with a definite answer.
    answered: usize,
    /// The questions in scope.
    in_scope: usize,
    /// What moved since the assessment before; null for the first.
    change: Option<Change<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct Change<'a> {
    /// What the answers moved; null when there is no score before, between or after.
    real_bp: Option<i32>,
    /// What the change of the questions moved; null when there is no score before, between or after.
    yardstick_bp: Option<i32>,
    /// What the answers moved since the first assessment.
    real_total_bp: i32,
    /// Whether the questions changed.
    questions_changed: bool,
    gates: Vec<GapV1<'a>>,
    incidents: Vec<GapV1<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct GapV1<'a> {
    id: &'a str,
    title: &'a str,
    /// opened or closed.
    change: &'static str,
    /// answers or questions.
    cause: &'static str,
}

impl<'a> From<&'a History> for HistoryV1<'a> {
    fn from(history: &'a History) -> Self {
        let report::Head { tool, questionnaire, organisation, .. } = &history.head;
        let report::QuestionnaireView { id, version, title, .. } = questionnaire;
        Self {
            format: 1,
            tool: Tool { name: tool.name, version: &tool.version },
            questionnaire: Questionnaire { id, version, title },
            organisation: Organisation {
                name: &organisation.name,
                kind: organisation.kind,
                country: &organisation.country,
            },
            real_bp: history.real.get(),
            yardstick_bp: history.yardstick.get(),
            assessments: history.entries.iter().map(Assessment::from).collect(),
        }
    }
}

impl<'a> From<&'a HistoryEntry> for Assessment<'a> {
    fn from(entry: &'a HistoryEntry) -> Self {
        let worlds = entry.score.as_ref().map(|score| score.worlds).unwrap_or_default();
        Self {
            as_of: &entry.date.iso,
            answers_sha256: &entry.answers_sha256,
            questionnaire_version: &entry.version,
            questionnaire_sha256: &entry.questionnaire_sha256,
            unknown_version: entry.unknown_version.as_deref(),
            band: entry.band.as_ref().map_or("none", |band| band.id),
            headline_bp: bp(entry.score.as_ref().map(|score| score.headline)),
            proven_bp: bp(worlds.proven),
            stated_bp: bp(worlds.stated),
            possible_bp: bp(worlds.possible),
            base_stated_bp: bp(entry.score.as_ref().and_then(|score| score.base.stated)),
            trend_bp: entry.trend.map(Difference::get),
            answered: entry.answered,
            in_scope: entry.in_scope,
            change: entry.step.as_ref().map(Change::from),
        }
    }
}

impl<'a> From<&'a HistoryStep> for Change<'a> {
    fn from(step: &'a HistoryStep) -> Self {
        Self {
            real_bp: step.real.map(Difference::get),
            yardstick_bp: step.yardstick.map(Difference::get),
            real_total_bp: step.real_total.get(),
            questions_changed: step.questions_changed,
            gates: step.gates.iter().map(GapV1::from).collect(),
            incidents: step.incidents.iter().map(GapV1::from).collect(),
        }
    }
}

impl<'a> From<&'a Gap> for GapV1<'a> {
    fn from(gap: &'a Gap) -> Self {
        Self {
            id: &gap.id,
            title: &gap.title,
            change: if gap.closed { "closed" } else { "opened" },
            cause: if gap.by_yardstick { "questions" } else { "answers" },
        }
    }
}
