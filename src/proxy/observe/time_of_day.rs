//! The clock of exchanges, which each 2xx asks.

use crate::history::Moment;
use std::sync::Arc;
use std::time::SystemTime;

/// What time it is: this machine's clock, or that of the world a demonstration plays in.
pub type Now = Arc<dyn Fn() -> SystemTime + Send + Sync>;

/// This machine's clock as of its last tick, a few milliseconds ago at most: asked in a quarter of the time.
#[cfg(target_os = "linux")]
pub fn now() -> SystemTime {
    use rustix::time::{ClockId, clock_gettime};
    use std::time::Duration;

    let since = Duration::try_from(clock_gettime(ClockId::RealtimeCoarse)).unwrap_or_default();
    SystemTime::UNIX_EPOCH + since
}

/// This machine's clock.
#[cfg(not(target_os = "linux"))]
pub fn now() -> SystemTime {
    SystemTime::now()
}

/// Without the calendar's arithmetic.
pub fn moment(now: SystemTime) -> Moment {
    let since = now.duration_since(SystemTime::UNIX_EPOCH);
    Moment::at(since.unwrap_or_default().as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn the_last_tick_is_not_long_ago() {
        let (now, precisely) = (now(), SystemTime::now());
        let ago = precisely
            .duration_since(now)
            .expect("a time that has passed");
        assert!(ago < Duration::from_secs(1), "{ago:?}");
    }
}
