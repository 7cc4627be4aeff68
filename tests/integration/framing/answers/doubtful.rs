//! Answers whose framing readers take in different ways.

use super::{Must, Vector, try_all, vector};

const FORGED: &str = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged";

fn ok(name: &'static str, must: Must, rest: &[u8]) -> Vector {
    vector(name, must, &[b"HTTP/1.1 200 OK\r\n", rest].concat())
}

/// H-S66: lengths and codings.
#[tokio::test]
async fn an_answer_of_two_framings_is_one_or_none() {
    let both = format!(
        "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n{FORGED}"
    );
    let turned = format!(
        "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n1\r\na\r\n0\r\n\r\n{FORGED}"
    );
    let coding = |name, coding: &str| {
        let rest = format!("Transfer-Encoding: {coding}\r\n\r\n1\r\na\r\n0\r\n\r\n");
        ok(name, Must::Either("a"), rest.as_bytes())
    };
    try_all(vec![
        ok("a length beside chunks", Must::Either("a"), both.as_bytes()),
        ok(
            "chunks beside a length",
            Must::Either("a"),
            turned.as_bytes(),
        ),
        ok(
            "two lengths that differ",
            Must::Refuse,
            b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        ),
        ok(
            "a list that differs",
            Must::Refuse,
            b"Content-Length: 1, 2\r\n\r\nab",
        ),
        ok(
            "a length of 2^64+1",
            Must::Refuse,
            b"Content-Length: 18446744073709551617\r\n\r\na",
        ),
        ok("plus", Must::Refuse, b"Content-Length: +1\r\n\r\na"),
        ok("minus", Must::Refuse, b"Content-Length: -1\r\n\r\na"),
        ok("hex", Must::Refuse, b"Content-Length: 0x1\r\n\r\na"),
        ok("no number", Must::Refuse, b"Content-Length: x\r\n\r\na"),
        ok("an empty length", Must::Refuse, b"Content-Length:\r\n\r\na"),
        coding("chunked twice", "chunked, chunked"),
        coding("chunked, identity", "chunked, identity"),
        coding("identity", "identity"),
        coding("xchunked", "xchunked"),
        coding("gzip", "gzip"),
        coding("a vertical tab", "\u{b}chunked"),
    ])
    .await;
}

/// H-S66: lines that are not by the grammar.
#[tokio::test]
async fn an_answer_of_malformed_lines_is_made_whole_or_none() {
    let field = |name, must, field: &[u8]| {
        ok(
            name,
            must,
            &[field, b"\r\nContent-Length: 1\r\n\r\na"].concat(),
        )
    };
    let start = |name, must, line: &[u8]| {
        vector(
            name,
            must,
            &[line, b"\r\nContent-Length: 1\r\n\r\na"].concat(),
        )
    };
    try_all(vec![
        field("a NUL", Must::Refuse, b"A: b\0c"),
        field("a bare CR", Must::Refuse, b"A: b\rc"),
        field("a fold", Must::Either("a"), b"A: b\r\n c"),
        field(
            "a fold of a length",
            Must::Either("a"),
            b"A: b\r\n Content-Length: 9",
        ),
        field("no colon", Must::Refuse, b"nonsense"),
        field("no name", Must::Refuse, b": b"),
        field("a blank behind the name", Must::Either("a"), b"A : b"),
        field("an escape", Must::Either("a"), b"A: \x1b[2J"),
        ok(
            "a bare LF",
            Must::Pass("a"),
            b"A: b\nContent-Length: 1\r\n\r\na",
        ),
        vector(
            "LF everywhere",
            Must::Pass("a"),
            b"HTTP/1.1 200 OK\nContent-Length: 1\n\na",
        ),
        start("HTTP/1.2", Must::Refuse, b"HTTP/1.2 200 OK"),
        start("HTTP/2.0", Must::Refuse, b"HTTP/2.0 200 OK"),
        start("another protocol", Must::Refuse, b"ICY 200 OK"),
        start("a status of two digits", Must::Refuse, b"HTTP/1.1 20 OK"),
        start("a status of four digits", Must::Refuse, b"HTTP/1.1 2000 OK"),
        start("a status of letters", Must::Refuse, b"HTTP/1.1 abc OK"),
        start("a NUL in the reason", Must::Refuse, b"HTTP/1.1 200 O\0K"),
        start(
            "a bare CR in the reason",
            Must::Refuse,
            b"HTTP/1.1 200 O\rK",
        ),
        start("no reason", Must::Pass("a"), b"HTTP/1.1 200"),
        vector("no head at all", Must::Refuse, b"<html>\r\n\r\n"),
        vector(
            "TLS inside of TLS",
            Must::Refuse,
            b"\x16\x03\x01\0\x05\r\n\r\n",
        ),
    ])
    .await;
}

/// H-S66: chunks.
#[tokio::test]
async fn an_answer_of_malformed_chunks_has_no_end() {
    let cut = |name, body: &[u8]| {
        ok(
            name,
            Must::Cut,
            &[b"Transfer-Encoding: chunked\r\n\r\n", body].concat(),
        )
    };
    try_all(vec![
        cut("plus", b"+1\r\na\r\n0\r\n\r\n"),
        cut("minus", b"-1\r\na\r\n0\r\n\r\n"),
        cut("0x", b"0x1\r\na\r\n0\r\n\r\n"),
        cut("2^64+1", b"10000000000000001\r\na\r\n0\r\n\r\n"),
        cut("no size", b"\r\na\r\n0\r\n\r\n"),
        cut("a wrong end", b"1\r\naXX0\r\n\r\n"),
        cut("LF behind the size", b"1\na\r\n0\r\n\r\n"),
        cut("LF in an extension", b"1;a=\nb\r\na\r\n0\r\n\r\n"),
        cut("CR in an extension", b"1;a\rb\r\na\r\n0\r\n\r\n"),
        cut("a letter in the size", b"1g\r\na\r\n0\r\n\r\n"),
    ])
    .await;
}

/// H-S66: what stands behind the end is nobody's answer.
#[tokio::test]
async fn bytes_behind_an_answer_are_nobodys() {
    let behind = |name, method, head: &str| {
        let bytes = format!("{head}\r\n\r\n{FORGED}").into_bytes();
        (name, Must::PassAndClose(""), method, bytes)
    };
    let long = "x".repeat(100_000);
    try_all(vec![
        behind(
            "a length of nothing",
            "GET",
            "HTTP/1.1 200 OK\r\nContent-Length: 0",
        ),
        behind("204", "GET", "HTTP/1.1 204 No Content"),
        behind(
            "204 with a length",
            "GET",
            "HTTP/1.1 204 No Content\r\nContent-Length: 44",
        ),
        behind("304", "GET", "HTTP/1.1 304 Not Modified"),
        behind(
            "304 with a length",
            "GET",
            "HTTP/1.1 304 Not Modified\r\nContent-Length: 44",
        ),
        behind("HEAD", "HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 44"),
        behind(
            "HEAD with chunks",
            "HEAD",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked",
        ),
        ok(
            "a body too long",
            Must::PassAndClose("ab"),
            b"Content-Length: 2\r\n\r\nabcd",
        ),
        ok(
            "two answers",
            Must::PassAndClose("a"),
            format!("Content-Length: 1\r\n\r\na{FORGED}").as_bytes(),
        ),
        ok(
            "behind chunks",
            Must::PassAndClose("a"),
            format!("Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n{FORGED}").as_bytes(),
        ),
        ok(
            "much behind it",
            Must::PassAndClose("a"),
            format!("Content-Length: 1\r\n\r\na{long}").as_bytes(),
        ),
    ])
    .await;
}
