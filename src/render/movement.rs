//! What moved between two assessments, as one HTML file that needs nothing else, and as a part of a report.

use serde::Serialize;

use super::brand::BrandView;
use super::style::{BASE_CSS, REPORT_CSS, Style, accent, page_margins, shortened};
use super::svg;
use super::template::{self, Markup, TemplateError};
use crate::report::{
    AreaMovement, ChangeGroup, ChangeGroupKind, GateMovement, Head, IncidentMovement, Movement, Turn,
};
use crate::text::Words;

pub(super) const MOVEMENT_CSS: &str = include_str!("../../templates/movement/movement.css");

/// What moved, as a page.
///
/// # Errors
///
/// When a template does not fit, which is a mistake in the program.
pub fn html(movement: &Movement) -> Result<String, TemplateError> {
    let page = Page {
        head: &movement.head,
        brand: movement.head.brand.as_ref().map(BrandView::new),
        title: format!("{}: what moved", shortened(&movement.head.organisation.name, 48)),
        style: Style::new(
            Words::ENGLISH,
            &[BASE_CSS, REPORT_CSS, MOVEMENT_CSS],
            &(accent(&movement.head) + &page_margins(&movement.head)),
        ),
        areas: movement.areas.iter().map(AreaRow::new).collect(),
        since: Since::new(movement, Words::ENGLISH, false),
    };
    template::fill("movement/page.html", &page)
}

/// The days of both assessments in words; one that is both is told once.
pub(super) fn days(movement: &Movement) -> String {
    let (old, new) = (&movement.old.date.words, &movement.new.date.words);
    if old == new { format!("Both on {new}") } else { format!("{old} to {new}") }
}

/// What the template of the page is given.
#[derive(Serialize)]
struct Page<'a> {
    head: &'a Head,
    brand: Option<BrandView<'a>>,
    title: String,
    style: Style,
    areas: Vec<AreaRow<'a>>,
    since: Since<'a>,
}

#[derive(Serialize)]
struct AreaRow<'a> {
    area: &'a AreaMovement,
    bar: Markup,
    /// With its sign; nothing when there is no score before or now.
    moved: Option<String>,
}

impl<'a> AreaRow<'a> {
    fn new(area: &'a AreaMovement) -> Self {
        let moved = area.stated_new.zip(area.stated_old).map(|(new, old)| new.since(old).to_string());
        Self { area, bar: svg::moved_bar(area), moved }
    }
}

/// What moved, as a part of a page.
#[derive(Serialize)]
pub(super) struct Since<'a> {
    movement: &'a Movement,
    picture: Option<Markup>,
    /// The sum, line by line, with signs.
    sum: Option<[String; 5]>,
    groups: Vec<Group<'a>>,
    /// How many of these tell of what got worse.
    worse: usize,
    opened_gates: Vec<&'a GateMovement>,
    closed_gates: Vec<&'a GateMovement>,
    opened_incidents: Vec<&'a IncidentMovement>,
    closed_incidents: Vec<&'a IncidentMovement>,
    other_incidents: Vec<&'a IncidentMovement>,
    /// Whether the questions are on the same page, so that their numbers lead to them.
    linked: bool,
}

#[derive(Serialize)]
struct Group<'a> {
    group: &'a ChangeGroup,
    /// The effect of each change, with its sign; a dash where there is none.
    effects: Vec<String>,
}

impl<'a> Since<'a> {
    pub(super) fn new(movement: &'a Movement, words: &'static Words, linked: bool) -> Self {
        let worse = movement.groups.iter().filter(|group| group.kind == ChangeGroupKind::Worse);
        let incidents = |turned: fn(Turn) -> bool| -> Vec<&'a IncidentMovement> {
            movement.incidents.iter().filter(|incident| turned(incident.turn)).collect()
        };
        let sum = movement.score.map(|score| {
            [
                score.headline_old.to_string(),
                score.real.to_string(),
                score.yardstick.to_string(),
                score.proof.to_string(),
                score.headline_new.to_string(),
            ]
        });
        Self {
            movement,
            picture: svg::waterfall(words, movement),
            sum,
            groups: movement.groups.iter().map(Group::new).collect(),
            worse: worse.count(),
            opened_gates: movement.gates.iter().filter(|gate| !gate.closed).collect(),
            closed_gates: movement.gates.iter().filter(|gate| gate.closed).collect(),
            opened_incidents: incidents(Turn::is_open),
            closed_incidents: incidents(|turn| turn == Turn::Closed),
            other_incidents: incidents(|turn| turn == Turn::Other),
            linked,
        }
    }
}

impl<'a> Group<'a> {
    fn new(group: &'a ChangeGroup) -> Self {
        let effect = |effect: Option<_>| {
            effect.map_or_else(|| "–".to_owned(), |e: crate::report::Difference| e.to_string())
        };
        Self { group, effects: group.changes.iter().map(|change| effect(change.points)).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::fixture;

    fn hostile(text: &str) -> String {
        format!("{text}</style><script>alert(1)</script>\" onload=\"x' \u{1b}]0;x\u{7}\u{202e}")
    }

    #[test]
    fn one_day_is_told_once() {
        let mut movement = fixture::movement(str::to_owned);
        assert_eq!(days(&movement), "18 May 2026 to 23 November 2026");
        movement.old.date = movement.new.date.clone();
        assert_eq!(days(&movement), "Both on 23 November 2026");
    }

    #[test]
    fn the_page_is_as_it_was_when_somebody_last_looked() {
        let golden = format!("{}/tests/golden/pages/moved.html", env!("CARGO_MANIFEST_DIR"));
        let page = html(&fixture::movement(str::to_owned)).unwrap();
        snapbox::assert_data_eq!(page, snapbox::Data::read_from(golden.as_ref(), None).raw());
    }

    #[test]
    fn text_of_a_person_stays_text() {
        let plain = html(&fixture::movement(str::to_owned)).unwrap();
        let changed = html(&fixture::movement(hostile)).unwrap();
        for mark in ['<', '>', '"'] {
            assert_eq!(plain.matches(mark).count(), changed.matches(mark).count(), "a text escaped: {mark}");
        }
        assert!(!changed.contains("<script") && !changed.contains(['\u{1b}', '\u{7}', '\u{202e}']));
    }

    #[test]
    fn the_policy_allows_the_style_of_the_page_and_nothing_else() {
        let page = html(&fixture::movement(str::to_owned)).unwrap();
        let sheet = page.split("<style>").nth(1).unwrap().split("</style>").next().unwrap();
        assert!(page.contains(&format!("style-src 'sha256-{}'", Style::hash_of(sheet))));
        assert!(!page.contains(" style=") && !page.contains("<a href=\"#q"), "numbers lead nowhere here");
    }

    #[test]
    fn every_change_is_there_and_the_small_ones_are_folded() {
        let movement = fixture::movement(str::to_owned);
        let page = html(&movement).unwrap();
        let rows = page.matches("Improved, better proof").count();
        assert_eq!(rows, movement.changes().count());
        assert!(
            page.contains("What got better (12)") && page.contains("<summary>2 more, with smaller effects")
        );
    }

    #[test]
    fn without_scores_the_answers_are_still_compared() {
        let movement = Movement { score: None, ..fixture::movement(str::to_owned) };
        let page = html(&movement).unwrap();
        assert!(!page.contains("<figure") && page.contains("What got worse (1)"));
    }
}
