//! Why a handshake with an origin failed, for people and for `Proxy-Status`.

use super::verifier::Refusal;
use rustls::pki_types::UnixTime;
use rustls::{AlertDescription, CertificateError, Error, OtherError, PeerIncompatible};
use std::io::{self, ErrorKind};

/// The most names of a certificate that are listed, and the most characters of each.
const MOST_NAMES: usize = 4;
const LONGEST_NAME: usize = 64;

/// A failed handshake in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// The `error` of `Proxy-Status` (RFC 9209 2.3).
    pub proxy_status: &'static str,
    /// One line of printable ASCII; nothing of a request but the host, cleaned.
    pub text: String,
}

/// Explains an error of `TlsConnector::connect` to `host`.
pub fn explain(error: &io::Error, host: &str) -> Explained {
    if let Some(tls) = tls_error(error) {
        return explain_tls(tls, host);
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

fn explain_tls(error: &Error, host: &str) -> Explained {
    let (proxy_status, text) = match error {
        Error::InvalidCertificate(error) => ("tls_certificate_error", certificate(error, host)),
        Error::NoCertificatesPresented => (
            "tls_certificate_error",
            "the origin showed no certificate".into(),
        ),
        Error::InvalidCertRevocationList(_) => (
            "tls_certificate_error",
            "a certificate revocation list cannot be used".into(),
        ),
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

fn certificate(error: &CertificateError, host: &str) -> String {
    use CertificateError as E;
    match error {
        E::ExpiredContext { time, not_after } => {
            format!(
                "a certificate of the origin expired {} ago",
                days(*time, *not_after)
            )
        }
        E::Expired => "a certificate of the origin has expired".into(),
        E::NotValidYetContext { time, not_before } => format!(
            "a certificate of the origin becomes valid in {}; is this machine's clock right?",
            days(*not_before, *time)
        ),
        E::NotValidYet => "a certificate of the origin is not valid yet".into(),
        E::UnknownIssuer => {
            "unknown issuer: a missing intermediate certificate, a self-signed certificate or a \
             private CA; add a CA that you trust with --origin-ca FILE"
                .into()
        }
        E::NotValidForNameContext { presented, .. } => wrong_name(presented, host),
        E::NotValidForName => wrong_name(&[], host),
        E::BadSignature => "a signature of the origin's certificates does not verify: one is damaged, or its CA is \
             not the one of that name that you trust (a renewed private CA? add it with --origin-ca FILE)"
            .into(),
        E::InvalidPurpose | E::InvalidPurposeContext { .. } => {
            "a certificate of the origin is not made for servers (extended key usage)".into()
        }
        E::Revoked => "the origin's certificate is revoked".into(),
        E::UnsupportedSignatureAlgorithmContext { .. }
        | E::UnsupportedSignatureAlgorithmForPublicKeyContext { .. } => {
            "a certificate of the origin is signed by a weak or unknown algorithm (SHA-1, MD5 ...)"
                .into()
        }
        E::BadEncoding => "a certificate of the origin is malformed".into(),
        E::UnhandledCriticalExtension => UNKNOWN_EXTENSION.into(),
        E::Other(other) => other_certificate_error(other),
        _ => "the origin's certificate cannot be verified".into(),
    }
}

const UNKNOWN_EXTENSION: &str = "a certificate of the origin has an unknown critical extension";

/// Errors of the verification library that rustls passes on without a type of its own.
fn other_certificate_error(error: &OtherError) -> String {
    match error.0.downcast_ref() {
        Some(Refusal::OwnAuthority) => {
            return "the origin's certificate is signed by why401's own CA: the connection leads back to why401 \
                    (look at --connect-to, DNS and the proxy's own HTTPS_PROXY)"
                .into();
        }
        Some(Refusal::WeakKey(bits)) => {
            return format!(
                "weak key: a certificate of the origin has an RSA key of {bits} bits, fewer than 2048"
            );
        }
        None => {}
    }
    match error.to_string().as_str() {
        "CaUsedAsEndEntity" => "the origin shows a CA certificate as its own; give the server a certificate signed by that CA",
        "EndEntityUsedAsCa" => "a certificate of the origin is signed by one that is not a CA",
        "PathLenConstraintViolated" => "the origin's chain is longer than one of its CAs permits",
        "NameConstraintViolation" => "the origin's certificate is for a name that its CA may not sign for (name constraints)",
        "UnsupportedCriticalExtension" => UNKNOWN_EXTENSION,
        "MaximumSignatureChecksExceeded" | "MaximumPathBuildCallsExceeded" | "MaximumPathDepthExceeded"
        | "MaximumNameConstraintComparisonsExceeded" => "the origin's chain is too long or too tangled",
        _ => "the origin's certificate cannot be verified",
    }
    .into()
}

fn wrong_name(presented: &[String], host: &str) -> String {
    let names: Vec<String> = presented
        .iter()
        .take(MOST_NAMES)
        .map(|name| clean(inner(name)))
        .filter(|name| !name.is_empty())
        .collect();
    let more = match presented.len().saturating_sub(MOST_NAMES) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let names = match names.is_empty() {
        true => "no host name (subjectAltName)".to_owned(),
        false => names.join(", "),
    };
    format!(
        "the certificate is for {names}{more}, not for {}",
        clean(host)
    )
}

/// The library presents a name as `DnsName("a.example")` or `IpAddress(1.2.3.4)`.
fn inner(name: &str) -> &str {
    let start = name.find('(').map_or(0, |at| at + 1);
    name[start..].trim_end_matches(')').trim_matches('"')
}

fn clean(name: &str) -> String {
    name.chars()
        .map(|c| c.to_ascii_lowercase())
        .filter(|c| matches!(c, 'a'..='z' | '0'..='9' | '.' | '*' | '-'))
        .take(LONGEST_NAME)
        .collect()
}

fn days(later: UnixTime, earlier: UnixTime) -> String {
    let seconds = later.as_secs().saturating_sub(earlier.as_secs());
    match (seconds / 86_400, seconds / 3_600) {
        (0, 0) => "less than an hour".into(),
        (0, 1) => "1 hour".into(),
        (0, hours) => format!("{hours} hours"),
        (1, _) => "1 day".into(),
        (days, _) => format!("{days} days"),
    }
}
