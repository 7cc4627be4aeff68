//! A request as its origin gets it: in the origin's version, with the fields that cross, and its body.

use crate::host::ParentProxy;
use crate::host::target::Target;
use crate::proxy::body::{Inbound, Outgoing as OutgoingBody};
use crate::proxy::error::ProxyError;
use crate::proxy::fields::{self, Crossing};
use crate::proxy::{limits, route};
use http::header::{EXPECT, HOST, PROXY_AUTHORIZATION, TRAILER, TRANSFER_ENCODING};
use http::request::Parts;
use http::uri::{Authority, PathAndQuery, Uri};
use http::{HeaderMap, HeaderValue, Request, StatusCode, Version};
use http_body::Body;
use prometheus_client::metrics::counter::Counter;
use std::sync::Arc;
use tokio::sync::Notify;
use tokio::time::timeout;

/// A request ready to be sent.
pub struct Outgoing {
    pub request: Request<OutgoingBody>,
    /// To be told of a final answer: the body waits for it, or for the origin's `100 Continue`.
    pub held: Option<Arc<Notify>>,
}

/// Method, path, query, end-to-end fields and body stay; only their framing follows the origin's version.
pub fn outgoing<B>(
    request: Request<B>,
    target: &Target,
    crossing: Crossing,
    switching: bool,
    lost_trailers: &Counter,
) -> Result<Outgoing, ProxyError>
where
    B: Body,
    Inbound: From<B>,
{
    let (mut parts, body) = request.into_parts();
    if crossing.origin == Version::HTTP_2 {
        to_http2(&mut parts, target)?;
        parts.headers = fields::request(parts.headers, crossing, false);
    } else {
        let unframed = !body.is_end_stream() && body.size_hint().exact().is_none();
        let authority = parts.uri.authority().cloned();
        parts.uri = relative(parts.uri)?;
        parts.headers = fields::request(parts.headers, crossing, switching);
        if crossing.client == Version::HTTP_2 {
            from_http2(&mut parts, authority.as_ref(), unframed)?;
        }
    }
    let waits = crossing.origin < Version::HTTP_2
        && parts.headers.contains_key(EXPECT)
        && !body.is_end_stream();
    let undeclared = crossing.origin < Version::HTTP_2 && !parts.headers.contains_key(TRAILER);
    let mut body = OutgoingBody::new(body);
    if undeclared && !body.is_end_stream() {
        body = body.losing_trailers(lost_trailers.clone());
    }
    let request = Request::from_parts(parts, body);
    Ok(if waits {
        hold_body(request)
    } else {
        Outgoing {
            request,
            held: None,
        }
    })
}

/// `:scheme` and `:authority` take the place of Host (RFC 9113 8.3.1).
fn to_http2(parts: &mut Parts, target: &Target) -> Result<(), ProxyError> {
    parts.version = Version::HTTP_2;
    if parts.uri.scheme().is_some() && parts.uri.authority().is_some() {
        return Ok(());
    }
    let host = parts.headers.get(HOST).and_then(|host| host.to_str().ok());
    let authority = host.map_or_else(|| target.host.to_string(), str::to_owned);
    let path = parts.uri.path_and_query().map_or("/", PathAndQuery::as_str);
    let built = Uri::builder()
        .scheme("https")
        .authority(authority)
        .path_and_query(path)
        .build();
    parts.uri = built.map_err(|_| route::bad_target())?;
    Ok(())
}

/// Host comes first, as clients of HTTP/1 write it; a body of unknown length needs a framing.
fn from_http2(
    parts: &mut Parts,
    authority: Option<&Authority>,
    unframed: bool,
) -> Result<(), ProxyError> {
    parts.version = Version::HTTP_11;
    if let Some(authority) = authority.filter(|_| !parts.headers.contains_key(HOST)) {
        let host = HeaderValue::from_str(authority.as_str()).map_err(|_| route::bad_target())?;
        let mut headers = HeaderMap::with_capacity(parts.headers.len() + 1);
        headers.insert(HOST, host);
        for (name, value) in &parts.headers {
            headers.append(name.clone(), value.clone());
        }
        parts.headers = headers;
    }
    if unframed {
        parts
            .headers
            .insert(TRANSFER_ENCODING, HeaderValue::from_static("chunked"));
    }
    Ok(())
}

fn relative(uri: Uri) -> Result<Uri, ProxyError> {
    if uri.authority().is_none() {
        return Ok(uri);
    }
    let path = uri
        .into_parts()
        .path_and_query
        .unwrap_or(PathAndQuery::from_static("/"));
    Uri::builder()
        .path_and_query(path)
        .build()
        .map_err(|_| route::bad_target())
}

/// Whole, with the parent's own credentials (RFC 9112 3.2.2, RFC 9110 11.7.2).
pub fn address_to_parent<B>(
    request: &mut Request<B>,
    target: &Target,
    parent: &ParentProxy,
) -> Result<(), ProxyError> {
    let path = request
        .uri()
        .path_and_query()
        .map_or("/", PathAndQuery::as_str);
    let authority = match target.port {
        80 => target.host.to_string(),
        _ => target.to_string(),
    };
    let whole = Uri::builder()
        .scheme("http")
        .authority(authority)
        .path_and_query(path)
        .build();
    *request.uri_mut() = whole.map_err(|_| route::bad_target())?;
    if let Some(credentials) = &parent.credentials {
        request
            .headers_mut()
            .insert(PROXY_AUTHORIZATION, credentials.clone());
    }
    Ok(())
}

/// The client's body is not asked for until the origin's `100 Continue`, a final answer, or a second (RFC 9110 10.1.1).
fn hold_body(request: Request<OutgoingBody>) -> Outgoing {
    let held = Arc::new(Notify::new());
    let (informed, waiting) = (held.clone(), held.clone());
    let mut request = request.map(|body| {
        body.after(async move {
            // Either way the body may go now.
            let _ = timeout(limits::CONTINUE, waiting.notified()).await;
        })
    });
    hyper::ext::on_informational(&mut request, move |answer| {
        if answer.status() == StatusCode::CONTINUE {
            informed.notify_one();
        }
    });
    Outgoing {
        request,
        held: Some(held),
    }
}
