//! What died under a request is asked again only when that is safe (RFC 9110 9.2.2).

use crate::support::client::API;
use crate::support::origin::Origin;
use crate::support::proxy::Proxy;
use crate::support::wire::Wire;
use std::sync::Arc;
use tokio::sync::Barrier;

const OK: &str = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

fn asked(method: &str, fields: &str) -> String {
    format!("{method} /x HTTP/1.1\r\nHost: {API}\r\n{fields}\r\n")
}

/// An origin whose first connection answers once and then meets the next request with `death`.
async fn dies_on_the_second(death: fn(Wire)) -> Origin {
    Origin::new()
        .script(move |mut wire, number| async move {
            loop {
                wire.head().await;
                wire.send(OK).await;
                if number == 0 {
                    wire.head().await;
                    return death(wire);
                }
            }
        })
        .await
}

fn times_asked(origin: &Origin, method: &str) -> usize {
    let received = String::from_utf8_lossy(&origin.all_received()).into_owned();
    received
        .matches(&format!("{method} /x HTTP/1.1\r\n"))
        .count()
}

#[tokio::test]
async fn an_idempotent_request_on_a_dead_connection_is_asked_again() {
    for death in [Wire::reset as fn(Wire), drop] {
        for method in ["DELETE", "PUT", "OPTIONS"] {
            let origin = dies_on_the_second(death).await;
            let proxy = Proxy::before(&origin).await;
            let mut client = proxy.raw().await;
            client.send(asked("GET", "")).await;
            client.answer().await;
            client.send(asked(method, "")).await;
            assert_eq!(client.answer().await.text(), "ok", "{method}");
            assert_eq!(origin.received_text(1), asked(method, ""), "{method}");
            assert_eq!(
                (times_asked(&origin, method), origin.connections()),
                (2, 2),
                "{method}"
            );
        }
    }
}

#[tokio::test]
async fn an_idempotent_request_is_asked_again_once_only() {
    // Two connections that are both in the pool and both dead.
    let both_are_asked = Arc::new(Barrier::new(2));
    let origin = Origin::new()
        .script(move |mut wire, number| {
            let both_are_asked = both_are_asked.clone();
            async move {
                wire.head().await;
                if number < 2 {
                    both_are_asked.wait().await;
                    wire.send(OK).await;
                    wire.head().await;
                } else {
                    wire.send(OK).await;
                }
            }
        })
        .await;
    let proxy = Proxy::before(&origin).await;
    let (mut one, mut other) = (proxy.raw().await, proxy.raw().await);
    one.send(asked("GET", "")).await;
    other.send(asked("GET", "")).await;
    one.answer().await;
    other.answer().await;
    one.send(asked("DELETE", "")).await;
    assert_eq!(
        (one.answer().await.status(), times_asked(&origin, "DELETE")),
        (502, 2)
    );
}

#[tokio::test]
async fn a_post_or_a_body_on_a_dead_connection_is_never_asked_again() {
    for (method, fields, body) in [
        ("POST", "", ""),
        ("PATCH", "", ""),
        ("POST", "Content-Length: 3\r\n", "abc"),
        ("PUT", "Content-Length: 3\r\n", "abc"),
    ] {
        let origin = dies_on_the_second(drop).await;
        let proxy = Proxy::before(&origin).await;
        let mut client = proxy.raw().await;
        client.send(asked("GET", "")).await;
        client.answer().await;
        client.send(asked(method, fields) + body).await;
        let answer = client.answer().await;
        assert_eq!(answer.status(), 502, "{method}");
        assert!(answer.field("proxy-status").is_some(), "{}", answer.head);
        assert_eq!(times_asked(&origin, method), 1, "{method}");
    }
}

#[tokio::test]
async fn an_origin_that_keeps_dying_is_asked_at_most_twice() {
    let origin = Origin::new()
        .script(|mut wire, _| async move { drop(wire.head().await) })
        .await;
    let proxy = Proxy::before(&origin).await;
    let mut client = proxy.raw().await;
    client.send(asked("GET", "")).await;
    let status = client.answer().await.status();
    // The connection that CONNECT was verified on counts as a pooled one.
    assert!(
        times_asked(&origin, "GET") <= 2,
        "{}",
        times_asked(&origin, "GET")
    );
    assert_eq!(status, 502);
}

#[tokio::test]
async fn nothing_is_asked_again_after_part_of_an_answer() {
    let origin = Origin::new()
        .script(|mut wire, _| async move {
            wire.head().await;
            wire.send(OK).await;
            wire.head().await;
            wire.send("HTTP/1.1 20").await;
        })
        .await;
    let proxy = Proxy::before(&origin).await;
    let mut client = proxy.raw().await;
    client.send(asked("GET", "")).await;
    client.answer().await;
    client.send(asked("DELETE", "")).await;
    assert_eq!(
        (
            client.answer().await.status(),
            times_asked(&origin, "DELETE")
        ),
        (502, 1)
    );
}
