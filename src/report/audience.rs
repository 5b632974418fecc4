//! For whom a report is: what the others are not meant to see is taken out here, before any renderer sees it.
//!
//! A report for the board or the public is put together part by part, so that a part that is new to reports has to be
//! decided on here before the program can be built.

use serde::Serialize;

use super::public;
use super::{
    Action, Ageing, Area, Chapter, Expiry, ExpiryKind, Finding, Head, Hold, IncidentNote, Incidents,
    Movement, Passage, QuestionRef, Report, Services, Verdict,
};
use crate::text::{Words, phrase};

/// How many actions the board sees.
const BOARD_ACTIONS: usize = 5;

/// How many incidents the board sees by name.
const BOARD_INCIDENTS: usize = 8;

/// For whom a report is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    /// Whoever assessed: everything.
    #[default]
    Internal,
    /// Whoever leads the organisation: the verdict, and what to do.
    Board,
    /// Whoever was assessed: everything but what people said in confidence.
    Client,
    /// Everybody else: nothing that would help an attacker.
    Public,
}

impl Audience {
    /// Every audience, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Internal, Self::Board, Self::Client, Self::Public];

    /// The word in commands.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Internal => "internal",
            Self::Board => "board",
            Self::Client => "client",
            Self::Public => "public",
        }
    }

    /// For whom it is, as a phrase; nothing when it is for whoever made it.
    pub fn in_words(self) -> Option<&'static str> {
        match self {
            Self::Internal => None,
            Self::Board => Some(phrase("For the board")),
            Self::Client => Some(phrase("For the organisation that was assessed")),
            Self::Public => Some(phrase("For the public")),
        }
    }

    /// Whether its report is short and lists no answers.
    pub fn is_short(self) -> bool {
        matches!(self, Self::Board | Self::Public)
    }
}

impl Report {
    /// The same report for an audience, without what that is not meant to see.
    #[must_use]
    pub fn for_audience(self, audience: Audience) -> Self {
        let mut report = match audience {
            Audience::Internal => self,
            Audience::Board => board(self),
            Audience::Client => client(self),
            Audience::Public => public::report(self),
        };
        report.head.audience = audience;
        report.head.for_whom = audience.in_words().map(|whom| report.words.say(whom));
        report
    }
}

/// Everything but who said what, where the proof is kept, and what is meant for the public.
fn client(mut report: Report) -> Report {
    report.areas.iter_mut().flat_map(|area| &mut area.findings).for_each(Finding::forget_sources);
    report.ageing.past.iter_mut().chain(&mut report.ageing.coming).for_each(Expiry::forget_sources);
    report.afterword.retain(|chapter| chapter.id != "public");
    report
}

impl Finding {
    fn forget_sources(&mut self) {
        self.by = None;
        if let Some(evidence) = &mut self.evidence {
            evidence.kept = None;
        }
    }
}

impl Expiry {
    fn forget_sources(&mut self) {
        if self.kind != ExpiryKind::Waiver {
            self.items.iter_mut().for_each(|item| item.role = None);
        }
    }
}

/// The verdict, what moved, what to do, the areas, and which recorded incidents would have been open.
fn board(report: Report) -> Report {
    let passages = open_incidents(&report.incidents, report.words).into_iter().collect();
    let told = |chapters: Vec<Chapter>| -> Vec<Chapter> {
        chapters.into_iter().filter(|chapter| ["summary", "closing"].contains(&chapter.id)).collect()
    };
    Report {
        head: report.head.without_hashes(),
        foreword: told(report.foreword),
        verdict: Verdict {
            sentence: with_trend(report.verdict.sentence, report.since.as_ref()),
            hold: report.verdict.hold.map(|hold| Hold { questions: Vec::new(), ..hold }),
            ..report.verdict
        },
        gates: Vec::new(),
        actions: report.actions.into_iter().take(BOARD_ACTIONS).map(Action::alone).collect(),
        find_out: Vec::new(),
        waivers: Vec::new(),
        ageing: Ageing { since: report.ageing.since.clone(), ..report.ageing.emptied() },
        areas: report
            .areas
            .into_iter()
            .map(|area| Area { findings: Vec::new(), narrative: None, ..area })
            .collect(),
        incidents: Incidents::default(),
        frameworks: Vec::new(),
        services: report.services.emptied(),
        ledger: None,
        notices: report.notices,
        since: None,
        passages,
        afterword: told(report.afterword),
        words: report.words,
    }
}

fn with_trend(sentence: String, since: Option<&Movement>) -> String {
    match since {
        Some(since) => format!("{sentence} {} {}", since.sentence, since.causes).trim_end().to_owned(),
        None => sentence,
    }
}

/// How many ended how, and the names of the worst of those with nothing in their way.
fn open_incidents(incidents: &Incidents, words: &Words) -> Option<Passage> {
    let replayed = incidents.replayed.len();
    let counts = incidents.counts;
    let open = incidents.replayed.iter().filter(|incident| incident.word.stated == "open");
    let mut items: Vec<String> = open
        .clone()
        .take(BOARD_INCIDENTS)
        .map(|incident| format!("{}: {}", incident.when, incident.title))
        .collect();
    let more = open.count().saturating_sub(BOARD_INCIDENTS);
    if more > 0 {
        items.push(words.fill("and {count} more", &[("count", &words.number_word(more))]));
    }
    let how = words.fill(
        "Of {incidents} replayed against the answers, {open} would have been open, {hindered} hindered and \
         {interrupted} interrupted. This is about recorded paths. It does not say that you would not have been hacked.",
        &[
            ("incidents", &words.plural(replayed, "recorded incident", "recorded incidents")),
            ("open", &words.number_word(counts.open)),
            ("hindered", &words.number_word(counts.hindered)),
            ("interrupted", &words.number_word(counts.interrupted + counts.layered)),
        ],
    );
    let named = (!items.is_empty()).then(|| words.say("These would have been open:"));
    (replayed > 0).then(|| Passage {
        heading: words.say("Would it have worked here?").to_owned(),
        paragraphs: vec![[Some(how.as_str()), named].into_iter().flatten().collect::<Vec<_>>().join(" ")],
        items,
    })
}

impl Action {
    /// The action in a report in which neither its question nor the incidents are told.
    fn alone(self) -> Self {
        let closes = self.closes.into_iter().map(|note| IncidentNote { id: String::new(), ..note }).collect();
        Self { closes, question: QuestionRef { anchor: String::new(), ..self.question }, ..self }
    }
}

impl Head {
    /// The head of a report that leads back to no file.
    pub(super) fn without_hashes(mut self) -> Self {
        self.answers_sha256.clear();
        self.questionnaire.sha256.clear();
        self
    }
}

impl Ageing {
    /// Without anything that runs out.
    pub(super) fn emptied(self) -> Self {
        Self {
            today: self.today,
            until: self.until,
            since: None,
            consequence: None,
            past: Vec::new(),
            coming: Vec::new(),
            score_today: None,
            score_then: None,
        }
    }
}

impl Services {
    /// Without any service.
    pub(super) fn emptied(self) -> Self {
        Self { checked: self.checked, note: String::new(), has_country: false, groups: Vec::new() }
    }
}
