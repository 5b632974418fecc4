//! What became of the score over all assessments of one organisation.

mod words;

use serde::Serialize;

use super::{BandView, Day, Head, Score};
use crate::model::{Date, Difference, Incident, Points, Standing};
use crate::scoring::{Assessed, Cause, Comparison, GateChange, GateState, IncidentChange, Word};
use crate::text::{Words, plural};

/// All assessments of one organisation by one questionnaire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct History {
    /// Who was assessed, with what, as the newest assessment has it. The marking is that of the newest which has one.
    pub head: Head,
    /// What became of the score, in one sentence.
    pub sentence: String,
    /// What did it, in a few sentences.
    pub explanation: String,
    /// What else to know before reading the numbers.
    pub notes: Vec<String>,
    /// Whether the questions changed from any assessment to the next.
    pub questions_changed: bool,
    /// What the answers moved in all, as far as assessments can be compared.
    pub real: Difference,
    /// What changed questions moved in all, as far as assessments can be compared.
    pub yardstick: Difference,
    /// The assessments by date; at least one.
    pub entries: Vec<HistoryEntry>,
    /// Notices that licences require.
    pub notices: Vec<String>,
}

/// One assessment of a history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HistoryEntry {
    /// The day on which everything was judged.
    pub date: Day,
    /// The days since the first assessment.
    pub day: u32,
    /// The version of the questionnaire that the answers were read with.
    pub version: String,
    /// The version that the answers name, when that one is not known.
    pub unknown_version: Option<String>,
    /// SHA-256 of the questionnaire's file and its bases', in hex.
    pub questionnaire_sha256: String,
    /// SHA-256 of the answers file, in hex.
    pub answers_sha256: String,
    /// The score; nothing when no question counts.
    pub score: Option<Score>,
    /// Its band.
    pub band: Option<BandView>,
    /// Where the trend line stands, in basis points: the first stated score with every real change since. Where an
    /// assessment cannot be compared with the one before, the line begins anew.
    pub trend: Option<Difference>,
    /// The questions with a definite answer.
    pub answered: usize,
    /// The questions in scope.
    pub in_scope: usize,
    /// What moved since the assessment before; nothing for the first.
    pub step: Option<HistoryStep>,
    #[serde(skip)]
    on: Date,
    #[serde(skip)]
    marking: Option<String>,
}

/// What moved from one assessment to the next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HistoryStep {
    /// What the answers moved; nothing when there is no score before, between or after.
    pub real: Option<Difference>,
    /// What the change of the questions moved; nothing when there is no score before, between or after.
    pub yardstick: Option<Difference>,
    /// What the answers moved since the first assessment, as far as assessments can be compared.
    pub real_total: Difference,
    /// Whether the questions changed.
    pub questions_changed: bool,
    /// The gates that opened or closed, in order of the questionnaire.
    pub gates: Vec<Gap>,
    /// The incidents that opened or closed, by ascending id.
    pub incidents: Vec<Gap>,
}

/// A gap that opened or closed: a gate that fails or holds now, an incident that would go through or be interrupted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Gap {
    /// The id of the gate or incident.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Whether the gap is closed now; otherwise it opened.
    pub closed: bool,
    /// Whether the change of the questions did it, and not the answers.
    pub by_yardstick: bool,
}

/// What is told of an assessment beside its numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Told<'a> {
    /// That the questions changed, and what this moved.
    pub questions: Option<String>,
    /// The gaps that closed or opened; none is empty.
    pub lists: Vec<GapList<'a>>,
}

/// Gaps of one sort.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GapList<'a> {
    /// What they have in common.
    pub heading: &'static str,
    /// The gaps.
    pub gaps: Vec<&'a Gap>,
}

/// An assessment with the hashes of its files.
#[derive(Debug, Clone, Copy)]
pub struct Dated<'a> {
    /// The assessment.
    pub assessed: Assessed<'a>,
    /// SHA-256 of the questionnaire's file and its bases', in hex.
    pub questionnaire_sha256: &'a str,
    /// SHA-256 of the answers file, in hex.
    pub answers_sha256: &'a str,
}

impl HistoryEntry {
    /// What is kept of an assessment, compared with the one before; both were scored with the same incidents. Days and
    /// totals are counted when it becomes part of a history.
    pub fn new(now: Dated, before: Option<Dated>, incidents: &[Incident]) -> Self {
        let Assessed { questionnaire, assessment, evaluation, .. } = now.assessed;
        let scores = &evaluation.scores;
        let count = |counts: fn(Standing) -> bool| {
            scores.questions.iter().filter(|question| counts(question.standing)).count()
        };
        let version = &questionnaire.header().version;
        Self {
            date: Day::new(assessment.date, Words::ENGLISH),
            day: 0,
            version: version.clone(),
            unknown_version: (assessment.version != *version).then(|| assessment.version.clone()),
            questionnaire_sha256: now.questionnaire_sha256.to_owned(),
            answers_sha256: now.answers_sha256.to_owned(),
            score: Score::new(scores),
            band: scores.band().map(|band| BandView::new(band, Words::ENGLISH)),
            trend: None,
            answered: count(|standing| matches!(standing, Standing::Answered | Standing::NotApplicable)),
            in_scope: count(|standing| standing != Standing::OutOfScope),
            step: before.map(|before| HistoryStep::new(before, now, incidents)),
            on: assessment.date,
            marking: assessment.marking.clone(),
        }
    }

    /// The score that is printed; nothing without one.
    pub fn printed(&self) -> Option<u16> {
        self.score.as_ref().map(|score| score.headline.printed())
    }

    /// What to tell beside the numbers; nothing when no gap closed or opened and the questions did not change.
    pub fn told(&self) -> Option<Told<'_>> {
        self.step.as_ref().and_then(|step| words::told(step, &self.version))
    }

    /// The stated score; nothing without one.
    pub fn stated(&self) -> Option<Points> {
        self.score.as_ref().and_then(|score| score.worlds.stated)
    }
}

impl HistoryStep {
    fn new(before: Dated, now: Dated, incidents: &[Incident]) -> Self {
        let comparison = Comparison::new(before.assessed, now.assessed);
        let gate = |change: &GateChange| {
            let gate = match (change.new, change.old) {
                (Some(place), _) => now.assessed.questionnaire.gates().get(place),
                (None, place) => before.assessed.questionnaire.gates().get(place?),
            }?;
            Some(Gap {
                id: gate.id.to_string(),
                title: gate.title.clone(),
                closed: change.now == GateState::Held,
                by_yardstick: change.cause == Cause::Yardstick,
            })
        };
        let incident = |change| Gap::of_incident(change, incidents);
        Self {
            real: comparison.score.map(|effect| effect.real),
            yardstick: comparison.score.map(|effect| effect.yardstick),
            real_total: Difference::ZERO,
            questions_changed: before.questionnaire_sha256 != now.questionnaire_sha256,
            gates: comparison.gates.iter().filter_map(gate).collect(),
            incidents: comparison.incidents.iter().filter_map(incident).collect(),
        }
    }
}

impl Gap {
    /// Its title, and what did it unless the answers did.
    pub fn words(&self) -> String {
        let why = if self.by_yardstick { " (because the questions changed)" } else { "" };
        format!("{}{why}", self.title)
    }

    /// Nothing when the incident stands where it stood, interrupted or not, and nothing when it concerned the organisation
    /// on one of the days only.
    fn of_incident(change: &IncidentChange, incidents: &[Incident]) -> Option<Self> {
        let is_open = |word: Word| !word.is_interrupted();
        let (before, now) = (change.before.map(is_open)?, change.now.map(is_open)?);
        let incident = incidents.get(change.incident).filter(|_| before != now)?;
        Some(Self {
            id: incident.id.to_string(),
            title: incident.title.clone(),
            closed: before,
            by_yardstick: change.cause == Cause::Yardstick,
        })
    }
}

impl History {
    /// Decides what to say about the assessments of one organisation by date, the last of which is the newest.
    pub fn new(newest: Dated, mut entries: Vec<HistoryEntry>, tool_version: &str) -> Self {
        let Dated { assessed, questionnaire_sha256, answers_sha256 } = newest;
        let Assessed { questionnaire, assessment, .. } = assessed;
        let (real, yardstick) = add_up(&mut entries);
        let changed = |entry: &HistoryEntry| entry.step.as_ref().is_some_and(|step| step.questions_changed);
        let questions_changed = entries.iter().any(changed);
        let head = Head::of(
            questionnaire,
            questionnaire_sha256,
            assessment,
            answers_sha256,
            tool_version,
            Words::ENGLISH,
        );
        Self {
            notices: vec![format!("Questions and texts: {}.", head.questionnaire.licence)],
            head: Head { marking: entries.iter().rev().find_map(|entry| entry.marking.clone()), ..head },
            sentence: words::sentence(&entries),
            explanation: words::explanation(&entries, real, yardstick, questions_changed),
            notes: words::notes(&entries),
            questions_changed,
            real,
            yardstick,
            entries,
        }
    }

    /// What was answered, how often and when, in a line.
    pub fn extent(&self) -> String {
        let count = plural(self.entries.len(), "assessment", "assessments");
        let days = match &self.entries[..] {
            [] => String::new(),
            [only] => format!(" on {}", only.date.words),
            [first, .., last] => format!(" from {} to {}", first.date.words, last.date.words),
        };
        format!("{}. {count}{days}", self.head.questionnaire.title)
    }
}

/// Counts days, draws the trend line and adds real changes up; what the answers and what the questions moved in all.
fn add_up(entries: &mut [HistoryEntry]) -> (Difference, Difference) {
    let (mut real, mut yardstick) = (Difference::ZERO, Difference::ZERO);
    let Some(start) = entries.first().map(|entry| entry.on) else { return (real, yardstick) };
    let mut before: Option<Difference> = None;
    for entry in entries {
        entry.day = entry.on.days_since(start);
        let mut line = entry.stated().map(|stated| stated.since(Points::ZERO));
        if let Some(step) = &mut entry.step {
            real = real + step.real.unwrap_or_default();
            yardstick = yardstick + step.yardstick.unwrap_or_default();
            step.real_total = real;
            line = before.zip(step.real).map(|(trend, real)| trend + real).or(line);
        }
        entry.trend = line;
        before = line;
    }
    (real, yardstick)
}

/// Histories for tests: a questionnaire of four questions, whose second version counts the first one five times.
#[cfg(test)]
pub(crate) mod fixture {
    use super::{Dated, History, HistoryEntry};
    use crate::format::questionnaire::Library;
    use crate::format::{Document, assessment, questionnaire};
    use crate::model::{Assessment, Questionnaire, QuestionnaireId};
    use crate::problem::Source;
    use crate::scoring::{Assessed, Evaluation, Scheme};

    const TOPICS: [&str; 4] = ["one", "two", "three", "four"];

    /// What an assessment is made of: its date, the version of its questionnaire, how many questions, in order, have a yes.
    pub(crate) type Made<'a> = (&'a str, &'a str, usize);

    /// Nothing builds on anything.
    struct Alone;

    impl Library for Alone {
        fn find(&self, _: &QuestionnaireId, _: &str) -> Option<Source> {
            None
        }

        fn ids(&self) -> Vec<String> {
            Vec::new()
        }
    }

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
        let (toy, problems) = questionnaire::read(&Document::parse(&source), &Alone);
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
        let entries =
            dated.iter().enumerate().map(|(place, now)| HistoryEntry::new(*now, before(place), &[]));
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
}

#[cfg(test)]
mod tests {
    use super::fixture::{history_of, long};
    use super::*;

    fn numbers(of: impl Fn(&HistoryEntry) -> Option<Difference>, history: &History) -> Vec<Option<i32>> {
        history.entries.iter().map(|entry| of(entry).map(Difference::get)).collect()
    }

    #[test]
    fn the_trend_follows_real_changes_and_not_those_of_the_questions() {
        let history = history_of(
            "Toy party",
            &[("2025-01-10", "1", 2), ("2026-01-10", "2", 2), ("2026-02-10", "2", 3), ("2026-03-10", "2", 1)],
        );
        let stated: Vec<u16> = history.entries.iter().map(|entry| entry.stated().unwrap().get()).collect();
        assert_eq!(stated, [5000, 7500, 8750, 5999]);
        let step =
            |of: fn(&HistoryStep) -> Option<Difference>| numbers(|e| e.step.as_ref().and_then(of), &history);
        assert_eq!(step(|step| step.real), [None, Some(0), Some(1250), Some(-2751)]);
        assert_eq!(step(|step| step.yardstick), [None, Some(2500), Some(0), Some(0)]);
        assert_eq!(step(|step| Some(step.real_total)), [None, Some(0), Some(1250), Some(-1501)]);
        assert_eq!(numbers(|entry| entry.trend, &history), [Some(5000), Some(5000), Some(6250), Some(3499)]);
        assert_eq!(history.entries.iter().map(|entry| entry.day).collect::<Vec<_>>(), [0, 365, 396, 424]);
        assert_eq!(history.sentence, "Since 10 January 2025 the score rose from 50 to 59.");
        assert_eq!(
            history.explanation,
            "The stated score went from 50.00 to 59.99: −15.01 points come from the answers, +25.00 from changed questions. Without caps it would have gone from 50.00 to 62.50."
        );
    }

    #[test]
    fn unknown_versions_are_named_once_and_not_without_end() {
        let mut entries = long(9).entries;
        assert_eq!(words::notes(&entries), Vec::<String>::new());
        entries[3].unknown_version = Some("7".to_owned());
        entries[4].unknown_version = Some("7".to_owned());
        let start =
            |entries: &[HistoryEntry]| words::notes(entries)[0].split(" of the").next().unwrap().to_owned();
        assert_eq!(start(&entries), "2 assessments name version 7");
        for (place, entry) in entries.iter_mut().enumerate() {
            entry.unknown_version = Some(place.to_string());
        }
        assert_eq!(start(&entries), "9 assessments name versions 0, 1, 2, 3 and others");
    }

    #[test]
    fn gaps_are_told_with_what_did_it() {
        let history = history_of(
            "Toy party",
            &[("2026-01-10", "1", 2), ("2026-02-10", "1", 1), ("2026-03-10", "1", 2)],
        );
        let told = |place: usize| {
            history.entries[place].told().map(|told| (told.lists[0].heading, told.lists[0].gaps[0].words()))
        };
        assert_eq!(told(0), None);
        assert_eq!(told(1), Some(("Missing now", "The second basic".to_owned())));
        assert_eq!(told(2), Some(("In place now", "The second basic".to_owned())));
    }

    #[test]
    fn a_single_assessment_and_one_that_stays_are_told_as_such() {
        let single = long(1);
        assert_eq!(single.sentence, "On 1 January 2020 the score was 0 of 100.");
        assert!(single.explanation.contains("the trend begins with the second"));
        let same = history_of("Toy party", &[("2026-01-10", "1", 2), ("2026-02-10", "1", 2)]);
        assert_eq!(same.sentence, "Since 10 January 2026 the score stayed at 50.");
        assert_eq!(same.explanation, "The stated score is 50.00, as it was; the questions did not change.");
        let worse = history_of("Toy party", &[("2026-01-10", "1", 2), ("2026-02-10", "1", 0)]);
        assert_eq!(worse.sentence, "Since 10 January 2026 the score fell from 50 to 0.");
        assert!(worse.explanation.contains("All of that is real, −50.00 points"), "{}", worse.explanation);
    }
}
