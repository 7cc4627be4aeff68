//! No fault of the diagnosis harms an exchange: a refusal comes back soon and whole, whatever its body does.

use crate::each_pair;
use crate::support::Http;
use crate::support::body;
use crate::support::origin::Origin;
use crate::support::proxy::Proxy;
use crate::support::within;
use bytes::Bytes;
use http::{Request, Response};
use http_body_util::BodyExt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Far above the 250 ms of the design, far below for ever: a machine under load must not fail the test.
const SOON: Duration = Duration::from_secs(5);

each_pair! {
    async fn the_head_of_a_refusal_does_not_wait_for_a_body_that_never_comes(pair) {
        let origin = Origin::new().of(pair).serve(async |_| {
            let (sender, body) = body::fed();
            tokio::spawn(async move {
                let _never = sender;
                std::future::pending::<()>().await;
            });
            Response::builder().status(401).header("content-length", "99").body(body).unwrap()
        }).await;
        let proxy = Proxy::before(&origin).await;
        let mut client = proxy.http(pair.client).await;
        let request = Request::get("/2.0/user").header("authorization", "Basic OnNlY3JldA==");
        let begun = Instant::now();
        let answer = client.send(request.body(body::empty()).unwrap()).await;
        assert!(begun.elapsed() < SOON, "after {:?}", begun.elapsed());
        assert_eq!(answer.status(), 401);
        assert_eq!(answer.headers()["content-length"], "99");
        assert!(answer.headers().contains_key("x-auth-diagnosis"), "what the head shows is still said");
    }
}

each_pair! {
    async fn the_head_of_a_refusal_does_not_wait_for_a_body_that_trickles(pair) {
        let origin = Origin::new().of(pair).serve(async |_| {
            let (mut sender, body) = body::fed();
            tokio::spawn(async move {
                let mut clock = tokio::time::interval(Duration::from_millis(20));
                while sender.send_data(Bytes::from_static(b" ")).await.is_ok() {
                    clock.tick().await;
                }
            });
            Response::builder().status(403).body(body).unwrap()
        }).await;
        let proxy = Proxy::before(&origin).await;
        let mut client = proxy.http(pair.client).await;
        let begun = Instant::now();
        let mut answer = client.get("/2.0/user").await;
        assert!(begun.elapsed() < SOON, "after {:?}", begun.elapsed());
        for _ in 0..100 {
            within("the trickle", answer.body_mut().frame()).await.expect("more").expect("a whole frame");
        }
    }
}

each_pair! {
    async fn what_was_held_of_a_refusal_and_what_follows_arrive_in_order(pair) {
        let text = (0..40_000).map(|number| number.to_string()).collect::<Vec<_>>().join(" ");
        let sent = text.clone();
        let origin = Origin::new().of(pair).serve(move |_| {
            let (mut sender, body) = body::fed();
            let sent = Bytes::from(sent.clone());
            tokio::spawn(async move {
                for start in (0..sent.len()).step_by(1_000) {
                    let end = sent.len().min(start + 1_000);
                    sender.send_data(sent.slice(start..end)).await.ok();
                }
            });
            async { Response::builder().status(401).body(body).unwrap() }
        }).await;
        let proxy = Proxy::before(&origin).await;
        let mut client = proxy.http(pair.client).await;
        let answer = client.get("/2.0/user").await;
        assert_eq!(body::text(answer.into_body()).await, text);
    }
}

each_pair! {
    async fn a_diagnosis_that_panics_costs_the_diagnosis_and_nothing_else(pair) {
        let origin = Origin::new().of(pair).serve(async |_| {
            Response::builder().status(401).header("x-a", "b").body(body::full("no")).unwrap()
        }).await;
        let calls = Arc::new(AtomicUsize::new(0));
        let counter = calls.clone();
        let proxy = Proxy::diagnosing(&origin, Arc::new(move |_, _, _| {
            counter.fetch_add(1, Ordering::Relaxed);
            panic!("a fault of the diagnosis")
        })).await;
        let mut client = proxy.http(pair.client).await;
        for turn in 0..3 {
            let mut request = Request::get("/2.0/user").body(body::empty()).unwrap();
            if turn > 0 {
                request.headers_mut().insert("authorization", "Basic Og==".parse().unwrap());
            }
            let answer = client.send(request).await;
            assert_eq!((answer.status().as_u16(), answer.headers().get("x-auth-diagnosis")), (401, None));
            assert_eq!(answer.headers()["x-a"], "b");
            assert_eq!(body::text(answer.into_body()).await, "no");
        }
        assert!(calls.load(Ordering::Relaxed) >= 3, "the faulty diagnosis was called");
        assert_eq!(proxy.events(), Vec::<serde_json::Value>::new());
    }
}

/// H-D9: as many faults as a bad release would see in a day.
#[tokio::test]
async fn ten_thousand_panics_lose_no_exchange() {
    const CLIENTS: usize = 10;
    const CALLS: usize = 1_000;
    let origin = Origin::new()
        .serve(async |_| {
            Response::builder()
                .status(401)
                .body(body::full("no"))
                .unwrap()
        })
        .await;
    let panics = Arc::new(AtomicUsize::new(0));
    let counter = panics.clone();
    let diagnose = move |_: &_, _: &_, _| {
        counter.fetch_add(1, Ordering::Relaxed);
        panic!("a fault of the diagnosis")
    };
    let proxy = Proxy::diagnosing(&origin, Arc::new(diagnose)).await;
    let mut clients = Vec::new();
    for _ in 0..CLIENTS {
        let mut client = proxy.http(Http::One).await;
        clients.push(tokio::spawn(async move {
            for _ in 0..CALLS {
                let request = Request::get("/2.0/user").header("authorization", "Basic Og==");
                let answer = client.send(request.body(body::empty()).unwrap()).await;
                assert_eq!(answer.status(), 401);
                assert_eq!(body::text(answer.into_body()).await, "no");
            }
        }));
    }
    for client in clients {
        client.await.expect("an answer to each call");
    }
    assert_eq!(panics.load(Ordering::Relaxed), CLIENTS * CALLS);
}

each_pair! {
    async fn a_log_that_panics_costs_the_event_and_nothing_else(pair) {
        let origin = Origin::new().of(pair).serve(async |_| {
            Response::builder().status(401).body(body::full("no")).unwrap()
        }).await;
        let proxy = Proxy::logging_to(&origin, Arc::new(|_| panic!("a fault of the log"))).await;
        let mut client = proxy.http(pair.client).await;
        // The credentials that follow the anonymous leg make its event due.
        for credentials in [None, Some("Basic Og=="), None, Some("Basic Og==")] {
            let mut request = Request::get("/2.0/user").body(body::empty()).unwrap();
            if let Some(credentials) = credentials {
                request.headers_mut().insert("authorization", credentials.parse().unwrap());
            }
            let answer = client.send(request).await;
            assert_eq!((answer.status().as_u16(), answer.headers().contains_key("x-auth-diagnosis")), (401, true));
            assert_eq!(body::text(answer.into_body()).await, "no");
        }
        let request = Request::get("/").header("host", "other.example").body(body::empty()).unwrap();
        assert_eq!(client.send(request).await.status(), 421);
        assert!(proxy.shutdown(Duration::from_secs(5)).await.0);
    }
}

#[tokio::test]
async fn refusals_that_cannot_be_parsed_come_back_unchanged() {
    let bomb =
        b"\x1f\x8b\x08\0\0\0\0\0\0\x03\xed\xc1\x01\x0d\0\0\0\xc2\xa0\xf7Om\x0e7\xa0\0".as_slice();
    for (encoding, kind, body) in [
        ("gzip", "application/json", bomb),
        ("gzip", "application/json", b"not gzip at all"),
        ("br", "text/html", b"\xff\xfe\0"),
        (
            "identity",
            "application/json",
            b"{\"type\":\"error\",\"error\":{\"message\":",
        ),
        ("identity", "application/json", b"[[[[[[[[[[[[[[[[[[[[[[[["),
        ("identity", "text/plain; charset=utf-16", b"\xff\xfeN\0o\0"),
    ] {
        let head = format!(
            "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: ,,=\"\\, Basic realm=\r\nContent-Encoding: {encoding}\r\n\
             Content-Type: {kind}\r\nDate: yesterday\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        let sent = [head.as_bytes(), body].concat();
        let origin = Origin::new()
            .script(move |mut wire, _| {
                let sent = sent.clone();
                async move {
                    wire.head().await;
                    wire.send(sent).await;
                    wire.until_end().await;
                }
            })
            .await;
        let proxy = Proxy::before(&origin).await;
        let mut client = proxy.raw().await;
        client
            .send(b"GET / HTTP/1.1\r\nHost: api.bitbucket.org\r\nAuthorization: \xff %%% =\r\n\r\n")
            .await;
        let answer = client.answer().await;
        assert_eq!(
            (answer.without("x-auth-diagnosis"), answer.body.as_slice()),
            (head, body)
        );
    }
}
