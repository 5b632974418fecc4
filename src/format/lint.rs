//! Whether the names that a file uses for things in other files exist: controls, sources, framework items and
//! techniques. Only `check` asks, so that everything else need not read those files.

use std::collections::{BTreeMap, BTreeSet};

use toml::Spanned;

use super::document::Document;
use super::flaw::absent;
use super::incident::RawIncident;
use super::leaf::List;
use super::questionnaire::RawQuestionnaire;
use super::read::{Field, Reader, Span, quoted};
use crate::model::{Control, ControlId, Framework, Missing, Reference, Source, SourceId};
use crate::problem::{Code, Problem, Problems};

/// What references to ATT&CK begin with.
const ATTACK: &str = "ATT:";

/// What there is to refer to.
#[derive(Debug, Clone, Default)]
pub struct Shelf {
    controls: BTreeSet<String>,
    sources: BTreeSet<String>,
    items: BTreeSet<String>,
    /// The name that replaced one that is no longer used.
    renumbered: BTreeMap<String, String>,
}

impl Shelf {
    /// What there is in these controls, sources and frameworks.
    pub fn new(controls: &[Control], sources: &[Source], frameworks: &[Framework]) -> Self {
        let mut shelf = Self {
            controls: controls.iter().map(|control| control.id.to_string()).collect(),
            sources: sources.iter().map(|source| source.id.to_string()).collect(),
            ..Self::default()
        };
        for framework in frameworks {
            let named = |item: &crate::model::ItemId| format!("{}:{item}", framework.prefix);
            shelf.items.extend(framework.items.iter().map(|item| named(&item.id)));
            let renumbered = framework.aliases.iter().map(|alias| (named(&alias.old), named(&alias.new)));
            shelf.renumbered.extend(renumbered);
        }
        shelf
    }

    /// Checks the questions that a questionnaire declares itself.
    pub fn questionnaire(&self, document: &Document<'_>) -> Problems {
        document.scan(|raw: RawQuestionnaire, reader| {
            for question in raw.question.or_default().values() {
                self.controls(question.controls, reader);
                self.sources(question.sources, reader);
                for (reference, at) in members(question.references) {
                    reader.report_all(self.reference(&reference, at));
                }
            }
        })
    }

    /// Checks the steps of an incident.
    pub fn incident(&self, document: &Document<'_>) -> Problems {
        document.scan(|raw: RawIncident, reader| {
            for step in raw.step.or_default().values() {
                self.controls(step.detect, reader);
                for prevention in step.prevent.or_default().values() {
                    reader.report_all(prevention.control.value.and_then(|id| self.control(&id)));
                }
                for (technique, at) in members(step.techniques) {
                    reader.report_all(self.technique(technique.as_str(), at));
                }
            }
        })
    }

    fn controls(&self, ids: Field<List<ControlId>>, reader: &mut Reader<'_>) {
        reader.report_all(ids.or_default().0.iter().flatten().filter_map(|id| self.control(id)));
    }

    fn control(&self, id: &Spanned<ControlId>) -> Option<Problem> {
        missing(&self.controls, id.get_ref().as_str(), Code::UnknownControl, "control", id.span())
    }

    fn sources(&self, ids: Field<List<SourceId>>, reader: &mut Reader<'_>) {
        for (id, at) in members(ids) {
            reader.report_all(missing(&self.sources, id.as_str(), Code::UnknownSource, "source", at));
        }
    }

    fn reference(&self, reference: &Reference, at: Span) -> Option<Problem> {
        let name = reference.to_string();
        let problem = missing(&self.items, &name, Code::UnknownReference, "framework item", at.clone())?;
        self.renumbered(&name, "", at).or(Some(problem))
    }

    fn technique(&self, id: &str, at: Span) -> Option<Problem> {
        if self.items.contains(&format!("{ATTACK}{id}")) {
            return None;
        }
        self.renumbered(id, ATTACK, at.clone()).or_else(|| {
            let techniques = self.items.iter().filter_map(|item| item.strip_prefix(ATTACK));
            Some(absent(Code::UnknownTechnique, at, "technique", &Missing::new(id, techniques)))
        })
    }

    /// A warning where a name is one that the publisher no longer uses. The name is written without the prefix.
    fn renumbered(&self, name: &str, prefix: &str, at: Span) -> Option<Problem> {
        let new = self.renumbered.get(&format!("{prefix}{name}"))?.strip_prefix(prefix)?;
        let message = format!("{} has another number now", quoted(name));
        let problem =
            Problem::new(Code::RenumberedTechnique, at, message).suggest(Some(format!("\"{new}\"")));
        Some(problem.help("reports show the new number and the old one"))
    }
}

fn members<T>(list: Field<List<T>>) -> impl Iterator<Item = (T, Span)> {
    let members = list.or_default().0.into_iter().flatten();
    members.map(|member| {
        let at = member.span();
        (member.into_inner(), at)
    })
}

fn missing(
    existing: &BTreeSet<String>,
    name: &str,
    code: Code,
    what: &'static str,
    at: Span,
) -> Option<Problem> {
    if existing.contains(name) {
        return None;
    }
    Some(absent(code, at, what, &Missing::new(name, existing.iter().map(String::as_str))))
}
