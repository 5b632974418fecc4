//! What moved between two assessments of one organisation, and why.

mod change;
mod words;

use std::fmt::Display;

use serde::Serialize;

use words::Weakest;

pub use change::{ChangeGroup, ChangeGroupKind, QuestionChange};

use super::incident::IncidentNote;
use super::{BandView, Day, Head, Input, Promise, Score, label};
use crate::model::{Area, Difference, Points, QuestionId, WorkPlan};
use crate::scoring::{self, Assessed, Cause, Comparison, GateState, Scores, Word};
use crate::text::{Words, phrase};

/// What moved between two assessments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Movement {
    /// Who was assessed, with what, as the newer assessment has it.
    pub head: Head,
    /// The older assessment.
    pub old: Moment,
    /// The newer assessment.
    pub new: Moment,
    /// What moved, in one sentence.
    pub sentence: String,
    /// What did it: the answers, the questions, or both.
    pub causes: String,
    /// What else explains the numbers, in a few sentences; empty when nothing does.
    pub remarks: String,
    /// Whether the questionnaire itself changed.
    pub yardstick_moved: bool,
    /// How the score moved; nothing when there is none before, between or after.
    pub score: Option<ScoreMovement>,
    /// What happened to the questions, what got worse first; groups without an entry are left out.
    pub groups: Vec<ChangeGroup>,
    /// The areas of both, in order of the newer questionnaire, then those that are gone.
    pub areas: Vec<AreaMovement>,
    /// The gates that opened or closed.
    pub gates: Vec<GateMovement>,
    /// The incidents whose word changed: what opened first.
    pub incidents: Vec<IncidentMovement>,
    /// What the plan promised by now and the newer answers do not show.
    pub not_kept: Vec<Promise>,
    /// The language in which it is said.
    #[serde(skip)]
    pub words: &'static Words,
}

/// One of two assessments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Moment {
    /// The day on which everything was judged.
    pub date: Day,
    /// The version of the questionnaire that it was scored with.
    pub version: String,
    /// The version that the answers name, when that one is not known.
    pub unknown_version: Option<String>,
    /// SHA-256 of the answers file, in hex.
    pub answers_sha256: String,
    /// The score.
    pub score: Option<Score>,
    /// Its band.
    pub band: Option<BandView>,
}

/// How the score moved: the result before, and three things that add up to the result now, exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ScoreMovement {
    /// The result before.
    pub headline_old: Points,
    /// The stated score before.
    pub stated_old: Points,
    /// The new questionnaire with the old answers, wherever a question kept its meaning.
    pub between: Points,
    /// The stated score now.
    pub stated_new: Points,
    /// The result now.
    pub headline_new: Points,
    /// What the answers moved.
    pub real: Difference,
    /// What the change of the questions moved.
    pub yardstick: Difference,
    /// What more or less proof moved: the result is held below the stated score until enough of it is proven.
    pub proof: Difference,
    /// The share of the first two that is a cap's: what it took before and no longer takes.
    pub cap: Difference,
}

/// One area in two assessments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AreaMovement {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The stated score before; nothing when no question counted.
    pub stated_old: Option<Points>,
    /// The stated score now; nothing when no question counts.
    pub stated_new: Option<Points>,
}

/// A gate that opened or closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GateMovement {
    /// Its id.
    pub id: String,
    /// What it asks for.
    pub title: String,
    /// The highest printed score while it fails.
    pub cap: u8,
    /// Whether the gap is closed now; otherwise it opened.
    pub closed: bool,
    /// Whether the change of the questions did it, and not the answers.
    pub by_yardstick: bool,
}

/// An incident whose word changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IncidentMovement {
    /// Its id.
    pub id: String,
    /// A short name.
    pub title: String,
    /// How it ended before; nothing when it was not replayed.
    pub old: Option<&'static str>,
    /// How it ends now; nothing when it is not replayed.
    pub new: Option<&'static str>,
    /// What that means.
    pub turn: Turn,
    /// The same in a few words.
    pub words: String,
    /// Whether the change of the questions did it, and not the answers.
    pub by_yardstick: bool,
}

/// What a new word for an incident means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Turn {
    /// It would no longer be interrupted.
    Opened,
    /// It concerns the organisation now, and would not be interrupted.
    Appeared,
    /// More or less stands in its way than before, or it does not concern the organisation any more.
    Other,
    /// It would be interrupted now.
    Closed,
}

impl Turn {
    /// Whether it stands open now and did not before.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Opened | Self::Appeared)
    }
}

impl Movement {
    /// Decides what to say about two assessments by questionnaires of the same id, both scored with the same incidents,
    /// and about the plan that was made between them.
    pub fn new(old: &Input, new: &Input, plan: Option<&WorkPlan>) -> Self {
        let comparison = &Comparison::new(assessed(old), assessed(new));
        let score = ScoreMovement::new(old, new, comparison);
        let yardstick_moved = old.questionnaire_sha256 != new.questionnaire_sha256;
        let said = new.words;
        let (old_moment, new_moment) = (Moment::new(old, said), Moment::new(new, said));
        let moments = [&old_moment, &new_moment];
        let mut kinds = comparison.questions.iter().flat_map(|change| &change.kinds);
        let answers_changed = kinds.any(|kind| !kind.is_of_questionnaire());
        let mut remarks: Vec<String> = another_organisation(old, new).into_iter().collect();
        remarks.extend(words::remarks(
            score.as_ref(),
            moments,
            &caps(new),
            weakest(old).zip(weakest(new)),
            said,
        ));
        Self {
            head: Head::new(new),
            sentence: words::sentence(&old_moment, &new_moment, said),
            causes: words::causes(score.as_ref(), yardstick_moved, moments, answers_changed, said),
            remarks: remarks.join(" "),
            yardstick_moved,
            groups: change::groups(old, new, comparison),
            areas: areas(old, new),
            gates: comparison.gates.iter().filter_map(|gate| GateMovement::new(old, new, *gate)).collect(),
            incidents: incidents(new, comparison),
            not_kept: plan.map(|plan| not_kept(plan, old, new)).unwrap_or_default(),
            old: old_moment,
            new: new_moment,
            score,
            words: said,
        }
    }

    /// The stated score that an area had before.
    pub fn area_before(&self, id: &str) -> Option<Points> {
        self.areas.iter().find(|area| area.id == id).and_then(|area| area.stated_old)
    }

    /// Every question that changed, what got worse first.
    pub fn changes(&self) -> impl Iterator<Item = &QuestionChange> {
        self.groups.iter().flat_map(|group| &group.changes)
    }
}

impl Moment {
    fn new(input: &Input, words: &'static Words) -> Self {
        let scores = &input.evaluation.scores;
        let (version, named) = (&input.questionnaire.header().version, &input.assessment.version);
        Self {
            date: Day::new(input.assessment.date, words),
            version: version.clone(),
            unknown_version: (named != version).then(|| named.clone()),
            answers_sha256: input.answers_sha256.to_owned(),
            score: scores.headline.map(|headline| Score {
                headline,
                worlds: scores.score,
                base: scores.base,
            }),
            band: scores.band().map(|band| BandView::new(band, words)),
        }
    }

    /// The number that is printed.
    pub fn printed(&self) -> Option<u16> {
        self.score.as_ref().map(|score| score.headline.printed())
    }
}

impl ScoreMovement {
    fn new(old: &Input, new: &Input, comparison: &Comparison) -> Option<Self> {
        let (before, after) = (&old.evaluation.scores, &new.evaluation.scores);
        let effect = comparison.score?;
        let assurance = |input: &Input| input.evaluation.ledger.as_ref().map(|ledger| ledger.assurance);
        Some(Self {
            headline_old: before.headline?,
            stated_old: before.score.stated?,
            between: comparison.between.score.stated?,
            stated_new: after.score.stated?,
            headline_new: after.headline?,
            real: effect.real,
            yardstick: effect.yardstick,
            proof: assurance(old)?.since(assurance(new)?),
            cap: comparison.cap?.total(),
        })
    }
}

/// That the older answers are those of somebody else, by their name.
fn another_organisation(old: &Input, new: &Input) -> Option<String> {
    let [then, now] = [old, new].map(|input| &input.assessment.organisation.name);
    (then != now).then(|| new.words.fill("The older answers are those of “{name}”.", &[("name", then)]))
}

/// The titles of the gates that cap the newer score.
fn caps(input: &Input) -> Vec<String> {
    let gates = input.questionnaire.gates().iter().zip(&input.evaluation.scores.gates);
    let failing: Vec<_> = gates.filter(|(_, result)| result.state.stated == GateState::Failed).collect();
    let lowest = failing.iter().map(|(gate, _)| gate.cap).min();
    failing.iter().filter(|(gate, _)| Some(gate.cap) == lowest).map(|(gate, _)| gate.title.clone()).collect()
}

fn assessed<'a>(input: &Input<'a>) -> Assessed<'a> {
    let Input { questionnaire, scheme, assessment, evaluation, .. } = *input;
    Assessed { questionnaire, scheme, assessment, evaluation }
}

/// What the plan promised by the newer assessment and it does not show.
fn not_kept(plan: &WorkPlan, old: &Input, new: &Input) -> Vec<Promise> {
    let credit = |input: &Input, id: &QuestionId| {
        let place = input.questionnaire.position(id.as_str())?;
        input.evaluation.scores.questions.get(place)?.credit.stated
    };
    let (before, now) = (|id: &QuestionId| credit(old, id), |id: &QuestionId| credit(new, id));
    Promise::not_kept(plan, new.questionnaire, new.assessment.date, before, now, new.words)
}

/// The weakest area; the first of several.
fn weakest<'a>(input: &Input<'a>) -> Option<Weakest<'a>> {
    let areas = input.questionnaire.areas().iter().zip(&input.evaluation.scores.areas);
    let scored =
        areas.filter_map(|(area, result)| Some(Weakest { title: &area.title, score: result.score.stated? }));
    scored.min_by_key(|area| area.score)
}

fn areas(old: &Input, new: &Input) -> Vec<AreaMovement> {
    let stated = |scores: &Scores, place: usize| scores.areas.get(place).and_then(|area| area.score.stated);
    let find = |areas: &[Area], id: &Area| areas.iter().position(|area| area.id == id.id);
    let (before, now) = (old.questionnaire.areas(), new.questionnaire.areas());
    let kept = now.iter().enumerate().map(|(place, area)| {
        let earlier = find(before, area);
        (
            area,
            earlier.and_then(|place| stated(&old.evaluation.scores, place)),
            stated(&new.evaluation.scores, place),
        )
    });
    let gone = before.iter().enumerate().filter(|(_, area)| find(now, area).is_none());
    let gone = gone.map(|(place, area)| (area, stated(&old.evaluation.scores, place), None));
    let movement = |(area, stated_old, stated_new): (&Area, _, _)| AreaMovement {
        id: area.id.to_string(),
        title: area.title.clone(),
        stated_old,
        stated_new,
    };
    kept.chain(gone).map(movement).collect()
}

impl GateMovement {
    fn new(old: &Input, new: &Input, change: scoring::GateChange) -> Option<Self> {
        let gate = match (change.old, change.new) {
            (_, Some(place)) => new.questionnaire.gates().get(place)?,
            (place, None) => old.questionnaire.gates().get(place?)?,
        };
        Some(Self {
            id: gate.id.to_string(),
            title: gate.title.clone(),
            cap: gate.cap.get(),
            closed: change.now == GateState::Held,
            by_yardstick: change.cause == Cause::Yardstick,
        })
    }
}

fn incidents(new: &Input, comparison: &Comparison) -> Vec<IncidentMovement> {
    let movement = |change: &scoring::IncidentChange| {
        let note = IncidentNote::at(new, change.incident)?;
        let interrupted = |word: Option<Word>| word.map(Word::is_interrupted);
        let turn = match (interrupted(change.before), interrupted(change.now)) {
            (Some(true), Some(false)) => Turn::Opened,
            (None, Some(false)) => Turn::Appeared,
            (Some(false), Some(true)) => Turn::Closed,
            _ => Turn::Other,
        };
        let how = match (change.before, change.now) {
            (Some(_), Some(_)) => phrase("{before} before, {now} now"),
            (None, Some(_)) => phrase("new for you, {now}"),
            _ => phrase("no longer concerns you"),
        };
        let said = |word: Option<Word>| word.map_or("", |word| new.words.say(label::word(word)));
        let values: [(&str, &dyn Display); 2] =
            [("before", &said(change.before)), ("now", &said(change.now))];
        Some(IncidentMovement {
            id: note.id,
            title: note.title,
            old: change.before.map(label::word),
            new: change.now.map(label::word),
            turn,
            words: new.words.fill(how, &values),
            by_yardstick: change.cause == Cause::Yardstick,
        })
    };
    let mut incidents: Vec<_> = comparison.incidents.iter().filter_map(movement).collect();
    incidents.sort_by_key(|incident| incident.turn);
    incidents
}
