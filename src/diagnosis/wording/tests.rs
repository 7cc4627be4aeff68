//! Filled places stay within their room.

use super::*;
use crate::bitbucket::scope::Scope;

fn lacking(names: &[&str]) -> Evidence {
    let scope = |name: &&str| Scope::named(name).expect("a scope");
    let mut evidence = Evidence::default();
    evidence.missing = names.iter().map(scope).collect();
    evidence
}

#[test]
fn all_missing_scopes_are_named_while_there_is_room() {
    let two = lacking(&["read:user:bitbucket", "read:workspace:bitbucket"]);
    let filled = fill("Add {missing}.", &two, 140);
    assert_eq!(
        filled,
        "Add read:user:bitbucket and read:workspace:bitbucket."
    );
}

#[test]
fn with_little_room_they_are_counted() {
    let three = lacking(&[
        "read:user:bitbucket",
        "read:workspace:bitbucket",
        "write:repository:bitbucket",
    ]);
    assert_eq!(
        fill("Add {missing}.", &three, 60),
        "Add read:user:bitbucket and 2 more."
    );
    assert_eq!(fill("Add {missing}.", &three, 20), "Add 3 scopes.");
    assert_eq!(
        fill("Add {missing}.", &lacking(&["read:user:bitbucket"]), 20),
        "Add a scope."
    );
}

#[test]
fn unknown_scopes_are_a_scope() {
    assert_eq!(
        fill("it lacks {missing}", &Evidence::default(), 50),
        "it lacks a scope"
    );
}

#[test]
fn a_length_takes_at_most_four_characters() {
    let with = |length| {
        let mut evidence = Evidence::default();
        evidence.length = length;
        evidence
    };
    assert_eq!(
        fill("{length} characters", &with(Some(128)), 50),
        "128 characters"
    );
    assert_eq!(
        fill("{length} characters", &with(Some(65_000)), 50),
        "many characters"
    );
    assert_eq!(
        fill("{length} characters", &with(None), 50),
        "many characters"
    );
}

#[test]
fn text_without_places_is_borrowed() {
    assert!(matches!(
        fill("plain", &Evidence::default(), 50),
        Cow::Borrowed("plain")
    ));
}

#[test]
fn the_form_follows_surface_kind_and_day() {
    use crate::diagnosis::example::Example;
    use time::macros::utc_datetime;
    let then = utc_datetime!(2025-10-01 9:00);
    let other = "GET https://git.acme.com/rest";
    let token_endpoint = "POST https://bitbucket.org/site/oauth2/access_token";
    for (example, expected) in [
        (
            Example::rest("").pair("me@acme.com:{api_token}"),
            "Basic base64(ACCOUNT_EMAIL:API_TOKEN)",
        ),
        (
            Example::rest("").field("Bearer {api_token}"),
            "Basic base64(ACCOUNT_EMAIL:API_TOKEN)",
        ),
        (
            Example::rest("").pair("jane:{app_password}"),
            "Basic base64(ACCOUNT_EMAIL:API_TOKEN)",
        ),
        (
            Example::rest("").pair("jane:{app_password}").on(then),
            "Basic base64(USERNAME:APP_PASSWORD)",
        ),
        (
            Example::rest("").pair("jane:{access_token}"),
            "Bearer TOKEN",
        ),
        (Example::rest("").pair("x-token-auth:"), "Bearer TOKEN"),
        (Example::rest("").field("Bearer $TOKEN"), "Bearer TOKEN"),
        (
            Example::git("").pair("jane:{api_token}"),
            "x-bitbucket-api-token-auth:API_TOKEN",
        ),
        (
            Example::git("").pair("jane:{access_token}"),
            "x-token-auth:TOKEN",
        ),
        (Example::git("").pair("x-token-auth:"), "x-token-auth:TOKEN"),
        (
            Example::rest("").call(token_endpoint).pair("a:b"),
            "Basic base64(CLIENT_ID:CLIENT_SECRET)",
        ),
        (
            Example::rest("").call(other).pair("jane:"),
            "Basic base64(USER:SECRET)",
        ),
        (
            Example::rest("").call(other).field("Bearer"),
            "Bearer TOKEN",
        ),
    ] {
        let (seen, past, clock) = example.observe();
        let evidence = Evidence::of(&seen, &past, clock);
        assert_eq!(working_form(&evidence), expected, "{example:?}");
    }
}

#[test]
fn who_is_told_to_take_an_api_token_is_told_its_form() {
    use crate::diagnosis::example::Example;
    use time::macros::utc_datetime;
    for (example, expected) in [
        (Example::rest(""), "Basic base64(ACCOUNT_EMAIL:API_TOKEN)"),
        (Example::git(""), "x-bitbucket-api-token-auth:API_TOKEN"),
    ] {
        let then = utc_datetime!(2025-10-01 9:00);
        let old = example.pair("jane:{old_app_password}").on(then);
        let (seen, past, clock) = old.observe();
        let evidence = Evidence::of(&seen, &past, clock);
        assert_eq!(fill("{api_token_form}", &evidence, FIX_LIMIT), expected);
    }
}
