//! The pictures of a report. One grammar for all: the more ink, the more protection. Solid is proven, hatched is only
//! stated, a dotted outline is not known, empty is missing.

mod plan;
mod waterfall;

use super::picture::{DOTS, GHOST, Picture, Stroke, THICK, THIN};
use super::text::{ACCENT, BODY, BOLD, INK, LINE, NOTE, PANEL, PAPER, SOFT, Span, Style};
use crate::render::svg;
use crate::report::{
    BandView, Finding, Hold, HoldKind, Points, Score, Status, Step, StepState, Verdict, Worlds,
};
use crate::text::Words;

pub use plan::plan_line;
pub use waterfall::waterfall;

/// The size of a small picture before a line of words.
pub const ICON: f32 = 10.0;
/// The width of the bar of an area.
pub const AREA_BAR: f32 = 150.0;
/// The width of the bar of a question.
const CREDIT_BAR: f32 = 34.0;
/// Words in pictures.
const WORDS: Style = Style { size: 8.0, ..NOTE };
/// Names in pictures.
const NAME: Style = Style { size: 9.0, ..BOLD };

/// Where a value stands on a scale of this width.
fn at(points: u16, width: f32) -> f32 {
    f32::from(points) / 10_000.0 * width
}

fn or_zero(points: Option<Points>) -> u16 {
    points.map_or(0, Points::get)
}

/// The score from 0 to 100 with its three marks, the bands, what holds it down, and the result before as a hollow mark;
/// nothing without a score.
pub fn verdict_bar(verdict: &Verdict, before: Option<Points>, width: f32) -> Option<Picture> {
    let (score, band) = (verdict.score.as_ref()?, verdict.band.as_ref()?);
    let hold = verdict.hold.as_ref();
    let top = if hold.is_some() { 84.0 } else { 64.0 };
    let mut picture = Picture::new(width, top + 78.0);
    verdict_ground(&mut picture, score, hold, top);
    verdict_marks(&mut picture, score, hold, top);
    if let Some(before) = before {
        picture.before(at(before.get(), width), top + 24.0, 7.0);
    }
    scale(&mut picture, band, top + 31.0);
    Some(picture.saying(svg::verdict_in_words(Words::ENGLISH, score, hold, band, before)))
}

fn verdict_ground(picture: &mut Picture, score: &Score, hold: Option<&Hold>, top: f32) {
    const HEIGHT: f32 = 18.0;
    let width = picture.width;
    let headline = score.headline.get();
    let possible = or_zero(score.worlds.possible).max(headline);
    picture.rect([0.0, top, width, HEIGHT], Some(PANEL), None);
    let worlds = [or_zero(score.worlds.proven).min(headline), headline, possible];
    picture.worlds(worlds.map(|value| at(value, width)), top, HEIGHT);
    let Some(hold) = hold else { return };
    let beyond = at(or_zero(hold.without.possible).max(or_zero(hold.without.stated)), width);
    let possible = at(possible, width);
    picture.rect([possible, top, beyond - possible, HEIGHT], None, Some(GHOST));
    let cap = at(svg::last_printed_as(hold.cap), width);
    picture.rect([cap, top - 5.0, 4.0, HEIGHT + 10.0], Some(INK), None);
    if or_zero(hold.without.stated) > headline {
        picture.stated(at(or_zero(hold.without.stated), width), top + HEIGHT * 0.5, 6.0, PAPER, SOFT);
    }
    let hollow = Stroke { colour: SOFT, width: 0.8, dash: None };
    if hold.without.possible > score.worlds.possible {
        let x = at(or_zero(hold.without.possible), width);
        picture.circle(x, top + HEIGHT * 0.5, 5.0, None, Some(hollow));
    }
}

fn verdict_marks(picture: &mut Picture, score: &Score, hold: Option<&Hold>, top: f32) {
    let width = picture.width;
    let headline = score.headline.get();
    let unproven = hold.is_some_and(|hold| hold.kind == HoldKind::Proof);
    let (stated, says) = if unproven {
        ("result", "held here until more is proven")
    } else {
        ("stated", "your answers taken at their word")
    };
    let (possible, proven) = (or_zero(score.worlds.possible).max(headline), or_zero(score.worlds.proven));
    let rows = [
        (8.0, possible, "possible", "if everything unknown turned out well"),
        (28.0, headline, stated, says),
        (48.0, proven, "proven", "what evidence supports"),
    ];
    for (y, value, name, says) in rows {
        let x = at(value, width);
        picture.line((x, y), (x, top), THIN);
        label(picture, x, y, &format!("{name} {}", value / 100), says);
    }
    picture.possible(at(possible, width), 8.0, 6.0);
    picture.stated(at(headline, width), 28.0, 6.5, ACCENT, PAPER);
    picture.proven(at(proven, width), 48.0, 8.0);
    if let Some(hold) = hold {
        let name = format!("{} {}", if unproven { "limit" } else { "cap" }, hold.cap);
        label(
            picture,
            at(svg::last_printed_as(hold.cap), width) + 2.0,
            69.0,
            &name,
            &svg::without(Words::ENGLISH, hold, score),
        );
    }
}

/// Words beside a mark: to the right of it where there is room, else to the left.
fn label(picture: &mut Picture, x: f32, y: f32, name: &str, says: &str) {
    let (x, share, spans) = if x < picture.width * 0.55 {
        (x + 11.0, 0.0, vec![Span::new(NAME, name), Span::new(WORDS, format!("  {says}"))])
    } else {
        (x - 11.0, 1.0, vec![Span::new(WORDS, format!("{says}  ")), Span::new(NAME, name)])
    };
    picture.label(x, y + 3.0, share, spans);
}

fn scale(picture: &mut Picture, current: &BandView, y: f32) {
    let width = picture.width;
    picture.line((0.0, y), (width, y), THIN);
    for band in BandView::all() {
        let from = at(band.from * 100, width);
        let to = if band.to == 100 { width } else { at((band.to + 1) * 100, width) };
        picture.line((from, y), (from, y + 5.0), THIN);
        let share = if band.from == 0 { 0.0 } else { 0.5 };
        picture.text(from, y + 15.0, share, vec![Span::new(WORDS, band.from.to_string())]);
        let is_current = band.id == current.id;
        if is_current {
            picture.rect([from, y - 2.0, to - from, 4.0], Some(INK), None);
        }
        let style = if is_current { NAME } else { WORDS };
        picture.text((from + to) * 0.5, y + 29.0, 0.5, vec![Span::new(style, band.id)]);
    }
    picture.line((width, y), (width, y + 5.0), THIN);
    picture.text(width, y + 15.0, 1.0, vec![Span::new(WORDS, "100")]);
}

/// The score of an area: the same picture without words, because its numbers stand beside it.
pub fn area_bar(score: &Worlds<Option<Points>>, before: Option<Points>) -> Picture {
    let mut picture = Picture::new(AREA_BAR, 15.0);
    let Worlds { proven, stated, possible } = score.map(or_zero);
    let middle = 6.0;
    picture.line(
        (0.0, middle + 5.0),
        (AREA_BAR, middle + 5.0),
        Stroke { colour: LINE, width: 0.6, dash: None },
    );
    let [proven, stated, possible] = [proven, stated, possible].map(|value| at(value, AREA_BAR));
    picture.worlds([proven, stated, possible], middle - 3.5, 7.0);
    if score.stated.is_some() {
        if possible > stated {
            picture.possible(possible, middle, 4.2);
        }
        picture.stated(stated, middle, 4.6, ACCENT, PAPER);
        picture.proven(proven, middle, 5.6);
    }
    if let Some(before) = before {
        picture.before(at(before.get(), AREA_BAR), middle + 7.0, 5.0);
    }
    picture
}

/// What a question earns, as a small bar.
pub fn credit(finding: &Finding) -> Picture {
    let mut picture = Picture::new(CREDIT_BAR, 8.0);
    let frame = [0.0, 0.5, CREDIT_BAR, 7.0];
    let edge = Stroke { colour: LINE, width: 0.6, dash: None };
    match finding.standing {
        "unknown" | "unanswered" => {
            picture.rect(frame, None, Some(Stroke { dash: Some([2.0, 1.6]), ..edge }));
        }
        "answered" => {
            let [stated, proven] = [finding.credit.stated, finding.credit.proven].map(or_zero);
            picture.rect([0.0, 0.5, at(proven, CREDIT_BAR), 7.0], Some(ACCENT), None);
            picture.hatch([at(proven, CREDIT_BAR), 0.5, at(stated.saturating_sub(proven), CREDIT_BAR), 7.0]);
            picture.rect(frame, None, Some(edge));
        }
        _ => picture.line((CREDIT_BAR * 0.3, 4.0), (CREDIT_BAR * 0.7, 4.0), THICK),
    }
    picture
}

/// The marks of the legend.
#[derive(Clone, Copy)]
pub enum Sign {
    /// Proven.
    Proven,
    /// Stated.
    Stated,
    /// Possible.
    Possible,
    /// Stated last time.
    Before,
}

/// A mark of the legend.
pub fn sign(sign: Sign) -> Picture {
    let mut picture = Picture::new(ICON, ICON);
    let half = ICON * 0.5;
    match sign {
        Sign::Proven => picture.proven(half, half, 7.0),
        Sign::Stated => picture.stated(half, half, 5.8, ACCENT, PAPER),
        Sign::Possible => picture.possible(half, half, 5.0),
        Sign::Before => picture.before(half, half, 7.0),
    }
    picture
}

/// The shape of a step.
pub fn step(state: StepState) -> Picture {
    let mut picture = Picture::new(ICON, ICON);
    draw_step(&mut picture, state, ICON * 0.5, ICON * 0.5, 4.6);
    picture
}

fn draw_step(picture: &mut Picture, state: StepState, x: f32, y: f32, r: f32) {
    match state {
        StepState::Stopped => picture.stopped(x, y, r),
        StepState::Hindered => picture.hindered(x, y, r),
        StepState::Open => picture.open(x, y, r),
        StepState::Impossible => picture.impossible(x, y, r),
    }
}

/// An incident in short: a shape for each step, on a path that goes no further than the step where it ends.
pub fn strip(steps: &[Step]) -> Picture {
    const STEP: f32 = 16.0;
    let places = || steps.iter().scan(STEP * 0.5, |x, step| Some((std::mem::replace(x, *x + STEP), step)));
    let width = places().last().map_or(0.0, |(x, _)| x + STEP * 0.5);
    let mut picture = Picture::new(width, 12.0);
    let end = places().find(|(_, step)| svg::ends_here(step)).or_else(|| places().last());
    if let Some((end, _)) = end.filter(|(end, _)| *end > STEP) {
        picture.line((STEP * 0.5, 6.0), (end, 6.0), THICK);
    }
    for (x, step) in places() {
        draw_step(&mut picture, step.state, x, 6.0, 4.6);
    }
    let words: Vec<String> = steps.iter().map(|step| step.state.in_words().to_lowercase()).collect();
    picture.saying(words.join(", "))
}

/// How an item of a framework stands.
pub fn status(status: Status) -> Picture {
    let mut picture = Picture::new(ICON, ICON);
    let frame = [1.0, 1.0, 8.0, 8.0];
    match status {
        Status::Met => picture.rect(frame, Some(INK), Some(THIN)),
        Status::Partly => {
            picture.rect([1.0, 5.0, 8.0, 4.0], Some(INK), None);
            picture.rect(frame, None, Some(THIN));
        }
        Status::NotMet => picture.rect(frame, None, Some(THIN)),
        Status::Unknown => {
            picture.rect(frame, None, Some(Stroke { dash: Some([1.8, 1.2]), ..THIN }));
            picture.text(5.0, 7.6, 0.5, vec![Span::new(Style { size: 7.0, ..BOLD }, "?")]);
        }
        Status::NotAsked => picture.line((1.0, 5.0), (9.0, 5.0), THIN),
    }
    picture
}

/// A dotted line for the legend of a line.
const STEPS: Stroke = Stroke { colour: ACCENT, width: 1.6, dash: None };
const BEYOND: Stroke = Stroke { width: 1.2, ..DOTS };
/// The style of numbers along an axis.
const AXIS: Style = Style { size: 7.5, colour: SOFT, ..BODY };
