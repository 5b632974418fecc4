//! The report for machines: version 1 of a frozen format. Keys may be added, never changed or removed.

mod comparison;
mod handover;
mod history;
mod upkeep;

use schemars::JsonSchema;
use serde::Serialize;

use crate::report::{self, Area, Finding, Incident, Points, Report, Worlds};
use crate::text::hides;
use comparison::ComparisonV1;

pub use comparison::{comparison, comparison_schema};
pub use history::{history, history_schema};

/// The report as JSON, version 1, with a line break at the end.
///
/// # Errors
/// When serialisation fails, which these types do not.
pub fn report(report: &Report) -> Result<String, serde_json::Error> {
    let mut text = printable(serde_json::to_string_pretty(&ReportV1::from(report))?);
    text.push('\n');
    Ok(text)
}

/// The same document with every character that could steer a terminal or reorder letters as an escape: JSON may be
/// printed too. Such characters stand inside of texts only.
fn printable(json: String) -> String {
    if !json.contains(hides) {
        return json;
    }
    let mut printable = String::with_capacity(json.len());
    for c in json.chars() {
        if hides(c) {
            let units =
                c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect::<Vec<_>>();
            printable.push_str(&units.concat());
        } else {
            printable.push(c);
        }
    }
    printable
}

/// The JSON Schema of the report, draft 2020-12.
pub fn schema() -> schemars::Schema {
    schemars::schema_for!(ReportV1)
}

/// A safeseat report, version 1. Shares of points are in basis points: 10000 is 100.00.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "safeseat report, version 1")]
struct ReportV1<'a> {
    format: u8,
    tool: Tool<'a>,
    questionnaire: Questionnaire<'a>,
    answers_sha256: &'a str,
    organisation: Organisation<'a>,
    as_of: &'a str,
    score: Score<'a>,
    areas: Vec<AreaV1<'a>>,
    gates: Vec<Gate<'a>>,
    questions: Vec<Question<'a>>,
    ledger: Ledger<'a>,
    incidents: Vec<IncidentV1<'a>>,
    find_out: Vec<FindOut<'a>>,
    roadmap: Vec<Action<'a>>,
    frameworks: Vec<Framework<'a>>,
    frameworks_note: &'a str,
    services: Services<'a>,
    waivers: Vec<upkeep::Waiver<'a>>,
    ageing: upkeep::Ageing<'a>,
    /// For whom the report is: internal or client. What others may not see is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    audience: Option<&'a str>,
    /// Texts of whoever assessed; only when there are any.
    #[serde(skip_serializing_if = "Option::is_none")]
    narrative: Option<handover::Narrative<'a>>,
    /// What moved since the assessment before; only when there is one to compare with.
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<ComparisonV1<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct Tool<'a> {
    name: &'a str,
    version: &'a str,
}

#[derive(Serialize, JsonSchema)]
struct Questionnaire<'a> {
    id: &'a str,
    version: &'a str,
    title: &'a str,
    sha256: &'a str,
}

#[derive(Serialize, JsonSchema)]
struct Organisation<'a> {
    name: &'a str,
    kind: &'a str,
    country: &'a str,
}

/// A value in each of the three worlds.
#[derive(Serialize, JsonSchema)]
struct Three<T> {
    proven: T,
    stated: T,
    possible: T,
}

impl<T> From<Worlds<T>> for Three<T> {
    fn from(worlds: Worlds<T>) -> Self {
        Self { proven: worlds.proven, stated: worlds.stated, possible: worlds.possible }
    }
}

/// Every number is null, and the band "none", when no question counts.
#[derive(Serialize, JsonSchema)]
struct Score<'a> {
    printed: Printed,
    band: &'a str,
    headline_bp: Option<u16>,
    proven_bp: Option<u16>,
    stated_bp: Option<u16>,
    possible_bp: Option<u16>,
    base_bp: Three<Option<u16>>,
    coverage_bp: Option<u16>,
    scope_reduced_bp: Option<u16>,
    stability: &'a str,
}

/// Whole points, rounded down.
#[derive(Serialize, JsonSchema)]
struct Printed {
    headline: Option<u16>,
    proven: Option<u16>,
    stated: Option<u16>,
    possible: Option<u16>,
}

#[derive(Serialize, JsonSchema)]
struct AreaV1<'a> {
    id: &'a str,
    title: &'a str,
    weight: u8,
    proven_bp: Option<u16>,
    stated_bp: Option<u16>,
    possible_bp: Option<u16>,
    questions: usize,
    counted: usize,
    unknown: usize,
    not_applicable: usize,
}

#[derive(Serialize, JsonSchema)]
struct Gate<'a> {
    id: &'a str,
    cap: u8,
    title: &'a str,
    proven: &'a str,
    stated: &'a str,
    possible: &'a str,
}

#[derive(Serialize, JsonSchema)]
struct Question<'a> {
    id: &'a str,
    standing: &'a str,
    /// As in the answers file; null when there is none that counts.
    answer: Option<Answer<'a>>,
    evidence: Option<&'a str>,
    /// Where the evidence is kept; only where that is known and the audience may see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    evidence_where: Option<&'a str>,
    fresh: Option<bool>,
    proven_bp: Option<u16>,
    stated_bp: Option<u16>,
    possible_bp: Option<u16>,
    loss_bp: u16,
    severity: &'a str,
    /// The first day after today on which the answer counts for less, if nothing is renewed.
    lapses_on: Option<&'a str>,
}

#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
enum Answer<'a> {
    Word(&'a str),
    Percent(u8),
    Ticked(&'a [String]),
}

/// Every number is null without a score.
#[derive(Serialize, JsonSchema)]
struct Ledger<'a> {
    questions_bp: Option<u16>,
    cap_bp: Option<u16>,
    cap_gate: Option<&'a str>,
    cap_incident: Option<&'a str>,
    assurance_bp: Option<u16>,
}

/// An incident that does not apply, or is not assessed, has only the first four.
#[derive(Serialize, JsonSchema)]
struct IncidentV1<'a> {
    id: &'a str,
    title: &'a str,
    applies: bool,
    assessed: bool,
    #[serde(flatten)]
    replay: Option<Replay<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct Replay<'a> {
    layers: Three<u32>,
    word: Three<&'a str>,
    broken_at: Three<Option<&'a str>>,
    detected_at: Three<Option<&'a str>>,
    steps: Vec<Step<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct Step<'a> {
    id: &'a str,
    strength: Three<u8>,
    /// The questions whose answers give it the stated strength.
    by: Vec<&'a str>,
}

#[derive(Serialize, JsonSchema)]
struct FindOut<'a> {
    question: &'a str,
    at_stake_bp: u16,
}

#[derive(Serialize, JsonSchema)]
struct Action<'a> {
    question: &'a str,
    find_out: bool,
    to: &'a str,
    cost: u8,
    headline_after_bp: u16,
    stated_after_bp: u16,
}

#[derive(Serialize, JsonSchema)]
struct Framework<'a> {
    id: &'a str,
    version: &'a str,
    items: Vec<FrameworkItem<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct FrameworkItem<'a> {
    id: &'a str,
    status: &'a str,
    questions: Vec<&'a str>,
}

/// Services and contacts that fit the country and kind, or work everywhere.
#[derive(Serialize, JsonSchema)]
struct Services<'a> {
    /// The day on which the list was last checked.
    checked: &'a str,
    services: Vec<Service<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct Service<'a> {
    id: &'a str,
    /// free-service, report-incident, report-crime, report-data-breach or advice.
    role: &'a str,
    /// ISO 3166 alpha-2, or INT for everywhere.
    country: &'a str,
    title: &'a str,
    what: &'a str,
    url: &'a str,
    phone: Option<&'a str>,
    /// How it was seen: publisher, secondary or memory.
    seen: &'a str,
}

fn bp(points: Option<Points>) -> Option<u16> {
    points.map(Points::get)
}

impl<'a> From<&'a Report> for ReportV1<'a> {
    fn from(report: &'a Report) -> Self {
        let head = &report.head;
        Self {
            format: 1,
            tool: Tool { name: head.tool.name, version: &head.tool.version },
            questionnaire: Questionnaire {
                id: &head.questionnaire.id,
                version: &head.questionnaire.version,
                title: &head.questionnaire.title,
                sha256: &head.questionnaire.sha256,
            },
            answers_sha256: &head.answers_sha256,
            organisation: Organisation {
                name: &head.organisation.name,
                kind: head.organisation.kind,
                country: &head.organisation.country,
            },
            as_of: &head.date.iso,
            score: Score::from(&report.verdict),
            areas: report.areas.iter().map(AreaV1::from).collect(),
            gates: report.gates.iter().map(Gate::from).collect(),
            questions: report.areas.iter().flat_map(|area| &area.findings).map(Question::from).collect(),
            ledger: Ledger::from(report.ledger.as_ref()),
            incidents: incidents(&report.incidents),
            find_out: report
                .find_out
                .iter()
                .map(|open| FindOut { question: &open.question.id, at_stake_bp: open.at_stake.get() })
                .collect(),
            roadmap: report.actions.iter().map(Action::from).collect(),
            frameworks: report.frameworks.iter().map(Framework::from).collect(),
            frameworks_note: "related to, not certified",
            services: Services::from(&report.services),
            audience: Some(head.audience.as_str()),
            narrative: handover::Narrative::of(report),
            since: report.since.as_ref().map(ComparisonV1::from),
            waivers: report.waivers.iter().map(upkeep::Waiver::from).collect(),
            ageing: upkeep::Ageing::from(&report.ageing),
        }
    }
}

impl<'a> From<&'a report::Verdict> for Score<'a> {
    fn from(verdict: &'a report::Verdict) -> Self {
        let score = verdict.score.as_ref();
        let world =
            |world: fn(Worlds<Option<Points>>) -> Option<Points>| score.and_then(|score| world(score.worlds));
        let (proven, stated, possible) = (world(|w| w.proven), world(|w| w.stated), world(|w| w.possible));
        let headline = score.map(|score| score.headline);
        let printed = |points: Option<Points>| points.map(Points::printed);
        Self {
            printed: Printed {
                headline: printed(headline),
                proven: printed(proven),
                stated: printed(stated),
                possible: printed(possible),
            },
            band: verdict.band.as_ref().map_or("none", |band| band.id),
            headline_bp: bp(headline),
            proven_bp: bp(proven),
            stated_bp: bp(stated),
            possible_bp: bp(possible),
            base_bp: score.map_or(Worlds::default(), |score| score.base).map(bp).into(),
            coverage_bp: bp(verdict.coverage),
            scope_reduced_bp: bp(verdict.scope_reduced),
            stability: verdict.stability,
        }
    }
}

impl<'a> From<&'a Area> for AreaV1<'a> {
    fn from(area: &'a Area) -> Self {
        Self {
            id: &area.id,
            title: &area.title,
            weight: area.weight,
            proven_bp: bp(area.score.proven),
            stated_bp: bp(area.score.stated),
            possible_bp: bp(area.score.possible),
            questions: area.questions,
            counted: area.counted,
            unknown: area.unknown,
            not_applicable: area.not_applicable,
        }
    }
}

impl<'a> From<&'a report::Gate> for Gate<'a> {
    fn from(gate: &'a report::Gate) -> Self {
        Self {
            id: &gate.id,
            cap: gate.cap,
            title: &gate.title,
            proven: gate.state.proven,
            stated: gate.state.stated,
            possible: gate.state.possible,
        }
    }
}

impl<'a> From<&'a Finding> for Question<'a> {
    fn from(finding: &'a Finding) -> Self {
        Self {
            id: &finding.question.id,
            standing: finding.standing,
            answer: finding.answer.as_ref().map(|answer| match answer {
                report::Answer::Word(word) => Answer::Word(word),
                report::Answer::Percent(percent) => Answer::Percent(*percent),
                report::Answer::Ticked(ids) => Answer::Ticked(ids),
            }),
            evidence: finding.evidence.as_ref().map(|evidence| evidence.level),
            evidence_where: finding.evidence.as_ref().and_then(|evidence| evidence.kept.as_deref()),
            fresh: finding.evidence.as_ref().map(|evidence| evidence.fresh),
            proven_bp: bp(finding.credit.proven),
            stated_bp: bp(finding.credit.stated),
            possible_bp: bp(finding.credit.possible),
            loss_bp: finding.loss.get(),
            severity: finding.severity,
            lapses_on: finding.lapses_on.as_ref().map(|day| day.iso.as_str()),
        }
    }
}

impl<'a> From<Option<&'a report::Ledger>> for Ledger<'a> {
    fn from(ledger: Option<&'a report::Ledger>) -> Self {
        Self {
            questions_bp: ledger.map(|ledger| ledger.questions.get()),
            cap_bp: ledger.map(|ledger| ledger.cap.get()),
            cap_gate: ledger.and_then(|ledger| ledger.cap_gate.as_deref()),
            cap_incident: ledger.and_then(|ledger| ledger.cap_incident.as_deref()),
            assurance_bp: ledger.map(|ledger| ledger.assurance.get()),
        }
    }
}

/// All incidents by ascending id, whether they were replayed or not.
fn incidents(incidents: &report::Incidents) -> Vec<IncidentV1<'_>> {
    let mut all: Vec<IncidentV1> = incidents.replayed.iter().map(IncidentV1::from).collect();
    all.extend(incidents.do_not_apply.iter().map(|incident| IncidentV1::named(incident, false)));
    all.extend(incidents.not_assessed.iter().map(|incident| IncidentV1::named(incident, true)));
    all.sort_by_key(|incident| incident.id);
    all
}

impl<'a> IncidentV1<'a> {
    fn named(incident: &'a report::IncidentNote, applies: bool) -> Self {
        Self { id: &incident.id, title: &incident.title, applies, assessed: incident.assessed, replay: None }
    }
}

impl<'a> From<&'a Incident> for IncidentV1<'a> {
    fn from(incident: &'a Incident) -> Self {
        let ids = |ids: &'a Worlds<Option<String>>| Three {
            proven: ids.proven.as_deref(),
            stated: ids.stated.as_deref(),
            possible: ids.possible.as_deref(),
        };
        let steps = incident.steps.iter().map(|step| Step {
            id: &step.id,
            strength: step.strength.into(),
            by: step
                .by
                .iter()
                .flat_map(|measure| &measure.questions)
                .map(|question| question.id.as_str())
                .collect(),
        });
        Self {
            id: &incident.id,
            title: &incident.title,
            applies: true,
            assessed: true,
            replay: Some(Replay {
                layers: incident.layers.into(),
                word: incident.word.into(),
                broken_at: ids(&incident.broken_at),
                detected_at: ids(&incident.detected_at),
                steps: steps.collect(),
            }),
        }
    }
}

impl<'a> From<&'a report::Action> for Action<'a> {
    fn from(action: &'a report::Action) -> Self {
        Self {
            question: &action.question.id,
            find_out: action.find_out,
            to: &action.to,
            cost: action.cost_units,
            headline_after_bp: action.headline_after.get(),
            stated_after_bp: action.stated_after.get(),
        }
    }
}

impl<'a> From<&'a report::Framework> for Framework<'a> {
    fn from(framework: &'a report::Framework) -> Self {
        let items = framework.items.iter().map(|item| FrameworkItem {
            id: &item.id,
            status: item.status.as_str(),
            questions: item.questions.iter().map(|question| question.id.as_str()).collect(),
        });
        Self { id: &framework.id, version: &framework.version, items: items.collect() }
    }
}

impl<'a> From<&'a report::Services> for Services<'a> {
    fn from(services: &'a report::Services) -> Self {
        let listed = services.groups.iter().flat_map(|group| group.services.iter().map(move |s| (group, s)));
        let all = listed.map(|(group, service)| Service {
            id: &service.id,
            role: group.role,
            country: &service.country,
            title: &service.title,
            what: &service.what,
            url: &service.url,
            phone: service.phone.as_deref(),
            seen: service.seen,
        });
        Self { checked: &services.checked.iso, services: all.collect() }
    }
}
