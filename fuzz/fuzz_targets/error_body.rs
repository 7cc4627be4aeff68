//! Answers: a line with status, type and coding of the content, then the content, of any bytes.
#![no_main]

use bytes::Bytes;
use exchange::{Case, Secrets, is_linear, judge};
use http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use libfuzzer_sys::fuzz_target;
use why401::proxy::observe::decode;

mod exchange;

fuzz_target!(|data: &[u8]| {
    let end = data.iter().position(|byte| *byte == b'\n').unwrap_or(data.len());
    let (head, body) = data.split_at(end);
    let body = body.get(1..).unwrap_or_default();
    survives(head, body, data);
    is_linear(body, |long| survives(head, long, data));
});

/// `head`: `403 application/json gzip`, of which the end may be missing.
fn survives(head: &[u8], body: &[u8], seed: &[u8]) {
    let secrets = Secrets::of(seed);
    let mut words = head.split(|byte| *byte == b' ');
    let status = words.next().and_then(|word| StatusCode::from_bytes(word).ok());
    let status = status.unwrap_or(StatusCode::UNAUTHORIZED);
    let mut answer = HeaderMap::new();
    for name in [CONTENT_TYPE, CONTENT_ENCODING] {
        put(&mut answer, name, words.next());
    }
    let credential_type = HeaderName::from_static("x-credential-type");
    put(&mut answer, credential_type, words.next());
    // In two pieces, as bodies come.
    let body = Bytes::from(secrets.put(body));
    let (first, second) = (body.slice(..body.len() / 2), body.slice(body.len() / 2..));
    let text = decode::text(&answer, [&first, &second].into_iter());
    assert!(text.as_ref().is_none_or(|text| text.len() <= 64 * 1024));
    let basic = secrets.put(b"{basic}");
    let case = Case {
        authorization: Some(&basic),
        status,
        answer: &answer,
        body: text.as_deref(),
    };
    judge(&case, secrets);
}

fn put(answer: &mut HeaderMap, name: HeaderName, value: Option<&[u8]>) {
    if let Some(value) = value.and_then(|value| HeaderValue::from_bytes(value).ok()) {
        answer.insert(name, value);
    }
}
