//! The score, what it means, and what holds it down.

mod words;

use serde::Serialize;

use super::{Input, Numbers, QuestionRef, Score, label};
use crate::model::{Points, Standing, Worlds};
use crate::scoring::{Band, GateState, Scores};
use crate::text::{Words, sentence_case};

/// The score and what it means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// The numbers; nothing when no question counts.
    pub score: Option<Score>,
    /// The band of the headline.
    pub band: Option<BandView>,
    /// The verdict in one to three sentences.
    pub sentence: String,
    /// What holds the score down, strongest first.
    pub hold: Option<Hold>,
    /// The share of weight with a definite answer.
    pub coverage: Option<Points>,
    /// How many questions stand how.
    pub counts: Counts,
    /// The share of weight declared not applicable.
    pub scope_reduced: Option<Points>,
    /// A warning when more than 15 % of the weight is declared not applicable.
    pub scope_banner: Option<String>,
    /// Whether a single weight could change the band.
    pub stability: &'static str,
    /// The same in a sentence.
    pub stability_sentence: String,
}

/// A band.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BandView {
    /// `weak`.
    pub id: &'static str,
    /// `Weak`.
    pub title: String,
    /// What it means.
    pub meaning: &'static str,
    /// The lowest printed score.
    pub from: u16,
    /// The highest printed score.
    pub to: u16,
}

/// How many questions stand how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Default)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Counts {
    pub questions: usize,
    pub in_scope: usize,
    pub answered: usize,
    pub unknown: usize,
    pub unanswered: usize,
    pub not_applicable: usize,
    pub out_of_scope: usize,
}

/// What holds the score down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hold {
    /// What sort of thing.
    pub kind: HoldKind,
    /// The highest printed score while it holds.
    pub cap: u16,
    /// A heading: `a cap at 59`.
    pub title: String,
    /// What has to happen, in one or two sentences.
    pub sentence: String,
    /// The stated and the possible score without it.
    pub without: Worlds<Option<Points>>,
    /// The questions to look at.
    pub questions: Vec<QuestionRef>,
}

/// What sort of thing holds a score down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum HoldKind {
    /// A gate that fails.
    Gate,
    /// A priority incident that is not interrupted.
    Incident,
    /// Too little is proven.
    Proof,
}

/// A gate and whether it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Gate {
    /// Its id.
    pub id: String,
    /// What it asks for.
    pub title: String,
    /// The highest printed score while it fails.
    pub cap: u8,
    /// Why it is a gate.
    pub grounds: String,
    /// `failed` or `held`, in each world.
    pub state: Worlds<&'static str>,
    /// The questions that keep it from holding.
    pub failing: Vec<QuestionRef>,
}

impl BandView {
    /// Every band, lowest first, in British English: a scale shows their ids and limits.
    pub fn all() -> Vec<Self> {
        Band::ALL.into_iter().map(|band| Self::new(band, Words::ENGLISH)).collect()
    }

    /// The band as reports show it.
    pub fn new(band: Band, words: &'static Words) -> Self {
        let next = Band::ALL.into_iter().find(|other| *other > band);
        Self {
            id: label::band(band),
            title: sentence_case(words.say(label::band(band))),
            meaning: words.say(match band {
                Band::Exposed => "a basic protection is missing, or most are",
                Band::Weak => "basics partly there",
                Band::Fair => "basics mostly there; gaps remain, or little of it is proven",
                Band::Good => "broad protection, part of it proven",
                Band::Strong => "broad, proven, every priority incident interrupted",
            }),
            from: band.from(),
            to: next.map_or(100, |next| next.from() - 1),
        }
    }
}

impl Verdict {
    pub(super) fn new(input: &Input, numbers: &Numbers) -> Self {
        let scores = &input.evaluation.scores;
        let counts = Counts::new(scores);
        let score = Score::new(scores);
        let hold = hold(input, numbers);
        let (stability, stability_sentence) = words::stability(input.evaluation.stability, input.words);
        Self {
            band: scores.band().map(|band| BandView::new(band, input.words)),
            sentence: words::sentence(input, score.as_ref(), hold.as_ref(), counts),
            hold,
            score,
            coverage: scores.coverage,
            counts,
            scope_reduced: scores.scope_reduced,
            scope_banner: scores.scope_reduced.and_then(|reduced| words::scope_banner(reduced, input.words)),
            stability,
            stability_sentence,
        }
    }
}

impl Counts {
    fn new(scores: &Scores) -> Self {
        let count =
            |standing| scores.questions.iter().filter(|question| question.standing == standing).count();
        let questions = scores.questions.len();
        let out_of_scope = count(Standing::OutOfScope);
        Self {
            questions,
            in_scope: questions - out_of_scope,
            answered: count(Standing::Answered),
            unknown: count(Standing::Unknown),
            unanswered: count(Standing::Unanswered),
            not_applicable: count(Standing::NotApplicable),
            out_of_scope,
        }
    }
}

/// What holds the score down. The lack of proof comes first: where it takes something, it is below every cap.
fn hold(input: &Input, numbers: &Numbers) -> Option<Hold> {
    let ledger = input.evaluation.ledger.as_ref()?;
    if ledger.assurance > Points::ZERO {
        return proof_hold(input);
    }
    if let Some(gate) = ledger.cap_gate {
        return gate_hold(input, numbers, gate);
    }
    let incident = input.incidents.get(ledger.cap_incident?)?;
    Some(Hold {
        kind: HoldKind::Incident,
        cap: 89,
        title: cap_title(89, input.words),
        sentence: input.words.fill(
            "A result stays at 89 or lower while a priority incident would not have been interrupted. Here it is: \
             {incident}.",
            &[("incident", &incident.title)],
        ),
        without: Worlds { proven: None, ..input.evaluation.scores.base },
        questions: Vec::new(),
    })
}

fn cap_title(cap: u16, words: &Words) -> String {
    words.fill("a cap at {cap}", &[("cap", &cap)])
}

fn proof_hold(input: &Input) -> Option<Hold> {
    let scores = &input.evaluation.scores;
    let cap = scores.headline?.printed();
    let needed = if cap < 80 { 40 } else { 60 };
    let proven = scores.score.proven.map_or(0, Points::printed);
    Some(Hold {
        kind: HoldKind::Proof,
        cap,
        title: input.words.fill("too little is proven to go above {cap}", &[("cap", &cap)]),
        sentence: input.words.fill(
            "Only {proven} points are proven. From {needed} proven points on, this limit goes. Collect the documents \
             that show what you already do.",
            &[("proven", &proven), ("needed", &needed)],
        ),
        without: Worlds { proven: None, ..scores.score },
        questions: Vec::new(),
    })
}

fn gate_hold(input: &Input, numbers: &Numbers, place: usize) -> Option<Hold> {
    let gate = input.questionnaire.gates().get(place)?;
    let result = input.evaluation.scores.gates.get(place)?;
    let cap = u16::from(gate.cap.get());
    let others = input.questionnaire.gates().iter().zip(&input.evaluation.scores.gates);
    let same = others
        .clone()
        .filter(|(other, state)| other.cap == gate.cap && state.state.stated == GateState::Failed)
        .count();
    let words = input.words;
    let holds = words.fill(
        "A result stays at {cap} or lower until this holds: {gate}.",
        &[("cap", &cap), ("gate", &gate.title)],
    );
    let sentence = match same {
        0 | 1 => holds,
        more => {
            let others = words.plural(more - 1, "other basic is missing too", "other basics are missing too");
            format!("{holds} {}", words.fill("{others}, with the same cap.", &[("others", &others)]))
        }
    };
    let without = Worlds {
        proven: None,
        stated: without_cap(
            input,
            gate.cap.get(),
            |worlds| worlds.stated,
            input.evaluation.scores.base.stated,
        ),
        possible: without_cap(
            input,
            gate.cap.get(),
            |worlds| worlds.possible,
            input.evaluation.scores.base.possible,
        ),
    };
    Some(Hold {
        kind: HoldKind::Gate,
        cap,
        title: cap_title(cap, words),
        sentence,
        without,
        questions: failing_questions(input, numbers, place, &result.failing),
    })
}

/// F without the gates of this cap and lower ones: the next cap may hold it then.
fn without_cap(
    input: &Input,
    cap: u8,
    state: impl Fn(&Worlds<GateState>) -> GateState,
    base: Option<Points>,
) -> Option<Points> {
    let gates = input.questionnaire.gates().iter().zip(&input.evaluation.scores.gates);
    let next = gates
        .filter(|(gate, result)| gate.cap.get() > cap && state(&result.state) == GateState::Failed)
        .filter_map(|(gate, _)| Points::new(u16::from(gate.cap.get()) * 100 + 99))
        .min();
    base.map(|base| next.map_or(base, |next| next.min(base)))
}

fn failing_questions(input: &Input, numbers: &Numbers, gate: usize, failing: &[usize]) -> Vec<QuestionRef> {
    let requirements =
        input.questionnaire.gates().get(gate).map(|gate| gate.require.as_slice()).unwrap_or_default();
    let places = failing.iter().filter_map(|i| requirements.get(*i));
    places
        .filter_map(|requirement| input.questionnaire.position(requirement.question.as_str()))
        .map(|place| numbers.at(place))
        .collect()
}

/// The gates, in order of the questionnaire.
pub(super) fn gates(input: &Input, numbers: &Numbers) -> Vec<Gate> {
    let results = input.questionnaire.gates().iter().zip(&input.evaluation.scores.gates);
    results
        .enumerate()
        .map(|(place, (gate, result))| Gate {
            id: gate.id.to_string(),
            title: gate.title.clone(),
            cap: gate.cap.get(),
            grounds: gate.grounds.clone(),
            state: result.state.map(GateState::as_str),
            failing: failing_questions(input, numbers, place, &result.failing),
        })
        .collect()
}
