//! Which template is at fault when a finished page is not harmless: the one without which the page has another first
//! flaw, or none.

use super::page::Flaw;
use super::{OWN, Templates};
use crate::problem::Source;
use crate::report::Report;

/// The template that a flaw of a page comes from, when it can be found out: one that others include before those.
pub(super) fn culprit<'t>(
    templates: &'t Templates,
    report: &Report,
    page: &str,
    flaw: &Flaw,
) -> Option<&'t Source> {
    let (included, others): (Vec<_>, Vec<_>) =
        templates.own.iter().partition(|(name, _)| name.starts_with(OWN));
    let mut found = included.into_iter().chain(others);
    found
        .find(|(name, _)| !is_flawed_without(templates, name, report, said(page, flaw)))
        .map(|(_, file)| file)
}

/// What a flaw says and the line from it on: where it stands differs from page to page.
fn said<'p>(page: &'p str, flaw: &'p Flaw) -> (&'p str, &'p str) {
    let line = page.get(flaw.at.start..).and_then(|rest| rest.lines().next());
    (&flaw.message, line.unwrap_or_default())
}

/// Whether a page has the same first flaw without a template, or cannot be made without it.
fn is_flawed_without(templates: &Templates, name: &str, report: &Report, flaw: (&str, &str)) -> bool {
    let others = templates.own.iter().map(|(known, file)| match known == name {
        // What others include has to be there.
        true if name.starts_with(OWN) => (known.clone(), Source::new(file.name(), "\n")),
        true => (known.clone(), Source::new(file.name(), super::text_of(name))),
        false => (known.clone(), file.clone()),
    });
    let filled = Templates::new(others, report.words).ok().and_then(|templates| templates.fill(report).ok());
    filled.is_none_or(|(page, found)| found.is_some_and(|found| said(&page, &found) == flaw))
}
