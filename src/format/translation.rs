//! `<id>.<language>.toml`: the texts of a questionnaire in another language, beside it.

use std::collections::BTreeMap;

use super::document::{Document, Outcome};
use super::leaf::{ByQuestion, Entries, Entry, Format, OfQuestion};
use super::questionnaire::Library;
use super::read::{Field, Reader, quoted, table};
use crate::model::{
    AreaTexts, FactTexts, GateTexts, Kind, LONGEST_TITLE, Question, QuestionTexts, Questionnaire,
    QuestionnaireId, Translation,
};
use crate::problem::{Code, Problem, Problems};
use crate::text::{and_list, nearest};

table! {
    /// The texts of a questionnaire in another language. What is left out stays as it is.
    RawTranslation = "translation" {
        /// The format of this file: 1.
        required format: Format,
        /// The questionnaire whose texts these are.
        required translates: QuestionnaireId,
        /// The version of the questionnaire.
        required version: String,
        /// The language, such as cy.
        required language: String,
        /// The title of the questionnaire.
        optional title: String,
        /// One or two sentences.
        optional summary: String,
        /// Who should answer it.
        optional audience: String,
        /// The texts of facts, by their ids.
        optional facts: Entries<RawFactTexts>,
        /// The texts of areas, by their ids.
        optional areas: Entries<RawAreaTexts>,
        /// The texts of gates, by their ids.
        optional gates: Entries<RawGateTexts>,
        /// The texts of questions, by area and topic.
        optional questions: ByQuestion<RawQuestionTexts>,
    }
}

table! {
    /// The texts of a fact.
    RawFactTexts = "translated fact" {
        /// The question that is asked.
        optional ask: String,
        /// What the words mean.
        optional help: String,
    }
}

table! {
    /// The texts of an area.
    RawAreaTexts = "translated area" {
        /// Its title.
        optional title: String,
        /// One sentence.
        optional summary: String,
    }
}

table! {
    /// The texts of a gate.
    RawGateTexts = "translated gate" {
        /// What it asks for, in a few words.
        optional title: String,
        /// Why this is a gate.
        optional grounds: String,
    }
}

table! {
    /// The texts of a question.
    RawQuestionTexts = "translated question" {
        /// A short name for tables and pictures, at most 48 characters.
        optional title: String,
        /// The question.
        optional ask: String,
        /// What the words mean and where to look.
        optional help: String,
        /// Why it matters, in one sentence.
        optional why: String,
        /// The first concrete step.
        optional fix: String,
        /// The second depth, for the technical person.
        optional fix_more: String,
        /// What to ask whom when the answer is not known.
        optional find_out: String,
        /// What counts as documented evidence.
        optional proof: String,
        /// Why it has this weight.
        optional weight_reason: String,
        /// What counts as partly.
        optional partly: String,
        /// The words of its levels or choices, by their ids.
        optional labels: Entries<String>,
    }
}

impl OfQuestion for RawQuestionTexts {
    const EXAMPLE: &'static str = "[questions.acc.mfa-email]";
    const TOPIC: &'static str = "[questions.area.topic]";
    const ALONE: &'static str = "ask";
}

/// The questionnaire whose texts a file holds, when it says so.
pub fn questionnaire(document: &Document<'_>) -> Option<QuestionnaireId> {
    document.look(|root| QuestionnaireId::parse(root.get_ref().get("translates")?.get_ref().as_str()?).ok())
}

/// What is wrong with a translation as far as it can be told without its questionnaire, which does not exist.
pub fn without_questionnaire(document: &Document<'_>, library: &dyn Library) -> Problems {
    let mut problems = document.read(|_: RawTranslation, _, _| Some(())).1;
    let named = document.look(|root| {
        let node = root.get_ref().get("translates")?;
        Some((QuestionnaireId::parse(node.get_ref().as_str()?).ok()?, node.span()))
    });
    if let Some((id, at)) = named {
        let problem = super::assessment::unknown_questionnaire(&id, at, library);
        problems.extend(Problems::of(document.source(), vec![problem]));
    }
    problems
}

/// Reads a translation against its questionnaire. One of another version gives nothing but a warning: its texts might
/// say something else than what is asked now.
pub fn read(document: &Document<'_>, questionnaire: &Questionnaire) -> Outcome<Translation> {
    document.read(|raw: RawTranslation, reader, _| {
        let header = questionnaire.header();
        let fits = fits(&raw, questionnaire, reader);
        let translation = Translation {
            language: raw.language.or(header.language.clone()),
            title: raw.title.take(),
            summary: raw.summary.take(),
            audience: raw.audience.take(),
            facts: by_id(
                raw.facts,
                "fact",
                &questionnaire.facts().iter().map(|fact| fact.id.as_str()),
                reader,
                fact,
            ),
            areas: by_id(
                raw.areas,
                "area",
                &questionnaire.areas().iter().map(|area| area.id.as_str()),
                reader,
                area,
            ),
            gates: by_id(
                raw.gates,
                "gate",
                &questionnaire.gates().iter().map(|gate| gate.id.as_str()),
                reader,
                gate,
            ),
            questions: questions(raw.questions.or_default().0, questionnaire, reader),
        };
        fits.then_some(translation)
    })
}

fn fits(raw: &RawTranslation, questionnaire: &Questionnaire, reader: &mut Reader<'_>) -> bool {
    let header = questionnaire.header();
    let id = raw.translates.get().is_some_and(|id| *id != header.id);
    let version = raw.version.get().is_some_and(|version| *version != header.version);
    if !id && !version {
        return true;
    }
    let message = format!("this is a translation for `{}` {}", header.id, quoted(&header.version));
    let at = if id { raw.translates.span() } else { raw.version.span() };
    let of =
        format!("it says that it is one of {}", if id { "another questionnaire" } else { "another version" });
    let help =
        format!("{of}, so it is not used; look through the texts that have changed, then put this right");
    reader.report(Problem::new(Code::StaleTranslation, at.unwrap_or_default(), message).help(help));
    false
}

/// Entries by their ids; those that the questionnaire does not have are reported.
fn by_id<'q, R, T>(
    raw: Field<Entries<R>>,
    what: &str,
    known: &(impl Iterator<Item = &'q str> + Clone),
    reader: &mut Reader<'_>,
    texts: impl Fn(R) -> T,
) -> BTreeMap<String, T>
where
    Entries<R>: Default,
{
    let mut by_id = BTreeMap::new();
    for Entry { key, key_span, value } in raw.or_default().0 {
        if known.clone().any(|id| id == key) {
            by_id.extend(value.map(|value| (key, texts(value.into_inner()))));
        } else {
            let message = format!("there is no {what} {}", quoted(&key));
            let near = nearest(&key, known.clone());
            let ids: Vec<_> = known.clone().map(|id| format!("`{id}`")).collect();
            let problem = Problem::new(Code::UnknownText, key_span, message);
            reader.report(match near {
                None if !ids.is_empty() => problem.help(format!("there is {}", and_list(&ids))),
                near => problem.suggest(near),
            });
        }
    }
    by_id
}

fn fact(raw: RawFactTexts) -> FactTexts {
    FactTexts { ask: raw.ask.take(), help: raw.help.take() }
}

fn area(raw: RawAreaTexts) -> AreaTexts {
    AreaTexts { title: raw.title.take(), summary: raw.summary.take() }
}

fn gate(raw: RawGateTexts) -> GateTexts {
    GateTexts { title: raw.title.take(), grounds: raw.grounds.take() }
}

fn questions(
    raw: Vec<Entry<RawQuestionTexts>>,
    questionnaire: &Questionnaire,
    reader: &mut Reader<'_>,
) -> BTreeMap<String, QuestionTexts> {
    let mut questions = BTreeMap::new();
    for Entry { key, key_span, value } in raw {
        let Some(question) = questionnaire.question(&key) else {
            let message = format!("there is no question {}", quoted(&key));
            let near = nearest(&key, questionnaire.questions().iter().map(|question| question.id.as_str()));
            reader.report(Problem::new(Code::UnknownText, key_span, message).suggest(near));
            continue;
        };
        questions.extend(value.map(|raw| (key, question_texts(raw.into_inner(), question, reader))));
    }
    questions
}

fn question_texts(raw: RawQuestionTexts, question: &Question, reader: &mut Reader<'_>) -> QuestionTexts {
    if let (Some(title), Some(at)) = (raw.title.get(), raw.title.span())
        && title.chars().count() > LONGEST_TITLE
    {
        let message = format!("this title has {} characters", title.chars().count());
        let help = format!("it stands in tables and pictures, where there is room for {LONGEST_TITLE}");
        reader.report(Problem::new(Code::TooLong, at, message).help(help));
    }
    let labelled: Vec<&str> = match &question.kind {
        Kind::Levels(levels) => levels.iter().map(|level| level.id.as_str()).collect(),
        Kind::TickAll(choices) => choices.iter().map(|choice| choice.id.as_str()).collect(),
        Kind::YesNo { .. } | Kind::Percentage(_) | Kind::LastDone(_) => Vec::new(),
    };
    QuestionTexts {
        labels: by_id(raw.labels, "level or choice", &labelled.into_iter(), reader, |label| label),
        title: raw.title.take(),
        ask: raw.ask.take(),
        help: raw.help.take(),
        why: raw.why.take(),
        fix: raw.fix.take(),
        fix_more: raw.fix_more.take(),
        find_out: raw.find_out.take(),
        proof: raw.proof.take(),
        weight_reason: raw.weight_reason.take(),
        partly: raw.partly.take(),
    }
}
