//! Transfer-Encoding: exactly `chunked`, on HTTP/1.1, or the request is refused.

use super::vector::{Must, REFUSE, Vector, post, try_all};

fn refused(name: &'static str, fields: &[u8]) -> Vector {
    post(name, REFUSE, &[fields, b"\r\n\r\n0\r\n\r\n"].concat())
}

fn coding(name: &'static str, value: &[u8]) -> Vector {
    refused(name, &[b"Transfer-Encoding: ", value].concat())
}

/// H-S15 to H-S24, H-S26, H-S27, H-S29: codings that readers take in different ways.
#[tokio::test]
async fn no_coding_but_chunked_passes() {
    let old = b"POST ~ HTTP/1.0\r\nHost: api.bitbucket.org\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
    try_all(vec![
        refused(
            "chunked twice",
            b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
        ),
        refused(
            "chunked, then identity",
            b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
        ),
        refused(
            "identity, then chunked",
            b"Transfer-Encoding: identity\r\nTransfer-Encoding: chunked",
        ),
        refused(
            "an empty one first",
            b"Transfer-Encoding:\r\nTransfer-Encoding: chunked",
        ),
        coding("chunked twice in a list", b"chunked, chunked"),
        coding("identity, chunked", b"identity, chunked"),
        coding("chunked, identity", b"chunked, identity"),
        coding("identity", b"identity"),
        coding("xchunked", b"xchunked"),
        coding("chunkedx", b"chunkedx"),
        coding("chunk", b"chunk"),
        coding("gzip", b"gzip"),
        coding("gzip, chunked", b"gzip, chunked"),
        coding("deflate, gzip, chunked", b"deflate, gzip, chunked"),
        coding("an empty member", b", chunked"),
        coding("an empty member last", b"chunked,"),
        coding("nothing", b""),
        coding("a parameter", b"chunked;q=1"),
        coding("in quotes", b"\"chunked\""),
        coding("in single quotes", b"'chunked'"),
        coding("a word before", b"x chunked"),
        coding("a vertical tab", b"\x0bchunked"),
        coding("a form feed", b"\x0cchunked"),
        coding("a vertical tab behind", b"chunked\x0b"),
        coding("a no-break space", b"\xa0chunked"),
        coding("a long s", "chun\u{212a}ed".as_bytes()),
        coding("a NUL", b"chunked\0"),
        coding("a bare CR", b"\rchunked"),
        coding("a bare CR behind", b"chunked\rx"),
        coding("folded", b"\r\n chunked"),
        coding("folded behind", b"chunked\r\n ,identity"),
        refused("a blank before the colon", b"Transfer-Encoding : chunked"),
        refused("a tab before the colon", b"Transfer-Encoding\t: chunked"),
        refused("a blank before the name", b" Transfer-Encoding: chunked"),
        ("HTTP/1.0", REFUSE, old.to_vec()),
    ])
    .await;
}

/// H-S25: blanks around the value, and capitals, mean the same to everybody.
#[tokio::test]
async fn chunked_in_other_letters_is_chunked() {
    let passes = |name, field: &str| {
        post(
            name,
            Must::Pass("a"),
            format!("{field}\r\n\r\n1\r\na\r\n0\r\n\r\n").as_bytes(),
        )
    };
    try_all(vec![
        passes("a tab", "Transfer-Encoding:\tchunked"),
        passes("capitals", "Transfer-Encoding: CHUNKED"),
        passes("mixed", "tRANSFER-eNCODING: Chunked"),
        passes("no blank", "Transfer-Encoding:chunked"),
        passes("blanks behind", "Transfer-Encoding: chunked \t "),
    ])
    .await;
}
