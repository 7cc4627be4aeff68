//! A head is encoded where it shall be and ends where hyper's parser ends it.

use super::*;
use proptest::prelude::*;

/// Feeds `head` in pieces of `piece` bytes; gives what hyper sees, how much was taken, and the scan.
fn run(head: &[u8], piece: usize) -> (Vec<u8>, usize, Scan) {
    let mut scan = Scan::new();
    let mut out = Held::default();
    let mut taken = 0;
    for bytes in head.chunks(piece) {
        taken += scan.run(bytes, &mut out);
    }
    (out.rest().to_vec(), taken, scan)
}

#[test]
fn only_the_request_line_is_encoded() {
    let head = b"\r\nGET /a?b>c HTTP/1.1\r\nX-Kept: <a?b>\r\nA`: \"\xff\"\r\n\r\nGET /behind?<";
    for piece in 1..head.len() {
        let (out, taken, scan) = run(head, piece);
        assert!(scan.ended());
        assert_eq!(&head[taken..], b"GET /behind?<");
        assert_eq!(
            out,
            b"\r\nGET /a?b%3Ec HTTP/1.1\r\nX-Kept: <a?b>\r\nA`: \"\xff\"\r\n\r\n"
        );
    }
}

#[test]
fn neither_method_nor_version_nor_a_second_target_is_encoded() {
    for head in [
        "GET /a b?<c> HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1?<\r\n\r\n",
        "GET  /?< HTTP/1.1\r\n\r\n",
    ] {
        assert_eq!(run(head.as_bytes(), 1).0, head.as_bytes());
    }
}

#[test]
fn what_is_no_request_line_is_known_before_the_head_ends() {
    for bytes in [
        &b"\x16\x03\x01\x02"[..],
        b"G<T",
        b" GET",
        b"\rGET",
        b"GET /\r\n",
        b"SSH-2.0-x\r\n",
        b"G\r\n",
    ] {
        assert!(run(bytes, 1).2.malformed(), "{bytes:?}");
    }
    assert!(!run(b"GET / HTTP/9", 1).2.malformed());
}

#[test]
fn empty_lines_are_no_beginning() {
    assert!(!run(b"\r\n\n\r\n\r", 1).2.begun());
    assert!(run(b"\r\nG", 1).2.begun());
}

fn line_ends() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![4 => Just(b"\r\n".to_vec()), 1 => Just(b"\n".to_vec())]
}

/// Bytes that are nearly a head: mostly well formed, with the occasional stray byte.
fn near_heads() -> impl Strategy<Value = Vec<u8>> {
    let stray = prop_oneof![30 => Just(vec![]), 1 => prop::sample::select(b"\r\n\t \0<:\x7f\xc3".to_vec()).prop_map(|byte| vec![byte])];
    let words = [
        "GET",
        " ",
        "/a",
        "/?b",
        "/<`>",
        "HTTP/1.1",
        "A: b",
        "C:",
        "D: <e?f>",
        ": x",
        "G /?\" HTTP/1.0",
    ];
    let word = prop::sample::select(words.map(|word| word.as_bytes().to_vec()).to_vec());
    let piece = prop_oneof![word, line_ends(), stray];
    let start = prop_oneof![4 => Just(b"GET /?a<b HTTP/1.1".to_vec()), 1 => Just(vec![])];
    (
        prop::collection::vec(line_ends(), 0..3),
        start,
        prop::collection::vec(piece, 0..12),
    )
        .prop_map(|(before, start, rest)| [before.concat(), start, rest.concat()].concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// The rewritten bytes are what hyper parses, so they are what is parsed here.
    #[test]
    fn ends_where_httparse_ends(bytes in near_heads(), piece in 1..9_usize) {
        let (out, _, scan) = run(&bytes, piece);
        let mut fields = [httparse::EMPTY_HEADER; 32];
        let mut request = httparse::Request::new(&mut fields);
        match request.parse(&out) {
            Ok(httparse::Status::Complete(end)) => {
                prop_assert!(scan.ended());
                prop_assert_eq!(end, out.len());
            }
            Ok(httparse::Status::Partial) => prop_assert!(!scan.ended() && !scan.malformed()),
            Err(_) => {}
        }
    }
}
