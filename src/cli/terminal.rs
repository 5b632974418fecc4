//! What the terminal can do, and the only place that prints.

use std::io::{self, IsTerminal as _, Write as _};

use anstream::{AutoStream, ColorChoice};

use super::args::Color;
use crate::model::Date;
use crate::render::screen::Look;

/// Standard output and error, as the person wants them.
#[derive(Debug, Clone, Copy)]
pub struct Terminal {
    choice: ColorChoice,
    quiet: bool,
    look: Look,
    error_look: Look,
}

impl Terminal {
    /// As the person wants them.
    pub fn new(color: Color, quiet: bool) -> Self {
        let choice = match color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        let look = look_of(io::stdout().is_terminal());
        let error_look = look_of(io::stderr().is_terminal());
        Self { choice, quiet, look, error_look }
    }

    /// The same for a person who wants to hear less.
    #[must_use]
    pub fn quietly(self) -> Self {
        Self { quiet: true, ..self }
    }

    /// What standard output can show. Text that does not go to a terminal is the same everywhere: 80 columns, UTF-8.
    pub fn look(self) -> Look {
        self.look
    }

    /// What standard error can show.
    pub fn error_look(self) -> Look {
        self.error_look
    }

    /// Whether a person can be asked: there is a keyboard, and a screen on which text can be replaced.
    pub fn can_ask() -> bool {
        let is_dumb = std::env::var("TERM").is_ok_and(|name| name == "dumb");
        io::stdin().is_terminal() && io::stdout().is_terminal() && !is_dumb
    }

    /// Whether standard output shows colours.
    pub fn has_colours(self) -> bool {
        AutoStream::new(io::stdout(), self.choice).current_choice() != ColorChoice::Never
    }

    /// Writes a result to standard output.
    ///
    /// # Errors
    /// When the system refuses; a closed pipe is one such refusal.
    pub fn result(self, text: &str) -> io::Result<()> {
        let mut out = AutoStream::new(io::stdout().lock(), self.choice);
        out.write_all(text.as_bytes())?;
        out.flush()
    }

    /// Writes something other than a result to standard error. Nothing can be done when that fails.
    pub fn note(self, text: &str) {
        let mut out = AutoStream::new(io::stderr().lock(), self.choice);
        let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    }

    /// The same, unless the person wants to hear less.
    pub fn remark(self, text: &str) {
        if !self.quiet {
            self.note(text);
        }
    }
}

/// Today's date where this machine is.
pub fn today() -> Date {
    let now = jiff::Timestamp::now();
    let local = local_zone().unwrap_or_else(jiff::tz::TimeZone::system);
    now.to_zoned_datetime(local).date().into()
}

/// The zone of this machine, from the file that says so. The library would look through all zones for its name, which
/// takes longer than the rest of a report.
fn local_zone() -> Option<jiff::tz::TimeZone> {
    if std::env::var_os("TZ").is_some() {
        return None;
    }
    let rules = std::fs::read("/etc/localtime").ok()?;
    jiff::tz::TimeZone::tzif("local", &rules).ok()
}

fn look_of(is_terminal: bool) -> Look {
    if !is_terminal {
        return Look::new(80, true);
    }
    let columns = terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0));
    Look::new(columns, shows_unicode())
}

/// Whether the locale says UTF-8. The first of these variables that is set decides, as the C library has it.
fn shows_unicode() -> bool {
    if cfg!(windows) {
        return true;
    }
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    if set("TERM").as_deref() == Some("dumb") {
        return false;
    }
    let locale = set("LC_ALL").or_else(|| set("LC_CTYPE")).or_else(|| set("LANG")).unwrap_or_default();
    let locale = locale.to_ascii_lowercase();
    locale.contains("utf-8") || locale.contains("utf8")
}
