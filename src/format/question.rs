//! One `[[question]]` of a questionnaire.

use std::mem::take;

use super::leaf::{Int, List, words};
use super::read::{Field, Reader, table};
use crate::model::{
    Band, Choice, ChoiceId, ControlId, Cost, Credit, Effort, FactId, Kind, Level, LevelId, Question,
    QuestionId, Reference, Severity, SourceId, Weight, Within,
};
use crate::problem::{Code, Problem};
use crate::text::and_list;

table! {
    /// A question. It belongs to the area that its id begins with.
    RawQuestion = "question" {
        /// Its area and its topic, joined by a dot.
        required id: QuestionId,
        /// Raised when the meaning changes, so that comparisons treat it as a new yardstick. Left out it is 1.
        optional revision: Int<1, { u32::MAX as i64 }>,
        /// How much it counts within its area.
        required weight: Int<1, 5>,
        /// Why it has this weight, in one line.
        required weight_reason: String,
        /// How serious a gap is: for display and order, never for arithmetic.
        required severity: Severity,
        /// Facts that it needs: it is out of scope when one of them is answered "no".
        optional applies_if: List<FactId>,
        /// Whether it may be declared not applicable. Left out it may not.
        optional not_applicable: Skipping,
        /// The protective measures that it measures.
        optional controls: List<ControlId>,
        /// A short name for tables and pictures, at most 48 characters.
        required title: String,
        /// The question itself, in plain language.
        required ask: String,
        /// What the words mean, and where to look.
        optional help: String,
        /// Why it matters, in one sentence.
        required why: String,
        /// The first concrete step.
        required fix: String,
        /// The second depth, for the technical person.
        optional fix_more: String,
        /// What to ask whom when the answer is not known.
        optional find_out: String,
        /// The work of one ordinary person to put it right.
        required effort: Effort,
        /// What it costs in money.
        required cost: Cost,
        /// What counts as documented evidence.
        required proof: String,
        /// How many months evidence for it stays fresh.
        required valid_months: Int<1, 1200>,
        /// Related items of public frameworks: the prefix of the framework, a colon and the item.
        optional references: List<Reference>,
        /// Where the topic comes from: keys of sources.toml.
        optional sources: List<SourceId>,
        /// How it is answered, and which of the following keys it has.
        required kind: KindWord,
        /// For kind "levels": two to seven levels, credit rising from 0 to 100.
        optional levels: List<RawLevel>,
        /// For kind "yes-no": what counts as partly.
        optional partly: String,
        /// For kind "yes-no": the credit of partly. Left out it is 50.
        optional partly_credit: Int<1, 99>,
        /// For kind "percentage": the highest band that is reached counts.
        optional bands: List<RawBand>,
        /// For kind "last-done": how long ago it may have been.
        optional within: List<RawWithin>,
        /// For kind "tick-all": the things to tick.
        optional choices: List<RawChoice>,
    }
}

table! {
    /// One level.
    RawLevel = "level" {
        /// Its id in answers.
        required id: LevelId,
        /// What it earns.
        required credit: Credit,
        /// What it means, in the words that people choose from.
        required label: String,
    }
}

table! {
    /// One band.
    RawBand = "band" {
        /// The percentage from which it is reached.
        required from: Int<1, 100>,
        /// What it earns.
        required credit: Credit,
    }
}

table! {
    /// One age limit.
    RawWithin = "age limit" {
        /// At most so many calendar months ago.
        required months: Int<1, 1200>,
        /// What it earns.
        required credit: Credit,
    }
}

table! {
    /// One thing to tick.
    RawChoice = "choice" {
        /// Its id in answers.
        required id: ChoiceId,
        /// What it means, in the words that people choose from.
        required label: String,
        /// Facts that it needs: it is out of scope when one of them is answered "no".
        optional applies_if: List<FactId>,
    }
}

/// Whether a question may be declared not applicable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Skipping {
    Never,
    WithReason,
}

impl Skipping {
    fn as_str(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::WithReason => "with-reason",
        }
    }
}

/// The kind of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KindWord {
    Levels,
    YesNo,
    Percentage,
    LastDone,
    TickAll,
}

impl KindWord {
    fn as_str(self) -> &'static str {
        match self {
            Self::Levels => "levels",
            Self::YesNo => "yes-no",
            Self::Percentage => "percentage",
            Self::LastDone => "last-done",
            Self::TickAll => "tick-all",
        }
    }

    /// The keys of this kind, the one it cannot do without first.
    fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Levels => &["levels"],
            Self::YesNo => &["partly", "partly_credit"],
            Self::Percentage => &["bands"],
            Self::LastDone => &["within"],
            Self::TickAll => &["choices"],
        }
    }
}

words! {
    Skipping: Self::Never, Self::WithReason;
    KindWord: Self::Levels, Self::YesNo, Self::Percentage, Self::LastDone, Self::TickAll;
}

/// The question, when at least its id could be read. Stand-ins take the place of what is broken, so that everything
/// else can be checked.
pub(super) fn question(mut raw: RawQuestion, reader: &mut Reader<'_>) -> Option<Question> {
    check_keys_of_kind(&raw, reader);
    let stand_in = Kind::YesNo { partly: String::new(), partly_credit: DEFAULT_PARTLY };
    let kind = kind(&mut raw).unwrap_or(stand_in);
    Some(Question {
        id: raw.id.take()?,
        revision: raw.revision.or(Int::STAND_IN).small(),
        weight: Weight::of_question(raw.weight.or(Int::STAND_IN).get())
            .expect("invariant: weights are read as 1 to 5"),
        weight_reason: raw.weight_reason.or_default(),
        severity: raw.severity.or(Severity::Low),
        applies_if: raw.applies_if.or_default().values(),
        may_be_skipped: raw.not_applicable.take() == Some(Skipping::WithReason),
        controls: raw.controls.or_default().values(),
        title: raw.title.or_default(),
        ask: raw.ask.or_default(),
        help: raw.help.take(),
        why: raw.why.or_default(),
        fix: raw.fix.or_default(),
        fix_more: raw.fix_more.take(),
        find_out: raw.find_out.take(),
        effort: raw.effort.or(Effort::Weeks),
        cost: raw.cost.or(Cost::High),
        proof: raw.proof.or_default(),
        valid_months: raw.valid_months.or(Int::STAND_IN).small(),
        references: raw.references.or_default().values(),
        sources: raw.sources.or_default().values(),
        kind,
    })
}

/// The credit of partly when the question does not say.
const DEFAULT_PARTLY: Credit = Credit::HALF;

/// How it is answered and credited, when all of that could be read.
fn kind(raw: &mut RawQuestion) -> Option<Kind> {
    Some(match raw.kind.get()? {
        KindWord::Levels => Kind::Levels(all(&mut raw.levels, |level: RawLevel| {
            Some(Level {
                id: level.id.take()?,
                credit: level.credit.take()?,
                label: level.label.or_default(),
            })
        })?),
        KindWord::YesNo => Kind::YesNo {
            partly: take(&mut raw.partly).take()?,
            partly_credit: take(&mut raw.partly_credit).take().map_or(Some(DEFAULT_PARTLY), credit)?,
        },
        KindWord::Percentage => Kind::Percentage(all(&mut raw.bands, |band: RawBand| {
            Some(Band { from: band.from.take()?.small(), credit: band.credit.take()? })
        })?),
        KindWord::LastDone => Kind::LastDone(all(&mut raw.within, |limit: RawWithin| {
            Some(Within { months: limit.months.take()?.small(), credit: limit.credit.take()? })
        })?),
        KindWord::TickAll => Kind::TickAll(all(&mut raw.choices, |choice: RawChoice| {
            let applies_if = choice.applies_if.or_default().values();
            Some(Choice { id: choice.id.take()?, label: choice.label.or_default(), applies_if })
        })?),
    })
}

fn credit(credit: Int<1, 99>) -> Option<Credit> {
    Credit::new(credit.small())
}

/// The members of a list, when all of them can be made.
fn all<R, T>(list: &mut Field<List<R>>, make: impl Fn(R) -> Option<T>) -> Option<Vec<T>> {
    take(list).take()?.all()?.into_iter().map(make).collect()
}

/// Reports the keys that the question lacks for its kind, and those that belong to other kinds.
fn check_keys_of_kind(raw: &RawQuestion, reader: &mut Reader<'_>) {
    let Some(kind) = raw.kind.get() else { return };
    let keys = [
        ("levels", raw.levels.key.clone()),
        ("partly", raw.partly.key.clone()),
        ("partly_credit", raw.partly_credit.key.clone()),
        ("bands", raw.bands.key.clone()),
        ("within", raw.within.key.clone()),
        ("choices", raw.choices.key.clone()),
    ];
    let word = kind.as_str();
    for (key, at) in keys {
        match at {
            Some(at) if !kind.keys().contains(&key) => {
                let message = format!("`{key}` does not belong to a question of kind \"{word}\"");
                let help = format!("remove it, or change the kind; \"{word}\" takes {}", listed(kind.keys()));
                reader.report(Problem::new(Code::MisplacedKey, at, message).help(help));
            }
            None if kind.keys().first() == Some(&key) && !raw.misspelt.contains(&key) => {
                let name = raw
                    .id
                    .get()
                    .map_or_else(|| "this question".to_owned(), |id| format!("the question `{id}`"));
                let message = format!("{name} of kind \"{word}\" has no `{key}`");
                reader.report(Problem::new(Code::MissingKey, raw.span.clone(), message));
            }
            _ => {}
        }
    }
}

fn listed(keys: &[&str]) -> String {
    and_list(&keys.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>())
}
