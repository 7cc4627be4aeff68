//! The standard set: each kind in the states it can have.
//!
//! | kind | states, and further good ones |
//! |---|---|
//! | API token | good, unscoped, expired, revoked, other account, other product; reads only; writes only; no user |
//! | API token, 24 characters | good, which never worked for Bitbucket (A-table) |
//! | app password | good, revoked, other account; the form of 20 characters (A21) |
//! | repository, project, workspace access token | good, expired, revoked; reads only |
//! | OAuth access token | good, expired, revoked; opaque (A13); reads only |
//! | OAuth refresh token | good, expired |
//! | OAuth authorization code | good |
//! | OAuth consumer | good, public, revoked |
//! | account password | good, other account |
//! | Connect JWT | good, expired |
//! | Pipelines OIDC, organisation key, Data Center token | good for others, never for Bitbucket Cloud |

use super::jwt::jwt;
use super::oauth::{self, Grant};
use super::scopes::every_scope;
use super::secret::{new_id, new_secret};
use super::seed::seed;
use crate::credentials::mint::alphanumerics;
use crate::sandbox::credential::{Account, Credential, Kind, State};
use crate::sandbox::reading::{Disputed, Reading};
use crate::sandbox::world;
use serde_json::json;
use time::{Duration, UtcDateTime};

/// In the order in which people meet them.
pub fn all(now: UtcDateTime, reading: &Reading) -> Vec<Credential> {
    [
        api_tokens(now),
        app_passwords(),
        access_tokens(now, reading),
        oauth(now, reading.oauth_lifetime()),
        passwords(),
        apps(now),
        foreign(now),
    ]
    .concat()
}

fn api_tokens(now: UtcDateTime) -> Vec<Credential> {
    let token = |state, scopes: &[&str], note: &str| Credential {
        scopes: scopes.iter().map(|&scope| scope.to_owned()).collect(),
        // The longest that can be chosen (A7).
        expires: Some(match state {
            State::Expired => now - Duration::days(1),
            _ => now + Duration::days(365),
        }),
        note: note.to_owned(),
        ..minted(Kind::ApiToken, state)
    };
    let every = every_scope(Kind::ApiToken);
    let every: Vec<_> = every.iter().map(String::as_str).collect();
    let reads = every.iter().filter(|scope| scope.starts_with("read:"));
    let reads: Vec<_> = reads.copied().collect();
    let legacy = Credential {
        note: "24 characters, from before 2023".to_owned(),
        ..minted(Kind::LegacyApiToken, State::Good)
    };
    vec![
        token(State::Good, &every, "every scope"),
        token(State::Good, &reads, "reads only"),
        token(
            State::Good,
            &["write:repository:bitbucket", "write:pullrequest:bitbucket"],
            "writes only",
        ),
        token(
            State::Good,
            &["read:repository:bitbucket", "write:repository:bitbucket"],
            "no scope for users",
        ),
        token(State::Unscoped, &[], ""),
        token(State::Expired, &every, ""),
        token(State::Revoked, &every, ""),
        of_another_account(token(State::OtherAccount, &every, "")),
        token(State::OtherProduct, &["read:jira-work"], "made for Jira"),
        legacy,
    ]
}

fn app_passwords() -> Vec<Credential> {
    let password = |state| Credential {
        scopes: every_scope(Kind::AppPassword),
        ..minted(Kind::AppPassword, state)
    };
    vec![
        password(State::Good),
        Credential {
            secret: alphanumerics(seed(), 20),
            note: "the older form".to_owned(),
            ..password(State::Good)
        },
        password(State::Revoked),
        of_another_account(password(State::OtherAccount)),
    ]
}

fn access_tokens(now: UtcDateTime, reading: &Reading) -> Vec<Credential> {
    let kinds = [
        (Kind::RepoAccessToken, Some("WEB"), Some("website")),
        (Kind::ProjectAccessToken, Some("WEB"), None),
        (Kind::WorkspaceAccessToken, None, None),
    ];
    let all = kinds.map(|(kind, project, repository)| {
        let token = |state| Credential {
            scopes: every_scope(kind),
            workspace: Some(world::WORKSPACE.to_owned()),
            project: project.map(str::to_owned),
            repository: repository.map(str::to_owned),
            expires: Some(match state {
                State::Expired => now - Duration::days(1),
                _ => now + Duration::days(365),
            }),
            ..minted(kind, state)
        };
        [
            token(State::Good),
            reading_only(token(State::Good)),
            token(State::Expired),
            token(State::Revoked),
        ]
    });
    let mut all = all.concat();
    if reading.otherwise(Disputed::I15) {
        for token in &mut all {
            token.scopes.retain(|scope| scope != "account");
        }
    }
    all
}

fn oauth(now: UtcDateTime, lifetime: Duration) -> Vec<Credential> {
    let consumer = |state, note: &str| Credential {
        username: alphanumerics(seed(), 18),
        scopes: every_scope(Kind::OauthConsumer),
        note: note.to_owned(),
        ..minted(Kind::OauthConsumer, state)
    };
    let private = consumer(State::Good, "private");
    let grant = Grant {
        consumer: private.username.clone(),
        scopes: every_scope(Kind::OauthAccessToken),
        account: Some(account(world::USERNAME, world::EMAIL)),
        workspace: None,
    };
    let long_ago = now - lifetime * 2;
    let in_state = |state, token| Credential { state, ..token };
    let opaque = oauth::opaque_access_token(&grant, now, lifetime);
    vec![
        oauth::access_token(&grant, now, lifetime),
        Credential {
            note: "opaque, of an older consumer".to_owned(),
            ..opaque
        },
        reading_only(oauth::access_token(&grant, now, lifetime)),
        in_state(
            State::Expired,
            oauth::access_token(&grant, long_ago, lifetime),
        ),
        in_state(State::Revoked, oauth::access_token(&grant, now, lifetime)),
        oauth::refresh_token(&grant, now),
        oauth::code(&grant),
        in_state(
            State::Expired,
            oauth::refresh_token(&grant, now - Duration::days(100)),
        ),
        private,
        consumer(State::Public, ""),
        consumer(State::Revoked, ""),
    ]
}

fn passwords() -> Vec<Credential> {
    let password = |state| minted(Kind::AccountPassword, state);
    vec![
        password(State::Good),
        of_another_account(password(State::OtherAccount)),
    ]
}

/// What Connect apps sign (A16).
fn apps(now: UtcDateTime) -> Vec<Credential> {
    let signed = |state, at: UtcDateTime| {
        let end = at + Duration::hours(1);
        let claims = json!({
            "iss": "why401-app",
            "qsh": alphanumerics(seed(), 64),
            "iat": at.unix_timestamp(),
            "exp": end.unix_timestamp(),
        });
        Credential {
            scopes: every_scope(Kind::ConnectJwt),
            workspace: Some(world::WORKSPACE.to_owned()),
            expires: Some(end),
            secret: jwt(&claims),
            ..minted(Kind::ConnectJwt, state)
        }
    };
    vec![
        signed(State::Good, now),
        signed(State::Expired, now - Duration::hours(2)),
    ]
}

/// Good elsewhere.
fn foreign(now: UtcDateTime) -> Vec<Credential> {
    let claims = json!({
        "iss": "https://api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc",
        "aud": format!("ari:cloud:bitbucket::workspace/{}", alphanumerics(seed(), 20)),
        "repositoryUuid": alphanumerics(seed(), 20),
        "iat": now.unix_timestamp(),
        "exp": (now + Duration::hours(1)).unix_timestamp(),
    });
    let oidc = Credential {
        secret: jwt(&claims),
        ..minted(Kind::PipelinesOidcToken, State::Good)
    };
    vec![
        oidc,
        minted(Kind::OrganisationApiKey, State::Good),
        minted(Kind::DataCenterToken, State::Good),
    ]
}

fn minted(kind: Kind, state: State) -> Credential {
    Credential {
        id: new_id(),
        ..Credential::new(kind, state, new_secret(kind))
    }
}

fn account(username: &str, email: &str) -> Account {
    Account {
        username: username.to_owned(),
        email: email.to_owned(),
    }
}

/// Listed with the pair that people would try.
fn of_another_account(credential: Credential) -> Credential {
    Credential {
        owner: Some(account(world::OTHER_USERNAME, world::OTHER_EMAIL)),
        ..credential
    }
}

fn reading_only(credential: Credential) -> Credential {
    Credential {
        scopes: vec!["repository".to_owned()],
        note: "reads repositories only".to_owned(),
        ..credential
    }
}
