//! Ambiguous framing: each vector is refused with nothing sent on, or reaches the origin as exactly one clear request.

use crate::support::origin::Origin;
use crate::support::proxy::Proxy;

const HOST: &str = "Host: api.bitbucket.org\r\n";

/// An origin that takes everything and answers every head, so that a smuggled request would be seen.
async fn open() -> Origin {
    Origin::new()
        .script(|mut wire, _| async move {
            loop {
                wire.head().await;
                wire.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
                    .await;
            }
        })
        .await
}

/// The status of the first answer (0: closed without one), and all that the origin got.
async fn outcome(request: &[u8]) -> (u16, String) {
    let origin = open().await;
    let proxy = Proxy::before(&origin).await;
    let mut client = proxy.raw().await;
    client.try_send(request).await.ok();
    let mut bytes = Vec::new();
    // A refusal ends the connection; a good answer does not.
    while !bytes.windows(4).any(|window| window == b"\r\n\r\n") {
        let piece = client.some().await;
        if piece.is_empty() {
            break;
        }
        bytes.extend(piece);
    }
    let head = String::from_utf8_lossy(&bytes).into_owned();
    let status = head
        .split(' ')
        .nth(1)
        .and_then(|code| code.parse().ok())
        .unwrap_or(0);
    if status >= 400 {
        client.until_end().await;
    }
    (
        status,
        String::from_utf8_lossy(&origin.all_received()).into_owned(),
    )
}

async fn refused(vectors: &[(&str, &[u8])]) {
    for (name, fields) in vectors {
        let request = [b"POST /x HTTP/1.1\r\n", HOST.as_bytes(), fields].concat();
        let (status, received) = outcome(&request).await;
        assert_eq!((status, received.as_str()), (400, ""), "{name}");
    }
}

#[tokio::test]
async fn conflicting_and_malformed_lengths_are_refused() {
    refused(&[
        (
            "two lengths",
            b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
        ),
        ("plus", b"Content-Length: +1\r\n\r\na"),
        ("minus", b"Content-Length: -1\r\n\r\na"),
        ("hex", b"Content-Length: 0x1\r\n\r\na"),
        ("underscore", b"Content-Length: 1_0\r\n\r\n0123456789"),
        ("empty", b"Content-Length: \r\n\r\na"),
        ("two words", b"Content-Length: 1 0\r\n\r\n0123456789"),
        (
            "too large",
            b"Content-Length: 18446744073709551617\r\n\r\na",
        ),
        ("blank before the colon", b"Content-Length : 1\r\n\r\na"),
    ])
    .await;
}

#[tokio::test]
async fn transfer_codings_other_than_chunked_are_refused() {
    refused(&[
        (
            "chunked twice",
            b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        ),
        (
            "identity first",
            b"Transfer-Encoding: identity, chunked\r\n\r\n0\r\n\r\n",
        ),
        (
            "identity last",
            b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        ),
        ("unknown", b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
        ("gzip", b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
        (
            "empty member",
            b"Transfer-Encoding: , chunked\r\n\r\n0\r\n\r\n",
        ),
        ("quoted", b"Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n"),
        (
            "vertical tab",
            b"Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n",
        ),
        (
            "no-break space",
            b"Transfer-Encoding: \xa0chunked\r\n\r\n0\r\n\r\n",
        ),
        (
            "blank before the colon",
            b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        ),
        ("NUL", b"Transfer-Encoding: chunked\0\r\n\r\n0\r\n\r\n"),
        ("folded", b"Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n"),
    ])
    .await;
    let (status, received) =
        outcome(b"POST / HTTP/1.0\r\nHost: api.bitbucket.org\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n").await;
    assert_eq!((status, received.as_str()), (400, ""), "on HTTP/1.0");
}

#[tokio::test]
async fn malformed_fields_are_refused() {
    refused(&[
        ("obs-fold", b"X-A: b\r\n c\r\nContent-Length: 0\r\n\r\n"),
        ("bare CR", b"X-A: b\rc\r\nContent-Length: 0\r\n\r\n"),
        ("NUL", b"X-A: b\0c\r\nContent-Length: 0\r\n\r\n"),
        ("empty name", b": b\r\nContent-Length: 0\r\n\r\n"),
        ("no colon", b"nonsense\r\nContent-Length: 0\r\n\r\n"),
        (
            "non-ASCII name",
            b"X-\xc3\xa9: b\r\nContent-Length: 0\r\n\r\n",
        ),
    ])
    .await;
}

#[tokio::test]
async fn malformed_request_lines_are_refused() {
    for line in [
        "GET /a b HTTP/1.1",
        "GET / HTTP/1.2",
        "GET / HTTP/2.0",
        "GET / HTTP/9",
        "G<T / HTTP/1.1",
        " GET / HTTP/1.1",
    ] {
        let (status, received) = outcome(format!("{line}\r\n{HOST}\r\n").as_bytes()).await;
        assert!(
            [400, 505].contains(&status) && received.is_empty(),
            "{line:?}: {status} {received:?}"
        );
    }
    let (status, received) = outcome(b"GET /\r\n\r\n").await;
    assert!(
        received.is_empty() && [0, 400, 505].contains(&status),
        "HTTP/0.9: {status} {received:?}"
    );
    let (status, received) =
        outcome(format!("CONNECT evil.example:443 HTTP/1.1\r\n{HOST}\r\n").as_bytes()).await;
    assert!(
        (400..500).contains(&status) && status != 401 && received.is_empty(),
        "CONNECT in a tunnel: {status}"
    );
}

#[tokio::test]
async fn a_length_beside_chunked_is_one_request_or_none() {
    let hidden = "GET /smuggled HTTP/1.1\r\nHost: api.bitbucket.org\r\n\r\n";
    for fields in [
        "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 6\r\n",
    ] {
        let (status, received) =
            outcome(format!("POST /x HTTP/1.1\r\n{HOST}{fields}\r\n0\r\n\r\n{hidden}").as_bytes())
                .await;
        if status == 400 {
            assert_eq!(received, "", "for {fields:?}");
            continue;
        }
        assert!(
            !received.to_lowercase().contains("content-length"),
            "{received}"
        );
        assert!(
            !received.contains("/smuggled"),
            "the connection goes on behind {fields:?}: {received}"
        );
    }
}

#[tokio::test]
async fn a_length_given_twice_alike_is_one_request_or_none() {
    for fields in [
        "Content-Length: 1\r\nContent-Length: 1\r\n",
        "Content-Length: 1, 1\r\n",
    ] {
        let (status, received) =
            outcome(format!("POST /x HTTP/1.1\r\n{HOST}{fields}\r\na").as_bytes()).await;
        let once = received.matches("Content-Length: 1\r\n").count() == 1
            && received.ends_with("\r\n\r\na");
        assert!(
            status == 400 && received.is_empty() || status == 200 && once,
            "{status} {received:?}"
        );
    }
}

#[tokio::test]
async fn malformed_chunks_end_the_exchange() {
    for (name, body) in [
        ("0x", "0x1\r\na\r\n0\r\n\r\n"),
        ("plus", "+1\r\na\r\n0\r\n\r\n"),
        ("minus", "-1\r\na\r\n0\r\n\r\n"),
        ("overflow", "FFFFFFFFFFFFFFFF1\r\na\r\n0\r\n\r\n"),
        ("no size", "\r\na\r\n0\r\n\r\n"),
        ("wrong end", "1\r\naXX0\r\n\r\n"),
        ("LF in an extension", "1;a=\nb\r\na\r\n0\r\n\r\n"),
    ] {
        let request = format!("POST /x HTTP/1.1\r\n{HOST}Transfer-Encoding: chunked\r\n\r\n{body}");
        let (_, received) = outcome(request.as_bytes()).await;
        assert!(
            !received.ends_with("0\r\n\r\n"),
            "{name} was passed on as complete: {received:?}"
        );
    }
}
