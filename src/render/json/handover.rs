//! What a report for machines says about whom it is for, and the texts that somebody wrote around the numbers.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::render::markdown;
use crate::report::{Chapter, Prose, Report};

/// Texts that somebody wrote, in Markdown without HTML: those that the audience is meant to read.
#[derive(Serialize, JsonSchema)]
pub(super) struct Narrative<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    positive: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    method: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    closing: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    public: Option<String>,
    /// Those on single areas, by the id of the area.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    areas: BTreeMap<&'a str, String>,
}

impl<'a> Narrative<'a> {
    /// The texts of a report; nothing when it has none.
    pub(super) fn of(report: &'a Report) -> Option<Self> {
        let chapters: Vec<&Chapter> = report.foreword.iter().chain(&report.afterword).collect();
        let text = |prose: &Prose| markdown::text(prose).trim_end().to_owned();
        let areas: BTreeMap<&str, String> = report
            .areas
            .iter()
            .filter_map(|area| Some((area.id.as_str(), text(area.narrative.as_ref()?))))
            .collect();
        let of = |id| chapters.iter().find(|chapter| chapter.id == id).map(|chapter| text(&chapter.text));
        (!chapters.is_empty() || !areas.is_empty()).then(|| Self {
            summary: of("summary"),
            scope: of("scope"),
            positive: of("positive"),
            method: of("method"),
            closing: of("closing"),
            public: of("public"),
            areas,
        })
    }
}
