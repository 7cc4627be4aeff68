//! The answer comes back as the origin gave it, plus our one field where there is a finding.

use crate::support::origin::Origin;
use crate::support::proxy::Proxy;
use crate::support::wire::Message;

const ASKED: &str = "GET /2.0/user HTTP/1.1\r\nHost: api.bitbucket.org\r\nAuthorization: Basic OnNlY3JldA==\r\n\r\n";

/// What the client gets, to `asked`, of an origin that answers `answer` and ends the connection.
async fn answered(asked: &str, answer: &'static [u8]) -> Message {
    let origin = Origin::new()
        .script(move |mut wire, _| async move {
            wire.head().await;
            wire.send(answer).await;
            wire.finish().await;
            wire.until_end().await;
        })
        .await;
    let proxy = Proxy::before(&origin).await;
    let mut client = proxy.raw().await;
    client.send(asked).await;
    if asked.starts_with("HEAD") {
        client.answer_to_head().await
    } else {
        client.answer().await
    }
}

/// The answer's bytes come back unchanged: `head` and `body` as sent.
async fn unchanged(answer: &'static [u8]) {
    let text = String::from_utf8_lossy(answer);
    let (head, body) = text.split_once("\r\n\r\n").expect("a head and a body");
    let got = answered(ASKED, answer).await;
    assert_eq!(
        (got.head.as_str(), got.text().as_str()),
        (format!("{head}\r\n\r\n").as_str(), body)
    );
}

#[tokio::test]
async fn an_answer_comes_back_byte_for_byte() {
    unchanged(
        b"HTTP/1.1 200 OK\r\nserver: AtlassianEdge\r\nX-zz: 1\r\nSet-Cookie: a=1\r\nset-cookie: b=2\r\n\
          DATE: Tue, 24 Nov 2026 16:40:12 GMT\r\nETag: W/\"x\"\r\nContent-LENGTH: 5\r\n\r\nhello",
    )
    .await;
}

#[tokio::test]
async fn a_missing_date_or_server_is_not_made_up() {
    unchanged(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await;
}

#[tokio::test]
async fn reason_phrases_come_back() {
    unchanged(b"HTTP/1.1 200 Okey Dokey\r\nContent-Length: 0\r\n\r\n").await;
    unchanged(b"HTTP/1.1 500 We are: very, sorry!\r\nContent-Length: 1\r\n\r\nx").await;
    unchanged(b"HTTP/1.1 299 \r\nContent-Length: 0\r\n\r\n").await;
}

#[tokio::test]
async fn unusual_statuses_come_back() {
    unchanged(b"HTTP/1.1 418 I'm a teapot\r\nContent-Length: 3\r\n\r\ntea").await;
    unchanged(b"HTTP/1.1 599 Odd\r\nContent-Length: 0\r\n\r\n").await;
}

/// H-I5: 204 and 304.
#[tokio::test]
async fn answers_without_content_have_none() {
    unchanged(b"HTTP/1.1 204 No Content\r\nX-A: b\r\n\r\n").await;
    unchanged(b"HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\n\r\n").await;
}

#[tokio::test]
async fn an_answer_to_head_keeps_its_length() {
    let asked = ASKED.replace("GET", "HEAD");
    let got = answered(
        &asked,
        b"HTTP/1.1 200 OK\r\nContent-Length: 1234\r\nX-A: b\r\n\r\n",
    )
    .await;
    assert_eq!(
        got.head,
        "HTTP/1.1 200 OK\r\nContent-Length: 1234\r\nX-A: b\r\n\r\n"
    );
}

#[tokio::test]
async fn a_chunked_body_comes_back_chunked() {
    let got = answered(
        ASKED,
        b"HTTP/1.1 200 OK\r\nA: b\r\nTransfer-Encoding: chunked\r\nC: d\r\n\r\n3\r\nabc\r\n2;ext=1\r\nde\r\n0\r\n\r\n",
    )
    .await;
    assert_eq!(
        got.head,
        "HTTP/1.1 200 OK\r\nA: b\r\nTransfer-Encoding: chunked\r\nC: d\r\n\r\n"
    );
    assert_eq!(got.text(), "abcde");
}

#[tokio::test]
async fn a_body_that_the_connections_end_delimits_comes_back_whole() {
    let got = answered(ASKED, b"HTTP/1.1 200 OK\r\nA: b\r\n\r\nuntil the end").await;
    assert_eq!(got.text(), "until the end");
}

#[tokio::test]
async fn a_refusal_is_the_same_plus_our_field() {
    let body = r#"{"type":"error","error":{"message":"no"}}"#;
    let got = answered(
        ASKED,
        b"HTTP/1.1 401 Go Away\r\nserver: envoy\r\nWWW-Authenticate: Basic realm=\"Bitbucket.org HTTP\"\r\n\
          Content-Type: application/json\r\nContent-Length: 41\r\nX-Last: 1\r\n\r\n\
          {\"type\":\"error\",\"error\":{\"message\":\"no\"}}",
    )
    .await;
    assert_eq!(got.fields("x-auth-diagnosis").len(), 1, "{}", got.head);
    let head = "HTTP/1.1 401 Go Away\r\nserver: envoy\r\nWWW-Authenticate: Basic realm=\"Bitbucket.org HTTP\"\r\n\
                Content-Type: application/json\r\nContent-Length: 41\r\nX-Last: 1\r\n\r\n";
    assert_eq!(
        (
            got.without("x-auth-diagnosis").as_str(),
            got.text().as_str()
        ),
        (head, body)
    );
}

/// H-I5: in chunks, encoded, and to HEAD.
#[tokio::test]
async fn a_refusal_in_chunks_or_to_head_keeps_its_framing() {
    let got = answered(
        ASKED,
        b"HTTP/1.1 401 Unauthorized\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
    )
    .await;
    let head =
        "HTTP/1.1 401 Unauthorized\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n";
    assert_eq!(
        (
            got.without("x-auth-diagnosis").as_str(),
            got.text().as_str()
        ),
        (head, "abc")
    );
    let asked = ASKED.replace("GET", "HEAD");
    let got = answered(
        &asked,
        b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 99\r\n\r\n",
    )
    .await;
    assert_eq!(
        got.without("x-auth-diagnosis"),
        "HTTP/1.1 401 Unauthorized\r\nContent-Length: 99\r\n\r\n"
    );
    assert_eq!(got.fields("x-auth-diagnosis").len(), 1);
}

/// H-I2: one field comes, and it is ours.
#[tokio::test]
async fn an_origins_own_field_is_removed() {
    let forged = "X-Auth-Diagnosis: forged\r\nx-auth-diagnosis: again\r\n";
    let got = answered(
        ASKED,
        b"HTTP/1.1 200 OK\r\nX-Auth-Diagnosis: forged\r\nA: b\r\nContent-Length: 0\r\n\r\n",
    )
    .await;
    assert_eq!(
        got.head,
        "HTTP/1.1 200 OK\r\nA: b\r\nContent-Length: 0\r\n\r\n"
    );
    let refusal: &'static [u8] =
        format!("HTTP/1.1 401 Unauthorized\r\n{forged}Content-Length: 0\r\n\r\n")
            .leak()
            .as_bytes();
    let got = answered(ASKED, refusal).await;
    let fields = got.fields("x-auth-diagnosis");
    assert!(
        fields.len() == 1 && !fields[0].contains("forged") && !fields[0].contains("again"),
        "{}",
        got.head
    );
}

#[tokio::test]
async fn a_large_refusal_streams_through_whole() {
    let body = "x".repeat(300 * 1024);
    let answer = format!(
        "HTTP/1.1 403 Forbidden\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let got = answered(ASKED, answer.leak().as_bytes()).await;
    assert_eq!((got.status(), got.body.len()), (403, body.len()));
}
