//! Reports and questionnaires in another language than British English.

use std::collections::BTreeMap;
use std::path::PathBuf;

use safeseat::catalog::{self, Catalog};
use safeseat::format::{Document, translation};
use safeseat::model::{Kind, Questionnaire, QuestionnaireId};
use safeseat::problem::Source;

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
