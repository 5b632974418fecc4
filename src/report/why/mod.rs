//! How the score came about, so that a sceptic can redo it with pencil and paper.

mod incident;
mod question;

use super::{Input, Numbers};
use crate::model::{Area, Gate, Points, World};
use crate::scoring::GateState;
use crate::text::hundredths;

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
    /// One area.
    Area(&'a Area),
    /// One gate.
    Gate(&'a Gate),
    /// One incident, by its place.
    Incident(usize),
}

impl Why {
    /// Explains the score, or one thing that it is made of.
    pub fn new(input: &Input, subject: Subject) -> Self {
        let arithmetic = Arithmetic { input, numbers: Numbers::new(input.questionnaire) };
        match subject {
            Subject::Score => arithmetic.score(),
            Subject::Question(place) => arithmetic.question(place),
            Subject::Area(area) => arithmetic.area_in_full(area),
            Subject::Incident(place) => arithmetic.incident(place),
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
}

fn rules() -> WhyPart {
    let lines = [
        "All numbers are hundredths of a point: 10000 is 100.00. Every division rounds down.",
        "An answer earns a credit v from 0 to 100. Stated and possible: v x 100.",
        "Proven: v x 50 when claimed, v x 75 when documented, v x 100 when verified, 0 when lapsed.",
        "Not known counts 0 in proven and stated, and 10000 in possible.",
        "Out of scope is left out. Not applicable is left out too, but without a document or a check it counts 0 in proven.",
        "An area is the average of its questions by weight. The score is three quarters the average of the areas by \
         weight and one quarter the weakest area.",
    ];
    part("The rules", lines.map(str::to_owned).to_vec())
}

fn part(heading: &str, lines: Vec<String>) -> WhyPart {
    WhyPart { heading: heading.to_owned(), lines }
}
