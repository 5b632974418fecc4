//! `questionnaire`: writing a questionnaire of one's own.

use std::path::Path;

use super::new::write_schema;
use crate::cli::args::QuestionnaireCommand;
use crate::cli::content;
use crate::cli::failure::Failure;
use crate::cli::shelves::Shelves;
use crate::cli::terminal::Terminal;
use crate::format::beginning;
use crate::model::QuestionnaireId;
use crate::store::{self, Overwrite};
use crate::text::visible;

/// The schema of questionnaires, as it is shipped.
const SCHEMA: &str = include_str!("../../../schemas/questionnaire.schema.json");

pub(crate) fn run(command: &QuestionnaireCommand, terminal: Terminal) -> Result<(), Failure> {
    let QuestionnaireCommand::New { file, base, questionnaires, force } = command;
    let id = id_of(file)?;
    let shelves = Shelves::new(questionnaires.as_deref(), Some(file))?;
    if base.as_deref() == Some(id.as_str()) {
        return Err(Failure::usage(
            format!("`{id}` would build on itself"),
            "give the file another name: a questionnaire's id is the name of its file",
        ));
    }
    let base = base.as_deref().map(|base| content::questionnaire(base, shelves, terminal)).transpose()?;
    let text = beginning::questionnaire(&id, base.as_ref().map(|base| &base.questionnaire));
    let overwrite = if *force { Overwrite::Always } else { Overwrite::Never };
    store::write(file, text.as_bytes(), overwrite)?;
    let shown = visible(&file.to_string_lossy()).into_owned();
    terminal.remark(&format!("wrote {shown}\n"));
    if write_schema(file, beginning::SCHEMA_NAME, SCHEMA)? {
        terminal.remark(&format!(
            "wrote {}, with which an editor can complete and check it\n",
            beginning::SCHEMA_NAME
        ));
    }
    terminal.remark(&format!(
        "next: write your questions, and look often\n  safeseat check {shown}\n  safeseat show {shown}\n"
    ));
    Ok(())
}

/// The id of the questionnaire in a file: its name.
fn id_of(file: &Path) -> Result<QuestionnaireId, Failure> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let id = name.strip_suffix(".toml").and_then(|stem| QuestionnaireId::parse(stem).ok());
    id.ok_or_else(|| {
        Failure::usage(
            format!("`{}` cannot be the name of a questionnaire", visible(&name)),
            "write lower-case words with hyphens and .toml, such as volunteer-check.toml",
        )
    })
}
