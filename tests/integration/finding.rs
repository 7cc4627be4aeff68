//! A refusal of a credential comes back with its mistake named, and the same id in its event.

use crate::each_pair;
use crate::support::Http;
use crate::support::body;
use crate::support::mint;
use crate::support::origin::Origin;
use crate::support::proxy::Proxy;
use http::{HeaderMap, Request, Response};
use serde_json::{Value, json};

const PLAIN_401: &str = r#"{"type":"error","error":{"message":"Token is invalid, expired, or not supported for this endpoint."}}"#;

/// An origin that refuses as Bitbucket does.
async fn refusing(origin: crate::support::origin::Builder) -> Origin {
    origin
        .serve(async |_| {
            Response::builder()
                .status(401)
                .header("date", "Tue, 24 Nov 2026 16:40:12 GMT")
                .header("www-authenticate", "Basic realm=\"Bitbucket.org HTTP\"")
                .header("content-type", "application/json")
                .body(body::full(PLAIN_401))
                .unwrap()
        })
        .await
}

fn field(headers: &HeaderMap) -> String {
    let values: Vec<_> = headers.get_all("x-auth-diagnosis").iter().collect();
    assert_eq!(values.len(), 1, "{headers:?}");
    values[0].to_str().expect("visible ASCII").to_owned()
}

/// The value of a parameter of the field's first member.
fn parameter<'a>(field: &'a str, name: &str) -> &'a str {
    let start = field
        .find(&format!(";{name}="))
        .unwrap_or_else(|| panic!("no {name} in {field}"));
    let value = &field[start + name.len() + 2..];
    match value.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next().unwrap(),
        None => value.split([';', ',']).next().unwrap(),
    }
}

each_pair! {
    async fn an_api_token_under_a_username_is_named_in_field_and_event(pair) {
        let origin = refusing(Origin::new().of(pair)).await;
        let proxy = Proxy::before(&origin).await;
        let mut client = proxy.http(pair.client).await;
        let credentials = mint::basic("jane", &mint::api_token(3));
        let request = Request::get("/2.0/user?page=1").header("authorization", credentials).header("user-agent", "test/1");
        let answer = client.send(request.body(body::empty()).unwrap()).await;
        let field = field(answer.headers());
        assert!(field.starts_with("api-token-with-username;certainty=likely;"), "{field}");
        assert!(parameter(&field, "fix").len() > 10 && parameter(&field, "doc").starts_with("https://"), "{field}");
        assert!(field.len() <= 1_024, "{field}");
        assert_eq!(body::text(answer.into_body()).await, PLAIN_401);
        let event = proxy.finding("api-token-with-username").await;
        for (key, value) in [
            ("event", json!("auth_diagnosis")),
            ("level", json!("WARN")),
            ("auth.certainty", json!("likely")),
            ("auth.fix", json!(parameter(&field, "fix"))),
            ("id", json!(parameter(&field, "id"))),
            ("auth.scheme", json!("Basic")),
            ("auth.user_id.kind", json!("username")),
            ("auth.user_id", json!("j…e")),
            ("auth.secret.kind", json!("api-token")),
            ("auth.secret.length", json!(192)),
            ("auth.secret.checksum", json!("fits")),
            ("http.request.method", json!("GET")),
            ("url.path", json!("/2.0/user")),
            ("http.response.status_code", json!(401)),
            ("server.address", json!("api.bitbucket.org")),
            ("client.address", json!("127.0.0.1")),
            ("user_agent.original", json!("test/1")),
        ] {
            assert_eq!(event[key], value, "{key} of {event}");
        }
    }
}

/// The slug of the field's first member for an `Authorization` value refused on the REST API.
async fn named(authorization: &str) -> String {
    let origin = refusing(Origin::new()).await;
    let proxy = Proxy::before(&origin).await;
    let mut client = proxy.http(Http::One).await;
    let mut request = Request::get("/2.0/user").body(body::empty()).unwrap();
    if !authorization.is_empty() {
        request
            .headers_mut()
            .insert("authorization", authorization.parse().unwrap());
    }
    let answer = client.send(request).await;
    let field = field(answer.headers());
    let slug = field.split(';').next().unwrap().to_owned();
    if !authorization.is_empty() {
        let event = proxy.finding(&slug).await;
        assert_eq!(event["id"], Value::from(parameter(&field, "id")), "{event}");
    }
    slug
}

#[tokio::test]
async fn common_mistakes_are_told_apart() {
    let (api, access) = (mint::api_token(1), mint::access_token(2));
    for (authorization, slug) in [
        (String::new(), "no-credentials"),
        ("Basic Og==".to_owned(), "empty-credentials"),
        (format!("Basic jane@acme.com:{api}"), "basic-not-encoded"),
        (mint::basic("jane", &api), "api-token-with-username"),
        (format!("Bearer {api}"), "bearer-with-api-token"),
        (
            mint::basic("x-token-auth", &access),
            "basic-with-access-token",
        ),
        (
            mint::basic("jane@acme.com", &api),
            "api-token-without-scopes",
        ),
        (
            mint::basic("jane", &mint::app_password(3)),
            "app-password-removed",
        ),
        (
            mint::basic("jane@acme.com", &format!("{api}\n")),
            "trailing-newline",
        ),
        (mint::basic("jane@acme.com", &api[..128]), "damaged-token"),
        (
            mint::basic("jane", "${BITBUCKET_TOKEN}"),
            "unexpanded-placeholder",
        ),
    ] {
        assert_eq!(named(&authorization).await, slug);
    }
}

each_pair! {
    async fn an_answer_without_a_finding_has_no_field_and_no_event(pair) {
        let origin = Origin::new().of(pair).serve(async |request: Request<_>| {
            let status: u16 = request.uri().path()[1..].parse().unwrap();
            Response::builder().status(status).body(body::empty()).unwrap()
        }).await;
        let proxy = Proxy::before(&origin).await;
        let mut client = proxy.http(pair.client).await;
        for status in [200, 201, 204, 206, 301, 304, 400, 405, 409, 500, 503] {
            let request = Request::get(format!("/{status}"));
            let request = request.header("authorization", mint::basic("jane@acme.com", &mint::api_token(1)));
            let answer = client.send(request.body(body::empty()).unwrap()).await;
            assert_eq!((answer.status().as_u16(), answer.headers().get("x-auth-diagnosis")), (status, None));
        }
        let accused = proxy.events().into_iter().find(|event| event["http.response.status_code"].as_u64() < Some(500));
        assert_eq!(accused, None);
    }
}

#[tokio::test]
async fn an_anonymous_challenge_followed_by_credentials_is_no_alarm() {
    let origin = refusing(Origin::new()).await;
    let proxy = Proxy::before(&origin).await;
    let mut client = proxy.dialer.http_to("bitbucket.org", Http::One).await;
    let path = "/acme/repo.git/info/refs?service=git-upload-pack";
    let request = || Request::get(path).header("user-agent", "git/2.47.3");
    let first = client.send(request().body(body::empty()).unwrap()).await;
    let first_field = field(first.headers());
    assert!(
        first_field.starts_with("challenge;certainty=likely"),
        "{first_field}"
    );
    body::text(first.into_body()).await;
    let credentials = mint::basic("jane@acme.com", &mint::api_token(1));
    let second = client
        .send(
            request()
                .header("authorization", credentials)
                .body(body::empty())
                .unwrap(),
        )
        .await;
    assert!(
        field(second.headers()).starts_with("api-token-with-email-on-git;"),
        "{:?}",
        second.headers()
    );
    let event = proxy.finding("challenge").await;
    assert_eq!(
        (&event["level"], &event["id"]),
        (&json!("INFO"), &json!(parameter(&first_field, "id")))
    );
    assert!(
        proxy
            .events()
            .iter()
            .all(|event| event["auth.mistake"] != "no-credentials"),
        "{:?}",
        proxy.events()
    );
}

/// What is logged of a path and a User-Agent is shortened; the two legs are still one attempt.
#[tokio::test]
async fn legs_meet_although_their_path_and_user_agent_are_not_logged_as_they_are() {
    let origin = refusing(Origin::new()).await;
    let proxy = Proxy::before(&origin).await;
    let mut client = proxy.dialer.http_to("bitbucket.org", Http::One).await;
    let path = format!("/acme/{}.git/info/refs", "r".repeat(3000));
    let agent = format!("git/2.47.3 {}", "x".repeat(400));
    let request = || Request::get(path.as_str()).header("user-agent", agent.as_str());
    let first = client.send(request().body(body::empty()).unwrap()).await;
    body::text(first.into_body()).await;
    let credentials = mint::basic("jane@acme.com", &mint::api_token(1));
    let second = request().header("authorization", credentials);
    client.send(second.body(body::empty()).unwrap()).await;
    let event = proxy
        .event("the first leg's event", |event| {
            event["auth.mistake"] == "challenge" || event["auth.mistake"] == "no-credentials"
        })
        .await;
    assert_eq!(event["auth.mistake"], "challenge");
}

#[tokio::test]
async fn an_anonymous_challenge_that_nothing_follows_becomes_no_credentials_under_the_same_id() {
    let origin = refusing(Origin::new()).await;
    let proxy = Proxy::before(&origin).await;
    let mut client = proxy.http(Http::One).await;
    let request = Request::get("/2.0/user")
        .header("user-agent", "Wget/1.21.3")
        .body(body::empty())
        .unwrap();
    let answer = client.send(request).await;
    let field = field(answer.headers());
    let event = proxy.finding("no-credentials").await;
    assert_eq!(
        (&event["auth.certainty"], &event["id"]),
        (&json!("proven"), &json!(parameter(&field, "id")))
    );
}

#[tokio::test]
async fn a_silenced_finding_is_not_reported() {
    let origin = refusing(Origin::new()).await;
    let proxy = Proxy::with(&origin, |config| {
        config.silence = vec!["empty-credentials".into()];
    })
    .await;
    let mut client = proxy.http(Http::One).await;
    let request = Request::get("/2.0/user")
        .header("authorization", "Basic Og==")
        .body(body::empty())
        .unwrap();
    let answer = client.send(request).await;
    let named = answer
        .headers()
        .get("x-auth-diagnosis")
        .map(|field| field.to_str().unwrap().to_owned());
    assert!(
        !named
            .clone()
            .unwrap_or_default()
            .contains("empty-credentials"),
        "{named:?}"
    );
    let (_, events) = proxy.shutdown(std::time::Duration::from_secs(5)).await;
    assert!(
        events
            .iter()
            .all(|event| event["auth.mistake"] != "empty-credentials"),
        "{events:?}"
    );
}

#[tokio::test]
async fn repeats_become_one_event_with_a_count_and_each_field_has_the_id_that_counts_it() {
    let origin = refusing(Origin::new()).await;
    let proxy = Proxy::with(&origin, |config| config.log.every = false).await;
    let mut client = proxy.http(Http::One).await;
    let mut ids = Vec::new();
    for _ in 0..5 {
        let request = Request::get("/2.0/user")
            .header("authorization", "Basic Og==")
            .body(body::empty())
            .unwrap();
        let answer = client.send(request).await;
        ids.push(parameter(&field(answer.headers()), "id").to_owned());
        body::text(answer.into_body()).await;
    }
    assert_eq!(
        proxy.events().len(),
        1,
        "the first at once, the others later"
    );
    let (_, events) = proxy.shutdown(std::time::Duration::from_secs(5)).await;
    let counts: Vec<_> = events
        .iter()
        .map(|event| event["auth.count"].as_u64().unwrap_or(1))
        .collect();
    assert_eq!(counts, [1, 4], "{events:?}");
    assert_eq!(events[0]["id"], Value::from(ids[0].clone()));
    assert!(
        ids[1..].iter().all(|id| events[1]["id"] == **id),
        "{ids:?} {events:?}"
    );
}

/// Not the Authorization field alone is read: the query and Connection are too.
#[tokio::test]
async fn other_ways_of_credentials_are_seen_on_the_wire() {
    let origin = refusing(Origin::new()).await;
    let proxy = Proxy::before(&origin).await;
    let bearer = format!("Bearer {}", mint::access_token(3));
    for (target, name, value, expected) in [
        (
            "/2.0/user?access_token=abc",
            "accept",
            "*/*",
            "oauth-token-in-query",
        ),
        (
            "/2.0/user?access_token=abc",
            "authorization",
            &bearer,
            "conflicting-credentials",
        ),
        (
            "/2.0/user?oauth_consumer_key=k&oauth_signature=s",
            "accept",
            "*/*",
            "oauth1-signature",
        ),
        (
            "/2.0/user",
            "connection",
            "keep-alive, Authorization",
            "authorization-nominated",
        ),
    ] {
        let request = Request::get(target).header(name, value);
        let mut client = proxy.http(Http::One).await;
        let answer = client.send(request.body(body::empty()).unwrap()).await;
        let field = field(answer.headers());
        assert!(
            field.starts_with(&format!("{expected};")),
            "{target}: {field}"
        );
        assert!(!field.contains("abc"), "{field}");
    }
}
