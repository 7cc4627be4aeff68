//! Answers are never mixed, whatever is pipelined, interleaved, or refused.

use crate::each_pair;
use crate::support::body;
use crate::support::mint;
use crate::support::origin::Origin;
use crate::support::proxy::Proxy;
use http::{Request, Response};
use hyper::body::Incoming;
use std::fmt::Write;

/// Answers the id of the request's path, as 200 or 401, with a body of the id's own length.
async fn echo_id(request: Request<Incoming>) -> Response<body::Body> {
    let id: usize = request.uri().path()[1..].parse().unwrap();
    let sent = body::collect(request.into_body()).await.0;
    let status = if id.is_multiple_of(3) { 401 } else { 200 };
    let answer = Response::builder().status(status).header("x-id", id);
    let text = format!("{id}:{}:{}", sent.len(), "x".repeat(id % 50));
    answer.body(body::full(text)).unwrap()
}

/// H-S67: each answer to its own request.
#[tokio::test]
async fn a_thousand_pipelined_requests_get_their_own_answers_in_order() {
    let origin = Origin::new().serve(echo_id).await;
    let proxy = Proxy::before(&origin).await;
    let mut client = proxy.raw().await;
    let mut sent = String::new();
    for id in 0..1_000 {
        write!(sent, "POST /{id} HTTP/1.1\r\nHost: api.bitbucket.org\r\n").unwrap();
        let data = "GET /666 HTTP/1.1\r\n\r\n"[..id % 22].to_owned();
        if id % 2 == 0 {
            write!(sent, "Content-Length: {}\r\n\r\n{data}", data.len()).unwrap();
        } else if data.is_empty() {
            sent.push_str("Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        } else {
            write!(
                sent,
                "Transfer-Encoding: chunked\r\n\r\n{:x}\r\n{data}\r\n0\r\n\r\n",
                data.len()
            )
            .unwrap();
        }
    }
    // Sent while answers are read, or both sides would wait for room in their buffers.
    client.feed(sent);
    for id in 0..1_000_usize {
        let answer = client.answer().await;
        assert_eq!(answer.field("x-id"), Some(id.to_string().as_str()));
        assert_eq!(
            answer.text(),
            format!("{id}:{}:{}", id % 22, "x".repeat(id % 50))
        );
        assert_eq!(
            answer.fields("x-auth-diagnosis").len(),
            usize::from(id % 3 == 0),
            "{}",
            answer.head
        );
    }
    assert_eq!(origin.requests().len(), 1_000);
}

each_pair! {
    async fn clients_at_the_same_time_get_their_own_answers_and_credentials(pair) {
        let origin = Origin::new().of(pair).serve(async |request: Request<Incoming>| {
            let credentials = request.headers()["authorization"].clone();
            let mut answer = echo_id(request).await;
            answer.headers_mut().insert("x-credentials", credentials);
            answer
        }).await;
        let proxy = Proxy::before(&origin).await;
        let mut under_way = tokio::task::JoinSet::new();
        for number in 0..8_usize {
            let dialer = proxy.dialer.clone();
            under_way.spawn(async move {
                let mut client = dialer.http(pair.client).await;
                let credentials = mint::basic(&format!("user{number}"), "secret");
                for turn in 0..25 {
                    let id = number * 100 + turn;
                    let request = Request::put(format!("/{id}")).header("authorization", &credentials);
                    let answer = client.send(request.body(body::full("abc")).unwrap()).await;
                    assert_eq!(answer.headers()["x-credentials"], credentials);
                    assert_eq!(body::text(answer.into_body()).await, format!("{id}:3:{}", "x".repeat(id % 50)));
                }
            });
        }
        while let Some(done) = under_way.join_next().await {
            done.unwrap();
        }
        assert_eq!(origin.requests().len(), 200);
    }
}

/// H-S66: bytes behind the end.
#[tokio::test]
async fn bytes_behind_an_origins_answer_never_reach_the_next_client() {
    let origin = Origin::new()
        .script(|mut wire, number| async move {
            wire.head().await;
            if number == 0 {
                let forged = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged";
                wire.send(format!(
                    "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nreal{forged}"
                ))
                .await;
            } else {
                wire.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nreal")
                    .await;
            }
            wire.until_end().await;
        })
        .await;
    let proxy = Proxy::before(&origin).await;
    for _ in 0..2 {
        let mut client = proxy.raw().await;
        client
            .send("GET / HTTP/1.1\r\nHost: api.bitbucket.org\r\n\r\n")
            .await;
        let answer = client.answer().await;
        assert!(
            answer.text() == "real" || answer.status() == 502,
            "{answer:?}"
        );
    }
}
