//! What every entry must say.

use std::collections::BTreeSet;

use safeseat::model::{Confidence, Effect, Seen};

use super::reading::sentences;
use super::{Content, none};
use crate::runner::{repository, stems};

#[test]
fn every_question_says_what_it_must() {
    let content = Content::shipped();
    none(content.questions().flat_map(|question| {
        let one_sentence = |text: &str| sentences(text).len() == 1;
        let rules = [
            ("a title of at most 48 characters", question.title.chars().count() <= 48),
            ("a title without a full stop", !question.title.ends_with(['.', '?', '!', ':'])),
            ("one question", one_sentence(&question.ask) && question.ask.ends_with('?')),
            ("why, in one sentence", one_sentence(&question.why)),
            ("a fix", !question.fix.is_empty()),
            ("how to find out", question.find_out.as_deref().is_some_and(|text| !text.is_empty())),
            ("a proof", !question.proof.is_empty()),
            ("a reason for its weight", !question.weight_reason.is_empty()),
            ("a reference", !question.references.is_empty()),
            ("a source", !question.sources.is_empty()),
        ];
        rules.into_iter().filter(|(_, kept)| !kept).map(|(rule, _)| format!("{} lacks {rule}", question.id))
    }));
}

#[test]
fn no_two_questions_of_a_questionnaire_have_the_same_title() {
    for questionnaire in &Content::shipped().questionnaires {
        let titles: BTreeSet<&str> =
            questionnaire.questions().iter().map(|question| question.title.as_str()).collect();
        assert_eq!(titles.len(), questionnaire.questions().len(), "{}", questionnaire.header().id);
    }
}

#[test]
fn every_incident_says_where_it_comes_from_and_how_well_each_step_is_known() {
    let content = Content::shipped();
    assert_eq!(content.incidents.len(), stems("questionnaires/incidents").len());
    for page in ["README.md", "CHANGELOG.md"] {
        let text = std::fs::read_to_string(repository(page)).unwrap();
        assert!(
            text.contains(&format!("{} recorded", content.incidents.len())),
            "{page} tells how many there are"
        );
    }
    none(content.incidents.iter().flat_map(|incident| {
        let rules = [
            ("a source", !incident.sources.is_empty()),
            ("a lesson", !incident.lessons.is_empty()),
            ("a step that is known, not only inferred", incident.steps.iter().any(is_known)),
            ("the version of the techniques", incident.attack_version == "19.1"),
        ];
        rules.into_iter().filter(|(_, kept)| !kept).map(|(rule, _)| format!("{} lacks {rule}", incident.id))
    }));
    // That each step says how well it is known, the reader of the files demands.
    for incident in &content.incidents {
        let text = std::fs::read_to_string(format!("questionnaires/incidents/{}.toml", incident.id)).unwrap();
        assert_eq!(text.matches("\nconfidence = ").count(), incident.steps.len(), "{}", incident.id);
    }
}

fn is_known(step: &safeseat::model::Step) -> bool {
    step.confidence != Confidence::Inferred
}

/// A measure that interrupts a priority incident does so at a step that is known.
#[test]
fn what_interrupts_a_priority_incident_does_not_rest_on_an_inferred_step_alone() {
    let content = Content::shipped();
    none(content.incidents.iter().filter(|incident| incident.priority).flat_map(|incident| {
        let stopping = |known: bool| -> BTreeSet<&str> {
            let steps = incident.steps.iter().filter(|step| is_known(step) == known);
            let prevent = steps.flat_map(|step| &step.prevent).filter(|p| p.effect == Effect::Stops);
            prevent.map(|prevention| prevention.control.as_str()).collect()
        };
        let only_inferred: Vec<&str> = stopping(false).difference(&stopping(true)).copied().collect();
        only_inferred.into_iter().map(|control| format!("{}: {control}", incident.id)).collect::<Vec<_>>()
    }));
}

/// Sources that were seen only under an address without https.
const SEEN_AS_HTTP: [&str; 4] = ["bundestag-2015", "dnc-2016", "parl-msg", "spd-2023"];

#[test]
fn every_address_is_well_formed_and_safe() {
    let content = Content::shipped();
    let sources = content.sources.iter().map(|source| (source.id.as_str(), source.url.as_str()));
    let frameworks =
        content.frameworks.iter().map(|framework| (framework.id.as_str(), framework.url.as_str()));
    let services = content.services.iter().map(|service| (service.id.as_str(), service.url.as_str()));
    let incidents = content
        .incidents
        .iter()
        .flat_map(|incident| incident.sources.iter().map(|url| (incident.id.as_str(), url.as_str())));
    let all = sources.chain(frameworks).chain(services).chain(incidents);
    none(all.filter(|(id, url)| !is_well_formed(id, url)).map(|(id, url)| format!("{id}: {url}")));
}

fn is_well_formed(id: &str, url: &str) -> bool {
    let scheme =
        if SEEN_AS_HTTP.contains(&id) && url.starts_with("http://") { "http://" } else { "https://" };
    let Some(rest) = url.strip_prefix(scheme) else { return false };
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let label = |label: &str| {
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        !label.is_empty() && label.chars().all(fits) && !label.starts_with('-') && !label.ends_with('-')
    };
    let host_is_fine = host.contains('.') && host.trim_end_matches('.').split('.').all(label);
    let path_is_fine =
        !path.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c));
    host_is_fine && path_is_fine && path.is_ascii()
}

#[test]
fn an_address_that_is_not_well_formed_is_seen() {
    for wrong in [
        "http://example.org/",
        "https://",
        "https://localhost/",
        "https://exa mple.org",
        "https://e_x.org/",
        "https://example.org/<a>",
        "ftp://example.org",
        "https://-a.org/",
    ] {
        assert!(!is_well_formed("x", wrong), "{wrong}");
    }
    assert!(is_well_formed("x", "https://example.org/a?b=(c)"));
}

#[test]
fn what_is_known_only_from_memory_carries_no_question_alone() {
    let content = Content::shipped();
    let is_memory = |key: &safeseat::model::SourceId| {
        content.sources.iter().any(|source| source.id == *key && source.seen == Seen::Memory)
    };
    let alone = content.questions().filter(|question| question.sources.iter().all(is_memory));
    none(alone.map(|question| question.id.to_string()));
}
