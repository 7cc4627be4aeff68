//! Why a handshake with an origin failed, for people and for `Proxy-Status`.

mod certificate;

pub(super) use certificate::days;

use rustls::{AlertDescription, Error, PeerIncompatible};
use std::io::{self, ErrorKind};

/// A failed handshake in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// The `error` of `Proxy-Status` (RFC 9209 2.3).
    pub proxy_status: &'static str,
    /// One line of printable ASCII; nothing of a request.
    pub text: String,
}

/// Explains an error of `TlsConnector::connect`.
pub fn explain(error: &io::Error) -> Explained {
    if let Some(tls) = tls_error(error) {
        return explain_tls(tls);
    }
    let (proxy_status, text) = match error.kind() {
        ErrorKind::TimedOut => (
            "connection_timeout",
            "the origin did not finish the TLS handshake in time",
        ),
        _ => (
            "connection_terminated",
            "the origin closed the connection during the TLS handshake",
        ),
    };
    Explained {
        proxy_status,
        text: text.into(),
    }
}

/// Whether the origin speaks none of the HTTP versions that were offered: it may speak the other.
pub fn is_no_application_protocol(error: &io::Error) -> bool {
    matches!(
        tls_error(error),
        Some(
            Error::NoApplicationProtocol
                | Error::AlertReceived(AlertDescription::NoApplicationProtocol)
        )
    )
}

fn tls_error(error: &io::Error) -> Option<&Error> {
    error.get_ref()?.downcast_ref()
}

fn explain_tls(error: &Error) -> Explained {
    let (proxy_status, text) = match error {
        Error::InvalidCertificate(error) => ("tls_certificate_error", certificate::words(error)),
        Error::NoCertificatesPresented => (
            "tls_certificate_error",
            "the origin showed no certificate".into(),
        ),
        Error::InvalidCertRevocationList(error) => {
            ("tls_certificate_error", certificate::unusable_list(error))
        }
        Error::AlertReceived(alert) => ("tls_alert_received", received(*alert)),
        Error::NoApplicationProtocol => ("tls_protocol_error", NO_HTTP.into()),
        Error::InvalidMessage(_) | Error::PeerSentOversizedRecord => (
            "tls_protocol_error",
            "the origin's answer is not TLS (is it plain HTTP on this port?)".into(),
        ),
        Error::PeerIncompatible(why) => ("tls_protocol_error", incompatible(why)),
        _ => (
            "tls_protocol_error",
            "the origin broke the TLS protocol".into(),
        ),
    };
    Explained { proxy_status, text }
}

const NO_HTTP: &str = "the origin speaks none of the HTTP versions that were offered (ALPN)";

fn received(alert: AlertDescription) -> String {
    let meaning = match alert {
        AlertDescription::NoApplicationProtocol => NO_HTTP,
        AlertDescription::ProtocolVersion => "the origin speaks neither TLS 1.2 nor 1.3",
        AlertDescription::CertificateRequired => {
            "the origin asks for a client certificate, and why401 has none"
        }
        AlertDescription::UnrecognisedName => "the origin does not know this host name",
        AlertDescription::HandshakeFailure => "the origin found no cipher suite in common",
        _ => "the origin ended the TLS handshake",
    };
    let name = format!("{alert:?}");
    let name: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    format!("{meaning} (alert {} {name})", u8::from(alert))
}

fn incompatible(why: &PeerIncompatible) -> String {
    match why {
        PeerIncompatible::ServerDoesNotSupportTls12Or13
        | PeerIncompatible::ServerTlsVersionIsDisabledByOurConfig => {
            "the origin speaks neither TLS 1.2 nor 1.3".into()
        }
        _ => "the origin and why401 have no TLS parameters in common".into(),
    }
}
