//! The fast implementation against the one that is written straight from the text.

use proptest::prelude::*;

use super::generate::{Case, cases};
use super::reference;
use crate::model::{Incident, Points, Step, World};
use crate::scoring::{Band, Evaluation, IncidentResult, Replay, Scheme, Stability};

fn evaluate(case: &Case) -> Evaluation {
    Scheme::new(&case.questionnaire, &case.incidents).evaluate(&case.assessment)
}

fn number(points: Option<Points>) -> Option<i128> {
    points.map(|points| points.get().into())
}

const WORLDS: [World; 3] = [World::Proven, World::Stated, World::Possible];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn scores(case in cases()) {
        let scores = evaluate(&case).scores;
        let weights = case.weights();
        for world in WORLDS {
            let credits = case.credits(world);
            let fast: Vec<_> = scores.questions.iter().map(|q| number(*q.credit.get(world))).collect();
            prop_assert_eq!(&fast, &credits);
            for (place, area) in scores.areas.iter().enumerate() {
                prop_assert_eq!(number(*area.score.get(world)), case.area(place, &credits, &weights));
            }
            prop_assert_eq!(number(*scores.base.get(world)), case.base(&credits, &weights));
            prop_assert_eq!(number(*scores.score.get(world)), case.score(&credits));
        }
        prop_assert_eq!(number(scores.headline), case.headline());
        let coverage = number(scores.coverage).zip(number(scores.scope_reduced));
        prop_assert_eq!(coverage, case.coverage());
    }

    #[test]
    fn incidents(case in cases()) {
        let scores = evaluate(&case).scores;
        for (incident, result) in case.sorted_incidents().into_iter().zip(&scores.incidents) {
            match result {
                IncidentResult::DoesNotApply => prop_assert!(!case.applies(incident)),
                IncidentResult::NotAssessed => prop_assert!(!case.is_assessed(incident)),
                IncidentResult::Replayed(replay) => {
                    prop_assert!(case.applies(incident) && case.is_assessed(incident));
                    for world in WORLDS {
                        let credits = case.credits(world);
                        let outcome = replay.outcome.get(world);
                        prop_assert_eq!(i128::from(outcome.layers), case.layers(incident, &credits));
                        prop_assert_eq!(outcome.broken_at, case.broken_at(incident, &credits));
                        prop_assert_eq!(outcome.detected_at, case.detected_at(incident, &credits));
                    }
                    prop_assert_eq!(replay.cheapest, cheapest(&case, replay, incident));
                    for (step, result) in incident.steps.iter().zip(&replay.steps).filter(|(_, r)| !r.impossible) {
                        let by: Vec<usize> = result.by.iter().map(|by| by.prevention).collect();
                        let missing = result.missing.as_ref().map(|missing| missing.prevention);
                        prop_assert_eq!((by, missing), by_and_missing(&case, step));
                    }
                }
            }
        }
    }

    #[test]
    fn ledger(case in cases()) {
        let fast = evaluate(&case).ledger.map(|ledger| reference::Ledger {
            losses: ledger.losses.iter().map(|loss| loss.get().into()).collect(),
            cap: ledger.cap.get().into(),
            cap_gate: ledger.cap_gate,
            cap_incident: ledger.cap_incident,
            assurance: ledger.assurance.get().into(),
        });
        prop_assert_eq!(fast, case.ledger());
    }

    #[test]
    fn find_out(case in cases()) {
        let fast: Vec<_> = evaluate(&case)
            .find_out
            .iter()
            .map(|entry| (entry.question, i128::from(entry.at_stake.get())))
            .collect();
        prop_assert_eq!(fast, case.find_out());
    }

    #[test]
    fn roadmap(case in cases()) {
        let fast: Vec<reference::Action> = evaluate(&case)
            .roadmap
            .iter()
            .map(|a| (a.question, a.find_out, a.stated_after.get().into(), a.headline_after.get().into()))
            .collect();
        prop_assert_eq!(fast, case.roadmap());
    }

    #[test]
    fn stability(case in cases()) {
        let evaluation = evaluate(&case);
        let Some(band) = evaluation.scores.band() else {
            prop_assert_eq!(evaluation.stability, Stability::Steady);
            return Ok(());
        };
        let reached: Vec<i128> = case.neighbouring_headlines();
        let below = reached.iter().any(|printed| *printed < i128::from(band.from()));
        let next = Band::ALL.into_iter().find(|other| *other > band);
        let above = next.is_some_and(|next| reached.iter().any(|printed| *printed >= i128::from(next.from())));
        match evaluation.stability {
            Stability::Steady => prop_assert!(!below && !above),
            Stability::Edge { neighbour } if neighbour < band => prop_assert!(below),
            Stability::Edge { neighbour } => {
                prop_assert!(above && !below);
                prop_assert_eq!(Some(neighbour), next);
            }
        }
    }
}

/// By trying: every counted question raised to full credit in the stated world, the cheapest that breaks a step.
fn cheapest(case: &Case, replay: &Replay, incident: &Incident) -> Option<usize> {
    if replay.outcome.stated.word.is_interrupted() {
        return None;
    }
    let stated = case.credits(World::Stated);
    let enough = |place: &usize| {
        let mut raised = stated.clone();
        raised[*place] = raised[*place].map(|_| 10_000);
        case.broken_at(incident, &raised).is_some()
    };
    (0..stated.len()).filter(enough).min_by_key(|place| (case.cost(*place), *place))
}

/// The controls that give a step its stated strength, and the one that could give the most but does not.
fn by_and_missing(case: &Case, step: &Step) -> (Vec<usize>, Option<usize>) {
    let stated = case.credits(World::Stated);
    // A step with one control in its way has the strength that the control gives.
    let given = |place: usize| {
        let alone = Step { prevent: vec![step.prevent[place].clone()], ..step.clone() };
        case.strength(&alone, &stated)
    };
    let strongest = case.strength(step, &stated);
    let places = 0..step.prevent.len();
    let by = places.clone().filter(|place| strongest > 0 && given(*place) == strongest).collect();
    let mut missing: Option<usize> = None;
    for place in places.filter(|place| case.control(&step.prevent[*place].control, &stated).is_some()) {
        let could = |place: usize| i128::from(step.prevent[place].effect.ceiling());
        let rank = |place: usize| (could(place), could(place) - given(place));
        if given(place) < could(place) && missing.is_none_or(|best| rank(place) > rank(best)) {
            missing = Some(place);
        }
    }
    (by, missing)
}
