//! Output formats: chosen by a file's ending, and recognised again before a file is replaced.

use std::path::Path;

use sha2::{Digest as _, Sha256};

use super::args::Output;
use super::failure::Failure;
use super::terminal::Terminal;
use crate::format::{Document, FileKind, decode};
use crate::render;
use crate::render::screen::Look;
use crate::report::{Booklet, History, Movement, Plan, Report, Story};
use crate::store::{self, Overwrite, StoreError};
use crate::text::or_list;

/// What a file of plain text shows.
const PAPER: Look = Look { width: 80, unicode: true };

/// What the last line of a text says, before the version and what the text comes to.
const SIGNATURE: &str = "Made with safeseat ";
/// How a report for machines begins.
const JSON_START: &str = "{\n  \"format\": 1,\n  \"tool\": {\n    \"name\": \"safeseat\"";
/// How far into a page its head may reach.
const HEAD: usize = 4096;

/// An output format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// The report as a page.
    Html,
    /// The report as pages for paper and for reading aloud.
    #[cfg(feature = "pdf")]
    Pdf,
    /// Version 1 of the report for machines.
    Json,
    /// Markdown.
    Markdown,
    /// One row per question.
    Csv,
    /// The terminal report as plain text.
    Text,
    /// A calendar.
    Calendar,
    /// A Word document.
    #[cfg(feature = "office")]
    Docx,
    /// A spreadsheet.
    #[cfg(feature = "office")]
    Xlsx,
}

impl Format {
    /// Every format with the ending of its files.
    const ENDINGS: &'static [(&'static str, Self)] = &[
        ("html", Self::Html),
        #[cfg(feature = "pdf")]
        ("pdf", Self::Pdf),
        ("json", Self::Json),
        ("md", Self::Markdown),
        ("csv", Self::Csv),
        ("txt", Self::Text),
        ("ics", Self::Calendar),
        #[cfg(feature = "office")]
        ("docx", Self::Docx),
        #[cfg(feature = "office")]
        ("xlsx", Self::Xlsx),
    ];

    /// The format of a file by its ending, among those that are offered.
    ///
    /// # Errors
    /// When the ending is none of theirs.
    pub fn of(path: &Path, offered: &[Self]) -> Result<Self, Failure> {
        let ending =
            path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
        let mut known = Self::ENDINGS.iter().filter(|(_, format)| offered.contains(format));
        known.find(|(name, _)| *name == ending).map(|(_, format)| *format).ok_or_else(|| {
            let endings = Self::endings(offered);
            Failure::usage(
                format!("the ending of `{}` names no format", path.display()),
                format!("end the name with {}", or_list(&endings)),
            )
        })
    }

    /// The endings of these formats: `.html`.
    pub fn endings(formats: &[Self]) -> Vec<String> {
        let known = Self::ENDINGS.iter().filter(|(_, format)| formats.contains(format));
        known.map(|(name, _)| format!(".{name}")).collect()
    }

    /// Whether a report in this format names the frameworks that the questions relate to.
    pub fn names_frameworks(self) -> bool {
        !matches!(self, Self::Csv | Self::Text)
    }

    /// Whether output in this format shows the logo of a brand.
    pub fn shows_logo(self) -> bool {
        self == Self::Html
    }

    /// A report in this format. Only some formats are offered for it.
    ///
    /// # Errors
    /// When a template or a writer fails, which is a fault of this program.
    pub fn report(self, report: &Report) -> Result<Vec<u8>, Failure> {
        match self {
            Self::Html => render::html::report(report).map(String::into_bytes).map_err(fault),
            #[cfg(feature = "pdf")]
            Self::Pdf => render::pdf::report(report).map_err(fault),
            Self::Json => render::json::report(report).map(String::into_bytes).map_err(fault),
            Self::Markdown => Ok(signed(&render::markdown::report(report))),
            Self::Csv => render::csv::report(report).map_err(fault),
            Self::Text | Self::Calendar => Ok(signed(&render::terminal::report(report, PAPER))),
            #[cfg(feature = "office")]
            Self::Docx => render::docx::report(report).map_err(fault).and_then(|made| sealed(&made)),
            #[cfg(feature = "office")]
            Self::Xlsx => render::xlsx::report(report).map_err(fault).and_then(|made| sealed(&made)),
        }
    }

    /// A questionnaire for reading, in this format. Only some formats are offered for it.
    ///
    /// # Errors
    /// When a template fails, which is a fault of this program.
    pub fn booklet(self, booklet: &Booklet) -> Result<Vec<u8>, Failure> {
        match self {
            Self::Html => render::booklet::html(booklet).map(String::into_bytes).map_err(fault),
            Self::Markdown => Ok(signed(&render::markdown::booklet(booklet))),
            #[cfg(feature = "office")]
            Self::Xlsx => render::xlsx::questions(booklet).map_err(fault).and_then(|made| sealed(&made)),
            _ => Ok(signed(&render::terminal::booklet(booklet, PAPER))),
        }
    }

    /// An incident told, in this format. Only some formats are offered for it.
    pub fn story(self, story: &Story) -> Vec<u8> {
        match self {
            Self::Markdown => signed(&render::markdown::story(story)),
            _ => signed(&render::terminal::story(story, PAPER)),
        }
    }

    /// A history in this format.
    ///
    /// # Errors
    /// When a template or a writer fails, which is a fault of this program.
    pub fn history(self, history: &History) -> Result<Vec<u8>, Failure> {
        match self {
            Self::Html => render::history::html(history).map(String::into_bytes).map_err(fault),
            Self::Json => render::json::history(history).map(String::into_bytes).map_err(fault),
            Self::Markdown => Ok(signed(&render::markdown::history(history))),
            Self::Csv => render::csv::history(history).map_err(fault),
            _ => Ok(signed(&render::terminal::history(history, PAPER))),
        }
    }

    /// A plan of work in this format. Only some formats are offered for it; a calendar is made elsewhere, over the one
    /// that it takes the place of.
    ///
    /// # Errors
    /// When a writer fails, which is a fault of this program.
    pub fn plan(self, plan: &Plan) -> Result<Vec<u8>, Failure> {
        match self {
            Self::Markdown => Ok(signed(&render::markdown::plan(plan))),
            Self::Csv => render::csv::plan(plan).map_err(fault),
            _ => Ok(signed(&render::terminal::plan(plan, PAPER))),
        }
    }

    /// What moved between two assessments, in this format. Only some formats are offered for it.
    ///
    /// # Errors
    /// When a template or a writer fails, which is a fault of this program.
    pub fn movement(self, movement: &Movement) -> Result<Vec<u8>, Failure> {
        match self {
            Self::Html => render::movement::html(movement).map(String::into_bytes).map_err(fault),
            Self::Json => render::json::comparison(movement).map(String::into_bytes).map_err(fault),
            Self::Markdown => Ok(signed(&render::markdown::movement(movement))),
            _ => Ok(signed(&render::terminal::movement(movement, PAPER))),
        }
    }

    /// Whether a file of this format was made by this program.
    fn made(self, bytes: &[u8]) -> bool {
        match self {
            Self::Html => {
                let mark = b"<meta name=\"generator\" content=\"safeseat ";
                let head = bytes.get(..HEAD).unwrap_or(bytes);
                head.windows(mark.len()).any(|window| window == mark)
            }
            Self::Json => bytes.starts_with(JSON_START.as_bytes()),
            Self::Csv => render::csv::made(bytes),
            Self::Calendar => render::ics::made(bytes),
            #[cfg(feature = "pdf")]
            Self::Pdf => render::pdf::made(bytes),
            Self::Markdown | Self::Text => is_signed(bytes),
            #[cfg(feature = "office")]
            Self::Docx | Self::Xlsx => render::package::made(bytes),
        }
    }
}

fn fault(error: impl std::fmt::Display) -> Failure {
    Failure::Render(format!("the output could not be made: {error}"))
}

/// An office file by which it can be seen whether somebody has worked in it since.
#[cfg(feature = "office")]
fn sealed(bytes: &[u8]) -> Result<Vec<u8>, Failure> {
    render::package::sealed(bytes).map_err(fault)
}

/// Text without colours, with a last line that says what made it, and what the text came to then.
fn signed(text: &str) -> Vec<u8> {
    let text = anstream::adapter::strip_str(text).to_string();
    format!("{text}\n{SIGNATURE}{} ({})\n", env!("CARGO_PKG_VERSION"), sum(&text)).into_bytes()
}

/// Whether the last line of a text says that this program made it, in whatever version, and nobody has changed it since.
fn is_signed(text: &[u8]) -> bool {
    let signed = || {
        let (text, last) = std::str::from_utf8(text).ok()?.strip_suffix('\n')?.rsplit_once('\n')?;
        let (_, said) = last.strip_prefix(SIGNATURE)?.strip_suffix(')')?.split_once(" (")?;
        (said == sum(text)).then_some(())
    };
    signed().is_some()
}

/// What a text comes to, in a few letters: the same, as good as always, only when the text is the same.
fn sum(text: &str) -> String {
    Sha256::digest(text).iter().take(4).fold(String::new(), |sum, byte| sum + &format!("{byte:02x}"))
}

/// The output files that were asked for, with their formats.
///
/// # Errors
/// When an ending names none of the formats that are offered.
pub fn outputs<'a>(output: &'a Output, offered: &[Format]) -> Result<Vec<(&'a Path, Format)>, Failure> {
    output
        .output
        .iter()
        .map(|path| Format::of(path, offered).map(|format| (path.as_path(), format)))
        .collect()
}

/// Writes an output file and says so. Files that this program made before are replaced, others only when forced; the
/// input, and any questionnaire, answers or other file that it reads, never.
///
/// # Errors
/// When something stands there that may not be replaced, or the system refuses.
pub fn write(
    path: &Path,
    format: Format,
    bytes: &[u8],
    inputs: &[&Path],
    force: bool,
    terminal: Terminal,
) -> Result<(), Failure> {
    if inputs.iter().any(|input| same_file(path, input)) {
        return Err(Failure::usage(
            format!("the output `{}` is the input", path.display()),
            "choose another name: your answers would be lost",
        ));
    }
    if force && let Some(kind) = written_by_hand(path, format) {
        return Err(Failure::usage(
            format!("`{}` holds {kind}, and no output replaces that", path.display()),
            "choose another name",
        ));
    }
    let ours = |bytes: &[u8]| format.made(bytes);
    let overwrite = if force { Overwrite::Always } else { Overwrite::IfOurs(&ours) };
    store::write(path, bytes, overwrite).map_err(|error: StoreError| Failure::from(error))?;
    terminal.remark(&format!("wrote {}\n", crate::text::visible(&path.to_string_lossy())));
    Ok(())
}

/// What a file holds when it is one that people write and this program reads, whatever it is called. One that this
/// program made is not looked into.
fn written_by_hand(path: &Path, format: Format) -> Option<FileKind> {
    let bytes = store::read(path).ok().filter(|bytes| !format.made(bytes))?;
    let source = decode("output", bytes).ok()?;
    Document::parse(&source).kind().ok()
}

/// Whether two paths lead to the same file.
pub fn same_file(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}
