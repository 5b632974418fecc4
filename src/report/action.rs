//! What to do, and what to find out.

use serde::Serialize;

use super::incident::IncidentNote;
use super::{Input, Numbers, QuestionRef, WaiverView, first_sentence};
use crate::model::Points;
use crate::scoring::GateState;
use crate::text::Words;

/// One action of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Action {
    /// Its place in the plan, from 1.
    pub number: usize,
    /// The question that it raises to full credit.
    pub question: QuestionRef,
    /// The title of the question's area.
    pub area: String,
    /// The first step, as a heading.
    pub heading: String,
    /// The rest of the first step.
    pub more: String,
    /// Why it matters, in one sentence.
    pub why: String,
    /// Whether the first step is to find out, because the answer is not known.
    pub find_out: bool,
    /// What full credit means for this question.
    pub to: String,
    /// The work of one ordinary person.
    pub effort: &'static str,
    /// What it costs in money.
    pub cost: &'static str,
    /// Its cost in the roadmap's unit.
    pub cost_units: u8,
    /// The headline after this action and all before it.
    pub headline_after: Points,
    /// The stated score after this action and all before it.
    pub stated_after: Points,
    /// The caps that are lifted when this action is done, lowest first: 39, 59, 79 or 89.
    pub lifts: Vec<u8>,
    /// Until when the risk is accepted, or was: the action stays in the plan all the same.
    pub accepted: Option<String>,
    /// The incidents that it newly interrupts.
    pub closes: Vec<IncidentNote>,
    /// The language in which it is said.
    #[serde(skip)]
    pub words: &'static Words,
}

/// Something to find out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FindOut {
    /// The question.
    pub question: QuestionRef,
    /// The question in full.
    pub ask: String,
    /// What to ask whom.
    pub how: Option<String>,
    /// Whether somebody answered "I don't know"; otherwise nobody has answered yet.
    pub asked: bool,
    /// What is at stake.
    pub at_stake: Points,
}

impl Action {
    /// What to do first, in one line, and until when the risk is accepted.
    pub fn first_step(&self) -> String {
        first_step(self.find_out, &self.heading, self.accepted.as_deref(), self.words)
    }
}

pub(super) fn first_step(find_out: bool, heading: &str, accepted: Option<&str>, words: &Words) -> String {
    let step = if find_out {
        words.fill("Find out, and put right if need be: {step}", &[("step", &heading)])
    } else {
        heading.to_owned()
    };
    accepted.map_or_else(|| step.clone(), |until| format!("{step}; {until}"))
}

pub(super) fn actions(input: &Input, numbers: &Numbers) -> Vec<Action> {
    let mut lifting = Lifting::new(input);
    let roadmap = input.evaluation.roadmap.iter().enumerate();
    roadmap
        .filter_map(|(i, action)| {
            let question = input.questionnaire.questions().get(action.question)?;
            let (heading, more) = first_sentence(&question.fix);
            let area =
                input.questionnaire.areas().iter().find(|area| area.id.as_str() == question.id.area())?;
            Some(Action {
                number: i + 1,
                question: numbers.at(action.question),
                area: area.title.clone(),
                heading,
                more,
                why: question.why.clone(),
                find_out: action.find_out,
                to: super::answer::full_credit(&question.kind, input.words),
                effort: question.effort.as_str(),
                cost: question.cost.as_str(),
                cost_units: action.cost,
                headline_after: action.headline_after,
                stated_after: action.stated_after,
                lifts: lifting.done(action.question),
                accepted: WaiverView::of(input, action.question).map(|waiver| waiver.in_short(input.words)),
                closes: action.closes.iter().filter_map(|place| IncidentNote::at(input, *place)).collect(),
                words: input.words,
            })
        })
        .collect()
}

pub(super) fn find_out(input: &Input, numbers: &Numbers) -> Vec<FindOut> {
    let unknown = input.evaluation.find_out.iter();
    unknown
        .filter_map(|open| {
            let question = input.questionnaire.questions().get(open.question)?;
            Some(FindOut {
                question: numbers.at(open.question),
                ask: question.ask.clone(),
                how: question.find_out.clone(),
                asked: input.assessment.answers.contains_key(&question.id),
                at_stake: open.at_stake,
            })
        })
        .collect()
}

/// The gates that still fail while the roadmap is worked through.
struct Lifting {
    /// For each failing gate its cap and the questions that keep it from holding.
    failing: Vec<(u8, Vec<usize>)>,
}

impl Lifting {
    fn new(input: &Input) -> Self {
        let gates = input.questionnaire.gates().iter().zip(&input.evaluation.scores.gates);
        let failing = gates
            .filter(|(_, result)| result.state.stated == GateState::Failed)
            .map(|(gate, result)| {
                let requirements = result.failing.iter().filter_map(|i| gate.require.get(*i));
                let places = requirements.filter_map(|r| input.questionnaire.position(r.question.as_str()));
                (gate.cap.get(), places.collect())
            })
            .collect();
        Self { failing }
    }

    /// The caps that are gone once this question has full credit: no gate with that cap fails any longer.
    fn done(&mut self, question: usize) -> Vec<u8> {
        let caps = |failing: &[(u8, Vec<usize>)]| -> Vec<u8> {
            let mut caps: Vec<u8> = failing.iter().map(|(cap, _)| *cap).collect();
            caps.sort_unstable();
            caps.dedup();
            caps
        };
        let before = caps(&self.failing);
        for (_, questions) in &mut self.failing {
            questions.retain(|place| *place != question);
        }
        self.failing.retain(|(_, questions)| !questions.is_empty());
        let after = caps(&self.failing);
        before.into_iter().filter(|cap| !after.contains(cap)).collect()
    }
}
