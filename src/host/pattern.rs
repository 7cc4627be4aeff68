//! `HOST`, `HOST:PORT` or `HOST:*`: which connections are intercepted.

use super::{canonical, is_address, port};
use std::fmt;
use std::str::FromStr;

/// A host whose connections are intercepted, at one port or at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostPattern {
    /// Canonical: lower case, no trailing dot.
    pub host: String,
    /// `None`: any port.
    pub port: Option<u16>,
}

impl HostPattern {
    /// `host` in canonical form.
    pub fn matches(&self, host: &str, port: u16) -> bool {
        self.host == host && self.port.is_none_or(|own| own == port)
    }
}

impl FromStr for HostPattern {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (host, written_port) = match text.rsplit_once(':') {
            // The last colon of a bare IPv6 address parts no port, and that of a URL none that was meant.
            Some((host, port))
                if !text.contains('/') && (!host.contains(':') || host.ends_with(']')) =>
            {
                (host, Some(port))
            }
            _ => (text, None),
        };
        let host = canonical(host).map_err(|fault| fault.to_string())?;
        if is_address(&host) {
            return Err("the local CA signs names, never addresses; write the name that the client asks for".into());
        }
        let port = match written_port {
            None => Some(443),
            Some("*") => None,
            Some(text) => {
                Some(port(text).ok_or("a port is a number from 1 to 65535, or * for any")?)
            }
        };
        Ok(Self { host, port })
    }
}

impl fmt::Display for HostPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.port {
            Some(443) => f.write_str(&self.host),
            Some(port) => write!(f, "{}:{port}", self.host),
            None => write!(f, "{}:*", self.host),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(text: &str) -> HostPattern {
        text.parse().unwrap()
    }

    #[test]
    fn no_port_means_443_and_a_star_means_any() {
        assert!(pattern("Bitbucket.org.").matches("bitbucket.org", 443));
        assert!(!pattern("bitbucket.org").matches("bitbucket.org", 8443));
        assert!(pattern("bitbucket.org:8443").matches("bitbucket.org", 8443));
        assert!(!pattern("bitbucket.org:8443").matches("bitbucket.org", 443));
        assert!(pattern("bitbucket.org:*").matches("bitbucket.org", 1));
    }

    #[test]
    fn a_name_matches_itself_and_no_subdomain() {
        assert!(!pattern("bitbucket.org").matches("api.bitbucket.org", 443));
        assert!(!pattern("bitbucket.org").matches("notbitbucket.org", 443));
    }

    #[test]
    fn it_shows_the_shortest_text_that_reads_back() {
        for text in ["bitbucket.org", "bitbucket.org:8443", "bitbucket.org:*"] {
            assert_eq!(pattern(text).to_string(), text);
        }
        assert_eq!(pattern("bitbucket.org:443").to_string(), "bitbucket.org");
    }

    #[test]
    fn addresses_and_bad_ports_are_refused() {
        for text in [
            "127.0.0.1",
            "127.0.0.1:443",
            "[::1]:443",
            "::1",
            "a:0",
            "a:65536",
            "a:",
            ":443",
            "a:b:443",
        ] {
            assert!(text.parse::<HostPattern>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_url_is_told_to_be_a_name() {
        for text in ["https://bitbucket.org", "https://bitbucket.org:443/acme"] {
            let error = text.parse::<HostPattern>().unwrap_err();
            assert!(error.ends_with("without https:// or a path"), "{error}");
        }
    }
}
