//! HTTP/2 on either side: shared connections, their limits and their ends.

use crate::each_pair;
use crate::support::Http;
use crate::support::body;
use crate::support::client::API;
use crate::support::origin::Origin;
use crate::support::proxy::Proxy;
use crate::support::wire::Wire;
use http::header::CONTENT_LENGTH;
use http::{Request, Response};
use std::time::Duration;

#[tokio::test]
async fn clients_that_do_not_read_do_not_hold_up_others() {
    let origin = Origin::new()
        .serve(async |request| {
            Response::new(match request.uri().path() {
                "/big" => body::full(vec![b'x'; 8 << 20]),
                _ => body::full("ok"),
            })
        })
        .await;
    let proxy = Proxy::before(&origin).await;
    let mut stalled = Vec::new();
    for _ in 0..8 {
        let mut client = proxy.http(Http::Two).await;
        let answer = client.get("/big").await;
        stalled.push((client, answer));
    }
    let mut client = proxy.http(Http::Two).await;
    for _ in 0..200 {
        let answer = client.get("/small").await;
        assert_eq!(body::text(answer.into_body()).await, "ok");
    }
}

#[tokio::test]
async fn a_client_that_says_nothing_in_http_2_does_not_hold_up_the_end() {
    let origin = Origin::new()
        .serve(async |_| Response::new(body::empty()))
        .await;
    let proxy = Proxy::before(&origin).await;
    let silent = proxy.dialer.tls(API, Http::Two).await;
    let (whole, _) = proxy.shutdown(Duration::from_secs(5)).await;
    assert!(whole, "nothing had to be cut");
    drop(silent);
}

each_pair! {
    async fn no_length_is_made_up(pair) {
        let origin = Origin::new().of(pair).serve(async |request| {
            let status = request.uri().path()[1..].parse::<u16>().unwrap();
            Response::builder().status(status).body(body::empty()).unwrap()
        }).await;
        let proxy = Proxy::before(&origin).await;
        let mut client = proxy.http(pair.client).await;
        for (method, path) in [("HEAD", "/200"), ("HEAD", "/404"), ("GET", "/204"), ("GET", "/304")] {
            let request = Request::builder().method(method).uri(path).body(body::empty()).unwrap();
            let answer = client.send(request).await;
            let straight = origin.direct().http(pair.origin).await
                .send(Request::builder().method(method).uri(path).body(body::empty()).unwrap()).await;
            assert_eq!(
                answer.headers().get(CONTENT_LENGTH), straight.headers().get(CONTENT_LENGTH),
                "{method} {path}"
            );
        }
    }
}

#[tokio::test]
async fn a_post_without_length_gains_none_towards_http_2() {
    let origin = Origin::new()
        .only(Http::Two)
        .serve(async |_| Response::new(body::empty()))
        .await;
    let proxy = Proxy::before(&origin).await;
    let mut client = proxy.raw().await;
    client
        .send(format!("POST /x HTTP/1.1\r\nHost: {API}\r\n\r\n"))
        .await;
    assert_eq!(client.answer().await.status(), 200);
    assert_eq!(origin.requests()[0].headers.get(CONTENT_LENGTH), None);
}

#[tokio::test]
async fn two_different_lengths_in_http_2_are_not_two_requests() {
    let origin = Origin::new()
        .script(|mut wire, _| async move {
            while wire.request().await.is_some() {
                wire.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
                    .await;
            }
        })
        .await;
    let proxy = Proxy::before(&origin).await;
    for (first, second) in [("5", "6"), ("6", "5"), ("5", "5"), ("5", "x")] {
        let mut client = proxy.http(Http::Two).await;
        let mut request = Request::post("/x").body(body::full("hello")).unwrap();
        for length in [first, second] {
            request
                .headers_mut()
                .append(CONTENT_LENGTH, length.parse().unwrap());
        }
        // Refused, or passed on as one request.
        let _ = client.try_send(request).await;
    }
    let received = String::from_utf8_lossy(&origin.all_received()).to_lowercase();
    for head in received.split("post /x").skip(1) {
        let lengths = head.matches("content-length:").count();
        let chunked = head.matches("transfer-encoding:").count();
        assert!(lengths + chunked <= 1, "{head}");
    }
}

/// Answers the first request of each connection, and meets the second one with `refusal`.
async fn refuses_the_second(refusal: &'static [u8]) -> Origin {
    Origin::new()
        .script_http2(move |mut wire, _| async move {
            let mut read = wire.exactly(PREFACE.len()).await;
            read.clear();
            wire.send(frame(SETTINGS, 0, 0, &[])).await;
            let mut requests = 0;
            while let Some((kind, stream)) = next_frame(&mut wire, &mut read).await {
                if kind != HEADERS {
                    continue;
                }
                requests += 1;
                match requests {
                    // `:status: 200` of the static table, and the end of headers and stream.
                    1 => wire.send(frame(HEADERS, 5, stream, &[0x88])).await,
                    _ if refusal == RESET => return wire.reset(),
                    _ if refusal.len() == 4 => {
                        wire.send(frame(RST_STREAM, 0, stream, refusal)).await;
                    }
                    _ => wire.send(frame(GOAWAY, 0, 0, refusal)).await,
                }
            }
        })
        .await
}

/// No frame: the connection breaks under all of its streams.
const RESET: &[u8] = &[];
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
const HEADERS: u8 = 1;
const RST_STREAM: u8 = 3;
const SETTINGS: u8 = 4;
const GOAWAY: u8 = 7;

fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u8::try_from(payload.len()).unwrap();
    let head = [0, 0, length, kind, flags];
    [&head[..], &stream.to_be_bytes(), payload].concat()
}

/// The next frame's type and stream; `None` at the end.
async fn next_frame(wire: &mut Wire, read: &mut Vec<u8>) -> Option<(u8, u32)> {
    loop {
        if read.len() >= 9 {
            let length = u32::from_be_bytes([0, read[0], read[1], read[2]]) as usize;
            if read.len() >= 9 + length {
                let stream = u32::from_be_bytes(read[5..9].try_into().unwrap());
                let kind = read[3];
                read.drain(..9 + length);
                return Some((kind, stream));
            }
        }
        let more = wire.some().await;
        if more.is_empty() {
            return None;
        }
        read.extend(more);
    }
}

const DISOWNED: &[u8] = &[0, 0, 0, 1, 0, 0, 0, 0];
const REFUSED_STREAM: &[u8] = &[0, 0, 0, 7];
const INTERNAL_ERROR: &[u8] = &[0, 0, 0, 2];

/// H-F14: GOAWAY in the middle; one repetition.
#[tokio::test]
async fn an_idempotent_request_that_the_origin_disowned_is_asked_again() {
    for refusal in [DISOWNED, REFUSED_STREAM, RESET] {
        let origin = refuses_the_second(refusal).await;
        let proxy = Proxy::before(&origin).await;
        let mut client = proxy.http(Http::Two).await;
        for _ in 0..4 {
            assert_eq!(client.get("/x").await.status(), 200, "{refusal:?}");
        }
    }
}

/// H-F14: GOAWAY in the middle; never a POST twice.
#[tokio::test]
async fn a_post_or_a_broken_stream_is_not_asked_again() {
    for (method, refusal) in [
        ("POST", DISOWNED),
        ("POST", REFUSED_STREAM),
        ("POST", RESET),
        ("GET", INTERNAL_ERROR),
    ] {
        let origin = refuses_the_second(refusal).await;
        let proxy = Proxy::before(&origin).await;
        let mut client = proxy.http(Http::Two).await;
        assert_eq!(client.get("/x").await.status(), 200);
        let request = Request::builder()
            .method(method)
            .uri("/x")
            .body(body::empty())
            .unwrap();
        assert_eq!(
            client.send(request).await.status(),
            502,
            "{method} {refusal:?}"
        );
        let request = Request::get("/x").body(body::empty()).unwrap();
        assert!(client.send(request).await.status().as_u16() < 600);
    }
}
