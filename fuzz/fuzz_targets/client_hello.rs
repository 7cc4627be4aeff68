//! Bytes where a ClientHello is expected, behind the 200 of an intercepted host.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::io::{Read, Write};

mod live;

const CONNECT: &[u8] = b"CONNECT api.bitbucket.org:443 HTTP/1.1\r\nHost: api.bitbucket.org:443\r\n\r\n";

fuzz_target!(|data: &[u8]| {
    let mut stream = live::connect();
    stream.write_all(CONNECT).expect("a proxy");
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte).expect("an answer to CONNECT");
        head.extend(byte);
    }
    assert_eq!(live::status(&head), Some(200));
    let answer = live::answer(&mut stream, data);
    // Records of TLS, or nothing; never HTTP in clear.
    assert!(!answer.starts_with(b"HTTP/"), "{answer:?}");
});
