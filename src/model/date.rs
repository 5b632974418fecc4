//! Dates without a time of day, and the arithmetic of whole calendar months.

use std::fmt;

use jiff::civil;

use crate::text::{Words, phrase};

/// Why a text or a triple of numbers is not a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a date of the calendar, written year-month-day such as 2026-11-23")]
pub struct DateError;

/// A day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

impl Date {
    /// A day by year (1 to 9999), month and day.
    ///
    /// # Errors
    /// When the calendar has no such day.
    pub fn new(year: i16, month: u8, day: u8) -> Result<Self, DateError> {
        let month = i8::try_from(month).map_err(|_| DateError)?;
        let day = i8::try_from(day).map_err(|_| DateError)?;
        if year < 1 {
            return Err(DateError);
        }
        civil::Date::new(year, month, day).map(Self).map_err(|_| DateError)
    }

    /// Reads `2026-11-23`.
    ///
    /// # Errors
    /// When the text is not of that form, or names no day of the calendar.
    pub fn parse(text: &str) -> Result<Self, DateError> {
        let well_formed = text.len() == 10
            && text
                .bytes()
                .enumerate()
                .all(|(i, b)| if matches!(i, 4 | 7) { b == b'-' } else { b.is_ascii_digit() });
        if !well_formed {
            return Err(DateError);
        }
        let number = |range| text.get(range).and_then(|part: &str| part.parse().ok()).ok_or(DateError);
        let small = |range| number(range).and_then(|n: i16| u8::try_from(n).map_err(|_| DateError));
        Self::new(number(0..4)?, small(5..7)?, small(8..10)?)
    }

    /// The same day so many calendar months earlier; a day that the month lacks becomes its last day. At the
    /// beginning of the calendar it stays on the first day.
    #[must_use]
    pub fn months_before(self, months: u16) -> Self {
        let span = jiff::Span::new().months(i32::from(months));
        Self(self.0.checked_sub(span).unwrap_or(civil::Date::MIN))
    }

    /// The same day so many calendar months later; a day that the month lacks becomes its last day.
    #[must_use]
    pub fn months_after(self, months: u16) -> Self {
        let span = jiff::Span::new().months(i32::from(months));
        Self(self.0.checked_add(span).unwrap_or(civil::Date::MAX))
    }

    /// Whether it is a day from Monday to Friday. Public holidays are not known.
    pub fn is_working_day(self) -> bool {
        !matches!(self.0.weekday(), civil::Weekday::Saturday | civil::Weekday::Sunday)
    }

    /// The days since the beginning of the calendar: a number that grows by one each day.
    pub fn day_number(self) -> u32 {
        let days = jiff::Unit::Day;
        let since = self.0.since((days, civil::date(1, 1, 1)));
        since.ok().and_then(|span| u32::try_from(span.get_days()).ok()).unwrap_or_default()
    }

    /// Whether this day is no more than so many calendar months before `as_of`. A day after `as_of` is.
    pub fn is_within_months(self, months: u16, as_of: Self) -> bool {
        self >= as_of.months_before(months)
    }

    /// The first day on which this day is more than so many calendar months ago; nothing when the calendar ends before.
    pub fn outlived(self, months: u16) -> Option<Self> {
        // A month that lacks the day can make the months a few days longer.
        let mut day = self.months_after(months).tomorrow()?;
        while self.is_within_months(months, day) {
            day = day.tomorrow()?;
        }
        Some(day)
    }

    /// The day after; nothing after the last day of the calendar.
    pub fn tomorrow(self) -> Option<Self> {
        self.0.tomorrow().ok().map(Self)
    }

    /// The day before; nothing before the first day of the calendar.
    pub fn yesterday(self) -> Option<Self> {
        self.0.yesterday().ok().map(Self).filter(|day| day.0.year() > 0)
    }

    /// So many days later, at most the last day of the calendar.
    #[must_use]
    pub fn days_after(self, days: u16) -> Self {
        Self(self.0.saturating_add(jiff::Span::new().days(i32::from(days))))
    }

    /// How long ago this day is on a later one, in the largest unit that is full, in a language: `7 months`.
    pub fn ago(self, on: Self, words: &Words) -> String {
        let unit = |unit| self.0.until((unit, on.0)).ok();
        let count = |number: i32| usize::try_from(number).unwrap_or_default();
        let years = unit(jiff::Unit::Year).map_or(0, |span| count(span.get_years().into()));
        let months = unit(jiff::Unit::Month).map_or(0, |span| count(span.get_months()));
        let days = unit(jiff::Unit::Day).map_or(0, |span| count(span.get_days()));
        match (years, months) {
            (2.., _) => words.plural(years, "year", "years"),
            (_, 1..) => words.plural(months, "month", "months"),
            _ => words.plural(days, "day", "days"),
        }
    }

    /// How many days lie between an earlier day and this one; none when it is not earlier.
    pub fn days_since(self, earlier: Self) -> u32 {
        u32::try_from((self.0 - earlier.0).get_days()).unwrap_or_default()
    }

    /// The day as people write it: `23 November 2026`.
    pub fn in_words(self) -> String {
        self.said(Words::ENGLISH)
    }

    /// The day as people write it in a language.
    pub fn said(self, words: &Words) -> String {
        const MONTHS: [&str; 12] = [
            phrase("January"),
            phrase("February"),
            phrase("March"),
            phrase("April"),
            phrase("May"),
            phrase("June"),
            phrase("July"),
            phrase("August"),
            phrase("September"),
            phrase("October"),
            phrase("November"),
            phrase("December"),
        ];
        let month = usize::try_from(self.0.month()).ok().and_then(|m| MONTHS.get(m - 1)).unwrap_or(&"");
        let (day, month, year) = (self.0.day(), words.say(month), self.0.year());
        words.fill("{day} {month} {year}", &[("day", &day), ("month", &month), ("year", &year)])
    }
}

impl From<civil::Date> for Date {
    fn from(date: civil::Date) -> Self {
        Self(date)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn only_days_of_the_calendar_are_dates() {
        assert_eq!(date("2024-02-29").to_string(), "2024-02-29");
        for bad in
            ["2026-02-29", "2026-13-01", "2026-00-10", "26-01-01", "2026-1-1", "0000-01-01", "2026/01/01", ""]
        {
            assert_eq!(Date::parse(bad), Err(DateError), "{bad}");
        }
    }

    #[test]
    fn a_month_is_a_calendar_month() {
        assert_eq!(date("2026-11-23").months_before(6), date("2026-05-23"));
        assert_eq!(date("2024-02-29").months_before(12), date("2023-02-28"));
        assert_eq!(date("2026-05-31").months_before(3), date("2026-02-28"));
        assert_eq!(date("2024-03-31").months_before(1), date("2024-02-29"));
        assert!(date("2026-05-23").is_within_months(6, date("2026-11-23")));
        assert!(!date("2026-05-22").is_within_months(6, date("2026-11-23")));
    }

    #[test]
    fn days_follow_each_other_and_weekends_are_free() {
        let friday = date("2026-02-27");
        let days: Vec<bool> = std::iter::successors(Some(friday), |day| day.tomorrow())
            .take(4)
            .map(Date::is_working_day)
            .collect();
        assert_eq!(days, [true, false, false, true]);
        assert_eq!(friday.tomorrow().unwrap().tomorrow(), Some(date("2026-03-01")));
        assert_eq!(date("2026-03-01").day_number() - friday.day_number(), 2);
        assert_eq!(date("9999-12-31").tomorrow(), None);
    }

    #[test]
    fn a_day_is_outlived_on_the_first_day_on_which_it_is_no_longer_within_the_months() {
        assert_eq!(date("2026-05-23").outlived(6), Some(date("2026-11-24")));
        // Until the end of March, a month earlier is the last day of February.
        assert_eq!(date("2026-02-28").outlived(1), Some(date("2026-04-01")));
        assert_eq!(date("2026-01-31").outlived(1), Some(date("2026-03-01")));
        assert_eq!(date("9999-06-01").outlived(12), None);
        for months in [1, 6, 12, 13] {
            let mut day = date("2023-12-25");
            while day < date("2024-03-05") {
                let outlived = day.outlived(months).unwrap();
                assert!(!day.is_within_months(months, outlived), "{day}");
                assert!(day.is_within_months(months, outlived.yesterday().unwrap()), "{day}");
                day = day.tomorrow().unwrap();
            }
        }
    }

    #[test]
    fn an_age_is_told_in_the_largest_unit_that_is_full() {
        let age = |on: &str| date("2026-03-31").ago(date(on), Words::ENGLISH);
        assert_eq!(age("2026-04-01"), "1 day");
        assert_eq!(age("2026-10-30"), "6 months");
        assert_eq!(age("2027-10-31"), "19 months");
        assert_eq!(age("2028-03-31"), "2 years");
    }

    #[test]
    fn days_are_counted_over_months_and_leap_years() {
        assert_eq!(date("2024-03-01").days_since(date("2024-02-28")), 2);
        assert_eq!(date("2026-11-16").days_since(date("2024-11-16")), 730);
        assert_eq!(date("2024-01-01").days_since(date("2024-01-02")), 0);
    }

    #[test]
    fn words() {
        assert_eq!(date("2026-11-03").in_words(), "3 November 2026");
    }
}
