//! `incidents`: the recorded incidents, and the story of one.

use crate::cli::args;
use crate::cli::content::{self, Casebook};
use crate::cli::failure::Failure;
use crate::cli::format::{self, Format};
use crate::cli::terminal::Terminal;
use crate::model::Incident;
use crate::render;
use crate::report::{Stories, Story, StoryInput};
use crate::text::nearest;

/// The formats that a story can be written in.
pub(crate) const OFFERED: &[Format] = &[Format::Markdown, Format::Text];

pub(crate) fn run(args: &args::Incidents, terminal: Terminal) -> Result<(), Failure> {
    let outputs = format::outputs(&args.output, OFFERED)?;
    let casebook = content::casebook(args.folder.as_deref(), terminal)?;
    let Some(id) = &args.id else {
        if !outputs.is_empty() {
            let help = "name an incident: `safeseat incidents ID -o story.md`";
            return Err(Failure::usage("the list of incidents is not written to files", help));
        }
        let stories = Stories::new(&casebook.incidents);
        return Ok(terminal.result(&render::terminal::stories(&stories, terminal.look()))?);
    };
    let Casebook { incidents, controls, frameworks, facts } = &casebook;
    let incident = find(incidents, id)?;
    let story = Story::new(&StoryInput { incident, controls, frameworks, facts });
    if outputs.is_empty() {
        return Ok(terminal.result(&render::terminal::story(&story, terminal.look()))?);
    }
    for (path, format) in outputs {
        format::write(path, format, &format.story(&story), &[], args.output.force, terminal)?;
    }
    Ok(())
}

fn find<'a>(incidents: &'a [Incident], id: &str) -> Result<&'a Incident, Failure> {
    incidents.iter().find(|incident| incident.id.as_str() == id).ok_or_else(|| {
        let help = nearest(id, incidents.iter().map(|incident| incident.id.as_str())).map_or_else(
            || "`safeseat incidents` lists those that there are".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        Failure::usage(format!("there is no incident `{id}`"), help)
    })
}
