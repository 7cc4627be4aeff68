//! Bitbucket's dated changes (table C).

use time::macros::date;
use time::{Date, UtcDateTime};

/// The day that the facts of this program are as of.
pub const FACTS_AS_OF: Date = date!(2026 - 11 - 24);

/// REST API 1.0 was removed.
pub const REST_1_REMOVED: Date = date!(2019 - 04 - 29);
/// Teams became workspaces: `/2.0/teams` and most of `/2.0/users` went, as announced.
pub const TEAMS_REMOVED: Date = date!(2020 - 10 - 14);
/// The last report of a scheme that was not recognised for its case is of the year before (B17).
pub const SCHEME_CASE_REPORTS_ENDED: Date = date!(2019 - 01 - 01);
/// Account passwords ended for everyone, on REST and git.
pub const ACCOUNT_PASSWORDS_ENDED: Date = date!(2022 - 03 - 01);
/// New app passwords could no longer be made.
pub const APP_PASSWORD_CREATION_ENDED: Date = date!(2025 - 09 - 09);
/// Atlassian API tokens from before 2024-12-15 end, whether renewed or not: first and last day of it.
pub const OLD_API_TOKENS_END: (Date, Date) = (date!(2026 - 03 - 14), date!(2026 - 05 - 12));
/// Cross-workspace listings were gone for good (CHANGE-2770).
pub const CROSS_WORKSPACE_LISTS_REMOVED: Date = date!(2026 - 04 - 14);
/// OAuth 1 signatures were reported dead (I1).
pub const OAUTH_1_REPORTED_DEAD: Date = date!(2026 - 02 - 28);
/// First report of a refused token in the query (I12), two months before the announced brownouts.
pub const QUERY_TOKENS_REPORTED_DEAD: Date = date!(2026 - 02 - 20);
/// Brownouts for tokens in the query or a form body began (CHANGE-3052).
pub const QUERY_TOKEN_BROWNOUTS_BEGAN: Date = date!(2026 - 04 - 20);
/// Tokens in the query or a form body are refused (CHANGE-3052).
pub const QUERY_TOKENS_REFUSED: Date = date!(2026 - 05 - 04);
/// Tokens are taken at `api.bitbucket.org` only, no longer at `bitbucket.org/api` (CHANGE-3052).
pub const WEBSITE_API_ENDED: Date = date!(2026 - 05 - 04);
/// First day of the app-password brownouts.
pub const APP_PASSWORD_BROWNOUTS_BEGAN: Date = date!(2026 - 06 - 09);
/// App passwords ended for good (CHANGE-3222).
pub const APP_PASSWORDS_REMOVED: Date = date!(2026 - 07 - 28);
/// Issues and wikis were removed with their endpoints.
pub const ISSUE_TRACKER_REMOVED: Date = date!(2026 - 08 - 20);

/// Announced brownouts began at these hours (UTC) and took a quarter of an hour; they grew later, to an unknown plan (C4).
const BROWNOUT_HOURS: [u8; 4] = [0, 6, 12, 18];
const BROWNOUT_MINUTES: u8 = 15;

/// What became of app passwords by a point in time (C1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppPasswords {
    /// Taken, with the Bitbucket username.
    Work,
    /// Between the first brownout and the removal: refused at times.
    Brownouts {
        /// Inside a window that was announced (C4).
        known_window: bool,
    },
    Removed,
}

impl AppPasswords {
    pub fn at(at: UtcDateTime) -> Self {
        if at.date() >= APP_PASSWORDS_REMOVED {
            return Self::Removed;
        }
        if at.date() < APP_PASSWORD_BROWNOUTS_BEGAN {
            return Self::Work;
        }
        let known_window = BROWNOUT_HOURS.contains(&at.hour()) && at.minute() < BROWNOUT_MINUTES;
        Self::Brownouts { known_window }
    }
}

/// What became of tokens in the query or a form body by a point in time (B13, I12).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueryTokens {
    /// Taken.
    Work,
    /// Officially taken, but a refusal was reported.
    Doubtful,
    /// Refused at times.
    Brownouts,
    Refused,
}

impl QueryTokens {
    pub fn at(at: UtcDateTime) -> Self {
        match at.date() {
            day if day >= QUERY_TOKENS_REFUSED => Self::Refused,
            day if day >= QUERY_TOKEN_BROWNOUTS_BEGAN => Self::Brownouts,
            day if day >= QUERY_TOKENS_REPORTED_DEAD => Self::Doubtful,
            _ => Self::Work,
        }
    }
}

/// Whether OAuth 1 signatures had been reported dead (I1).
pub fn oauth1_ended(at: UtcDateTime) -> bool {
    at.date() >= OAUTH_1_REPORTED_DEAD
}

/// Whether people still reported that the case of the scheme counted (B17).
pub fn scheme_case_counted(at: UtcDateTime) -> bool {
    at.date() < SCHEME_CASE_REPORTS_ENDED
}

/// Whether tokens had to go to `api.bitbucket.org` (C2).
pub fn website_api_ended(at: UtcDateTime) -> bool {
    at.date() >= WEBSITE_API_ENDED
}

/// Whether account passwords had ended (B32).
pub fn account_passwords_ended(at: UtcDateTime) -> bool {
    at.date() >= ACCOUNT_PASSWORDS_ENDED
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::utc_datetime;

    #[test]
    fn app_passwords_work_fade_and_end() {
        let brownouts = |known_window| AppPasswords::Brownouts { known_window };
        for (at, expected) in [
            (utc_datetime!(2025-01-01 00:00), AppPasswords::Work),
            (utc_datetime!(2026-06-08 23:59:59), AppPasswords::Work),
            (utc_datetime!(2026-06-09 00:00), brownouts(true)),
            (utc_datetime!(2026-06-09 00:14:59), brownouts(true)),
            (utc_datetime!(2026-06-09 00:15), brownouts(false)),
            (utc_datetime!(2026-06-30 06:07), brownouts(true)),
            (utc_datetime!(2026-06-30 12:07), brownouts(true)),
            (utc_datetime!(2026-06-30 13:00), brownouts(false)),
            (utc_datetime!(2026-07-27 18:14), brownouts(true)),
            (utc_datetime!(2026-07-27 23:59:59), brownouts(false)),
            (utc_datetime!(2026-07-28 00:00), AppPasswords::Removed),
            (utc_datetime!(2027-01-01 00:00), AppPasswords::Removed),
        ] {
            assert_eq!(AppPasswords::at(at), expected, "{at}");
        }
    }

    #[test]
    fn tokens_in_queries_fade_and_end() {
        for (at, expected) in [
            (utc_datetime!(2026-02-19 23:59:59), QueryTokens::Work),
            (utc_datetime!(2026-02-20 00:00), QueryTokens::Doubtful),
            (utc_datetime!(2026-04-19 23:59:59), QueryTokens::Doubtful),
            (utc_datetime!(2026-04-20 00:00), QueryTokens::Brownouts),
            (utc_datetime!(2026-05-03 23:59:59), QueryTokens::Brownouts),
            (utc_datetime!(2026-05-04 00:00), QueryTokens::Refused),
        ] {
            assert_eq!(QueryTokens::at(at), expected, "{at}");
        }
        assert!(!oauth1_ended(utc_datetime!(2026-02-27 23:59:59)));
        assert!(oauth1_ended(utc_datetime!(2026-02-28 00:00)));
        assert!(!website_api_ended(utc_datetime!(2026-05-03 23:59:59)));
        assert!(website_api_ended(utc_datetime!(2026-05-04 00:00)));
    }

    #[test]
    fn account_passwords_end_with_february_2022() {
        assert!(!account_passwords_ended(utc_datetime!(2022-02-28 23:59:59)));
        assert!(account_passwords_ended(utc_datetime!(2022-03-01 00:00)));
    }
}
