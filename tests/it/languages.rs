//! Reports and questionnaires in another language than British English.

use std::collections::BTreeMap;
use std::path::PathBuf;

use safeseat::catalog::{self, Catalog};
use safeseat::format::{Document, translation};
use safeseat::model::{Kind, Questionnaire, QuestionnaireId};
use safeseat::problem::Source;

use crate::docs::blocks;
use crate::importing::{ANSWER, COMMENT, DETAIL, Form};
use crate::runner::{Desk, repository};

/// Every text of a questionnaire, by where it stands.
fn texts(questionnaire: &Questionnaire) -> BTreeMap<String, String> {
    let header = questionnaire.header();
    let mut texts = vec![
        ("title".to_owned(), Some(&header.title)),
        ("summary".to_owned(), Some(&header.summary)),
        ("audience".to_owned(), Some(&header.audience)),
    ];
    for fact in questionnaire.facts() {
        texts.push((format!("{} ask", fact.id), Some(&fact.ask)));
        texts.push((format!("{} help", fact.id), fact.help.as_ref()));
    }
    for area in questionnaire.areas() {
        texts.push((format!("{} title", area.id), Some(&area.title)));
        texts.push((format!("{} summary", area.id), Some(&area.summary)));
    }
    for gate in questionnaire.gates() {
        texts.push((format!("{} title", gate.id), Some(&gate.title)));
        texts.push((format!("{} grounds", gate.id), Some(&gate.grounds)));
    }
    for question in questionnaire.questions() {
        let mut text = |key: &str, text| texts.push((format!("{} {key}", question.id), text));
        text("title", Some(&question.title));
        text("ask", Some(&question.ask));
        text("help", question.help.as_ref());
        text("why", Some(&question.why));
        text("fix", Some(&question.fix));
        text("fix_more", question.fix_more.as_ref());
        text("find_out", question.find_out.as_ref());
        text("proof", Some(&question.proof));
        text("weight_reason", Some(&question.weight_reason));
        match &question.kind {
            Kind::YesNo { partly, .. } => text("partly", Some(partly)),
            Kind::Levels(levels) => {
                for level in levels {
                    text(level.id.as_str(), Some(&level.label));
                }
            }
            Kind::TickAll(choices) => {
                for choice in choices {
                    text(choice.id.as_str(), Some(&choice.label));
                }
            }
            Kind::Percentage(_) | Kind::LastDone(_) => {}
        }
    }
    texts.into_iter().filter_map(|(place, text)| Some((place, text?.clone()))).collect()
}

#[test]
fn a_shipped_translation_leaves_no_text_in_english_and_no_number_changed() {
    let files = std::fs::read_dir("questionnaires").unwrap().map(|entry| entry.unwrap().path());
    let translations: Vec<PathBuf> =
        files.filter(|path| path.to_string_lossy().matches('.').count() > 1).collect();
    assert!(!translations.is_empty());
    for path in translations {
        let source = Source::new(path.display().to_string(), std::fs::read_to_string(&path).unwrap());
        let document = Document::parse(&source);
        let id: QuestionnaireId = translation::questionnaire(&document).unwrap();
        let english = Catalog::shipped().questionnaire(&id).unwrap().0.unwrap();
        let (read, problems) = translation::read(&document, &english);
        assert!(problems.is_empty(), "{problems:?}");
        let read = read.unwrap();
        assert_eq!(path.file_name().unwrap().to_str().unwrap(), format!("{id}.{}.toml", read.language));
        assert!(catalog::words(&read.language).is_some(), "no report can be in {}", read.language);
        let translated = english.clone().translated(read);
        let (before, after) = (texts(&english), texts(&translated));
        let same: Vec<_> = before.iter().filter(|(place, text)| after[*place] == **text).collect();
        assert!(same.is_empty(), "{}: still English: {same:#?}", path.display());
        assert_eq!(before.len(), after.len());
        for (before, after) in english.questions().iter().zip(translated.questions()) {
            assert_eq!(
                (&before.id, before.weight, before.revision),
                (&after.id, after.weight, after.revision)
            );
        }
    }
}

/// The files of the guide for consultants, and answers to its questionnaire.
fn consultancy() -> Desk {
    let desk = Desk::new();
    let guide = std::fs::read_to_string(repository("docs/a-report-of-your-own.md")).unwrap();
    for (kind, text) in blocks(&guide) {
        if let Some((_, file)) = kind.split_once(" file=") {
            desk.write(file, text);
        }
    }
    desk.write(
        "answers.toml",
        "format = 1\nquestionnaire = \"harbour-check\"\nversion = \"2026.1\"\n\
         [organisation]\nname = \"Northmoor\"\nkind = \"local-party\"\ncountry = \"GB\"\n\
         [assessment]\ndate = 2026-11-23\nself_assessed = false\n\
         [answers.acc.mfa-email]\nanswer = 95\n[answers.visit.alone]\nanswer = \"often\"\n\
         [narrative]\nsummary = \"Diolch am y te.\"\n",
    );
    desk
}

#[test]
fn brand_template_pack_incident_and_language_make_one_report() {
    let desk = consultancy();
    let outputs = "-o report.html -o report.md -o report.txt --today 2026-11-24";
    desk.run(0, &format!("report answers.toml --templates templates {outputs}"));
    for (file, more) in [
        (
            "report.html",
            &["<html lang=\"cy\">", "24 awr y dydd", "Cytunwch pwy sy'n cerdded", "Cyfrifon a mewngofnodi"][..],
        ),
        ("report.md", &["Cytunwch pwy sy'n cerdded", "Cyfrifon a mewngofnodi"][..]),
        ("report.txt", &["Meysydd"][..]),
    ] {
        let text = desk.read(file).replace("&#39;", "'");
        for part in [
            "Hollins and Pryce",
            "Gwiriad yr harbwr",
            "Diolch am y te",
            "23 Tachwedd 2026",
            "Ymwelwyr",
            "A false harbour pilot",
        ] {
            assert!(text.split_whitespace().collect::<Vec<_>>().join(" ").contains(part), "{file}: {part}");
        }
        for part in more {
            assert!(text.contains(part), "{file}: {part}");
        }
    }
    desk.run(0, &format!("report answers.toml --language en-GB {outputs} --force"));
    let english = desk.read("report.html");
    assert!(english.contains("Accounts and signing in") && english.contains("Is a visitor ever alone"));
}

#[test]
fn a_sheet_in_another_language_is_read_back() {
    let desk = consultancy();
    desk.run(0, "show harbour-check.toml --language cy -o questions.xlsx");
    let mut form = Form::read(&desk, "questions.xlsx");
    form.fill("name", DETAIL, "Northmoor");
    form.fill("acc.leavers", ANSWER, "O fewn wythnos, gyda rhestr wirio sy'n cwmpasu pob gwasanaeth");
    form.fill("visit.alone", ANSWER, "Anaml");
    form.fill("visit.alone", COMMENT, "Dim ond y postmon");
    form.save(&desk, "filled.xlsx");
    desk.run(0, "import filled.xlsx --into filled.toml");
    let read: toml::Table = desk.read("filled.toml").parse().unwrap();
    assert_eq!(read["answers"]["acc"]["leavers"]["answer"].as_str(), Some("week"));
    assert_eq!(read["answers"]["visit"]["alone"]["answer"].as_str(), Some("seldom"));
}

#[test]
fn a_language_that_there_is_not_is_told() {
    let desk = Desk::with_sample("local-party");
    let said = desk.run(2, "report answers.toml --language xx").err;
    assert!(said.contains("en-GB (English)") && said.contains("cy (Cymraeg)"), "{said}");
    desk.write("brand.toml", "format = 1\n[brand]\nname = \"Reed\"\nlanguage = \"xx\"\n");
    let said = desk.run(3, "report answers.toml -o report.html");
    assert!((said.err + &said.out).contains("brand.toml:4:12"));
}

#[test]
fn a_translation_that_is_wrong_makes_no_report() {
    let desk = consultancy();
    let wrong = [("[questions.visit.alon]\nask = \"x\"\n", "unknown-text"), ("\u{0}", "nul-byte")];
    let right = desk.read("harbour-check.cy.toml");
    for (more, code) in wrong {
        desk.write("harbour-check.cy.toml", format!("{right}{more}"));
        let said = desk.run(3, "report answers.toml -o wrong.html");
        assert!((said.err + &said.out).contains(code), "{code}");
        assert!(!desk.path("wrong.html").exists(), "{code}");
    }
}

#[test]
fn a_translation_of_another_version_is_not_used_and_that_is_said() {
    let desk = consultancy();
    let old = desk.read("harbour-check.cy.toml").replace("2026.1", "2025.9");
    desk.write("harbour-check.cy.toml", old);
    desk.run(0, "report answers.toml -o report.html");
    let said = desk.run(0, "report answers.toml -o report.html").err;
    assert!(said.contains("stale-translation"), "{said}");
    let page = desk.read("report.html");
    assert!(page.contains("Visitors are never alone") && page.contains("Cyfrifon a mewngofnodi"));
}
