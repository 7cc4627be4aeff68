//! The beginning of a form is seen as it passes; the form itself arrives as it was sent.

use crate::each_pair;
use crate::support::origin::{Builder, Origin};
use crate::support::proxy::Proxy;
use crate::support::{Http, body, mint};
use http::{Request, Response};

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

#[tokio::test]
async fn a_refresh_token_is_told_from_the_consumer() {
    let words = r#"{"error_description":"Invalid refresh_token","error":"invalid_request"}"#;
    let origin = refusing(Origin::new(), 400, words).await;
    let proxy = Proxy::before(&origin).await;
    let mut client = proxy.dialer.http_to("bitbucket.org", Http::One).await;
    let request = Request::post("/site/oauth2/access_token")
        .header("content-type", FORM)
        .header("authorization", mint::basic("key", "secret"));
    let form = "grant_type=refresh_token&refresh_token=abcdefghijkl";
    let answer = client.send(request.body(body::full(form)).unwrap()).await;
    let field = answer.headers()["x-auth-diagnosis"].to_str().unwrap();
    assert!(field.starts_with("spent-refresh-token;"), "{field}");
    let event = proxy.finding("spent-refresh-token").await;
    assert!(!event.to_string().contains("abcdefghijkl"), "{event}");
}
