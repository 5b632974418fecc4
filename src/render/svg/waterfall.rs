//! From one result to the next, step by step.

use super::{Picture, or_zero, share};
use crate::render::template::Markup;
use crate::report::{AreaMovement, BandView, Difference, Movement, Points};
use crate::text::Words;

/// How much room a step has: its words, and its bar below them.
const STEP: u16 = 48;

/// One bar: a result from 0, or a step between two.
pub struct Bar {
    /// Whose it is.
    pub name: String,
    /// How much it is, in words.
    pub value: String,
    /// Where it begins, in basis points.
    pub from: u16,
    /// Where it ends.
    pub to: u16,
    /// How it looks: ink, solid or dots.
    pub class: &'static str,
}

/// The result before, what each cause moved, and the result now; nothing without scores.
pub fn waterfall(words: &Words, movement: &Movement) -> Option<Markup> {
    let bars = bars(words, movement)?;
    Some(drawn(&bars).into_figure(height(&bars) + 46, &in_words(words, movement)))
}

/// The bars of that picture.
pub fn bars(words: &Words, movement: &Movement) -> Option<Vec<Bar>> {
    let score = movement.score.as_ref()?;
    let result = |date: &str, points: Points| Bar {
        name: date.to_owned(),
        value: points.printed().to_string(),
        from: 0,
        to: points.get(),
        class: "ink",
    };
    let causes = [
        (words.say("your answers"), score.real, true),
        (words.say("the questions"), score.yardstick, movement.yardstick_moved),
        (words.say("proof"), score.proof, score.proof != Difference::ZERO),
    ];
    let mut bars = vec![result(&movement.old.date.words, score.headline_old)];
    let mut at = score.headline_old.get();
    for (name, moved, _) in causes.into_iter().filter(|(_, _, shown)| *shown) {
        let to = after(at, moved);
        let class = if moved.is_loss() { "dots" } else { "solid" };
        bars.push(Bar { name: name.to_owned(), value: moved.to_string(), from: at, to, class });
        at = to;
    }
    bars.push(result(&movement.new.date.words, score.headline_new));
    Some(bars)
}

/// The place after a step. A step can lead beyond the scale where the next one leads back.
fn after(at: u16, moved: Difference) -> u16 {
    let to = (i32::from(at) + moved.get()).clamp(0, Points::FULL.get().into());
    u16::try_from(to).unwrap_or(at)
}

fn height(bars: &[Bar]) -> u16 {
    bars.iter().map(|_| STEP).sum()
}

fn drawn(bars: &[Bar]) -> Picture {
    let mut picture = Picture::default();
    let bottom = height(bars);
    for band in BandView::all().iter().filter(|band| band.from > 0) {
        let x = share(band.from * 100);
        picture.add(format_args!(r#"<line class="grid" x1="{x}" x2="{x}" y1="0" y2="{bottom}"/>"#));
        picture.text(
            if band.from == 90 { "s m bw" } else { "s m" },
            band.from * 100,
            bottom + 18,
            &band.from.to_string(),
        );
    }
    picture.level("edge", bottom);
    picture.text("s", 0, bottom + 18, "0");
    picture.text("s e", Points::FULL.get(), bottom + 18, "100");
    for (y, bar) in (0..).step_by(STEP.into()).zip(bars) {
        let Bar { name, value, .. } = bar;
        picture.add(format_args!(
            r#"<text class="halo" x="0" y="{}">{name} <tspan class="n">{value}</tspan></text>"#,
            y + 16
        ));
        picture.bar(bar.class, bar.from.min(bar.to), bar.from.max(bar.to), y + 23, 14);
    }
    picture
}

/// The same picture in words.
pub fn in_words(words: &Words, movement: &Movement) -> String {
    format!("{} {}", movement.sentence, words.say("The table has the sum."))
}

/// The stated score of an area then and now: a hollow mark for then, a bar to now.
pub fn moved_bar(area: &AreaMovement) -> Markup {
    let mut picture = Picture::default();
    picture.add(format_args!(r##"<svg role="none"><use href="#track"/>"##));
    if let (Some(old), Some(new)) = (area.stated_old, area.stated_new) {
        let class = if new < old { "dots" } else { "solid" };
        let (from, to) = (old.min(new).get(), old.max(new).get());
        if to > from {
            let (x, width) = (share(from), share(to - from));
            picture.add(format_args!(r#"<rect class="{class}" x="{x}" width="{width}"/>"#));
        }
    }
    for (id, value) in
        [("s", area.stated_new), ("g", area.stated_old)].into_iter().filter(|(_, v)| v.is_some())
    {
        picture.add(format_args!(r##"<use href="#{id}" x="{}"/>"##, share(or_zero(value))));
    }
    picture.add(format_args!("</svg>"));
    Markup::of_ours(picture.0)
}
