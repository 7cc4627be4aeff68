//! A client's TLS that came to nothing: counted, told, and diagnosed by how it died.

use super::incompatible::{self, Spoken};
use crate::observation::{Client, Ending, Handshake, Observation};
use crate::proxy::Proxy;
use crate::proxy::origin::Origin;
use http::HeaderValue;
use rustls::AlertDescription;
use std::error::Error;
use std::io::{self, ErrorKind};
use std::net::IpAddr;

/// Why a client's handshake came to nothing; the label of the metric.
pub enum Refused {
    /// The first byte is not TLS.
    NotTls,
    /// The client left after CONNECT without a byte, as a port scan or a preconnect does.
    Silent,
    /// The name in the ClientHello is another than the one in CONNECT (H-C4).
    OtherName,
    /// The client spoke no TLS that we do, or left before it saw our certificate.
    Hello(io::Error),
    /// It ended the handshake after it saw our certificate, or offered nothing that we take.
    Handshake(io::Error, Spoken),
    /// It finished the handshake, and left without a request.
    NoRequest(Option<Ending>),
    /// No leaf could be made for the host.
    NoLeaf,
    /// The proxy ends before the client has begun.
    Stopping,
}

/// Who opened the tunnel.
#[derive(Clone, Debug)]
pub struct Caller {
    pub client: IpAddr,
    /// Of the CONNECT, by which a runtime is guessed.
    pub user_agent: Option<HeaderValue>,
}

impl Caller {
    fn runtime(&self) -> Client {
        let name = self.user_agent.as_ref().and_then(|name| name.to_str().ok());
        name.map_or(Client::Other, Client::of)
    }
}

pub fn report(proxy: &Proxy, origin: &Origin, caller: &Caller, refused: &Refused) {
    let (client, host) = (caller.client, &origin.key.target.host);
    match refused {
        Refused::NotTls => {
            proxy.metrics.handshake_failed("not-tls");
            tracing::warn!(%client, %host, "a client sent something else than TLS after CONNECT");
        }
        Refused::Silent => proxy.metrics.handshake_failed("silent"),
        Refused::OtherName => {
            proxy.metrics.handshake_failed("other-name");
            tracing::warn!(%client, %host, "a client asked for one host in CONNECT and for another in TLS, refused");
        }
        Refused::Hello(error) => {
            proxy.metrics.handshake_failed("hello");
            tracing::warn!(%client, %host, %error, "a client's TLS could not begin");
        }
        Refused::Handshake(error, spoken) => {
            if let Some(words) = incompatible::words(error, *spoken) {
                proxy.metrics.handshake_failed("old-client");
                tracing::warn!(%client, %host, "{words}");
                return;
            }
            proxy.metrics.handshake_failed("client");
            if !ending(error).is_some_and(|ending| tell(proxy, origin, caller, ending)) {
                tracing::warn!(%client, %host, %error, "the client ended the TLS handshake");
            }
        }
        Refused::NoRequest(ending) => {
            proxy.metrics.handshake_failed("no-request");
            tell(proxy, origin, caller, ending.unwrap_or(Ending::Silent));
        }
        Refused::NoLeaf => proxy.metrics.handshake_failed("no-leaf"),
        Refused::Stopping => {}
    }
}

/// True when there is a finding.
fn tell(proxy: &Proxy, origin: &Origin, caller: &Caller, ending: Ending) -> bool {
    let handshake = Handshake {
        host: Some(origin.key.target.host.bare().into_owned()),
        ending,
        client: caller.runtime(),
        served_otherwise: proxy.observer.served.has(caller),
    };
    proxy
        .observer
        .tell(Observation::Handshake(handshake), caller.client)
}

/// How runtimes say, or do not say, that they do not trust a certificate (T1 to T4).
pub fn ending(error: &(dyn Error + 'static)) -> Option<Ending> {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if let Some(ending) = by_alert(error).or_else(|| by_cut(error)) {
            return Some(ending);
        }
        cause = inner(error);
    }
    None
}

/// An I/O error's `source` skips what it wraps.
fn inner<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    let wrapped = error
        .downcast_ref::<io::Error>()
        .and_then(io::Error::get_ref);
    match wrapped {
        Some(wrapped) => Some(wrapped),
        None => error.source(),
    }
}

fn by_alert(error: &(dyn Error + 'static)) -> Option<Ending> {
    let rustls::Error::AlertReceived(alert) = error.downcast_ref()? else {
        return None;
    };
    match *alert {
        AlertDescription::UnknownCA => Some(Ending::UnknownCa),
        AlertDescription::BadCertificate => Some(Ending::BadCertificate),
        AlertDescription::CertificateUnknown => Some(Ending::CertificateUnknown),
        AlertDescription::InternalError => Some(Ending::InternalError),
        _ => None,
    }
}

fn by_cut(error: &(dyn Error + 'static)) -> Option<Ending> {
    let error = error.downcast_ref::<io::Error>()?;
    let is_cut = matches!(
        error.kind(),
        ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset | ErrorKind::BrokenPipe
    );
    is_cut.then_some(Ending::Cut)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alerts_and_cuts_are_told_apart_however_deep_they_lie() {
        let alert = |description| {
            let alert = rustls::Error::AlertReceived(description);
            io::Error::other(io::Error::new(ErrorKind::InvalidData, alert))
        };
        for (description, expected) in [
            (AlertDescription::UnknownCA, Some(Ending::UnknownCa)),
            (
                AlertDescription::BadCertificate,
                Some(Ending::BadCertificate),
            ),
            (
                AlertDescription::CertificateUnknown,
                Some(Ending::CertificateUnknown),
            ),
            (AlertDescription::InternalError, Some(Ending::InternalError)),
            (AlertDescription::ProtocolVersion, None),
        ] {
            assert_eq!(ending(&alert(description)), expected);
        }
        assert_eq!(
            ending(&io::Error::from(ErrorKind::ConnectionReset)),
            Some(Ending::Cut)
        );
        assert_eq!(ending(&io::Error::from(ErrorKind::InvalidData)), None);
    }
}
