//! What a person does in an interview, as lines of text:
//!
//! ```text
//! answer 2|entered|57 of 60||reason|documented|1 May 2026|where|by|provided by|comment|note
//! fact 1|no
//! ```
//!
//! Numbers count what there is and begin anew behind the last one; fields may be missing. `\n` stands for a line break.

use safeseat::interview::{Details, Interview, Mistake, Place, Reply};
use safeseat::model::{Change, Date, FactId, QuestionId};
use safeseat::text::Private;

/// So many steps at most: an interview stays short enough to try very many.
const MOST_STEPS: usize = 48;

/// The steps of a script.
pub fn steps(script: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(script);
    text.lines().take(MOST_STEPS).map(str::to_owned).collect()
}

/// What a step does: it moves, or makes changes or mistakes.
pub fn take(step: &str, interview: &mut Interview) -> Result<Vec<Change>, Vec<Mistake>> {
    let (order, rest) = step.split_once(' ').unwrap_or((step, ""));
    let fields: Vec<String> = rest.split('|').map(|field| field.replace("\\n", "\n")).collect();
    let field = |place: usize| fields.get(place).cloned().unwrap_or_default();
    match order {
        "answer" => interview.answer(&question(interview, &field(0)), &reply(&field)),
        "confirm" => interview.confirm(&question(interview, &field(0))),
        "clear" => Ok(interview.clear(&question(interview, &field(0)))),
        "fact" => match fact(interview, &field(0)) {
            Some(fact) => interview.answer_fact(&fact, &field(1)),
            None => Ok(Vec::new()),
        },
        "details" => interview.answer_details(&Details {
            name: field(0),
            kind: field(1),
            country: field(2),
            date: field(3),
            assessor: field(4),
            marking: field(5),
        }),
        "move" => Ok(match Date::parse(&field(0)) {
            Ok(date) if date >= interview.assessment().date => interview.move_to(date),
            _ => Vec::new(),
        }),
        _ => {
            walk(order, &field(0), interview);
            Ok(Vec::new())
        }
    }
}

fn walk(order: &str, to: &str, interview: &mut Interview) {
    match order {
        "skip" => _ = interview.skip(),
        "back" => _ = interview.back(),
        "advance" => _ = interview.advance(),
        "resume" => _ = interview.resume(),
        "jump" => {
            let places: Vec<Place> = interview.route().collect();
            assert!(interview.jump(&places[nth(to, places.len())]));
        }
        _ => {}
    }
}

fn nth(number: &str, of: usize) -> usize {
    number.trim().parse::<usize>().unwrap_or_default() % of.max(1)
}

fn question(interview: &Interview, number: &str) -> QuestionId {
    let questions = interview.questionnaire().questions();
    questions[nth(number, questions.len())].id.clone()
}

fn fact(interview: &Interview, number: &str) -> Option<FactId> {
    let facts = interview.facts();
    facts.get(nth(number, facts.len())).map(|fact| fact.id.clone())
}

fn reply(field: &dyn Fn(usize) -> String) -> Reply {
    Reply {
        option: field(1),
        typed: field(2),
        ticked: field(3).split(',').filter(|id| !id.is_empty()).map(str::to_owned).collect(),
        reason: field(4),
        evidence: field(5),
        evidence_date: field(6),
        evidence_where: field(7),
        by: field(8),
        provided_by: field(9),
        comment: field(10),
        note: Private::new(field(11)),
    }
}
