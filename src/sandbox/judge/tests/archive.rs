//! Archives and pages of the website (B30, A26, C2).

use super::*;

#[test]
fn archives_send_failures_to_the_login_page() {
    let stand = Stand::on(TODAY);
    let email = "j.doe@acme.example";
    let cases = [
        (
            stand.bearer(Kind::OauthAccessToken, State::Good),
            "OauthAccessToken",
        ),
        (
            stand.bearer(Kind::RepoAccessToken, State::Good),
            "RepoAccessToken",
        ),
        (stand.pair(email, Kind::ApiToken, State::Good), "ApiToken"),
        (
            stand.pair("x-token-auth", Kind::OauthAccessToken, State::Good),
            "302",
        ),
        (stand.pair("jdoe", Kind::ApiToken, State::Good), "302"),
        (stand.pair(email, Kind::ApiToken, State::Expired), "302"),
        (stand.pair("jdoe", Kind::AppPassword, State::Good), "302"),
        (stand.bearer(Kind::ApiToken, State::Good), "302"),
        ("Basic x".to_owned(), "302"),
    ];
    for (authorization, expected) in cases {
        assert_eq!(stand.says(ARCHIVE, &authorization), expected);
    }
    let refused = stand.identify(ARCHIVE, "Basic Og==").unwrap_err();
    assert_eq!(
        refused.headers["location"],
        "https://bitbucket.org/account/signin/?next=/acme/website/get/main.zip"
    );
    assert!(refused.body.is_empty());
    assert_eq!(said(identify(&call(ARCHIVE, &[]), &stand.0)), "nobody");
}

#[test]
fn archives_take_nothing_where_the_fact_is_read_otherwise() {
    for (date, expected) in [
        (utc_datetime!(2026-05-03 9:00), "OauthAccessToken"),
        (utc_datetime!(2026-05-04 9:00), "302"),
    ] {
        let stand = Stand::reading(date, &[Disputed::B30]);
        let bearer = stand.bearer(Kind::OauthAccessToken, State::Good);
        assert_eq!(stand.says(ARCHIVE, &bearer), expected, "{date}");
    }
}

#[test]
fn a_token_in_the_query_of_an_archive_is_forbidden_since_may_2026() {
    for (date, expected) in [
        (utc_datetime!(2026-05-03 9:00), "OauthAccessToken"),
        (
            utc_datetime!(2026-05-04 9:00),
            "403  This endpoint does not support token-based authentication",
        ),
    ] {
        let stand = Stand::on(date);
        let token = stand.secret(Kind::OauthAccessToken, State::Good);
        let path = format!("{}?access_token={token}", ARCHIVE.1);
        let outcome = identify(&call((Site::Web, &path), &[]), &stand.0);
        assert_eq!(said(outcome), expected, "{date}");
    }
}

#[test]
fn pages_know_no_credentials() {
    let stand = Stand::on(TODAY);
    let pair = |user| stand.pair(user, Kind::ApiToken, State::Good);
    assert_eq!(stand.says(PAGE, &pair("j.doe@acme.example")), "nobody");
    assert_eq!(
        stand.says(PAGE, &pair("x-token-auth")),
        "403  This endpoint does not support token-based authentication"
    );
    let consumer = stand.pair("key", Kind::OauthConsumer, State::Good);
    let endpoint = (Site::Web, "/site/oauth2/access_token");
    assert_eq!(stand.says(endpoint, &consumer), "nobody");
    assert_eq!(stand.says((Site::Files, "/x"), &pair("jdoe")), "nobody");
}
