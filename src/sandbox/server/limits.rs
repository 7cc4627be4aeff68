//! Every deadline and bound of the server.

use std::time::Duration;

/// Connections served at once; others wait in the system's queue.
pub const CONNECTIONS: usize = 512;
/// From the accepted connection to the end of its handshake.
pub const HANDSHAKE: Duration = Duration::from_secs(10);
/// For a request head, an idle connection's wait for the next one included.
pub const HEAD: Duration = Duration::from_secs(60);
/// A connection that is this old ends after what is in flight, so that an idle one of HTTP/2 does not stay for ever.
pub const AGE: Duration = Duration::from_secs(600);
/// Between two PINGs of HTTP/2, and for the answer to one.
pub const PING: Duration = Duration::from_secs(20);
/// The header list of HTTP/2.
pub const HEADER_LIST: u32 = 128 * 1024;
/// For a whole request body that is read before it is answered.
pub const BODY: Duration = Duration::from_secs(30);
/// The most of such a body.
pub const BODY_BYTES: usize = 1024 * 1024;
/// What more than that is read and forgotten, so that a client still hears the 413.
pub const EXCESS_BYTES: usize = 16 * 1024 * 1024;
/// For answers in flight when the sandbox is told to end.
pub const LAST_WORDS: Duration = Duration::from_millis(250);
