//! One answer: what was said, what it earns, what is missing and what to do.

use serde::Serialize;

use super::{Day, Input, Numbers, QuestionRef, WaiverView};
use crate::model::{self, Given, Kind, Points, Question, Standing, Value, Worlds};
use crate::scoring::QuestionResult;
use crate::text::Words;

/// One question with its answer: a finding when points are lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// How reports refer to it.
    #[serde(flatten)]
    pub question: QuestionRef,
    /// The question in full.
    pub ask: String,
    /// How it stands: answered, unknown, unanswered, not-applicable or out-of-scope.
    pub standing: &'static str,
    /// The answer for machines, in the form of the answers file.
    pub answer: Option<Answer>,
    /// The answer in words.
    pub answer_words: String,
    /// The credit in a few words: `75 of 100`, `full`, `none`, `I don’t know`.
    pub credit_words: String,
    /// What it earns in each world; nothing where it is left out.
    pub credit: Worlds<Option<Points>>,
    /// How it is supported.
    pub evidence: Option<EvidenceView>,
    /// The points it loses in the stated world.
    pub loss: Points,
    /// critical, high, medium or low.
    pub severity: &'static str,
    /// How much it counts within its area.
    pub weight: u8,
    /// Why it has this weight.
    pub weight_reason: String,
    /// Why it matters.
    pub why: String,
    /// The first concrete step.
    pub fix: String,
    /// The second depth, for the technical person.
    pub fix_more: Option<String>,
    /// What to ask whom.
    pub find_out: Option<String>,
    /// The work of one ordinary person.
    pub effort: &'static str,
    /// What it costs in money.
    pub cost: &'static str,
    /// What would prove it.
    pub proof: String,
    /// Related items of frameworks: `PREFIX:id`.
    pub references: Vec<String>,
    /// Why it does not apply.
    pub reason: Option<String>,
    /// The role of the person who answered.
    pub by: Option<String>,
    /// Who runs this control for the organisation.
    pub provided_by: Option<String>,
    /// A remark.
    pub comment: Option<String>,
    /// An accepted risk.
    pub waiver: Option<WaiverView>,
    /// The first day after today on which the answer counts for less.
    pub lapses_on: Option<Day>,
    /// Why it is out of scope: the facts answered "no", in words.
    pub out_of_scope_because: Vec<String>,
}

/// An answer for machines, in the form of the answers file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Answer {
    /// A level, yes, partly, no, a date, never, unknown or not-applicable.
    Word(String),
    /// A percentage.
    Percent(u8),
    /// The choices that are ticked.
    Ticked(Vec<String>),
}

/// How an answer is supported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EvidenceView {
    /// The level that counts, after ageing: verified, documented, claimed or lapsed.
    pub level: &'static str,
    /// The level that was written down.
    pub written: &'static str,
    /// Whether the two are the same.
    pub fresh: bool,
    /// Where it is kept.
    pub kept: Option<String>,
    /// Since when it counts: the date of the document or check, or of the answer.
    pub since: Day,
}

impl Finding {
    pub(super) fn new(input: &Input, numbers: &Numbers, place: usize, question: &Question) -> Option<Self> {
        let result = input.evaluation.scores.questions.get(place)?;
        let (standing, answer) = Standing::of(question, input.assessment);
        let loss = input.evaluation.ledger.as_ref().and_then(|ledger| ledger.losses.get(place)).copied();
        Some(Self {
            question: numbers.at(place),
            ask: question.ask.clone(),
            standing: standing.as_str(),
            answer: answer.map(|answer| Answer::new(&answer.given)),
            answer_words: answer_words(question, standing, answer.map(|answer| &answer.given), input.words),
            credit_words: credit_words(standing, result, input.words),
            credit: result.credit,
            evidence: answer.and_then(|answer| evidence(input, answer, result)),
            loss: loss.unwrap_or_default(),
            severity: question.severity.as_str(),
            weight: question.weight.get(),
            weight_reason: question.weight_reason.clone(),
            why: question.why.clone(),
            fix: question.fix.clone(),
            fix_more: question.fix_more.clone(),
            find_out: question.find_out.clone(),
            effort: question.effort.as_str(),
            cost: question.cost.as_str(),
            proof: question.proof.clone(),
            references: question.references.iter().map(ToString::to_string).collect(),
            reason: answer.and_then(reason),
            by: answer.and_then(|answer| answer.by.clone()),
            provided_by: answer.and_then(|answer| answer.provided_by.clone()),
            comment: answer.and_then(|answer| answer.comment.clone()),
            waiver: WaiverView::of(input, place),
            lapses_on: lapses_on(input, place),
            out_of_scope_because: out_of_scope_because(input, question),
        })
    }

    /// Whether everything is done: full credit in the stated world, so that nothing has to be said but that.
    pub fn is_full(&self) -> bool {
        self.standing == Standing::Answered.as_str() && self.credit.stated == Some(Points::FULL)
    }
}

fn lapses_on(input: &Input, place: usize) -> Option<Day> {
    let lapses = input.scheme.lapses_of(input.assessment, place);
    lapses.into_iter().map(|lapse| lapse.on).find(|on| *on > input.today).map(|on| Day::new(on, input.words))
}

fn reason(answer: &model::Answer) -> Option<String> {
    match &answer.given {
        Given::NotApplicable(reason) => Some(reason.clone()),
        Given::Definite(_) | Given::Unknown => None,
    }
}

fn out_of_scope_because(input: &Input, question: &Question) -> Vec<String> {
    let denied = question.applies_if.iter().filter(|fact| input.assessment.denies(fact));
    denied
        .filter_map(|id| input.questionnaire.facts().iter().find(|fact| fact.id == *id))
        .map(|fact| fact.ask.clone())
        .collect()
}

impl Answer {
    fn new(given: &Given) -> Self {
        match given {
            Given::Unknown => Self::Word("unknown".to_owned()),
            Given::NotApplicable(_) => Self::Word("not-applicable".to_owned()),
            Given::Definite(Value::Level(id)) => Self::Word(id.to_string()),
            Given::Definite(Value::YesPartlyNo(word)) => Self::Word(word.as_str().to_owned()),
            Given::Definite(Value::Percentage { percent, .. }) => Self::Percent(*percent),
            Given::Definite(Value::LastDone(None)) => Self::Word("never".to_owned()),
            Given::Definite(Value::LastDone(Some(date))) => Self::Word(date.to_string()),
            Given::Definite(Value::Ticked(ids)) => {
                Self::Ticked(ids.iter().map(ToString::to_string).collect())
            }
        }
    }
}

fn evidence(input: &Input, answer: &model::Answer, result: &QuestionResult) -> Option<EvidenceView> {
    let level = result.evidence?;
    Some(EvidenceView {
        level: level.as_str(),
        written: answer.evidence.as_str(),
        fresh: result.fresh?,
        kept: answer.evidence_where.clone(),
        since: Day::new(answer.since(input.assessment.date), input.words),
    })
}

fn credit_words(standing: Standing, result: &QuestionResult, words: &Words) -> String {
    let credit = result.credit.stated.map_or(0, Points::printed);
    let said = words.say(match (standing, credit) {
        (Standing::Answered, 100) => "full",
        (Standing::Answered, 0) => "none",
        (Standing::Answered, credit) => return words.fill("{credit} of 100", &[("credit", &credit)]),
        (Standing::Unknown, _) => "I don’t know",
        (Standing::Unanswered, _) => "not answered",
        (Standing::NotApplicable, _) => "does not apply",
        (Standing::OutOfScope, _) => "not asked",
    });
    said.to_owned()
}

pub(super) fn answer_words(
    question: &Question,
    standing: Standing,
    given: Option<&Given>,
    words: &Words,
) -> String {
    let said = words.say(match (standing, given) {
        (Standing::OutOfScope, _) => "Not asked: it does not concern you",
        (_, None) => "Not answered yet",
        (_, Some(Given::Unknown)) => "I don’t know",
        (_, Some(Given::NotApplicable(_))) => "Does not apply",
        (_, Some(Given::Definite(value))) => return question.kind.said(value, words),
    });
    said.to_owned()
}

/// What full credit means for a kind of question, in words.
pub(super) fn full_credit(kind: &Kind, words: &Words) -> String {
    match kind {
        Kind::Levels(levels) => levels.last().map(|level| level.label.clone()).unwrap_or_default(),
        Kind::YesNo { .. } => words.say("Yes").to_owned(),
        Kind::Percentage(bands) => match bands.last().map_or(100, |band| band.from) {
            100 => words.fill("{percent}%", &[("percent", &100)]),
            from => words.fill("{percent}% or more", &[("percent", &from)]),
        },
        Kind::LastDone(within) => {
            let months = within.first().map_or(0, |limit| usize::from(limit.months));
            let months = words.plural(months, "month", "months");
            words.fill("Done within {months}", &[("months", &months)])
        }
        Kind::TickAll(_) => words.say("Every one that applies").to_owned(),
    }
}
