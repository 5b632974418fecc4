//! From one result to the next, step by step.

use super::{AXIS, NAME, at};
use crate::render::pdf::picture::{DOTS, Picture, Stroke, THIN};
use crate::render::pdf::text::{ACCENT, BODY, Colour, INK, RULE, Span};
use crate::render::svg;
use crate::report::{BandView, Movement};
use crate::text::Words;

/// How much room a step has: its words, and its bar below them.
const STEP: f32 = 30.0;

/// The result before, what each cause moved, and the result now; nothing without scores.
pub fn waterfall(movement: &Movement, width: f32) -> Option<Picture> {
    let bars = svg::waterfall_bars(Words::ENGLISH, movement)?;
    let height: f32 = bars.iter().map(|_| STEP).sum();
    let mut picture = Picture::new(width, height + 18.0);
    let thin = Stroke { colour: RULE, width: 0.5, dash: None };
    for band in BandView::all().iter().filter(|band| band.from > 0) {
        let x = at(band.from * 100, width);
        picture.line((x, 0.0), (x, height), thin);
        picture.text(x, height + 11.0, 0.5, vec![Span::new(AXIS, band.from.to_string())]);
    }
    picture.line((0.0, height), (width, height), THIN);
    picture.text(0.0, height + 11.0, 0.0, vec![Span::new(AXIS, "0")]);
    picture.text(width, height + 11.0, 1.0, vec![Span::new(AXIS, "100")]);
    let mut y = 0.0;
    for bar in &bars {
        let words = vec![Span::new(BODY, format!("{} ", bar.name)), Span::new(NAME, &bar.value)];
        picture.text(0.0, y + 11.0, 0.0, words);
        let (from, to) = (at(bar.from.min(bar.to), width), at(bar.from.max(bar.to), width));
        let (fill, stroke): (Option<Colour>, _) = match bar.class {
            "ink" => (Some(INK), None),
            "solid" => (Some(ACCENT), None),
            _ => (None, Some(DOTS)),
        };
        picture.rect([from, y + 15.0, to - from, 9.0], fill, stroke);
        y += STEP;
    }
    Some(picture.saying(svg::movement_in_words(Words::ENGLISH, movement)))
}
