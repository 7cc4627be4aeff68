//! What stands behind `CONNECT ` on the wire: never a 401, and no status that is not ours to give (H-C10).
#![no_main]

use libfuzzer_sys::fuzz_target;

mod live;

const OURS: &[u16] = &[200, 400, 403, 407, 408, 414, 421, 431, 501, 502, 503, 504, 505, 508];

fuzz_target!(|data: &[u8]| {
    let bytes = [b"CONNECT ", data, b"\r\n\r\n"].concat();
    let answer = live::answer(&mut live::connect(), &bytes);
    let is_ours = live::status(&answer).is_none_or(|status| OURS.contains(&status));
    assert!(is_ours, "{}", String::from_utf8_lossy(&answer));
});
