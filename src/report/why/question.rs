//! One question, area or gate, to the last hundredth of a point.

use super::{AreaSum, Arithmetic, WORLDS, Why, WhyPart, part};
use crate::model::{Area, Credit, Evidence, Gate, Points, Question, Standing, World, Worlds};
use crate::report::Finding;
use crate::scoring::QuestionResult;
use crate::text::plural;

impl Arithmetic<'_> {
    pub(super) fn question(&self, place: usize) -> Why {
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
        let finding = Finding::new(
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
        if let Some(waiver) = finding.as_ref().and_then(|finding| finding.waiver.as_ref()) {
            lines.push(format!(
                "Accepted risk: {} Reason: {} (approved by {})",
                waiver.sentence, waiver.reason, waiver.approved_by
            ));
        }
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
        lines.extend(self.loss(place, question));
        part("Its share of the score", lines)
    }

    /// What the question takes from the score in the stated world, as the exact fraction and as the ledger has it.
    fn loss(&self, place: usize, question: &Question) -> Option<String> {
        let loss = self.input.evaluation.ledger.as_ref()?.losses.get(place)?;
        let credit = self.input.evaluation.scores.questions.get(place)?.credit.stated?;
        let areas = self.input.questionnaire.areas().iter();
        let scored: Vec<(&Area, AreaSum)> =
            areas.filter_map(|area| Some((area, self.area(area.id.as_str(), World::Stated)?))).collect();
        let all: u64 = scored.iter().map(|(area, _)| u64::from(area.weight.get())).sum();
        let smallest = scored.iter().map(|(_, sum)| sum.score).min()?;
        let weakest = scored.iter().find(|(_, sum)| sum.score == smallest).map(|(area, _)| area.id.as_str());
        let (area, sum) = scored.iter().find(|(area, _)| area.id.as_str() == question.id.area())?;
        let share =
            if weakest == Some(area.id.as_str()) { " + 1/4, because it is the weakest area" } else { "" };
        Some(format!(
            "Lost: (3 x {} / (4 x {all}){share}) x {} x (10000 - {}) / {}, shared out in whole hundredths: {loss} points",
            area.weight.get(),
            question.weight.get(),
            credit.get(),
            sum.weights,
        ))
    }

    pub(super) fn area_in_full(&self, area: &Area) -> Why {
        let parts = WORLDS.map(|(world, name)| {
            let mut lines = self.products(area, world);
            lines.push(self.area(area.id.as_str(), world).map_or_else(
                || "Nothing counts.".to_owned(),
                |sum| format!("Sum {} / sum of weights {} = {}", sum.products, sum.weights, sum.score),
            ));
            part(&format!("The {name} score of the area"), lines)
        });
        let title = format!("Area `{}`: {}, weight {}", area.id, area.title, area.weight.get());
        Why { title, parts: parts.to_vec() }
    }

    /// Weight x credit of each question of an area.
    fn products(&self, area: &Area, world: World) -> Vec<String> {
        let results =
            self.input.questionnaire.questions().iter().zip(&self.input.evaluation.scores.questions);
        let own = results.enumerate().filter(|(_, (question, _))| question.id.area() == area.id.as_str());
        own.map(|(place, (question, result))| {
            let reference = self.numbers.at(place);
            let weight = u64::from(question.weight.get());
            let earned = result.credit.get(world).map_or_else(
                || "left out".to_owned(),
                |credit| format!("{weight} x {} = {}", credit.get(), weight * u64::from(credit.get())),
            );
            format!("{} {}: {earned}", reference.number, reference.title)
        })
        .collect()
    }

    fn gates_of(&self, question: &Question) -> Vec<WhyPart> {
        let gates = self.input.questionnaire.gates().iter();
        gates
            .filter(|gate| gate.require.iter().any(|r| r.question == question.id))
            .map(|gate| self.gate(gate))
            .collect()
    }

    pub(super) fn gate(&self, gate: &Gate) -> WhyPart {
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
