//! What runs out does so on exactly the day that was named.

use proptest::prelude::*;

use super::build::*;
use super::generate::cases;
use crate::model::{Answer, Assessment, Credit, Date, Evidence, Kind, Points, Value, Within};
use crate::scoring::{Lapse, Scheme};

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// The assessment as if it had been made on a later day.
fn moved(assessment: &Assessment, day: Date) -> Assessment {
    let mut moved = assessment.clone();
    for change in assessment.moved_to(day) {
        moved.apply(&change);
    }
    moved
}

/// The lapses of one question of twelve months, by date: the day, the stated credit and the level from then on.
fn lapses(kind: Kind, answer: Answer) -> Vec<(String, Option<u16>, Option<Evidence>)> {
    let question = question("a.q").changed(|q| (q.kind, q.may_be_skipped) = (kind, true));
    let questionnaire = questionnaire(&[("a", 1)], vec![question], Vec::new(), &[]);
    let found = Scheme::new(&questionnaire, &[]).lapses(&assessment([("a.q", answer)]));
    let told = |lapse: Lapse| {
        (lapse.on.to_string(), lapse.after.credit.stated.map(Points::get), lapse.after.evidence)
    };
    found.into_iter().map(told).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Day by day for more than two years, against the assessment moved to each day.
    #[test]
    fn credits_change_on_the_days_named_and_on_no_other(case in cases()) {
        let scheme = Scheme::new(&case.questionnaire, &case.incidents);
        let start = case.assessment.date;
        let end = start.days_after(800);
        let mut named = scheme.lapses(&case.assessment);
        named.retain(|lapse| start < lapse.on && lapse.on <= end);
        let mut seen = 0;
        let mut before = scheme.scores(&case.assessment);
        let mut today = start;
        while today < end {
            today = today.tomorrow().unwrap();
            let now = scheme.scores(&moved(&case.assessment, today));
            prop_assert_eq!(&scheme.scores_on(&case.assessment, today), &now);
            for (place, (old, new)) in before.questions.iter().zip(&now.questions).enumerate() {
                if old.credit != new.credit {
                    let expected = Lapse { question: place, on: today, before: old.clone(), after: new.clone() };
                    prop_assert!(named.contains(&expected), "{:?}", expected);
                    seen += 1;
                }
            }
            before = now;
        }
        prop_assert_eq!(seen, named.len());
    }
}

#[test]
fn a_level_of_evidence_is_lost_once_and_only_where_it_counts() {
    let dated = |answer: Answer| Answer { evidence_date: Some(day("2026-11-01")), ..answer };
    let lost = |level| vec![("2027-11-02".to_owned(), Some(10_000), Some(level))];
    assert_eq!(lapses(yes_no(50), dated(verified(YES))), lost(Evidence::Documented));
    assert_eq!(lapses(yes_no(50), dated(documented(YES))), lost(Evidence::Claimed));
    let lapsed = vec![("2027-11-24".to_owned(), Some(10_000), Some(Evidence::Lapsed))];
    assert_eq!(lapses(yes_no(50), dated(claimed(YES))), lapsed);
    // Nothing is lost with the proof of what earns nothing, or with a claim that something does not apply.
    assert_eq!(lapses(yes_no(50), dated(documented(NO))), []);
    assert_eq!(lapses(yes_no(50), not_applicable(Evidence::Claimed)), []);
    let unsupported = vec![("2027-11-02".to_owned(), None, Some(Evidence::Claimed))];
    assert_eq!(lapses(yes_no(50), dated(not_applicable(Evidence::Documented))), unsupported);
}

#[test]
fn a_date_falls_from_limit_to_limit_also_before_the_assessment() {
    let within = |months, credit| Within { months, credit: Credit::new(credit).unwrap() };
    let kind = || Kind::LastDone(vec![within(6, 100), within(12, 50)]);
    let fallen = lapses(kind(), verified(Value::LastDone(Some(day("2026-05-01")))));
    let fallen: Vec<_> = fallen.into_iter().map(|(on, stated, _)| (on, stated)).collect();
    assert_eq!(fallen, [("2026-11-02".to_owned(), Some(5000)), ("2027-05-02".to_owned(), Some(0))]);
    assert_eq!(lapses(kind(), verified(Value::LastDone(None))), []);
}
