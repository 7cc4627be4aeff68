//! `HOST1:PORT1:HOST2:PORT2`, curl's `--connect-to`: dial somewhere else than the name says.

use super::{canonical, port};
use std::str::FromStr;

/// Connections for the first pair are dialled at the second. An empty part matches, or keeps, anything.
/// Only the dialling changes: the name that is verified and sent stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectTo {
    pub from_host: Option<String>,
    pub from_port: Option<u16>,
    pub to_host: Option<String>,
    pub to_port: Option<u16>,
}

impl ConnectTo {
    /// Where to dial for `host` (canonical) and `port`; `None` when this rule is about others.
    pub fn redirect<'a>(&'a self, host: &'a str, port: u16) -> Option<(&'a str, u16)> {
        let host_fits = self.from_host.as_deref().is_none_or(|from| from == host);
        let port_fits = self.from_port.is_none_or(|from| from == port);
        (host_fits && port_fits).then(|| {
            (
                self.to_host.as_deref().unwrap_or(host),
                self.to_port.unwrap_or(port),
            )
        })
    }
}

impl FromStr for ConnectTo {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = split_outside_brackets(text);
        let [from_host, from_port, to_host, to_port] = parts[..] else {
            return Err(
                "write HOST1:PORT1:HOST2:PORT2; a part may be empty, IPv6 goes in brackets".into(),
            );
        };
        Ok(Self {
            from_host: optional(from_host, host_part)?,
            from_port: optional(from_port, port_part)?,
            to_host: optional(to_host, host_part)?,
            to_port: optional(to_port, port_part)?,
        })
    }
}

/// Splits at colons, except at those of an IPv6 address in brackets.
fn split_outside_brackets(text: &str) -> Vec<&str> {
    let mut inside = false;
    text.split(|c| {
        inside = (inside || c == '[') && c != ']';
        c == ':' && !inside
    })
    .collect()
}

fn optional<T>(text: &str, parse: fn(&str) -> Result<T, String>) -> Result<Option<T>, String> {
    (!text.is_empty()).then(|| parse(text)).transpose()
}

fn host_part(text: &str) -> Result<String, String> {
    canonical(text).map_err(|fault| fault.to_string())
}

fn port_part(text: &str) -> Result<u16, String> {
    port(text).ok_or_else(|| "a port is a number from 1 to 65535".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(text: &str) -> ConnectTo {
        text.parse().unwrap()
    }

    #[test]
    fn a_full_rule_moves_only_its_own_pair() {
        let rule = rule("API.bitbucket.org:443:127.0.0.1:8443");
        assert_eq!(
            rule.redirect("api.bitbucket.org", 443),
            Some(("127.0.0.1", 8443))
        );
        assert_eq!(rule.redirect("api.bitbucket.org", 80), None);
        assert_eq!(rule.redirect("bitbucket.org", 443), None);
    }

    #[test]
    fn empty_parts_match_and_keep_anything() {
        assert_eq!(
            rule("::localhost:").redirect("bitbucket.org", 443),
            Some(("localhost", 443))
        );
        assert_eq!(
            rule("bitbucket.org:::8443").redirect("bitbucket.org", 443),
            Some(("bitbucket.org", 8443))
        );
    }

    #[test]
    fn ipv6_goes_in_brackets() {
        assert_eq!(
            rule("a:443:[::1]:8443").redirect("a", 443),
            Some(("::1", 8443))
        );
    }

    #[test]
    fn anything_but_four_parts_is_refused() {
        for text in [
            "",
            "a:443",
            "a:443:b",
            "a:443:b:80:c",
            "a:443:::1:80",
            "a:x:b:80",
            "a:443:b:0",
        ] {
            assert!(text.parse::<ConnectTo>().is_err(), "{text}");
        }
    }
}
