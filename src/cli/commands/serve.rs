//! `serve`: answering on a page of this computer.

use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use tempfile::TempPath;

use super::new::write_answers_schema;
use crate::catalog::Catalog;
use crate::cli::args::Serve;
use crate::cli::content::{self, Loaded};
use crate::cli::failure::Failure;
use crate::cli::shelves::Shelves;
use crate::cli::terminal::{self, Terminal};
use crate::problem::Source;
use crate::store::{self, AnswersFile};
use crate::text::visible;
use crate::web::{self, Desk, Ended, Limits, Material, Site};

/// The questionnaire that most people want.
const USUAL: &str = "political-organisation";
/// How long another window may take to let the file go.
const PATIENCE: Duration = Duration::from_millis(200);

pub(crate) fn run(args: &Serve, terminal: Terminal) -> Result<(), Failure> {
    let desk = desk(args, terminal)?;
    let was_new = !desk.has_file();
    let listener = web::listen(args.port).map_err(|error| taken(args.port, &error))?;
    let site = Arc::new(Site::new(desk, port(&listener)?).map_err(|error| system(&error))?);
    let mut opened = None;
    let tell = || {
        opened = if args.no_open { None } else { open(&site) };
        invite(&site, opened.is_some(), terminal)
    };
    let limits = Limits { idle: Duration::from_secs(args.idle * 60), ..Limits::default() };
    let ended = web::serve(listener, site.clone(), limits, tell).map_err(|error| match error.kind() {
        io::ErrorKind::BrokenPipe => error.into(),
        _ => system(&error),
    })?;
    drop(opened);
    if was_new && site.has_file() {
        write_answers_schema(&args.file)?;
    }
    terminal.remark(&farewell(args, ended, site.has_file()));
    Ok(())
}

/// Says where the page is.
fn invite(site: &Site, opened: bool, terminal: Terminal) -> io::Result<()> {
    terminal.remark(if opened {
        "A page opens in your browser. If none does, copy this address into it; it works once:\n"
    } else {
        "Copy this address into your browser; it works once:\n"
    });
    terminal.result(&format!("{}\n", site.address()))?;
    terminal.remark("Leave this window open while you answer. Ctrl-C stops; nothing is lost.\n");
    Ok(())
}

/// The answers file with everything that is needed to ask and to report.
fn desk(args: &Serve, terminal: Terminal) -> Result<Desk, Failure> {
    let file = AnswersFile::open(&args.file, PATIENCE, String::new)?;
    let (first, others) =
        if file.is_new() { offered(args, terminal)? } else { (named(&file, args, terminal)?, Vec::new()) };
    let others = others.into_iter().map(|loaded| material(loaded, args, terminal));
    let others = others.collect::<Result<Vec<_>, _>>()?;
    Ok(Desk::new(file, material(first, args, terminal)?, others, terminal::today())?)
}

/// The questionnaire that a file answers.
fn named(file: &AnswersFile, args: &Serve, terminal: Terminal) -> Result<Loaded, Failure> {
    let shown = visible(&args.file.to_string_lossy()).into_owned();
    let source = Source::new(shown.clone(), file.text().to_owned());
    let answers = content::answers_in(&source, &args.file, &args.content, terminal)?;
    let (there, wanted) =
        (&answers.assessment.questionnaire, &answers.questionnaire.questionnaire.header().id);
    if there != wanted {
        let help = format!("leave --questionnaire out, or name another file than {shown}");
        return Err(Failure::usage(format!("`{shown}` answers `{there}`, not `{wanted}`"), help));
    }
    Ok(answers.questionnaire)
}

/// The questionnaire that was asked for, or every one that comes with this program, for the person to choose.
fn offered(args: &Serve, terminal: Terminal) -> Result<(Loaded, Vec<Loaded>), Failure> {
    let load = |name: &str| {
        let shelves = Shelves::new(args.content.questionnaires.as_deref(), Some(&args.file))?;
        content::questionnaire(name, shelves, terminal)
    };
    if let Some(name) = &args.content.questionnaire {
        return Ok((load(name)?, Vec::new()));
    }
    let others = Catalog::shipped().questionnaire_ids();
    let others = others.iter().filter(|id| id.as_str() != USUAL).map(|id| load(id));
    Ok((load(USUAL)?, others.collect::<Result<_, _>>()?))
}

fn material(loaded: Loaded, args: &Serve, terminal: Terminal) -> Result<Material, Failure> {
    Ok(Material {
        incidents: loaded.incidents(args.content.incidents.as_deref(), terminal)?,
        controls: loaded.controls(terminal)?,
        frameworks: loaded.frameworks(terminal)?,
        services: loaded.services(terminal)?,
        questionnaire_sha256: loaded.sha256,
        questionnaire: loaded.questionnaire,
    })
}

fn port(listener: &TcpListener) -> Result<u16, Failure> {
    listener.local_addr().map(|address| address.port()).map_err(|error| system(&error))
}

/// Opens the page, as far as this computer knows how. The file that leads to it is there as long as what is returned.
fn open(site: &Site) -> Option<TempPath> {
    let page = site.launcher().ok()?;
    let path = store::temporary_page(page.as_bytes()).ok()?;
    open::that_detached(&path).ok()?;
    Some(path)
}

fn farewell(args: &Serve, ended: Ended, has_file: bool) -> String {
    let file = visible(&args.file.to_string_lossy()).into_owned();
    let why = match ended {
        Ended::Asked | Ended::Interrupted => "stopped".to_owned(),
        Ended::Idle => format!("stopped, because nothing was done for {} minutes", args.idle),
    };
    if has_file {
        format!("{why}; every answer is saved in {file}\nto go on: safeseat serve {}\n", web::quoted(&file))
    } else {
        format!("{why}; nothing was answered, so {file} was not made\n")
    }
}

fn taken(port: Option<u16>, error: &io::Error) -> Failure {
    let Some(port) = port else {
        return Failure::System {
            message: format!("this computer gives no port to listen on: {error}"),
            help: "close other programs and try again; `safeseat new` works without one".to_owned(),
        };
    };
    let why = match error.kind() {
        io::ErrorKind::AddrInUse => "another program uses it".to_owned(),
        _ => error.to_string(),
    };
    Failure::System {
        message: format!("cannot use port {port}: {why}"),
        help: "leave out --port, and a free one is chosen for you".to_owned(),
    }
}

fn system(error: &io::Error) -> Failure {
    Failure::System {
        message: format!("the page cannot be served: {error}"),
        help: "try again; your answers are as they were saved last".to_owned(),
    }
}
