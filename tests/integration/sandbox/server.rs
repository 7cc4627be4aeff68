//! One port for all hosts: TLS by name, both versions of HTTP, bounds, and the end.

use super::{LATE, Sandbox, WEB};
use crate::support::client::API;
use crate::support::{Http, body, within};
use http::Request;
use http::header::{CONTENT_TYPE, DATE, HOST};
use std::net::TcpListener;
use std::time::{Duration, Instant};
use time::macros::utc_datetime;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use why401::sandbox::clock::Clock;
use why401::sandbox::hosts;
use why401::sandbox::reading::Reading;
use why401::sandbox::{self, Bitbucket, Settings, StartError};

#[tokio::test]
async fn every_host_answers_over_both_versions_with_the_sandboxs_date() {
    let sandbox = Sandbox::at(utc_datetime!(2026-06-15 0:05)).await;
    for host in hosts::ALL {
        for version in [Http::One, Http::Two] {
            let mut client = sandbox.dialer().http_to(host, version).await;
            let answer = client.get("/").await;
            let date = answer.headers()[DATE].to_str().unwrap();
            assert!(
                date.starts_with("Mon, 15 Jun 2026 00:05:"),
                "{host}: {date}"
            );
            assert_eq!(answer.headers().get_all(DATE).iter().count(), 1, "{host}");
        }
    }
}

#[tokio::test]
async fn a_name_that_is_not_its_own_gets_no_certificate() {
    let sandbox = Sandbox::at(LATE).await;
    let handshake = sandbox
        .dialer()
        .handshake("example.com:443", "example.com", &["h2"])
        .await;
    let error = handshake.unwrap_err().to_string();
    assert!(error.contains("AccessDenied"), "{error}");
}

#[tokio::test]
async fn a_host_other_than_the_connections_is_misdirected() {
    let sandbox = Sandbox::at(LATE).await;
    let mut one = sandbox.dialer().http(Http::One).await;
    let request = Request::get("/2.0/user").header(HOST, WEB);
    let answer = one.send(request.body(body::empty()).unwrap()).await;
    assert_eq!(answer.status(), 421);
    let mut two = sandbox.dialer().http(Http::Two).await;
    let request = Request::get(format!("https://{WEB}/2.0/user"));
    let answer = two.send(request.body(body::empty()).unwrap()).await;
    assert_eq!(answer.status(), 421);
}

#[tokio::test]
async fn a_port_in_the_host_field_and_http_1_0_without_one_are_fine() {
    let sandbox = Sandbox::at(LATE).await;
    for head in [
        "GET /2.0/user HTTP/1.1\r\nHost: api.bitbucket.org:8403\r\nConnection: close\r\n\r\n",
        "GET /2.0/user HTTP/1.0\r\n\r\n",
    ] {
        let mut tls = sandbox.dialer().tls(API, Http::One).await;
        tls.write_all(head.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        within("an answer", tls.read_to_end(&mut answer))
            .await
            .unwrap();
        let answer = String::from_utf8_lossy(&answer);
        assert!(answer.contains(" 401 Unauthorized\r\n"), "{answer}");
    }
}

#[tokio::test]
async fn a_body_that_is_too_long_is_told_so() {
    let sandbox = Sandbox::at(LATE).await;
    for version in [Http::One, Http::Two] {
        let mut client = sandbox.dialer().http(version).await;
        let long = body::full(vec![b'x'; 3 * 1024 * 1024]);
        let answer = client
            .send(Request::post("/2.0/user").body(long).unwrap())
            .await;
        assert_eq!(answer.status(), 413, "{version:?}");
    }
}

#[tokio::test]
async fn an_upload_may_be_longer_than_anything_that_is_read() {
    let sandbox = Sandbox::at(LATE).await;
    let mut client = sandbox.dialer().http(Http::One).await;
    let request = Request::post("/2.0/repositories/acme/website/downloads")
        .header(CONTENT_TYPE, "multipart/form-data; boundary=x")
        .body(body::full(vec![b'x'; 20 * 1024 * 1024]));
    let answer = client.send(request.unwrap()).await;
    assert_eq!(answer.status(), 401, "it was not even judged");
}

#[tokio::test]
async fn the_answer_to_head_has_the_length_and_no_body() {
    let sandbox = Sandbox::at(LATE).await;
    for version in [Http::One, Http::Two] {
        let mut client = sandbox.dialer().http_to(WEB, version).await;
        let request = Request::head("/").body(body::empty()).unwrap();
        let answer = client.send(request).await;
        assert_ne!(answer.headers()["content-length"], "0", "{version:?}");
        assert_eq!(body::text(answer.into_body()).await, "", "{version:?}");
    }
}

#[tokio::test]
async fn a_port_that_is_taken_is_an_error_of_its_own() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let listen = taken.local_addr().unwrap();
    let settings = Settings {
        listen,
        bitbucket: Bitbucket::new(Clock::of_today(), Reading::default()),
    };
    match sandbox::start(settings).await {
        Err(StartError::Listen { address, .. }) => assert_eq!(address, listen),
        other => panic!("{:?}", other.err()),
    }
}

#[tokio::test]
async fn it_ends_at_once_with_connections_open_and_frees_its_port() {
    let sandbox = Sandbox::at(LATE).await;
    let address = sandbox.0.address;
    let mut idle = sandbox.dialer().http(Http::Two).await;
    assert_eq!(idle.get("/2.0/user").await.status(), 401);
    // In the middle of a request that never ends.
    let mut busy = sandbox.dialer().tls(API, Http::One).await;
    let head = "POST /2.0/user HTTP/1.1\r\nHost: api.bitbucket.org\r\nContent-Length: 9\r\n\r\n";
    busy.write_all(head.as_bytes()).await.unwrap();
    let begin = Instant::now();
    sandbox.0.shutdown().await;
    let took = begin.elapsed();
    assert!(took < Duration::from_secs(1), "{took:?}");
    TcpListener::bind(address).unwrap();
}
