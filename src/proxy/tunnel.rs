//! Blind tunnels: bytes both ways until one side ends, or neither has sent any for an hour.

use crate::proxy::{Proxy, limits};
use hyper::upgrade::Upgraded;
use hyper_util::rt::TokioIo;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf, copy_bidirectional};
use tokio::time::sleep;

/// Joins a client's CONNECT stream with the dialled one.
pub async fn join<IO: AsyncRead + AsyncWrite + Unpin>(proxy: &Proxy, client: Upgraded, mut origin: IO) {
    let moved = Arc::new(AtomicU64::new(0));
    let mut client = Watched { io: TokioIo::new(client), moved: moved.clone() };
    tokio::select! {
        // How a tunnel ends is between its two ends.
        _ = copy_bidirectional(&mut client, &mut origin) => {}
        () = idle(&moved) => tracing::info!("a tunnel without traffic for an hour was closed"),
    }
    proxy.metrics.tunnelled_bytes.inc_by(moved.load(Ordering::Relaxed));
}

async fn idle(moved: &AtomicU64) {
    loop {
        let before = moved.load(Ordering::Relaxed);
        sleep(limits::TUNNEL_IDLE).await;
        if moved.load(Ordering::Relaxed) == before {
            return;
        }
    }
}

/// Counts what moves in either direction.
struct Watched<IO> {
    io: IO,
    moved: Arc<AtomicU64>,
}

impl<IO: AsyncRead + Unpin> AsyncRead for Watched<IO> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        let result = Pin::new(&mut self.io).poll_read(cx, buf);
        self.moved.fetch_add((buf.filled().len() - before) as u64, Ordering::Relaxed);
        result
    }
}

impl<IO: AsyncWrite + Unpin> AsyncWrite for Watched<IO> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let result = Pin::new(&mut self.io).poll_write(cx, buf);
        if let Poll::Ready(Ok(written)) = result {
            self.moved.fetch_add(written as u64, Ordering::Relaxed);
        }
        result
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_shutdown(cx)
    }
}
