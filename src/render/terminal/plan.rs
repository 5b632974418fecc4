//! A plan of work, on a terminal.

use anstyle::Style;

use super::upkeep;
use crate::render::screen::{Look, SOFT, Screen};
use crate::report::{Closer, IncidentNote, Plan, Task};
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
    apart(&mut screen, plan);
    closers(&mut screen, plan);
    upkeep::ageing(&mut screen, &plan.ageing, usize::MAX);
    screen.into_text()
}

fn actions(screen: &mut Screen, plan: &Plan) {
    screen.heading("What to do, in order");
    for remark in &plan.remarks {
        screen.paragraph(Style::new(), 0, remark);
    }
    if plan.tasks.is_empty() {
        screen.paragraph(Style::new(), 0, plan.nothing_left());
        return;
    }
    if let Some(sentence) = plan.score_in_words() {
        screen.paragraph(SOFT, 0, &sentence);
    }
    // There is no room for both on 80 columns: the incidents are told again below.
    let dated = is_taken_on(plan);
    let row = |task: &Task| {
        vec![
            number(task),
            task.first_step.clone(),
            task.question.number.clone(),
            task.effort.to_owned(),
            task.cost.to_owned(),
            task.headline_after.map(|points| points.printed().to_string()).unwrap_or_default(),
            if dated { task.who_and_when() } else { numbers(plan, &task.closes) },
        ]
    };
    let rows: Vec<Vec<String>> = plan.tasks.iter().map(row).collect();
    let last = if dated { "Who, when" } else { "Closes" };
    screen.table(&["No.", "Action", "Q.", "Effort", "Cost", "Score", last], &rows, &[0, 5]);
}

/// Whether it is known of any task who does it or when.
fn is_taken_on(plan: &Plan) -> bool {
    plan.tasks.iter().any(|task| !task.who_and_when().is_empty())
}

/// What is not in the list, and why.
fn apart(screen: &mut Screen, plan: &Plan) {
    for group in &plan.apart {
        screen.heading(group.heading);
        if !group.note.is_empty() {
            screen.paragraph(SOFT, 0, group.note);
        }
        for task in &group.tasks {
            let known = task.who_and_when();
            let known = if known.is_empty() { task.effort.to_owned() } else { known };
            let words = format!("{} {} ({known})", task.question.number, task.first_step);
            screen.hanging(Style::new(), &format!("{:>3}", number(task)), 5, &words);
        }
    }
}

fn number(task: &Task) -> String {
    task.number.map(|number| number.to_string()).unwrap_or_default()
}

fn closers(screen: &mut Screen, plan: &Plan) {
    let refers = plan.tasks.iter().any(|task| !task.closes.is_empty());
    if plan.uninterrupted.is_empty() || (plan.is_part && (!refers || is_taken_on(plan))) {
        return;
    }
    if !plan.is_part {
        effective(screen, plan);
    }
    screen.heading("These incidents, by number");
    let is_told = |incident: &IncidentNote| {
        !plan.is_part || plan.tasks.iter().any(|task| task.closes.contains(incident))
    };
    for (place, incident) in plan.uninterrupted.iter().enumerate().filter(|(_, incident)| is_told(incident)) {
        screen.hanging(Style::new(), &format!(" {:>2}", place + 1), 5, &incident.title);
    }
}

fn effective(screen: &mut Screen, plan: &Plan) {
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
}

/// Titles of incidents are too long for a column, so they are listed once and told by number.
fn numbers(plan: &Plan, incidents: &[IncidentNote]) -> String {
    let place = |incident: &IncidentNote| plan.uninterrupted.iter().position(|open| open == incident);
    let numbers = incidents.iter().filter_map(place).map(|place| (place + 1).to_string());
    numbers.collect::<Vec<_>>().join(", ")
}
