//! Joining a questionnaire with its base, and checking that everything fits together.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use super::question::LONGEST_TITLE;
use super::questionnaire::{Area, Base, Fact, Gate, Placed, QuestionnaireParts, Selector};
use super::{FactId, Flaw, FlawKind, Kind, Missing, Path, Question, QuestionId};

pub(super) fn values<T>(placed: Vec<Placed<T>>) -> Vec<T> {
    placed.into_iter().map(|entry| entry.value).collect()
}

/// The parts of a document joined with those of its base.
pub(super) struct Resolved {
    pub(super) facts: Vec<Placed<Fact>>,
    pub(super) areas: Vec<Placed<Area>>,
    pub(super) gates: Vec<Placed<Gate>>,
    pub(super) questions: Vec<Placed<Question>>,
}

impl Resolved {
    /// A document's own parts on top of those of its base.
    pub(super) fn on(self, base: &Base) -> Self {
        let own = self;
        let at = Path::root().key("base");
        let kept = kept_questions(base);
        let questions = overlay(&at, kept, own.questions, |question| question.id.as_str());
        let gates = kept_gates(base, &questions, &own.gates);
        let areas =
            overlay(&at, base.questionnaire.areas().to_vec(), own.areas.clone(), |area| area.id.as_str());
        let declared: BTreeSet<&str> = own.areas.iter().map(|area| area.value.id.as_str()).collect();
        let used =
            |area: &Area| questions.iter().any(|question| question.value.id.area() == area.id.as_str());
        Self {
            facts: overlay(&at, base.questionnaire.facts().to_vec(), own.facts, |fact| fact.id.as_str()),
            areas: areas
                .into_iter()
                .filter(|area| declared.contains(area.value.id.as_str()) || used(&area.value))
                .collect(),
            gates: overlay(&at, gates, own.gates, |gate| gate.id.as_str()),
            questions,
        }
    }

    pub(super) fn flaws(&self, unreadable: &BTreeSet<String>) -> Vec<Flaw> {
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
        if let Kind::TickAll(choices) = &question.kind {
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
    base.questionnaire.questions().iter().filter(|question| kept(question)).cloned().collect()
}

/// The base's gates without requirements whose question is gone. One that the document replaces stays whole, so that
/// the replacement finds its place.
fn kept_gates(base: &Base, questions: &[Placed<Question>], own: &[Placed<Gate>]) -> Vec<Gate> {
    let exists = |id: &QuestionId| questions.iter().any(|question| question.value.id == *id);
    let mut gates = Vec::new();
    for gate in base.questionnaire.gates() {
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
    let named = joined.iter().enumerate().map(|(place, entry)| (id(&entry.value).to_owned(), place));
    let mut places: BTreeMap<String, usize> = named.collect();
    for entry in own {
        match places.entry(id(&entry.value).to_owned()) {
            Entry::Occupied(place) => joined[*place.get()] = entry,
            Entry::Vacant(place) => {
                place.insert(joined.len());
                joined.push(entry);
            }
        }
    }
    joined
}

pub(super) fn selector_flaws(base: &Base) -> Vec<Flaw> {
    let questions = base.questionnaire.questions();
    let names = || {
        let areas = base.questionnaire.areas().iter().map(|area| area.id.as_str());
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

pub(super) fn duplicates(parts: &QuestionnaireParts) -> Vec<Flaw> {
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
