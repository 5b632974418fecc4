//! Recorded incidents replayed against the answers.

use krilla::tagging::ListNumbering;

use super::since::dashes;
use super::{between, heading, numbers, question, server, subheading};
use crate::render::pdf::block::{
    Block, CELL, Cell, Column, Heading, Label, List, ListItem, Row, Table, Text, bold, lead, note, plain,
};
use crate::render::pdf::charts;
use crate::render::pdf::text::{BODY, NOTE, Span, filled};
use crate::render::svg;
use crate::report::{Incident, IncidentNote, Report, Step, StepState, Technique};
use crate::text::{Words, phrase, sentence_case};

/// What the shapes mean.
const LEGEND: [(StepState, &str); 4] = [
    (StepState::Stopped, phrase("the path ends here")),
    (StepState::Hindered, phrase("harder, not impossible")),
    (StepState::Open, phrase("nothing in the way")),
    (StepState::Impossible, phrase("you lack what it needs")),
];
/// How many sources of an incident are named.
const SOURCES: usize = 3;

pub(super) fn part(report: &Report) -> Vec<Block> {
    let incidents = &report.incidents;
    if incidents.total() == 0 {
        return Vec::new();
    }
    let words = report.words;
    let mut blocks = vec![heading(words.say("Would it have worked here?"), "incidents")];
    if incidents.replayed.is_empty() {
        blocks.push(lead(words.say("No recorded incident could be replayed against these answers.")));
    } else {
        blocks.extend(opening(report));
    }
    let (full, short): (Vec<&Incident>, Vec<&Incident>) =
        incidents.replayed.iter().partition(|incident| incident.in_full);
    blocks.extend(full.iter().flat_map(|incident| in_full(incident, words)));
    if !short.is_empty() {
        let title = if full.is_empty() { words.say("In short") } else { words.say("The others, in short") };
        blocks.extend([subheading(title), in_short(&short, words).into()]);
    }
    blocks.extend(left_out(
        words.say("Those that do not apply"),
        words.say("They need something that you do not have:"),
        &incidents.do_not_apply,
    ));
    blocks.extend(left_out(
        words.say("Those that were not assessed"),
        words.say("This questionnaire does not ask about everything that could stop them:"),
        &incidents.not_assessed,
    ));
    blocks
}

fn opening(report: &Report) -> [Block; 4] {
    let (counts, words) = (report.incidents.counts, report.words);
    let entry = |(state, means): (StepState, &str)| {
        let means = plain(format!(" {}", words.say(means)));
        let mut text = Text::of(vec![bold(words.say(state.in_words())), means]).then(0.0);
        text.icon = Some(charts::step(state));
        (1.0, vec![text.into()])
    };
    [
        lead(words.fill(
            "Recorded break-ins and outages at political organisations, step by step, against your answers. Of {paths}, {open} would have been open, {hindered} hindered and {interrupted} interrupted.",
            &[
                ("paths", &words.plural(report.incidents.replayed.len(), "path", "paths")),
                ("open", &counts.open),
                ("hindered", &counts.hindered),
                ("interrupted", &(counts.interrupted + counts.layered)),
            ],
        )),
        Block::Columns(LEGEND.into_iter().map(entry).collect()),
        Block::Space(5.0),
        note(words.say(
            "This is about recorded paths. It does not say that you would not have been hacked, and another attacker may choose another path. Steps are reported facts unless marked alleged or inferred. A number is the question whose answer decides. While an incident marked as priority is open or hindered, the score stays at 89 or lower.",
        )),
    ]
}

fn outcome(word: &str, words: &'static Words) -> &'static str {
    match word {
        "open" => words.say("Open"),
        "hindered" => words.say("Hindered"),
        "interrupted" => words.say("Interrupted"),
        _ => words.say("Interrupted, in layers"),
    }
}

fn in_full(incident: &Incident, words: &'static Words) -> Vec<Block> {
    let mut when = format!("{}.", incident.when);
    if incident.told {
        let by = incident.attribution.as_deref().map(|by| format!("; {by}")).unwrap_or_default();
        let actor = format!("{}{by}", incident.actor);
        when = format!("{when} {}", words.fill("Actor: {actor}.", &[("actor", &actor)]));
    }
    let shape = match incident.word.stated {
        "open" => StepState::Open,
        "hindered" => StepState::Hindered,
        _ => StepState::Stopped,
    };
    let mut spans = vec![bold(format!("{}.", outcome(incident.word.stated, words)))];
    if incident.told {
        spans.push(plain(format!(" {}", incident.sentence)));
    }
    if let Some(cheapest) = &incident.cheapest {
        let phrase =
            format!(" {}", words.say("The cheapest single change that would interrupt it: {question}."));
        spans.extend(filled(BODY, &phrase, &[("question", vec![question(cheapest, BODY)])]));
    }
    if incident.priority && incident.broken_at.stated.is_none() {
        spans.push(plain(format!(" {}", words.say("Priority."))));
    }
    let mut ends = Text::of(spans).keeping();
    ends.icon = Some(charts::step(shape));
    let mut blocks = vec![
        Heading::new(3, &incident.title).at(format!("i-{}", incident.id)).into(),
        Text::new(NOTE, when).then(2.0).keeping().into(),
        ends.into(),
        chain(&incident.steps, incident.told, words),
    ];
    if incident.told {
        blocks.extend(story(incident, words));
    }
    blocks
}

/// The steps one after the other, each with its shape and what stands in its way.
fn chain(steps: &[Step], told: bool, words: &Words) -> Block {
    let item = |step: &Step| {
        let state = words.say(step.state.in_words());
        let mut spans = vec![bold(format!("{state} ")), plain(&step.title)];
        spans.extend(why(step, told, words));
        let mut body = vec![Text::of(spans).then(2.0).into()];
        if svg::ends_here(step) && !step.after_break {
            body.push(Block::Rule(1.2));
            body.push(Block::Space(4.0));
        }
        ListItem { label: Label::Picture(charts::step(step.state)), body, anchor: None }
    };
    Block::List(List {
        numbering: ListNumbering::Decimal,
        indent: 18.0,
        items: steps.iter().map(item).collect(),
        ruled: false,
    })
}

/// What stands in the way of a step, or what is missing.
fn why(step: &Step, told: bool, words: &Words) -> Vec<Span> {
    let by = step.by.first().filter(|_| step.state != StepState::Impossible);
    let measure = by.or(step.missing.as_ref());
    let hindered = step.state == StepState::Hindered;
    let phrase = match (by.is_some(), measure.is_some(), told) {
        (true, _, true) if hindered => words.say("{measure}, {questions}: {strength} of 100."),
        (true, _, true) => words.say("{measure}, {questions}."),
        (true, _, false) => words.say("{questions}."),
        (false, true, true) => words.say("Missing: {measure}, {questions}."),
        (false, true, false) => words.say("Missing: {questions}."),
        (false, false, _) if step.state == StepState::Open => words.say("Nothing asked here reaches it."),
        (false, false, _) => "",
    };
    let small = |text: String| vec![Span::new(NOTE, text)];
    let mut spans = if phrase.is_empty() { Vec::new() } else { small("  ".to_owned()) };
    spans.extend(filled(
        NOTE,
        phrase,
        &[
            ("measure", measure.map(|by| small(by.title.clone())).unwrap_or_default()),
            ("questions", measure.map(|by| numbers(&by.questions, NOTE)).unwrap_or_default()),
            ("strength", measure.map(|by| small(by.strength.to_string())).unwrap_or_default()),
        ],
    ));
    if step.confidence != "reported" {
        spans.extend(small(format!(" {}.", sentence_case(words.say(step.confidence)))));
    }
    spans
}

/// What happened, and what was learnt.
fn story(incident: &Incident, words: &Words) -> Vec<Block> {
    let mut blocks = Vec::new();
    blocks.extend(incident.caveat.as_ref().map(note));
    blocks.push(Heading::new(4, words.say("What happened, and what was learnt")).into());
    blocks.push(Text::of(vec![plain(format!("{} {}", incident.summary, incident.harm))]).into());
    if !incident.lessons.is_empty() {
        blocks.push(dashes(incident.lessons.iter().map(|lesson| vec![plain(lesson)]).collect()));
    }
    let techniques: Vec<String> = incident
        .steps
        .iter()
        .filter(|step| !step.techniques.is_empty())
        .map(|step| {
            let names: Vec<String> = step.techniques.iter().map(Technique::in_words).collect();
            let names = names.join("; ");
            words.fill("Step {number}: {techniques}.", &[("number", &step.number), ("techniques", &names)])
        })
        .collect();
    if !techniques.is_empty() {
        let by = words.say("Techniques by MITRE ATT&CK.");
        blocks.push(note(format!("{by} {}", techniques.join(" "))));
    }
    if !incident.sources.is_empty() {
        let sources = incident.sources.iter().take(SOURCES).map(|address| server(address, NOTE));
        let sources = between(sources, &Span::new(NOTE, ", "));
        let told = filled(NOTE, words.say("Sources: {sources}"), &[("sources", sources)]);
        blocks.push(Text::of(told).then(10.0).into());
    }
    blocks
}

fn in_short(incidents: &[&Incident], words: &'static Words) -> Table {
    let row = |incident: &&Incident| {
        let broken = incident.broken_at.stated.as_ref();
        let step = incident.steps.iter().find(|step| Some(&step.id) == broken);
        let phrase = if incident.word.stated == "layered" {
            words.say("step {number}, in layers")
        } else {
            words.say("step {number}")
        };
        let at = step.map(|step| words.fill(phrase, &[("number", &step.number)])).unwrap_or_default();
        Row::new(vec![
            Cell::heading(vec![Span::new(CELL, &incident.title)]),
            Cell::default().with(charts::strip(words, &incident.steps)),
            Cell::new(at),
        ])
    };
    let widest =
        incidents.iter().map(|incident| charts::strip(words, &incident.steps).width).fold(60.0, f32::max);
    Table {
        caption: Some(vec![Span::new(NOTE, words.say("One shape per step, in order."))]),
        columns: vec![
            Column::share(words.say("Incident"), 1.0),
            Column::fixed(words.say("Steps"), widest.min(200.0)),
            Column::fixed(words.say("Interrupted"), 80.0),
        ],
        rows: incidents.iter().map(row).collect(),
    }
}

fn left_out(title: &str, why: &str, notes: &[IncidentNote]) -> Vec<Block> {
    if notes.is_empty() {
        return Vec::new();
    }
    let titles: Vec<&str> = notes.iter().map(|incident| incident.title.as_str()).collect();
    vec![subheading(title), note(format!("{why} {}.", titles.join("; ")))]
}
