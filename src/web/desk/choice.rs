//! What is asked: chosen by the person, as long as nothing is saved.

use super::{Choice, Desk, Done, Material, Outcome, begun, draft, page};
use crate::interview::{Field, Mistake, Wrong};
use crate::web::fields::Fields;
use crate::web::view::{ChooseView, shown};

impl Desk {
    /// What can be asked.
    pub(in crate::web) fn choices(&mut self) -> Done {
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
    pub(in crate::web) fn choose(&mut self, fields: &Fields) -> Outcome {
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
    pub(super) fn may_choose(&self) -> bool {
        self.file.is_new() && !self.others.is_empty()
    }
}
