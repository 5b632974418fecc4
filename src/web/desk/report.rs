//! The report on the answers, to read and to keep.

use super::{Desk, Done, Outcome, first_problem, page, read};
use crate::problem::Problems;
use crate::render::{html, json, markdown};
use crate::report::{Input, Report};
use crate::scoring::Scheme;
use crate::text::Words;
use crate::web::view::{Link, ReportView};

/// The formats in which the report can be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::web) enum Format {
    Html,
    Markdown,
    Json,
}

impl Desk {
    /// What the report says in a word, and where it is.
    pub(in crate::web) fn report_page(&mut self) -> Done {
        let mut frame = self.frame();
        frame.back = Some(Link { to: "/check".to_owned(), words: "Back to check your answers" });
        match self.report() {
            Ok(report) => page(&ReportView::new(frame, &report)),
            Err(problems) => {
                self.notice = Some(format!("The report cannot be made yet: {}", first_problem(&problems)));
                self.check()
            }
        }
    }

    /// The report itself.
    pub(in crate::web) fn report_in(&mut self, format: Format, to_keep: bool) -> Done {
        let Ok(report) = self.report() else { return Ok(Outcome::Go("/report".to_owned())) };
        Ok(match format {
            Format::Html if to_keep => Outcome::File(html::report(&report)?.into_bytes()),
            Format::Html => Outcome::Report(html::report(&report)?),
            Format::Markdown => Outcome::File(markdown::report(&report).into_bytes()),
            Format::Json => match json::report(&report) {
                Ok(json) => Outcome::File(json.into_bytes()),
                Err(_) => Outcome::Nowhere,
            },
        })
    }

    /// The report on the file as it was last seen: the same that any other command makes of it.
    fn report(&self) -> Result<Report, Problems> {
        let material = &self.material;
        let (assessment, _) = read(&self.file, &material.questionnaire)?;
        let scheme = Scheme::new(&material.questionnaire, &material.incidents);
        Ok(Report::new(&Input {
            questionnaire: &material.questionnaire,
            questionnaire_sha256: &material.questionnaire_sha256,
            assessment: &assessment,
            answers_sha256: &sha256(self.file.text()),
            today: self.today.max(assessment.date),
            scheme: &scheme,
            evaluation: &scheme.evaluate(&assessment),
            incidents: &material.incidents,
            controls: &material.controls,
            frameworks: &material.frameworks,
            services: &material.services,
            tool_version: env!("CARGO_PKG_VERSION"),
            words: Words::ENGLISH,
        }))
    }
}

fn sha256(text: &str) -> String {
    use sha2::{Digest as _, Sha256};
    Sha256::digest(text).iter().fold(String::with_capacity(64), |hex, byte| hex + &format!("{byte:02x}"))
}
