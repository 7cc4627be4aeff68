//! What hyper loses on the way: the documented limits. A test that fails here is good news.

use crate::support::origin::Origin;
use crate::support::proxy::Proxy;
use crate::support::wire::{Message, Wire};

/// What an origin gets that answers `answer` to `asked`, and what comes back.
async fn exchange(asked: &str, answer: &'static [u8]) -> (String, Message) {
    let origin = Origin::new()
        .script(move |mut wire, _| async move {
            wire.request().await;
            wire.send(answer).await;
            wire.finish().await;
        })
        .await;
    let proxy = Proxy::before(&origin).await;
    let mut client = proxy.raw().await;
    client.send(asked).await;
    let message = if asked.starts_with("HEAD") {
        client.answer_to_head().await
    } else {
        client.answer().await
    };
    (origin.received_text(0), message)
}

fn asked(method: &str, fields: &str) -> String {
    format!("{method} /x HTTP/1.1\r\nHost: api.bitbucket.org\r\n{fields}\r\n")
}

#[tokio::test]
async fn the_length_of_a_304_is_lost() {
    let answer = b"HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\nContent-Length: 12\r\n\r\n";
    let got = exchange(&asked("GET", ""), answer).await.1;
    assert_eq!(got.head, "HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\n\r\n");
}

#[tokio::test]
async fn the_transfer_encoding_of_an_answer_to_head_is_lost() {
    let got = exchange(
        &asked("HEAD", ""),
        b"HTTP/1.1 200 OK\r\nA: b\r\nTransfer-Encoding: chunked\r\n\r\n",
    )
    .await
    .1;
    assert_eq!(
        (got.field("a"), got.field("transfer-encoding")),
        (Some("b"), None),
        "{}",
        got.head
    );
}

#[tokio::test]
async fn a_body_that_the_connections_end_delimits_becomes_chunked() {
    let got = exchange(
        &asked("GET", ""),
        b"HTTP/1.1 200 OK\r\nA: b\r\n\r\nuntil the end",
    )
    .await
    .1;
    assert_eq!(
        (got.field("transfer-encoding"), got.text().as_str()),
        (Some("chunked"), "until the end")
    );
}

#[tokio::test]
async fn the_version_of_an_answer_to_http_1_0_is_lost() {
    let head = "GET /x HTTP/1.0\r\n\r\n";
    let got = exchange(head, b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        .await
        .1;
    assert_eq!(got.head, "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n");
}

#[tokio::test]
async fn a_reason_phrase_beyond_ascii_is_lost() {
    let got = exchange(
        &asked("GET", ""),
        b"HTTP/1.1 200 D\xe9j\xe0 vu\r\nContent-Length: 0\r\n\r\n",
    )
    .await
    .1;
    assert_eq!(got.head, "HTTP/1.1 200 \r\nContent-Length: 0\r\n\r\n");
}

#[tokio::test]
async fn the_fragment_of_a_target_is_lost() {
    let head = asked("GET", "").replace("/x", "/x?a=b#part");
    let received = exchange(&head, b"HTTP/1.1 204 No Content\r\n\r\n").await.0;
    assert_eq!(received, asked("GET", "").replace("/x", "/x?a=b"));
}

#[tokio::test]
async fn the_case_of_a_trailers_name_is_lost() {
    let answer = b"HTTP/1.1 200 OK\r\nTrailer: X-Sum\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX-Sum: 1\r\n\r\n";
    let got = exchange(&asked("GET", "TE: trailers\r\n"), answer).await.1;
    assert_eq!(got.trailers, "x-sum: 1\r\n");
}

#[tokio::test]
async fn informational_answers_other_than_100_are_lost() {
    let answer = b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    let got = exchange(&asked("GET", ""), answer).await.1;
    assert_eq!(got.status(), 200);
}

#[tokio::test]
async fn a_raw_target_right_behind_a_chunked_body_is_refused() {
    let origin = Origin::new().script(answer_all).await;
    let proxy = Proxy::before(&origin).await;
    let mut client = proxy.raw().await;
    let chunked = asked("POST", "Transfer-Encoding: chunked\r\n") + "1\r\na\r\n0\r\n\r\n";
    client
        .send(chunked + &asked("GET", "").replace("/x", "/x?a>b"))
        .await;
    assert_eq!(client.answer().await.status(), 204);
    assert_eq!(client.answer().await.status(), 400);
}

async fn answer_all(mut wire: Wire, _: usize) {
    while wire.request().await.is_some() {
        wire.send("HTTP/1.1 204 No Content\r\n\r\n").await;
    }
}
