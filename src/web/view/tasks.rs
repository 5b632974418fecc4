//! The list of areas, with how far each has come.

use serde::Serialize;

use super::{Frame, View, path};
use crate::interview::{Interview, Place, Progress, Stage};
use crate::render::form::Page;
use crate::text::plural;

/// The list of areas.
#[derive(Serialize)]
pub(in crate::web) struct TasksView {
    frame: Frame,
    caption: String,
    heading: &'static str,
    lead: String,
    about: Vec<Line>,
    areas: Vec<Line>,
    /// What the last line says of itself.
    finish: &'static str,
}

/// A line of the list.
#[derive(Serialize)]
struct Line {
    to: String,
    words: String,
    note: String,
    /// The shape: `full`, `part` or `none`.
    shape: &'static str,
    standing: String,
}

impl View for TasksView {
    const PAGE: Page = Page::Tasks;
}

impl TasksView {
    pub(in crate::web) fn new(mut frame: Frame, interview: &Interview) -> Self {
        let heading = "Your answers so far";
        let title = &interview.questionnaire().header().title;
        frame.title = format!("{heading} – {title}");
        let progress = interview.progress();
        Self {
            frame,
            caption: title.clone(),
            heading,
            lead: lead(progress, interview.minutes_left()),
            about: about(interview),
            areas: areas(interview),
            finish: if progress.stage() == Stage::Done {
                "Every question has an answer."
            } else {
                "Possible now. Questions without an answer count like “no”, and you can answer them later."
            },
        }
    }
}

fn lead(Progress { done, of, .. }: Progress, minutes: usize) -> String {
    match of - done {
        0 => "Every question has an answer. Check them, then make the report.".to_owned(),
        _ => format!(
            "{done} of {} {} answered. The rest takes about {}. Do the areas in any order, and ask others for what \
             you don’t know.",
            plural(of, "question", "questions"),
            if done == 1 { "is" } else { "are" },
            plural(minutes, "minute", "minutes"),
        ),
    }
}

fn about(interview: &Interview) -> Vec<Line> {
    let open = interview.is_open(&Place::Organisation);
    let date = interview.assessment().date.in_words();
    let organisation = Line {
        to: path(&Place::Organisation),
        words: "Name, kind and date".to_owned(),
        note: match interview.later_day() {
            None => format!("Assessment of {date}."),
            Some(_) => format!("Assessment of {date}. Change the date if you go on answering today."),
        },
        shape: if open { "none" } else { "full" },
        standing: if open { "Not started" } else { "Done" }.to_owned(),
    };
    let facts = interview.facts_start().map(|start| {
        let progress = interview.facts_progress();
        let count = plural(progress.of, "short question", "short questions");
        let note = format!("{count}. They decide which others you are asked.");
        line(&start, "What your organisation has and does", note, progress)
    });
    std::iter::once(organisation).chain(facts).collect()
}

fn areas(interview: &Interview) -> Vec<Line> {
    let line = |task: &crate::interview::Task<'_>| {
        let questions = plural(task.progress.of, "question", "questions");
        let note = match task.unknown {
            0 => questions,
            unknown => format!("{questions}, {unknown} “I don’t know”"),
        };
        line(&task.start, &format!("{} {}", task.number, task.area.title), note, task.progress)
    };
    interview.tasks().iter().map(line).collect()
}

fn line(start: &Place, words: &str, note: String, progress: Progress) -> Line {
    let (shape, standing) = match progress.stage() {
        Stage::Done => ("full", "Done".to_owned()),
        Stage::Begun => ("part", format!("{} of {}", progress.done, progress.of)),
        Stage::NotStarted => ("none", "Not started".to_owned()),
    };
    Line { to: path(start), words: words.to_owned(), note, shape, standing }
}
