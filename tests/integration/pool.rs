//! Origin connections outlive the clients that used them, and are shared.

use crate::each_pair;
use crate::support::Http;
use crate::support::body;
use crate::support::client::API;
use crate::support::origin::Origin;
use crate::support::proxy::Proxy;
use http::{Response, Version};

const OK: &str = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

fn asked(method: &str, fields: &str) -> String {
    format!("{method} /x HTTP/1.1\r\nHost: {API}\r\n{fields}\r\n")
}

/// Answers every request of every connection.
async fn steady() -> Origin {
    Origin::new()
        .script(|mut wire, _| async move {
            loop {
                wire.head().await;
                wire.send(OK).await;
            }
        })
        .await
}

#[tokio::test]
async fn a_clients_connection_close_does_not_close_the_origins() {
    let origin = steady().await;
    let proxy = Proxy::before(&origin).await;
    for _ in 0..3 {
        let mut client = proxy.raw().await;
        client.send(asked("GET", "Connection: close\r\n")).await;
        assert_eq!(client.answer().await.text(), "ok");
        client
            .until_end()
            .await
            .end
            .expect("the proxy closes after the answer");
    }
    assert_eq!(origin.connections(), 1);
    assert_eq!(origin.received_text(0), asked("GET", "").repeat(3));
}

#[tokio::test]
async fn clients_one_after_the_other_share_a_connection() {
    let origin = steady().await;
    let proxy = Proxy::before(&origin).await;
    for _ in 0..5 {
        let mut client = proxy.raw().await;
        for _ in 0..3 {
            client.send(asked("GET", "")).await;
            assert_eq!(client.answer().await.text(), "ok");
        }
    }
    assert_eq!(origin.connections(), 1);
}

#[tokio::test]
async fn an_origins_connection_close_leaves_the_client_connected() {
    let origin = Origin::new()
        .script(|mut wire, _| async move {
            wire.head().await;
            wire.send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok")
                .await;
            wire.finish().await;
            wire.until_end().await;
        })
        .await;
    let proxy = Proxy::before(&origin).await;
    let mut client = proxy.raw().await;
    for _ in 0..3 {
        client.send(asked("GET", "")).await;
        let answer = client.answer().await;
        assert_eq!(
            (answer.text().as_str(), answer.field("connection")),
            ("ok", None)
        );
    }
    assert_eq!(origin.connections(), 3);
}

#[tokio::test]
async fn hosts_do_not_share_connections() {
    let origin = Origin::new()
        .serve(async |_| Response::new(body::full("ok")))
        .await;
    let proxy = Proxy::before(&origin).await;
    for host in [API, "bitbucket.org"] {
        let answer = proxy.dialer.http_to(host, Http::One).await.get("/").await;
        assert_eq!(answer.status(), 200);
    }
    let seen = origin.requests();
    assert_eq!((seen[0].connection, seen[1].connection), (0, 1));
}

each_pair! {
    async fn the_version_is_mirrored_where_the_origin_speaks_it(pair) {
        let origin = Origin::new().of(pair).serve(async |_| Response::new(body::empty())).await;
        let proxy = Proxy::before(&origin).await;
        let mut client = proxy.http(pair.client).await;
        for _ in 0..3 {
            assert_eq!(client.get("/").await.status(), 200);
        }
        let expected = if pair.origin == Http::Two { Version::HTTP_2 } else { Version::HTTP_11 };
        let seen = origin.requests();
        assert!(seen.iter().all(|seen| seen.version == expected), "{seen:?}");
        assert!(seen.iter().all(|request| request.connection == seen[0].connection), "{seen:?}");
    }
}

#[tokio::test]
async fn streams_at_the_same_time_share_one_http_2_connection() {
    let (all_here, _) = tokio::sync::watch::channel(0);
    let counter = all_here.clone();
    // Nobody is answered before all twenty have asked.
    let origin = Origin::new()
        .serve(move |_| {
            let counter = counter.clone();
            async move {
                counter.send_modify(|count| *count += 1);
                counter
                    .subscribe()
                    .wait_for(|&count| count == 20)
                    .await
                    .expect("the counter lives");
                Response::new(body::full("ok"))
            }
        })
        .await;
    let proxy = Proxy::before(&origin).await;
    let client = proxy.http(Http::Two).await;
    let mut under_way = tokio::task::JoinSet::new();
    for number in 0..20 {
        let mut client = client.share();
        under_way.spawn(async move { client.get(&format!("/{number}")).await.status() });
    }
    while let Some(status) = under_way.join_next().await {
        assert_eq!(status.unwrap(), 200);
    }
    let seen = origin.requests();
    assert!(
        seen.iter()
            .all(|request| request.connection == seen[0].connection),
        "{seen:?}"
    );
}
