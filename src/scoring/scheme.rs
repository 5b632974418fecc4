//! A questionnaire and its incidents, compiled once: places instead of ids, numbers instead of words.

use std::collections::{BTreeMap, BTreeSet};

use super::closers::closers;
use super::credit::result;
use super::evaluation::{Action, Evaluation, QuestionResult, Scores};
use super::find_out::find_out;
use super::gates::GateRule;
use super::incidents::{Circumstances, IncidentRule};
use super::ledger::ledger;
use super::roadmap::{in_order, roadmap};
use super::scores::scores;
use super::stability::stability;
use super::tally::Tally;
use crate::model::{
    Assessment, Date, Effort, FactId, Incident, Kind, Question, QuestionId, Questionnaire, Worlds,
};

/// What scoring needs of a questionnaire and its incidents. Make it once, score many assessments with it.
#[derive(Debug, Clone)]
pub struct Scheme {
    /// In the order of the questionnaire, as are areas and gates.
    pub(super) questions: Vec<QuestionRule>,
    /// The weight of each area.
    pub(super) areas: Vec<u64>,
    pub(super) gates: Vec<GateRule>,
    /// The places of the questions that measure each control.
    pub(super) controls: Vec<Vec<usize>>,
    /// By ascending id.
    pub(super) incidents: Vec<IncidentRule>,
}

/// A question with places instead of ids.
#[derive(Debug, Clone)]
pub(super) struct QuestionRule {
    pub(super) id: QuestionId,
    pub(super) applies_if: Vec<FactId>,
    pub(super) kind: Kind,
    pub(super) valid_months: u16,
    /// Its area, by its place.
    pub(super) area: usize,
    /// The places of the controls that it measures, in ascending order.
    pub(super) controls: Vec<usize>,
    pub(super) weight: u64,
    /// What raising it to full credit costs, in the roadmap's unit.
    pub(super) cost: u8,
}

impl Scheme {
    /// Compiles a questionnaire and the incidents to replay, in any order.
    pub fn new(questionnaire: &Questionnaire, incidents: &[Incident]) -> Self {
        let mut controls = Controls::default();
        let questions = questionnaire.questions();
        for (place, question) in questions.iter().enumerate() {
            controls.add(place, question);
        }
        let mut incidents: Vec<&Incident> = incidents.iter().collect();
        incidents.sort_by(|a, b| a.id.cmp(&b.id));
        let incident_rule = |incident: &&Incident| IncidentRule::new(incident, &controls, questionnaire);
        let question_rule = |question: &Question| QuestionRule::new(question, &controls, questionnaire);
        Self {
            incidents: incidents.iter().map(incident_rule).collect(),
            questions: questions.iter().map(question_rule).collect(),
            areas: questionnaire.areas().iter().map(|area| area.weight.get().into()).collect(),
            gates: questionnaire.gates().iter().map(|gate| GateRule::new(gate, questionnaire)).collect(),
            controls: controls.questions,
        }
    }

    /// The scores and what they are made of: the fast part.
    pub fn scores(&self, assessment: &Assessment) -> Scores {
        self.scores_on(assessment, assessment.date)
    }

    /// What the scores will be on a later day, if nothing is answered anew.
    pub fn scores_on(&self, assessment: &Assessment, day: Date) -> Scores {
        let questions = self.results(assessment, day);
        let circumstances = self.circumstances(assessment);
        scores(&self.worlds(&questions, &circumstances), questions)
    }

    /// Everything that can be said in numbers about an assessment.
    pub fn evaluate(&self, assessment: &Assessment) -> Evaluation {
        let questions = self.results(assessment, assessment.date);
        let circumstances = self.circumstances(assessment);
        let worlds = self.worlds(&questions, &circumstances);
        Evaluation {
            ledger: ledger(&worlds),
            find_out: find_out(&worlds.possible, &questions),
            roadmap: roadmap(&worlds, &questions),
            closers: closers(&worlds.stated),
            stability: stability(&worlds),
            scores: scores(&worlds, questions),
        }
    }

    /// What follows when questions, by their places, are raised to full credit in this order and nothing else is done.
    /// Those that do not count, or have full credit already, are left out.
    pub fn in_order(&self, assessment: &Assessment, order: &[usize]) -> Vec<Action> {
        let questions = self.results(assessment, assessment.date);
        let circumstances = self.circumstances(assessment);
        in_order(&self.worlds(&questions, &circumstances), &questions, order)
    }

    /// How each question stands on a day and what it earns.
    pub(super) fn results(&self, assessment: &Assessment, day: Date) -> Vec<QuestionResult> {
        self.questions.iter().map(|question| result(question, assessment, day)).collect()
    }

    /// What follows from that in the three worlds.
    pub(super) fn worlds<'a>(
        &'a self,
        questions: &[QuestionResult],
        circumstances: &'a Circumstances<'a>,
    ) -> Worlds<Tally<'a>> {
        Worlds::each(|world| {
            let credits = questions.iter().map(|question| *question.credit.get(world)).collect();
            Tally::new(self, circumstances, credits)
        })
    }
}

impl QuestionRule {
    fn new(question: &Question, controls: &Controls, questionnaire: &Questionnaire) -> Self {
        let measured: BTreeSet<usize> =
            question.controls.iter().filter_map(|control| controls.place(control.as_str())).collect();
        let area = questionnaire.areas().iter().position(|area| area.id.as_str() == question.id.area());
        Self {
            id: question.id.clone(),
            applies_if: question.applies_if.clone(),
            kind: question.kind.clone(),
            valid_months: question.valid_months,
            area: area.expect("invariant: a question belongs to an area of its questionnaire"),
            controls: measured.into_iter().collect(),
            weight: question.weight.get().into(),
            cost: cost(question.effort),
        }
    }
}

/// The cost of an action in the roadmap's unit.
fn cost(effort: Effort) -> u8 {
    match effort {
        Effort::Minutes => 1,
        Effort::Hours => 3,
        Effort::Days => 8,
        Effort::Weeks => 20,
    }
}

/// The controls that a questionnaire measures.
#[derive(Default)]
pub(super) struct Controls<'a> {
    places: BTreeMap<&'a str, usize>,
    questions: Vec<Vec<usize>>,
}

impl<'a> Controls<'a> {
    fn add(&mut self, place: usize, question: &'a Question) {
        for control in &question.controls {
            let control = *self.places.entry(control.as_str()).or_insert(self.questions.len());
            if control == self.questions.len() {
                self.questions.push(Vec::new());
            }
            // One question may name a control twice.
            if self.questions[control].last() != Some(&place) {
                self.questions[control].push(place);
            }
        }
    }

    /// The place of a control; nothing when no question measures it.
    pub(super) fn place(&self, control: &str) -> Option<usize> {
        self.places.get(control).copied()
    }
}
