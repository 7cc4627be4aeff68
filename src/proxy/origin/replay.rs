//! Which requests may be sent twice, and after what (RFC 9110 9.2.2).

use crate::proxy::body::Outgoing;
use http::{Method, Request};
use http_body::Body as _;
use std::error::Error as _;

/// True when an HTTP/2 origin has closed the connection, or refused the stream before it looked at it (RFC 9113 8.7).
pub fn is_disowned(error: &hyper::Error) -> bool {
    let Some(cause) = error.source() else {
        return false;
    };
    // hyper takes it out of h2's error when the connection breaks under all of its streams.
    if cause.is::<std::io::Error>() {
        return true;
    }
    cause.downcast_ref::<h2::Error>().is_some_and(|cause| {
        cause.is_go_away() || cause.is_io() || cause.reason() == Some(h2::Reason::REFUSED_STREAM)
    })
}

/// A copy to send again, for requests that may be sent twice.
pub fn spare(request: &Request<Outgoing>) -> Option<Request<Outgoing>> {
    let idempotent = matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS | Method::TRACE | Method::PUT | Method::DELETE
    );
    if !idempotent || !request.body().is_end_stream() {
        return None;
    }
    let mut copy = Request::new(Outgoing::empty());
    *copy.method_mut() = request.method().clone();
    *copy.uri_mut() = request.uri().clone();
    *copy.version_mut() = request.version();
    *copy.headers_mut() = request.headers().clone();
    // Holds the names' case.
    *copy.extensions_mut() = request.extensions().clone();
    Some(copy)
}
