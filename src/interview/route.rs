//! Where in the interview one can be, and the way from one place to the next.

use std::cmp::Reverse;

use super::Interview;
use crate::model::{AreaId, Assessment, CarriedOver, FactId, Given, Question, QuestionId, Questionnaire};

/// A place in an interview.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// Who is assessed.
    Organisation,
    /// A fact about the organisation.
    Fact(FactId),
    /// A question.
    Question(QuestionId),
    /// "Check your answers": the end.
    Check,
}

impl Interview {
    /// Every place that can be visited now, in order: the organisation, the facts, the questions in scope, and "check
    /// your answers".
    pub fn route(&self) -> impl DoubleEndedIterator<Item = Place> + '_ {
        let facts = self.facts.iter().map(|fact| Place::Fact(fact.id.clone()));
        let questions =
            self.order.iter().filter_map(|&position| self.questionnaire.questions().get(position));
        let questions = questions.filter(|question| self.asks(question));
        std::iter::once(Place::Organisation)
            .chain(facts)
            .chain(questions.map(|question| Place::Question(question.id.clone())))
            .chain(std::iter::once(Place::Check))
    }

    /// Whether a place waits for an answer, or for a carried-over answer to be confirmed.
    pub fn is_open(&self, place: &Place) -> bool {
        match place {
            Place::Organisation => self.assessment.organisation.name.trim().is_empty(),
            Place::Fact(id) => !self.assessment.facts.contains_key(id) || self.carried.facts.contains(id),
            Place::Question(id) => {
                !self.assessment.answers.contains_key(id) || self.carried.answers.contains(id)
            }
            Place::Check => false,
        }
    }

    /// Whether what was said at a place is carried over and waits to be confirmed.
    pub fn is_carried(&self, place: &Place) -> bool {
        match place {
            Place::Fact(id) => self.carried.facts.contains(id),
            Place::Question(id) => self.carried.answers.contains(id),
            Place::Organisation | Place::Check => false,
        }
    }

    /// Whether a place can be visited: it exists and is in scope.
    pub fn is_on_route(&self, place: &Place) -> bool {
        match place {
            Place::Organisation | Place::Check => true,
            Place::Fact(id) => self.facts.iter().any(|fact| fact.id == *id),
            Place::Question(id) => {
                self.questionnaire.question(id.as_str()).is_some_and(|question| self.asks(question))
            }
        }
    }

    /// The place after another, open or not; "check your answers" is the last one.
    pub fn following(&self, place: &Place) -> Place {
        self.after(place).next().unwrap_or(Place::Check)
    }

    /// The place before another, open or not; the organisation is the first one.
    pub fn preceding(&self, place: &Place) -> Place {
        let key = self.key(place);
        self.route().rev().find(|other| self.key(other) < key).unwrap_or(Place::Organisation)
    }

    /// The next open place after another, or "check your answers" when there is none.
    pub fn next_open(&self, place: &Place) -> Place {
        self.after(place).find(|place| self.is_open(place)).unwrap_or(Place::Check)
    }

    /// The first open place of all, when anything is open.
    pub fn first_open(&self) -> Option<Place> {
        self.route().find(|place| self.is_open(place))
    }

    /// What is carried over, is not known or too old, and waits to be confirmed: it is asked first.
    pub fn stale(&self) -> impl Iterator<Item = &Question> + '_ {
        let questions =
            self.order.iter().filter_map(|&position| self.questionnaire.questions().get(position));
        questions.filter(|question| {
            self.carried.answers.contains(&question.id)
                && self.asks(question)
                && !is_fresh(question, &self.assessment)
        })
    }

    /// Where to begin with an area: its first open question, or its first one. Nothing when none is in scope.
    pub fn area_start(&self, area: &AreaId) -> Option<Place> {
        let questions = || {
            self.route().filter(|place| matches!(place, Place::Question(id) if id.area() == area.as_str()))
        };
        questions().find(|place| self.is_open(place)).or_else(|| questions().next())
    }

    /// Where to begin with the facts: the first open one, or the first one. Nothing when none is asked.
    pub fn facts_start(&self) -> Option<Place> {
        let facts = || self.route().filter(|place| matches!(place, Place::Fact(_)));
        facts().find(|place| self.is_open(place)).or_else(|| facts().next())
    }

    /// Where the interview is.
    pub fn current(&self) -> &Place {
        &self.current
    }

    /// Goes on to the next open place, or back to "check your answers" when the person came from there.
    pub fn advance(&mut self) -> &Place {
        let next = match self.trail.last() {
            Some(Place::Check) => Place::Check,
            _ => self.next_open(&self.current),
        };
        self.go(next)
    }

    /// Leaves the current place as it is and goes on, even where [`advance`](Self::advance) would return.
    pub fn skip(&mut self) -> &Place {
        let next = self.next_open(&self.current);
        self.go(next)
    }

    /// Goes back to where the person came from; at the start of a session, to the place before.
    pub fn back(&mut self) -> &Place {
        while let Some(earlier) = self.trail.pop() {
            if self.is_on_route(&earlier) && earlier != self.current {
                self.current = earlier;
                return &self.current;
            }
        }
        self.current = self.preceding(&self.current);
        &self.current
    }

    /// Goes to a place; nowhere when it cannot be visited.
    pub fn jump(&mut self, place: &Place) -> bool {
        let possible = self.is_on_route(place);
        if possible {
            self.go(place.clone());
        }
        possible
    }

    /// Goes to the first open place, or to "check your answers", and forgets where the person came from.
    pub fn resume(&mut self) -> &Place {
        self.trail.clear();
        self.current = self.first_open().unwrap_or(Place::Check);
        &self.current
    }

    fn go(&mut self, to: Place) -> &Place {
        if to != self.current {
            self.trail.push(std::mem::replace(&mut self.current, to));
        }
        &self.current
    }

    /// Moves on from a place that has just fallen out of scope.
    pub(super) fn stay_in_scope(&mut self) {
        if !self.is_on_route(&self.current) {
            self.current = self.next_open(&self.current);
        }
    }

    fn after(&self, place: &Place) -> impl Iterator<Item = Place> + '_ {
        let key = self.key(place);
        self.route().filter(move |other| self.key(other) > key)
    }

    /// Where a place stands in the order, whether it is in scope or not.
    fn key(&self, place: &Place) -> (u8, usize) {
        match place {
            Place::Organisation => (0, 0),
            Place::Fact(id) => (1, self.facts.iter().position(|fact| fact.id == *id).unwrap_or_default()),
            Place::Question(id) => {
                let position = self.questionnaire.position(id.as_str());
                let nth = self.order.iter().position(|other| Some(*other) == position);
                (2, nth.unwrap_or(self.order.len()))
            }
            Place::Check => (3, 0),
        }
    }
}

/// The order of asking, as positions of the questionnaire: its own, unless answers are carried over. Then what nobody
/// knows and what has lapsed comes first, the weightiest of it at the top, and after it the rest likewise.
pub(super) fn order(
    questionnaire: &Questionnaire,
    assessment: &Assessment,
    carried: &CarriedOver,
) -> Vec<usize> {
    let questions = questionnaire.questions();
    let mut order: Vec<usize> = (0..questions.len()).collect();
    if !carried.is_empty() {
        order.sort_by_cached_key(|&position| {
            questions.get(position).map(|question| {
                (is_fresh(question, assessment), Reverse(importance(questionnaire, question)), position)
            })
        });
    }
    order
}

/// Whether an answer is known and its support has not lapsed.
fn is_fresh(question: &Question, assessment: &Assessment) -> bool {
    assessment.answers.get(&question.id).is_some_and(|answer| {
        let since = answer.since(assessment.date);
        answer.given != Given::Unknown && since.is_within_months(question.valid_months, assessment.date)
    })
}

/// How much a question counts in all: the share that it has of its area's weight, in millionths of a point of area
/// weight.
fn importance(questionnaire: &Questionnaire, question: &Question) -> u64 {
    let area = questionnaire.areas().iter().find(|area| area.id.as_str() == question.id.area());
    let Some(area) = area else { return 0 };
    let whole: u64 = questionnaire.questions_of(&area.id).map(|other| u64::from(other.weight.get())).sum();
    let part = 1_000_000 * u64::from(area.weight.get()) * u64::from(question.weight.get());
    part.checked_div(whole).unwrap_or_default()
}
