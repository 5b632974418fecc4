//! Dates without a time of day, and the arithmetic of whole calendar months.

use std::fmt;

use jiff::civil;

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

    /// Whether this day is no more than so many calendar months before `as_of`. A day after `as_of` is.
    pub fn is_within_months(self, months: u16, as_of: Self) -> bool {
        self >= as_of.months_before(months)
    }

    /// How many days lie between an earlier day and this one; none when it is not earlier.
    pub fn days_since(self, earlier: Self) -> u32 {
        u32::try_from((self.0 - earlier.0).get_days()).unwrap_or_default()
    }

    /// The day as people write it: `23 November 2026`.
    pub fn in_words(self) -> String {
        const MONTHS: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let month = usize::try_from(self.0.month()).ok().and_then(|m| MONTHS.get(m - 1)).unwrap_or(&"");
        format!("{} {month} {}", self.0.day(), self.0.year())
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
