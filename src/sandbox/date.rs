//! A date as people write it, for the sandbox to live in.

use time::format_description::well_known::Rfc3339;
use time::{OffsetDateTime, UtcDateTime};

/// The facts begin with the removal of REST 1.0 in this year (C).
const FIRST_YEAR: i32 = 2019;
/// Calendars end somewhere; so that no credential expires behind their end.
const LAST_YEAR: i32 = 2100;

/// Why a text is no date for the sandbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    #[error("write a date such as 2026-06-15, or with a time, 2026-06-15T00:05Z")]
    Unreadable,
    #[error("what is known of Bitbucket begins in 2019; choose a later date")]
    TooEarly,
    #[error("nothing is known of Bitbucket after 2100; choose an earlier date")]
    TooLate,
}

/// A day (its midnight, UTC), or a date and time of RFC 3339 whose seconds may be left out.
///
/// # Errors
/// A text that is neither, or a date before 2019 or after 2100.
pub fn parse(text: &str) -> Result<UtcDateTime, DateError> {
    let whole = match text.len() {
        // 2026-06-15
        10 => format!("{text}T00:00:00Z"),
        _ => with_seconds(text),
    };
    let date = OffsetDateTime::parse(&whole, &Rfc3339).map_err(|_| DateError::Unreadable)?;
    let date = UtcDateTime::from(date);
    match date.year() {
        ..FIRST_YEAR => Err(DateError::TooEarly),
        FIRST_YEAR..=LAST_YEAR => Ok(date),
        _ => Err(DateError::TooLate),
    }
}

/// RFC 3339 wants seconds, ISO 8601 and people do not.
fn with_seconds(text: &str) -> String {
    const MINUTES: usize = "2026-06-15T00:05".len();
    match text.split_at_checked(MINUTES) {
        Some((minutes, zone)) if !zone.starts_with(':') => format!("{minutes}:00{zone}"),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::utc_datetime;

    #[test]
    fn a_day_a_minute_and_a_second_are_dates() {
        assert_eq!(parse("2026-06-15"), Ok(utc_datetime!(2026-06-15 0:00)));
        assert_eq!(
            parse("2026-06-15T00:05Z"),
            Ok(utc_datetime!(2026-06-15 0:05))
        );
        assert_eq!(
            parse("2026-06-15T02:05:09+02:00"),
            Ok(utc_datetime!(2026-06-15 0:05:09))
        );
    }

    #[test]
    fn what_is_no_date_or_far_from_the_facts_is_refused() {
        for text in [
            "",
            "today",
            "2026-13-01",
            "2026-06-15T",
            "2026-06-15T00:05",
            "ä",
        ] {
            assert_eq!(parse(text), Err(DateError::Unreadable), "{text}");
        }
        assert_eq!(parse("2018-12-31"), Err(DateError::TooEarly));
        assert_eq!(parse("2019-01-01T00:30+01:00"), Err(DateError::TooEarly));
        assert_eq!(parse("2101-01-01"), Err(DateError::TooLate));
        assert_eq!(parse("9999-12-31T23:59:59Z"), Err(DateError::TooLate));
    }
}
