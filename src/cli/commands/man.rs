//! `man`: the manual page, with a section for each command.

use crate::cli::command;
use crate::cli::failure::Failure;
use crate::cli::terminal::Terminal;

pub(crate) fn run(terminal: Terminal) -> Result<(), Failure> {
    let mut page = Vec::new();
    let command = command();
    clap_mangen::Man::new(command.clone()).render(&mut page)?;
    for sub in command.get_subcommands() {
        let name = format!("safeseat {}", sub.get_name());
        let man = clap_mangen::Man::new(sub.clone().bin_name(name.clone()).display_name(name.clone()));
        page.extend_from_slice(format!(".SH {}\n", name.to_uppercase()).as_bytes());
        man.render_description_section(&mut page)?;
        man.render_synopsis_section(&mut page)?;
        man.render_options_section(&mut page)?;
    }
    Ok(terminal.result(&String::from_utf8_lossy(&page))?)
}
