//! A request to an origin: the line it goes over, and when it may be sent twice.

use super::Origin;
use super::dial::Dialled;
use super::pool::{Http2, Lease};
use super::wire::Http1;
use crate::proxy::body::{Outgoing, Progress};
use crate::proxy::error::ProxyError;
use crate::proxy::limits;
use crate::tls::Alpn;
use http::{Method, Request, Response, StatusCode, Version};
use http_body::Body as _;
use hyper::body::Incoming;
use std::error::Error as _;
use std::net::IpAddr;
use std::time::Instant;
use tokio::time::{sleep, timeout};

/// What a request goes over; known before its fields are written.
pub enum Line {
    Http1,
    Http2(Http2),
}

impl Line {
    pub fn version(&self) -> Version {
        match self {
            Self::Http1 => Version::HTTP_11,
            Self::Http2(_) => Version::HTTP_2,
        }
    }
}

/// An answer, and the connection to give back when its body has ended.
pub struct Sent {
    pub response: Response<Incoming>,
    pub lease: Option<Lease>,
}

impl Origin {
    /// Makes sure that a verified connection is open, so that CONNECT can be answered.
    pub async fn ensure(&self, client: IpAddr) -> Result<(), ProxyError> {
        if self.pool.is_alive() {
            return Ok(());
        }
        match self.dial(Alpn::Http1, client).await? {
            Dialled::Http1(wire) => self.pool.put(wire),
            Dialled::Http2(sender) => drop(self.pool.share(sender)),
        }
        Ok(())
    }

    /// True when the origin speaks HTTP/2; dials to find out.
    pub async fn speaks_http2(&self, client: IpAddr) -> bool {
        matches!(self.http2(client).await, Ok(Some(_)))
    }

    /// True once the origin has refused everything but HTTP/2.
    pub fn is_http2_only(&self) -> bool {
        self.pool.is_http2_only()
    }

    /// Mirrors the client's version where the origin speaks it.
    pub async fn line(&self, version: Version, client: IpAddr) -> Result<Line, ProxyError> {
        if version < Version::HTTP_2 {
            // The first connection shows whether the origin speaks HTTP/1 at all.
            self.ensure(client).await?;
        }
        if (version == Version::HTTP_2 || self.pool.is_http2_only())
            && let Some(shared) = self.http2(client).await?
        {
            return Ok(Line::Http2(shared));
        }
        Ok(Line::Http1)
    }

    /// Sends over the given line. Nothing is repeated but a request that never left, and once a body-less
    /// idempotent one whose reused connection died without a byte of an answer (RFC 9110 9.2.2).
    pub async fn send(
        &self,
        line: Line,
        request: Request<Outgoing>,
        client: IpAddr,
    ) -> Result<Sent, ProxyError> {
        let progress = request.body().progress();
        let taken = || progress.as_ref().map_or(0, Progress::count);
        let late = || {
            Err(ProxyError::origin(
                StatusCode::GATEWAY_TIMEOUT,
                "http_response_timeout",
                "the origin did not answer in time",
            ))
        };
        match line {
            Line::Http1 => tokio::select! {
                sent = self.send_http1(request, client) => sent,
                () = silence(taken) => late(),
            },
            Line::Http2(shared) => tokio::select! {
                sent = self.send_http2(shared, request, client) => sent,
                () = silence(taken) => late(),
            },
        }
    }

    async fn send_http1(
        &self,
        mut request: Request<Outgoing>,
        client: IpAddr,
    ) -> Result<Sent, ProxyError> {
        let mut replayed = false;
        loop {
            let (mut wire, reused) = self.wire(client).await?;
            let spare = (reused && !replayed).then(|| spare(&request)).flatten();
            let before = wire.received();
            let error = match wire.sender.try_send_request(request).await {
                Ok(response) => {
                    return Ok(Sent {
                        response,
                        lease: Some(Lease::new(self.pool.clone(), wire)),
                    });
                }
                Err(error) => error,
            };
            let silent = wire.received() == before;
            request = match (into_parts(error), spare) {
                ((Some(unsent), _), _) if reused => unsent,
                ((None, _), Some(spare)) if silent => {
                    replayed = true;
                    spare
                }
                ((_, error), _) => return Err(explain(&error)),
            };
        }
    }

    async fn send_http2(
        &self,
        mut shared: Http2,
        mut request: Request<Outgoing>,
        client: IpAddr,
    ) -> Result<Sent, ProxyError> {
        let mut again = false;
        loop {
            let spare = (!again).then(|| spare(&request)).flatten();
            let (unsent, cause) = match shared.sender.try_send_request(request).await {
                Ok(response) => {
                    return Ok(Sent {
                        response,
                        lease: None,
                    });
                }
                Err(error) => into_parts(error),
            };
            let spare = unsent.or(spare.filter(|_| is_disowned(&cause)));
            request = spare.filter(|_| !again).ok_or_else(|| explain(&cause))?;
            again = true;
            self.pool.unshare(&shared);
            shared = self.http2(client).await?.ok_or_else(|| explain(&cause))?;
        }
    }

    /// A pooled connection that is ready, or a new one.
    async fn wire(&self, client: IpAddr) -> Result<(Http1, bool), ProxyError> {
        while let Some(mut wire) = self.pool.take() {
            // Not ready: the origin answered early and its request's body is still on its way.
            if matches!(
                timeout(limits::POOL_READY, wire.sender.ready()).await,
                Ok(Ok(()))
            ) {
                return Ok((wire, true));
            }
        }
        match self.dial(Alpn::Http1, client).await? {
            Dialled::Http1(wire) => Ok((wire, false)),
            Dialled::Http2(sender) => {
                self.pool.share(sender);
                Err(ProxyError::origin(
                    StatusCode::BAD_GATEWAY,
                    "http_protocol_error",
                    "the origin has stopped speaking HTTP/1.1, try again",
                ))
            }
        }
    }

    /// The shared HTTP/2 connection; `None` when the origin speaks only HTTP/1.
    async fn http2(&self, client: IpAddr) -> Result<Option<Http2>, ProxyError> {
        if let Some(shared) = self.pool.http2() {
            return Ok(Some(shared));
        }
        if self.key.scheme == super::Scheme::Http || self.pool.is_http1_only() {
            return Ok(None);
        }
        let asked = Instant::now();
        let mut failed = self.dialling_http2.lock().await;
        if let Some(shared) = self.pool.http2() {
            return Ok(Some(shared));
        }
        if let Some((_, error)) = failed.as_ref().filter(|(at, _)| *at >= asked) {
            return Err(error.clone());
        }
        match self.dial(Alpn::Both, client).await {
            Ok(Dialled::Http2(sender)) => Ok(Some(self.pool.share(sender))),
            Ok(Dialled::Http1(wire)) => {
                self.pool.note_http1_only();
                self.pool.put(wire);
                Ok(None)
            }
            Err(error) => {
                *failed = Some((Instant::now(), error.clone()));
                Err(error)
            }
        }
    }
}

/// Ends when for [`limits::ANSWER_HEAD`], or at most twice that, the origin has not `taken` a piece of the body.
async fn silence(taken: impl Fn() -> u64) {
    loop {
        let before = taken();
        sleep(limits::ANSWER_HEAD).await;
        if taken() == before {
            return;
        }
    }
}

/// True when an HTTP/2 origin has closed the connection, or refused the stream before it looked at it (RFC 9113 8.7).
fn is_disowned(error: &hyper::Error) -> bool {
    let cause = error
        .source()
        .and_then(|cause| cause.downcast_ref::<h2::Error>());
    cause.is_some_and(|cause| {
        cause.is_go_away() || cause.is_io() || cause.reason() == Some(h2::Reason::REFUSED_STREAM)
    })
}

fn into_parts(
    mut error: hyper::client::conn::TrySendError<Request<Outgoing>>,
) -> (Option<Request<Outgoing>>, hyper::Error) {
    (error.take_message(), error.into_error())
}

/// A copy to send again, for requests that may be sent twice.
fn spare(request: &Request<Outgoing>) -> Option<Request<Outgoing>> {
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

/// Our answer for an exchange that the origin did not finish.
fn explain(error: &hyper::Error) -> ProxyError {
    let (kind, text) = if error.is_parse() || error.is_parse_too_large() {
        (
            "http_protocol_error",
            "the origin's answer is not valid HTTP",
        )
    } else if error.is_incomplete_message() || error.is_closed() || error.is_canceled() {
        (
            "connection_terminated",
            "the origin closed the connection before it answered",
        )
    } else if error.is_timeout() {
        ("http_response_timeout", "the origin did not answer in time")
    } else {
        (
            "connection_terminated",
            "the connection to the origin broke before it answered",
        )
    };
    ProxyError::origin(StatusCode::BAD_GATEWAY, kind, text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;
    use std::time::Duration;

    #[tokio::test(start_paused = true)]
    async fn an_upload_that_goes_on_may_take_longer_than_an_answer() {
        let taken = Cell::new(0);
        let start = tokio::time::Instant::now();
        let upload = async {
            for _ in 0..12 {
                sleep(Duration::from_secs(300)).await;
                taken.set(taken.get() + 1);
            }
            std::future::pending::<()>().await;
        };
        tokio::select! {
            () = upload => {}
            () = silence(|| taken.get()) => {}
        }
        let silent = start.elapsed().as_secs() - 12 * 300;
        assert!((600..=1200).contains(&silent), "{silent}");
    }

    #[tokio::test(start_paused = true)]
    async fn an_origin_that_is_not_sent_anything_more_has_ten_minutes() {
        let start = tokio::time::Instant::now();
        silence(|| 0).await;
        assert_eq!(start.elapsed().as_secs(), 600);
    }
}
