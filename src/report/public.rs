//! What the public is told: in words, and nothing that would help an attacker.

use serde::Serialize;

use super::label;
use super::{Area, BandView, Chapter, Counts, Head, Incidents, Movement, Report, Verdict};
use crate::model::Points;
use crate::scoring::Band;
use crate::text::{Words, phrase};

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
    let words = report.words;
    let known = is_known(&report);
    let [areas, next_steps] = [areas, next_steps].map(|told| known.then(|| told(&report)).flatten());
    let passages = [areas, next_steps, Some(about(&report))];
    let sentence = sentence(&report);
    let own_words = report.afterword.into_iter().filter(|chapter| chapter.id == "public");
    let own_words =
        own_words.map(|chapter| Chapter { heading: words.say("In our own words"), ..chapter }).collect();
    Report {
        head: head(report.head, words),
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
fn head(head: Head, words: &Words) -> Head {
    let (brand, foreign) = match head.brand {
        Some(brand) if brand.name.trim() == head.organisation.name.trim() => (Some(brand), None),
        brand => (None, brand),
    };
    let marked_by_it = foreign.is_some_and(|brand| brand.marking.is_some());
    let marking = head.marking.filter(|_| !marked_by_it);
    let assessed_by = super::head::assessed_by(None, head.self_assessed, words);
    Head { marking, assessed_by, brand, ..head }.without_hashes()
}

/// Whether any question has an answer: without one, the lowest band would say something that nobody knows.
fn is_known(report: &Report) -> bool {
    report.verdict.counts.answered > 0
}

/// The band, and how it has moved.
fn sentence(report: &Report) -> String {
    let words = report.words;
    if !is_known(report) {
        return words.say("Nothing can be said yet: no question has been answered.").to_owned();
    }
    let Some(band) = &report.verdict.band else {
        return words.say("No question counted, so there is no result.").to_owned();
    };
    let bands: Vec<&str> = Band::ALL.into_iter().map(|band| words.say(label::band(band))).collect();
    let result = words.fill(
        "The result is in the band “{band}”: {meaning}. The bands are {bands}, from the lowest to the highest.",
        &[("band", &words.say(band.id)), ("meaning", &band.meaning), ("bands", &words.and_list(&bands))],
    );
    let trend = report.since.as_ref().and_then(|since| trend(since, band, words));
    [Some(result), trend].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn trend(since: &Movement, now: &BandView, words: &Words) -> Option<String> {
    let then = since.old.band.as_ref()?;
    let how = if then.id == now.id {
        phrase("It was the same on {day}.")
    } else {
        phrase("On {day} it was “{band}”.")
    };
    Some(words.fill(how, &[("day", &since.old.date.words), ("band", &words.say(then.id))]))
}

fn areas(report: &Report) -> Option<Passage> {
    let words = report.words;
    let item = |area: &Area| Some(format!("{}: {}", area.title, words.say(word(area)?)));
    let items: Vec<String> = report.areas.iter().filter_map(item).collect();
    let widely = words
        .say("Strong or good is what the answers say is widely in place. Everything else is in progress.");
    (!items.is_empty()).then(|| Passage {
        heading: words.say("The areas").to_owned(),
        paragraphs: vec![widely.to_owned()],
        items,
    })
}

/// What is neither good nor strong.
const IN_PROGRESS: &str = phrase("in progress");

/// An area in a phrase that says no more than the band of what is good already.
fn word(area: &Area) -> Option<&'static str> {
    let stated: Points = area.score.stated?;
    Some(match Band::of(stated) {
        band @ (Band::Strong | Band::Good) => label::band(band),
        Band::Fair | Band::Weak | Band::Exposed => IN_PROGRESS,
    })
}

/// How much is set out to do, and not where: the areas above say enough.
fn next_steps(report: &Report) -> Option<Passage> {
    report.verdict.score.as_ref()?;
    let words = report.words;
    let worked_on = report.areas.iter().filter(|area| word(area) == Some(IN_PROGRESS)).count();
    let steps = match report.actions.len() {
        0 => words.say("The assessment found no further step to take.").to_owned(),
        steps => {
            let steps = words.plural(steps, "next step", "next steps");
            words.fill("The assessment sets out {steps}.", &[("steps", &steps)])
        }
    };
    let areas = (worked_on > 0).then(|| {
        let areas = words.plural(worked_on, "area is in progress", "areas are in progress");
        words.fill("{areas}.", &[("areas", &areas)])
    });
    Some(Passage {
        heading: words.say("What comes next").to_owned(),
        paragraphs: vec![[Some(steps), areas].into_iter().flatten().collect::<Vec<_>>().join(" ")],
        items: Vec::new(),
    })
}

fn about(report: &Report) -> Passage {
    let (words, name) = (report.words, &report.head.organisation.name);
    let how = match report.head.self_assessed {
        Some(false) => phrase(
            "{name} describes its own protection here, for its members, its voters and everybody else. It was assessed \
             by somebody outside the organisation. The result rests on answers to a questionnaire; no system was tested.",
        ),
        Some(true) => phrase(
            "{name} describes its own protection here, for its members, its voters and everybody else. It assessed \
             itself. The result rests on answers to a questionnaire; no system was tested.",
        ),
        None => phrase(
            "{name} describes its own protection here, for its members, its voters and everybody else. The result rests \
             on answers to a questionnaire; no system was tested.",
        ),
    };
    let coverage = words.say(
        "The result is coverage of good practice on one day. It is not a certificate, not a promise, and not the chance \
         of being attacked. Details are left out, because they would help an attacker.",
    );
    Passage {
        heading: words.say("What this is").to_owned(),
        paragraphs: vec![words.fill(how, &[("name", name)]), coverage.to_owned()],
        items: Vec::new(),
    }
}
