//! Recorded incidents listed and told, the plan, and who helps: as a person meets them.

use safeseat::catalog::Catalog;
use safeseat::model::Framework;
use safeseat::render::screen::Look;
use safeseat::render::terminal;
use safeseat::report::{Stories, Story, StoryInput};
use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use crate::runner::{Desk, samples, stems};
use crate::small;

/// Web addresses are never broken, so they may be longer than a line.
fn assert_fits(text: &str, width: usize) {
    let plain = anstream::adapter::strip_str(text).to_string();
    let wide = plain.lines().find(|line| line.width() > width && !line.trim_start().starts_with("https://"));
    assert_eq!(wide, None, "at {width}");
}

#[test]
fn all_incidents_are_listed_the_earliest_first() {
    let said = Desk::new().run(0, "incidents");
    let ids = stems("questionnaires/incidents");
    assert!(said.out.contains(&format!("{} recorded incidents", ids.len())));
    let place = |id: &str| said.out.find(&format!("{id} ")).unwrap_or_else(|| panic!("{id} is not listed"));
    assert!(ids.iter().all(|id| place(id) < said.out.len()));
    assert!(place("bundestag-2015") < place("storting-2020") && place("storting-2020") < place("cdu-2024"));
}

#[test]
fn every_story_says_all_that_the_incident_says_and_fits_its_terminal() {
    let catalog = Catalog::shipped();
    let (incidents, controls) = (catalog.incidents().0, catalog.controls().0.unwrap());
    let frameworks: Vec<Framework> = catalog.frameworks().0;
    for width in [60, 80, 120] {
        assert_fits(&terminal::stories(&Stories::new(&incidents), Look::new(width, true)), width);
    }
    for incident in &incidents {
        let (controls, frameworks) = (controls.as_slice(), frameworks.as_slice());
        let story = Story::new(&StoryInput { incident, controls, frameworks, facts: &[] });
        for width in [60, 80, 120] {
            assert_fits(&terminal::story(&story, Look::new(width, true)), width);
        }
        let wide = Look { width: 10_000, unicode: true };
        let text = anstream::adapter::strip_str(&terminal::story(&story, wide)).to_string();
        let steps = incident.steps.iter().map(|step| &step.title);
        let told = [&incident.when, &incident.victim, &incident.actor, &incident.summary, &incident.harm];
        for told in told.into_iter().chain(&incident.lessons).chain(&incident.sources).chain(steps) {
            assert!(text.contains(told.as_str()), "{}: {told}", incident.id);
        }
        for step in &story.steps {
            assert!(step.techniques.iter().all(|technique| !technique.name.is_empty()), "{}", incident.id);
            assert!(step.doubt.is_none_or(|doubt| text.contains(&format!("{} ({doubt})", step.title))));
        }
        let names_techniques = incident.steps.iter().any(|step| !step.techniques.is_empty());
        assert_eq!(text.contains("The MITRE Corporation"), names_techniques, "{}", incident.id);
    }
}

#[test]
fn a_story_is_told_on_the_terminal_and_in_a_file_that_is_written_again() {
    let desk = Desk::new();
    let said = desk.run(0, "incidents uk-electoral-commission-2021");
    for expected in [
        "1  Internet-wide scanning for unpatched Exchange servers (inferred)",
        "ATT&CK: T1190 Exploit Public-Facing Application",
        "Would stop it: Urgent fixes on exposed systems",
        "Cannot happen where the answer is no: Do you run your own email server?",
        "called likely by UK government (FCDO and NCSC), 25 March 2024",
    ] {
        assert!(said.out.contains(expected), "{expected}");
    }
    for _ in 0..2 {
        desk.run(0, "incidents uk-electoral-commission-2021 -o story.md");
    }
    let story = desk.read("story.md");
    assert!(story.starts_with("# UK Electoral Commission: email server without the fixes\n"));
    assert!(
        story.contains("2. **ProxyShell flaws used against the email server, months after the fixes**\n")
    );
}

#[test]
fn a_name_that_is_nearly_right_is_suggested() {
    let desk = Desk::new();
    let said = desk.run(2, "incidents storting-2022");
    assert!(said.err.contains("there is no incident `storting-2022`") && said.err.contains("did you mean"));
    assert!(desk.run(2, "incidents xyz").err.contains("`safeseat incidents` lists"));
    assert!(desk.run(2, "incidents -o list.md").err.contains("name an incident"));
}

#[test]
fn an_incident_of_ones_own_may_use_a_number_that_a_technique_had_before() {
    let desk = Desk::new();
    let step = "confidence = \"alleged\"\ntechniques = [\"T1656\"]";
    let own = small::incident("our-own", "mfa-email").replace("confidence = \"reported\"", step);
    desk.write("mine/our-own.toml", own);
    let told = desk.run(0, "incidents our-own --incidents mine").out;
    assert!(told.contains("T1684.001") && told.contains("Impersonation (formerly T1656)"), "{told}");
    assert!(told.contains("Attribution  nobody has attributed it publicly"));
    assert!(desk.run(0, "incidents --incidents mine").out.contains("our-own"));
    let checked = desk.run(0, "check mine/our-own.toml").out;
    assert!(checked.contains("warning[renumbered-technique]") && checked.contains("T1684.001"), "{checked}");
    assert!(desk.run(4, "incidents --incidents nowhere").err.contains("nowhere"));
}

/// The JSON report of a sample.
fn json(desk: &Desk) -> Value {
    serde_json::from_str(&desk.run(0, "report answers.toml --json").out).unwrap()
}

#[test]
fn the_plan_promises_what_the_report_promises() {
    for sample in samples() {
        let desk = Desk::with_sample(&sample);
        desk.run(0, "plan answers.toml -o plan.csv -o plan.md -o plan.txt");
        let csv = desk.read("plan.csv");
        let mut reader = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
        let headings =
            "step,action,number,question,area,effort,cost,score_after,closes,owner,date,status,remark";
        assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>().join(","), headings);
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        let report = json(&desk);
        let roadmap = report["roadmap"].as_array().unwrap();
        assert_eq!(rows.len(), roadmap.len(), "{sample}");
        for (row, action) in rows.iter().zip(roadmap) {
            let after = action["headline_after_bp"].as_u64().unwrap() / 100;
            assert_eq!(row[7], after.to_string(), "{sample}");
            assert_eq!((&row[9], &row[10]), ("", ""), "{sample}");
        }
        let uninterrupted = report["incidents"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|incident| incident["assessed"] == true && incident["broken_at"]["stated"].is_null());
        let count = uninterrupted.filter(|incident| incident["applies"] == true).count();
        if count > 1 {
            let sentence = format!("{count} recorded incidents are open or hindered");
            assert!(desk.read("plan.md").contains(&sentence) && desk.read("plan.txt").contains(&sentence));
        }
    }
}

#[test]
fn the_plan_fits_its_terminal_and_is_written_again() {
    let desk = Desk::with_sample("electoral-body");
    let shown = desk.run(0, "plan answers.toml").out;
    assert_fits(&shown, 80);
    assert!(shown.contains("What would have stopped the most incidents for the least effort"));
    for _ in 0..2 {
        desk.run(0, "plan answers.toml -o plan.csv -o plan.md");
    }
    assert!(desk.run(2, "plan answers.toml -o plan.html").err.contains(".md, .csv, .txt or .ics"));
}

#[test]
fn a_report_lists_the_services_of_the_country_and_of_everywhere() {
    let desk = Desk::with_sample("local-party");
    let told = |desk: &Desk| -> Vec<(String, String)> {
        let services = json(desk)["services"]["services"].clone();
        let text = |service: &Value, key: &str| service[key].as_str().unwrap().to_owned();
        services.as_array().unwrap().iter().map(|s| (text(s, "country"), text(s, "id"))).collect()
    };
    let at_home = told(&desk);
    let lists = |list: &[(String, String)], id: &str| list.iter().any(|(_, listed)| listed == id);
    assert!(at_home.iter().all(|(country, _)| country == "GB" || country == "INT"));
    assert!(lists(&at_home, "report-fraud") && lists(&at_home, "int-google-project-shield"));
    assert!(!lists(&at_home, "int-apple-lockdown-mode"), "that is for single people");
    assert!(desk.run(0, "report answers.toml").out.contains("Report Fraud, 0300 123 2040"));

    let abroad = desk.read("answers.toml").replace("country = \"GB\"", "country = \"PT\"");
    desk.write("answers.toml", abroad);
    assert!(told(&desk).iter().all(|(country, _)| country == "INT"));
    let shown = desk.run(0, "report answers.toml").out;
    assert!(shown.contains("We list no service for PT that fits you."), "{shown}");
    assert!(shown.contains("We list nobody to tell in your country."));
    desk.run(0, "report answers.toml -o report.html -o report.md");
    for file in ["report.html", "report.md"] {
        let report = desk.read(file);
        assert!(
            report.contains("We list no service for PT") && report.contains("Google Project Shield"),
            "{file}"
        );
    }
}

#[test]
fn a_single_person_gets_services_for_single_people() {
    let desk = Desk::new();
    desk.run(0, "new answers.toml --questionnaire individual --today 2026-11-23");
    let services = json(&desk)["services"].to_string();
    assert!(services.contains("ncsc-account-registration") && !services.contains("ncsc-early-warning"));
}
