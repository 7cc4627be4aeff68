//! What a request goes over: a pooled connection, a new one, or the shared one.

use super::Origin;
use super::dial::Dialled;
use super::pool::Http2;
use super::wire::Http1;
use crate::proxy::error::ProxyError;
use crate::proxy::limits;
use crate::tls::Alpn;
use http::{StatusCode, Version};
use std::net::IpAddr;
use std::time::Instant;
use tokio::time::timeout;

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

    /// A pooled connection that is ready, or a new one.
    pub(super) async fn wire(&self, client: IpAddr) -> Result<(Http1, bool), ProxyError> {
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
    pub(super) async fn http2(&self, client: IpAddr) -> Result<Option<Http2>, ProxyError> {
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
