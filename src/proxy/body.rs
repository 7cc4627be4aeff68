//! Bodies on their way: what a client gets, and what an origin gets.

use crate::output::field::X_AUTH_DIAGNOSIS;
use crate::proxy::head_gate::RequestBody;
use crate::proxy::limits;
use crate::proxy::origin::Lease;
use bytes::Bytes;
use http::HeaderMap;
use http_body::{Body as HttpBody, Frame, SizeHint};
use hyper::body::Incoming;
use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::time::{Instant, Sleep, sleep};

pub type BodyError = Box<dyn std::error::Error + Send + Sync>;

/// The body of an answer to a client.
pub enum Body {
    /// Our own words.
    Text(Option<Bytes>),
    /// The origin's, frame by frame.
    Relay(Box<Relay>),
}

impl Body {
    pub fn text(text: impl Into<Bytes>) -> Self {
        Self::Text(Some(text.into()).filter(|text: &Bytes| !text.is_empty()))
    }

    pub fn empty() -> Self {
        Self::Text(None)
    }
}

/// An origin's body: the frames held while the answer was diagnosed, then the rest as it comes.
pub struct Relay {
    held: VecDeque<Frame<Bytes>>,
    inner: Incoming,
    /// What is left to deliver, when the origin declared it. Never computed: a computed length would add a
    /// Content-Length that the origin did not send.
    left: Option<u64>,
    /// Gives the connection back to the pool at the body's end.
    lease: Option<Lease>,
    idle: Idle,
    fault: Option<Fault>,
}

/// Why an origin's body broke off.
struct Fault {
    error: BodyError,
    /// hyper drops what it has not yet written when a body breaks; it gets one turn to write.
    told_next: bool,
}

impl Fault {
    fn of(error: impl Into<BodyError>) -> Self {
        Self {
            error: error.into(),
            told_next: false,
        }
    }
}

impl Relay {
    pub fn new(inner: Incoming, lease: Option<Lease>) -> Self {
        let left = inner.size_hint().exact();
        let mut relay = Self {
            held: VecDeque::new(),
            inner,
            left,
            lease,
            idle: Idle::new(limits::BODY_IDLE),
            fault: None,
        };
        relay.give_back_at_end();
        relay
    }

    /// Reads ahead until the end, `HOLD_BYTES`, or an error, which stays for the client to see. Cancel-safe.
    pub async fn hold(&mut self) {
        let mut bytes = 0;
        while bytes < limits::HOLD_BYTES && !self.inner.is_end_stream() {
            let frame = std::future::poll_fn(|cx| Pin::new(&mut self.inner).poll_frame(cx)).await;
            let frame = match frame {
                Some(Ok(frame)) => frame,
                Some(Err(error)) => {
                    self.fault = Some(Fault::of(error));
                    break;
                }
                None => break,
            };
            bytes += frame.data_ref().map_or(0, Bytes::len);
            self.held.push_back(frame);
        }
        self.give_back_at_end();
    }

    /// The data held so far.
    pub fn held(&self) -> impl Iterator<Item = &Bytes> {
        self.held.iter().filter_map(Frame::data_ref)
    }

    fn give_back_at_end(&mut self) {
        // hyper's server never polls a body of known length to its `None` (H-M1).
        if self.inner.is_end_stream()
            && let Some(lease) = self.lease.take()
        {
            lease.give_back();
        }
    }

    fn poll_inner(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        if self.fault.is_none() {
            let Poll::Ready(frame) = Pin::new(&mut self.inner).poll_frame(cx) else {
                ready!(self.idle.poll(cx));
                self.fault = Some(Fault::of("the origin sent nothing for too long"));
                return self.poll_fault(cx);
            };
            self.idle.progress();
            match frame {
                Some(Ok(frame)) => {
                    self.give_back_at_end();
                    return Poll::Ready(Some(Ok(frame)));
                }
                Some(Err(error)) => self.fault = Some(Fault::of(error)),
                None => {
                    if let Some(lease) = self.lease.take() {
                        lease.give_back();
                    }
                    return Poll::Ready(None);
                }
            }
        }
        self.poll_fault(cx)
    }

    fn poll_fault(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        self.lease = None;
        match self.fault.take() {
            Some(fault) if !fault.told_next => {
                self.fault = Some(Fault {
                    told_next: true,
                    ..fault
                });
                cx.waker().wake_by_ref();
                Poll::Pending
            }
            fault => Poll::Ready(fault.map(|fault| Err(fault.error))),
        }
    }
}

impl HttpBody for Body {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        let relay = match self.get_mut() {
            Self::Text(text) => return Poll::Ready(text.take().map(|text| Ok(Frame::data(text)))),
            Self::Relay(relay) => relay,
        };
        let frame = match relay.held.pop_front() {
            Some(frame) => frame,
            None => match ready!(relay.poll_inner(cx)) {
                Some(Ok(frame)) => frame,
                end => return Poll::Ready(end),
            },
        };
        if let (Some(left), Some(data)) = (&mut relay.left, frame.data_ref()) {
            *left = left.saturating_sub(data.len() as u64);
        }
        Poll::Ready(Some(Ok(without_our_field(frame))))
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Self::Text(text) => text.is_none(),
            Self::Relay(relay) => {
                relay.held.is_empty() && relay.fault.is_none() && relay.inner.is_end_stream()
            }
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Text(text) => SizeHint::with_exact(text.as_ref().map_or(0, Bytes::len) as u64),
            Self::Relay(relay) => relay
                .left
                .map_or_else(SizeHint::default, SizeHint::with_exact),
        }
    }
}

/// An origin's own `x-auth-diagnosis` never passes, not as a trailer either (H-I2).
fn without_our_field(frame: Frame<Bytes>) -> Frame<Bytes> {
    match frame.into_trailers() {
        Ok(trailers) if trailers.contains_key(X_AUTH_DIAGNOSIS) => {
            let kept = trailers
                .iter()
                .filter(|(name, _)| *name != X_AUTH_DIAGNOSIS);
            Frame::trailers(
                kept.map(|(name, value)| (name.clone(), value.clone()))
                    .collect::<HeaderMap>(),
            )
        }
        Ok(trailers) => Frame::trailers(trailers),
        Err(frame) => frame,
    }
}

/// A client's body on its way to an origin.
pub struct Outgoing {
    inner: Inbound,
    /// Ends when the body may be polled: the origin's `100 Continue`, a final answer, or a second.
    wait: Option<Pin<Box<dyn Future<Output = ()> + Send>>>,
    idle: Idle,
    /// Only of a body that is one.
    progress: Option<Progress>,
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

/// A deadline that moves with every frame; its timer exists only once a body has had to wait.
struct Idle {
    limit: Duration,
    timer: Option<Pin<Box<Sleep>>>,
    waiting: bool,
}

impl Idle {
    fn new(limit: Duration) -> Self {
        Self {
            limit,
            timer: None,
            waiting: false,
        }
    }

    fn progress(&mut self) {
        self.waiting = false;
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let limit = self.limit;
        let timer = self.timer.get_or_insert_with(|| Box::pin(sleep(limit)));
        if !self.waiting {
            self.waiting = true;
            timer.as_mut().reset(Instant::now() + limit);
        }
        timer.as_mut().poll(cx)
    }
}
