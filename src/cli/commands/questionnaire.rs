//! `questionnaire`: writing a questionnaire of one's own.

use crate::cli::args::QuestionnaireCommand;
use crate::cli::failure::Failure;
use crate::cli::terminal::Terminal;

pub(crate) fn run(_: &QuestionnaireCommand, _: Terminal) -> Result<(), Failure> {
    Ok(())
}
