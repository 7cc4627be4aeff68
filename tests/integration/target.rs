//! Raw targets: what `http` refuses in a query still reaches the origin over HTTP/1.1, percent-encoded.

use crate::support::origin::Origin;
use crate::support::proxy::Proxy;
use std::fmt::Write;

/// An origin that answers each request of a connection with its number, counted from 1.
async fn counting() -> Origin {
    Origin::new()
        .script(|mut wire, _| async move {
            for number in 1.. {
                let head = wire.head().await;
                let length = head
                    .lines()
                    .find_map(|line| line.strip_prefix("Content-Length: ")?.parse().ok());
                wire.exactly(length.unwrap_or(0)).await;
                let body = number.to_string();
                let length = body.len();
                wire.send(format!(
                    "HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n{body}"
                ))
                .await;
            }
        })
        .await
}

async fn arrives_as(sent: &[u8], expected: &str) {
    let origin = counting().await;
    let proxy = Proxy::before(&origin).await;
    let mut client = proxy.raw().await;
    client
        .send(
            [
                b"GET ",
                sent,
                b" HTTP/1.1\r\nHost: api.bitbucket.org\r\n\r\n",
            ]
            .concat(),
        )
        .await;
    assert_eq!(
        client.answer().await.status(),
        200,
        "for {}",
        String::from_utf8_lossy(sent)
    );
    let head = origin.received_text(0);
    assert_eq!(
        head,
        format!("GET {expected} HTTP/1.1\r\nHost: api.bitbucket.org\r\n\r\n")
    );
}

#[tokio::test]
async fn raw_comparison_signs_and_quotes_in_a_query_arrive_encoded() {
    arrives_as(
        b"/2.0/repositories/acme?q=size>100",
        "/2.0/repositories/acme?q=size%3E100",
    )
    .await;
    arrives_as(b"/x?q=name=\"a<b>c\"&r=1", "/x?q=name=%22a%3Cb%3Ec%22&r=1").await;
}

#[tokio::test]
async fn raw_bytes_above_ascii_arrive_encoded() {
    arrives_as("/x/é?q=ü".as_bytes(), "/x/%C3%A9?q=%C3%BC").await;
}

#[tokio::test]
async fn fields_are_never_rewritten() {
    let origin = counting().await;
    let proxy = Proxy::before(&origin).await;
    let mut client = proxy.raw().await;
    let fields = "Host: api.bitbucket.org\r\nX-Kept: <kept?> \"x\" > y\r\n\r\n";
    for _ in 0..3 {
        client.send(format!("GET /?a>b HTTP/1.1\r\n{fields}")).await;
        client.answer().await;
    }
    assert_eq!(
        origin.received_text(0),
        format!("GET /?a%3Eb HTTP/1.1\r\n{fields}").repeat(3)
    );
}

#[tokio::test]
async fn pipelined_raw_targets_are_each_encoded_and_answered_in_order() {
    let origin = counting().await;
    let proxy = Proxy::before(&origin).await;
    let mut client = proxy.raw().await;
    let (mut sent, mut expected) = (String::new(), String::new());
    for number in 0..6 {
        write!(
            sent,
            "GET /{number}?q=\"{number}\" HTTP/1.1\r\nHost: api.bitbucket.org\r\n\r\n"
        )
        .unwrap();
        write!(
            expected,
            "GET /{number}?q=%22{number}%22 HTTP/1.1\r\nHost: api.bitbucket.org\r\n\r\n"
        )
        .unwrap();
    }
    client.send(sent).await;
    for number in 1..=6 {
        assert_eq!(client.answer().await.text(), number.to_string());
    }
    assert_eq!(origin.received_text(0), expected);
}

#[tokio::test]
async fn bodies_that_look_like_request_lines_are_left_alone() {
    let origin = counting().await;
    let proxy = Proxy::before(&origin).await;
    let mut client = proxy.raw().await;
    let body = "GET /?\"<> HTTP/1.1\r\nHost: api.bitbucket.org\r\n\r\n";
    let length = body.len();
    let posted = format!(
        "POST /a HTTP/1.1\r\nHost: api.bitbucket.org\r\nContent-Length: {length}\r\n\r\n{body}"
    );
    client.send(&posted).await;
    assert_eq!(client.answer().await.text(), "1");
    client
        .send("GET /?q=1>0 HTTP/1.1\r\nHost: api.bitbucket.org\r\n\r\n")
        .await;
    assert_eq!(client.answer().await.text(), "2");
    let expected = format!("{posted}GET /?q=1%3E0 HTTP/1.1\r\nHost: api.bitbucket.org\r\n\r\n");
    assert_eq!(origin.received_text(0), expected);
}

#[tokio::test]
async fn a_head_in_one_byte_pieces_is_encoded_too() {
    let origin = counting().await;
    let proxy = Proxy::before(&origin).await;
    let mut client = proxy.raw().await;
    for byte in b"GET /?q=a>b HTTP/1.1\r\nHost: api.bitbucket.org\r\n\r\n" {
        client.send([*byte]).await;
    }
    assert_eq!(client.answer().await.status(), 200);
    assert_eq!(
        origin.received_text(0),
        "GET /?q=a%3Eb HTTP/1.1\r\nHost: api.bitbucket.org\r\n\r\n"
    );
}
