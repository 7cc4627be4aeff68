//! What every TCP connection of ours is set to.

use std::time::Duration;
use tokio::net::TcpStream;

/// Small messages leave at once; a peer that has vanished is noticed.
pub fn prepare(stream: &TcpStream) {
    // Both only tune the connection: without them it still works.
    let _ = stream.set_nodelay(true);
    let keepalive = socket2::TcpKeepalive::new().with_time(Duration::from_secs(60));
    let _ = socket2::SockRef::from(stream).set_tcp_keepalive(&keepalive);
}
