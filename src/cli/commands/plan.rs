//! `plan`: what to do first, who does it and until when, and what would have stopped the most incidents.

use std::path::Path;

use crate::cli::args;
use crate::cli::evaluated::Evaluated;
use crate::cli::failure::Failure;
use crate::cli::format::{self, Format};
use crate::cli::plan_file::{self, PlanFile};
use crate::cli::terminal::Terminal;
use crate::model::{Incident, QuestionId};
use crate::render;
use crate::report::{Agenda, Input, Plan, Wishes};
use crate::store::{self, StoreError};
use crate::text::{nearest, plural, visible};

/// The formats that a plan can be written in.
pub(crate) const OFFERED: &[Format] = &[Format::Markdown, Format::Csv, Format::Text, Format::Calendar];

pub(crate) fn run(args: &args::Plan, terminal: Terminal) -> Result<(), Failure> {
    let outputs = format::outputs(&args.output, OFFERED)?;
    let evaluated = Evaluated::load(&args.file, &args.content, terminal)?;
    let today = evaluated.today(args.today, terminal);
    if let Some(by) = args.by.filter(|by| *by <= today) {
        let message = format!("{} is not after {}", by.in_words(), today.in_words());
        return Err(Failure::usage(message, "give --by a later day"));
    }
    let input = evaluated.input(today, &[]);
    let closes = args.closes.as_deref().map(|id| incident(input.incidents, id)).transpose()?;
    let mut file = plan_of(args, &evaluated, terminal)?;
    let wishes = |file: Option<&PlanFile>| -> Plan {
        let work = file.map(|file| &file.plan);
        let (half_days, by, quick_wins) = (args.effort, args.by, args.quick_wins);
        Plan::new(&input, &Wishes { work, half_days, by, closes, quick_wins })
    };
    if let Some(path) = &args.update {
        let path = path.clone().unwrap_or_else(|| plan_file::beside(&args.file));
        let updated =
            plan_file::update(&path, file.as_ref(), &wishes(file.as_ref()).tasks, &evaluated.answers)?;
        let quiet = terminal.quietly();
        file = Some(plan_file::read(&path, &evaluated.answers, quiet)?);
        say(&updated, &path, &input, file.as_ref(), terminal);
    }
    let plan = wishes(file.as_ref());
    for (path, format) in &outputs {
        if *format == Format::Calendar {
            let agenda = Agenda::new(&plan, secret(file.as_ref())?, today, args.titles);
            write_calendar(path, &agenda, args, terminal)?;
        } else {
            format::write(path, *format, &format.plan(&plan)?, &[&args.file], args.output.force, terminal)?;
        }
    }
    if outputs.is_empty() && args.update.is_none() {
        return Ok(terminal.result(&render::terminal::plan(&plan, terminal.look()))?);
    }
    Ok(())
}

/// The plan file to read: the one that is named, or the one beside the answers.
fn plan_of(
    args: &args::Plan,
    evaluated: &Evaluated,
    terminal: Terminal,
) -> Result<Option<PlanFile>, Failure> {
    let answers = &evaluated.answers;
    let beside = plan_file::beside(&args.file);
    match (&args.work, &args.update) {
        (Some(path), _) => plan_file::read(path, answers, terminal).map(Some),
        (None, Some(path)) => match plan_file::read(path.as_ref().unwrap_or(&beside), answers, terminal) {
            Err(Failure::Store(StoreError::NotFound(_))) => Ok(None),
            result => result.map(Some),
        },
        // Answers may have the usual name of a plan.
        (None, None) if format::same_file(&beside, &args.file) => Ok(None),
        (None, None) => plan_file::found_beside(&beside, answers, terminal),
    }
}

/// The place of an incident.
fn incident(incidents: &[Incident], id: &str) -> Result<usize, Failure> {
    incidents.iter().position(|incident| incident.id.as_str() == id).ok_or_else(|| {
        let help = nearest(id, incidents.iter().map(|incident| incident.id.as_str())).map_or_else(
            || "`safeseat incidents` lists those that there are".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        Failure::usage(format!("there is no incident `{id}`"), help)
    })
}

/// How many questions of a sort are named.
const LISTED: usize = 8;

/// What an update has done, and where plan and answers differ.
fn say(
    updated: &plan_file::Updated,
    path: &Path,
    input: &Input,
    file: Option<&PlanFile>,
    terminal: Terminal,
) {
    let mut parts: Vec<(String, Vec<String>)> = Vec::new();
    let ids = |ids: &[QuestionId]| ids.iter().map(ToString::to_string).collect();
    if updated.actions.is_empty() && updated.dates.is_empty() {
        parts.push(("nothing to add".to_owned(), Vec::new()));
    }
    if !updated.actions.is_empty() {
        let count = plural(updated.actions.len(), "action", "actions");
        parts.push((format!("added {count}"), ids(&updated.actions)));
    }
    if !updated.dates.is_empty() {
        let count = plural(updated.dates.len(), "action that had", "actions that had");
        parts.push((format!("added a date to {count} none"), ids(&updated.dates)));
    }
    let whole = Plan::new(input, &Wishes::everything(file.map(|file| &file.plan)));
    for group in &whole.apart {
        let tasks = group.tasks.iter().map(|task| task.question.id.clone());
        parts.push((group.heading.to_owned(), tasks.collect()));
    }
    let line = |(what, ids): (String, Vec<String>)| {
        let more =
            if ids.len() > LISTED { format!(" and {} more", ids.len() - LISTED) } else { String::new() };
        let listed = ids.iter().take(LISTED).map(String::as_str).collect::<Vec<_>>().join(", ");
        let colon = if listed.is_empty() { "" } else { ": " };
        format!("  {what}{colon}{listed}{more}\n")
    };
    let lines: Vec<String> = parts.into_iter().map(line).collect();
    terminal.remark(&format!("{}\n{}", visible(&path.to_string_lossy()), lines.concat()));
}

/// The secret of a plan file. Events keep their ids only as long as it stays the same, so there is no calendar before it.
fn secret(file: Option<&PlanFile>) -> Result<&str, Failure> {
    let (message, help) = match file.map(|file| &file.plan.secret) {
        Some(Some(secret)) => return Ok(secret),
        Some(None) => (
            "the plan file has no secret, and the ids of events are made from it",
            "add --update, in place of --plan: it gives the file one",
        ),
        None => (
            "there is no plan file, and the ids of events are made from the secret that it holds",
            "add --update: it makes plan.toml beside the answers, or the file that you name",
        ),
    };
    Err(Failure::usage(message, help))
}

/// Writes a calendar over an earlier one of the same plan, so that events are updated and none comes twice.
fn write_calendar(
    path: &Path,
    agenda: &Agenda,
    args: &args::Plan,
    terminal: Terminal,
) -> Result<(), Failure> {
    let earlier = store::read(path).ok().filter(|bytes| render::ics::made(bytes));
    let earlier = earlier.and_then(|bytes| String::from_utf8(bytes).ok());
    let is_other = earlier.as_ref().is_some_and(|earlier| !render::ics::is_of(agenda, earlier));
    if is_other && !args.output.force {
        return Err(Failure::usage(
            format!("`{}` is the calendar of another plan", path.display()),
            "choose another name: a calendar program would cancel the events of the other plan",
        ));
    }
    let earlier = earlier.filter(|_| !is_other);
    let (calendar, counts) = render::ics::calendar(agenda, earlier.as_deref());
    // The last action may be done: then there is something to cancel.
    if agenda.events.is_empty() && earlier.is_none_or(|earlier| earlier == calendar) {
        return Err(Failure::usage(
            "no action has a date, so there is nothing for a calendar",
            "propose dates with --by DATE, or write `due = 2027-01-31` into the plan file that --update makes",
        ));
    }
    format::write(path, Format::Calendar, calendar.as_bytes(), &[&args.file], args.output.force, terminal)?;
    let events = plural(counts.events, "event", "events");
    terminal.remark(&format!("  {events}, {} new, {} cancelled\n", counts.new, counts.cancelled));
    Ok(())
}
