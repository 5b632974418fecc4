//! Public frameworks that the questions relate to: never a certificate.

use std::collections::BTreeMap;
use std::iter;

use serde::Serialize;

use super::{Input, Numbers, QuestionRef};
use crate::model::{self, Points, Standing};
use crate::text::phrase;

/// A framework and how its items stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Framework {
    /// Its id.
    pub id: String,
    /// What references to it begin with.
    pub prefix: String,
    /// Its title.
    pub title: String,
    /// Its version.
    pub version: String,
    /// Its web address.
    pub url: String,
    /// Its items, in published order.
    pub items: Vec<FrameworkItem>,
    /// How many items have which status.
    pub counts: StatusCounts,
}

impl Framework {
    /// The id of the framework whose items fail an assessment by themselves; it comes first.
    pub const AUTOMATIC_FAILURES: &'static str = "cyber-essentials-autofail";
    /// The id of the framework that is shown item by item.
    pub const IN_FULL: &'static str = "cyber-essentials";
}

/// One item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FrameworkItem {
    /// Its published identifier.
    pub id: String,
    /// Its short title.
    pub title: String,
    /// How it stands.
    pub status: Status,
    /// The questions in scope that relate to it.
    pub questions: Vec<QuestionRef>,
}

/// How an item stands, over the questions in scope that relate to it, by stated credit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// All are at full credit.
    Met,
    /// Anything between.
    Partly,
    /// All are at zero.
    NotMet,
    /// All are unknown or unanswered.
    Unknown,
    /// None is in scope.
    NotAsked,
}

impl Status {
    /// The word in machine output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Partly => "partly",
            Self::NotMet => "not-met",
            Self::Unknown => "unknown",
            Self::NotAsked => "not-asked",
        }
    }

    /// What people read, as a phrase.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Met => phrase("Met"),
            Self::Partly => phrase("Partly"),
            Self::NotMet => phrase("Not met"),
            Self::Unknown => phrase("Not known"),
            Self::NotAsked => phrase("Not asked"),
        }
    }
}

/// How many items have which status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Default)]
#[expect(missing_docs, reason = "the names say it")]
pub struct StatusCounts {
    pub met: usize,
    pub partly: usize,
    pub not_met: usize,
    pub unknown: usize,
    pub not_asked: usize,
}

/// The frameworks that at least one question relates to, in the given order.
pub(super) fn frameworks(input: &Input, numbers: &Numbers) -> Vec<Framework> {
    let related = |framework: &&model::Framework| {
        !framework.lists_techniques()
            && input
                .questionnaire
                .questions()
                .iter()
                .any(|q| q.references.iter().any(|r| r.prefix == framework.prefix))
    };
    input.frameworks.iter().filter(related).map(|framework| one(input, numbers, framework)).collect()
}

fn one(input: &Input, numbers: &Numbers, framework: &model::Framework) -> Framework {
    let related = related(input, framework);
    let none = Vec::new();
    let item = |item: &model::Item| self::item(input, numbers, item, related.get(&item.id).unwrap_or(&none));
    let items: Vec<FrameworkItem> = framework.items.iter().map(item).collect();
    let count = |status| items.iter().filter(|item| item.status == status).count();
    Framework {
        id: framework.id.to_string(),
        prefix: framework.prefix.clone(),
        title: framework.title.clone(),
        version: framework.version.clone(),
        url: framework.url.clone(),
        counts: StatusCounts {
            met: count(Status::Met),
            partly: count(Status::Partly),
            not_met: count(Status::NotMet),
            unknown: count(Status::Unknown),
            not_asked: count(Status::NotAsked),
        },
        items,
    }
}

/// The places of the questions in scope that relate to each item, in order, by its id.
fn related<'a>(input: &'a Input, framework: &'a model::Framework) -> BTreeMap<&'a model::ItemId, Vec<usize>> {
    let mut related: BTreeMap<&model::ItemId, Vec<usize>> = BTreeMap::new();
    let questions =
        input.questionnaire.questions().iter().zip(&input.evaluation.scores.questions).enumerate();
    for (place, (question, _)) in questions.filter(|(_, (_, result))| result.standing != Standing::OutOfScope)
    {
        for reference in question.references.iter().filter(|reference| reference.prefix == framework.prefix) {
            let renumbered = framework.aliases.iter().filter(|alias| alias.old == reference.item);
            for item in iter::once(&reference.item).chain(renumbered.map(|alias| &alias.new)) {
                let places = related.entry(item).or_default();
                // A question may name an item under its old id too.
                if places.last() != Some(&place) {
                    places.push(place);
                }
            }
        }
    }
    related
}

fn item(input: &Input, numbers: &Numbers, item: &model::Item, related: &[usize]) -> FrameworkItem {
    let results: Vec<_> = related.iter().map(|place| &input.evaluation.scores.questions[*place]).collect();
    let stated: Vec<Option<Points>> = results.iter().map(|result| result.credit.stated).collect();
    let open = |standing| matches!(standing, Standing::Unknown | Standing::Unanswered);
    // A question that does not apply says nothing about the item; the others decide.
    let applying = || results.iter().filter(|result| result.credit.stated.is_some());
    let status = if applying().next().is_none() {
        Status::NotAsked
    } else if applying().all(|result| open(result.standing)) {
        Status::Unknown
    } else {
        by_credit(&stated)
    };
    FrameworkItem {
        id: item.id.to_string(),
        title: item.title.clone(),
        status,
        questions: related.iter().map(|place| numbers.at(*place)).collect(),
    }
}

/// A question that is left out of the stated world (it does not apply) neither meets nor misses an item; an item of
/// which nothing else is asked counts as not asked.
fn by_credit(stated: &[Option<Points>]) -> Status {
    let mut counted = stated.iter().flatten().peekable();
    if counted.peek().is_none() {
        return Status::NotAsked;
    }
    let counted: Vec<&Points> = counted.collect();
    if counted.iter().all(|credit| **credit == Points::FULL) {
        Status::Met
    } else if counted.iter().all(|credit| **credit == Points::ZERO) {
        Status::NotMet
    } else {
        Status::Partly
    }
}
