//! Bytes where a request is expected, on the proxy's port: what is answered is HTTP, or to TLS one of its alerts.
#![no_main]

use libfuzzer_sys::fuzz_target;

mod live;

fuzz_target!(|data: &[u8]| {
    let answer = live::answer(&mut live::connect(), data);
    let is_http = live::status(&answer).is_some();
    assert!(answer.is_empty() || is_http || answer.starts_with(b"\x15\x03"), "{answer:?}");
});
