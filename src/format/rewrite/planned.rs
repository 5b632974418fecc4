//! Additions to a plan that a person works with. Nothing that stands in it is changed.

use super::edit::statement;
use super::layout::Layout;
use super::value::{New, Plain};
use super::{RewriteError, Rewriting, without_byte_order_mark};
use crate::format::skeleton::quoted;
use crate::model::{Date, QuestionId, Questionnaire, QuestionnaireId, WorkStatus};
use crate::text::visible;

/// Columns of the comments.
const WIDTH: usize = 98;

/// Something to add to a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlanChange {
    /// An action, unless it is there already.
    Action {
        /// The question that it raises.
        id: QuestionId,
        /// What to do, for the comment above it.
        about: String,
        /// Until when.
        due: Option<Date>,
    },
    /// The date of an action that has none.
    Due(QuestionId, Date),
    /// The secret of a plan that has none, of random letters and digits.
    Secret(String),
}

/// A plan without an action. The secret is of random letters and digits.
pub fn new_plan(questionnaire: &QuestionnaireId, organisation: &str, secret: &str) -> String {
    format!(
        "# Who does what, and until when. Write an owner (a role, not a name) and a date, and take the #\n\
         # before them away. `safeseat check` finds every mistake.\n\
         # status: to-do | doing | done | dropped. You may add: remark = \"...\"\n\
         # New recommendations are added at the end; what you wrote stays. Keep this file private.\n\
         format = 1\n\
         plan = \"{questionnaire}\"\n\
         organisation = {}\n\
         # Keeps the ids of calendar events from telling what they are about. Leave it as it is.\n\
         secret = \"{secret}\"\n",
        quoted(organisation)
    )
}

/// The text of a plan with additions.
///
/// # Errors
/// When the text is not TOML, or is laid out so that something cannot be added.
pub fn planned(
    text: &str,
    changes: &[PlanChange],
    questionnaire: &Questionnaire,
) -> Result<String, RewriteError> {
    let (mark, text) = without_byte_order_mark(text);
    let mut rewriting = Rewriting { layout: Layout::parse(text.to_owned())?, questionnaire };
    for change in changes {
        match change {
            PlanChange::Action { id, about, due } => rewriting.action(id, about, *due)?,
            PlanChange::Due(id, date) => {
                let path = [path(id).as_slice(), &["due"]].concat();
                if !rewriting.layout.has(&path) {
                    rewriting.put(&path, Some(&New::Day(*date)))?;
                }
            }
            PlanChange::Secret(secret) => {
                if !rewriting.layout.has(&["secret"]) {
                    rewriting.put(&["secret"], Some(&New::word(secret)))?;
                }
            }
        }
    }
    Ok(format!("{mark}{}", rewriting.layout.text))
}

fn path(id: &QuestionId) -> Vec<&str> {
    let (area, topic) = id.as_str().split_once('.').unwrap_or_default();
    vec!["actions", area, topic]
}

impl Rewriting<'_> {
    fn action(&mut self, id: &QuestionId, about: &str, due: Option<Date>) -> Result<(), RewriteError> {
        let path = path(id);
        if self.layout.has(&path) {
            return Ok(());
        }
        let mut entries = vec![("status", New::word(WorkStatus::ToDo.as_str()))];
        entries.extend(due.map(|date| ("due", New::Day(date))));
        let text = match self.layout.braces_above(&path) {
            Some(braces) => {
                let whole = New::Table(entries.clone());
                self.layout.with_braced(braces, path.get(braces.path.len()..).unwrap_or_default(), &whole)
            }
            None => self.layout.with_lines(self.layout.text.len(), lines(&path, about, due, &entries), true),
        };
        let whole = Plain::from(&New::Table(entries));
        self.take(text, &path, &self.with(&path, Some(whole)))
    }
}

/// The table of an action, with what to do above it and what can be filled in below.
fn lines(path: &[&str], about: &str, due: Option<Date>, entries: &[(&str, New)]) -> Vec<String> {
    let options = textwrap::Options::new(WIDTH).initial_indent("# ").subsequent_indent("# ");
    let mut lines: Vec<String> =
        textwrap::wrap(&visible(about), options).into_iter().map(std::borrow::Cow::into_owned).collect();
    lines.push(format!("[{}]", path.join(".")));
    lines.extend(entries.iter().map(|(key, value)| statement(&[key], value)));
    lines.push("# owner = \"office manager\"".to_owned());
    if due.is_none() {
        lines.push("# due = 2027-01-31".to_owned());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;

    fn questionnaire() -> Questionnaire {
        let id = QuestionnaireId::parse("political-organisation").unwrap();
        Catalog::shipped().questionnaire(&id).unwrap().0.unwrap()
    }

    fn add(id: &str) -> PlanChange {
        PlanChange::Action { id: QuestionId::parse(id).unwrap(), about: "Do\nit".to_owned(), due: None }
    }

    #[test]
    fn what_people_wrote_stays_byte_for_byte() {
        let theirs = "\u{feff}# ours\r\nformat=1 # one\r\nplan = \"x\"\r\norganisation = 'A'\r\n\r\n\
                      [actions.zzz.gone]\r\nstatus = \"dropped\" # never mind\r\n[actions.acc.mfa-email]\r\nowner = \"me\"\r\n\r\n# end";
        let changes = [add("acc.mfa-email"), add("bak.restore-test"), add("zzz.gone")];
        let text = planned(theirs, &changes, &questionnaire()).unwrap();
        assert!(text.starts_with(theirs), "{text}");
        assert!(!text.replace("\r\n", "").contains('\n'), "line ends are theirs");
        assert_eq!(text.matches("[actions.acc.mfa-email]").count(), 1);
        assert!(text.ends_with("[actions.bak.restore-test]\r\nstatus = \"to-do\"\r\n# owner = \"office manager\"\r\n# due = 2027-01-31\r\n"), "{text}");
        assert_eq!(planned(&text, &changes, &questionnaire()).unwrap(), text, "and once is enough");
    }

    #[test]
    fn a_secret_is_added_above_the_actions() {
        let theirs = "format = 1 # one\n\n[actions.acc.mfa-email]\nowner = \"me\"\n";
        let secret = PlanChange::Secret("5ec2e7".to_owned());
        let text = planned(theirs, &[add("acc.mfa-email"), secret.clone()], &questionnaire()).unwrap();
        assert_eq!(
            text,
            "format = 1 # one\nsecret = \"5ec2e7\"\n\n[actions.acc.mfa-email]\nowner = \"me\"\n"
        );
        assert_eq!(planned(&text, &[PlanChange::Secret("x".to_owned())], &questionnaire()).unwrap(), text);
    }

    #[test]
    fn a_date_is_added_where_there_is_none_in_any_layout() {
        let due =
            PlanChange::Due(QuestionId::parse("acc.mfa-email").unwrap(), Date::parse("2027-03-01").unwrap());
        for (theirs, ours) in [
            ("[actions.acc.mfa-email]\n", "[actions.acc.mfa-email]\ndue = 2027-03-01\n"),
            (
                "[actions.acc]\nmfa-email = { owner = \"a\" }\n",
                "[actions.acc]\nmfa-email = { owner = \"a\", due = 2027-03-01 }\n",
            ),
            ("[actions.acc.mfa-email]\ndue = 2026-01-01\n", "[actions.acc.mfa-email]\ndue = 2026-01-01\n"),
        ] {
            assert_eq!(planned(theirs, std::slice::from_ref(&due), &questionnaire()).unwrap(), ours);
        }
        let braces = "actions = { acc = { mfa-email = { status = \"doing\" } } }\n";
        let text = planned(braces, &[due, add("bak.restore-test")], &questionnaire()).unwrap();
        assert!(text.contains("due = 2027-03-01") && text.contains("bak.restore-test = { status"), "{text}");
    }
}
