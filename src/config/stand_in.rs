//! `--sandbox HOST:PORT`: something to dial in Bitbucket's place.

use crate::host::ConnectTo;
use std::fmt;
use std::net::SocketAddr;
use std::str::FromStr;

/// Every host that the stand-in answers for; downloads are redirected to the last one (B31).
const HOSTS: [&str; 4] = [
    "api.bitbucket.org",
    "bitbucket.org",
    "www.bitbucket.org",
    "bbuseruploads.s3.amazonaws.com",
];

/// Where `why401 sandbox` listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandIn {
    host: String,
    port: u16,
}

impl StandIn {
    /// Its hosts at any port: what is sent while events say SANDBOX never reaches Bitbucket.
    pub fn connect_to(&self) -> impl Iterator<Item = ConnectTo> {
        HOSTS.into_iter().map(|host| ConnectTo {
            from_host: Some(host.to_owned()),
            from_port: None,
            to_host: Some(self.host.clone()),
            to_port: Some(self.port),
        })
    }
}

impl From<SocketAddr> for StandIn {
    fn from(address: SocketAddr) -> Self {
        Self {
            host: address.ip().to_string(),
            port: address.port(),
        }
    }
}

impl FromStr for StandIn {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let advice = "write HOST:PORT, for example 127.0.0.1:8443";
        let rule: ConnectTo = format!("::{text}").parse().map_err(|_| advice.to_owned())?;
        match (rule.to_host, rule.to_port) {
            (Some(host), Some(port)) => Ok(Self { host, port }),
            _ => Err(advice.to_owned()),
        }
    }
}

impl fmt::Display for StandIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.host.contains(':') {
            write!(f, "[{}]:{}", self.host, self.port)
        } else {
            write!(f, "{}:{}", self.host, self.port)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_of_bitbuckets_hosts_is_dialled_at_the_stand_in_whatever_the_port() {
        let stand_in: StandIn = "sandbox:8443".parse().unwrap();
        for host in HOSTS {
            for port in [80, 443] {
                let places: Vec<_> = stand_in
                    .connect_to()
                    .filter_map(|rule| {
                        rule.redirect(host, port)
                            .map(|(to, at)| (to.to_owned(), at))
                    })
                    .collect();
                assert_eq!(places, [("sandbox".to_owned(), 8443)], "{host}:{port}");
            }
        }
        let elsewhere = |rule: ConnectTo| rule.redirect("example.org", 443).is_some();
        assert!(!stand_in.connect_to().any(elsewhere));
    }

    #[test]
    fn it_is_shown_as_it_is_written() {
        for text in ["sandbox:8443", "127.0.0.1:1", "[::1]:8443"] {
            assert_eq!(text.parse::<StandIn>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn half_an_address_is_none() {
        for text in [
            "",
            "sandbox",
            "sandbox:",
            ":8443",
            "a:443:b:443",
            "sandbox:0",
            "::1:8443",
        ] {
            assert!(text.parse::<StandIn>().is_err(), "{text}");
        }
    }
}
