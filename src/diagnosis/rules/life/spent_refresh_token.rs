//! A refresh token that was good for one use.

use crate::diagnosis::rule::prelude::*;
use crate::evidence::Signal;
use crate::history::{Past, RefreshToken};

const USED: Past = Past {
    refresh_token: RefreshToken::Used,
    ..Past::NONE
};
const ACCESS: Past = Past {
    refresh_token: RefreshToken::AccessToken,
    ..Past::NONE
};

/// Both are said about a refresh token (I5, B27).
const REFUSED: &[Signal] = &[SaysRefreshInvalid, SaysClientInvalid];

pub const RULE: Rule = Rule {
    slug: "spent-refresh-token",
    family: Family::Life,
    verdict: Verdict::Mistake,
    strongest: Likely,
    title: "The refresh token is spent",
    summary: "A refresh token is good for one use and dies unused after three months; the answer brings the next one.",
    cases: &[
        Case::likely(&[OnTokenEndpoint, RefreshTokenUsed]).any(REFUSED),
        Case::likely(&[OnTokenEndpoint, RefreshTokenIsAccess]).any(REFUSED),
        Case::possible(&[OnTokenEndpoint, SaysRefreshInvalid]),
        Case::possible(&[OnTokenEndpoint, RefreshGrant, SaysClientInvalid]),
    ],
    advice: &[
        Advice::when(
            &[RefreshTokenUsed],
            "Store the refresh token of each answer: this one was used before and is good for one use. Authorize once again.",
            "the refresh token was used before",
        ),
        Advice::when(
            &[RefreshTokenIsAccess],
            "Send the value of refresh_token, not the access token: this one travelled as an access token.",
            "an access token as refresh token",
        ),
        Advice::always(
            "Authorize again and store the refresh token of each answer: it is good for one use and for three months.",
            "refresh token spent, too old or never valid",
        ),
    ],
    page: Page {
        what_happened: "The token endpoint refused a refresh token.",
        why_it_fails: "Since 2026-05-04 refresh tokens rotate: each exchange brings a new one, and the old one is good for \
            some minutes at most. One that is not used for three months dies. Two programs that share one, or one that \
            does not store the new one, lock themselves out.",
        fix: "Write the `refresh_token` of every answer to the store before the access token is used, and let one \
            program only do it. Then authorize once again.\n\n\
            - Python: give `requests_oauthlib` a `token_updater`.\n\
            - Jenkins: update the plugin.\n\
            - curl: keep the answer, not only the access token.\n\n\
            Programs that act for nobody use client_credentials.",
        how_to_tell: "`Invalid refresh_token` answers spent, outdated and made-up values alike. `Invalid OAuth client \
            credentials` does so too, and otherwise means the consumer: `oauth-consumer-misconfigured`.",
        sources: &["A12", "B27", "I5"],
    },
    doc: Some(links::AUTHENTICATION),
    outranks: &[All(Family::User), All(Family::Kind)],
    fires: &[
        REFRESH.body(INVALID).past(USED),
        REFRESH.body(INVALID).past(ACCESS),
        REFRESH.body(INVALID),
        REFRESH
            .body(r#"{"error_description":"Invalid OAuth client credentials","error":"unauthorized_client"}"#)
            .after(&["oauth-consumer-misconfigured"]),
    ],
    silent: &[
        REFRESH.body(r#"{"error_description":"Unsupported grant type: None"}"#).past(USED),
        Example::token_endpoint("Another grant")
            .pair("key:secret")
            .form("grant_type=client_credentials")
            .body(r#"{"error_description":"Invalid OAuth client credentials"}"#),
    ],
    ..Rule::PLAIN
};

const REFRESH: Example = Example::token_endpoint("A refresh token that is refused")
    .pair("key:secret")
    .form("grant_type=refresh_token&refresh_token=abcdefghijkl");
const INVALID: &str = r#"{"error_description":"Invalid refresh_token","error":"invalid_request"}"#;
