//! What comes last: frameworks, the plan, who helps, and how it was scored.

use super::word::{Body, Cell, Column, Style, Words};
use super::{numbers, question, with_numbers};
use crate::report::{Action, Framework, Gate, Head, Ledger, Report, Services, Status, Verdict};
use crate::text::and_list;

pub(super) fn write(body: &mut Body, report: &Report) {
    frameworks(body, &report.frameworks);
    plan(body, &report.actions);
    services(body, &report.services);
    method(body, report);
}

fn frameworks(body: &mut Body, frameworks: &[Framework]) {
    if frameworks.is_empty() {
        return;
    }
    body.paragraph(Style::Heading1, "Frameworks");
    body.paragraph(
        Style::Normal,
        "Related to these frameworks, never certified by them. A certificate needs its own assessment.",
    );
    let rows = frameworks.iter().map(|framework| -> Vec<Cell> {
        let counts = framework.counts;
        let title = format!("{} {}", framework.title, framework.version);
        let counts = [counts.met, counts.partly, counts.not_met, counts.unknown, counts.not_asked];
        let mut cells = vec![Cell::from(Words::new().link(&framework.url, title))];
        cells.extend(counts.map(|count| Cell::from(count.to_string())));
        cells
    });
    let columns = [
        Column::words("Framework", 50),
        Column::numbers("Met", 10),
        Column::numbers("Partly", 10),
        Column::numbers("Not met", 10),
        Column::numbers("Not known", 10),
        Column::numbers("Not asked", 10),
    ];
    body.table("How many items of each framework these answers touch", &columns, rows.collect());
    for id in [Framework::AUTOMATIC_FAILURES, Framework::IN_FULL] {
        if let Some(framework) = frameworks.iter().find(|framework| framework.id == id) {
            if id == Framework::AUTOMATIC_FAILURES {
                body.paragraph(Style::Normal, would_fail(framework));
            }
            items(body, framework);
        }
    }
    let in_short = |framework: &&Framework| {
        ![Framework::AUTOMATIC_FAILURES, Framework::IN_FULL].contains(&framework.id.as_str())
    };
    for framework in frameworks.iter().filter(in_short) {
        body.paragraph(Style::Heading3, format!("{}, item by item", framework.title));
        by_status(body, framework);
    }
}

/// What fails an assessment by itself: there, everything is asked for, so that “partly” fails too.
fn would_fail(framework: &Framework) -> String {
    let ids = |statuses: &[Status]| -> Vec<&str> {
        let chosen = framework.items.iter().filter(|item| statuses.contains(&item.status));
        chosen.map(|item| item.id.as_str()).collect()
    };
    let (fails, open) = (ids(&[Status::Partly, Status::NotMet]), ids(&[Status::Unknown]));
    let sentence = match (fails.is_empty(), open.is_empty()) {
        (false, _) => format!("On these answers you would fail automatically on {}.", and_list(&fails)),
        (true, false) => {
            format!("Whether you would fail automatically is not known: find out about {}.", and_list(&open))
        }
        (true, true) => "On these answers nothing would fail automatically.".to_owned(),
    };
    format!(
        "Cyber Essentials: {sentence} These questions ask for everyone and everything, so “partly” fails."
    )
}

/// The items of a framework in few words: those that are not met by name, the others by number.
fn by_status(body: &mut Body, framework: &Framework) {
    for wanted in [Status::NotMet, Status::Partly, Status::Unknown, Status::Met, Status::NotAsked] {
        let items = framework.items.iter().filter(|item| item.status == wanted);
        let names: Vec<String> = items
            .map(|item| match wanted {
                Status::NotMet => format!("{} {}", item.id, item.title),
                _ => item.id.clone(),
            })
            .collect();
        if !names.is_empty() {
            let words = Words::new().strong(format!("{}: ", wanted.in_words())).plain(names.join(", "));
            body.paragraph(Style::Note, words);
        }
    }
}

/// The items of a framework about which something was asked, one by one.
fn items(body: &mut Body, framework: &Framework) {
    // Where the ids are the titles once more, the titles are enough.
    let named = framework.id == Framework::IN_FULL;
    let asked = framework.items.iter().filter(|item| item.status != Status::NotAsked);
    let rows = asked.map(|item| -> Vec<Cell> {
        vec![
            if named { item.title.clone() } else { format!("{} {}", item.id, item.title) }.into(),
            item.status.in_words().into(),
            numbers(&item.questions).into(),
        ]
    });
    let columns = [Column::words("Item", 60), Column::words("Here", 14), Column::words("From answers", 26)];
    body.table(&format!("{} {}", framework.title, framework.version), &columns, rows.collect());
}

fn plan(body: &mut Body, actions: &[Action]) {
    if actions.is_empty() {
        return;
    }
    body.paragraph(Style::Heading1, "The plan");
    body.paragraph(
        Style::Normal,
        "In the order that raises the score most for the work. Each promised number is computed by the same rules, so doing the work gives exactly that score.",
    );
    let rows = actions.iter().map(|action| -> Vec<Cell> {
        vec![
            action.number.to_string().into(),
            vec![Words::from(action.first_step()), question(&action.question)].into(),
            action.effort.into(),
            action.cost.into(),
            action.headline_after.printed().to_string().into(),
            "".into(),
            "".into(),
        ]
    });
    let columns = [
        Column::numbers("No.", 6),
        Column::words("Action", 40),
        Column::words("Effort", 10),
        Column::words("Cost", 11),
        Column::numbers("Score after", 9),
        Column::words("Owner", 13),
        Column::words("Date", 11),
    ];
    body.table("Every action, with room for who does it and until when", &columns, rows.collect());
}

fn services(body: &mut Body, services: &Services) {
    if services.groups.is_empty() {
        return;
    }
    body.paragraph(Style::Heading1, "Who helps");
    body.paragraph(Style::Normal, &services.note);
    for group in &services.groups {
        body.paragraph(Style::Heading2, group.title);
        for service in &group.services {
            let phone =
                service.phone.as_ref().map(|phone| format!(" Telephone {phone}.")).unwrap_or_default();
            let doubt = service.doubt.map(|doubt| format!(" ({doubt})")).unwrap_or_default();
            let words = Words::new()
                .strong(format!("{}. ", service.title))
                .plain(format!("{}{phone} ", service.what))
                .link(&service.url, &service.url)
                .plain(doubt);
            body.paragraph(Style::ListBullet, words);
        }
    }
}

const METHOD: [&str; 4] = [
    "The score is coverage of good practice, as you reported it. It is not the chance of being attacked, and no number here means that you are secure.",
    "Every answer has a credit from 0 to 100. Half of it counts as proven when it is only claimed, three quarters when a document shows it, all of it when somebody checked. Evidence loses a level when it gets old.",
    "An area is the weighted average of its questions. The score is three quarters the average of the areas, and one quarter the weakest of them.",
    "A few missing basics put a cap on the score, whatever else is done. A result of 80 or more also needs 40 points that are proven, and one of 90 or more needs 60. Not knowing never counts for more than “no”.",
];

fn method(body: &mut Body, report: &Report) {
    body.paragraph(Style::Heading1, "How this was scored");
    for paragraph in METHOD {
        body.paragraph(Style::Normal, paragraph);
    }
    if let Some(ledger) = &report.ledger {
        points(body, ledger);
    }
    gates(body, &report.gates);
    body.paragraph(Style::Heading2, "Stability, files and limits");
    facts(body, &report.head, &report.verdict);
    for notice in &report.notices {
        body.paragraph(Style::ListBullet, notice);
    }
}

fn points(body: &mut Body, ledger: &Ledger) {
    let row = |item: String, weight: String, points: String| -> Vec<Cell> {
        vec![item.into(), weight.into(), points.into()]
    };
    let cap = ledger.cap_title.as_ref().map(|title| format!(": {title}")).unwrap_or_default();
    let none = String::new;
    let mut rows = vec![row("Your score".to_owned(), none(), ledger.headline.to_string())];
    rows.extend(
        ledger.areas.iter().map(|area| {
            row(format!("Lost in {}", area.title), area.weight.to_string(), area.loss.to_string())
        }),
    );
    rows.push(row(format!("Held back by a cap{cap}"), none(), ledger.cap.to_string()));
    rows.push(row("Held back for lack of proof".to_owned(), none(), ledger.assurance.to_string()));
    rows.push(row("Sum".to_owned(), none(), "100.00".to_owned()));
    let columns = [Column::words("Item", 70), Column::numbers("Weight", 15), Column::numbers("Points", 15)];
    body.table("Where the 100 points went", &columns, rows);
}

fn gates(body: &mut Body, gates: &[Gate]) {
    let rows = gates.iter().map(|gate| -> Vec<Cell> {
        let here = match (gate.state.stated, gate.state.proven) {
            ("failed", _) => with_numbers(Words::from("Missing: "), &gate.failing),
            (_, "failed") => "In place, not proven".into(),
            _ => "In place".into(),
        };
        vec![gate.title.as_str().into(), gate.cap.to_string().into(), here.into()]
    });
    let columns = [Column::words("Basic", 55), Column::numbers("Cap", 10), Column::words("Here", 35)];
    let caption = "The basics that put a cap on the score while they are missing";
    body.table(caption, &columns, rows.collect());
}

fn facts(body: &mut Body, head: &Head, verdict: &Verdict) {
    let mut facts = Vec::new();
    if verdict.score.is_some() {
        let how = "Every weight was halved and doubled in turn, and the share of the weakest area set to nothing and to a half.";
        let found = if verdict.stability == "edge" {
            "The band changed: the result is on the edge."
        } else {
            "The band stayed the same."
        };
        facts.push(("Stability", format!("{how} {found}")));
    }
    let who = if head.self_assessed == Some(true) { "A self-assessment. " } else { "" };
    let limits = "The answers are what people wrote; this program has tested no system. Incidents show recorded paths only.";
    facts.extend([
        ("Limits", format!("{who}{limits}")),
        (
            "Made with",
            format!(
                "{} {}, questionnaire {} {}",
                head.tool.name, head.tool.version, head.questionnaire.id, head.questionnaire.version
            ),
        ),
        ("Answers", format!("sha256 {}", head.answers_sha256)),
        ("Questionnaire", format!("sha256 {}", head.questionnaire.sha256)),
    ]);
    for (label, text) in facts {
        body.paragraph(Style::Normal, Words::new().strong(format!("{label}: ")).plain(text));
    }
}
