//! What is wrong with an origin's certificate, in words.

use crate::tls::origin_side::verifier::Refusal;
use rustls::pki_types::UnixTime;
use rustls::{CertificateError, OtherError};

/// The most names of a certificate that are listed, and the most characters of each.
const MOST_NAMES: usize = 4;
const LONGEST_NAME: usize = 64;

const UNKNOWN_EXTENSION: &str = "a certificate of the origin has an unknown critical extension";
const UNKNOWN_ISSUER: &str = "unknown issuer: a missing intermediate certificate, a self-signed \
    certificate, or the private CA of a firewall or proxy that intercepts TLS; add a CA that you \
    trust with --origin-ca FILE";
const BAD_SIGNATURE: &str = "a signature of the origin's certificates does not verify: one is \
    damaged, or its CA is not the one of that name that you trust (a renewed private CA? add it \
    with --origin-ca FILE)";
const WEAK_SIGNATURE: &str =
    "a certificate of the origin is signed by a weak or unknown algorithm (SHA-1, MD5 ...)";
const LOOP: &str = "the origin's certificate is signed by why401's own CA: the connection leads \
    back to why401 (look at --sandbox, --connect-to, DNS and the proxy's own HTTPS_PROXY)";

pub(super) fn words(error: &CertificateError) -> String {
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
        E::UnknownIssuer => UNKNOWN_ISSUER.into(),
        E::NotValidForNameContext { presented, .. } => wrong_name(presented),
        E::NotValidForName => wrong_name(&[]),
        E::BadSignature => BAD_SIGNATURE.into(),
        E::InvalidPurpose | E::InvalidPurposeContext { .. } => {
            "a certificate of the origin is not made for servers (extended key usage)".into()
        }
        E::Revoked => "the origin's certificate is revoked".into(),
        E::UnsupportedSignatureAlgorithmContext { .. }
        | E::UnsupportedSignatureAlgorithmForPublicKeyContext { .. } => WEAK_SIGNATURE.into(),
        E::BadEncoding => "a certificate of the origin is malformed".into(),
        E::UnhandledCriticalExtension => UNKNOWN_EXTENSION.into(),
        E::Other(other) => other_certificate_error(other),
        _ => "the origin's certificate cannot be verified".into(),
    }
}

/// Errors of the verification library that rustls passes on without a type of its own.
fn other_certificate_error(error: &OtherError) -> String {
    match error.0.downcast_ref() {
        Some(Refusal::OwnAuthority) => LOOP.into(),
        Some(Refusal::WeakKey(bits)) => {
            format!("weak key: a certificate of the origin has an RSA key of {bits} bits, not 2048")
        }
        None => broken_rule(&error.to_string()).into(),
    }
}

/// The library's errors print as their names.
fn broken_rule(name: &str) -> &'static str {
    match name {
        "CaUsedAsEndEntity" => {
            "the origin shows a CA certificate as its own; let that CA sign one for the server"
        }
        "EndEntityUsedAsCa" => "a certificate of the origin is signed by one that is not a CA",
        "PathLenConstraintViolated" => "the origin's chain is longer than one of its CAs permits",
        "NameConstraintViolation" => {
            "the origin's certificate is for a name that its CA may not sign for (name constraints)"
        }
        "UnsupportedCriticalExtension" => UNKNOWN_EXTENSION,
        "MaximumSignatureChecksExceeded"
        | "MaximumPathBuildCallsExceeded"
        | "MaximumPathDepthExceeded"
        | "MaximumNameConstraintComparisonsExceeded" => {
            "the origin's chain is too long or too tangled"
        }
        _ => "the origin's certificate cannot be verified",
    }
}

fn wrong_name(presented: &[String]) -> String {
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
    format!("the certificate is for {names}{more}, not for the host that was asked for")
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
