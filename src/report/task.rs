//! One line of a plan: an action, with who does it and until when.

use serde::Serialize;

use super::incident::IncidentNote;
use super::schedule::hours;
use super::{Day, Input, Numbers, Points, QuestionRef, WaiverView, action, first_sentence};
use crate::model::{PlannedAction, Question};
use crate::scoring;

/// One line of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Task {
    /// Its place in the whole roadmap, from 1, whatever is shown of it; nothing when there is nothing left to raise.
    pub number: Option<usize>,
    /// The question that it raises to full credit.
    pub question: QuestionRef,
    /// The title of the question's area.
    pub area: String,
    /// What to do first, in one line, and until when the risk is accepted.
    pub first_step: String,
    /// The work of one ordinary person.
    pub effort: &'static str,
    /// What it costs in money.
    pub cost: &'static str,
    /// The working hours that it is reckoned at.
    pub hours: u32,
    /// The headline after this task and all above it; nothing where it stands apart from the list.
    pub headline_after: Option<Points>,
    /// The incidents that it newly interrupts.
    pub closes: Vec<IncidentNote>,
    /// The role of the person who does it.
    pub owner: Option<String>,
    /// Until when.
    pub due: Option<Due>,
    /// How far it is, as the plan says; nothing when the plan does not know it.
    pub status: Option<&'static str>,
    /// What the plan says about it.
    pub remark: Option<String>,
}

/// Until when something should be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Due {
    /// The last day for it.
    pub day: Day,
    /// Whether it is only proposed; otherwise the plan says so.
    pub proposed: bool,
    /// Whether that day is past.
    pub overdue: bool,
}

impl Task {
    pub(super) fn new(
        input: &Input,
        numbers: &Numbers,
        place: usize,
        planned: Option<&PlannedAction>,
    ) -> Option<Self> {
        let question: &Question = input.questionnaire.questions().get(place)?;
        let result = input.evaluation.scores.questions.get(place)?;
        let area = input.questionnaire.areas().iter().find(|area| area.id.as_str() == question.id.area())?;
        let accepted = WaiverView::of(input, place).map(|waiver| waiver.in_short(input.words));
        let due = planned.and_then(|planned| planned.due);
        let is_open = planned.is_some_and(|planned| planned.status.is_open());
        Some(Self {
            number: None,
            question: numbers.at(place),
            area: area.title.clone(),
            first_step: action::first_step(
                result.standing.is_open(),
                &first_sentence(&question.fix).0,
                accepted.as_deref(),
                input.words,
            ),
            effort: question.effort.as_str(),
            cost: question.cost.as_str(),
            hours: hours(question.effort),
            headline_after: None,
            closes: Vec::new(),
            owner: planned.and_then(|planned| planned.owner.clone()),
            due: due.map(|due| Due {
                day: Day::new(due, input.words),
                proposed: false,
                overdue: is_open && due < input.today,
            }),
            status: planned.map(|planned| planned.status.as_str()),
            remark: planned.and_then(|planned| planned.remark.clone()),
        })
    }

    /// What follows when it is done after all above it.
    pub(super) fn promise(&mut self, input: &Input, action: &scoring::Action) {
        self.headline_after = Some(action.headline_after);
        self.closes = action.closes.iter().filter_map(|place| IncidentNote::at(input, *place)).collect();
    }

    /// Who does it, until when and how far it is, in a few words; empty when nothing is known.
    pub fn who_and_when(&self) -> String {
        let due = self.due.as_ref().map(Due::in_words);
        let status = self.status.filter(|status| *status != "to-do").map(str::to_owned);
        let remark = self.remark.as_ref().map(|remark| format!("“{remark}”"));
        [self.owner.clone(), due, status, remark].into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

impl Due {
    /// `due 31 January 2027`, or `by` that day when it is only proposed.
    pub fn in_words(&self) -> String {
        let lead = match (self.proposed, self.overdue) {
            (true, _) => "by",
            (false, true) => "overdue since",
            (false, false) => "due",
        };
        format!("{lead} {}", self.day.words)
    }
}
