//! Dates as logs and HARs write them: RFC 3339, and its loose relatives.

use time::{Date, Duration, Month, Time, UtcDateTime};

/// A whole text: `2026-11-24`, `2026-11-24T16:40:12Z`, `2026-11-24 17:40:12,345 +0100`. Without an offset it is UTC.
pub fn parse(text: &str) -> Option<UtcDateTime> {
    let bytes = text.trim().as_bytes();
    if let Some((date, length)) = timestamp(bytes) {
        return (length == bytes.len()).then_some(date);
    }
    let (date, length) = day(bytes)?;
    (length == bytes.len()).then(|| UtcDateTime::new(date, Time::MIDNIGHT))
}

/// A date with a time at the beginning of a line, and how many bytes it takes.
pub fn timestamp(line: &[u8]) -> Option<(UtcDateTime, usize)> {
    let (date, mut at) = day(line)?;
    matches!(line.get(at), Some(b'T' | b't' | b' ')).then_some(())?;
    at += 1;
    let (time, length) = time_of_day(&line[at..])?;
    at += length;
    let here = UtcDateTime::new(date, time);
    let (offset, length) = offset(&line[at..]);
    // Near the ends of the calendar there may be no such moment.
    Some((here.checked_sub(offset)?, at + length))
}

/// `16:40:12.345` and how many bytes it takes.
pub fn time_of_day(line: &[u8]) -> Option<(Time, usize)> {
    let colons = line.get(2) == Some(&b':') && line.get(5) == Some(&b':');
    colons.then_some(())?;
    let hour = number(line.get(..2)?)?;
    let minute = number(line.get(3..5)?)?;
    let second = number(line.get(6..8)?)?;
    // A leap second is the last of its minute to us.
    let time = Time::from_hms(small(hour)?, small(minute)?, small(second.min(59))?).ok()?;
    let mut length = 8;
    if matches!(line.get(8), Some(b'.' | b',')) {
        let digits = line[9..].iter().take_while(|byte| byte.is_ascii_digit());
        length += 1 + digits.count();
    }
    Some((time, length))
}

/// `Z`, `+01:00`, ` +0100`; nothing counts as UTC.
fn offset(rest: &[u8]) -> (Duration, usize) {
    if matches!(rest.first(), Some(b'Z' | b'z')) {
        return (Duration::ZERO, 1);
    }
    let blank = usize::from(rest.first() == Some(&b' '));
    let signed = |rest: &[u8]| {
        let sign = match rest.first()? {
            b'+' => 1,
            b'-' => -1,
            _ => return None,
        };
        let colon = usize::from(rest.get(3) == Some(&b':'));
        let hours = number(rest.get(1..3)?)?;
        let minutes = number(rest.get(3 + colon..5 + colon)?)?;
        let minutes = i64::from(hours * 60 + minutes);
        Some((Duration::minutes(sign * minutes), 5 + colon))
    };
    match signed(&rest[blank..]) {
        Some((offset, length)) => (offset, blank + length),
        None => (Duration::ZERO, 0),
    }
}

/// `2026-11-24`
fn day(line: &[u8]) -> Option<(Date, usize)> {
    let hyphens = line.get(4) == Some(&b'-') && line.get(7) == Some(&b'-');
    hyphens.then_some(())?;
    let year = number(line.get(..4)?)?;
    let month = Month::try_from(small(number(line.get(5..7)?)?)?).ok()?;
    let day = small(number(line.get(8..10)?)?)?;
    let date = Date::from_calendar_date(i32::try_from(year).ok()?, month, day).ok()?;
    Some((date, 10))
}

fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |number, digit| {
        char::from(*digit)
            .to_digit(10)
            .map(|digit| number * 10 + digit)
    })
}

fn small(number: u32) -> Option<u8> {
    u8::try_from(number).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use time::macros::utc_datetime;

    #[test]
    fn dates_in_all_their_forms() {
        let expected = utc_datetime!(2026-11-24 16:40:12);
        for text in [
            "2026-11-24T16:40:12Z",
            "2026-11-24T16:40:12.345678901Z",
            "2026-11-24 16:40:12,345",
            "2026-11-24T17:40:12.345+01:00",
            "2026-11-24 17:40:12 +0100",
            "2026-11-24T11:10:12-05:30",
        ] {
            assert_eq!(parse(text), Some(expected), "{text}");
        }
        assert_eq!(parse("2026-11-24"), Some(utc_datetime!(2026-11-24 00:00)));
    }

    #[test]
    fn anything_else_is_no_date() {
        for text in [
            "",
            "yesterday",
            "2026-13-01",
            "2026-02-30T10:00:00Z",
            "16:40:12",
            "2026-11-24T25:00:00Z",
            "1784000000",
            "2026-11-24T16:40:12Zx",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_end(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
            timestamp(&bytes);
            time_of_day(&bytes);
        }
    }
}
