//! Would it have worked here? The recorded incidents, step by step.

use super::word::{Body, Cell, Column, Style, Words};
use super::{question, with_numbers};
use crate::report::{Incident, IncidentNote, Incidents, Step, StepState, Technique};
use crate::text::{plural, sentence_case};

pub(super) fn write(body: &mut Body, incidents: &Incidents) {
    if incidents.total() == 0 {
        return;
    }
    body.paragraph(Style::Heading1, "Would it have worked here?");
    if incidents.replayed.is_empty() {
        body.paragraph(Style::Normal, "No recorded incident could be replayed against these answers.");
    } else {
        lead(body, incidents);
    }
    let (in_full, in_short): (Vec<_>, Vec<_>) =
        incidents.replayed.iter().partition(|incident| incident.in_full);
    for incident in in_full {
        one(body, incident);
    }
    short(body, &in_short);
    names(
        body,
        "Those that do not apply",
        "They need something that you do not have",
        &incidents.do_not_apply,
    );
    names(
        body,
        "Those that were not assessed",
        "This questionnaire does not ask about everything that could stop them",
        &incidents.not_assessed,
    );
}

fn lead(body: &mut Body, incidents: &Incidents) {
    let counts = incidents.counts;
    body.paragraph(
        Style::Normal,
        format!(
            "Recorded break-ins and outages at political organisations, step by step, against your answers. Of {}, {} would have been open, {} hindered and {} interrupted.",
            plural(incidents.replayed.len(), "path", "paths"),
            counts.open,
            counts.hindered,
            counts.interrupted + counts.layered
        ),
    );
    body.paragraph(
        Style::Note,
        "This is about recorded paths. It does not say that you would not have been hacked, and another attacker may choose another path. Steps are reported facts unless marked alleged or inferred. A number is the question whose answer decides.",
    );
}

fn outcome(word: &str) -> &str {
    if word == "layered" { "Interrupted, in layers" } else { word }
}

fn one(body: &mut Body, incident: &Incident) {
    body.paragraph(Style::Heading2, &incident.title);
    let attribution = incident.attribution.as_ref().map(|words| format!("; {words}")).unwrap_or_default();
    body.paragraph(Style::Note, format!("{}. Actor: {}{attribution}.", incident.when, incident.actor));
    let mut words = Words::new()
        .strong(format!("{}. ", sentence_case(outcome(incident.word.stated))))
        .plain(&incident.sentence);
    if let Some(cheapest) = &incident.cheapest {
        words = words
            .plain(" The cheapest single change that would interrupt it: ")
            .jump(&cheapest.anchor, format!("{} {}", cheapest.number, cheapest.title))
            .plain(".");
    }
    body.paragraph(Style::Normal, words);
    let columns = [
        Column::numbers("Step", 7),
        Column::words("What happened", 43),
        Column::words("Here", 16),
        Column::words("Because of", 34),
    ];
    let rows = incident.steps.iter().map(step).collect();
    body.table(&format!("{}: step by step", incident.title), &columns, rows);
    if incident.told {
        story(body, incident);
    }
}

fn step(step: &Step) -> Vec<Cell> {
    let doubt = if step.confidence == "reported" { String::new() } else { format!(" ({})", step.confidence) };
    let mut here = vec![Words::new().strong(step.state.in_words())];
    if step.after_break {
        here.push("after the path has ended".into());
    }
    vec![
        step.number.to_string().into(),
        format!("{}{doubt}", step.title).into(),
        here.into(),
        because(step).into(),
    ]
}

/// The measures that decide a step, with the questions behind them.
fn because(step: &Step) -> Vec<Words> {
    if step.state == StepState::Impossible {
        return vec!["you lack what it needs".into()];
    }
    let measure = |title: String, questions: &[_]| with_numbers(Words::from(title), questions);
    let by = step.by.iter();
    let mut words: Vec<Words> =
        by.map(|by| measure(format!("{} ({} of 100) ", by.title, by.strength), &by.questions)).collect();
    if let (true, Some(missing)) = (words.is_empty(), &step.missing) {
        words.push(measure(format!("Missing: {} ", missing.title), &missing.questions));
    }
    if words.is_empty() && step.state == StepState::Open {
        words.push("nothing asked here reaches it".into());
    }
    words
}

fn story(body: &mut Body, incident: &Incident) {
    let words =
        Words::new().strong("What happened. ").plain(format!("{} {}", incident.summary, incident.harm));
    body.paragraph(Style::Normal, words);
    for lesson in &incident.lessons {
        body.paragraph(Style::ListBullet, lesson);
    }
    if let Some(caveat) = &incident.caveat {
        body.paragraph(Style::Note, caveat);
    }
    let techniques = incident.steps.iter().filter(|step| !step.techniques.is_empty()).map(|step| {
        let names: Vec<String> = step.techniques.iter().map(Technique::in_words).collect();
        format!("Step {}: {}.", step.number, names.join("; "))
    });
    let techniques: Vec<String> = techniques.collect();
    if !techniques.is_empty() {
        body.paragraph(Style::Note, format!("Techniques by MITRE ATT&CK. {}", techniques.join(" ")));
    }
    let sources = incident.sources.iter().take(3).enumerate();
    let words = sources.fold(Words::from("Sources: "), |words, (place, url)| {
        let words = if place > 0 { words.plain(", ") } else { words };
        words.link(url, url)
    });
    if !incident.sources.is_empty() {
        body.paragraph(Style::Note, words);
    }
}

fn short(body: &mut Body, incidents: &[&Incident]) {
    let rows = incidents.iter().map(|incident| -> Vec<Cell> {
        let broken = incident.broken_at.stated.as_ref();
        let place = incident.steps.iter().find(|step| Some(&step.id) == broken).map(|step| step.number);
        let at = place.map(|place| format!("step {place} of {}", incident.steps.len())).unwrap_or_default();
        let cheapest = incident.cheapest.as_ref().map(question).unwrap_or_default();
        vec![
            incident.title.as_str().into(),
            sentence_case(outcome(incident.word.stated)).into(),
            if incident.cheapest.is_some() { cheapest.into() } else { at.into() },
        ]
    });
    if !incidents.is_empty() {
        body.paragraph(Style::Heading2, "The others, in short");
    }
    let columns = [Column::words("Incident", 50), Column::words("Here", 25), Column::words("Where", 25)];
    body.table("Recorded incidents, in short", &columns, rows.collect());
}

fn names(body: &mut Body, heading: &str, why: &str, incidents: &[IncidentNote]) {
    if incidents.is_empty() {
        return;
    }
    let titles: Vec<&str> = incidents.iter().map(|incident| incident.title.as_str()).collect();
    body.paragraph(Style::Heading2, heading);
    body.paragraph(Style::Normal, format!("{why}: {}.", titles.join("; ")));
}
