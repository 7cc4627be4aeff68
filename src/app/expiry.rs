//! A word in the log while the CA nears its end: at the start, and each day.

use crate::tls::authority::Authority;
use std::time::Duration;
use time::UtcDateTime;
use tokio::time::sleep;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Never ends.
pub async fn warn(authority: &Authority, now: impl Fn() -> UtcDateTime, tell: impl Fn(&str)) {
    loop {
        if let Some(notice) = authority.notice(now()) {
            tell(&notice.to_string());
        }
        sleep(DAY).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tls::constraint::Constraint;
    use std::cell::{Cell, RefCell};
    use tokio::time::timeout;

    /// H-A10: thirty days before the end it begins, and goes on each day.
    #[tokio::test(start_paused = true)]
    async fn the_log_warns_each_day_of_the_last_thirty() {
        let folder = tempfile::tempdir().unwrap();
        let made = UtcDateTime::now();
        let dir = folder.path().join("ca");
        let ca = Authority::create(&dir, &Constraint::default(), None, made).unwrap();
        let today = Cell::new(ca.not_after() - time::Duration::days(32));
        let told = RefCell::new(Vec::new());
        let tomorrow = || {
            let now = today.get();
            today.set(now + time::Duration::days(1));
            now
        };
        let warnings = warn(&ca, tomorrow, |line| {
            told.borrow_mut().push(line.to_owned());
        });
        // The clocks of the runtime and of the CA go at one pace: a start and four days more.
        let four_days = DAY * 4 + Duration::from_secs(1);
        assert!(timeout(four_days, warnings).await.is_err());
        assert_eq!(told.borrow().len(), 2, "{told:?}");
        assert!(told.borrow()[0].contains("new step of trust"), "{told:?}");
    }
}
