//! The standard set: what is in it, and how it looks.

use super::*;
use crate::sandbox::reading::{Disputed, Reading};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use time::macros::utc_datetime;

const NOW: UtcDateTime = utc_datetime!(2026-11-24 9:00);

fn minted() -> Store {
    Store::minted(NOW, &Reading::default())
}

fn good(kind: Kind) -> Arc<Credential> {
    minted().first(kind, State::Good).unwrap()
}

#[test]
fn the_first_good_one_of_each_kind_has_every_scope() {
    for credential in minted().all() {
        let first = good(credential.kind);
        assert_eq!(
            first.scopes,
            every_scope(credential.kind),
            "{:?}",
            credential.kind
        );
    }
}

#[test]
fn every_kind_and_state_that_the_contract_names_is_there() {
    let names: std::collections::HashSet<_> = minted()
        .all()
        .iter()
        .map(|it| serde_json::to_string(&(it.kind, it.state)).unwrap())
        .collect();
    for wanted in [
        r#"["api_token","good"]"#,
        r#"["api_token","unscoped"]"#,
        r#"["api_token","expired"]"#,
        r#"["api_token","revoked"]"#,
        r#"["api_token","other_account"]"#,
        r#"["api_token","other_product"]"#,
        r#"["app_password","good"]"#,
        r#"["repo_access_token","good"]"#,
        r#"["project_access_token","expired"]"#,
        r#"["workspace_access_token","revoked"]"#,
        r#"["oauth_access_token","expired"]"#,
        r#"["oauth_consumer","good"]"#,
        r#"["oauth_consumer","public"]"#,
        r#"["account_password","good"]"#,
        r#"["data_center_token","good"]"#,
    ] {
        assert!(names.contains(wanted), "{wanted} is missing");
    }
}

#[test]
fn two_starts_share_no_secret() {
    let other = minted();
    for credential in minted().all() {
        assert!(other.find(&credential.secret).is_none(), "{credential:?}");
        assert!(!credential.id.is_empty(), "{credential:?} has no id");
    }
}

#[test]
fn secrets_look_as_published() {
    let length = |kind| good(kind).secret.len();
    assert_eq!(length(Kind::ApiToken), 192);
    assert_eq!(length(Kind::LegacyApiToken), 24);
    assert_eq!(length(Kind::AppPassword), 36);
    assert_eq!(length(Kind::RepoAccessToken), 192);
    assert_eq!(length(Kind::OauthConsumer), 32);
    assert_eq!(good(Kind::OauthConsumer).username.len(), 18);
    assert!(length(Kind::OauthAccessToken) > 1900);
    assert!(
        length(Kind::OauthAccessToken) < 2560,
        "Windows would cut it (I6)"
    );
}

#[test]
fn a_data_center_token_has_its_published_form() {
    for _ in 0..20 {
        let secret = good(Kind::DataCenterToken).secret.clone();
        let encoded = secret.strip_prefix("BBDC-").unwrap();
        assert_eq!(encoded.len(), 44);
        let text = String::from_utf8(STANDARD.decode(encoded).unwrap()).unwrap();
        let (id, rest) = text.split_once(':').unwrap();
        assert!(id.len() == 12 && id.bytes().all(|byte| byte.is_ascii_digit()));
        assert_eq!(rest.len(), 20);
    }
}

#[test]
fn an_oauth_token_says_when_it_ends() {
    for (reading, seconds) in [
        (Reading::default(), 3600),
        (Reading::from_iter([Disputed::A12]), 7200),
    ] {
        let token = Store::minted(NOW, &reading).first(Kind::OauthAccessToken, State::Good);
        let token = token.unwrap();
        let claims = token.secret.split('.').nth(1).unwrap();
        let claims: serde_json::Value =
            serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).unwrap()).unwrap();
        assert_eq!(claims["iat"], NOW.unix_timestamp());
        assert_eq!(claims["exp"], NOW.unix_timestamp() + seconds);
        assert!(!token.is_past(NOW));
        assert!(token.is_past(NOW + time::Duration::seconds(seconds)));
    }
}

#[test]
fn a_workspace_token_holds_account_unless_it_is_read_otherwise() {
    let holds = |reading: Reading| {
        let store = Store::minted(NOW, &reading);
        let token = store
            .first(Kind::WorkspaceAccessToken, State::Good)
            .unwrap();
        token.scopes.iter().any(|scope| scope == "account")
    };
    assert!(holds(Reading::default()));
    assert!(!holds(Reading::from_iter([Disputed::I15])));
}

#[test]
fn what_was_spent_ends_and_cannot_be_prolonged() {
    let store = minted();
    let token = store.first(Kind::OauthRefreshToken, State::Good).unwrap();
    store.end(&token.secret, NOW);
    store.end(&token.secret, NOW + time::Duration::minutes(10));
    assert!(store.find(&token.secret).unwrap().is_past(NOW));
}

#[test]
fn the_token_of_another_account_is_listed_with_the_pair_people_try() {
    let token = minted().first(Kind::ApiToken, State::OtherAccount).unwrap();
    assert_eq!(token.email, "j.doe@acme.example");
    assert_eq!(token.true_email(), "s.roe@acme.example");
    assert_eq!(token.true_username(), "sroe");
}
