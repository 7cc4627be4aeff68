//! Credentials on REST.

use super::life::{self, Life};
use super::{Identity, Presented, refusal};
use crate::sandbox::Bitbucket;
use crate::sandbox::answer::Answer;
use crate::sandbox::credential::{Credential, Kind, State};
use crate::sandbox::reading::Disputed;

pub fn judge(presented: Presented, bitbucket: &Bitbucket) -> Result<Identity, Answer> {
    match presented {
        Presented::Nothing => Ok(Identity::Anonymous),
        Presented::OtherScheme if bitbucket.reading.otherwise(Disputed::B17) => {
            Err(refusal::bare(refusal::BASIC))
        }
        Presented::OtherScheme => Ok(Identity::Anonymous),
        Presented::Pair { user, secret } => pair(&user, &secret, bitbucket),
        Presented::Bearer(secret) => bearer(&secret, bitbucket),
        Presented::Jwt(secret) => app(&secret, bitbucket),
        Presented::Schemeless(secret) if bitbucket.reading.otherwise(Disputed::A9) => {
            schemeless(&secret, bitbucket)
        }
        Presented::InQuery(secret) if !query_is_closed(bitbucket) => bearer(&secret, bitbucket),
        Presented::InQuery(_) => Err(refusal::bare(refusal::OAUTH)),
        Presented::Schemeless(_) | Presented::Unreadable => Err(refusal::bare(refusal::BASIC)),
    }
}

/// On `bitbucket.org/api/`: as on the right host, until tokens had to go there (C2, 0.8).
pub fn judge_elsewhere(presented: Presented, bitbucket: &Bitbucket) -> Result<Identity, Answer> {
    let has_moved = bitbucket.clock.now() >= life::HEADER_ONLY;
    match presented {
        Presented::Bearer(_) | Presented::InQuery(_) if has_moved => {
            Err(refusal::bare(refusal::OAUTH))
        }
        Presented::Pair { .. } | Presented::Jwt(_) if has_moved => {
            Err(refusal::bare(refusal::BASIC))
        }
        other => judge(other, bitbucket),
    }
}

/// Whether `?access_token=` is refused by now (B13, I12).
pub fn query_is_closed(bitbucket: &Bitbucket) -> bool {
    let end = match bitbucket.reading.otherwise(Disputed::B13) {
        true => life::HEADER_ONLY_EARLY,
        false => life::HEADER_ONLY,
    };
    bitbucket.clock.now() >= end
}

/// Each kind asks for another user name before it (0.5, A-table).
pub fn takes_pair(user: &str, credential: &Credential, bitbucket: &Bitbucket) -> bool {
    let is_email = user.eq_ignore_ascii_case(credential.true_email());
    match credential.kind {
        Kind::ApiToken => is_email,
        Kind::AppPassword => user == credential.true_username(),
        Kind::AccountPassword => is_email || user == credential.true_username(),
        kind if kind.is_access_token() => {
            user == "x-token-auth" && bitbucket.reading.otherwise(Disputed::A10)
        }
        _ => false,
    }
}

fn pair(user: &str, secret: &str, bitbucket: &Bitbucket) -> Result<Identity, Answer> {
    let Some(credential) = bitbucket.store.find(secret) else {
        return Err(refusal::bare(refusal::BASIC));
    };
    match Life::of(&credential, bitbucket.clock.now()) {
        Life::Works if takes_pair(user, &credential, bitbucket) => Ok(Identity::Known(credential)),
        Life::KindEnded if credential.kind == Kind::AppPassword => {
            Err(refusal::ended_app_password(&bitbucket.reading))
        }
        _ => Err(refusal::pair(&credential, &bitbucket.reading)),
    }
}

fn bearer(secret: &str, bitbucket: &Bitbucket) -> Result<Identity, Answer> {
    let now = bitbucket.clock.now();
    let Some(credential) = bitbucket.store.find(secret) else {
        return Err(refusal::invalid(refusal::OAUTH));
    };
    let has_expired = credential.state == State::Expired || credential.is_past(now);
    match credential.kind {
        _ if takes_bearer(&credential, bitbucket) => Ok(Identity::Known(credential)),
        Kind::AppPassword => Err(refusal::app_password_as_bearer()),
        Kind::OauthAccessToken if has_expired => Err(refusal::expired(now)),
        _ => Err(refusal::invalid(refusal::OAUTH)),
    }
}

/// Whether it works behind Bearer: access and OAuth tokens do, API tokens do not (A8, A10).
pub fn takes_bearer(credential: &Credential, bitbucket: &Bitbucket) -> bool {
    let fits = credential.kind.goes_as_x_token_auth()
        || credential.kind == Kind::ApiToken && bitbucket.reading.otherwise(Disputed::A8);
    fits && Life::of(credential, bitbucket.clock.now()) == Life::Works
}

/// The one report names no kind (A9): whatever a header can carry alone or in a pair.
fn schemeless(secret: &str, bitbucket: &Bitbucket) -> Result<Identity, Answer> {
    let fits = |kind: Kind| kind == Kind::ApiToken || kind.goes_as_x_token_auth();
    alone(secret, fits, bitbucket)
}

/// A16.
fn app(secret: &str, bitbucket: &Bitbucket) -> Result<Identity, Answer> {
    alone(secret, |kind| kind == Kind::ConnectJwt, bitbucket)
}

fn alone(
    secret: &str,
    fits: impl Fn(Kind) -> bool,
    bitbucket: &Bitbucket,
) -> Result<Identity, Answer> {
    let now = bitbucket.clock.now();
    let found = bitbucket.store.find(secret);
    let found = found
        .filter(|credential| fits(credential.kind) && Life::of(credential, now) == Life::Works);
    found
        .map(Identity::Known)
        .ok_or_else(|| refusal::bare(refusal::BASIC))
}
