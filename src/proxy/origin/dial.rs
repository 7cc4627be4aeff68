//! From a name to a verified connection: resolution, happy eyeballs, TLS.

use super::race;
use super::wire::{self, Http1};
use super::{Origin, Scheme};
use crate::host::ConnectTo;
use crate::host::target::{Host, Target};
use crate::proxy::access::Access;
use crate::proxy::body::Outgoing;
use crate::proxy::error::{ProxyError, Side};
use crate::proxy::limits;
use crate::proxy::socket;
use crate::tls::Alpn;
use crate::tls::origin_side::{self, OriginSide};
use http::StatusCode;
use hyper::client::conn::http2;
use rustls::pki_types::ServerName;
use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

/// Opens connections under the configuration's rules.
pub struct Dialer {
    pub tls: OriginSide,
    pub access: Access,
    pub connect_to: Vec<ConnectTo>,
}

/// A connection in the version that the origin chose.
pub enum Dialled {
    Http1(Http1),
    Http2(http2::SendRequest<Outgoing>),
}

impl Dialer {
    /// A TCP connection to the target, or to where `--connect-to` sends it.
    pub async fn tcp(&self, target: &Target, client: IpAddr) -> Result<TcpStream, ProxyError> {
        match timeout(limits::DIAL, self.resolve_and_connect(target, client)).await {
            Ok(result) => result,
            Err(_) => Err(ProxyError::origin(
                StatusCode::GATEWAY_TIMEOUT,
                "connection_timeout",
                format!(
                    "the host did not answer within {} s",
                    limits::DIAL.as_secs()
                ),
            )),
        }
    }

    async fn resolve_and_connect(
        &self,
        target: &Target,
        client: IpAddr,
    ) -> Result<TcpStream, ProxyError> {
        let (place, given) = self.place(target);
        let found = resolve(&place).await?;
        // A place that the operator named is allowed; else the check is on what will be dialled.
        let allowed: Vec<SocketAddr> = found
            .into_iter()
            .filter(|address| given || self.access.admits_target(address.ip(), client))
            .collect();
        if allowed.is_empty() {
            return Err(ProxyError {
                side: Side::Client,
                ..ProxyError::origin(
                    StatusCode::FORBIDDEN,
                    "destination_ip_prohibited",
                    "this address is not public: start why401 with --allow-target CIDR to reach it",
                )
            });
        }
        let stream = race::connect(allowed)
            .await
            .map_err(|error| unreachable(given, &error))?;
        socket::prepare(&stream);
        Ok(stream)
    }

    /// The first matching `--connect-to`, and whether there was one.
    fn place(&self, target: &Target) -> (Target, bool) {
        let host = target.host.bare();
        let Some((host, port)) = self
            .connect_to
            .iter()
            .find_map(|rule| rule.redirect(&host, target.port))
        else {
            return (target.clone(), false);
        };
        (
            Target {
                host: Host::of_canonical(host),
                port,
            },
            true,
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
            match self.dial_offering(offer, client).await {
                Err(Failure::NoCommonProtocol) if offer == Alpn::Http1 => {
                    let dialled = self.dial_offering(Alpn::Both, client).await;
                    let dialled = dialled.map_err(Failure::into_error)?;
                    self.pool
                        .note_http2_only(matches!(dialled, Dialled::Http2(_)));
                    Ok(dialled)
                }
                dialled => dialled.map_err(Failure::into_error),
            }
        })
    }

    async fn dial_offering(&self, offer: Alpn, client: IpAddr) -> Result<Dialled, Failure> {
        let tcp = self.dialer.tcp(&self.key.target, client).await?;
        let opened = match self.key.scheme {
            Scheme::Http => Http1::open(tcp, self.pool.alive())
                .await
                .map(Dialled::Http1),
            Scheme::Https => {
                let tls = self.handshake(tcp, offer).await?;
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

    async fn handshake(
        &self,
        tcp: TcpStream,
        offer: Alpn,
    ) -> Result<tokio_rustls::client::TlsStream<TcpStream>, Failure> {
        let host = &self.key.target.host;
        let name = match host {
            Host::Name(name) => ServerName::try_from(name.clone())
                .map_err(|_| Failure::Other(broken("this host name cannot be verified")))?,
            Host::Ip(address) => ServerName::from(*address),
        };
        let connector = TlsConnector::from(self.dialer.tls.config(offer).clone());
        match timeout(limits::DIAL, connector.connect(name, tcp)).await {
            Ok(Ok(tls)) => Ok(tls),
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

async fn resolve(place: &Target) -> Result<Vec<SocketAddr>, ProxyError> {
    match &place.host {
        Host::Ip(address) => Ok(vec![SocketAddr::new(*address, place.port)]),
        Host::Name(name) => match lookup_host((name.as_str(), place.port)).await {
            Ok(found) => Ok(found.collect()),
            Err(_) => Err(ProxyError::origin(
                StatusCode::BAD_GATEWAY,
                "dns_error",
                "the host name does not resolve on the machine that runs why401",
            )),
        },
    }
}

/// Behind `--connect-to` and `--sandbox` the host that the client asked for is not to blame.
fn unreachable(given: bool, error: &io::Error) -> ProxyError {
    let (kind, what) = match error.kind() {
        io::ErrorKind::ConnectionRefused => ("connection_refused", "refused the connection"),
        io::ErrorKind::NetworkUnreachable | io::ErrorKind::HostUnreachable => {
            ("destination_ip_unroutable", "cannot be reached from here")
        }
        io::ErrorKind::TimedOut => ("connection_timeout", "did not answer"),
        _ => ("destination_unavailable", "cannot be connected to"),
    };
    let place = if given {
        "the place that --sandbox or --connect-to names"
    } else {
        "the host"
    };
    ProxyError::origin(StatusCode::BAD_GATEWAY, kind, format!("{place} {what}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn behind_connect_to_the_host_is_not_blamed() {
        let error = unreachable(true, &io::ErrorKind::ConnectionRefused.into());
        assert_eq!(
            error.to_string(),
            "the place that --sandbox or --connect-to names refused the connection"
        );
    }
}
