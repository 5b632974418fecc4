//! The texts of a questionnaire in another language.

use std::collections::BTreeMap;

use super::{Fact, Gate, Kind, Question, Questionnaire};

/// The texts of a questionnaire in another language. What it leaves out stays as it is; no number and no id changes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Translation {
    /// Its language: `cy`.
    pub language: String,
    /// The title of the questionnaire.
    pub title: Option<String>,
    /// One or two sentences.
    pub summary: Option<String>,
    /// Who should answer it.
    pub audience: Option<String>,
    /// Those of facts, by id.
    pub facts: BTreeMap<String, FactTexts>,
    /// Those of areas, by id.
    pub areas: BTreeMap<String, AreaTexts>,
    /// Those of gates, by id.
    pub gates: BTreeMap<String, GateTexts>,
    /// Those of questions, by id.
    pub questions: BTreeMap<String, QuestionTexts>,
}

/// The texts of a fact.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "the names are those of a fact")]
pub struct FactTexts {
    pub ask: Option<String>,
    pub help: Option<String>,
}

/// The texts of an area.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "the names are those of an area")]
pub struct AreaTexts {
    pub title: Option<String>,
    pub summary: Option<String>,
}

/// The texts of a gate.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "the names are those of a gate")]
pub struct GateTexts {
    pub title: Option<String>,
    pub grounds: Option<String>,
}

/// The texts of a question.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "the names are those of a question")]
pub struct QuestionTexts {
    pub title: Option<String>,
    pub ask: Option<String>,
    pub help: Option<String>,
    pub why: Option<String>,
    pub fix: Option<String>,
    pub fix_more: Option<String>,
    pub find_out: Option<String>,
    pub proof: Option<String>,
    pub weight_reason: Option<String>,
    pub partly: Option<String>,
    /// The words of its levels or choices, by their ids.
    pub labels: BTreeMap<String, String>,
}

impl Questionnaire {
    /// The same questionnaire with the texts of a translation. What that has for other entries is passed over.
    #[must_use]
    pub fn translated(mut self, mut to: Translation) -> Self {
        put(&mut self.header.title, to.title);
        put(&mut self.header.summary, to.summary);
        put(&mut self.header.audience, to.audience);
        self.header.language = to.language;
        for fact in &mut self.facts {
            to.facts.remove(fact.id.as_str()).unwrap_or_default().put_on(fact);
        }
        for area in &mut self.areas {
            let texts = to.areas.remove(area.id.as_str()).unwrap_or_default();
            put(&mut area.title, texts.title);
            put(&mut area.summary, texts.summary);
        }
        for gate in &mut self.gates {
            to.gates.remove(gate.id.as_str()).unwrap_or_default().put_on(gate);
        }
        for question in &mut self.questions {
            to.questions.remove(question.id.as_str()).unwrap_or_default().put_on(question);
        }
        self
    }
}

impl FactTexts {
    fn put_on(self, fact: &mut Fact) {
        put(&mut fact.ask, self.ask);
        put_where_there_is_one(&mut fact.help, self.help);
    }
}

impl GateTexts {
    fn put_on(self, gate: &mut Gate) {
        put(&mut gate.title, self.title);
        put(&mut gate.grounds, self.grounds);
    }
}

impl QuestionTexts {
    fn put_on(mut self, question: &mut Question) {
        put(&mut question.title, self.title);
        put(&mut question.ask, self.ask);
        put(&mut question.why, self.why);
        put(&mut question.fix, self.fix);
        put(&mut question.proof, self.proof);
        put(&mut question.weight_reason, self.weight_reason);
        put_where_there_is_one(&mut question.help, self.help);
        put_where_there_is_one(&mut question.fix_more, self.fix_more);
        put_where_there_is_one(&mut question.find_out, self.find_out);
        match &mut question.kind {
            Kind::Levels(levels) => {
                for level in levels {
                    put(&mut level.label, self.labels.remove(level.id.as_str()));
                }
            }
            Kind::TickAll(choices) => {
                for choice in choices {
                    put(&mut choice.label, self.labels.remove(choice.id.as_str()));
                }
            }
            Kind::YesNo { partly, .. } => put(partly, self.partly),
            Kind::Percentage(_) | Kind::LastDone(_) => {}
        }
    }
}

fn put(text: &mut String, other: Option<String>) {
    if let Some(other) = other {
        *text = other;
    }
}

fn put_where_there_is_one(text: &mut Option<String>, other: Option<String>) {
    if text.is_some() && other.is_some() {
        *text = other;
    }
}
