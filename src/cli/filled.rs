//! A questionnaire that was filled in as a spreadsheet: which cell says what, and what of it can be accepted.

use std::collections::{BTreeMap, BTreeSet};

use crate::format::workbook::{Sheet, cell_name};
use crate::interview::{Details, Field, Interview, Place, Refusal, Written};
use crate::model::{Change, FactId, QuestionId};
use crate::report::form::{self, FormColumn};
use crate::text::{nearest, or_list, visible};

/// How much of a cell is shown when it is refused, in characters.
const SHOWN: usize = 60;

/// The name of an organisation whose sheet does not say it.
pub const NAMELESS: &str = "Our organisation";

/// A cell that cannot be accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedCell {
    /// The sheet and the cell, and what stands there.
    pub message: String,
    /// What is possible, and what was probably meant.
    pub help: String,
}

/// What a spreadsheet says, as far as it can be accepted.
#[derive(Debug, Default)]
pub struct Accepted {
    /// What it changes.
    pub changes: Vec<Change>,
    /// How many answers are new or different.
    pub answers: usize,
    /// How many say what is known already.
    pub unchanged: usize,
    /// How many questions were answered that do not concern the organisation.
    pub left_out: usize,
    /// The cells that cannot be accepted.
    pub refused: Vec<RefusedCell>,
}

/// A spreadsheet that was filled in.
#[derive(Debug)]
pub struct Filled {
    start: Sheet,
    questions: Sheet,
    columns: BTreeMap<FormColumn, u32>,
}

impl Filled {
    /// Finds the columns by their headings.
    ///
    /// # Errors
    /// When a sheet or a column is missing: says which.
    pub fn new(mut sheets: BTreeMap<String, Sheet>) -> Result<Self, String> {
        let mut sheet = |name: &str| sheets.remove(name).ok_or(format!("there is no sheet “{name}” in it"));
        let (start, questions) = (sheet(form::START)?, sheet(form::QUESTIONS)?);
        let mut columns = BTreeMap::new();
        for column in FormColumn::ALL {
            let heading = questions
                .cells
                .iter()
                .take_while(|((row, _), _)| *row == 0)
                .find(|(_, text)| text.trim().eq_ignore_ascii_case(column.title()));
            let missing = || format!("the sheet “{}” has no column “{}”", form::QUESTIONS, column.title());
            let ((_, place), _) = heading.ok_or_else(missing)?;
            columns.insert(column, *place);
        }
        Ok(Self { start, questions, columns })
    }

    /// The id of the questionnaire that was filled in.
    pub fn questionnaire(&self) -> Option<&str> {
        self.detail_at(self.detail_row(form::QUESTIONNAIRE)?).split_whitespace().next()
    }

    /// The language of the sheet, when it is not British English.
    pub fn language(&self) -> Option<&str> {
        let questionnaire = self.detail_at(self.detail_row(form::QUESTIONNAIRE)?);
        questionnaire.trim_end().strip_suffix(')')?.rsplit_once('(').map(|(_, language)| language)
    }

    /// The name of the organisation that was asked, when the sheet says it.
    pub fn organisation(&self) -> Option<&str> {
        let name = self.detail_at(self.detail_row("name")?).trim();
        (!name.is_empty()).then_some(name)
    }

    fn detail_at(&self, row: u32) -> &str {
        self.start.cells.get(&(row, detail_column())).map_or("", String::as_str)
    }

    /// The row of the sheet with instructions that has this id.
    fn detail_row(&self, id: &str) -> Option<u32> {
        let found = self.start.cells.iter().find(|((_, column), text)| *column == 0 && *text == id);
        found.map(|((row, _), _)| *row)
    }

    fn cell(&self, row: u32, column: FormColumn) -> &str {
        self.questions.cells.get(&(row, self.column(column))).map_or("", String::as_str)
    }

    fn column(&self, column: FormColumn) -> u32 {
        self.columns.get(&column).copied().unwrap_or_default()
    }

    /// The rows below the head that hold anything.
    fn rows(&self) -> BTreeSet<u32> {
        let cells = self.questions.cells.keys().chain(&self.questions.unworked);
        cells.map(|(row, _)| *row).filter(|row| *row > 0).collect()
    }

    /// Whether people have written something in a row.
    fn is_filled(&self, row: u32) -> bool {
        let mut entries = FormColumn::ALL.into_iter().filter(|column| column.is_entry());
        entries.any(|column| !self.cell(row, column).trim().is_empty()) || self.unworked(row).next().is_some()
    }

    /// The columns in which people have written formulas that nobody has worked out.
    fn unworked(&self, row: u32) -> impl Iterator<Item = FormColumn> {
        let entries = FormColumn::ALL.into_iter().filter(|column| column.is_entry());
        entries.filter(move |column| self.questions.unworked.contains(&(row, self.column(*column))))
    }

    /// Everything in it that can be accepted, and every cell that cannot. The interview then stands as if it had been
    /// answered.
    pub fn accept(&self, interview: &mut Interview) -> Accepted {
        let mut accepted = Accepted::default();
        self.accept_details(interview, &mut accepted);
        let mut seen = BTreeSet::new();
        let (facts, questions): (Vec<u32>, Vec<u32>) = self
            .rows()
            .into_iter()
            .filter(|row| self.is_filled(*row))
            .partition(|row| !self.cell(*row, FormColumn::Id).contains('.'));
        // What the facts leave out need not be answered, so they come first wherever they stand.
        for row in facts.into_iter().chain(questions) {
            let id = self.cell(row, FormColumn::Id).trim();
            if !id.is_empty() && !seen.insert(id) {
                let message = "this row stands twice in the sheet";
                accepted.refuse(self.refused(row, FormColumn::Id, message, "delete one of the two rows"));
                continue;
            }
            self.accept_row(row, id, interview, &mut accepted);
        }
        accepted
    }

    fn accept_details(&self, interview: &mut Interview, accepted: &mut Accepted) {
        let text = |id: &str| self.detail_row(id).map_or("", |row| self.detail_at(row)).to_owned();
        let mut details = Details {
            name: text("name"),
            kind: text("kind"),
            country: text("country"),
            date: text("date"),
            assessor: text("assessor"),
            marking: text("marking"),
        };
        for (id, ..) in form::DETAILS {
            let row =
                self.detail_row(id).filter(|row| self.start.unworked.contains(&(*row, detail_column())));
            if let Some(row) = row {
                let cell = cell_name(row, detail_column());
                accepted.refuse(unworked(&format!("‘{}’!{cell}", form::START)));
            }
        }
        let refusals = interview.written_details(&details).err().unwrap_or_default();
        for refusal in &refusals {
            let row = self.detail_row(refusal.mistake.field.as_str()).unwrap_or_default();
            let cell = cell_name(row, detail_column());
            let message = said(&format!("‘{}’!{cell}", form::START), self.detail_at(row), refusal);
            accepted.refuse(RefusedCell { message, help: help(refusal) });
            match refusal.mistake.field {
                Field::Kind => details.kind.clear(),
                Field::Country => details.country.clear(),
                Field::Date => details.date.clear(),
                Field::Assessor => details.assessor.clear(),
                Field::Marking => details.marking.clear(),
                _ => NAMELESS.clone_into(&mut details.name),
            }
        }
        // What is right beside it can be taken all the same.
        if let Ok(changes) = interview.written_details(&details) {
            accepted.take(interview, changes);
        }
    }

    fn accept_row(&self, row: u32, id: &str, interview: &mut Interview, accepted: &mut Accepted) {
        // What stands beside a cell that says nothing yet cannot be judged without it.
        if self.unworked(row).next().is_some() {
            self.unworked(row).for_each(|column| accepted.refuse(unworked(&self.place(row, column))));
            return;
        }
        let known = |name: &str| interview.questionnaire().question(name).is_some();
        let result = if let Some(fact) = interview.facts().iter().find(|fact| fact.id.as_str() == id) {
            let fact: FactId = fact.id.clone();
            interview.written_fact(&fact, self.cell(row, FormColumn::Answer))
        } else if let Some(question) = QuestionId::parse(id).ok().filter(|id| known(id.as_str())) {
            if !interview.is_on_route(&Place::Question(question.clone())) {
                accepted.left_out += 1;
                return;
            }
            interview.written_answer(&question, &self.written(row))
        } else {
            let near = nearest(id, known_ids(interview));
            let help = near.map_or_else(
                || "leave the hidden first column as it was; or ask for a new sheet".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            accepted.refuse(self.refused(
                row,
                FormColumn::Id,
                "this is no question of the questionnaire",
                &help,
            ));
            return;
        };
        match result {
            Ok(changes) if changes.is_empty() => accepted.unchanged += 1,
            Ok(changes) => {
                accepted.answers += 1;
                accepted.take(interview, changes);
            }
            Err(refusals) => {
                for refusal in refusals {
                    let column = column_of(refusal.mistake.field);
                    let message = said(&self.place(row, column), self.cell(row, column), &refusal);
                    accepted.refuse(RefusedCell { message, help: help(&refusal) });
                }
            }
        }
    }

    fn written(&self, row: u32) -> Written {
        let text = |column| self.cell(row, column).to_owned();
        Written {
            answer: text(FormColumn::Answer),
            reason: text(FormColumn::Reason),
            evidence: text(FormColumn::Evidence),
            evidence_date: text(FormColumn::EvidenceDate),
            evidence_where: text(FormColumn::EvidenceWhere),
            by: text(FormColumn::By),
            provided_by: text(FormColumn::ProvidedBy),
            comment: text(FormColumn::Comment),
        }
    }

    /// `Questions!F12`.
    fn place(&self, row: u32, column: FormColumn) -> String {
        format!("{}!{}", form::QUESTIONS, cell_name(row, self.column(column)))
    }

    fn refused(&self, row: u32, column: FormColumn, wrong: &str, help: &str) -> RefusedCell {
        let message = format!("{}: “{}”: {wrong}", self.place(row, column), short(self.cell(row, column)));
        RefusedCell { message, help: help.to_owned() }
    }
}

impl Accepted {
    fn take(&mut self, interview: &mut Interview, changes: Vec<Change>) {
        interview.accept(&changes);
        self.changes.extend(changes);
    }

    fn refuse(&mut self, cell: RefusedCell) {
        self.refused.push(cell);
    }
}

/// The column of the sheet with instructions that is filled in.
fn detail_column() -> u32 {
    u32::try_from(form::DETAIL).unwrap_or_default()
}

/// A cell with a formula that nobody has worked out.
fn unworked(place: &str) -> RefusedCell {
    RefusedCell {
        message: format!(
            "{place}: the cell has a formula, and what comes out of it does not stand in the file"
        ),
        help:
            "type the answer itself; or open the file in a spreadsheet program, save it, and import it again"
                .to_owned(),
    }
}

fn known_ids(interview: &Interview) -> impl Iterator<Item = &str> {
    let questions = interview.questionnaire().questions().iter().map(|question| question.id.as_str());
    questions.chain(interview.facts().iter().map(|fact| fact.id.as_str()))
}

fn column_of(field: Field) -> FormColumn {
    match field {
        Field::Reason => FormColumn::Reason,
        Field::Evidence => FormColumn::Evidence,
        Field::EvidenceDate => FormColumn::EvidenceDate,
        Field::EvidenceWhere => FormColumn::EvidenceWhere,
        Field::By => FormColumn::By,
        Field::ProvidedBy => FormColumn::ProvidedBy,
        Field::Comment | Field::Note => FormColumn::Comment,
        Field::Answer
        | Field::Name
        | Field::Kind
        | Field::Country
        | Field::Date
        | Field::Assessor
        | Field::Marking => FormColumn::Answer,
    }
}

/// The beginning of what stands in a cell.
fn short(text: &str) -> String {
    let text = visible(text.trim());
    let kept: String = text.chars().take(SHOWN).collect();
    if kept.len() < text.len() { format!("{kept}…") } else { kept }
}

fn said(place: &str, text: &str, refusal: &Refusal) -> String {
    let text = short(text);
    let stands = if text.is_empty() {
        "the cell is empty".to_owned()
    } else {
        format!("“{text}” is not accepted")
    };
    format!("{place}: {stands}: {}", refusal.mistake)
}

fn help(refusal: &Refusal) -> String {
    let quoted: Vec<String> = refusal.possible.iter().map(|words| format!("“{}”", short(words))).collect();
    let possible = if quoted.is_empty() { None } else { Some(format!("possible: {}", or_list(&quoted))) };
    let meant = refusal.suggestion.as_ref().map(|words| format!("did you mean “{}”?", short(words)));
    let help: Vec<String> = meant.into_iter().chain(possible).collect();
    if help.is_empty() {
        "correct the cell, save the file, and import it again".to_owned()
    } else {
        help.join(" ")
    }
}
