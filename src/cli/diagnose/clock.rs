//! Which clock an exchange of a record is judged by.

use crate::observation::{Clock, Observation};
use crate::output::judged::ClockSource;
use time::UtcDateTime;

/// `--at`, then the record's own date, then the answer's, then now.
///
/// Two that contradict each other, or none, leave doubt about the date.
pub fn clock(
    asked: Option<UtcDateTime>,
    recorded: Option<UtcDateTime>,
    seen: Option<&Observation>,
    now: UtcDateTime,
) -> (Clock, ClockSource) {
    let answered = answered(seen);
    let certain = |date| Clock { date, agrees: true };
    match (asked, recorded, answered) {
        (Some(date), ..) => (certain(date), ClockSource::Asked),
        (None, Some(date), Some(answered)) => {
            let agrees = Clock::of(Some(date), answered).agrees;
            (Clock { date, agrees }, ClockSource::Record)
        }
        (None, Some(date), None) => (certain(date), ClockSource::Record),
        (None, None, Some(date)) => (certain(date), ClockSource::Answer),
        (None, None, None) => (
            Clock {
                date: now,
                agrees: false,
            },
            ClockSource::Now,
        ),
    }
}

/// When it happened, as far as the record or the answer tells; `--at` moves the judgement, not the past.
pub fn told(recorded: Option<UtcDateTime>, seen: Option<&Observation>) -> Option<UtcDateTime> {
    recorded.or_else(|| answered(seen))
}

fn answered(seen: Option<&Observation>) -> Option<UtcDateTime> {
    seen.and_then(Observation::exchange)
        .and_then(|exchange| exchange.response.date)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnosis::example::Example;
    use time::Duration;
    use time::macros::utc_datetime;

    #[test]
    fn the_clock_is_the_first_that_there_is() {
        const NOW: UtcDateTime = utc_datetime!(2026-11-24 10:00);
        const THEN: UtcDateTime = utc_datetime!(2025-01-01 10:00);
        let answer: &[(&str, &str)] = &[("date", "Wed, 01 Jan 2025 10:01:00 GMT")];
        let (dated, ..) = Example::rest("").answer(answer).observe();
        let (undated, ..) = Example::rest("").observe();
        let answered = THEN + Duration::minutes(1);
        let far = THEN + Duration::minutes(10);
        for (asked, recorded, seen, date, agrees, source) in [
            (
                Some(NOW),
                Some(THEN),
                Some(&dated),
                NOW,
                true,
                ClockSource::Asked,
            ),
            (
                None,
                Some(THEN),
                Some(&dated),
                THEN,
                true,
                ClockSource::Record,
            ),
            (
                None,
                Some(far),
                Some(&dated),
                far,
                false,
                ClockSource::Record,
            ),
            (
                None,
                Some(THEN),
                Some(&undated),
                THEN,
                true,
                ClockSource::Record,
            ),
            (
                None,
                None,
                Some(&dated),
                answered,
                true,
                ClockSource::Answer,
            ),
            (None, None, Some(&undated), NOW, false, ClockSource::Now),
            (None, None, None, NOW, false, ClockSource::Now),
        ] {
            let (clock, by) = clock(asked, recorded, seen, NOW);
            assert_eq!((clock, by), (Clock { date, agrees }, source));
        }
    }
}
