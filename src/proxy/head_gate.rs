//! The head gate: serves one HTTP/1 connection with hyper, through a stream that knows where each request head ends.
//!
//! hyper refuses some bytes in a request target that clients send raw every day (`?q=size>100`), and answers a head that
//! it cannot parse with a bare 400 which nobody else hears of (H-M1, H-M2). Both happen below any service. The gate sits
//! between the client's stream and hyper: it percent-encodes those bytes in the request line, and it turns hyper's own
//! refusals into ours.
//!
//! Rewriting bytes under an HTTP parser invites request smuggling. It is sound here because the gate never guesses where
//! a message ends: it gives hyper exactly one head, waits until hyper has called the service with it, and takes from that
//! call how the body is framed. Whatever does not fit ends all rewriting on the connection, for good.
//!
//! | file | what it holds |
//! |---|---|
//! | `course`, `steps` | the state machine: which bytes are a head, told by hyper's own calls. Pure; read it first |
//! | `scan`, `target`, `held` | where a head ends, what is encoded in its request line, and its wiped buffer. Pure |
//! | `writes` | which write of hyper is a refusal that nobody asked for. Pure |
//! | `stream`, `exchange` | the two ends of hyper: the stream below it and the service call above it |
//! | `shared` | what these two tell each other |
//! | `serve`, `drive`, `clock`, `linger` | one connection from its first byte to its last |
//!
//! Limits: a raw target is refused when it comes right behind a chunked body, or behind an `Upgrade` request that is not
//! answered yet (the client did not wait, so hyper had read on). Trailing bytes of the target behind `#` are lost in hyper.

mod clock;
mod course;
mod drive;
mod exchange;
mod held;
mod linger;
mod scan;
mod serve;
mod shared;
mod steps;
mod stream;
mod target;
#[cfg(test)]
mod tests;
mod writes;

pub use course::OutOfStep;
pub use exchange::RequestBody;
pub use serve::serve;
pub use stream::reclaim;

use crate::proxy::limits;
use http::StatusCode;
use std::time::Duration;
use zeroize::Zeroizing;

/// The most of an unparsable head that is handed on, in bytes.
pub const HEAD_SHOWN: usize = 16 * 1024;

/// Limits of one client connection.
#[derive(Clone, Debug)]
pub struct Settings {
    /// How long a connection may rest between two exchanges, and how long a client may leave our bytes unread.
    pub idle: Duration,
    /// How long a head may take from its first byte to its last; for the first one from the start of the connection.
    pub head: Duration,
    /// Largest head in bytes, and largest buffer of one direction. At least 8192.
    pub max_head: usize,
    /// Most fields in one head.
    pub max_fields: usize,
}

impl Default for Settings {
    /// `head` is what D2 allows a silent client; `max_head` leaves room for fields of 64 KiB.
    fn default() -> Self {
        Self {
            idle: Duration::from_secs(120),
            head: Duration::from_secs(10),
            max_head: 128 * 1024,
            max_fields: limits::FIELDS,
        }
    }
}

/// A head that hyper could not parse, or that did not come whole.
#[derive(Debug)]
pub struct Unparsable {
    pub kind: UnparsableKind,
    /// Its first [`HEAD_SHOWN`] bytes, the request line already encoded. Holds secrets: never log it. Empty when the
    /// gate had fallen out of step and hyper kept nothing either.
    pub head: Zeroizing<Vec<u8>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UnparsableKind {
    /// Not HTTP/1, or not as its grammar wants it.
    Malformed,
    /// The target is longer than hyper takes (65,534 bytes).
    TargetTooLong,
    /// More fields, or more bytes, than [`Settings`] allows.
    FieldsTooLarge,
    /// [`Settings::head`] passed before its end.
    TimedOut,
    /// The client closed before its end.
    CutOff,
}

impl UnparsableKind {
    /// The status that says it.
    pub fn status(self) -> StatusCode {
        match self {
            Self::Malformed | Self::CutOff => StatusCode::BAD_REQUEST,
            Self::TargetTooLong => StatusCode::URI_TOO_LONG,
            Self::FieldsTooLarge => StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            Self::TimedOut => StatusCode::REQUEST_TIMEOUT,
        }
    }
}

/// How a connection ended, for the caller to count.
#[derive(Debug)]
pub struct Ended {
    pub how: How,
    /// Set when the gate stopped rewriting because something did not fit.
    pub out_of_step: Option<OutOfStep>,
}

#[derive(Debug)]
pub enum How {
    /// By one of the two sides, between exchanges or after the last one.
    Closed,
    /// The stream went to whoever awaited `hyper::upgrade::on`.
    Upgraded,
    /// Answered by `refuse`.
    Unparsable(UnparsableKind),
    /// Nothing came for [`Settings::idle`] (for [`Settings::head`] on a fresh connection).
    Idle,
    /// The client took or sent no byte for [`Settings::idle`] while one was due.
    Stalled,
    /// In the middle of an exchange: either side's stream or body failed.
    Failed(hyper::Error),
}
