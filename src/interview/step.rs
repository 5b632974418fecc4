//! What one page or prompt shows.

use super::reply::offered;
use super::{Details, Interview, Place, Reply, preset};
use crate::model::{Answer, Area, Choice, Date, Fact, Question, Ternary};

/// What one page or prompt shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step<'a> {
    /// Who is assessed.
    Organisation(Details),
    /// A fact about the organisation.
    Fact(FactStep<'a>),
    /// A question.
    Question(Box<QuestionStep<'a>>),
    /// "Check your answers".
    Check,
}

/// A fact, as it is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactStep<'a> {
    /// The fact.
    pub fact: &'a Fact,
    /// Which of the facts it is, from 1.
    pub number: usize,
    /// How many facts there are.
    pub of: usize,
    /// The answer so far.
    pub given: Option<Ternary>,
    /// Without an answer, what most organisations of this kind would say: shown as chosen, never taken as given.
    pub proposed: Option<Ternary>,
    /// Whether the answer is carried over and waits to be confirmed.
    pub carried: bool,
}

/// A question, as it is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionStep<'a> {
    /// The question.
    pub question: &'a Question,
    /// Its area.
    pub area: Option<&'a Area>,
    /// Which of the area's questions in scope it is, from 1.
    pub number: usize,
    /// How many questions of the area are in scope.
    pub of: usize,
    /// The choices to tick, when it is that kind of question.
    pub choices: Vec<&'a Choice>,
    /// The answer so far.
    pub answer: Option<&'a Answer>,
    /// The answer so far as a form shows it, to be changed and given back.
    pub reply: Reply,
    /// When the answer is carried over and waits to be confirmed: since when its support counts.
    pub carried_since: Option<Date>,
}

impl Interview {
    /// What the current place shows.
    pub fn step(&self) -> Step<'_> {
        self.step_at(&self.current).unwrap_or(Step::Check)
    }

    /// What a place shows; nothing when it cannot be visited.
    pub fn step_at(&self, place: &Place) -> Option<Step<'_>> {
        match place {
            Place::Organisation => Some(Step::Organisation(Details::of(&self.assessment))),
            Place::Check => Some(Step::Check),
            Place::Fact(id) => {
                let position = self.facts.iter().position(|fact| fact.id == *id)?;
                let given = self.assessment.facts.get(id).copied();
                Some(Step::Fact(FactStep {
                    fact: self.facts.get(position)?,
                    number: position + 1,
                    of: self.facts.len(),
                    given,
                    proposed: preset::proposal(id, self.assessment.organisation.kind)
                        .filter(|_| given.is_none()),
                    carried: self.carried.facts.contains(id),
                }))
            }
            Place::Question(id) => {
                let question =
                    self.questionnaire.question(id.as_str()).filter(|question| self.asks(question))?;
                Some(Step::Question(Box::new(self.question_step(question))))
            }
        }
    }

    fn question_step<'a>(&'a self, question: &'a Question) -> QuestionStep<'a> {
        let area = self.questionnaire.areas().iter().find(|area| area.id.as_str() == question.id.area());
        let siblings: Vec<&Question> = area.map_or_else(Vec::new, |area| {
            self.questionnaire.questions_of(&area.id).filter(|other| self.asks(other)).collect()
        });
        let answer = self.assessment.answers.get(&question.id);
        let carried = answer.filter(|_| self.carried.answers.contains(&question.id));
        QuestionStep {
            question,
            area,
            number: siblings.iter().position(|other| other.id == question.id).unwrap_or_default() + 1,
            of: siblings.len(),
            choices: offered(question, &self.assessment).collect(),
            answer,
            reply: Reply::of(question, &self.assessment, self.today),
            carried_since: carried.map(|answer| answer.since(self.assessment.date)),
        }
    }
}
