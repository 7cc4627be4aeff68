//! `Expect: 100-continue`: the body waits for the origin's word, and a final answer may come first.

use crate::framing::strict;
use crate::support::origin::Origin;
use crate::support::proxy::Proxy;
use std::time::{Duration, Instant};

const HEAD: &str = "PUT /big HTTP/1.1\r\nHost: api.bitbucket.org\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n";

#[tokio::test]
async fn the_origins_100_reaches_the_client_before_any_body_is_asked_for() {
    let origin = Origin::new()
        .script(|mut wire, _| async move {
            assert_eq!(wire.head().await, HEAD);
            wire.send("HTTP/1.1 100 Continue\r\n\r\n").await;
            assert_eq!(wire.exactly(5).await, b"hello");
            wire.send("HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n")
                .await;
            wire.until_end().await;
        })
        .await;
    let proxy = Proxy::before(&origin).await;
    let mut client = proxy.raw().await;
    client.send(HEAD).await;
    assert_eq!(client.head().await, "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("hello").await;
    assert_eq!(
        client.answer().await.head,
        "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"
    );
}

#[tokio::test]
async fn an_early_final_answer_comes_back_and_no_body_is_sent() {
    let origin = Origin::new()
        .script(|mut wire, _| async move {
            wire.head().await;
            wire.send("HTTP/1.1 417 Expectation Failed\r\nContent-Length: 2\r\n\r\nno")
                .await;
            wire.until_end().await;
        })
        .await;
    let proxy = Proxy::before(&origin).await;
    let mut client = proxy.raw().await;
    client.send(HEAD).await;
    let answer = client.answer().await;
    assert_eq!((answer.status(), answer.text().as_str()), (417, "no"));
    assert_eq!(origin.received_text(0), HEAD);
}

/// H-S63: the body of a request that was answered early is no request.
#[tokio::test]
async fn after_an_early_answer_no_later_bytes_are_taken_for_a_request() {
    let body = "GET /smuggled HTTP/1.1\r\nHost: api.bitbucket.org\r\n\r\n";
    let origin = Origin::new()
        .script(move |mut wire, _| async move {
            let first = wire.head().await;
            wire.send("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n")
                .await;
            if first.starts_with("PUT ") {
                // The proxy may send the body after all, or close instead.
                let mut sent = Vec::new();
                while sent.len() < body.len() {
                    match wire.some().await {
                        piece if piece.is_empty() => return,
                        piece => sent.extend(piece),
                    }
                }
                assert_eq!(String::from_utf8_lossy(&sent), body);
            }
            wire.until_end().await;
        })
        .await;
    let proxy = Proxy::before(&origin).await;
    let mut client = proxy.raw().await;
    let length = format!("Content-Length: {}", body.len());
    client
        .send(HEAD.replace("Content-Length: 5", &length))
        .await;
    assert_eq!(client.answer().await.status(), 401);
    client.try_send(body).await.ok();
    client.finish().await;
    client.until_end().await;
    let received = String::from_utf8_lossy(&origin.all_received()).into_owned();
    assert!(!received.starts_with("GET /smuggled"), "{received}");
    assert!(origin.connections() == 1, "the body became a request");
}

/// H-S63: the next request is answered for what it is, on the same connection while that lasts, and on a new one.
#[tokio::test]
async fn a_get_that_is_answered_before_its_body_leaves_the_connection_right() {
    for early in ["417 Expectation Failed", "200 OK"] {
        let origin = Origin::new()
            .script(move |mut wire, _| async move {
                loop {
                    let head = wire.some().await;
                    let head = String::from_utf8(head).unwrap();
                    let answer = match head.split(' ').nth(1) {
                        Some("/early") => {
                            format!("HTTP/1.1 {early}\r\nContent-Length: 5\r\n\r\nearly")
                        }
                        Some("/next") => {
                            "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnext".to_owned()
                        }
                        // The body, for which an origin that reads on has to wait.
                        Some("/smuggled") => continue,
                        _ => return,
                    };
                    wire.try_send(answer).await.ok();
                }
            })
            .await;
        let proxy = Proxy::before(&origin).await;
        let next = "GET /next HTTP/1.1\r\nHost: api.bitbucket.org\r\n\r\n";
        for sends_body in [true, false] {
            let mut client = proxy.raw().await;
            let body = "GET /smuggled HTTP/1.1\r\nHost: api.bitbucket.org\r\n\r\n";
            let length = body.len();
            client
                .send(format!(
                    "GET /early HTTP/1.1\r\nHost: api.bitbucket.org\r\nExpect: 100-continue\r\nContent-Length: {length}\r\n\r\n"
                ))
                .await;
            assert_eq!(client.answer().await.text(), "early");
            let behind = if sends_body { body } else { "" };
            client.try_send(format!("{behind}{next}")).await.ok();
            client.finish().await;
            let rest = String::from_utf8(client.until_end().await.bytes).unwrap();
            assert!(
                rest.is_empty() || rest.ends_with("\r\n\r\nnext"),
                "{early}: {rest}"
            );
            let mut other = proxy.raw().await;
            other.send(next).await;
            assert_eq!(other.answer().await.text(), "next", "{early}");
        }
        for connection in 0..origin.connections() {
            let read = strict::requests(&origin.received(connection)).unwrap();
            let asked = |message: &strict::Message| !message.start.contains("/smuggled");
            assert!(read.whole.iter().all(asked), "{early}: {read:?}");
        }
    }
}

#[tokio::test]
async fn a_silent_origin_gets_the_body_after_a_second() {
    let origin = Origin::new()
        .script(|mut wire, _| async move {
            wire.head().await;
            let asked = Instant::now();
            assert_eq!(wire.exactly(5).await, b"hello");
            assert!(
                asked.elapsed() > Duration::from_millis(900),
                "the body came after {:?}",
                asked.elapsed()
            );
            wire.send("HTTP/1.1 204 No Content\r\n\r\n").await;
            wire.until_end().await;
        })
        .await;
    let proxy = Proxy::before(&origin).await;
    let mut client = proxy.raw().await;
    client.send(format!("{HEAD}hello")).await;
    let mut answer = client.answer_to_head().await;
    if answer.status() == 100 {
        answer = client.answer_to_head().await;
    }
    assert_eq!(answer.status(), 204);
}

#[tokio::test]
async fn other_informational_answers_do_not_disturb_the_final_one() {
    let origin = Origin::new()
        .script(|mut wire, _| async move {
            wire.head().await;
            let hint = "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n";
            wire.send(format!(
                "{}HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
                hint.repeat(3)
            ))
            .await;
            wire.until_end().await;
        })
        .await;
    let proxy = Proxy::before(&origin).await;
    let mut client = proxy.raw().await;
    client
        .send("GET / HTTP/1.1\r\nHost: api.bitbucket.org\r\n\r\n")
        .await;
    let answer = client.answer().await;
    assert_eq!((answer.status(), answer.text().as_str()), (200, "ok"));
}
