//! `WWW-Authenticate` fields of any bytes, one a line, and what follows from them.
#![no_main]

use exchange::{Case, Secrets, is_linear, judge};
use http::header::WWW_AUTHENTICATE;
use http::{HeaderMap, HeaderValue, StatusCode};
use libfuzzer_sys::fuzz_target;
use why401::challenge::Challenge;

mod exchange;

fuzz_target!(|data: &[u8]| {
    survives(data, data);
    is_linear(data, |long| survives(long, data));
});

fn survives(fields: &[u8], seed: &[u8]) {
    let secrets = Secrets::of(seed);
    let mut answer = HeaderMap::new();
    // Capped as hyper caps the fields of an answer.
    for field in fields.split(|byte| *byte == b'\n').take(100) {
        let field = secrets.put(field);
        let challenges = Challenge::parse(&field);
        assert!(challenges.len() <= 16);
        for Challenge { scheme, realm } in challenges {
            assert!(scheme.chars().count() <= 64);
            assert!(realm.is_none_or(|realm| realm.chars().count() <= 128));
        }
        if let Ok(value) = HeaderValue::from_bytes(&field) {
            answer.append(WWW_AUTHENTICATE, value);
        }
    }
    let basic = secrets.put(b"{basic}");
    for authorization in [None, Some(&basic[..])] {
        let case = Case {
            authorization,
            status: StatusCode::UNAUTHORIZED,
            answer: &answer,
            body: None,
        };
        judge(&case, secrets);
    }
}
