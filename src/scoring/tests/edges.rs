//! Borderline cases. Each name says what a person could otherwise be told wrongly.

use std::collections::BTreeSet;

use super::build::*;
use crate::model::{
    Answer, Assessment, Band, Choice, ChoiceId, Credit, Date, Effect, Effort, Evidence, Incident, Kind,
    Points, Question, Questionnaire, Standing, Value, Within, Worlds,
};
use crate::scoring::tally::headline;
use crate::scoring::{
    self, Evaluation, GateState, IncidentResult, QuestionResult, Replay, Scheme, Scores, Stability, Word,
};

fn points(bp: u16) -> Points {
    Points::new(bp).unwrap()
}

/// Questions of one area, without gates and facts.
fn plain(questions: Vec<Question>) -> Questionnaire {
    questionnaire(&[("a", 1)], questions, Vec::new(), &[])
}

fn scores(questionnaire: &Questionnaire, assessment: &Assessment) -> Scores {
    Scheme::new(questionnaire, &[]).scores(assessment)
}

fn evaluation(questionnaire: &Questionnaire, assessment: &Assessment) -> Evaluation {
    Scheme::new(questionnaire, &[]).evaluate(assessment)
}

/// The only question of a questionnaire with one answer.
fn one(question: Question, answer: Answer) -> QuestionResult {
    let id = question.id.to_string();
    scores(&plain(vec![question]), &assessment([(id.as_str(), answer)])).questions.remove(0)
}

fn stated(kind: Kind, value: Value) -> u16 {
    one(question("a.q").changed(|q| q.kind = kind), claimed(value)).credit.stated.unwrap().get()
}

fn day(year: i16, month: u8, day: u8) -> Date {
    Date::new(year, month, day).unwrap()
}

// What an answer earns

#[test]
fn a_share_just_below_a_band_earns_only_the_band_below() {
    let band = |from, credit| Band { from, credit: Credit::new(credit).unwrap() };
    let earned = |percent| {
        stated(
            Kind::Percentage(vec![band(50, 30), band(95, 100)]),
            Value::Percentage { percent, counted: None },
        )
    };
    assert_eq!([0, 49, 50, 94, 95, 100].map(earned), [0, 0, 3000, 3000, 10_000, 10_000]);
}

#[test]
fn a_test_done_exactly_six_months_ago_is_within_six_months() {
    let within = |months, credit| Within { months, credit: Credit::new(credit).unwrap() };
    let earned = |date| stated(Kind::LastDone(vec![within(6, 100), within(12, 50)]), Value::LastDone(date));
    assert_eq!(earned(Some(as_of())), 10_000);
    assert_eq!(earned(Some(day(2026, 5, 23))), 10_000);
    assert_eq!(earned(Some(day(2026, 5, 22))), 5000);
    assert_eq!(earned(Some(day(2025, 11, 23))), 5000);
    assert_eq!(earned(Some(day(2025, 11, 22))), 0);
    assert_eq!(earned(None), 0);
}

#[test]
fn a_choice_that_does_not_apply_counts_on_neither_side() {
    let choice =
        |id: &str| Choice { id: ChoiceId::parse(id).unwrap(), label: String::new(), applies_if: Vec::new() };
    let choices =
        vec![choice("x"), choice("y"), choice("z").changed(|z| z.applies_if = vec![fact("office")])];
    let question = question("a.q").changed(|q| q.kind = Kind::TickAll(choices));
    let questionnaire = questionnaire(&[("a", 1)], vec![question], Vec::new(), &["office"]);
    let ticked: BTreeSet<ChoiceId> = ["x", "z"].map(|id| ChoiceId::parse(id).unwrap()).into();
    let answers = assessment([("a.q", claimed(Value::Ticked(ticked)))]);
    let earned = |assessment| scores(&questionnaire, &assessment).questions[0].credit.stated;
    assert_eq!(earned(answers.clone()), Some(points(6600)));
    assert_eq!(earned(denying(answers, &["office"])), Some(points(5000)));
}

#[test]
fn an_answer_of_another_kind_earns_nothing_and_breaks_nothing() {
    assert_eq!(stated(yes_no(50), level(100)), 0);
    assert_eq!(stated(levels(&[0, 100]), level(40)), 0);
}

#[test]
fn an_answer_out_of_scope_is_not_scored() {
    let question = question("a.q").changed(|q| q.applies_if = vec![fact("office")]);
    let questionnaire = questionnaire(&[("a", 1)], vec![question], Vec::new(), &["office"]);
    let scores = scores(&questionnaire, &denying(assessment([("a.q", claimed(YES))]), &["office"]));
    assert_eq!(scores.questions[0].standing, Standing::OutOfScope);
    assert_eq!((scores.questions[0].evidence, scores.questions[0].fresh), (None, None));
    assert_eq!((scores.headline, scores.coverage, scores.scope_reduced), (None, None, None));
    assert_eq!((scores.areas[0].questions, scores.areas[0].counted), (1, 0));
}

// Evidence and its age

#[test]
fn old_evidence_drops_one_level_and_only_one() {
    let old = day(2020, 1, 1);
    let proven = |answer: Answer| {
        let result = one(question("a.q"), answer);
        (result.credit.proven.unwrap().get(), result.evidence.unwrap(), result.fresh.unwrap())
    };
    let both_old = |answer: Answer| Answer { answered: Some(old), evidence_date: Some(old), ..answer };
    assert_eq!(proven(both_old(verified(YES))), (7500, Evidence::Documented, false));
    // Now a claim, but not one that lapses because it was answered long ago.
    assert_eq!(proven(both_old(documented(YES))), (5000, Evidence::Claimed, false));
    assert_eq!(proven(both_old(claimed(YES))), (0, Evidence::Lapsed, false));
}

#[test]
fn a_claim_ages_from_its_answer_and_a_document_from_its_own_date() {
    let old = Some(day(2025, 11, 22));
    let last_fresh_day = Some(day(2025, 11, 23));
    let fresh = |answer| one(question("a.q"), answer).fresh.unwrap();
    assert!(!fresh(Answer { answered: old, evidence_date: last_fresh_day, ..claimed(YES) }));
    assert!(fresh(Answer { answered: last_fresh_day, evidence_date: old, ..claimed(YES) }));
    assert!(fresh(Answer { answered: old, evidence_date: last_fresh_day, ..documented(YES) }));
    assert!(!fresh(Answer { answered: last_fresh_day, evidence_date: old, ..verified(YES) }));
    // Without a date of its own, a document is as old as the answer; without any date it is of today.
    assert!(!fresh(Answer { answered: old, ..documented(YES) }));
    assert!(fresh(documented(YES)));
}

#[test]
fn not_applicable_with_outdated_proof_is_unsupported_again() {
    let skippable = question("a.q").changed(|q| q.may_be_skipped = true);
    let proven = |answer| one(skippable.clone(), answer).credit.proven;
    let old = Some(day(2025, 1, 1));
    assert_eq!(proven(not_applicable(Evidence::Documented)), None);
    assert_eq!(
        proven(Answer { evidence_date: old, ..not_applicable(Evidence::Documented) }),
        Some(Points::ZERO)
    );
    assert_eq!(proven(Answer { evidence_date: old, ..not_applicable(Evidence::Verified) }), None);
}

// Scores that do not exist, and what does not depend on them

#[test]
fn a_world_can_lack_a_score_that_another_has() {
    let skippable = question("a.q").changed(|q| q.may_be_skipped = true);
    let evaluation =
        evaluation(&plain(vec![skippable]), &assessment([("a.q", not_applicable(Evidence::Claimed))]));
    let score = evaluation.scores.score;
    assert_eq!((score.proven, score.stated, score.possible), (Some(Points::ZERO), None, None));
    assert_eq!((evaluation.scores.headline, evaluation.scores.band()), (None, None));
    assert_eq!(evaluation.ledger, None);
    assert_eq!(evaluation.stability, Stability::Steady);
    assert_eq!((evaluation.roadmap.len(), evaluation.find_out.len()), (0, 0));
    // It counts as answered all the same.
    assert_eq!(evaluation.scores.coverage, Some(Points::FULL));
    assert_eq!(evaluation.scores.scope_reduced, Some(Points::FULL));
    assert_eq!(evaluation.scores.areas[0].not_applicable, 1);
}

#[test]
fn a_gate_that_nothing_counts_for_is_held() {
    let scoped = question("a.q").changed(|q| q.applies_if = vec![fact("office")]);
    let gates = vec![gate("g", 39, &[("a.q", 75)])];
    let questionnaire = questionnaire(&[("a", 1)], vec![scoped, question("a.r")], gates, &["office"]);
    let scores = scores(&questionnaire, &denying(assessment([("a.r", verified(YES))]), &["office"]));
    assert_eq!(scores.gates[0].state, Worlds::each(|_| GateState::Held));
    assert_eq!(scores.headline, Some(Points::FULL));
}

#[test]
fn an_area_without_a_question_in_scope_is_left_out() {
    let scoped = question("b.q").changed(|q| q.applies_if = vec![fact("office")]);
    let questionnaire = questionnaire(
        &[("a", 1), ("b", 10), ("c", 10)],
        vec![question("a.q"), scoped],
        Vec::new(),
        &["office"],
    );
    let scores = scores(&questionnaire, &denying(assessment([("a.q", verified(YES))]), &["office"]));
    assert_eq!(scores.headline, Some(Points::FULL));
    assert_eq!(scores.coverage, Some(Points::FULL));
    assert_eq!(
        scores.areas.iter().map(|area| area.score.stated).collect::<Vec<_>>(),
        [Some(Points::FULL), None, None]
    );
}

#[test]
fn an_area_says_how_much_of_it_is_known() {
    let skippable = |id| question(id).changed(|q| q.may_be_skipped = true);
    let questions =
        vec![question("a.x"), question("a.y"), question("a.z"), skippable("a.s"), skippable("a.t")];
    let (skipped, declared) = (not_applicable(Evidence::Documented), not_applicable(Evidence::Claimed));
    let answers = [("a.x", claimed(YES)), ("a.y", unknown()), ("a.s", skipped), ("a.t", declared)];
    let area = scores(&plain(questions), &assessment(answers)).areas[0].clone();
    assert_eq!((area.questions, area.counted, area.unknown, area.not_applicable), (5, 3, 2, 2));
}

#[test]
fn coverage_is_rounded_once() {
    // 1/3 of one area and 2/3 of the next make exactly one half: rounding each on its own would lose a hundredth.
    let ids = ["a.x", "a.y", "a.z", "b.x", "b.y", "b.z"];
    let questions = ids.iter().map(|id| question(id)).collect();
    let questionnaire = questionnaire(&[("a", 1), ("b", 1)], questions, Vec::new(), &[]);
    let answered = assessment(["a.x", "b.x", "b.y"].map(|id| (id, claimed(NO))));
    assert_eq!(scores(&questionnaire, &answered).coverage, Some(points(5000)));
}

#[test]
fn a_full_score_that_is_not_proven_is_not_called_strong() {
    let printed = |proven, stated| headline(points(proven), points(stated)).get();
    assert_eq!(printed(3999, 9000), 7999);
    assert_eq!(printed(4000, 9000), 8999);
    assert_eq!(printed(5999, 9000), 8999);
    assert_eq!(printed(6000, 9000), 9000);
    assert_eq!(printed(0, 100), 100);
}

// The ledger

#[test]
fn equal_losses_are_shared_out_in_the_order_of_the_questionnaire() {
    // Three equal questions, nothing done: 10000/3 each, one basis point left over.
    let questionnaire = plain(["a.x", "a.y", "a.z"].map(question).into());
    let ledger = evaluation(&questionnaire, &assessment([])).ledger.unwrap();
    assert_eq!(ledger.losses, [3334, 3333, 3333].map(points));
}

#[test]
fn what_rounding_took_has_an_owner_too() {
    // Area a: a.x (weight 3) partly at 6, a.y (weight 4) full: D = (1800 + 40000)/7 = 5971.43. Area b is full.
    // B = (3*5971 + 3*10000 + 2*5971)/8 = 7481.875. The loss of a.x is 5/8 * 3/7 * 9400 = 2517.86, but 2519 are missing:
    // rounding took one more than remainders give back in one round.
    let questions = vec![
        question("a.x").changed(|q| (q.weight, q.kind) = (weight(3), yes_no(6))),
        question("a.y").changed(|q| q.weight = weight(4)),
        question("b.x"),
    ];
    let questionnaire = questionnaire(&[("a", 1), ("b", 1)], questions, Vec::new(), &[]);
    let answers = [("a.x", verified(PARTLY)), ("a.y", verified(YES)), ("b.x", verified(YES))];
    let ledger = evaluation(&questionnaire, &assessment(answers)).ledger.unwrap();
    assert_eq!(ledger.losses, [2519, 0, 0].map(points));
}

#[test]
fn the_lowest_cap_is_named_and_of_equal_ones_the_first() {
    let big = question("a.big").changed(|q| q.weight = weight(5));
    let questions = vec![question("a.low"), question("a.high"), big];
    let gates = vec![
        gate("high", 79, &[("a.high", 50)]),
        gate("first", 59, &[("a.low", 50)]),
        gate("second", 59, &[("a.low", 75)]),
    ];
    let questionnaire = questionnaire(&[("a", 1)], questions, gates, &[]);
    let answers = [("a.low", verified(NO)), ("a.high", verified(NO)), ("a.big", verified(YES))];
    let evaluation = evaluation(&questionnaire, &assessment(answers));
    let ledger = evaluation.ledger.unwrap();
    assert_eq!((ledger.cap_gate, ledger.cap_incident), (Some(1), None));
    assert_eq!(evaluation.scores.gates[0].failing, [0]);
    assert_eq!(evaluation.scores.score.stated, Some(points(5999)));
}

#[test]
fn a_gate_that_takes_nothing_is_not_named() {
    let questionnaire =
        questionnaire(&[("a", 1)], vec![question("a.q")], vec![gate("g", 39, &[("a.q", 75)])], &[]);
    let ledger = evaluation(&questionnaire, &assessment([])).ledger.unwrap();
    assert_eq!((ledger.cap, ledger.cap_gate), (Points::ZERO, None));
}

// Incidents

/// Questions of one area by name, each measuring the control of the same name; facts.
fn measuring(names: &[&str], facts: &[&str]) -> Questionnaire {
    let question = |name: &&str| question(&format!("a.{name}")).changed(|q| q.controls = vec![control(name)]);
    questionnaire(&[("a", 1)], names.iter().map(question).collect(), Vec::new(), facts)
}

fn replay(questionnaire: &Questionnaire, incident: Incident, assessment: &Assessment) -> Replay {
    Scheme::new(questionnaire, &[incident]).scores(assessment).incidents[0].replay().unwrap().clone()
}

#[test]
fn incidents_come_by_id_whatever_the_order_of_the_files() {
    let questionnaire = measuring(&["key"], &[]);
    let stopped = incident("a-first", vec![step("one", &[("key", Effect::Stops)])]);
    let open = incident("b-second", vec![step("one", &[])]);
    let assessment = assessment([("a.key", verified(YES))]);
    let words = |incidents: &[Incident]| -> Vec<Word> {
        let scores = Scheme::new(&questionnaire, incidents).scores(&assessment);
        scores.incidents.iter().map(|result| result.replay().unwrap().outcome.stated.word).collect()
    };
    assert_eq!(words(&[open.clone(), stopped.clone()]), [Word::Interrupted, Word::Open]);
    assert_eq!(words(&[stopped, open]), [Word::Interrupted, Word::Open]);
}

#[test]
fn a_short_check_calls_no_attack_open_that_it_never_asked_about() {
    let questionnaire = measuring(&["key"], &[]);
    let half_asked = incident("i", vec![step("one", &[("key", Effect::Stops), ("edr", Effect::Stops)])])
        .changed(|incident| incident.priority = true);
    let scores = Scheme::new(&questionnaire, &[half_asked]).scores(&assessment([("a.key", verified(YES))]));
    assert_eq!(scores.incidents, [IncidentResult::NotAssessed]);
    // Nor does it hold the score down.
    assert_eq!(scores.headline, Some(Points::FULL));
}

#[test]
fn a_fact_that_was_never_asked_excuses_nothing() {
    let questionnaire = measuring(&["key"], &["office"]);
    let needs = |name: &str| {
        incident(
            "i",
            vec![step("one", &[("key", Effect::Stops)]).changed(|s| s.impossible_if_not = vec![fact(name)])],
        )
    };
    let denied = denying(assessment([]), &["office", "undeclared"]);
    let impossible = replay(&questionnaire, needs("office"), &denied);
    assert!(impossible.steps[0].impossible);
    assert_eq!(impossible.outcome.proven.word, Word::Interrupted);
    assert_eq!((impossible.steps[0].by.len(), &impossible.steps[0].missing), (0, &None));
    assert_eq!(replay(&questionnaire, needs("undeclared"), &denied).outcome.stated.word, Word::Open);

    let elsewhere = needs("undeclared").changed(|incident| incident.applies_if = vec![fact("undeclared")]);
    assert_eq!(replay(&questionnaire, elsewhere, &denied).outcome.stated.word, Word::Open);
}

#[test]
fn a_measure_is_as_strong_as_its_weakest_question_in_scope() {
    let key = |id: &str| question(id).changed(|q| q.controls = vec![control("key")]);
    let scoped = key("a.scoped").changed(|q| q.applies_if = vec![fact("office")]);
    let questionnaire = questionnaire(
        &[("a", 1)],
        vec![key("a.strong"), key("a.weak"), key("a.weak-too"), scoped],
        Vec::new(),
        &["office"],
    );
    let path = incident("i", vec![step("one", &[("key", Effect::Stops)])]);
    let answers = [("a.strong", claimed(YES)), ("a.weak", claimed(PARTLY)), ("a.weak-too", claimed(PARTLY))];
    let result = replay(&questionnaire, path, &denying(assessment(answers), &["office"]));
    assert_eq!(result.steps[0].strength.stated, 50);
    assert_eq!(result.steps[0].by[0].questions, [1, 2]);
    // Two questions are missing, so no single one would do.
    assert_eq!(result.cheapest, None);
}

#[test]
fn a_measure_that_nothing_in_scope_measures_is_neither_there_nor_missing() {
    let scoped = question("a.edr").changed(|q| {
        q.controls = vec![control("edr")];
        q.applies_if = vec![fact("office")];
    });
    let key = question("a.key").changed(|q| q.controls = vec![control("key")]);
    let questionnaire = questionnaire(&[("a", 1)], vec![scoped, key], Vec::new(), &["office"]);
    let path = incident("i", vec![step("one", &[("edr", Effect::Stops), ("key", Effect::Hinders)])]);
    let result = replay(&questionnaire, path, &denying(assessment([]), &["office"]));
    assert_eq!(result.outcome.possible.layers, 50);
    assert_eq!(result.steps[0].missing.as_ref().map(|missing| missing.prevention), Some(1));
    assert_eq!(result.cheapest, None);
}

#[test]
fn partial_measures_hinder_but_never_interrupt() {
    let questionnaire = measuring(&["key"], &[]);
    let hinder = |id: &str| step(id, &[("key", Effect::Hinders)]);
    let half_open = incident("i", vec![hinder("one")]);
    let all = assessment([("a.key", verified(YES))]);
    assert_eq!(replay(&questionnaire, half_open, &all).outcome.stated.word, Word::Open);
    let long =
        incident("i", vec![hinder("one"), hinder("two"), hinder("three"), hinder("four"), hinder("five")]);
    let outcome = replay(&questionnaire, long, &all).outcome.stated;
    assert_eq!((outcome.layers, outcome.word, outcome.broken_at), (250, Word::Hindered, None));
}

#[test]
fn half_a_control_notices_and_less_does_not() {
    let questionnaire = measuring(&["log"], &[]);
    let path =
        incident("i", vec![step("one", &[]), step("two", &[]).changed(|s| s.detect = vec![control("log")])]);
    let detected = |answer| replay(&questionnaire, path.clone(), &assessment([("a.log", answer)])).outcome;
    assert_eq!(detected(claimed(PARTLY)).stated.detected_at, Some(1));
    assert_eq!(detected(claimed(PARTLY)).proven.detected_at, None);
    assert_eq!(detected(claimed(NO)).stated.detected_at, None);
}

#[test]
fn the_cheapest_way_to_interrupt_is_the_cheapest_not_the_first() {
    let dear =
        question("a.dear").changed(|q| (q.controls, q.effort) = (vec![control("dear")], Effort::Weeks));
    let cheap =
        question("a.cheap").changed(|q| (q.controls, q.effort) = (vec![control("cheap")], Effort::Minutes));
    let slight =
        question("a.slight").changed(|q| (q.controls, q.effort) = (vec![control("slight")], Effort::Minutes));
    let questionnaire = plain(vec![dear, slight, cheap]);
    let preventions = [("dear", Effect::Stops), ("slight", Effect::Hinders), ("cheap", Effect::Stops)];
    let path = incident("i", vec![step("one", &preventions)]);
    assert_eq!(replay(&questionnaire, path, &assessment([])).cheapest, Some(2));
}

#[test]
fn a_priority_incident_holds_the_score_below_strong_and_is_named_last() {
    // a.key weighs 1 of 21 in an area of its own weight, so that B stays above 90 without it.
    let key = question("a.key").changed(|q| q.controls = vec![control("key")]);
    let others = ["a.p", "a.q", "a.r", "a.s"].map(|id| question(id).changed(|q| q.weight = weight(5)));
    let questions: Vec<Question> = [key].into_iter().chain(others).collect();
    let answers = ["a.p", "a.q", "a.r", "a.s"].map(|id| (id, verified(YES)));
    let path = |id: &str| {
        incident(id, vec![step("one", &[("key", Effect::Stops)])])
            .changed(|incident| incident.priority = true)
    };
    let harmless = incident("a-no-priority", vec![step("one", &[])]);
    let incidents = [path("c-later"), path("b-sooner"), harmless];
    let with = |gates| {
        let questionnaire = questionnaire(&[("a", 1)], questions.clone(), gates, &[]);
        Scheme::new(&questionnaire, &incidents).evaluate(&assessment(answers.clone()))
    };
    let alone = with(Vec::new());
    assert_eq!(alone.scores.base.stated, Some(points(9523)));
    assert_eq!(alone.scores.score.stated, Some(points(8999)));
    let ledger = alone.ledger.unwrap();
    assert_eq!((ledger.cap_gate, ledger.cap_incident), (None, Some(1)));
    // A gate with the same cap goes first.
    let ledger = with(vec![gate("g", 89, &[("a.key", 1)])]).ledger.unwrap();
    assert_eq!((ledger.cap_gate, ledger.cap_incident), (Some(0), None));
}

// What to do first

#[test]
fn an_action_names_the_incidents_that_it_closes() {
    let edr = question("a.edr").changed(|q| (q.controls, q.effort) = (vec![control("edr")], Effort::Weeks));
    let key = question("a.key").changed(|q| (q.controls, q.effort) = (vec![control("key")], Effort::Minutes));
    let incidents = [
        incident("a", vec![step("one", &[("key", Effect::Stops)])]),
        incident("b", vec![step("one", &[("key", Effect::Hinders), ("edr", Effect::Stops)])]),
        incident("c", vec![step("one", &[("key", Effect::Stops), ("edr", Effect::Stops)])]),
    ];
    let assessment = assessment([("a.edr", claimed(NO)), ("a.key", claimed(NO))]);
    let roadmap = Scheme::new(&plain(vec![edr, key]), &incidents).evaluate(&assessment).roadmap;
    let told: Vec<(usize, Vec<usize>)> =
        roadmap.into_iter().map(|action| (action.question, action.closes)).collect();
    assert_eq!(told, [(1, vec![0, 2]), (0, vec![1])]);
}

#[test]
fn a_gate_that_needs_two_things_is_not_left_to_the_end() {
    // The score is held at 39.99 until both a.one and a.two are right: neither gains anything alone.
    let questions = vec![
        question("a.small"),
        question("a.one").changed(|q| q.effort = Effort::Days),
        question("a.two"),
        question("a.rest").changed(|q| q.weight = weight(5)),
    ];
    let gates = vec![gate("g", 39, &[("a.one", 75), ("a.two", 75)])];
    let questionnaire = questionnaire(&[("a", 1)], questions, gates, &[]);
    let no = ["a.small", "a.one", "a.two"].map(|id| (id, claimed(NO)));
    let answers = assessment(no.into_iter().chain([("a.rest", claimed(YES))]));
    let roadmap = evaluation(&questionnaire, &answers).roadmap;
    let order: Vec<usize> = roadmap.iter().map(|action| action.question).collect();
    // The cheaper of the two first, although it gains nothing yet.
    assert_eq!(order, [2, 1, 0]);
    assert_eq!(
        roadmap.iter().map(|action| action.stated_after.get()).collect::<Vec<_>>(),
        [3999, 8750, 10_000]
    );
}

#[test]
fn only_what_a_gate_requires_is_found_out_and_put_right() {
    let gates = vec![gate("g", 39, &[("a.gated", 75)])];
    let questionnaire = questionnaire(&[("a", 1)], vec![question("a.free"), question("a.gated")], gates, &[]);
    let evaluation = evaluation(&questionnaire, &assessment([("a.free", unknown())]));
    let told: Vec<_> =
        evaluation.roadmap.iter().map(|a| (a.question, a.find_out, a.stated_after.get())).collect();
    assert_eq!(told, [(1, true, 5000)]);
    // It stays in the other list too; equal stakes in order.
    let listed: Vec<_> = evaluation.find_out.iter().map(|f| (f.question, f.at_stake.get())).collect();
    assert_eq!(listed, [(0, 5000), (1, 5000)]);
}

#[test]
fn a_promise_counts_only_the_proof_that_is_kept() {
    let proven_after = |answer: Answer| {
        let evaluation = evaluation(&plain(vec![question("a.q")]), &assessment([("a.q", answer)]));
        evaluation.roadmap[0].headline_after.get()
    };
    let old = Some(day(2020, 1, 1));
    // 75 of 100 proven: strong. Half: good. Nothing: fair.
    assert_eq!(proven_after(documented(PARTLY)), 10_000);
    assert_eq!(proven_after(Answer { evidence_date: old, ..documented(PARTLY) }), 8999);
    assert_eq!(proven_after(Answer { answered: old, ..claimed(PARTLY) }), 7999);
    // Proof of nothing is worth no more than a word, and the word is new.
    assert_eq!(proven_after(verified(NO)), 8999);
    assert_eq!(proven_after(Answer { answered: old, ..claimed(NO) }), 8999);
}

// Stability

#[test]
fn a_band_that_hangs_on_one_weight_is_called_an_edge() {
    let two = plain(vec![question("a.x"), question("a.y")]);
    let stability =
        |x, y| evaluation(&two, &assessment([("a.x", verified(x)), ("a.y", verified(y))])).stability;
    // 50; with x halved 33, with x doubled 66: both neighbours of "weak", the lower one is named.
    assert_eq!(stability(YES, NO), Stability::Edge { neighbour: scoring::Band::Exposed });
    assert_eq!(stability(YES, YES), Stability::Steady);
    assert_eq!(stability(NO, NO), Stability::Steady);
    // The same where both weigh three times as much.
    let heavy = |id| question(id).changed(|q| q.weight = weight(3));
    let answers = [("a.x", verified(YES)), ("a.y", verified(NO))];
    let stability = evaluation(&plain(vec![heavy("a.x"), heavy("a.y")]), &assessment(answers)).stability;
    assert_eq!(stability, Stability::Edge { neighbour: scoring::Band::Exposed });
}

#[test]
fn a_band_can_hang_on_the_weight_of_one_area() {
    let stability = |weights: [i64; 2], credits: [u8; 2]| {
        let levels = |id, credit| question(id).changed(|q| q.kind = levels(&[0, credit, 100]));
        let questions = vec![levels("a.x", credits[0]), levels("b.x", credits[1])];
        let answers = [("a.x", verified(level(credits[0]))), ("b.x", verified(level(credits[1])))];
        let areas = [("a", weights[0]), ("b", weights[1])];
        evaluation(&questionnaire(&areas, questions, Vec::new(), &[]), &assessment(answers)).stability
    };
    // 53.25; without a share of the weakest 58.33, with half of it 48.16; with b doubled 47.15, with b halved 60.87.
    assert_eq!(stability([1, 2], [99, 38]), Stability::Edge { neighbour: scoring::Band::Fair });
    // 65.68; without a share of the weakest 70.90, with half of it 60.45; with b doubled 64.37, with b halved 66.42.
    assert_eq!(stability([10, 1], [73, 50]), Stability::Steady);
}

#[test]
fn the_share_of_the_weakest_area_can_be_what_a_band_hangs_on() {
    // 100 and 20, weighted 10 to 1: 92.72 on average. With a quarter of the weakest 74.54, with half of it 56.36.
    let questions = vec![question("a.x"), question("b.x").changed(|q| q.kind = levels(&[0, 20, 100]))];
    let questionnaire = questionnaire(&[("a", 10), ("b", 1)], questions, Vec::new(), &[]);
    let answers = [("a.x", verified(YES)), ("b.x", verified(level(20)))];
    let evaluation = evaluation(&questionnaire, &assessment(answers));
    assert_eq!(evaluation.scores.headline, Some(points(7454)));
    assert_eq!(evaluation.stability, Stability::Edge { neighbour: scoring::Band::Weak });
}

// Size

#[test]
fn a_questionnaire_of_thousands_of_questions_is_scored() {
    let names: Vec<String> = (0..100).map(|n| format!("a{n}")).collect();
    let areas: Vec<(&str, i64)> = names.iter().map(|name| (name.as_str(), 10)).collect();
    let questions: Vec<Question> = (0..2_000)
        .map(|n| question(&format!("{}.q{n}", names[n * n % 99])).changed(|q| q.weight = weight(5)))
        .collect();
    let questionnaire = questionnaire(&areas, questions.clone(), Vec::new(), &[]);
    let ids: Vec<&str> = questions.iter().map(|q| q.id.as_str()).collect();
    let answers = ids.iter().enumerate().filter(|(n, _)| n % 7 != 0);
    let answers = answers.map(|(n, id)| (*id, if n % 100 == 1 { verified(PARTLY) } else { verified(YES) }));
    let evaluation = evaluation(&questionnaire, &assessment(answers));
    let ledger = evaluation.ledger.unwrap();
    let lost: u32 = ledger.losses.iter().map(|loss| u32::from(loss.get())).sum();
    assert_eq!(lost, u32::from(ledger.questions.get()));
    assert_eq!(evaluation.find_out.len(), 286);
    assert_eq!(evaluation.roadmap.len(), 17);
}
