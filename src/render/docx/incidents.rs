//! Would it have worked here? The recorded incidents, step by step.

use super::runs::Runs;
use super::word::{Body, Cell, Column, Style};
use super::{numbers, question};
use crate::report::{Incident, IncidentNote, Incidents, Step, StepMeasure, StepState, Technique};
use crate::text::Words;

pub(super) fn write(body: &mut Body, incidents: &Incidents) {
    if incidents.total() == 0 {
        return;
    }
    let words = body.words;
    body.paragraph(Style::Heading1, words.say("Would it have worked here?"));
    if incidents.replayed.is_empty() {
        let none = words.say("No recorded incident could be replayed against these answers.");
        body.paragraph(Style::Normal, none);
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
        words.say("Those that do not apply"),
        words.say("They need something that you do not have:"),
        &incidents.do_not_apply,
    );
    names(
        body,
        words.say("Those that were not assessed"),
        words.say("This questionnaire does not ask about everything that could stop them:"),
        &incidents.not_assessed,
    );
}

fn lead(body: &mut Body, incidents: &Incidents) {
    let (counts, words) = (incidents.counts, body.words);
    let told = words.fill(
        "Recorded break-ins and outages at political organisations, step by step, against your answers. Of {paths}, {open} would have been open, {hindered} hindered and {interrupted} interrupted.",
        &[
            ("paths", &words.plural(incidents.replayed.len(), "path", "paths")),
            ("open", &counts.open),
            ("hindered", &counts.hindered),
            ("interrupted", &(counts.interrupted + counts.layered)),
        ],
    );
    body.paragraph(Style::Normal, told);
    body.paragraph(
        Style::Note,
        words.say("This is about recorded paths. It does not say that you would not have been hacked, and another attacker may choose another path. Steps are reported facts unless marked alleged or inferred. A number is the question whose answer decides."),
    );
}

fn outcome(word: &str, words: &'static Words) -> &'static str {
    match word {
        "open" => words.say("Open"),
        "hindered" => words.say("Hindered"),
        "interrupted" => words.say("Interrupted"),
        _ => words.say("Interrupted, in layers"),
    }
}

fn one(body: &mut Body, incident: &Incident) {
    let words = body.words;
    body.paragraph(Style::Heading2, &incident.title);
    let attribution = incident.attribution.as_ref().map(|words| format!("; {words}")).unwrap_or_default();
    let actor = words.fill("Actor: {actor}.", &[("actor", &format!("{}{attribution}", incident.actor))]);
    body.paragraph(Style::Note, format!("{}. {actor}", incident.when));
    let mut ends =
        Runs::new().strong(format!("{}. ", outcome(incident.word.stated, words))).plain(&incident.sentence);
    if let Some(cheapest) = &incident.cheapest {
        let phrase = words.say("The cheapest single change that would interrupt it: {question}.");
        ends = ends.plain(" ").then(Runs::filled(phrase, &[("question", question(cheapest))]));
    }
    body.paragraph(Style::Normal, ends);
    let columns = [
        Column::numbers(words.say("Step"), 7),
        Column::words(words.say("What happened"), 43),
        Column::words(words.say("Here"), 16),
        Column::words(words.say("Because of"), 34),
    ];
    let rows = incident.steps.iter().map(|at| step(at, words)).collect();
    let caption = words.fill("{incident}: step by step", &[("incident", &incident.title)]);
    body.table(&caption, &columns, rows);
    if incident.told {
        story(body, incident);
    }
}

fn step(step: &Step, words: &'static Words) -> Vec<Cell> {
    let doubt = match step.confidence {
        "reported" => String::new(),
        other => format!(" ({})", words.say(other)),
    };
    let mut here = vec![Runs::new().strong(words.say(step.state.in_words()))];
    if step.after_break {
        here.push(words.say("after the path has ended").into());
    }
    vec![
        step.number.to_string().into(),
        format!("{}{doubt}", step.title).into(),
        here.into(),
        because(step, words).into(),
    ]
}

/// The measures that decide a step, with the questions behind them.
fn because(step: &Step, words: &'static Words) -> Vec<Runs> {
    if step.state == StepState::Impossible {
        return vec![words.say("you lack what it needs").into()];
    }
    let by = |by: &StepMeasure| {
        let phrase = words.say("{measure} ({strength} of 100) {questions}");
        let (measure, strength) = ((&by.title).into(), by.strength.to_string().into());
        let questions = numbers(&by.questions);
        Runs::filled(phrase, &[("measure", measure), ("strength", strength), ("questions", questions)])
    };
    let mut because: Vec<Runs> = step.by.iter().map(by).collect();
    if let (true, Some(missing)) = (because.is_empty(), &step.missing) {
        let phrase = words.say("Missing: {measure} {questions}");
        let (measure, questions) = ((&missing.title).into(), numbers(&missing.questions));
        because.push(Runs::filled(phrase, &[("measure", measure), ("questions", questions)]));
    }
    if because.is_empty() && step.state == StepState::Open {
        because.push(words.say("nothing asked here reaches it").into());
    }
    because
}

fn story(body: &mut Body, incident: &Incident) {
    let words = body.words;
    let happened = Runs::new()
        .strong(format!("{} ", words.say("What happened.")))
        .plain(format!("{} {}", incident.summary, incident.harm));
    body.paragraph(Style::Normal, happened);
    for lesson in &incident.lessons {
        body.paragraph(Style::ListBullet, lesson);
    }
    if let Some(caveat) = &incident.caveat {
        body.paragraph(Style::Note, caveat);
    }
    let techniques = incident.steps.iter().filter(|step| !step.techniques.is_empty()).map(|step| {
        let names: Vec<String> = step.techniques.iter().map(Technique::in_words).collect();
        let names = names.join("; ");
        words.fill("Step {number}: {techniques}.", &[("number", &step.number), ("techniques", &names)])
    });
    let techniques: Vec<String> = techniques.collect();
    if !techniques.is_empty() {
        let by = words.say("Techniques by MITRE ATT&CK.");
        body.paragraph(Style::Note, format!("{by} {}", techniques.join(" ")));
    }
    let sources = incident.sources.iter().take(3).enumerate();
    let sources = sources.fold(Runs::new(), |words, (place, url)| {
        let words = if place > 0 { words.plain(", ") } else { words };
        words.link(url, url)
    });
    if !incident.sources.is_empty() {
        let phrase = words.say("Sources: {sources}");
        body.paragraph(Style::Note, Runs::filled(phrase, &[("sources", sources)]));
    }
}

fn short(body: &mut Body, incidents: &[&Incident]) {
    let words = body.words;
    let rows = incidents.iter().map(|incident| -> Vec<Cell> {
        let broken = incident.broken_at.stated.as_ref();
        let place = incident.steps.iter().find(|step| Some(&step.id) == broken).map(|step| step.number);
        let at = |place: usize| {
            words.fill("step {number} of {all}", &[("number", &place), ("all", &incident.steps.len())])
        };
        let at = place.map(at).unwrap_or_default();
        let cheapest = incident.cheapest.as_ref().map(question).unwrap_or_default();
        vec![
            incident.title.as_str().into(),
            outcome(incident.word.stated, words).into(),
            if incident.cheapest.is_some() { cheapest.into() } else { at.into() },
        ]
    });
    if !incidents.is_empty() {
        body.paragraph(Style::Heading2, words.say("The others, in short"));
    }
    let columns = [
        Column::words(words.say("Incident"), 50),
        Column::words(words.say("Here"), 25),
        Column::words(words.say("Where"), 25),
    ];
    body.table(words.say("Recorded incidents, in short"), &columns, rows.collect());
}

fn names(body: &mut Body, heading: &str, why: &str, incidents: &[IncidentNote]) {
    if incidents.is_empty() {
        return;
    }
    let titles: Vec<&str> = incidents.iter().map(|incident| incident.title.as_str()).collect();
    body.paragraph(Style::Heading2, heading);
    body.paragraph(Style::Normal, format!("{why} {}.", titles.join("; ")));
}
