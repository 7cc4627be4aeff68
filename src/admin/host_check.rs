//! Which names the admin pages answer to, and to whose pages.

use crate::host::target::{Host, Target};
use http::header::{HOST, ORIGIN};
use http::{HeaderMap, HeaderValue, Request};

/// A page of another site gets nothing: neither under its own name, resolved to loopback (DNS rebinding), nor by asking
/// across origins (H-C9).
pub fn is_asked_here<B>(request: &Request<B>) -> bool {
    let headers = request.headers();
    let authority = request.uri().authority();
    headers.contains_key(HOST)
        && all(headers, HOST, names_this_machine)
        && authority.is_none_or(|authority| names_this_machine(authority.as_str()))
        && all(headers, ORIGIN, |origin| {
            let authority = origin.strip_prefix("http://");
            authority.is_some_and(names_this_machine)
        })
}

fn all(headers: &HeaderMap, name: http::HeaderName, fits: impl Fn(&str) -> bool) -> bool {
    let text = |value: &HeaderValue| value.to_str().is_ok_and(&fits);
    headers.get_all(name).iter().all(text)
}

fn names_this_machine(authority: &str) -> bool {
    match Target::parse(authority, Some(80)).map(|target| target.host) {
        Ok(Host::Ip(_)) => true,
        Ok(Host::Name(name)) => name == "localhost",
        Err(_) => false,
    }
}
