//! What the date makes of a credential (the timeline of C).

use crate::sandbox::credential::{Credential, Kind, State};
use time::UtcDateTime;
use time::macros::utc_datetime;

/// Whether a credential is alive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Life {
    Works,
    /// This one does not: expired, revoked, without scopes, made for something else, or not thought of yet.
    Dead,
    /// Its whole kind was switched off, for good or for a quarter of an hour.
    KindEnded,
}

/// From then on OAuth tokens may stand in `Authorization` only, and tokens go to `api.bitbucket.org` only (C).
pub const HEADER_ONLY: UtcDateTime = utc_datetime!(2026-05-04 0:00);
/// When others saw that end already (I12).
pub const HEADER_ONLY_EARLY: UtcDateTime = utc_datetime!(2026-02-20 0:00);

const ACCOUNT_PASSWORDS_END: UtcDateTime = utc_datetime!(2022-03-01 0:00);
const WIDER_ACCESS_TOKENS_BEGIN: UtcDateTime = utc_datetime!(2023-02-01 0:00);
/// The month is known, the day is not.
const API_TOKENS_BEGIN: UtcDateTime = utc_datetime!(2025-06-01 0:00);
const BROWNOUTS_BEGIN: UtcDateTime = utc_datetime!(2026-06-09 0:00);
const APP_PASSWORDS_END: UtcDateTime = utc_datetime!(2026-07-28 0:00);

impl Life {
    pub fn of(credential: &Credential, now: UtcDateTime) -> Self {
        if has_ended(credential.kind, now) {
            return Self::KindEnded;
        }
        let lives = matches!(
            credential.state,
            State::Good | State::OtherAccount | State::Public
        );
        match lives && !credential.is_past(now) && has_begun(credential.kind, now) {
            true => Self::Works,
            false => Self::Dead,
        }
    }
}

/// 2021-09-13, the end for new accounts, is left out: both accounts here are old.
fn has_ended(kind: Kind, now: UtcDateTime) -> bool {
    match kind {
        Kind::AppPassword => now >= APP_PASSWORDS_END || is_brownout(now),
        Kind::AccountPassword => now >= ACCOUNT_PASSWORDS_END,
        _ => false,
    }
}

fn has_begun(kind: Kind, now: UtcDateTime) -> bool {
    match kind {
        Kind::ApiToken => now >= API_TOKENS_BEGIN,
        Kind::ProjectAccessToken | Kind::WorkspaceAccessToken => now >= WIDER_ACCESS_TOKENS_BEGIN,
        _ => true,
    }
}

/// The windows that are known: a quarter of an hour from 00, 06, 12 and 18 UTC (C4).
fn is_brownout(now: UtcDateTime) -> bool {
    let is_window = now.hour().is_multiple_of(6) && now.minute() < 15;
    is_window && (BROWNOUTS_BEGIN..APP_PASSWORDS_END).contains(&now)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn life(kind: Kind, now: UtcDateTime) -> Life {
        Life::of(&Credential::new(kind, State::Good, String::new()), now)
    }

    #[test]
    fn app_passwords_go_in_quarters_of_an_hour_and_then_for_good() {
        let cases = [
            (utc_datetime!(2026-06-08 18:00), Life::Works),
            (utc_datetime!(2026-06-09 0:00), Life::KindEnded),
            (utc_datetime!(2026-06-09 0:14:59), Life::KindEnded),
            (utc_datetime!(2026-06-09 0:15), Life::Works),
            (utc_datetime!(2026-06-15 3:05), Life::Works),
            (utc_datetime!(2026-06-15 6:05), Life::KindEnded),
            (utc_datetime!(2026-06-15 12:05), Life::KindEnded),
            (utc_datetime!(2026-07-27 18:14), Life::KindEnded),
            (utc_datetime!(2026-07-27 23:59), Life::Works),
            (utc_datetime!(2026-07-28 0:20), Life::KindEnded),
            (utc_datetime!(2026-11-24 9:00), Life::KindEnded),
        ];
        for (now, expected) in cases {
            assert_eq!(life(Kind::AppPassword, now), expected, "{now}");
        }
    }

    #[test]
    fn the_other_kinds_begin_and_end_as_announced() {
        let cases = [
            (
                Kind::AccountPassword,
                utc_datetime!(2022-02-28 23:59),
                Life::Works,
            ),
            (
                Kind::AccountPassword,
                utc_datetime!(2022-03-01 0:00),
                Life::KindEnded,
            ),
            (Kind::ApiToken, utc_datetime!(2025-05-31 0:00), Life::Dead),
            (Kind::ApiToken, utc_datetime!(2025-06-01 0:00), Life::Works),
            (
                Kind::RepoAccessToken,
                utc_datetime!(2022-12-01 0:00),
                Life::Works,
            ),
            (
                Kind::ProjectAccessToken,
                utc_datetime!(2022-12-01 0:00),
                Life::Dead,
            ),
            (
                Kind::WorkspaceAccessToken,
                utc_datetime!(2023-02-01 0:00),
                Life::Works,
            ),
            (
                Kind::OauthAccessToken,
                utc_datetime!(2021-01-01 0:00),
                Life::Works,
            ),
        ];
        for (kind, now, expected) in cases {
            assert_eq!(life(kind, now), expected, "{kind:?} on {now}");
        }
    }
}
