//! Upgrades such as WebSocket pass through, and only from the origin's 101 on.

use crate::support::origin::Origin;
use crate::support::proxy::Proxy;

const ASKED: &str = "GET /socket HTTP/1.1\r\nHost: api.bitbucket.org\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
                     Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
const GRANTED: &str = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
                       Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

#[tokio::test]
async fn a_websocket_passes_with_its_handshake_unchanged() {
    let origin = Origin::new()
        .script(|mut wire, _| async move {
            assert_eq!(wire.head().await, ASKED);
            // The first frame leaves together with the head.
            wire.send([GRANTED.as_bytes(), b"\x81\x02hi"].concat())
                .await;
            assert_eq!(wire.exactly(4).await, b"\x81\x82\0\xff");
            wire.send(b"\x88\0").await;
            assert_eq!(wire.until_end().await.bytes, b"GET / HTTP/1.1\r\n\r\n");
            wire.finish().await;
        })
        .await;
    let proxy = Proxy::before(&origin).await;
    let mut client = proxy.raw().await;
    client.send(ASKED).await;
    assert_eq!(client.head().await, GRANTED);
    assert_eq!(client.exactly(4).await, b"\x81\x02hi");
    client.send(b"\x81\x82\0\xff").await;
    assert_eq!(client.exactly(2).await, b"\x88\0");
    client.send("GET / HTTP/1.1\r\n\r\n").await;
    client.finish().await;
    let rest = client.until_end().await;
    rest.end.expect("an orderly end");
    assert_eq!(rest.bytes, b"");
}

#[tokio::test]
async fn the_end_of_the_origins_side_reaches_the_client() {
    let origin = Origin::new()
        .script(|mut wire, _| async move {
            wire.head().await;
            wire.send(GRANTED).await;
            wire.finish().await;
            wire.until_end().await;
        })
        .await;
    let proxy = Proxy::before(&origin).await;
    let mut client = proxy.raw().await;
    client.send(ASKED).await;
    client.head().await;
    let rest = client.until_end().await;
    rest.end.expect("an orderly end");
    assert_eq!(rest.bytes, b"");
}

/// H-S61: held.
#[tokio::test]
async fn bytes_sent_before_the_101_are_held_until_it() {
    let origin = Origin::new()
        .script(|mut wire, _| async move {
            assert_eq!(wire.head().await, ASKED);
            wire.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
                .await;
            wire.until_end().await;
        })
        .await;
    let proxy = Proxy::before(&origin).await;
    let mut client = proxy.raw().await;
    client
        .send(format!("{ASKED}GET /smuggled HTTP/1.1\r\n"))
        .await;
    assert_eq!(client.answer().await.status(), 400);
    assert_eq!(origin.received_text(0), ASKED);
}

#[tokio::test]
async fn a_refused_upgrade_is_an_ordinary_refusal() {
    let origin = Origin::new()
        .script(|mut wire, _| async move {
            wire.head().await;
            wire.send("HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n\r\nno")
                .await;
            wire.head().await;
            wire.send("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nyes")
                .await;
            wire.until_end().await;
        })
        .await;
    let proxy = Proxy::before(&origin).await;
    let mut client = proxy.raw().await;
    client.send(ASKED).await;
    let refusal = client.answer().await;
    assert_eq!(
        (refusal.status(), refusal.fields("x-auth-diagnosis").len()),
        (401, 1)
    );
    client
        .send("GET / HTTP/1.1\r\nHost: api.bitbucket.org\r\n\r\n")
        .await;
    assert_eq!(client.answer().await.text(), "yes");
}
