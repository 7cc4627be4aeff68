//! An origin that dies in an exchange: the client is told whose fault it is, and never that part is all.

use crate::each_pair;
use crate::support::body;
use crate::support::origin::Origin;
use crate::support::proxy::Proxy;
use crate::support::wire::Wire;
use http::Response;
use http_body_util::BodyExt;
use std::sync::Mutex;

const ASKED: &str = "POST /x HTTP/1.1\r\nHost: api.bitbucket.org\r\nContent-Length: 0\r\n\r\n";

/// An origin that reads the request's head, writes `part` of an answer and dies.
async fn dies_after(part: &'static [u8], reset: bool) -> Origin {
    Origin::new()
        .script(move |mut wire, _| async move {
            wire.head().await;
            wire.send(part).await;
            if reset {
                wire.reset();
            }
        })
        .await
}

#[tokio::test]
async fn an_origin_that_dies_before_its_answers_head_is_whole_gives_a_502() {
    for part in [
        b"".as_slice(),
        b"H",
        b"HTTP/1.1 200",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n",
        b"\x15\x03\x01",
    ] {
        for reset in [false, true] {
            let origin = dies_after(part, reset).await;
            let proxy = Proxy::before(&origin).await;
            let mut client = proxy.raw().await;
            client.send(ASKED).await;
            let answer = client.answer().await;
            assert_eq!(answer.status(), 502, "after {part:?}");
            assert!(answer.field("proxy-status").is_some(), "{}", answer.head);
            assert_eq!(answer.field("x-auth-diagnosis"), None, "{}", answer.head);
            client.send(ASKED).await;
            assert_eq!(
                client.answer().await.status(),
                502,
                "the client's connection lives on"
            );
        }
    }
}

#[tokio::test]
async fn answers_that_are_not_http_give_a_502() {
    for answer in [
        b"HTTP/9.1 200 OK\r\n\r\n".as_slice(),
        b"SSH-2.0-server\r\n\r\n",
        b"HTTP/1.1 abc OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        b"HTTP/1.1 200 OK\r\nX: a\0b\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, gzip\r\nContent-Length: x\r\n\r\n",
    ] {
        let origin = dies_after(answer, false).await;
        let proxy = Proxy::before(&origin).await;
        let mut client = proxy.raw().await;
        client.send(ASKED).await;
        let got = String::from_utf8_lossy(&client.some().await).into_owned();
        assert!(
            got.starts_with("HTTP/1.1 502 "),
            "{:?} gives {got:?}",
            String::from_utf8_lossy(answer)
        );
    }
}

#[tokio::test]
async fn a_body_that_breaks_off_is_not_passed_off_as_complete() {
    for (part, reset) in [
        (
            b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello".as_slice(),
            false,
        ),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello", true),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
            false,
        ),
        (
            b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 10\r\n\r\nhello",
            false,
        ),
        (
            b"HTTP/1.1 401 Unauthorized\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
            true,
        ),
    ] {
        let origin = dies_after(part, reset).await;
        let proxy = Proxy::before(&origin).await;
        let mut client = proxy.raw().await;
        client.send(ASKED).await;
        let bytes = client.until_end().await.bytes;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if text.starts_with("HTTP/1.1 502 ") {
            continue; // Broken off before anything was passed on.
        }
        let promised = text.contains("Content-Length: 10\r\n") && text.ends_with("\r\n\r\nhello");
        let open = text.contains("chunked") && !text.ends_with("0\r\n\r\n");
        assert!(promised || open, "{text}");
    }
}

each_pair! {
    async fn a_body_that_breaks_off_is_an_error_to_the_client(pair) {
        let (mut sender, fed) = body::fed();
        let fed = Mutex::new(Some(fed));
        let origin = Origin::new().of(pair).serve(move |_| {
            let body = fed.lock().unwrap().take().expect("one request");
            async { Response::new(body) }
        }).await;
        let proxy = Proxy::before(&origin).await;
        let mut client = proxy.http(pair.client).await;
        let mut answer = client.get("/x").await;
        sender.send_data("part".into()).await.unwrap();
        answer.body_mut().frame().await.expect("more").expect("the part");
        sender.abort(std::io::Error::other("the origin breaks off"));
        answer.into_body().collect().await.expect_err("half a body");
    }
}

#[tokio::test]
async fn a_client_that_leaves_takes_its_exchange_with_it() {
    let (left, leaving) = tokio::sync::oneshot::channel();
    let left = Mutex::new(Some(left));
    let origin = Origin::new()
        .script(move |mut wire: Wire, _| {
            let left = left.lock().unwrap().take();
            async move {
                wire.head().await;
                wire.until_end().await;
                left.expect("one connection").send(()).unwrap();
            }
        })
        .await;
    let proxy = Proxy::before(&origin).await;
    let mut client = proxy.raw().await;
    client
        .send("GET /long-poll HTTP/1.1\r\nHost: api.bitbucket.org\r\n\r\n")
        .await;
    crate::support::within("the request", async {
        while origin.all_received().is_empty() {
            tokio::task::yield_now().await;
        }
    })
    .await;
    client.reset();
    crate::support::within("the end at the origin", leaving)
        .await
        .unwrap();
}

each_pair! {
    async fn an_upload_that_breaks_off_never_looks_whole_to_the_origin(pair) {
        let (told, mut outcome) = tokio::sync::mpsc::unbounded_channel();
        let origin = Origin::new().of(pair).serve(move |request| {
            let told = told.clone();
            async move {
                let mut body = request.into_body();
                body.frame().await.unwrap().unwrap();
                told.send("begun").unwrap();
                // In a task of its own, because hyper drops a handler whose client has left.
                tokio::spawn(async move {
                    told.send(if body.collect().await.is_ok() { "whole" } else { "broken" }).unwrap();
                });
                std::future::pending().await
            }
        }).await;
        let proxy = Proxy::before(&origin).await;
        let mut client = proxy.http(pair.client).await;
        let (mut sender, body) = body::fed();
        let request = http::Request::post("/x").body(body).unwrap();
        let exchange = tokio::spawn(async move { client.try_send(request).await.map(drop) });
        sender.send_data("half".into()).await.unwrap();
        assert_eq!(crate::support::within("the upload", outcome.recv()).await, Some("begun"));
        sender.abort(std::io::Error::other("the client gives up"));
        assert_eq!(crate::support::within("the end", outcome.recv()).await, Some("broken"));
        exchange.abort();
    }
}
