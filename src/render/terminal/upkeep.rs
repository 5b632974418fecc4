//! Accepted risks, and what runs out, on a terminal.

use anstyle::Style;

use super::in_full;
use crate::render::screen::{SOFT, STRONG, Screen};
use crate::report::{AcceptedRisk, Ageing, Expiry, WaiverState};

/// How old the assessment is, when that is worth saying.
pub(super) fn since(screen: &mut Screen, ageing: &Ageing) {
    if let Some(since) = &ageing.since {
        screen.blank();
        screen.hanging(STRONG, "  !", 4, since);
    }
}

/// The risks that somebody accepted.
pub(super) fn waivers(screen: &mut Screen, risks: &[AcceptedRisk]) {
    if risks.is_empty() {
        return;
    }
    let words = screen.words();
    screen.heading(words.say("Accepted risks"));
    for risk in risks {
        let waiver = &risk.waiver;
        let (style, mark) = match waiver.state {
            WaiverState::Expired => (STRONG, "  !"),
            WaiverState::Running | WaiverState::NotNeeded => (Style::new(), "  -"),
        };
        let title = format!("{} ({}). {}", risk.question.title, risk.question.number, waiver.sentence);
        screen.hanging(style, mark, 4, &title);
        let why = words.fill(
            "Reason: {reason} (approved by {role})",
            &[("reason", &waiver.reason), ("role", &waiver.approved_by)],
        );
        screen.paragraph(SOFT, 4, &why);
    }
}

/// What runs out next, and what has run out: at most so many entries of each.
pub(super) fn ageing(screen: &mut Screen, ageing: &Ageing, most: usize) {
    let words = screen.words();
    if !ageing.coming.is_empty() {
        screen.heading(words.say("What runs out next"));
        if let Some(consequence) = &ageing.consequence {
            screen.paragraph(Style::new(), 2, consequence);
        }
        dues(screen, &ageing.coming, most, |due| due.on.words.clone());
    }
    if !ageing.past.is_empty() {
        screen.heading(words.say("What has run out"));
        dues(screen, &ageing.past, most, |due| words.fill("since {day}", &[("day", &due.on.words)]));
    }
}

fn dues(screen: &mut Screen, dues: &[Expiry], most: usize, when: impl Fn(&Expiry) -> String) {
    for due in dues.iter().take(most) {
        screen.hanging(Style::new(), "  -", 4, &format!("{}: {}", when(due), due.what));
        screen.paragraph(SOFT, 4, &due.questions().join("; "));
    }
    let left: usize = dues.iter().skip(most).map(|due| due.items.len()).sum();
    if left > 0 {
        let words = screen.words();
        let more = words.plural(left, "more question", "more questions");
        screen.paragraph(SOFT, 4, &in_full(words, &more));
    }
}
