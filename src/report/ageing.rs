//! What has run out today, what runs out next, and what that does to the score.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use serde::Serialize;

use super::{Day, Input, Numbers, QuestionRef, Score, waivers};
use crate::model::{Date, Evidence, Points, Standing};
use crate::scoring::{Lapse, QuestionResult};
use crate::text::{Words, phrase};

/// How many days are looked ahead.
const AHEAD: u16 = 90;

/// What has run out today, and what runs out next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ageing {
    /// The day on which this is judged; never before the assessment.
    pub today: Day,
    /// The last day that is looked at.
    pub until: Day,
    /// How old the assessment is and what has run out since, when that is worth saying.
    pub since: Option<String>,
    /// What the scores will be on the last day, if nothing is renewed.
    pub consequence: Option<String>,
    /// The answers that count for less today than they could, by the day since when.
    pub past: Vec<Expiry>,
    /// What runs out after today, by date.
    pub coming: Vec<Expiry>,
    /// The score judged today; nothing when no question counts.
    pub score_today: Option<Score>,
    /// The score judged on the last day.
    pub score_then: Option<Score>,
}

/// What runs out on a day in the same way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Expiry {
    /// The first day on which it no longer counts as it did.
    pub on: Day,
    /// What sort of thing.
    pub kind: ExpiryKind,
    /// What is so from that day on: `the document counts as a claim`.
    pub what: String,
    /// What it is about; at least one.
    pub items: Vec<ExpiryItem>,
}

/// What sort of thing runs out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExpiryKind {
    /// The proof of an answer.
    Evidence,
    /// An answer that says when something was last done.
    Answer,
    /// The acceptance of a risk.
    Waiver,
}

/// One question of which something runs out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExpiryItem {
    /// The question.
    pub question: QuestionRef,
    /// The role of the person who answered, or who accepted the risk.
    pub role: Option<String>,
    /// What the answer counted before and counts from then on; nothing for the acceptance of a risk.
    pub counted: Option<(Counted, Counted)>,
}

/// What an answer counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Counted {
    /// The level of evidence.
    pub evidence: Option<&'static str>,
    /// The credit that is proven; nothing where the question is left out.
    pub proven: Option<Points>,
    /// The credit as stated.
    pub stated: Option<Points>,
}

impl ExpiryKind {
    /// The word in machine output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Evidence => "evidence",
            Self::Answer => "answer",
            Self::Waiver => "waiver",
        }
    }
}

impl Expiry {
    /// The questions by number and title, with the role of a person where it is known.
    pub fn questions(&self) -> Vec<String> {
        let named = self.items.iter().map(|item| {
            let role = item.role.as_ref().map(|role| format!(" ({role})")).unwrap_or_default();
            format!("{} {}{role}", item.question.number, item.question.title)
        });
        named.collect()
    }
}

impl Ageing {
    pub(super) fn new(input: &Input, numbers: &Numbers) -> Self {
        let until = input.today.days_after(AHEAD);
        let lapses = input.scheme.lapses(input.assessment);
        let (past, later): (Vec<Lapse>, Vec<Lapse>) =
            lapses.into_iter().partition(|lapse| lapse.on <= input.today);
        let ahead: Vec<Lapse> = later.into_iter().filter(|lapse| lapse.on <= until).collect();
        let today = input.scheme.scores_on(input.assessment, input.today);
        let then = input.scheme.scores_on(input.assessment, until);
        let mut coming: Vec<Entry> = ahead.iter().map(|lapse| Entry::lapse(input, numbers, lapse)).collect();
        coming.extend(expiring(input, numbers, until));
        let (score_today, score_then) = (Score::new(&today), Score::new(&then));
        let consequence = score_today
            .as_ref()
            .zip(score_then.as_ref())
            .filter(|_| !ahead.is_empty())
            .map(|(now, then)| consequence(now, then, until, input.words));
        let since = since(input, &past, score_today.as_ref());
        let past = joined(past).iter().map(|lapse| Entry::lapse(input, numbers, lapse)).collect();
        Self {
            today: Day::new(input.today, input.words),
            until: Day::new(until, input.words),
            since,
            consequence,
            past: gathered(past, input.words),
            coming: gathered(coming, input.words),
            score_today,
            score_then,
        }
    }
}

/// One thing that runs out.
struct Entry {
    on: Date,
    kind: ExpiryKind,
    what: String,
    item: ExpiryItem,
}

impl Entry {
    fn lapse(input: &Input, numbers: &Numbers, lapse: &Lapse) -> Self {
        let question = input.questionnaire.questions().get(lapse.question);
        let answer = question.and_then(|question| input.assessment.answers.get(&question.id));
        let falls = lapse.before.credit.stated != lapse.after.credit.stated;
        Self {
            on: lapse.on,
            kind: if falls { ExpiryKind::Answer } else { ExpiryKind::Evidence },
            what: what(&lapse.before, &lapse.after, input.words),
            item: ExpiryItem {
                question: numbers.at(lapse.question),
                role: answer.and_then(|answer| answer.by.clone()),
                counted: Some((Counted::new(&lapse.before), Counted::new(&lapse.after))),
            },
        }
    }
}

impl Counted {
    fn new(result: &QuestionResult) -> Self {
        Self {
            evidence: result.evidence.map(Evidence::as_str),
            proven: result.credit.proven,
            stated: result.credit.stated,
        }
    }
}

/// The risks whose acceptance ends.
fn expiring(input: &Input, numbers: &Numbers, until: Date) -> Vec<Entry> {
    let places = 0..input.questionnaire.questions().len();
    let entry = |place| {
        let waiver = waivers::needed(input, place)?;
        let on = waiver.expires.tomorrow().filter(|on| *on > input.today && *on <= until)?;
        let item =
            ExpiryItem { question: numbers.at(place), role: Some(waiver.approved_by.clone()), counted: None };
        let what = input.words.say("the risk is no longer accepted").to_owned();
        Some(Entry { on, kind: ExpiryKind::Waiver, what, item })
    };
    places.filter_map(entry).collect()
}

/// All that has happened to a question as one lapse on the last of the days.
fn joined(past: Vec<Lapse>) -> Vec<Lapse> {
    let mut joined = BTreeMap::<usize, Lapse>::new();
    for lapse in past {
        let before = joined.remove(&lapse.question).map_or(lapse.before, |earlier| earlier.before);
        joined.insert(lapse.question, Lapse { before, ..lapse });
    }
    joined.into_values().collect()
}

/// By date, with the questions to which the same happens on the same day together.
fn gathered(mut entries: Vec<Entry>, words: &Words) -> Vec<Expiry> {
    entries.sort_by(|a, b| (a.on, &a.what).cmp(&(b.on, &b.what)));
    let mut dues: Vec<Expiry> = Vec::new();
    for Entry { on, kind, what, item } in entries {
        let on = Day::new(on, words);
        match dues.last_mut().filter(|due| due.on == on && due.what == what) {
            Some(due) => due.items.push(item),
            None => dues.push(Expiry { on, kind, what, items: vec![item] }),
        }
    }
    dues
}

/// What is so once an answer counts for less.
fn what(before: &QuestionResult, after: &QuestionResult, words: &Words) -> String {
    if after.standing == Standing::NotApplicable {
        return words.say("nothing proves any longer that it does not apply").to_owned();
    }
    let stated = after.credit.stated.map_or(0, Points::printed);
    let mut parts = Vec::new();
    if before.credit.stated != after.credit.stated {
        let how = match stated {
            0 => phrase("the date is too old to count"),
            _ => phrase("the date is too old for full credit, so the answer counts for {credit} of 100"),
        };
        parts.push(words.fill(how, &[("credit", &stated)]));
    }
    if before.evidence != after.evidence && stated > 0 {
        let said = words.say(match after.evidence {
            Some(Evidence::Verified | Evidence::Documented) => "the check counts as a document",
            Some(Evidence::Claimed) => "the document counts as a claim",
            Some(Evidence::Lapsed) | None => "the claim proves nothing",
        });
        parts.push(said.to_owned());
    }
    parts.join("; ")
}

/// How old the assessment is and what has run out since. An assessment of less than a month to which nothing has happened
/// is as good as new.
fn since(input: &Input, past: &[Lapse], score_today: Option<&Score>) -> Option<String> {
    let (words, assessed) = (input.words, input.assessment.date);
    let age = assessed.ago(input.today, words);
    let new: BTreeSet<usize> =
        past.iter().filter(|lapse| lapse.on > assessed).map(|lapse| lapse.question).collect();
    let is_new = assessed.months_after(1) > input.today;
    if new.is_empty() {
        let said = words
            .fill("This assessment is {age} old. Nothing in it has run out since then.", &[("age", &age)]);
        return (!is_new).then_some(said);
    }
    let how = match new.len() {
        1 => phrase("This assessment is {age} old. Since then one answer has come to count for less."),
        _ => phrase("This assessment is {age} old. Since then {count} answers have come to count for less."),
    };
    let begin = words.fill(how, &[("age", &age), ("count", &words.number_word(new.len()))]);
    let told = Score::new(&input.evaluation.scores).zip(score_today);
    let told = told.map(|(printed, today)| judged_today(input, printed.printed(), today.printed()));
    Some(begin + &told.map(|told| format!(" {told}")).unwrap_or_default())
}

/// The headline and what of it is proven today, instead of on the day of the assessment.
fn judged_today(input: &Input, then: (u16, u16), now: (u16, u16)) -> String {
    let how = match (now.0 == then.0, now.1 == then.1) {
        (true, true) => phrase("Judged on {day}, the score is the same."),
        (false, true) => phrase("Judged on {day}, the score would be {score_now} instead of {score}."),
        (true, false) => phrase("Judged on {day}, {proven_now} instead of {proven} would be proven."),
        (false, false) => phrase(
            "Judged on {day}, the score would be {score_now} instead of {score}, and {proven_now} instead of {proven} \
             would be proven.",
        ),
    };
    let day = input.today.said(input.words);
    let values: [(&str, &dyn Display); 5] = [
        ("day", &day),
        ("score_now", &now.0),
        ("score", &then.0),
        ("proven_now", &now.1),
        ("proven", &then.1),
    ];
    input.words.fill(how, &values)
}

fn consequence(now: &Score, then: &Score, until: Date, words: &Words) -> String {
    let ((headline, proven), (headline_then, proven_then)) = (now.printed(), then.printed());
    let how = match (headline == headline_then, proven == proven_then) {
        (true, true) => phrase(
            "If nothing is renewed by {day}, the score stays at {score}, and what is proven stays at {proven}.",
        ),
        (true, false) => phrase(
            "If nothing is renewed by {day}, the score stays at {score}, and what is proven falls from {proven} to \
             {proven_then}.",
        ),
        (false, true) => phrase(
            "If nothing is renewed by {day}, the score falls from {score} to {score_then}, and what is proven stays at \
             {proven}.",
        ),
        (false, false) => phrase(
            "If nothing is renewed by {day}, the score falls from {score} to {score_then}, and what is proven falls \
             from {proven} to {proven_then}.",
        ),
    };
    let day = until.said(words);
    let values: [(&str, &dyn Display); 5] = [
        ("day", &day),
        ("score", &headline),
        ("score_then", &headline_then),
        ("proven", &proven),
        ("proven_then", &proven_then),
    ];
    words.fill(how, &values)
}
