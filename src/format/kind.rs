//! What a file holds.

use std::fmt;

use super::document::Document;
use crate::problem::{Code, Problem, Problems};

/// What a file holds. Told by its content: people rename files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum FileKind {
    Questionnaire,
    Assessment,
    Incident,
    Controls,
    Sources,
    Framework,
    Services,
    Plan,
    Brand,
    Translation,
}

impl fmt::Display for FileKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Questionnaire => "questionnaire",
            Self::Assessment => "answers",
            Self::Incident => "incident",
            Self::Controls => "controls",
            Self::Sources => "sources",
            Self::Framework => "framework",
            Self::Services => "services",
            Self::Plan => "plan",
            Self::Brand => "brand",
            Self::Translation => "translation",
        })
    }
}

/// The keys that tell a kind of file, the surest first.
const TELLING: [(&str, FileKind); 18] = [
    ("translates", FileKind::Translation),
    ("questionnaire", FileKind::Assessment),
    ("question", FileKind::Questionnaire),
    ("base", FileKind::Questionnaire),
    ("step", FileKind::Incident),
    ("control", FileKind::Controls),
    ("source", FileKind::Sources),
    ("service", FileKind::Services),
    ("item", FileKind::Framework),
    ("prefix", FileKind::Framework),
    ("plan", FileKind::Plan),
    ("actions", FileKind::Plan),
    ("brand", FileKind::Brand),
    ("answers", FileKind::Assessment),
    ("area", FileKind::Questionnaire),
    ("audience", FileKind::Questionnaire),
    ("victim", FileKind::Incident),
    ("organisation", FileKind::Assessment),
];

impl Document<'_> {
    /// What the file holds.
    ///
    /// # Errors
    /// When it is none of our files; its syntax errors are reported too.
    pub fn kind(&self) -> Result<FileKind, Problems> {
        let told = self.look(|root| {
            let told = TELLING.iter().find(|(key, _)| root.get_ref().get(*key).is_some());
            told.map(|(_, kind)| *kind).ok_or_else(|| root.span())
        });
        told.map_err(|at| {
            let help = "answers name their `questionnaire`; a questionnaire has [[question]] or [base], an incident [[step]]";
            let problem = Problem::new(Code::UnknownFileType, at, "this is none of our files").help(help);
            let mut reader = self.reader();
            reader.report(problem);
            Problems::of(self.source(), reader.into_problems())
        })
    }
}
