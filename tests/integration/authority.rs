//! A request inside a tunnel is for the tunnel's host, and says so exactly once.

use crate::support::Http;
use crate::support::body;
use crate::support::origin::Origin;
use crate::support::proxy::Proxy;
use http::{Request, Response};

async fn untouched(heads: &[&str], status: u16) {
    let origin = Origin::new()
        .script(|mut wire, _| async move { drop(wire.until_end().await) })
        .await;
    let proxy = Proxy::before(&origin).await;
    for head in heads {
        let mut client = proxy.raw().await;
        client.send(head).await;
        let answer = client.answer().await;
        assert_eq!(answer.status(), status, "for {head:?}");
        assert_eq!(answer.field("x-auth-diagnosis"), None, "{}", answer.head);
        let echoed = ["evil", "YTpi"]
            .iter()
            .any(|part| answer.head.contains(part) || answer.text().contains(part));
        assert!(!echoed, "the request is echoed: {answer:?}");
    }
    assert_eq!(origin.all_received(), b"");
}

/// H-C5: over HTTP/1.
#[tokio::test]
async fn another_host_is_misdirected() {
    untouched(
        &[
            "GET / HTTP/1.1\r\nHost: evil.example\r\nAuthorization: Basic YTpi\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: bitbucket.org\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: api.bitbucket.org:8443\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: api.bitbucket.org.evil.example\r\n\r\n",
            "GET https://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
            "GET / HTTP/1.0\r\nHost: evil.example\r\n\r\n",
        ],
        421,
    )
    .await;
}

#[tokio::test]
async fn no_host_two_hosts_and_odd_hosts_are_bad_requests() {
    untouched(
        &[
            "GET / HTTP/1.1\r\nAccept: */*\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: api.bitbucket.org\r\nHost: api.bitbucket.org\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: api.bitbucket.org\r\nhost: evil.example\r\n\r\n",
            "GET / HTTP/1.0\r\nHost: api.bitbucket.org\r\nHost: api.bitbucket.org\r\n\r\n",
        ],
        400,
    )
    .await;
}

#[tokio::test]
async fn the_tunnels_host_is_known_in_any_spelling() {
    let origin = Origin::new()
        .script(|mut wire, _| async move {
            loop {
                wire.head().await;
                wire.send("HTTP/1.1 204 No Content\r\n\r\n").await;
            }
        })
        .await;
    let proxy = Proxy::before(&origin).await;
    let mut client = proxy.raw().await;
    for host in [
        "api.bitbucket.org",
        "API.bitbucket.org",
        "api.bitbucket.org:443",
    ] {
        client
            .send(format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n"))
            .await;
        assert_eq!(client.answer().await.status(), 204, "{host}");
    }
    assert!(
        origin
            .received_text(0)
            .contains("Host: API.bitbucket.org\r\n"),
        "the spelling stays"
    );
}

/// H-C5: over HTTP/2.
#[tokio::test]
async fn on_http_2_another_authority_is_misdirected_and_the_connection_lives() {
    let origin = Origin::new()
        .serve(async |_| Response::new(body::empty()))
        .await;
    let proxy = Proxy::before(&origin).await;
    let mut client = proxy.http(Http::Two).await;
    for target in [
        "https://evil.example/",
        "https://bitbucket.org/",
        "https://api.bitbucket.org:8443/",
    ] {
        let answer = client
            .send(Request::get(target).body(body::empty()).unwrap())
            .await;
        assert_eq!(answer.status(), 421, "{target}");
    }
    let clash = Request::get("/")
        .header("host", "evil.example")
        .body(body::empty())
        .unwrap();
    let status = client.send(clash).await.status().as_u16();
    assert!([400, 421].contains(&status), "{status}");
    assert_eq!(origin.requests().len(), 0);
    assert_eq!(client.get("/").await.status(), 200);
}
