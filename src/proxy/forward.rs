//! One exchange: the request goes out as it came, the answer comes back with our one field.

mod request;

use crate::proxy::body::{Body, Inbound, Relay};
use crate::proxy::error::ProxyError;
use crate::proxy::fields::{self, Crossing};
use crate::proxy::intercept::Caller;
use crate::proxy::observe::{LastSent, Noted};
use crate::proxy::origin::{self, Line, Origin, Scheme, Sent};
use crate::proxy::route::Asker;
use crate::proxy::{Proxy, route, switch};
use http::header::{PROXY_AUTHORIZATION, TRAILER, VIA};
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, Version};
use http_body::Body as HttpBody;
use std::borrow::Cow;
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;

/// The exchanges of one client connection with one origin.
pub struct Forwarding {
    pub proxy: Arc<Proxy>,
    pub origin: Arc<Origin>,
    pub client: IpAddr,
    pub form: Form,
    pub last_sent: LastSent,
    pub first: FirstRequest,
    /// That the client sends credentials of the proxy has been said.
    pub warned: AtomicBool,
}

/// Whether a connection has brought a request yet; the first one shows that its client trusts the CA.
#[derive(Default)]
pub struct FirstRequest {
    caller: Option<Caller>,
    came: AtomicBool,
}

impl FirstRequest {
    pub fn of(caller: Caller) -> Self {
        Self {
            caller: Some(caller),
            came: AtomicBool::new(false),
        }
    }

    pub fn has_come(&self) -> bool {
        self.came.load(Relaxed)
    }

    fn note(&self, proxy: &Proxy) {
        if self.has_come() || self.came.swap(true, Relaxed) {
            return;
        }
        if let Some(caller) = &self.caller {
            proxy.observer.served.note(caller);
        }
    }
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
        self.first.note(&self.proxy);
        let answer = self.answer(request).await;
        let asker = Asker {
            client: self.client,
            target: Some(&self.origin.key.target),
            user_agent: None,
            version,
        };
        answer.unwrap_or_else(|error| route::explain(&self.proxy, &error, asker))
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
        self.warn_of_leak(request.headers());
        let noted = self.proxy.diagnoses(target).then(|| self.note(&request));
        if let Some(noted) = &noted {
            self.proxy.tally.exchange();
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
        let takes_trailers = fields::takes_trailers(request.headers(), crossing.client);
        let lost = &self.proxy.metrics.lost_trailers;
        let mut outgoing = request::outgoing(request, target, crossing, switching, lost)?;
        if let Some(form) = noted.as_ref().and_then(Noted::form) {
            outgoing.request.body_mut().note_form(form.clone());
        }
        self.sign(outgoing.request.headers_mut());
        let parent = self.origin.parent_for_plain();
        if let Some(parent) = parent {
            request::address_to_parent(&mut outgoing.request, target, parent)?;
        }
        let sent = self.origin.send(line, outgoing.request, self.client).await;
        if let Some(held) = outgoing.held {
            // A final answer lets the body go, too.
            held.notify_one();
        }
        let sent = sent?;
        let status = sent.response.status();
        if parent.is_some() && status == StatusCode::PROXY_AUTHENTICATION_REQUIRED {
            return Err(origin::parent_refused(status));
        }
        if !fields::is_clearly_framed(sent.response.headers()) {
            return Err(unclear());
        }
        if sent.response.status() == StatusCode::SWITCHING_PROTOCOLS {
            return switch::join(&self.proxy, upgrade, sent.response, crossing);
        }
        Ok(self
            .incoming(noted.as_ref(), sent, crossing, takes_trailers)
            .await)
    }

    async fn incoming(
        &self,
        noted: Option<&Noted>,
        sent: Sent,
        crossing: Crossing,
        takes_trailers: bool,
    ) -> Response<Body> {
        let (mut parts, body) = sent.response.into_parts();
        // What stands behind an answer with two lengths may be anything: nobody else gets this connection.
        let lease = sent
            .lease
            .filter(|_| !fields::has_two_lengths(&parts.headers));
        let mut relay = Box::new(Relay::new(body, lease));
        if !takes_trailers
            || crossing.client < Version::HTTP_2 && !parts.headers.contains_key(TRAILER)
        {
            relay.losing_trailers(self.proxy.metrics.lost_trailers.clone());
        }
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

    fn note<B>(&self, request: &Request<B>) -> Noted {
        let noted = Noted::of(request);
        match self.form {
            Form::Origin => noted,
            Form::Absolute => noted.in_absolute_form(),
        }
    }

    /// The canonical host, without a port.
    pub fn host(&self) -> Cow<'_, str> {
        self.origin.key.target.host.bare()
    }

    /// `Via` on plain HTTP only: inside an intercepted exchange it would change what origins do.
    fn sign(&self, headers: &mut HeaderMap) {
        if self.origin.key.scheme == Scheme::Http
            && let Ok(via) = HeaderValue::from_str(&format!("1.1 {}", self.proxy.pseudonym))
        {
            headers.append(VIA, via);
        }
    }

    /// `Proxy-Authorization` belongs to CONNECT. Inside it would go to the origin, from a client without a proxy, too.
    fn warn_of_leak(&self, headers: &HeaderMap) {
        let leaks = self.form == Form::Origin && headers.contains_key(PROXY_AUTHORIZATION);
        if leaks && !self.warned.swap(true, Relaxed) {
            tracing::warn!(
                client = %self.client,
                host = %self.host(),
                "the client sent Proxy-Authorization inside the tunnel, removed: set proxy credentials in the proxy's URL, \
                 not as a header of each request"
            );
        }
    }

    fn check_loop(&self, headers: &HeaderMap) -> Result<(), ProxyError> {
        match self.form {
            Form::Absolute => route::check_loop(&self.proxy, headers),
            Form::Origin => Ok(()),
        }
    }
}

fn unclear() -> ProxyError {
    ProxyError::origin(
        StatusCode::BAD_GATEWAY,
        "http_response_transfer_coding",
        "the origin's answer has a Transfer-Encoding other than chunked",
    )
}
