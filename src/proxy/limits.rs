//! Every deadline and bound of the exchange path, in one place.

use std::time::Duration;

/// Name resolution and TCP to an origin; then its TLS handshake.
pub const DIAL: Duration = Duration::from_secs(10);
/// From CONNECT's 200 to the end of the client's TLS handshake (H-M3).
pub const CLIENT_HANDSHAKE: Duration = Duration::from_secs(10);
/// A request head on the proxy port, the first one from the start of the connection (H-D1, H-D2).
pub const REQUEST_HEAD: Duration = Duration::from_secs(10);
/// A request head inside an intercepted connection; clients open some ahead of their first request.
pub const INNER_HEAD: Duration = Duration::from_secs(30);
/// For the rest of what a refused client sends.
pub const LINGER: Duration = Duration::from_secs(1);
/// For a pooled connection to become ready.
pub const POOL_READY: Duration = Duration::from_millis(100);
/// While the proxy drains, a tunnel without a byte for this long has ended.
pub const TUNNEL_QUIET: Duration = Duration::from_secs(5);
/// An idle keep-alive connection of a client.
pub const CLIENT_IDLE: Duration = Duration::from_secs(120);
/// From the last byte of the request that the origin took to the answer's head: long polling must fit.
pub const ANSWER_HEAD: Duration = Duration::from_secs(600);
/// Without a byte in a body, in either direction.
pub const BODY_IDLE: Duration = Duration::from_secs(600);
/// Without a frame in any exchange of an HTTP/2 client: longer than what any of them may wait for.
pub const STALLED: Duration = Duration::from_secs(1800);
/// Without a byte in a tunnel, in both directions.
pub const TUNNEL_IDLE: Duration = Duration::from_secs(3600);
/// For the origin's `100 Continue` (RFC 9110 10.1.1).
pub const CONTINUE: Duration = Duration::from_secs(1);
/// A refused answer's head is held at most this long for the first bytes of its body.
pub const HOLD: Duration = Duration::from_millis(250);
/// And for at most this much of it, raw and decoded.
pub const HOLD_BYTES: usize = 64 * 1024;
/// An origin connection that was not used for this long is not used again: the network may have forgotten it.
pub const POOL_IDLE: Duration = Duration::from_secs(60);
/// Unused HTTP/1 connections kept for one origin.
pub const POOL_SIZE: usize = 128;
/// Origins remembered; beyond it those without a connection are forgotten.
pub const ORIGINS: usize = 256;
/// Between two connection attempts (RFC 8305 5).
pub const ATTEMPT_DELAY: Duration = Duration::from_millis(250);
/// What one HTTP/2 stream may send before we have passed it on.
pub const STREAM_WINDOW: u32 = 512 * 1024;
/// Exchanges at the same time on one HTTP/2 connection of a client. An answer that it does not read is held up to
/// [`STREAM_WINDOW`] and [`SEND_BUFFER`]: together under 32 MiB (H-F10).
pub const CLIENT_STREAMS: u32 = 50;
/// What one stream keeps ready for a client that takes it slowly.
pub const SEND_BUFFER: usize = 64 * 1024;
/// Exchanges on one HTTP/2 connection to an origin: most origins take 100, and what is more waits behind those of other
/// clients.
pub const SHARED_STREAMS: usize = 90;
/// The same window for all streams of a client's connection.
pub const CLIENT_WINDOW: u32 = 1024 * 1024;
/// And for all streams of an origin's connection, which many clients share: more than its streams together may
/// take, so that clients that do not read hold up nobody else.
pub const ORIGIN_WINDOW: u32 = 256 * STREAM_WINDOW;
/// For the answer to a PING, which stands in line behind what is on its way: on a slow line up to megabytes.
pub const PING: Duration = Duration::from_secs(60);
/// Fields of a request: in HTTP/2 one byte names a field, which costs a hundred to hold (H-F5).
pub const FIELDS: usize = 200;
/// Header list of HTTP/2, both sides: a field of 64 KiB must fit (H-M4).
pub const HEADER_LIST: u32 = 128 * 1024;
