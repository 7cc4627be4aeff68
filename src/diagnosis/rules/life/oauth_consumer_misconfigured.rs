//! A consumer that is not what the request takes it for.

use crate::diagnosis::rule::prelude::*;
use crate::history::{Past, RefreshToken};

const USED: Past = Past {
    refresh_token: RefreshToken::Used,
    ..Past::NONE
};

pub const RULE: Rule = Rule {
    slug: "oauth-consumer-misconfigured",
    family: Family::Life,
    verdict: Verdict::Mistake,
    strongest: Proven,
    title: "The OAuth consumer does not fit the request",
    summary: "The token endpoint refuses the consumer: its settings, its key and secret, or the grant that is asked for.",
    cases: &[
        Case::proven(&[OnTokenEndpoint]).any(&[
            SaysClientPublic,
            SaysCallbackMissing,
            SaysClientMissing,
            SaysGrantUnsupported,
        ]),
        // A spent refresh token and a short lockout read the same.
        Case::likely(&[OnTokenEndpoint, SaysClientInvalid])
            .unless(&[RefreshTokenUsed, RefreshTokenIsAccess]),
        Case::possible(&[OnTokenEndpoint, SaysClientInvalid]),
        // In 2019 a fault of the vendor gave the same page.
        Case::likely(&[SaysRedirectRefused]),
    ],
    advice: &[
        Advice::when(
            &[SaysClientPublic],
            "Mark the consumer as private in the workspace settings: client_credentials is for private consumers only.",
            "the consumer is public, must be private",
        ),
        Advice::when(
            &[SaysCallbackMissing],
            "Enter a callback URL in the settings of the consumer: it has none, and Bitbucket wants one whatever the grant.",
            "the consumer has no callback URL",
        ),
        Advice::when(
            &[SaysClientMissing],
            "Send key and secret of the consumer with the request: {form}.",
            "no client credentials were sent",
        ),
        Advice::when(
            &[SaysGrantUnsupported],
            "Use authorization_code, client_credentials or refresh_token: the password and implicit grants are gone.",
            "this grant type is not offered",
        ),
        Advice::when(
            &[SaysRedirectRefused],
            "Make redirect_uri begin with the callback URL in the settings of the consumer, letter by letter.",
            "redirect_uri does not fit the consumer",
        ),
        Advice::always(
            "Compare key and secret with the settings of the consumer, send {form}; a spent refresh token reads the same.",
            "the consumer's key or secret is refused",
        ),
    ],
    page: Page {
        what_happened: "The token endpoint, or the page on which a person lets an app in, refused the OAuth consumer.",
        why_it_fails: "client_credentials needs a consumer that is marked private. Every consumer needs a callback \
            URL, even for a grant that uses none, and a `redirect_uri` has to begin with it. The password and implicit grants are no longer offered. Key and \
            secret go along with every token request.",
        fix: "- Workspace settings, *OAuth consumers*: mark it private, enter the callback URL, compare key and \
            secret.\n\
            - curl: a config file with the user option holds both.\n\
            - Jenkins: the credential is of the kind *OAuth*, key and secret.\n\
            - Python: `requests_oauthlib` with `HTTPBasicAuth(key, secret)`.\n\n\
            git needs the token that comes out, under `x-token-auth`.",
        how_to_tell: "`Invalid OAuth client credentials` is also the answer to a spent refresh token, and to everybody for \
            a while after too many attempts. A request that is no form gets `Unsupported grant type: None`: that is \
            `token-request-not-form-encoded`.",
        sources: &["A12", "A14", "B27"],
    },
    doc: Some(links::AUTHENTICATION),
    outranks: &[All(Family::User), All(Family::Kind)],
    fires: &[
        Example::token_endpoint("A public consumer")
            .pair("key:secret")
            .form("grant_type=client_credentials")
            .body(r#"{"error_description":"Cannot use client_credentials with a consumer marked as \"public\".","error":"invalid_grant"}"#),
        Example::token_endpoint("A consumer without a callback URL")
            .pair("key:secret")
            .form("grant_type=authorization_code&code=abc")
            .body(r#"{"error_description":"No callback uri defined for the OAuth client.","error":"invalid_request"}"#),
        Example::token_endpoint("No client authentication")
            .form("grant_type=client_credentials")
            .body(r#"{"error_description":"Requests must be authenticated using OAuth client credentials","error":"unauthorized_client"}"#),
        Example::token_endpoint("A grant that is gone")
            .pair("key:secret")
            .form("grant_type=password&username=jane")
            .body(r#"{"error_description":"Unsupported grant type: password","error":"unsupported_grant_type"}"#),
        Example::token_endpoint("A wrong secret")
            .pair("key:secret")
            .form("grant_type=client_credentials")
            .body(r#"{"error_description":"Invalid OAuth client credentials","error":"unauthorized_client"}"#),
        Example::token_endpoint("The same words for a refresh token that was used before")
            .pair("key:secret")
            .form("grant_type=refresh_token&refresh_token=abcdefghijkl")
            .body(r#"{"error_description":"Invalid OAuth client credentials","error":"unauthorized_client"}"#)
            .past(USED)
            .after(&["spent-refresh-token"]),
        Example::rest("The page on which a person lets an app in")
            .call("GET https://bitbucket.org/site/oauth2/authorize?client_id=key&response_type=code")
            .status(400)
            .body("<!DOCTYPE html><html><p>Invalid redirect_uri</p></html>"),
    ],
    silent: &[
        Example::token_endpoint("No form")
            .pair("key:secret")
            .fields(&[("content-type", "application/json")])
            .body(r#"{"error_description":"Unsupported grant type: None","error":"unsupported_grant_type"}"#),
        Example::rest("The same words elsewhere").body("Invalid OAuth client credentials"),
    ],
    ..Rule::PLAIN
};
