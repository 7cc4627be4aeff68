//! Bitbucket's dated changes (table C).

use time::macros::date;
use time::{Date, UtcDateTime};

/// The day that the facts of this program are as of.
pub const FACTS_AS_OF: Date = date!(2026 - 11 - 24);
/// New app passwords could no longer be made.
pub const APP_PASSWORD_CREATION_ENDED: Date = date!(2025 - 09 - 09);
/// First day of the app-password brownouts.
pub const APP_PASSWORD_BROWNOUTS_BEGAN: Date = date!(2026 - 06 - 09);
/// App passwords ended for good (CHANGE-3222).
pub const APP_PASSWORDS_REMOVED: Date = date!(2026 - 07 - 28);
/// Account passwords ended for everyone, REST and git.
pub const ACCOUNT_PASSWORDS_ENDED: Date = date!(2022 - 03 - 01);
/// Cross-workspace listings were gone for good (CHANGE-2770).
pub const CROSS_WORKSPACE_LISTS_REMOVED: Date = date!(2026 - 04 - 14);
/// Issues and wikis were removed with their endpoints.
pub const ISSUE_TRACKER_REMOVED: Date = date!(2026 - 08 - 20);
/// REST API 1.0 was removed.
pub const REST_1_REMOVED: Date = date!(2019 - 04 - 29);
/// Tokens in the query or a form body are refused (CHANGE-3052).
pub const QUERY_TOKENS_REFUSED: Date = date!(2026 - 05 - 04);

/// What became of app passwords by a point in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppPasswords {
    /// Taken, with the Bitbucket username.
    Work,
    /// Days of brownouts; `known_window` inside a window that was announced (C4).
    Brownout {
        known_window: bool,
    },
    Removed,
}

impl AppPasswords {
    pub fn at(_at: UtcDateTime) -> Self {
        todo!()
    }
}

/// Whether account passwords had ended (B32).
pub fn account_passwords_ended(at: UtcDateTime) -> bool {
    at.date() >= ACCOUNT_PASSWORDS_ENDED
}
