//! Where a request goes: a canonical host and a port.

use std::borrow::Cow;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A host and a port, canonical, so that one destination has one spelling (H-C3).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Target {
    pub host: Host,
    pub port: u16,
}

/// A registered name in lower case without a trailing dot, or an address.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Host {
    Name(String),
    Ip(IpAddr),
}

/// The authority is not `host:port` as RFC 9110 7.2 has it, or spells an address in a way that programs read differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadTarget;

impl Target {
    /// Parses `host[:port]`; without a port the default counts, and with neither the authority is refused.
    pub fn parse(authority: &str, default_port: Option<u16>) -> Result<Self, BadTarget> {
        let (host, port) = split_port(authority)?;
        let port = match port {
            Some(digits) => super::port(digits).ok_or(BadTarget)?,
            None => default_port.ok_or(BadTarget)?,
        };
        Ok(Self {
            host: Host::parse(host)?,
            port,
        })
    }
}

impl Host {
    /// Parses a host without a port.
    pub fn parse(text: &str) -> Result<Self, BadTarget> {
        if let Some(inner) = text.strip_prefix('[') {
            let inner = inner.strip_suffix(']').ok_or(BadTarget)?;
            let address: Ipv6Addr = inner.parse().map_err(|_| BadTarget)?;
            return Ok(Self::Ip(IpAddr::V6(address).to_canonical()));
        }
        let name = super::canonical(text).map_err(|_| BadTarget)?;
        if ends_in_number(&name) {
            // 0177.0.0.1, 127.1, 2130706433: resolvers disagree about these (H-C1).
            let address: Ipv4Addr = name.parse().map_err(|_| BadTarget)?;
            return Ok(Self::Ip(address.into()));
        }
        Ok(Self::Name(name))
    }

    /// Of a name or address in the form that [`super::canonical`] gives it.
    pub fn of_canonical(text: &str) -> Self {
        text.parse()
            .map_or_else(|_| Self::Name(text.to_owned()), Self::Ip)
    }

    /// Without the brackets of an IPv6 address.
    pub fn bare(&self) -> Cow<'_, str> {
        match self {
            Self::Name(name) => Cow::Borrowed(name),
            Self::Ip(address) => Cow::Owned(address.to_string()),
        }
    }

    /// The name, for a host that has one.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Name(name) => Some(name),
            Self::Ip(_) => None,
        }
    }
}

fn split_port(authority: &str) -> Result<(&str, Option<&str>), BadTarget> {
    if authority.starts_with('[') {
        let end = authority.find(']').ok_or(BadTarget)? + 1;
        return match authority[end..].strip_prefix(':') {
            Some(port) => Ok((&authority[..end], Some(port))),
            None if authority.len() == end => Ok((authority, None)),
            None => Err(BadTarget),
        };
    }
    match authority.split_once(':') {
        Some((host, port)) => Ok((host, Some(port))),
        None => Ok((authority, None)),
    }
}

fn ends_in_number(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or(name);
    last.bytes().all(|b| b.is_ascii_digit())
        || last
            .strip_prefix("0x")
            .is_some_and(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()))
}

impl Target {
    /// For logs and summaries; [`fmt::Display`] is what is dialled.
    pub fn shown(&self) -> String {
        let host = self.host.to_string();
        format!("{}:{}", super::shown(&host), self.port)
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.host, self.port)
    }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => f.write_str(name),
            Self::Ip(IpAddr::V6(address)) => write!(f, "[{address}]"),
            Self::Ip(address) => write!(f, "{address}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credentials::mint;

    fn canonical(authority: &str) -> Option<String> {
        Target::parse(authority, Some(443))
            .ok()
            .map(|target| target.to_string())
    }

    /// H-C3: capitals and dots.
    #[test]
    fn one_destination_has_one_spelling() {
        for spelling in [
            "api.bitbucket.org:443",
            "API.Bitbucket.ORG:443",
            "api.bitbucket.org.:443",
            "api.bitbucket.org",
        ] {
            assert_eq!(
                canonical(spelling).as_deref(),
                Some("api.bitbucket.org:443"),
                "{spelling}"
            );
        }
        assert_eq!(canonical("[::1]:8443").as_deref(), Some("[::1]:8443"));
        assert_eq!(
            canonical("[::ffff:127.0.0.1]:1").as_deref(),
            Some("127.0.0.1:1")
        );
    }

    /// H-C3: what is read in two ways is read in none.
    #[test]
    fn ambiguous_and_malformed_authorities_are_refused() {
        for bad in [
            "",
            ":443",
            "a b:443",
            "user@host:443",
            "[api.bitbucket.org]:443",
            "host:",
            "host:0",
            "host:65536",
            "host:443abc",
            "host:+443",
            "0177.0.0.1:80",
            "2130706433:80",
            "127.1:80",
            "0x7f.1:80",
            "0x7f000001:80",
            "a..b:443",
            "[fe80::1%lo]:443",
            "bücher.example:443",
        ] {
            assert_eq!(canonical(bad), None, "{bad}");
        }
        assert_eq!(canonical(&format!("{}:443", "a.".repeat(150))), None);
        assert!(Target::parse("host", None).is_err());
    }

    /// H-K1: `https://TOKEN/acme/site.git`, the `@` and all behind it left out.
    #[test]
    fn a_token_in_a_hosts_place_is_not_shown() {
        for token in [mint::app_password(1), mint::api_token(1)] {
            let host = token.to_ascii_lowercase().replace(['_', '=', '-'], "a");
            assert_eq!(crate::host::shown(&host), "***");
            assert_eq!(crate::host::shown(&format!("{token}.example.com")), "***");
        }
        let target = Target::parse("api.bitbucket.org:443", None).unwrap();
        assert_eq!(target.shown(), "api.bitbucket.org:443");
    }
}
