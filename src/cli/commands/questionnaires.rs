//! `questionnaires`: what comes with this program.

use crate::catalog::Catalog;
use crate::cli::content;
use crate::cli::failure::Failure;
use crate::cli::shelves::Shelves;
use crate::cli::terminal::Terminal;
use crate::render;
use crate::report::Shelf;

pub(crate) fn run(terminal: Terminal) -> Result<(), Failure> {
    let loaded = Catalog::shipped()
        .questionnaire_ids()
        .iter()
        .map(|id| content::questionnaire(id, Shelves::default(), terminal).map(|loaded| loaded.questionnaire))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(terminal.result(&render::terminal::shelf(&Shelf::new(&loaded), terminal.look()))?)
}
