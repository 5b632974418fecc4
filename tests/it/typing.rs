//! A person at a terminal: a real pseudo-terminal, its screen, and hands on the keyboard.

use std::io::{Read as _, Write as _};
use std::num::NonZeroU16;
use std::process::Child;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use pty_process::blocking::{Command, Pty, open};

use crate::runner::Desk;

/// Longer than any machine needs to draw a screen.
const PATIENCE: Duration = Duration::from_secs(60);

pub const ENTER: &str = "\r";
pub const ESCAPE: &str = "\u{1b}";
pub const UP: &str = "\u{1b}[A";
pub const DOWN: &str = "\u{1b}[B";
pub const HOME: &str = "\u{1b}[H";
pub const END: &str = "\u{1b}[F";
pub const CTRL_C: &str = "\u{3}";
pub const CTRL_U: &str = "\u{15}";

/// The program in a terminal.
pub struct Typist {
    child: Child,
    keyboard: Pty,
    output: Receiver<Vec<u8>>,
    terminal: vt100::Parser,
    raw: Vec<u8>,
}

impl Typist {
    /// Starts the program with its arguments, separated by spaces, in a terminal of so many columns and 40 lines.
    pub fn start(desk: &Desk, arguments: &str, columns: u16, environment: &[(&str, &str)]) -> Self {
        let (keyboard, terminal) = open().unwrap();
        keyboard.resize(pty_process::Size::new(40, columns)).unwrap();
        let mut command = Command::new(crate::runner::program())
            .args(arguments.split_whitespace())
            .current_dir(desk.path("."))
            .env_clear()
            .env("TERM", "xterm-256color");
        for (name, value) in environment {
            command = command.env(name, value);
        }
        let child = command.spawn(terminal).unwrap();
        let mut reader = std::fs::File::from(keyboard_copy(&keyboard));
        let (send, output) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            // At the end of the program the terminal is gone, which some systems call an error.
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                if send.send(bytes[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        let size = |count| NonZeroU16::new(count).unwrap();
        let terminal = vt100::Parser::new(size(40), size(columns), 0);
        Self { child, keyboard, output, terminal, raw: Vec::new() }
    }

    /// Presses keys.
    pub fn press(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
    }

    /// Waits until the screen shows words, however they are broken into lines.
    pub fn see(&mut self, words: &str) {
        let wanted = joined(words);
        self.wait(&format!("see {words:?}"), |screen| joined(screen).contains(&wanted));
    }

    /// Waits until the last lines of the screen show words: those that are drawn anew with every key.
    pub fn see_below(&mut self, heading: &str, words: &str) {
        let (heading, wanted) = (joined(heading), joined(words));
        self.wait(&format!("see {words:?} below {heading:?}"), |screen| {
            joined(screen).rsplit_once(&heading).is_some_and(|(_, below)| below.contains(&wanted))
        });
    }

    /// Presses keys and waits for what they lead to.
    pub fn press_and_see(&mut self, keys: &str, words: &str) {
        self.press(keys);
        self.see(words);
    }

    fn wait(&mut self, what: &str, is_there: impl Fn(&str) -> bool) {
        let start = Instant::now();
        while !is_there(&self.screen()) {
            let rest = PATIENCE.saturating_sub(start.elapsed());
            match self.output.recv_timeout(rest) {
                Ok(bytes) => self.take(&bytes),
                Err(reason) => panic!("could not {what}: {reason}\n{}", self.screen()),
            }
        }
    }

    fn take(&mut self, bytes: &[u8]) {
        self.terminal.process(bytes);
        self.raw.extend_from_slice(bytes);
    }

    /// What stands on the screen.
    pub fn screen(&self) -> String {
        self.terminal.screen().contents()
    }

    /// Whether a line of the screen was too long for it.
    pub fn has_broken_line(&self) -> bool {
        (0..40).any(|row| self.terminal.screen().row_wrapped(row))
    }

    /// Every byte that the program has written.
    pub fn raw(&self) -> &[u8] {
        &self.raw
    }

    /// Waits for the end of the program: its exit status, and the screen that it leaves.
    pub fn end(mut self) -> (i32, String) {
        let status = self.child.wait().unwrap();
        while let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(200)) {
            self.take(&bytes);
        }
        (status.code().unwrap_or(-1), self.screen())
    }

    /// Sudden death.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

fn keyboard_copy(keyboard: &Pty) -> std::os::fd::OwnedFd {
    use std::os::fd::AsFd as _;
    keyboard.as_fd().try_clone_to_owned().unwrap()
}

/// The words of a text with single spaces between them.
pub fn joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
