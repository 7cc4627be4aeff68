//! A client's body on its way to an origin.

use super::idle::Idle;
use super::{BodyError, FormStart};
use crate::proxy::head_gate::RequestBody;
use crate::proxy::limits;
use bytes::Bytes;
use http_body::{Body as HttpBody, Frame, SizeHint};
use hyper::body::Incoming;
use prometheus_client::metrics::counter::Counter;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, ready};

/// A client's body on its way to an origin.
pub struct Outgoing {
    inner: Inbound,
    /// Ends when the body may be polled: the origin's `100 Continue`, a final answer, or a second.
    wait: Option<Pin<Box<dyn Future<Output = ()> + Send>>>,
    idle: Idle,
    /// Only of a body that is one.
    progress: Option<Progress>,
    lost_trailers: Option<Counter>,
    /// Takes a copy of its beginning.
    form: Option<FormStart>,
}

/// How many pieces of a body the origin's connection has taken.
#[derive(Clone, Default)]
pub struct Progress(Arc<AtomicU64>);

impl Progress {
    pub fn count(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// Where a client's body comes from.
pub enum Inbound {
    Empty,
    /// HTTP/1, through the head gate.
    Gated(RequestBody),
    /// HTTP/2.
    Streamed(Incoming),
}

impl From<RequestBody> for Inbound {
    fn from(body: RequestBody) -> Self {
        Self::Gated(body)
    }
}

impl From<Incoming> for Inbound {
    fn from(body: Incoming) -> Self {
        Self::Streamed(body)
    }
}

impl Outgoing {
    pub fn new(inner: impl Into<Inbound>) -> Self {
        let mut body = Self {
            inner: inner.into(),
            wait: None,
            idle: Idle::new(limits::BODY_IDLE),
            progress: None,
            lost_trailers: None,
            form: None,
        };
        body.progress = (!body.is_end_stream()).then(Progress::default);
        body
    }

    /// `None` for an empty body.
    pub fn progress(&self) -> Option<Progress> {
        self.progress.clone()
    }

    pub fn empty() -> Self {
        Self::new(Inbound::Empty)
    }

    /// Counts trailers: hyper will not send them to this origin.
    pub fn losing_trailers(mut self, lost: Counter) -> Self {
        self.lost_trailers = Some(lost);
        self
    }

    /// Lets the diagnosis see the beginning of a form as it passes.
    pub fn note_form(&mut self, form: FormStart) {
        self.form = Some(form);
    }

    /// Holds the body back until `wait` ends.
    pub fn after(mut self, wait: impl Future<Output = ()> + Send + 'static) -> Self {
        self.wait = Some(Box::pin(wait));
        self
    }
}

impl HttpBody for Outgoing {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        if let Some(wait) = &mut self.wait {
            ready!(wait.as_mut().poll(cx));
            self.wait = None;
        }
        let frame = match &mut self.inner {
            Inbound::Empty => return Poll::Ready(None),
            Inbound::Gated(body) => Pin::new(body).poll_frame(cx),
            Inbound::Streamed(body) => Pin::new(body).poll_frame(cx),
        };
        let Poll::Ready(frame) = frame else {
            ready!(self.idle.poll(cx));
            return Poll::Ready(Some(Err("the client sent nothing for too long".into())));
        };
        self.idle.progress();
        if let Some(Progress(count)) = &self.progress {
            count.fetch_add(1, Ordering::Relaxed);
        }
        if let (Some(form), Some(Ok(frame))) = (&self.form, &frame)
            && let Some(data) = frame.data_ref()
        {
            form.passed(data, self.is_end_stream());
        } else if let (Some(form), None) = (&self.form, &frame) {
            form.passed(&[], true);
        }
        if let (Some(lost), Some(Ok(frame))) = (&self.lost_trailers, &frame)
            && frame.is_trailers()
        {
            lost.inc();
        }
        Poll::Ready(frame.map(|frame| frame.map_err(Into::into)))
    }

    fn is_end_stream(&self) -> bool {
        match &self.inner {
            Inbound::Empty => true,
            Inbound::Gated(body) => body.is_end_stream(),
            Inbound::Streamed(body) => body.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        // A known zero would have hyper add a Content-Length that the client did not send.
        if self.is_end_stream() {
            return SizeHint::default();
        }
        match &self.inner {
            Inbound::Empty => SizeHint::default(),
            Inbound::Gated(body) => body.size_hint(),
            Inbound::Streamed(body) => body.size_hint(),
        }
    }
}
