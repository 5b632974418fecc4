//! The scoring model once more, straight from its text, by names instead of places and with no thought of speed. The
//! fast implementation has to agree with it.

use std::collections::BTreeSet;

use super::generate::{Case, best_value};
use crate::model::{
    Answer, Assessment, ControlId, Effect, Effort, Evidence, FactId, Gate, Given, Incident, Kind, Question,
    Step, Ternary, Value, World, YesPartlyNo,
};

/// Credits in the order of the questionnaire; nothing where left out.
pub(crate) type Credits = Vec<Option<i128>>;

/// Weights of questions and areas, and the share of the weakest area as a fraction.
pub(crate) struct Weights {
    questions: Vec<i128>,
    areas: Vec<i128>,
    weakest: (i128, i128),
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Ledger {
    pub(crate) losses: Vec<i128>,
    pub(crate) cap: i128,
    pub(crate) cap_gate: Option<usize>,
    pub(crate) cap_incident: Option<usize>,
    pub(crate) assurance: i128,
}

/// Question, whether to find out first, F afterwards, H afterwards.
pub(crate) type Action = (usize, bool, i128, i128);

fn drop_one(evidence: Evidence) -> Evidence {
    match evidence {
        Evidence::Verified => Evidence::Documented,
        Evidence::Documented => Evidence::Claimed,
        _ => Evidence::Lapsed,
    }
}

pub(crate) fn after_ageing(question: &Question, answer: &Answer, assessment: &Assessment) -> Evidence {
    let answered = answer.answered.unwrap_or(assessment.date);
    let from = match answer.evidence {
        Evidence::Documented | Evidence::Verified => answer.evidence_date.unwrap_or(answered),
        _ => answered,
    };
    let oldest_fresh = assessment.date.months_before(question.valid_months);
    if from < oldest_fresh { drop_one(answer.evidence) } else { answer.evidence }
}

fn out_of_scope(question: &Question, assessment: &Assessment) -> bool {
    question.applies_if.iter().any(|fact| assessment.facts.get(fact) == Some(&Ternary::No))
}

/// v: the credit of a definite answer, 0 to 100.
pub(crate) fn v(question: &Question, value: &Value, assessment: &Assessment) -> i128 {
    match (&question.kind, value) {
        (Kind::Levels(levels), Value::Level(id)) => {
            levels.iter().filter(|level| level.id == *id).map(|level| i128::from(level.credit.get())).sum()
        }
        (Kind::YesNo { partly_credit, .. }, Value::YesPartlyNo(given)) => match given {
            YesPartlyNo::Yes => 100,
            YesPartlyNo::Partly => partly_credit.get().into(),
            YesPartlyNo::No => 0,
        },
        (Kind::Percentage(bands), Value::Percentage { percent, .. }) => {
            let reached = bands.iter().filter(|band| percent >= &band.from);
            reached.map(|band| band.credit.get().into()).max().unwrap_or(0)
        }
        (Kind::LastDone(within), Value::LastDone(Some(day))) => {
            let held = within.iter().filter(|limit| *day >= assessment.date.months_before(limit.months));
            held.map(|limit| limit.credit.get().into()).max().unwrap_or(0)
        }
        (Kind::TickAll(choices), Value::Ticked(ticked)) => {
            let denied = |fact| assessment.facts.get(fact) == Some(&Ternary::No);
            let asked: Vec<_> =
                choices.iter().filter(|choice| !choice.applies_if.iter().any(denied)).collect();
            let done = asked.iter().filter(|choice| ticked.contains(&choice.id)).count();
            100 * done as i128 / asked.len() as i128
        }
        _ => 0,
    }
}

impl Case {
    fn credit(&self, question: &Question, world: World) -> Option<i128> {
        if out_of_scope(question, &self.assessment) {
            return None;
        }
        let unknown = Some(if world == World::Possible { 10_000 } else { 0 });
        let Some(answer) = self.assessment.answers.get(&question.id) else { return unknown };
        let evidence = after_ageing(question, answer, &self.assessment);
        match &answer.given {
            Given::Unknown => unknown,
            Given::NotApplicable(_) => {
                let supported = matches!(evidence, Evidence::Documented | Evidence::Verified);
                (world == World::Proven && !supported).then_some(0)
            }
            Given::Definite(value) => {
                let r = match (world, evidence) {
                    (World::Stated | World::Possible, _) | (_, Evidence::Verified) => 100,
                    (_, Evidence::Documented) => 75,
                    (_, Evidence::Claimed) => 50,
                    (_, Evidence::Lapsed) => 0,
                };
                Some(v(question, value, &self.assessment) * r)
            }
        }
    }

    pub(crate) fn credits(&self, world: World) -> Credits {
        self.questionnaire.questions().iter().map(|question| self.credit(question, world)).collect()
    }

    pub(crate) fn weights(&self) -> Weights {
        Weights {
            questions: self.questionnaire.questions().iter().map(|q| q.weight.get().into()).collect(),
            areas: self.questionnaire.areas().iter().map(|area| area.weight.get().into()).collect(),
            weakest: (1, 4),
        }
    }

    /// The places of the questions of an area that count.
    fn counted(&self, area: usize, credits: &Credits) -> Vec<usize> {
        let id = &self.questionnaire.areas()[area].id;
        let places = 0..credits.len();
        places
            .filter(|q| self.questionnaire.questions()[*q].id.area() == id.as_str() && credits[*q].is_some())
            .collect()
    }

    /// D.
    pub(crate) fn area(&self, area: usize, credits: &Credits, weights: &Weights) -> Option<i128> {
        let counted = self.counted(area, credits);
        let sum: i128 = counted.iter().map(|q| weights.questions[*q]).sum();
        let earned: i128 = counted.iter().map(|q| weights.questions[*q] * credits[*q].unwrap()).sum();
        (sum > 0).then(|| earned / sum)
    }

    /// B.
    pub(crate) fn base(&self, credits: &Credits, weights: &Weights) -> Option<i128> {
        let areas: Vec<(i128, i128)> = (0..weights.areas.len())
            .filter_map(|d| Some((weights.areas[d], self.area(d, credits, weights)?)))
            .collect();
        let sw: i128 = areas.iter().map(|(w, _)| w).sum();
        let average: i128 = areas.iter().map(|(w, d)| w * d).sum();
        let m = areas.iter().map(|(_, d)| *d).min()?;
        let (part, of) = weights.weakest;
        Some(((of - part) * average + part * m * sw) / (of * sw))
    }

    pub(crate) fn gate_fails(&self, gate: &Gate, credits: &Credits) -> bool {
        gate.require.iter().any(|requirement| {
            let place = self.questionnaire.position(requirement.question.as_str()).unwrap();
            credits[place].is_some_and(|x| x < i128::from(requirement.at_least.get()) * 100)
        })
    }

    /// Whether a fact that the questionnaire declares is answered "no".
    fn denied(&self, facts: &[FactId]) -> bool {
        let declared = |id: &&FactId| self.questionnaire.facts().iter().any(|fact| fact.id == **id);
        facts.iter().filter(declared).any(|fact| self.assessment.facts.get(fact) == Some(&Ternary::No))
    }

    /// The incidents by ascending id.
    pub(crate) fn sorted_incidents(&self) -> Vec<&Incident> {
        let mut incidents: Vec<&Incident> = self.incidents.iter().collect();
        incidents.sort_by_key(|incident| incident.id.as_str());
        incidents
    }

    pub(crate) fn applies(&self, incident: &Incident) -> bool {
        !self.denied(&incident.applies_if)
    }

    pub(crate) fn is_assessed(&self, incident: &Incident) -> bool {
        let asked: BTreeSet<_> = self.questionnaire.questions().iter().flat_map(|q| &q.controls).collect();
        incident.steps.iter().flat_map(|step| &step.prevent).all(|p| asked.contains(&p.control))
    }

    pub(crate) fn control(&self, id: &ControlId, credits: &Credits) -> Option<i128> {
        let questions = self.questionnaire.questions().iter().zip(credits);
        questions.filter(|(q, _)| q.controls.contains(id)).filter_map(|(_, credit)| *credit).min()
    }

    pub(crate) fn strength(&self, step: &Step, credits: &Credits) -> i128 {
        if self.denied(&step.impossible_if_not) {
            return 100;
        }
        let ceiling = |effect| match effect {
            Effect::Stops => 100,
            Effect::Hinders => 50,
            Effect::Slight => 25,
        };
        let given =
            step.prevent.iter().filter_map(|p| Some((self.control(&p.control, credits)?, ceiling(p.effect))));
        given.map(|(credit, ceiling)| (credit / 100).min(ceiling)).max().unwrap_or(0)
    }

    pub(crate) fn layers(&self, incident: &Incident, credits: &Credits) -> i128 {
        incident.steps.iter().map(|step| self.strength(step, credits)).sum()
    }

    pub(crate) fn broken_at(&self, incident: &Incident, credits: &Credits) -> Option<usize> {
        incident.steps.iter().position(|step| self.strength(step, credits) == 100)
    }

    pub(crate) fn detected_at(&self, incident: &Incident, credits: &Credits) -> Option<usize> {
        let shows = |control| self.control(control, credits).is_some_and(|credit| credit >= 5000);
        incident.steps.iter().position(|step| step.detect.iter().any(shows))
    }

    fn priority_not_interrupted(&self, credits: &Credits) -> Option<usize> {
        self.sorted_incidents().into_iter().position(|incident| {
            incident.priority
                && self.applies(incident)
                && self.is_assessed(incident)
                && self.broken_at(incident, credits).is_none()
        })
    }

    fn capped(&self, base: i128, credits: &Credits) -> i128 {
        let failing = self.questionnaire.gates().iter().filter(|gate| self.gate_fails(gate, credits));
        let limits = failing.map(|gate| i128::from(gate.cap.get()) * 100 + 99);
        let incident = self.priority_not_interrupted(credits).map(|_| 8999);
        limits.chain(incident).fold(base, i128::min)
    }

    /// F.
    pub(crate) fn score(&self, credits: &Credits) -> Option<i128> {
        Some(self.capped(self.base(credits, &self.weights())?, credits))
    }

    /// H with given weights.
    fn headline_with(&self, weights: &Weights) -> Option<i128> {
        let f = |world| {
            let credits = self.credits(world);
            Some(self.capped(self.base(&credits, weights)?, &credits))
        };
        let stated = f(World::Stated)?;
        let proven = f(World::Proven)?;
        Some(match proven {
            ..4000 => stated.min(7999),
            4000..6000 => stated.min(8999),
            _ => stated,
        })
    }

    pub(crate) fn headline(&self) -> Option<i128> {
        self.headline_with(&self.weights())
    }

    pub(crate) fn ledger(&self) -> Option<Ledger> {
        let credits = self.credits(World::Stated);
        let weights = self.weights();
        let base = self.base(&credits, &weights)?;
        let score = self.capped(base, &credits);
        let areas = 0..weights.areas.len();
        let scores: Vec<(usize, i128)> =
            areas.filter_map(|d| Some((d, self.area(d, &credits, &weights)?))).collect();
        let sw: i128 = scores.iter().map(|(d, _)| weights.areas[*d]).sum();
        let lowest = scores.iter().map(|(_, score)| *score).min()?;
        let weakest = scores.iter().find(|(_, score)| *score == lowest)?.0;
        // Every loss as a fraction: above, below.
        let mut losses = vec![(0, 1); credits.len()];
        for (d, _) in &scores {
            let counted = self.counted(*d, &credits);
            let sum: i128 = counted.iter().map(|q| weights.questions[*q]).sum();
            for q in counted {
                let quarter = if *d == weakest { sw } else { 0 };
                let above = (3 * weights.areas[*d] + quarter) * weights.questions[q] * (10_000 - credits[q]?);
                losses[q] = (above, 4 * sw * sum);
            }
        }
        let mut whole: Vec<i128> = losses.iter().map(|(above, below)| above / below).collect();
        let mut takers: Vec<usize> =
            (0..losses.len()).filter(|q| credits[*q].is_some_and(|x| x < 10_000)).collect();
        while whole.iter().sum::<i128>() < 10_000 - base {
            // The largest remainder among those that have not had their turn in this round.
            let rest = |q: usize| (losses[q].0 % losses[q].1, losses[q].1);
            let larger = |a: usize, b: usize| rest(a).0 * rest(b).1 > rest(b).0 * rest(a).1;
            let mut chosen = takers[0];
            for q in &takers {
                if larger(*q, chosen) {
                    chosen = *q;
                }
            }
            whole[chosen] += 1;
            takers.retain(|q| *q != chosen);
            if takers.is_empty() {
                takers = (0..losses.len()).filter(|q| credits[*q].is_some_and(|x| x < 10_000)).collect();
            }
        }
        let gates = self.questionnaire.gates();
        let failing: Vec<usize> =
            (0..gates.len()).filter(|g| self.gate_fails(&gates[*g], &credits)).collect();
        let lowest = failing.iter().map(|g| gates[*g].cap).min();
        let named = failing.iter().copied().find(|g| Some(gates[*g].cap) == lowest);
        let cap = base - score;
        Some(Ledger {
            losses: whole,
            cap,
            cap_gate: named.filter(|_| cap > 0),
            cap_incident: self.priority_not_interrupted(&credits).filter(|_| cap > 0 && named.is_none()),
            assurance: score - self.headline()?,
        })
    }

    /// Coverage and the share declared not applicable.
    pub(crate) fn coverage(&self) -> Option<(i128, i128)> {
        let weights = self.weights();
        let questions = self.questionnaire.questions();
        let given = |q: &Question| self.assessment.answers.get(&q.id).map(|answer| &answer.given);
        // Sums of fractions over one common denominator.
        let (mut answered, mut skipped, mut below, mut sw) = (0, 0, 1, 0);
        for (d, area) in self.questionnaire.areas().iter().enumerate() {
            let in_scope: Vec<usize> = (0..questions.len())
                .filter(|q| questions[*q].id.area() == area.id.as_str())
                .filter(|q| !out_of_scope(&questions[*q], &self.assessment))
                .collect();
            let weight = |wanted: &dyn Fn(Option<&Given>) -> bool| -> i128 {
                in_scope
                    .iter()
                    .filter(|q| wanted(given(&questions[**q])))
                    .map(|q| weights.questions[*q])
                    .sum()
            };
            let all = weight(&|_| true);
            if all > 0 {
                let part =
                    weight(&|given| matches!(given, Some(Given::Definite(_) | Given::NotApplicable(_))));
                let not = weight(&|given| matches!(given, Some(Given::NotApplicable(_))));
                answered = answered * all + weights.areas[d] * part * below;
                skipped = skipped * all + weights.areas[d] * not * below;
                below *= all;
                sw += weights.areas[d];
            }
        }
        (sw > 0).then(|| (10_000 * answered / (below * sw), 10_000 * skipped / (below * sw)))
    }

    fn is_open(&self, question: &Question) -> bool {
        let given = self.assessment.answers.get(&question.id).map(|answer| &answer.given);
        !out_of_scope(question, &self.assessment) && matches!(given, None | Some(Given::Unknown))
    }

    /// What is not known with what is at stake.
    pub(crate) fn find_out(&self) -> Vec<(usize, i128)> {
        let weights = self.weights();
        let credits = self.credits(World::Possible);
        let mut list: Vec<(usize, i128)> = Vec::new();
        for (q, question) in self.questionnaire.questions().iter().enumerate() {
            if self.is_open(question) {
                let mut worthless = credits.clone();
                worthless[q] = Some(0);
                let stake = self.base(&credits, &weights).unwrap() - self.base(&worthless, &weights).unwrap();
                let place = list.iter().position(|(_, other)| *other < stake).unwrap_or(list.len());
                list.insert(place, (q, stake));
            }
        }
        list
    }

    /// The questions for which there is something to do.
    fn actions(&self) -> Vec<usize> {
        let stated = self.credits(World::Stated);
        let required = |q: &Question| {
            self.questionnaire.gates().iter().flat_map(|gate| &gate.require).any(|r| r.question == q.id)
        };
        let questions = self.questionnaire.questions().iter().enumerate();
        let to_do = questions.filter(|(place, question)| {
            let given = self.assessment.answers.get(&question.id).map(|answer| &answer.given);
            match given {
                _ if out_of_scope(question, &self.assessment) => false,
                Some(Given::Definite(_)) => stated[*place] < Some(10_000),
                Some(Given::NotApplicable(_)) => false,
                None | Some(Given::Unknown) => required(question),
            }
        });
        to_do.map(|(place, _)| place).collect()
    }

    /// The same organisation after the question is put right.
    pub(crate) fn raised(&self, place: usize) -> Self {
        let question = &self.questionnaire.questions()[place];
        let mut after = self.clone();
        let mut answer = Answer::new(Given::Definite(best_value(question)));
        if let Some(before @ Answer { given: Given::Definite(value), .. }) =
            self.assessment.answers.get(&question.id)
            && v(question, value, &self.assessment) > 0
        {
            answer.evidence = after_ageing(question, before, &self.assessment);
        }
        after.assessment.answers.insert(question.id.clone(), answer);
        after
    }

    fn bundles(&self) -> Vec<Vec<usize>> {
        let actions = self.actions();
        let credits = self.credits(World::Stated);
        let gates = self.questionnaire.gates();
        let failing: Vec<&Gate> = gates.iter().filter(|gate| self.gate_fails(gate, &credits)).collect();
        let mut bundles: Vec<Vec<usize>> = actions.iter().map(|q| vec![*q]).collect();
        for cap in failing.iter().map(|gate| gate.cap).collect::<BTreeSet<_>>() {
            let mut needed = BTreeSet::new();
            for requirement in failing.iter().filter(|gate| gate.cap <= cap).flat_map(|gate| &gate.require) {
                let place = self.questionnaire.position(requirement.question.as_str()).unwrap();
                if credits[place].is_some_and(|x| x < i128::from(requirement.at_least.get()) * 100) {
                    needed.insert(place);
                }
            }
            bundles.push(needed.into_iter().collect());
        }
        bundles
    }

    pub(crate) fn cost(&self, place: usize) -> i128 {
        match self.questionnaire.questions()[place].effort {
            Effort::Minutes => 1,
            Effort::Hours => 3,
            Effort::Days => 8,
            Effort::Weeks => 20,
        }
    }

    /// Gain of F, gain of B and cost of a bundle.
    fn worth(&self, bundle: &[usize]) -> (i128, i128, i128) {
        let after = bundle.iter().fold(self.clone(), |case, place| case.raised(*place));
        let both = |case: &Self| {
            let credits = case.credits(World::Stated);
            (case.score(&credits).unwrap(), case.base(&credits, &case.weights()).unwrap())
        };
        let ((f, b), (f_after, b_after)) = (both(self), both(&after));
        (f_after - f, b_after - b, bundle.iter().map(|place| self.cost(*place)).sum())
    }

    pub(crate) fn roadmap(&self) -> Vec<Action> {
        let mut now = self.clone();
        let mut roadmap = Vec::new();
        loop {
            let mut best: Option<(Vec<usize>, (i128, i128, i128))> = None;
            for bundle in now.bundles() {
                let worth = now.worth(&bundle);
                let better = best.as_ref().is_none_or(|(chosen, (f, b, cost))| {
                    let score = (worth.0 * cost).cmp(&(f * worth.2));
                    let base = (worth.1 * cost).cmp(&(b * worth.2));
                    score.then(base).then(cost.cmp(&worth.2)).then(chosen[0].cmp(&bundle[0])).is_gt()
                });
                if better {
                    best = Some((bundle, worth));
                }
            }
            let Some((mut bundle, _)) = best else { return roadmap };
            bundle.sort_by_key(|place| (now.cost(*place), *place));
            for place in bundle {
                let find_out = now.is_open(&now.questionnaire.questions()[place]);
                now = now.raised(place);
                let score = now.score(&now.credits(World::Stated)).unwrap();
                roadmap.push((place, find_out, score, now.headline().unwrap()));
            }
        }
    }

    /// The printed headlines with one weight halved or doubled at a time, and with other shares of the weakest area.
    pub(crate) fn neighbouring_headlines(&self) -> Vec<i128> {
        let doubled = || {
            let weights = self.weights();
            Weights {
                questions: weights.questions.iter().map(|w| w * 2).collect(),
                areas: weights.areas.iter().map(|w| w * 2).collect(),
                ..weights
            }
        };
        let mut headlines = Vec::new();
        for (times, by) in [(1, 2), (2, 1)] {
            for q in 0..self.questionnaire.questions().len() {
                let mut weights = doubled();
                weights.questions[q] = weights.questions[q] * times / by;
                headlines.extend(self.headline_with(&weights));
            }
            for d in 0..self.questionnaire.areas().len() {
                let mut weights = doubled();
                weights.areas[d] = weights.areas[d] * times / by;
                headlines.extend(self.headline_with(&weights));
            }
        }
        for weakest in [(0, 1), (1, 2)] {
            headlines.extend(self.headline_with(&Weights { weakest, ..self.weights() }));
        }
        headlines.into_iter().map(|headline| headline / 100).collect()
    }
}
