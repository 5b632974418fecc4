//! A plan of work, on a terminal.

use anstyle::Style;

use super::upkeep;
use crate::render::screen::{Look, SOFT, Screen};
use crate::report::{Action, Closer, IncidentNote, Plan};
use crate::text::plural;

/// A plan of work.
pub fn plan(plan: &Plan, look: Look) -> String {
    let mut screen = Screen::new(look);
    let head = &plan.head;
    screen.ends(&head.organisation.name, &head.marking.as_deref().unwrap_or_default().to_uppercase());
    let line =
        format!("{}, version {}. {}", head.questionnaire.title, head.questionnaire.version, head.date.words);
    screen.paragraph(SOFT, 0, &line);
    upkeep::since(&mut screen, &plan.ageing);
    actions(&mut screen, plan);
    closers(&mut screen, plan);
    upkeep::ageing(&mut screen, &plan.ageing, usize::MAX);
    screen.into_text()
}

fn actions(screen: &mut Screen, plan: &Plan) {
    screen.heading("What to do, in order");
    if plan.actions.is_empty() {
        screen.paragraph(Style::new(), 0, plan.nothing_left());
        return;
    }
    if let Some(score) = &plan.score {
        screen.paragraph(SOFT, 0, &format!("The score is {} of 100.", score.headline.printed()));
    }
    let row = |action: &Action| {
        vec![
            action.number.to_string(),
            action.first_step(),
            action.question.number.clone(),
            action.effort.to_owned(),
            action.cost.to_owned(),
            action.headline_after.printed().to_string(),
            numbers(plan, &action.closes),
        ]
    };
    let rows: Vec<Vec<String>> = plan.actions.iter().map(row).collect();
    screen.table(&["No.", "Action", "Q.", "Effort", "Cost", "Score", "Closes"], &rows, &[0, 5]);
}

fn closers(screen: &mut Screen, plan: &Plan) {
    if plan.uninterrupted.is_empty() {
        return;
    }
    screen.heading("What would have stopped the most incidents for the least effort");
    let count = plural(plan.uninterrupted.len(), "recorded incident is", "recorded incidents are");
    let note = if plan.closers.is_empty() {
        "No single change would interrupt one of them."
    } else {
        "Each line counts on its own, with nothing else done."
    };
    screen.paragraph(SOFT, 0, &format!("With these answers {count} open or hindered. {note}"));
    let row = |closer: &Closer| {
        vec![
            closer.number.to_string(),
            closer.first_step.clone(),
            closer.question.number.clone(),
            closer.effort.to_owned(),
            closer.cost.to_owned(),
            closer.closes.len().to_string(),
            numbers(plan, &closer.closes),
        ]
    };
    let rows: Vec<Vec<String>> = plan.closers.iter().map(row).collect();
    if !rows.is_empty() {
        screen.table(&["No.", "Action", "Q.", "Effort", "Cost", "Sum", "Closes"], &rows, &[0, 5]);
    }
    screen.heading("These incidents, by number");
    for (place, incident) in plan.uninterrupted.iter().enumerate() {
        screen.hanging(Style::new(), &format!(" {:>2}", place + 1), 5, &incident.title);
    }
}

/// Titles of incidents are too long for a column, so they are listed once and told by number.
fn numbers(plan: &Plan, incidents: &[IncidentNote]) -> String {
    let place = |incident: &IncidentNote| plan.uninterrupted.iter().position(|open| open == incident);
    let numbers = incidents.iter().filter_map(place).map(|place| (place + 1).to_string());
    numbers.collect::<Vec<_>>().join(", ")
}
