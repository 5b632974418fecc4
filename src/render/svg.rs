//! Pictures as inline SVG. They are made from numbers and from our own words; a person's text never comes here.
//!
//! One grammar for all: the more ink, the more protection. Solid is proven, hatched is only stated, a dotted outline is
//! not known, empty is missing. Places and widths are percentages of the picture, exact to the basis point, so that it
//! stretches while its text keeps its size; heights are pixels. The shapes are in `templates/report/shapes.html`, their
//! looks in the style sheets.

use std::fmt::{Arguments, Write};

mod trend;
mod waterfall;

use super::template::Markup;
use crate::report::{Action, BandView, Hold, HoldKind, Points, Score, Step, StepState, Verdict, Worlds};
use crate::text::{Words, phrase};

pub use trend::{Figure, trend};
#[cfg(feature = "pdf")]
pub use waterfall::{bars as waterfall_bars, in_words as movement_in_words};
pub use waterfall::{moved_bar, waterfall};

/// A picture while it is drawn.
#[derive(Default)]
struct Picture(String);

/// Text beside a mark.
struct Label<'a> {
    value: u16,
    y: u16,
    name: &'a str,
    says: &'a str,
    /// The text stands to the left of its mark from this value on: where it has room, on the narrowest picture.
    left_from: u16,
}

impl Picture {
    fn add(&mut self, line: Arguments) {
        self.0.write_fmt(line).expect("invariant: a string can always be written to");
    }

    /// A bar between two values; nothing when it has no length.
    fn bar(&mut self, class: &str, from: u16, to: u16, y: u16, height: u16) {
        if to > from {
            let (x, width) = (share(from), share(to - from));
            self.add(format_args!(
                r#"<rect class="{class}" x="{x}" y="{y}" width="{width}" height="{height}"/>"#
            ));
        }
    }

    fn shape(&mut self, id: &str, value: u16, y: u16) {
        self.add(format_args!(r##"<use href="#{id}" x="{}" y="{y}"/>"##, share(value)));
    }

    fn upright(&mut self, value: u16, from: u16, to: u16) {
        let x = share(value);
        self.add(format_args!(r#"<line class="edge" x1="{x}" x2="{x}" y1="{from}" y2="{to}"/>"#));
    }

    fn level(&mut self, class: &str, y: u16) {
        self.add(format_args!(r#"<line class="{class}" x1="0" x2="100%" y1="{y}" y2="{y}"/>"#));
    }

    fn text(&mut self, class: &str, value: u16, y: u16, words: &str) {
        self.add(format_args!(r#"<text class="{class}" x="{}" y="{y}">{words}</text>"#, share(value)));
    }

    /// The name in bold next to its mark, the explanation beyond it; narrow screens leave the explanation out.
    fn label(&mut self, label: &Label) {
        let Label { value, y, name, says, left_from } = label;
        let x = share(*value);
        if value < left_from {
            self.add(format_args!(
                r#"<text class="halo" x="{x}" dx="16" y="{y}"><tspan class="n">{name}</tspan><tspan class="w"> {says}</tspan></text>"#
            ));
        } else {
            self.add(format_args!(
                r#"<text class="halo e" x="{x}" dx="-16" y="{y}"><tspan class="w">{says} </tspan><tspan class="n">{name}</tspan></text>"#
            ));
        }
    }

    fn into_figure(self, height: u16, alternative: &str) -> Markup {
        let drawn = self.0;
        Markup::of_ours(format!(
            r#"<svg role="img" aria-label="{alternative}" width="100%" height="{height}">{drawn}</svg>"#
        ))
    }
}

/// A share of the picture: 4390 is `43.9%`.
pub(super) fn share(basis_points: u16) -> String {
    let (whole, rest) = (basis_points / 100, basis_points % 100);
    match rest {
        0 => format!("{whole}%"),
        rest if rest % 10 == 0 => format!("{whole}.{}%", rest / 10),
        rest => format!("{whole}.{rest:02}%"),
    }
}

fn or_zero(points: Option<Points>) -> u16 {
    points.map_or(0, Points::get)
}

/// The last value at which this number is still printed.
pub(super) fn last_printed_as(points: u16) -> u16 {
    (points * 100 + 99).min(Points::FULL.get())
}

/// The score from 0 to 100 with its three marks, the bands, what holds it down, and the result before as a hollow mark;
/// nothing without a score.
pub fn verdict_bar(words: &Words, verdict: &Verdict, before: Option<Points>) -> Option<Markup> {
    let (score, band) = (verdict.score.as_ref()?, verdict.band.as_ref()?);
    let hold = verdict.hold.as_ref();
    let top = if hold.is_some() { 120 } else { 92 };
    let mut picture = Picture::default();
    draw_bar(&mut picture, score, hold, top);
    draw_marks(&mut picture, words, score, hold, top);
    if let Some(before) = before {
        picture.shape("g", before.get(), top + 33);
    }
    draw_scale(&mut picture, words, band, top + 44);
    Some(picture.into_figure(top + 126, &verdict_in_words(words, score, hold, band, before)))
}

fn draw_bar(picture: &mut Picture, score: &Score, hold: Option<&Hold>, top: u16) {
    let (proven, headline) = (or_zero(score.worlds.proven), score.headline.get());
    let possible = or_zero(score.worlds.possible).max(headline);
    picture.bar("empty", 0, Points::FULL.get(), top, 26);
    picture.bar("solid", 0, proven, top, 26);
    picture.bar("hatch", proven, headline, top, 26);
    picture.bar("dots", headline, possible, top, 26);
    let Some(hold) = hold else { return };
    let beyond = or_zero(hold.without.possible).max(or_zero(hold.without.stated));
    picture.bar("dots ghost", possible, beyond, top, 26);
    let cap = share(last_printed_as(hold.cap));
    let y = top - 8;
    picture.add(format_args!(r#"<rect class="ink" x="{cap}" y="{y}" width="6" height="42"/>"#));
    for (id, without, with) in
        [("s0", hold.without.stated, headline), ("o0", hold.without.possible, possible)]
    {
        if or_zero(without) > with {
            picture.shape(id, or_zero(without), top + 13);
        }
    }
}

fn draw_marks(picture: &mut Picture, words: &Words, score: &Score, hold: Option<&Hold>, top: u16) {
    let name = |phrase: &str, value: u16| words.fill(phrase, &[("points", &(value / 100))]);
    let headline = score.headline.get();
    let possible = or_zero(score.worlds.possible).max(headline);
    let proven = or_zero(score.worlds.proven);
    let unproven = hold.is_some_and(|hold| hold.kind == HoldKind::Proof);
    let (stated, says) = if unproven {
        (phrase("result {points}"), words.say("held here until more is proven"))
    } else {
        (phrase("stated {points}"), words.say("your answers taken at their word"))
    };
    let (open, supported) =
        (words.say("if everything unknown turned out well"), words.say("what evidence supports"));
    let marks = [
        ("o", possible, name(phrase("possible {points}"), possible), open, 4600),
        ("s", headline, name(stated, headline), says, 4000),
        ("p", proven, name(phrase("proven {points}"), proven), supported, 3000),
    ];
    for (row, (id, value, name, says, left_from)) in (0_u16..).zip(&marks) {
        picture.upright(*value, 18 + 28 * row, top);
        picture.label(&Label { value: *value, y: 17 + 28 * row, name, says, left_from: *left_from });
        picture.shape(id, *value, 12 + 28 * row);
    }
    if let Some(hold) = hold {
        let value = last_printed_as(hold.cap);
        let cap = if unproven { phrase("limit {points}") } else { phrase("cap {points}") };
        let name = words.fill(cap, &[("points", &hold.cap)]);
        let says = without(words, hold, score);
        picture.label(&Label { value, y: 103, name: &name, says: &says, left_from: 6000 });
    }
}

/// What the score would be without what holds it down.
pub(super) fn without(words: &Words, hold: &Hold, score: &Score) -> String {
    let stated = hold.without.stated.map_or(0, Points::printed);
    match (hold.kind, hold.without.possible.filter(|possible| Some(*possible) > score.worlds.possible)) {
        (HoldKind::Proof, _) => words.fill("if all of it were proven, {points}", &[("points", &stated)]),
        (_, Some(possible)) => words.fill(
            "without it {stated} stated, {possible} possible",
            &[("stated", &stated), ("possible", &possible.printed())],
        ),
        (_, None) => words.fill("without it {stated} stated", &[("stated", &stated)]),
    }
}

fn draw_scale(picture: &mut Picture, words: &Words, current: &BandView, y: u16) {
    picture.level("edge", y);
    let bands = BandView::all();
    for band in &bands {
        let from = band.from * 100;
        let to = if band.to == 100 { Points::FULL.get() } else { (band.to + 1) * 100 };
        picture.upright(from, y, y + 7);
        let class = match from {
            0 => "s",
            9000 => "s m bw",
            _ => "s m",
        };
        picture.text(class, from, y + 22, &band.from.to_string());
        let class = if band.id == current.id {
            picture.bar("ink", from, to, y - 3, 6);
            "n m"
        } else {
            "s m bw"
        };
        picture.text(class, u16::midpoint(from, to), y + 44, words.say(band.id));
    }
    picture.upright(Points::FULL.get(), y, y + 7);
    picture.text("s e", Points::FULL.get(), y + 22, "100");
}

/// The same picture in words.
pub(super) fn verdict_in_words(
    words: &Words,
    score: &Score,
    hold: Option<&Hold>,
    band: &BandView,
    before: Option<Points>,
) -> String {
    let printed = score.worlds.map(|points| points.map_or(0, Points::printed));
    let result = words.fill(
        "Scale from 0 to 100. Result {result}, in the band {band}, which goes from {from} to {to}. Proven {proven}, stated {stated}, possible {possible}.",
        &[
            ("result", &score.headline.printed()),
            ("band", &words.say(band.id)),
            ("from", &band.from),
            ("to", &band.to),
            ("proven", &printed.proven),
            ("stated", &printed.stated),
            ("possible", &printed.possible),
        ],
    );
    let last_time = before.map(|before| words.fill("Last time {points}.", &[("points", &before.printed())]));
    let limit = hold.map(|hold| {
        let phrase = match hold.kind {
            HoldKind::Proof => phrase("The lack of proof holds it at {cap}; {without}."),
            HoldKind::Gate | HoldKind::Incident => phrase("A cap holds it at {cap}; {without}."),
        };
        words.fill(phrase, &[("cap", &hold.cap), ("without", &without(words, hold, score))])
    });
    let sentences: Vec<String> = [Some(result), last_time, limit].into_iter().flatten().collect();
    sentences.join(" ")
}

/// The score of an area: the same picture without words. Its numbers stand beside it, and the style sheet knows at which
/// height everything is drawn. A hollow mark below it is the stated score before.
pub fn area_bar(score: &Worlds<Option<Points>>, before: Option<Points>) -> Markup {
    let Worlds { proven, stated, possible } = score.map(or_zero);
    let mut picture = Picture::default();
    picture.add(format_args!(r##"<svg role="none"><use href="#track"/>"##));
    for (class, from, to) in [("solid", 0, proven), ("hatch", proven, stated), ("dots", stated, possible)] {
        if to > from {
            let x = if from > 0 { format!(r#" x="{}""#, share(from)) } else { String::new() };
            picture.add(format_args!(r#"<rect class="{class}"{x} width="{}"/>"#, share(to - from)));
        }
    }
    let marks = [("o", possible, possible > stated), ("s", stated, true), ("p", proven, true)];
    for (id, value, _) in marks.into_iter().filter(|(_, _, drawn)| *drawn && score.stated.is_some()) {
        picture.add(format_args!(r##"<use href="#{id}" x="{}"/>"##, share(value)));
    }
    if let Some(before) = before {
        picture.add(format_args!(r##"<use href="#g" x="{}"/>"##, share(before.get())));
    }
    picture.add(format_args!("</svg>"));
    Markup::of_ours(picture.0)
}

/// The shape of a step.
pub fn step_shape(state: StepState) -> &'static str {
    match state {
        StepState::Stopped => "stop",
        StepState::Hindered => "hind",
        StepState::Open => "open",
        StepState::Impossible => "imp",
    }
}

/// An incident in short: a shape for each step, on a path that goes no further than the step where it ends.
pub fn strip(words: &Words, steps: &[Step]) -> Markup {
    const STEP: usize = 26;
    let states: Vec<String> =
        steps.iter().map(|step| words.say(step.state.in_words()).to_lowercase()).collect();
    let mut picture = Picture::default();
    let (states, width) = (states.join(", "), steps.len() * STEP);
    picture.add(format_args!(r#"<svg role="img" aria-label="{states}" width="{width}">"#));
    let end = steps.iter().position(ends_here).unwrap_or(steps.len().saturating_sub(1));
    if end > 0 {
        picture.add(format_args!(r#"<path class="edge" d="M13 13h{}"/>"#, end * STEP));
    }
    for (place, step) in steps.iter().enumerate() {
        picture.add(format_args!(r##"<use href="#{}-s""##, step_shape(step.state)));
        if place > 0 {
            picture.add(format_args!(r#" x="{}""#, place * STEP));
        }
        picture.add(format_args!("/>"));
    }
    picture.add(format_args!("</svg>"));
    Markup::of_ours(picture.0)
}

/// Whether the path ends at this step.
pub fn ends_here(step: &Step) -> bool {
    matches!(step.state, StepState::Stopped | StepState::Impossible)
}

/// The score as the work gets done; nothing when there is none to do.
pub fn plan_line(words: &Words, verdict: &Verdict, actions: &[Action]) -> Option<Markup> {
    let (score, band) = (verdict.score.as_ref()?, verdict.band.as_ref()?);
    if actions.is_empty() {
        return None;
    }
    let plan = Plan { words, now: score.headline.get(), lowest: band.from * 100, actions };
    let mut picture = Picture::default();
    plan.draw_grid(&mut picture);
    plan.draw_steps(&mut picture);
    plan.draw_numbers(&mut picture);
    plan.draw_labels(&mut picture);
    Some(picture.into_figure(336, &plan_in_words(words, score.headline, actions)))
}

struct Plan<'a> {
    words: &'a Words,
    now: u16,
    /// The lower edge of the band that the score is in now: the axis begins there.
    lowest: u16,
    actions: &'a [Action],
}

impl Plan<'_> {
    const TOP: u16 = 20;
    const BOTTOM: u16 = 290;
    const START: u16 = 400;

    fn y(&self, value: u16) -> u16 {
        let (above, range) = (value.saturating_sub(self.lowest), Points::FULL.get() - self.lowest);
        let height = u32::from(above) * u32::from(Self::BOTTOM - Self::TOP) / u32::from(range);
        Self::BOTTOM - u16::try_from(height).unwrap_or_default()
    }

    /// Where the action with this place, from 1, is done; 0 is now.
    fn x(&self, place: usize) -> u16 {
        let range = usize::from(Points::FULL.get() - Self::START);
        Self::START + u16::try_from(place * range / (self.actions.len() + 1)).unwrap_or_default()
    }

    fn after(&self, place: usize) -> u16 {
        match place.checked_sub(1) {
            Some(action) => self.actions.get(action).map_or(self.now, |action| action.headline_after.get()),
            None => self.now,
        }
    }

    /// Every how many actions a number can be written that needs this much room: 1, 2, 5, 10, 20 or 50.
    fn every(&self, room: u16) -> usize {
        let least = usize::from(room).div_ceil(usize::from(self.x(1) - self.x(0)).max(1));
        [1, 2, 5, 10, 20].into_iter().find(|every| *every >= least).unwrap_or(50)
    }

    fn draw_grid(&self, picture: &mut Picture) {
        for band in BandView::all().iter().filter(|band| band.from * 100 >= self.lowest) {
            let y = self.y(band.from * 100);
            picture.level(if y == Self::BOTTOM { "edge" } else { "grid" }, y);
            // Close to the ground the words "now 13" stand here instead.
            if y < Self::BOTTOM || self.y(self.now) < Self::BOTTOM - 50 {
                picture.text("s", 0, y - 5, &format!("{} {}", band.from, self.words.say(band.id)));
            }
        }
    }

    /// Each line is one path, in a picture of its own that is stretched, because a path knows no percentages.
    fn draw_steps(&self, picture: &mut Picture) {
        picture
            .add(format_args!(r#"<svg class="steps" viewBox="0 0 10000 336" preserveAspectRatio="none">"#));
        let held = |action: &Action| action.headline_after < action.stated_after;
        if let Some(first) = self.actions.iter().position(held) {
            self.draw_path(picture, "dots", first + 1, |action| action.stated_after);
        }
        self.draw_path(picture, "step", 0, |action| action.headline_after);
        picture.add(format_args!("</svg>"));
    }

    fn draw_path(&self, picture: &mut Picture, class: &str, from: usize, score: impl Fn(&Action) -> Points) {
        picture.add(format_args!(
            r#"<path class="{class}" d="M{} {}"#,
            self.x(from),
            self.y(self.after(from))
        ));
        for (place, action) in (1..).zip(self.actions).skip(from.saturating_sub(1)) {
            picture.add(format_args!("H{}V{}", self.x(place), self.y(score(action).get())));
        }
        picture.add(format_args!(r#"H10000"/>"#));
    }

    fn draw_numbers(&self, picture: &mut Picture) {
        let (wide, narrow) = (self.every(330), self.every(800));
        picture.add(format_args!(r#"<svg class="s m" y="310">"#));
        for place in (wide..=self.actions.len()).step_by(wide) {
            let class = if place.is_multiple_of(narrow) { "" } else { r#" class="w""# };
            picture.add(format_args!(r#"<text{class} x="{}">{place}</text>"#, share(self.x(place))));
        }
        picture.add(format_args!("</svg>"));
        picture.text("s", self.x(0), 330, self.words.say("after action"));
    }

    fn draw_labels(&self, picture: &mut Picture) {
        picture.add(format_args!(r#"<g class="halo">"#));
        let now = self.words.fill("now {points}", &[("points", &(self.now / 100))]);
        picture.text("n", self.x(0), self.y(self.now) + 20, &now);
        let last = self.actions.len();
        let changes = |place: &usize| self.after(*place) / 100 != self.after(*place - 1) / 100;
        let (mut wide, mut narrow) = (u16::MAX, u16::MAX);
        for place in (1..=last).rev().filter(changes) {
            let x = self.x(place);
            if wide - x < 450 {
                continue;
            }
            let mut classes = Vec::from_iter((wide == u16::MAX).then_some("n"));
            wide = x;
            if narrow - x < 1200 {
                classes.push("w");
            } else {
                narrow = x;
            }
            let dx = if x > 9400 { -5 } else { 5 };
            classes.extend((dx < 0).then_some("e"));
            let class = match classes.join(" ") {
                none if none.is_empty() => none,
                classes => format!(r#" class="{classes}""#),
            };
            let (x, y, words) = (share(x), self.y(self.after(place)) - 7, self.after(place) / 100);
            picture.add(format_args!(r#"<text{class} x="{x}" dx="{dx}" y="{y}">{words}</text>"#));
        }
        picture.add(format_args!("</g>"));
        self.draw_lifts(picture);
    }

    fn draw_lifts(&self, picture: &mut Picture) {
        let mut free_from = 0;
        for (place, action) in (1..).zip(self.actions) {
            let x = self.x(place);
            let Some(cap) = action.lifts.first().filter(|_| (free_from..7000).contains(&x)) else { continue };
            let (at, y) = (share(x), self.y(self.after(place)) + 18);
            let lifts = self
                .words
                .fill("action {number} lifts the cap at {cap}", &[("number", &place), ("cap", cap)]);
            picture.add(format_args!(r#"<text class="halo s w" x="{at}" dx="8" y="{y}">{lifts}</text>"#));
            free_from = x + 2500;
        }
    }
}

/// The same line in words.
pub(super) fn plan_in_words(words: &Words, now: Points, actions: &[Action]) -> String {
    let after = actions.last().map_or(now, |action| action.headline_after);
    words.fill(
        "The score as the work gets done: now {now}, after the last of {actions} {after}. The table below has every step.",
        &[
            ("now", &now.printed()),
            ("actions", &words.plural(actions.len(), "action", "actions")),
            ("after", &after.printed()),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::fixture;

    fn drawn(markup: Option<Markup>) -> String {
        markup.unwrap().as_str().to_owned()
    }

    #[test]
    fn shares_are_exact() {
        for (basis_points, text) in
            [(0, "0%"), (7, "0.07%"), (4390, "43.9%"), (3999, "39.99%"), (10_000, "100%"), (1005, "10.05%")]
        {
            assert_eq!(share(basis_points), text);
        }
    }

    #[test]
    fn the_verdict_shows_three_marks_and_what_a_cap_takes() {
        let bar = drawn(verdict_bar(Words::ENGLISH, &fixture::report().verdict, None));
        for piece in [
            r#"<rect class="solid" x="0%" y="120" width="39.99%""#,
            r#"<rect class="hatch" x="39.99%" y="120" width="20%""#,
            r#"<rect class="dots ghost" x="59.99%" y="120" width="10.22%""#,
            r#"<rect class="ink" x="59.99%" y="112" width="6""#,
            r##"<use href="#s0" x="63.3%""##,
            r##"<use href="#o0" x="70.21%""##,
            "<tspan class=\"n\">cap 59</tspan><tspan class=\"w\"> without it 63 stated, 70 possible</tspan>",
            "Result 59, in the band weak, which goes from 40 to 59. Proven 39, stated 59, possible 59. A cap holds it",
        ] {
            assert!(bar.contains(piece), "{piece} is missing in {bar}");
        }
    }

    #[test]
    fn a_verdict_without_a_cap_has_no_upright_and_no_ghosts() {
        let bar = drawn(verdict_bar(Words::ENGLISH, &fixture::tiny().verdict, None));
        assert!(!bar.contains("ghost") && !bar.contains("#s0") && !bar.contains("cap"));
        assert!(bar.contains(r#"<rect class="solid" x="0%" y="92""#));
    }

    #[test]
    fn a_result_held_for_lack_of_proof_says_so() {
        let bar = drawn(verdict_bar(Words::ENGLISH, &fixture::held_by(HoldKind::Proof).verdict, None));
        assert!(
            bar.contains("result 79")
                && bar.contains("limit 79")
                && bar.contains("if all of it were proven, 85")
        );
        assert!(bar.contains(r##"<use href="#s0" x="85.31%""##) && !bar.contains("#o0"));
    }

    #[test]
    fn without_a_score_there_is_nothing_to_draw() {
        let report = fixture::without_score();
        assert_eq!(verdict_bar(Words::ENGLISH, &report.verdict, None), None);
        assert_eq!(plan_line(Words::ENGLISH, &report.verdict, &report.actions), None);
        assert_eq!(
            area_bar(&report.areas[0].score, None).as_str(),
            r##"<svg role="none"><use href="#track"/></svg>"##
        );
    }

    #[test]
    fn a_strip_is_drawn_up_to_the_step_where_the_path_ends() {
        let strip = strip(Words::ENGLISH, &fixture::report().incidents.replayed[2].steps);
        assert!(strip.as_str().contains(r#"aria-label="hindered, stopped, impossible here" width="78""#));
        assert!(strip.as_str().contains(r##"<path class="edge" d="M13 13h26"/><use href="#hind-s"/>"##));
    }

    #[test]
    fn the_plan_begins_at_the_edge_of_the_band_and_names_each_change() {
        let report = fixture::report();
        let line = drawn(plan_line(Words::ENGLISH, &report.verdict, &report.actions));
        assert!(line.contains(r#"d="M400 201H2800V173H5200V169H7600V145H10000""#), "{line}");
        assert!(line.contains("now 59") && line.contains(">66</text>") && line.contains(">72</text>"));
        assert!(line.contains("action 1 lifts the cap at 59") && line.contains("40 weak"));
    }
}
