//! `answer`: the interview in a terminal.

use std::io;
use std::time::Duration;

use crate::catalog::Catalog;
use crate::cli::args;
use crate::cli::console::Keyboard;
use crate::cli::content::{self, Loaded};
use crate::cli::evaluated::Evaluated;
use crate::cli::failure::Failure;
use crate::cli::shelves::Shelves;
use crate::cli::terminal::{self, Terminal};
use crate::format::{rewrite, skeleton};
use crate::interview::{Interview, Progress};
use crate::model::{Assessment, CarriedOver, Date};
use crate::problem::Source;
use crate::render;
use crate::report::Report;
use crate::scoring::Scheme;
use crate::store::AnswersFile;
use crate::text::visible;
use crate::wizard::{self, Ended, Offer, Wizard};

pub(crate) fn run(args: &args::Answer, terminal: Terminal) -> Result<(), Failure> {
    let shown = visible(&args.file.to_string_lossy()).into_owned();
    if !Terminal::can_ask() {
        let page = format!("; or on a page in the browser: `safeseat serve {shown}`");
        let page = if cfg!(feature = "web") { page } else { String::new() };
        return Err(Failure::usage(
            "`answer` asks its questions in a terminal, and there is none here",
            format!("answer in a text editor: `safeseat new {shown}`{page}"),
        ));
    }
    let Some(beginning) = begin(args, terminal)? else {
        terminal.note("nothing was answered, and no file was made\n");
        return Ok(());
    };
    let Beginning { questionnaire, file, assessment, carried, today } = beginning;
    let incidents = questionnaire.incidents(args.content.incidents.as_deref(), terminal)?;
    let scheme = args.score.then(|| Scheme::new(&questionnaire.questionnaire, &incidents));
    let interview = Interview::new(questionnaire.questionnaire, &incidents, assessment, carried, today);
    let (ended, progress, has_file) = {
        let mut keyboard = Keyboard::open(terminal).map_err(|error| system(&error))?;
        let mut wizard = Wizard::new(&mut keyboard, interview, file, scheme);
        let ended = wizard.run().map_err(|error| system(&error))?;
        (ended, wizard.progress(), wizard.has_file())
    };
    match ended {
        Ended::Report => report(args, &shown, terminal),
        Ended::Stopped => {
            terminal.note(&farewell(&shown, progress, has_file));
            Ok(())
        }
    }
}

/// What a session begins with.
struct Beginning {
    questionnaire: Loaded,
    file: AnswersFile,
    assessment: Assessment,
    carried: CarriedOver,
    today: Date,
}

/// Opens the file, or begins a new one; nothing when the person chose no questionnaire.
fn begin(args: &args::Answer, terminal: Terminal) -> Result<Option<Beginning>, Failure> {
    let today = args.today.unwrap_or_else(terminal::today);
    let new = if args.file.exists() {
        None
    } else {
        let Some(loaded) = chosen(args, terminal)? else { return Ok(None) };
        Some(loaded)
    };
    let draft = match &new {
        Some(loaded) => {
            let incidents = loaded.incidents(args.content.incidents.as_deref(), terminal)?;
            let questionnaire = &loaded.questionnaire;
            skeleton::answers(questionnaire, &questionnaire.asked_facts(&incidents), "", today)
        }
        None => String::new(),
    };
    let file = AnswersFile::open(&args.file, Duration::ZERO, || draft)?;
    let (questionnaire, assessment, carried) = match new.filter(|_| file.is_new()) {
        Some(loaded) => {
            let blank = Interview::blank(&loaded.questionnaire, today);
            (loaded, blank, CarriedOver::default())
        }
        None => existing(&file, &args.content, terminal)?,
    };
    Ok(Some(Beginning { questionnaire, file, assessment, carried, today }))
}

/// What a file that is there says.
pub(super) fn existing(
    file: &AnswersFile,
    content: &args::Content,
    terminal: Terminal,
) -> Result<(Loaded, Assessment, CarriedOver), Failure> {
    let shown = visible(&file.path().to_string_lossy()).into_owned();
    let source = Source::new(shown.clone(), file.text().to_owned());
    // Warnings are for `check`: here they would push the first question off the screen.
    let answers = content::answers_in(&source, file.path(), content, terminal.quietly())?;
    let (there, wanted) =
        (&answers.assessment.questionnaire, &answers.questionnaire.questionnaire.header().id);
    if there != wanted {
        return Err(Failure::usage(
            format!("`{shown}` answers `{there}`, not `{wanted}`"),
            format!(
                "leave --questionnaire out; or begin another file with `safeseat new OTHER --from {shown} \
                 --questionnaire {wanted}`"
            ),
        ));
    }
    Ok((answers.questionnaire, answers.assessment, rewrite::carried_over(file.text())))
}

/// The questionnaire that was named, or that the person chooses from a list.
fn chosen(args: &args::Answer, terminal: Terminal) -> Result<Option<Loaded>, Failure> {
    let load = |name: &str| {
        let shelves = Shelves::new(args.content.questionnaires.as_deref(), Some(&args.file))?;
        content::questionnaire(name, shelves, terminal)
    };
    if let Some(name) = &args.content.questionnaire {
        return load(name).map(Some);
    }
    let ids = Catalog::shipped().questionnaire_ids();
    let mut offered = ids.iter().map(|id| load(id)).collect::<Result<Vec<_>, _>>()?;
    // The shortest first: it is the one to begin with.
    offered.sort_by_key(|loaded| loaded.questionnaire.header().minutes);
    let offers: Vec<Offer> = offered.iter().map(offer).collect();
    let mut keyboard = Keyboard::open(terminal).map_err(|error| system(&error))?;
    let nth = wizard::choose_questionnaire(&mut keyboard, &offers).map_err(|error| system(&error))?;
    Ok(nth.map(|nth| offered.swap_remove(nth)))
}

fn offer(loaded: &Loaded) -> Offer {
    let header = loaded.questionnaire.header();
    Offer {
        title: header.title.clone(),
        questions: loaded.questionnaire.questions().len(),
        minutes: header.minutes,
    }
}

/// The first screen of the report, and where the rest is.
fn report(args: &args::Answer, shown: &str, terminal: Terminal) -> Result<(), Failure> {
    let evaluated = Evaluated::load(&args.file, &args.content, terminal.quietly())?;
    let report = Report::new(&evaluated.input(evaluated.today(args.today, terminal.quietly()), &[]));
    terminal.result(&render::terminal::opening(&report, terminal.look()))?;
    terminal.remark(&format!(
        "\nyour answers are in {shown}\nthe whole report:\n  safeseat report {shown} -o report.html\n"
    ));
    Ok(())
}

fn system(error: &io::Error) -> Failure {
    Failure::System {
        message: format!("the terminal does not work: {error}"),
        help: "what you answered is saved; go on in another terminal".to_owned(),
    }
}

fn farewell(shown: &str, progress: Progress, has_file: bool) -> String {
    if !has_file {
        return "nothing was answered, and no file was made\n".to_owned();
    }
    let Progress { done, of, .. } = progress;
    format!("saved in {shown}: {done} of {of} questions are done\ngo on with:\n  safeseat answer {shown}\n")
}
