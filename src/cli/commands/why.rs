//! `why`: how the score came about, to the last hundredth of a point.

use crate::cli::args;
use crate::cli::evaluated::Evaluated;
use crate::cli::failure::Failure;
use crate::cli::terminal::Terminal;
use crate::model::{Incident, Questionnaire};
use crate::render;
use crate::report::{self, Subject};
use crate::text::nearest;

pub(crate) fn run(args: &args::Why, terminal: Terminal) -> Result<(), Failure> {
    let evaluated = Evaluated::load(&args.file, &args.content, terminal)?;
    let questionnaire = &evaluated.answers.questionnaire.questionnaire;
    let input = evaluated.input(evaluated.answers.assessment.date, &[]);
    let subject = match &args.subject {
        None => Subject::Score,
        Some(name) => subject(questionnaire, input.incidents, name)?,
    };
    let why = report::Why::new(&input, subject);
    Ok(terminal.result(&render::terminal::why(&why, terminal.look()))?)
}

/// A question by id or number, or a gate, an area or an incident by id.
fn subject<'a>(
    questionnaire: &'a Questionnaire,
    incidents: &[Incident],
    name: &str,
) -> Result<Subject<'a>, Failure> {
    if let Some(place) = questionnaire.position(name).or_else(|| report::place_of(questionnaire, name)) {
        return Ok(Subject::Question(place));
    }
    if let Some(gate) = questionnaire.gates().iter().find(|gate| gate.id.as_str() == name) {
        return Ok(Subject::Gate(gate));
    }
    if let Some(area) = questionnaire.areas().iter().find(|area| area.id.as_str() == name) {
        return Ok(Subject::Area(area));
    }
    if let Some(place) = incidents.iter().position(|incident| incident.id.as_str() == name) {
        return Ok(Subject::Incident(place));
    }
    let questions = questionnaire.questions().iter().map(|question| question.id.as_str());
    let names = questions
        .chain(questionnaire.gates().iter().map(|gate| gate.id.as_str()))
        .chain(questionnaire.areas().iter().map(|area| area.id.as_str()))
        .chain(incidents.iter().map(|incident| incident.id.as_str()));
    let help = nearest(name, names).map_or_else(
        || "name a question by its id or number, or a gate, an area or an incident by its id".to_owned(),
        |near| format!("did you mean `{near}`?"),
    );
    Err(Failure::usage(format!("there is no question, gate, area or incident `{name}`"), help))
}
