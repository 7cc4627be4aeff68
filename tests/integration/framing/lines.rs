//! Request lines: three words and nothing else.

use super::vector::{Must, REFUSE, Vector, try_all};

const OR_505: Must = Must::Refuse(&[400, 505]);

fn line(name: &'static str, must: Must, line: &[u8]) -> Vector {
    let bytes = [line, b"\r\nHost: api.bitbucket.org\r\n\r\n"].concat();
    (name, must, bytes)
}

/// H-S42 to H-S45, H-S47: request lines that readers take in different ways.
#[tokio::test]
async fn a_request_line_is_a_method_a_target_and_a_version() {
    try_all(vec![
        line("a space in the target", OR_505, b"GET ~ b HTTP/1.1"),
        line(
            "a request in the target",
            OR_505,
            b"GET ~ HTTP/1.1 HTTP/1.1",
        ),
        line("two spaces", OR_505, b"GET  ~ HTTP/1.1"),
        line("two spaces before the version", OR_505, b"GET ~  HTTP/1.1"),
        line("a tab", REFUSE, b"GET\t~ HTTP/1.1"),
        line("a tab in the target", OR_505, b"GET ~\tb HTTP/1.1"),
        line("a NUL in the target", REFUSE, b"GET ~\0 HTTP/1.1"),
        line("a CR in the target", REFUSE, b"GET ~\rb HTTP/1.1"),
        line(
            "a vertical tab in the target",
            REFUSE,
            b"GET ~\x0b HTTP/1.1",
        ),
        line("a space at the end", OR_505, b"GET ~ HTTP/1.1 "),
        line("a space before", REFUSE, b" GET ~ HTTP/1.1"),
        line("no method", REFUSE, b"~ HTTP/1.1"),
        line("a method that is none", REFUSE, b"G<T ~ HTTP/1.1"),
        line("a colon in the method", REFUSE, b"GET: ~ HTTP/1.1"),
        line("HTTP/1.2", OR_505, b"GET ~ HTTP/1.2"),
        line("HTTP/1.10", OR_505, b"GET ~ HTTP/1.10"),
        line("HTTP/01.1", OR_505, b"GET ~ HTTP/01.1"),
        line("HTTP/2.0", OR_505, b"GET ~ HTTP/2.0"),
        line("HTTP/9", OR_505, b"GET ~ HTTP/9"),
        line("HTTP/0.9 in words", OR_505, b"GET ~ HTTP/0.9"),
        line("http in small letters", OR_505, b"GET ~ http/1.1"),
        line("another protocol", OR_505, b"GET ~ ICAP/1.0"),
        line("HTTP/0.9", REFUSE, b"GET ~"),
        (
            "HTTP/0.9 alone",
            Must::Refuse(&[0, 400, 505]),
            b"GET ~\r\n\r\n".to_vec(),
        ),
        (
            "HTTP/2's preface",
            OR_505,
            b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec(),
        ),
        (
            "TLS inside of TLS",
            REFUSE,
            b"\x16\x03\x01\0\x05\r\n\r\n\r\n".to_vec(),
        ),
        line(
            "CONNECT inside of the tunnel",
            Must::Refuse(&[400, 405, 421]),
            b"CONNECT evil.example:443 HTTP/1.1",
        ),
        line(
            "CONNECT to the same host",
            Must::Refuse(&[400, 405, 421]),
            b"CONNECT api.bitbucket.org:443 HTTP/1.1",
        ),
        line(
            "CONNECT with a path",
            Must::Refuse(&[400, 405, 421]),
            b"CONNECT ~ HTTP/1.1",
        ),
    ])
    .await;
}
