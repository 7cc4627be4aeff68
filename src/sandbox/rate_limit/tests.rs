//! Who is stopped after how many calls, and for how long.

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
    assert_eq!(passing(&git, &Identity::Anonymous, &bitbucket), 60_000);
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
