//! Programs that read the JSON report find every promised key, of the promised type, and numbers that agree.

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::runner::{Desk, assert_file, repository, samples};
use crate::small;

const SCHEMA: &str = "schemas/report-v1.schema.json";

/// A report, and the desk on which it was made.
struct Case {
    name: String,
    desk: Desk,
    json: Value,
}

fn case(name: &str, desk: Desk) -> Case {
    let json = serde_json::from_str(&desk.run(0, "report answers.toml --json").out).unwrap();
    Case { name: name.to_owned(), desk, json }
}

/// Answers of which none counts: there is no score.
fn without_score() -> Case {
    let desk = Desk::new();
    let questionnaire = small::questionnaire("own", "Own", "none");
    desk.write(
        "own.toml",
        questionnaire.replace("controls = [\"none\"]", "not_applicable = \"with-reason\""),
    );
    let not_applicable = "answer = \"not-applicable\"\nreason = \"r\"\nevidence = \"documented\"";
    desk.write("answers.toml", small::answers("own").replace("answer = \"yes\"", not_applicable));
    case("without score", desk)
}

/// A new file, in which nothing is answered.
fn unanswered() -> Case {
    let desk = Desk::new();
    desk.run(0, "new answers.toml --today 2026-11-23 -q");
    case("unanswered", desk)
}

/// Every sample, a file without a score and one without answers.
fn cases() -> impl Iterator<Item = Case> {
    let samples = samples().into_iter().map(|sample| case(&sample, Desk::with_sample(&sample)));
    samples.chain([without_score(), unanswered()])
}

/// What the documentation promises: every key with its type. `?` stands for "or null".
fn promised() -> Value {
    let worlds = |of: &str| json!({ "proven": of, "stated": of, "possible": of });
    json!({
        "format": "number", "tool": { "name": "text", "version": "text" },
        "questionnaire": { "id": "text", "version": "text", "title": "text", "sha256": "sha256" },
        "answers_sha256": "sha256",
        "organisation": { "name": "text", "kind": "text", "country": "text" }, "as_of": "date",
        "score": {
            "printed": { "headline": "number?", "proven": "number?", "stated": "number?", "possible": "number?" },
            "band": "text", "headline_bp": "points?", "proven_bp": "points?", "stated_bp": "points?",
            "possible_bp": "points?", "base_bp": worlds("points?"), "coverage_bp": "points?",
            "scope_reduced_bp": "points?", "stability": "text",
        },
        "areas": [{
            "id": "text", "title": "text", "weight": "number", "proven_bp": "points?", "stated_bp": "points?",
            "possible_bp": "points?", "questions": "number", "counted": "number", "unknown": "number",
            "not_applicable": "number",
        }],
        "gates": [{
            "id": "text", "cap": "number", "title": "text", "proven": "text", "stated": "text", "possible": "text",
        }],
        "questions": [{
            "id": "text", "standing": "text", "answer": "answer", "evidence": "text?", "fresh": "truth?",
            "proven_bp": "points?", "stated_bp": "points?", "possible_bp": "points?", "loss_bp": "points",
            "severity": "text", "lapses_on": "date?",
        }],
        "ledger": {
            "questions_bp": "points?", "cap_bp": "points?", "cap_gate": "text?", "cap_incident": "text?",
            "assurance_bp": "points?",
        },
        "incidents": [{
            "id": "text", "title": "text", "applies": "truth", "assessed": "truth", "layers": worlds("number"),
            "word": worlds("text"), "broken_at": worlds("text?"), "detected_at": worlds("text?"),
            "steps": [{ "id": "text", "strength": worlds("number"), "by": ["text"] }],
        }],
        "find_out": [{ "question": "text", "at_stake_bp": "points" }],
        "roadmap": [{
            "question": "text", "find_out": "truth", "to": "text", "cost": "number", "headline_after_bp": "points",
            "stated_after_bp": "points",
        }],
        "frameworks": [{
            "id": "text", "version": "text",
            "items": [{ "id": "text", "status": "text", "questions": ["text"] }],
        }],
        "frameworks_note": "text",
        "services": {
            "checked": "date",
            "services": [{
                "id": "text", "role": "text", "country": "text", "title": "text", "what": "text", "url": "text",
                "phone": "text?", "seen": "text",
            }],
        },
        "waivers": [{
            "question": "text", "reason": "text", "approved_by": "text", "expires": "date", "state": "text",
        }],
        "ageing": promised_ageing(),
    })
}

fn promised_ageing() -> Value {
    let counted = json!({ "evidence": "text?", "proven_bp": "points?", "stated_bp": "points?" });
    let due = json!({
        "question": "text", "on": "date", "kind": "text", "what": "text", "role": "text?", "before": counted,
        "after": counted,
    });
    let score = json!({
        "headline_bp": "points?", "proven_bp": "points?", "stated_bp": "points?", "possible_bp": "points?",
    });
    json!({
        "today": "date", "until": "date", "past": [due], "coming": [due], "score_today": score, "score_then": score,
    })
}

/// Whether a value has a promised type.
fn has_type(kind: &str, value: &Value) -> bool {
    let hex = |text: &str| text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    match kind.strip_suffix('?').unwrap_or(kind) {
        _ if value.is_null() => kind.ends_with('?') || kind == "answer",
        "text" => value.is_string(),
        "truth" => value.is_boolean(),
        "number" => value.is_u64(),
        "points" => value.as_u64().is_some_and(|points| points <= 10_000),
        "sha256" => value.as_str().is_some_and(hex),
        "date" => value.as_str().is_some_and(|text| text.parse::<toml::value::Datetime>().is_ok()),
        "answer" => value.is_string() || value.is_u64() || value.is_array(),
        kind => panic!("no such type: {kind}"),
    }
}

/// Compares a value with what is promised of it, at a path that messages name.
fn compare(path: &str, promised: &Value, value: &Value) {
    match (promised, value) {
        (Value::Object(keys), Value::Object(values)) => {
            for (key, promised) in keys {
                assert!(values.contains_key(key), "{path} has no `{key}`");
                compare(&format!("{path}.{key}"), promised, &values[key]);
            }
        }
        (Value::Array(items), Value::Array(values)) => {
            for value in values {
                compare(&format!("{path}[]"), &items[0], value);
            }
        }
        (Value::String(kind), value) => assert!(has_type(kind, value), "{path}: {value} is not {kind}"),
        _ => panic!("{path}: {value}"),
    }
}

fn items<'a>(json: &'a Value, key: &str) -> &'a [Value] {
    json[key].as_array().unwrap_or_else(|| panic!("{key}"))
}

fn number(value: &Value) -> i64 {
    value.as_i64().unwrap_or_else(|| panic!("{value}"))
}

#[test]
fn the_shipped_schema_is_that_of_the_program_and_holds_for_every_report() {
    let schema = safeseat::render::json::schema().to_value();
    assert_file(SCHEMA, &format!("{}\n", serde_json::to_string_pretty(&schema).unwrap()));
    let schema = jsonschema::draft202012::new(&schema).unwrap();
    for case in cases() {
        let errors: Vec<_> = schema.iter_errors(&case.json).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{}: {errors:#?}", case.name);
    }
    assert!(!schema.is_valid(&json!({ "format": 1 })), "the schema asks for something");
}

#[test]
fn every_promised_key_is_there_and_has_its_type() {
    let whole = promised();
    let mut named_only = whole["incidents"][0].as_object().unwrap().clone();
    named_only.retain(|key, _| ["id", "title", "applies", "assessed"].contains(&key.as_str()));
    for mut case in cases() {
        let incidents = case.json["incidents"].take();
        for incident in incidents.as_array().unwrap() {
            let replayed = incident["applies"] == true && incident["assessed"] == true;
            let promised =
                if replayed { whole["incidents"][0].clone() } else { Value::Object(named_only.clone()) };
            compare(&format!("{} incidents[]", case.name), &promised, incident);
        }
        let mut promised = whole.clone();
        promised["incidents"] = "answer".into();
        compare(&case.name, &promised, &case.json);
    }
}

#[test]
fn numbers_agree_with_each_other() {
    for Case { name, json, .. } in cases().filter(|case| !case.json["score"]["headline_bp"].is_null()) {
        let score = &json["score"];
        for world in ["headline", "proven", "stated", "possible"] {
            let exact = number(&score[format!("{world}_bp")]);
            assert_eq!(number(&score["printed"][world]), exact / 100, "{name}: {world} is rounded down");
        }
        let [proven, headline, stated, possible] =
            ["proven_bp", "headline_bp", "stated_bp", "possible_bp"].map(|key| number(&score[key]));
        assert!(proven <= headline && headline <= stated && stated <= possible, "{name}: {score}");
        let bands = [(90, "strong"), (80, "good"), (60, "fair"), (40, "weak"), (0, "exposed")];
        let band = bands.iter().find(|(from, _)| headline / 100 >= *from).unwrap().1;
        assert_eq!(score["band"], band, "{name}");

        let ledger = &json["ledger"];
        let [questions, cap, assurance] =
            ["questions_bp", "cap_bp", "assurance_bp"].map(|key| number(&ledger[key]));
        assert_eq!(headline + questions + cap + assurance, 10_000, "{name}: {ledger}");
        assert_eq!(number(&score["base_bp"]["stated"]), 10_000 - questions, "{name}");
        let losses: i64 = items(&json, "questions").iter().map(|question| number(&question["loss_bp"])).sum();
        assert_eq!(losses, questions, "{name}: every lost point has an owner");
        let names = [&ledger["cap_gate"], &ledger["cap_incident"]];
        let caps = names.iter().filter(|name| !name.is_null()).count();
        assert_eq!(caps, usize::from(cap > 0), "{name}: a cap has one name");
    }
}

#[test]
fn lists_agree_with_each_other() {
    for Case { name, json, .. } in cases() {
        let questions = items(&json, "questions");
        for area in items(&json, "areas") {
            let prefix = format!("{}.", area["id"].as_str().unwrap());
            let own =
                questions.iter().filter(|question| question["id"].as_str().unwrap().starts_with(&prefix));
            let own: Vec<_> = own.collect();
            let count = |standings: &[&str]| {
                own.iter().filter(|own| standings.contains(&own["standing"].as_str().unwrap())).count()
            };
            assert_eq!(area["questions"], own.len(), "{name} {prefix}");
            assert_eq!(area["unknown"], count(&["unknown", "unanswered"]), "{name} {prefix}");
            assert_eq!(area["not_applicable"], count(&["not-applicable"]), "{name} {prefix}");
            let counted = own.iter().filter(|own| !own["stated_bp"].is_null()).count();
            assert_eq!(area["counted"], counted, "{name} {prefix}");
        }
        let at_stake: Vec<_> =
            items(&json, "find_out").iter().map(|open| number(&open["at_stake_bp"])).collect();
        assert!(at_stake.is_sorted_by(|a, b| a >= b), "{name}: most at stake first");
        for key in ["headline_after_bp", "stated_after_bp"] {
            let after: Vec<_> = items(&json, "roadmap").iter().map(|action| number(&action[key])).collect();
            assert!(after.is_sorted(), "{name}: no action lowers the score");
        }
        let known: Vec<_> = questions.iter().map(|question| &question["id"]).collect();
        for list in ["find_out", "roadmap"] {
            assert!(
                items(&json, list).iter().all(|entry| known.contains(&&entry["question"])),
                "{name} {list}"
            );
        }
        let ids: Vec<_> = items(&json, "incidents").iter().map(|incident| incident["id"].as_str()).collect();
        assert!(ids.is_sorted(), "{name}: incidents by id");
    }
}

#[test]
fn answers_are_those_of_the_file() {
    for Case { name, desk, json } in cases() {
        let file: toml::Table = desk.read("answers.toml").parse().unwrap();
        assert_eq!(json["organisation"]["name"].as_str(), file["organisation"]["name"].as_str());
        assert_eq!(
            json["as_of"].as_str().unwrap(),
            file["assessment"]["date"].as_datetime().unwrap().to_string()
        );
        for question in items(&json, "questions").iter().filter(|question| question["standing"] == "answered")
        {
            let (area, topic) = question["id"].as_str().unwrap().split_once('.').unwrap();
            let expected = match &file["answers"][area][topic]["answer"] {
                toml::Value::Datetime(date) => Value::from(date.to_string()),
                toml::Value::Table(share) => {
                    (share["have"].as_integer().unwrap() * 100 / share["of"].as_integer().unwrap()).into()
                }
                toml::Value::Array(ticked) => {
                    // What is ticked is a set: the report has it in order.
                    let mut ticked: Vec<_> = ticked.iter().filter_map(toml::Value::as_str).collect();
                    ticked.sort_unstable();
                    ticked.into()
                }
                value => serde_json::to_value(value).unwrap(),
            };
            assert_eq!(question["answer"], expected, "{name} {area}.{topic}");
        }
    }
}

#[test]
fn it_says_for_whom_it_is_and_has_the_texts_that_they_may_read() {
    let desk = Desk::with_sample("party-hq-november");
    let narrative =
        "\n[narrative]\nsummary = \"**Much** <b>done</b>\"\npublic = \"P\"\n[narrative.areas]\nacc = \"A\"\n";
    desk.write("answers.toml", desk.read("answers.toml") + narrative);
    let read = |audience: &str| -> Value {
        let command = format!("report answers.toml --json --audience {audience}");
        serde_json::from_str(&desk.run(0, &command).out).unwrap()
    };
    let (internal, client) = (read("internal"), read("client"));
    let schema = jsonschema::draft202012::new(&safeseat::render::json::schema().to_value()).unwrap();
    assert!(schema.is_valid(&internal) && schema.is_valid(&client));
    let summary = internal["narrative"]["summary"].as_str().unwrap();
    assert!(summary.starts_with("**Much** ") && !summary.contains("<b>"), "{summary}");
    assert_eq!(internal["narrative"]["areas"], json!({ "acc": "A" }));
    assert_eq!((&internal["audience"], &client["audience"]), (&json!("internal"), &json!("client")));
    assert_eq!(
        (&internal["narrative"]["public"], &client["narrative"]["public"]),
        (&json!("P"), &Value::Null)
    );
    let places = |json: &Value| {
        items(json, "questions").iter().filter(|question| question.get("evidence_where").is_some()).count()
    };
    assert!(places(&internal) > 0 && places(&client) == 0, "{} {}", places(&internal), places(&client));
}

#[test]
fn hashes_are_those_of_the_files() {
    let sha256 =
        |bytes: &[u8]| Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect::<Vec<_>>().concat();
    let case = case("party-hq-november", Desk::with_sample("party-hq-november"));
    assert_eq!(case.json["answers_sha256"], sha256(&case.desk.bytes("answers.toml")));
    let questionnaire = std::fs::read(repository("questionnaires/political-organisation.toml")).unwrap();
    assert_eq!(case.json["questionnaire"]["sha256"], sha256(&questionnaire));
}

#[test]
fn without_a_score_every_number_of_it_is_null() {
    let json = without_score().json;
    let (score, ledger) = (&json["score"], &json["ledger"]);
    assert_eq!((&score["band"], &score["stability"]), (&json!("none"), &json!("steady")));
    let printed = score["printed"].as_object().unwrap().values();
    let exact = ["headline_bp", "stated_bp", "possible_bp"].map(|key| &score[key]);
    for value in printed.chain(exact).chain(ledger.as_object().unwrap().values()) {
        assert!(value.is_null(), "{score} {ledger}");
    }
    assert_eq!((items(&json, "roadmap").len(), items(&json, "find_out").len()), (0, 0));
}
