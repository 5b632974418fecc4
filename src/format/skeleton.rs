//! A commented answers file with every question, ready for a text editor.

use crate::model::{Date, Fact, Kind, OrganisationKind, Question, Questionnaire};
use crate::text::{hides, visible};

/// The name of the schema that the first line of a new file points to, so that an editor completes and checks it.
pub const SCHEMA_NAME: &str = "safeseat-answers.schema.json";

/// Columns of the comments.
const WIDTH: usize = 98;

/// An answers file without answers: every question stands in it as a comment, with what can be answered.
pub fn answers(questionnaire: &Questionnaire, facts: &[&Fact], organisation: &str, date: Date) -> String {
    let mut out = Lines::default();
    head(&mut out, questionnaire, organisation, date);
    if !facts.is_empty() {
        out.blank();
        out.comment("What you have. Answer yes, no or unknown; unknown counts as yes.");
        out.comment("A no leaves out the questions that do not concern you.");
        out.line("[facts]");
    }
    for fact in facts {
        out.blank();
        out.comment(&fact.ask);
        if let Some(help) = &fact.help {
            out.comment(help);
        }
        out.line(&format!("# {} = \"unknown\"", fact.id));
    }
    for (place, area) in questionnaire.areas().iter().enumerate() {
        out.blank();
        out.comment(&format!("-------------------- {} {}", place + 1, area.title));
        out.comment(&area.summary);
        for (nth, asked) in questionnaire.questions_of(&area.id).enumerate() {
            out.blank();
            question(&mut out, &format!("{}.{}", place + 1, nth + 1), asked);
        }
    }
    out.0
}

fn head(out: &mut Lines, questionnaire: &Questionnaire, organisation: &str, date: Date) {
    let header = questionnaire.header();
    out.line(&format!("#:schema ./{SCHEMA_NAME}"));
    out.comment(&format!("{}, version {}.", header.title, header.version));
    out.comment(
        "To answer a question, take the # away before its two lines and write the answer. Leave out what you have not \
         looked at yet, and write \"unknown\" where you asked and nobody knows. To every answer you may add:",
    );
    out.comment(
        "  evidence = \"documented\"          (or \"verified\"; without it the answer is only claimed)",
    );
    out.comment(
        "  evidence_date = 2026-11-01       evidence_where = \"where it is kept, never what it says\"",
    );
    out.comment("  by = \"role\"    comment = \"appears in the report\"    note = \"private: in no report\"");
    out.comment("Never write passwords, codes or names of people into this file. Keep it private.");
    out.comment("Check it with `safeseat check FILE`, then run `safeseat report FILE`.");
    out.line("format = 1");
    out.line(&format!("questionnaire = \"{}\"", header.id));
    out.line(&format!("version = {}", quoted(&header.version)));
    out.blank();
    out.line("[organisation]");
    out.line(&format!("name = {}", quoted(organisation)));
    let kinds: Vec<&str> = OrganisationKind::ALL.into_iter().map(OrganisationKind::as_str).collect();
    out.comment(&kinds.join(" | "));
    out.line("kind = \"other\"");
    out.line("country = \"GB\"");
    out.blank();
    out.line("[assessment]");
    out.line(&format!("date = {date}"));
    out.line("self_assessed = true");
    out.line("# assessor = \"office manager\"");
    out.line("# marking = \"Confidential\"");
}

fn question(out: &mut Lines, number: &str, question: &Question) {
    out.comment(&format!("{number} {}", question.ask));
    if let Some(help) = &question.help {
        out.comment(help);
    }
    let example = match &question.kind {
        Kind::Levels(levels) => {
            for level in levels {
                out.option(level.id.as_str(), &level.label);
            }
            "\"\"".to_owned()
        }
        Kind::YesNo { partly, .. } => {
            out.option("yes", "Yes");
            out.option("partly", partly);
            out.option("no", "No");
            "\"\"".to_owned()
        }
        Kind::Percentage(_) => {
            out.comment("  a number from 0 to 100, or { have = 57, of = 60 }");
            String::new()
        }
        Kind::LastDone(_) => {
            out.comment("  the date when it was last done, such as 2026-05-12, or \"never\"");
            String::new()
        }
        Kind::TickAll(choices) => {
            out.comment("  a list of those that are true, such as [\"a\", \"b\"]; [] for none:");
            for choice in choices {
                out.option(choice.id.as_str(), &choice.label);
            }
            "[]".to_owned()
        }
    };
    if question.may_be_skipped {
        out.comment("  \"not-applicable\", with reason = \"...\" on the next line");
    }
    out.line(&format!("# [answers.{}]", question.id));
    out.line(format!("# answer = {example}").trim_end());
}

#[derive(Default)]
struct Lines(String);

impl Lines {
    fn blank(&mut self) {
        self.0.push('\n');
    }

    fn line(&mut self, line: &str) {
        self.0.push_str(line);
        self.0.push('\n');
    }

    fn comment(&mut self, words: &str) {
        self.wrapped("# ", "# ", words);
    }

    fn option(&mut self, id: &str, label: &str) {
        self.wrapped("#   ", "#       ", &format!("\"{id}\"  {label}"));
    }

    /// Text from a questionnaire goes into comments, which a line break would end.
    fn wrapped(&mut self, first: &str, next: &str, words: &str) {
        let options = textwrap::Options::new(WIDTH).initial_indent(first).subsequent_indent(next);
        for line in textwrap::wrap(&visible(words), options) {
            self.line(line.trim_end());
        }
    }
}

/// A text as a value, on one line and with nothing in it that an editor would hide.
pub(super) fn quoted(text: &str) -> String {
    let escaped = text.chars().map(|c| match c {
        '"' | '\\' => format!("\\{c}"),
        c if c.is_control() || hides(c) => format!("\\U{:08x}", u32::from(c)),
        c => c.to_string(),
    });
    format!("\"{}\"", escaped.collect::<Vec<_>>().concat())
}
