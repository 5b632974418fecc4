//! `new`: a commented answers file with every question.

use crate::cli::args::New;
use crate::cli::content::{self, Shelves};
use crate::cli::failure::Failure;
use crate::cli::terminal::{self, Terminal};
use crate::format::skeleton;
use crate::store::{self, Overwrite};
use crate::text::visible;

/// The schema of answers, as it is shipped.
const SCHEMA_OF_ANSWERS: &str = include_str!("../../../schemas/answers.schema.json");

pub(crate) fn run(args: &New, terminal: Terminal) -> Result<(), Failure> {
    let shelves = Shelves::new(args.questionnaires.as_deref(), Some(&args.file))?;
    let loaded = content::questionnaire(&args.questionnaire, shelves, terminal)?;
    let incidents = loaded.incidents(None, terminal)?;
    let facts = loaded.questionnaire.asked_facts(&incidents);
    let date = args.today.unwrap_or_else(terminal::today);
    let name = args.name.as_deref().unwrap_or("Our organisation");
    let text = skeleton::answers(&loaded.questionnaire, &facts, name, date);
    let overwrite = if args.force { Overwrite::Always } else { Overwrite::Never };
    store::write(&args.file, text.as_bytes(), overwrite)?;
    let file = visible(&args.file.to_string_lossy()).into_owned();
    terminal.remark(&format!("wrote {file}\n"));
    write_schema(args, terminal)?;
    terminal.remark(&format!("next: answer the questions in a text editor, then run\n  safeseat check {file}\n  safeseat report {file} -o report.html\n"));
    Ok(())
}

/// The schema that the first line of the file points to, unless one is there already.
fn write_schema(args: &New, terminal: Terminal) -> Result<(), Failure> {
    let path = args.file.with_file_name(skeleton::SCHEMA_NAME);
    if path.exists() {
        return Ok(());
    }
    store::write(&path, SCHEMA_OF_ANSWERS.as_bytes(), Overwrite::Never)?;
    terminal.remark(&format!(
        "wrote {}, with which an editor can complete and check your answers\n",
        skeleton::SCHEMA_NAME
    ));
    Ok(())
}
