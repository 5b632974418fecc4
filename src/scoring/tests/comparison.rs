//! What moved between two assessments: what the answers did and what the questions did add up, and are never mixed up.

use proptest::prelude::*;

use super::build::{
    Changed, NO, YES, assessment, claimed, documented, fact, gate, question, questionnaire, unknown, weight,
};
use super::generate::{Case, pairs};
use crate::model::{Difference, Points, Standing, Ternary, Waiver};
use crate::scoring::{Assessed, Cause, ChangeKind, Comparison, Effect, Evaluation, GateState, Scheme};

/// Compares what two cases come to.
fn compared(old: &Case, new: &Case) -> (Evaluation, Comparison, Evaluation) {
    let schemes = [old, new].map(|case| Scheme::new(&case.questionnaire, &case.incidents));
    let evaluations = [schemes[0].evaluate(&old.assessment), schemes[1].evaluate(&new.assessment)];
    let comparison = Comparison::new(
        Assessed {
            questionnaire: &old.questionnaire,
            scheme: &schemes[0],
            assessment: &old.assessment,
            evaluation: &evaluations[0],
        },
        Assessed {
            questionnaire: &new.questionnaire,
            scheme: &schemes[1],
            assessment: &new.assessment,
            evaluation: &evaluations[1],
        },
    );
    let [old, new] = evaluations;
    (old, comparison, new)
}

fn sum(comparison: &Comparison, part: impl Fn(Effect) -> Difference) -> Difference {
    comparison.questions.iter().filter_map(|change| change.effect).chain(comparison.cap).map(part).sum()
}

fn backwards(kind: ChangeKind) -> Option<ChangeKind> {
    match kind {
        ChangeKind::Fixed | ChangeKind::Improved => Some(ChangeKind::Worse),
        ChangeKind::NewlyAnswered => Some(ChangeKind::NowUnknown),
        ChangeKind::NowUnknown => Some(ChangeKind::NewlyAnswered),
        ChangeKind::EvidenceGained => Some(ChangeKind::EvidenceLapsed),
        ChangeKind::EvidenceLapsed => Some(ChangeKind::EvidenceGained),
        ChangeKind::ScopeChanged => Some(ChangeKind::ScopeChanged),
        _ => None,
    }
}

proptest! {
    #[test]
    fn real_and_yardstick_change_add_up_exactly((old, new) in pairs()) {
        let (before, comparison, after) = compared(&old, &new);
        let scores = [before.scores.score.stated, comparison.between.score.stated, after.scores.score.stated];
        let [Some(before), Some(between), Some(after)] = scores else {
            prop_assert_eq!(comparison.score, None);
            prop_assert!(comparison.questions.iter().all(|change| change.effect.is_none()));
            return Ok(());
        };
        let effect = comparison.score.unwrap();
        prop_assert_eq!(effect.yardstick, between.since(before));
        prop_assert_eq!(effect.real, after.since(between));
        prop_assert_eq!(effect.total(), after.since(before));
        prop_assert_eq!(sum(&comparison, |effect| effect.real), effect.real);
        prop_assert_eq!(sum(&comparison, |effect| effect.yardstick), effect.yardstick);
    }

    #[test]
    fn with_the_same_questions_only_the_answers_count((old, new) in pairs()) {
        let now = old.questionnaire.clone();
        let new = Case { questionnaire: now, ..new };
        let (before, comparison, _) = compared(&old, &new);
        prop_assert_eq!(&comparison.between, &before.scores);
        prop_assert_eq!(comparison.score.map_or(Difference::ZERO, |effect| effect.yardstick), Difference::ZERO);
        for change in &comparison.questions {
            prop_assert_eq!(change.effect.map_or(Difference::ZERO, |effect| effect.yardstick), Difference::ZERO);
            prop_assert!(!change.kinds.iter().any(|kind| kind.is_of_questionnaire()));
        }
        prop_assert!(comparison.gates.iter().all(|gate| gate.cause == Cause::Answers));
        prop_assert!(comparison.incidents.iter().all(|incident| incident.cause == Cause::Answers));
    }

    #[test]
    fn with_the_same_answers_only_the_questions_count((old, new) in pairs()) {
        let new = Case { assessment: old.assessment.clone(), ..new };
        let (_, comparison, after) = compared(&old, &new);
        prop_assert_eq!(&comparison.between, &after.scores);
        prop_assert_eq!(comparison.score.map_or(Difference::ZERO, |effect| effect.real), Difference::ZERO);
        for change in &comparison.questions {
            prop_assert_eq!(change.effect.map_or(Difference::ZERO, |effect| effect.real), Difference::ZERO);
            prop_assert!(change.kinds.iter().all(|kind| kind.is_of_questionnaire()));
        }
        prop_assert!(comparison.gates.iter().all(|gate| gate.cause == Cause::Yardstick));
        prop_assert!(comparison.incidents.iter().all(|incident| incident.cause == Cause::Yardstick));
    }

    #[test]
    fn other_words_move_nothing((old, new) in pairs()) {
        let new = Case { questionnaire: old.questionnaire.clone(), ..new };
        let reworded = new.rebuilt(|whole| {
            for question in &mut whole.questions {
                question.ask = "in other words".to_owned();
                question.title = "Another title".to_owned();
            }
        });
        prop_assert_eq!(compared(&old, &reworded).1, compared(&old, &new).1);
    }

    #[test]
    fn between_them_the_old_answers_meet_the_new_questions((old, new) in pairs()) {
        // On the same day with the same facts, one file of answers can say it all.
        let mut new = new;
        new.assessment.date = old.assessment.date;
        new.assessment.facts = old.assessment.facts.clone();
        let mut mixed = new.clone();
        for question in new.questionnaire.questions() {
            let same = old.questionnaire.question(question.id.as_str()).filter(|q| q.revision == question.revision);
            if same.is_some() {
                match old.assessment.answers.get(&question.id) {
                    Some(answer) => mixed.assessment.answers.insert(question.id.clone(), answer.clone()),
                    None => mixed.assessment.answers.remove(&question.id),
                };
            }
        }
        let (_, comparison, _) = compared(&old, &new);
        let mixed = Scheme::new(&mixed.questionnaire, &mixed.incidents).scores(&mixed.assessment);
        prop_assert_eq!(comparison.between, mixed);
    }

    #[test]
    fn backwards_everything_is_the_other_way_round((old, new) in pairs()) {
        let new = Case { questionnaire: old.questionnaire.clone(), ..new };
        let (there, back) = (compared(&old, &new).1, compared(&new, &old).1);
        let real = |comparison: &Comparison| comparison.score.map(|effect| effect.real.get());
        prop_assert_eq!(real(&there), real(&back).map(|real| -real));
        prop_assert_eq!(there.questions.len(), back.questions.len());
        for (there, back) in there.questions.iter().zip(&back.questions) {
            for kind in &there.kinds {
                let told = |kind| back.kinds.contains(&kind);
                let improved = *kind == ChangeKind::Worse && (told(ChangeKind::Fixed) || told(ChangeKind::Improved));
                prop_assert!(improved || backwards(*kind).is_some_and(told), "{there:?} {back:?}");
            }
        }
        let closed = |comparison: &Comparison, now| comparison.gates.iter().filter(|gate| gate.now == now).count();
        prop_assert_eq!(closed(&there, GateState::Held), closed(&back, GateState::Failed));
    }

    #[test]
    fn what_is_not_told_did_not_change((old, new) in pairs()) {
        let (before, comparison, after) = compared(&old, &new);
        for (place, question) in new.questionnaire.questions().iter().enumerate() {
            let told = comparison.questions.iter().filter(|change| change.new == Some(place));
            let told: Vec<_> = told.flat_map(|change| &change.kinds).collect();
            let Some(earlier) = old.questionnaire.position(question.id.as_str()) else {
                prop_assert_eq!(told, [&ChangeKind::Added]);
                continue;
            };
            let (then, now) = (&before.scores.questions[earlier], &after.scores.questions[place]);
            if told.is_empty() {
                prop_assert_eq!(then.credit.stated, now.credit.stated);
                prop_assert_eq!(then.standing.is_open(), now.standing.is_open());
                prop_assert_eq!(then.evidence, now.evidence);
            } else if told.contains(&&ChangeKind::Fixed) {
                prop_assert_eq!(now.credit.stated, Some(Points::FULL));
                prop_assert!(then.credit.stated < now.credit.stated);
            }
        }
        let gone = old.questionnaire.questions().iter().filter(|q| new.questionnaire.question(q.id.as_str()).is_none());
        let removed = comparison.questions.iter().filter(|change| change.kinds == [ChangeKind::Removed]);
        prop_assert_eq!(gone.count(), removed.count());
    }

    #[test]
    fn an_incident_is_told_when_its_word_changes((old, new) in pairs()) {
        let new = Case { incidents: old.incidents.clone(), questionnaire: old.questionnaire.clone(), ..new };
        let (before, comparison, after) = compared(&old, &new);
        let words = |evaluation: &Evaluation| -> Vec<_> {
            let incidents = evaluation.scores.incidents.iter();
            incidents.map(|result| result.replay().map(|replay| replay.outcome.stated.word)).collect()
        };
        let changes = words(&before).into_iter().zip(words(&after)).enumerate().filter(|(_, (then, now))| then != now);
        let told = comparison.incidents.iter().map(|change| (change.incident, (change.before, change.now)));
        prop_assert_eq!(told.collect::<Vec<_>>(), changes.collect::<Vec<_>>());
    }
}

fn bp(effect: Option<Effect>) -> (i32, i32) {
    let effect = effect.unwrap();
    (effect.real.get(), effect.yardstick.get())
}

/// Two questions, one of them done; then a third is asked that counts as much as both, and the second is done too.
#[test]
fn a_longer_questionnaire_hides_no_progress() {
    let old = Case {
        questionnaire: questionnaire(&[("a", 1)], vec![question("a.x"), question("a.y")], vec![], &[]),
        incidents: vec![],
        assessment: assessment([("a.x", claimed(YES)), ("a.y", claimed(NO))]),
    };
    let longer = old.rebuilt(|whole| whole.questions.push(question("a.z").changed(|q| q.weight = weight(2))));
    let new = Case {
        assessment: assessment([("a.x", documented(YES)), ("a.y", claimed(YES)), ("a.z", claimed(NO))]),
        ..longer
    };
    let (before, comparison, after) = compared(&old, &new);
    let scores = [before.scores, comparison.between.clone(), after.scores];
    assert_eq!(scores.map(|scores| scores.score.stated.unwrap().get()), [5_000, 2_500, 5_000]);
    assert_eq!(bp(comparison.score), (2_500, -2_500));
    let told: Vec<_> =
        comparison.questions.iter().map(|change| (change.kinds.as_slice(), bp(change.effect))).collect();
    // The old loss of a.y is 50.00, between 25.00, then nothing; a.z takes 50.00 from the moment it is asked.
    assert_eq!(
        told,
        [
            (&[ChangeKind::EvidenceGained][..], (0, 0)),
            (&[ChangeKind::Fixed], (2_500, 2_500)),
            (&[ChangeKind::Added], (0, -5_000)),
        ]
    );
}

/// A gate that closes lifts a cap, and the cap's share is told apart from the questions'.
#[test]
fn a_lifted_cap_is_told_apart() {
    let old = Case {
        questionnaire: questionnaire(
            &[("a", 1)],
            vec![question("a.x"), question("a.y").changed(|q| q.weight = weight(4))],
            vec![gate("second-step", 39, &[("a.x", 75)])],
            &[],
        ),
        incidents: vec![],
        assessment: assessment([("a.x", claimed(NO)), ("a.y", claimed(YES))]),
    };
    let new = Case { assessment: assessment([("a.x", claimed(YES)), ("a.y", unknown())]), ..old.clone() };
    let (_, comparison, _) = compared(&old, &new);
    // Before: base 80.00 under a cap of 39.99; now: base 20.00, no cap.
    assert_eq!(bp(comparison.score), (-1_999, 0));
    assert_eq!(bp(comparison.cap), (4_001, 0));
    assert_eq!(comparison.gates.len(), 1);
    assert_eq!((comparison.gates[0].now, comparison.gates[0].cause), (GateState::Held, Cause::Answers));
    let told: Vec<_> = comparison.questions.iter().map(|change| change.kinds.as_slice()).collect();
    assert_eq!(told, [&[ChangeKind::Fixed][..], &[ChangeKind::NowUnknown]]);
}

/// More is not all.
#[test]
fn what_is_better_but_not_done_is_not_called_fixed() {
    let old = Case {
        questionnaire: questionnaire(&[("a", 1)], vec![question("a.x")], vec![], &[]),
        incidents: vec![],
        assessment: assessment([("a.x", claimed(NO))]),
    };
    let new = Case { assessment: assessment([("a.x", claimed(super::build::PARTLY))]), ..old.clone() };
    assert_eq!(compared(&old, &new).1.questions[0].kinds, [ChangeKind::Improved]);
}

/// A gate that failed and is no longer there held the score down; one that held did not.
#[test]
fn a_gate_that_is_gone_is_told_when_it_had_failed() {
    let gates = vec![gate("failing", 39, &[("a.x", 75)]), gate("held", 39, &[("a.y", 75)])];
    let questions = vec![question("a.x"), question("a.y")];
    let old = Case {
        questionnaire: questionnaire(&[("a", 1)], questions, gates, &[]),
        incidents: vec![],
        assessment: assessment([("a.x", claimed(NO)), ("a.y", claimed(YES))]),
    };
    let new = old.rebuilt(|whole| whole.gates.clear());
    let told = compared(&old, &new).1.gates;
    let told: Vec<_> = told.iter().map(|gate| (gate.old, gate.new, gate.now, gate.cause)).collect();
    assert_eq!(told, [(Some(0), None, GateState::Held, Cause::Yardstick)]);
}

/// Somebody who stops running a mail server has not improved, and has not got worse: the scope changed.
#[test]
fn a_fact_that_changes_changes_the_scope() {
    let mail = question("a.y").changed(|q| q.applies_if = vec![fact("own-mail-server")]);
    let old = Case {
        questionnaire: questionnaire(&[("a", 1)], vec![question("a.x"), mail], vec![], &["own-mail-server"]),
        incidents: vec![],
        assessment: assessment([("a.x", claimed(YES)), ("a.y", claimed(NO))]),
    };
    let mut new = old.clone();
    new.assessment.facts.insert(fact("own-mail-server"), Ternary::No);
    let (_, comparison, after) = compared(&old, &new);
    assert_eq!(after.scores.questions[1].standing, Standing::OutOfScope);
    assert_eq!(comparison.questions[0].kinds, [ChangeKind::ScopeChanged]);
    assert_eq!(bp(comparison.score), (5_000, 0));
}

/// A level that no longer exists cannot be compared, even where the author forgot to raise the revision.
#[test]
fn an_answer_that_the_question_no_longer_takes_is_not_compared() {
    let old = Case {
        questionnaire: questionnaire(&[("a", 1)], vec![question("a.x")], vec![], &[]),
        incidents: vec![],
        assessment: assessment([("a.x", claimed(YES))]),
    };
    let new = old.rebuilt(|whole| whole.questions[0].kind = super::build::levels(&[0, 40, 100]));
    let answer = claimed(super::build::level(40));
    let new = Case { assessment: assessment([("a.x", answer)]), ..new };
    let (_, comparison, _) = compared(&old, &new);
    assert_eq!(comparison.questions[0].kinds, [ChangeKind::Revised]);
    assert_eq!(bp(comparison.score), (0, -6_000));
}

/// An accepted risk is told and moves no score.
#[test]
fn an_accepted_risk_is_told_and_not_scored() {
    let waived = |months| {
        claimed(NO).changed(|answer| {
            let expires = super::build::as_of().months_after(months);
            answer.waiver = Some(Waiver { reason: String::new(), approved_by: String::new(), expires });
        })
    };
    let old = Case {
        questionnaire: questionnaire(&[("a", 1)], vec![question("a.x"), question("a.y")], vec![], &[]),
        incidents: vec![],
        assessment: assessment([("a.x", claimed(NO)), ("a.y", waived(3))]),
    };
    let mut new = Case { assessment: assessment([("a.x", waived(12)), ("a.y", waived(3))]), ..old.clone() };
    new.assessment.date = super::build::as_of().months_after(6);
    for answer in new.assessment.answers.values_mut() {
        answer.answered = Some(new.assessment.date);
    }
    let (_, comparison, _) = compared(&old, &new);
    let told: Vec<_> = comparison.questions.iter().map(|change| change.kinds.as_slice()).collect();
    assert_eq!(told, [&[ChangeKind::WaiverAdded][..], &[ChangeKind::WaiverExpired]]);
    assert_eq!(bp(comparison.score), (0, 0));
}

/// "Does not apply" is an answer: who no longer knows has lost one.
#[test]
fn not_knowing_any_more_is_worse_than_not_applicable() {
    let skippable = question("a.y").changed(|q| q.may_be_skipped = true);
    let skipped = super::build::not_applicable(crate::model::Evidence::Documented);
    let old = Case {
        questionnaire: questionnaire(&[("a", 1)], vec![question("a.x"), skippable], vec![], &[]),
        incidents: vec![],
        assessment: assessment([("a.x", claimed(YES)), ("a.y", skipped)]),
    };
    let new = Case { assessment: assessment([("a.x", claimed(YES)), ("a.y", unknown())]), ..old.clone() };
    assert_eq!(compared(&old, &new).1.questions[0].kinds, [ChangeKind::NowUnknown]);
    assert_eq!(compared(&new, &old).1.questions[0].kinds, [ChangeKind::NewlyAnswered]);
    let new = Case { assessment: assessment([("a.x", claimed(YES)), ("a.y", claimed(NO))]), ..old.clone() };
    assert_eq!(compared(&old, &new).1.questions[0].kinds, [ChangeKind::ScopeChanged]);
}

/// An acceptance holds on its last day, and no longer.
#[test]
fn an_acceptance_runs_out_after_its_last_day() {
    let last = super::build::as_of().months_after(3);
    let waived = claimed(NO).changed(|answer| {
        answer.waiver = Some(Waiver { reason: String::new(), approved_by: String::new(), expires: last });
    });
    let old = Case {
        questionnaire: questionnaire(&[("a", 1)], vec![question("a.x")], vec![], &[]),
        incidents: vec![],
        assessment: assessment([("a.x", waived)]),
    };
    let on = |date| {
        let mut new = old.clone();
        new.assessment.date = date;
        compared(&old, &new).1.questions
    };
    assert_eq!(on(last), []);
    assert_eq!(on(last.months_after(1))[0].kinds, [ChangeKind::WaiverExpired]);
}

/// An acceptance that nobody needs any more has not got worse by running out.
#[test]
fn an_acceptance_of_nothing_does_not_run_out() {
    let waived = claimed(YES).changed(|answer| {
        let expires = super::build::as_of().months_after(3);
        answer.waiver = Some(Waiver { reason: String::new(), approved_by: String::new(), expires });
    });
    let old = Case {
        questionnaire: questionnaire(&[("a", 1)], vec![question("a.x")], vec![], &[]),
        incidents: vec![],
        assessment: assessment([("a.x", waived)]),
    };
    let mut new = old.clone();
    new.assessment.date = super::build::as_of().months_after(6);
    assert_eq!(compared(&old, &new).1.questions, []);
}

/// Where "does not apply" is no longer taken, the question asks for something else.
#[test]
fn an_answer_that_may_no_longer_be_skipped_is_not_compared() {
    let skippable = question("a.x").changed(|q| q.may_be_skipped = true);
    let skipped = super::build::not_applicable(crate::model::Evidence::Documented);
    let old = Case {
        questionnaire: questionnaire(&[("a", 1)], vec![skippable, question("a.y")], vec![], &[]),
        incidents: vec![],
        assessment: assessment([("a.x", skipped), ("a.y", claimed(YES))]),
    };
    let new = old.rebuilt(|whole| whole.questions[0].may_be_skipped = false);
    let new = Case { assessment: assessment([("a.x", claimed(NO)), ("a.y", claimed(YES))]), ..new };
    let (_, comparison, _) = compared(&old, &new);
    assert_eq!(comparison.questions[0].kinds, [ChangeKind::Revised]);
    assert_eq!(bp(comparison.score), (0, -5_000));
}

/// A fact that only the new questionnaire asks for is part of the new yardstick.
#[test]
fn a_fact_that_was_not_asked_before_is_no_work_of_the_answers() {
    let old = Case {
        questionnaire: questionnaire(&[("a", 1)], vec![question("a.x"), question("a.y")], vec![], &[]),
        incidents: vec![],
        assessment: assessment([("a.x", claimed(YES)), ("a.y", claimed(NO))]),
    };
    let mail = question("a.y").changed(|q| q.applies_if = vec![fact("own-mail-server")]);
    let asks = questionnaire(&[("a", 1)], vec![question("a.x"), mail], vec![], &["own-mail-server"]);
    let mut new = Case { questionnaire: asks, ..old.clone() };
    new.assessment.facts.insert(fact("own-mail-server"), Ternary::No);
    let (_, comparison, _) = compared(&old, &new);
    assert_eq!(bp(comparison.score), (0, 5_000));
}
