//! An origin under a test's hand: hyper with a handler, or a script that reads and writes raw bytes.

use super::body::Body;
use super::ca::Ca;
use super::client::Dialer;
use super::wire::Stream;
pub use builder::Builder;
use http::{HeaderMap, Method, Uri, Version};
use hyper::body::Incoming;
use hyper::server::conn::{http1, http2};
use hyper_util::rt::{TokioExecutor, TokioIo};
use log::Log;
use rustls::ServerConfig;
use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

mod builder;
mod log;

type Task = Pin<Box<dyn Future<Output = ()> + Send>>;
type Accept = Arc<dyn Fn(TcpStream, usize) -> Task + Send + Sync>;

/// A running origin. Dropping it fails the test if a handler or script panicked.
pub struct Origin {
    pub address: SocketAddr,
    pub ca: Ca,
    log: Arc<Log>,
}

/// A request as a handler saw it.
#[derive(Clone, Debug)]
pub struct Seen {
    /// Counted from 0 in the order of arrival.
    pub connection: usize,
    pub version: Version,
    pub method: Method,
    pub uri: Uri,
    pub headers: HeaderMap,
}

/// How an origin dies before it is asked anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Death {
    ResetOnAccept,
    CloseDuringTls,
    SilentDuringTls,
    PlainInsteadOfTls,
}

impl Origin {
    #[expect(
        clippy::new_ret_no_self,
        reason = "an origin begins with its certificate"
    )]
    pub fn new() -> Builder {
        Builder::default()
    }

    /// Clients that go straight to this origin.
    pub fn direct(&self) -> Dialer {
        Dialer {
            address: self.address,
            through_proxy: false,
            roots: self.ca.roots(),
        }
    }

    /// TCP connections accepted so far.
    pub fn connections(&self) -> usize {
        self.log.connections()
    }

    /// The bytes that connection `index` (from 0) brought, after TLS.
    pub fn received(&self, index: usize) -> Vec<u8> {
        self.log.received(index)
    }

    /// [`Origin::received`] as text.
    pub fn received_text(&self, index: usize) -> String {
        String::from_utf8_lossy(&self.received(index)).into_owned()
    }

    /// All bytes that any connection brought, after TLS.
    pub fn all_received(&self) -> Vec<u8> {
        (0..self.connections())
            .flat_map(|index| self.received(index))
            .collect()
    }

    /// Requests that handlers saw, in order.
    pub fn requests(&self) -> Vec<Seen> {
        self.log.requests()
    }
}

impl Drop for Origin {
    fn drop(&mut self) {
        if let (Some(panic), false) = (self.log.panic(), std::thread::panicking()) {
            panic!("the origin panicked: {panic}");
        }
    }
}

async fn listen(ca: Ca, log: Arc<Log>, accept: Accept) -> Origin {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("a bound port");
    let noted = log.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            stream.set_nodelay(true).ok();
            let number = noted.accepted();
            let (noted, connection) = (noted.clone(), accept(stream, number));
            tokio::spawn(async move { noted.watch(connection).await });
        }
    });
    Origin { address, ca, log }
}

/// The stream inside TLS, and whether HTTP/2 was agreed on; `None` when the handshake fails.
async fn secure(
    stream: TcpStream,
    config: Option<Arc<ServerConfig>>,
) -> Option<(Box<dyn Stream>, bool)> {
    let Some(config) = config else {
        return Some((Box::new(stream), false));
    };
    let tls = TlsAcceptor::from(config).accept(stream).await.ok()?;
    let is_h2 = tls.get_ref().1.alpn_protocol() == Some(b"h2");
    Some((Box::new(tls), is_h2))
}

async fn speak<S>((stream, is_h2): (Box<dyn Stream>, bool), service: S)
where
    S: hyper::service::HttpService<Incoming, ResBody = Body, Error = std::convert::Infallible>
        + Send
        + 'static,
    S::Future: Send + 'static,
{
    let io = TokioIo::new(stream);
    // How a connection ends is for the test to see at its client.
    let _ = if is_h2 {
        http2::Builder::new(TokioExecutor::new())
            .max_header_list_size(1 << 20)
            .serve_connection(io, service)
            .await
    } else {
        http1::Builder::new()
            .preserve_header_case(true)
            .serve_connection(io, service)
            .with_upgrades()
            .await
    };
}

async fn die(stream: TcpStream, death: Death) {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let mut stream = stream;
    match death {
        Death::ResetOnAccept => stream.set_zero_linger().expect("a socket to reset"),
        Death::CloseDuringTls => {
            let _ = stream.read(&mut [0; 4096]).await;
        }
        Death::SilentDuringTls => std::future::pending().await,
        Death::PlainInsteadOfTls => {
            let _ = stream.read(&mut [0; 4096]).await;
            stream
                .write_all(b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n")
                .await
                .ok();
        }
    }
}
