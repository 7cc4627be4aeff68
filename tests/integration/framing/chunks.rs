//! Chunks: sizes of hexadecimal digits, lines that end, and trailers that stay trailers.

use super::vector::{Must, Vector, post, try_all};

fn chunked(name: &'static str, must: Must, body: &[u8]) -> Vector {
    post(
        name,
        must,
        &[b"Transfer-Encoding: chunked\r\n\r\n", body].concat(),
    )
}

/// H-S48, H-S51: what may pass, and arrives as chunks that all read alike.
#[tokio::test]
async fn chunks_that_are_clear_pass() {
    let passes = |name, body| chunked(name, Must::Pass("a"), body);
    let either = |name, body| chunked(name, Must::Either("a"), body);
    try_all(vec![
        passes("plain", b"1\r\na\r\n0\r\n\r\n"),
        passes("an extension", b"1;a=b\r\na\r\n0\r\n\r\n"),
        passes("an extension without value", b"1;a\r\na\r\n0;b\r\n\r\n"),
        passes("a quoted extension", b"1;a=\"b;c\"\r\na\r\n0\r\n\r\n"),
        passes("zeros before the size", b"0001\r\na\r\n000\r\n\r\n"),
        either("a blank behind the size", b"1 \r\na\r\n0\r\n\r\n"),
        either("an empty line as the extension", b"1;\r\na\r\n0\r\n\r\n"),
    ])
    .await;
}

/// H-S49 to H-S57: chunks that readers take in different ways.
#[tokio::test]
async fn chunks_that_are_not_clear_never_end() {
    let cut = |name, body| chunked(name, Must::Cut, body);
    try_all(vec![
        cut("LF in an extension", b"1;a=\nb\r\na\r\n0\r\n\r\n"),
        cut("CR in an extension", b"1;a\rb\r\na\r\n0\r\n\r\n"),
        cut("a CR that ends the extension", b"1;a\r\r\na\r\n0\r\n\r\n"),
        cut("LF behind the size", b"1\na\r\n0\r\n\r\n"),
        cut("LF behind the data", b"1\r\na\n0\r\n\r\n"),
        cut("LF behind the last size", b"1\r\na\r\n0\n\r\n"),
        cut("LF everywhere", b"1\na\n0\n\n"),
        cut("0x", b"0x1\r\na\r\n0\r\n\r\n"),
        cut("plus", b"+1\r\na\r\n0\r\n\r\n"),
        cut("minus", b"-1\r\na\r\n0\r\n\r\n"),
        cut("minus zero", b"1\r\na\r\n-0\r\n\r\n"),
        cut("2^64+1", b"10000000000000001\r\na\r\n0\r\n\r\n"),
        cut("all bits and more", b"FFFFFFFFFFFFFFFF1\r\na\r\n0\r\n\r\n"),
        cut("no size", b"\r\na\r\n0\r\n\r\n"),
        cut("no size but an extension", b";a\r\na\r\n0\r\n\r\n"),
        cut("a blank before the size", b" 1\r\na\r\n0\r\n\r\n"),
        cut("a blank in the size", b"1 1\r\na\r\n0\r\n\r\n"),
        cut("a letter in the size", b"1g\r\na\r\n0\r\n\r\n"),
        cut("an underscore", b"0_1\r\na\r\n0\r\n\r\n"),
        cut("a NUL behind the size", b"1\0\r\na\r\n0\r\n\r\n"),
        cut("a wrong end", b"1\r\naXX0\r\n\r\n"),
        cut("more than the size", b"1\r\nab\r\n0\r\n\r\n"),
        cut("a bare CR behind the data", b"1\r\na\r0\r\n\r\n"),
        cut("nothing behind the last chunk's size", b"1\r\na\r\n0\r\nX"),
    ])
    .await;
}

/// H-S58: trailers that would frame, lead or authorise never get that far.
#[tokio::test]
async fn trailers_never_become_fields() {
    let with = |name, trailer: &str| {
        let body = format!("1\r\na\r\n0\r\n{trailer}\r\n\r\n");
        let declared = trailer.split(':').next().unwrap_or_default();
        let fields = format!("Trailer: {declared}\r\nTransfer-Encoding: chunked\r\n\r\n{body}");
        post(name, Must::Pass("a"), fields.as_bytes())
    };
    let plain = |name, trailer: &str| {
        let body = format!("1\r\na\r\n0\r\n{trailer}\r\n\r\n");
        chunked(name, Must::Pass("a"), body.as_bytes())
    };
    let arrived = try_all(vec![
        plain("Content-Length", "Content-Length: 9"),
        plain("Authorization", "Authorization: Basic YTpi"),
        plain("Transfer-Encoding", "Transfer-Encoding: chunked"),
        plain("Host", "Host: evil.example"),
        plain("another", "X-Checksum: 1"),
        with("Content-Length, declared", "Content-Length: 9"),
        with("Authorization, declared", "Authorization: Basic YTpi"),
        with("Host, declared", "Host: evil.example"),
    ])
    .await;
    let has = |name: &str| arrived.iter().any(|message| message.fields.has(name));
    assert!(
        !has("content-length") && !has("authorization"),
        "{arrived:?}"
    );
}
