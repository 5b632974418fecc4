//! Two answers to the same thing: the person chooses.

use serde::Serialize;

use super::{Frame, View};
use crate::interview::Interview;
use crate::model::{Answer, Assessment, Change, Given, Question, Ternary};
use crate::render::form::Page;
use crate::text::sentence_case;

/// Two answers to the same thing.
#[derive(Serialize)]
pub(in crate::web) struct ConflictView {
    frame: Frame,
    heading: &'static str,
    clashes: Vec<Clash>,
}

/// What was asked, and what each side says.
#[derive(Serialize)]
struct Clash {
    ask: String,
    mine: Vec<Said>,
    theirs: Vec<Said>,
}

/// A part of an answer.
#[derive(Serialize)]
struct Said {
    label: &'static str,
    words: String,
}

impl View for ConflictView {
    const PAGE: Page = Page::Conflict;
}

impl ConflictView {
    /// The interview shows what the file says now; the changes are what was entered here.
    pub(in crate::web) fn new(mut frame: Frame, interview: &Interview, conflicts: &[Change]) -> Self {
        let heading = "Two answers to the same question";
        heading.clone_into(&mut frame.title);
        let theirs = interview.assessment();
        let mut mine = theirs.clone();
        for change in conflicts {
            // Only what was entered counts here, not what it would keep of the other answer.
            mine.apply(change);
        }
        let clash = |change: &Change| Clash {
            ask: asked(change, interview),
            mine: said(change, &mine, interview),
            theirs: said(change, theirs, interview),
        };
        Self { frame, heading, clashes: conflicts.iter().map(clash).collect() }
    }
}

fn asked(change: &Change, interview: &Interview) -> String {
    match change {
        Change::Fact(id, _) => {
            let fact = interview.facts().iter().find(|fact| fact.id == *id);
            fact.map_or_else(|| id.to_string(), |fact| fact.ask.clone())
        }
        Change::Answer(id, _) => {
            let question = interview.questionnaire().question(id.as_str());
            question.map_or_else(|| id.to_string(), |question| question.ask.clone())
        }
        Change::Questionnaire(..) => "Questionnaire".to_owned(),
        Change::Name(_) => "Name of your organisation".to_owned(),
        Change::Kind(_) => "Kind of organisation".to_owned(),
        Change::Country(_) => "Country".to_owned(),
        Change::Date(_) => "Date of the assessment".to_owned(),
        Change::Assessor(_) => "Who answers".to_owned(),
        Change::SelfAssessed(_) => "Self-assessment".to_owned(),
        Change::Marking(_) => "Marking for every page".to_owned(),
    }
}

/// What an assessment says about the subject of a change.
fn said(change: &Change, side: &Assessment, interview: &Interview) -> Vec<Said> {
    let organisation = &side.organisation;
    let words = match change {
        Change::Answer(id, _) => {
            let (question, answer) = (interview.questionnaire().question(id.as_str()), side.answers.get(id));
            return match question.zip(answer) {
                Some((question, answer)) => answer_parts(question, answer),
                None => vec![Said { label: "Answer", words: "Not answered".to_owned() }],
            };
        }
        Change::Fact(id, _) => side.facts.get(id).map(|word| match word {
            Ternary::Unknown => "I don’t know".to_owned(),
            word => sentence_case(word.as_str()),
        }),
        Change::Questionnaire(..) => Some(format!("{} {}", side.questionnaire, side.version)),
        Change::Name(_) => Some(organisation.name.clone()),
        Change::Kind(_) => Some(organisation.kind.in_words().to_owned()),
        Change::Country(_) => Some(organisation.country.clone()),
        Change::Date(_) => Some(side.date.in_words()),
        Change::Assessor(_) => side.assessor.clone(),
        Change::SelfAssessed(_) => side.self_assessed.map(|yes| if yes { "Yes" } else { "No" }.to_owned()),
        Change::Marking(_) => side.marking.clone(),
    };
    vec![Said { label: "Answer", words: words.unwrap_or_else(|| "Not given".to_owned()) }]
}

/// Everything about an answer that is there. The note is shown because the form is the person's own view of their file.
fn answer_parts(question: &Question, answer: &Answer) -> Vec<Said> {
    let given = match &answer.given {
        Given::Unknown => "I don’t know".to_owned(),
        Given::NotApplicable(reason) => format!("Does not apply: {reason}"),
        Given::Definite(value) => question.kind.in_words(value),
    };
    let parts = [
        ("Answer", Some(given)),
        ("Evidence", Some(sentence_case(answer.evidence.as_str()))),
        ("Date of the evidence", answer.evidence_date.map(crate::model::Date::in_words)),
        ("Where it can be found", answer.evidence_where.clone()),
        ("Who answers", answer.by.clone()),
        ("Who does this for you", answer.provided_by.clone()),
        ("Comment", answer.comment.clone()),
        ("Private note", answer.note.as_ref().map(|note| note.expose().clone())),
    ];
    parts.into_iter().filter_map(|(label, words)| Some(Said { label, words: words? })).collect()
}
