//! What to say: one owned, serialisable view of an assessment, from which every renderer draws.
//!
//! Tone, order and words are decided here; looks are not. Shares of points are in basis points (10000 is 100.00).
#![deny(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "pure module"
)]

mod action;
mod ageing;
mod agenda;
mod answer;
mod area;
mod audience;
mod booklet;
pub mod form;
mod framework;
mod head;
mod history;
mod incident;
mod label;
mod ledger;
mod movement;
mod narrative;
mod plan;
mod promise;
mod public;
mod schedule;
mod score;
mod services;
mod shelf;
mod story;
mod task;
mod verdict;
mod waivers;
mod way;
mod why;

use serde::Serialize;

pub use action::{Action, FindOut};
pub use ageing::{Ageing, Counted, Expiry, ExpiryItem, ExpiryKind};
pub use agenda::{Agenda, AgendaEvent, untold};
pub use answer::{Answer, EvidenceView, Finding};
pub use area::Area;
pub use audience::Audience;
pub use booklet::{Booklet, BookletArea, BookletFact, BookletGate, BookletOption, BookletQuestion};
pub use framework::{Framework, FrameworkItem, Status, StatusCounts};
pub use head::{Day, Head, OrganisationView, QuestionnaireView, Tool};
#[cfg(test)]
pub(crate) use history::fixture as history_fixture;
pub use history::{Dated, Gap, GapList, History, HistoryEntry, HistoryStep, Told};
pub use incident::{Incident, IncidentNote, Incidents, Step, StepMeasure, StepState, Technique, WordCounts};
pub use ledger::{Ledger, LedgerRow};
pub use movement::{
    AreaMovement, ChangeGroup, ChangeGroupKind, GateMovement, IncidentMovement, Moment, Movement,
    QuestionChange, ScoreMovement, Turn,
};
pub use narrative::Chapter;
pub use plan::{Closer, Plan, TaskGroup, Wishes};
pub use promise::Promise;
pub use public::Passage;
pub use score::Score;
pub use services::{Service, ServiceGroup, Services};
pub use shelf::{Shelf, ShelfEntry};
pub use story::{Stories, Story, StoryEntry, StoryInput, StoryMeasures, StoryStep};
pub use task::{Due, Task};
pub use verdict::{BandView, Counts, Gate, Hold, HoldKind, Verdict};
pub use waivers::{AcceptedRisk, WaiverState, WaiverView};
pub use why::{Subject, Why, WhyPart};

use crate::model::{self, Assessment, Date, Questionnaire};
pub use crate::model::{Accent, Block, Brand, Colour, Difference, Inline, Logo, Points, Prose, Worlds};
use crate::scoring::{Evaluation, Scheme};
use crate::text::Words;

/// Everything that a report of one assessment says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Who was assessed, when, with what.
    pub head: Head,
    /// What somebody wrote to stand before the verdict.
    pub foreword: Vec<Chapter>,
    /// The score and what it means.
    pub verdict: Verdict,
    /// The gates, in order of the questionnaire.
    pub gates: Vec<Gate>,
    /// What to do, in order; the first five are the headline actions.
    pub actions: Vec<Action>,
    /// What to find out, most at stake first.
    pub find_out: Vec<FindOut>,
    /// The accepted risks: those whose acceptance ran out first.
    pub waivers: Vec<AcceptedRisk>,
    /// What has run out today, and what runs out next.
    pub ageing: Ageing,
    /// The areas with their questions, in order of the questionnaire.
    pub areas: Vec<Area>,
    /// The recorded incidents replayed against the answers.
    pub incidents: Incidents,
    /// The frameworks that the questions relate to.
    pub frameworks: Vec<Framework>,
    /// Who helps, and whom to tell when something has happened.
    pub services: Services,
    /// Where the 100 points went; nothing without a score.
    pub ledger: Option<Ledger>,
    /// Notices that licences require.
    pub notices: Vec<String>,
    /// What moved since the assessment before, when there is one to compare with.
    pub since: Option<Movement>,
    /// What an audience is told in words, where it is not told more.
    pub passages: Vec<Passage>,
    /// What somebody wrote to stand at the end.
    pub afterword: Vec<Chapter>,
    /// The language in which it is said.
    #[serde(skip)]
    pub words: &'static Words,
}

/// What a report is made from.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The questionnaire.
    pub questionnaire: &'a Questionnaire,
    /// SHA-256 of the questionnaire's file and, joined to it, of its base's, in hex.
    pub questionnaire_sha256: &'a str,
    /// The answers.
    pub assessment: &'a Assessment,
    /// SHA-256 of the answers file, in hex.
    pub answers_sha256: &'a str,
    /// The day on which acceptances and the age of answers are judged; not before the assessment.
    pub today: Date,
    /// How it is scored.
    pub scheme: &'a Scheme,
    /// Every number.
    pub evaluation: &'a Evaluation,
    /// The incidents that were replayed, by ascending id, as the evaluation has them.
    pub incidents: &'a [model::Incident],
    /// The controls that questions measure.
    pub controls: &'a [model::Control],
    /// The frameworks that references point to.
    pub frameworks: &'a [model::Framework],
    /// The services and contacts that there are.
    pub services: &'a model::Services,
    /// The version of this tool.
    pub tool_version: &'a str,
    /// The language in which to say it.
    pub words: &'static Words,
}

impl Report {
    /// Decides what to say about an assessment, for whoever made it.
    pub fn new(input: &Input) -> Self {
        let numbers = Numbers::new(input.questionnaire);
        let areas = area::areas(input, &numbers);
        Self {
            head: Head::new(input),
            foreword: narrative::foreword(input),
            verdict: Verdict::new(input, &numbers),
            gates: verdict::gates(input, &numbers),
            actions: action::actions(input, &numbers),
            find_out: action::find_out(input, &numbers),
            waivers: waivers::accepted_risks(input, &numbers),
            ageing: Ageing::new(input, &numbers),
            incidents: Incidents::new(input, &numbers),
            frameworks: framework::frameworks(input, &numbers),
            services: Services::new(input),
            ledger: Ledger::new(input, &areas),
            areas,
            notices: head::notices(input),
            since: None,
            passages: Vec::new(),
            afterword: narrative::afterword(input),
            words: input.words,
        }
    }
}

/// A question as reports refer to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuestionRef {
    /// Its id.
    pub id: String,
    /// Its number, `6.2`: the area's place and its place within the area.
    pub number: String,
    /// The same number as an anchor, `q6-2`.
    pub anchor: String,
    /// Its short name.
    pub title: String,
}

/// The numbers by which reports refer to questions.
struct Numbers(Vec<QuestionRef>);

impl Numbers {
    fn new(questionnaire: &Questionnaire) -> Self {
        let areas = questionnaire.areas();
        let mut counts = vec![0_usize; areas.len()];
        let number = |question: &model::Question| {
            let area =
                areas.iter().position(|area| area.id.as_str() == question.id.area()).unwrap_or_default();
            if let Some(count) = counts.get_mut(area) {
                *count += 1;
            }
            let place = counts.get(area).copied().unwrap_or_default();
            QuestionRef {
                id: question.id.to_string(),
                number: format!("{}.{place}", area + 1),
                anchor: format!("q{}-{place}", area + 1),
                title: question.title.clone(),
            }
        };
        Self(questionnaire.questions().iter().map(number).collect())
    }

    /// The reference to a question by its place in the questionnaire.
    fn at(&self, place: usize) -> QuestionRef {
        self.0.get(place).cloned().unwrap_or_else(|| QuestionRef {
            id: String::new(),
            number: String::new(),
            anchor: String::new(),
            title: String::new(),
        })
    }
}

/// The place of a question by its number in reports, such as `6.2`.
pub fn place_of(questionnaire: &Questionnaire, number: &str) -> Option<usize> {
    Numbers::new(questionnaire).0.iter().position(|question| question.number == number)
}

/// The first sentence of a text, and the rest.
fn first_sentence(text: &str) -> (String, String) {
    let end = text
        .char_indices()
        .find(|(i, c)| matches!(c, '.' | '!' | '?') && text[i + c.len_utf8()..].starts_with(' '))
        .map_or(text.len(), |(i, c)| i + c.len_utf8());
    let (first, rest) = text.split_at(end);
    (first.trim_end_matches('.').to_owned(), rest.trim().to_owned())
}
