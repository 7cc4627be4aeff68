//! A time in four bytes, for tables that hold many.

use std::num::NonZeroU32;
use time::{Duration, UtcDateTime};

/// Whole seconds since 1970; what does not fit is the first or the last one that does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(NonZeroU32);

impl Moment {
    /// So many whole seconds after 1970 began: for those who cannot afford the calendar's arithmetic.
    pub fn at(seconds: u64) -> Self {
        let seconds = u32::try_from(seconds).unwrap_or(u32::MAX);
        Self(NonZeroU32::new(seconds).unwrap_or(NonZeroU32::MIN))
    }

    /// In either direction: a clock may be set back, and records may stand in any order.
    pub(super) fn is_near(self, other: Self, limit: Duration) -> bool {
        let apart = self.0.get().abs_diff(other.0.get());
        i64::from(apart) <= limit.whole_seconds()
    }
}

impl From<UtcDateTime> for Moment {
    fn from(date: UtcDateTime) -> Self {
        let seconds = u64::try_from(date.unix_timestamp()).unwrap_or_default();
        Self::at(seconds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::utc_datetime;

    #[test]
    fn near_is_near_in_both_directions() {
        let noon = Moment::from(utc_datetime!(2026-11-24 12:00));
        let (before, after) = (
            Moment::from(utc_datetime!(2026-11-24 11:55)),
            Moment::from(utc_datetime!(2026-11-24 12:05:01)),
        );
        let limit = Duration::minutes(5);
        assert!(noon.is_near(before, limit) && before.is_near(noon, limit));
        assert!(!noon.is_near(after, limit) && !after.is_near(noon, limit));
    }

    #[test]
    fn any_date_has_a_moment() {
        assert!(Moment::from(UtcDateTime::MIN) < Moment::from(utc_datetime!(1970-01-02 0:00)));
        assert!(Moment::from(UtcDateTime::MAX) > Moment::from(utc_datetime!(2100-01-01 0:00)));
        assert_eq!(size_of::<Option<Moment>>(), 4);
    }
}
