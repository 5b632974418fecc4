//! How much work fits into how many days. All of it is an estimate: a questionnaire knows only minutes, hours, days and
//! weeks.

use crate::model::{Date, Effort};

/// The hours of a working day.
const DAY: u32 = 8;

/// What the mapping below means, for people.
pub(super) const ESTIMATE: &str = "This is an estimate for one person: minutes count as an hour, hours as half a day, days as three working \
     days, weeks as ten.";

/// The working hours that an action is reckoned at.
pub(super) fn hours(effort: Effort) -> u32 {
    match effort {
        Effort::Minutes => 1,
        Effort::Hours => DAY / 2,
        Effort::Days => 3 * DAY,
        Effort::Weeks => 10 * DAY,
    }
}

/// Hours as working days, rounded up to half a day: `half a day`, `4.5 days`.
pub(super) fn in_days(hours: u32) -> String {
    match hours.div_ceil(DAY / 2) {
        0 => "no time".to_owned(),
        1 => "half a day".to_owned(),
        2 => "1 day".to_owned(),
        halves if halves % 2 == 0 => format!("{} days", halves / 2),
        halves => format!("{}.5 days", halves / 2),
    }
}

/// The time that there is for work.
#[derive(Debug)]
pub(super) struct Time {
    /// In working hours.
    hours: u32,
    /// The working days on which it can be spent, when there is a last day.
    pub(super) days: Vec<Date>,
}

impl Time {
    /// The time of so many half days, or from the day after `today` to the last one, or what is less of the two; nothing
    /// when neither is given.
    pub(super) fn new(half_days: Option<u32>, today: Date, by: Option<Date>) -> Option<Self> {
        let days: Vec<Date> = by.map(|by| working_days(today, by)).unwrap_or_default();
        let until = by.map(|_| u32::try_from(days.len()).unwrap_or(u32::MAX).saturating_mul(DAY));
        let budget = half_days.map(|half_days| half_days.saturating_mul(DAY / 2));
        let hours = until.into_iter().chain(budget).min()?;
        Some(Self { hours, days })
    }

    /// The last day of something that is finished after so many hours: the work is spread evenly over the days.
    pub(super) fn day_of(&self, hours: u32) -> Option<Date> {
        let count = u64::try_from(self.days.len()).ok()?;
        let place = (u64::from(hours) * count).div_ceil(u64::from(self.hours.max(1)));
        self.days.get(usize::try_from(place).ok()?.saturating_sub(1)).copied()
    }

    /// Whether so many hours fit.
    pub(super) fn holds(&self, hours: u32) -> bool {
        hours <= self.hours
    }
}

/// The days from Monday to Friday after a day, up to another one.
fn working_days(after: Date, last: Date) -> Vec<Date> {
    let days = std::iter::successors(after.tomorrow(), |day| day.tomorrow());
    days.take_while(|day| *day <= last).filter(|day| day.is_working_day()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn work_is_spread_over_working_days_until_the_last() {
        // Tuesday to the Monday of the week after: Wednesday, Thursday, Friday, Monday.
        let time = Time::new(None, date("2026-11-24"), Some(date("2026-11-30"))).unwrap();
        assert_eq!(time.days.len(), 4);
        assert!(time.holds(32) && !time.holds(33));
        assert_eq!(time.day_of(1), Some(date("2026-11-25")));
        assert_eq!(time.day_of(9), Some(date("2026-11-26")));
        assert_eq!(time.day_of(32), Some(date("2026-11-30")));
        let half = Time::new(Some(2), date("2026-11-24"), Some(date("2026-11-30"))).unwrap();
        assert!(!half.holds(9), "less time than there are days");
        assert_eq!(
            [4, 8].map(|hours| half.day_of(hours)),
            [Some(date("2026-11-26")), Some(date("2026-11-30"))]
        );
        assert_eq!(Time::new(Some(2), date("2026-11-24"), None).unwrap().day_of(4), None);
        assert!(Time::new(None, date("2026-11-24"), None).is_none());
    }

    #[test]
    fn days_in_words() {
        assert_eq!(
            [1, 4, 5, 12, 16].map(in_days),
            ["half a day", "half a day", "1 day", "1.5 days", "2 days"]
        );
    }
}
