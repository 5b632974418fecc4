//! `explain`: the long text of a problem code.

use crate::cli::args::Explain;
use crate::cli::failure::Failure;
use crate::cli::terminal::Terminal;
use crate::problem::Code;
use crate::render;
use crate::text::nearest;

pub(crate) fn run(args: &Explain, terminal: Terminal) -> Result<(), Failure> {
    let Some(name) = &args.code else {
        return Ok(terminal.result(&render::codes::list(terminal.look()))?);
    };
    let code = Code::ALL.iter().find(|code| code.as_str() == name).ok_or_else(|| {
        let near = nearest(name, Code::ALL.iter().map(|code| code.as_str()));
        let help = near.map_or_else(
            || "`safeseat explain` lists all codes".to_owned(),
            |near| format!("did you mean `{near}`? `safeseat explain` lists all codes"),
        );
        Failure::usage(format!("there is no problem code `{name}`"), help)
    })?;
    Ok(terminal.result(&render::codes::explain(*code, terminal.look()))?)
}
