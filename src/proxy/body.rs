//! Bodies on their way: what a client gets, and what an origin gets.

mod form_start;
mod idle;
mod outgoing;
mod relay;

pub use form_start::FormStart;
pub use outgoing::{Inbound, Outgoing, Progress};
pub use relay::Relay;

use bytes::Bytes;
use http_body::{Body as HttpBody, Frame, SizeHint};
use std::pin::Pin;
use std::task::{Context, Poll};

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

impl HttpBody for Body {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        match self.get_mut() {
            Self::Text(text) => Poll::Ready(text.take().map(|text| Ok(Frame::data(text)))),
            Self::Relay(relay) => Pin::new(&mut **relay).poll_frame(cx),
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Self::Text(text) => text.is_none(),
            Self::Relay(relay) => relay.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Text(text) => SizeHint::with_exact(text.as_ref().map_or(0, Bytes::len) as u64),
            Self::Relay(relay) => relay.size_hint(),
        }
    }
}
