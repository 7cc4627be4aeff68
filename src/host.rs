//! Host names in one canonical form, so that no spelling slips past a comparison.

mod connect_to;
mod no_proxy;
mod parent;
mod pattern;
pub mod target;

pub use connect_to::ConnectTo;
pub use no_proxy::NoProxy;
pub use parent::{Parent, ParentProxy};
pub use pattern::HostPattern;

use crate::credentials;
use std::borrow::Cow;
use std::net::{IpAddr, Ipv6Addr};

/// Stands where a token stood in a host's place.
const REDACTED: &str = "***";

/// A host for logs. Who leaves out the `@` of a clone address has typed a token where the host belongs, and names are
/// compared in small letters: a label that would be a token in capitals is taken for one.
pub fn shown(host: &str) -> Cow<'_, str> {
    let is_token = |label: &str| {
        credentials::gives_away(label.as_bytes(), &[])
            || credentials::gives_away(label.to_ascii_uppercase().as_bytes(), &[])
    };
    if host.split('.').any(is_token) {
        Cow::Borrowed(REDACTED)
    } else {
        Cow::Borrowed(host)
    }
}

/// Why a text is no host name; each says what to write instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HostFault {
    #[error("there is no host name")]
    Empty,
    #[error("a host name of other letters than ASCII is written in its xn-- form")]
    NotAscii,
    #[error("a wildcard stands for no host; name each one")]
    Wildcard,
    #[error("a host name has letters, digits, dots and hyphens only, without https:// or a path")]
    BadCharacter,
    #[error("a host name has at most 253 characters, and 1 to 63 between two dots")]
    BadLength,
}

/// Lower case, without the dot of the root; an IPv6 address without brackets in its RFC 5952 form.
///
/// # Errors
/// Whatever DNS could not look up, and names that are not ASCII: two spellings of one name would defeat the
/// comparison with the list of intercepted hosts.
pub fn canonical(text: &str) -> Result<String, HostFault> {
    if let Some(address) = ipv6_literal(text) {
        return Ok(address.to_string());
    }
    if !text.is_ascii() {
        return Err(HostFault::NotAscii);
    }
    let name = text.strip_suffix('.').unwrap_or(text).to_ascii_lowercase();
    match name.as_str() {
        "" => Err(HostFault::Empty),
        name if name.contains('*') => Err(HostFault::Wildcard),
        name if !name.bytes().all(allowed) => Err(HostFault::BadCharacter),
        name if !lengths_fit(name) => Err(HostFault::BadLength),
        _ => Ok(name),
    }
}

/// Whether a canonical host is an address, which no certificate of the local CA can name.
pub fn is_address(host: &str) -> bool {
    host.parse::<IpAddr>().is_ok()
}

fn ipv6_literal(text: &str) -> Option<Ipv6Addr> {
    let bare = text
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    bare.unwrap_or(text).parse().ok()
}

/// Letters, digits and hyphen (RFC 1123 2.1), and the underscore that real host names carry.
fn allowed(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.')
}

/// RFC 1035 2.3.4.
fn lengths_fit(name: &str) -> bool {
    name.len() <= 253 && name.split('.').all(|label| (1..=63).contains(&label.len()))
}

/// A port of the range that a connection can have: 1 to 65535.
pub fn port(text: &str) -> Option<u16> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|port| digits && *port != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_a_name_becomes_the_same() {
        for text in [
            "api.bitbucket.org",
            "API.Bitbucket.ORG",
            "api.bitbucket.org.",
        ] {
            assert_eq!(
                canonical(text).as_deref(),
                Ok("api.bitbucket.org"),
                "{text}"
            );
        }
        assert_eq!(canonical("[::0001]").as_deref(), Ok("::1"));
        assert_eq!(
            canonical("xn--bcher-kva.example").as_deref(),
            Ok("xn--bcher-kva.example")
        );
    }

    #[test]
    fn what_dns_could_not_look_up_is_refused_with_its_reason() {
        let long = "a".repeat(64);
        let cases = [
            ("", HostFault::Empty),
            (".", HostFault::Empty),
            ("bücher.example", HostFault::NotAscii),
            ("*.bitbucket.org", HostFault::Wildcard),
            ("https://bitbucket.org", HostFault::BadCharacter),
            ("user@bitbucket.org", HostFault::BadCharacter),
            ("a b", HostFault::BadCharacter),
            ("a..b", HostFault::BadLength),
            ("a..", HostFault::BadLength),
            (&long, HostFault::BadLength),
        ];
        for (text, fault) in cases {
            assert_eq!(canonical(text), Err(fault), "{text}");
        }
    }

    #[test]
    fn a_port_is_digits_from_1_to_65535() {
        assert_eq!(port("443"), Some(443));
        assert_eq!(port("65535"), Some(65535));
        for text in ["", "0", "65536", "+443", "443abc", " 443"] {
            assert_eq!(port(text), None, "{text}");
        }
    }
}
