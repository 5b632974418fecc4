//! A question.

use super::{COMMANDS, Halt, Menu, Press, Row, Wizard, in_words};
use crate::interview::{Field, Interview, Mistake, Progress, QuestionStep, Reply, Step};
use crate::model::{Kind, QuestionId};
use crate::render::screen::SOFT;
use crate::text::{percent, sentence_case};

/// What a row of a question means.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Pick {
    /// An option of [`Reply::option`].
    Option(String),
    /// What is typed.
    Typed,
    /// A box to tick, by its choice.
    Tick(String),
    /// Evidence and remarks.
    Details,
}

/// A question on the screen.
struct Asked {
    id: QuestionId,
    /// The answer that is there.
    before: Reply,
    /// Whether it is there, and not merely carried over.
    is_answered: bool,
    /// What the person is about to say.
    reply: Reply,
    menu: Menu<Pick>,
}

impl Wizard<'_> {
    pub(super) fn question(&mut self, id: &QuestionId) -> Result<(), Halt> {
        let Step::Question(step) = self.interview.step() else { return Ok(()) };
        let mut asked = Asked {
            id: id.clone(),
            before: step.reply.clone(),
            is_answered: step.answer.is_some() && step.carried_since.is_none(),
            reply: step.reply.clone(),
            menu: menu(&step),
        };
        let page = self.question_page(&step);
        self.show(page)?;
        loop {
            let is_done = match self.ask(&mut asked.menu)? {
                Press::Back => {
                    self.warn_of_loss(&asked)?;
                    return self.back();
                }
                Press::Command('d') | Press::Chosen(Pick::Details) => self.add_details(&mut asked)?,
                Press::Command(command) => {
                    let is_left = self.command(command, |wizard| wizard.explain(id))?;
                    if is_left {
                        self.warn_of_loss(&asked)?;
                    }
                    is_left
                }
                Press::Nothing => {
                    asked.menu.mistakes = in_words(self.interview.answer(id, &asked.reply).err());
                    false
                }
                Press::Chosen(pick) => self.give(&pick, &mut asked)?,
            };
            if is_done {
                return Ok(());
            }
        }
    }

    /// Gives what was picked as the answer, and goes on when it is one.
    fn give(&mut self, pick: &Pick, asked: &mut Asked) -> Result<bool, Halt> {
        asked.fill(pick);
        if *pick == Pick::Option(Reply::NOT_APPLICABLE.to_owned()) && !self.reason(asked)? {
            return Ok(false);
        }
        match self.interview.answer(&asked.id, &asked.reply) {
            Err(mistakes) => {
                asked.menu.mistakes = in_words(Some(mistakes));
                Ok(false)
            }
            Ok(changes) => {
                let is_saved = self.save(changes)?;
                if is_saved {
                    let words = self.words_of(&asked.id).unwrap_or_default();
                    self.leave(&words)?;
                    self.interview.advance();
                }
                Ok(is_saved)
            }
        }
    }

    /// Asks for details. Beside an answer that is there they are saved at once, otherwise with the answer.
    fn add_details(&mut self, asked: &mut Asked) -> Result<bool, Halt> {
        self.details(&asked.id, &mut asked.reply)?;
        asked.menu.remark(&Pick::Details, &details_note(&asked.reply));
        if asked.is_answered && asked.has_new_details() {
            let changes = self.interview.answer(&asked.id, &asked.with_answer_before());
            if self.save(changes.unwrap_or_default())? {
                asked.before = asked.with_answer_before();
                self.remark("Saved with your answer.")?;
            }
        }
        Ok(false)
    }

    fn warn_of_loss(&mut self, asked: &Asked) -> Result<(), Halt> {
        if asked.has_new_details() {
            self.remark("The details were not kept: they belong to an answer, and none was chosen.")?;
        }
        Ok(())
    }

    /// Asks why the question does not apply.
    fn reason(&mut self, asked: &mut Asked) -> Result<bool, Halt> {
        let wrong = |interview: &Interview, text: &str| {
            let reply = Reply { reason: text.to_owned(), ..asked.reply.clone() };
            of_field(interview.answer(&asked.id, &reply).err(), Field::Reason)
        };
        let help = "One sentence. It appears in the report.";
        let entered = self.enter("Why does this not apply to you?", help, &asked.reply.reason, wrong)?;
        let is_given = entered.is_some();
        asked.reply.reason = entered.unwrap_or_default();
        Ok(is_given)
    }

    fn question_page(&self, step: &QuestionStep) -> super::Screen {
        let question = step.question;
        let title = step.area.map_or("", |area| area.title.as_str());
        let place = format!("{title}, question {} of {}", step.number, step.of);
        let Progress { done, of, share } = self.interview.progress();
        let progress = format!("{done} of {of} done, {} by weight", percent(i64::from(share.get())));
        let mut page = self.page(&place, &progress, &question.ask, question.help.as_deref());
        if let Some(since) = step.carried_since {
            page.paragraph(
                SOFT,
                2,
                &format!("Answered before, as of {}. Enter confirms it.", since.in_words()),
            );
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
    let mut menu = Menu::new(rows, COMMANDS).starting_nowhere().starting_at(Some(&now));
    menu.remark(&now, if step.carried_since.is_some() { "as last time" } else { "your answer so far" });
    menu
}

impl Asked {
    /// Puts what was picked into the reply.
    fn fill(&mut self, pick: &Pick) {
        let ticked = self.menu.ticked().filter_map(|pick| match pick {
            Pick::Tick(id) => Some(id.clone()),
            _ => None,
        });
        self.reply.ticked = ticked.collect();
        // Choosing another row says clearly that what was typed is not meant.
        self.reply.typed.clear();
        match pick {
            Pick::Option(option) => self.reply.option.clone_from(option),
            Pick::Typed => {
                Reply::ENTERED.clone_into(&mut self.reply.option);
                self.menu.typed().clone_into(&mut self.reply.typed);
            }
            Pick::Tick(_) => Reply::ENTERED.clone_into(&mut self.reply.option),
            Pick::Details => {}
        }
    }

    /// The answer that is there, with the details as they are now.
    fn with_answer_before(&self) -> Reply {
        let Reply { option, typed, ticked, reason, .. } = self.before.clone();
        Reply { option, typed, ticked, reason, ..self.reply.clone() }
    }

    fn has_new_details(&self) -> bool {
        self.with_answer_before() != self.before
    }
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
    in_words(mistakes.map(|mut mistakes| {
        mistakes.retain(|mistake| mistake.field == field);
        mistakes
    }))
}
