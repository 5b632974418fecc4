//! Rewriting, on texts as people write them.

use proptest::prelude::*;

use super::*;
use crate::format::questionnaire::{self, Library};
use crate::format::{Document, assessment, skeleton};
use crate::model::{
    Assessment, Date, FactId, LevelId, OrganisationKind, QuestionnaireId, Ternary, Waiver, YesPartlyNo,
};
use crate::problem::Source;
use crate::text::Private;

struct Alone;

impl Library for Alone {
    fn find(&self, _: &QuestionnaireId, _: &str) -> Option<Source> {
        None
    }

    fn ids(&self) -> Vec<String> {
        Vec::new()
    }
}

fn toy() -> Questionnaire {
    let mut text =
        "format = 1\nid = \"toy\"\nversion = \"2\"\ntitle = \"Toy\"\nsummary = \"s\"\naudience = \"a\"\n\
        minutes = 5\nlanguage = \"en-GB\"\nlicence = \"CC-BY-4.0\"\n\
        [[fact]]\nid = \"office\"\nask = \"Office?\"\n[[fact]]\nid = \"shop\"\nask = \"Shop?\"\n\
        [[area]]\nid = \"acc\"\ntitle = \"Accounts\"\nsummary = \"s\"\nweight = 5\n\
        [[area]]\nid = \"off\"\ntitle = \"Office\"\nsummary = \"s\"\nweight = 2\n"
            .to_owned();
    let levels = "kind = \"levels\"\nlevels = [{ id = \"none\", credit = 0, label = \"None\" }, \
        { id = \"all\", credit = 100, label = \"All\" }]\n";
    let bands = "kind = \"percentage\"\nbands = [{ from = 100, credit = 100 }]\n";
    let within = "kind = \"last-done\"\nwithin = [{ months = 6, credit = 100 }]\n";
    let choices = "kind = \"tick-all\"\nchoices = [{ id = \"web\", label = \"Web\" }, { id = \"bank\", label = \"Bank\" }]\n";
    for (id, kind) in [
        ("acc.mfa", levels),
        ("acc.share", bands),
        ("acc.own", "kind = \"yes-no\"\npartly = \"half\"\n"),
        ("off.door", within),
        ("off.habits", choices),
    ] {
        let skip = if id == "off.door" { "\"office\", \"shop\"" } else { "" };
        text.extend([format!(
            "[[question]]\nid = \"{id}\"\nrevision = 1\nweight = 1\nweight_reason = \"r\"\nseverity = \"low\"\n\
             applies_if = [{skip}]\nnot_applicable = \"with-reason\"\ncontrols = []\ntitle = \"t\"\nask = \"Ask {id}?\"\n\
             why = \"w\"\nfix = \"f\"\neffort = \"hours\"\ncost = \"free\"\nproof = \"p\"\nvalid_months = 12\n\
             references = []\nsources = []\n{kind}"
        )]);
    }
    let source = Source::new("toy.toml", text);
    let (questionnaire, problems) = questionnaire::read(&Document::parse(&source), &Alone);
    questionnaire.unwrap_or_else(|| panic!("{:?}", problems.iter().map(|p| &p.message).collect::<Vec<_>>()))
}

const HEAD: &str = "format = 1\nquestionnaire = \"toy\"\nversion = \"2\"\n\n[organisation]\nname = \"N\" # us\n\
    kind = \"other\"\ncountry = \"GB\"\n\n[assessment]\ndate = 2026-11-23\n";

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn id(text: &str) -> QuestionId {
    QuestionId::parse(text).unwrap()
}

fn answer(question: &str, value: Value) -> Change {
    Change::Answer(id(question), Some(Box::new(Answer::new(Given::Definite(value)))))
}

fn yes(question: &str) -> Change {
    answer(question, Value::YesPartlyNo(YesPartlyNo::Yes))
}

fn all() -> Value {
    Value::Level(LevelId::parse("all").unwrap())
}

fn fact(name: &str, word: Ternary) -> Change {
    Change::Fact(FactId::parse(name).unwrap(), Some(word))
}

fn read(text: &str) -> Assessment {
    let source = Source::new("a.toml", text.to_owned());
    let (assessment, problems) = assessment::read(&Document::parse(&source), &toy());
    assessment
        .unwrap_or_else(|| panic!("{:?}\n{text}", problems.iter().map(|p| &p.message).collect::<Vec<_>>()))
}

/// Rewrites, and checks that the new text reads as the old one with the changes, and that doing the last one again does
/// nothing.
fn change(text: &str, changes: &[Change]) -> String {
    let new = rewritten(text, changes, &toy()).unwrap();
    let mut expected = read(text);
    for change in changes {
        expected.apply(change);
    }
    assert_eq!(read(&new), expected, "{new}");
    let last = changes.last().map(std::slice::from_ref).unwrap_or_default();
    assert_eq!(rewritten(&new, last, &toy()).unwrap(), new, "twice is once");
    new
}

/// What follows the head of a file after a change of what followed it before.
fn body(before: &str, changes: &[Change]) -> String {
    let new = change(&format!("{HEAD}{before}"), changes);
    new.strip_prefix(HEAD).unwrap_or_else(|| panic!("the head has changed:\n{new}")).to_owned()
}

#[test]
fn a_new_answer_goes_behind_its_area_in_order_of_the_questionnaire() {
    assert_eq!(body("", &[yes("acc.own")]), "\n[answers.acc.own]\nanswer = \"yes\"\n");
    let two = "\n# first\n[answers.acc.mfa]\nanswer = \"all\" # sure\n\n[answers.off.door]\nanswer = \"never\"\n# end\n";
    assert_eq!(
        body(two, &[yes("acc.own")]),
        "\n# first\n[answers.acc.mfa]\nanswer = \"all\" # sure\n\n[answers.acc.own]\nanswer = \"yes\"\n\n\
         [answers.off.door]\nanswer = \"never\"\n# end\n"
    );
    let below = "\n[answers.acc.mfa]\nanswer = \"all\"\n# as Ann says\n\n# next\n[answers.off.door]\nanswer = \"never\"\n";
    let new = body(below, &[yes("acc.own")]);
    assert!(new.contains("# as Ann says\n\n[answers.acc.own]\nanswer = \"yes\"\n\n# next\n"), "{new}");
    let only_later = "\n[answers.acc.own]\nanswer = \"no\"\n";
    assert_eq!(
        body(only_later, &[answer("acc.mfa", all())]),
        "\n[answers.acc.own]\nanswer = \"no\"\n\n[answers.acc.mfa]\nanswer = \"all\"\n"
    );
    let waived = "\n[answers.acc.mfa]\nanswer = \"all\"\n[answers.acc.mfa.waiver]\nreason = \"r\"\napproved_by = \"a\"\nexpires = 2027-01-01";
    assert_eq!(body(waived, &[yes("acc.own")]), format!("{waived}\n\n[answers.acc.own]\nanswer = \"yes\"\n"));
}

#[test]
fn every_kind_of_answer_is_written_as_the_format_has_it() {
    let share = Value::Percentage { percent: 95, counted: Some((57, 60)) };
    let ticked = ["bank", "web"].map(|id| ChoiceId::parse(id).unwrap()).into();
    let new = body(
        "",
        &[
            answer("acc.share", share),
            answer("off.door", Value::LastDone(Some(date("2026-05-12")))),
            answer("off.habits", Value::Ticked(ticked)),
            Change::Answer(
                id("acc.mfa"),
                Some(Box::new(Answer::new(Given::NotApplicable("no \"x\"".to_owned())))),
            ),
        ],
    );
    for line in [
        "answer = { have = 57, of = 60 }\n",
        "answer = 2026-05-12\n",
        "answer = [\"web\", \"bank\"]\n",
        "answer = \"not-applicable\"\nreason = \"no \\\"x\\\"\"\n",
    ] {
        assert!(new.contains(line), "{line}{new}");
    }
    let plain = body("", &[answer("acc.share", Value::Percentage { percent: 7, counted: None })]);
    assert!(plain.contains("answer = 7\n"), "{plain}");
}

#[test]
fn a_changed_answer_changes_only_what_differs() {
    let before = "\n[answers.acc.own] # ours\n  answer='no'   # to be put right\n  note = \"\"\"secret\"\"\"\n\
        \x20 evidence = \"documented\" # see minutes\n  waiver = {reason=\"r\",approved_by=\"a\",expires=2027-01-01}\n";
    let mut changed = Answer::new(Given::Definite(Value::YesPartlyNo(YesPartlyNo::Yes)));
    changed.note = Some(Private::new("secret".to_owned()));
    changed.by = Some("manager".to_owned());
    let change = Change::Answer(id("acc.own"), Some(Box::new(changed)));
    assert_eq!(
        body(before, &[change]),
        "\n[answers.acc.own] # ours\n  answer=\"yes\"   # to be put right\n  note = \"\"\"secret\"\"\"\n\
         \x20 evidence = \"claimed\" # see minutes\n  by = \"manager\"\n\
         \x20 waiver = {reason=\"r\",approved_by=\"a\",expires=2027-01-01}\n"
    );
}

#[test]
fn keys_are_added_in_the_order_of_the_format_and_comments_survive_a_removal() {
    let before =
        "\n[answers.acc.own]\nanswer = \"not-applicable\"\nreason = \"r\" # why\ncomment = \"c\"\n# end\n";
    let mut changed = Answer::new(Given::Unknown);
    changed.answered = Some(date("2026-11-20"));
    let change = Change::Answer(id("acc.own"), Some(Box::new(changed)));
    assert_eq!(
        body(before, &[change]),
        "\n[answers.acc.own]\nanswer = \"unknown\"\nanswered = 2026-11-20\n# why\n# end\n"
    );
}

#[test]
fn inline_and_dotted_styles_are_kept() {
    for (before, after) in [
        (
            "\n[answers.acc]\nown = { answer = \"no\" } # x\nmfa.answer = \"all\"\n",
            "\n[answers.acc]\nown = { answer = \"yes\" } # x\nmfa.answer = \"all\"\n",
        ),
        ("\n[answers]\nacc.own.answer = \"no\"\n", "\n[answers]\nacc.own.answer = \"yes\"\n"),
        (
            "\n[answers]\nacc = { mfa = { answer = \"all\" } }\n",
            "\n[answers]\nacc = { mfa = { answer = \"all\" }, own = { answer = \"yes\" } }\n",
        ),
        (
            "\n[answers]\nacc = { mfa.answer = \"all\" }\n",
            "\n[answers]\nacc = { mfa.answer = \"all\", own = { answer = \"yes\" } }\n",
        ),
        ("\n[answers]\nacc = {}\n", "\n[answers]\nacc = { own = { answer = \"yes\" } }\n"),
        (
            "\n[answers.acc]\nmfa.answer = \"all\"\n",
            "\n[answers.acc]\nmfa.answer = \"all\"\n\n[answers.acc.own]\nanswer = \"yes\"\n",
        ),
        ("\n[answers.\"acc\".own]\nby = \"x\"\n", "\n[answers.\"acc\".own]\nanswer = \"yes\"\nby = \"x\"\n"),
        ("\n[answers.acc.own]\n", "\n[answers.acc.own]\nanswer = \"yes\"\n"),
    ] {
        let new = rewritten(&format!("{HEAD}{before}"), &[yes("acc.own")], &toy()).unwrap();
        assert_eq!(new, format!("{HEAD}{after}"));
    }
    let root = format!("answers.acc.own.answer = \"no\"\n{HEAD}");
    assert_eq!(change(&root, &[yes("acc.own")]), root.replace("\"no\"", "\"yes\""));
    let known = change(
        &root,
        &[
            yes("acc.own"),
            Change::Answer(
                id("acc.own"),
                Some(Box::new(Answer { comment: Some("c".to_owned()), ..Answer::new(Given::Unknown) })),
            ),
        ],
    );
    assert!(
        known.starts_with("answers.acc.own.answer = \"unknown\"\nanswers.acc.own.comment = \"c\"\nformat"),
        "{known}"
    );
}

#[test]
fn shares_are_replaced_however_they_are_written() {
    let share = |percent| answer("acc.share", Value::Percentage { percent, counted: None });
    for before in [
        "\n[answers.acc.share]\nanswer = { have = 1, of = 2 }\nby = \"x\"\n",
        "\n[answers.acc.share]\nanswer.have = 1\nanswer.of = 2\nby = \"x\"\n",
        "\n[answers.acc.share]\nby = \"x\"\n[answers.acc.share.answer]\nhave = 1\nof = 2\n",
    ] {
        let by = Some("x".to_owned());
        let answer =
            Answer { by, ..Answer::new(Given::Definite(Value::Percentage { percent: 7, counted: None })) };
        let change = Change::Answer(id("acc.share"), Some(Box::new(answer)));
        let new = body(before, &[change]);
        assert_eq!(new.trim_end(), "\n[answers.acc.share]\nanswer = 7\nby = \"x\"", "{before}");
    }
    let same = "\n[answers.acc.share]\nanswer = { of = 0x0A, have = 7 }\n";
    let counted = Value::Percentage { percent: 70, counted: Some((7, 10)) };
    assert_eq!(body(same, &[answer("acc.share", counted)]), same);
    assert!(body(same, &[share(70)]).contains("answer = 70\n"));
}

#[test]
fn ticks_in_another_order_are_the_same() {
    let before = "\n[answers.off.habits]\nanswer = [\n  \"bank\", # first\n  \"web\",\n]\n";
    let ticked = ["bank", "web"].map(|id| ChoiceId::parse(id).unwrap()).into();
    assert_eq!(body(before, &[answer("off.habits", Value::Ticked(ticked))]), before);
}

#[test]
fn an_answer_goes_with_its_tables_and_leaves_comments() {
    let gone = [Change::Answer(id("acc.own"), None)];
    let before = "\n[answers.acc.mfa]\nanswer = \"all\"\n";
    for own in [
        "\n[answers.acc.own]\nanswer = \"no\"\nnote = '''\na\nb'''\n",
        "\n[answers.acc.own]\nanswer = \"no\"\n\n[answers.acc.own.waiver]\nreason = \"r\"\napproved_by = \"a\"\nexpires = 2027-01-01\n",
    ] {
        assert_eq!(body(&format!("{before}{own}"), &gone), before);
    }
    assert_eq!(
        body(&format!("{before}\n# ours\n[answers.acc.own] # x\n# y\nanswer = \"no\" # z\n# end\n"), &gone),
        format!("{before}\n# ours\n# x\n# y\n# z\n# end\n")
    );
    for (inline, left) in [
        ("acc = { own = { answer = \"no\" } }", "acc = { }"),
        (
            "acc = { own = { answer = \"no\" }, mfa = { answer = \"all\" } }",
            "acc = { mfa = { answer = \"all\" } }",
        ),
        (
            "acc = { mfa = { answer = \"all\" }, own = { answer = \"no\" } }",
            "acc = { mfa = { answer = \"all\" } }",
        ),
        ("acc = { own.answer = \"no\", own.by = \"x\" }", "acc = { }"),
        ("acc.own.answer = \"no\"\nacc.own.by = \"x\"", ""),
    ] {
        let new = body(&format!("\n[answers]\n{inline}\n"), &gone);
        assert_eq!(new.trim_end(), format!("\n[answers]\n{left}").trim_end());
    }
}

#[test]
fn what_is_added_and_taken_away_again_leaves_no_trace() {
    let text =
        format!("{HEAD}\n[answers.acc.mfa]\nanswer = \"all\"\n\n[answers.off.door]\nanswer = \"never\"\n");
    let with = change(&text, &[yes("acc.own")]);
    assert_eq!(change(&with, &[Change::Answer(id("acc.own"), None)]), text);
}

#[test]
fn the_head_is_changed_in_place() {
    let new = change(
        HEAD,
        &[
            Change::Name("Über \"uns\"\nzwei".to_owned()),
            Change::Kind(OrganisationKind::Campaign),
            Change::Country("IE".to_owned()),
            Change::Date(date("2026-11-30")),
            Change::Assessor(Some("me".to_owned())),
            Change::SelfAssessed(Some(true)),
            Change::Marking(None),
        ],
    );
    assert_eq!(
        new,
        "format = 1\nquestionnaire = \"toy\"\nversion = \"2\"\n\n[organisation]\n\
         name = \"Über \\\"uns\\\"\\nzwei\" # us\nkind = \"campaign\"\ncountry = \"IE\"\n\n\
         [assessment]\ndate = 2026-11-30\nassessor = \"me\"\nself_assessed = true\n"
    );
    assert_eq!(change(&new, &[Change::Assessor(None), Change::SelfAssessed(None)]).lines().count(), 11);
}

#[test]
fn facts_go_where_facts_are() {
    assert_eq!(body("", &[fact("office", Ternary::No)]), "\n[facts]\noffice = \"no\"\n");
    let facts = "\n[facts]\noffice = \"yes\" # rented\n\n[answers.acc.own]\nanswer = \"no\"\n";
    assert_eq!(
        body(facts, &[fact("office", Ternary::No), fact("shop", Ternary::Unknown)]),
        "\n[facts]\noffice = \"no\" # rented\nshop = \"unknown\"\n\n[answers.acc.own]\nanswer = \"no\"\n"
    );
    let removed = Change::Fact(FactId::parse("office").unwrap(), None);
    assert_eq!(body("\n[facts]\noffice = \"yes\"\n", &[removed]), "\n[facts]\n");
    for (before, after) in [
        ("facts = { shop = \"no\" }", "facts = { shop = \"no\", office = \"no\" }"),
        ("facts.shop = \"no\"", "facts.shop = \"no\"\nfacts.office = \"no\""),
    ] {
        let text = format!("{before}\n{HEAD}");
        assert_eq!(change(&text, &[fact("office", Ternary::No)]), format!("{after}\n{HEAD}"));
    }
}

#[test]
fn a_new_file_is_filled_in_where_its_comments_are() {
    let toy = toy();
    let facts = toy.asked_facts(&[]);
    let text = skeleton::answers(&toy, &facts, "N", date("2026-11-23"));
    let new = change(&text, &[yes("acc.own"), answer("acc.mfa", all()), fact("shop", Ternary::No)]);
    for (before, after) in [
        ("# [answers.acc.own]\n# answer = \"\"\n", "[answers.acc.own]\nanswer = \"yes\"\n"),
        ("# [answers.acc.mfa]\n# answer = \"\"\n", "[answers.acc.mfa]\nanswer = \"all\"\n"),
        ("# shop = \"unknown\"\n", "shop = \"no\"\n"),
    ] {
        assert!(new.contains(&format!("{before}{after}")), "{new}");
    }
    let cleared = Change::Fact(FactId::parse("shop").unwrap(), None);
    let back =
        change(&new, &[Change::Answer(id("acc.own"), None), Change::Answer(id("acc.mfa"), None), cleared]);
    assert_eq!(back, text);
}

#[test]
fn comments_that_only_look_like_a_place_are_none() {
    let trap = "\n[answers.acc.mfa]\n# [answers.acc.own]\nanswer = \"all\"\nnote = \"\"\"\n# [answers.acc.own]\n\"\"\"\n";
    assert_eq!(body(trap, &[yes("acc.own")]), format!("{trap}\n[answers.acc.own]\nanswer = \"yes\"\n"));
}

#[test]
fn line_ends_the_byte_order_mark_and_a_missing_last_line_end_are_kept() {
    let dos = format!("\u{feff}{HEAD}\n[answers.acc.mfa]\nanswer = \"all\" # x").replace('\n', "\r\n");
    let new = change(
        &dos,
        &[yes("acc.own"), fact("shop", Ternary::No), Change::Marking(Some("Secret".to_owned()))],
    );
    assert!(new.starts_with('\u{feff}'));
    assert_eq!(new.matches('\n').count(), new.matches("\r\n").count());
    assert!(new.ends_with("answer = \"all\" # x\r\n\r\n[answers.acc.own]\r\nanswer = \"yes\"\r\n"), "{new}");
    let mixed = format!("{HEAD}\n[answers.acc.own]\r\nanswer = \"no\"\nby = \"x\"\r\n");
    let cleared = Answer { by: Some("x".to_owned()), ..Answer::new(Given::Unknown) };
    let new = change(&mixed, &[Change::Answer(id("acc.own"), Some(Box::new(cleared)))]);
    assert_eq!(new, mixed.replace("\"no\"", "\"unknown\""));
}

#[test]
fn what_is_not_understood_is_kept() {
    let draft = "\n[answers.acc.own]\nnote = \"ask Ann\"\n\n[answers.old.gone]\nanswer = 5\n";
    let new = rewritten(&format!("{HEAD}{draft}"), &[yes("acc.own")], &toy()).unwrap();
    assert!(
        new.ends_with(
            "[answers.acc.own]\nanswer = \"yes\"\nnote = \"ask Ann\"\n\n[answers.old.gone]\nanswer = 5\n"
        ),
        "{new}"
    );
    let error = rewritten("a = 1\nb = \n", &[yes("acc.own")], &toy()).unwrap_err();
    assert!(matches!(&error, RewriteError::NotToml { line: 2, .. }), "{error}");
    let odd = format!("answers = 5\n{HEAD}");
    assert!(matches!(rewritten(&odd, &[yes("acc.own")], &toy()), Err(RewriteError::Tangled(_))));
}

#[test]
fn a_waiver_is_written_when_the_answer_brings_one() {
    let waiver = Waiver { reason: "r".to_owned(), approved_by: "a".to_owned(), expires: date("2027-01-01") };
    let brings = Answer { waiver: Some(waiver), ..Answer::new(Given::Unknown) };
    let new = body("", &[Change::Answer(id("acc.own"), Some(Box::new(brings)))]);
    assert!(
        new.ends_with("waiver = { reason = \"r\", approved_by = \"a\", expires = 2027-01-01 }\n"),
        "{new}"
    );
    assert!(body(&new, &[yes("acc.own")]).contains("waiver = { reason"), "nothing takes it away");
}

#[test]
fn two_texts_are_compared_by_what_a_change_is_about() {
    let one = format!("{HEAD}\n[answers.acc.own]\nanswer = \"no\"\n[answers.acc.mfa]\nanswer = \"all\"\n");
    let other = one
        .replace("answer = \"all\"", "answer = \"none\"")
        .replace("answer = \"no\"\n", "answer   =   'no' # x\n");
    assert!(!differs(&one, &other, &yes("acc.own")));
    assert!(differs(&one, &other, &answer("acc.mfa", all())));
    assert!(differs(&one, "= broken", &yes("acc.own")));
}

fn source(text: &str) -> Source {
    Source::new("old.toml", text.to_owned())
}

#[test]
fn a_continued_assessment_keeps_ages_and_marks_what_waits() {
    let old = format!(
        "{HEAD}\n[facts]\noffice = \"yes\" # rented\n\n[answers.acc.mfa] # top\nanswer = \"all\"\nevidence = \"documented\"\n\
         \n[answers.acc]\nown = {{ answer = \"no\", answered = 2026-01-05 }}\nshare.answer = 50\n\n[answers.old.gone]\nanswer = 5\n"
    );
    let Continued { text, left_out } = continued(&source(&old), &toy(), date("2027-05-11")).unwrap();
    assert_eq!(left_out, []);
    let mark = " # carried over from 2026-11-23: confirm or change";
    let expected = old
        .replace("date = 2026-11-23", "date = 2027-05-11")
        .replace("# rented", &format!("# rented{mark}"))
        .replace("# top", &format!("# top{mark}"))
        .replace("evidence = \"documented\"\n", "evidence = \"documented\"\nanswered = 2026-11-23\n")
        .replace("2026-01-05 }", &format!("2026-01-05 }}{mark}"))
        .replace("share.answer = 50", &format!("share.answer = 50{mark}\nshare.answered = 2026-11-23"));
    assert_eq!(text, expected);
    let carried = carried_over(&text);
    assert_eq!(
        carried.answers.iter().map(QuestionId::as_str).collect::<Vec<_>>(),
        ["acc.mfa", "acc.own", "acc.share"]
    );
    assert_eq!(carried.facts.len(), 1);

    let confirmed = change(&text, &[fact("office", Ternary::Yes), yes("acc.own")]);
    let left = carried_over(&confirmed);
    assert_eq!((left.facts.len(), left.answers.len()), (0, 2));
    assert!(confirmed.contains("office = \"yes\" # rented\n"), "{confirmed}");

    let again = continued(&source(&confirmed), &toy(), date("2028-01-01")).unwrap().text;
    assert!(
        again.contains("# top # carried over from 2026-11-23:"),
        "what was never confirmed keeps its mark"
    );
    assert!(again.contains("office = \"yes\" # rented # carried over from 2027-05-11:"), "{again}");
}

#[test]
fn answers_that_no_longer_fit_are_asked_anew_and_other_mistakes_are_reported() {
    let old = format!(
        "{HEAD}\n[answers.acc.mfa]\nanswer = \"most\"\n[answers.acc.own]\nanswer = \"no\"\n[answers.off.habits]\nanswer = [\"cake\", \"tea\"]\n"
    )
    .replace("version = \"2\"", "version = \"1\"");
    let Continued { text, left_out } = continued(&source(&old), &toy(), date("2027-05-11")).unwrap();
    assert_eq!(left_out, [id("acc.mfa"), id("off.habits")]);
    assert!(text.contains("version = \"2\"") && !text.contains("most"), "{text}");
    let future = format!("{HEAD}\n[answers.acc.own]\nanswer = \"no\"\nanswered = 2030-01-01\n");
    assert!(continued(&source(&future), &toy(), date("2027-05-11")).is_err());
    assert!(continued(&source(HEAD), &toy(), date("2026-01-01")).is_ok(), "nothing has a date yet");
    let earlier = format!("{HEAD}\n[answers.acc.own]\nanswer = \"no\"\n");
    assert!(continued(&source(&earlier), &toy(), date("2026-01-01")).is_err(), "not before the earlier one");
}

/// How a whole file is laid out.
#[derive(Debug, Clone, Copy)]
enum Style {
    Headers,
    AreaTables,
    OneTable,
    Dotted,
    Skeleton,
}

const QUESTIONS: [&str; 5] = ["acc.mfa", "acc.share", "acc.own", "off.door", "off.habits"];

/// A file in a style, with the answers that are given, and its pieces that belong to one question each.
fn laid_out(style: Style, given: &[Option<&str>; 5]) -> (String, Vec<(&'static str, String)>) {
    let answers = QUESTIONS.into_iter().zip(given).filter_map(|(id, given)| Some((id, (*given)?)));
    let of_area = |area: &str| answers.clone().filter(|(id, _)| id.starts_with(area)).collect::<Vec<_>>();
    let topic = |id: &str| id.split_once('.').unwrap().1.to_owned();
    let mut pieces = Vec::new();
    let mut text = HEAD.to_owned();
    match style {
        Style::Headers => {
            pieces = answers
                .map(|(id, given)| {
                    (id, format!("[answers.{id}] # {id}\nanswer = {given}  # so\n note='n' \n# after\n"))
                })
                .collect();
            text.extend(pieces.iter().map(|(_, piece)| format!("\n{piece}")));
        }
        Style::AreaTables => {
            for area in ["acc", "off"] {
                text.extend([format!("\n [answers.{area}] # area\n")]);
                for (nth, (id, given)) in of_area(area).into_iter().enumerate() {
                    let topic = topic(id);
                    let piece = match nth % 2 {
                        0 => format!("{topic}.answer = {given} # so\n{topic}.note = \"n\"\n"),
                        _ => format!("\t{topic} = {{answer={given},note='n'}} # so\n"),
                    };
                    text.push_str(&piece);
                    pieces.push((id, piece));
                }
            }
        }
        Style::OneTable => {
            text.push_str("\n[answers]\n# all\n");
            for area in ["acc", "off"] {
                let entries: Vec<String> = of_area(area)
                    .into_iter()
                    .map(|(id, given)| format!("{} = {{ answer = {given} , note = \"n\" }}", topic(id)))
                    .collect();
                text.extend([format!("{area} = {{ {} }}\n", entries.join(", "))]);
                pieces.extend(of_area(area).into_iter().zip(entries).map(|((id, _), entry)| (id, entry)));
            }
        }
        Style::Dotted => {
            pieces = answers
                .map(|(id, given)| {
                    (id, format!("answers.{id}.answer = {given} # so\nanswers.{id}.note = 'n'\n"))
                })
                .collect();
            text = pieces.iter().map(|(_, piece)| piece.as_str()).chain([HEAD]).collect();
        }
        Style::Skeleton => {
            let toy = toy();
            text = skeleton::answers(&toy, &toy.asked_facts(&[]), "N", date("2026-11-23"));
        }
    }
    (text, pieces)
}

fn somehow_given() -> impl Strategy<Value = [Option<&'static str>; 5]> {
    let maybe = |text: &'static str| proptest::option::of(Just(text));
    (
        maybe("\"all\""),
        maybe("{ have = 1, of = 2 }"),
        maybe("\"partly\""),
        maybe("2026-05-12"),
        maybe("[\"web\"]"),
    )
        .prop_map(|(a, b, c, d, e)| [a, b, c, d, e])
}

fn some_value(question: usize, pick: u8) -> Value {
    match question {
        0 => Value::Level(LevelId::parse(if pick.is_multiple_of(2) { "none" } else { "all" }).unwrap()),
        1 if pick.is_multiple_of(2) => Value::Percentage { percent: pick % 101, counted: None },
        1 => Value::Percentage { percent: 50, counted: Some((1, 2)) },
        2 => Value::YesPartlyNo(if pick.is_multiple_of(2) { YesPartlyNo::No } else { YesPartlyNo::Yes }),
        3 => Value::LastDone((pick.is_multiple_of(2)).then(|| date("2026-01-31"))),
        _ => Value::Ticked(
            ["web", "bank"]
                .into_iter()
                .take(usize::from(pick % 3))
                .map(|id| ChoiceId::parse(id).unwrap())
                .collect(),
        ),
    }
}

fn some_change() -> impl Strategy<Value = Change> {
    let text = proptest::option::of("[a-z\"\\\\#\n\t\u{e9}\u{202e} ]{0,9}x");
    let answers =
        (0..5_usize, 0..8_u8, any::<u8>(), text.clone(), text, proptest::option::of(Just("2026-03-04")))
            .prop_map(|(nth, sort, pick, one, other, day)| {
                let given = match sort {
                    0 => return Change::Answer(id(QUESTIONS[nth]), None),
                    1 => Given::Unknown,
                    2 => Given::NotApplicable(one.clone().unwrap_or_else(|| "r".to_owned())),
                    _ => Given::Definite(some_value(nth, pick)),
                };
                let answer = Answer {
                    evidence: [Evidence::Claimed, Evidence::Documented, Evidence::Verified]
                        [usize::from(pick % 3)],
                    evidence_date: day.map(date),
                    evidence_where: one.clone(),
                    comment: other.clone(),
                    note: other.map(Private::new),
                    by: one,
                    ..Answer::new(given)
                };
                Change::Answer(id(QUESTIONS[nth]), Some(Box::new(answer)))
            });
    let word =
        proptest::sample::select(vec![Some(Ternary::Yes), Some(Ternary::No), Some(Ternary::Unknown), None]);
    let facts = (proptest::sample::select(vec!["office", "shop"]), word)
        .prop_map(|(name, word)| Change::Fact(FactId::parse(name).unwrap(), word));
    prop_oneof![
        6 => answers,
        2 => facts,
        1 => "[ -~]{1,12}x".prop_map(Change::Name),
        1 => proptest::option::of("[a-z ]{1,9}x").prop_map(Change::Marking),
    ]
}

proptest! {
    #[test]
    fn a_rewritten_file_reads_as_the_changed_model_and_keeps_all_else(
        style in proptest::sample::select(vec![Style::Headers, Style::AreaTables, Style::OneTable, Style::Dotted, Style::Skeleton]),
        given in somehow_given(),
        changes in proptest::collection::vec(some_change(), 1..6),
        dos: bool,
    ) {
        let (text, pieces) = laid_out(style, &given);
        let ends = |text: &str| if dos { format!("\u{feff}{}", text.replace('\n', "\r\n")) } else { text.to_owned() };
        let new = change(&ends(&text), &changes);
        let touched = |question: &str| changes.iter().any(|change| matches!(change, Change::Answer(id, _) if id.as_str() == question));
        for (question, piece) in pieces {
            prop_assert!(touched(question) || new.contains(ends(&piece).trim_start_matches('\u{feff}')), "{question}\n{new}");
        }
        let comments = |text: &str| text.matches('#').count();
        let written = changes.iter().any(|change| !matches!(change, Change::Fact(..)));
        prop_assert!(written || comments(&new) == comments(&text), "comments stay");
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_fail(
        lines in proptest::collection::vec(proptest::sample::select(vec![
            "", "#", "# [answers.acc.own]", "# answer = 5", "# office = \"yes\"", "[answers]", "[answers.acc]",
            "[answers.acc.own]", "[[answers.acc.own]]", "[answers.acc.own.waiver]", " [ answers . \"acc\" . 'own' ] # x",
            "[answers.'acc.own']", "[facts]", "[[facts]]", "office = \"no\" # carried over from 2026-01-01: x",
            "answer = \"no\"", "answer.have = 1", "own = {}", "own = { answer = 1, }", "own.answer = 7",
            "acc = { own.by = 'x' }", "acc.own.answer = 7", "answers.acc.own.answer = 7", "answers = { acc = { } }",
            "note = \"\"\"", "\"\"\"", "x = [ # c", "1,", "]", "é = 'é'", "answers = 5", "facts = [ { } ]", "\u{feff}", "\r",
        ]), 0..9),
        change in some_change(),
        end in proptest::sample::select(vec!["\n", "\r\n", "\n\n"]),
    ) {
        let text = lines.join(end);
        let again = |text: &str| rewritten(text, std::slice::from_ref(&change), &toy());
        if let Ok(new) = again(&text) {
            // What stood beside no answer is kept the first time, and part of the answer from then on.
            let settled = again(&new).unwrap();
            prop_assert_eq!(again(&settled).unwrap(), settled);
        }
        let _ = carried_over(&text);
    }
}
