//! The score as the work gets done.

use super::{AXIS, BEYOND, NAME, STEPS};
use crate::render::pdf::picture::{Picture, Step, Stroke, THIN};
use crate::render::pdf::text::{RULE, Span};
use crate::render::svg;
use crate::report::{Action, BandView, Points, Verdict};
use crate::text::Words;

const TOP: f32 = 14.0;
const BOTTOM: f32 = 150.0;
const START: f32 = 24.0;

/// The score as the work gets done; nothing when there is none to do.
pub fn plan_line(verdict: &Verdict, actions: &[Action], width: f32) -> Option<Picture> {
    let (score, band) = (verdict.score.as_ref()?, verdict.band.as_ref()?);
    if actions.is_empty() {
        return None;
    }
    let plan = Plan { now: score.headline, lowest: band.from * 100, actions, width };
    let mut picture = Picture::new(width, BOTTOM + 30.0);
    plan.grid(&mut picture);
    plan.lines(&mut picture);
    plan.labels(&mut picture);
    Some(picture.saying(svg::plan_in_words(Words::ENGLISH, score.headline, actions)))
}

struct Plan<'a> {
    now: Points,
    /// The lower edge of the band that the score is in now: the axis begins there.
    lowest: u16,
    actions: &'a [Action],
    width: f32,
}

impl Plan<'_> {
    fn y(&self, value: Points) -> f32 {
        let above = f32::from(value.get().saturating_sub(self.lowest));
        BOTTOM - above / f32::from(10_000 - self.lowest) * (BOTTOM - TOP)
    }

    /// How far one action is from the next.
    fn step(&self) -> f32 {
        (self.width - START) / f32::from(u16::try_from(self.actions.len() + 1).unwrap_or(u16::MAX))
    }

    /// Where each action is done, with its number.
    fn places(&self) -> impl Iterator<Item = (f32, usize, &Action)> {
        let step = self.step();
        let places = std::iter::successors(Some(START + step), move |x| Some(x + step));
        places.zip(self.actions).zip(1..).map(|((x, action), number)| (x, number, action))
    }

    fn grid(&self, picture: &mut Picture) {
        let thin = Stroke { colour: RULE, width: 0.5, dash: None };
        for band in BandView::all().iter().filter(|band| band.from * 100 >= self.lowest) {
            let y = self.y(Points::new(band.from * 100).unwrap_or_default());
            let stroke = if y < BOTTOM { thin } else { THIN };
            picture.line((0.0, y), (self.width, y), stroke);
            // Close to the ground the words "now 13" stand here instead.
            if y < BOTTOM || self.y(self.now) < BOTTOM - 26.0 {
                picture.text(0.0, y - 3.0, 0.0, vec![Span::new(AXIS, format!("{} {}", band.from, band.id))]);
            }
        }
    }

    fn lines(&self, picture: &mut Picture) {
        let held = |action: &Action| action.headline_after < action.stated_after;
        if let Some(first) = self.actions.iter().position(held) {
            self.line(picture, first + 1, BEYOND, |action| action.stated_after);
        }
        self.line(picture, 0, STEPS, |action| action.headline_after);
    }

    fn line(&self, picture: &mut Picture, from: usize, stroke: Stroke, score: impl Fn(&Action) -> Points) {
        let mut last = (START, self.y(self.now));
        let mut steps = vec![Step::Move(last.0, last.1)];
        for (x, number, action) in self.places() {
            let y = self.y(if number < from { action.headline_after } else { score(action) });
            if number == from {
                steps = vec![Step::Move(x, self.y(action.headline_after)), Step::Line(x, y)];
            } else {
                steps.extend([Step::Line(x, last.1), Step::Line(x, y)]);
            }
            last = (x, y);
        }
        steps.push(Step::Line(self.width, last.1));
        picture.path(steps, None, Some(stroke));
    }

    fn labels(&self, picture: &mut Picture) {
        let now = format!("now {}", self.now.printed());
        picture.label(START, self.y(self.now) + 12.0, 0.0, vec![Span::new(NAME, now)]);
        let mut printed = self.now.printed();
        let (mut free_from, mut free_below) = (START, START);
        for (x, number, action) in self.places() {
            let after = action.headline_after.printed();
            if after != printed && x >= free_from {
                let style = if number == self.actions.len() { NAME } else { AXIS };
                let (x, share) = if x > self.width - 20.0 { (x - 2.0, 1.0) } else { (x + 2.0, 0.0) };
                picture.text(
                    x,
                    self.y(action.headline_after) - 3.5,
                    share,
                    vec![Span::new(style, after.to_string())],
                );
                free_from = x + 16.0;
            }
            printed = after;
            if x >= free_below {
                picture.text(x, BOTTOM + 11.0, 0.5, vec![Span::new(AXIS, number.to_string())]);
                free_below = x + 14.0;
            }
        }
        picture.text(START, BOTTOM + 23.0, 0.0, vec![Span::new(AXIS, "after action")]);
    }
}
