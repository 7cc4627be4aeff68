//! One exchange: the request goes out as it came, the answer comes back with our one field.

use crate::proxy::body::{Body, Inbound, Outgoing, Relay};
use crate::proxy::error::ProxyError;
use crate::proxy::fields::{self, Crossing};
use crate::proxy::observe::Noted;
use crate::proxy::origin::{Line, Origin, Scheme, Sent};
use crate::proxy::{Proxy, limits, route, switch};
use http::header::{EXPECT, HOST, TRANSFER_ENCODING, VIA};
use http::uri::{Authority, PathAndQuery, Uri};
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, Version};
use http_body::Body as HttpBody;
use std::net::IpAddr;
use std::sync::Arc;
use tokio::sync::Notify;
use tokio::time::timeout;

/// The exchanges of one client connection with one origin.
pub struct Forwarding {
    pub proxy: Arc<Proxy>,
    pub origin: Arc<Origin>,
    pub client: IpAddr,
    pub form: Form,
}

/// How the client writes its targets (RFC 9112 3.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Inside a tunnel: a path.
    Origin,
    /// To the proxy itself: a whole URI.
    Absolute,
}

impl Forwarding {
    /// The answer, or ours when there is none.
    pub async fn answer_or_explain<B>(&self, request: Request<B>) -> Response<Body>
    where
        B: HttpBody,
        Inbound: From<B>,
    {
        let version = request.version();
        let answer = self.answer(request).await;
        answer.unwrap_or_else(|error| route::explain(&self.proxy, &error, self.client, version))
    }

    pub async fn answer<B>(&self, mut request: Request<B>) -> Result<Response<Body>, ProxyError>
    where
        B: HttpBody,
        Inbound: From<B>,
    {
        if request.method() == Method::CONNECT {
            return Err(ProxyError::bad_request(
                "there is no CONNECT inside CONNECT",
            ));
        }
        let target = &self.origin.key.target;
        route::check(request.headers(), request.uri(), request.version(), target)?;
        self.check_loop(request.headers())?;
        let noted = self.proxy.intercepts(target).then(|| Noted::of(&request));
        if let Some(noted) = &noted {
            self.proxy.observer.expect_answer(noted, self);
        }
        let line = self.origin.line(request.version(), self.client).await?;
        let crossing = Crossing {
            client: request.version(),
            origin: line.version(),
        };
        let switching = matches!(line, Line::Http1)
            && fields::asks_to_switch(request.headers(), request.version());
        let upgrade = switching.then(|| hyper::upgrade::on(&mut request));
        let (outgoing, answered) = self.outgoing(request, crossing, switching)?;
        let sent = self.origin.send(line, outgoing, self.client).await;
        answered.notify_one();
        let sent = sent?;
        if !fields::is_clearly_framed(sent.response.headers()) {
            return Err(unclear());
        }
        if sent.response.status() == StatusCode::SWITCHING_PROTOCOLS {
            return switch::join(&self.proxy, upgrade, sent.response, crossing);
        }
        Ok(self.incoming(noted.as_ref(), sent, crossing).await)
    }

    /// The request for the origin, and what to tell once a final answer is there.
    fn outgoing<B>(
        &self,
        request: Request<B>,
        crossing: Crossing,
        switching: bool,
    ) -> Result<(Request<Outgoing>, Arc<Notify>), ProxyError>
    where
        B: HttpBody,
        Inbound: From<B>,
    {
        let (mut parts, body) = request.into_parts();
        let unframed = !body.is_end_stream() && body.size_hint().exact().is_none();
        let authority = self.authority(&parts.headers, &parts.uri);
        let mut headers = fields::request(parts.headers, crossing, switching);
        if crossing.origin == Version::HTTP_2 {
            parts.uri = absolute(&parts.uri, &authority)?;
            parts.version = Version::HTTP_2;
        } else {
            parts.uri = relative(parts.uri)?;
            if crossing.client == Version::HTTP_2 {
                headers = with_host_first(headers, &authority)?;
                parts.version = Version::HTTP_11;
                if unframed {
                    headers.insert(TRANSFER_ENCODING, HeaderValue::from_static("chunked"));
                }
            }
        }
        self.sign(&mut headers);
        let waits = crossing.origin < Version::HTTP_2
            && headers.contains_key(EXPECT)
            && !body.is_end_stream();
        parts.headers = headers;
        let mut request = Request::from_parts(parts, Outgoing::new(body));
        let go = Arc::new(Notify::new());
        if waits {
            request = hold_body(request, &go);
        }
        Ok((request, go))
    }

    async fn incoming(
        &self,
        noted: Option<&Noted>,
        sent: Sent,
        crossing: Crossing,
    ) -> Response<Body> {
        let (mut parts, body) = sent.response.into_parts();
        // What stands behind an answer with two lengths may be anything: nobody else gets this connection.
        let lease = sent
            .lease
            .filter(|_| !fields::has_two_lengths(&parts.headers));
        let mut relay = Box::new(Relay::new(body, lease));
        parts.headers = fields::response(parts.headers, crossing, false);
        parts.version = if crossing.client == Version::HTTP_2 {
            Version::HTTP_2
        } else {
            Version::HTTP_11
        };
        if let Some(noted) = noted {
            self.proxy
                .observer
                .annotate(noted, self, &mut parts, &mut relay)
                .await;
        }
        self.sign(&mut parts.headers);
        Response::from_parts(parts, Body::Relay(relay))
    }

    /// The canonical host, without a port.
    pub fn host(&self) -> String {
        self.origin.key.target.host.to_string()
    }

    /// `:authority` or Host as the client sent it, which may carry a port.
    fn authority(&self, headers: &HeaderMap, uri: &Uri) -> String {
        let sent = uri
            .authority()
            .map(Authority::as_str)
            .or_else(|| headers.get(HOST)?.to_str().ok());
        sent.map_or_else(|| self.origin.key.target.host.to_string(), str::to_owned)
    }

    /// `Via` on plain HTTP only: inside an intercepted exchange it would change what origins do.
    fn sign(&self, headers: &mut HeaderMap) {
        if self.origin.key.scheme == Scheme::Http
            && let Ok(via) = HeaderValue::from_str(&format!("1.1 {}", self.proxy.pseudonym))
        {
            headers.append(VIA, via);
        }
    }

    fn check_loop(&self, headers: &HeaderMap) -> Result<(), ProxyError> {
        let ours = |value: &HeaderValue| {
            value
                .to_str()
                .is_ok_and(|via| via.contains(&self.proxy.pseudonym))
        };
        if self.form == Form::Absolute && headers.get_all(VIA).iter().any(ours) {
            return Err(route::looped());
        }
        Ok(())
    }
}

/// The client's body is not asked for until the origin's `100 Continue`, a final answer, or a second (RFC 9110 10.1.1).
fn hold_body(request: Request<Outgoing>, go: &Arc<Notify>) -> Request<Outgoing> {
    let (informed, waiting) = (go.clone(), go.clone());
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
    request
}

fn unclear() -> ProxyError {
    ProxyError::origin(
        StatusCode::BAD_GATEWAY,
        "http_response_transfer_coding",
        "the origin's answer has a Transfer-Encoding other than chunked",
    )
}

fn absolute(uri: &Uri, authority: &str) -> Result<Uri, ProxyError> {
    let path = uri.path_and_query().map_or("/", PathAndQuery::as_str);
    let built = Uri::builder()
        .scheme("https")
        .authority(authority)
        .path_and_query(path)
        .build();
    built.map_err(|_| route::bad_target())
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

fn with_host_first(headers: HeaderMap, authority: &str) -> Result<HeaderMap, ProxyError> {
    if headers.contains_key(HOST) {
        return Ok(headers);
    }
    let mut first = HeaderMap::with_capacity(headers.len() + 1);
    first.insert(
        HOST,
        HeaderValue::from_str(authority).map_err(|_| route::bad_target())?,
    );
    for (name, value) in &headers {
        first.append(name.clone(), value.clone());
    }
    Ok(first)
}
