//! A whole questionnaire, checked: every name it uses exists, every scale rises, every gate can be met.

use std::collections::{BTreeMap, BTreeSet};

use super::question::LONGEST_TITLE;
use super::{
    AreaId, Credit, FactId, Flaw, FlawKind, GateId, IdError, Incident, Missing, Path, Question, QuestionId,
    QuestionnaireId, Weight,
};

/// A questionnaire whose parts fit together. Made only by [`Questionnaire::build`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Questionnaire {
    header: Header,
    facts: Vec<Fact>,
    areas: Vec<Area>,
    gates: Vec<Gate>,
    questions: Vec<Question>,
    positions: BTreeMap<QuestionId, usize>,
}

/// What a questionnaire says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Its id.
    pub id: QuestionnaireId,
    /// The version of its content.
    pub version: String,
    /// Its title.
    pub title: String,
    /// One or two sentences.
    pub summary: String,
    /// Who should answer it.
    pub audience: String,
    /// Honest time to answer, in minutes.
    pub minutes: u16,
    /// Its language: `en-GB`.
    pub language: String,
    /// Its licence.
    pub licence: String,
    /// The questionnaire that it builds on, with its version.
    pub base: Option<(QuestionnaireId, String)>,
}

/// A scoping fact: asked first, it decides which questions apply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Its id.
    pub id: FactId,
    /// The question.
    pub ask: String,
    /// What the words mean.
    pub help: Option<String>,
}

/// An area: questions that are scored together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    /// Its id.
    pub id: AreaId,
    /// Its title.
    pub title: String,
    /// One sentence.
    pub summary: String,
    /// How much it counts, 1 to 10.
    pub weight: Weight,
}

/// A gate: while it fails, the score is held at its cap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gate {
    /// Its id.
    pub id: GateId,
    /// What it asks for, in a few words.
    pub title: String,
    /// The highest printed score while it fails.
    pub cap: Cap,
    /// What must hold; all that apply.
    pub require: Vec<Requirement>,
    /// Why this is a gate.
    pub grounds: String,
}

/// One thing that a gate asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// The question.
    pub question: QuestionId,
    /// The credit it needs, 1 to 75.
    pub at_least: Credit,
}

/// The highest printed score while a gate fails: the upper end of a band.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cap(u8);

impl Cap {
    /// A cap, when the number is 39, 59, 79 or 89.
    pub fn new(points: i64) -> Option<Self> {
        [39, 59, 79, 89].into_iter().find(|cap| i64::from(*cap) == points).map(Self)
    }

    /// The number.
    pub fn get(self) -> u8 {
        self.0
    }
}

/// Something of a document, with its place in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed<T> {
    /// Where it stands.
    pub at: Path,
    /// The thing itself.
    pub value: T,
}

/// The parts of a questionnaire before they are checked against each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionnaireParts {
    /// What it says of itself.
    pub header: Header,
    /// Its own facts, in order.
    pub facts: Vec<Placed<Fact>>,
    /// Its own areas, in order.
    pub areas: Vec<Placed<Area>>,
    /// Its own gates, in order.
    pub gates: Vec<Placed<Gate>>,
    /// Its own questions, in order.
    pub questions: Vec<Placed<Question>>,
    /// Ids of entries that exist but could not be read: names that refer to them are not reported a second time.
    pub unreadable: BTreeSet<String>,
}

/// A questionnaire to build on, and what of it to take over.
#[derive(Debug, Clone)]
pub struct Base<'a> {
    /// The questionnaire.
    pub questionnaire: &'a Questionnaire,
    /// Questions or whole areas to keep; nothing keeps all.
    pub keep: Option<Vec<Placed<Selector>>>,
    /// Questions or whole areas to leave out, after `keep`.
    pub drop: Vec<Placed<Selector>>,
}

/// A question or a whole area of a base.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selector {
    /// One question.
    Question(QuestionId),
    /// Every question of an area.
    Area(AreaId),
}

impl Selector {
    /// Reads the id of a question or of an area.
    ///
    /// # Errors
    /// When the text is neither.
    pub fn parse(text: &str) -> Result<Self, IdError> {
        if text.contains('.') {
            QuestionId::parse(text).map(Self::Question)
        } else {
            AreaId::parse(text).map(Self::Area)
        }
    }

    fn selects(&self, question: &QuestionId) -> bool {
        match self {
            Self::Question(id) => id == question,
            Self::Area(id) => id.as_str() == question.area(),
        }
    }

    fn as_str(&self) -> &str {
        match self {
            Self::Question(id) => id.as_str(),
            Self::Area(id) => id.as_str(),
        }
    }
}

impl Questionnaire {
    /// Joins a document's parts with its base, if any, and checks that everything fits together.
    ///
    /// # Errors
    /// Every flaw, with its place in the document.
    pub fn build(parts: QuestionnaireParts, base: Option<&Base>) -> Result<Self, Vec<Flaw>> {
        let mut flaws = duplicates(&parts);
        if let Some(base) = base {
            flaws.extend(selector_flaws(base));
        }
        let unreadable = &parts.unreadable;
        let resolved = Resolved::new(&parts, base);
        flaws.extend(resolved.flaws(unreadable));
        if !flaws.is_empty() {
            return Err(flaws);
        }
        Ok(Self {
            header: parts.header,
            facts: values(resolved.facts),
            areas: values(resolved.areas),
            gates: values(resolved.gates),
            positions: resolved.questions.iter().enumerate().map(|(i, q)| (q.value.id.clone(), i)).collect(),
            questions: values(resolved.questions),
        })
    }

    /// What it says of itself.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Every declared fact, in order.
    pub fn facts(&self) -> &[Fact] {
        &self.facts
    }

    /// Its areas, in order of display.
    pub fn areas(&self) -> &[Area] {
        &self.areas
    }

    /// Its gates, in order.
    pub fn gates(&self) -> &[Gate] {
        &self.gates
    }

    /// Its questions, in order of asking; at least one.
    pub fn questions(&self) -> &[Question] {
        &self.questions
    }

    /// A question by its id.
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.position(id).and_then(|i| self.questions.get(i))
    }

    /// The place of a question in the order of asking.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.positions.get(id).copied()
    }

    /// The questions of an area, in order of asking.
    pub fn questions_of<'a>(&'a self, area: &'a AreaId) -> impl Iterator<Item = &'a Question> {
        self.questions.iter().filter(move |question| question.id.area() == area.as_str())
    }

    /// The facts that have to be asked: those that a question, a choice or an incident that is assessed refers to.
    pub fn asked_facts(&self, incidents: &[Incident]) -> Vec<&Fact> {
        let mut used: BTreeSet<&str> =
            self.questions.iter().flat_map(Question::facts).map(FactId::as_str).collect();
        for incident in incidents.iter().filter(|incident| self.assesses(incident)) {
            used.extend(incident.facts().map(FactId::as_str));
        }
        self.facts.iter().filter(|fact| used.contains(fact.id.as_str())).collect()
    }

    /// Whether every control that could prevent a step of the incident is measured by a question, in scope or not.
    /// Otherwise nothing may be said about it: a short check must not call an attack open because it never asked.
    pub fn assesses(&self, incident: &Incident) -> bool {
        incident
            .preventing_controls()
            .all(|control| self.questions.iter().any(|question| question.controls.contains(control)))
    }
}

fn values<T>(placed: Vec<Placed<T>>) -> Vec<T> {
    placed.into_iter().map(|entry| entry.value).collect()
}

/// The parts of a document joined with those of its base.
struct Resolved {
    facts: Vec<Placed<Fact>>,
    areas: Vec<Placed<Area>>,
    gates: Vec<Placed<Gate>>,
    questions: Vec<Placed<Question>>,
}

impl Resolved {
    fn new(parts: &QuestionnaireParts, base: Option<&Base>) -> Self {
        let own = Self {
            facts: parts.facts.clone(),
            areas: parts.areas.clone(),
            gates: parts.gates.clone(),
            questions: parts.questions.clone(),
        };
        let Some(base) = base else { return own };
        let at = Path::root().key("base");
        let kept = kept_questions(base);
        let questions = overlay(&at, kept, own.questions, |question| question.id.as_str());
        let gates = kept_gates(base, &questions, &own.gates);
        let areas =
            overlay(&at, base.questionnaire.areas.clone(), own.areas.clone(), |area| area.id.as_str());
        let declared: BTreeSet<&str> = own.areas.iter().map(|area| area.value.id.as_str()).collect();
        let used =
            |area: &Area| questions.iter().any(|question| question.value.id.area() == area.id.as_str());
        Self {
            facts: overlay(&at, base.questionnaire.facts.clone(), own.facts, |fact| fact.id.as_str()),
            areas: areas
                .into_iter()
                .filter(|area| declared.contains(area.value.id.as_str()) || used(&area.value))
                .collect(),
            gates: overlay(&at, gates, own.gates, |gate| gate.id.as_str()),
            questions,
        }
    }

    fn flaws(&self, unreadable: &BTreeSet<String>) -> Vec<Flaw> {
        let known = |name: &str| unreadable.contains(name);
        let mut flaws = Vec::new();
        if self.questions.is_empty() && unreadable.is_empty() {
            let kind = FlawKind::BadCount { found: 0, expected: "at least one [[question]]" };
            flaws.push(Flaw { at: Path::root().key("question"), kind });
        }
        for question in &self.questions {
            flaws.extend(self.question_flaws(question, &known));
        }
        for gate in &self.gates {
            flaws.extend(self.gate_flaws(gate, &known));
        }
        flaws
    }

    fn question_flaws(&self, placed: &Placed<Question>, known: &impl Fn(&str) -> bool) -> Vec<Flaw> {
        let Placed { at, value: question } = placed;
        let mut flaws = question.kind.flaws(at);
        let area = question.id.area();
        if !known(area) && !self.areas.iter().any(|declared| declared.value.id.as_str() == area) {
            let missing = Missing::new(area, self.areas.iter().map(|declared| declared.value.id.as_str()));
            flaws.push(Flaw { at: at.key("id"), kind: FlawKind::UnknownArea(missing) });
        }
        flaws.extend(self.fact_flaws(&question.applies_if, &at.key("applies_if"), known));
        if let super::Kind::TickAll(choices) = &question.kind {
            for (i, choice) in choices.iter().enumerate() {
                let at = at.key("choices").item(i).key("applies_if");
                flaws.extend(self.fact_flaws(&choice.applies_if, &at, known));
            }
        }
        let length = question.title.chars().count();
        if length > LONGEST_TITLE {
            let kind = FlawKind::TooLong { found: length, longest: LONGEST_TITLE };
            flaws.push(Flaw { at: at.key("title"), kind });
        }
        if let (true, Some(control)) = (question.may_be_skipped, question.controls.first()) {
            let because = format!("it carries the control `{control}`");
            let kind = FlawKind::MayNotBeSkipped { question: question.id.to_string(), because };
            flaws.push(Flaw { at: at.key("not_applicable"), kind });
        }
        flaws
    }

    fn fact_flaws(&self, facts: &[FactId], at: &Path, known: &impl Fn(&str) -> bool) -> Vec<Flaw> {
        let declared = |id: &FactId| known(id.as_str()) || self.facts.iter().any(|fact| fact.value.id == *id);
        let unknown = facts.iter().enumerate().filter(|(_, id)| !declared(id));
        unknown
            .map(|(i, id)| {
                let missing = Missing::new(id.as_str(), self.facts.iter().map(|fact| fact.value.id.as_str()));
                Flaw { at: at.item(i), kind: FlawKind::UnknownFact(missing) }
            })
            .collect()
    }

    fn gate_flaws(&self, placed: &Placed<Gate>, known: &impl Fn(&str) -> bool) -> Vec<Flaw> {
        let Placed { at, value: gate } = placed;
        let at = at.key("require");
        let mut flaws = Vec::new();
        if gate.require.is_empty() {
            flaws.push(Flaw {
                at: at.clone(),
                kind: FlawKind::BadCount { found: 0, expected: "at least one requirement" },
            });
        }
        for (i, requirement) in gate.require.iter().enumerate() {
            let at = at.item(i).key("question");
            let id = requirement.question.as_str();
            match self.questions.iter().find(|question| question.value.id == requirement.question) {
                None if known(id) => {}
                None => {
                    let missing = Missing::new(id, self.questions.iter().map(|q| q.value.id.as_str()));
                    flaws.push(Flaw { at, kind: FlawKind::UnknownQuestion(missing) });
                }
                Some(question) if question.value.may_be_skipped => {
                    let because = format!("the gate `{}` requires it", gate.id);
                    let kind = FlawKind::MayNotBeSkipped { question: id.to_owned(), because };
                    flaws.push(Flaw { at: question.at.key("not_applicable"), kind });
                }
                Some(_) => {}
            }
        }
        flaws
    }
}

fn kept_questions(base: &Base) -> Vec<Question> {
    let kept = |question: &Question| {
        let keeps = |selectors: &[Placed<Selector>]| selectors.iter().any(|s| s.value.selects(&question.id));
        base.keep.as_deref().is_none_or(keeps) && !keeps(&base.drop)
    };
    base.questionnaire.questions.iter().filter(|question| kept(question)).cloned().collect()
}

/// The base's gates without requirements whose question is gone. One that the document replaces stays whole, so that
/// the replacement finds its place.
fn kept_gates(base: &Base, questions: &[Placed<Question>], own: &[Placed<Gate>]) -> Vec<Gate> {
    let exists = |id: &QuestionId| questions.iter().any(|question| question.value.id == *id);
    let mut gates = Vec::new();
    for gate in &base.questionnaire.gates {
        let mut gate = gate.clone();
        if !own.iter().any(|replacement| replacement.value.id == gate.id) {
            gate.require.retain(|requirement| exists(&requirement.question));
        }
        if !gate.require.is_empty() {
            gates.push(gate);
        }
    }
    gates
}

/// The base's entries, each replaced in place by the document's entry with the same id, then the others.
fn overlay<T>(at: &Path, base: Vec<T>, own: Vec<Placed<T>>, id: impl Fn(&T) -> &str) -> Vec<Placed<T>> {
    let mut joined: Vec<Placed<T>> = base.into_iter().map(|value| Placed { at: at.clone(), value }).collect();
    for entry in own {
        match joined.iter().position(|earlier| id(&earlier.value) == id(&entry.value)) {
            Some(place) => joined[place] = entry,
            None => joined.push(entry),
        }
    }
    joined
}

fn selector_flaws(base: &Base) -> Vec<Flaw> {
    let questions = &base.questionnaire.questions;
    let names = || {
        let areas = base.questionnaire.areas.iter().map(|area| area.id.as_str());
        areas.chain(questions.iter().map(|question| question.id.as_str()))
    };
    let kept = base.keep.iter().flatten();
    kept.chain(&base.drop)
        .filter(|selector| !questions.iter().any(|question| selector.value.selects(&question.id)))
        .map(|selector| Flaw {
            at: selector.at.clone(),
            kind: FlawKind::UnknownQuestion(Missing::new(selector.value.as_str(), names())),
        })
        .collect()
}

fn duplicates(parts: &QuestionnaireParts) -> Vec<Flaw> {
    fn among<'a>(entries: impl Iterator<Item = (&'a str, &'a Path)>) -> Vec<Flaw> {
        let mut first: BTreeMap<&str, &Path> = BTreeMap::new();
        let mut flaws = Vec::new();
        for (id, at) in entries {
            if let Some(earlier) = first.get(id) {
                let kind = FlawKind::Duplicate { id: id.to_owned(), first: earlier.key("id") };
                flaws.push(Flaw { at: at.key("id"), kind });
            } else {
                first.insert(id, at);
            }
        }
        flaws
    }
    let mut flaws = among(parts.facts.iter().map(|fact| (fact.value.id.as_str(), &fact.at)));
    flaws.extend(among(parts.areas.iter().map(|area| (area.value.id.as_str(), &area.at))));
    flaws.extend(among(parts.gates.iter().map(|gate| (gate.value.id.as_str(), &gate.at))));
    flaws.extend(among(parts.questions.iter().map(|question| (question.value.id.as_str(), &question.at))));
    flaws
}
