//! Declared trailers pass in both directions, undeclared ones do not, and none forges our field.

use crate::admin::get;
use crate::each_pair;
use crate::support::body::{self, collect};
use crate::support::origin::Origin;
use crate::support::proxy::Proxy;
use http::{HeaderMap, HeaderValue, Request, Response};
use std::sync::{Arc, Mutex};

fn trailers() -> HeaderMap {
    let mut trailers = HeaderMap::new();
    trailers.insert("x-checksum", HeaderValue::from_static("abc"));
    trailers
}

each_pair! {
    async fn declared_trailers_of_a_request_arrive(pair) {
        let got = Arc::new(Mutex::new(None));
        let note = got.clone();
        let origin = Origin::new().of(pair).serve(move |request: Request<_>| {
            let note = note.clone();
            async move {
                assert_eq!(request.headers()["trailer"], "x-checksum");
                *note.lock().unwrap() = Some(collect(request.into_body()).await);
                Response::new(body::empty())
            }
        }).await;
        let proxy = Proxy::before(&origin).await;
        let mut client = proxy.http(pair.client).await;
        let request = Request::post("/x").header("trailer", "x-checksum");
        let answer = client.send(request.body(body::with_trailers("data", trailers())).unwrap()).await;
        assert_eq!(answer.status(), 200);
        let got = got.lock().unwrap().take();
        assert_eq!(got, Some(("data".into(), Some(trailers()))));
    }
}

each_pair! {
    async fn declared_trailers_of_an_answer_come_back(pair) {
        let origin = Origin::new().of(pair).serve(async |_| {
            let answer = Response::builder().header("trailer", "x-checksum");
            answer.body(body::with_trailers("data", trailers())).unwrap()
        }).await;
        let proxy = Proxy::before(&origin).await;
        let mut client = proxy.http(pair.client).await;
        let request = Request::get("/x").header("te", "trailers").body(body::empty()).unwrap();
        let answer = client.send(request).await;
        assert_eq!(collect(answer.into_body()).await, ("data".into(), Some(trailers())));
    }
}

each_pair! {
    /// H-I2: as a trailer.
    async fn a_trailer_cannot_forge_the_diagnosis(pair) {
        let origin = Origin::new().of(pair).serve(async |_| {
            let mut forged = trailers();
            forged.insert("x-auth-diagnosis", HeaderValue::from_static("forged"));
            let answer = Response::builder().header("trailer", "x-checksum, x-auth-diagnosis");
            answer.body(body::with_trailers("data", forged)).unwrap()
        }).await;
        let proxy = Proxy::before(&origin).await;
        let mut client = proxy.http(pair.client).await;
        let request = Request::get("/x").header("te", "trailers").body(body::empty()).unwrap();
        let answer = client.send(request).await;
        let (_, trailers) = collect(answer.into_body()).await;
        assert!(!trailers.unwrap_or_default().contains_key("x-auth-diagnosis"));
    }
}

#[tokio::test]
async fn undeclared_trailers_of_a_request_are_dropped_and_counted() {
    let origin = Origin::new()
        .script(|mut wire, _| async move {
            wire.until(b"0\r\n\r\n").await;
            wire.send("HTTP/1.1 204 No Content\r\n\r\n").await;
            wire.until_end().await;
        })
        .await;
    let proxy = Proxy::with(&origin, |config| {
        config.admin_listen = Some(([127, 0, 0, 1], 0).into());
    })
    .await;
    let mut client = proxy.raw().await;
    let head = "POST / HTTP/1.1\r\nHost: api.bitbucket.org\r\nTransfer-Encoding: chunked\r\n\r\n";
    client
        .send(format!(
            "{head}3\r\nabc\r\n0\r\nAuthorization: Basic YTpi\r\nX-Late: 1\r\n\r\n"
        ))
        .await;
    assert_eq!(client.answer().await.status(), 204);
    assert_eq!(
        origin.received_text(0),
        format!("{head}3\r\nabc\r\n0\r\n\r\n")
    );
    let metrics = get(&proxy, "/metrics").await.text();
    assert!(
        metrics.contains("why401_lost_trailers_total 1"),
        "{metrics}"
    );
}

#[tokio::test]
async fn a_declared_trailer_never_becomes_framing_or_credentials() {
    let origin = Origin::new()
        .script(|mut wire, _| async move {
            wire.until(b"0\r\n").await;
            wire.until(b"\r\n").await;
            wire.send("HTTP/1.1 204 No Content\r\n\r\n").await;
            wire.until_end().await;
        })
        .await;
    let proxy = Proxy::before(&origin).await;
    let mut client = proxy.raw().await;
    let names = "Content-Length, Transfer-Encoding, Host";
    let head = format!("POST / HTTP/1.1\r\nHost: api.bitbucket.org\r\nTrailer: {names}\r\n");
    client
        .send(format!(
            "{head}Transfer-Encoding: chunked\r\n\r\n0\r\nContent-Length: 9\r\nTransfer-Encoding: gzip\r\nHost: x\r\n\r\n"
        ))
        .await;
    assert_eq!(client.answer().await.status(), 204);
    let received = origin.received_text(0);
    let after = received.split_once("\r\n0\r\n").expect("a last chunk").1;
    assert_eq!(after, "\r\n", "{received}");
}
