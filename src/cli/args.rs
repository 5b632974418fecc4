//! What can be typed.

use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::{Arg, Args, Parser, Subcommand, ValueEnum};

use super::commands;
use super::format::Format;
use crate::catalog;
use crate::model::{Date, QuestionnaireId};
use crate::report::Audience;
use crate::text::{Words, or_list};

/// What a newcomer types first.
const FIRST_STEPS: &str = if cfg!(feature = "web") {
    "\
Your first assessment:
  safeseat serve answers.toml                  Answer in your browser
  safeseat report answers.toml -o report.html  Write the report"
} else {
    "\
Your first assessment:
  safeseat answer answers.toml                 Answer in this terminal
  safeseat report answers.toml -o report.html  Write the report"
};

/// An honest, private and offline security check for political organisations.
///
/// Nothing you enter leaves this machine.
#[derive(Debug, Parser)]
#[command(
    name = "safeseat",
    version,
    max_term_width = 100,
    subcommand_required = true,
    arg_required_else_help = true,
    after_help = FIRST_STEPS
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,

    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: Color,

    /// Say less: only results and errors
    #[arg(short, long, global = true)]
    pub quiet: bool,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// What to do, in the order of an assessment; then what only some need.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List the questionnaires that come with this program
    Questionnaires,
    /// Print a questionnaire, to read or to fill in by hand
    Show(Show),
    /// Answer the questions on a page in your browser; every answer is saved at once
    #[cfg(feature = "web")]
    Serve(Serve),
    /// Answer them in the terminal; every answer is saved at once
    Answer(Answer),
    /// Begin an answers file with every question in it, to fill in with a text editor
    New(New),
    /// Take over answers from a spreadsheet that somebody filled in
    ///
    /// `safeseat show QUESTIONNAIRE -o questions.xlsx` makes one to send out. Every cell that cannot be accepted is named,
    /// and nothing changes before all are right.
    #[cfg(feature = "office")]
    Import(Import),
    /// Check files for mistakes, and show the place of each
    Check(Check),
    /// Write the report: the score, what it rests on, and what to do first
    Report(Report),
    /// Explain how the score came about, to the last hundredth of a point
    Why(Why),
    /// Say what to do first, and keep track of who does it until when
    Plan(Plan),
    /// List recorded attacks, or tell one as a story
    Incidents(Incidents),
    /// Say what moved between two assessments, and why
    Compare(Compare),
    /// Show the trend over all assessments of an organisation that lie in a folder
    History(History),
    /// Write a questionnaire of your own
    Questionnaire(Questionnaire),
    /// Change the looks of the report with templates of your own
    Templates(Templates),
    /// Explain a message of this program by its code
    Explain(Explain),
    /// Print what makes a shell complete commands with the Tab key
    Completions(Completions),
    /// Print the manual page
    Man,
}

/// Where questionnaires and incidents come from.
#[derive(Debug, Clone, Default, Args)]
pub struct Content {
    /// The questionnaire, by id or file, instead of the one that the answers name
    #[arg(long, value_name = "ID|FILE")]
    pub questionnaire: Option<String>,

    /// A folder with questionnaires of your own
    #[arg(long, value_name = "DIR")]
    pub questionnaires: Option<PathBuf>,

    /// A folder with recorded incidents of your own, replayed beside the others
    #[arg(long, value_name = "DIR")]
    pub incidents: Option<PathBuf>,

    /// The language of the questionnaire's texts, where there is a translation.
    #[arg(skip)]
    pub language: Option<&'static Words>,
}

/// Where output goes. The endings that are understood differ from command to command: see [`listed`].
#[derive(Debug, Clone, Default, Args)]
pub struct Output {
    /// Write to a file; its ending decides the format. May be given several times
    #[arg(short, long = "output", value_name = "FILE")]
    pub output: Vec<PathBuf>,

    /// Replace files that this program did not make
    #[arg(long)]
    pub force: bool,
}

/// The argument for output files, with the endings of the formats that are offered.
fn listed(output: Arg, offered: &[Format]) -> Arg {
    let endings = or_list(&Format::endings(offered));
    output.help(format!(
        "Write to a file; its ending decides the format: {endings}. May be given several times"
    ))
}

/// Arguments of `show`.
#[derive(Debug, Args)]
#[command(mut_arg("output", |arg| listed(arg, commands::show::OFFERED)))]
pub struct Show {
    /// The questionnaire, by id or file
    #[arg(value_name = "QUESTIONNAIRE")]
    pub questionnaire: String,

    /// A folder with questionnaires of your own
    #[arg(long, value_name = "DIR")]
    pub questionnaires: Option<PathBuf>,

    /// The language: en-GB or cy
    #[arg(long, value_name = "TAG", value_parser = catalog::named)]
    pub language: Option<&'static Words>,

    #[command(flatten)]
    pub output: Output,
}

/// Arguments of `new`.
#[derive(Debug, Args)]
pub struct New {
    /// The answers file to write
    pub file: PathBuf,

    /// Carry the answers of an earlier file over, to be confirmed
    #[arg(long, value_name = "PREVIOUS", conflicts_with = "name")]
    pub from: Option<PathBuf>,

    /// The questionnaire, by id or file [default: political-organisation, or that of PREVIOUS]
    #[arg(long, value_name = "ID|FILE")]
    pub questionnaire: Option<String>,

    /// A folder with questionnaires of your own
    #[arg(long, value_name = "DIR")]
    pub questionnaires: Option<PathBuf>,

    /// The name of your organisation
    #[arg(long, value_name = "ORG")]
    pub name: Option<String>,

    /// The assessment's date instead of today
    #[arg(long, value_name = "DATE", value_parser = Date::parse)]
    pub today: Option<Date>,

    /// Replace a file that is already there
    #[arg(long)]
    pub force: bool,
}

/// Arguments of `serve`.
#[cfg(feature = "web")]
#[derive(Debug, Args)]
pub struct Serve {
    /// The answers file; a new one is made with your first answer
    pub file: PathBuf,

    /// The port instead of one that the system chooses
    #[arg(long, value_name = "PORT", value_parser = clap::value_parser!(u16).range(1024..))]
    pub port: Option<u16>,

    /// Print the address and do not open a browser
    #[arg(long)]
    pub no_open: bool,

    /// Stop after so many minutes in which nothing was done
    #[arg(long, value_name = "MINUTES", default_value = "30", value_parser = clap::value_parser!(u64).range(1..=1440))]
    pub idle: u64,

    #[command(flatten)]
    pub content: Content,
}

/// Arguments of `answer`.
#[derive(Debug, Args)]
pub struct Answer {
    /// The answers file to go on with; it is made when there is none
    pub file: PathBuf,

    /// Show the score so far with every question
    #[arg(long)]
    pub score: bool,

    /// The date to answer on instead of today
    #[arg(long, value_name = "DATE", value_parser = Date::parse)]
    pub today: Option<Date>,

    #[command(flatten)]
    pub content: Content,
}

/// Arguments of `import`.
#[cfg(feature = "office")]
#[derive(Debug, Args)]
pub struct Import {
    /// The spreadsheet
    pub file: PathBuf,

    /// The answers file that takes the answers; it is made when there is none
    #[arg(long, value_name = "ANSWERS")]
    pub into: PathBuf,

    /// Take what can be accepted, even when other cells cannot
    #[arg(long)]
    pub partial: bool,

    /// The date to answer on instead of today
    #[arg(long, value_name = "DATE", value_parser = Date::parse)]
    pub today: Option<Date>,

    #[command(flatten)]
    pub content: Content,
}

/// Arguments of `check`.
#[derive(Debug, Args)]
pub struct Check {
    /// Answers, plans, brands, questionnaires, incidents, controls, sources, frameworks or services
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,

    #[command(flatten)]
    pub content: Content,
}

/// Arguments of `report`.
#[derive(Debug, Args)]
#[command(mut_arg("output", |arg| listed(arg, commands::report::OFFERED)))]
pub struct Report {
    /// The answers, or a folder: then its newest assessment, compared with the one before
    pub file: PathBuf,

    /// The assessment before, to say what moved since
    #[arg(long, value_name = "FILE")]
    pub previous: Option<PathBuf>,

    /// Print the report as JSON
    #[arg(long)]
    pub json: bool,

    /// For whom the report is
    #[arg(long, value_name = "WHOM", default_value = "internal")]
    pub audience: Audience,

    /// A brand file instead of brand.toml beside the answers: name, logo and colours of whoever hands the report over
    #[arg(long, value_name = "BRANDFILE")]
    pub brand: Option<PathBuf>,
    /// A folder with templates of your own, which take the place of those of the HTML report
    #[arg(long, value_name = "DIR")]
    pub templates: Option<PathBuf>,

    /// The language of the report instead of that of the brand: en-GB or cy
    #[arg(long, value_name = "TAG", value_parser = catalog::named)]
    pub language: Option<&'static Words>,

    /// The day to judge on what has run out, instead of today
    #[arg(long, value_name = "DATE", value_parser = Date::parse)]
    pub today: Option<Date>,

    /// Exit with status 1 when the score is below N, or there is none
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(0..=100))]
    pub fail_under: Option<u16>,

    /// Exit with status 1 in this case. May be given several times, or as a list with commas
    #[arg(long, value_name = "CASE", value_delimiter = ',')]
    pub fail_on: Vec<FailOn>,

    #[command(flatten)]
    pub content: Content,

    #[command(flatten)]
    pub output: Output,
}

/// Arguments of `templates`.
#[derive(Debug, Args)]
pub struct Templates {
    /// What to do with them.
    #[command(subcommand)]
    pub command: TemplatesCommand,
}

/// What to do with templates.
#[derive(Debug, Subcommand)]
pub enum TemplatesCommand {
    /// List the templates that yours can take the place of
    List,
    /// Write the embedded templates into a folder, to change them there
    Export {
        /// The folder; it is made when there is none
        folder: PathBuf,
    },
    /// Check templates of your own, and make a page of an example with them
    Check {
        /// The folder with them
        folder: PathBuf,
    },
    /// Print what templates are given, as JSON: of an example, or of answers of your own
    Context {
        /// The answers
        file: Option<PathBuf>,

        /// Print the JSON Schema of what templates are given instead
        #[arg(long, conflicts_with_all = ["file", "audience"])]
        schema: bool,

        /// For whom the report is: what others may not see is not given either
        #[arg(long, value_name = "WHOM", default_value = "internal")]
        audience: Audience,

        #[command(flatten)]
        content: Content,
    },
}

/// Arguments of `questionnaire`.
#[derive(Debug, Args)]
pub struct Questionnaire {
    /// What to do.
    #[command(subcommand)]
    pub command: QuestionnaireCommand,
}

/// What to do with a questionnaire.
#[derive(Debug, Subcommand)]
pub enum QuestionnaireCommand {
    /// Write the beginning of a questionnaire of your own, with an example of each kind of question
    New {
        /// The file to write; the questionnaire's id is its name without .toml
        file: PathBuf,

        /// Build on this questionnaire, and add to it
        #[arg(long, value_name = "ID")]
        base: Option<String>,

        /// A folder with questionnaires of your own
        #[arg(long, value_name = "DIR")]
        questionnaires: Option<PathBuf>,

        /// Replace a file that is already there
        #[arg(long)]
        force: bool,
    },
}

/// Arguments of `compare`.
#[derive(Debug, Args)]
#[command(mut_arg("output", |arg| listed(arg, commands::compare::OFFERED)))]
pub struct Compare {
    /// The older answers
    pub old: PathBuf,

    /// The newer answers
    pub new: PathBuf,

    /// Print the comparison as JSON
    #[arg(long)]
    pub json: bool,

    /// The questionnaire of the older answers, by id or file, instead of the one that they name
    #[arg(long, value_name = "ID|FILE")]
    pub old_questionnaire: Option<String>,

    /// The plan that was made between the two, to say what it promised and the answers do not show [default: plan.toml
    /// beside NEW, when there is one]
    #[arg(long, value_name = "PLANFILE")]
    pub plan: Option<PathBuf>,

    /// A brand file instead of brand.toml beside NEW: name, logo and colours of whoever hands the comparison over
    #[arg(long, value_name = "BRANDFILE")]
    pub brand: Option<PathBuf>,

    #[command(flatten)]
    pub content: Content,

    #[command(flatten)]
    pub output: Output,
}

impl ValueEnum for Audience {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let help = match self {
            Self::Internal => "whoever assessed: everything",
            Self::Board => "whoever leads the organisation: one or two pages",
            Self::Client => "whoever was assessed: everything but who said what, and where the proof is kept",
            Self::Public => "everybody else: a statement without anything that would help an attacker",
        };
        Some(PossibleValue::new(self.as_str()).help(help))
    }
}

/// When a report ends with status 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// A gate fails as you stated it
    Gate,
    /// An answer got worse since the previous assessment, a gate opened or an incident did
    Regression,
    /// An answer counts for less, because its time is over
    Lapsed,
    /// The acceptance of a risk ran out
    WaiverExpired,
}

/// Arguments of `why`.
#[derive(Debug, Args)]
pub struct Why {
    /// The answers
    pub file: PathBuf,

    /// A question (`acc.mfa-email` or its number `2.1`), a gate, an area or an incident; without it, the whole score
    #[arg(value_name = "WHAT")]
    pub subject: Option<String>,

    #[command(flatten)]
    pub content: Content,
}

/// Arguments of `plan`.
#[derive(Debug, Args)]
#[command(mut_arg("output", |arg| listed(arg, commands::plan::OFFERED)))]
pub struct Plan {
    /// The answers
    pub file: PathBuf,

    /// Only what fits into so many working days of one person, such as 5 or 2.5
    #[arg(long, value_name = "DAYS", value_parser = half_days)]
    pub effort: Option<u32>,

    /// Only what one person can do until this day, such as polling day, with a date proposed for each action
    #[arg(long, value_name = "DATE", value_parser = Date::parse)]
    pub by: Option<Date>,

    /// Only what would interrupt a recorded incident
    #[arg(long, value_name = "INCIDENT")]
    pub closes: Option<String>,

    /// Only what takes minutes or hours and costs little or nothing
    #[arg(long)]
    pub quick_wins: bool,

    /// Add what is recommended to a plan file to work with [default: plan.toml beside the answers]
    #[arg(long, value_name = "PLANFILE", num_args = 0..=1)]
    #[expect(clippy::option_option, reason = "an option with an optional value")]
    pub update: Option<Option<PathBuf>>,

    /// The plan file to read instead of plan.toml beside the answers
    #[arg(long = "plan", value_name = "PLANFILE", conflicts_with = "update")]
    pub work: Option<PathBuf>,

    /// Let the events of a calendar say what is to be done; without it they are only numbered
    #[arg(long, requires = "output")]
    pub titles: bool,

    /// The day to reckon from, and to judge on what has run out, instead of today
    #[arg(long, value_name = "DATE", value_parser = Date::parse)]
    pub today: Option<Date>,

    #[command(flatten)]
    pub content: Content,

    #[command(flatten)]
    pub output: Output,
}

/// Arguments of `history`.
#[derive(Debug, Args)]
#[command(mut_arg("output", |arg| listed(arg, commands::history::OFFERED)))]
pub struct History {
    /// The folder with the answers files, under any names
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,

    /// Whose assessments, when the folder has those of several [default: who has the most]
    #[arg(long, value_name = "NAME")]
    pub organisation: Option<String>,

    /// By which questionnaire, when the folder has assessments by several [default: the one with the most]
    #[arg(long, value_name = "ID", value_parser = QuestionnaireId::parse)]
    pub questionnaire: Option<QuestionnaireId>,

    /// A folder with questionnaires of your own
    #[arg(long, value_name = "DIR")]
    pub questionnaires: Option<PathBuf>,

    /// A folder with recorded incidents of your own, replayed beside the others
    #[arg(long, value_name = "DIR")]
    pub incidents: Option<PathBuf>,

    /// Print the history as JSON
    #[arg(long)]
    pub json: bool,

    /// Read so many files at a time instead of one on each processor
    #[arg(long, value_name = "N", hide = true, value_parser = clap::value_parser!(u8).range(1..))]
    pub threads: Option<u8>,

    #[command(flatten)]
    pub output: Output,
}

/// Arguments of `incidents`.
#[derive(Debug, Args)]
#[command(mut_arg("output", |arg| listed(arg, commands::incidents::OFFERED)))]
pub struct Incidents {
    /// The incident to tell; without it, all are listed
    pub id: Option<String>,

    /// A folder with recorded incidents of your own, beside the others
    #[arg(long = "incidents", value_name = "DIR")]
    pub folder: Option<PathBuf>,

    #[command(flatten)]
    pub output: Output,
}

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub struct Explain {
    /// The code; without it, all codes are listed
    pub code: Option<String>,
}

/// Arguments of `completions`.
#[derive(Debug, Args)]
pub struct Completions {
    /// The shell
    pub shell: clap_complete::Shell,
}

/// Working days as half days: `5` is 10, `2.5` is 5.
fn half_days(text: &str) -> Result<u32, String> {
    const MOST: u32 = 1000;
    let (days, half) = text.strip_suffix(".5").map_or((text, 0), |days| (days, 1));
    let days = days.parse::<u32>().ok().filter(|days| *days <= MOST && !text.starts_with('+'));
    let half_days = days.map(|days| days * 2 + half).filter(|half_days| *half_days > 0);
    half_days.ok_or_else(|| format!("expected working days from 0.5 to {MOST}, in whole or half days"))
}
