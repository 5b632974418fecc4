//! The score over time.

use serde::Serialize;

use super::{Markup, Picture, share};
use crate::report::{BandView, Day, Difference, History, HistoryEntry, Points, Score};

/// Up to so many assessments, each has its marks.
const MARKED: usize = 12;

/// The picture of a history, and what there is to say below it.
#[derive(Debug, Clone, Serialize)]
pub struct Figure {
    /// The picture.
    pub picture: Markup,
    /// Whether it has lines.
    pub has_lines: bool,
    /// Whether each assessment has a mark for proven and one for possible.
    pub has_marks: bool,
    /// That the trend leaves the scale; may be empty.
    pub beyond: String,
}

/// The assessments on an axis of time: the room from proven to possible, the stated score, and the trend, which is made
/// of real changes alone. Nothing without a score.
pub fn trend(history: &History) -> Option<Figure> {
    let entries = &history.entries[..];
    entries.iter().find(|entry| entry.score.is_some())?;
    let trend = Trend { entries, days: entries.last()?.day };
    let mut picture = Picture::default();
    Trend::draw_grid(&mut picture);
    trend.draw_turns(&mut picture);
    trend.draw_lines(&mut picture);
    trend.draw_marks(&mut picture);
    trend.draw_numbers(&mut picture);
    trend.draw_days(&mut picture);
    let beyond = trend.beyond();
    Some(Figure {
        picture: picture.into_figure(Trend::HEIGHT, format!("{} {beyond}", trend.in_words()).trim_end()),
        has_lines: entries.windows(2).any(|pair| pair.iter().all(|entry| entry.score.is_some())),
        has_marks: trend.is_marked(),
        beyond,
    })
}

struct Trend<'a> {
    entries: &'a [HistoryEntry],
    /// From the first assessment to the last.
    days: u32,
}

/// A line through these values; it is broken where there is none.
type Value = fn(&HistoryEntry) -> Option<u16>;

impl Trend<'_> {
    const TOP: u16 = 40;
    const BOTTOM: u16 = 310;
    const HEIGHT: u16 = 340;
    const START: u16 = 900;
    const END: u16 = 9700;

    fn y(value: u16) -> u16 {
        let height = u32::from(value) * u32::from(Self::BOTTOM - Self::TOP) / u32::from(Points::FULL.get());
        Self::BOTTOM - u16::try_from(height).unwrap_or_default()
    }

    /// Where a day stands; a single one in the middle.
    fn x(&self, entry: &HistoryEntry) -> u16 {
        if self.days == 0 {
            return u16::midpoint(Self::START, Self::END);
        }
        let range = u64::from(Self::END - Self::START);
        let at = u64::from(entry.day) * range / u64::from(self.days);
        Self::START + u16::try_from(at).unwrap_or_default()
    }

    /// Whether each assessment has its marks; many would cover the lines.
    fn is_marked(&self) -> bool {
        self.entries.len() <= MARKED
    }

    fn draw_grid(picture: &mut Picture) {
        for band in BandView::all() {
            let y = Self::y(band.from * 100);
            picture.level(if band.from == 0 { "edge" } else { "grid" }, y);
            // Narrow pictures have room for the number only.
            let words = format!(r#"{}<tspan class="w"> {}</tspan>"#, band.from, band.id);
            picture.text("s", 0, y - 5, &words);
        }
        picture.level("grid", Self::y(Points::FULL.get()));
    }

    /// Where the questions changed, with what that moved.
    fn draw_turns(&self, picture: &mut Picture) {
        let mut free_from = 0;
        for entry in self.entries {
            let Some(step) = entry.step.as_ref().filter(|step| step.questions_changed) else { continue };
            let at = self.x(entry);
            let (x, top) = (share(at), Self::TOP - 20);
            picture.add(format_args!(
                r#"<line class="edge dash" x1="{x}" x2="{x}" y1="{top}" y2="{}"/>"#,
                Self::BOTTOM
            ));
            if at < free_from {
                continue;
            }
            let by = step.yardstick.map(|by| format!(" {by}")).unwrap_or_default();
            let (class, dx) = if at > 5000 { ("halo s e", -6) } else { ("halo s", 6) };
            picture.add(format_args!(
                r#"<text class="{class}" x="{x}" dx="{dx}" y="{}">new questions{by}</text>"#,
                top + 10
            ));
            free_from = at + 4500;
        }
    }

    /// The lines are paths in a picture of their own that is stretched, because a path knows no percentages.
    fn draw_lines(&self, picture: &mut Picture) {
        picture.add(format_args!(
            r#"<svg class="lines" viewBox="0 0 10000 {}" preserveAspectRatio="none">"#,
            Self::HEIGHT
        ));
        self.draw_room(picture);
        // The widest lies lowest: the others can be seen on it.
        self.draw_line(picture, "real", |entry| entry.trend.map(on_scale));
        self.draw_line(picture, "proven", |entry| world(entry, |score| score.worlds.proven));
        self.draw_line(picture, "maybe", |entry| world(entry, |score| score.worlds.possible));
        self.draw_line(picture, "said", |entry| entry.stated().map(Points::get));
        picture.add(format_args!("</svg>"));
    }

    /// The room between proven and possible, in as many pieces as there are unbroken runs.
    fn draw_room(&self, picture: &mut Picture) {
        for run in self.entries.split(|entry| entry.score.is_none()).filter(|run| run.len() > 1) {
            let corner = |entry: &HistoryEntry, of: fn(&Score) -> Option<Points>| {
                format!("{} {}", self.x(entry), Self::y(world(entry, of).unwrap_or_default()))
            };
            let above = run.iter().map(|entry| corner(entry, |score| score.worlds.possible));
            let below = run.iter().rev().map(|entry| corner(entry, |score| score.worlds.proven));
            let corners: Vec<String> = above.chain(below).collect();
            picture.add(format_args!(r#"<path class="room" d="M{}z"/>"#, corners.join("L")));
        }
    }

    fn draw_line(&self, picture: &mut Picture, class: &str, value: Value) {
        let mut pen = 'M';
        let corner = |entry: &HistoryEntry| {
            let next = if value(entry).is_some() { 'L' } else { 'M' };
            let stroke = std::mem::replace(&mut pen, next);
            value(entry).map(|value| format!("{stroke}{} {}", self.x(entry), Self::y(value)))
        };
        let path: String = self.entries.iter().filter_map(corner).collect();
        if path.contains('L') {
            picture.add(format_args!(r#"<path class="{class}" d="{path}"/>"#));
        }
    }

    /// Proven, possible and the score itself; of many, the score alone has marks, where its number stands.
    fn draw_marks(&self, picture: &mut Picture) {
        let scored = self.entries.iter().filter_map(|entry| Some((entry, entry.score.as_ref()?)));
        for (entry, score) in scored.filter(|_| self.is_marked()) {
            let marks =
                [("o", score.worlds.possible), ("p", score.worlds.proven), ("s", Some(score.headline))];
            for (id, value) in marks {
                if let Some(value) = value {
                    picture.shape(id, self.x(entry), Self::y(value.get()));
                }
            }
        }
    }

    /// The score at its mark where it changes, wherever there is room; the first and the last are always there.
    fn draw_numbers(&self, picture: &mut Picture) {
        let mut scored: Vec<_> =
            self.entries.iter().filter_map(|entry| Some((self.x(entry), entry.score.as_ref()?))).collect();
        let last = scored.pop();
        scored.dedup_by_key(|(_, score)| score.headline.printed());
        scored.extend(last);
        let places: Vec<u16> = scored.iter().map(|(x, _)| *x).collect();
        for ((x, score), room) in scored.into_iter().zip(room(&places, 500, 1300)) {
            let Some(class) = room else { continue };
            let (y, number) = (Self::y(score.headline.get()), score.headline.printed().to_string());
            if !self.is_marked() {
                picture.add(format_args!(r#"<g class="{}">"#, class.trim_start()));
                picture.shape("s", x, y);
                picture.add(format_args!("</g>"));
            }
            let offset = if self.is_marked() { Self::free(score) } else { Some(Self::ABOVE) };
            if let Some(offset) = offset {
                picture.text(&format!("halo n m{class}"), x, y.saturating_add_signed(offset), &number);
                continue;
            }
            let (side, dx) = if x > 5000 { (" e", -17) } else { ("", 17) };
            let (x, y) = (share(x), y + 5);
            picture.add(format_args!(
                r#"<text class="halo n{side}{class}" x="{x}" dx="{dx}" y="{y}">{number}</text>"#
            ));
        }
    }

    /// From the mark of a score to its number, where it stands above.
    const ABOVE: i16 = -13;

    /// From the mark of a score to its number, where it covers no other mark and none stands between: above or below.
    /// Nothing where it has to stand beside.
    fn free(score: &Score) -> Option<i16> {
        const NEXT: u16 = 42;
        let [at, possible, proven] = [Some(score.headline), score.worlds.possible, score.worlds.proven]
            .map(|value| Self::y(value.unwrap_or(score.headline).get()));
        match (at.abs_diff(possible), at.abs_diff(proven)) {
            // The ring is around the mark.
            (0..4, _) => Some(Self::ABOVE - 5),
            (NEXT.., _) => Some(Self::ABOVE),
            (_, NEXT..) => Some(26),
            _ => None,
        }
    }

    /// The dates, wherever there is room.
    fn draw_days(&self, picture: &mut Picture) {
        let places: Vec<u16> = self.entries.iter().map(|entry| self.x(entry)).collect();
        let last = self.entries.len().saturating_sub(1);
        for (place, (entry, room)) in self.entries.iter().zip(room(&places, 1900, 9000)).enumerate() {
            let Some(class) = room else { continue };
            let side = match place {
                _ if last == 0 => " m",
                0 => "",
                place if place == last => " e",
                _ => " m",
            };
            picture.text(&format!("s{side}{class}"), self.x(entry), Self::BOTTOM + 22, &entry.date.words);
        }
    }

    /// That the trend leaves the scale, and how far; it can when questions changed.
    fn beyond(&self) -> String {
        let trend = || self.entries.iter().filter_map(|entry| entry.trend);
        let told = [
            (trend().min().filter(|least| least.get() < 0), "below 0", "0"),
            (trend().max().filter(|most| most.get() > i32::from(Points::FULL.get())), "above 100", "100"),
        ];
        let told = told.into_iter().filter_map(|(value, way, edge)| {
            Some(format!("The trend goes {way}, to {}; it is drawn at {edge} there.", value?))
        });
        told.collect::<Vec<_>>().join(" ")
    }

    fn in_words(&self) -> String {
        let told: Vec<String> = match self.entries {
            [first, .., last] if self.entries.len() > MARKED => [first, last].map(one_in_words).to_vec(),
            entries => entries.iter().map(one_in_words).collect(),
        };
        format!(
            "The score over time, on a scale from 0 to 100. {} The table below has every number.",
            told.join(" ")
        )
    }
}

fn one_in_words(entry: &HistoryEntry) -> String {
    let Day { words, .. } = &entry.date;
    let number = |points: Option<Points>| points.map_or(0, Points::printed);
    match &entry.score {
        Some(Score { headline, worlds, .. }) => format!(
            "{words}: score {}, proven {}, stated {}, possible {}.",
            headline.printed(),
            number(worlds.proven),
            number(worlds.stated),
            number(worlds.possible)
        ),
        None => format!("{words}: no score."),
    }
}

fn world(entry: &HistoryEntry, of: fn(&Score) -> Option<Points>) -> Option<u16> {
    entry.score.as_ref().and_then(of).map(Points::get)
}

/// The trend can leave the scale when questions changed; the picture ends there.
fn on_scale(value: Difference) -> u16 {
    u16::try_from(value.get().clamp(0, i32::from(Points::FULL.get()))).unwrap_or_default()
}

/// Which texts at these places have room, the first and the last before all others: on wide screens with this much
/// between them, on narrow ones with that. The class says where it is hidden.
fn room(places: &[u16], wide: u16, narrow: u16) -> Vec<Option<&'static str>> {
    let (Some(first), Some(last)) = (places.first(), places.last()) else { return Vec::new() };
    let fits = |kept: u16, at: u16, least: u16| at >= kept.saturating_add(least) && last - at >= least;
    let (mut kept_wide, mut kept_narrow) = (*first, *first);
    let mut room = vec![None; places.len()];
    for (slot, at) in room.iter_mut().zip(places) {
        if fits(kept_narrow, *at, narrow) {
            (*slot, kept_narrow, kept_wide) = (Some(""), *at, *at);
        } else if fits(kept_wide, *at, wide) {
            (*slot, kept_wide) = (Some(" w"), *at);
        }
    }
    room[0] = Some("");
    if let Some(end) = room.last_mut() {
        *end = Some("");
    }
    room
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Worlds;
    use crate::report::history_fixture::{history_of, long};

    fn drawn(history: &History) -> String {
        trend(history).unwrap().picture.as_str().to_owned()
    }

    #[test]
    fn a_single_assessment_has_marks_and_no_line() {
        let picture = drawn(&long(1));
        assert!(!picture.contains("<path"), "{picture}");
        assert_eq!(picture.matches("<use ").count(), 3);
        assert_eq!(picture.matches("1 January 2020").count(), 2, "below the axis and in words");
    }

    #[test]
    fn a_step_of_the_yardstick_is_marked_and_moves_the_stated_score_off_the_trend() {
        let picture = drawn(&history_of("Toy party", &[("2026-01-10", "1", 2), ("2026-01-11", "2", 2)]));
        assert!(picture.contains("new questions +25.00"), "{picture}");
        assert!(picture.contains(r#"<path class="real" d="M900 175L9700 175"/>"#), "{picture}");
        assert!(picture.contains(r#"<path class="said" d="M900 175L9700 108"/>"#), "{picture}");
        assert!(!drawn(&long(2)).contains("new questions"));
    }

    #[test]
    fn many_assessments_are_drawn_as_lines_with_few_words() {
        let picture = drawn(&long(400));
        assert_eq!(picture.matches("<use ").count(), picture.matches("<text class=\"halo n").count());
        assert!(!picture.contains("#p") && !picture.contains("#o"), "{picture}");
        assert!(picture.matches("</text>").count() < 20, "{picture}");
        assert!(picture.contains("1 January 2020: score 0,") && picture.contains("100."), "{picture}");
    }

    #[test]
    fn the_legend_is_told_what_is_drawn() {
        let [single, few, many] = [1, 12, 13].map(|count| trend(&long(count)).unwrap());
        let told = |figure: &Figure| (figure.has_lines, figure.has_marks);
        assert_eq!([&single, &few, &many].map(told), [(false, true), (true, true), (true, false)]);
        for figure in [single, few, many] {
            let picture = figure.picture.as_str();
            for class in ["real", "proven", "maybe", "said"] {
                let line = format!("<path class=\"{class}\"");
                assert_eq!(picture.contains(&line), figure.has_lines, "{class}");
            }
            for mark in ["#p", "#o"] {
                assert_eq!(picture.contains(mark), figure.has_marks, "{mark}");
            }
        }
    }

    #[test]
    fn a_trend_that_leaves_the_scale_is_told() {
        let left = [("2026-01-10", "1", 1), ("2026-02-10", "2", 1), ("2026-03-10", "2", 0)];
        let figure = trend(&history_of("Toy party", &left)).unwrap();
        assert_eq!(figure.beyond, "The trend goes below 0, to −34.99; it is drawn at 0 there.");
        assert!(figure.picture.as_str().contains("The trend goes below 0"));
        assert_eq!(trend(&history_of("Toy party", &left[..2])).unwrap().beyond, "");
    }

    #[test]
    fn a_number_covers_no_mark() {
        let free = |proven: u16, headline: u16, possible: u16| {
            let [proven, headline, possible] =
                [proven, headline, possible].map(|points| Points::new(points * 100).unwrap());
            let worlds = Worlds { proven: Some(proven), stated: Some(headline), possible: Some(possible) };
            Trend::free(&Score { headline, worlds, base: worlds })
        };
        assert_eq!(free(50, 50, 50), Some(-18), "above the ring around the mark");
        assert_eq!(free(50, 50, 70), Some(-13), "between the mark and the ring");
        assert_eq!(free(20, 50, 56), Some(26), "between the mark and the square");
        assert_eq!(free(45, 50, 56), None, "beside");
    }

    #[test]
    fn words_keep_their_distance_and_the_ends_always_stand() {
        assert_eq!(room(&[], 10, 30), Vec::<Option<&str>>::new());
        assert_eq!(room(&[5], 10, 30), [Some("")]);
        assert_eq!(
            room(&[0, 5, 10, 40, 95, 100], 10, 30),
            [Some(""), None, Some(" w"), Some(""), None, Some("")]
        );
    }
}
