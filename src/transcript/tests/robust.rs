//! Any bytes: an end, an answer or an error, never a panic; time that grows with the input only.

use super::*;
use proptest::prelude::*;
use std::io::Read;

/// Lines of all tools in any order, cut anywhere.
fn fragment() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        Just("> GET /2.0/user HTTP/1.1"),
        Just("> Host: api.bitbucket.org"),
        Just("> Authorization: Basic Og=="),
        Just("> "),
        Just(">"),
        Just("< HTTP/1.1 401 Unauthorized"),
        Just("< "),
        Just("HTTP/1.1 401 Unauthorized"),
        Just(""),
        Just("* Server auth using Basic with user 'a'"),
        Just("=> Send header, 10 bytes (0xa)"),
        Just("0000: GET / HTTP/1.1"),
        Just("0010: x"),
        Just("=> Send header: GET / HTTP/1.1"),
        Just("<= Recv header:"),
        Just("---request begin---"),
        Just("---request end---"),
        Just("---response begin---"),
        Just("Skipping 3 bytes of body: [x"),
        Just("] done."),
        Just(r"send: b'GET / HTTP/1.1\r\n\r\n'"),
        Just(r"reply: 'HTTP/1.1 403 x\r\n'"),
        Just("header: A: b"),
        Just("&gt; GET / HTTP/1.1"),
        Just("remote: x"),
        Just("fatal: Authentication failed for 'https://bitbucket.org/a/b'"),
        Just("CONNECT a:443 HTTP/1.1"),
        Just("{\"a\":1}"),
        Just("2026-11-24T10:00:00Z > GET /x HTTP/2"),
        Just("> > GET / HTTP/1.1"),
        Just("Authorization: Bearer x"),
        Just("\u{1b}[0m> Host: b\r"),
    ];
    proptest::collection::vec(line, 0..24).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #[test]
    fn any_bytes_end(input in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = bytes(&input);
        let _ = bytes(&[b"{\"".to_vec(), input].concat());
    }

    #[test]
    fn any_lines_end(text in fragment(), cut in 0_usize..400) {
        let _ = bytes(text.as_bytes());
        let _ = bytes(&text.as_bytes()[..cut.min(text.len())]);
    }

    #[test]
    fn any_har_end(value in "[\\[\\]{}:,\"a-f0-9\\\\ ]{0,60}") {
        let _ = bytes(format!("{{\"log\":{{\"entries\":[{{\"request\":{value}}}]}}}}").as_bytes());
    }
}

/// A reader of many bytes without the memory for them.
fn repeated(unit: &'static [u8], times: u64) -> impl Read {
    struct Repeat(&'static [u8], usize);
    impl Read for Repeat {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            for byte in buffer.iter_mut() {
                *byte = self.0[self.1 % self.0.len()];
                self.1 += 1;
            }
            Ok(buffer.len())
        }
    }
    Repeat(unit, 0).take(unit.len() as u64 * times)
}

#[test]
fn what_never_ends_is_read_in_bounds() {
    let key = FingerprintKey::new(KEY);
    let units: [&[u8]; 9] = [
        b"x",
        b"> ",
        b"&gt; ",
        b"[a] ",
        b"> A: b\n",
        b"> GET / HTTP/1.1\n",
        b"\x1b[",
        b"remote: x\n",
        b"\r",
    ];
    for unit in units {
        let _ = read(repeated(unit, 20_000), &key, |_| Ok(()));
    }
    let starts: [&[u8]; 4] = [
        b"> GET / HTTP/1.1\n> Authorization: Basic ",
        b"{\"log\": \"",
        b"{\"log\": {\"entries\": [{\"request\": {\"url\": \"",
        b"{\"log\": {\"entries\": [{\"response\": {\"content\": {\"text\": \"",
    ];
    for start in starts {
        for unit in [&b"A"[..], b"\\u00e9", b"\n", b"AAAA\n"] {
            let _ = read(start.chain(repeated(unit, 20_000)), &key, |_| Ok(()));
        }
    }
}

/// Nobody may learn a secret from an error.
#[test]
fn errors_quote_nothing() {
    let token = mint::api_token(3);
    for text in [
        format!("{{\"log\": {{\"entries\": [{{\"request\": \"{token}\" x"),
        format!("{{\"{token}\" 1"),
        format!("hello {token}? yes"),
    ] {
        if let Err(error) = bytes(text.as_bytes()) {
            assert!(
                !format!("{error} {error:?}").contains(&token[..16]),
                "{error}"
            );
        }
    }
}
