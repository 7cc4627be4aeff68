//! A client's end of a served connection, and a service that records what it got.

use super::super::*;
use bytes::Bytes;
use http::{HeaderMap, Request, Response};
use http_body::Body;
use http_body_util::{BodyExt, Full};
use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use tokio::io::{
    AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, DuplexStream, ReadBuf, duplex,
};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// What the service got of one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    pub method: String,
    pub target: String,
    pub fields: HeaderMap,
    pub body: Vec<u8>,
}

/// In the order of the calls.
pub type Log = Arc<Mutex<Vec<Seen>>>;

pub type Answer = Response<Full<Bytes>>;

pub type Refusals = Arc<Mutex<Vec<(UnparsableKind, Vec<u8>)>>>;

/// One connection.
pub struct Rig<IO> {
    pub client: IO,
    pub refused: Refusals,
    pub stop: Option<oneshot::Sender<()>>,
    served: JoinHandle<Ended>,
}

/// Serves one end of a pipe in memory.
pub fn rig<S, F>(settings: Settings, service: S) -> Rig<DuplexStream>
where
    S: Fn(Request<RequestBody>) -> F + Send + 'static,
    F: Future<Output = Answer> + Send + 'static,
{
    let (client, server) = duplex(1024 * 1024);
    rig_on(client, server, settings, service)
}

pub fn rig_on<C, IO, S, F>(client: C, server: IO, settings: Settings, service: S) -> Rig<C>
where
    IO: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    S: Fn(Request<RequestBody>) -> F + Send + 'static,
    F: Future<Output = Answer> + Send + 'static,
{
    let refused = Refusals::default();
    let (stop, stopped) = oneshot::channel::<()>();
    let served = {
        let refused = Arc::clone(&refused);
        tokio::spawn(async move {
            let service = move |request| {
                let answering = service(request);
                async { Ok::<_, Infallible>(answering.await) }
            };
            let refuse = |unparsable: Unparsable| {
                let status = unparsable.kind.status();
                let head = unparsable.head.to_vec();
                refused.lock().unwrap().push((unparsable.kind, head));
                format!("HTTP/1.1 {status}\r\nconnection: close\r\n\r\nours").into_bytes()
            };
            let stop = async {
                if stopped.await.is_err() {
                    std::future::pending::<()>().await;
                }
            };
            serve(server, &settings, service, refuse, stop).await
        })
    };
    Rig {
        client,
        refused,
        stop: Some(stop),
        served,
    }
}

impl<IO: AsyncRead + AsyncWrite + Unpin> Rig<IO> {
    pub async fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.client.write_all(bytes.as_ref()).await.unwrap();
    }

    /// The next head.
    pub async fn response_head(&mut self) -> String {
        let mut got = Vec::new();
        while !got.ends_with(b"\r\n\r\n") {
            got.push(self.client.read_u8().await.expect("a response"));
        }
        String::from_utf8(got).unwrap()
    }

    /// The next response, head and body.
    pub async fn response(&mut self) -> String {
        let mut got = Vec::new();
        while !whole(&got) {
            got.push(self.client.read_u8().await.expect("a response"));
        }
        String::from_utf8(got).unwrap()
    }

    /// Everything up to the end of the stream.
    pub async fn rest(&mut self) -> String {
        let mut got = Vec::new();
        self.client.read_to_end(&mut got).await.unwrap();
        String::from_utf8(got).unwrap()
    }

    /// Sends `bytes`, of which the last request closes the connection; gives all responses.
    pub async fn talk(&mut self, bytes: impl AsRef<[u8]>) -> String {
        self.send(bytes).await;
        self.rest().await
    }

    pub async fn ended(self) -> Ended {
        drop(self.client);
        self.served.await.unwrap()
    }

    /// Waits for the other side without closing.
    pub async fn end(&mut self) -> Ended {
        (&mut self.served).await.unwrap()
    }

    pub fn refusals(&self) -> Vec<(UnparsableKind, Vec<u8>)> {
        self.refused.lock().unwrap().clone()
    }
}

/// A head and the body that its `content-length` promises.
fn whole(got: &[u8]) -> bool {
    let text = String::from_utf8_lossy(got);
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "));
    body.len() >= length.map_or(0, |length| length.parse().unwrap())
}

pub fn text(body: impl Into<Bytes>) -> Answer {
    Response::new(Full::new(body.into()))
}

/// Reads each request to its end and answers with its number.
pub fn recorder() -> (
    Log,
    impl Fn(Request<RequestBody>) -> Recording + Send + Clone,
) {
    let log = Log::default();
    let service = {
        let log = Arc::clone(&log);
        move |request| record(Arc::clone(&log), request)
    };
    (log, service)
}

pub fn record<B>(log: Log, request: Request<B>) -> Recording
where
    B: Body<Data = Bytes> + Send + 'static,
    B::Error: Send,
{
    Box::pin(async move {
        let n = note(&log, &request);
        let body = request.into_body().collect().await;
        let body = body.map(|body| body.to_bytes().to_vec());
        log.lock().unwrap()[n].body = body.unwrap_or_default();
        text(format!("{n}"))
    })
}

pub type Recording = Pin<Box<dyn Future<Output = Answer> + Send>>;

/// Records a request without its body; gives its number.
pub fn note<B>(log: &Log, request: &Request<B>) -> usize {
    let mut log = log.lock().unwrap();
    log.push(Seen {
        method: request.method().to_string(),
        target: request.uri().to_string(),
        fields: request.headers().clone(),
        body: Vec::new(),
    });
    log.len() - 1
}

pub fn targets(log: &Log) -> Vec<String> {
    let log = log.lock().unwrap();
    log.iter().map(|seen| seen.target.clone()).collect()
}

/// A stream that tells whether it was shut down or only dropped.
pub struct Witness<IO> {
    io: IO,
    closed: Arc<AtomicBool>,
}

impl<IO> Witness<IO> {
    pub fn new(io: IO) -> (Self, Arc<AtomicBool>) {
        let closed = Arc::<AtomicBool>::default();
        (
            Self {
                io,
                closed: Arc::clone(&closed),
            },
            closed,
        )
    }
}

impl<IO: AsyncRead + Unpin> AsyncRead for Witness<IO> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_read(cx, buf)
    }
}

impl<IO: AsyncWrite + Unpin> AsyncWrite for Witness<IO> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.io).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.closed.store(true, Relaxed);
        Pin::new(&mut self.io).poll_shutdown(cx)
    }
}
