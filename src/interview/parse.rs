//! Text that a person typed, as values. Generous in what is read, exact in what it means.

use super::Wrong;
use crate::model::{Date, Value};

/// Reads `95`, `95%`, `57 of 60`, `57/60` or `57 out of 60 people`.
///
/// # Errors
/// When it is not a share, or cannot be one.
pub fn parse_percentage(text: &str) -> Result<Value, Wrong> {
    let text = text.trim().to_lowercase();
    if let Some((have, of)) = ["out of", "of", "/"].into_iter().find_map(|joint| text.split_once(joint)) {
        return share(count(have)?, count(without_noun(of))?);
    }
    let ending = ["%", "per cent", "percent"].into_iter().find_map(|ending| text.strip_suffix(ending));
    let number = ending.unwrap_or(&text);
    match count(number)? {
        percent @ 0..=100 => {
            let percent = u8::try_from(percent).map_err(|_| Wrong::NotAShare)?;
            Ok(Value::Percentage { percent, counted: None })
        }
        _ => Err(Wrong::NotAShare),
    }
}

/// A count without the words behind it: `60` of `60 people`.
fn without_noun(text: &str) -> &str {
    let (number, noun) = text.trim().split_once(char::is_whitespace).unwrap_or((text, ""));
    if noun.chars().any(|c| c.is_ascii_digit()) { text } else { number }
}

fn count(text: &str) -> Result<u32, Wrong> {
    let digits = text.trim();
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Wrong::NotAShare);
    }
    digits.parse().map_err(|_| Wrong::NotAShare)
}

fn share(have: u32, of: u32) -> Result<Value, Wrong> {
    if of == 0 {
        return Err(Wrong::OfNothing);
    }
    if have > of {
        return Err(Wrong::MoreThanAll { have, of });
    }
    let percent = u8::try_from(u64::from(have) * 100 / u64::from(of)).map_err(|_| Wrong::NotAShare)?;
    Ok(Value::Percentage { percent, counted: Some((have, of)) })
}

/// Reads `12 May 2026`, `12th May 2026`, `May 12, 2026`, `2026-05-12` or, day first as the British write it,
/// `12/5/2026`.
///
/// # Errors
/// When it is not a date, or names no day of the calendar.
pub fn parse_date(text: &str) -> Result<Date, Wrong> {
    let text = text.trim();
    if let Ok(date) = Date::parse(text) {
        return Ok(date);
    }
    match *words_of(text).ok_or(Wrong::NotADate)?.as_slice() {
        [Word::Number(year, 4..), Word::Number(month, _), Word::Number(day, ..=2)]
        | [Word::Number(day, ..=2), Word::Number(month, _) | Word::Month(month), Word::Number(year, 4..)]
        | [Word::Month(month), Word::Number(day, ..=2), Word::Number(year, 4..)] => day_of(year, month, day),
        [Word::Number(..), Word::Number(..) | Word::Month(_), Word::Number(_, ..=2)]
        | [Word::Month(_), Word::Number(..), Word::Number(_, ..=2)] => Err(Wrong::ShortYear),
        [Word::Number(..) | Word::Month(_), Word::Number(_, 4..)] => Err(Wrong::NoDay),
        _ => Err(Wrong::NotADate),
    }
}

/// The days that a date in numbers alone can mean where the year comes last: day first or month first. People differ in
/// that from country to country, so what nobody shows them again has to be asked for in words.
#[cfg(feature = "office")]
pub fn readings(text: &str) -> Vec<Date> {
    let words = words_of(text).unwrap_or_default();
    let [Word::Number(one, ..=2), Word::Number(other, ..=2), Word::Number(year, 4..)] = *words else {
        return Vec::new();
    };
    let mut days: Vec<Date> = [(other, one), (one, other)]
        .into_iter()
        .filter_map(|(month, day)| day_of(year, month, day).ok())
        .collect();
    days.dedup();
    days
}

fn words_of(text: &str) -> Option<Vec<Word>> {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '/' | '.' | '-'));
    words.filter(|word| !word.is_empty()).map(Word::read).collect()
}

/// Reads a date or `never`.
///
/// # Errors
/// When it is neither.
pub fn parse_last_done(text: &str) -> Result<Value, Wrong> {
    if text.trim().eq_ignore_ascii_case("never") {
        return Ok(Value::LastDone(None));
    }
    let date = parse_date(text).map_err(|wrong| match wrong {
        Wrong::NotADate => Wrong::NeitherDateNorNever,
        wrong => wrong,
    })?;
    Ok(Value::LastDone(Some(date)))
}

fn day_of(year: u16, month: u16, day: u16) -> Result<Date, Wrong> {
    let year = i16::try_from(year).map_err(|_| Wrong::NoSuchDay)?;
    let small = |number| u8::try_from(number).map_err(|_| Wrong::NoSuchDay);
    Date::new(year, small(month)?, small(day)?).map_err(|_| Wrong::NoSuchDay)
}

/// A word of a date.
#[derive(Clone, Copy)]
enum Word {
    /// A number, with how many digits it is written.
    Number(u16, usize),
    /// A month.
    Month(u16),
}

impl Word {
    fn read(word: &str) -> Option<Self> {
        let word = word.to_lowercase();
        let number = ["st", "nd", "rd", "th"]
            .into_iter()
            .find_map(|ending| word.strip_suffix(ending))
            .unwrap_or(&word);
        if number.starts_with(|c: char| c.is_ascii_digit()) {
            return number.parse().ok().map(|value| Self::Number(value, number.len()));
        }
        month(&word).map(Self::Month)
    }
}

/// A month by its name or by its first letters, three at least.
fn month(word: &str) -> Option<u16> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let found = MONTHS.iter().position(|month| word.len() >= 3 && month.starts_with(word))?;
    u16::try_from(found + 1).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn shares_are_read_as_people_write_them() {
        let counted = Ok(Value::Percentage { percent: 95, counted: Some((57, 60)) });
        for text in ["57 of 60", "57/60", " 57 out of 60 ", "57 OF 60", "57 of 60 people"] {
            assert_eq!(parse_percentage(text), counted, "{text}");
        }
        for text in ["95", "95%", "95 %", "95 per cent", "95 percent"] {
            assert_eq!(
                parse_percentage(text),
                Ok(Value::Percentage { percent: 95, counted: None }),
                "{text}"
            );
        }
        for text in [
            "",
            "all",
            "101",
            "-1",
            "9.5",
            "57 of",
            "of 60",
            "1 of 2 of 3",
            "1 of 2 3",
            "5 people",
            "99999999999",
            "%",
            "+5",
        ] {
            assert_eq!(parse_percentage(text), Err(Wrong::NotAShare), "{text}");
        }
        assert_eq!(parse_percentage("61 of 60"), Err(Wrong::MoreThanAll { have: 61, of: 60 }));
        assert_eq!(parse_percentage("0 of 0"), Err(Wrong::OfNothing));
    }

    #[test]
    fn a_share_is_rounded_down() {
        assert_eq!(
            parse_percentage("59 of 60"),
            Ok(Value::Percentage { percent: 98, counted: Some((59, 60)) })
        );
        let most = format!("{} of {}", u32::MAX - 1, u32::MAX);
        assert!(matches!(parse_percentage(&most), Ok(Value::Percentage { percent: 99, .. })));
    }

    #[test]
    fn dates_are_read_as_people_write_them() {
        let day = Ok(Date::new(2026, 5, 12).unwrap());
        for text in [
            "2026-05-12",
            "12 May 2026",
            "12 may 2026",
            "12th May, 2026",
            "May 12, 2026",
            "12/5/2026",
            "12.05.2026",
            "12 5 2026",
            "2026/5/12",
            " 12  MAY 2026 ",
        ] {
            assert_eq!(parse_date(text), day, "{text}");
        }
        assert_eq!(parse_date("1 Sept 2026"), Ok(Date::new(2026, 9, 1).unwrap()));
        for (text, wrong) in [
            ("", Wrong::NotADate),
            ("soon", Wrong::NotADate),
            ("12", Wrong::NotADate),
            ("12 5", Wrong::NotADate),
            ("12 May 2026 10:00", Wrong::NotADate),
            ("31 February 2026", Wrong::NoSuchDay),
            ("2026-13-01", Wrong::NoSuchDay),
            ("0 May 2026", Wrong::NoSuchDay),
            ("12 May 99999", Wrong::NotADate),
            ("12 May 12345", Wrong::NoSuchDay),
            ("May 2026", Wrong::NoDay),
            ("5/2026", Wrong::NoDay),
            ("12 May 26", Wrong::ShortYear),
            ("12/5/26", Wrong::ShortYear),
        ] {
            assert_eq!(parse_date(text), Err(wrong), "{text}");
        }
        assert_eq!(parse_last_done("Never "), Ok(Value::LastDone(None)));
        assert_eq!(parse_last_done("a while ago"), Err(Wrong::NeitherDateNorNever));
    }

    #[cfg(feature = "office")]
    #[test]
    fn a_date_in_numbers_has_every_reading_that_is_a_day() {
        let day = |month, day| Date::new(2026, month, day).unwrap();
        assert_eq!(readings("3/4/2026"), [day(4, 3), day(3, 4)]);
        assert_eq!(readings(" 03.04.2026 "), [day(4, 3), day(3, 4)]);
        assert_eq!(readings("25/4/2026"), [day(4, 25)]);
        assert_eq!(readings("4/4/2026"), [day(4, 4)]);
        for text in
            ["2026-04-03", "2026/4/3", "3 April 2026", "April 3, 2026", "3/4/26", "95", "57/60", "never", ""]
        {
            assert_eq!(readings(text), [], "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_date_is_read_back_in_each_form(year in 1000_i16..=9999, month in 1_u8..=12, day in 1_u8..=31) {
            if let Ok(date) = Date::new(year, month, day) {
                prop_assert_eq!(parse_date(&date.in_words()), Ok(date));
                prop_assert_eq!(parse_date(&date.to_string()), Ok(date));
                prop_assert_eq!(parse_date(&format!("{day}/{month}/{year}")), Ok(date));
            }
        }

        #[test]
        fn nothing_typed_makes_it_fail(text in "\\PC{0,24}|[0-9 of/%-]{0,12}") {
            let _ = (parse_date(&text), parse_percentage(&text), parse_last_done(&text));
        }
    }
}
