//! `--sandbox`: what a stand-in answers is dialled there whatever else is configured, and never passes for Bitbucket's.

use crate::support::Http;
use crate::support::body;
use crate::support::mint;
use crate::support::origin::Origin;
use crate::support::proxy::Proxy;
use http::{Request, Response};
use serde_json::{Value, json};

const MARK: &str = "deployment.environment.name";

async fn refusing() -> Origin {
    Origin::new()
        .serve(async |_| {
            Response::builder()
                .status(401)
                .header("www-authenticate", "Basic realm=\"Bitbucket.org HTTP\"")
                .body(body::full("refused"))
                .unwrap()
        })
        .await
}

/// A finding and a refusal of the proxy's own.
async fn provoke(proxy: &Proxy) -> [Value; 2] {
    let mut client = proxy.http(Http::One).await;
    let request = Request::get("/2.0/user")
        .header("authorization", mint::basic("jane", &mint::api_token(3)))
        .body(body::empty())
        .unwrap();
    assert_eq!(client.send(request).await.status(), 401);
    let mut raw = proxy.raw().await;
    raw.send("GET /2.0/user HTTP/1.1\r\nHost: api.bitbucket.org\r\nAuthorization: Basic\r\n YQ==\r\n\r\n")
        .await;
    raw.until_end().await;
    let refused = |event: &Value| event["event"] == "client_refused";
    [
        proxy.finding("api-token-with-username").await,
        proxy.event("a refusal", refused).await,
    ]
}

#[tokio::test]
async fn every_record_says_so_and_connect_to_does_not_lead_away() {
    let (stand_in, other) = (refusing().await, refusing().await);
    let proxy = Proxy::with(&stand_in, |config| {
        config.sandbox = Some(stand_in.address.to_string().parse().unwrap());
        for rule in &mut config.connect_to {
            rule.to_port = Some(other.address.port());
        }
    })
    .await;
    for record in provoke(&proxy).await {
        assert_eq!(record[MARK], json!("SANDBOX"), "{record}");
    }
    assert_eq!(stand_in.requests().len(), 1);
    assert!(other.requests().is_empty());
}

#[tokio::test]
async fn no_record_about_bitbucket_says_so() {
    let origin = refusing().await;
    let proxy = Proxy::before(&origin).await;
    for record in provoke(&proxy).await {
        assert_eq!(record.get(MARK), None, "{record}");
    }
}
