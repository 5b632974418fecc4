//! `man`: the manual page, with a section for each command.

use std::io;

use clap_mangen::Man;

use crate::cli::command;
use crate::cli::failure::Failure;
use crate::cli::terminal::Terminal;

pub(crate) fn run(terminal: Terminal) -> Result<(), Failure> {
    let mut page = Vec::new();
    let command = command();
    let man = Man::new(command.clone());
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    if let Some(steps) = command.get_after_help() {
        page.extend_from_slice(format!(".SH EXAMPLES\n.nf\n{steps}\n.fi\n").replace(" -", " \\-").as_bytes());
    }
    sections(&command, "safeseat", &mut page)?;
    Ok(terminal.result(&String::from_utf8_lossy(&page))?)
}

/// A section for each command below this one, and for those below them.
fn sections(command: &clap::Command, name: &str, page: &mut Vec<u8>) -> io::Result<()> {
    for sub in command.get_subcommands() {
        let name = format!("{name} {}", sub.get_name());
        let man = Man::new(sub.clone().bin_name(name.clone()).display_name(name.clone()));
        page.extend_from_slice(format!(".SH {}\n", name.to_uppercase()).as_bytes());
        man.render_description_section(page)?;
        man.render_synopsis_section(page)?;
        man.render_options_section(page)?;
        sections(sub, &name, page)?;
    }
    Ok(())
}
