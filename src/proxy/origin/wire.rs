//! One connection to an origin, spoken by hyper.

use super::pool::Alive;
use crate::proxy::body::Outgoing;
use crate::proxy::limits;
use hyper::client::conn::{http1, http2};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// An HTTP/1 connection and the number of bytes that the origin has sent on it.
pub struct Http1 {
    pub sender: http1::SendRequest<Outgoing>,
    received: Arc<AtomicU64>,
}

impl Http1 {
    pub fn is_closed(&self) -> bool {
        self.sender.is_closed()
    }

    /// Bytes of answers so far: unchanged across a failed request means that the origin said nothing to it.
    pub fn received(&self) -> u64 {
        self.received.load(Ordering::Relaxed)
    }

    pub async fn open<IO>(io: IO, alive: Alive) -> hyper::Result<Self>
    where
        IO: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let received = Arc::new(AtomicU64::new(0));
        let io = Counted { io, received: received.clone() };
        let (sender, connection) = http1::Builder::new()
            .preserve_header_case(true)
            // As large as the largest head we accept from an origin; bounds what a slow reader holds, too.
            .max_buf_size(limits::HEADER_LIST as usize)
            .max_headers(256)
            .handshake(TokioIo::new(io))
            .await?;
        tokio::spawn(async move {
            let _alive = alive;
            // Its errors reach whoever waits for an answer.
            let _ = connection.with_upgrades().await;
        });
        Ok(Self { sender, received })
    }
}

/// Opens an HTTP/2 connection.
pub async fn open_http2<IO>(io: IO, alive: Alive) -> hyper::Result<http2::SendRequest<Outgoing>>
where
    IO: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (sender, connection) = http2::Builder::new(TokioExecutor::new())
        .timer(TokioTimer::new())
        .initial_stream_window_size(256 * 1024)
        .initial_connection_window_size(1024 * 1024)
        .max_header_list_size(limits::HEADER_LIST)
        .keep_alive_interval(std::time::Duration::from_secs(30))
        .keep_alive_timeout(std::time::Duration::from_secs(20))
        .handshake(TokioIo::new(io))
        .await?;
    tokio::spawn(async move {
        let _alive = alive;
        let _ = connection.await;
    });
    Ok(sender)
}

/// Counts what is read.
struct Counted<IO> {
    io: IO,
    received: Arc<AtomicU64>,
}

impl<IO: AsyncRead + Unpin> AsyncRead for Counted<IO> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        let result = Pin::new(&mut self.io).poll_read(cx, buf);
        self.received.fetch_add((buf.filled().len() - before) as u64, Ordering::Relaxed);
        result
    }
}

impl<IO: AsyncWrite + Unpin> AsyncWrite for Counted<IO> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.io).poll_write(cx, buf)
    }

    fn poll_write_vectored(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bufs: &[io::IoSlice<'_>]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.io).poll_write_vectored(cx, bufs)
    }

    fn is_write_vectored(&self) -> bool {
        self.io.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_shutdown(cx)
    }
}
