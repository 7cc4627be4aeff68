//! What is kept of requests and responses.

use super::*;
use crate::credentials::{SecretKind, mint};
use http::HeaderValue;
use proptest::prelude::*;
use time::macros::utc_datetime;

fn headers(fields: &[(&'static str, &str)]) -> HeaderMap {
    let field = |(name, value): &(&'static str, &str)| {
        (
            HeaderName::from_static(name),
            HeaderValue::from_str(value).unwrap(),
        )
    };
    fields.iter().map(field).collect()
}

fn request(path: &str, query: Option<&str>, headers: &HeaderMap) -> RequestSeen {
    let head = RequestHead {
        method: &Method::GET,
        host: "api.bitbucket.org",
        path,
        query,
        form: None,
        headers,
        secure: true,
    };
    RequestSeen::read(head, &FingerprintKey::new([7; 32]))
}

#[test]
fn a_request_keeps_what_matters() {
    let token = mint::access_token(1);
    let headers = headers(&[
        ("authorization", &format!("Bearer {token}")),
        ("user-agent", "git/2.39.5"),
    ]);
    let seen = request("/2.0/user", Some("q=1"), &headers);
    assert_eq!(
        (seen.surface, seen.client, seen.path.as_str()),
        (Surface::Rest, Client::Git, "/2.0/user")
    );
    assert_eq!(seen.credentials[0].secret.kind, SecretKind::AccessToken);
    assert!(!seen.authenticates_by_parameter() && !seen.has_cookie && seen.waits_for_challenge());
    let cookie = self::headers(&[("cookie", "session=x")]);
    assert!(request("/", None, &cookie).has_cookie);
    let in_query = request("/2.0/user", Some("access_token=x"), &HeaderMap::new());
    assert!(in_query.query.access_token.is_some() && in_query.authenticates_by_parameter());
}

#[test]
fn of_many_authorization_fields_four_are_read() {
    let mut headers = HeaderMap::new();
    for _ in 0..9 {
        headers.append(AUTHORIZATION, HeaderValue::from_static("Basic Og=="));
    }
    assert_eq!(
        request("/", None, &headers).credentials.len(),
        MAX_CREDENTIALS
    );
    assert!(request("/", None, &HeaderMap::new()).credentials.is_empty());
}

#[test]
fn connection_may_name_the_authorization_field() {
    for (value, expected) in [
        ("authorization", true),
        ("keep-alive , Authorization", true),
        ("close", false),
        ("x-authorization", false),
    ] {
        let fields = headers(&[("connection", value)]);
        let seen = request("/", None, &fields);
        assert_eq!(seen.nominates_authorization, expected, "{value}");
    }
}

#[test]
fn a_response_is_read_whole() {
    let headers = headers(&[
        ("date", "Tue, 24 Nov 2026 16:40:12 GMT"),
        ("www-authenticate", "Basic realm=\"Bitbucket.org HTTP\""),
        ("x-credential-type", "api_token"),
        ("x-oauth-scopes", "read:user:bitbucket, new:thing"),
        ("x-accepted-oauth-scopes", "account"),
        ("x-token-id", "abc-123"),
    ]);
    let seen = ResponseSeen::read(
        StatusCode::FORBIDDEN,
        &headers,
        Some(b"{\"error\":{\"message\":\"Forbidden\"}}"),
    );
    assert_eq!(seen.date, Some(utc_datetime!(2026-11-24 16:40:12)));
    assert_eq!(seen.challenges.len(), 1);
    assert_eq!(seen.credential_type.as_deref(), Some("api_token"));
    assert_eq!(
        seen.granted.map(|list| (list.known.len(), list.unknown)),
        Some((1, 1))
    );
    assert_eq!(seen.accepted.map(|list| list.known.len()), Some(1));
    assert_eq!(seen.token_id.as_deref(), Some("abc-123"));
    assert!(!seen.body.words.is_empty() && !seen.to_login_page);
}

#[test]
fn a_bare_response_says_nothing() {
    let seen = ResponseSeen::read(StatusCode::UNAUTHORIZED, &HeaderMap::new(), None);
    assert_eq!(
        (seen.date, seen.credential_type, seen.granted),
        (None, None, None)
    );
    assert!(seen.challenges.is_empty() && seen.body.words.is_empty());
}

#[test]
fn only_a_redirect_leads_to_the_login_page() {
    let headers = headers(&[("location", "https://bitbucket.org/account/signin/?next=/x")]);
    assert!(ResponseSeen::read(StatusCode::FOUND, &headers, None).to_login_page);
    assert!(!ResponseSeen::read(StatusCode::CREATED, &headers, None).to_login_page);
}

#[test]
fn the_origins_date_counts_and_must_agree() {
    let local = utc_datetime!(2026-11-24 12:00);
    let clock = |date| Clock::of(date, local);
    assert_eq!(
        clock(None),
        Clock {
            date: local,
            agrees: true
        }
    );
    for (origin, agrees) in [
        (utc_datetime!(2026-11-24 12:05), true),
        (utc_datetime!(2026-11-24 11:55), true),
        (utc_datetime!(2026-11-24 12:05:01), false),
        (utc_datetime!(2025-01-01 00:00), false),
    ] {
        assert_eq!(
            clock(Some(origin)),
            Clock {
                date: origin,
                agrees
            },
            "{origin}"
        );
    }
}

proptest! {
    #[test]
    fn any_exchange_can_be_read(
        value in proptest::collection::vec(any::<u8>(), 0..200),
        path in "/[ -~\\PC]{0,80}",
        query in proptest::option::of("[ -~]{0,40}"),
        body in proptest::collection::vec(any::<u8>(), 0..200),
    ) {
        let mut headers = HeaderMap::new();
        for name in ["authorization", "user-agent", "www-authenticate", "date", "x-oauth-scopes", "location"] {
            if let Ok(value) = HeaderValue::from_bytes(&value) {
                headers.append(name, value);
            }
        }
        request(&path, query.as_deref(), &headers);
        ResponseSeen::read(StatusCode::UNAUTHORIZED, &headers, Some(&body));
    }

    #[test]
    fn no_debug_output_of_an_observation_holds_a_token(seed in any::<u64>()) {
        for token in [mint::api_token(seed), mint::access_token(seed), mint::app_password(seed), mint::jwt(seed)] {
            let headers = headers(&[
                ("authorization", &format!("Bearer {token}")),
                ("user-agent", &format!("tool/{token}")),
                ("x-token-id", &token),
            ]);
            let seen = Observation::Exchange(Box::new(Exchange {
                request: request(&format!("/2.0/{token}/jane:{token}@x"), Some(&format!("access_token={token}")), &headers),
                response: ResponseSeen::read(StatusCode::UNAUTHORIZED, &headers, Some(token.as_bytes())),
            }));
            let kept = format!("{seen:?}");
            for window in token.as_bytes().windows(6) {
                let window = String::from_utf8_lossy(window);
                prop_assert!(!kept.contains(&*window), "{} in {}", window, kept);
            }
        }
    }
}
