//! The score over time.

use super::{Markup, Picture, share};
use crate::report::{BandView, Day, Difference, History, HistoryEntry, Points, Score};

/// Up to so many assessments, each has its marks.
const MARKED: usize = 12;

/// The assessments on an axis of time: the room from proven to possible, the stated score, and the trend, which is made
/// of real changes alone. Nothing without a score.
pub fn trend(history: &History) -> Option<Markup> {
    let entries = &history.entries[..];
    entries.iter().find(|entry| entry.score.is_some())?;
    let trend = Trend { entries, days: entries.last()?.day };
    let mut picture = Picture::default();
    trend.draw_grid(&mut picture);
    trend.draw_turns(&mut picture);
    trend.draw_lines(&mut picture);
    trend.draw_marks(&mut picture);
    trend.draw_numbers(&mut picture);
    trend.draw_days(&mut picture);
    Some(picture.into_figure(Trend::HEIGHT, &trend.in_words()))
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
    const START: u16 = 500;
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

    fn draw_grid(&self, picture: &mut Picture) {
        for band in BandView::all() {
            let y = Self::y(band.from * 100);
            picture.level(if band.from == 0 { "edge" } else { "grid" }, y);
            picture.text("s", 0, y - 5, &format!("{} {}", band.from, band.id));
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
        self.draw_line(picture, "edge", |entry| world(entry, |score| score.worlds.proven));
        self.draw_line(picture, "dots", |entry| world(entry, |score| score.worlds.possible));
        self.draw_line(picture, "step", |entry| entry.trend.map(on_scale));
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
        let mut path = String::new();
        let mut pen = 'M';
        for entry in self.entries {
            if let Some(value) = value(entry) {
                path += &format!("{pen}{} {}", self.x(entry), Self::y(value));
                pen = 'L';
            } else {
                pen = 'M';
            }
        }
        if path.contains('L') {
            picture.add(format_args!(r#"<path class="{class}" d="{path}"/>"#));
        }
    }

    /// Proven, possible and the score itself; of very many only the score of the first and the last.
    fn draw_marks(&self, picture: &mut Picture) {
        let last = self.entries.len().saturating_sub(1);
        for (place, entry) in self.entries.iter().enumerate() {
            let Some(score) = &entry.score else { continue };
            let all = self.entries.len() <= MARKED;
            let marks = [
                ("o", score.worlds.possible, all),
                ("p", score.worlds.proven, all),
                ("s", Some(score.headline), all || place == 0 || place == last),
            ];
            for (id, value, drawn) in marks {
                if let Some(value) = value.filter(|_| drawn) {
                    let (x, y) = (share(self.x(entry)), Self::y(value.get()));
                    picture.add(format_args!(r##"<use href="#{id}" x="{x}" y="{y}"/>"##));
                }
            }
        }
    }

    /// The score above its mark, wherever there is room; the first and the last are always there.
    fn draw_numbers(&self, picture: &mut Picture) {
        let scored: Vec<_> =
            self.entries.iter().filter_map(|entry| Some((entry, entry.score.as_ref()?))).collect();
        let places: Vec<u16> = scored.iter().map(|(entry, _)| self.x(entry)).collect();
        for ((entry, score), room) in scored.iter().zip(room(&places, 500, 1300)) {
            let Some(class) = room else { continue };
            let (x, y) = (self.x(entry), Self::y(score.headline.get()) - 13);
            picture.text(&format!("halo n m{class}"), x, y, &score.headline.printed().to_string());
        }
    }

    /// The dates, wherever there is room.
    fn draw_days(&self, picture: &mut Picture) {
        let places: Vec<u16> = self.entries.iter().map(|entry| self.x(entry)).collect();
        let last = self.entries.len().saturating_sub(1);
        for (place, (entry, room)) in self.entries.iter().zip(room(&places, 1500, 9000)).enumerate() {
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
