//! Field lines: what is not by the grammar is refused whole.

use super::vector::{Must, REFUSE, Vector, post, try_all};

fn refused(name: &'static str, field: &[u8]) -> Vector {
    post(
        name,
        REFUSE,
        &[field, b"\r\nContent-Length: 0\r\n\r\n"].concat(),
    )
}

/// H-S28, H-S32 to H-S37: fields that readers take in different ways.
#[tokio::test]
async fn a_field_is_a_name_a_colon_and_text() {
    try_all(vec![
        refused("a fold", b"A: b\r\n c"),
        refused("a fold by a tab", b"A: b\r\n\tc"),
        refused("a fold of nothing", b"A: b\r\n "),
        refused("a fold of the host", b"A: b\r\n Host: evil.example"),
        refused("a bare CR", b"A: b\rc"),
        refused("a bare CR at the end", b"A: b\r\r"),
        refused("a bare CR and a field", b"A: b\rTransfer-Encoding: chunked"),
        refused("a NUL", b"A: b\0c"),
        refused("a NUL in the name", b"A\0: b"),
        refused("an escape", b"A: \x1b[2J"),
        refused("a DEL", b"A: \x7f"),
        refused("no name", b": b"),
        refused("no colon", b"nonsense"),
        refused("a name that is not ASCII", b"X-\xc3\xa9: b"),
        refused("a blank in the name", b"A B: c"),
        refused("brackets in the name", b"A[]: b"),
        refused("a blank behind the name", b"A : b"),
        refused("a slash in the name", b"A/B: c"),
        (
            "a blank before the first field",
            REFUSE,
            b"GET ~ HTTP/1.1\r\n A: b\r\nHost: api.bitbucket.org\r\n\r\n".to_vec(),
        ),
        (
            "a tab before the first field",
            REFUSE,
            b"GET ~ HTTP/1.1\r\n\tHost: api.bitbucket.org\r\n\r\n".to_vec(),
        ),
    ])
    .await;
}

/// H-S30, H-S31, H-S46: a bare LF ends a line for hyper, and is CRLF behind it.
#[tokio::test]
async fn bare_line_feeds_are_refused_or_made_whole() {
    let bare = |name, bytes: &[u8]| (name, Must::Either(""), bytes.to_vec());
    try_all(vec![
        bare(
            "behind a field",
            b"GET ~ HTTP/1.1\r\nHost: api.bitbucket.org\nA: b\r\n\r\n",
        ),
        bare("everywhere", b"GET ~ HTTP/1.1\nHost: api.bitbucket.org\n\n"),
        bare(
            "behind the request line",
            b"GET ~ HTTP/1.1\nHost: api.bitbucket.org\r\n\r\n",
        ),
        bare(
            "as the empty line",
            b"GET ~ HTTP/1.1\r\nHost: api.bitbucket.org\r\n\n",
        ),
        bare(
            "before the request line",
            b"\nGET ~ HTTP/1.1\r\nHost: api.bitbucket.org\r\n\r\n",
        ),
        post(
            "before a length",
            Must::Either("a"),
            b"A: b\nContent-Length: 1\r\n\r\na",
        ),
        (
            "in the target",
            REFUSE,
            b"GET ~\n/b HTTP/1.1\r\nHost: api.bitbucket.org\r\n\r\n".to_vec(),
        ),
        (
            "behind the target",
            REFUSE,
            b"GET ~\nHost: api.bitbucket.org\r\n\r\n".to_vec(),
        ),
    ])
    .await;
}

/// H-S38 to H-S41: one host, the one that the tunnel leads to, or no request.
#[tokio::test]
async fn the_host_is_the_tunnels() {
    const MISDIRECTED: Must = Must::Refuse(&[421]);
    let get = |name, must, head: &str| (name, must, format!("GET {head}\r\n\r\n").into_bytes());
    let host = "Host: api.bitbucket.org";
    try_all(vec![
        get(
            "two",
            REFUSE,
            &format!("~ HTTP/1.1\r\n{host}\r\nHost: evil.example"),
        ),
        get(
            "the same twice",
            REFUSE,
            &format!("~ HTTP/1.1\r\n{host}\r\n{host}"),
        ),
        get(
            "apart",
            REFUSE,
            &format!("~ HTTP/1.1\r\n{host}\r\nA: b\r\nhost: evil.example"),
        ),
        get("none", REFUSE, "~ HTTP/1.1"),
        get("another", MISDIRECTED, "~ HTTP/1.1\r\nHost: evil.example"),
        get(
            "another port",
            MISDIRECTED,
            "~ HTTP/1.1\r\nHost: api.bitbucket.org:80",
        ),
        get(
            "a list",
            MISDIRECTED,
            "~ HTTP/1.1\r\nHost: api.bitbucket.org, evil.example",
        ),
        get(
            "user information",
            MISDIRECTED,
            "~ HTTP/1.1\r\nHost: api.bitbucket.org@evil.example",
        ),
        get(
            "a name below",
            MISDIRECTED,
            "~ HTTP/1.1\r\nHost: api.bitbucket.org.evil.example",
        ),
        get("nothing", MISDIRECTED, "~ HTTP/1.1\r\nHost:"),
        get("an address", MISDIRECTED, "~ HTTP/1.1\r\nHost: 127.0.0.1"),
        get(
            "an absolute target elsewhere",
            MISDIRECTED,
            &format!("http://evil.example~ HTTP/1.1\r\n{host}"),
        ),
        get(
            "the same by https",
            MISDIRECTED,
            &format!("https://evil.example~ HTTP/1.1\r\n{host}"),
        ),
        get(
            "both elsewhere",
            MISDIRECTED,
            "https://evil.example~ HTTP/1.1\r\nHost: evil.example",
        ),
        get(
            "user information in the target",
            Must::Refuse(&[400, 421]),
            &format!("https://api.bitbucket.org@evil.example~ HTTP/1.1\r\n{host}"),
        ),
        get(
            "an absolute target of its own",
            Must::Pass(""),
            &format!("https://api.bitbucket.org~ HTTP/1.1\r\n{host}"),
        ),
        get(
            "in capitals, with the port",
            Must::Pass(""),
            "~ HTTP/1.1\r\nHost: API.bitbucket.org:443",
        ),
    ])
    .await;
}
