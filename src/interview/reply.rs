//! What a person gave as the answer to a question: everything is still text.

use std::collections::BTreeSet;

use super::mistake::{Field, Mistake, Wrong};
use super::parse::{parse_date, parse_last_done, parse_percentage};
use crate::model::{
    Answer, Assessment, Choice, ChoiceId, Date, Evidence, Given, Kind, Question, Value, YesPartlyNo,
};
use crate::text::Private;

/// The longest text that an interview takes, in characters.
pub(super) const LONGEST: usize = 4000;

/// What a person gave as the answer to a question: everything is still text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The option that is chosen: the id of a level, `yes`, `partly`, `no`, or one of the words below. With nothing
    /// chosen, what is typed or ticked is the answer.
    pub option: String,
    /// The share or the date, as it was typed.
    pub typed: String,
    /// The ids of the choices that are ticked.
    pub ticked: Vec<String>,
    /// Why the question does not apply; looked at only then.
    pub reason: String,
    /// The level of evidence; nothing means claimed.
    pub evidence: String,
    /// The date of the evidence, as it was typed.
    pub evidence_date: String,
    /// Where the evidence is kept.
    pub evidence_where: String,
    /// The role of the person who answers.
    pub by: String,
    /// Who runs this control for the organisation.
    pub provided_by: String,
    /// A remark that appears in reports.
    pub comment: String,
    /// A private note.
    pub note: Private<String>,
}

impl Default for Reply {
    fn default() -> Self {
        Self::choosing("")
    }
}

impl Reply {
    /// The option of what is typed or ticked.
    pub const ENTERED: &'static str = "entered";
    /// The option "I don’t know", of every question.
    pub const UNKNOWN: &'static str = "unknown";
    /// The option "does not apply", of questions that allow it.
    pub const NOT_APPLICABLE: &'static str = "not-applicable";
    /// The option "never", of questions for a date.
    pub const NEVER: &'static str = "never";
    /// The option "none of these", of questions with boxes to tick.
    pub const NONE: &'static str = "none";

    /// A reply that chooses an option and says no more.
    pub fn choosing(option: &str) -> Self {
        Self {
            option: option.to_owned(),
            typed: String::new(),
            ticked: Vec::new(),
            reason: String::new(),
            evidence: String::new(),
            evidence_date: String::new(),
            evidence_where: String::new(),
            by: String::new(),
            provided_by: String::new(),
            comment: String::new(),
            note: Private::new(String::new()),
        }
    }

    /// The answer that is there, as the person would have given it: what a form shows before anything is changed.
    /// Without an answer it is empty.
    pub fn of(question: &Question, assessment: &Assessment, today: Date) -> Self {
        let Some(answer) = assessment.answers.get(&question.id) else { return Self::default() };
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let note = answer.note.as_ref().map_or_else(String::new, |note| note.expose().clone());
        let mut reply = Self {
            evidence: answer.evidence.as_str().to_owned(),
            evidence_date: shown_date(answer, assessment, today).map_or_else(String::new, Date::in_words),
            evidence_where: text(&answer.evidence_where),
            by: text(&answer.by),
            provided_by: text(&answer.provided_by),
            comment: text(&answer.comment),
            note: Private::new(note),
            ..Self::default()
        };
        let option = match &answer.given {
            Given::Unknown => Self::UNKNOWN,
            Given::NotApplicable(reason) => {
                reply.reason.clone_from(reason);
                Self::NOT_APPLICABLE
            }
            Given::Definite(value) => reply.show(question, value, assessment),
        };
        option.clone_into(&mut reply.option);
        reply
    }

    /// Shows what was typed or ticked, and says which option it was.
    fn show<'v>(&mut self, question: &Question, value: &'v Value, assessment: &Assessment) -> &'v str {
        match value {
            Value::Level(id) => return id.as_str(),
            Value::YesPartlyNo(word) => return word.as_str(),
            Value::LastDone(None) => return Self::NEVER,
            Value::Percentage { counted: Some((have, of)), .. } => self.typed = format!("{have} of {of}"),
            Value::Percentage { percent, counted: None } => self.typed = percent.to_string(),
            Value::LastDone(Some(date)) => self.typed = date.in_words(),
            Value::Ticked(ids) => {
                let ticked = offered(question, assessment).filter(|choice| ids.contains(&choice.id));
                self.ticked = ticked.map(|choice| choice.id.to_string()).collect();
                if self.ticked.is_empty() {
                    return Self::NONE;
                }
            }
        }
        Self::ENTERED
    }

    /// Makes an answer of it. What it does not speak of is kept from the earlier answer: an accepted risk, and ticked
    /// choices that are out of scope.
    pub(super) fn read(
        &self,
        question: &Question,
        assessment: &Assessment,
        today: Date,
    ) -> Result<Answer, Vec<Mistake>> {
        let earlier = assessment.answers.get(&question.id);
        let mut reading = Reading { reply: self, question, assessment, today, mistakes: Vec::new() };
        let given = reading.given(earlier);
        let evidence = reading.evidence();
        let evidence_date = reading.evidence_date();
        let mut text = |field, new: &str, old: fn(&Answer) -> Option<&String>| {
            reading.text(field, new, earlier.and_then(old))
        };
        let answer = Answer {
            evidence: evidence.unwrap_or_default(),
            evidence_date,
            evidence_where: text(Field::EvidenceWhere, &self.evidence_where, |a| a.evidence_where.as_ref()),
            answered: (today < assessment.date).then_some(today),
            by: text(Field::By, &self.by, |a| a.by.as_ref()),
            provided_by: text(Field::ProvidedBy, &self.provided_by, |a| a.provided_by.as_ref()),
            comment: text(Field::Comment, &self.comment, |a| a.comment.as_ref()),
            note: text(Field::Note, self.note.expose(), |a| a.note.as_ref().map(Private::expose))
                .map(Private::new),
            waiver: earlier.and_then(|answer| answer.waiver.clone()),
            given: given.clone().unwrap_or(Given::Unknown),
        };
        if reading.mistakes.is_empty() { Ok(answer) } else { Err(reading.mistakes) }
    }
}

/// The date of the evidence that a form has to show so that leaving it alone keeps the age: also one that stands there
/// only by default, when the default of a new answer would be another day.
fn shown_date(answer: &Answer, assessment: &Assessment, today: Date) -> Option<Date> {
    let supported = matches!(answer.evidence, Evidence::Documented | Evidence::Verified);
    let since = answer.since(assessment.date);
    answer.evidence_date.or_else(|| (supported && since != today.min(assessment.date)).then_some(since))
}

/// The choices of a question that the facts leave in scope.
pub(super) fn offered<'a>(
    question: &'a Question,
    assessment: &'a Assessment,
) -> impl Iterator<Item = &'a Choice> {
    let choices = match &question.kind {
        Kind::TickAll(choices) => choices.as_slice(),
        _ => &[],
    };
    choices.iter().filter(|choice| !choice.applies_if.iter().any(|fact| assessment.denies(fact)))
}

/// A reply on its way to an answer, with everything that is wrong so far.
struct Reading<'a> {
    reply: &'a Reply,
    question: &'a Question,
    assessment: &'a Assessment,
    today: Date,
    mistakes: Vec<Mistake>,
}

impl Reading<'_> {
    fn given(&mut self, earlier: Option<&Answer>) -> Option<Given> {
        let given = match self.reply.option.as_str() {
            Reply::UNKNOWN => self.nothing_else().map(|()| Given::Unknown),
            Reply::NOT_APPLICABLE if !self.question.may_be_skipped => Err(Wrong::AlwaysApplies),
            Reply::NOT_APPLICABLE => {
                let kept = match earlier.map(|answer| &answer.given) {
                    Some(Given::NotApplicable(reason)) => Some(reason),
                    _ => None,
                };
                let reason = self.text(Field::Reason, &self.reply.reason, kept);
                if reason.is_none() && !self.mistakes.iter().any(|mistake| mistake.field == Field::Reason) {
                    self.mistakes.push(Mistake::new(Field::Reason, Wrong::NoReason));
                }
                self.nothing_else().map(|()| Given::NotApplicable(reason.unwrap_or_default()))
            }
            option => self.value(option, earlier).map(Given::Definite),
        };
        // Beside a mistake about the reason, one about the answer still comes first.
        given.map_err(|wrong| self.mistakes.insert(0, Mistake::new(Field::Answer, wrong))).ok()
    }

    fn value(&self, option: &str, earlier: Option<&Answer>) -> Result<Value, Wrong> {
        let entered = matches!(option, "" | Reply::ENTERED);
        match &self.question.kind {
            Kind::Levels(_) | Kind::YesNo { .. } if option.is_empty() => Err(Wrong::NothingChosen),
            Kind::Levels(levels) => {
                let level = levels.iter().find(|level| level.id.as_str() == option);
                level.map(|level| Value::Level(level.id.clone())).ok_or(Wrong::NotOffered)
            }
            Kind::YesNo { .. } => {
                let words = [YesPartlyNo::Yes, YesPartlyNo::Partly, YesPartlyNo::No];
                let word = words.into_iter().find(|word| word.as_str() == option);
                word.map(Value::YesPartlyNo).ok_or(Wrong::NotOffered)
            }
            Kind::Percentage(_) if entered => parse_percentage(&self.reply.typed),
            Kind::LastDone(_) if entered => match parse_last_done(&self.reply.typed)? {
                Value::LastDone(Some(date)) => self.not_later(date).map(|date| Value::LastDone(Some(date))),
                never => Ok(never),
            },
            Kind::LastDone(_) if option == Reply::NEVER => {
                self.nothing_else().map(|()| Value::LastDone(None))
            }
            Kind::TickAll(_) if entered && self.reply.ticked.is_empty() => Err(Wrong::NothingTicked),
            Kind::TickAll(_) if option == Reply::NONE && !self.reply.ticked.is_empty() => {
                Err(Wrong::NoneAndSome)
            }
            Kind::TickAll(choices) if entered || option == Reply::NONE => {
                self.ticks().map(|ticks| Value::Ticked(&ticks | &self.out_of_scope(choices, earlier)))
            }
            _ => Err(Wrong::NotOffered),
        }
    }

    fn ticks(&self) -> Result<BTreeSet<ChoiceId>, Wrong> {
        let find = |id: &String| {
            let mut choices = offered(self.question, self.assessment);
            choices.find(|choice| choice.id.as_str() == id).map(|choice| choice.id.clone())
        };
        self.reply.ticked.iter().map(find).collect::<Option<_>>().ok_or(Wrong::NotOffered)
    }

    /// Earlier ticks that the person was not shown.
    fn out_of_scope(&self, choices: &[Choice], earlier: Option<&Answer>) -> BTreeSet<ChoiceId> {
        let Some(Given::Definite(Value::Ticked(ids))) = earlier.map(|answer| &answer.given) else {
            return BTreeSet::new();
        };
        let shown: BTreeSet<&ChoiceId> =
            offered(self.question, self.assessment).map(|choice| &choice.id).collect();
        let hidden = choices.iter().map(|choice| &choice.id).filter(|id| !shown.contains(id));
        hidden.filter(|id| ids.contains(*id)).cloned().collect()
    }

    /// An option was chosen: nothing else may be typed or ticked, but what stood there before.
    fn nothing_else(&self) -> Result<(), Wrong> {
        let before = Reply::of(self.question, self.assessment, self.today);
        let typed = self.reply.typed.trim();
        let same = (typed.is_empty() || typed == before.typed)
            && (self.reply.ticked.is_empty() || self.reply.ticked == before.ticked);
        if same { Ok(()) } else { Err(Wrong::TwoAnswers) }
    }

    fn evidence(&mut self) -> Option<Evidence> {
        let levels = [Evidence::Claimed, Evidence::Documented, Evidence::Verified];
        let found = match self.reply.evidence.trim() {
            "" => Some(Evidence::Claimed),
            word => levels.into_iter().find(|level| level.as_str() == word),
        };
        if found.is_none() {
            self.mistakes.push(Mistake::new(Field::Evidence, Wrong::NoSuchEvidence));
        }
        found
    }

    fn evidence_date(&mut self) -> Option<Date> {
        let typed = self.reply.evidence_date.trim();
        if typed.is_empty() {
            return None;
        }
        let date = parse_date(typed).and_then(|date| self.not_later(date));
        date.map_err(|wrong| self.mistakes.push(Mistake::new(Field::EvidenceDate, wrong))).ok()
    }

    fn not_later(&self, date: Date) -> Result<Date, Wrong> {
        let last = self.assessment.date;
        match date <= last {
            true => Ok(date),
            false if last == self.today => Err(Wrong::AfterToday),
            false => Err(Wrong::AfterAssessment(last)),
        }
    }

    fn text(&mut self, field: Field, new: &str, earlier: Option<&String>) -> Option<String> {
        text(field, new, earlier).unwrap_or_else(|mistake| {
            self.mistakes.push(mistake);
            None
        })
    }
}

/// A text without the white space around it and without control characters; nothing when nothing is left. A text that
/// is the earlier one, but for what a form does to white space, stays as it was.
pub(super) fn text(field: Field, new: &str, earlier: Option<&String>) -> Result<Option<String>, Mistake> {
    if let Some(earlier) = earlier.filter(|earlier| new.split_whitespace().eq(earlier.split_whitespace())) {
        return Ok(Some(earlier.clone()));
    }
    let lines = matches!(field, Field::Comment | Field::Note);
    let clean: String = new
        .replace("\r\n", "\n")
        .chars()
        .map(|c| if c == '\t' || (c == '\n' && !lines) { ' ' } else { c })
        .filter(|c| *c == '\n' || !c.is_control())
        .collect();
    let clean = clean.trim();
    if clean.chars().count() > LONGEST {
        return Err(Mistake::new(field, Wrong::TooLong(LONGEST)));
    }
    Ok((!clean.is_empty()).then(|| clean.to_owned()))
}
