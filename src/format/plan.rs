//! `plan.toml`: who does which action, and until when.

use std::collections::BTreeMap;

use super::assessment::unknown_questionnaire;
use super::document::{Document, Outcome};
use super::leaf::{ByQuestion, Entry, Format, OfQuestion};
use super::questionnaire::Library;
use super::read::{Reader, Span, quoted, table};
use crate::model::{Date, PlannedAction, Questionnaire, QuestionnaireId, WorkPlan, WorkStatus};
use crate::problem::{Code, Problem, Problems};
use crate::text::nearest;

table! {
    /// Who does which action, and until when.
    RawPlan = "plan" {
        /// The format of this file: 1.
        required format: Format,
        /// The questionnaire whose questions the actions are about.
        required plan: QuestionnaireId,
        /// The name of the organisation, as its answers have it.
        required organisation: String,
        /// Random letters that keep the ids of calendar events from telling which question they are about.
        optional secret: String,
        /// The actions, by the area and the topic of their questions.
        optional actions: ByQuestion<RawAction>,
    }
}

table! {
    /// One action.
    RawAction = "action" {
        /// The role of the person who does it.
        optional owner: String,
        /// The last day for it.
        optional due: Date,
        /// How far it is. Left out it is to do.
        optional status: WorkStatus,
        /// A remark, shown beside it.
        optional remark: String,
    }
}

impl OfQuestion for RawAction {
    const EXAMPLE: &'static str = "[actions.acc.mfa-email]";
    const TOPIC: &'static str = "[actions.area.topic]";
    const ALONE: &'static str = "status";
}

/// Whose plan it is, and where the file says so.
struct Owner {
    questionnaire: Option<(QuestionnaireId, Span)>,
    organisation: Option<(String, Span)>,
}

fn owner(document: &Document<'_>) -> Owner {
    document.look(|root| {
        let text = |key: &str| {
            let node = root.get_ref().get(key)?;
            Some((node.get_ref().as_str()?.to_owned(), node.span()))
        };
        let questionnaire =
            text("plan").and_then(|(id, at)| QuestionnaireId::parse(&id).ok().map(|id| (id, at)));
        Owner { questionnaire, organisation: text("organisation") }
    })
}

/// The questionnaire that a plan is about. Nothing when it does not say: reading it reports why.
pub fn questionnaire(document: &Document<'_>) -> Option<QuestionnaireId> {
    owner(document).questionnaire.map(|(id, _)| id)
}

/// What is wrong with a plan as far as it can be told without its questionnaire, which does not exist.
pub fn without_questionnaire(document: &Document<'_>, library: &dyn Library) -> Problems {
    let mut problems = document.read(|_: RawPlan, _, _| Some(())).1;
    if let Some((id, at)) = owner(document).questionnaire {
        problems.extend(Problems::of(document.source(), vec![unknown_questionnaire(&id, at, library)]));
    }
    problems
}

/// Where a file says that it is the plan of somebody else: nothing when it is for this questionnaire and organisation.
/// What it does not say at all is reported when it is read.
pub fn foreign(
    document: &Document<'_>,
    questionnaire: &QuestionnaireId,
    organisation: &str,
) -> Option<Problems> {
    let Owner { questionnaire: about, organisation: of } = owner(document);
    let report = |at, message| {
        let help = "keep one plan for each organisation and questionnaire; name another file";
        let problem = Problem::new(Code::OtherPlan, at, message).help(help);
        Problems::of(document.source(), vec![problem])
    };
    if let Some((id, at)) = about.filter(|(id, _)| id != questionnaire) {
        return Some(report(
            at,
            format!("this plan is about `{id}`, and the answers are to `{questionnaire}`"),
        ));
    }
    let (name, at) = of.filter(|(name, _)| name.trim() != organisation.trim())?;
    Some(report(
        at,
        format!("this is the plan of {}, and the answers are of {}", quoted(&name), quoted(organisation)),
    ))
}

/// Reads a plan against its questionnaire.
pub fn read(document: &Document<'_>, questionnaire: &Questionnaire) -> Outcome<WorkPlan> {
    document.read(|raw: RawPlan, reader, _| {
        let mut plan = WorkPlan {
            questionnaire: raw.plan.take().or_else(|| QuestionnaireId::parse("unread").ok())?,
            organisation: raw.organisation.or_default(),
            secret: raw.secret.take(),
            actions: BTreeMap::new(),
        };
        for entry in raw.actions.or_default().0 {
            read_action(entry, &mut plan, questionnaire, reader);
        }
        Some(plan)
    })
}

fn read_action(
    entry: Entry<RawAction>,
    plan: &mut WorkPlan,
    questionnaire: &Questionnaire,
    reader: &mut Reader<'_>,
) {
    let Some(question) = questionnaire.question(&entry.key) else {
        let near = nearest(&entry.key, questionnaire.questions().iter().map(|question| question.id.as_str()));
        let message = format!("the questionnaire has no question {}", quoted(&entry.key));
        let problem = Problem::new(Code::UnknownAction, entry.key_span, message);
        reader.report(problem.help("the action is kept in the file and shown nowhere").suggest(near));
        return;
    };
    plan.actions.extend(entry.value.map(|raw| {
        let raw = raw.into_inner();
        let action = PlannedAction {
            owner: raw.owner.take(),
            due: raw.due.take(),
            status: raw.status.or_default(),
            remark: raw.remark.take(),
        };
        (question.id.clone(), action)
    }));
}
