//! How the score came about, so that a sceptic can redo it with pencil and paper.

use super::{Input, Numbers};
use crate::model::{Credit, Evidence, Gate, Points, Question, Standing, World, Worlds};
use crate::scoring::{GateState, QuestionResult};
use crate::text::{hundredths, plural};

/// An explanation: headings, each with lines of arithmetic or words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    /// What is explained.
    pub title: String,
    /// The parts.
    pub parts: Vec<WhyPart>,
}

/// One part of an explanation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhyPart {
    /// Its heading.
    pub heading: String,
    /// Its lines, to be shown one below the other.
    pub lines: Vec<String>,
}

/// What somebody wants explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject<'a> {
    /// The score.
    Score,
    /// One question, by its place.
    Question(usize),
    /// One gate.
    Gate(&'a Gate),
}

impl Why {
    /// Explains the score, a question or a gate.
    pub fn new(input: &Input, subject: Subject) -> Self {
        let arithmetic = Arithmetic { input, numbers: Numbers::new(input.questionnaire) };
        match subject {
            Subject::Score => arithmetic.score(),
            Subject::Question(place) => arithmetic.question(place),
            Subject::Gate(gate) => Self {
                title: format!("Gate `{}`: {}", gate.id, gate.title),
                parts: vec![arithmetic.gate(gate)],
            },
        }
    }
}

/// The rules by name, so that each is said in one way only.
const WORLDS: [(World, &str); 3] =
    [(World::Proven, "proven"), (World::Stated, "stated"), (World::Possible, "possible")];

struct Arithmetic<'a> {
    input: &'a Input<'a>,
    numbers: Numbers,
}

/// A sum of products of an area in one world.
struct AreaSum {
    products: u64,
    weights: u64,
    score: u64,
}

impl Arithmetic<'_> {
    fn score(&self) -> Why {
        let mut parts = vec![rules()];
        parts.extend(WORLDS.map(|(world, name)| self.world(world, name)));
        parts.push(self.headline());
        parts.push(self.ledger());
        Why {
            title: format!("How the score of {} came about", self.input.assessment.organisation.name),
            parts,
        }
    }

    fn world(&self, world: World, name: &str) -> WhyPart {
        let mut lines = Vec::new();
        let (mut products, mut weights, mut smallest) = (0, 0, None::<(u64, String)>);
        for (place, area) in self.input.questionnaire.areas().iter().enumerate() {
            let Some(sum) = self.area(area.id.as_str(), world) else {
                lines.push(format!("{} {}: nothing counts", place + 1, area.title));
                continue;
            };
            let weight = u64::from(area.weight.get());
            lines.push(format!(
                "{} {}: {} / {} = {}, weight {weight}",
                place + 1,
                area.title,
                sum.products,
                sum.weights,
                sum.score
            ));
            products += weight * sum.score;
            weights += weight;
            if smallest.as_ref().is_none_or(|(score, _)| sum.score < *score) {
                smallest = Some((sum.score, area.title.clone()));
            }
        }
        if let Some((smallest, title)) = smallest {
            let base = (3 * products + smallest * weights) / (4 * weights);
            lines.push(format!("Sum of area x weight: {products}; sum of weights: {weights}"));
            lines.push(format!("Weakest area: {title}, {smallest}"));
            lines.push(format!(
                "Before caps: (3 x {products} + {smallest} x {weights}) / (4 x {weights}) = {base}"
            ));
            lines.extend(self.caps(world, base));
        } else {
            lines.push("No question counts, so there is no score.".to_owned());
        }
        part(&format!("The {name} score"), lines)
    }

    fn area(&self, area: &str, world: World) -> Option<AreaSum> {
        let pairs = self.input.questionnaire.questions().iter().zip(&self.input.evaluation.scores.questions);
        let counted = pairs
            .filter(|(question, _)| question.id.area() == area)
            .filter_map(|(question, result)| result.credit.get(world).map(|credit| (question, credit)));
        let (products, weights) = counted.fold((0, 0), |(products, weights), (question, credit)| {
            let weight = u64::from(question.weight.get());
            (products + weight * u64::from(credit.get()), weights + weight)
        });
        (weights > 0).then(|| AreaSum { products, weights, score: products / weights })
    }

    fn caps(&self, world: World, base: u64) -> Vec<String> {
        let gates = self.input.questionnaire.gates().iter().zip(&self.input.evaluation.scores.gates);
        let failing = gates.filter(|(_, result)| *result.state.get(world) == GateState::Failed);
        let mut lines: Vec<String> = failing
            .map(|(gate, _)| format!("Gate `{}` fails: at most {}99", gate.id, gate.cap.get()))
            .collect();
        let incidents = self.input.incidents.iter().zip(&self.input.evaluation.scores.incidents);
        let open = incidents.filter(|(incident, result)| {
            let ending = result.replay().map(|replay| replay.outcome.get(world).word);
            incident.priority && ending.is_some_and(|ending| !ending.is_interrupted())
        });
        lines.extend(open.map(|(incident, _)| {
            format!("Priority incident `{}` is not interrupted: at most 8999", incident.id)
        }));
        let score = self.input.evaluation.scores.score.get(world).map_or(0, Points::get);
        lines.push(format!("Score: the smallest of {base} and the caps = {score}"));
        lines
    }

    fn headline(&self) -> WhyPart {
        let scores = &self.input.evaluation.scores;
        let lines = match (scores.headline, scores.score.stated, scores.score.proven) {
            (Some(headline), Some(stated), proven) => {
                let proven = proven.map_or(0, Points::get);
                let rule = match proven {
                    0..4000 => "proven is below 4000, so the headline is at most 7999",
                    4000..6000 => "proven is below 6000, so the headline is at most 8999",
                    _ => "proven is 6000 or more, so nothing is held back",
                };
                vec![
                    format!("Stated {}, proven {proven}: {rule}", stated.get()),
                    format!("Headline: {}, printed {}", headline.get(), headline.printed()),
                ]
            }
            _ => vec!["There is no stated score, so there is no headline.".to_owned()],
        };
        part("The headline", lines)
    }

    fn ledger(&self) -> WhyPart {
        let Some(ledger) = &self.input.evaluation.ledger else {
            return part("Where the points went", vec!["Without a score there is no ledger.".to_owned()]);
        };
        let headline = self.input.evaluation.scores.headline.map_or(0, Points::get);
        let mut lines: Vec<String> = self
            .input
            .questionnaire
            .questions()
            .iter()
            .zip(&ledger.losses)
            .enumerate()
            .filter(|(_, (_, loss))| **loss > Points::ZERO)
            .map(|(place, (question, loss))| {
                format!("{loss} lost by {} {}", self.numbers.at(place).number, question.title)
            })
            .collect();
        lines.push(format!("{} lost by questions, in all", ledger.questions));
        lines.push(format!("{} held back by a cap", ledger.cap));
        lines.push(format!("{} held back for lack of proof", ledger.assurance));
        lines.push(format!("{} the headline", hundredths(headline.into())));
        lines.push("100.00 in all".to_owned());
        part("Where the points went", lines)
    }

    fn question(&self, place: usize) -> Why {
        let reference = self.numbers.at(place);
        let pair = self
            .input
            .questionnaire
            .questions()
            .get(place)
            .zip(self.input.evaluation.scores.questions.get(place));
        let Some((question, result)) = pair else {
            return Why { title: reference.title, parts: Vec::new() };
        };
        let mut parts = vec![self.answer(question, result), self.share(place, question)];
        parts.extend(self.gates_of(question));
        parts.extend(self.incidents_of(place));
        Why { title: format!("{} {} (`{}`)", reference.number, question.ask, question.id), parts }
    }

    fn answer(&self, question: &Question, result: &QuestionResult) -> WhyPart {
        let finding = super::Finding::new(
            self.input,
            &self.numbers,
            self.input.questionnaire.position(question.id.as_str()).unwrap_or_default(),
            question,
        );
        let mut lines: Vec<String> =
            finding.iter().map(|finding| format!("Answer: {}", finding.answer_words)).collect();
        if let Some(evidence) = finding.as_ref().and_then(|finding| finding.evidence.as_ref()) {
            let kept = if evidence.fresh { "still fresh" } else { "too old, so one level lower" };
            lines.push(format!(
                "Evidence: {} since {}; fresh for {}; {kept}: {}",
                evidence.written,
                evidence.since.words,
                plural(question.valid_months.into(), "month", "months"),
                evidence.level
            ));
        }
        lines.extend(credit_lines(result));
        part("The answer", lines)
    }

    fn share(&self, place: usize, question: &Question) -> WhyPart {
        let weight = u64::from(question.weight.get());
        let area =
            self.input.questionnaire.areas().iter().find(|area| area.id.as_str() == question.id.area());
        let mut lines = vec![format!("Weight {weight}: {}", question.weight_reason)];
        if let (Some(area), Some(sum)) = (area, self.area(question.id.area(), World::Stated)) {
            lines.push(format!(
                "Area {}, weight {}: {} / {} = {}",
                area.title,
                area.weight.get(),
                sum.products,
                sum.weights,
                sum.score
            ));
        }
        if let Some(loss) = self.input.evaluation.ledger.as_ref().and_then(|ledger| ledger.losses.get(place))
        {
            lines.push(format!("It loses {loss} points of the score."));
        }
        part("Its share of the score", lines)
    }

    fn gates_of(&self, question: &Question) -> Vec<WhyPart> {
        let gates = self.input.questionnaire.gates().iter();
        gates
            .filter(|gate| gate.require.iter().any(|r| r.question == question.id))
            .map(|gate| self.gate(gate))
            .collect()
    }

    fn gate(&self, gate: &Gate) -> WhyPart {
        let mut lines =
            vec![format!("While it fails, the score is at most {}99. {}", gate.cap.get(), gate.grounds)];
        for requirement in &gate.require {
            let place = self.input.questionnaire.position(requirement.question.as_str()).unwrap_or_default();
            let credit = self
                .input
                .evaluation
                .scores
                .questions
                .get(place)
                .map(|result| result.credit)
                .unwrap_or_default();
            let need = u32::from(requirement.at_least.get()) * 100;
            let states = WORLDS.map(|(world, name)| match credit.get(world) {
                None => format!("{name}: left out, cannot fail"),
                Some(credit) if u32::from(credit.get()) >= need => format!("{name} {}: holds", credit.get()),
                Some(credit) => format!("{name} {}: fails", credit.get()),
            });
            let reference = self.numbers.at(place);
            lines.push(format!(
                "{} {} needs {need}; {}",
                reference.number,
                reference.title,
                states.join("; ")
            ));
        }
        part(&format!("Gate `{}`: {}", gate.id, gate.title), lines)
    }

    fn incidents_of(&self, place: usize) -> Option<WhyPart> {
        let replayed = self.input.incidents.iter().zip(&self.input.evaluation.scores.incidents);
        let mut lines = Vec::new();
        for (incident, result) in replayed {
            let Some(replay) = result.replay() else { continue };
            let steps = replay.steps.iter().enumerate();
            let supported: Vec<String> = steps
                .filter(|(_, step)| step.by.iter().any(|measured| measured.questions.contains(&place)))
                .map(|(i, step)| format!("step {} ({} of 100)", i + 1, step.strength.stated))
                .collect();
            if !supported.is_empty() {
                let word = replay.outcome.stated.word.as_str();
                lines.push(format!("{} ({word}): {}", incident.title, supported.join(", ")));
            }
        }
        (!lines.is_empty()).then(|| part("Incidents in which it counts", lines))
    }
}

fn rules() -> WhyPart {
    let lines = [
        "All numbers are hundredths of a point: 10000 is 100.00. Every division rounds down.",
        "An answer earns a credit v from 0 to 100. Stated and possible: v x 100.",
        "Proven: v x 50 when claimed, v x 75 when documented, v x 100 when verified, 0 when lapsed.",
        "Not known counts 0 in proven and stated, and 10000 in possible.",
        "An area is the average of its questions by weight. The score is three quarters the average of the areas by \
         weight and one quarter the weakest area.",
    ];
    part("The rules", lines.map(str::to_owned).to_vec())
}

fn credit_lines(result: &QuestionResult) -> Vec<String> {
    let Worlds { proven, stated, possible } = result.credit;
    let shown = |points: Option<Points>| {
        points.map_or_else(|| "left out".to_owned(), |points| points.get().to_string())
    };
    let mut lines = Vec::new();
    if let (Standing::Answered, Some(stated), Some(evidence)) = (result.standing, stated, result.evidence) {
        let credit = stated.printed();
        let rate = match evidence {
            Evidence::Lapsed => 0,
            Evidence::Claimed => 50,
            Evidence::Documented => 75,
            Evidence::Verified => 100,
        };
        lines.push(format!("Credit v = {credit} of {}", Credit::FULL.get()));
        lines.push(format!("Proven: {credit} x {rate} = {}", shown(proven)));
        lines.push(format!("Stated: {credit} x 100 = {}", stated.get()));
        lines.push(format!("Possible: {}", shown(possible)));
    } else {
        lines.push(format!("Standing: {}", result.standing.as_str()));
        lines.push(format!(
            "Proven: {}, stated: {}, possible: {}",
            shown(proven),
            shown(stated),
            shown(possible)
        ));
    }
    lines
}

fn part(heading: &str, lines: Vec<String>) -> WhyPart {
    WhyPart { heading: heading.to_owned(), lines }
}
