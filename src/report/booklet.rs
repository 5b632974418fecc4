//! A questionnaire for reading before answering: what is asked, what counts, and which facts switch what on.

use serde::Serialize;

use super::{Numbers, QuestionRef, Tool};
use crate::model::{
    self, Band, Choice, Incident, Kind, Level, Question, Questionnaire, Value, Within, YesPartlyNo,
};
use crate::text::Words;

/// A questionnaire as a booklet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Booklet {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// Its title.
    pub title: String,
    /// One or two sentences.
    pub summary: String,
    /// Who should answer it.
    pub audience: String,
    /// Honest time to answer.
    pub minutes: u16,
    /// How many questions it has.
    pub questions: usize,
    /// Its licence.
    pub licence: String,
    /// Its language.
    pub language: String,
    /// The program that laid it out.
    pub tool: Tool,
    /// The scoping facts that are asked.
    pub facts: Vec<BookletFact>,
    /// Its areas.
    pub areas: Vec<BookletArea>,
    /// Its gates.
    pub gates: Vec<BookletGate>,
    /// The language of what the questionnaire does not say itself.
    #[serde(skip)]
    pub words: &'static Words,
}

/// A scoping fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BookletFact {
    /// Its id.
    pub id: String,
    /// The question.
    pub ask: String,
    /// What the words mean.
    pub help: Option<String>,
    /// The questions that are left out when the answer is no.
    pub switches: Vec<QuestionRef>,
}

/// An area.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BookletArea {
    /// Its place, from 1.
    pub number: usize,
    /// Its title.
    pub title: String,
    /// One sentence.
    pub summary: String,
    /// How much it counts.
    pub weight: u8,
    /// Its questions.
    pub questions: Vec<BookletQuestion>,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BookletQuestion {
    /// How it is referred to.
    #[serde(flatten)]
    pub question: QuestionRef,
    /// The question.
    pub ask: String,
    /// What the words mean.
    pub help: Option<String>,
    /// Why it matters.
    pub why: String,
    /// What would prove it.
    pub proof: String,
    /// How much it counts within its area.
    pub weight: u8,
    /// How it is answered, as in files.
    pub kind: &'static str,
    /// What to do: `Tick one`, `Tick all that apply`, `Write a share in percent`, `Write a date`.
    pub instruction: &'static str,
    /// Whether the answer is written as a number or a date; then the options only say what it earns.
    pub written: bool,
    /// What can be ticked, or what an answer earns.
    pub options: Vec<BookletOption>,
    /// Whether "does not apply" may be ticked, with a reason.
    pub may_be_skipped: bool,
    /// The facts, in words, that leave it out when answered "no".
    pub only_if: Vec<String>,
}

/// An option of a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BookletOption {
    /// What to write in a file: the id of the level or choice; nothing where a number or date is written.
    pub id: Option<String>,
    /// Its words.
    pub label: String,
    /// What it earns, 0 to 100; nothing for one of several choices.
    pub credit: Option<u8>,
}

/// A gate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BookletGate {
    /// What it asks for.
    pub title: String,
    /// The highest score while it fails.
    pub cap: u8,
    /// Why it is a gate.
    pub grounds: String,
    /// The questions that decide it.
    pub questions: Vec<QuestionRef>,
}

impl Booklet {
    /// Lays a questionnaire out for reading. The incidents decide which facts are asked beside the questions.
    pub fn new(
        questionnaire: &Questionnaire,
        incidents: &[Incident],
        tool_version: &str,
        words: &'static Words,
    ) -> Self {
        let numbers = Numbers::new(questionnaire);
        let header = questionnaire.header();
        Self {
            id: header.id.to_string(),
            version: header.version.clone(),
            title: header.title.clone(),
            summary: header.summary.clone(),
            audience: header.audience.clone(),
            minutes: header.minutes,
            questions: questionnaire.questions().len(),
            licence: header.licence.clone(),
            language: header.language.clone(),
            tool: Tool::new(tool_version),
            facts: questionnaire
                .asked_facts(incidents)
                .into_iter()
                .map(|fact| BookletFact {
                    id: fact.id.to_string(),
                    ask: fact.ask.clone(),
                    help: fact.help.clone(),
                    switches: switched_by(questionnaire, &numbers, fact),
                })
                .collect(),
            areas: areas(questionnaire, &numbers, words),
            gates: gates(questionnaire, &numbers),
            words,
        }
    }
}

fn switched_by(questionnaire: &Questionnaire, numbers: &Numbers, fact: &model::Fact) -> Vec<QuestionRef> {
    let questions = questionnaire.questions().iter().enumerate();
    questions
        .filter(|(_, question)| question.applies_if.contains(&fact.id))
        .map(|(place, _)| numbers.at(place))
        .collect()
}

fn areas(questionnaire: &Questionnaire, numbers: &Numbers, words: &'static Words) -> Vec<BookletArea> {
    let areas = questionnaire.areas().iter().enumerate();
    areas
        .map(|(place, area)| BookletArea {
            number: place + 1,
            title: area.title.clone(),
            summary: area.summary.clone(),
            weight: area.weight.get(),
            questions: questionnaire
                .questions()
                .iter()
                .enumerate()
                .filter(|(_, question)| question.id.area() == area.id.as_str())
                .map(|(place, question)| BookletQuestion::new(questionnaire, numbers, place, question, words))
                .collect(),
        })
        .collect()
}

fn gates(questionnaire: &Questionnaire, numbers: &Numbers) -> Vec<BookletGate> {
    let place = |requirement: &model::Requirement| questionnaire.position(requirement.question.as_str());
    let gates = questionnaire.gates().iter();
    gates
        .map(|gate| BookletGate {
            title: gate.title.clone(),
            cap: gate.cap.get(),
            grounds: gate.grounds.clone(),
            questions: gate.require.iter().filter_map(place).map(|place| numbers.at(place)).collect(),
        })
        .collect()
}

impl BookletQuestion {
    fn new(
        questionnaire: &Questionnaire,
        numbers: &Numbers,
        place: usize,
        question: &Question,
        words: &'static Words,
    ) -> Self {
        let facts = question.applies_if.iter();
        let only_if = facts
            .filter_map(|id| questionnaire.facts().iter().find(|fact| fact.id == *id))
            .map(|fact| fact.ask.clone())
            .collect();
        let (instruction, options) = options(&question.kind, words);
        Self {
            question: numbers.at(place),
            ask: question.ask.clone(),
            help: question.help.clone(),
            why: question.why.clone(),
            proof: question.proof.clone(),
            weight: question.weight.get(),
            kind: question.kind.as_str(),
            instruction,
            written: matches!(question.kind, Kind::Percentage(_) | Kind::LastDone(_)),
            options,
            may_be_skipped: question.may_be_skipped,
            only_if,
        }
    }
}

fn options(kind: &Kind, words: &'static Words) -> (&'static str, Vec<BookletOption>) {
    let option =
        |id: Option<&str>, label: String, credit| BookletOption { id: id.map(str::to_owned), label, credit };
    let instruction = words.say(match kind {
        Kind::Levels(_) => "Tick the last one that is wholly true",
        Kind::YesNo { .. } => "Tick one",
        Kind::Percentage(_) => "Write a share in percent, or how many of how many",
        Kind::LastDone(_) => "Write the date when it was last done, or “never”",
        Kind::TickAll(_) => "Tick all that are true",
    });
    let options = match kind {
        Kind::Levels(levels) => {
            let level = |l: &Level| option(Some(l.id.as_str()), l.label.clone(), Some(l.credit.get()));
            levels.iter().map(level).collect()
        }
        Kind::YesNo { partly_credit, .. } => {
            let credits =
                [(YesPartlyNo::Yes, 100), (YesPartlyNo::Partly, partly_credit.get()), (YesPartlyNo::No, 0)];
            let said = |word| kind.said(&Value::YesPartlyNo(word), words);
            credits.map(|(word, credit)| option(Some(word.as_str()), said(word), Some(credit))).into()
        }
        Kind::Percentage(bands) => {
            let from = |band: &Band| words.fill("{percent}% or more", &[("percent", &band.from)]);
            bands.iter().map(|band| option(None, from(band), Some(band.credit.get()))).collect()
        }
        Kind::LastDone(within) => {
            let months = |limit: &Within| words.plural(limit.months.into(), "month", "months");
            let label = |limit: &Within| words.fill("Within {months}", &[("months", &months(limit))]);
            within.iter().map(|limit| option(None, label(limit), Some(limit.credit.get()))).collect()
        }
        Kind::TickAll(choices) => {
            let choice = |choice: &Choice| option(Some(choice.id.as_str()), choice.label.clone(), None);
            choices.iter().map(choice).collect()
        }
    };
    (instruction, options)
}
