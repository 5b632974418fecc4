//! Every number of a report, made in one place.

use crate::model::{Evidence, Points, Standing, Worlds};

/// Everything that can be said in numbers about one assessment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evaluation {
    /// The scores of the three worlds and what they are made of.
    pub scores: Scores,
    /// Where the missing points went; nothing without a score.
    pub ledger: Option<Ledger>,
    /// What is not known, by what is at stake, highest first.
    pub find_out: Vec<FindOut>,
    /// What to do, in order, with the promised score after each action.
    pub roadmap: Vec<Action>,
    /// The single changes that would interrupt incidents, the most incidents for the least effort first.
    pub closers: Vec<Closer>,
    /// Whether a single weight could change the band.
    pub stability: Stability,
}

/// The scores of the three worlds and what they are made of: the part that is cheap to compute.
///
/// Questions, areas and gates are in the order of the questionnaire, incidents by ascending id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scores {
    /// One entry per question.
    pub questions: Vec<QuestionResult>,
    /// One entry per area.
    pub areas: Vec<AreaResult>,
    /// One entry per gate.
    pub gates: Vec<GateResult>,
    /// One entry per incident.
    pub incidents: Vec<IncidentResult>,
    /// B: three quarters the average of the areas, one quarter the weakest; nothing where no question counts.
    pub base: Worlds<Option<Points>>,
    /// F: B under the caps.
    pub score: Worlds<Option<Points>>,
    /// H: the stated score, held below "good" or "strong" until enough of it is proven.
    pub headline: Option<Points>,
    /// The share of weight with a definite answer; nothing when no question is in scope.
    pub coverage: Option<Points>,
    /// The share of weight in scope that is declared not applicable.
    pub scope_reduced: Option<Points>,
}

impl Scores {
    /// The band of the printed headline; nothing without a score.
    pub fn band(&self) -> Option<Band> {
        self.headline.map(Band::of)
    }
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionResult {
    /// How it stands.
    pub standing: Standing,
    /// The evidence level after ageing; nothing unless answered or not applicable.
    pub evidence: Option<Evidence>,
    /// Whether the evidence is as strong as it was written down; nothing unless answered or not applicable.
    pub fresh: Option<bool>,
    /// What it earns in each world; nothing where it is left out.
    pub credit: Worlds<Option<Points>>,
}

/// One area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AreaResult {
    /// D; nothing where no question counts.
    pub score: Worlds<Option<Points>>,
    /// All its questions.
    pub questions: usize,
    /// Those that count in the stated world.
    pub counted: usize,
    /// Those in scope that are unknown or unanswered.
    pub unknown: usize,
    /// Those declared not applicable, supported or not.
    pub not_applicable: usize,
}

/// Whether a gate holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum GateState {
    Failed,
    Held,
}

impl GateState {
    /// The word in machine output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::Held => "held",
        }
    }
}

/// One gate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GateResult {
    /// Whether it holds; a gate without a counted requirement does.
    pub state: Worlds<GateState>,
    /// The requirements, by their place in the gate, that fail in the stated world.
    pub failing: Vec<usize>,
}

/// One incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IncidentResult {
    /// A fact that it needs is answered "no".
    DoesNotApply,
    /// The questionnaire does not measure every control that could prevent a step.
    NotAssessed,
    /// Replayed against the answers.
    Replayed(Replay),
}

impl IncidentResult {
    /// The replay, when there is one.
    pub fn replay(&self) -> Option<&Replay> {
        match self {
            Self::Replayed(replay) => Some(replay),
            Self::DoesNotApply | Self::NotAssessed => None,
        }
    }
}

/// An incident replayed against the answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replay {
    /// The outcome in each world.
    pub outcome: Worlds<Outcome>,
    /// One entry per step, in order.
    pub steps: Vec<StepResult>,
    /// The question, by its place, that would interrupt an open or hindered path if raised to full credit; of several
    /// the cheapest. Nothing when the path is interrupted, or no single question is enough.
    pub cheapest: Option<usize>,
}

/// How a replay ends in one world.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// The sum of the strengths of all steps; 100 is one full layer.
    pub layers: u32,
    /// The word for it.
    pub word: Word,
    /// The first step, counted from 0, whose strength is 100.
    pub broken_at: Option<usize>,
    /// The first step, counted from 0, that a control of at least half credit would have shown.
    pub detected_at: Option<usize>,
}

/// How a replay ends, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Word {
    /// No step is broken, less than one full layer in all.
    Open,
    /// No step is broken, but partial measures add up to one layer or more.
    Hindered,
    /// A step is broken, less than two layers in all.
    Interrupted,
    /// A step is broken, two layers or more.
    Layered,
}

impl Word {
    /// The word in output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Hindered => "hindered",
            Self::Interrupted => "interrupted",
            Self::Layered => "layered",
        }
    }

    /// Whether a step is broken.
    pub fn is_interrupted(self) -> bool {
        self >= Self::Interrupted
    }
}

/// One step of a replay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepResult {
    /// 0 open, 1 to 99 hindered, 100 stopped (or impossible here).
    pub strength: Worlds<u8>,
    /// A fact that the step needs is answered "no".
    pub impossible: bool,
    /// The measures in its way that give the stated strength, in order; empty when nothing does, or when the step is
    /// impossible.
    pub by: Vec<Measured>,
    /// Of the controls in its way, the one that could give the most strength but does not yet, with its questions;
    /// nothing when none is left that a question in scope measures, or when the step is impossible. It can be weaker
    /// than what is in the way already.
    pub missing: Option<Measured>,
}

/// A control in the way of a step, with the questions that measure it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measured {
    /// The control, by its place in the step's `prevent` list.
    pub prevention: usize,
    /// The strength that it gives in the stated world, 0 to 100.
    pub strength: u8,
    /// The counted questions that decide its credit (those with the smallest credit), by place in the questionnaire.
    pub questions: Vec<usize>,
}

/// Where the missing points went. `headline + assurance + cap + sum of losses = 10000`, exactly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ledger {
    /// The loss of each question, in order of the questionnaire.
    pub losses: Vec<Points>,
    /// The sum of the losses: 10000 - B.
    pub questions: Points,
    /// What the cap takes: B - F.
    pub cap: Points,
    /// The failing gate with the lowest cap, by its place, when it takes something.
    pub cap_gate: Option<usize>,
    /// The first priority incident that is not interrupted, by its place, when it is what takes something.
    pub cap_incident: Option<usize>,
    /// What the lack of proof takes: F - H.
    pub assurance: Points,
}

/// Something that is not known, and what is at stake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FindOut {
    /// The question, by its place.
    pub question: usize,
    /// How much B of the possible world falls if the answer turns out to be worth nothing.
    pub at_stake: Points,
}

/// One action of the roadmap: it raises one question to full credit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// The question, by its place.
    pub question: usize,
    /// Whether the first step is to find out, because the answer is not known.
    pub find_out: bool,
    /// Its cost in the roadmap's unit: minutes 1, hours 3, days 8, weeks 20.
    pub cost: u8,
    /// The headline after this action and all before it.
    pub headline_after: Points,
    /// The stated score after this action and all before it.
    pub stated_after: Points,
    /// The incidents, by their place, that it newly interrupts.
    pub closes: Vec<usize>,
}

/// A question that alone, raised to full credit, would interrupt incidents that are open or hindered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closer {
    /// The question, by its place.
    pub question: usize,
    /// Its cost in the roadmap's unit: minutes 1, hours 3, days 8, weeks 20.
    pub cost: u8,
    /// The incidents, by their place, that it would interrupt; at least one.
    pub closes: Vec<usize>,
}

/// Whether a single weight, halved or doubled, or another share of the weakest area could change the band.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stability {
    /// It could not.
    Steady,
    /// It could: the band next to the present one that was reached.
    Edge {
        /// The neighbouring band.
        neighbour: Band,
    },
}

/// The band of the printed headline, lowest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Band {
    Exposed,
    Weak,
    Fair,
    Good,
    Strong,
}

impl Band {
    /// Every band, lowest first.
    pub const ALL: [Self; 5] = [Self::Exposed, Self::Weak, Self::Fair, Self::Good, Self::Strong];

    /// The band of a headline.
    pub fn of(headline: Points) -> Self {
        let printed = headline.printed();
        Self::ALL.into_iter().rev().find(|band| printed >= band.from()).unwrap_or(Self::Exposed)
    }

    /// The lowest printed score of the band.
    pub fn from(self) -> u16 {
        match self {
            Self::Exposed => 0,
            Self::Weak => 40,
            Self::Fair => 60,
            Self::Good => 80,
            Self::Strong => 90,
        }
    }

    /// The word in output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exposed => "exposed",
            Self::Weak => "weak",
            Self::Fair => "fair",
            Self::Good => "good",
            Self::Strong => "strong",
        }
    }
}
