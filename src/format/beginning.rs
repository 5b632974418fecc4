//! The beginning of a questionnaire of one's own: accepted as it is, with a remark beside everything that can be changed.

use super::skeleton::quoted;
use crate::model::{Questionnaire, QuestionnaireId};
use crate::text::sentence_case;

/// The name of the schema that the first line points to, so that an editor completes and checks the file.
pub const SCHEMA_NAME: &str = "safeseat-questionnaire.schema.json";

const BEGINNING: &str = include_str!("beginning.toml");

/// A questionnaire with an area and a question, and a question of each other kind to uncomment. It may build on another.
pub fn questionnaire(id: &QuestionnaireId, base: Option<&Questionnaire>) -> String {
    let base = base.map(built_on).unwrap_or_default();
    BEGINNING
        .replace("@SCHEMA@", SCHEMA_NAME)
        .replace("@FILE@", &format!("{id}.toml"))
        .replace("@ID@", id.as_str())
        .replace("@TITLE@", &quoted(&sentence_case(&id.as_str().replace('-', " "))))
        .replace("@BASE@", &base)
}

/// What it builds on, with an example of what to keep and drop.
fn built_on(base: &Questionnaire) -> String {
    let header = base.header();
    let keep = base.questions().first().map(|question| question.id.to_string()).unwrap_or_default();
    let drop = base.areas().last().map(|area| area.id.to_string()).unwrap_or_default();
    format!(
        "\n# What this one builds on: all of it, unless you say what to keep or drop. Questions and areas with ids of\n\
         # the base take their place.\n[base]\nid = \"{}\"\nversion = {}\n#keep = [\"{keep}\"]\n#drop = [\"{drop}\"]\n",
        header.id,
        quoted(&header.version)
    )
}
