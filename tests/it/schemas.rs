//! The JSON Schemas that editors use: made from the declarations by which files are read, shipped in `schemas/`, and
//! written anew by `SNAPSHOTS=overwrite cargo test`.

use std::path::{Path, PathBuf};

use safeseat::format::schema;
use serde_json::Value;
use snapbox::data::DataFormat;
use snapbox::{Assert, Data, IntoData};

fn json(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => text.into(),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(value) => value.into(),
        toml::Value::Datetime(when) => when.to_string().into(),
        toml::Value::Array(members) => members.into_iter().map(json).collect(),
        toml::Value::Table(table) => table.into_iter().map(|(key, value)| (key, json(value))).collect(),
    }
}

fn file(path: &Path) -> Value {
    json(toml::Value::Table(std::fs::read_to_string(path).unwrap().parse().unwrap()))
}

fn shipped(name: &str, schema: &Value) {
    let text = serde_json::to_string_pretty(schema).unwrap() + "\n";
    let path = PathBuf::from(format!("schemas/{name}.schema.json"));
    Assert::new()
        .action_env("SNAPSHOTS")
        .eq(text.into_data(), Data::read_from(&path, Some(DataFormat::Text)).raw());
}

fn faults(schema: &Value, path: &Path) -> Vec<String> {
    let validator = jsonschema::draft202012::new(schema).unwrap();
    let file = file(path);
    validator.iter_errors(&file).map(|fault| format!("{}: {fault}", fault.instance_path())).collect()
}

fn tables_in(folder: &str) -> Vec<PathBuf> {
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths.filter(|path| path.extension().is_some_and(|ending| ending == "toml")).collect()
}

#[test]
fn questionnaires_follow_their_schema() {
    let schema = schema::questionnaire_schema();
    shipped("questionnaire", &schema);
    let questionnaires =
        tables_in("questionnaires").into_iter().filter(|path| file(path).get("id").is_some());
    for path in questionnaires.chain(tables_in("tests/fixtures/library")) {
        assert_eq!(faults(&schema, &path), Vec::<String>::new(), "{}", path.display());
    }
}

#[test]
fn answers_follow_their_schema() {
    let schema = schema::answers_schema();
    shipped("answers", &schema);
    for path in tables_in("examples") {
        assert_eq!(faults(&schema, &path), Vec::<String>::new(), "{}", path.display());
    }
}

#[test]
fn plans_follow_their_schema() {
    let schema = schema::plan_schema();
    shipped("plan", &schema);
    assert_eq!(faults(&schema, Path::new("tests/fixtures/whole/plan.toml")), Vec::<String>::new());
    let wrong = faults(&schema, Path::new("tests/fixtures/problems/plan.toml"));
    assert!(wrong.len() >= 4, "{wrong:#?}");
}

#[test]
fn brands_follow_their_schema() {
    let schema = schema::brand_schema();
    shipped("brand", &schema);
    for path in ["tests/fixtures/whole/brand.toml", "examples/brand/brand.toml"] {
        assert_eq!(faults(&schema, Path::new(path)), Vec::<String>::new(), "{path}");
    }
    assert!(faults(&schema, Path::new("tests/fixtures/problems/brand.toml")).len() >= 2);
}

#[test]
fn translations_follow_their_schema() {
    let schema = schema::translation_schema();
    shipped("translation", &schema);
    let welsh = Path::new("questionnaires/ten-minute-check.cy.toml");
    assert_eq!(faults(&schema, welsh), Vec::<String>::new());
    assert!(faults(&schema, Path::new("tests/fixtures/problems/translation.toml")).len() >= 4);
}

#[test]
fn the_schemas_refuse_what_the_program_refuses() {
    let wrong = [
        ("bad-ids", 5),
        ("missing-keys", 4),
        ("numbers-out-of-range", 10),
        ("unknown-keys", 4),
        ("words-that-do-not-exist", 4),
        ("wrong-types", 7),
    ];
    for (name, at_least) in wrong {
        let path = PathBuf::from(format!("tests/fixtures/problems/{name}.toml"));
        let faults = faults(&schema::questionnaire_schema(), &path);
        assert!(faults.len() >= at_least, "{name}: {faults:#?}");
    }
    for name in ["words-in-answers", "answers-without-tables", "list-of-lists", "share-with-wrong-numbers"] {
        let path = PathBuf::from(format!("tests/fixtures/problems/{name}.toml"));
        assert!(!faults(&schema::answers_schema(), &path).is_empty(), "{name}");
    }
}
