//! How the recorded incidents end: for the sample organisations, and at the ends of the scale.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use safeseat::format::{Document, assessment};
use safeseat::model::{
    Answer, Assessment, Date, Evidence, FactId, Given, Kind, Narrative, Organisation, OrganisationKind,
    Question, Questionnaire, Ternary, Value, YesPartlyNo,
};
use safeseat::problem::Source;
use safeseat::scoring::{IncidentResult, Replay, Scheme, Scores, Word};

use super::{Content, none, without_problems};

/// The best or the worst answer to a question.
fn answer(question: &Question, best: bool, date: Date) -> Value {
    match &question.kind {
        Kind::Levels(levels) => {
            Value::Level(if best { levels.last() } else { levels.first() }.unwrap().id.clone())
        }
        Kind::YesNo { .. } => Value::YesPartlyNo(if best { YesPartlyNo::Yes } else { YesPartlyNo::No }),
        Kind::Percentage(_) => Value::Percentage { percent: if best { 100 } else { 0 }, counted: None },
        Kind::LastDone(_) => Value::LastDone(best.then_some(date)),
        Kind::TickAll(choices) if best => Value::Ticked(choices.iter().map(|c| c.id.clone()).collect()),
        Kind::TickAll(_) => Value::Ticked(BTreeSet::new()),
    }
}

/// Every question answered and verified in the best or the worst way, with these facts denied.
fn answers(questionnaire: &Questionnaire, best: bool, denied: &[&FactId]) -> Assessment {
    let date = Date::new(2026, 11, 23).unwrap();
    let answers = questionnaire.questions().iter().map(|question| {
        let given = Given::Definite(answer(question, best, date));
        (question.id.clone(), Answer { evidence: Evidence::Verified, ..Answer::new(given) })
    });
    Assessment {
        questionnaire: questionnaire.header().id.clone(),
        version: questionnaire.header().version.clone(),
        organisation: Organisation {
            name: "Sample".to_owned(),
            kind: OrganisationKind::Other,
            country: "GB".to_owned(),
        },
        date,
        assessor: None,
        self_assessed: None,
        marking: None,
        facts: denied.iter().map(|fact| ((*fact).clone(), Ternary::No)).collect::<BTreeMap<_, _>>(),
        answers: answers.collect(),
        narrative: Narrative::default(),
    }
}

fn replayed(scores: &Scores) -> impl Iterator<Item = (usize, &Replay)> {
    scores.incidents.iter().enumerate().filter_map(|(place, result)| Some((place, result.replay()?)))
}

fn stated_words(scores: &Scores) -> Vec<Option<Word>> {
    scores.incidents.iter().map(|result| result.replay().map(|replay| replay.outcome.stated.word)).collect()
}

#[test]
fn with_everything_in_place_every_priority_incident_is_interrupted_and_strong_is_reachable() {
    let content = Content::shipped();
    for questionnaire in &content.questionnaires {
        let scores =
            Scheme::new(questionnaire, &content.incidents).scores(&answers(questionnaire, true, &[]));
        let id = &questionnaire.header().id;
        assert_eq!(scores.headline.unwrap().get(), 10_000, "{id}");
        assert_eq!(scores.band().unwrap().as_str(), "strong", "{id}");
        none(
            replayed(&scores)
                .filter(|(place, replay)| {
                    content.incidents[*place].priority && !replay.outcome.stated.word.is_interrupted()
                })
                .map(|(place, _)| format!("{id}: {}", content.incidents[place].id)),
        );
    }
}

#[test]
fn with_nothing_in_place_every_incident_is_open() {
    let content = Content::shipped();
    for questionnaire in &content.questionnaires {
        let scores =
            Scheme::new(questionnaire, &content.incidents).scores(&answers(questionnaire, false, &[]));
        for (place, replay) in replayed(&scores) {
            let outcome = replay.outcome.stated;
            assert_eq!((outcome.word, outcome.layers), (Word::Open, 0), "{}", content.incidents[place].id);
        }
    }
}

#[test]
fn the_flagship_replays_every_incident() {
    let content = Content::shipped();
    let flagship = content.questionnaire("political-organisation");
    let scores = Scheme::new(flagship, &content.incidents).scores(&answers(flagship, true, &[]));
    assert!(!scores.incidents.contains(&IncidentResult::NotAssessed));
    assert_eq!(replayed(&scores).count(), content.incidents.len());
}

/// A smaller organisation is never worse off for what it does not have: not with one fact less, not with two.
#[test]
fn what_an_organisation_does_not_have_makes_no_incident_worse() {
    let content = Content::shipped();
    for questionnaire in &content.questionnaires {
        let scheme = Scheme::new(questionnaire, &content.incidents);
        let words = |denied: &[&FactId]| stated_words(&scheme.scores(&answers(questionnaire, true, denied)));
        let facts: Vec<&FactId> = questionnaire.facts().iter().map(|fact| &fact.id).collect();
        let before = words(&[]);
        let one_less: Vec<_> = facts.iter().map(|fact| words(&[fact])).collect();
        let worse = |before: &[Option<Word>], after: &[Option<Word>], denied: &[&FactId]| {
            let pairs = before.iter().zip(after).zip(&content.incidents);
            none(pairs.filter(|((before, after), _)| after.is_some() && after < before).map(
                |((before, after), incident)| {
                    let denied: Vec<&str> = denied.iter().map(|fact| fact.as_str()).collect();
                    format!("{} without {}: {before:?} -> {after:?}", incident.id, denied.join(" and "))
                },
            ));
        };
        for (i, first) in facts.iter().enumerate() {
            worse(&before, &one_less[i], &[first]);
            for (j, second) in facts.iter().enumerate().skip(i + 1) {
                let both = words(&[first, second]);
                worse(&one_less[i], &both, &[first, second]);
                worse(&one_less[j], &both, &[first, second]);
            }
        }
    }
}

/// The sample body with a mail server of its own, months behind on fixes.
struct Westmarch {
    content: Content,
    assessment: Assessment,
}

impl Westmarch {
    fn new() -> Self {
        let content = Content::shipped();
        let path = "examples/electoral-body.toml";
        let source = Source::new(path, fs::read_to_string(path).unwrap());
        let questionnaire = content.questionnaire("election-body");
        let read = assessment::read(&Document::parse(&source), questionnaire);
        let assessment = without_problems(read).unwrap();
        Self { content, assessment }
    }

    /// Every question that measures one of these controls is answered at its best.
    fn improved(mut self, controls: &[&str]) -> Self {
        let date = self.assessment.date;
        let questions = self.content.questionnaire("election-body").questions().iter();
        let measuring = questions.filter(|q| q.controls.iter().any(|c| controls.contains(&c.as_str())));
        let best: Vec<_> = measuring.map(|q| (q.id.clone(), answer(q, true, date))).collect();
        assert!(best.len() >= controls.len());
        for (id, value) in best {
            self.assessment.answers.insert(id, Answer::new(Given::Definite(value)));
        }
        self
    }

    fn without(mut self, fact: &str) -> Self {
        self.assessment.facts.insert(FactId::parse(fact).unwrap(), Ternary::No);
        self
    }

    /// The replay of the break-in at the Electoral Commission, and where it breaks.
    fn replay(&self) -> (Replay, Option<&str>) {
        let incidents = &self.content.incidents;
        let id = "uk-electoral-commission-2021";
        let place = incidents.iter().position(|incident| incident.id.as_str() == id).unwrap();
        let scheme = Scheme::new(self.content.questionnaire("election-body"), incidents);
        let replay = scheme.scores(&self.assessment).incidents[place].replay().unwrap().clone();
        let broken = replay.outcome.stated.broken_at.map(|step| incidents[place].steps[step].id.as_str());
        (replay, broken)
    }
}

#[test]
fn the_electoral_commission_break_in_would_have_worked_at_the_sample_body() {
    let westmarch = Westmarch::new();
    let (replay, broken) = westmarch.replay();
    assert_eq!(broken, None);
    assert!(matches!(replay.outcome.stated.word, Word::Open | Word::Hindered));
    // It names what would have interrupted it: as a whole, and at the step through which they came in.
    let questions = westmarch.content.questionnaire("election-body").questions();
    assert!(!questions[replay.cheapest.unwrap()].controls.is_empty());
    let missing = replay.steps[1].missing.as_ref().unwrap();
    assert!(!missing.questions.is_empty());
}

#[test]
fn managed_mail_and_fast_fixes_would_have_interrupted_it_where_they_came_in() {
    for controls in
        [&["no-selfhosted-mail"][..], &["patch-edge-fast"], &["no-selfhosted-mail", "patch-edge-fast"]]
    {
        let westmarch = Westmarch::new().improved(controls);
        assert_eq!(westmarch.replay().1, Some("initial-access"), "{controls:?}");
    }
}

#[test]
fn without_a_mail_server_of_its_own_their_way_in_is_impossible() {
    let westmarch = Westmarch::new().without("own-mail-server");
    let (replay, broken) = westmarch.replay();
    assert_eq!(broken, Some("initial-access"));
    assert!(replay.steps[1].impossible && replay.steps[1].strength.stated == 100);
}
