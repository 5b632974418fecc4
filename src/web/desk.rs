//! What a person at the page does: the interview, the answers file, and what is not saved yet.
//!
//! Every request becomes one call here, and every call an [`Outcome`]. Nothing here knows HTTP. What was entered and
//! cannot be saved, because of a mistake or because the disk is full, stays here until it can.

mod choice;
mod report;
mod saving;

use std::collections::BTreeMap;

pub(super) use report::Format;
use saving::Conflict;

use super::fields::Sent;
use super::view::{
    CheckView, EndedView, FactPage, Frame, Link, OrganisationView, QuestionPage, StopView, TasksView,
    Trouble, View, anchor, path, shown,
};
use crate::format::{Document, assessment, rewrite, skeleton};
use crate::interview::{Details, Interview, Mistake, Place, Step};
use crate::model::{Assessment, CarriedOver, Control, Date, Framework, Incident, Questionnaire, Services};
use crate::problem::{Problems, Source};
use crate::render::form;
use crate::render::template::TemplateError;
use crate::store::AnswersFile;

/// What is asked, and what the answers are scored with.
#[derive(Debug)]
pub struct Material {
    /// The questionnaire.
    pub questionnaire: Questionnaire,
    /// SHA-256 of its file, followed by its bases' files, in hex.
    pub questionnaire_sha256: String,
    /// The incidents to replay, by ascending id.
    pub incidents: Vec<Incident>,
    /// The controls that questions measure.
    pub controls: Vec<Control>,
    /// The frameworks that references point to.
    pub frameworks: Vec<Framework>,
    /// The services and contacts that there are.
    pub services: Services,
}

/// The interview, the answers file, and what is not saved yet. It holds answers, so it cannot be shown by `Debug`.
pub struct Desk {
    file: AnswersFile,
    material: Material,
    /// What can be asked instead, as long as the person has not chosen.
    others: Vec<Material>,
    choice: Choice,
    interview: Interview,
    /// What was entered and could not be saved, by place.
    drafts: BTreeMap<Place, Draft>,
    conflict: Option<Conflict>,
    /// Something to say on the next page.
    notice: Option<String>,
    today: Date,
    /// What every form must send back.
    pub(super) csrf: String,
}

/// How far the choice of a questionnaire has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Choice {
    Made,
    Open,
    /// The form was sent without one.
    Missing,
}

/// What was entered and is not saved.
#[derive(Clone)]
struct Draft {
    entered: Entered,
    mistakes: Vec<Mistake>,
    trouble: Option<Trouble>,
}

#[derive(Clone)]
enum Entered {
    Details(Details),
    Fact(String),
    Question(Box<Sent>),
}

/// A place, and where the person came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Visit {
    pub(super) place: Place,
    /// From "check your answers", where the person wants to return.
    pub(super) from_check: bool,
}

/// What follows from a request.
pub(super) enum Outcome {
    /// A page.
    Page(String),
    /// Another page of ours.
    Go(String),
    /// The report itself.
    Report(String),
    /// A file to keep.
    File(Vec<u8>),
    /// There is no such place.
    Nowhere,
}

const SAVED: &str = "Saved. You can stop at any point; nothing is lost.";
const NOT_SAVED: &str = "This page is not saved yet.";

type Done = Result<Outcome, TemplateError>;

impl Desk {
    /// Goes on with the answers of a file. One that was never saved begins with nothing said; when something else can be
    /// asked too, the person chooses first.
    ///
    /// # Errors
    /// What is wrong with the file.
    pub fn new(
        mut file: AnswersFile,
        material: Material,
        others: Vec<Material>,
        today: Date,
    ) -> Result<Self, Problems> {
        let interview = if file.is_new() {
            file.begin_with(draft(&material, today));
            begun(&material, today)
        } else {
            let (assessment, carried) = read(&file, &material.questionnaire)?;
            interview(&material, assessment, carried, today)
        };
        let choice = if file.is_new() && !others.is_empty() { Choice::Open } else { Choice::Made };
        Ok(Self {
            file,
            material,
            others,
            choice,
            interview,
            drafts: BTreeMap::new(),
            conflict: None,
            notice: None,
            today,
            csrf: String::new(),
        })
    }

    /// Whether there is a file: it is made when something is saved for the first time.
    pub fn has_file(&self) -> bool {
        !self.file.is_new()
    }

    /// Where a person begins: with a choice, with the organisation, or with the list of areas.
    pub(super) fn start(&self) -> Outcome {
        let first = self.interview.is_open(&Place::Organisation);
        Outcome::Go(match self.choice {
            Choice::Open | Choice::Missing => "/choose".to_owned(),
            Choice::Made if first => path(&Place::Organisation),
            Choice::Made => "/tasks".to_owned(),
        })
    }

    /// The form of a place.
    pub(super) fn show(&mut self, visit: &Visit) -> Done {
        if self.choice != Choice::Made {
            return Ok(self.start());
        }
        let mut frame = self.frame();
        let draft = self.drafts.get(&visit.place);
        if let Some(draft) = draft {
            frame.mistakes = shown(&draft.mistakes);
            frame.trouble.clone_from(&draft.trouble);
            frame.standing = NOT_SAVED;
        }
        frame.back = Some(self.back(visit));
        let action = address(visit);
        let entered = draft.map(|draft| &draft.entered);
        match self.interview.step_at(&visit.place) {
            Some(Step::Organisation(given)) => {
                let is_first = self.interview.is_open(&Place::Organisation);
                if is_first {
                    let choose = Link { to: "/choose".to_owned(), words: "Back" };
                    frame.back = self.may_choose().then_some(choose);
                }
                let details = match entered {
                    Some(Entered::Details(details)) => details.clone(),
                    // Nobody has said yet what sort of organisation it is.
                    _ if is_first => Details { kind: String::new(), ..given },
                    _ => given,
                };
                let header = self.material.questionnaire.header();
                page(&OrganisationView::new(frame, action, header, &details, is_first))
            }
            Some(Step::Fact(step)) => {
                let sent = match entered {
                    Some(Entered::Fact(sent)) => Some(sent.as_str()),
                    _ => None,
                };
                page(&FactPage::new(frame, action, &step, sent))
            }
            Some(Step::Question(step)) => {
                let sent = match entered {
                    Some(Entered::Question(sent)) => Sent::clone(sent),
                    _ => Sent::of(step.reply.clone()),
                };
                page(&QuestionPage::new(frame, action, &step, &sent))
            }
            Some(Step::Check) => self.check(),
            None => Ok(Outcome::Nowhere),
        }
    }

    /// The list of areas.
    pub(super) fn tasks(&mut self) -> Done {
        if self.interview.is_open(&Place::Organisation) {
            return Ok(self.start());
        }
        let frame = Frame { leads_to_tasks: false, ..self.frame() };
        page(&TasksView::new(frame, &self.interview))
    }

    /// "Check your answers".
    pub(super) fn check(&mut self) -> Done {
        let back = Some(Link { to: "/tasks".to_owned(), words: "Back to your answers so far" });
        let frame = Frame { back, leads_to_tasks: false, ..self.frame() };
        page(&CheckView::new(frame, &self.interview))
    }

    /// Everything is saved.
    pub(super) fn stop(&mut self) -> Done {
        let file = self.file_name();
        page(&StopView::new(self.frame(), file))
    }

    /// The program ends.
    pub(super) fn ended(&mut self) -> Done {
        let file = self.file_name();
        let frame = Frame { standing: "", leads_to_tasks: false, ..self.frame() };
        page(&EndedView::new(frame, &file))
    }

    fn file_name(&self) -> String {
        let path = self.file.path();
        crate::text::visible(&path.file_name().unwrap_or(path.as_os_str()).to_string_lossy()).into_owned()
    }

    fn frame(&mut self) -> Frame {
        let name = self.interview.assessment().organisation.name.trim();
        let is_new = self.file.is_new();
        Frame {
            organisation: if name.is_empty() { "New assessment" } else { name }.to_owned(),
            standing: if is_new { "" } else { SAVED },
            leads_to_tasks: !is_new,
            csrf: self.csrf.clone(),
            notice: self.notice.take(),
            ..Frame::default()
        }
    }

    fn back(&self, visit: &Visit) -> Link {
        if visit.from_check {
            let to = format!("/check#{}", anchor(&visit.place));
            return Link { to, words: "Back to check your answers" };
        }
        if visit.place == Place::Organisation {
            return Link { to: "/tasks".to_owned(), words: "Back to your answers so far" };
        }
        Link { to: path(&self.interview.preceding(&visit.place)), words: "Back" }
    }
}

/// The address of a form.
fn address(visit: &Visit) -> String {
    format!("{}{}", path(&visit.place), if visit.from_check { "?from=check" } else { "" })
}

fn draft(material: &Material, today: Date) -> String {
    let facts = material.questionnaire.asked_facts(&material.incidents);
    skeleton::answers(&material.questionnaire, &facts, "", today)
}

fn begun(material: &Material, today: Date) -> Interview {
    interview(material, Interview::blank(&material.questionnaire, today), CarriedOver::default(), today)
}

fn interview(material: &Material, assessment: Assessment, carried: CarriedOver, today: Date) -> Interview {
    Interview::new(material.questionnaire.clone(), &material.incidents, assessment, carried, today)
}

fn page<V: View>(view: &V) -> Done {
    form::page(V::PAGE, view).map(Outcome::Page)
}

/// What a file says, as it was last seen.
fn read(file: &AnswersFile, questionnaire: &Questionnaire) -> Result<(Assessment, CarriedOver), Problems> {
    let source = Source::new(file.path().to_string_lossy().into_owned(), file.text().to_owned());
    match assessment::read(&Document::parse(&source), questionnaire) {
        (Some(assessment), _) => Ok((assessment, rewrite::carried_over(file.text()))),
        (None, problems) => Err(problems),
    }
}

/// `Line 12: unknown key.`
fn first_problem(problems: &Problems) -> String {
    problems.iter().find(|problem| problem.is_error()).map_or_else(String::new, |problem| {
        let line = problems.source(&problem.place).map_or(0, |source| source.line_of(problem.place.start).0);
        format!("line {line}: {}.", problem.message)
    })
}
