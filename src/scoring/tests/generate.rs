//! Any questionnaire with any incidents and any answers.

use std::collections::BTreeSet;
use std::fmt;

use proptest::prelude::*;

use super::build::{
    Changed, Whole, as_of, assessment, control, fact, gate, incident, levels, not_applicable, question,
    questionnaire, step, unknown, weight, yes_no,
};
use crate::model::{
    Answer, Assessment, Band, Choice, ChoiceId, ControlId, Credit, Date, Effect, Effort, Evidence, FactId,
    Gate, Given, Incident, Kind, Question, QuestionId, Questionnaire, Requirement, Step, Ternary, Value,
    Weight, Within, YesPartlyNo,
};

/// Something to score.
#[derive(Clone)]
pub(crate) struct Case {
    pub(crate) questionnaire: Questionnaire,
    pub(crate) incidents: Vec<Incident>,
    pub(crate) assessment: Assessment,
}

/// Any case: one to four areas (some without questions), one to nine questions of all kinds, up to three gates, facts,
/// controls and incidents, and answers of every sort, among them none.
pub(crate) fn cases() -> impl Strategy<Value = Case> {
    prop::collection::vec(any::<u32>(), 600).prop_map(|numbers| Case::drawn(&mut Dice(numbers.into_iter())))
}

/// Any case, and what the same organisation answers later to an edited questionnaire: reworded, revised, reweighted,
/// moved, removed and added questions, reweighted areas; some answers kept, some not.
pub(crate) fn pairs() -> impl Strategy<Value = (Case, Case)> {
    prop::collection::vec(any::<u32>(), 1_200).prop_map(|numbers| {
        let dice = &mut Dice(numbers.into_iter());
        let old = Case::drawn(dice);
        let edited = drawn_edits(dice, &old);
        let mut assessment = drawn_assessment(dice, &edited.questionnaire);
        for (id, answer) in &old.assessment.answers {
            if !dice.one_in(3) {
                assessment.answers.insert(id.clone(), answer.clone());
            }
        }
        assessment.date = as_of().months_after(dice.pick(&[0, 1, 6, 13]));
        let new = Case { assessment, ..edited };
        (old, new)
    })
}

const AREAS: [&str; 4] = ["a", "b", "c", "d"];
const FACTS: [&str; 3] = ["f-one", "f-two", "f-three"];
/// Never declared by a questionnaire.
const UNDECLARED: &str = "f-undeclared";
const CONTROLS: [&str; 4] = ["c-one", "c-two", "c-three", "c-four"];

/// A stream of choices: short and small numbers make small cases, so that failures shrink to readable ones.
struct Dice(std::vec::IntoIter<u32>);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0.next().map_or(0, |number| number as usize % limit)
    }

    fn between(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high + 1 - low)
    }

    fn one_in(&mut self, sides: usize) -> bool {
        self.below(sides) == sides - 1
    }

    fn pick<T: Clone>(&mut self, options: &[T]) -> T {
        options[self.below(options.len())].clone()
    }

    fn some<T: Clone>(&mut self, options: &[T], most: usize) -> Vec<T> {
        let mut left = options.to_vec();
        let count = self.below(most.min(left.len()) + 1);
        (0..count).map(|_| left.remove(self.below(left.len()))).collect()
    }

    /// Rising numbers from `low` to `high`, the last one `high`.
    fn rising(&mut self, low: u8, high: u8) -> Vec<u8> {
        let count = self.below(3);
        let mut numbers: BTreeSet<u8> = [high].into();
        numbers.extend((0..count).filter_map(|_| u8::try_from(self.between(low.into(), high.into())).ok()));
        numbers.into_iter().collect()
    }

    fn date(&mut self) -> Date {
        let months = self.pick(&[0, 1, 5, 6, 11, 12, 13, 24, 36]);
        as_of().months_before(months)
    }
}

fn credit(credit: u8) -> Credit {
    Credit::new(credit).unwrap()
}

impl Case {
    fn drawn(dice: &mut Dice) -> Self {
        let areas: Vec<(&str, i64)> = AREAS[..dice.between(1, AREAS.len())]
            .iter()
            .map(|id| (*id, i64::try_from(dice.between(1, 10)).unwrap()))
            .collect();
        let facts = &FACTS[..dice.between(0, FACTS.len())];
        let count = dice.between(1, 9);
        let mut questions: Vec<Question> =
            (0..count).map(|n| drawn_question(dice, n, &areas, facts)).collect();
        let gates: Vec<Gate> = (0..dice.below(4)).map(|n| drawn_gate(dice, n, &questions)).collect();
        for question in &mut questions {
            let required = gates.iter().flat_map(|gate| &gate.require).any(|r| r.question == question.id);
            question.may_be_skipped &= !required && question.controls.is_empty();
        }
        let incidents = (0..dice.below(4)).map(|n| drawn_incident(dice, n, facts, &questions)).collect();
        let questionnaire = questionnaire(&areas, questions, gates, facts);
        let assessment = drawn_assessment(dice, &questionnaire);
        Self { questionnaire, incidents, assessment }
    }
}

fn drawn_question(dice: &mut Dice, number: usize, areas: &[(&str, i64)], facts: &[&str]) -> Question {
    let (area, _) = dice.pick(areas);
    question(&format!("{area}.q{number}")).changed(|q| {
        q.weight = weight(i64::try_from(dice.between(1, 5)).unwrap());
        q.effort = dice.pick(&[Effort::Minutes, Effort::Hours, Effort::Days, Effort::Weeks]);
        q.valid_months = dice.pick(&[12, 1, 6, 24]);
        q.kind = drawn_kind(dice, facts);
        if dice.one_in(4) {
            q.applies_if = dice.some(facts, 2).into_iter().map(fact).collect();
        }
        if !dice.one_in(3) {
            q.controls = dice.some(&CONTROLS, 2).into_iter().map(control).collect();
        }
        q.may_be_skipped = dice.one_in(2);
    })
}

fn drawn_kind(dice: &mut Dice, facts: &[&str]) -> Kind {
    match dice.below(5) {
        0 => yes_no(u8::try_from(dice.between(1, 99)).unwrap()),
        1 => {
            let mut credits = vec![0];
            credits.extend(dice.rising(1, 100));
            levels(&credits)
        }
        2 => {
            let credits = dice.rising(1, 100);
            let highest = u8::try_from(dice.between(1, 100)).unwrap();
            let from = dice.rising(1, highest);
            let bands = from.into_iter().rev().zip(credits.into_iter().rev());
            let mut bands: Vec<Band> = bands.map(|(from, c)| Band { from, credit: credit(c) }).collect();
            bands.reverse();
            Kind::Percentage(bands)
        }
        3 => {
            let credits = dice.rising(1, 100);
            let months = dice.rising(1, 24);
            let limits = months.into_iter().zip(credits.into_iter().rev());
            Kind::LastDone(limits.map(|(m, c)| Within { months: m.into(), credit: credit(c) }).collect())
        }
        _ => {
            let count = dice.between(1, 4);
            let choice = |n: usize| Choice {
                id: ChoiceId::parse(&format!("t{n}")).unwrap(),
                label: String::new(),
                applies_if: Vec::new(),
            };
            let mut choices: Vec<Choice> = (0..count).map(choice).collect();
            for choice in choices.iter_mut().skip(1) {
                choice.applies_if = dice.some(facts, 1).into_iter().map(fact).collect();
            }
            Kind::TickAll(choices)
        }
    }
}

/// The same with an edited questionnaire.
fn drawn_edits(dice: &mut Dice, case: &Case) -> Case {
    case.rebuilt(|whole| {
        for area in &mut whole.areas {
            if dice.one_in(4) {
                area.weight = Weight::of_area(i64::try_from(dice.between(1, 10)).unwrap()).unwrap();
            }
        }
        let areas: Vec<(String, i64)> =
            whole.areas.iter().map(|area| (area.id.to_string(), area.weight.get().into())).collect();
        let areas: Vec<(&str, i64)> = areas.iter().map(|(id, weight)| (id.as_str(), *weight)).collect();
        for place in (0..whole.questions.len()).rev() {
            match dice.below(8) {
                0 => whole.questions[place].ask = "in other words".to_owned(),
                1 => whole.questions[place].revision += 1,
                2 => whole.questions[place].weight = weight(i64::try_from(dice.between(1, 5)).unwrap()),
                3 => {
                    let (area, _) = dice.pick(&areas);
                    let moved = QuestionId::parse(&format!("{area}.moved{place}")).unwrap();
                    let before = std::mem::replace(&mut whole.questions[place].id, moved.clone());
                    whole.requirements(|need| {
                        if need.question == before {
                            need.question = moved.clone();
                        }
                        true
                    });
                }
                4 if whole.questions.len() > 1 => {
                    let gone = whole.questions.remove(place).id;
                    whole.requirements(|need| need.question != gone);
                }
                _ => {}
            }
        }
        let facts: Vec<String> = whole.facts.iter().map(|fact| fact.id.to_string()).collect();
        let facts: Vec<&str> = facts.iter().map(String::as_str).collect();
        for number in 0..dice.below(3) {
            let added = drawn_question(dice, 90 + number, &areas, &facts);
            whole.questions.push(added.changed(|q| q.may_be_skipped &= q.controls.is_empty()));
        }
    })
}

impl Whole {
    /// Keeps or changes what the gates require; a gate that requires nothing any more goes.
    fn requirements(&mut self, mut keep: impl FnMut(&mut Requirement) -> bool) {
        for gate in &mut self.gates {
            gate.require.retain_mut(&mut keep);
        }
        self.gates.retain(|gate| !gate.require.is_empty());
    }
}

fn drawn_gate(dice: &mut Dice, number: usize, questions: &[Question]) -> Gate {
    let cap = dice.pick(&[39, 59, 79, 89]);
    let require: Vec<(&str, u8)> = (0..dice.between(1, 2))
        .map(|_| (dice.below(questions.len()), u8::try_from(dice.between(1, 75)).unwrap()))
        .map(|(place, at_least)| (questions[place].id.as_str(), at_least))
        .collect();
    gate(&format!("g{number}"), cap, &require)
}

fn drawn_incident(dice: &mut Dice, number: usize, facts: &[&str], questions: &[Question]) -> Incident {
    let measured: BTreeSet<&str> =
        questions.iter().flat_map(|q| &q.controls).map(ControlId::as_str).collect();
    // Most incidents are assessed.
    let controls = if dice.one_in(8) { CONTROLS.to_vec() } else { measured.into_iter().collect() };
    let steps: Vec<Step> = (0..dice.between(1, 3)).map(|n| drawn_step(dice, n, facts, &controls)).collect();
    let stoppable = steps.iter().flat_map(|step| &step.prevent).any(|p| p.effect == Effect::Stops);
    let incident = incident(&format!("i{}", 9 - number), steps).changed(|incident| {
        incident.priority = stoppable && !dice.one_in(4);
        if dice.one_in(4) {
            incident.applies_if = dice.some(&with_undeclared(facts), 1).into_iter().map(fact).collect();
        }
    });
    incident.checked().unwrap()
}

/// Any step, by numbers that stand for choices.
pub(crate) fn step_of(numbers: Vec<u32>, number: usize, controls: &[&str]) -> Step {
    drawn_step(&mut Dice(numbers.into_iter()), number, &[], controls)
}

fn drawn_step(dice: &mut Dice, number: usize, facts: &[&str], controls: &[&str]) -> Step {
    let effects = [Effect::Stops, Effect::Hinders, Effect::Slight];
    let prevent: Vec<(&str, Effect)> =
        dice.some(controls, 3).into_iter().map(|control| (control, dice.pick(&effects))).collect();
    step(&format!("s{number}"), &prevent).changed(|step| {
        step.detect = dice.some(&CONTROLS, 2).into_iter().map(control).collect();
        if dice.one_in(8) {
            step.impossible_if_not = dice.some(&with_undeclared(facts), 1).into_iter().map(fact).collect();
        }
    })
}

fn with_undeclared<'a>(facts: &[&'a str]) -> Vec<&'a str> {
    let mut facts = facts.to_vec();
    facts.push(UNDECLARED);
    facts
}

fn drawn_assessment(dice: &mut Dice, questionnaire: &Questionnaire) -> Assessment {
    let mut drawn = assessment([]);
    drawn.facts.insert(fact(UNDECLARED), Ternary::No);
    for declared in questionnaire.facts() {
        if !dice.one_in(3) {
            let answer = dice.pick(&[Ternary::Yes, Ternary::No, Ternary::Unknown]);
            drawn.facts.insert(declared.id.clone(), answer);
        }
    }
    // One organisation does little, the next nearly everything; one can prove it, the next cannot.
    let care = dice.pick(&[1, 2, 12]);
    let proof = dice.pick(&[1, 2, 12]);
    for question in questionnaire.questions() {
        let careless = dice.one_in(care);
        let given = match dice.below(8) {
            0 if careless => continue,
            1 if careless => unknown(),
            2 if question.may_be_skipped => not_applicable(Evidence::Claimed),
            _ if careless => Answer::new(Given::Definite(dice.pick(&values(question)))),
            _ => Answer::new(Given::Definite(best_value(question))),
        };
        let answer = given.changed(|answer| {
            let evidence = [Evidence::Claimed, Evidence::Documented, Evidence::Verified];
            answer.evidence = if dice.one_in(proof) { dice.pick(&evidence) } else { Evidence::Verified };
            answer.answered = dice.one_in(2).then(|| dice.date());
            answer.evidence_date = dice.one_in(2).then(|| dice.date());
        });
        drawn.answers.insert(question.id.clone(), answer);
    }
    drawn
}

/// Answers of every worth that a question can have, the worst first, the best last.
pub(crate) fn values(question: &Question) -> Vec<Value> {
    match &question.kind {
        Kind::Levels(levels) => levels.iter().map(|level| Value::Level(level.id.clone())).collect(),
        Kind::YesNo { .. } => {
            [YesPartlyNo::No, YesPartlyNo::Partly, YesPartlyNo::Yes].map(Value::YesPartlyNo).to_vec()
        }
        Kind::Percentage(bands) => {
            let edges = bands.iter().flat_map(|band| [band.from - 1, band.from]);
            let percents: BTreeSet<u8> = [0].into_iter().chain(edges).collect();
            percents.into_iter().map(|percent| Value::Percentage { percent, counted: None }).collect()
        }
        Kind::LastDone(limits) => {
            let mut days = vec![None];
            days.extend(limits.iter().rev().flat_map(|limit| {
                [limit.months + 1, limit.months].map(|months| Some(as_of().months_before(months)))
            }));
            days.push(Some(as_of()));
            days.into_iter().map(Value::LastDone).collect()
        }
        Kind::TickAll(choices) => {
            let first =
                |count| Value::Ticked(choices.iter().take(count).map(|choice| choice.id.clone()).collect());
            (0..=choices.len()).map(first).collect()
        }
    }
}

/// An answer with full credit.
pub(crate) fn best_value(question: &Question) -> Value {
    values(question).pop().unwrap()
}

/// An answer with no credit.
pub(crate) fn worst_value(question: &Question) -> Value {
    values(question).remove(0)
}

impl Case {
    /// The same with another questionnaire.
    pub(crate) fn rebuilt(&self, change: impl FnOnce(&mut Whole)) -> Self {
        let whole = Whole::from(&self.questionnaire).changed(change);
        Self { questionnaire: super::build::rebuilt(whole), ..self.clone() }
    }

    /// The same with another answer to one question.
    pub(crate) fn answering(&self, question: &Question, answer: Answer) -> Self {
        let mut case = self.clone();
        case.assessment.answers.insert(question.id.clone(), answer);
        case
    }
}

/// Only what scoring looks at, so that a failing case can be read.
impl fmt::Debug for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for area in self.questionnaire.areas() {
            writeln!(f, "area {} weight {}", area.id, area.weight.get())?;
        }
        for q in self.questionnaire.questions() {
            let controls: Vec<_> = q.controls.iter().map(ControlId::as_str).collect();
            let facts: Vec<_> = q.applies_if.iter().map(FactId::as_str).collect();
            writeln!(
                f,
                "question {} weight {} {:?} controls {controls:?} if {facts:?}",
                q.id,
                q.weight.get(),
                q.effort
            )?;
            writeln!(f, "    fresh for {} months, {:?}", q.valid_months, q.kind)?;
            match self.assessment.answers.get(&q.id) {
                None => writeln!(f, "    no answer")?,
                Some(a) => {
                    writeln!(f, "    {:?} {:?} {:?} {:?}", a.given, a.evidence, a.evidence_date, a.answered)?;
                }
            }
        }
        for gate in self.questionnaire.gates() {
            writeln!(f, "gate {} cap {} {:?}", gate.id, gate.cap.get(), gate.require)?;
        }
        for incident in &self.incidents {
            writeln!(
                f,
                "incident {} priority {} if {:?}",
                incident.id, incident.priority, incident.applies_if
            )?;
            for step in &incident.steps {
                writeln!(f, "    {:?} {:?} {:?}", step.prevent, step.detect, step.impossible_if_not)?;
            }
        }
        writeln!(f, "facts {:?}", self.assessment.facts)
    }
}
