//! What a person at the page does: the interview, the answers file, and what is not saved yet.
//!
//! Every request becomes one call here, and every call an [`Outcome`]. Nothing here knows HTTP. What was entered and
//! cannot be saved, because of a mistake or because the disk is full, stays here until it can.

use std::collections::BTreeMap;

use super::fields::{Fields, Sent, details};
use super::view::{
    CheckView, ChooseView, ConflictView, EndedView, FactPage, Frame, Link, OrganisationView, QuestionPage,
    ReportView, StopView, TasksView, Trouble, View, anchor, path, shown,
};
use crate::format::{Document, assessment, rewrite, skeleton};
use crate::interview::{Details, Field, Interview, Mistake, Place, Step, Wrong};
use crate::model::{
    Assessment, CarriedOver, Change, Control, Date, Framework, Incident, Questionnaire, Services,
};
use crate::problem::{Problems, Source};
use crate::render::form;
use crate::render::template::TemplateError;
use crate::report::{Input, Report};
use crate::scoring::Scheme;
use crate::store::{AnswersError, AnswersFile, Saved};

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

/// Changes that the file has otherwise meanwhile.
struct Conflict {
    changes: Vec<Change>,
    conflicts: Vec<Change>,
    visit: Visit,
    wish: Wish,
}

/// A place, and where the person came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Visit {
    pub(super) place: Place,
    /// From "check your answers", where the person wants to return.
    pub(super) from_check: bool,
}

/// What a person wants to do with a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wish {
    Continue,
    Stop,
    Skip,
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

/// The formats in which the report can be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Html,
    Markdown,
    Json,
}

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

    /// What can be asked.
    pub(super) fn choices(&mut self) -> Done {
        if !self.may_choose() {
            return Ok(self.start());
        }
        let mut frame = self.frame();
        if self.choice == Choice::Missing {
            frame.mistakes = shown(&[Mistake::new(Field::Answer, Wrong::NotOffered)]);
        }
        let offered = std::iter::once(&self.material).chain(&self.others).map(|offer| &offer.questionnaire);
        let chosen = (self.choice == Choice::Made).then(|| self.material.questionnaire.header().id.as_str());
        page(&ChooseView::new(frame, offered, chosen))
    }

    /// Takes the choice of what is asked.
    pub(super) fn choose(&mut self, fields: &Fields) -> Outcome {
        if !self.may_choose() {
            return self.start();
        }
        let id = fields.get(Field::Answer.as_str());
        let is_meant = |offer: &Material| offer.questionnaire.header().id.as_str() == id;
        if let Some(other) = self.others.iter_mut().find(|other| is_meant(other)) {
            std::mem::swap(other, &mut self.material);
        } else if !is_meant(&self.material) {
            self.choice = Choice::Missing;
            return Outcome::Go("/choose".to_owned());
        }
        self.choice = Choice::Made;
        self.drafts.clear();
        self.file.begin_with(draft(&self.material, self.today));
        self.interview = begun(&self.material, self.today);
        self.start()
    }

    /// A choice is possible until something is saved.
    fn may_choose(&self) -> bool {
        self.file.is_new() && !self.others.is_empty()
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

    /// Takes what the form of a place has sent.
    pub(super) fn take(&mut self, visit: &Visit, fields: &Fields) -> Outcome {
        let wish = match fields.get("do") {
            "stop" => Wish::Stop,
            "skip" => Wish::Skip,
            _ => Wish::Continue,
        };
        let (entered, changes, untouched) = match self.interview.step_at(&visit.place) {
            Some(Step::Organisation(given)) => {
                let details = details(fields);
                let changes = self.interview.answer_details(&details);
                let untouched = details == given;
                (Entered::Details(details), changes, untouched)
            }
            Some(Step::Fact(step)) => {
                let sent = fields.get("answer").to_owned();
                let untouched = sent == step.given.or(step.proposed).map_or("", |word| word.as_str());
                (Entered::Fact(sent.clone()), self.interview.answer_fact(&step.fact.id, &sent), untouched)
            }
            Some(Step::Question(step)) => {
                let sent = Sent::read(fields);
                let untouched = sent.is_untouched(&Sent::of(step.reply.clone()));
                let changes = sent.answer(step.question, &self.interview);
                (Entered::Question(Box::new(sent)), changes, untouched)
            }
            Some(Step::Check) | None => return Outcome::Nowhere,
        };
        // Leaving a page as it was is no answer: skipping always, stopping too.
        if wish == Wish::Skip || (wish == Wish::Stop && untouched) {
            if untouched {
                self.drafts.remove(&visit.place);
            } else {
                self.keep(visit, entered, Vec::new(), None);
            }
            return Outcome::Go(self.after(visit, wish));
        }
        match changes {
            Ok(changes) => self.save(visit, wish, entered, changes),
            Err(mistakes) => {
                self.keep(visit, entered, mistakes, None);
                Outcome::Go(address(visit))
            }
        }
    }

    fn keep(&mut self, visit: &Visit, entered: Entered, mistakes: Vec<Mistake>, trouble: Option<Trouble>) {
        self.drafts.insert(visit.place.clone(), Draft { entered, mistakes, trouble });
    }

    /// Saves changes. They count only when they are on disk.
    fn save(&mut self, visit: &Visit, wish: Wish, entered: Entered, changes: Vec<Change>) -> Outcome {
        match self.file.save(&changes, &self.material.questionnaire) {
            Ok(saved) => {
                self.saved(saved, &changes);
                self.drafts.remove(&visit.place);
                Outcome::Go(self.after(visit, wish))
            }
            Err(AnswersError::Conflict(conflicts)) => match read(&self.file, &self.material.questionnaire) {
                Ok((assessment, carried)) => {
                    self.interview.refresh(assessment, carried);
                    self.keep(visit, entered, Vec::new(), None);
                    self.conflict = Some(Conflict { changes, conflicts, visit: visit.clone(), wish });
                    Outcome::Go("/conflict".to_owned())
                }
                Err(problems) => {
                    let what =
                        "Another program has changed this answer in the file, in a way that cannot be read.";
                    let trouble = Trouble { what: what.to_owned(), help: first_problem(&problems) };
                    self.keep(visit, entered, Vec::new(), Some(trouble));
                    Outcome::Go(address(visit))
                }
            },
            Err(error) => {
                self.keep(visit, entered, Vec::new(), Some(trouble(&error)));
                Outcome::Go(address(visit))
            }
        }
    }

    fn saved(&mut self, saved: Saved, changes: &[Change]) {
        self.interview.accept(changes);
        if saved == Saved::Joined {
            self.notice = Some(match read(&self.file, &self.material.questionnaire) {
                Ok((assessment, carried)) => {
                    self.interview.refresh(assessment, carried);
                    "Another program has changed the answers file meanwhile. Its changes are kept and shown here.".to_owned()
                }
                Err(problems) => format!(
                    "Your answer is saved. But another program has written something into the file that cannot be \
                     read: {}",
                    first_problem(&problems)
                ),
            });
        }
    }

    /// Where a person goes after a form.
    fn after(&self, visit: &Visit, wish: Wish) -> String {
        match wish {
            Wish::Stop => "/stop".to_owned(),
            Wish::Continue | Wish::Skip if visit.from_check => format!("/check#{}", anchor(&visit.place)),
            Wish::Continue | Wish::Skip => path(&self.interview.next_open(&visit.place)),
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

    /// What the report says in a word, and where it is.
    pub(super) fn report_page(&mut self) -> Done {
        let mut frame = self.frame();
        frame.back = Some(Link { to: "/check".to_owned(), words: "Back to check your answers" });
        match self.report() {
            Ok(report) => page(&ReportView::new(frame, &report)),
            Err(problems) => {
                self.notice = Some(format!("The report cannot be made yet: {}", first_problem(&problems)));
                self.check()
            }
        }
    }

    /// The report itself.
    pub(super) fn report_in(&mut self, format: Format, to_keep: bool) -> Done {
        let Ok(report) = self.report() else { return Ok(Outcome::Go("/report".to_owned())) };
        Ok(match format {
            Format::Html if to_keep => Outcome::File(crate::render::html::report(&report)?.into_bytes()),
            Format::Html => Outcome::Report(crate::render::html::report(&report)?),
            Format::Markdown => Outcome::File(crate::render::markdown::report(&report).into_bytes()),
            Format::Json => match crate::render::json::report(&report) {
                Ok(json) => Outcome::File(json.into_bytes()),
                Err(_) => Outcome::Nowhere,
            },
        })
    }

    /// The report on the file as it was last seen: the same that any other command makes of it.
    fn report(&self) -> Result<Report, Problems> {
        let material = &self.material;
        let (assessment, _) = read(&self.file, &material.questionnaire)?;
        let scheme = Scheme::new(&material.questionnaire, &material.incidents);
        Ok(Report::new(&Input {
            questionnaire: &material.questionnaire,
            questionnaire_sha256: &material.questionnaire_sha256,
            assessment: &assessment,
            answers_sha256: &sha256(self.file.text()),
            evaluation: &scheme.evaluate(&assessment),
            incidents: &material.incidents,
            controls: &material.controls,
            frameworks: &material.frameworks,
            services: &material.services,
            tool_version: env!("CARGO_PKG_VERSION"),
        }))
    }

    /// Both answers to the same thing.
    pub(super) fn conflict(&mut self) -> Done {
        let frame = Frame { standing: NOT_SAVED, ..self.frame() };
        match &self.conflict {
            Some(conflict) => page(&ConflictView::new(frame, &self.interview, &conflict.conflicts)),
            None => Ok(self.start()),
        }
    }

    /// Takes the person's choice between two answers: all changes, or those that nobody else has made otherwise.
    pub(super) fn settle(&mut self, fields: &Fields) -> Outcome {
        let Some(Conflict { changes, conflicts, visit, wish }) = self.conflict.take() else {
            return self.start();
        };
        let entered = self.drafts.get(&visit.place).map(|draft| draft.entered.clone());
        let kept = match fields.get("keep") {
            "mine" => changes,
            "theirs" => changes.into_iter().filter(|change| !conflicts.contains(change)).collect(),
            _ => {
                self.conflict = Some(Conflict { changes, conflicts, visit, wish });
                return Outcome::Go("/conflict".to_owned());
            }
        };
        match entered {
            Some(entered) if !kept.is_empty() => self.save(&visit, wish, entered, kept),
            _ => {
                self.drafts.remove(&visit.place);
                Outcome::Go(self.after(&visit, wish))
            }
        }
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

fn trouble(error: &AnswersError) -> Trouble {
    let what = crate::text::sentence_case(&error.to_string());
    let help = match error {
        AnswersError::Unreadable(problems) => format!("{} {}", first_problem(problems), error.help()),
        error => error.help().to_owned(),
    };
    Trouble {
        what: format!("This is not saved. {what}."),
        help: format!("{}.", crate::text::sentence_case(&help)),
    }
}

fn sha256(text: &str) -> String {
    use sha2::{Digest as _, Sha256};
    Sha256::digest(text).iter().fold(String::with_capacity(64), |hex, byte| hex + &format!("{byte:02x}"))
}
