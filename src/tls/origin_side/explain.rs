//! Why a handshake with an origin failed, for people and for `Proxy-Status`.

mod certificate;

pub(super) use certificate::days;

use rustls::{AlertDescription, Error, InvalidMessage, PeerIncompatible, PeerMisbehaved};
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

/// The alert that ended a connection: in TLS 1.3 an origin that insists on a client certificate says so only after the
/// handshake.
pub fn explain_alert(error: &(dyn std::error::Error + 'static)) -> Option<Explained> {
    match tls_error(error.downcast_ref()?)? {
        alert @ Error::AlertReceived(_) => Some(explain_tls(alert)),
        _ => None,
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
        Error::InvalidMessage(
            InvalidMessage::HandshakePayloadTooLarge | InvalidMessage::CertificatePayloadTooLarge,
        ) => ("tls_certificate_error", TOO_LARGE.into()),
        Error::InvalidMessage(_) | Error::PeerSentOversizedRecord => (
            "tls_protocol_error",
            "the origin's answer is not TLS (is it plain HTTP on this port?)".into(),
        ),
        Error::PeerMisbehaved(
            PeerMisbehaved::SelectedUnofferedCipherSuite
            | PeerMisbehaved::SelectedUnofferedKxGroup
            | PeerMisbehaved::SelectedUnofferedCompression,
        ) => ("tls_protocol_error", UNOFFERED.into()),
        Error::PeerMisbehaved(PeerMisbehaved::AttemptedDowngradeToTls12WhenTls13IsSupported) => {
            ("tls_protocol_error", DOWNGRADE.into())
        }
        Error::PeerIncompatible(why) => ("tls_protocol_error", incompatible(why)),
        _ => (
            "tls_protocol_error",
            "the origin broke the TLS protocol".into(),
        ),
    };
    Explained { proxy_status, text }
}

const TOO_LARGE: &str = "the origin's certificates take more than 64 KiB";
const UNOFFERED: &str = "the origin insists on a cipher suite, key exchange or compression that why401 does not offer \
    (an old or anonymous one?)";
const DOWNGRADE: &str =
    "something between why401 and the origin forces an older TLS than both speak";
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
