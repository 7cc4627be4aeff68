//! Content-Length: one, of digits, or the request is refused.

use super::vector::{Must, REFUSE, post, try_all};

/// H-S1, H-S2: a length beside chunks is refused, or gone with the connection.
#[tokio::test]
async fn a_length_beside_chunks_smuggles_nothing() {
    let hidden = "0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: api.bitbucket.org\r\n\r\n";
    let both = |name, first: &str, second: &str| {
        post(
            name,
            Must::PassAndClose(""),
            format!("{first}\r\n{second}\r\n\r\n{hidden}").as_bytes(),
        )
    };
    let chunked = "Transfer-Encoding: chunked";
    try_all(vec![
        both("the length first", "Content-Length: 6", chunked),
        both("the length last", chunked, "Content-Length: 6"),
        both("a length of all of it", "Content-Length: 61", chunked),
        both("a length of nothing", "Content-Length: 0", chunked),
        both("a length of nothing, last", chunked, "Content-Length: 0"),
        both("a bad length", "Content-Length: x", chunked),
        both("a bad length, last", chunked, "Content-Length: x"),
        both(
            "two lengths",
            "Content-Length: 6\r\nContent-Length: 5",
            chunked,
        ),
        both(
            "lower case",
            "content-length: 6",
            "transfer-encoding: CHUNKED",
        ),
    ])
    .await;
}

/// H-S3 to H-S13: lengths that readers take in different ways.
#[tokio::test]
async fn a_length_is_one_number_of_digits() {
    let refused =
        |name, fields: &[u8]| post(name, REFUSE, &[fields, b"\r\n\r\n0123456789"].concat());
    let may_collapse = |name, fields: &str| {
        post(
            name,
            Must::Either("a"),
            format!("{fields}\r\n\r\na").as_bytes(),
        )
    };
    try_all(vec![
        refused("two that differ", b"Content-Length: 3\r\nContent-Length: 4"),
        refused(
            "two, the second empty",
            b"Content-Length: 3\r\nContent-Length:",
        ),
        refused(
            "two, the first zero",
            b"Content-Length: 0\r\nContent-Length: 3",
        ),
        refused(
            "apart from each other",
            b"Content-Length: 3\r\nA: b\r\ncontent-length: 4",
        ),
        refused("a list that differs", b"Content-Length: 1, 2"),
        refused("a list with an empty member", b"Content-Length: 1,"),
        may_collapse("the same twice", "Content-Length: 1\r\nContent-Length: 1"),
        may_collapse("the same list", "Content-Length: 1, 1"),
        may_collapse("zeros before it", "Content-Length: 01"),
        refused("plus", b"Content-Length: +1"),
        refused("minus", b"Content-Length: -1"),
        refused("minus zero", b"Content-Length: -0"),
        refused("hex", b"Content-Length: 0x1"),
        refused("hex digits", b"Content-Length: a"),
        refused("underscore", b"Content-Length: 1_0"),
        refused("a point", b"Content-Length: 1.0"),
        refused("an exponent", b"Content-Length: 1e1"),
        refused("empty", b"Content-Length: "),
        refused("nothing", b"Content-Length:"),
        refused("two words", b"Content-Length: 1 0"),
        refused("a word behind", b"Content-Length: 1 bytes"),
        refused("in quotes", b"Content-Length: \"1\""),
        refused("2^64+1", b"Content-Length: 18446744073709551617"),
        refused("2^64", b"Content-Length: 18446744073709551616"),
        refused(
            "forty digits",
            b"Content-Length: 1000000000000000000000000000000000000000",
        ),
        refused("a blank before the colon", b"Content-Length : 1"),
        refused("a tab before the colon", b"Content-Length\t: 1"),
        refused("a vertical tab", b"Content-Length: \x0b1"),
        refused("a form feed", b"Content-Length: 1\x0c"),
        refused("a no-break space", b"Content-Length: \xa01"),
        refused(
            "digits of another script",
            "Content-Length: \u{661}".as_bytes(),
        ),
        refused("a NUL", b"Content-Length: 1\0"),
        refused("a bare CR", b"Content-Length: 1\r0"),
        refused("folded", b"Content-Length:\r\n 1"),
    ])
    .await;
}

/// H-S14: what a GET carries is a body.
#[tokio::test]
async fn a_request_in_a_body_is_a_body() {
    const HIDDEN: &str = "GET /smuggled HTTP/1.1\r\nHost: api.bitbucket.org\r\n\r\n";
    let with_body = |name, method: &str| {
        let head = format!(
            "{method} ~ HTTP/1.1\r\nHost: api.bitbucket.org\r\nContent-Length: {}\r\n\r\n{HIDDEN}",
            HIDDEN.len()
        );
        (name, Must::Pass(HIDDEN), head.into_bytes())
    };
    let in_chunks = format!(
        "Transfer-Encoding: chunked\r\n\r\n{:x}\r\n{HIDDEN}\r\n0\r\n\r\n",
        HIDDEN.len()
    );
    try_all(vec![
        with_body("GET", "GET"),
        with_body("DELETE", "DELETE"),
        with_body("OPTIONS", "OPTIONS"),
        with_body("POST", "POST"),
        with_body("an unknown method", "FROB"),
        post("in chunks", Must::Pass(HIDDEN), in_chunks.as_bytes()),
        post("no body at all", Must::Pass(""), b"\r\n"),
        post(
            "a length of nothing",
            Must::Pass(""),
            b"Content-Length: 0\r\n\r\n",
        ),
    ])
    .await;
}
