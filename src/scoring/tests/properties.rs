//! What holds for every questionnaire and every set of answers. The numbers are those of the published model.

use std::thread;

use proptest::prelude::*;

use super::build::{Changed, not_applicable, question, weight};
use super::generate::{Case, best_value, cases, step_of, values, worst_value};
use super::reference::v;
use crate::model::{
    Answer, Area, AreaId, ControlId, Date, Evidence, Given, Points, Question, QuestionId, Weight, World,
    Worlds,
};
use crate::scoring::tally::Tally;
use crate::scoring::{Closer, Evaluation, GateState, IncidentResult, Scheme, Scores};

const WORLDS: [World; 3] = [World::Proven, World::Stated, World::Possible];

impl Case {
    fn scheme(&self) -> Scheme {
        Scheme::new(&self.questionnaire, &self.incidents)
    }

    fn scores(&self) -> Scores {
        self.scheme().scores(&self.assessment)
    }

    fn evaluation(&self) -> Evaluation {
        self.scheme().evaluate(&self.assessment)
    }

    fn questions(&self) -> impl Iterator<Item = &Question> {
        self.questionnaire.questions().iter()
    }

    fn answer(&self, question: &Question) -> Option<&Answer> {
        self.assessment.answers.get(&question.id)
    }

    /// Each question with its answer, where it has a definite one.
    fn answered(&self) -> impl Iterator<Item = (&Question, &Answer, i128)> {
        self.questions().filter_map(|question| {
            let answer = self.answer(question)?;
            let Given::Definite(value) = &answer.given else { return None };
            Some((question, answer, v(question, value, &self.assessment)))
        })
    }

    /// The questions in scope without a definite answer.
    fn not_known(&self, scores: &Scores) -> Vec<&Question> {
        self.questions()
            .zip(&scores.questions)
            .filter(|(_, r)| r.standing.is_open())
            .map(|(q, _)| q)
            .collect()
    }

    /// F of each world with one credit replaced in all three.
    fn with_credit(&self, scores: &Scores, place: usize, credit: Option<Points>) -> Worlds<Option<Points>> {
        let scheme = self.scheme();
        let circumstances = scheme.circumstances(&self.assessment);
        Worlds::each(|world| {
            let mut credits: Vec<_> = scores.questions.iter().map(|q| *q.credit.get(world)).collect();
            credits[place] = credit;
            Tally::new(&scheme, &circumstances, credits).score()
        })
    }
}

/// Proven, headline, stated, possible.
fn four(scores: &Scores) -> [Option<Points>; 4] {
    [scores.score.proven, scores.headline, scores.score.stated, scores.score.possible]
}

/// The layers of each incident in each world; nothing where it is not replayed.
fn layers(scores: &Scores) -> Vec<Option<Worlds<u32>>> {
    let layers = |result: &IncidentResult| result.replay().map(|replay| replay.outcome.map(|o| o.layers));
    scores.incidents.iter().map(layers).collect()
}

/// Whether nothing is lower than before: neither a score, nor an area, nor the layers of an incident.
fn nowhere_lower(after: &Scores, before: &Scores) -> bool {
    let scores = four(after).into_iter().zip(four(before)).all(|(a, b)| a >= b);
    let areas = after.areas.iter().zip(&before.areas);
    let areas = areas.clone().all(|(a, b)| WORLDS.iter().all(|w| a.score.get(*w) >= b.score.get(*w)));
    let layers = layers(after).into_iter().zip(layers(before)).all(|(a, b)| match (a, b) {
        (Some(a), Some(b)) => WORLDS.iter().all(|world| a.get(*world) >= b.get(*world)),
        (a, b) => a.is_none() && b.is_none(),
    });
    scores && areas && layers
}

proptest! {
    #[test]
    fn p01_the_range_is_a_range(case in cases()) {
        let scores = case.scores();
        if let [Some(proven), Some(headline), Some(stated), Some(possible)] = four(&scores) {
            prop_assert!(proven <= headline && headline <= stated && stated <= possible);
            prop_assert!(possible <= Points::FULL);
        } else {
            // Only the proven world can have a score alone: of what is declared not applicable without support.
            prop_assert_eq!([scores.headline, scores.score.stated, scores.score.possible], [None; 3]);
        }
    }

    #[test]
    fn p02_a_better_answer_lowers_nothing(case in cases()) {
        let before = case.scores();
        for (question, answer, credit) in case.answered() {
            for value in values(question) {
                if v(question, &value, &case.assessment) >= credit {
                    let better = Answer { given: Given::Definite(value), ..answer.clone() };
                    prop_assert!(nowhere_lower(&case.answering(question, better).scores(), &before));
                }
            }
        }
    }

    #[test]
    fn p03_better_evidence_only_helps_what_is_proven(case in cases()) {
        let before = case.scores();
        for question in case.questions() {
            let Some(answer) = case.answer(question) else { continue };
            let stronger = [Evidence::Claimed, Evidence::Documented, Evidence::Verified];
            let stronger = stronger.into_iter().filter(|evidence| *evidence >= answer.evidence);
            let mut better: Vec<Answer> = stronger.map(|evidence| Answer { evidence, ..answer.clone() }).collect();
            // Without dates everything is as fresh as the assessment.
            better.push(Answer { answered: None, evidence_date: None, ..answer.clone() });
            for months in [1, 12] {
                let later = |date: Option<Date>| {
                    date.map(|date| date.months_after(months).min(case.assessment.date))
                };
                better.push(answer.clone().changed(|answer| {
                    answer.answered = later(answer.answered);
                    answer.evidence_date = later(answer.evidence_date);
                }));
            }
            for answer in better {
                let after = case.answering(question, answer).scores();
                prop_assert_eq!(after.score.stated, before.score.stated);
                prop_assert_eq!(after.score.possible, before.score.possible);
                prop_assert!(after.headline >= before.headline);
                // A supported "not applicable" can leave nothing to be proven.
                prop_assert!(after.score.proven.is_none() || after.score.proven >= before.score.proven);
            }
        }
    }

    #[test]
    fn p04_finding_out_narrows_the_range(case in cases()) {
        let before = case.scores();
        for question in case.not_known(&before) {
            let evidence = [Evidence::Claimed, Evidence::Documented, Evidence::Verified];
            let mut answers: Vec<Answer> = Vec::new();
            for evidence in evidence {
                let definite = |value| Answer { evidence, ..Answer::new(Given::Definite(value)) };
                answers.extend(values(question).into_iter().map(definite));
                answers.extend(question.may_be_skipped.then(|| not_applicable(evidence)));
            }
            for answer in answers {
                let after = case.answering(question, answer).scores();
                if after.score.stated.is_some() {
                    prop_assert!(after.score.proven >= before.score.proven);
                    prop_assert!(after.score.stated >= before.score.stated);
                    prop_assert!(after.score.possible <= before.score.possible);
                }
            }
        }
    }

    #[test]
    fn p05_not_knowing_is_no_better_than_no(case in cases()) {
        let unknown = case.scores();
        for question in case.not_known(&unknown) {
            let no = case.answering(question, Answer::new(Given::Definite(worst_value(question)))).scores();
            prop_assert_eq!(&four(&unknown)[..3], &four(&no)[..3]);
            prop_assert!(unknown.score.possible >= no.score.possible);
        }
    }

    #[test]
    fn p06_leaving_out_is_no_better_than_doing(case in cases()) {
        let scores = case.scores();
        for (place, question) in case.questions().enumerate() {
            let without = case.with_credit(&scores, place, None);
            let full = case.with_credit(&scores, place, Some(Points::FULL));
            for world in WORLDS {
                prop_assert!(without.get(world) <= full.get(world));
            }
            if question.may_be_skipped {
                let unsupported = case.answering(question, not_applicable(Evidence::Claimed)).scores();
                let no = case.answering(question, Answer::new(Given::Definite(worst_value(question)))).scores();
                prop_assert_eq!(unsupported.score.proven, no.score.proven);
            }
        }
    }

    #[test]
    fn p07_only_relative_weights_count(case in cases(), place in any::<prop::sample::Index>()) {
        // Small weights, so that there is room to multiply them.
        let case = case.rebuilt(|whole| {
            for question in &mut whole.questions {
                question.weight = weight(i64::from(question.weight.get() % 2 + 1));
            }
            for area in &mut whole.areas {
                area.weight = Weight::of_area(i64::from(area.weight.get() % 5 + 1)).unwrap();
            }
        });
        let doubled_area = case.rebuilt(|whole| {
            let area = whole.areas[place.index(whole.areas.len())].id.clone();
            for question in whole.questions.iter_mut().filter(|q| q.id.area() == area.as_str()) {
                question.weight = weight(i64::from(question.weight.get()) * 2);
            }
        });
        let doubled_areas = case.rebuilt(|whole| {
            for area in &mut whole.areas {
                area.weight = Weight::of_area(i64::from(area.weight.get()) * 2).unwrap();
            }
        });
        let before = case.scores();
        prop_assert_eq!(&doubled_area.scores(), &before);
        prop_assert_eq!(&doubled_areas.scores(), &before);
    }

    #[test]
    fn p07_splitting_a_question_changes_nothing(case in cases(), place in any::<prop::sample::Index>(), copies in 2..5_i64) {
        let place = place.index(case.questionnaire.questions().len());
        let whole = case.rebuilt(|whole| whole.questions[place].weight = weight(copies));
        let mut split = whole.clone();
        for copy in 1..copies {
            split = split.rebuilt(|parts| {
                let original = &mut parts.questions[place];
                original.weight = weight(1);
                let id = QuestionId::parse(&format!("{}-copy{copy}", original.id)).unwrap();
                let twin = original.clone().changed(|question| question.id = id.clone());
                for gate in &mut parts.gates {
                    let twins: Vec<_> = gate.require.iter().filter(|r| r.question == parts.questions[place].id).collect();
                    let twins: Vec<_> = twins.into_iter().map(|r| r.clone().changed(|r| r.question = id.clone())).collect();
                    gate.require.extend(twins);
                }
                parts.questions.push(twin);
            });
            let twin = split.questionnaire.questions().last().unwrap().id.clone();
            if let Some(answer) = whole.answer(&whole.questionnaire.questions()[place]) {
                split.assessment.answers.insert(twin, answer.clone());
            }
        }
        let (split, whole) = (split.scores(), whole.scores());
        prop_assert_eq!(four(&split), four(&whole));
        prop_assert_eq!(split.base, whole.base);
        prop_assert_eq!((split.coverage, split.scope_reduced), (whole.coverage, whole.scope_reduced));
        prop_assert_eq!(layers(&split), layers(&whole));
    }

    #[test]
    fn p08_order_changes_no_score(case in cases(), by in any::<prop::sample::Index>()) {
        let mut turned = case.rebuilt(|whole| {
            whole.areas.reverse();
            whole.gates.reverse();
            let by = by.index(whole.questions.len());
            whole.questions.rotate_left(by);
            whole.facts.reverse();
        });
        turned.incidents.reverse();
        let (before, after) = (case.scores(), turned.scores());
        prop_assert_eq!(four(&after), four(&before));
        prop_assert_eq!(after.base, before.base);
        prop_assert_eq!((after.coverage, after.scope_reduced), (before.coverage, before.scope_reduced));
        prop_assert_eq!(layers(&after), layers(&before));
        prop_assert!(after.areas.iter().rev().eq(&before.areas));
        let states = |scores: &Scores| scores.gates.iter().map(|gate| gate.state).collect::<Vec<_>>();
        prop_assert!(states(&after).iter().rev().eq(&states(&before)));
    }

    #[test]
    fn p09_nothing_done_is_0_and_only_everything_done_is_100(case in cases()) {
        let scores = case.scores();
        for world in WORLDS {
            let counted: Vec<Points> = scores.questions.iter().filter_map(|q| *q.credit.get(world)).collect();
            let base = *scores.base.get(world);
            prop_assert_eq!(base.is_none(), counted.is_empty());
            prop_assert_eq!(scores.score.get(world).is_none(), counted.is_empty());
            if let Some(base) = base {
                prop_assert_eq!(base == Points::FULL, counted.iter().all(|credit| *credit == Points::FULL));
            }
        }
        let mut undone = case.clone();
        for question in case.questions() {
            undone = undone.answering(question, Answer::new(Given::Definite(worst_value(question))));
        }
        let undone = undone.scores();
        let counts = undone.questions.iter().any(|q| q.credit.stated.is_some());
        prop_assert_eq!(four(&undone), [counts.then_some(Points::ZERO); 4]);
    }

    #[test]
    fn p10_a_failing_gate_caps_and_nothing_else_does(case in cases()) {
        let case = Case { incidents: Vec::new(), ..case };
        let scores = case.scores();
        for world in WORLDS {
            let (Some(base), Some(score)) = (*scores.base.get(world), *scores.score.get(world)) else { continue };
            let gates = case.questionnaire.gates().iter().zip(&scores.gates);
            let failing: Vec<_> = gates.filter(|(_, result)| *result.state.get(world) == GateState::Failed).collect();
            for (gate, _) in &failing {
                prop_assert!(score.printed() <= gate.cap.get().into());
            }
            if failing.is_empty() {
                prop_assert_eq!(score, base);
            }
        }
    }

    #[test]
    fn p11_areas_are_apart(case in cases()) {
        let before = case.scores();
        for question in case.questions() {
            let after = case.answering(question, Answer::new(Given::Definite(best_value(question)))).scores();
            let areas = case.questionnaire.areas().iter().zip(after.areas.iter().zip(&before.areas));
            for (area, (after, before)) in areas {
                if area.id.as_str() != question.id.area() {
                    prop_assert_eq!(after, before);
                }
            }
        }
    }

    #[test]
    fn p12_a_new_question_is_no_present(case in cases(), place in any::<prop::sample::Index>(), w in 1..=5_i64) {
        let before = case.scores();
        for new_area in [false, true] {
            let after = case.rebuilt(|whole| {
                let mut area = whole.areas[place.index(whole.areas.len())].id.clone();
                if new_area {
                    area = AreaId::parse("new").unwrap();
                    whole.areas.push(Area { id: area.clone(), ..whole.areas[0].clone() });
                }
                whole.questions.push(question(&format!("{area}.new")).changed(|q| q.weight = weight(w)));
            });
            let after = after.scores();
            if before.score.stated.is_some() {
                prop_assert!(after.score.proven <= before.score.proven);
                prop_assert!(after.score.stated <= before.score.stated);
                prop_assert!(after.score.possible >= before.score.possible);
            }
        }
    }

    #[test]
    fn p13_the_range_closes_when_all_is_verified(case in cases(), choices in prop::collection::vec(any::<prop::sample::Index>(), 9)) {
        let mut closed = case.clone();
        for (question, choice) in case.questions().zip(&choices) {
            let values = values(question);
            let given = Given::Definite(values[choice.index(values.len())].clone());
            closed = closed.answering(question, Answer { evidence: Evidence::Verified, ..Answer::new(given) });
        }
        let scores = closed.scores();
        prop_assert_eq!(scores.score.proven, scores.score.stated);
        prop_assert_eq!(scores.score.stated, scores.score.possible);
    }

    #[test]
    fn p14_every_lost_point_has_an_owner(case in cases()) {
        let evaluation = case.evaluation();
        let Some(ledger) = evaluation.ledger else {
            prop_assert_eq!(evaluation.scores.score.stated, None);
            return Ok(());
        };
        let sum: u32 = ledger.losses.iter().map(|loss| u32::from(loss.get())).sum();
        prop_assert_eq!(sum, u32::from(ledger.questions.get()));
        let parts = [evaluation.scores.headline.unwrap(), ledger.assurance, ledger.cap, ledger.questions];
        prop_assert_eq!(parts.iter().map(|part| u32::from(part.get())).sum::<u32>(), 10_000);
        for (loss, question) in ledger.losses.iter().zip(&evaluation.scores.questions) {
            prop_assert!(*loss == Points::ZERO || question.credit.stated < Some(Points::FULL));
        }
        prop_assert_eq!(ledger.cap > Points::ZERO, ledger.cap_gate.or(ledger.cap_incident).is_some());
    }

    #[test]
    fn p15_the_roadmap_keeps_its_promises(case in cases()) {
        let mut now = case.clone();
        let mut before = case.scores();
        for action in case.evaluation().roadmap {
            now = now.raised(action.question);
            let after = now.scores();
            prop_assert!(nowhere_lower(&after, &before));
            prop_assert_eq!(Some(action.stated_after), after.score.stated);
            prop_assert_eq!(Some(action.headline_after), after.headline);
            let interrupted = |result: &IncidentResult| {
                result.replay().is_some_and(|replay| replay.outcome.stated.word.is_interrupted())
            };
            let changed = before.incidents.iter().zip(&after.incidents).enumerate();
            let closed = changed.filter(|(_, (before, after))| interrupted(after) && !interrupted(before));
            prop_assert_eq!(action.closes, closed.map(|(place, _)| place).collect::<Vec<_>>());
            before = after;
        }
        prop_assert_eq!(now.evaluation().roadmap, []);
    }

    #[test]
    fn work_in_any_order_keeps_its_promises(case in cases(), by in any::<prop::sample::Index>()) {
        let mut order: Vec<usize> = (0..case.questions().count()).rev().collect();
        let first = by.index(order.len());
        order.rotate_left(first);
        let mut now = case.clone();
        for action in case.scheme().in_order(&case.assessment, &order) {
            let credit = now.scores().questions[action.question].credit.stated;
            prop_assert!(credit.is_some_and(|credit| credit < Points::FULL), "there is nothing to do");
            now = now.raised(action.question);
            let after = now.scores();
            prop_assert_eq!(Some(action.stated_after), after.score.stated);
            prop_assert_eq!(Some(action.headline_after), after.headline);
        }
        let roadmap = case.evaluation().roadmap;
        let order: Vec<usize> = roadmap.iter().map(|action| action.question).collect();
        prop_assert_eq!(case.scheme().in_order(&case.assessment, &order), roadmap);
    }

    #[test]
    fn single_changes_interrupt_what_they_promise_and_none_is_left_out(case in cases()) {
        let before = case.scores();
        let evaluation = case.evaluation();
        let open = |result: &IncidentResult| {
            result.replay().is_some_and(|replay| !replay.outcome.stated.word.is_interrupted())
        };
        let mut counted = 0;
        for (place, result) in before.questions.iter().enumerate() {
            let after = case.raised(place).scores();
            let changed = before.incidents.iter().zip(&after.incidents).enumerate();
            let closed = changed.filter(|(_, (before, after))| open(before) && !open(after));
            let closed: Vec<usize> = closed.map(|(incident, _)| incident).collect();
            let promised = evaluation.closers.iter().find(|closer| closer.question == place);
            if result.credit.stated.is_some() {
                prop_assert_eq!(promised.map_or(&[][..], |closer| &closer.closes), closed);
                counted += usize::from(promised.is_some());
            }
        }
        prop_assert_eq!(counted, evaluation.closers.len());
        let value = |closer: &Closer| (closer.closes.len(), usize::from(closer.cost));
        for pair in evaluation.closers.windows(2) {
            let ((first, first_cost), (second, second_cost)) = (value(&pair[0]), value(&pair[1]));
            prop_assert!(first * second_cost >= second * first_cost);
        }
        for (incident, result) in before.incidents.iter().enumerate() {
            if let Some(question) = result.replay().and_then(|replay| replay.cheapest) {
                let closer = evaluation.closers.iter().find(|closer| closer.question == question);
                prop_assert!(closer.is_some_and(|closer| closer.closes.contains(&incident)));
            }
        }
    }

    #[test]
    fn p17_more_steps_are_more_layers_and_their_order_is_none(case in cases(), dice in prop::collection::vec(any::<u32>(), 30)) {
        let before = layers(&case.scores());
        let controls: Vec<&str> = case.questions().flat_map(|q| &q.controls).map(ControlId::as_str).collect();
        let mut longer = case.clone();
        let mut turned = case.clone();
        for incident in &mut longer.incidents {
            incident.steps.push(step_of(dice.clone(), 99, &controls));
        }
        for incident in &mut turned.incidents {
            incident.steps.reverse();
        }
        prop_assert_eq!(&layers(&turned.scores()), &before);
        for (longer, before) in layers(&longer.scores()).into_iter().zip(before) {
            prop_assert_eq!(longer.is_some(), before.is_some());
            if let (Some(longer), Some(before)) = (longer, before) {
                prop_assert!(WORLDS.iter().all(|world| longer.get(*world) >= before.get(*world)));
            }
        }
    }

    #[test]
    fn p18_the_same_answers_give_the_same_numbers_on_any_thread(case in cases()) {
        let scheme = case.scheme();
        let once = scheme.evaluate(&case.assessment);
        let again = thread::scope(|scope| {
            let threads = [(); 3].map(|()| scope.spawn(|| scheme.evaluate(&case.assessment)));
            threads.map(|thread| thread.join().unwrap())
        });
        prop_assert!(again.iter().all(|other| *other == once));
        prop_assert_eq!(case.clone().evaluation(), once);
    }
}
