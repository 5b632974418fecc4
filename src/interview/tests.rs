//! The interview as a whole, on a small questionnaire with every kind of question.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::model::{
    Answer, Area, AreaId, Band, Choice, ChoiceId, Cost, Credit, Effort, Evidence, Given, Header, Kind, Level,
    LevelId, Path, Placed, Points, QuestionnaireId, QuestionnaireParts, Severity, Value, Waiver, Weight,
    Within,
};
use crate::text::Private;

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn id(text: &str) -> QuestionId {
    QuestionId::parse(text).unwrap()
}

fn fact(text: &str) -> FactId {
    FactId::parse(text).unwrap()
}

fn placed<T>(values: Vec<T>) -> Vec<Placed<T>> {
    values.into_iter().map(|value| Placed { at: Path::root(), value }).collect()
}

fn question(name: &str, weight: i64, applies_if: &[&str], kind: Kind) -> Question {
    Question {
        id: id(name),
        revision: 1,
        weight: Weight::of_question(weight).unwrap(),
        weight_reason: String::new(),
        severity: Severity::Medium,
        applies_if: applies_if.iter().map(|name| fact(name)).collect(),
        may_be_skipped: name.ends_with("-na"),
        controls: Vec::new(),
        title: name.to_owned(),
        ask: format!("{name}?"),
        help: None,
        why: String::new(),
        fix: String::new(),
        fix_more: None,
        find_out: None,
        effort: Effort::Hours,
        cost: Cost::Free,
        proof: String::new(),
        valid_months: 12,
        references: Vec::new(),
        sources: Vec::new(),
        kind,
    }
}

fn credit(value: u8) -> Credit {
    Credit::new(value).unwrap()
}

fn kinds() -> [Kind; 5] {
    let level = |name: &str, value| Level {
        id: LevelId::parse(name).unwrap(),
        credit: credit(value),
        label: format!("Level {name}"),
    };
    let choice = |name: &str, applies_if: &[&str]| Choice {
        id: ChoiceId::parse(name).unwrap(),
        label: format!("Choice {name}"),
        applies_if: applies_if.iter().map(|name| fact(name)).collect(),
    };
    [
        Kind::Levels(vec![level("none", 0), level("some", 50), level("all", 100)]),
        Kind::YesNo { partly: "half of it".to_owned(), partly_credit: credit(50) },
        Kind::Percentage(vec![Band { from: 100, credit: credit(100) }]),
        Kind::LastDone(vec![Within { months: 6, credit: credit(100) }]),
        Kind::TickAll(vec![choice("bank", &[]), choice("post", &["office"]), choice("web", &[])]),
    ]
}

fn questionnaire() -> Questionnaire {
    let [levels, yes_no, percentage, last_done, tick_all] = kinds();
    let area = |name: &str, weight| Area {
        id: AreaId::parse(name).unwrap(),
        title: name.to_owned(),
        summary: String::new(),
        weight: Weight::of_area(weight).unwrap(),
    };
    let asked = |name: &str| Fact { id: fact(name), ask: format!("{name}?"), help: None };
    let parts = QuestionnaireParts {
        header: Header {
            id: QuestionnaireId::parse("toy").unwrap(),
            version: "1".to_owned(),
            title: String::new(),
            summary: String::new(),
            audience: String::new(),
            minutes: 12,
            language: "en-GB".to_owned(),
            licence: String::new(),
            base: None,
        },
        facts: placed(vec![asked("own-mail-server"), asked("office"), asked("never-used")]),
        areas: placed(vec![area("acc", 5), area("mail", 3), area("off", 2)]),
        gates: Vec::new(),
        questions: placed(vec![
            question("acc.mfa", 5, &[], levels.clone()),
            question("acc.share", 1, &[], percentage),
            question("mail.filter", 2, &[], yes_no),
            question("mail.server-na", 3, &["own-mail-server"], levels),
            question("off.door-na", 2, &["office"], last_done),
            question("off.habits", 1, &[], tick_all),
        ]),
        unreadable: BTreeSet::new(),
    };
    Questionnaire::build(parts, None).unwrap()
}

const TODAY: &str = "2026-11-23";

fn interview() -> Interview {
    let questionnaire = questionnaire();
    let mut assessment = Interview::blank(&questionnaire, date(TODAY));
    assessment.organisation.name = "Northmoor".to_owned();
    Interview::new(questionnaire, &[], assessment, CarriedOver::default(), date(TODAY))
}

fn chosen(option: &str) -> Reply {
    Reply::choosing(option)
}

fn typed(text: &str) -> Reply {
    Reply { typed: text.to_owned(), ..Reply::default() }
}

fn ticked(ids: &[&str]) -> Reply {
    Reply { ticked: ids.iter().map(|id| (*id).to_owned()).collect(), ..Reply::default() }
}

impl Interview {
    fn say(&mut self, question: &str, reply: &Reply) {
        let changes = self.answer(&id(question), reply).unwrap();
        self.accept(&changes);
    }

    fn state(&mut self, name: &str, word: &str) {
        let changes = self.answer_fact(&fact(name), word).unwrap();
        self.accept(&changes);
    }

    fn given(&self, question: &str) -> Option<&Given> {
        self.assessment().answers.get(&id(question)).map(|answer| &answer.given)
    }
}

fn mistakes(interview: &Interview, question: &str, reply: &Reply) -> Vec<(Field, Wrong)> {
    let mistakes = interview.answer(&id(question), reply).unwrap_err();
    mistakes.into_iter().map(|mistake| (mistake.field, mistake.wrong)).collect()
}

#[test]
fn facts_come_first_and_decide_what_is_asked() {
    let mut interview = interview();
    assert_eq!(interview.current(), &Place::Fact(fact("own-mail-server")));
    assert_eq!(interview.route().count(), 1 + 2 + 6 + 1, "a fact that nothing refers to is not asked");
    interview.state("own-mail-server", "no");
    interview.advance();
    interview.state("office", "no");
    assert_eq!(interview.advance(), &Place::Question(id("acc.mfa")));
    let asked: Vec<Place> = interview.route().filter(|place| matches!(place, Place::Question(_))).collect();
    let names = ["acc.mfa", "acc.share", "mail.filter", "off.habits"];
    assert_eq!(asked, names.map(|name| Place::Question(id(name))));
    let refused = interview.answer(&id("off.door-na"), &chosen("unknown")).unwrap_err();
    assert_eq!(refused, [Mistake::new(Field::Answer, Wrong::NotAsked)]);
}

#[test]
fn proposals_are_shown_and_never_taken() {
    let questionnaire = questionnaire();
    let mut assessment = Interview::blank(&questionnaire, date(TODAY));
    let start =
        Interview::new(questionnaire.clone(), &[], assessment.clone(), CarriedOver::default(), date(TODAY));
    assert_eq!(start.current(), &Place::Organisation, "a new file begins with its name");
    assessment.organisation.name = "Northmoor".to_owned();
    assessment.organisation.kind = OrganisationKind::LocalParty;
    let interview = Interview::new(questionnaire, &[], assessment, CarriedOver::default(), date(TODAY));
    let Step::Fact(step) = interview.step() else { panic!("a fact comes first") };
    assert_eq!((step.given, step.proposed, step.number, step.of), (None, Some(Ternary::No), 1, 2));
    assert!(interview.is_open(interview.current()));
    assert!(interview.is_on_route(&Place::Question(id("mail.server-na"))), "a proposal leaves nothing out");
}

#[test]
fn every_kind_of_answer_is_understood() {
    let mut interview = interview();
    interview.say("acc.mfa", &chosen("some"));
    interview.say("acc.share", &typed("57 of 60"));
    interview.say("mail.filter", &chosen("partly"));
    interview.say("off.door-na", &typed("12 May 2026"));
    interview.say("off.habits", &ticked(&["bank", "web"]));
    let definite = |value| Some(Given::Definite(value));
    let level = Value::Level(LevelId::parse("some").unwrap());
    assert_eq!(interview.given("acc.mfa").cloned(), definite(level));
    let share = Value::Percentage { percent: 95, counted: Some((57, 60)) };
    assert_eq!(interview.given("acc.share").cloned(), definite(share));
    assert_eq!(interview.given("off.door-na").cloned(), definite(Value::LastDone(Some(date("2026-05-12")))));
    interview.say("off.door-na", &chosen("never"));
    assert_eq!(interview.given("off.door-na").cloned(), definite(Value::LastDone(None)));
    interview.say("off.habits", &chosen("none"));
    assert_eq!(interview.given("off.habits").cloned(), definite(Value::Ticked(BTreeSet::new())));
    for name in ["acc.mfa", "acc.share", "mail.filter", "off.door-na", "off.habits"] {
        interview.say(name, &chosen("unknown"));
        assert_eq!(interview.given(name), Some(&Given::Unknown));
    }
    let absent = Reply { reason: " no such\r\nserver ".to_owned(), ..chosen("not-applicable") };
    interview.say("mail.server-na", &absent);
    assert_eq!(interview.given("mail.server-na"), Some(&Given::NotApplicable("no such server".to_owned())));
}

#[test]
fn mistakes_are_all_found_and_each_has_its_field() {
    let interview = interview();
    let bad = Reply {
        evidence: "sworn".to_owned(),
        evidence_date: "13/7/2062".to_owned(),
        comment: "x".repeat(4001),
        ..chosen("not-applicable")
    };
    assert_eq!(
        mistakes(&interview, "mail.server-na", &bad),
        [
            (Field::Reason, Wrong::NoReason),
            (Field::Evidence, Wrong::NoSuchEvidence),
            (Field::EvidenceDate, Wrong::AfterToday),
            (Field::Comment, Wrong::TooLong(4000)),
        ]
    );
    let said = Mistake::new(Field::EvidenceDate, Wrong::AfterToday).to_string();
    assert_eq!(said, "The evidence is dated after today; check the year");
    for (question, reply, wrong) in [
        ("acc.mfa", chosen("not-applicable"), Wrong::AlwaysApplies),
        ("acc.mfa", chosen(""), Wrong::NothingChosen),
        ("acc.mfa", chosen("most"), Wrong::NotOffered),
        ("mail.filter", chosen("maybe"), Wrong::NotOffered),
        ("acc.share", typed("61 of 60"), Wrong::MoreThanAll { have: 61, of: 60 }),
        ("acc.share", chosen("yes"), Wrong::NotOffered),
        ("acc.share", Reply { typed: "50".to_owned(), ..chosen("unknown") }, Wrong::TwoAnswers),
        ("off.door-na", typed("2026-11-24"), Wrong::AfterToday),
        ("off.door-na", typed(""), Wrong::NeitherDateNorNever),
        ("off.habits", ticked(&[]), Wrong::NothingTicked),
        ("off.habits", ticked(&["cake"]), Wrong::NotOffered),
        ("off.habits", Reply { option: "none".to_owned(), ..ticked(&["bank"]) }, Wrong::NoneAndSome),
    ] {
        assert_eq!(mistakes(&interview, question, &reply), [(Field::Answer, wrong)], "{question}");
    }
}

#[test]
fn dates_are_judged_by_the_day_of_the_assessment() {
    let mut interview = interview();
    interview.accept(&[Change::Date(date("2026-06-30"))]);
    assert_eq!(
        mistakes(&interview, "off.door-na", &typed("1 July 2026")),
        [(Field::Answer, Wrong::AfterAssessment(date("2026-06-30")))]
    );
    interview.say("off.door-na", &typed("30 June 2026"));
}

#[test]
fn what_a_reply_does_not_show_is_kept() {
    let mut interview = interview();
    interview.say("off.habits", &ticked(&["bank", "post"]));
    interview.state("office", "no");
    interview.say("off.habits", &ticked(&["web"]));
    interview.state("office", "yes");
    let Some(Given::Definite(Value::Ticked(ids))) = interview.given("off.habits") else { panic!("ticked") };
    assert_eq!(ids.iter().map(ChoiceId::as_str).collect::<Vec<_>>(), ["post", "web"]);

    let waiver = Waiver { reason: "r".to_owned(), approved_by: "a".to_owned(), expires: date("2027-01-01") };
    let answer = Answer { waiver: Some(waiver.clone()), ..Answer::new(Given::Unknown) };
    interview.accept(&[Change::Answer(id("acc.mfa"), Some(Box::new(answer)))]);
    interview.say("acc.mfa", &chosen("all"));
    assert_eq!(interview.assessment().answers.get("acc.mfa").unwrap().waiver, Some(waiver));
}

#[test]
fn check_your_answers_returns_to_itself() {
    let mut interview = interview();
    assert!(interview.jump(&Place::Check));
    interview.jump(&Place::Question(id("mail.filter")));
    interview.say("mail.filter", &chosen("yes"));
    assert_eq!(interview.advance(), &Place::Check);
    assert_eq!(interview.back(), &Place::Question(id("mail.filter")));
    assert_eq!(interview.back(), &Place::Check);
    assert_eq!(interview.resume(), &Place::Fact(fact("own-mail-server")));
    let summary = interview.summary();
    let line = summary.lines().find(|line| line.number == "2.1").unwrap();
    assert_eq!((line.answer.as_deref(), line.support.as_deref()), (Some("Yes"), Some("Claimed")));
    assert_eq!(summary.lines().count(), 8);
}

#[test]
fn tasks_say_how_far_each_area_has_come() {
    let mut interview = interview();
    interview.say("acc.mfa", &chosen("unknown"));
    interview.state("office", "no");
    interview.say("off.habits", &chosen("none"));
    let tasks = interview.tasks();
    let lines: Vec<_> = tasks
        .iter()
        .map(|task| {
            let Progress { done, of, share } = task.progress;
            (task.number, done, of, share.get(), task.progress.stage(), task.unknown)
        })
        .collect();
    assert_eq!(
        lines,
        [
            (1, 1, 2, 8333, Stage::Begun, 1),
            (2, 0, 2, 0, Stage::NotStarted, 0),
            (3, 1, 1, 10_000, Stage::Done, 0),
        ]
    );
    assert_eq!(tasks[0].start, Place::Question(id("acc.share")));
    // (5 * 5/6 + 3 * 0 + 2 * 1) / 10
    assert_eq!(interview.progress(), Progress { done: 2, of: 5, share: Points::new(6166).unwrap() });
    assert_eq!(interview.minutes_left(), 6);
    assert_eq!(interview.facts_progress().stage(), Stage::Begun);
}

/// Everything answered half a year ago, some of it documented long before, and carried over to today.
fn reassessment() -> Interview {
    let questionnaire = questionnaire();
    let mut assessment = Interview::blank(&questionnaire, date("2026-05-11"));
    assessment.organisation.name = "Northmoor".to_owned();
    for name in ["own-mail-server", "office"] {
        assessment.facts.insert(fact(name), Ternary::Yes);
    }
    let said = |value| Answer::new(Given::Definite(value));
    let documented = |value, day: &str| Answer {
        evidence: Evidence::Documented,
        evidence_date: Some(date(day)),
        ..said(value)
    };
    let level = || Value::Level(LevelId::parse("some").unwrap());
    let share = Value::Percentage { percent: 50, counted: None };
    for (name, answer) in [
        ("acc.mfa", said(level())),
        ("acc.share", documented(share, "2025-11-22")),
        ("mail.filter", Answer::new(Given::Unknown)),
        ("mail.server-na", Answer { evidence: Evidence::Verified, ..said(level()) }),
        ("off.habits", said(Value::Ticked(BTreeSet::new()))),
    ] {
        assessment.answers.insert(id(name), answer);
    }
    for change in assessment.moved_to(date(TODAY)) {
        assessment.apply(&change);
    }
    let carried = CarriedOver {
        facts: assessment.facts.keys().cloned().collect(),
        answers: assessment.answers.keys().cloned().collect(),
    };
    Interview::new(questionnaire, &[], assessment, carried, date(TODAY))
}

#[test]
fn a_reassessment_asks_the_stale_and_weighty_first() {
    let interview = reassessment();
    assert_eq!(interview.current(), &Place::Fact(fact("own-mail-server")), "facts are confirmed too");
    let asked = interview.route().filter_map(|place| match place {
        Place::Question(id) => Some(id.to_string()),
        _ => None,
    });
    // Stale or not known: off.door-na 2 * 2/3, mail.filter 3 * 2/5, acc.share 5 * 1/6. Fresh: 5 * 5/6, 3 * 3/5, 2 * 1/3.
    let order = ["off.door-na", "mail.filter", "acc.share", "acc.mfa", "mail.server-na", "off.habits"];
    assert_eq!(asked.collect::<Vec<_>>(), order);
    assert_eq!(interview.progress().done, 0, "what is only carried over is not done");
}

#[test]
fn confirming_renews_a_claim_and_never_evidence() {
    let mut interview = reassessment();
    for name in ["acc.mfa", "acc.share", "mail.server-na"] {
        let Some(Step::Question(step)) = interview.step_at(&Place::Question(id(name))) else {
            panic!("{name}")
        };
        let since = step.carried_since;
        let changes = interview.confirm(&id(name)).unwrap();
        interview.accept(&changes);
        let answer = interview.assessment().answers.get(name).unwrap();
        let claimed = answer.evidence == Evidence::Claimed;
        assert_eq!(answer.since(date(TODAY)), if claimed { date(TODAY) } else { since.unwrap() }, "{name}");
        assert!(!interview.is_open(&Place::Question(id(name))), "{name}");
    }
    assert_eq!(interview.progress().done, 3);
    assert!(interview.confirm(&id("off.door-na")).is_err(), "there is nothing to confirm");
}

#[test]
fn moving_the_day_keeps_every_age() {
    let mut interview = interview();
    assert_eq!(interview.later_day(), None);
    interview.say("mail.filter", &chosen("yes"));
    let changes = interview.move_to(date("2026-11-30"));
    interview.accept(&changes);
    assert_eq!(interview.assessment().date, date("2026-11-30"));
    assert_eq!(interview.assessment().answers.get("mail.filter").unwrap().answered, Some(date(TODAY)));
}

#[test]
fn details_are_checked_together() {
    let interview = interview();
    let wrong = interview.answer_details(&Details::default()).unwrap_err();
    let fields: Vec<Field> = wrong.iter().map(|mistake| mistake.field).collect();
    assert_eq!(fields, [Field::Name, Field::Kind, Field::Country]);
    let details = Details {
        name: " Vale\u{7} ".to_owned(),
        kind: "campaign".to_owned(),
        country: "ie".to_owned(),
        date: String::new(),
        assessor: String::new(),
        marking: "Confidential".to_owned(),
    };
    let mut after = interview.clone();
    after.accept(&interview.answer_details(&details).unwrap());
    let organisation = &after.assessment().organisation;
    assert_eq!((organisation.name.as_str(), organisation.country.as_str()), ("Vale", "IE"));
    assert_eq!(Details::of(after.assessment()).marking, "Confidential");
    assert_eq!(after.answer_details(&details), Ok(vec![]), "nothing differs any more");
}

#[test]
fn the_day_of_the_assessment_moves_but_never_before_an_answer_or_after_today() {
    let mut interview = interview();
    let about = |date: &str| Details {
        name: "Vale".to_owned(),
        kind: "other".to_owned(),
        country: "GB".to_owned(),
        date: date.to_owned(),
        ..Details::default()
    };
    interview.accept(&interview.answer_details(&about("1 October 2026")).unwrap());
    interview.say("acc.mfa", &chosen("all"));
    interview.say("off.door-na", &typed("2026-09-30"));
    let wrong = |interview: &Interview, date: &str| interview.answer_details(&about(date)).unwrap_err();
    assert_eq!(wrong(&interview, "2026-11-24"), [Mistake::new(Field::Date, Wrong::AfterToday)]);
    assert_eq!(wrong(&interview, "October"), [Mistake::new(Field::Date, Wrong::NotADate)]);
    assert_eq!(
        wrong(&interview, "29 September 2026"),
        [Mistake::new(Field::Date, Wrong::BeforeAnswers(date("2026-09-30")))]
    );
    interview.accept(&interview.answer_details(&about(TODAY)).unwrap());
    assert_eq!(interview.assessment().date, date(TODAY));
    // An answer keeps its age when the assessment moves on.
    assert_eq!(interview.assessment().answers.get("acc.mfa").unwrap().answered, Some(date("2026-10-01")));
}

#[test]
fn a_note_shows_nowhere() {
    let reply = Reply { note: Private::new("ring Zebedee".to_owned()), ..chosen("yes") };
    let mut interview = interview();
    interview.say("mail.filter", &reply);
    assert!(!format!("{reply:?} {interview:?} {:?}", interview.summary()).contains("Zebedee"));
}

/// One thing that a person does.
#[derive(Debug, Clone)]
enum Deed {
    Advance,
    Skip,
    Back,
    Resume,
    Jump(usize),
    Fact(usize, Ternary),
    Answer(usize, Box<Reply>),
    Clear(usize),
}

fn replies() -> impl Strategy<Value = Reply> {
    const OPTIONS: [&str; 10] =
        ["", "entered", "unknown", "not-applicable", "never", "none", "all", "yes", "no", "partly"];
    const TEXTS: [&str; 6] = ["", "57 of 60", "95", "12 May 2026", "never", "2031-01-01"];
    let ticks = proptest::sample::subsequence(vec!["bank", "post", "web"], 0..=3);
    (proptest::sample::select(&OPTIONS[..]), proptest::sample::select(&TEXTS[..]), ticks).prop_map(
        |(option, text, ticks)| {
            Reply { reason: "because".to_owned(), typed: text.to_owned(), ..ticked(&ticks) }
                .with_option(option)
        },
    )
}

impl Reply {
    fn with_option(self, option: &str) -> Self {
        Self { option: option.to_owned(), ..self }
    }
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let word = proptest::sample::select(&[Ternary::Yes, Ternary::No, Ternary::Unknown][..]);
    let deed = prop_oneof![
        3 => Just(Deed::Advance),
        1 => Just(Deed::Skip),
        2 => Just(Deed::Back),
        1 => Just(Deed::Resume),
        1 => (0..10_usize).prop_map(Deed::Jump),
        2 => (0..2_usize, word).prop_map(|(nth, word)| Deed::Fact(nth, word)),
        6 => (0..6_usize, replies()).prop_map(|(nth, reply)| Deed::Answer(nth, Box::new(reply))),
        1 => (0..6_usize).prop_map(Deed::Clear),
    ];
    proptest::collection::vec(deed, 0..60)
}

/// What every state must keep to, whatever led there.
fn holds(interview: &Interview) {
    assert!(interview.is_on_route(interview.current()));
    let open =
        interview.route().filter(|place| matches!(place, Place::Question(_)) && interview.is_open(place));
    let progress = interview.progress();
    assert_eq!(progress.of - progress.done, open.count());
    assert_eq!(progress.share == Points::FULL, progress.done == progress.of);
    assert_eq!(interview.tasks().iter().map(|task| task.progress.done).sum::<usize>(), progress.done);
    assert_eq!(
        interview.first_open().is_none(),
        progress.stage() == Stage::Done && interview.facts_progress().stage() == Stage::Done
    );
    for place in interview.route() {
        assert!(interview.step_at(&place).is_some(), "every place shows something");
        if place != Place::Check {
            assert_eq!(interview.preceding(&interview.following(&place)), place);
        }
    }
    let mut ahead = interview.clone();
    let here = ahead.current().clone();
    if *ahead.advance() != here {
        assert_eq!(ahead.back(), &here, "back undoes going on");
    }
    for _ in interview.route() {
        ahead.skip();
    }
    assert_eq!(ahead.current(), &Place::Check, "no dead end and no circle");
}

fn run(mut interview: Interview, deeds: Vec<Deed>) {
    let ids: Vec<QuestionId> = interview.questionnaire().questions().iter().map(|q| q.id.clone()).collect();
    let facts: Vec<FactId> = interview.facts().iter().map(|fact| fact.id.clone()).collect();
    for deed in deeds {
        let mut expected = interview.assessment().clone();
        match deed {
            Deed::Advance => _ = interview.advance(),
            Deed::Skip => _ = interview.skip(),
            Deed::Back => _ = interview.back(),
            Deed::Resume => _ = interview.resume(),
            Deed::Jump(nth) => {
                let place = interview.route().nth(nth).unwrap_or(Place::Check);
                assert!(interview.jump(&place));
            }
            Deed::Fact(nth, word) => {
                interview.state(facts[nth].as_str(), word.as_str());
                expected.facts.insert(facts[nth].clone(), word);
            }
            Deed::Answer(nth, reply) => {
                if let Ok(changes) = interview.answer(&ids[nth], &reply) {
                    interview.accept(&changes);
                    let Change::Answer(id, Some(answer)) = &changes[0] else { panic!("an answer") };
                    expected.answers.insert(id.clone(), Answer::clone(answer));
                }
            }
            Deed::Clear(nth) => {
                let changes = interview.clear(&ids[nth]);
                interview.accept(&changes);
                expected.answers.remove(&ids[nth]);
            }
        }
        assert_eq!(interview.assessment(), &expected, "nothing but what was said has changed");
        holds(&interview);
    }
}

proptest! {
    #[test]
    fn no_way_through_loses_an_answer_or_ends_nowhere(deeds in deeds(), again: bool) {
        run(if again { reassessment() } else { interview() }, deeds);
    }

    #[test]
    fn a_form_sent_back_as_it_was_changes_nothing(nth in 0..6_usize, reply in replies(), note in "[a-z ]{0,9}") {
        let mut interview = interview();
        let id = interview.questionnaire().questions()[nth].id.clone();
        let reply = Reply { note: Private::new(note.clone()), comment: note, ..reply };
        if let Ok(changes) = interview.answer(&id, &reply) {
            interview.accept(&changes);
            prop_assert_eq!(interview.confirm(&id).unwrap(), changes);
        }
    }
}
