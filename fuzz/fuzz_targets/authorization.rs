//! `Authorization` values of any bytes, as they stand and as a pair in base64.
#![no_main]

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use exchange::{Case, Secrets, is_linear, judge};
use http::{HeaderMap, StatusCode};
use libfuzzer_sys::fuzz_target;

mod exchange;

fuzz_target!(|data: &[u8]| {
    survives(data, data);
    is_linear(data, |long| survives(long, data));
});

fn survives(value: &[u8], seed: &[u8]) {
    let secrets = Secrets::of(seed);
    let value = secrets.put(value);
    let pair = format!("Basic {}", STANDARD.encode(&value));
    for authorization in [&value, pair.as_bytes()] {
        let case = Case {
            authorization: Some(authorization),
            status: StatusCode::UNAUTHORIZED,
            answer: &HeaderMap::new(),
            body: None,
        };
        judge(&case, secrets);
    }
}
