//! One incident, step by step.

use super::{Arithmetic, WORLDS, Why, WhyPart, part};
use crate::model::{Incident, Worlds};
use crate::scoring::Replay;

impl Arithmetic<'_> {
    pub(super) fn incident(&self, place: usize) -> Why {
        let pair = self.input.incidents.get(place).zip(self.input.evaluation.scores.incidents.get(place));
        let Some((incident, result)) = pair else { return Why { title: String::new(), parts: Vec::new() } };
        let title = format!("Incident `{}`: {}", incident.id, incident.title);
        let Some(replay) = result.replay() else {
            let why =
                "It does not apply, or this questionnaire does not measure every control that could stop it.";
            return Why { title, parts: vec![part("Not replayed", vec![why.to_owned()])] };
        };
        let ends = WORLDS.map(|(world, name)| {
            let outcome = replay.outcome.get(world);
            format!("{name}: layers {}, so {}", outcome.layers, outcome.word.as_str())
        });
        let parts = vec![incident_rules(), self.steps(incident, replay), part("How it ends", ends.to_vec())];
        Why { title, parts }
    }

    fn steps(&self, incident: &Incident, replay: &Replay) -> WhyPart {
        let steps = incident.steps.iter().zip(&replay.steps).enumerate();
        let lines = steps.map(|(place, (step, result))| {
            let measures = result.by.iter().filter_map(|measured| {
                let prevention = step.prevent.get(measured.prevention)?;
                let numbers: Vec<String> =
                    measured.questions.iter().map(|place| self.numbers.at(*place).number).collect();
                Some(format!(
                    "`{}` {} ({})",
                    prevention.control,
                    prevention.effect.as_str(),
                    numbers.join(", ")
                ))
            });
            let measures: Vec<String> = measures.collect();
            let by = if result.impossible { "Impossible here".to_owned() } else { measures.join("; ") };
            let Worlds { proven, stated, possible } = result.strength;
            format!(
                "{} {}: proven {proven}, stated {stated}, possible {possible}. {by}",
                place + 1,
                step.title
            )
        });
        part("The steps", lines.collect())
    }
}

fn incident_rules() -> WhyPart {
    let lines = [
        "The strength of a step is that of its best measure: the smallest credit among the questions that measure it, \
         but at most 100 where the measure stops the step, 50 where it hinders, 25 where it is slight.",
        "A step that is impossible here has strength 100.",
        "Layers are the sum of the strengths. Open: no step of 100, layers below 100. Hindered: no step of 100, layers \
         100 or more. Interrupted: a step of 100, layers below 200. Layered: a step of 100, layers 200 or more.",
    ];
    part("The rules", lines.map(str::to_owned).to_vec())
}
