//! Calls as clients make them, and what they get.

mod access;
mod everyday;
mod links;
mod pages;
mod removed;
mod walk;

use super::*;
use crate::credentials::mint;
use crate::sandbox::answer::Answer;
use crate::sandbox::call::Site;
use crate::sandbox::clock::Clock;
use crate::sandbox::credential::{Credential, Kind, State};
use crate::sandbox::rate_limit::RateLimits;
use crate::sandbox::reading::Reading;
use crate::sandbox::store::{Store, every_scope};
use crate::sandbox::world;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::AUTHORIZATION;
use http::{HeaderMap, Method};
use serde_json::Value;
use std::net::Ipv4Addr;
use time::UtcDateTime;
use time::macros::utc_datetime;

const TODAY: UtcDateTime = utc_datetime!(2026-11-24 9:00);

/// Its store holds jdoe's API token with every scope and nothing else: minting all others takes its time.
fn bitbucket_on(date: UtcDateTime, reading: Reading) -> Bitbucket {
    let scopes = every_scope(Kind::ApiToken);
    let scopes: Vec<&str> = scopes.iter().map(String::as_str).collect();
    let token = Credential {
        secret: mint::api_token(1),
        ..holding(Kind::ApiToken, &scopes)
    };
    Bitbucket {
        clock: Clock::starting_at(date),
        reading,
        store: Store::from_iter([token]),
        limits: RateLimits::off(),
    }
}

fn bitbucket() -> Bitbucket {
    bitbucket_on(TODAY, Reading::default())
}

/// A credential with these scopes; access tokens are bound as their kind is.
fn holding(kind: Kind, scopes: &[&str]) -> Credential {
    let bound = |kinds: &[Kind], name: &str| kinds.contains(&kind).then(|| name.to_owned());
    let (repository, project, workspace) = (
        Kind::RepoAccessToken,
        Kind::ProjectAccessToken,
        Kind::WorkspaceAccessToken,
    );
    Credential {
        scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
        id: "token-1".to_owned(),
        workspace: bound(&[repository, project, workspace], "acme"),
        project: bound(&[repository, project], "WEB"),
        repository: bound(&[repository], "website"),
        ..Credential::new(kind, State::Good, mint::jwt(7))
    }
}

/// The field that works for its kind.
fn authorization(credential: &Credential) -> String {
    let basic = |user: &str| {
        let pair = format!("{user}:{}", credential.secret);
        format!("Basic {}", STANDARD.encode(pair))
    };
    match credential.kind {
        Kind::ApiToken => basic(credential.true_email()),
        Kind::AppPassword => basic(credential.true_username()),
        Kind::ConnectJwt => format!("JWT {}", credential.secret),
        _ => format!("Bearer {}", credential.secret),
    }
}

fn call(method: Method, target: &str) -> Call {
    let (path, query) = match target.split_once('?') {
        Some((path, query)) => (path, Some(query.to_owned())),
        None => (target, None),
    };
    Call {
        site: Site::Api,
        method,
        path: path.to_owned(),
        query,
        headers: HeaderMap::new(),
        client: Ipv4Addr::LOCALHOST.into(),
    }
}

fn call_by(credential: &Credential, method: Method, target: &str) -> Call {
    let mut call = call(method, target);
    let value = authorization(credential).parse().expect("a field value");
    call.headers.insert(AUTHORIZATION, value);
    call
}

/// The credential makes a call without a body; the store knows it from then on.
fn ask(bitbucket: &Bitbucket, credential: &Credential, method: Method, target: &str) -> Answer {
    bitbucket.store.add(credential.clone());
    answer(&call_by(credential, method, target), b"", bitbucket)
}

/// jdoe's API token with every scope gets this.
fn get(target: &str) -> Answer {
    let bitbucket = bitbucket();
    let token = bitbucket.store.first(Kind::ApiToken, State::Good).unwrap();
    answer(&call_by(&token, Method::GET, target), b"", &bitbucket)
}

fn json(answer: &Answer) -> Value {
    serde_json::from_slice(&answer.body).unwrap_or_else(|_| panic!("no JSON: {answer:?}"))
}

fn message(answer: &Answer) -> String {
    let body = json(answer);
    body["error"]["message"].as_str().unwrap().to_owned()
}

fn header<'a>(answer: &'a Answer, name: &str) -> Option<&'a str> {
    answer
        .headers
        .get(name)
        .map(|value| value.to_str().unwrap())
}
