//! Short ways to build questionnaires, incidents and answers.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    Answer, Area, AreaId, Assessment, Attribution, Cap, Certainty, Confidence, ControlId, Cost, Credit, Date,
    Effect, Effort, Evidence, Fact, FactId, Gate, GateId, Given, Header, Incident, IncidentId, Kind, Level,
    LevelId, Organisation, OrganisationKind, Path, Placed, Prevention, Question, QuestionId, Questionnaire,
    QuestionnaireId, QuestionnaireParts, Requirement, Severity, Step, StepId, Ternary, Value, Weight,
    YesPartlyNo,
};

/// The day on which everything is judged.
pub(crate) fn as_of() -> Date {
    Date::new(2026, 11, 23).unwrap()
}

/// A yes-no question of weight 1 that takes hours.
pub(crate) fn question(id: &str) -> Question {
    Question {
        id: QuestionId::parse(id).unwrap(),
        revision: 1,
        weight: Weight::of_question(1).unwrap(),
        weight_reason: String::new(),
        severity: Severity::Medium,
        applies_if: Vec::new(),
        may_be_skipped: false,
        controls: Vec::new(),
        title: id.to_owned(),
        ask: String::new(),
        help: None,
        why: String::new(),
        fix: String::new(),
        fix_more: None,
        find_out: None,
        effort: Effort::Hours,
        cost: Cost::Free,
        proof: String::new(),
        valid_months: 12,
        references: Vec::new(),
        sources: Vec::new(),
        kind: yes_no(50),
    }
}

/// The changes that tests make most often.
pub(crate) trait Changed: Sized {
    fn changed(self, change: impl FnOnce(&mut Self)) -> Self;
}

impl<T> Changed for T {
    fn changed(mut self, change: impl FnOnce(&mut Self)) -> Self {
        change(&mut self);
        self
    }
}

pub(crate) fn weight(weight: i64) -> Weight {
    Weight::of_question(weight).unwrap()
}

pub(crate) fn fact(id: &str) -> FactId {
    FactId::parse(id).unwrap()
}

pub(crate) fn control(id: &str) -> ControlId {
    ControlId::parse(id).unwrap()
}

pub(crate) fn yes_no(partly_credit: u8) -> Kind {
    Kind::YesNo { partly: String::new(), partly_credit: Credit::new(partly_credit).unwrap() }
}

/// A levels question whose levels are called by their credit: `l40`.
pub(crate) fn levels(credits: &[u8]) -> Kind {
    let level = |credit: &u8| Level {
        id: LevelId::parse(&format!("l{credit}")).unwrap(),
        credit: Credit::new(*credit).unwrap(),
        label: String::new(),
    };
    Kind::Levels(credits.iter().map(level).collect())
}

/// The level with a credit.
pub(crate) fn level(credit: u8) -> Value {
    Value::Level(LevelId::parse(&format!("l{credit}")).unwrap())
}

pub(crate) const YES: Value = Value::YesPartlyNo(YesPartlyNo::Yes);
pub(crate) const PARTLY: Value = Value::YesPartlyNo(YesPartlyNo::Partly);
pub(crate) const NO: Value = Value::YesPartlyNo(YesPartlyNo::No);

pub(crate) fn gate(id: &str, cap: i64, require: &[(&str, u8)]) -> Gate {
    let requirement = |(question, at_least): &(&str, u8)| Requirement {
        question: QuestionId::parse(question).unwrap(),
        at_least: Credit::new(*at_least).unwrap(),
    };
    Gate {
        id: GateId::parse(id).unwrap(),
        title: String::new(),
        cap: Cap::new(cap).unwrap(),
        require: require.iter().map(requirement).collect(),
        grounds: String::new(),
    }
}

/// A questionnaire of areas with their weights, questions, gates and facts.
pub(crate) fn questionnaire(
    areas: &[(&str, i64)],
    questions: Vec<Question>,
    gates: Vec<Gate>,
    facts: &[&str],
) -> Questionnaire {
    let area = |(id, weight): &(&str, i64)| Area {
        id: AreaId::parse(id).unwrap(),
        title: String::new(),
        summary: String::new(),
        weight: Weight::of_area(*weight).unwrap(),
    };
    let declared = |id: &&str| Fact { id: fact(id), ask: String::new(), help: None };
    let header = Header {
        id: QuestionnaireId::parse("toy").unwrap(),
        version: "1".to_owned(),
        title: String::new(),
        summary: String::new(),
        audience: String::new(),
        minutes: 1,
        language: "en-GB".to_owned(),
        licence: String::new(),
        base: None,
    };
    rebuilt(Whole {
        header,
        facts: facts.iter().map(declared).collect(),
        areas: areas.iter().map(area).collect(),
        gates,
        questions,
    })
}

/// The parts of a questionnaire without places.
#[derive(Debug, Clone)]
pub(crate) struct Whole {
    pub(crate) header: Header,
    pub(crate) facts: Vec<Fact>,
    pub(crate) areas: Vec<Area>,
    pub(crate) gates: Vec<Gate>,
    pub(crate) questions: Vec<Question>,
}

impl From<&Questionnaire> for Whole {
    fn from(questionnaire: &Questionnaire) -> Self {
        Self {
            header: questionnaire.header().clone(),
            facts: questionnaire.facts().to_vec(),
            areas: questionnaire.areas().to_vec(),
            gates: questionnaire.gates().to_vec(),
            questions: questionnaire.questions().to_vec(),
        }
    }
}

pub(crate) fn rebuilt(whole: Whole) -> Questionnaire {
    fn placed<T>(values: Vec<T>) -> Vec<Placed<T>> {
        values.into_iter().map(|value| Placed { at: Path::root(), value }).collect()
    }
    let parts = QuestionnaireParts {
        header: whole.header,
        facts: placed(whole.facts),
        areas: placed(whole.areas),
        gates: placed(whole.gates),
        questions: placed(whole.questions),
        unreadable: BTreeSet::new(),
    };
    Questionnaire::build(parts, None).unwrap()
}

/// A step with the controls in its way.
pub(crate) fn step(id: &str, prevent: &[(&str, Effect)]) -> Step {
    let prevention = |(id, effect): &(&str, Effect)| Prevention { control: control(id), effect: *effect };
    Step {
        id: StepId::parse(id).unwrap(),
        title: String::new(),
        techniques: Vec::new(),
        confidence: Confidence::Reported,
        prevent: prevent.iter().map(prevention).collect(),
        detect: Vec::new(),
        impossible_if_not: Vec::new(),
    }
}

/// An incident without priority that always applies.
pub(crate) fn incident(id: &str, steps: Vec<Step>) -> Incident {
    Incident {
        id: IncidentId::parse(id).unwrap(),
        title: String::new(),
        when: String::new(),
        victim: String::new(),
        actor: String::new(),
        attribution: Attribution { by: None, date: None, level: Certainty::Unknown },
        summary: String::new(),
        harm: String::new(),
        lessons: Vec::new(),
        caveat: None,
        attack_version: String::new(),
        applies_if: Vec::new(),
        priority: false,
        sources: Vec::new(),
        steps,
    }
}

pub(crate) fn claimed(value: Value) -> Answer {
    Answer::new(Given::Definite(value))
}

pub(crate) fn documented(value: Value) -> Answer {
    Answer { evidence: Evidence::Documented, ..claimed(value) }
}

pub(crate) fn verified(value: Value) -> Answer {
    Answer { evidence: Evidence::Verified, ..claimed(value) }
}

pub(crate) fn unknown() -> Answer {
    Answer::new(Given::Unknown)
}

pub(crate) fn not_applicable(evidence: Evidence) -> Answer {
    Answer { evidence, ..Answer::new(Given::NotApplicable("because".to_owned())) }
}

/// Answers to some questions, no facts.
pub(crate) fn assessment<'a>(answers: impl IntoIterator<Item = (&'a str, Answer)>) -> Assessment {
    Assessment {
        questionnaire: QuestionnaireId::parse("toy").unwrap(),
        version: "1".to_owned(),
        organisation: Organisation {
            name: String::new(),
            kind: OrganisationKind::Other,
            country: "GB".to_owned(),
        },
        date: as_of(),
        assessor: None,
        self_assessed: None,
        marking: None,
        narrative: crate::model::Narrative::default(),
        facts: BTreeMap::new(),
        answers: answers.into_iter().map(|(id, answer)| (QuestionId::parse(id).unwrap(), answer)).collect(),
    }
}

/// The same with facts answered "no".
pub(crate) fn denying(assessment: Assessment, facts: &[&str]) -> Assessment {
    assessment.changed(|assessment| {
        assessment.facts.extend(facts.iter().map(|id| (fact(id), Ternary::No)));
    })
}
