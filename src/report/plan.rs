//! What to do first, on its own: the roadmap as it is worked through, and what would have stopped the most incidents for
//! the least effort.

use serde::Serialize;

use super::incident::IncidentNote;
use super::schedule::{ESTIMATE, Time, in_days};
use super::task::{Due, Task};
use super::way::Way;
use super::{Ageing, Day, Head, Input, Numbers, QuestionRef, Score, action, first_sentence};
use crate::model::{Cost, Date, Effort, PlannedAction, Points, Standing, WorkPlan, WorkStatus};

/// A plan of work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// Who was assessed, when, with what.
    pub head: Head,
    /// The score as it is; nothing when no question counts.
    pub score: Option<Score>,
    /// Whether only a part of the roadmap was asked for.
    pub is_part: bool,
    /// What a score of the list counts on, where it is not all that stands above it in the roadmap; may be empty.
    pub scores: &'static str,
    /// What is said about the list: what it is a part of, and how it was reckoned.
    pub remarks: Vec<String>,
    /// What to do, in order.
    pub tasks: Vec<Task>,
    /// What is not in that list, each part with its reason.
    pub apart: Vec<TaskGroup>,
    /// The ids of all questions about which something is still to be done, whether asked for or not.
    pub open: Vec<String>,
    /// What has run out today, and what runs out next.
    pub ageing: Ageing,
    /// The replayed incidents that are open or hindered, by ascending id.
    pub uninterrupted: Vec<IncidentNote>,
    /// The single changes that would interrupt them, the most incidents for the least effort first.
    pub closers: Vec<Closer>,
}

/// Tasks that are not in the list of what to do next, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TaskGroup {
    /// Why.
    pub heading: &'static str,
    /// What to do about it.
    pub note: &'static str,
    /// Whether they are still to be done.
    pub is_open: bool,
    /// The tasks; never empty.
    pub tasks: Vec<Task>,
}

/// What somebody wants to see of a plan.
#[derive(Debug, Clone, Copy)]
pub struct Wishes<'a> {
    /// Who does what and until when, as far as it is written down.
    pub work: Option<&'a WorkPlan>,
    /// Only what fits into so many half days of one person.
    pub half_days: Option<u32>,
    /// Only what one person can do until this day, with a date for each action.
    pub by: Option<Date>,
    /// Only what interrupts this incident, by its place.
    pub closes: Option<usize>,
    /// Only what takes minutes or hours and costs little or nothing.
    pub quick_wins: bool,
}

impl<'a> Wishes<'a> {
    /// To see all of it.
    pub fn everything(work: Option<&'a WorkPlan>) -> Self {
        Self { work, half_days: None, by: None, closes: None, quick_wins: false }
    }
}

/// A single change that would interrupt recorded incidents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Closer {
    /// Its place, from 1.
    pub number: usize,
    /// The question that it raises to full credit.
    pub question: QuestionRef,
    /// What to do first, in one line.
    pub first_step: String,
    /// The work of one ordinary person.
    pub effort: &'static str,
    /// What it costs in money.
    pub cost: &'static str,
    /// Its cost in the roadmap's unit.
    pub cost_units: u8,
    /// The incidents that it would interrupt, were nothing else done; at least one.
    pub closes: Vec<IncidentNote>,
}

impl Plan {
    /// What to say when no action is listed: an answer cannot get better, but its proof may.
    pub fn nothing_left(&self) -> &'static str {
        let held = self.score.as_ref().is_some_and(|score| score.worlds.stated > Some(score.headline));
        if self.is_part || !self.apart.is_empty() {
            "There is nothing to list here."
        } else if held {
            "No answer can get better. What is left is proof: collect the documents that show what you already do."
        } else {
            "Nothing is left to do."
        }
    }

    /// What the score is, and what the scores in the list count on.
    pub fn score_in_words(&self) -> Option<String> {
        let score = self.score.as_ref()?.headline.printed();
        Some(format!("The score is {score} of 100. {}", self.scores).trim_end().to_owned())
    }

    /// Decides what to say about the work ahead.
    pub fn new(input: &Input, wishes: &Wishes) -> Self {
        let desk = Desk::new(input, wishes);
        let results = input.evaluation.scores.incidents.iter().enumerate();
        let uninterrupted = results.filter(|(_, result)| {
            result.replay().is_some_and(|replay| !replay.outcome.stated.word.is_interrupted())
        });
        let mut remarks = Vec::new();
        let is_part =
            wishes.half_days.is_some() || wishes.by.is_some() || wishes.closes.is_some() || wishes.quick_wins;
        let way = wishes.closes.map(|incident| Way::new(input, &desk.numbers, incident));
        let chosen = desk.chosen(way.as_ref(), &mut remarks);
        let (fitting, too_much) = desk.fit(&chosen, &mut remarks);
        if way.as_ref().is_some_and(|way| way.takes_all && fitting.len() < way.questions.len()) {
            remarks.push("Some of them are not in this list, so it is not enough.".to_owned());
        }
        let tasks_new = fitting.iter().filter(|(place, _)| desk.planned(*place).is_none()).count();
        if wishes.work.is_some() && tasks_new > 0 {
            let count = crate::text::plural(tasks_new, "action is", "actions are");
            remarks.push(format!("{count} not in your plan yet; the same command with --update adds them."));
        }
        let alone = way.is_some_and(|way| !way.takes_all);
        Self {
            head: Head::new(input),
            score: Score::new(&input.evaluation.scores),
            is_part,
            scores: match (alone, is_part) {
                (true, _) => "Each score counts on that action alone.",
                (false, true) => "Each score counts on this list alone.",
                (false, false) => "",
            },
            remarks,
            tasks: desk.promised(&fitting, alone),
            apart: desk.apart(&too_much),
            open: desk.open(),
            ageing: Ageing::new(input, &desk.numbers),
            uninterrupted: uninterrupted.filter_map(|(place, _)| IncidentNote::at(input, place)).collect(),
            closers: closers(input, &desk.numbers),
        }
    }

    /// Everything that is still to be done: what is listed, and what is open apart from it.
    pub fn open_tasks(&self) -> impl Iterator<Item = &Task> {
        let apart = self.apart.iter().filter(|group| group.is_open).flat_map(|group| &group.tasks);
        self.tasks.iter().chain(apart)
    }
}

/// What a plan is made from, while it is made.
struct Desk<'a> {
    input: &'a Input<'a>,
    wishes: &'a Wishes<'a>,
    numbers: Numbers,
    /// The questions that can be raised, by their places: those of the roadmap in its order, then the others.
    order: Vec<usize>,
    time: Option<Time>,
}

/// A question by its place, and the day until which it can be done where days were asked for.
type Dated = (usize, Option<Date>);

impl<'a> Desk<'a> {
    fn new(input: &'a Input<'a>, wishes: &'a Wishes<'a>) -> Self {
        let mut order: Vec<usize> = input.evaluation.roadmap.iter().map(|action| action.question).collect();
        let raised = |place: &usize| Self::stated(input, *place).is_some_and(|credit| credit < Points::FULL);
        let others = (0..input.questionnaire.questions().len()).filter(raised);
        let others: Vec<usize> = others.filter(|place| !order.contains(place)).collect();
        order.extend(others);
        let time = Time::new(wishes.half_days, input.today, wishes.by);
        Self { input, wishes, numbers: Numbers::new(input.questionnaire), order, time }
    }

    fn stated(input: &Input, place: usize) -> Option<Points> {
        input.evaluation.scores.questions.get(place).and_then(|result| result.credit.stated)
    }

    /// What the plan says about a question.
    fn planned(&self, place: usize) -> Option<&'a PlannedAction> {
        let question = self.input.questionnaire.questions().get(place)?;
        self.wishes.work?.actions.get(&question.id)
    }

    fn status(&self, place: usize) -> Option<WorkStatus> {
        self.planned(place).map(|planned| planned.status)
    }

    /// The questions that were asked for and are still to be worked on, in order.
    fn chosen(&self, way: Option<&Way>, remarks: &mut Vec<String>) -> Vec<usize> {
        let roadmap = self.input.evaluation.roadmap.len();
        let wanted = |(number, place): (usize, &usize)| match way {
            Some(way) => way.questions.contains(place),
            None => number < roadmap || self.planned(*place).is_some(),
        };
        let wanted = self.order.iter().enumerate().filter(|entry| wanted(*entry)).map(|(_, place)| *place);
        let open = wanted.filter(|place| self.status(*place).is_none_or(WorkStatus::is_open));
        let chosen: Vec<usize> =
            open.filter(|place| !self.wishes.quick_wins || self.is_quick_win(*place)).collect();
        if self.wishes.quick_wins {
            remarks.push("Only what takes minutes or hours and costs little or nothing.".to_owned());
        }
        if let Some(way) = way {
            remarks.extend(way.words.iter().cloned());
        }
        chosen
    }

    fn is_quick_win(&self, place: usize) -> bool {
        let question = self.input.questionnaire.questions().get(place);
        question.is_some_and(|question| question.effort <= Effort::Hours && question.cost <= Cost::Low)
    }

    /// What fits into the time that there is, with a day for each where there are days, and what does not.
    fn fit(&self, chosen: &[usize], remarks: &mut Vec<String>) -> (Vec<Dated>, Vec<usize>) {
        let Some(time) = &self.time else {
            return (chosen.iter().map(|place| (*place, None)).collect(), Vec::new());
        };
        let (mut fitting, mut too_much, mut used) = (Vec::new(), Vec::new(), 0_u32);
        for place in chosen {
            let Some(question) = self.input.questionnaire.questions().get(*place) else { continue };
            let after = used.saturating_add(super::schedule::hours(question.effort));
            if time.holds(after) {
                used = after;
                fitting.push((*place, time.day_of(used)));
            } else {
                too_much.push(*place);
            }
        }
        remarks.push(self.time_in_words(time, used));
        remarks.push(ESTIMATE.to_owned());
        if self.wishes.by.is_none() && !too_much.is_empty() {
            // Without a last day it is no loss: they come later.
            let count = crate::text::plural(too_much.len(), "other action takes", "other actions take");
            remarks.push(format!("{count} more time."));
            too_much.clear();
        }
        (fitting, too_much)
    }

    /// How much time there is and how much the list takes.
    fn time_in_words(&self, time: &Time, used: u32) -> String {
        let used = in_days(used);
        let budget = self.wishes.half_days.map(|half_days| in_days(half_days * 4)).unwrap_or_default();
        let Some(by) = self.wishes.by else {
            return format!("This is what fits into {budget} of work, in order. It takes about {used}.");
        };
        let (today, by) = (self.input.today.in_words(), by.in_words());
        let days = crate::text::plural(time.days.len(), "working day", "working days");
        let most = if budget.is_empty() {
            budget
        } else {
            format!(" The work, at most {budget}, is spread over them.")
        };
        let proposed = "“By” is a proposal, “due” is what your plan says.";
        format!(
            "Between {today} and {by}: {days}, Monday to Friday; public holidays are not left out.{most} This list \
             takes about {used}. {proposed}"
        )
    }

    fn task(&self, place: usize) -> Option<Task> {
        let mut task = Task::new(self.input, &self.numbers, place, self.planned(place))?;
        task.number = self.order.iter().position(|other| *other == place).map(|number| number + 1);
        Some(task)
    }

    /// The tasks with what follows from them, one after the other or each `alone`, and the dates that are proposed where the plan has none.
    fn promised(&self, fitting: &[Dated], alone: bool) -> Vec<Task> {
        let order: Vec<usize> = fitting.iter().map(|(place, _)| *place).collect();
        let orders = order.chunks(if alone { 1 } else { order.len().max(1) });
        let actions: Vec<_> =
            orders.flat_map(|order| self.input.scheme.in_order(self.input.assessment, order)).collect();
        let promised = fitting.iter().filter_map(|(place, day)| {
            let mut task = self.task(*place)?;
            task.promise(self.input, actions.iter().find(|action| action.question == *place)?);
            let proposed =
                day.map(|day| Due { day: Day::new(day, self.input.words), proposed: true, overdue: false });
            task.due = task.due.or(proposed);
            Some(task)
        });
        promised.collect()
    }

    /// The questions that can be raised, without those whose action is done or dropped.
    fn open(&self) -> Vec<String> {
        let open = self.order.iter().filter(|place| self.status(**place).is_none_or(WorkStatus::is_open));
        let questions = open.filter_map(|place| self.input.questionnaire.questions().get(*place));
        questions.map(|question| question.id.to_string()).collect()
    }

    /// What the list does not have: nothing that somebody wrote into the plan is hidden.
    fn apart(&self, too_much: &[usize]) -> Vec<TaskGroup> {
        let group = |heading, note, is_open, places: &mut dyn Iterator<Item = usize>| {
            let tasks: Vec<Task> = places.filter_map(|place| self.task(place)).collect();
            (!tasks.is_empty()).then_some(TaskGroup { heading, note, is_open, tasks })
        };
        let below =
            |place: &usize| Self::stated(self.input, *place).is_some_and(|credit| credit < Points::FULL);
        let full = |place: &usize| Self::stated(self.input, *place) == Some(Points::FULL);
        let all = 0..self.input.questionnaire.questions().len();
        let with = |status: WorkStatus| all.clone().filter(move |place| self.status(*place) == Some(status));
        let open = || all.clone().filter(|place| self.status(*place).is_some_and(WorkStatus::is_open));
        let groups = [
            group("Does not fit before that day", "", true, &mut too_much.iter().copied()),
            group(
                "Marked done; the answers do not show it yet",
                "The scores count without them. Answer the question anew, or say in the plan what is left to do.",
                false,
                &mut with(WorkStatus::Done).filter(below),
            ),
            group(
                "Done, as the answers show; not marked done",
                "Write status = \"done\" into the plan.",
                false,
                &mut open().filter(full),
            ),
            group(
                "In the plan; the question does not count",
                "It is out of scope or does not apply, so doing it changes no score.",
                false,
                &mut open().filter(|place| Self::stated(self.input, *place).is_none()),
            ),
            group("Dropped", "The scores count without them.", false, &mut with(WorkStatus::Dropped)),
        ];
        groups.into_iter().flatten().collect()
    }
}

fn closers(input: &Input, numbers: &Numbers) -> Vec<Closer> {
    let numbered = input.evaluation.closers.iter().enumerate();
    numbered
        .filter_map(|(place, closer)| {
            let question = input.questionnaire.questions().get(closer.question)?;
            let standing = input.evaluation.scores.questions.get(closer.question)?.standing;
            let not_known = matches!(standing, Standing::Unknown | Standing::Unanswered);
            Some(Closer {
                number: place + 1,
                question: numbers.at(closer.question),
                first_step: action::first_step(
                    not_known,
                    &first_sentence(&question.fix).0,
                    None,
                    input.words,
                ),
                effort: question.effort.as_str(),
                cost: question.cost.as_str(),
                cost_units: closer.cost,
                closes: closer.closes.iter().filter_map(|place| IncidentNote::at(input, *place)).collect(),
            })
        })
        .collect()
}
