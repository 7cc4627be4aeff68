//! Single facts: the switches, the words, and what an answer says about its credential.

use super::*;
use crate::sandbox::credential::Credential;

#[test]
fn disputed_forms_on_rest_work_where_they_are_read_otherwise() {
    type Form = fn(&Stand) -> String;
    let cases: [(Disputed, Form, &str, &str); 5] = [
        (
            Disputed::A8,
            |stand| stand.bearer(Kind::ApiToken, State::Good),
            INVALID_BEARER,
            "ApiToken",
        ),
        (
            Disputed::A9,
            |stand| stand.secret(Kind::ApiToken, State::Good),
            "401 Basic",
            "ApiToken",
        ),
        (
            Disputed::A10,
            |stand| stand.pair("x-token-auth", Kind::RepoAccessToken, State::Good),
            INVALID,
            "RepoAccessToken",
        ),
        (
            Disputed::B9,
            |stand| stand.pair("j.doe@acme.example", Kind::ApiToken, State::Unscoped),
            INVALID,
            "401 BitbucketCustom Token is invalid, expired, or not supported for this endpoint.",
        ),
        (
            Disputed::B17,
            |stand| {
                let token = stand.secret(Kind::RepoAccessToken, State::Good);
                format!("bearer {token}")
            },
            "nobody",
            "RepoAccessToken",
        ),
    ];
    for (fact, form, usual, otherwise) in cases {
        let stand = Stand::on(TODAY);
        assert_eq!(stand.says(REST, &form(&stand)), usual, "{fact}");
        let stand = Stand::reading(TODAY, &[fact]);
        assert_eq!(stand.says(REST, &form(&stand)), otherwise, "{fact}");
    }
}

#[test]
fn an_unknown_scheme_is_nobody_or_refused() {
    let token = "token x";
    assert_eq!(Stand::on(TODAY).says(REST, token), "nobody");
    let otherwise = Stand::reading(TODAY, &[Disputed::B17]);
    assert_eq!(otherwise.says(REST, token), "401 Basic");
}

#[test]
fn the_words_for_an_expired_oauth_token_changed() {
    for (date, expected) in [
        (
            utc_datetime!(2018-05-01 9:00),
            "401 OAuth Access token expired. Use your refresh token to obtain a new access token.",
        ),
        (
            utc_datetime!(2021-10-01 9:00),
            "401 OAuth Access token expired.",
        ),
        (
            TODAY,
            "401 OAuth OAuth2 access token expired. Use your refresh token to obtain a new access token",
        ),
    ] {
        let stand = Stand::on(date);
        let bearer = stand.bearer(Kind::OauthAccessToken, State::Expired);
        assert_eq!(stand.says(REST, &bearer), expected, "{date}");
    }
    let stand = Stand::on(TODAY);
    let bearer = stand.bearer(Kind::AppPassword, State::Good);
    assert_eq!(stand.says(REST, &bearer), "401 OAuth Access token expired.");
}

#[test]
fn time_ends_a_good_token() {
    let stand = Stand::on(TODAY);
    let bearer = stand.bearer(Kind::OauthAccessToken, State::Good);
    assert_eq!(stand.says(REST, &bearer), "OauthAccessToken");
    stand.0.clock.set(TODAY + time::Duration::minutes(61));
    assert!(stand.says(REST, &bearer).starts_with("401 OAuth"));
}

#[test]
fn an_answer_names_what_it_recognised() {
    let stand = Stand::on(TODAY);
    let signed = |kind: Kind, status| {
        let known = stand.0.store.first(kind, State::Good).unwrap();
        Identity::Known(known).sign(Answer::empty(status))
    };
    let token = signed(Kind::ApiToken, StatusCode::FORBIDDEN);
    assert_eq!(token.headers["x-credential-type"], "api_token");
    assert_eq!(token.headers["server"], "AtlassianEdge");
    let scopes = token.headers["x-oauth-scopes"].to_str().unwrap();
    assert!(
        scopes.starts_with("read:repository:bitbucket, write:"),
        "{scopes}"
    );
    assert!(token.headers.contains_key("x-token-id"));

    let app = signed(Kind::ConnectJwt, StatusCode::OK);
    assert!(!app.headers.contains_key("x-credential-type"));
    assert!(app.headers.contains_key("x-oauth-scopes"));
    assert!(
        signed(Kind::ApiToken, StatusCode::UNAUTHORIZED)
            .headers
            .is_empty()
    );

    let nobody = Identity::Anonymous.sign(Answer::empty(StatusCode::OK));
    assert_eq!(nobody.headers.len(), 2, "{:?}", nobody.headers);
}

#[test]
fn the_shape_of_a_secret_counts_for_nothing() {
    let stand = Stand::on(TODAY);
    let plain = Credential {
        secret: "nothing like a token".to_owned(),
        ..Credential::new(Kind::ApiToken, State::Good, String::new())
    };
    stand.0.store.add(plain);
    let pair = basic("j.doe@acme.example:nothing like a token");
    assert_eq!(stand.says(REST, &pair), "ApiToken");
    let minted = crate::credentials::mint::api_token(7);
    let pair = basic(&format!("j.doe@acme.example:{minted}"));
    assert_eq!(stand.says(REST, &pair), "401 Basic");
}
