//! "Check your answers": everything in one list.

use serde::Serialize;

use super::{Frame, View, path};
use crate::interview::{Checked, Details, Interview, Place, Summary};
use crate::model::OrganisationKind;
use crate::render::form::Page;
use crate::text::{number_word, plural, sentence_case};

/// "Check your answers".
#[derive(Serialize)]
pub(in crate::web) struct CheckView {
    frame: Frame,
    caption: String,
    heading: &'static str,
    lead: String,
    sections: Vec<Section>,
}

/// A part of the list.
#[derive(Serialize)]
struct Section {
    heading: String,
    rows: Vec<Row>,
}

/// One line: what was asked and what was said.
#[derive(Serialize)]
struct Row {
    /// Where one comes back to after a change.
    id: String,
    to: String,
    ask: String,
    answer: String,
    support: Option<String>,
    /// `unk`, `none`, or nothing.
    shape: &'static str,
    verb: &'static str,
    /// What the link is about, for those who hear only links.
    about: String,
}

impl View for CheckView {
    const PAGE: Page = Page::Check;
}

impl CheckView {
    pub(in crate::web) fn new(mut frame: Frame, interview: &Interview) -> Self {
        let heading = "Check your answers";
        let title = &interview.questionnaire().header().title;
        frame.title = format!("{heading} – {title}");
        let summary = interview.summary();
        let all: Vec<&Checked<'_>> = summary.areas.iter().flat_map(|area| &area.answers).collect();
        let open = all.iter().filter(|line| is_open(line)).count();
        let unknown = all.iter().filter(|line| line.unknown && !line.carried).count();
        let mut sections = vec![
            unanswered(interview, &summary),
            section("To find out", summary.lines().filter(|line| line.unknown && !line.carried)),
            organisation(interview),
            section(
                "What your organisation has and does",
                summary.facts.iter().filter(|line| is_settled(line)),
            ),
        ];
        for area in &summary.areas {
            let rows = area.answers.iter().filter(|line| is_settled(line));
            sections.push(section(&format!("{} {}", area.number, area.area.title), rows));
        }
        sections.retain(|section| !section.rows.is_empty());
        Self { frame, caption: title.clone(), heading, lead: lead(open, unknown), sections }
    }
}

/// Where the list shows a place.
pub(in crate::web) fn anchor(place: &Place) -> String {
    path(place).trim_start_matches('/').replace(['/', '.'], "-")
}

fn is_open(line: &Checked<'_>) -> bool {
    line.answer.is_none() || line.carried
}

fn is_settled(line: &Checked<'_>) -> bool {
    !is_open(line) && !line.unknown
}

fn lead(open: usize, unknown: usize) -> String {
    let first = match open {
        0 => "Every question has an answer.".to_owned(),
        1 => "One question has no answer yet, which counts like “no”.".to_owned(),
        open => format!(
            "{} questions have no answer yet, which counts like “no”.",
            sentence_case(&number_word(open))
        ),
    };
    match unknown {
        0 => first,
        1 => format!(
            "{first} One of the answers is “I don’t know”, which counts like “no” until you find out."
        ),
        unknown => format!(
            "{first} {} answers are “I don’t know”, which counts like “no” until you find out.",
            sentence_case(&number_word(unknown))
        ),
    }
}

/// What has no answer yet: question by question when that is a short list, otherwise area by area.
fn unanswered(interview: &Interview, summary: &Summary<'_>) -> Section {
    const SHORT: usize = 12;
    let open: Vec<&Checked<'_>> = summary.lines().filter(|line| is_open(line)).collect();
    let heading = "Not answered yet";
    if open.len() <= SHORT {
        return section(heading, open.into_iter());
    }
    let count = |lines: &[Checked<'_>]| lines.iter().filter(|line| is_open(line)).count();
    let facts = interview
        .facts_start()
        .map(|start| ("About your organisation".to_owned(), start, count(&summary.facts)));
    let areas = summary.areas.iter().filter_map(|area| {
        let name = format!("{} {}", area.number, area.area.title);
        Some((name, interview.area_start(&area.area.id)?, count(&area.answers)))
    });
    let rows = facts.into_iter().chain(areas).filter(|(.., count)| *count > 0);
    let row = |(name, start, count): (String, Place, usize)| Row {
        id: format!("open-{}", anchor(&start)),
        to: path(&start),
        about: format!(": {name}"),
        ask: name,
        answer: plural(count, "question", "questions"),
        support: None,
        shape: "none",
        verb: "Answer",
    };
    Section { heading: heading.to_owned(), rows: rows.map(row).collect() }
}

fn section<'a>(heading: &str, lines: impl Iterator<Item = &'a Checked<'a>>) -> Section {
    Section { heading: heading.to_owned(), rows: lines.map(row).collect() }
}

fn row(line: &Checked<'_>) -> Row {
    let is_fact = matches!(line.place, Place::Fact(_));
    let about = if is_fact { line.ask.to_owned() } else { format!("answer {}", line.number) };
    let answer = match &line.answer {
        None => "Not answered".to_owned(),
        Some(answer) if line.carried => format!("{answer} (last time)"),
        Some(answer) => answer.clone(),
    };
    Row {
        id: anchor(&line.place),
        to: format!("{}?from=check", path(&line.place)),
        ask: if is_fact { line.ask.to_owned() } else { format!("{} {}", line.number, line.ask) },
        answer,
        support: line.support.clone(),
        shape: match line.answer {
            None => "none",
            Some(_) if line.unknown => "unk",
            Some(_) => "",
        },
        verb: match line.answer {
            None => "Answer",
            Some(_) if line.carried => "Confirm",
            Some(_) => "Change",
        },
        about: format!(": {about}"),
    }
}

/// Who is assessed.
fn organisation(interview: &Interview) -> Section {
    let details = Details::of(interview.assessment());
    let kind = OrganisationKind::ALL.into_iter().find(|kind| kind.as_str() == details.kind);
    let kind = kind.map_or("", OrganisationKind::in_words);
    let line = |place: usize, ask: &str, answer: String| Row {
        id: if place == 0 { anchor(&Place::Organisation) } else { format!("organisation-{place}") },
        to: format!("{}?from=check", path(&Place::Organisation)),
        ask: ask.to_owned(),
        answer: if answer.is_empty() { "Not given".to_owned() } else { answer },
        support: None,
        shape: "",
        verb: "Change",
        about: format!(": {}", ask.to_lowercase()),
    };
    Section {
        heading: "Your organisation".to_owned(),
        rows: vec![
            line(0, "Name", details.name),
            line(1, "Kind and country", format!("{kind}, {}", details.country)),
            line(2, "Date of the assessment", details.date),
            line(3, "Who answers", details.assessor),
            line(4, "Marking", details.marking),
        ],
    }
}

/// How many questions wait for an answer: `3 questions have no answer yet`.
pub(in crate::web) fn open_words(count: usize) -> String {
    format!("{} no answer yet", plural(count, "question has", "questions have"))
}
