//! `serve`: answering on a page of this computer.

use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use tempfile::TempPath;

use crate::cli::args::Serve;
use crate::cli::content::{self, Loaded, Shelves};
use crate::cli::failure::Failure;
use crate::cli::terminal::{self, Terminal};
use crate::format::skeleton;
use crate::store::{self, AnswersError, AnswersFile};
use crate::text::visible;
use crate::web::{self, Desk, Ended, Limits, Material, Site};

/// The questionnaire of a new file, unless another one is wanted.
const USUAL: &str = "political-organisation";
/// How long another window may take to let the file go.
const PATIENCE: Duration = Duration::from_millis(200);

pub(crate) fn run(args: &Serve, terminal: Terminal) -> Result<(), Failure> {
    let desk = desk(args, terminal)?;
    let listener = web::listen(args.port).map_err(|error| taken(args.port, &error))?;
    let site = Arc::new(Site::new(desk, port(&listener)?).map_err(system)?);
    let opened = if args.no_open { None } else { open(&site) };
    terminal.remark(if opened.is_some() {
        "A page opens in your browser. If none does, copy this address into it; it works once:\n"
    } else {
        "Copy this address into your browser; it works once:\n"
    });
    terminal.result(&format!("{}\n", site.address()))?;
    terminal.remark("Leave this window open while you answer. Ctrl-C stops; nothing is lost.\n");
    let limits = Limits { idle: Duration::from_secs(args.idle * 60), ..Limits::default() };
    let ended = web::serve(listener, site.clone(), limits).map_err(system)?;
    drop(opened);
    terminal.remark(&farewell(args, ended, site.has_file()));
    Ok(())
}

/// The answers file with everything that is needed to ask and to report.
fn desk(args: &Serve, terminal: Terminal) -> Result<Desk, Failure> {
    let loaded = if args.file.exists() {
        content::answers(&args.file, &args.content, terminal)?.questionnaire
    } else {
        let shelves = Shelves::new(args.content.questionnaires.as_deref(), Some(&args.file))?;
        content::questionnaire(args.content.questionnaire.as_deref().unwrap_or(USUAL), shelves, terminal)?
    };
    let material = material(loaded, args, terminal)?;
    let today = terminal::today();
    let draft = || {
        let facts = material.questionnaire.asked_facts(&material.incidents);
        skeleton::answers(&material.questionnaire, &facts, "", today)
    };
    let file = AnswersFile::open(&args.file, PATIENCE, draft).map_err(cannot_open)?;
    Ok(Desk::new(file, material, today)?)
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
    listener.local_addr().map(|address| address.port()).map_err(system)
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

fn cannot_open(error: AnswersError) -> Failure {
    match error {
        AnswersError::Store(error) => error.into(),
        AnswersError::Unreadable(problems) => problems.into(),
        error => Failure::System { message: error.to_string(), help: error.help().to_owned() },
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

#[expect(clippy::needless_pass_by_value, reason = "made for `map_err`")]
fn system(error: io::Error) -> Failure {
    Failure::System {
        message: format!("the page cannot be served: {error}"),
        help: "try again; your answers are as they were saved last".to_owned(),
    }
}
