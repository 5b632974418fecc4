//! Answers, scored: what several commands begin with.

use std::path::Path;

use super::args;
use super::content::{self, Answers};
use super::failure::Failure;
use super::terminal::{self, Terminal};
use crate::model::{Control, Date, Framework, Incident, Services};
use crate::report::Input;
use crate::scoring::{Evaluation, Scheme};

/// Answers with every number.
#[derive(Debug)]
pub struct Evaluated {
    /// The answers and their questionnaire.
    pub answers: Answers,
    incidents: Vec<Incident>,
    controls: Vec<Control>,
    services: Services,
    scheme: Scheme,
    evaluation: Evaluation,
}

impl Evaluated {
    /// Reads and scores an answers file.
    ///
    /// # Errors
    /// When a file cannot be read or is wrong.
    pub fn load(path: &Path, content: &args::Content, terminal: Terminal) -> Result<Self, Failure> {
        Self::of(content::answers(path, content, terminal)?, content.incidents.as_deref(), terminal)
    }

    /// Scores answers, with the incidents of a folder beside the others.
    ///
    /// # Errors
    /// When what their questionnaire refers to cannot be read or is wrong.
    pub fn of(answers: Answers, incidents: Option<&Path>, terminal: Terminal) -> Result<Self, Failure> {
        let incidents = answers.questionnaire.incidents(incidents, terminal)?;
        let controls = answers.questionnaire.controls(terminal)?;
        let services = answers.questionnaire.services(terminal)?;
        Ok(Self::new(answers, incidents, controls, services))
    }

    /// Reads and scores the answers file of an earlier assessment, with the incidents of this one: what happened since
    /// is no fault of the answers.
    ///
    /// # Errors
    /// When a file cannot be read or is wrong.
    pub fn earlier(&self, path: &Path, content: &args::Content, terminal: Terminal) -> Result<Self, Failure> {
        let answers = content::answers(path, content, terminal)?;
        Ok(Self::new(answers, self.incidents.clone(), self.controls.clone(), self.services.clone()))
    }

    fn new(answers: Answers, incidents: Vec<Incident>, controls: Vec<Control>, services: Services) -> Self {
        let scheme = Scheme::new(&answers.questionnaire.questionnaire, &incidents);
        let evaluation = scheme.evaluate(&answers.assessment);
        Self { answers, incidents, controls, services, scheme, evaluation }
    }

    /// The day to judge on what has run out: the one asked for or today, but never before the assessment, when nothing
    /// of it can have run out. Whoever asked for an earlier one is told.
    pub fn today(&self, asked: Option<Date>, terminal: Terminal) -> Date {
        let assessed = self.answers.assessment.date;
        if let Some(asked) = asked.filter(|asked| *asked < assessed) {
            terminal.remark(&format!(
                "{} is before the assessment, so the day of that is taken: {}\n",
                asked.in_words(),
                assessed.in_words()
            ));
        }
        asked.unwrap_or_else(terminal::today).max(assessed)
    }

    /// What a report is made from, as it is judged on a day, with the frameworks that it names.
    pub fn input<'a>(&'a self, today: Date, frameworks: &'a [Framework]) -> Input<'a> {
        Input {
            questionnaire: &self.answers.questionnaire.questionnaire,
            questionnaire_sha256: &self.answers.questionnaire.sha256,
            assessment: &self.answers.assessment,
            answers_sha256: &self.answers.sha256,
            today,
            scheme: &self.scheme,
            evaluation: &self.evaluation,
            incidents: &self.incidents,
            controls: &self.controls,
            frameworks,
            services: &self.services,
            tool_version: env!("CARGO_PKG_VERSION"),
            words: self.answers.questionnaire.words,
        }
    }
}
