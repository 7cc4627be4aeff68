//! `101 Switching Protocols`: both connections leave HTTP and are joined.

use crate::proxy::body::Body;
use crate::proxy::error::ProxyError;
use crate::proxy::fields::{self, Crossing};
use crate::proxy::{Proxy, tunnel};
use http::{Response, StatusCode};
use hyper::body::Incoming;
use hyper::upgrade::OnUpgrade;
use hyper_util::rt::TokioIo;
use std::sync::Arc;

/// Passes the 101 on and joins the two streams once both sides have switched.
pub fn join(
    proxy: &Arc<Proxy>,
    client: Option<OnUpgrade>,
    mut answer: Response<Incoming>,
    crossing: Crossing,
) -> Result<Response<Body>, ProxyError> {
    let Some(client) = client else {
        return Err(ProxyError::origin(
            StatusCode::BAD_GATEWAY,
            "http_upgrade_failed",
            "the origin switched protocols without being asked",
        ));
    };
    let origin = hyper::upgrade::on(&mut answer);
    let drain = proxy.drain.clone();
    let proxy = proxy.clone();
    drain.spawn(async move {
        // Either side may be gone before it has switched.
        if let (Ok(client), Ok(origin)) = tokio::join!(client, origin) {
            tunnel::join(&proxy, TokioIo::new(client), TokioIo::new(origin)).await;
        }
    });
    let (mut parts, _) = answer.into_parts();
    parts.headers = fields::response(parts.headers, crossing, true);
    Ok(Response::from_parts(parts, Body::empty()))
}
