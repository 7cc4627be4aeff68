//! Answers that say little, contradict themselves or the request, or come on the edge of a date: what is found, and how
//! sure that is.

use super::super::example::Example;
use super::super::*;
use crate::diagnosis::Certainty::*;
use crate::evidence::Evidence;
use time::macros::utc_datetime;

type Found = &'static [(&'static str, Certainty)];

fn found(example: &Example) -> Vec<(&'static str, Certainty)> {
    let (seen, past, clock) = example.observe();
    let report = diagnose(&seen, &past, clock, &Silenced::default());
    let findings = report.findings.iter();
    findings
        .map(|finding| (finding.mistake, finding.certainty))
        .collect()
}

fn assert_found(rows: &[(Example, Found)]) {
    for (example, expected) in rows {
        assert_eq!(found(example), *expected, "{}", example.shows);
    }
}

const LACKING: &str = r#"{"error":{"message":"Your credentials lack one or more required privilege scopes.","detail":{"granted":["write:repository:bitbucket"],"required":["read:repository:bitbucket"]}}}"#;
const NO_TOKENS: &str = "This endpoint does not support token-based authentication";
const CHANGE_3222: &str = "CHANGE-3222 - Functionality has been deprecated";

#[test]
fn words_that_do_not_fit_their_status() {
    let pair = "me@acme.com:{api_token}";
    assert_found(&[
        (
            Example::rest("scopes, with a 401").pair(pair).body(LACKING),
            &[
                ("write-scope-without-read", Likely),
                ("scope-missing", Likely),
            ],
        ),
        (
            Example::rest("a token by its kind, with a 401")
                .pair(pair)
                .answer(&[("x-credential-type", "api_token")]),
            &[],
        ),
        (
            Example::git("a limit of the plan, with a 403")
                .pair("jane:{api_token}")
                .status(403)
                .body("[ALERT] Your push failed because the account 'acme' has exceeded its\n[ALERT] user limit"),
            &[("plan-limit", Proven)],
        ),
        (
            Example::rest("a locked account, to one that is known")
                .call("GET https://api.bitbucket.org/2.0/workspaces/acme")
                .pair(pair)
                .status(403)
                .answer(&[("x-credential-type", "api_token")])
                .body("This account has been locked."),
            &[],
        ),
        (
            Example::git("the end of app passwords, before it was said")
                .pair("jane:{app_password}")
                .status(410)
                .body(CHANGE_3222)
                .on(utc_datetime!(2025-01-07 9:00)),
            &[("app-password-removed", Possible)],
        ),
        (
            Example::rest("the kind of the secret, with a 403")
                .pair("jane:correct horse")
                .status(403)
                .body("App passwords are deprecated and must be replaced with API tokens."),
            &[("app-password-removed", Proven)],
        ),
    ]);
}

#[test]
fn a_method_that_a_path_lacks_is_looked_up_among_the_operations() {
    let call = |call| {
        Example::rest(call)
            .call(call)
            .pair("me@acme.com:{api_token}")
            .status(403)
            .body(NO_TOKENS)
    };
    assert_found(&[
        (
            call("GET https://api.bitbucket.org/2.0/repositories/acme/site/pullrequests/7/merge"),
            &[("auth-method-unsupported-for-endpoint", Likely)],
        ),
        (
            call("POST https://api.bitbucket.org/2.0/repositories/acme/site/pullrequests/7/merge"),
            &[("auth-method-unsupported-for-endpoint", Possible)],
        ),
    ]);
}

#[test]
fn what_is_accepted_is_weighed_with_what_the_grant_contains() {
    let answered = |shows, granted: &'static [(&'static str, &'static str)]| {
        Example::rest(shows)
            .field("Bearer {oauth_token}")
            .status(403)
            .answer(granted)
    };
    assert_found(&[
        (
            answered(
                "contained",
                &[
                    ("x-credential-type", "oauth2"),
                    ("x-oauth-scopes", "pullrequest:write"),
                    ("x-accepted-oauth-scopes", "repository"),
                ],
            ),
            &[("no-access", Likely)],
        ),
        (
            answered(
                "one of two",
                &[
                    ("x-credential-type", "oauth2"),
                    ("x-oauth-scopes", "repository"),
                    ("x-accepted-oauth-scopes", "repository, project"),
                ],
            ),
            &[("no-access", Likely)],
        ),
        (
            answered(
                "neither",
                &[
                    ("x-credential-type", "oauth2"),
                    ("x-oauth-scopes", "repository"),
                    ("x-accepted-oauth-scopes", "repository:admin"),
                ],
            ),
            &[("scope-missing", Likely)],
        ),
    ]);
}

#[test]
fn app_passwords_by_the_hour() {
    let sent = Example::rest("an app password").pair("jane:{app_password}");
    let removed: Found = &[("app-password-removed", Likely)];
    let in_window: Found = &[
        ("app-password-brownout", Likely),
        ("wrong-secret", Possible),
    ];
    let outside: Found = &[
        ("app-password-brownout", Possible),
        ("wrong-secret", Possible),
    ];
    for (date, expected) in [
        (
            utc_datetime!(2026-06-08 23:59:59),
            &[("wrong-secret", Possible)][..],
        ),
        (utc_datetime!(2026-06-09 0:00), in_window),
        (utc_datetime!(2026-06-09 0:14:59), in_window),
        (utc_datetime!(2026-06-09 0:15), outside),
        (utc_datetime!(2026-07-27 18:00), in_window),
        (utc_datetime!(2026-07-27 23:59:59), outside),
        (utc_datetime!(2026-07-28 0:00), removed),
    ] {
        assert_eq!(found(&sent.on(date)), expected, "{date}");
    }
}

/// The scopes that the first finding names.
fn named(
    secret: &'static str,
    answer: &'static [(&'static str, &'static str)],
    body: &'static str,
) -> Vec<&'static str> {
    let example = Example::rest(body)
        .field(secret)
        .status(403)
        .answer(answer)
        .body(body);
    let (seen, past, clock) = example.observe();
    let missing = Evidence::of(&seen, &past, clock).missing;
    missing.iter().map(|scope| scope.as_str()).collect()
}

#[test]
fn scopes_are_named_as_whoever_lacks_them_knows_them() {
    const API: &[(&str, &str)] = &[("x-credential-type", "api_token"), ("x-oauth-scopes", "")];
    const OAUTH: &[(&str, &str)] = &[("x-credential-type", "oauth2"), ("x-oauth-scopes", "")];
    const CLASSIC: &str = r#"{"error":{"detail":{"required":["repository"],"granted":[]}}}"#;
    const GRANTED: &str =
        r#"{"error":{"detail":{"required":["repository"],"granted":["repository"]}}}"#;
    let (api, oauth) = ("Basic bWVAYWNtZS5jb206eA==", "Bearer {oauth_token}");
    assert_eq!(named(api, API, ""), ["read:repository:bitbucket"]);
    assert_eq!(named(api, API, CLASSIC), ["read:repository:bitbucket"]);
    assert_eq!(named(oauth, OAUTH, ""), ["repository"]);
    assert_eq!(named(oauth, OAUTH, CLASSIC), ["repository"]);
    assert!(named(oauth, OAUTH, GRANTED).is_empty(), "it has that one");
}
