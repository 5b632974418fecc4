//! Who is assessed: asked one by one for a new file, changed one by one later.

use super::question::of_field;
use super::{Halt, LIST_COMMANDS, Menu, Press, Row, Wizard};
use crate::interview::{Details, Field, Interview};
use crate::model::{Change, OrganisationKind};

/// What has to be known before anything is asked.
const FIRST: [Field; 4] = [Field::Name, Field::Kind, Field::Country, Field::Date];

/// A line of the list of details.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Item {
    Field(Field),
    SelfAssessed,
    Done,
}

impl Wizard<'_> {
    pub(super) fn organisation(&mut self) -> Result<(), Halt> {
        if self.file.is_new() { self.introduction() } else { self.change_organisation() }
    }

    /// Asks what a new file needs, and makes it.
    fn introduction(&mut self) -> Result<(), Halt> {
        let mut details = Details::of(self.interview.assessment());
        let mut nth = 0;
        while let Some(field) = FIRST.get(nth) {
            if self.edit(*field, &mut details)? {
                let words = shown(*field, &details);
                self.leave(&format!("{}: {words}", name(*field)))?;
                nth += 1;
            } else if nth == 0 {
                self.remark("This is the beginning. Ctrl-C stops; there is no file yet.")?;
            } else {
                nth -= 1;
            }
        }
        if self.save_details(&details)? {
            self.interview.advance();
        }
        Ok(())
    }

    /// Lists what is known, to be changed.
    fn change_organisation(&mut self) -> Result<(), Halt> {
        let mut at = Item::Done;
        loop {
            let mut menu = self.list().starting_at(Some(&at));
            match self.ask(&mut menu)? {
                Press::Back => return self.back(),
                Press::Command(_) => return Err(Halt::Stop),
                Press::Nothing => {}
                Press::Chosen(Item::Done) => {
                    self.interview.advance();
                    return Ok(());
                }
                Press::Chosen(Item::SelfAssessed) => self.change_assessed_by()?,
                Press::Chosen(Item::Field(field)) => {
                    let mut details = Details::of(self.interview.assessment());
                    if self.edit(field, &mut details)? {
                        self.save_details(&details)?;
                    }
                }
            }
            at = menu.at().unwrap_or(Item::Done);
        }
    }

    fn list(&self) -> Menu<Item> {
        let assessment = self.interview.assessment();
        let details = Details::of(assessment);
        let fields = FIRST.iter().chain(&[Field::Assessor, Field::Marking]);
        let line =
            |label: &str, words: &str| format!("{label}: {}", if words.is_empty() { "-" } else { words });
        let mut rows: Vec<Row<Item>> = fields
            .map(|field| Row::new(Item::Field(*field), line(name(*field), &shown(*field, &details))))
            .collect();
        rows.push(Row::new(Item::SelfAssessed, line("Assessed by", assessed_by(assessment.self_assessed))));
        rows.push(Row::new(Item::Done, "Done: go on"));
        Menu::new(rows, LIST_COMMANDS).titled("Your organisation", "")
    }

    /// Lets the person change one of the details, and says whether they did.
    fn edit(&mut self, field: Field, details: &mut Details) -> Result<bool, Halt> {
        let (title, help) = words(field);
        let changed = if field == Field::Kind {
            let rows = OrganisationKind::ALL.map(|kind| Row::new(kind, kind.in_words()));
            let now = OrganisationKind::ALL.into_iter().find(|kind| kind.as_str() == details.kind);
            let mut menu = Menu::new(rows.into(), &[]).titled(title, help).starting_at(now.as_ref());
            self.choose(&mut menu)?.map(|kind| kind.as_str().to_owned())
        } else {
            let draft = details.clone();
            let wrong = |interview: &Interview, text: &str| {
                let mut draft = draft.clone();
                text.clone_into(place(&mut draft, field));
                of_field(interview.answer_details(&draft).err(), field)
            };
            self.enter(title, help, place(details, field), wrong)?
        };
        let is_changed = changed.is_some();
        if let Some(text) = changed {
            *place(details, field) = text;
        }
        Ok(is_changed)
    }

    fn save_details(&mut self, details: &Details) -> Result<bool, Halt> {
        match self.interview.answer_details(details) {
            Ok(changes) => self.save(changes),
            Err(mistakes) => {
                for mistake in mistakes {
                    self.remark(&mistake.to_string())?;
                }
                Ok(false)
            }
        }
    }

    fn change_assessed_by(&mut self) -> Result<(), Halt> {
        let rows = [true, false].map(|own| Row::new(own, assessed_by(Some(own))));
        let now = self.interview.assessment().self_assessed;
        let mut menu = Menu::new(rows.into(), &[])
            .titled("Who assesses?", "The report says so.")
            .starting_at(now.as_ref());
        if let Some(own) = self.choose(&mut menu)? {
            self.save(vec![Change::SelfAssessed(Some(own))])?;
        }
        Ok(())
    }
}

fn assessed_by(own: Option<bool>) -> &'static str {
    match own {
        Some(true) => "ourselves",
        Some(false) => "somebody from outside",
        None => "",
    }
}

fn name(field: Field) -> &'static str {
    match field {
        Field::Name => "Name",
        Field::Kind => "Kind",
        Field::Country => "Country",
        Field::Date => "Date of the assessment",
        Field::Assessor => "Assessor",
        _ => "Marking",
    }
}

fn words(field: Field) -> (&'static str, &'static str) {
    match field {
        Field::Name => ("What is your organisation called?", "The name at the top of the report."),
        Field::Kind => ("What sort of organisation is it?", "It decides which answers we propose first."),
        Field::Country => ("Which country is it in?", "Two letters, such as GB."),
        Field::Date => ("What is the date of this assessment?", "Everything is judged as of this day."),
        Field::Assessor => ("Who assesses?", "A role or a company. Optional; it appears in the report."),
        _ => ("Is the report marked?", "Such as Confidential: it stands on every page. Optional."),
    }
}

fn place(details: &mut Details, field: Field) -> &mut String {
    match field {
        Field::Name => &mut details.name,
        Field::Kind => &mut details.kind,
        Field::Country => &mut details.country,
        Field::Date => &mut details.date,
        Field::Assessor => &mut details.assessor,
        _ => &mut details.marking,
    }
}

/// What a field holds, in words.
fn shown(field: Field, details: &Details) -> String {
    if field == Field::Kind {
        let kind = OrganisationKind::ALL.into_iter().find(|kind| kind.as_str() == details.kind);
        return kind.map_or("", OrganisationKind::in_words).to_owned();
    }
    place(&mut details.clone(), field).trim().to_owned()
}
