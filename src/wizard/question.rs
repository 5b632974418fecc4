//! A question.

use super::{COMMANDS, Halt, Menu, Press, Row, Wizard};
use crate::interview::{Field, Mistake, QuestionStep, Reply, Step};
use crate::model::{Given, Kind, QuestionId};
use crate::render::screen::SOFT;
use crate::text::sentence_case;

/// What a row of a question means.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Pick {
    /// The carried-over answer is still true.
    Confirm,
    /// An option of [`Reply::option`].
    Option(String),
    /// What is typed.
    Typed,
    /// A box to tick, by its choice.
    Tick(String),
    /// Evidence and remarks.
    Details,
}

impl Wizard<'_> {
    pub(super) fn question(&mut self, id: &QuestionId) -> Result<(), Halt> {
        let Step::Question(step) = self.interview.step() else { return Ok(()) };
        let mut reply = step.reply.clone();
        let mut menu = menu(&step);
        let page = self.question_page(&step);
        self.show(page)?;
        loop {
            let pick = match self.ask(&mut menu)? {
                Press::Back => return self.back(),
                Press::Command('d') => Pick::Details,
                Press::Command(command) => {
                    if self.command(command, |wizard| wizard.explain(id))? {
                        return Ok(());
                    }
                    continue;
                }
                Press::Chosen(pick) => pick,
            };
            if pick == Pick::Details {
                self.details(id, &mut reply)?;
                menu.remark(&Pick::Details, details_note(&reply));
            } else if self.given(id, &pick, &mut menu, &mut reply)? {
                return Ok(());
            }
        }
    }

    /// Gives what was picked as the answer, and goes on when it is one.
    fn given(
        &mut self,
        id: &QuestionId,
        pick: &Pick,
        menu: &mut Menu<Pick>,
        reply: &mut Reply,
    ) -> Result<bool, Halt> {
        fill(reply, pick, menu);
        if reply.option == Reply::NOT_APPLICABLE && *pick != Pick::Confirm && !self.reason(id, reply)? {
            return Ok(false);
        }
        match self.interview.answer(id, reply) {
            Err(mistakes) => {
                menu.mistakes = mistakes.iter().map(ToString::to_string).collect();
                Ok(false)
            }
            Ok(changes) => {
                let is_saved = self.save(changes)?;
                if is_saved {
                    let words = self.words_of(id).unwrap_or_default();
                    self.leave(&words)?;
                    self.interview.advance();
                }
                Ok(is_saved)
            }
        }
    }

    /// Asks why the question does not apply.
    fn reason(&mut self, id: &QuestionId, reply: &mut Reply) -> Result<bool, Halt> {
        let draft = reply.clone();
        let wrong = |interview: &crate::interview::Interview, text: &str| {
            let reply = Reply { reason: text.to_owned(), ..draft.clone() };
            of_field(interview.answer(id, &reply).err(), Field::Reason)
        };
        let help = "One sentence. It appears in the report.";
        let entered = self.enter("Why does this not apply to you?", help, &reply.reason, wrong)?;
        let given = entered.is_some();
        reply.reason = entered.unwrap_or_default();
        Ok(given)
    }

    fn question_page(&self, step: &QuestionStep) -> super::Screen {
        let question = step.question;
        let title = step.area.map_or("", |area| area.title.as_str());
        let place = format!("{title}, question {} of {}", step.number, step.of);
        let mut page = self.page(&place, self.interview.progress(), &question.ask, question.help.as_deref());
        if let Some(since) = step.carried_since {
            page.paragraph(SOFT, 2, &format!("You answered this before, as of {}.", since.in_words()));
        } else if let Some(words) = self.words_of(&question.id) {
            page.paragraph(SOFT, 2, &format!("Your answer so far: {words}"));
        }
        page
    }

    /// Why a question is asked, what proves the answer, and whom to ask.
    fn explain(&mut self, id: &QuestionId) -> Result<(), Halt> {
        let mut screen = self.screen();
        if let Some(question) = self.interview.questionnaire().question(id.as_str()) {
            screen.paragraph(SOFT, 2, &format!("Why: {}", question.why));
            screen.paragraph(SOFT, 2, &format!("What proves it: {}", question.proof));
            if let Some(find_out) = &question.find_out {
                screen.paragraph(SOFT, 2, &format!("To find out: {find_out}"));
            }
        }
        self.show(screen)
    }
}

/// The rows of a question.
fn menu(step: &QuestionStep) -> Menu<Pick> {
    let question = step.question;
    let option = |id: &str, label: &str| Row::new(Pick::Option(id.to_owned()), label);
    let typed = |label: &str| Row::to_type(Pick::Typed, label, &step.reply.typed);
    let mut rows = Vec::new();
    if let (Some(_), Some(answer)) = (step.carried_since, step.answer) {
        let words = match &answer.given {
            Given::Unknown => "I don’t know".to_owned(),
            Given::NotApplicable(reason) => format!("Does not apply: {reason}"),
            Given::Definite(value) => question.kind.in_words(value),
        };
        rows.push(Row::new(Pick::Confirm, format!("Still true: {words}")));
    }
    match &question.kind {
        Kind::Levels(levels) => {
            rows.extend(levels.iter().map(|level| option(level.id.as_str(), &level.label)));
        }
        Kind::YesNo { partly, .. } => rows.extend([
            option("yes", "Yes"),
            option("partly", &format!("Partly: {partly}")),
            option("no", "No"),
        ]),
        Kind::Percentage(_) => rows.push(typed("Percent, or “57 of 60”")),
        Kind::LastDone(_) => rows.extend([typed("Date last done"), option(Reply::NEVER, "Never")]),
        Kind::TickAll(_) => {
            rows.extend(step.choices.iter().map(|choice| {
                let ticked = step.reply.ticked.contains(&choice.id.to_string());
                Row::to_tick(Pick::Tick(choice.id.to_string()), &choice.label, ticked)
            }));
            rows.push(option(Reply::NONE, "None of these"));
        }
    }
    rows.push(option(Reply::UNKNOWN, "I don’t know"));
    if question.may_be_skipped {
        rows.push(option(Reply::NOT_APPLICABLE, "Does not apply"));
    }
    rows.push(Row::new(Pick::Details, "Add details").note(details_note(&step.reply)));
    let now = Pick::Option(step.reply.option.clone());
    let start = step.carried_since.is_none().then_some(&now);
    Menu::new(rows, COMMANDS).starting_at(start)
}

/// Puts what was picked into the reply.
fn fill(reply: &mut Reply, pick: &Pick, menu: &Menu<Pick>) {
    match pick {
        Pick::Confirm | Pick::Details => return,
        Pick::Option(option) => {
            reply.option.clone_from(option);
            // Choosing another row says clearly that what was typed is not meant.
            reply.typed.clear();
        }
        Pick::Typed => {
            Reply::ENTERED.clone_into(&mut reply.option);
            menu.typed().clone_into(&mut reply.typed);
        }
        Pick::Tick(_) => Reply::ENTERED.clone_into(&mut reply.option),
    }
    let ticked = menu.ticked().filter_map(|pick| match pick {
        Pick::Tick(id) => Some(id.clone()),
        _ => None,
    });
    reply.ticked = ticked.collect();
}

/// What the details hold, in a line.
fn details_note(reply: &Reply) -> String {
    let evidence = match reply.evidence.as_str() {
        "" | "claimed" => String::new(),
        level => sentence_case(level),
    };
    let filled = [
        (evidence.as_str(), evidence.as_str()),
        (&reply.evidence_where, "where it is kept"),
        (&reply.by, "answered by"),
        (&reply.provided_by, "provided by"),
        (&reply.comment, "comment"),
        (reply.note.expose(), "private note"),
    ];
    let filled: Vec<&str> =
        filled.iter().filter(|(text, _)| !text.is_empty()).map(|(_, name)| *name).collect();
    if filled.is_empty() { "evidence, who answered, comment".to_owned() } else { filled.join(", ") }
}

/// The mistakes of one field, in words.
pub(super) fn of_field(mistakes: Option<Vec<Mistake>>, field: Field) -> Vec<String> {
    let mistakes = mistakes.unwrap_or_default();
    mistakes.iter().filter(|mistake| mistake.field == field).map(ToString::to_string).collect()
}
