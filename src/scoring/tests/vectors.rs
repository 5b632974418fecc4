//! Examples that were worked out by hand.

use super::build::*;
use crate::model::{Assessment, Effect, Effort, Evidence, Incident, Points, Questionnaire, Worlds};
use crate::scoring::{Action, IncidentResult, Replay, Scheme, Scores, Word};

fn bp(points: Option<Points>) -> u16 {
    points.unwrap().get()
}

fn scored(questionnaire: &Questionnaire, assessment: &Assessment) -> Scores {
    Scheme::new(questionnaire, &[]).scores(assessment)
}

/// Area a (weight 2): a1 (weight 3, the gate needs 75), a2. Area b (weight 1): b1, b2.
fn toy() -> Questionnaire {
    let questions = vec![
        question("a.a1").changed(|q| (q.weight, q.kind) = (weight(3), levels(&[0, 40, 75, 100]))),
        question("a.a2").changed(|q| (q.effort, q.kind) = (Effort::Minutes, levels(&[0, 50, 100]))),
        question("b.b1").changed(|q| (q.effort, q.kind) = (Effort::Minutes, levels(&[0, 25, 50, 75, 100]))),
        question("b.b2")
            .changed(|q| (q.effort, q.kind, q.may_be_skipped) = (Effort::Days, levels(&[0, 100]), true)),
    ];
    questionnaire(&[("a", 2), ("b", 1)], questions, vec![gate("g1", 39, &[("a.a1", 75)])], &[])
}

/// `75d` is level 75, documented; `?` unknown, `-` no answer, `nc` and `nd` not applicable, claimed or documented.
fn toy_answers(words: [&str; 4]) -> Assessment {
    let answer = |word: &str| match word {
        "-" => None,
        "?" => Some(unknown()),
        "nc" => Some(not_applicable(Evidence::Claimed)),
        "nd" => Some(not_applicable(Evidence::Documented)),
        _ => {
            let (credit, evidence) = word.split_at(word.len() - 1);
            let value = level(credit.parse().unwrap());
            Some(match evidence {
                "c" => claimed(value),
                "d" => documented(value),
                _ => verified(value),
            })
        }
    };
    let answers = ["a.a1", "a.a2", "b.b1", "b.b2"].into_iter().zip(words);
    assessment(answers.filter_map(|(id, word)| answer(word).map(|answer| (id, answer))))
}

/// Answers; per world D of both areas, B, F; the headline.
struct Vector {
    answers: [&'static str; 4],
    proven: [u16; 4],
    stated: [u16; 4],
    possible: [u16; 2],
    printed: [u16; 4],
}

const VECTORS: [Vector; 11] = [
    Vector {
        answers: ["100v", "100v", "100v", "100v"],
        proven: [10_000, 10_000, 10_000, 10_000],
        stated: [10_000, 10_000, 10_000, 10_000],
        possible: [10_000, 10_000],
        printed: [100, 100, 100, 100],
    },
    Vector {
        answers: ["100c", "50d", "?", "100v"],
        proven: [4687, 5000, 4765, 3999],
        stated: [8750, 5000, 6875, 6875],
        possible: [9062, 9062],
        printed: [39, 68, 68, 90],
    },
    Vector {
        answers: ["100d", "50d", "?", "100v"],
        proven: [6562, 5000, 5781, 5781],
        stated: [8750, 5000, 6875, 6875],
        possible: [9062, 9062],
        printed: [57, 68, 68, 90],
    },
    Vector {
        answers: ["100c", "50d", "0c", "100v"],
        proven: [4687, 5000, 4765, 3999],
        stated: [8750, 5000, 6875, 6875],
        possible: [6875, 6875],
        printed: [39, 68, 68, 68],
    },
    Vector {
        answers: ["40v", "100v", "100v", "100v"],
        proven: [5500, 10_000, 6625, 3999],
        stated: [5500, 10_000, 6625, 3999],
        possible: [6625, 3999],
        printed: [39, 39, 39, 39],
    },
    Vector {
        answers: ["75d", "100d", "75d", "nc"],
        proven: [6093, 2812, 4452, 3999],
        stated: [8125, 7500, 7812, 7812],
        possible: [7812, 7812],
        printed: [39, 78, 78, 78],
    },
    Vector {
        answers: ["75d", "100d", "75d", "nd"],
        proven: [6093, 5625, 5859, 3999],
        stated: [8125, 7500, 7812, 7812],
        possible: [7812, 7812],
        printed: [39, 78, 78, 78],
    },
    Vector {
        answers: ["-", "-", "-", "-"],
        proven: [0, 0, 0, 0],
        stated: [0, 0, 0, 0],
        possible: [10_000, 10_000],
        printed: [0, 0, 0, 100],
    },
    Vector {
        answers: ["0c", "0c", "0c", "0c"],
        proven: [0, 0, 0, 0],
        stated: [0, 0, 0, 0],
        possible: [0, 0],
        printed: [0, 0, 0, 0],
    },
    Vector {
        answers: ["100c", "100c", "100c", "100c"],
        proven: [5000, 5000, 5000, 3999],
        stated: [10_000, 10_000, 10_000, 10_000],
        possible: [10_000, 10_000],
        printed: [39, 79, 100, 100],
    },
    Vector {
        answers: ["100d", "100d", "100d", "100d"],
        proven: [7500, 7500, 7500, 7500],
        stated: [10_000, 10_000, 10_000, 10_000],
        possible: [10_000, 10_000],
        printed: [75, 100, 100, 100],
    },
];

#[test]
fn the_published_examples_come_out_as_published() {
    for (number, vector) in (1..).zip(&VECTORS) {
        let scores = scored(&toy(), &toy_answers(vector.answers));
        let world = |pick: fn(&Worlds<Option<Points>>) -> Option<Points>| {
            let areas = [&scores.areas[0].score, &scores.areas[1].score];
            [areas[0], areas[1], &scores.base, &scores.score].map(|worlds| bp(pick(worlds)))
        };
        assert_eq!(world(|w| w.proven), vector.proven, "proven of {number}");
        assert_eq!(world(|w| w.stated), vector.stated, "stated of {number}");
        assert_eq!(
            [scores.base.possible, scores.score.possible].map(bp),
            vector.possible,
            "possible of {number}"
        );
        let printed = [scores.score.proven, scores.headline, scores.score.stated, scores.score.possible];
        assert_eq!(printed.map(|points| bp(points) / 100), vector.printed, "printed of {number}");
    }
}

#[test]
fn the_published_ledgers_come_out_as_published() {
    let ledger = |answers| Scheme::new(&toy(), &[]).evaluate(&toy_answers(answers)).ledger.unwrap();
    let second = ledger(["100c", "50d", "?", "100v"]);
    // a2: (3*2/(4*3)) * 1/4 * 5000 = 625; b1: (3*1/(4*3) + 1/4) * 1/2 * 10000 = 2500.
    assert_eq!(second.losses.iter().map(|loss| loss.get()).collect::<Vec<_>>(), [0, 625, 2500, 0]);
    assert_eq!([second.questions, second.cap, second.assurance].map(Points::get), [3125, 0, 0]);
    assert_eq!(second.cap_gate, None);

    let fifth = ledger(["40v", "100v", "100v", "100v"]);
    // a1: (3*2/(4*3) + 1/4) * 3/4 * 6000 = 3375.
    assert_eq!(fifth.losses.iter().map(|loss| loss.get()).collect::<Vec<_>>(), [3375, 0, 0, 0]);
    assert_eq!([fifth.questions, fifth.cap, fifth.assurance].map(Points::get), [3375, 2626, 0]);
    assert_eq!(fifth.cap_gate, Some(0));

    let tenth = ledger(["100c", "100c", "100c", "100c"]);
    assert_eq!([tenth.questions, tenth.cap, tenth.assurance].map(Points::get), [0, 0, 2001]);
}

#[test]
fn one_hole_in_ten_areas_cannot_hide() {
    let names: Vec<String> = ('a'..='j').map(String::from).collect();
    let areas: Vec<(&str, i64)> = names.iter().map(|name| (name.as_str(), 1)).collect();
    let ids: Vec<String> = names.iter().map(|name| format!("{name}.only")).collect();
    let questions = ids.iter().map(|id| question(id)).collect();
    let answers = ids.iter().map(|id| (id.as_str(), verified(if id == "a.only" { NO } else { YES })));
    let scores = scored(&questionnaire(&areas, questions, Vec::new(), &[]), &assessment(answers));
    // The mean is 90; three quarters of it and a quarter of nothing.
    assert_eq!(bp(scores.score.stated), 6750);
}

/// The incident of the published example; `segment` is always at nothing.
fn replayed(key: u8, edr: u8, trusted: u8) -> Replay {
    let measure = |id: &str| {
        let name = id.trim_start_matches("a.").to_owned();
        question(id).changed(|q| (q.controls, q.kind) = (vec![control(&name)], levels(&[0, 50, 75, 100])))
    };
    let ids = ["a.key", "a.edr", "a.segment", "a.trusted"];
    let questionnaire =
        questionnaire(&[("a", 1)], ids.iter().map(|id| measure(id)).collect(), Vec::new(), &[]);
    let steps = vec![
        step("one", &[("key", Effect::Stops)]),
        step("two", &[("edr", Effect::Stops)]),
        step("three", &[("segment", Effect::Stops), ("trusted", Effect::Stops)]),
    ];
    let answers = ids.into_iter().zip([key, edr, 0, trusted]);
    let assessment = assessment(answers.map(|(id, credit)| (id, claimed(level(credit)))));
    let scores = Scheme::new(&questionnaire, &[incident("seq", steps)]).scores(&assessment);
    scores.incidents[0].replay().unwrap().clone()
}

#[test]
fn the_published_replays_come_out_as_published() {
    let stopped = replayed(100, 50, 75);
    assert_eq!(stopped.outcome.stated.layers, 225);
    assert_eq!(stopped.outcome.stated.word, Word::Layered);
    assert_eq!(stopped.outcome.stated.broken_at, Some(0));
    assert_eq!(stopped.cheapest, None);
    // All merely claimed: half of it is proven.
    assert_eq!(stopped.outcome.proven.layers, 50 + 25 + 37);
    assert_eq!(stopped.outcome.proven.word, Word::Hindered);

    let hindered = replayed(75, 50, 75);
    assert_eq!(hindered.outcome.stated.layers, 200);
    assert_eq!(hindered.outcome.stated.word, Word::Hindered);
    assert_eq!(hindered.outcome.stated.broken_at, None);
    // Each of the four would do; all cost the same, so the first.
    assert_eq!(hindered.cheapest, Some(0));
    let third = &hindered.steps[2];
    assert_eq!(third.by.iter().map(|by| (by.prevention, by.strength)).collect::<Vec<_>>(), [(1, 75)]);
    assert_eq!(third.by[0].questions, [3]);
    // Both could give 100; segment would gain more.
    let missing = third.missing.as_ref().unwrap();
    assert_eq!((missing.prevention, missing.strength, missing.questions.as_slice()), (0, 0, [2].as_slice()));
}

#[test]
fn the_roadmap_of_the_published_example() {
    // W = 2 and 1. a1 40 (hours, 3), a2 0 (minutes, 1), b1 25 (minutes, 1), b2 0 (days, 8); a1 is documented.
    // Now: D = 3000 and 1250, B = (3*7250 + 3*1250)/12 = 2125 = F, below the cap of the gate.
    //   a1: D 7500 1250, F 4375, 2250/3.  a2: D 5500 1250, F 3375, 1250/1.
    //   b1: D 3000 5000, F 3500, 1375/1.  b2: D 3000 6250, F 3812, 1687/8.        So b1.
    // Then a1: D 7500 5000, F 6250, 2750/3.  a2: B 5250, F 3999, 499/1.  b2: B 4750, F 3999, 499/8.  So a1.
    // Then a2: D 10000 5000, F 7500, 1250/1.  b2: D 7500 10000, F 8125, 1875/8.  So a2, and b2 at the end.
    // In the proven world a1 keeps 75 of 100, the others count half; only at the end does that matter: D 6875 5000,
    // F 5937, too little for "strong".
    let roadmap = Scheme::new(&toy(), &[]).evaluate(&toy_answers(["40d", "0c", "25c", "0c"])).roadmap;
    let told = |action: &Action| {
        (action.question, action.cost, action.stated_after.get(), action.headline_after.get())
    };
    assert_eq!(
        roadmap.iter().map(told).collect::<Vec<_>>(),
        [(2, 1, 3500, 3500), (0, 3, 6250, 6250), (1, 1, 7500, 7500), (3, 8, 10_000, 8999)]
    );
}

#[test]
fn the_single_changes_that_would_interrupt_the_most_for_the_least_effort() {
    let measure = |id: &str, effort| {
        let name = id.trim_start_matches("a.").to_owned();
        question(id).changed(|q| (q.controls, q.effort) = (vec![control(&name)], effort))
    };
    // Costs 20, 3, 1, 3, 1.
    let questions = vec![
        measure("a.weeks", Effort::Weeks),
        measure("a.hours", Effort::Hours),
        measure("a.minutes", Effort::Minutes),
        measure("a.done", Effort::Hours),
        measure("a.weak", Effort::Minutes),
    ];
    let stops = |names: &[&str]| {
        let prevent: Vec<(&str, Effect)> = names.iter().map(|name| (*name, Effect::Stops)).collect();
        vec![step("one", &prevent)]
    };
    let incidents = [
        incident("i0", stops(&["weeks", "hours"])),
        incident("i1", stops(&["weeks", "hours"])),
        incident("i2", stops(&["weeks", "hours"])),
        incident("i3", stops(&["weeks", "minutes"])),
        incident("i4-interrupted", stops(&["weeks", "done"])),
        incident("i5-hindered-only", vec![step("one", &[("weak", Effect::Hinders)])]),
    ];
    let answers = [("a.weeks", claimed(NO)), ("a.hours", unknown()), ("a.done", claimed(YES))];
    let closers = Scheme::new(&questionnaire(&[("a", 1)], questions, Vec::new(), &[]), &incidents)
        .evaluate(&assessment(answers))
        .closers;
    // hours 3/3 and minutes 1/1 are equal, so in order; weeks 4/20. What is done, and what only hinders, closes nothing.
    let told = closers.iter().map(|closer| (closer.question, closer.cost, closer.closes.as_slice()));
    assert_eq!(
        told.collect::<Vec<_>>(),
        [(1, 3, [0, 1, 2].as_slice()), (2, 1, &[3]), (0, 20, &[0, 1, 2, 3])]
    );
}

#[test]
fn two_incidents_for_minutes_come_before_five_for_hours() {
    // 2/1 is more than 5/3, though hours close three more for two more.
    let measure = |id: &str, effort| {
        question(id).changed(|q| (q.controls, q.effort) = (vec![control(&id["a.".len()..])], effort))
    };
    let questions = vec![measure("a.hours", Effort::Hours), measure("a.minutes", Effort::Minutes)];
    let incidents: Vec<Incident> = (0..7)
        .map(|n| {
            let stopped_by = if n < 5 { "hours" } else { "minutes" };
            incident(&format!("i{n}"), vec![step("one", &[(stopped_by, Effect::Stops)])])
        })
        .collect();
    let closers = Scheme::new(&questionnaire(&[("a", 1)], questions, Vec::new(), &[]), &incidents)
        .evaluate(&assessment([("a.hours", claimed(NO)), ("a.minutes", claimed(NO))]))
        .closers;
    let told = closers.iter().map(|closer| (closer.question, closer.closes.len()));
    assert_eq!(told.collect::<Vec<_>>(), [(1, 2), (0, 5)]);
}

#[test]
fn incidents_that_cannot_be_judged_have_no_word() {
    let questionnaire = questionnaire(&[("a", 1)], vec![question("a.q")], Vec::new(), &["office"]);
    let elsewhere =
        incident("a-not-here", vec![step("one", &[])]).changed(|i| i.applies_if = vec![fact("office")]);
    let unasked = incident("b-unasked", vec![step("one", &[("key", Effect::Stops)])]);
    let assessment = denying(assessment([]), &["office"]);
    let scores = Scheme::new(&questionnaire, &[unasked, elsewhere]).scores(&assessment);
    assert_eq!(scores.incidents, [IncidentResult::DoesNotApply, IncidentResult::NotAssessed]);
}
