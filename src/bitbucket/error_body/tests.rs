//! The origin's words in each of the bodies it puts them in.

use super::*;
use proptest::prelude::*;

fn words(body: &str) -> Vec<Words> {
    ErrorBody::parse(body.as_bytes()).words
}

fn envelope(message: &str) -> String {
    serde_json::json!({"type": "error", "error": {"message": message}}).to_string()
}

#[test]
fn sentences_of_the_envelope() {
    use Words::*;
    for (message, expected) in [
        (
            "Token is invalid, expired, or not supported for this endpoint.",
            TokenInvalid,
        ),
        (
            "Token is invalid or not supported for this endpoint.",
            TokenInvalid,
        ),
        (
            "OAuth2 access token expired. Use your refresh token to obtain a new access token",
            TokenExpired,
        ),
        ("Authentication must use app JWT", AppJwtRequired),
        (
            "Your credentials lack one or more required privilege scopes.",
            ScopesLacking,
        ),
        (
            "This API is not accessible by this authentication mechanism",
            MechanismRefused,
        ),
        (
            "This endpoint does not support token-based authentication",
            TokensRefused,
        ),
        ("Forbidden", Forbidden),
        (
            "You do not have access to view this workspace.",
            WorkspaceHidden,
        ),
        (
            "App passwords are deprecated and must be replaced with API tokens.",
            AppPasswordsEnded,
        ),
        ("Resource not found", NotFound),
        ("You have reached your plan's user limit", UserLimit),
        ("Rate limit for this resource has been exceeded", RateLimit),
    ] {
        assert_eq!(words(&envelope(message)), [expected], "{message}");
    }
    assert_eq!(words(&envelope("Access forbidden to robots")), []);
}

#[test]
fn missing_scopes_come_with_their_lists() {
    let body = r#"{"type":"error","error":{"message":"Your credentials lack one or more required privilege scopes.",
        "detail":{"granted":["read:user:bitbucket","new:thing"],"required":["read:repository:bitbucket"]}}}"#;
    let seen = ErrorBody::parse(body.as_bytes());
    let names = |list: Option<ScopeList>| {
        list.map(|list| {
            (
                list.known.iter().map(|s| s.as_str()).collect(),
                list.unknown,
            )
        })
    };
    assert!(seen.says(Words::ScopesLacking));
    assert_eq!(
        names(seen.required),
        Some((vec!["read:repository:bitbucket"], 0))
    );
    assert_eq!(names(seen.granted), Some((vec!["read:user:bitbucket"], 1)));
}

#[test]
fn detail_may_be_text_and_data_may_hold_a_link() {
    let body = r#"{"type":"error","error":{"message":"CHANGE-2770 - Functionality has been deprecated",
        "detail":"Please read the changelog entry for more details.",
        "data":{"announcement_url":"https://developer.example/changelog#CHANGE-2770"}},"data":{}}"#;
    let seen = ErrorBody::parse(body.as_bytes());
    assert_eq!(
        (seen.words, seen.change),
        (vec![Words::Removed], Some(2770))
    );
    assert_eq!((seen.required, seen.granted), (None, None));
    let only_link = r#"{"error":{"data":{"announcement_url":"x#CHANGE-3222"}}}"#;
    assert_eq!(ErrorBody::parse(only_link.as_bytes()).change, Some(3222));
}

#[test]
fn text_of_git() {
    let body = "CHANGE-3222 - Functionality has been deprecated\nApp passwords are deprecated and must be replaced with API tokens.\n";
    let seen = ErrorBody::parse(body.as_bytes());
    assert_eq!(
        (seen.words, seen.change),
        (vec![Words::AppPasswordsEnded, Words::Removed], Some(3222))
    );
    let wrapped = "remote: The requested repository either does not\nremote: exist or you do not have access.";
    assert_eq!(words(wrapped), [Words::RepositoryHidden]);
    assert_eq!(
        words("To access this repository, an admin must whitelist your IP."),
        [Words::IpNotAllowed]
    );
    assert_eq!(
        words(
            "Bitbucket Cloud recently stopped supporting account passwords for Git authentication."
        ),
        [Words::AccountPasswordsEnded],
    );
}

#[test]
fn words_about_the_account() {
    assert_eq!(
        words("Too many invalid password attempts. Try logging in through the website."),
        [Words::AccountLocked]
    );
    assert_eq!(
        words("Because your Atlassian account admin requires single sign-on, you need to ..."),
        [Words::SingleSignOnRequired]
    );
}

#[test]
fn errors_of_the_token_endpoint() {
    let body = |code: &str, text: &str| {
        serde_json::json!({"error": code, "error_description": text}).to_string()
    };
    let client = body("unauthorized_client", "Invalid OAuth client credentials");
    assert_eq!(words(&client), [Words::ClientInvalid]);
    assert_eq!(
        words(&body("invalid_request", "Invalid refresh_token")),
        [Words::RefreshTokenInvalid]
    );
    assert_eq!(
        words(&body(
            "unsupported_grant_type",
            "Unsupported grant type: None"
        )),
        [Words::GrantMissing]
    );
    assert_eq!(
        words(&body(
            "unsupported_grant_type",
            "Unsupported grant type: password"
        )),
        [Words::GrantUnsupported]
    );
    let public = "Cannot use client_credentials with a consumer marked as \"public\". Use private";
    assert_eq!(words(&body("invalid_grant", public)), [Words::ClientPublic]);
}

#[test]
fn words_that_nobody_knows_are_words() {
    for body in [&*envelope("Gone"), "Gone", "\"Gone\""] {
        let read = ErrorBody::parse(body.as_bytes());
        assert!(read.is_text && read.words.is_empty(), "{body}");
    }
}

#[test]
fn pages_and_nothing_say_nothing() {
    for body in [
        "",
        "  \n",
        "<!DOCTYPE html><title>Resource not found</title>",
        "<HTML>captcha",
        "{}",
        "[]",
        "null",
        "7",
    ] {
        assert_eq!(
            ErrorBody::parse(body.as_bytes()),
            ErrorBody::default(),
            "{body}"
        );
    }
}

#[test]
fn a_cut_envelope_is_still_read() {
    let body = envelope("Token is invalid, expired, or not supported for this endpoint.");
    assert_eq!(words(&body[..body.len() - 3]), [Words::TokenInvalid]);
}

#[test]
fn only_four_digits_make_a_change() {
    for (text, expected) in [
        ("CHANGE-3222.", Some(3222)),
        ("CHANGE-12 CHANGE-1234", Some(1234)),
        ("CHANGE-12345", None),
        ("CHANGE-", None),
    ] {
        assert_eq!(ErrorBody::parse(text.as_bytes()).change, expected, "{text}");
    }
}

proptest! {
    #[test]
    fn any_bytes_parse(body in proptest::collection::vec(any::<u8>(), 0..300)) {
        ErrorBody::parse(&body);
    }

    #[test]
    fn any_json_parses(text in "(\\{|\\}|\\[|\\]|\"error\"|\"detail\"|\"required\"|:|,|\"x\"|7|null|CHANGE-|é){0,30}") {
        ErrorBody::parse(text.as_bytes());
    }

    #[test]
    fn words_come_once_and_in_order(picks in proptest::collection::vec(0usize..36, 0..8)) {
        let texts = ["token is invalid", "Captcha", "Resource not found", "invalid credentials", "resource removed"];
        let body: Vec<&str> = picks.iter().map(|pick| texts[pick % texts.len()]).collect();
        let words = words(&body.join("\n"));
        prop_assert!(words.is_sorted_by(|one, other| one < other));
    }
}
