//! An origin's body on its way to a client.

use super::BodyError;
use super::idle::Idle;
use crate::output::field::X_AUTH_DIAGNOSIS;
use crate::proxy::limits;
use crate::proxy::origin::Lease;
use bytes::Bytes;
use http::HeaderMap;
use http_body::{Body as HttpBody, Frame, SizeHint};
use hyper::body::Incoming;
use prometheus_client::metrics::counter::Counter;
use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// An origin's body: the frames held while the answer was diagnosed, then the rest as it comes.
pub struct Relay {
    held: VecDeque<Frame<Bytes>>,
    inner: Incoming,
    /// The end was read while the answer was held.
    has_ended: bool,
    /// What is left to deliver, when the origin declared it. Never computed: a computed length would add a
    /// Content-Length that the origin did not send.
    left: Option<u64>,
    /// Gives the connection back to the pool at the body's end.
    lease: Option<Lease>,
    idle: Idle,
    fault: Option<Fault>,
    lost_trailers: Option<Counter>,
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
            has_ended: false,
            left,
            lease,
            idle: Idle::new(limits::BODY_IDLE),
            fault: None,
            lost_trailers: None,
        };
        relay.give_back_at_end();
        relay
    }

    /// Counts trailers: hyper will not send them to this client.
    pub fn losing_trailers(&mut self, lost: Counter) {
        self.lost_trailers = Some(lost);
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
                None => {
                    self.has_ended = true;
                    break;
                }
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

    /// All of it, when it is here and is data alone.
    pub fn whole(&self) -> Option<Vec<u8>> {
        let ended = self.fault.is_none() && (self.has_ended || self.inner.is_end_stream());
        let is_data = self.held.iter().all(Frame::is_data);
        let length: usize = self.held().map(Bytes::len).sum();
        (ended && is_data && length <= limits::HOLD_BYTES)
            .then(|| self.held().flatten().copied().collect())
    }

    /// Puts another body in the place of a [`Relay::whole`] one.
    pub fn replace_whole(&mut self, body: Vec<u8>) {
        self.left = self.left.map(|_| body.len() as u64);
        self.held = [Frame::data(body.into())].into();
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

impl HttpBody for Relay {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        let frame = match self.held.pop_front() {
            Some(frame) => frame,
            None => match ready!(self.poll_inner(cx)) {
                Some(Ok(frame)) => frame,
                end => return Poll::Ready(end),
            },
        };
        if let (Some(left), Some(data)) = (&mut self.left, frame.data_ref()) {
            *left = left.saturating_sub(data.len() as u64);
        }
        if let (Some(lost), true) = (&self.lost_trailers, frame.is_trailers()) {
            lost.inc();
        }
        Poll::Ready(Some(Ok(without_our_field(frame))))
    }

    fn is_end_stream(&self) -> bool {
        self.held.is_empty() && self.fault.is_none() && self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.left
            .map_or_else(SizeHint::default, SizeHint::with_exact)
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
