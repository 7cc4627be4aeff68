//! Blind tunnels: bytes both ways until one side ends, or neither has sent any for an hour.

use crate::proxy::counted::{Counted, Traffic};
use crate::proxy::{Proxy, limits};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, copy_bidirectional};
use tokio::time::sleep;

/// Joins two streams that both sides are ready for.
pub async fn join<C, O>(proxy: &Proxy, client: C, mut origin: O)
where
    C: AsyncRead + AsyncWrite + Unpin,
    O: AsyncRead + AsyncWrite + Unpin,
{
    let moved = Traffic::default();
    let mut client = Counted::new(client, moved.clone());
    tokio::select! {
        // How a tunnel ends is between its two ends.
        _ = copy_bidirectional(&mut client, &mut origin) => {}
        () = idle(&moved, limits::TUNNEL_IDLE) => tracing::info!("a tunnel without traffic for an hour was closed"),
        () = async {
            proxy.drain.stopping.cancelled().await;
            idle(&moved, limits::TUNNEL_QUIET).await;
        } => {}
    }
    proxy.metrics.tunnelled_bytes.inc_by(moved.total());
}

async fn idle(moved: &Traffic, limit: Duration) {
    loop {
        let before = moved.total();
        sleep(limit).await;
        if moved.total() == before {
            return;
        }
    }
}
