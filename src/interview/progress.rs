//! How far the interview has come, in questions and in weight, by area and in all.

use super::{Interview, Place};
use crate::model::{Area, Given, Points, Question};

/// How far something has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// How many are answered, "I don't know" included, and need no confirmation.
    pub done: usize,
    /// How many there are.
    pub of: usize,
    /// The share that is done by weight: full exactly when everything is done.
    pub share: Points,
}

/// How far a task has come, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Nothing is answered.
    NotStarted,
    /// Some of it is answered.
    Begun,
    /// All of it is answered.
    Done,
}

impl Progress {
    /// How far it has come, in a word.
    pub fn stage(&self) -> Stage {
        match self.done {
            done if done >= self.of => Stage::Done,
            0 => Stage::NotStarted,
            _ => Stage::Begun,
        }
    }
}

/// One line of the task list: an area with questions in scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task<'a> {
    /// Its number in the questionnaire, from 1.
    pub number: usize,
    /// The area.
    pub area: &'a Area,
    /// How far it has come.
    pub progress: Progress,
    /// How many of its answers are "I don't know".
    pub unknown: usize,
    /// Where to begin with it.
    pub start: Place,
}

/// A whole in which fractions are added up; finer than any that a questionnaire can make visible.
const WHOLE: u128 = 1_000_000_000_000;

impl Interview {
    /// How far the questions have come, each area with its weight.
    pub fn progress(&self) -> Progress {
        let areas = || {
            let all = self.questionnaire.areas().iter().map(|area| (area, self.tally(area)));
            all.filter(|(_, tally)| tally.of > 0)
        };
        let weight = |area: &Area| u128::from(area.weight.get());
        let parts: u128 = areas().map(|(area, tally)| weight(area) * tally.part()).sum();
        let weights: u128 = areas().map(|(area, _)| weight(area)).sum();
        Progress {
            done: areas().map(|(_, tally)| tally.done).sum(),
            of: areas().map(|(_, tally)| tally.of).sum(),
            share: points(parts.checked_div(weights).unwrap_or(WHOLE)),
        }
    }

    /// How far the facts about the organisation have come. They have no weight: the share is that of their number.
    pub fn facts_progress(&self) -> Progress {
        let open = |fact: &&crate::model::Fact| self.is_open(&Place::Fact(fact.id.clone()));
        let of = self.facts.len();
        let done = of - self.facts.iter().filter(open).count();
        let share = (WHOLE * done as u128).checked_div(of as u128);
        Progress { done, of, share: points(share.unwrap_or(WHOLE)) }
    }

    /// The areas that have questions in scope, each with how far it has come.
    pub fn tasks(&self) -> Vec<Task<'_>> {
        let areas = self.questionnaire.areas().iter().enumerate();
        areas
            .filter_map(|(place, area)| {
                let tally = self.tally(area);
                let start = self.area_start(&area.id)?;
                Some(Task {
                    number: place + 1,
                    area,
                    progress: tally.progress(),
                    unknown: tally.unknown,
                    start,
                })
            })
            .collect()
    }

    /// The minutes that the rest is likely to take, by what the questionnaire says of itself.
    pub fn minutes_left(&self) -> usize {
        let progress = self.progress();
        let all = self.questionnaire.questions().len();
        let minutes = usize::from(self.questionnaire.header().minutes) * (progress.of - progress.done);
        minutes.div_ceil(all.max(1))
    }

    fn tally(&self, area: &Area) -> Tally {
        let mut tally = Tally::default();
        for question in self.questionnaire.questions_of(&area.id).filter(|question| self.asks(question)) {
            tally.count(question, self);
        }
        tally
    }
}

#[derive(Default)]
struct Tally {
    done: usize,
    of: usize,
    done_weight: u128,
    weight: u128,
    unknown: usize,
}

impl Tally {
    fn count(&mut self, question: &Question, interview: &Interview) {
        let weight = u128::from(question.weight.get());
        self.of += 1;
        self.weight += weight;
        if !interview.is_open(&Place::Question(question.id.clone())) {
            self.done += 1;
            self.done_weight += weight;
        }
        let answer = interview.assessment.answers.get(&question.id);
        self.unknown += usize::from(answer.is_some_and(|answer| answer.given == Given::Unknown));
    }

    fn part(&self) -> u128 {
        (WHOLE * self.done_weight).checked_div(self.weight).unwrap_or(WHOLE)
    }

    fn progress(&self) -> Progress {
        Progress { done: self.done, of: self.of, share: points(self.part()) }
    }
}

/// A part of the whole as points. Everything but the whole itself is rounded down, so it stays below full.
fn points(part: u128) -> Points {
    let basis_points = part * 10_000 / WHOLE;
    u16::try_from(basis_points).ok().and_then(Points::new).unwrap_or(Points::FULL)
}
