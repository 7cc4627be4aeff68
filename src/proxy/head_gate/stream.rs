//! The client's stream as hyper sees it.

use super::shared::Shared;
use super::writes::begins_response;
use bytes::{Bytes, BytesMut};
use hyper::upgrade::Upgraded;
use hyper_util::rt::TokioIo;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// Between the client's stream and hyper.
pub struct Gate<IO> {
    io: IO,
    shared: Arc<Shared>,
}

impl<IO> Gate<IO> {
    pub fn new(io: IO, shared: Arc<Shared>) -> Self {
        Self { io, shared }
    }

    pub fn into_inner(self) -> IO {
        self.io
    }
}

/// The client's own stream out of an upgraded connection, without the gate and hyper's box around it, and the bytes that
/// were read ahead: they come before whatever the stream gives next.
///
/// # Errors
/// Gives the argument back if it is not of a connection that [`serve`](super::serve()) served over an `IO`.
pub fn reclaim<IO>(upgraded: Upgraded) -> Result<(IO, Bytes), Upgraded>
where
    IO: AsyncRead + AsyncWrite + Unpin + 'static,
{
    let parts = upgraded.downcast::<TokioIo<Gate<IO>>>()?;
    let gate = parts.io.into_inner();
    let mut ahead = BytesMut::from(parts.read_buf);
    ahead.extend_from_slice(&gate.shared.take_rest());
    Ok((gate.io, ahead.freeze()))
}

impl<IO: AsyncRead + Unpin> AsyncRead for Gate<IO> {
    /// Pending only when the client's stream is: no step that hyper's side takes makes held bytes go without a read.
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let gate = self.get_mut();
        if buf.remaining() == 0 {
            return Poll::Ready(Ok(()));
        }
        while gate.shared.give(buf) == 0 {
            let before = buf.filled().len();
            ready!(Pin::new(&mut gate.io).poll_read(cx, buf))?;
            let fresh = &buf.filled()[before..];
            if fresh.is_empty() {
                gate.shared.end_of_stream();
                break;
            }
            let staying = gate.shared.admit(fresh);
            buf.set_filled(before + staying);
            if staying > 0 {
                break;
            }
        }
        Poll::Ready(Ok(()))
    }
}

impl<IO> Gate<IO> {
    fn swallows(&self, bytes: &[u8]) -> bool {
        // A body may begin like a response too; then the lock is taken once in vain.
        begins_response(bytes) && self.shared.swallows(bytes)
    }

    fn wrote(&self, write: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        self.shared.blocked(write.is_pending());
        if let Poll::Ready(Ok(n)) = write {
            self.shared.wrote(n);
        }
        write
    }
}

impl<IO: AsyncWrite + Unpin> AsyncWrite for Gate<IO> {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        let gate = self.get_mut();
        if gate.swallows(buf) {
            return Poll::Ready(Ok(buf.len()));
        }
        let write = Pin::new(&mut gate.io).poll_write(cx, buf);
        gate.wrote(write)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let gate = self.get_mut();
        // hyper writes a head in one piece.
        if bufs.first().is_some_and(|first| gate.swallows(first)) {
            return Poll::Ready(Ok(bufs.iter().map(|buf| buf.len()).sum()));
        }
        let write = Pin::new(&mut gate.io).poll_write_vectored(cx, bufs);
        gate.wrote(write)
    }

    fn is_write_vectored(&self) -> bool {
        self.io.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let gate = self.get_mut();
        let flush = Pin::new(&mut gate.io).poll_flush(cx);
        gate.shared.blocked(flush.is_pending());
        if let Poll::Ready(Ok(())) = flush {
            gate.shared.flushed();
        }
        flush
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let gate = self.get_mut();
        if gate.shared.keeps_open() {
            return Poll::Ready(Ok(()));
        }
        let shutdown = Pin::new(&mut gate.io).poll_shutdown(cx);
        gate.shared.blocked(shutdown.is_pending());
        shutdown
    }
}
