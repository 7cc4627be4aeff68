//! The admin listener: health and metrics for people and machines, nothing secret.

use crate::support::Http;
use crate::support::body;
use crate::support::client::Dialer;
use crate::support::mint;
use crate::support::origin::Origin;
use crate::support::proxy::{Proxy, intercept};
use crate::support::wire::Message;
use http::{Request, Response};
use why401::config::CaStore;

pub async fn get(proxy: &Proxy, path: &str) -> Message {
    let address = proxy.running.admin_addr.expect("an admin listener");
    let mut wire = Dialer {
        address,
        ..proxy.dialer.clone()
    }
    .port()
    .await;
    wire.send(format!(
        "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
    ))
    .await;
    wire.answer().await
}

#[tokio::test]
async fn health_and_metrics_are_told_without_a_secret() {
    let origin = Origin::new()
        .serve(async |_| {
            Response::builder()
                .status(401)
                .body(body::full("no"))
                .unwrap()
        })
        .await;
    let proxy = Proxy::with(&origin, |config| {
        config.admin_listen = Some("127.0.0.1:0".parse().unwrap());
    })
    .await;
    let token = mint::api_token(1);
    let request = Request::get("/2.0/user?access_token=canary")
        .header("authorization", mint::basic("jane", &token));
    proxy
        .http(Http::One)
        .await
        .send(request.body(body::empty()).unwrap())
        .await;
    assert_eq!(get(&proxy, "/healthz").await.status(), 200);
    assert_eq!(get(&proxy, "/readyz").await.status(), 200);
    let metrics = get(&proxy, "/metrics").await;
    let text = metrics.text();
    assert_eq!(metrics.status(), 200, "{text}");
    assert!(text.contains("conflicting-credentials"), "{text}");
    for secret in [&token[12..20], "canary", "jane", "127.0.0.1"] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
    assert_eq!(get(&proxy, "/nothing").await.status(), 404);
}

/// H-C9: by another name, or asked for by another site's page.
#[tokio::test]
async fn the_pages_are_for_this_machine_alone() {
    let origin = Origin::new().script(|_, _| async {}).await;
    let proxy = Proxy::with(&origin, |config| {
        config.admin_listen = Some("127.0.0.1:0".parse().unwrap());
    })
    .await;
    let address = proxy.running.admin_addr.unwrap();
    let dialer = Dialer {
        address,
        ..proxy.dialer.clone()
    };
    for (target, fields, status) in [
        ("/metrics", "Host: 127.0.0.1\r\n", 200),
        ("/metrics", "Host: localhost:8402\r\n", 200),
        (
            "/metrics",
            "Host: [::1]\r\nOrigin: http://localhost:8402\r\n",
            200,
        ),
        ("/metrics", "Host: rebind.attacker\r\n", 403),
        ("/metrics", "Host: localhost.attacker\r\n", 403),
        (
            "/metrics",
            "Host: 127.0.0.1\r\nHost: rebind.attacker\r\n",
            403,
        ),
        ("http://rebind.attacker/metrics", "Host: 127.0.0.1\r\n", 403),
        (
            "/metrics",
            "Host: 127.0.0.1\r\nOrigin: https://evil.example\r\n",
            403,
        ),
        ("/metrics", "Host: 127.0.0.1\r\nOrigin: null\r\n", 403),
    ] {
        let mut wire = dialer.port().await;
        wire.send(format!("GET {target} HTTP/1.1\r\n{fields}\r\n"))
            .await;
        let got = wire.answer().await;
        assert_eq!(got.status(), status, "{target} {fields}{}", got.head);
        let is_shown = got.text().contains("why401_");
        assert_eq!(is_shown, status == 200, "{}", got.text());
    }
}

#[tokio::test]
async fn an_anonymous_leg_is_counted_once_it_is_clear_what_it_was() {
    let origin = Origin::new()
        .serve(async |_| {
            Response::builder()
                .status(401)
                .body(body::full("no"))
                .unwrap()
        })
        .await;
    let proxy = Proxy::with(&origin, |config| {
        config.admin_listen = Some("127.0.0.1:0".parse().unwrap());
    })
    .await;
    let mut client = proxy.http(Http::One).await;
    for credentials in [None, None, Some("Basic Og==")] {
        let mut request = Request::get("/2.0/user").body(body::empty()).unwrap();
        if let Some(credentials) = credentials {
            request
                .headers_mut()
                .insert("authorization", credentials.parse().unwrap());
        }
        body::text(client.send(request).await.into_body()).await;
    }
    let event = proxy
        .event("the first legs", |event| event["auth.count"] == 2)
        .await;
    let line = format!(
        "why401_findings_total{{mistake=\"{}\",certainty=\"{}\"}} 2",
        event["auth.mistake"].as_str().unwrap(),
        event["auth.certainty"].as_str().unwrap()
    );
    let text = get(&proxy, "/metrics").await.text();
    assert!(text.contains(&line), "{line} in {text}");
}

#[tokio::test]
async fn nothing_listens_after_the_end() {
    let origin = Origin::new().script(|_, _| async {}).await;
    let proxy = Proxy::with(&origin, |config| {
        config.admin_listen = Some("127.0.0.1:0".parse().unwrap());
    })
    .await;
    let address = proxy.running.admin_addr.unwrap();
    assert!(proxy.shutdown(std::time::Duration::from_secs(5)).await.0);
    crate::support::within("a closed port", async {
        while tokio::net::TcpStream::connect(address).await.is_ok() {}
    })
    .await;
}

#[tokio::test]
async fn a_host_that_the_ca_may_not_sign_for_is_refused_at_the_start() {
    let origin = Origin::new().script(|_, _| async {}).await;
    let folder = tempfile::tempdir().unwrap();
    let store = CaStore::Directory(folder.path().join("ca"));
    let start = Proxy::try_with(&origin, |config| {
        config.ca = store;
        config.intercept.push(intercept("git.example"));
    });
    let error = start.await.map(drop).expect_err("no start").to_string();
    assert!(
        error.contains("git.example") && error.contains("--for") && error.lines().count() == 1,
        "{error}"
    );
}
