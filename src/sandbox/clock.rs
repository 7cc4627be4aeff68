//! The date that the sandbox lives in: it decides what still works, and dates every answer.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Instant;
use time::UtcDateTime;

/// Runs on from the date it was set to. Clones show the same time.
#[derive(Clone, Debug)]
pub struct Clock(Arc<RwLock<Setting>>);

#[derive(Clone, Copy, Debug)]
struct Setting {
    date: UtcDateTime,
    set: Instant,
}

impl Clock {
    pub fn starting_at(date: UtcDateTime) -> Self {
        Self(Arc::new(RwLock::new(Setting::at(date))))
    }

    /// The present of this machine.
    pub fn of_today() -> Self {
        Self::starting_at(UtcDateTime::now())
    }

    /// Jumps to another date, forwards or back.
    pub fn set(&self, date: UtcDateTime) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Setting::at(date);
    }

    pub fn now(&self) -> UtcDateTime {
        let setting = *self.0.read().unwrap_or_else(PoisonError::into_inner);
        setting.date + setting.set.elapsed()
    }
}

impl Setting {
    fn at(date: UtcDateTime) -> Self {
        Self {
            date,
            set: Instant::now(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::utc_datetime;

    #[test]
    fn it_runs_on_from_where_it_was_set_and_clones_follow() {
        let clock = Clock::starting_at(utc_datetime!(2026-06-15 0:05));
        let other = clock.clone();
        assert!(other.now() >= utc_datetime!(2026-06-15 0:05));
        clock.set(utc_datetime!(2021-01-01 0:00));
        assert_eq!(other.now().year(), 2021);
    }
}
