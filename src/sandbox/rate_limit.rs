//! How many requests an hour somebody may send (B26).

use super::Bitbucket;
use super::answer::Answer;
use super::call::Call;
use super::credential::Credential;
use super::judge::{Identity, Surface};
use super::reading::{Disputed, Reading};
use http::header::RETRY_AFTER;
use http::{HeaderName, StatusCode};
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use time::UtcDateTime;

/// Counts by the hours of the sandbox's clock.
#[derive(Debug)]
pub struct RateLimits {
    on: bool,
    window: Mutex<Window>,
}

/// The requests of one hour; those of other hours do not matter any more.
#[derive(Debug, Default)]
struct Window {
    /// Since 1970.
    hour: i64,
    seen: HashMap<(Who, Pool), u32>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Who {
    Address(IpAddr),
    /// By username.
    User(String),
    /// By the id of a token that is nobody's.
    Token(String),
}

/// Requests that are counted together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Pool {
    Rest,
    /// `/2.0/repositories/…`, on a plan whose limit grows.
    Repositories,
    Git,
    Archives,
}

/// More askers than this in an hour are let through uncounted.
const ASKERS: usize = 10_000;

impl RateLimits {
    pub fn on() -> Self {
        Self {
            on: true,
            window: Mutex::default(),
        }
    }

    pub fn off() -> Self {
        Self {
            on: false,
            ..Self::on()
        }
    }

    /// One more; the number in this hour so far.
    fn count(&self, who: Who, pool: Pool, now: UtcDateTime) -> u32 {
        let mut window = self.window.lock().unwrap_or_else(PoisonError::into_inner);
        let hour = now.unix_timestamp().div_euclid(3600);
        if window.hour != hour {
            *window = Window {
                hour,
                ..Window::default()
            };
        }
        let key = (who, pool);
        if window.seen.len() >= ASKERS && !window.seen.contains_key(&key) {
            return 0;
        }
        let seen = window.seen.entry(key).or_default();
        *seen = seen.saturating_add(1);
        *seen
    }
}

/// Counts a call.
///
/// # Errors
/// The 429 when it is one too many.
pub fn counted(call: &Call, identity: &Identity, bitbucket: &Bitbucket) -> Result<(), Answer> {
    let limits = &bitbucket.limits;
    let Some(pool) = Pool::of(call).filter(|_| limits.on) else {
        return Ok(());
    };
    let reading = &bitbucket.reading;
    let (who, pool, limit) = match identity {
        Identity::Known(credential) => (Who::by(credential), pool, pool.limit(reading)),
        // git asks without credentials each time before it asks with them (F1).
        Identity::Anonymous if pool == Pool::Git => {
            (Who::Address(call.client), pool, pool.limit(reading))
        }
        // The rest of what is anonymous shares one limit, wherever it goes.
        Identity::Anonymous => (Who::Address(call.client), Pool::Rest, 60),
    };
    let now = bitbucket.clock.now();
    match limits.count(who, pool, now) > limit {
        true => Err(too_many(limit, now, reading)),
        false => Ok(()),
    }
}

impl Pool {
    fn of(call: &Call) -> Option<Self> {
        match Surface::of(call) {
            Surface::Rest | Surface::RestOnWebsite if call.path.contains("/2.0/repositories/") => {
                Some(Self::Repositories)
            }
            Surface::Rest | Surface::RestOnWebsite => Some(Self::Rest),
            Surface::Git => Some(Self::Git),
            Surface::Archive => Some(Self::Archives),
            Surface::TokenEndpoint | Surface::Page | Surface::Files => None,
        }
    }

    fn limit(self, reading: &Reading) -> u32 {
        match self {
            Self::Rest => 1_000,
            Self::Repositories => 10_000,
            Self::Git => 60_000,
            Self::Archives if reading.otherwise(Disputed::B26) => 1_500,
            Self::Archives => 5_000,
        }
    }
}

impl Who {
    fn by(credential: &Credential) -> Self {
        match credential.true_username() {
            "" => Self::Token(credential.id.clone()),
            username => Self::User(username.to_owned()),
        }
    }
}

fn too_many(limit: u32, now: UtcDateTime, reading: &Reading) -> Answer {
    const TEXT: &str = "Rate limit for this resource has been exceeded";
    let seconds_left = 3600 - now.unix_timestamp().rem_euclid(3600);
    let nearly = match reading.otherwise(Disputed::B26) {
        true => "0",
        false => "true",
    };
    Answer::error(StatusCode::TOO_MANY_REQUESTS, TEXT)
        .with(
            HeaderName::from_static("x-ratelimit-limit"),
            &limit.to_string(),
        )
        .with(HeaderName::from_static("x-ratelimit-nearlimit"), nearly)
        .with(RETRY_AFTER, &seconds_left.to_string())
}

#[cfg(test)]
mod tests;
