//! Every name that is used exists, everything that exists is used where it must be, and a slip of the pen is noticed.

use std::collections::BTreeSet;
use std::fs;

use safeseat::catalog::Catalog;
use safeseat::format::lint::Shelf;
use safeseat::format::{Document, questionnaire};
use safeseat::model::{ControlId, Framework, ItemId};
use safeseat::problem::Source;
use sha2::{Digest as _, Sha256};

use super::{Content, none};
use crate::runner::{questionnaires, repository, stems};

fn file(path: &str) -> Source {
    Source::new(path, fs::read_to_string(repository(path)).unwrap())
}

/// The files that name things in other files.
fn naming() -> Vec<Source> {
    let questionnaires = questionnaires().into_iter().map(|id| format!("questionnaires/{id}.toml"));
    let incidents =
        stems("questionnaires/incidents").into_iter().map(|id| format!("questionnaires/incidents/{id}.toml"));
    questionnaires.chain(incidents).map(|path| file(&path)).collect()
}

fn is_incident(file: &Source) -> bool {
    file.name().contains("/incidents/")
}

/// How many problems the content has with this shelf of names.
fn problems(shelf: &Shelf) -> usize {
    naming()
        .iter()
        .map(|file| {
            let document = Document::parse(file);
            shelf.questionnaire(&document).len() + shelf.incident(&document).len()
        })
        .sum()
}

/// The text with the first quoted text behind a key changed; nothing when there is none.
fn slipped(text: &str, key: &str) -> Option<String> {
    let at = text.find(key)? + key.len();
    let end = at + text[at..].find('"')?;
    Some(format!("{}x{}", &text[..end], &text[end..]))
}

#[test]
fn every_name_that_is_used_exists() {
    let shelf = Catalog::shipped().shelf();
    for file in naming() {
        let document = Document::parse(&file);
        let found =
            if is_incident(&file) { shelf.incident(&document) } else { shelf.questionnaire(&document) };
        none(found.iter().map(|problem| format!("{}: {}", file.name(), problem.message)));
    }
}

#[test]
fn every_control_is_measured_and_everything_an_incident_needs_is_asked() {
    let content = Content::shipped();
    let measured: BTreeSet<&str> =
        content.questions().flat_map(|question| &question.controls).map(ControlId::as_str).collect();
    let unmeasured = content.controls.iter().filter(|control| !measured.contains(control.id.as_str()));
    none(unmeasured.map(|control| format!("no question measures {}", control.id)));
    // Whatever an incident names, the questionnaire for organisations asks: it assesses all of them.
    let flagship = content.questionnaire("political-organisation");
    for incident in &content.incidents {
        assert!(flagship.assesses(incident), "{}", incident.id);
        let controls = incident.steps.iter().flat_map(|step| &step.detect);
        none(controls.filter(|control| !measured.contains(control.as_str())).map(ToString::to_string));
        let unasked = incident.facts().filter(|id| flagship.facts().iter().all(|fact| fact.id != **id));
        none(unasked.map(|fact| format!("{}: nobody asks {fact}", incident.id)));
    }
}

#[test]
fn every_alias_leads_from_a_number_that_is_gone_to_one_that_is_there() {
    for framework in Content::shipped().frameworks {
        let is_item = |id: &ItemId| framework.items.iter().any(|item| item.id == *id);
        for alias in &framework.aliases {
            assert!(!is_item(&alias.old) && is_item(&alias.new), "{} {}", framework.id, alias.old);
        }
    }
}

/// A slip in any name of a file that names things: one of each sort per file.
#[test]
fn a_slip_in_a_name_is_noticed() {
    let catalog = Catalog::shipped();
    let shelf = catalog.shelf();
    let elsewhere = ["references = [\"", "sources = [\"", "controls = [\""];
    let of_incidents = ["control = \"", "techniques = [\"", "detect = [\""];
    let within = ["keep = [\"", "keep = [\n    \"", "applies_if = [\"", "question = \""];
    let mut tried = 0;
    for original in naming() {
        let slip = |key| slipped(original.text(), key).map(|text| Source::new("slip.toml", text));
        for changed in of_incidents.into_iter().filter_map(slip).filter(|_| is_incident(&original)) {
            assert_eq!(shelf.incident(&Document::parse(&changed)).errors(), 1, "{}", original.name());
            tried += 1;
        }
        for changed in elsewhere.into_iter().filter_map(slip).filter(|_| !is_incident(&original)) {
            assert_eq!(shelf.questionnaire(&Document::parse(&changed)).errors(), 1, "{}", original.name());
            tried += 1;
        }
        for changed in within.into_iter().filter_map(slip).filter(|_| !is_incident(&original)) {
            let (_, found) = questionnaire::read(&Document::parse(&changed), &catalog);
            assert!(found.has_errors(), "{}", original.name());
            tried += 1;
        }
    }
    assert!(tried > 90, "{tried}");
}

/// The same in the files whose entries are named: every name that is used somewhere.
#[test]
fn a_slip_in_what_is_named_is_noticed() {
    let fine = Catalog::shipped();
    assert_eq!(problems(&fine.shelf()), 0);
    let slip = |path: &str, id: &str| {
        let original = file(path);
        let text = original.text().replacen(&format!("id = \"{id}\""), &format!("id = \"{id}x\""), 1);
        assert_ne!(text, original.text(), "{path} {id}");
        Source::new(path, text)
    };
    let used = |id: &str| naming().iter().any(|file| file.text().contains(&format!("\"{id}\"")));

    let content = Content::shipped();
    let control = content.controls.iter().find(|control| used(control.id.as_str())).unwrap();
    let catalog = Catalog::shipped().with_controls(slip("questionnaires/controls.toml", control.id.as_str()));
    assert_ne!(problems(&catalog.shelf()), 0, "controls");

    let source = content.sources.iter().find(|source| used(source.id.as_str())).unwrap();
    let catalog = Catalog::shipped().with_sources(slip("questionnaires/sources.toml", source.id.as_str()));
    assert_ne!(problems(&catalog.shelf()), 0, "sources");

    for framework in &content.frameworks {
        let item = framework.items.iter().find(|item| used(&format!("{}:{}", framework.prefix, item.id)));
        let item = item.unwrap_or_else(|| panic!("nothing refers to {}", framework.id));
        let path = format!("questionnaires/frameworks/{}.toml", framework.id);
        let files = content.frameworks.iter().map(|other| {
            let other = format!("questionnaires/frameworks/{}.toml", other.id);
            if other == path { slip(&path, item.id.as_str()) } else { file(&other) }
        });
        let catalog = Catalog::shipped().with_frameworks(files.collect());
        assert_ne!(problems(&catalog.shelf()), 0, "{}", framework.id);
    }
}

/// The techniques that are listed are those that are named, or that an old number leads to: a slip in one is noticed too.
#[test]
fn no_technique_is_listed_without_need() {
    let content = Content::shipped();
    let attack = content.frameworks.iter().find(|framework| framework.lists_techniques()).unwrap();
    let in_incidents =
        content.incidents.iter().flat_map(|incident| &incident.steps).flat_map(|s| &s.techniques);
    let references = content.questions().flat_map(|question| &question.references);
    let in_questions = references.filter(|r| r.prefix == attack.prefix).map(|reference| &reference.item);
    let replacing = attack.aliases.iter().map(|alias| &alias.new);
    let needed: BTreeSet<&ItemId> = in_incidents.chain(in_questions).chain(replacing).collect();
    none(attack.items.iter().filter(|item| !needed.contains(&item.id)).map(|item| item.id.to_string()));
}

/// Published identifiers do not change within a version. These are the first eight digits of the SHA-256 of a framework's
/// identifiers, one per line: also a slip in one that no question refers to is noticed.
const PUBLISHED: [(&str, usize, &str); 8] = [
    ("cis-controls-8.1-ig1", 56, "db2ded0d"),
    ("cisa-cpg-2.0", 34, "4f73269b"),
    ("cyber-essentials-autofail", 4, "fc0aae5c"),
    ("cyber-essentials", 12, "fbcb1913"),
    ("essential-eight", 8, "1bbe915c"),
    ("iso-27001-2022", 93, "02a56b3f"),
    ("ncsc-caf-4.0", 41, "7cc3a90d"),
    ("nist-csf-2.0", 106, "2699fa1f"),
];

#[test]
fn published_identifiers_are_as_they_were_published() {
    let fingerprint = |framework: &Framework| {
        let ids: Vec<&str> = framework.items.iter().map(|item| item.id.as_str()).collect();
        let hash = Sha256::digest(ids.join("\n"));
        (
            framework.id.to_string(),
            ids.len(),
            format!("{:08x}", u32::from_be_bytes(hash[..4].try_into().unwrap())),
        )
    };
    let content = Content::shipped();
    let whole = content.frameworks.iter().filter(|framework| !framework.lists_techniques());
    let expected = PUBLISHED.map(|(id, count, hash)| (id.to_owned(), count, hash.to_owned()));
    assert_eq!(whole.map(fingerprint).collect::<Vec<_>>(), expected);
}
