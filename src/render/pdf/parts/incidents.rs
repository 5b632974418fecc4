//! Recorded incidents replayed against the answers.

use krilla::tagging::ListNumbering;

use super::since::dashes;
use super::{between, heading, numbers, question, server, subheading};
use crate::render::pdf::block::{
    Block, CELL, Cell, Column, Heading, Label, List, ListItem, Row, Table, Text, bold, lead, note, plain,
};
use crate::render::pdf::charts;
use crate::render::pdf::text::{BODY, NOTE, Span};
use crate::render::svg;
use crate::report::{Incident, IncidentNote, Report, Step, StepState, Technique};
use crate::text::{plural, sentence_case};

/// What the shapes mean.
const LEGEND: [(StepState, &str); 4] = [
    (StepState::Stopped, " the path ends here"),
    (StepState::Hindered, " harder, not impossible"),
    (StepState::Open, " nothing in the way"),
    (StepState::Impossible, " you lack what it needs"),
];
/// How many sources of an incident are named.
const SOURCES: usize = 3;

pub(super) fn part(report: &Report) -> Vec<Block> {
    let incidents = &report.incidents;
    if incidents.total() == 0 {
        return Vec::new();
    }
    let mut blocks = vec![heading("Would it have worked here?", "incidents")];
    if incidents.replayed.is_empty() {
        blocks.push(lead("No recorded incident could be replayed against these answers."));
    } else {
        blocks.extend(opening(report));
    }
    let (full, short): (Vec<&Incident>, Vec<&Incident>) =
        incidents.replayed.iter().partition(|incident| incident.in_full);
    blocks.extend(full.iter().flat_map(|incident| in_full(incident)));
    if !short.is_empty() {
        let title = if full.is_empty() { "In short" } else { "The others, in short" };
        blocks.extend([subheading(title), in_short(&short).into()]);
    }
    blocks.extend(left_out(
        "Those that do not apply",
        "They need something that you do not have",
        &incidents.do_not_apply,
    ));
    blocks.extend(left_out(
        "Those that were not assessed",
        "This questionnaire does not ask about everything that could stop them",
        &incidents.not_assessed,
    ));
    blocks
}

fn opening(report: &Report) -> [Block; 4] {
    let counts = report.incidents.counts;
    let paths = plural(report.incidents.replayed.len(), "path", "paths");
    let entry = |(state, words): (StepState, &str)| {
        let mut text = Text::of(vec![bold(state.in_words()), plain(words)]).then(0.0);
        text.icon = Some(charts::step(state));
        (1.0, vec![text.into()])
    };
    [
        lead(format!(
            "Recorded break-ins and outages at political organisations, step by step, against your answers. Of {paths}, {} would have been open, {} hindered and {} interrupted.",
            counts.open,
            counts.hindered,
            counts.interrupted + counts.layered
        )),
        Block::Columns(LEGEND.into_iter().map(entry).collect()),
        Block::Space(5.0),
        note(
            "This is about recorded paths. It does not say that you would not have been hacked, and another attacker may choose another path. Steps are reported facts unless marked alleged or inferred. A number is the question whose answer decides. While an incident marked as priority is open or hindered, the score stays at 89 or lower.",
        ),
    ]
}

fn outcome(word: &str) -> &'static str {
    match word {
        "open" => "Open",
        "hindered" => "Hindered",
        "interrupted" => "Interrupted",
        _ => "Interrupted, in layers",
    }
}

fn in_full(incident: &Incident) -> Vec<Block> {
    let by = incident.attribution.as_deref().map(|by| format!("; {by}")).unwrap_or_default();
    let actor = if incident.told { format!(" Actor: {}{by}.", incident.actor) } else { String::new() };
    let when = format!("{}.{actor}", incident.when);
    let shape = match incident.word.stated {
        "open" => StepState::Open,
        "hindered" => StepState::Hindered,
        _ => StepState::Stopped,
    };
    let mut spans = vec![bold(format!("{}.", outcome(incident.word.stated)))];
    if incident.told {
        spans.push(plain(format!(" {}", incident.sentence)));
    }
    if let Some(cheapest) = &incident.cheapest {
        spans.push(plain(" The cheapest single change that would interrupt it: "));
        spans.extend([question(cheapest, BODY), plain(".")]);
    }
    if incident.priority && incident.broken_at.stated.is_none() {
        spans.push(plain(" Priority."));
    }
    let mut ends = Text::of(spans).keeping();
    ends.icon = Some(charts::step(shape));
    let mut blocks = vec![
        Heading::new(3, &incident.title).at(format!("i-{}", incident.id)).into(),
        Text::new(NOTE, when).then(2.0).keeping().into(),
        ends.into(),
        chain(&incident.steps, incident.told),
    ];
    if incident.told {
        blocks.extend(story(incident));
    }
    blocks
}

/// The steps one after the other, each with its shape and what stands in its way.
fn chain(steps: &[Step], told: bool) -> Block {
    let item = |step: &Step| {
        let mut spans = vec![bold(format!("{} ", step.state.in_words())), plain(&step.title)];
        spans.extend(why(step, told));
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
fn why(step: &Step, told: bool) -> Vec<Span> {
    let mut spans = Vec::new();
    let small = |text: String| Span::new(NOTE, text);
    if let Some(by) = step.by.first().filter(|_| step.state != StepState::Impossible) {
        spans.push(small(if told { format!("  {}, ", by.title) } else { "  ".to_owned() }));
        spans.extend(numbers(&by.questions, NOTE));
        if step.state == StepState::Hindered && told {
            spans.push(small(format!(": {} of 100", by.strength)));
        }
        spans.push(small(".".to_owned()));
    } else if let Some(missing) = &step.missing {
        spans.push(small(if told {
            format!("  Missing: {}, ", missing.title)
        } else {
            "  Missing: ".to_owned()
        }));
        spans.extend(numbers(&missing.questions, NOTE));
        spans.push(small(".".to_owned()));
    } else if step.state == StepState::Open {
        spans.push(small("  Nothing asked here reaches it.".to_owned()));
    }
    if step.confidence != "reported" {
        spans.push(small(format!(" {}.", sentence_case(step.confidence))));
    }
    spans
}

/// What happened, and what was learnt.
fn story(incident: &Incident) -> Vec<Block> {
    let mut blocks = Vec::new();
    blocks.extend(incident.caveat.as_ref().map(note));
    blocks.push(Heading::new(4, "What happened, and what was learnt").into());
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
            format!("Step {}: {}.", step.number, names.join("; "))
        })
        .collect();
    if !techniques.is_empty() {
        blocks.push(note(format!("Techniques by MITRE ATT&CK. {}", techniques.join(" "))));
    }
    if !incident.sources.is_empty() {
        let mut spans = vec![Span::new(NOTE, "Sources: ")];
        let sources = incident.sources.iter().take(SOURCES).map(|address| server(address, NOTE));
        spans.extend(between(sources, &Span::new(NOTE, ", ")));
        blocks.push(Text::of(spans).then(10.0).into());
    }
    blocks
}

fn in_short(incidents: &[&Incident]) -> Table {
    let row = |incident: &&Incident| {
        let broken = incident.broken_at.stated.as_ref();
        let step = incident.steps.iter().find(|step| Some(&step.id) == broken);
        let at = step.map(|step| format!("step {}", step.number)).unwrap_or_default();
        let layers = if incident.word.stated == "layered" { ", in layers" } else { "" };
        Row::new(vec![
            Cell::heading(vec![Span::new(CELL, &incident.title)]),
            Cell::default().with(charts::strip(&incident.steps)),
            Cell::new(format!("{at}{layers}")),
        ])
    };
    let widest = incidents.iter().map(|incident| charts::strip(&incident.steps).width).fold(60.0, f32::max);
    Table {
        caption: Some(vec![Span::new(NOTE, "One shape per step, in order.")]),
        columns: vec![
            Column::share("Incident", 1.0),
            Column::fixed("Steps", widest.min(200.0)),
            Column::fixed("Interrupted", 80.0),
        ],
        rows: incidents.iter().map(row).collect(),
    }
}

fn left_out(title: &str, why: &str, notes: &[IncidentNote]) -> Vec<Block> {
    if notes.is_empty() {
        return Vec::new();
    }
    let titles: Vec<&str> = notes.iter().map(|incident| incident.title.as_str()).collect();
    vec![subheading(title), note(format!("{why}: {}.", titles.join("; ")))]
}
