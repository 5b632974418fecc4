//! Two assessments, scored and set beside each other.

use std::path::Path;

use super::args;
use super::evaluated::Evaluated;
use super::failure::Failure;
use super::plan_file::{self, PlanFile};
use super::terminal::Terminal;
use crate::report::Movement;
use crate::text::visible;

/// What somebody said about the comparison beside its two files.
#[derive(Debug, Default)]
pub struct Told<'a> {
    /// The questionnaire of the older answers, instead of the one that they name.
    pub old_questionnaire: Option<&'a str>,
    /// The plan that was made between the two, instead of the one beside the newer answers.
    pub plan: Option<&'a Path>,
}

/// What moved from an older answers file to answers that have been scored already.
///
/// # Errors
/// When the older file cannot be read or is wrong, or does not go with the newer one.
pub fn movement(
    old: &Path,
    new: (&Path, &Evaluated),
    told: &Told,
    content: &args::Content,
    terminal: Terminal,
) -> Result<Movement, Failure> {
    let (new_file, new) = new;
    let old_questionnaire = told.old_questionnaire.map(str::to_owned);
    let content = args::Content { questionnaire: old_questionnaire, ..content.clone() };
    let old_file = visible(&old.to_string_lossy()).into_owned();
    let old = new.earlier(old, &content, terminal)?;
    let (before, now) =
        (old.input(old.answers.assessment.date, &[]), new.input(new.answers.assessment.date, &[]));
    let ids = [before, now].map(|input| &input.questionnaire.header().id);
    if ids[0] != ids[1] {
        return Err(Failure::usage(
            format!("`{old_file}` answers the questionnaire `{}`, the other one `{}`", ids[0], ids[1]),
            "only two assessments by the same questionnaire, in whatever versions, can be compared",
        ));
    }
    if before.assessment.date > now.assessment.date {
        return Err(Failure::usage(
            format!(
                "`{old_file}` is the newer assessment: {}, the other one {}",
                before.assessment.date, now.assessment.date
            ),
            "name the older assessment first",
        ));
    }
    let names = [before, now].map(|input| visible(&input.assessment.organisation.name).into_owned());
    if names[0] != names[1] {
        terminal.remark(&format!(
            "the two assessments name different organisations: {} and {}\n",
            names[0], names[1]
        ));
    }
    let plan = match told.plan {
        Some(path) => Some(plan_file::read(path, &new.answers, terminal)?),
        None => plan_beside(new_file, new, terminal),
    };
    Ok(Movement::new(&before, &now, plan.as_ref().map(|plan| &plan.plan)))
}

/// The plan beside the newer answers. It was not asked for, so one that cannot be used is no reason to stop.
fn plan_beside(new_file: &Path, new: &Evaluated, terminal: Terminal) -> Option<PlanFile> {
    let path = plan_file::beside(new_file);
    plan_file::found_beside(&path, &new.answers, terminal).unwrap_or_else(|_| {
        let shown = visible(&path.to_string_lossy()).into_owned();
        terminal.remark(&format!(
            "the plan beside the answers cannot be read, so what it promised is not told: {shown}\nhelp: `safeseat \
             check {shown}` shows what is wrong\n"
        ));
        None
    })
}
