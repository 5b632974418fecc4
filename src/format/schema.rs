//! JSON Schemas, so that editors complete and check questionnaires and answers while they are written. They come from
//! the declarations by which files are read.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

/// The JSON Schema of questionnaire files.
pub fn questionnaire_schema() -> Value {
    schema_of::<super::questionnaire::RawQuestionnaire>("A security questionnaire")
}

/// The JSON Schema of answers files.
pub fn answers_schema() -> Value {
    schema_of::<super::assessment::RawAssessment>("Answers to a security questionnaire")
}

/// The JSON Schema of plans.
pub fn plan_schema() -> Value {
    schema_of::<super::plan::RawPlan>("Who does which action, and until when")
}

/// The JSON Schema of brands.
pub fn brand_schema() -> Value {
    schema_of::<super::brand::RawBrandFile>("The house style of whoever hands a report over")
}

/// The JSON Schema of translations.
pub fn translation_schema() -> Value {
    schema_of::<super::translation::RawTranslation>("The texts of a questionnaire in another language")
}

fn schema_of<T: JsonSchema>(title: &str) -> Value {
    let generator = SchemaSettings::draft2020_12().for_deserialize().into_generator();
    let mut schema = generator.into_root_schema_for::<T>();
    schema.insert("title".to_owned(), title.into());
    schema.to_value()
}

/// The schema of a table while its keys are declared.
pub(super) struct TableSchema {
    description: String,
    properties: Map<String, Value>,
    required: Vec<&'static str>,
}

impl TableSchema {
    pub(super) fn new(doc: &str) -> Self {
        Self { description: prose(doc), properties: Map::new(), required: Vec::new() }
    }

    pub(super) fn required<T: JsonSchema>(
        &mut self,
        key: &'static str,
        doc: &str,
        generator: &mut SchemaGenerator,
    ) {
        self.required.push(key);
        self.optional::<T>(key, doc, generator);
    }

    pub(super) fn optional<T: JsonSchema>(
        &mut self,
        key: &'static str,
        doc: &str,
        generator: &mut SchemaGenerator,
    ) {
        let mut schema = generator.subschema_for::<T>();
        schema.insert("description".to_owned(), prose(doc).into());
        self.properties.insert(key.to_owned(), schema.to_value());
    }

    pub(super) fn finish(self) -> Schema {
        json_schema!({
            "type": "object",
            "description": self.description,
            "properties": self.properties,
            "required": self.required,
            "additionalProperties": false,
        })
    }
}

/// A schema that says what a text has to look like.
pub(super) fn pattern(pattern: &str) -> Schema {
    json_schema!({ "type": "string", "pattern": pattern })
}

/// A schema that lists the values there are.
pub(super) fn one_of<T: Into<Value>>(values: impl IntoIterator<Item = T>) -> Schema {
    let values: Vec<Value> = values.into_iter().map(Into::into).collect();
    json_schema!({ "enum": json!(values) })
}

/// A doc comment as one paragraph.
fn prose(doc: &str) -> String {
    doc.split_whitespace().collect::<Vec<_>>().join(" ")
}
