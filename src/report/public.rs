//! What the public is told: in words, and nothing that would help an attacker.

use serde::Serialize;

use super::{Area, BandView, Chapter, Counts, Head, Incidents, Movement, Report, Verdict};
use crate::model::Points;
use crate::scoring::Band;
use crate::text::plural;

/// Something that is told in words where there is no more to see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Passage {
    /// Its heading.
    pub heading: String,
    /// What it says.
    pub paragraphs: Vec<String>,
    /// And item by item.
    pub items: Vec<String>,
}

/// The statement for the public: every part that could say more is empty.
pub(super) fn report(report: Report) -> Report {
    let known = is_known(&report);
    let [areas, next_steps] = [areas, next_steps].map(|told| known.then(|| told(&report)).flatten());
    let passages = [areas, next_steps, Some(about(&report))];
    let sentence = sentence(&report);
    let own_words = report.afterword.into_iter().filter(|chapter| chapter.id == "public");
    let own_words = own_words.map(|chapter| Chapter { heading: "In our own words", ..chapter }).collect();
    Report {
        head: head(report.head),
        foreword: own_words,
        verdict: Verdict {
            score: None,
            band: None,
            sentence,
            hold: None,
            coverage: None,
            counts: Counts::default(),
            scope_reduced: None,
            scope_banner: None,
            stability: "",
            stability_sentence: String::new(),
        },
        gates: Vec::new(),
        actions: Vec::new(),
        find_out: Vec::new(),
        waivers: Vec::new(),
        ageing: report.ageing.emptied(),
        areas: Vec::new(),
        incidents: Incidents::default(),
        frameworks: Vec::new(),
        services: report.services.emptied(),
        ledger: None,
        notices: report.notices,
        since: None,
        passages: passages.into_iter().flatten().collect(),
        afterword: Vec::new(),
        words: report.words,
    }
}

/// No name but the organisation's own; its own brand may stay.
fn head(head: Head) -> Head {
    let (brand, foreign) = match head.brand {
        Some(brand) if brand.name.trim() == head.organisation.name.trim() => (Some(brand), None),
        brand => (None, brand),
    };
    let marked_by_it = foreign.is_some_and(|brand| brand.marking.is_some());
    let marking = head.marking.filter(|_| !marked_by_it);
    let assessed_by = super::head::assessed_by(None, head.self_assessed);
    Head { marking, assessed_by, brand, ..head }.without_hashes()
}

/// Whether any question has an answer: without one, the lowest band would say something that nobody knows.
fn is_known(report: &Report) -> bool {
    report.verdict.counts.answered > 0
}

/// The band, and how it has moved.
fn sentence(report: &Report) -> String {
    if !is_known(report) {
        return "Nothing can be said yet: no question has been answered.".to_owned();
    }
    let Some(band) = &report.verdict.band else {
        return "No question counted, so there is no result.".to_owned();
    };
    let bands: Vec<String> = BandView::all().iter().map(|band| band.id.to_owned()).collect();
    let result = format!(
        "The result is in the band “{}”: {}. The bands are {}, from the lowest to the highest.",
        band.id,
        band.meaning,
        crate::text::and_list(&bands)
    );
    let trend = report.since.as_ref().and_then(|since| trend(since, band)).unwrap_or_default();
    format!("{result}{trend}")
}

fn trend(since: &Movement, now: &BandView) -> Option<String> {
    let then = since.old.band.as_ref()?;
    let day = &since.old.date.words;
    Some(if then.id == now.id {
        format!(" It was the same on {day}.")
    } else {
        format!(" On {day} it was “{}”.", then.id)
    })
}

fn areas(report: &Report) -> Option<Passage> {
    let counted = report.areas.iter().filter_map(|area| Some(format!("{}: {}", area.title, word(area)?)));
    let items: Vec<String> = counted.collect();
    (!items.is_empty()).then(|| Passage {
        heading: "The areas".to_owned(),
        paragraphs: vec![
            "Strong or good is what the answers say is widely in place. Everything else is in progress."
                .to_owned(),
        ],
        items,
    })
}

/// What is neither good nor strong.
const IN_PROGRESS: &str = "in progress";

/// An area in a word that says no more than the band of what is good already.
fn word(area: &Area) -> Option<&'static str> {
    let stated: Points = area.score.stated?;
    Some(match Band::of(stated) {
        Band::Strong => "strong",
        Band::Good => "good",
        Band::Fair | Band::Weak | Band::Exposed => IN_PROGRESS,
    })
}

/// How much is set out to do, and not where: the areas above say enough.
fn next_steps(report: &Report) -> Option<Passage> {
    report.verdict.score.as_ref()?;
    let worked_on = report.areas.iter().filter(|area| word(area) == Some(IN_PROGRESS)).count();
    let steps = match report.actions.len() {
        0 => "The assessment found no further step to take.".to_owned(),
        steps => format!("The assessment sets out {}.", plural(steps, "next step", "next steps")),
    };
    let areas = match worked_on {
        0 => String::new(),
        areas => format!(" {} in progress.", plural(areas, "area is", "areas are")),
    };
    Some(Passage {
        heading: "What comes next".to_owned(),
        paragraphs: vec![format!("{steps}{areas}")],
        items: Vec::new(),
    })
}

fn about(report: &Report) -> Passage {
    let name = &report.head.organisation.name;
    let outside = match report.head.self_assessed {
        Some(false) => " It was assessed by somebody outside the organisation.",
        Some(true) => " It assessed itself.",
        None => "",
    };
    Passage {
        heading: "What this is".to_owned(),
        paragraphs: vec![
            format!(
                "{name} describes its own protection here, for its members, its voters and everybody else.{outside} The \
                 result rests on answers to a questionnaire; no system was tested."
            ),
            "The result is coverage of good practice on one day. It is not a certificate, not a promise, and not the \
             chance of being attacked. Details are left out, because they would help an attacker."
                .to_owned(),
        ],
        items: Vec::new(),
    }
}
