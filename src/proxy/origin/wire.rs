//! One connection to an origin, spoken by hyper.

use super::pool::Alive;
use crate::proxy::body::Outgoing;
use crate::proxy::counted::{Counted, Traffic};
use crate::proxy::limits;
use hyper::client::conn::{http1, http2};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};

/// An HTTP/1 connection and the number of bytes that the origin has sent on it.
pub struct Http1 {
    pub sender: http1::SendRequest<Outgoing>,
    traffic: Traffic,
}

impl Http1 {
    pub fn is_closed(&self) -> bool {
        self.sender.is_closed()
    }

    /// Bytes of answers so far: unchanged across a failed request means that the origin said nothing to it.
    pub fn received(&self) -> u64 {
        self.traffic.read()
    }

    pub async fn open<IO>(io: IO, alive: Alive) -> hyper::Result<Self>
    where
        IO: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let traffic = Traffic::default();
        let io = Counted::new(io, traffic.clone());
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
        Ok(Self { sender, traffic })
    }
}

/// Opens an HTTP/2 connection.
pub async fn open_http2<IO>(io: IO, alive: Alive) -> hyper::Result<http2::SendRequest<Outgoing>>
where
    IO: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (sender, connection) = http2::Builder::new(TokioExecutor::new())
        .timer(TokioTimer::new())
        .initial_stream_window_size(limits::STREAM_WINDOW)
        .initial_connection_window_size(limits::ORIGIN_WINDOW)
        .max_header_list_size(limits::HEADER_LIST)
        .keep_alive_interval(std::time::Duration::from_secs(30))
        .keep_alive_timeout(limits::PING)
        .handshake(TokioIo::new(io))
        .await?;
    tokio::spawn(async move {
        let _alive = alive;
        let _ = connection.await;
    });
    Ok(sender)
}
