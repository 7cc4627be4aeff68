//! Clients: raw bytes in a tunnel, hyper over HTTP/1.1 and HTTP/2, and the proxy port itself.

use super::body::{self, Body};
use super::wire::{Message, Stream, Wire};
use super::{Http, within};
use http::{HeaderValue, Request, Response, header};
use hyper::body::Incoming;
use hyper::client::conn::{http1, http2};
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

pub const API: &str = "api.bitbucket.org";

/// Where clients go: through the proxy, or straight to the origin.
#[derive(Clone)]
pub struct Dialer {
    pub address: SocketAddr,
    pub through_proxy: bool,
    pub roots: Arc<RootCertStore>,
}

impl Dialer {
    /// A bare connection to the proxy's (or the origin's) port.
    pub async fn port(&self) -> Wire {
        Wire::new(
            within("a TCP connection", TcpStream::connect(self.address))
                .await
                .expect("the port is open"),
        )
    }

    /// A tunnel to `authority`, or the answer that refused it.
    pub async fn connect(&self, authority: &str) -> Result<Box<dyn Stream>, Message> {
        let mut wire = self.port().await;
        if !self.through_proxy {
            return Ok(wire.into_inner());
        }
        wire.send(format!(
            "CONNECT {authority} HTTP/1.1\r\nHost: {authority}\r\n\r\n"
        ))
        .await;
        let answer = wire.answer_to_head().await;
        if answer.status() == 200 {
            return Ok(wire.into_inner());
        }
        let mut answer = answer;
        let length = answer
            .field("content-length")
            .map_or(0, |length| length.parse().expect("a length"));
        answer.body = wire.exactly(length).await;
        Err(answer)
    }

    /// TLS with `sni` inside a tunnel to `authority`.
    pub async fn handshake(
        &self,
        authority: &str,
        sni: &str,
        alpn: &[&str],
    ) -> io::Result<TlsStream<Box<dyn Stream>>> {
        let tunnel = self.connect(authority).await;
        let tunnel =
            tunnel.unwrap_or_else(|answer| panic!("CONNECT {authority} was refused: {answer:?}"));
        let mut config = ClientConfig::builder()
            .with_root_certificates(self.roots.clone())
            .with_no_client_auth();
        config.alpn_protocols = alpn.iter().map(|name| name.as_bytes().to_vec()).collect();
        let name = ServerName::try_from(sni.to_owned()).expect("a host name");
        within(
            "a TLS handshake",
            TlsConnector::from(Arc::new(config)).connect(name, tunnel),
        )
        .await
    }

    pub async fn tls(&self, host: &str, version: Http) -> TlsStream<Box<dyn Stream>> {
        let alpn = match version {
            Http::One => "http/1.1",
            Http::Two => "h2",
        };
        let tls = self
            .handshake(&format!("{host}:443"), host, &[alpn])
            .await
            .expect("a TLS handshake");
        assert_eq!(
            tls.get_ref().1.alpn_protocol(),
            Some(alpn.as_bytes()),
            "the protocol agreed on"
        );
        tls
    }

    /// HTTP/1.1 to api.bitbucket.org by hand.
    pub async fn raw(&self) -> Wire {
        self.raw_to(API).await
    }

    pub async fn raw_to(&self, host: &str) -> Wire {
        Wire::new(self.tls(host, Http::One).await)
    }

    pub async fn http(&self, version: Http) -> Client {
        self.http_to(API, version).await
    }

    pub async fn http_to(&self, host: &str, version: Http) -> Client {
        Client::over(self.tls(host, version).await, host, version).await
    }
}

/// One connection of hyper's client.
pub struct Client {
    host: String,
    sender: Sender,
}

enum Sender {
    One(http1::SendRequest<Body>),
    Two(http2::SendRequest<Body>),
}

impl Client {
    async fn over(stream: impl Stream + 'static, host: &str, version: Http) -> Self {
        let io = TokioIo::new(stream);
        let sender = match version {
            Http::One => {
                let (sender, connection) = http1::handshake(io).await.expect("HTTP/1.1");
                tokio::spawn(connection.with_upgrades());
                Sender::One(sender)
            }
            Http::Two => {
                let (sender, connection) = http2::handshake(TokioExecutor::new(), io)
                    .await
                    .expect("HTTP/2");
                tokio::spawn(connection);
                Sender::Two(sender)
            }
        };
        Self {
            host: host.to_owned(),
            sender,
        }
    }

    pub async fn get(&mut self, path: &str) -> Response<Incoming> {
        self.send(Request::get(path).body(body::empty()).expect("a request"))
            .await
    }

    pub async fn send(&mut self, request: Request<Body>) -> Response<Incoming> {
        self.try_send(request).await.expect("an answer")
    }

    /// Sends a request whose target is a path; Host or `:authority` are added where they are missing.
    pub async fn try_send(
        &mut self,
        mut request: Request<Body>,
    ) -> hyper::Result<Response<Incoming>> {
        match &mut self.sender {
            Sender::One(sender) => {
                let host = HeaderValue::from_str(&self.host).expect("a host name");
                request.headers_mut().entry(header::HOST).or_insert(host);
                within("an idle connection", sender.ready()).await?;
                within("an answer", sender.send_request(request)).await
            }
            Sender::Two(sender) => {
                if request.uri().authority().is_none() {
                    let absolute = format!("https://{}{}", self.host, request.uri());
                    *request.uri_mut() = absolute.parse().expect("an absolute target");
                }
                within("an open connection", sender.ready()).await?;
                within("an answer", sender.send_request(request)).await
            }
        }
    }

    /// Another handle on the same HTTP/2 connection.
    pub fn share(&self) -> Self {
        let sender = match &self.sender {
            Sender::Two(sender) => Sender::Two(sender.clone()),
            Sender::One(_) => panic!("an HTTP/1.1 connection carries one exchange at a time"),
        };
        Self {
            host: self.host.clone(),
            sender,
        }
    }
}
