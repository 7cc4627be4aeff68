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
    let (who, limit) = match identity {
        Identity::Anonymous => (Who::Address(call.client), 60),
        Identity::Known(credential) => (Who::by(credential), pool.limit(&bitbucket.reading)),
    };
    // What is anonymous shares one limit, wherever it goes.
    let pool = match identity {
        Identity::Anonymous => Pool::Rest,
        Identity::Known(_) => pool,
    };
    let now = bitbucket.clock.now();
    match limits.count(who, pool, now) > limit {
        true => Err(too_many(limit, now, &bitbucket.reading)),
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
mod tests {
    use super::*;
    use crate::sandbox::call::Site;
    use crate::sandbox::clock::Clock;
    use crate::sandbox::credential::{Kind, State};
    use http::{HeaderMap, Method};
    use std::net::Ipv4Addr;
    use time::macros::utc_datetime;

    fn bitbucket(reading: Reading) -> Bitbucket {
        Bitbucket::new(Clock::starting_at(utc_datetime!(2026-11-24 9:30)), reading)
    }

    fn call(site: Site, path: &str) -> Call {
        Call {
            site,
            method: Method::GET,
            path: path.to_owned(),
            query: None,
            headers: HeaderMap::new(),
            client: Ipv4Addr::LOCALHOST.into(),
        }
    }

    /// How many calls pass before the first that does not.
    fn passing(call: &Call, identity: &Identity, bitbucket: &Bitbucket) -> usize {
        (0..100_000)
            .take_while(|_| counted(call, identity, bitbucket).is_ok())
            .count()
    }

    fn known(bitbucket: &Bitbucket, kind: Kind) -> Identity {
        Identity::Known(bitbucket.store.first(kind, State::Good).unwrap())
    }

    #[test]
    fn anonymous_calls_share_sixty_an_hour_and_the_next_hour_starts_anew() {
        let bitbucket = bitbucket(Reading::default());
        let here = call(Site::Api, "/2.0/repositories/acme");
        assert_eq!(passing(&here, &Identity::Anonymous, &bitbucket), 60);
        let elsewhere = Call {
            client: Ipv4Addr::new(127, 0, 0, 2).into(),
            ..call(Site::Api, "/2.0/user")
        };
        assert!(counted(&elsewhere, &Identity::Anonymous, &bitbucket).is_ok());

        let refused = counted(&here, &Identity::Anonymous, &bitbucket).unwrap_err();
        assert_eq!(refused.status, 429);
        assert_eq!(refused.headers["x-ratelimit-limit"], "60");
        assert_eq!(refused.headers["x-ratelimit-nearlimit"], "true");
        assert_eq!(refused.headers["retry-after"], "1800");
        bitbucket.clock.set(utc_datetime!(2026-11-24 10:00));
        assert!(counted(&here, &Identity::Anonymous, &bitbucket).is_ok());
    }

    #[test]
    fn a_user_has_one_limit_for_each_pool_whatever_the_credential() {
        let bitbucket = bitbucket(Reading::default());
        let user = known(&bitbucket, Kind::ApiToken);
        assert_eq!(
            passing(&call(Site::Api, "/2.0/user"), &user, &bitbucket),
            1000
        );
        let same = known(&bitbucket, Kind::OauthAccessToken);
        assert!(counted(&call(Site::Api, "/2.0/user"), &same, &bitbucket).is_err());
        let bot = known(&bitbucket, Kind::RepoAccessToken);
        assert!(counted(&call(Site::Api, "/2.0/user"), &bot, &bitbucket).is_ok());
        let repository = call(Site::Api, "/2.0/repositories/acme/website");
        assert_eq!(passing(&repository, &user, &bitbucket), 10_000);
        let git = call(Site::Web, "/acme/website.git/info/refs");
        assert_eq!(passing(&git, &user, &bitbucket), 60_000);
    }

    #[test]
    fn archives_are_disputed() {
        let archive = call(Site::Web, "/acme/website/get/main.zip");
        for (reading, limit) in [
            (Reading::default(), 5_000),
            (Reading::from_iter([Disputed::B26]), 1_500),
        ] {
            let bitbucket = bitbucket(reading);
            let user = known(&bitbucket, Kind::ApiToken);
            assert_eq!(passing(&archive, &user, &bitbucket), limit);
        }
    }

    #[test]
    fn they_can_be_switched_off() {
        let bitbucket = Bitbucket {
            limits: RateLimits::off(),
            ..bitbucket(Reading::default())
        };
        let user = call(Site::Api, "/2.0/user");
        assert_eq!(passing(&user, &Identity::Anonymous, &bitbucket), 100_000);
    }

    #[test]
    fn the_table_does_not_grow_for_ever() {
        let limits = RateLimits::on();
        let now = utc_datetime!(2026-11-24 9:30);
        for number in 0..ASKERS + 10 {
            limits.count(Who::Token(number.to_string()), Pool::Rest, now);
        }
        assert_eq!(limits.window.lock().unwrap().seen.len(), ASKERS);
    }
}
