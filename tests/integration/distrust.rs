//! A client that does not trust the CA is told so by how its handshake dies, and less surely once it came through.

use crate::support::ca::Ca;
use crate::support::client::API;
use crate::support::origin::Origin;
use crate::support::proxy::Proxy;
use crate::support::wire::Wire;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use serde_json::Value;
use std::sync::Arc;
use tokio_rustls::TlsConnector;

async fn origin() -> Origin {
    Origin::new()
        .script(|mut wire, _| async move {
            wire.head().await;
            wire.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
                .await;
        })
        .await
}

async fn tunnel(proxy: &Proxy, user_agent: &str) -> Wire {
    let mut client = proxy.dialer.port().await;
    client
        .send(format!(
            "CONNECT {API}:443 HTTP/1.1\r\nHost: {API}:443\r\nUser-Agent: {user_agent}\r\n\r\n"
        ))
        .await;
    assert_eq!(client.answer_to_head().await.status(), 200);
    client
}

/// A TLS client of this program, which trusts what the proxy shows only when asked to.
async fn handshake(proxy: &Proxy, user_agent: &str, trusts: bool) -> std::io::Result<Wire> {
    let roots = match trusts {
        true => proxy.dialer.roots.clone(),
        false => Ca::new("another").roots(),
    };
    let config = ClientConfig::builder()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from(API).unwrap();
    let stream = tunnel(proxy, user_agent).await.into_inner();
    let tls = TlsConnector::from(Arc::new(config))
        .connect(name, stream)
        .await?;
    Ok(Wire::new(tls))
}

async fn finding(proxy: &Proxy) -> Value {
    let event = proxy.finding("client-distrusts-ca").await;
    assert_eq!(event["server.address"], API);
    event
}

fn certainty(event: &Value) -> &str {
    event["auth.certainty"].as_str().expect("a certainty")
}

#[tokio::test]
async fn an_alert_about_the_ca_is_likely_distrust_until_the_client_came_through() {
    let origin = origin().await;
    let proxy = Proxy::before(&origin).await;
    handshake(&proxy, "curl/8.5.0", false)
        .await
        .err()
        .expect("distrust");
    assert_eq!(certainty(&finding(&proxy).await), "likely");

    let proxy = Proxy::before(&origin).await;
    let mut client = handshake(&proxy, "curl/8.5.0", true).await.unwrap();
    client
        .send(format!("GET / HTTP/1.1\r\nHost: {API}\r\n\r\n"))
        .await;
    assert_eq!(client.answer().await.text(), "ok");
    handshake(&proxy, "curl/8.5.0", false)
        .await
        .err()
        .expect("distrust");
    assert_eq!(certainty(&finding(&proxy).await), "possible");
}

#[tokio::test]
async fn git_that_finishes_the_handshake_and_leaves_does_not_trust_it() {
    let origin = origin().await;
    let proxy = Proxy::before(&origin).await;
    let mut client = handshake(&proxy, "git/2.47.3", true).await.unwrap();
    client.finish().await;
    let event = finding(&proxy).await;
    assert_eq!(certainty(&event), "likely");
    assert!(
        event["auth.fix"]
            .as_str()
            .unwrap()
            .contains("http.sslCAInfo"),
        "{event}"
    );
}

#[tokio::test]
async fn node_that_closes_in_the_middle_does_not_trust_it() {
    let origin = origin().await;
    let proxy = Proxy::before(&origin).await;
    let mut client = tunnel(&proxy, "node").await;
    let roots = proxy.dialer.roots.clone();
    let config = ClientConfig::builder()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from(API).unwrap();
    let mut tls = rustls::ClientConnection::new(Arc::new(config), name).unwrap();
    let mut hello = Vec::new();
    tls.write_tls(&mut hello).unwrap();
    client.send(hello).await;
    assert_eq!(client.exactly(1).await, [22]);
    drop(client);
    let event = finding(&proxy).await;
    assert_eq!(certainty(&event), "likely");
    assert!(
        event["auth.fix"]
            .as_str()
            .unwrap()
            .contains("NODE_EXTRA_CA_CERTS"),
        "{event}"
    );
}

#[tokio::test]
async fn tls_to_the_plain_port_is_the_wrong_scheme() {
    let origin = origin().await;
    let proxy = Proxy::before(&origin).await;
    let mut client = proxy.dialer.port().await;
    client.send([22, 3, 1, 0, 5, 1, 2, 3, 4, 5]).await;
    client.until_end().await;
    let event = proxy.finding("https-scheme-for-plain-proxy").await;
    assert_eq!(certainty(&event), "proven");
}

#[tokio::test]
async fn a_tunnel_that_nobody_uses_is_no_finding() {
    let origin = origin().await;
    let proxy = Proxy::before(&origin).await;
    for bytes in [&b""[..], b"\x16\x03\x01"] {
        let mut client = tunnel(&proxy, "curl/8.5.0").await;
        client.send(bytes).await;
        client.finish().await;
        client.until_end().await;
    }
    let mut client = handshake(&proxy, "curl/8.5.0", true).await.unwrap();
    client
        .send(format!("GET / HTTP/1.1\r\nHost: {API}\r\n\r\n"))
        .await;
    assert_eq!(client.answer().await.text(), "ok");
    client.finish().await;
    client.until_end().await;
    assert_eq!(proxy.events(), Vec::<Value>::new());
}
