//! Whole exchanges: a line of method, host, path, query and status, fields of the request, of the answer, and a body.
#![no_main]

use exchange::{Secrets, is_linear, write};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use libfuzzer_sys::fuzz_target;
use time::macros::utc_datetime;
use why401::history::{History, Past};
use why401::observation::{Clock, Exchange, Observation, RequestHead, RequestSeen, ResponseSeen};
use why401::secret::FingerprintKey;

mod exchange;

fuzz_target!(|data: &[u8]| {
    let _ = survives(data, data);
    is_linear(data, |long| drop(survives(long, data)));
});

/// `None` for what is no exchange.
fn survives(data: &[u8], seed: &[u8]) -> Option<()> {
    let secrets = Secrets::of(seed);
    let text = secrets.put(data);
    let mut parts = text.splitn(4, |byte| *byte == 0xff);
    let line = str::from_utf8(parts.next()?).ok()?;
    let [method, host, path, query, status] = line.splitn(5, ' ').collect::<Vec<_>>().try_into().ok()?;
    let (request, answer) = (fields(parts.next()?), fields(parts.next()?));
    let head = RequestHead {
        method: &Method::from_bytes(method.as_bytes()).ok()?,
        host,
        path,
        query: (query != "-").then_some(query),
        form: None,
        headers: &request,
        secure: true,
    };
    let exchange = Exchange {
        request: RequestSeen::read(head, &FingerprintKey::new([7; 32])),
        response: ResponseSeen::read(StatusCode::from_bytes(status.as_bytes()).ok()?, &answer, parts.next()),
    };
    let clock = Clock { date: utc_datetime!(2026-11-24 10:00), agrees: true };
    let past = History::new().witness(&exchange, None, clock.date);
    let seen = Observation::Exchange(Box::new(exchange));
    for past in [Past::NONE, past] {
        write(&seen, &past, clock, secrets);
    }
    Some(())
}

/// As many as hyper lets through.
fn fields(text: &[u8]) -> HeaderMap {
    let pair = |line: &[u8]| {
        let colon = line.iter().position(|byte| *byte == b':')?;
        let name = HeaderName::from_bytes(&line[..colon]).ok()?;
        Some((name, HeaderValue::from_bytes(line[colon + 1..].trim_ascii()).ok()?))
    };
    let mut map = HeaderMap::new();
    for (name, value) in text.split(|byte| *byte == b'\n').filter_map(pair).take(100) {
        map.append(name, value);
    }
    map
}
