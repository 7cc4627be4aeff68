//! git over HTTPS.

use super::*;

const EMAIL: &str = "j.doe@acme.example";
const NO_ACCESS: &str = "401 Basic You may not have access to this repository or it no longer exists in this workspace. \
    If you think this repository exists and you have access, make sure you are authenticated.";
const WRONG: &str = "401 Basic Invalid username or password";

#[test]
fn each_kind_works_under_its_own_user_name() {
    let stand = Stand::on(TODAY);
    let says = |user, kind, state| stand.says(GIT, &stand.pair(user, kind, state));
    let cases = [
        ("jdoe", Kind::ApiToken, State::Good, "ApiToken"),
        (
            "x-bitbucket-api-token-auth",
            Kind::ApiToken,
            State::Good,
            "ApiToken",
        ),
        (
            "x-token-auth",
            Kind::RepoAccessToken,
            State::Good,
            "RepoAccessToken",
        ),
        (
            "x-token-auth",
            Kind::WorkspaceAccessToken,
            State::Good,
            "WorkspaceAccessToken",
        ),
        (
            "x-token-auth",
            Kind::OauthAccessToken,
            State::Good,
            "OauthAccessToken",
        ),
        // E2, E3, E40.
        (EMAIL, Kind::ApiToken, State::Good, NO_ACCESS),
        ("x-token-auth", Kind::ApiToken, State::Good, NO_ACCESS),
        ("Jdoe", Kind::ApiToken, State::Good, NO_ACCESS),
        ("", Kind::ApiToken, State::Good, NO_ACCESS),
        // B23.
        ("jdoe", Kind::ApiToken, State::Unscoped, NO_ACCESS),
        ("jdoe", Kind::ApiToken, State::Expired, NO_ACCESS),
        ("jdoe", Kind::ApiToken, State::OtherAccount, NO_ACCESS),
        ("jdoe", Kind::RepoAccessToken, State::Good, NO_ACCESS),
        (
            "x-bitbucket-api-token-auth",
            Kind::RepoAccessToken,
            State::Good,
            NO_ACCESS,
        ),
        (
            "x-token-auth",
            Kind::OauthAccessToken,
            State::Expired,
            NO_ACCESS,
        ),
        ("jdoe", Kind::DataCenterToken, State::Good, WRONG),
        ("jdoe", Kind::OauthConsumer, State::Good, WRONG),
    ];
    for (user, kind, state, expected) in cases {
        assert_eq!(
            says(user, kind, state),
            expected,
            "{user} {kind:?} {state:?}"
        );
    }
    assert_eq!(stand.says(GIT, &basic("jdoe:nonsense")), WRONG);
    assert_eq!(stand.says(GIT, "Basic Og=="), WRONG);
    for kind in [Kind::ApiToken, Kind::RepoAccessToken] {
        assert_eq!(stand.says(GIT, &stand.bearer(kind, State::Good)), WRONG);
    }
}

#[test]
fn an_app_password_ends_with_410_under_any_user_name() {
    let gone = "410  CHANGE-3222 - Functionality has been deprecated\n\
        App passwords are deprecated and must be replaced with API tokens.\n\
        https://developer.atlassian.com/cloud/bitbucket/changelog#CHANGE-3222";
    let cases = [
        (utc_datetime!(2026-06-09 0:15), "jdoe", "AppPassword"),
        (utc_datetime!(2026-06-09 0:14), "jdoe", gone),
        (utc_datetime!(2026-07-28 0:00), "jdoe", gone),
        (TODAY, EMAIL, gone),
        (TODAY, "x-token-auth", gone),
        (utc_datetime!(2023-03-01 9:00), EMAIL, WRONG),
        (utc_datetime!(2023-03-01 9:00), "sroe", WRONG),
    ];
    for (date, user, expected) in cases {
        let stand = Stand::on(date);
        let pair = stand.pair(user, Kind::AppPassword, State::Good);
        assert_eq!(stand.says(GIT, &pair), expected, "{date} {user}");
    }
}

#[test]
fn an_account_password_ends_with_a_sentence() {
    let stand = Stand::on(utc_datetime!(2022-02-28 9:00));
    for user in ["jdoe", EMAIL] {
        let pair = stand.pair(user, Kind::AccountPassword, State::Good);
        assert_eq!(stand.says(GIT, &pair), "AccountPassword");
    }
    let stand = Stand::on(utc_datetime!(2022-03-01 0:00));
    let said = stand.says(GIT, &stand.pair("jdoe", Kind::AccountPassword, State::Good));
    assert!(
        said.starts_with("401 Basic Bitbucket Cloud recently stopped supporting account passwords for Git authentication.\n"),
        "{said}"
    );
}

#[test]
fn emails_work_where_the_fact_is_read_otherwise() {
    for (fact, kind, date) in [
        (Disputed::E2, Kind::ApiToken, TODAY),
        (
            Disputed::I13,
            Kind::AppPassword,
            utc_datetime!(2023-03-01 9:00),
        ),
    ] {
        // An API token needs a date at which there were some.
        let stand = Stand::reading(date, &[fact]);
        let pair = stand.pair(EMAIL, kind, State::Good);
        assert_eq!(stand.says(GIT, &pair), format!("{kind:?}"));
    }
}

#[test]
fn git_shows_the_text_because_it_is_plain() {
    let stand = Stand::on(TODAY);
    let refused = stand.identify(GIT, &basic("jdoe:nonsense")).unwrap_err();
    assert_eq!(refused.headers["content-type"], "text/plain; charset=utf-8");
    let first = identify(&call(GIT, &[]), &stand.0);
    assert_eq!(said(first), "nobody");
    assert_eq!(said(Err(challenge(&call(GIT, &[])))), NO_ACCESS);
}
