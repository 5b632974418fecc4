//! What comes last: frameworks, the plan, who helps, and how it was scored.

use super::runs::Runs;
use super::word::{Body, Cell, Column, Style};
use super::{numbers, question};
use crate::render::outline::METHOD;
use crate::report::{Action, Framework, Gate, Head, Ledger, Report, Services, Status, Verdict};
use crate::text::Words;

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
    let words = body.words;
    body.paragraph(Style::Heading1, words.say("Frameworks"));
    body.paragraph(
        Style::Normal,
        words.say(
            "Related to these frameworks, never certified by them. A certificate needs its own assessment.",
        ),
    );
    let rows = frameworks.iter().map(|framework| -> Vec<Cell> {
        let counts = framework.counts;
        let title = format!("{} {}", framework.title, framework.version);
        let counts = [counts.met, counts.partly, counts.not_met, counts.unknown, counts.not_asked];
        let mut cells = vec![Cell::from(Runs::new().link(&framework.url, title))];
        cells.extend(counts.map(|count| Cell::from(count.to_string())));
        cells
    });
    let columns = [
        Column::words(words.say("Framework"), 50),
        Column::numbers(words.say("Met"), 10),
        Column::numbers(words.say("Partly"), 10),
        Column::numbers(words.say("Not met"), 10),
        Column::numbers(words.say("Not known"), 10),
        Column::numbers(words.say("Not asked"), 10),
    ];
    let caption = words.say("How many items of each framework these answers touch");
    body.table(caption, &columns, rows.collect());
    for id in [Framework::AUTOMATIC_FAILURES, Framework::IN_FULL] {
        if let Some(framework) = frameworks.iter().find(|framework| framework.id == id) {
            if id == Framework::AUTOMATIC_FAILURES {
                body.paragraph(Style::Normal, would_fail(framework, words));
            }
            items(body, framework);
        }
    }
    let in_short = |framework: &&Framework| {
        ![Framework::AUTOMATIC_FAILURES, Framework::IN_FULL].contains(&framework.id.as_str())
    };
    for framework in frameworks.iter().filter(in_short) {
        let heading = words.fill("{framework}, item by item", &[("framework", &framework.title)]);
        body.paragraph(Style::Heading3, heading);
        by_status(body, framework);
    }
}

/// What fails an assessment by itself: there, everything is asked for, so that “partly” fails too.
fn would_fail(framework: &Framework, words: &Words) -> String {
    let ids = |statuses: &[Status]| -> Vec<&str> {
        let chosen = framework.items.iter().filter(|item| statuses.contains(&item.status));
        chosen.map(|item| item.id.as_str()).collect()
    };
    let (fails, open) = (ids(&[Status::Partly, Status::NotMet]), ids(&[Status::Unknown]));
    let sentence = match (fails.is_empty(), open.is_empty()) {
        (false, _) => words.fill(
            "On these answers you would fail automatically on {items}.",
            &[("items", &words.and_list(&fails))],
        ),
        (true, false) => words.fill(
            "Whether you would fail automatically is not known: find out about {items}.",
            &[("items", &words.and_list(&open))],
        ),
        (true, true) => words.say("On these answers nothing would fail automatically.").to_owned(),
    };
    let all = words.say("These questions ask for everyone and everything, so “partly” fails.");
    format!("Cyber Essentials: {sentence} {all}")
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
            let status = format!("{}: ", body.words.say(wanted.in_words()));
            body.paragraph(Style::Note, Runs::new().strong(status).plain(names.join(", ")));
        }
    }
}

/// The items of a framework about which something was asked, one by one.
fn items(body: &mut Body, framework: &Framework) {
    let words = body.words;
    // Where the ids are the titles once more, the titles are enough.
    let named = framework.id == Framework::IN_FULL;
    let asked = framework.items.iter().filter(|item| item.status != Status::NotAsked);
    let rows = asked.map(|item| -> Vec<Cell> {
        vec![
            if named { item.title.clone() } else { format!("{} {}", item.id, item.title) }.into(),
            words.say(item.status.in_words()).into(),
            numbers(&item.questions).into(),
        ]
    });
    let columns = [
        Column::words(words.say("Item"), 60),
        Column::words(words.say("Here"), 14),
        Column::words(words.say("From answers"), 26),
    ];
    body.table(&format!("{} {}", framework.title, framework.version), &columns, rows.collect());
}

fn plan(body: &mut Body, actions: &[Action]) {
    if actions.is_empty() {
        return;
    }
    let words = body.words;
    body.paragraph(Style::Heading1, words.say("The plan"));
    body.paragraph(
        Style::Normal,
        words.say("In the order that raises the score most for the work. Each promised number is computed by the same rules, so doing the work gives exactly that score."),
    );
    let rows = actions.iter().map(|action| -> Vec<Cell> {
        vec![
            action.number.to_string().into(),
            vec![Runs::from(action.first_step()), question(&action.question)].into(),
            words.say(action.effort).into(),
            words.say(action.cost).into(),
            action.headline_after.printed().to_string().into(),
            "".into(),
            "".into(),
        ]
    });
    let columns = [
        Column::numbers(words.say("No."), 6),
        Column::words(words.say("Action"), 40),
        Column::words(words.say("Effort"), 10),
        Column::words(words.say("Cost"), 11),
        Column::numbers(words.say("Score after"), 9),
        Column::words(words.say("Owner"), 13),
        Column::words(words.say("Date"), 11),
    ];
    let caption = words.say("Every action, with room for who does it and until when");
    body.table(caption, &columns, rows.collect());
}

fn services(body: &mut Body, services: &Services) {
    if services.groups.is_empty() {
        return;
    }
    let words = body.words;
    body.paragraph(Style::Heading1, words.say("Who helps"));
    body.paragraph(Style::Normal, &services.note);
    for group in &services.groups {
        body.paragraph(Style::Heading2, group.title);
        for service in &group.services {
            let phone =
                |phone: &String| format!(" {}", words.fill("Telephone {number}.", &[("number", phone)]));
            let phone = service.phone.as_ref().map(phone).unwrap_or_default();
            let doubt = service.doubt.map(|doubt| format!(" ({doubt})")).unwrap_or_default();
            let told = Runs::new()
                .strong(format!("{}. ", service.title))
                .plain(format!("{}{phone} ", service.what))
                .link(&service.url, &service.url)
                .plain(doubt);
            body.paragraph(Style::ListBullet, told);
        }
    }
}

fn method(body: &mut Body, report: &Report) {
    body.paragraph(Style::Heading1, body.words.say("How this was scored"));
    for paragraph in METHOD {
        body.paragraph(Style::Normal, body.words.say(paragraph));
    }
    if let Some(ledger) = &report.ledger {
        points(body, ledger);
    }
    gates(body, &report.gates);
    body.paragraph(Style::Heading2, body.words.say("Stability, files and limits"));
    facts(body, &report.head, &report.verdict);
    for notice in &report.notices {
        body.paragraph(Style::ListBullet, notice);
    }
}

fn points(body: &mut Body, ledger: &Ledger) {
    let row = |item: String, weight: String, points: String| -> Vec<Cell> {
        vec![item.into(), weight.into(), points.into()]
    };
    let words = body.words;
    let whole = |item: &str, points: String| row(item.to_owned(), String::new(), points);
    let mut rows = vec![whole(words.say("Your score"), ledger.headline.to_string())];
    rows.extend(ledger.areas.iter().map(|area| {
        let item = words.fill("Lost in {area}", &[("area", &area.title)]);
        row(item, area.weight.to_string(), area.loss.to_string())
    }));
    let cap = match &ledger.cap_title {
        Some(title) => words.fill("Held back by a cap: {cap}", &[("cap", title)]),
        None => words.say("Held back by a cap").to_owned(),
    };
    rows.push(whole(&cap, ledger.cap.to_string()));
    rows.push(whole(words.say("Held back for lack of proof"), ledger.assurance.to_string()));
    rows.push(whole(words.say("Sum"), "100.00".to_owned()));
    let columns = [
        Column::words(words.say("Item"), 70),
        Column::numbers(words.say("Weight"), 15),
        Column::numbers(words.say("Points"), 15),
    ];
    body.table(words.say("Where the 100 points went"), &columns, rows);
}

fn gates(body: &mut Body, gates: &[Gate]) {
    let words = body.words;
    let rows = gates.iter().map(|gate| -> Vec<Cell> {
        let here = match (gate.state.stated, gate.state.proven) {
            ("failed", _) => {
                Runs::filled(words.say("Missing: {questions}"), &[("questions", numbers(&gate.failing))])
            }
            (_, "failed") => words.say("In place, not proven").into(),
            _ => words.say("In place").into(),
        };
        vec![gate.title.as_str().into(), gate.cap.to_string().into(), here.into()]
    });
    let columns = [
        Column::words(words.say("Basic"), 55),
        Column::numbers(words.say("Cap"), 10),
        Column::words(words.say("Here"), 35),
    ];
    let caption = words.say("The basics that put a cap on the score while they are missing");
    body.table(caption, &columns, rows.collect());
}

fn facts(body: &mut Body, head: &Head, verdict: &Verdict) {
    let words = body.words;
    let mut facts = Vec::new();
    if verdict.score.is_some() {
        let how = words.say("Every weight was halved and doubled in turn, and the share of the weakest area set to nothing and to a half.");
        let found = if verdict.stability == "edge" {
            words.say("The band changed: the result is on the edge.")
        } else {
            words.say("The band stayed the same.")
        };
        facts.push((words.say("Stability"), format!("{how} {found}")));
    }
    let mut limits = words.say("The answers are what people wrote; this program has tested no system. Incidents show recorded paths only.").to_owned();
    if head.self_assessed == Some(true) {
        limits = format!("{} {limits}", words.say("A self-assessment."));
    }
    let questionnaire = &head.questionnaire;
    let made = words.fill(
        "{tool}, questionnaire {questionnaire}",
        &[
            ("tool", &format!("{} {}", head.tool.name, head.tool.version)),
            ("questionnaire", &format!("{} {}", questionnaire.id, questionnaire.version)),
        ],
    );
    facts.extend([
        (words.say("Limits"), limits),
        (words.say("Made with"), made),
        (words.say("Answers"), format!("sha256 {}", head.answers_sha256)),
        (words.say("Questionnaire"), format!("sha256 {}", questionnaire.sha256)),
    ]);
    for (label, text) in facts {
        body.paragraph(Style::Normal, Runs::new().strong(format!("{label}: ")).plain(text));
    }
}
