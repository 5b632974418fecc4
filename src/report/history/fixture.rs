//! Histories for tests: a questionnaire of four questions, whose second version counts the first one five times.

use super::{Dated, History, HistoryEntry};
use crate::catalog::Catalog;
use crate::format::{Document, assessment, questionnaire};
use crate::model::{Assessment, Questionnaire};
use crate::problem::Source;
use crate::scoring::{Assessed, Evaluation, Scheme};

const TOPICS: [&str; 4] = ["one", "two", "three", "four"];

/// What an assessment is made of: its date, the version of its questionnaire, how many questions, in order, have a yes.
pub(crate) type Made<'a> = (&'a str, &'a str, usize);

fn toy(version: &str) -> Questionnaire {
    let mut text = format!(
        "format = 1\nid = \"toy\"\nversion = \"{version}\"\ntitle = \"Toy\"\nsummary = \"s\"\naudience = \"a\"\n\
        minutes = 1\nlanguage = \"en\"\nlicence = \"CC0-1.0\"\n[[area]]\nid = \"a\"\ntitle = \"Area\"\nsummary = \"s\"\nweight = 1\n\
        [[gate]]\nid = \"second\"\ntitle = \"The second basic\"\ncap = 59\nrequire = [{{ question = \"a.two\", at_least = 75 }}]\ngrounds = \"g\"\n"
    );
    for topic in TOPICS {
        let weight = if topic == "one" && version == "2" { 5 } else { 1 };
        text.extend([format!(
            "[[question]]\nid = \"a.{topic}\"\nweight = {weight}\nweight_reason = \"r\"\nseverity = \"low\"\ntitle = \"T\"\nask = \"Ask?\"\n\
            why = \"w\"\nfix = \"f\"\neffort = \"hours\"\ncost = \"free\"\nproof = \"p\"\nvalid_months = 12\nkind = \"yes-no\"\npartly = \"p\"\n"
        )]);
    }
    let source = Source::new("toy.toml", text);
    let (toy, problems) = questionnaire::read(&Document::parse(&source), &Catalog::shipped());
    toy.unwrap_or_else(|| panic!("{problems:?}"))
}

fn answered(questionnaire: &Questionnaire, organisation: &str, date: &str, yes: usize) -> Assessment {
    let version = &questionnaire.header().version;
    let mut text = format!(
        "format = 1\nquestionnaire = \"toy\"\nversion = \"{version}\"\n[organisation]\nname = '''{organisation}'''\n\
        kind = \"other\"\ncountry = \"GB\"\n[assessment]\ndate = {date}\n"
    );
    for (place, topic) in TOPICS.into_iter().enumerate() {
        let answer = if place < yes { "yes" } else { "no" };
        text.extend([format!("[answers.a.{topic}]\nanswer = \"{answer}\"\n")]);
    }
    let source = Source::new("answers.toml", text);
    assessment::read(&Document::parse(&source), questionnaire).0.unwrap()
}

/// A history of these assessments.
pub(crate) fn history_of(organisation: &str, made: &[Made]) -> History {
    let scored: Vec<(Questionnaire, Scheme, Assessment, Evaluation)> = made
        .iter()
        .map(|(date, version, yes)| {
            let questionnaire = toy(version);
            let scheme = Scheme::new(&questionnaire, &[]);
            let assessment = answered(&questionnaire, organisation, date, *yes);
            let evaluation = scheme.evaluate(&assessment);
            (questionnaire, scheme, assessment, evaluation)
        })
        .collect();
    let dated: Vec<Dated> = scored
        .iter()
        .map(|(questionnaire, scheme, assessment, evaluation)| Dated {
            assessed: Assessed { questionnaire, scheme, assessment, evaluation },
            questionnaire_sha256: &questionnaire.header().version,
            answers_sha256: "0",
        })
        .collect();
    let before = |place: usize| place.checked_sub(1).map(|place| dated[place]);
    let entries = dated.iter().enumerate().map(|(place, now)| HistoryEntry::new(*now, before(place), &[]));
    History::new(*dated.last().unwrap(), entries.collect(), "0.0.0")
}

/// So many assessments on consecutive days, from none to all of the questions answered with yes.
pub(crate) fn long(days: usize) -> History {
    let dates: Vec<String> = (0..days)
        .map(|day| format!("20{:02}-{:02}-{:02}", 20 + day / 336, day / 28 % 12 + 1, day % 28 + 1))
        .collect();
    let made: Vec<Made> =
        dates.iter().enumerate().map(|(day, date)| (date.as_str(), "1", day * 5 / days)).collect();
    history_of("Toy party", &made)
}
