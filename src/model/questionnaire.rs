//! A whole questionnaire, checked: every name it uses exists, every scale rises, every gate can be met.

use std::collections::{BTreeMap, BTreeSet};

use super::resolve::{Resolved, duplicates, selector_flaws, values};
use super::{
    AreaId, Credit, FactId, Flaw, GateId, IdError, Incident, Path, Question, QuestionId, QuestionnaireId,
    Weight,
};

/// A questionnaire whose parts fit together. Made only by [`Questionnaire::build`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Questionnaire {
    pub(super) header: Header,
    pub(super) facts: Vec<Fact>,
    pub(super) areas: Vec<Area>,
    pub(super) gates: Vec<Gate>,
    pub(super) questions: Vec<Question>,
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

impl Header {
    /// Whether the answers are a single person's and not an organisation's.
    pub fn is_about_a_person(&self) -> bool {
        is_about_a_person(&self.id, self.base.as_ref().map(|(id, _)| id))
    }
}

/// Whether a questionnaire is the one about a single person's own accounts and devices, or builds on it.
pub fn is_about_a_person(id: &QuestionnaireId, base: Option<&QuestionnaireId>) -> bool {
    const INDIVIDUAL: &str = "individual";
    id.as_str() == INDIVIDUAL || base.is_some_and(|base| base.as_str() == INDIVIDUAL)
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

    pub(super) fn selects(&self, question: &QuestionId) -> bool {
        match self {
            Self::Question(id) => id == question,
            Self::Area(id) => id.as_str() == question.area(),
        }
    }

    pub(super) fn as_str(&self) -> &str {
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
        let QuestionnaireParts { header, facts, areas, gates, questions, unreadable } = parts;
        let own = Resolved { facts, areas, gates, questions };
        let resolved = if let Some(base) = base { own.on(base) } else { own };
        flaws.extend(resolved.flaws(&unreadable));
        if !flaws.is_empty() {
            return Err(flaws);
        }
        Ok(Self {
            header,
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
