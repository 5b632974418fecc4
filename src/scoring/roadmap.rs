//! What to do first.

use std::cmp::Ordering;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::credit::supported;
use super::evaluation::{Action, QuestionResult};
use super::evidence::share_proven;
use super::scheme::Scheme;
use super::tally::{Tally, headline};
use crate::model::{Credit, Evidence, Points, Standing, Worlds};

/// What to do, in order: round by round the bundle of actions that gains the most for its cost.
pub(super) fn roadmap(worlds: &Worlds<Tally>, questions: &[QuestionResult]) -> Vec<Action> {
    let mut planner = Planner::new(worlds, &todo(&worlds.stated, questions));
    let mut roadmap = Vec::new();
    while let Some(bundle) = planner.best_bundle() {
        roadmap.extend(bundle.into_iter().map(|todo| planner.act(todo)));
    }
    roadmap
}

/// What follows when questions are raised to full credit in a given order, by their places. Those that do not count, or
/// have full credit already, are left out.
pub(super) fn in_order(worlds: &Worlds<Tally>, questions: &[QuestionResult], order: &[usize]) -> Vec<Action> {
    let raised = |place: &usize| {
        let result = questions.get(*place)?;
        let can_be_raised = result.credit.stated.is_some_and(|credit| credit < Points::FULL);
        can_be_raised.then(|| Todo::new(worlds.stated.scheme, *place, result))
    };
    let left: Vec<Todo> = order.iter().filter_map(raised).collect();
    let mut planner = Planner::new(worlds, &[]);
    left.into_iter().map(|todo| planner.act(todo)).collect()
}

/// A question that can be raised to full credit.
#[derive(Debug, Clone, Copy)]
struct Todo {
    question: usize,
    find_out: bool,
    cost: u8,
    /// What it earns in the proven world afterwards.
    proven: Points,
}

impl Todo {
    fn new(scheme: &Scheme, question: usize, result: &QuestionResult) -> Self {
        let kept = result.evidence.filter(|_| result.credit.stated > Some(Points::ZERO));
        Self {
            question,
            find_out: result.standing.is_open(),
            cost: scheme.questions[question].cost,
            proven: supported(Credit::FULL, share_proven(kept.unwrap_or(Evidence::Claimed))),
        }
    }
}

/// Every question that is answered below full credit, or that is not known and required by a gate.
fn todo(stated: &Tally, questions: &[QuestionResult]) -> Vec<Todo> {
    let scheme = stated.scheme;
    let required = required(scheme);
    let entry = |(question, result): (usize, &QuestionResult)| {
        let planned = match result.standing {
            Standing::Answered => result.credit.stated < Some(Points::FULL),
            open => open.is_open() && required.contains(&question),
        };
        planned.then(|| Todo::new(scheme, question, result))
    };
    questions.iter().enumerate().filter_map(entry).collect()
}

/// The questions that a gate requires.
fn required(scheme: &Scheme) -> BTreeSet<usize> {
    scheme.gates.iter().flat_map(|gate| &gate.require).map(|need| need.question).collect()
}

/// What decides on the gain of raising a question. Of questions that are alike in all of it, and that no gate requires,
/// any gains the same; so only the first of them is tried, and a long questionnaire takes little longer for each.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Alike<'a> {
    required: Option<usize>,
    area: usize,
    weight: u64,
    cost: u8,
    controls: &'a [usize],
    credit: Option<Points>,
}

/// The worlds as they are after the actions so far.
struct Planner<'a> {
    stated: Tally<'a>,
    proven: Tally<'a>,
    /// The questions that a gate requires.
    required: BTreeSet<usize>,
    /// What is left to do, in the order of the questionnaire.
    left: BTreeMap<Alike<'a>, VecDeque<Todo>>,
    /// The incidents that are not interrupted yet.
    open: Vec<usize>,
}

impl<'a> Planner<'a> {
    fn new(worlds: &Worlds<Tally<'a>>, todo: &[Todo]) -> Self {
        let stated = worlds.stated.clone();
        let incidents = 0..stated.scheme.incidents.len();
        let open = incidents.filter(|place| stated.interrupted(*place) == Some(false)).collect();
        let required = required(stated.scheme);
        let mut planner =
            Self { proven: worlds.proven.clone(), required, left: BTreeMap::new(), open, stated };
        for todo in todo {
            planner.left.entry(planner.alike(todo.question)).or_default().push_back(*todo);
        }
        planner
    }

    fn alike(&self, question: usize) -> Alike<'a> {
        let rule = &self.stated.scheme.questions[question];
        Alike {
            required: self.required.get(&question).copied(),
            area: rule.area,
            weight: rule.weight,
            cost: rule.cost,
            controls: &rule.controls,
            credit: self.stated.credits()[question],
        }
    }

    /// The bundle with the largest gain of F for its cost, then of B, then with the lower cost, then the first; the
    /// cheapest action first. Nothing when nothing is left.
    fn best_bundle(&mut self) -> Option<Vec<Todo>> {
        if self.left.is_empty() {
            return None;
        }
        let now = score_and_base(&self.stated);
        let valued = self.bundles().into_iter().map(|bundle| (self.worth(&bundle, now), bundle));
        let (_, mut best) = valued.max_by(|(a, _), (b, _)| a.compare(b))?;
        best.sort_by_key(|todo| (todo.cost, todo.question));
        Some(best)
    }

    /// Every single action, and for each cap of a failing gate whatever clears all gates with that cap or a lower one.
    fn bundles(&self) -> Vec<Vec<Todo>> {
        let mut bundles: Vec<Vec<Todo>> =
            self.left.values().filter_map(|alike| alike.front()).map(|todo| vec![*todo]).collect();
        let credits = self.stated.credits();
        let failing: Vec<_> = self.stated.scheme.gates.iter().filter(|gate| gate.fails(credits)).collect();
        let caps: BTreeSet<Points> = failing.iter().map(|gate| gate.cap).collect();
        for cap in caps {
            let needs = failing.iter().filter(|gate| gate.cap <= cap).flat_map(|gate| &gate.require);
            let wanted: BTreeSet<usize> =
                needs.filter(|need| need.fails(credits)).map(|need| need.question).collect();
            let todo = |question: &usize| self.left.get(&self.alike(*question))?.front().copied();
            bundles.push(wanted.iter().filter_map(todo).collect());
        }
        bundles
    }

    /// What a bundle would gain, tried out and taken back.
    fn worth(&mut self, bundle: &[Todo], (score, base): (Points, Points)) -> Worth {
        let before: Vec<Points> =
            bundle.iter().map(|todo| self.stated.replace(todo.question, Points::FULL)).collect();
        let (score_after, base_after) = score_and_base(&self.stated);
        for (todo, before) in bundle.iter().zip(before) {
            self.stated.replace(todo.question, before);
        }
        Worth {
            score: score_after.less(score),
            base: base_after.less(base),
            cost: bundle.iter().map(|todo| u64::from(todo.cost)).sum(),
            first: bundle.iter().map(|todo| todo.question).min(),
        }
    }

    /// Does it, in both worlds.
    fn act(&mut self, todo: Todo) -> Action {
        if let Entry::Occupied(mut alike) = self.left.entry(self.alike(todo.question)) {
            alike.get_mut().pop_front();
            if alike.get().is_empty() {
                alike.remove();
            }
        }
        self.stated.replace(todo.question, Points::FULL);
        self.proven.replace(todo.question, todo.proven);
        let interrupted = |incident: &usize| self.stated.interrupted(*incident) == Some(true);
        let (closes, open) = self.open.iter().partition(|incident| interrupted(incident));
        self.open = open;
        let (stated_after, _) = score_and_base(&self.stated);
        let (proven_after, _) = score_and_base(&self.proven);
        Action {
            question: todo.question,
            find_out: todo.find_out,
            cost: todo.cost,
            headline_after: headline(proven_after, stated_after),
            stated_after,
            closes,
        }
    }
}

/// F and B of a world in which there is something to do.
fn score_and_base(tally: &Tally) -> (Points, Points) {
    let base = tally.base().expect("invariant: a question that can be raised counts");
    (tally.capped(base), base)
}

/// What a bundle is worth.
struct Worth {
    /// Gain of F.
    score: Points,
    /// Gain of B.
    base: Points,
    cost: u64,
    /// The first question in the order of the questionnaire.
    first: Option<usize>,
}

impl Worth {
    /// The better of two is greater.
    fn compare(&self, other: &Self) -> Ordering {
        // Gains per cost as exact fractions: a/b against c/d is a*d against c*b.
        let over = |gain: Points, cost: u64| u64::from(gain.get()) * cost;
        over(self.score, other.cost)
            .cmp(&over(other.score, self.cost))
            .then_with(|| over(self.base, other.cost).cmp(&over(other.base, self.cost)))
            .then_with(|| other.cost.cmp(&self.cost))
            .then_with(|| other.first.cmp(&self.first))
    }
}
