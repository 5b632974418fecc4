//! Taking what a form has sent: saved, or kept with its mistakes.

use super::{Desk, Done, Draft, Entered, NOT_SAVED, Outcome, Visit, address, first_problem, page, read};
use crate::interview::{Mistake, Step};
use crate::model::Change;
use crate::store::{AnswersError, Saved};
use crate::web::fields::{Fields, Sent, details};
use crate::web::view::{ConflictView, Frame, Trouble, anchor, path};

/// Changes that the file has otherwise meanwhile.
pub(super) struct Conflict {
    changes: Vec<Change>,
    conflicts: Vec<Change>,
    visit: Visit,
    wish: Wish,
}

/// What a person wants to do with a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wish {
    Continue,
    Stop,
    Skip,
}

impl Desk {
    /// Takes what the form of a place has sent.
    pub(in crate::web) fn take(&mut self, visit: &Visit, fields: &Fields) -> Outcome {
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

    /// Both answers to the same thing.
    pub(in crate::web) fn conflict(&mut self) -> Done {
        let frame = Frame { standing: NOT_SAVED, ..self.frame() };
        match &self.conflict {
            Some(conflict) => page(&ConflictView::new(frame, &self.interview, &conflict.conflicts)),
            None => Ok(self.start()),
        }
    }

    /// Takes the person's choice between two answers: all changes, or those that nobody else has made otherwise.
    pub(in crate::web) fn settle(&mut self, fields: &Fields) -> Outcome {
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
