//! Our answer and event for a request head that hyper cannot parse (H-M2).

mod salvage;

use crate::proxy::Proxy;
use crate::proxy::body::Body;
use crate::proxy::error::{PROXY_STATUS, ProxyError};
use crate::proxy::forward::Forwarding;
use crate::proxy::head_gate::{Unparsable, UnparsableKind};
use http::{Response, Version};
pub use salvage::Salvaged;
use std::net::IpAddr;

/// On the proxy port itself, where nobody has said yet which host is meant.
pub fn on_proxy_port(proxy: &Proxy, client: IpAddr, head: &Unparsable) -> Vec<u8> {
    proxy.metrics.unparsable_heads.inc();
    let error = explain(head.kind);
    proxy.observer.refused(&error, client);
    raw(&error)
}

/// Inside an intercepted connection: its credentials may be what broke it.
pub fn inside(forwarding: &Forwarding, head: &Unparsable) -> Vec<u8> {
    let proxy = &forwarding.proxy;
    proxy.metrics.unparsable_heads.inc();
    let error = explain(head.kind);
    if !proxy
        .observer
        .diagnose_broken(&Salvaged::read(&head.head), error.status, forwarding)
    {
        proxy.observer.refused(&error, forwarding.client);
    }
    raw(&error)
}

/// The same for HTTP/2, which hyper does not count.
pub fn too_many_fields(forwarding: &Forwarding) -> Response<Body> {
    let error = explain(UnparsableKind::FieldsTooLarge);
    forwarding.proxy.metrics.unparsable_heads.inc();
    forwarding.proxy.observer.refused(&error, forwarding.client);
    error.respond(Version::HTTP_2)
}

fn explain(kind: UnparsableKind) -> ProxyError {
    let text = match kind {
        UnparsableKind::Malformed => {
            "the request head is not valid HTTP/1: look for line breaks and control characters in its fields"
        }
        UnparsableKind::TargetTooLong => "the request target is longer than 65,534 bytes",
        UnparsableKind::FieldsTooLarge => "the request has too many fields, or too large ones",
        UnparsableKind::TimedOut => "the request head did not come to its end in time",
        UnparsableKind::CutOff => "the connection was closed in the middle of the request head",
    };
    ProxyError::client(kind.status(), "http_request_error", text)
}

/// HTTP/1.1 by hand, because hyper has already given this connection up.
fn raw(error: &ProxyError) -> Vec<u8> {
    let body = format!("why401: {error}\n");
    let reason = error.status.canonical_reason().unwrap_or_default();
    let status = error.proxy_status();
    let head = format!(
        "HTTP/1.1 {} {reason}\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: {}\r\n{PROXY_STATUS}: {}\r\nconnection: close\r\n\r\n",
        error.status.as_u16(),
        body.len(),
        status.to_str().unwrap_or_default(),
    );
    (head + &body).into_bytes()
}
