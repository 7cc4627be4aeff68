//! The client of the stories: CONNECT, TLS by the proxy's CA, HTTP/1.1, like the tools that it stands for.

use super::request::Request;
use crate::tls::provider;
use bytes::Bytes;
use http::{HeaderMap, StatusCode, header};
use http_body_util::{BodyExt, Empty};
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

/// On loopback everything is over long before.
const PATIENCE: Duration = Duration::from_secs(5);

/// A whole response.
#[derive(Clone, Debug)]
pub struct Response {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

/// Keeps one connection per host.
pub struct Client {
    proxy: SocketAddr,
    tls: TlsConnector,
    open: HashMap<&'static str, SendRequest<Empty<Bytes>>>,
}

impl Client {
    /// Trusts the proxy's root, and nothing else.
    pub fn new(proxy: SocketAddr, root_pem: &str) -> io::Result<Self> {
        let mut roots = RootCertStore::empty();
        for root in CertificateDer::pem_slice_iter(root_pem.as_bytes()) {
            let added = root.map(|root| roots.add(root));
            added.map_err(io::Error::other)?.map_err(io::Error::other)?;
        }
        let config = ClientConfig::builder_with_provider(provider())
            .with_safe_default_protocol_versions()
            .map_err(io::Error::other)?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Self {
            proxy,
            tls: TlsConnector::from(Arc::new(config)),
            open: HashMap::new(),
        })
    }

    /// One exchange.
    ///
    /// # Errors
    /// Nobody answers, or not with HTTP.
    pub async fn send(&mut self, request: &Request) -> io::Result<Response> {
        let exchange = timeout(PATIENCE, self.exchange(request)).await;
        exchange.map_err(|_| io::ErrorKind::TimedOut)?
    }

    async fn exchange(&mut self, request: &Request) -> io::Result<Response> {
        let host = request.surface.host();
        let idle = self.open.remove(host);
        let mut connection = match idle.filter(|connection| !connection.is_closed()) {
            Some(connection) => connection,
            None => self.connect(host).await?,
        };
        let mut head = http::Request::get(&request.target)
            .header(header::HOST, host)
            .header(header::USER_AGENT, request.tool.user_agent())
            .header(header::ACCEPT, "*/*");
        if let Some(value) = request.sent.value() {
            head = head.header(header::AUTHORIZATION, value);
        }
        let head = head.body(Empty::new()).map_err(io::Error::other)?;
        connection.ready().await.map_err(io::Error::other)?;
        let answer = connection.send_request(head).await;
        let (parts, body) = answer.map_err(io::Error::other)?.into_parts();
        let body = body.collect().await.map_err(io::Error::other)?.to_bytes();
        self.open.insert(host, connection);
        Ok(Response {
            status: parts.status,
            headers: parts.headers,
            body,
        })
    }

    async fn connect(&self, host: &'static str) -> io::Result<SendRequest<Empty<Bytes>>> {
        let stream = TcpStream::connect(self.proxy).await?;
        let (mut tunnel, connection) = http1::handshake(TokioIo::new(stream))
            .await
            .map_err(io::Error::other)?;
        tokio::spawn(connection.with_upgrades());
        let authority = format!("{host}:443");
        let connect = http::Request::connect(&authority)
            .header(header::HOST, &authority)
            .body(Empty::<Bytes>::new())
            .map_err(io::Error::other)?;
        let answer = tunnel
            .send_request(connect)
            .await
            .map_err(io::Error::other)?;
        if answer.status() != StatusCode::OK {
            let status = answer.status();
            return Err(io::Error::other(format!("CONNECT {authority}: {status}")));
        }
        let stream = hyper::upgrade::on(answer).await.map_err(io::Error::other)?;
        let name = ServerName::try_from(host).map_err(io::Error::other)?;
        let stream = self.tls.connect(name, TokioIo::new(stream)).await?;
        let (sender, connection) = http1::handshake(TokioIo::new(stream))
            .await
            .map_err(io::Error::other)?;
        tokio::spawn(connection);
        Ok(sender)
    }
}
