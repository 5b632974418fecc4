//! Files of a folder that do not belong to a history: named, each with the reason.

use std::fmt;
use std::path::PathBuf;

use super::terminal::Terminal;
use crate::text::{plural, visible};

/// How many files are named.
const NAMED: usize = 20;
/// How many characters of a name are shown.
const SHOWN: usize = 60;

/// A file that is left out.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LeftOut {
    /// Why.
    pub reason: Reason,
    /// The file.
    pub path: PathBuf,
}

/// Why a file is left out; what may need putting right comes first.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// It has mistakes, or its text cannot be read as one.
    Mistakes,
    /// The system refused to read it.
    Refused,
    /// It is a link, a folder or a pipe.
    NotOrdinary,
    /// It holds nothing of ours.
    NotOurs,
    /// Another file of this name stands for the day.
    SameDay(String),
    /// It answers another questionnaire.
    OtherQuestionnaire(String),
    /// It is about another organisation.
    OtherOrganisation(String),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mistakes => f.write_str("it has mistakes; `safeseat check` shows them"),
            Self::Refused => f.write_str("it cannot be read"),
            Self::NotOrdinary => f.write_str("it is not an ordinary file, and links are not followed"),
            Self::NotOurs => f.write_str("it is none of our files"),
            Self::SameDay(other) => write!(f, "{} has the same date", shortened(other)),
            Self::OtherQuestionnaire(id) => write!(f, "it answers another questionnaire, {id}"),
            Self::OtherOrganisation(name) => {
                write!(f, "it is about another organisation, {}", shortened(name))
            }
        }
    }
}

fn shortened(name: &str) -> String {
    let kept: String = name.chars().take(SHOWN).collect();
    if kept.len() < name.len() { kept + "..." } else { kept }
}

/// Names the files that were left out, and what to do to see others.
pub fn tell(mut files: Vec<LeftOut>, others: &str, terminal: Terminal) {
    files.sort();
    let line = |LeftOut { reason, path }: &LeftOut| {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
        format!("left out: {}: {}\n", visible(&shortened(&name)), visible(&reason.to_string()))
    };
    let mut text: String = files.iter().take(NAMED).map(line).collect();
    if files.len() > NAMED {
        let more = plural(files.len() - NAMED, "more file", "more files");
        text.extend(["left out: ", &more, "\n"]);
    }
    let can_choose =
        |reason: &Reason| matches!(reason, Reason::OtherQuestionnaire(_) | Reason::OtherOrganisation(_));
    if files.iter().any(|file| can_choose(&file.reason)) {
        text.extend(["help: ", others, "\n"]);
    }
    terminal.remark(&text);
}
