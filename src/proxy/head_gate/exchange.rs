//! What a service call tells the gate, and the bodies on both sides of it.

use super::course::Framing;
use super::shared::Shared;
use bytes::Bytes;
use http::{Method, Request, Response, StatusCode, header};
use http_body::{Body, Frame, SizeHint};
use hyper::body::Incoming;
use hyper::upgrade::OnUpgrade;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

/// One request from its call until its response's body is dropped.
pub struct Exchange {
    shared: Arc<Shared>,
    call: u64,
    connect: bool,
    upgrade: Option<OnUpgrade>,
}

impl Exchange {
    /// Must run in the synchronous part of hyper's call: between its parsing of a head and its next read.
    pub fn begin(shared: Arc<Shared>, request: Request<Incoming>) -> (Self, Request<RequestBody>) {
        let framing = framing(request.body());
        let connect = request.method() == Method::CONNECT;
        let may_switch = connect || request.headers().contains_key(header::UPGRADE);
        let call = shared.called(framing, may_switch);
        let watched = (framing == Framing::Chunked).then(|| (shared.clone(), call));
        let exchange = Self {
            upgrade: may_switch
                .then(|| request.extensions().get().cloned())
                .flatten(),
            shared,
            call,
            connect,
        };
        let request = request.map(|incoming| RequestBody { incoming, watched });
        (exchange, request)
    }

    /// The response as hyper gets it.
    pub fn answer<B>(mut self, response: Response<B>) -> Response<ResponseBody<B>> {
        let status = response.status();
        let upgrade = self.upgrade.take();
        match status == StatusCode::SWITCHING_PROTOCOLS || self.connect && status.is_success() {
            true => self.shared.switched(self.call),
            false => self.shared.stayed(self.call, upgrade),
        }
        response.map(|body| ResponseBody {
            body,
            _exchange: self,
        })
    }
}

impl Drop for Exchange {
    fn drop(&mut self) {
        self.shared.response_dropped();
    }
}

fn framing(body: &Incoming) -> Framing {
    match body.size_hint().exact() {
        _ if body.is_end_stream() => Framing::Empty,
        Some(n) => Framing::Length(n),
        None => Framing::Chunked,
    }
}

/// A request's body: hyper's own, watched to its end where only its reader can tell when that is.
pub struct RequestBody {
    incoming: Incoming,
    watched: Option<(Arc<Shared>, u64)>,
}

impl From<Incoming> for RequestBody {
    /// A body that no gate watches: of HTTP/2, which has no heads to look for.
    fn from(incoming: Incoming) -> Self {
        Self {
            incoming,
            watched: None,
        }
    }
}

impl Body for RequestBody {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let poll = Pin::new(&mut self.incoming).poll_frame(cx);
        let ended = match &poll {
            Poll::Ready(None) => true,
            Poll::Ready(Some(Ok(frame))) => frame.is_trailers(),
            _ => false,
        };
        if ended && let Some((shared, call)) = self.watched.take() {
            shared.body_ended(call);
        }
        poll
    }

    fn is_end_stream(&self) -> bool {
        self.incoming.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.incoming.size_hint()
    }
}

/// A response's body: the service's own. While it exists, what hyper writes was asked for.
pub struct ResponseBody<B> {
    body: B,
    _exchange: Exchange,
}

impl<B: Body + Unpin> Body for ResponseBody<B> {
    type Data = B::Data;
    type Error = B::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<B::Data>, B::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
