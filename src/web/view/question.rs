//! One question, or one fact about the organisation.

use serde::Serialize;

use super::parts::{Evidence, Picks, Remarks};
use super::{DateInput, Frame, Input, Pick, View};
use crate::interview::{FactStep, Field, QuestionStep, Reply};
use crate::model::{Kind, Ternary};
use crate::render::form::Page;
use crate::web::fields::Sent;

const UNKNOWN: &str = "I don’t know";

/// A question.
#[derive(Serialize)]
pub(in crate::web) struct QuestionPage {
    frame: Frame,
    asked: Asked,
    /// A share to be typed.
    share: Option<Input>,
    /// A date to be typed.
    date: Option<DateInput>,
    /// Choices to be ticked.
    ticks: Vec<Pick>,
    why: String,
    find_out: Option<String>,
    evidence: Evidence,
    remarks: Remarks,
}

/// What a question and a fact have in common.
#[derive(Serialize)]
struct Asked {
    /// Where the form is sent.
    action: String,
    caption: String,
    number: usize,
    of: usize,
    ask: String,
    help: Option<String>,
    error: Option<String>,
    /// Something about where the answer shown comes from.
    given: Option<String>,
    /// `radio`, or `checkbox` where an answer is typed or ticked: a radio button could not be taken back.
    control: &'static str,
    picks: Vec<Pick>,
    /// The picks after "or".
    others: Vec<Pick>,
}

impl View for QuestionPage {
    const PAGE: Page = Page::Question;
}

impl QuestionPage {
    pub(in crate::web) fn new(
        mut frame: Frame,
        action: String,
        step: &QuestionStep<'_>,
        sent: &Sent,
    ) -> Self {
        let QuestionStep { question, number, of, .. } = step;
        let area = step.area.map_or("", |area| area.title.as_str());
        let caption = format!("{area}: question {number} of {of}");
        frame.title = format!("{} – {caption}", question.ask);
        let mut picks = Picks::of(Field::Answer, &sent.options);
        let (mut share, mut date, mut ticks, mut chosen) = (None, None, Vec::new(), Vec::new());
        match &question.kind {
            Kind::Levels(levels) => {
                chosen = levels.iter().map(|level| picks.next(level.id.as_str(), &level.label, "")).collect();
            }
            Kind::YesNo { partly, .. } => {
                chosen = vec![
                    picks.next("yes", "Yes", ""),
                    picks.next("partly", "Partly", partly),
                    picks.next("no", "No", ""),
                ];
            }
            Kind::Percentage(_) => share = Some(share_input(&frame, sent, &mut picks)),
            Kind::LastDone(_) => {
                let hint = "For example 12 5 2026. If you only know the month, enter its first day.";
                date = Some(DateInput::new(&frame, Field::Answer, "Date", hint, &sent.reply.typed));
                picks.skip();
            }
            Kind::TickAll(_) => ticks = tick_boxes(step, sent, &mut picks),
        }
        let others = others(&frame, step, sent, &mut picks);
        let since = step.carried_since.map(|since| {
            format!(
                "This answer is from your last assessment ({}). If it still holds, save it; if not, change it.",
                since.in_words()
            )
        });
        let by_choice = matches!(question.kind, Kind::Levels(_) | Kind::YesNo { .. });
        Self {
            asked: Asked {
                action,
                caption,
                number: *number,
                of: *of,
                ask: question.ask.clone(),
                help: question.help.clone(),
                error: frame.mistake(Field::Answer),
                given: since,
                control: if by_choice { "radio" } else { "checkbox" },
                picks: chosen,
                others,
            },
            share,
            date,
            ticks,
            why: question.why.clone(),
            find_out: question.find_out.clone(),
            evidence: Evidence::new(&frame, &sent.reply, &question.proof),
            remarks: Remarks::new(&frame, &sent.reply),
            frame,
        }
    }
}

fn share_input(frame: &Frame, sent: &Sent, picks: &mut Picks<'_>) -> Input {
    picks.skip();
    let hint = "A percentage such as 95, or counts such as 57 of 60.";
    let input = Input::line(frame, Field::Answer, "Share", hint, &sent.reply.typed);
    // The mistake stands beside the question.
    Input { name: "typed", shape: "short", ..input }
}

/// The choices to tick. They have a name of their own, beside the options that exclude each other.
fn tick_boxes(step: &QuestionStep<'_>, sent: &Sent, picks: &mut Picks<'_>) -> Vec<Pick> {
    let tick = |choice: &&crate::model::Choice| {
        let id = choice.id.as_str();
        let picked = sent.reply.ticked.iter().any(|ticked| ticked == id);
        Pick { name: "choice", picked, ..picks.next(id, &choice.label, "") }
    };
    step.choices.iter().map(tick).collect()
}

/// What every question offers after its own answers.
fn others(frame: &Frame, step: &QuestionStep<'_>, sent: &Sent, picks: &mut Picks<'_>) -> Vec<Pick> {
    let mut others = Vec::new();
    match step.question.kind {
        Kind::LastDone(_) => {
            others.push(picks.next(Reply::NEVER, "Never", "Or nobody remembers that it was ever done."));
        }
        Kind::TickAll(_) => others.push(picks.next(Reply::NONE, "None of these", "")),
        _ => {}
    }
    others.push(picks.next(
        Reply::UNKNOWN,
        UNKNOWN,
        "An honest answer. It counts like “no” until you find out, and the report says whom to ask.",
    ));
    if step.question.may_be_skipped {
        let reason = Input::line(
            frame,
            Field::Reason,
            "Why does it not apply?",
            "One sentence. It appears in the report.",
            &sent.reply.reason,
        );
        let pick = picks.next(Reply::NOT_APPLICABLE, "This does not apply to us", "");
        others.push(Pick { then: Some(reason), ..pick });
    }
    others
}

/// A fact about the organisation.
#[derive(Serialize)]
pub(in crate::web) struct FactPage {
    frame: Frame,
    asked: Asked,
}

impl View for FactPage {
    const PAGE: Page = Page::Fact;
}

impl FactPage {
    /// Shows what was sent, when something was; otherwise what is given or proposed.
    pub(in crate::web) fn new(
        mut frame: Frame,
        action: String,
        step: &FactStep<'_>,
        sent: Option<&str>,
    ) -> Self {
        let FactStep { fact, number, of, .. } = step;
        let caption = format!("Your organisation: question {number} of {of}");
        frame.title = format!("{} – {caption}", fact.ask);
        let picked = sent
            .map(str::to_owned)
            .or_else(|| step.given.or(step.proposed).map(|word| word.as_str().to_owned()));
        let picked: Vec<String> = picked.into_iter().collect();
        let mut picks = Picks::of(Field::Answer, &picked);
        let given = match step.proposed {
            _ if step.carried => {
                Some("This is what you said last time. If it still holds, save it; if not, change it.")
            }
            Some(Ternary::Yes) if sent.is_none() => Some(
                "Most organisations like yours say yes, so “Yes” is chosen already. Change it if that is wrong.",
            ),
            Some(Ternary::No) if sent.is_none() => Some(
                "Most organisations like yours say no, so “No” is chosen already. Change it if that is wrong.",
            ),
            _ => None,
        };
        Self {
            asked: Asked {
                action,
                caption,
                number: *number,
                of: *of,
                ask: fact.ask.clone(),
                help: fact.help.clone(),
                error: frame.mistake(Field::Answer),
                given: given.map(str::to_owned),
                control: "radio",
                picks: vec![picks.next("yes", "Yes", ""), picks.next("no", "No", "")],
                others: vec![picks.next("unknown", UNKNOWN, "Counts as yes, to be on the safe side.")],
            },
            frame,
        }
    }
}
