//! From a name to a verified connection: resolution, happy eyeballs, a parent proxy, TLS.

use super::parent::{Hop, Via};
use super::race;
use super::wire::{self, Http1};
use super::{Origin, Scheme};
use crate::host::target::{Host, Target};
use crate::host::{ConnectTo, ParentProxy};
use crate::proxy::access::Access;
use crate::proxy::body::Outgoing;
use crate::proxy::error::{ProxyError, Side};
use crate::proxy::limits;
use crate::proxy::socket;
use crate::tls::Alpn;
use crate::tls::origin_side::{self, OriginSide};
use http::StatusCode;
use hyper::client::conn::http2;
use rustls::pki_types::{ServerName, UnixTime};
use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

/// Opens connections under the configuration's rules.
pub struct Dialer {
    pub tls: OriginSide,
    pub access: Access,
    pub connect_to: Vec<ConnectTo>,
    pub parent: Via,
    /// Where this process listens: no request gets to the admin pages, or back to the proxy, through the proxy
    /// (H-C7, H-C9).
    pub own: Vec<SocketAddr>,
    /// Asked once for each dial: what it answers is checked, and of that what was allowed is dialled (H-C2).
    pub lookup: Lookup,
}

/// The addresses of a name.
pub type Lookup = fn(String, u16) -> BoxFuture<io::Result<Vec<SocketAddr>>>;
type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// As the system resolves names.
pub fn by_the_system(name: String, port: u16) -> BoxFuture<io::Result<Vec<SocketAddr>>> {
    Box::pin(async move { Ok(lookup_host((name, port)).await?.collect()) })
}

/// Whom an error is about.
#[derive(Clone, Copy)]
pub(super) enum Whose {
    Origin,
    /// What `--connect-to` names.
    Given,
    Parent,
}

/// A connection in the version that the origin chose.
pub enum Dialled {
    Http1(Http1),
    Http2(http2::SendRequest<Outgoing>),
}

impl Dialer {
    /// A connection to the target, or to where `--connect-to` sends it; through the parent where there is one.
    pub async fn reach(&self, target: &Target, client: IpAddr) -> Result<Hop, ProxyError> {
        let (place, whose) = self.place(target);
        match self.parent.towards(&place.host) {
            Some(parent) => {
                self.check_address(&place, whose, client)?;
                let tunnel = self.parent.tunnel(self, parent, &place).await?;
                Ok(Hop::Right(tunnel))
            }
            None => self.tcp(&place, whose, client).await.map(Hop::Left),
        }
    }

    /// The parent that plain requests to the target are sent to.
    pub fn parent_towards(&self, target: &Target) -> Option<&ParentProxy> {
        self.parent.towards(&self.place(target).0.host)
    }

    /// What the parent resolves is the parent's; an address that the client wrote is checked here (H-C1).
    fn check_address(
        &self,
        place: &Target,
        whose: Whose,
        client: IpAddr,
    ) -> Result<(), ProxyError> {
        match place.host {
            Host::Ip(address) if !self.admits(address, whose, client) => Err(prohibited()),
            _ => Ok(()),
        }
    }

    /// A place that the operator named is allowed.
    fn admits(&self, address: IpAddr, whose: Whose, client: IpAddr) -> bool {
        !matches!(whose, Whose::Origin) || self.access.admits_target(address, client)
    }

    pub(super) async fn tcp(
        &self,
        place: &Target,
        whose: Whose,
        client: IpAddr,
    ) -> Result<TcpStream, ProxyError> {
        match timeout(limits::DIAL, self.resolve_and_connect(place, whose, client)).await {
            Ok(result) => result,
            Err(_) => Err(ProxyError::origin(
                StatusCode::GATEWAY_TIMEOUT,
                "connection_timeout",
                format!(
                    "{} did not answer within {} s",
                    whose.name(),
                    limits::DIAL.as_secs()
                ),
            )),
        }
    }

    async fn resolve_and_connect(
        &self,
        place: &Target,
        whose: Whose,
        client: IpAddr,
    ) -> Result<TcpStream, ProxyError> {
        let found = self.resolve(place, whose).await?;
        // The check is on what will be dialled.
        let allowed: Vec<SocketAddr> = found
            .into_iter()
            .filter(|address| self.admits(address.ip(), whose, client))
            .collect();
        if allowed.is_empty() {
            return Err(prohibited());
        }
        let stream = race::connect(allowed)
            .await
            .map_err(|error| unreachable(whose, &error))?;
        if !matches!(whose, Whose::Parent) && self.leads_back(&stream) {
            return Err(own_address());
        }
        socket::prepare(&stream);
        Ok(stream)
    }

    async fn resolve(&self, place: &Target, whose: Whose) -> Result<Vec<SocketAddr>, ProxyError> {
        match &place.host {
            Host::Ip(address) => Ok(vec![SocketAddr::new(*address, place.port)]),
            Host::Name(name) => match (self.lookup)(name.clone(), place.port).await {
                Ok(found) => Ok(found),
                Err(_) => Err(ProxyError::origin(
                    StatusCode::BAD_GATEWAY,
                    "dns_error",
                    match whose {
                        Whose::Parent => "the name of the parent proxy does not resolve",
                        _ => "the host name does not resolve on the machine that runs why401",
                    },
                )),
            },
        }
    }

    /// Judged by the open connection: a name, or the unspecified address, may mean this machine as well.
    fn leads_back(&self, stream: &TcpStream) -> bool {
        let (Ok(peer), Ok(local)) = (stream.peer_addr(), stream.local_addr()) else {
            return false;
        };
        self.own.iter().any(|own| {
            let any = own.ip().is_unspecified() && local.ip() == peer.ip();
            peer.port() == own.port()
                && (any || peer.ip().to_canonical() == own.ip().to_canonical())
        })
    }

    /// The first matching `--connect-to`, where there is one.
    fn place(&self, target: &Target) -> (Target, Whose) {
        let host = target.host.bare();
        let Some((host, port)) = self
            .connect_to
            .iter()
            .find_map(|rule| rule.redirect(&host, target.port))
        else {
            return (target.clone(), Whose::Origin);
        };
        (
            Target {
                host: Host::of_canonical(host),
                port,
            },
            Whose::Given,
        )
    }
}

impl Origin {
    /// Dials, verifies, and speaks what was agreed; remembers an origin that takes only HTTP/2.
    ///
    /// Boxed because it is rare and large: inlined, it would make the future of every exchange as large.
    pub(super) fn dial(
        &self,
        offer: Alpn,
        client: IpAddr,
    ) -> Pin<Box<dyn Future<Output = Result<Dialled, ProxyError>> + Send + '_>> {
        Box::pin(async move {
            let offer = if self.pool.is_http2_only() {
                Alpn::Both
            } else {
                offer
            };
            match self.dial_afresh(offer, client).await {
                Err(Failure::NoCommonProtocol) if offer == Alpn::Http1 => {
                    let dialled = self.dial_afresh(Alpn::Both, client).await;
                    let dialled = dialled.map_err(Failure::into_error)?;
                    self.pool
                        .note_http2_only(matches!(dialled, Dialled::Http2(_)));
                    Ok(dialled)
                }
                dialled => dialled.map_err(Failure::into_error),
            }
        })
    }

    /// A session that does not hold any more is forgotten, and costs a second connection.
    async fn dial_afresh(&self, offer: Alpn, client: IpAddr) -> Result<Dialled, Failure> {
        match self.dial_offering(offer, client).await {
            Err(Failure::Outlived) => self.dial_offering(offer, client).await,
            dialled => dialled,
        }
    }

    async fn dial_offering(&self, offer: Alpn, client: IpAddr) -> Result<Dialled, Failure> {
        let opened = match self.key.scheme {
            Scheme::Http => self.open_plain(client).await?.map(Dialled::Http1),
            Scheme::Https => {
                let hop = self.dialer.reach(&self.key.target, client).await?;
                let tls = self.handshake(hop, offer).await?;
                let http2 = tls.get_ref().1.alpn_protocol() == Some(b"h2");
                if http2 {
                    wire::open_http2(tls, self.pool.alive())
                        .await
                        .map(Dialled::Http2)
                } else {
                    Http1::open(tls, self.pool.alive())
                        .await
                        .map(Dialled::Http1)
                }
            }
        };
        opened.map_err(|_| Failure::Other(broken("the origin closed the connection at once")))
    }

    /// Plain requests are sent to a parent, which is no tunnel for them (RFC 9112 3.2.2).
    async fn open_plain(&self, client: IpAddr) -> Result<hyper::Result<Http1>, ProxyError> {
        let dialer = &self.dialer;
        let target = &self.key.target;
        Ok(match dialer.parent_towards(target) {
            Some(parent) => {
                let io = dialer.parent.connection(dialer, parent).await?;
                Http1::open(io, self.pool.alive()).await
            }
            None => {
                let io = dialer.reach(target, client).await?;
                Http1::open(io, self.pool.alive()).await
            }
        })
    }

    async fn handshake(&self, hop: Hop, offer: Alpn) -> Result<TlsStream<Hop>, Failure> {
        let host = &self.key.target.host;
        let name = match host {
            Host::Name(name) => ServerName::try_from(name.clone())
                .map_err(|_| Failure::Other(broken("this host name cannot be verified")))?,
            Host::Ip(address) => ServerName::from(*address),
        };
        let side = &self.dialer.tls;
        let connector = TlsConnector::from(side.config(offer).clone());
        match timeout(limits::DIAL, connector.connect(name.clone(), hop)).await {
            Ok(Ok(tls)) => {
                let connection = tls.get_ref().1;
                if !side.still_holds(connection, &name, UnixTime::now()) {
                    return Err(Failure::Outlived);
                }
                self.negotiated.note(&self.key.target, connection);
                Ok(tls)
            }
            Ok(Err(error)) if origin_side::is_no_application_protocol(&error) => {
                Err(Failure::NoCommonProtocol)
            }
            Ok(Err(error)) => {
                let explained = origin_side::explain(&error);
                Err(Failure::Other(ProxyError::origin(
                    StatusCode::BAD_GATEWAY,
                    explained.proxy_status,
                    explained.text,
                )))
            }
            Err(_) => Err(Failure::Other(ProxyError::origin(
                StatusCode::GATEWAY_TIMEOUT,
                "connection_timeout",
                "the origin did not finish its TLS handshake in time",
            ))),
        }
    }
}

/// Why a dial ended without a connection.
enum Failure {
    /// The origin takes none of the offered versions.
    NoCommonProtocol,
    /// A resumed session, whose certificate would be refused by now.
    Outlived,
    Other(ProxyError),
}

impl Failure {
    fn into_error(self) -> ProxyError {
        match self {
            Self::NoCommonProtocol => ProxyError::origin(
                StatusCode::BAD_GATEWAY,
                "tls_protocol_error",
                "the origin speaks neither HTTP/1.1 nor HTTP/2",
            ),
            Self::Outlived => {
                broken("the origin's TLS session has outlived its certificate, try again")
            }
            Self::Other(error) => error,
        }
    }
}

impl From<ProxyError> for Failure {
    fn from(error: ProxyError) -> Self {
        Self::Other(error)
    }
}

fn broken(text: &'static str) -> ProxyError {
    ProxyError::origin(StatusCode::BAD_GATEWAY, "connection_terminated", text)
}

fn prohibited() -> ProxyError {
    ProxyError {
        side: Side::Client,
        ..ProxyError::origin(
            StatusCode::FORBIDDEN,
            "destination_ip_prohibited",
            "this address is not public: start why401 with --allow-target CIDR to reach it",
        )
    }
}

fn own_address() -> ProxyError {
    ProxyError::client(
        StatusCode::FORBIDDEN,
        "destination_ip_prohibited",
        "why401's own addresses are not reached through it: open this one directly",
    )
}

impl Whose {
    /// Behind `--connect-to`, `--sandbox` or a parent the host that the client asked for is not to blame.
    fn name(self) -> &'static str {
        match self {
            Self::Origin => "the host",
            Self::Given => "the place that --sandbox or --connect-to names",
            Self::Parent => "the parent proxy",
        }
    }
}

fn unreachable(whose: Whose, error: &io::Error) -> ProxyError {
    let (kind, what) = match error.kind() {
        io::ErrorKind::ConnectionRefused => ("connection_refused", "refused the connection"),
        io::ErrorKind::NetworkUnreachable | io::ErrorKind::HostUnreachable => {
            ("destination_ip_unroutable", "cannot be reached from here")
        }
        io::ErrorKind::TimedOut => ("connection_timeout", "did not answer"),
        _ => ("destination_unavailable", "cannot be connected to"),
    };
    let text = format!("{} {what}", whose.name());
    ProxyError::origin(StatusCode::BAD_GATEWAY, kind, text)
}

#[cfg(test)]
mod tests;
