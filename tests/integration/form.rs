//! The beginning of a form is seen as it passes; the form itself arrives as it was sent.

use crate::each_pair;
use crate::support::origin::{Builder, Origin};
use crate::support::proxy::Proxy;
use crate::support::{Http, body, mint};
use http::{Request, Response};
use std::sync::atomic::{AtomicU16, Ordering};

const FORM: &str = "application/x-www-form-urlencoded";

/// An origin that reads the whole request, says how much came, and refuses it.
async fn refusing(origin: Builder, status: u16, words: &'static str) -> Origin {
    origin
        .serve(move |request: Request<_>| async move {
            let (came, _) = body::collect(request.into_body()).await;
            Response::builder()
                .status(status)
                .header("content-type", "application/json")
                .header("x-came", came.len())
                .body(body::full(words))
                .unwrap()
        })
        .await
}

each_pair! {
    async fn a_token_in_a_form_is_seen_and_the_form_arrives(pair) {
        let origin = refusing(Origin::new().of(pair), 401, "{}").await;
        let proxy = Proxy::before(&origin).await;
        let mut client = proxy.http(pair.client).await;
        let form = format!("title=x&access_token={}&{}", mint::access_token(3), "a=b&".repeat(8_000));
        let length = form.len().to_string();
        let request = Request::post("/2.0/repositories/acme/site/issues").header("content-type", FORM);
        let answer = client.send(request.body(body::full(form)).unwrap()).await;
        let field = answer.headers()["x-auth-diagnosis"].to_str().unwrap();
        assert!(field.starts_with("oauth-token-in-query;"), "{field}");
        assert_eq!(answer.headers()["x-came"], length.as_str());
    }
}

/// Good for one use, as far as this proxy has seen: the same form is accepted once and refused afterwards.
#[tokio::test]
async fn a_refresh_token_that_was_used_is_told_from_the_consumer() {
    let words =
        r#"{"error_description":"Invalid OAuth client credentials","error":"unauthorized_client"}"#;
    let uses = AtomicU16::new(0);
    let origin = Origin::new()
        .serve(move |request: Request<_>| {
            let status = if uses.fetch_add(1, Ordering::Relaxed) == 0 {
                200
            } else {
                400
            };
            async move {
                body::collect(request.into_body()).await;
                let answer = Response::builder().status(status);
                answer.body(body::full(words)).unwrap()
            }
        })
        .await;
    let proxy = Proxy::before(&origin).await;
    let mut client = proxy.dialer.http_to("bitbucket.org", Http::One).await;
    let form = "grant_type=refresh_token&refresh_token=abcdefghijkl&client_id=a&client_secret=b";
    let request = || {
        let request = Request::post("/site/oauth2/access_token").header("content-type", FORM);
        request.body(body::full(form)).unwrap()
    };
    let first = client.send(request()).await;
    assert_eq!(first.headers().get("x-auth-diagnosis"), None);
    body::text(first.into_body()).await;
    let second = client.send(request()).await;
    let field = second.headers()["x-auth-diagnosis"].to_str().unwrap();
    assert!(
        field.starts_with("spent-refresh-token;certainty=likely;"),
        "{field}"
    );
    let event = proxy.finding("spent-refresh-token").await;
    assert!(!event.to_string().contains("abcdefghijkl"), "{event}");
}
