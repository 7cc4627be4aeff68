//! Through another proxy: a tunnel by CONNECT, or a connection that takes whole plain requests.

use super::dial::{Dialer, Whose};
use crate::host::target::{Host, Target};
use crate::host::{Parent, ParentProxy};
use crate::proxy::error::{ProxyError, Side};
use crate::proxy::limits;
use crate::tls::{Alpn, origin_side};
use bytes::Bytes;
use http::header::{HOST, PROXY_AUTHORIZATION, VIA};
use http::{Method, Request, Response, StatusCode, Uri};
use http_body_util::Empty;
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper::upgrade::Upgraded;
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use std::net::{IpAddr, Ipv4Addr};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_util::either::Either;

/// What leads to an origin: a connection of our own, or a parent's tunnel.
pub type Hop = Either<TcpStream, TokioIo<Upgraded>>;
/// What leads to the parent.
type Connection = Either<TcpStream, TlsStream<TcpStream>>;

/// The parent, and our name on the way to it.
pub struct Via {
    pub parent: Option<Parent>,
    /// In the `Via` of a CONNECT, by which a loop is seen (RFC 9110 7.6.3).
    pub pseudonym: String,
}

impl Via {
    pub fn towards(&self, host: &Host) -> Option<&ParentProxy> {
        self.parent.as_ref()?.towards(host)
    }

    /// A connection to the parent itself.
    pub(super) async fn connection(
        &self,
        dialer: &Dialer,
        parent: &ParentProxy,
    ) -> Result<Connection, ProxyError> {
        // The operator named it, so no rule for clients stands in its way.
        let nobody = IpAddr::V4(Ipv4Addr::LOCALHOST);
        let tcp = dialer.tcp(&parent.target, Whose::Parent, nobody).await?;
        if !parent.tls {
            return Ok(Either::Left(tcp));
        }
        let name = match &parent.target.host {
            Host::Name(name) => ServerName::try_from(name.clone())
                .map_err(|_| faulty("the name of the parent proxy cannot be verified"))?,
            Host::Ip(address) => ServerName::from(*address),
        };
        let connector = TlsConnector::from(dialer.tls.config(Alpn::Http1).clone());
        match timeout(limits::DIAL, connector.connect(name, tcp)).await {
            Ok(Ok(tls)) => Ok(Either::Right(tls)),
            Ok(Err(error)) => {
                let explained = origin_side::explain(&error);
                let text = format!("the parent proxy: {}", explained.text);
                Err(bad_gateway(explained.proxy_status, text))
            }
            Err(_) => Err(late()),
        }
    }

    /// A tunnel to the target.
    pub(super) async fn tunnel(
        &self,
        dialer: &Dialer,
        parent: &ParentProxy,
        target: &Target,
    ) -> Result<TokioIo<Upgraded>, ProxyError> {
        let io = self.connection(dialer, parent).await?;
        let answer = timeout(limits::DIAL, self.connect(io, parent, target));
        let answer = answer.await.map_err(|_| late())??;
        if !answer.status().is_success() {
            return Err(refused(answer.status()));
        }
        let upgraded = hyper::upgrade::on(answer).await;
        upgraded.map(TokioIo::new).map_err(|_| broken())
    }

    async fn connect(
        &self,
        io: Connection,
        parent: &ParentProxy,
        target: &Target,
    ) -> Result<Response<Incoming>, ProxyError> {
        let mut builder = http1::Builder::new();
        builder.max_buf_size(limits::HOLD_BYTES);
        let opened = builder.handshake(TokioIo::new(io)).await;
        let (mut sender, connection) = opened.map_err(|_| broken())?;
        tokio::spawn(connection.with_upgrades());
        let request = self.request(parent, target)?;
        sender.send_request(request).await.map_err(|_| broken())
    }

    fn request(
        &self,
        parent: &ParentProxy,
        target: &Target,
    ) -> Result<Request<Empty<Bytes>>, ProxyError> {
        let authority = target.to_string();
        let uri: Uri = authority
            .parse()
            .map_err(|_| faulty("the target cannot be named to the parent proxy"))?;
        let mut request = Request::builder()
            .method(Method::CONNECT)
            .uri(uri)
            .header(HOST, authority)
            .header(VIA, format!("1.1 {}", self.pseudonym));
        if let Some(credentials) = &parent.credentials {
            request = request.header(PROXY_AUTHORIZATION, credentials);
        }
        request
            .body(Empty::new())
            .map_err(|_| faulty("the request for the parent proxy cannot be written"))
    }
}

/// A parent's refusal; its 401 and 407 never reach the client as such (H-C10).
pub fn refused(status: StatusCode) -> ProxyError {
    let (kind, text) = match status.as_u16() {
        401 | 407 => (
            "proxy_configuration_error",
            "the parent proxy asks for credentials: put user and password into its address where why401 gets it".to_owned(),
        ),
        508 => ("proxy_loop_detected", "the parent proxy leads back to this one".to_owned()),
        code => ("destination_unavailable", format!("the parent proxy refused with status {code}")),
    };
    ProxyError {
        side: Side::Parent(status),
        ..bad_gateway(kind, text)
    }
}

fn late() -> ProxyError {
    ProxyError::origin(
        StatusCode::GATEWAY_TIMEOUT,
        "connection_timeout",
        "the parent proxy did not answer in time",
    )
}

fn broken() -> ProxyError {
    faulty("the parent proxy closed the connection, or does not speak HTTP/1.1")
}

fn faulty(text: &'static str) -> ProxyError {
    bad_gateway("connection_terminated", text.to_owned())
}

fn bad_gateway(kind: &'static str, text: String) -> ProxyError {
    ProxyError::origin(StatusCode::BAD_GATEWAY, kind, text)
}
