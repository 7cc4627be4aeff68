//! A byte stream under a test's hand: write these bytes, read up to there, and see how it ended.

use super::within;
pub use message::Message;
use std::io;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;

mod message;

/// A TCP connection, bare or inside TLS.
pub trait Stream: AsyncRead + AsyncWrite + Unpin + Send + std::fmt::Debug {
    fn tcp(&self) -> &TcpStream;
}

impl Stream for TcpStream {
    fn tcp(&self) -> &TcpStream {
        self
    }
}

impl<S: Stream> Stream for tokio_rustls::server::TlsStream<S> {
    fn tcp(&self) -> &TcpStream {
        self.get_ref().0.tcp()
    }
}

impl<S: Stream> Stream for tokio_rustls::client::TlsStream<S> {
    fn tcp(&self) -> &TcpStream {
        self.get_ref().0.tcp()
    }
}

impl Stream for Box<dyn Stream> {
    fn tcp(&self) -> &TcpStream {
        (**self).tcp()
    }
}

pub struct Wire {
    io: Box<dyn Stream>,
    ahead: Vec<u8>,
    behind: Vec<u8>,
}

/// All that came until a connection's end.
#[derive(Debug)]
pub struct Rest {
    pub bytes: Vec<u8>,
    pub end: io::Result<()>,
}

impl Wire {
    pub fn new(io: impl Stream + 'static) -> Self {
        Self {
            io: Box::new(io),
            ahead: Vec::new(),
            behind: Vec::new(),
        }
    }

    pub async fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.try_send(bytes)
            .await
            .expect("the peer takes the bytes");
    }

    pub async fn try_send(&mut self, bytes: impl AsRef<[u8]>) -> io::Result<()> {
        within("sending", async {
            self.io.write_all(bytes.as_ref()).await?;
            self.io.flush().await
        })
        .await
    }

    /// Sends `bytes` while answers are read: so much that both sides would else wait for room.
    pub fn feed(&mut self, bytes: impl Into<Vec<u8>>) {
        self.behind = bytes.into();
    }

    /// Everything up to and with `mark`.
    pub async fn until(&mut self, mark: &[u8]) -> Vec<u8> {
        loop {
            if let Some(at) = self
                .ahead
                .windows(mark.len())
                .position(|window| window == mark)
            {
                return self.ahead.drain(..at + mark.len()).collect();
            }
            self.more(&String::from_utf8_lossy(mark)).await;
        }
    }

    pub async fn exactly(&mut self, length: usize) -> Vec<u8> {
        while self.ahead.len() < length {
            self.more("more bytes").await;
        }
        self.ahead.drain(..length).collect()
    }

    /// One head, request or response, up to and with the empty line.
    pub async fn head(&mut self) -> String {
        String::from_utf8_lossy(&self.until(b"\r\n\r\n").await).into_owned()
    }

    /// One response to anything but HEAD.
    pub async fn answer(&mut self) -> Message {
        let mut answer = self.answer_to_head().await;
        let status = answer.status();
        self.framed_body(&mut answer).await;
        let delimited = ["transfer-encoding", "content-length"]
            .iter()
            .any(|name| answer.field(name).is_some());
        if !delimited && status >= 200 && status != 204 && status != 304 {
            answer.body = self.until_end().await.bytes;
        }
        answer
    }

    /// One response to HEAD.
    pub async fn answer_to_head(&mut self) -> Message {
        Message {
            head: self.head().await,
            body: Vec::new(),
            trailers: String::new(),
        }
    }

    /// One request, whose body is asked for where the client waits; `None` when the client has left.
    pub async fn request(&mut self) -> Option<Message> {
        while !self.ahead.windows(4).any(|window| window == b"\r\n\r\n") {
            let piece = self.piece().await;
            if piece.is_empty() {
                return None;
            }
            self.ahead.extend(piece);
        }
        let mut request = self.answer_to_head().await;
        if request.field("expect").is_some() {
            self.send("HTTP/1.1 100 Continue\r\n\r\n").await;
        }
        self.framed_body(&mut request).await;
        Some(request)
    }

    async fn framed_body(&mut self, message: &mut Message) {
        if message.field("transfer-encoding").is_some() {
            self.chunked(message).await;
        } else if let Some(length) = message.field("content-length") {
            message.body = self.exactly(length.parse().expect("a length")).await;
        }
    }

    async fn chunked(&mut self, message: &mut Message) {
        loop {
            let line = String::from_utf8(self.until(b"\r\n").await).expect("a chunk size");
            let size = line
                .split(';')
                .next()
                .expect("one part at least")
                .trim_end();
            let size = usize::from_str_radix(size, 16).expect("a chunk size");
            if size == 0 {
                break;
            }
            message.body.extend(self.exactly(size).await);
            assert_eq!(self.exactly(2).await, b"\r\n", "the end of a chunk");
        }
        loop {
            let line = String::from_utf8(self.until(b"\r\n").await).expect("a trailer line");
            if line == "\r\n" {
                return;
            }
            message.trailers.push_str(&line);
        }
    }

    /// All that still comes, and whether the peer ended in order (`close_notify` inside TLS).
    pub async fn until_end(&mut self) -> Rest {
        let mut bytes = std::mem::take(&mut self.ahead);
        let end = within("the end of the connection", self.io.read_to_end(&mut bytes)).await;
        Rest {
            bytes,
            end: end.map(drop),
        }
    }

    /// At most one read's bytes; empty at the end.
    pub async fn some(&mut self) -> Vec<u8> {
        if self.ahead.is_empty() {
            self.piece().await
        } else {
            std::mem::take(&mut self.ahead)
        }
    }

    /// The next byte; `None` at the end.
    pub async fn byte(&mut self) -> Option<u8> {
        if self.ahead.is_empty() {
            self.ahead = self.piece().await;
        }
        (!self.ahead.is_empty()).then(|| self.ahead.remove(0))
    }

    async fn piece(&mut self) -> Vec<u8> {
        let mut piece = vec![0; 16 * 1024];
        let length = within("some bytes", self.io.read(&mut piece))
            .await
            .unwrap_or(0);
        piece.truncate(length);
        piece
    }

    /// Says that nothing more comes, and still reads.
    pub async fn finish(&mut self) {
        within("closing", self.io.shutdown()).await.ok();
    }

    /// Ends the connection with a TCP reset.
    pub fn reset(self) {
        self.io.tcp().set_zero_linger().expect("a socket to reset");
    }

    pub fn into_inner(self) -> Box<dyn Stream> {
        assert!(self.ahead.is_empty(), "bytes were read ahead");
        self.io
    }

    async fn more(&mut self, awaited: &str) {
        let mut piece = vec![0; 16 * 1024];
        let got = String::from_utf8_lossy(&self.ahead).into_owned();
        let read = within(&format!("{awaited:?} after {got:?}"), self.read(&mut piece)).await;
        let length =
            read.unwrap_or_else(|error| panic!("waiting for {awaited:?} after {got:?}: {error}"));
        assert_ne!(
            length, 0,
            "the connection ended before {awaited:?}, after {got:?}"
        );
        self.ahead.extend(&piece[..length]);
    }

    async fn read(&mut self, piece: &mut [u8]) -> io::Result<usize> {
        let (mut reader, mut writer) = tokio::io::split(&mut self.io);
        while !self.behind.is_empty() {
            tokio::select! {
                length = reader.read(piece) => return length,
                length = writer.write(&self.behind) => drop(self.behind.drain(..length?)),
            }
        }
        writer.flush().await?;
        reader.read(piece).await
    }
}
