//! REST: who is let in, and how the others are refused.

use super::*;

#[test]
fn each_kind_works_in_its_own_form() {
    let stand = Stand::on(TODAY);
    let good = |user, kind| stand.pair(user, kind, State::Good);
    let bearer = |kind| stand.bearer(kind, State::Good);
    let cases = [
        (good("j.doe@acme.example", Kind::ApiToken), "ApiToken"),
        (good("J.Doe@Acme.Example", Kind::ApiToken), "ApiToken"),
        (bearer(Kind::RepoAccessToken), "RepoAccessToken"),
        (bearer(Kind::ProjectAccessToken), "ProjectAccessToken"),
        (bearer(Kind::WorkspaceAccessToken), "WorkspaceAccessToken"),
        (bearer(Kind::OauthAccessToken), "OauthAccessToken"),
        (
            format!("JWT {}", stand.secret(Kind::ConnectJwt, State::Good)),
            "ConnectJwt",
        ),
    ];
    for (authorization, expected) in cases {
        assert_eq!(stand.says(REST, &authorization), expected);
    }
    let nothing = identify(&call(REST, &[]), &stand.0);
    assert_eq!(said(nothing), "nobody");
}

#[test]
fn nine_mistakes_with_tokens_share_one_answer() {
    let stand = Stand::on(TODAY);
    let email = "j.doe@acme.example";
    let mistakes = [
        ("E1", stand.pair("jdoe", Kind::ApiToken, State::Good)),
        (
            "E3b",
            stand.pair("x-bitbucket-api-token-auth", Kind::ApiToken, State::Good),
        ),
        ("E5", stand.pair(email, Kind::ApiToken, State::Unscoped)),
        (
            "E25",
            stand.pair(email, Kind::ApiToken, State::OtherAccount),
        ),
        ("E26", stand.pair(email, Kind::ApiToken, State::Expired)),
        ("revoked", stand.pair(email, Kind::ApiToken, State::Revoked)),
        ("A7", stand.pair(email, Kind::ApiToken, State::OtherProduct)),
        ("E6", stand.pair(email, Kind::RepoAccessToken, State::Good)),
        ("A21", stand.pair(email, Kind::LegacyApiToken, State::Good)),
    ];
    for (fact, authorization) in &mistakes {
        assert_eq!(stand.says(REST, authorization), INVALID, "{fact}");
    }
    let otherwise = Stand::reading(TODAY, &[Disputed::B11]);
    let pair = otherwise.pair("jdoe", Kind::ApiToken, State::Good);
    assert_eq!(otherwise.says(REST, &pair), "401 Basic");
}

#[test]
fn ten_mistakes_share_the_401_that_says_nothing() {
    let stand = Stand::on(TODAY);
    let token = stand.secret(Kind::ApiToken, State::Good);
    let (user, email) = ("jdoe", "j.doe@acme.example");
    let mistakes = [
        ("E4", stand.pair(user, Kind::AppPassword, State::Good)),
        ("E4b", stand.pair(email, Kind::AppPassword, State::Good)),
        ("E8", basic(&format!("{email}:{token}\n"))),
        ("E9", format!("Basic {email}:{token}")),
        ("E10", basic(&token)),
        ("E11", basic(":")),
        ("E11, no value", "Basic".to_owned()),
        ("E12", basic(&format!("{email}:$TOKEN"))),
        (
            "E13",
            basic(&format!("j.doe%40acme.example:{}", &token[1..])),
        ),
        (
            "E17",
            format!("Basic {}", basic(&format!("{email}:{token}"))),
        ),
        ("E18", basic(&format!("{email}:{}", &token[..128]))),
        ("E19", stand.pair(email, Kind::DataCenterToken, State::Good)),
        ("E22", stand.pair("key", Kind::OauthConsumer, State::Good)),
        ("E23", stand.pair(email, Kind::AccountPassword, State::Good)),
        ("A9", token.clone()),
    ];
    let bare = stand.identify(REST, "Basic").unwrap_err();
    for (fact, authorization) in &mistakes {
        let answer = stand.identify(REST, authorization).unwrap_err();
        assert_eq!(answer.status, bare.status, "{fact}");
        assert_eq!(answer.headers, bare.headers, "{fact}");
        assert!(answer.body.is_empty(), "{fact}");
    }
    assert_eq!(bare.headers["server"], "envoy");
    assert_eq!(
        bare.headers["www-authenticate"],
        r#"Basic realm="Bitbucket.org HTTP""#
    );
    let twice = basic(&format!("{email}:{token}"));
    let repeated = identify(&call(REST, &[&twice, &twice]), &stand.0);
    assert_eq!(said(repeated), "401 Basic");
}

#[test]
fn a_refused_bearer_gets_the_challenge_of_oauth() {
    let stand = Stand::on(TODAY);
    let cases = [
        stand.bearer(Kind::ApiToken, State::Good),
        stand.bearer(Kind::RepoAccessToken, State::Expired),
        stand.bearer(Kind::WorkspaceAccessToken, State::Revoked),
        stand.bearer(Kind::OauthAccessToken, State::Revoked),
        stand.bearer(Kind::OauthRefreshToken, State::Good),
        stand.bearer(Kind::PipelinesOidcToken, State::Good),
        stand.bearer(Kind::OrganisationApiKey, State::Good),
        stand.bearer(Kind::DataCenterToken, State::Good),
        stand.bearer(Kind::ConnectJwt, State::Good),
        "Bearer".to_owned(),
        "Bearer a:b".to_owned(),
    ];
    for authorization in cases {
        assert_eq!(stand.says(REST, &authorization), INVALID_BEARER);
    }
}

#[test]
fn an_app_password_lives_until_its_date_under_the_username() {
    let cases = [
        (utc_datetime!(2026-06-08 0:05), "AppPassword"),
        (utc_datetime!(2026-06-15 0:05), "401 Basic"),
        (utc_datetime!(2026-06-15 0:15), "AppPassword"),
        (utc_datetime!(2026-07-28 0:00), "401 Basic"),
    ];
    for (date, expected) in cases {
        let stand = Stand::on(date);
        let pair = stand.pair("jdoe", Kind::AppPassword, State::Good);
        assert_eq!(stand.says(REST, &pair), expected, "{date}");
    }
    let stand = Stand::on(utc_datetime!(2025-10-01 9:00));
    for (user, state) in [
        ("j.doe@acme.example", State::Good),
        ("jdoe", State::Revoked),
        ("jdoe", State::OtherAccount),
    ] {
        let pair = stand.pair(user, Kind::AppPassword, state);
        assert_eq!(stand.says(REST, &pair), "401 Basic", "{user} {state:?}");
    }
    let otherwise = Stand::reading(TODAY, &[Disputed::B14]);
    let pair = otherwise.pair("jdoe", Kind::AppPassword, State::Good);
    assert_eq!(
        otherwise.says(REST, &pair),
        "401 Basic App passwords are deprecated and must be replaced with API tokens."
    );
}

#[test]
fn an_account_password_lives_until_2022() {
    for (date, expected) in [
        (utc_datetime!(2022-02-28 12:00), "AccountPassword"),
        (utc_datetime!(2022-03-01 0:00), "401 Basic"),
    ] {
        let stand = Stand::on(date);
        for user in ["jdoe", "j.doe@acme.example"] {
            let pair = stand.pair(user, Kind::AccountPassword, State::Good);
            assert_eq!(stand.says(REST, &pair), expected, "{date} {user}");
        }
    }
}

#[test]
fn a_query_carries_tokens_until_may_2026() {
    let early: &[Disputed] = &[Disputed::B13];
    let cases = [
        (utc_datetime!(2026-02-19 9:00), early, "OauthAccessToken"),
        (utc_datetime!(2026-02-20 0:00), early, "401 OAuth"),
        (utc_datetime!(2026-05-03 9:00), &[], "OauthAccessToken"),
        (utc_datetime!(2026-05-04 0:00), &[], "401 OAuth"),
    ];
    for (date, facts, expected) in cases {
        let stand = Stand::reading(date, facts);
        let token = stand.secret(Kind::OauthAccessToken, State::Good);
        let path = format!("/2.0/user?pagelen=1&access_token={token}");
        let outcome = identify(&call((Site::Api, &path), &[]), &stand.0);
        assert_eq!(said(outcome), expected, "{date} {facts:?}");
    }
}

#[test]
fn the_website_answers_rest_until_may_2026() {
    const MOVED: (Site, &str) = (Site::Web, "/api/2.0/user");
    for (date, expected) in [
        (
            utc_datetime!(2026-05-03 9:00),
            ["OauthAccessToken", "ApiToken"],
        ),
        (utc_datetime!(2026-05-04 0:00), ["401 OAuth", "401 Basic"]),
    ] {
        let stand = Stand::on(date);
        let bearer = stand.bearer(Kind::OauthAccessToken, State::Good);
        let pair = stand.pair("j.doe@acme.example", Kind::ApiToken, State::Good);
        let got = [stand.says(MOVED, &bearer), stand.says(MOVED, &pair)];
        assert_eq!(got, expected, "{date}");
    }
}
