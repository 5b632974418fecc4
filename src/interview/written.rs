//! What a person wrote into a spreadsheet: the words of the lists, or the ids of files. Empty cells change nothing.

use super::mistake::{Field, Mistake, Wrong};
use super::parse::readings;
use super::{Details, Interview, Reply};
use crate::model::{
    Change, Date, Evidence, FactId, Kind, OrganisationKind, Question, QuestionId, Ternary, Value, YesPartlyNo,
};
use crate::text::nearest;

/// What stands in the row of a question; nothing is an empty text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Written {
    pub answer: String,
    pub reason: String,
    pub evidence: String,
    pub evidence_date: String,
    pub evidence_where: String,
    pub by: String,
    pub provided_by: String,
    pub comment: String,
}

/// Something that cannot be accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What is wrong, and with which field.
    pub mistake: Mistake,
    /// What can stand there, where that is a choice.
    pub possible: Vec<String>,
    /// What was probably meant.
    pub suggestion: Option<String>,
}

impl Refusal {
    fn new(field: Field, wrong: Wrong) -> Self {
        Self::of(Mistake::new(field, wrong), "", Vec::new())
    }

    /// What is wrong with a date in numbers, with the days that it can mean.
    fn of_date(field: Field, text: &str) -> Option<Self> {
        let possible: Vec<String> = readings(text).into_iter().map(Date::in_words).collect();
        let mistake = Mistake::new(field, Wrong::NoMonthName);
        (!possible.is_empty()).then_some(Self { mistake, possible, suggestion: None })
    }

    fn of(mistake: Mistake, text: &str, possible: Vec<String>) -> Self {
        let plain_words: Vec<String> = possible.iter().map(|words| plain(words)).collect();
        let near = nearest(&plain(text), plain_words.iter().map(String::as_str));
        let place = near.and_then(|near| plain_words.iter().position(|words| *words == near));
        let suggestion = place.and_then(|place| possible.get(place).cloned());
        Self { mistake, possible, suggestion }
    }
}

/// Something that can be chosen: its id and its words.
type Choosable = (String, String);

/// Text as it is compared: people differ in capitals, spaces, quotes and full stops.
fn plain(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words
        .join(" ")
        .to_lowercase()
        .replace(['’', '‘'], "'")
        .replace(['“', '”'], "\"")
        .trim_end_matches('.')
        .to_owned()
}

/// The id of the option that a text names, by its words or by its id.
fn find<'a>(text: &str, options: &'a [Choosable]) -> Option<&'a str> {
    let text = plain(text);
    options.iter().find(|(id, words)| *id == text || plain(words) == text).map(|(id, _)| id.as_str())
}

fn option(id: &str, words: impl Into<String>) -> Choosable {
    (id.to_owned(), words.into())
}

/// What can be chosen for a question, except what is ticked.
fn options(question: &Question) -> Vec<Choosable> {
    let mut options: Vec<Choosable> = match &question.kind {
        Kind::Levels(levels) => {
            levels.iter().map(|level| option(level.id.as_str(), level.label.clone())).collect()
        }
        Kind::YesNo { .. } => [YesPartlyNo::Yes, YesPartlyNo::Partly, YesPartlyNo::No]
            .map(|word| option(word.as_str(), question.kind.in_words(&Value::YesPartlyNo(word))))
            .to_vec(),
        Kind::Percentage(_) => Vec::new(),
        Kind::LastDone(_) => vec![option(Reply::NEVER, "Never")],
        Kind::TickAll(_) => vec![option(Reply::NONE, "None of these")],
    };
    options.push(option(Reply::UNKNOWN, "I don’t know"));
    options.push(option(Reply::NOT_APPLICABLE, "Does not apply"));
    options
}

/// The words that can stand in the cell of an answer.
fn possible(question: &Question) -> Vec<String> {
    let choices = match &question.kind {
        Kind::TickAll(choices) => choices.as_slice(),
        _ => &[],
    };
    let options = options(question).into_iter();
    let offered = options.filter(|(id, _)| id != Reply::NOT_APPLICABLE || question.may_be_skipped);
    choices.iter().map(|choice| choice.label.clone()).chain(offered.map(|(_, words)| words)).collect()
}

impl Interview {
    /// What was written about the organisation, as changes: only what differs from before. What is empty stays as it
    /// is.
    ///
    /// # Errors
    /// Everything that cannot be accepted.
    pub fn written_details(&self, written: &Details) -> Result<Vec<Change>, Vec<Refusal>> {
        let kinds = OrganisationKind::ALL.map(|kind| option(kind.as_str(), kind.in_words()));
        let kind = find(&written.kind, &kinds).unwrap_or(&written.kind).to_owned();
        if let Some(refusal) = Refusal::of_date(Field::Date, &written.date) {
            let rest = Details { date: String::new(), ..written.clone() };
            let others = self.written_details(&rest).err().unwrap_or_default();
            return Err(std::iter::once(refusal).chain(others).collect());
        }
        let now = Details::of(&self.assessment);
        let or = |new: &str, now: String| if new.trim().is_empty() { now } else { new.to_owned() };
        let details = Details {
            name: or(&written.name, now.name),
            kind: or(&kind, now.kind),
            country: or(&written.country, now.country),
            date: or(&written.date, now.date),
            assessor: or(&written.assessor, now.assessor),
            marking: or(&written.marking, now.marking),
        };
        self.answer_details(&details).map_err(|mistakes| {
            let refusal = |mistake: Mistake| {
                let possible = match mistake.field {
                    Field::Kind => kinds.iter().map(|(_, words)| words.clone()).collect(),
                    _ => Vec::new(),
                };
                Refusal::of(mistake, &written.kind, possible)
            };
            mistakes.into_iter().map(refusal).collect()
        })
    }

    /// What was written about a fact, as changes: nothing when it is known already.
    ///
    /// # Errors
    /// When it cannot be accepted.
    pub fn written_fact(&self, id: &FactId, text: &str) -> Result<Vec<Change>, Vec<Refusal>> {
        let options = [
            option(Ternary::Yes.as_str(), "Yes"),
            option(Ternary::No.as_str(), "No"),
            option(Ternary::Unknown.as_str(), "I don’t know"),
        ];
        let answer = find(text, &options).unwrap_or(text);
        let changes = self.answer_fact(id, answer).map_err(|mistakes| {
            let words = || options.iter().map(|(_, words)| words.clone()).collect();
            mistakes.into_iter().map(|mistake| Refusal::of(mistake, text, words())).collect::<Vec<_>>()
        })?;
        let known = |change: &Change| {
            matches!(change, Change::Fact(id, Some(word))
                if self.assessment.facts.get(id) == Some(word) && !self.carried.facts.contains(id))
        };
        Ok(changes.into_iter().filter(|change| !known(change)).collect())
    }

    /// What was written about a question, as changes: nothing when the answer is there already.
    ///
    /// # Errors
    /// Everything that cannot be accepted.
    pub fn written_answer(&self, id: &QuestionId, written: &Written) -> Result<Vec<Change>, Vec<Refusal>> {
        let Some(question) = self.questionnaire.question(id.as_str()).filter(|question| self.asks(question))
        else {
            return Err(vec![Refusal::new(Field::Answer, Wrong::NotAsked)]);
        };
        let reply = self.reply_to(question, written)?;
        let changes = self.answer(id, &reply).map_err(|mistakes| {
            let refusal = |mistake: Mistake| {
                let is_answer = mistake.field == Field::Answer;
                let possible = if is_answer { possible(question) } else { Vec::new() };
                let refusal = Refusal::of(mistake, &written.answer, possible);
                // Where a number or a date is written, the sentence says so, and the list does not.
                let listed = !matches!(question.kind, Kind::Percentage(_) | Kind::LastDone(_));
                Refusal { possible: if listed { refusal.possible } else { Vec::new() }, ..refusal }
            };
            mistakes.into_iter().map(refusal).collect::<Vec<_>>()
        })?;
        Ok(changes.into_iter().filter(|change| !self.is_there(change)).collect())
    }

    /// Whether an answer says nothing new. The day on which it was given is not part of what it says.
    fn is_there(&self, change: &Change) -> bool {
        let Change::Answer(id, Some(answer)) = change else { return false };
        let there = self.assessment.answers.get(id).is_some_and(|there| {
            let mut same = answer.as_ref().clone();
            same.answered = there.answered;
            same == *there
        });
        there && !self.carried.answers.contains(id)
    }

    /// What was written, put over the answer that is there.
    fn reply_to(&self, question: &Question, written: &Written) -> Result<Reply, Vec<Refusal>> {
        let mut refusals = Vec::new();
        let mut reply = Reply::of(question, &self.assessment, self.today);
        if !written.answer.trim().is_empty() {
            match given(question, &written.answer) {
                Ok(given) => {
                    (reply.option, reply.typed, reply.ticked) = (given.option, given.typed, given.ticked);
                }
                Err(refusal) => refusals.push(refusal),
            }
        }
        put(&mut reply.reason, &written.reason);
        put(&mut reply.provided_by, &written.provided_by);
        // Evidence of another answer is no evidence of this one, and who gave that one did not give this one.
        if self.gives_another(question, &reply) {
            (reply.evidence, reply.evidence_date, reply.evidence_where) = Default::default();
            (reply.by, reply.comment) = Default::default();
        }
        put(&mut reply.by, &written.by);
        put(&mut reply.comment, &written.comment);
        if !written.evidence.trim().is_empty() {
            match evidence(&written.evidence) {
                Ok(level) => level.clone_into(&mut reply.evidence),
                Err(refusal) => refusals.push(refusal),
            }
        }
        refusals.extend(Refusal::of_date(Field::EvidenceDate, &written.evidence_date));
        put(&mut reply.evidence_date, &written.evidence_date);
        put(&mut reply.evidence_where, &written.evidence_where);
        if !written.reason.trim().is_empty() && reply.option != Reply::NOT_APPLICABLE && refusals.is_empty() {
            refusals.push(Refusal::new(Field::Reason, Wrong::ReasonForNothing));
        }
        if refusals.is_empty() { Ok(reply) } else { Err(refusals) }
    }

    /// Whether a reply gives another answer than the one that is there.
    fn gives_another(&self, question: &Question, reply: &Reply) -> bool {
        let given = reply.read(question, &self.assessment, self.today).ok().map(|answer| answer.given);
        given.as_ref() != self.assessment.answers.get(&question.id).map(|answer| &answer.given)
    }
}

/// Puts a text over another one, unless it is empty.
fn put(field: &mut String, text: &str) {
    if !text.trim().is_empty() {
        text.clone_into(field);
    }
}

/// The level of evidence that a text names, by its word or by all its words.
fn evidence(text: &str) -> Result<&'static str, Refusal> {
    let levels = [Evidence::Claimed, Evidence::Documented, Evidence::Verified];
    let named = plain(text);
    let found = levels.into_iter().find(|level| named == level.as_str() || named == plain(level.in_words()));
    found.map(Evidence::as_str).ok_or_else(|| {
        let words = levels.map(|level| level.in_words().to_owned()).to_vec();
        Refusal::of(Mistake::new(Field::Evidence, Wrong::NoSuchEvidence), text, words)
    })
}

/// The answer that a text gives.
fn given(question: &Question, text: &str) -> Result<Reply, Refusal> {
    if let Some(id) = find(text, &options(question)) {
        return Ok(Reply::choosing(id));
    }
    match &question.kind {
        Kind::Levels(_) | Kind::YesNo { .. } => {
            let mistake = Mistake::new(Field::Answer, Wrong::NotOffered);
            Err(Refusal::of(mistake, text, possible(question)))
        }
        Kind::Percentage(_) | Kind::LastDone(_) => {
            let is_date = matches!(question.kind, Kind::LastDone(_));
            let unclear = is_date.then(|| Refusal::of_date(Field::Answer, text)).flatten();
            unclear
                .map_or_else(|| Ok(Reply { typed: text.to_owned(), ..Reply::choosing(Reply::ENTERED) }), Err)
        }
        Kind::TickAll(choices) => {
            let choices: Vec<Choosable> =
                choices.iter().map(|choice| option(choice.id.as_str(), choice.label.clone())).collect();
            let ticked = ticked(&choices, text).map_err(|part| {
                Refusal::of(Mistake::new(Field::Answer, Wrong::NotOffered), part, possible(question))
            })?;
            Ok(Reply { ticked, ..Reply::choosing(Reply::ENTERED) })
        }
    }
}

/// The choices that a text lists, by number, words or id; or the part of it that is none of them. Words may have commas
/// in them, so those between semicolons and line breaks are looked for first.
fn ticked<'a>(choices: &[Choosable], text: &'a str) -> Result<Vec<String>, &'a str> {
    let one = |part: &str| {
        let number = part.trim().parse().ok().and_then(|number: usize| choices.get(number.checked_sub(1)?));
        number.map(|(id, _)| id.as_str()).or_else(|| find(part, choices)).map(str::to_owned)
    };
    let mut ticked = Vec::new();
    for part in text.split([';', '\n']).filter(|part| !part.trim().is_empty()) {
        if let Some(id) = one(part) {
            ticked.push(id);
            continue;
        }
        for part in part.split(',').filter(|part| !part.trim().is_empty()) {
            ticked.push(one(part).ok_or(part)?);
        }
    }
    ticked.sort();
    ticked.dedup();
    Ok(ticked)
}
