//! Kind, state, form, surface and date against status, challenge and body, fact by fact.

mod archive;
mod facts;
mod git;
mod rest;

use super::*;
use crate::sandbox::call::Site;
use crate::sandbox::clock::Clock;
use crate::sandbox::credential::{Kind, State};
use crate::sandbox::reading::Disputed;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderValue, Method};
use std::net::Ipv4Addr;
use time::UtcDateTime;
use time::macros::utc_datetime;

const TODAY: UtcDateTime = utc_datetime!(2026-11-24 9:00);

const REST: (Site, &str) = (Site::Api, "/2.0/user");
const GIT: (Site, &str) = (Site::Web, "/acme/website.git/info/refs");
const ARCHIVE: (Site, &str) = (Site::Web, "/acme/website/get/main.zip");
const PAGE: (Site, &str) = (Site::Web, "/acme/website/src/main/");

/// A stand-in on one date and reading, and what it makes of credentials.
struct Stand(Bitbucket);

impl Stand {
    fn on(date: UtcDateTime) -> Self {
        Self::reading(date, &[])
    }

    fn reading(date: UtcDateTime, facts: &[Disputed]) -> Self {
        let reading = facts.iter().copied().collect();
        Self(Bitbucket::new(Clock::starting_at(date), reading))
    }

    fn secret(&self, kind: Kind, state: State) -> String {
        let found = self.0.store.first(kind, state);
        found.expect("a minted one").secret.clone()
    }

    /// `Basic` of the user and the secret of this kind.
    fn pair(&self, user: &str, kind: Kind, state: State) -> String {
        basic(&format!("{user}:{}", self.secret(kind, state)))
    }

    fn bearer(&self, kind: Kind, state: State) -> String {
        format!("Bearer {}", self.secret(kind, state))
    }

    fn identify(
        &self,
        (site, path): (Site, &str),
        authorization: &str,
    ) -> Result<Identity, Answer> {
        identify(&call((site, path), &[authorization]), &self.0)
    }

    /// Who it was, or the status, the challenge's scheme and the text of the refusal.
    fn says(&self, place: (Site, &str), authorization: &str) -> String {
        said(self.identify(place, authorization))
    }
}

fn basic(text: &str) -> String {
    format!("Basic {}", STANDARD.encode(text))
}

fn call((site, target): (Site, &str), authorizations: &[&str]) -> Call {
    let (path, query) = match target.split_once('?') {
        Some((path, query)) => (path, Some(query.to_owned())),
        None => (target, None),
    };
    let mut headers = HeaderMap::new();
    for value in authorizations {
        headers.append(
            AUTHORIZATION,
            HeaderValue::from_bytes(value.as_bytes()).unwrap(),
        );
    }
    Call {
        site,
        method: Method::GET,
        path: path.to_owned(),
        query,
        headers,
        client: Ipv4Addr::LOCALHOST.into(),
    }
}

fn said(outcome: Result<Identity, Answer>) -> String {
    let answer = match outcome {
        Ok(Identity::Anonymous) => return "nobody".to_owned(),
        Ok(Identity::Known(credential)) => return format!("{:?}", credential.kind),
        Err(answer) => answer,
    };
    let challenge = answer.headers.get(WWW_AUTHENTICATE);
    let scheme = challenge.map_or("", |value| {
        value.to_str().unwrap().split(' ').next().unwrap()
    });
    let body = String::from_utf8(answer.body.to_vec()).unwrap();
    let text = match serde_json::from_str::<serde_json::Value>(&body) {
        Ok(json) => json["error"]["message"].as_str().unwrap().to_owned(),
        Err(_) => body,
    };
    [answer.status.as_str(), scheme, &text]
        .join(" ")
        .trim_end()
        .to_owned()
}

const INVALID: &str = "401 Basic Token is invalid, expired, or not supported for this endpoint.";
const INVALID_BEARER: &str =
    "401 OAuth Token is invalid, expired, or not supported for this endpoint.";
