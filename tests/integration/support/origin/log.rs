//! What an origin saw: connections, their bytes, requests, and a panic of its own.

use super::Seen;
use crate::support::wire::Stream;
use http::Request;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

type Recording = Arc<Mutex<Vec<u8>>>;

#[derive(Default)]
pub struct Log {
    connections: Mutex<Vec<Recording>>,
    requests: Mutex<Vec<Seen>>,
    panic: Mutex<Option<String>>,
}

impl Log {
    /// Counts a connection; its number.
    pub fn accepted(&self) -> usize {
        let mut connections = lock(&self.connections);
        connections.push(Recording::default());
        connections.len() - 1
    }

    pub fn connections(&self) -> usize {
        lock(&self.connections).len()
    }

    pub fn recording(&self, number: usize) -> Recording {
        lock(&self.connections)[number].clone()
    }

    pub fn received(&self, number: usize) -> Vec<u8> {
        lock(&self.recording(number)).clone()
    }

    pub fn saw<B>(&self, connection: usize, request: &Request<B>) {
        lock(&self.requests).push(Seen {
            connection,
            version: request.version(),
            method: request.method().clone(),
            uri: request.uri().clone(),
            headers: request.headers().clone(),
        });
    }

    pub fn requests(&self) -> Vec<Seen> {
        lock(&self.requests).clone()
    }

    /// Runs one connection; a panic in it is kept for [`super::Origin`]'s end.
    pub async fn watch(&self, mut connection: super::Task) {
        std::future::poll_fn(|cx| {
            let poll = catch_unwind(AssertUnwindSafe(|| connection.as_mut().poll(cx)));
            poll.unwrap_or_else(|payload| {
                let text = payload.downcast_ref::<String>().cloned();
                let text =
                    text.or_else(|| payload.downcast_ref::<&str>().map(|&text| text.to_owned()));
                lock(&self.panic).get_or_insert(text.unwrap_or_default());
                Poll::Ready(())
            })
        })
        .await;
    }

    pub fn panic(&self) -> Option<String> {
        lock(&self.panic).clone()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().expect("nothing panics while it holds the log")
}

/// Keeps a copy of all that is read.
#[derive(Debug)]
pub struct Recorded {
    inner: Box<dyn Stream>,
    recording: Recording,
}

impl Recorded {
    pub fn new(inner: Box<dyn Stream>, recording: Recording) -> Self {
        Self { inner, recording }
    }
}

impl Stream for Recorded {
    fn tcp(&self) -> &TcpStream {
        self.inner.tcp()
    }
}

impl AsyncRead for Recorded {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        let read = Pin::new(&mut self.inner).poll_read(cx, buf);
        lock(&self.recording).extend(&buf.filled()[before..]);
        read
    }
}

impl AsyncWrite for Recorded {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.inner).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(cx)
    }
}
