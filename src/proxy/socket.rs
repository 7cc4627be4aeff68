//! What every TCP connection of ours is set to, and how one that is refused ends.

use crate::proxy::limits;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// Most bytes read from a client that is not listened to any more.
const LINGER_BYTES: u64 = 64 * 1024;

/// Small messages leave at once; a peer that has vanished is noticed.
pub fn prepare(stream: &TcpStream) {
    // Both only tune the connection: without them it still works.
    let _ = stream.set_nodelay(true);
    let keepalive = socket2::TcpKeepalive::new().with_time(Duration::from_secs(60));
    let _ = socket2::SockRef::from(stream).set_tcp_keepalive(&keepalive);
}

/// Ends our side and reads for a moment: bytes left unread would turn the close into a reset (H-M3).
pub async fn close(mut io: TcpStream) {
    // The client may be gone already; then there is nothing to drain.
    let _ = io.shutdown().await;
    let mut rest = io.take(LINGER_BYTES);
    let _ = timeout(
        limits::LINGER,
        tokio::io::copy(&mut rest, &mut tokio::io::sink()),
    )
    .await;
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::net::TcpListener;

    #[tokio::test]
    async fn small_messages_are_not_held_back() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let stream = TcpStream::connect(listener.local_addr().unwrap())
            .await
            .unwrap();
        assert!(!stream.nodelay().unwrap(), "the test would show nothing");
        prepare(&stream);
        assert!(stream.nodelay().unwrap());
        assert!(socket2::SockRef::from(&stream).keepalive().unwrap());
    }
}
